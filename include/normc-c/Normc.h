/*===- Normc.h - the compiler as a C library -------------------------------------------------===*\
|* libnormc.so: modules or descriptions in, the bytes of any phase out; or, compiled into the     *|
|* process, functions to call, which are kept in memory and on disk. Every message goes to a      *|
|* function of the caller.                                                                        *|
|* C11 and C++17. Part of normc, under the Apache License v2.0 with LLVM Exceptions.             *|
\*===------------------------------------------------------------------------------------------===*/
#ifndef NORMC_C_NORMC_H
#define NORMC_C_NORMC_H

#include "normc-c/Runtime.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define NORMC_API __attribute__((visibility("default")))
#else
#define NORMC_API
#endif

/*===- Conventions ---------------------------------------------------------------------------===*/
/* A struct that the caller fills in begins with its size, `sizeof` of it, and what is 0 has its
   default: later versions add fields at the end. A larger size than the library knows, or one that
   is smaller than version 1's, is an error.

   What returns a pointer returns NULL after an error, of which the message function was told. It
   is called on the calling thread, before the function returns, when the work is done: it may call
   the library itself, with the same context or normc_jit too, but not destroy those.

   One context, with its modules and artifacts, is for one thread at a time; different contexts may
   be used by different threads at once. A normc_jit and its kernels may be used by many threads at
   once. Strings are UTF-8 and end with 0. The library throws nothing, and writes to no stream.

   "lib" links by LLD inside the process if normc was built with it, one at a time, which sets
   LLVM's command-line flags of the process back to their defaults and takes its signals; nothing
   else does that. */

/** The version of this header: the number of its last addition. */
#define NORMC_API_VERSION 1

/** The NORMC_API_VERSION that the library was built with. */
NORMC_API uint32_t normc_api_version(void);

/** normc's own version, "0.1.0". Static. */
NORMC_API const char *normc_version(void);

/*===- Messages ------------------------------------------------------------------------------===*/

typedef enum normc_severity {
  NORMC_ERROR = 0,
  NORMC_WARNING = 1,
  NORMC_NOTE = 2,  /**< belongs to the message before it */
  NORMC_REMARK = 3 /**< what was decided, and why */
} normc_severity;

/** Borrowed during the call. No string is NULL. */
typedef struct normc_message {
  uint32_t size; /**< of the library's struct */
  int32_t severity;
  const char *text;
  const char *file; /**< where in the source; empty if that is not known */
  uint32_t line;    /**< counted from 1; 0: not known */
  uint32_t column;
  const char *category; /**< of a remark: the pass, as "norm-fuse"; else empty */
  const char *name;     /**< of a remark: what it is about, as "Consumer"; else empty */
} normc_message;

typedef void (*normc_message_fn)(void *user, const normc_message *message);

/*===- Contexts and modules ------------------------------------------------------------------===*/

typedef struct normc_context normc_context;
typedef struct normc_module normc_module;

typedef struct normc_context_options {
  uint32_t size;
  normc_message_fn on_message; /**< NULL: messages are dropped */
  void *user;                  /**< the first argument of on_message */
  const char *remarks;         /**< regular expression of the categories of remarks; NULL: none */
} normc_context_options;

/** `options` may be NULL. The caller destroys the context, after its modules. */
NORMC_API normc_context *normc_context_create(const normc_context_options *options);
NORMC_API void normc_context_destroy(normc_context *context);

/** Reads and verifies a module, MLIR's text or bytecode, of `size` bytes. `name` stands for its
    file in messages; NULL: "source". Bytecode is read by MLIR's reader, which trusts it: one that is
    damaged may end the process. */
NORMC_API normc_module *normc_module_parse(normc_context *context, const char *source, size_t size,
                                           const char *name);

/** A kernel as the flags of the program normc describe it: each field is the flag of that name,
    NULL or 0 where it is not given. "normc --help" and README.md say what they mean. */
typedef struct normc_spec {
  uint32_t size;
  const char *op;    /**< "layer_norm", "rms_norm", "batch_norm", "instance_norm", "group_norm" */
  const char *shape; /**< "?x4096" */
  const char *dtype; /**< "bf16" */
  const char *param_dtype;
  const char *eps;
  const char *momentum;
  const char *preset;
  const char *name;
  const char *axes;
  const char *layout;
  const char *groups;
  int32_t no_scale;
  int32_t no_bias;
  int32_t no_running;
  int32_t training;
  int32_t backward;
  int32_t save_stats;
} normc_spec;

/** The module that a description stands for. */
NORMC_API normc_module *normc_module_from_spec(normc_context *context, const normc_spec *spec);

/** NULL does nothing. */
NORMC_API void normc_module_destroy(normc_module *module);

/*===- Compiling -----------------------------------------------------------------------------===*/

typedef struct normc_artifact normc_artifact;

/** The name of a phase, in the order in which a kernel goes through them: "generic", …, "lib". NULL
    outside of them. Static. */
NORMC_API const char *normc_phase_name(int32_t index);

