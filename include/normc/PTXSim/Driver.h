/*===- Driver.h - a CUDA driver that is a simulator ------------------------------------------===*\
|* libnormptxsim has those functions of the CUDA driver that libnormrt calls, for one device      *|
|* that PTXSim.h simulates: with NORMRT_CUDA_DRIVER=libnormptxsim.so a program that runs kernels  *|
|* on a GPU runs them without one, and with its checks. Below is what it has besides, for tests   *|
|* and tools: find the functions by dlsym in the library that libnormrt has loaded.               *|
|* C11 and C++17. Part of normc, under the Apache License v2.0 with LLVM Exceptions.              *|
\*===------------------------------------------------------------------------------------------===*/
/*
 * What differs from a GPU's driver:
 * - Everything is done, or refused, before a function returns, and a launch that fails does not
 *   spoil the context. cuGetErrorString says what the calling thread's last failure with that code
 *   was: for a launch, the simulator's words with the line of the PTX.
 * - Modules are PTX up to version 9.0; machine code is CUDA_ERROR_NO_BINARY_FOR_GPU.
 * - Memory of cuMemAllocAsync, which is a kernel's scratch, is undefined until it is written. No
 *   address is given twice.
 * - A launch is dependent (programmatic stream serialization) where the last one on the device was
 *   on the same stream, with nothing but launches between them.
 * - Graphs do again what was put on their stream, in that order. What is checked is checked then.
 * - The clock of events counts instructions: a million of all threads together, or a million bytes
 *   copied, are a millisecond. That is no estimate of a time, but the same in every run.
 *
 * Environment variables, read by cuInit and normptxsim_reset:
 *   NORMC_PTXSIM_ARCH              compute capability, major * 10 + minor: 90
 *   NORMC_PTXSIM_ORDER             forward, reverse, random or skewed: forward
 *   NORMC_PTXSIM_SEED              of random orders: 1
 *   NORMC_PTXSIM_RACES             1: races in shared memory are errors; 0: are not looked for: 1
 *   NORMC_PTXSIM_GLOBAL_RACES      the same for blocks in global memory: 0
 *   NORMC_PTXSIM_MAX_INSTRUCTIONS  of one launch, all threads together: 2^40
 *   NORMC_PTXSIM_MISALIGN          added to the addresses of cuMemAlloc, which are multiples of
 *                                  256: 0
 *   NORMC_PTXSIM_REPORT            a file that every launch adds a line of JSON to: none
 */
#ifndef NORMC_PTXSIM_DRIVER_H
#define NORMC_PTXSIM_DRIVER_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define NORMPTXSIM_API __attribute__((visibility("default")))
#else
#define NORMPTXSIM_API
#endif

/** Kernels must not write it. */
#define NORMPTXSIM_READ_ONLY 1
/** Copying a byte of it to the host that no kernel has written is CUDA_ERROR_LAUNCH_FAILED. What
    the host copies in does not count. */
#define NORMPTXSIM_MUST_WRITE 2
/** What nobody has written is undefined. The host's copies count, but not with MUST_WRITE. */
#define NORMPTXSIM_UNDEFINED 4

/** Says what kernels may do with the allocation of cuMemAlloc or cuMemAllocAsync that begins at
    `memory`, and what messages call it (NULL: as before); from now on nothing of it counts as
    written. 0, or CUDA_ERROR_INVALID_VALUE if there is none. */
NORMPTXSIM_API int normptxsim_mark(uint64_t memory, uint32_t flags, const char *name);

/** Of one launch, or of several together. */
typedef struct normptxsim_statistics {
  uint64_t launches;
  uint64_t thread_instructions, warp_instructions;
  uint64_t bytes_loaded, bytes_stored;     /**< of global memory: what threads asked for */
  uint64_t sectors_loaded, sectors_stored; /**< bytes of the sectors of 32 that they are in */
  uint64_t shared_bytes_loaded, shared_bytes_stored;
  uint64_t barriers, shuffles;
} normptxsim_statistics;

/** Of the last launch, and of all since the last reset. */
NORMPTXSIM_API void normptxsim_last(normptxsim_statistics *statistics);
NORMPTXSIM_API void normptxsim_total(normptxsim_statistics *statistics);

/** How much of an allocation was moved. */
typedef struct normptxsim_traffic {
  uint64_t bytes_loaded, bytes_stored, sectors_loaded, sectors_stored;
} normptxsim_traffic;

/** Of the allocation that begins at `memory`, since the last reset. 0, or
    CUDA_ERROR_INVALID_VALUE if there is none. */
NORMPTXSIM_API int normptxsim_buffer(uint64_t memory, normptxsim_traffic *traffic);

/** Sets all statistics to 0 and reads the environment again, but for NORMC_PTXSIM_ARCH. Contexts,
    modules and memory stay. 0, or CUDA_ERROR_INVALID_VALUE for a value that is none;
    cuGetErrorString names it. */
NORMPTXSIM_API int normptxsim_reset(void);

#ifdef __cplusplus
}
#endif

#endif /* NORMC_PTXSIM_DRIVER_H */