typedef struct normc_compile_options {
  uint32_t size;
  const char *targets; /**< as --target: "x86-64-v3", "sm_90,sm_100"; NULL: "host" */
  const char *phase;   /**< as --emit; NULL: "obj" */
  /** "lib": the soname, and the library's name in the manifest; NULL: none. */
  const char *library_name;
  int32_t archive;   /**< "lib": a static archive */
  int32_t header;    /**< also make a header */
  int32_t manifest;  /**< also make a manifest */
  int32_t reference; /**< plain loops, for CPUs */
  /** As --parallel-bytes; 0: its default, -1: every loop may be shared by threads. */
  int64_t parallel_bytes;
  const char *partial; /**< as --partial: "c"; NULL: kernels are not divided among ranks */
  const char *outline; /**< as --outline: "calls" or "host"; NULL: functions are not split */
} normc_compile_options;

/** Takes a module to a phase; `options` may be NULL. The module is as before. The caller destroys
    the artifact, which may outlive the module and the context. */
NORMC_API normc_artifact *normc_compile(normc_module *module, const normc_compile_options *options);

/** The phase's output. `*size` bytes, and a 0 behind them. */
NORMC_API const char *normc_artifact_data(const normc_artifact *artifact, size_t *size);

/** The header and the manifest, which were asked for; else empty. */
NORMC_API const char *normc_artifact_header(const normc_artifact *artifact);
NORMC_API const char *normc_artifact_manifest(const normc_artifact *artifact);

/** With `outline`: the module for the caller's compiler, as text; else empty. */
NORMC_API const char *normc_artifact_rest(const normc_artifact *artifact);

/** NULL does nothing. */
NORMC_API void normc_artifact_destroy(normc_artifact *artifact);

/*===- Compiling into the process ------------------------------------------------------------===*/

typedef struct normc_jit normc_jit;

/** The kernels of one module, ready to be called. */
typedef struct normc_kernels normc_kernels;

typedef struct normc_jit_options {
  uint32_t size;
  /** Called by the functions that take the normc_jit, on the threads that call them. */
  normc_message_fn on_message;
  void *user;
  /** A folder that keeps kernels for later processes, made (for its owner alone) if it is not
      there; NULL: none. A relative path is seen from where the process is now. Many processes may
      use the folder at once. A file that is not what was written is made again, with a warning.
      What cannot be done about the folder is a warning too: kernels are then compiled. Whoever can
      write in it can put code into this process; one that everybody can write in is not used. */
  const char *directory;
  /** Of kernels that nobody holds, kept in memory, with the library's tables of them; 0: 64 MB. The
      least recently released go first. */
  uint64_t memory_bytes;
  uint64_t disk_bytes; /**< of the folder; 0: 256 MB. The least recently read go first */
  /** For GPUs: normrt_cuda_unload. Called with a kernel's GPU module before its memory is freed;
      kernels for GPUs are refused without it. */
  void (*unload)(const void *gpu_module);
} normc_jit_options;

/** `options` may be NULL. */
NORMC_API normc_jit *normc_jit_create(const normc_jit_options *options);

/** Kernels that are held stay valid. NULL does nothing. */
NORMC_API void normc_jit_destroy(normc_jit *jit);

/** The kernels of a module, as text or bytecode: compiled, or found. They are found by the bytes of
    the source, the target, the options, and this build of the library and of LLVM; `name` counts
    for messages only. Of `options` (NULL is allowed) these are used: targets, reference,
    parallel_bytes, partial; `outline` has to be NULL. That the machine has what a CPU target needs
    is the caller's to know. The caller releases them. */
NORMC_API normc_kernels *normc_jit_compile(normc_jit *jit, const char *source, size_t size,
                                           const char *name, const normc_compile_options *options);

/** The same for a description. */
NORMC_API normc_kernels *normc_jit_spec(normc_jit *jit, const normc_spec *spec,
                                        const normc_compile_options *options);

/** The function of a kernel (NULL: of the only one), or NULL if there is none of that name.
    `*workspace_size` (NULL is allowed) says its scratch. Both are valid until the release. */
NORMC_API normrt_kernel_fn normc_kernels_entry(const normc_kernels *kernels, const char *kernel,
                                               normrt_workspace_size_fn *workspace_size);

/** Their manifest, for normrt_manifest_parse. Valid until the release. */
NORMC_API const char *normc_kernels_manifest(const normc_kernels *kernels);

/** No kernel of them may be running, or on its way on a GPU. May call normc_jit_options' `unload`,
    for these or for others. NULL does nothing. */
NORMC_API void normc_kernels_release(normc_kernels *kernels);

typedef struct normc_jit_statistics {
  uint32_t size;
  uint64_t compiled;
  uint64_t found_in_memory;
  uint64_t found_on_disk;
  uint64_t rejected; /**< files that were not what had been written */
  uint64_t evicted;  /**< modules that had to leave memory for others */
} normc_jit_statistics;

/** Since the creation. `statistics->size` is the caller's. 0, or 1 if it is not known. */
NORMC_API int32_t normc_jit_get_statistics(const normc_jit *jit, normc_jit_statistics *statistics);

#ifdef __cplusplus
}
#endif

#endif /* NORMC_C_NORMC_H */
