/*===- Runtime.h - the kernel ABI and the runtime shim ---------------------------------------===*\
|* What a kernel emitted by normc looks like from C, and the small library, libnormrt, that      *|
|* helps to call one. The first half (tensors, context, error codes) is all that a kernel needs: *|
|* it can be used without the library. The second half is the library: error texts, a thread     *|
|* pool, manifests, looking a kernel up in a shared library, and NVIDIA's GPUs.                   *|
|* C11 and C++17. Part of normc, under the Apache License v2.0 with LLVM Exceptions.             *|
\*===------------------------------------------------------------------------------------------===*/
#ifndef NORMC_C_RUNTIME_H
#define NORMC_C_RUNTIME_H

#include <stddef.h>
#include <stdint.h>

/*===- DLPack: the tensors -------------------------------------------------------------------===*/
/* DLPack is the tensor that NumPy, PyTorch, JAX, CuPy and TVM exchange. Its own header is used
   where it is found. Where it is not, the declarations below stand in for it; they are its public
   ABI and take its include guard, so a dlpack.h that comes after this header adds nothing and
   contradicts nothing. Who needs parts of dlpack.h that are not here includes it first. */
#if !defined(DLPACK_DLPACK_H_) && defined(__has_include)
#if __has_include(<dlpack/dlpack.h>)
#include <dlpack/dlpack.h>
#endif
#endif

#ifndef DLPACK_DLPACK_H_
#define DLPACK_DLPACK_H_
#define DLPACK_MAJOR_VERSION 1
#define DLPACK_MINOR_VERSION 1
#define DLPACK_FLAG_BITMASK_READ_ONLY (1UL << 0UL)
#define DLPACK_FLAG_BITMASK_IS_COPIED (1UL << 1UL)
#ifdef __cplusplus
extern "C" {
typedef enum : int32_t {
#else
typedef enum {
#endif
  kDLCPU = 1,
  kDLCUDA = 2,
  kDLCUDAHost = 3,
  kDLOpenCL = 4,
  kDLVulkan = 7,
  kDLMetal = 8,
  kDLVPI = 9,
  kDLROCM = 10,
  kDLROCMHost = 11,
  kDLExtDev = 12,
  kDLCUDAManaged = 13,
  kDLOneAPI = 14,
  kDLWebGPU = 15,
  kDLHexagon = 16,
  kDLMAIA = 17
} DLDeviceType;

typedef enum {
  kDLInt = 0U,
  kDLUInt = 1U,
  kDLFloat = 2U,
  kDLOpaqueHandle = 3U,
  kDLBfloat = 4U,
  kDLComplex = 5U,
  kDLBool = 6U,
  kDLFloat8_e3m4 = 7U,
  kDLFloat8_e4m3 = 8U,
  kDLFloat8_e4m3b11fnuz = 9U,
  kDLFloat8_e4m3fn = 10U,
  kDLFloat8_e4m3fnuz = 11U,
  kDLFloat8_e5m2 = 12U,
  kDLFloat8_e5m2fnuz = 13U,
  kDLFloat8_e8m0fnu = 14U,
  kDLFloat6_e2m3fn = 15U,
  kDLFloat6_e3m2fn = 16U,
  kDLFloat4_e2m1fn = 17U
} DLDataTypeCode;

typedef struct {
  uint32_t major;
  uint32_t minor;
} DLPackVersion;

typedef struct {
  DLDeviceType device_type;
  int32_t device_id;
} DLDevice;

typedef struct {
  uint8_t code;   /* DLDataTypeCode */
  uint8_t bits;   /* of one lane */
  uint16_t lanes; /* 1 for every tensor of a normc kernel */
} DLDataType;

typedef struct {
  void *data;
  DLDevice device;
  int32_t ndim;
  DLDataType dtype;
  int64_t *shape;       /* ndim sizes, in elements */
  int64_t *strides;     /* ndim strides, in elements; NULL: compact row-major */
  uint64_t byte_offset; /* the first element is at (char *)data + byte_offset */
} DLTensor;

typedef struct DLManagedTensor {
  DLTensor dl_tensor;
  void *manager_ctx;
  void (*deleter)(struct DLManagedTensor *self);
} DLManagedTensor;

typedef struct DLManagedTensorVersioned {
  DLPackVersion version;
  void *manager_ctx;
  void (*deleter)(struct DLManagedTensorVersioned *self);
  uint64_t flags;
  DLTensor dl_tensor;
} DLManagedTensorVersioned;
#ifdef __cplusplus
}
#endif
#endif /* DLPACK_DLPACK_H_ */

#ifdef __cplusplus
extern "C" {
#endif

/*===- Kernels -------------------------------------------------------------------------------===*/

/** The version of everything in this half of the header; normrt_context::abi_version. */
#define NORMRT_ABI_VERSION 1

/** Does the indices begin <= i < end of a parallel loop. May be called from several threads at
    once, with disjoint ranges. */
typedef void (*normrt_body_fn)(void *data, int64_t begin, int64_t end);

/** Calls `body` so that every index 0 <= i < count is in exactly one of its ranges, and returns
    when all are done. `user` is normrt_context::parallel_user. How the indices are divided, and
    who does them, changes no bit of a kernel's result. */
typedef void (*normrt_parallel_for_fn)(void *user, int64_t count, normrt_body_fn body, void *data);

/** normrt_gpu_image::kind: text, and a closing 0 that `size` counts; the driver assembles it. */
#define NORMRT_GPU_PTX 0
/** normrt_gpu_image::kind: machine code. */
#define NORMRT_GPU_CUBIN 1

/** normrt_gpu_image::flags: runs on this very architecture only, as sm_90a. */
#define NORMRT_GPU_ARCH_SPECIFIC 1
/** normrt_gpu_image::flags: runs on this architecture and later ones of its major version, as
    sm_100f. */
#define NORMRT_GPU_FAMILY 2

/** One form of a module's code. */
typedef struct normrt_gpu_image {
  uint32_t kind;     /**< NORMRT_GPU_PTX or NORMRT_GPU_CUBIN */
  uint32_t arch;     /**< the compute capability it was compiled for, major * 10 + minor */
  uint32_t flags;    /**< of NORMRT_GPU_ARCH_SPECIFIC and NORMRT_GPU_FAMILY */
  uint32_t reserved; /**< 0 */
  const void *data;
  uint64_t size; /**< of `data`, in bytes */
} normrt_gpu_image;

/** A module of GPU code: static data of a kernel's library. Its address is its identity, so the
    library stays open, and the module as it is, while any code of it may run. */
typedef struct normrt_gpu_module {
  uint32_t size; /**< sizeof(normrt_gpu_module) of the kernel */
  uint32_t num_images;
  const normrt_gpu_image *images; /**< of two that do equally well the first is taken */
  uint32_t num_functions;
  uint32_t reserved;            /**< 0 */
  const char *const *functions; /**< the names of its kernels */
} normrt_gpu_module;

/** normrt_kernel_launch::flags: may begin before the kernel before it on the stream has ended
    (programmatic stream serialization); it waits itself for what it reads. Where a device cannot do
    that, it begins later. */
#define NORMRT_LAUNCH_DEPENDENT 1
/** normrt_kernel_launch::flags: its clusters may have more than 8 blocks. */
#define NORMRT_LAUNCH_NONPORTABLE_CLUSTER 2

/** One launch of a GPU kernel. Only borrowed during the call: parameters are copied. A grid without
    blocks does nothing. */
typedef struct normrt_kernel_launch {
  uint32_t size;  /**< sizeof(normrt_kernel_launch) of the kernel */
  uint32_t flags; /**< of NORMRT_LAUNCH_DEPENDENT and NORMRT_LAUNCH_NONPORTABLE_CLUSTER */
  const normrt_gpu_module *module;
  const char *function;    /**< module->functions[function_index], for messages */
  uint32_t function_index; /**< which of the module's functions */
  uint32_t num_params;
  uint32_t grid[3];          /**< blocks */
  uint32_t block[3];         /**< threads of a block */
  uint32_t cluster[3];       /**< blocks of a cluster; 0 is as good as 1, and all so: no clusters */
  uint32_t shared_bytes;     /**< of a block, on top of what the function declares itself */
  const void *const *params; /**< the addresses of num_params values */
  const uint32_t *param_bytes; /**< the sizes of the values */
  void *stream;                /**< normrt_context::stream */
} normrt_kernel_launch;

/** Where a kernel runs. All of it belongs to the caller and is only borrowed during a call. A call
    with a NULL context runs on the calling thread with up to NORMRT_STACK_WORKSPACE bytes of
    scratch on its stack. One context must not be used by two calls at the same time if it has a
    workspace; on a GPU that is until the first call's work on the stream has ended, or the second
    call is on the same stream.

    A kernel for CPUs needs the fields up to parallel_for, one for GPUs needs them all: a smaller
    `size` is NORMRT_ERROR_CONTEXT, a NULL context or `launch` NORMRT_ERROR_LAUNCH. What `launch`
    returns the kernel returns, so its caller may see codes of libnormrt. */
typedef struct normrt_context {
  uint32_t size;            /**< sizeof(normrt_context) of the caller, in bytes */
  uint32_t abi_version;     /**< NORMRT_ABI_VERSION */
  void *workspace;          /**< scratch, aligned to 64 bytes, or NULL for none; GPU: its memory */
  uint64_t workspace_bytes; /**< its size in bytes */
  void *parallel_user;      /**< the first argument of parallel_for */
  normrt_parallel_for_fn parallel_for; /**< NULL: everything on the calling thread */
  void *stream;                        /**< GPU: the stream to launch on; NULL on the CPU */
  /** GPU: launches one kernel; 0 or an error code. NULL on the CPU. Loads the module first if that
      was not done, except while the stream is being captured: NORMRT_ERROR_NOT_PREPARED. Of a
      module that is loaded, it only launches: nothing is allocated and nothing waited for. */
  int32_t (*launch)(void *user, const normrt_kernel_launch *launch);
  void *launch_user; /**< the first argument of launch and of prepare */
  /** GPU: loads a module, and does nothing if that was done; 0 or an error code. */
  int32_t (*prepare)(void *user, const normrt_gpu_module *module);
  int32_t gpu_arch;   /**< compute capability, major * 10 + minor; 0: no GPU */
  int32_t gpu_device; /**< what DLTensor.device.device_id has to be */
  int32_t gpu_multiprocessors;
  uint32_t gpu_shared_bytes; /**< the most shared memory that a block can have */
  /** GPU: where scratch comes from if `workspace` is NULL and some is needed. `bytes` are there for
      what is launched on `stream` later, aligned to 64 bytes; NULL: no memory, and the kernel
      returns NORMRT_ERROR_WORKSPACE. `allocate` may be NULL: there is none then either. */
  void *(*allocate)(void *user, uint64_t bytes, void *stream);
  /** GPU: gives it back, for use after what was launched on `stream` before. */
  void (*deallocate)(void *user, void *memory, void *stream);
  void *allocate_user; /**< the first argument of both */
} normrt_context;

/** The scratch in bytes that a kernel for CPUs takes from the stack when the context (or its
    workspace) is NULL. A kernel that needs more then returns NORMRT_ERROR_WORKSPACE. */
#define NORMRT_STACK_WORKSPACE 65536

/** The alignment in bytes of normrt_context::workspace. */
#define NORMRT_WORKSPACE_ALIGNMENT 64

/** A kernel, `int32_t NAME(ctx, args, num_args)`. `args` are its inputs, then its results, in the
    order of the IR and of the manifest; the tensors and their data are the caller's. Everything is
    checked before any element is read or written. Returns NORMRT_OK, or a code as in
    normrt_error. */
typedef int32_t (*normrt_kernel_fn)(const normrt_context *ctx, const DLTensor *const *args,
                                    int32_t num_args);

/** A kernel's scratch, `int64_t NAME_workspace_size(args, num_args)`: bytes (0 or more) for these
    arguments, or minus an error code; of a library for several GPUs, enough for each. Reads no data:
    tensors may have NULL data. */
typedef int64_t (*normrt_workspace_size_fn)(const DLTensor *const *args, int32_t num_args);

/** Error codes. A kernel returns `code | (argument + 1) << 8 | (dimension + 1) << 20`, where the
    upper parts are 0 if the error is not about one argument or dimension. Take it apart with
    NORMRT_ERROR_CODE, NORMRT_ERROR_ARG and NORMRT_ERROR_DIM, or say it with normrt_error_string. */
typedef enum normrt_error {
  NORMRT_OK = 0,
  NORMRT_ERROR_NUM_ARGS = 1,         /**< num_args is not the kernel's number of arguments */
  NORMRT_ERROR_NULL_ARG = 2,         /**< args[i] is NULL */
  NORMRT_ERROR_NULL_DATA = 3,        /**< the data of a tensor with elements is NULL */
  NORMRT_ERROR_DEVICE = 4,           /**< not on a device that the kernel can read */
  NORMRT_ERROR_DTYPE = 5,            /**< not the element type that the kernel was compiled for */
  NORMRT_ERROR_RANK = 6,             /**< not the number of dimensions, or shape is NULL */
  NORMRT_ERROR_SHAPE = 7,            /**< not the size that the kernel was compiled for */
  NORMRT_ERROR_SIZE_MISMATCH = 8,    /**< differs from a size that it has to be equal to */
  NORMRT_ERROR_STRIDE = 9,           /**< strides that the kernel's layout does not allow */
  NORMRT_ERROR_ALIGNMENT = 10,       /**< the first element is not aligned to the element's size */
  NORMRT_ERROR_OVERLAP = 11,         /**< an output shares memory with another argument */
  NORMRT_ERROR_EMPTY_GROUP = 12,     /**< nothing in a group to take a mean of */
  NORMRT_ERROR_GROUP_TOO_SMALL = 13, /**< too few values in a group, as for an unbiased variance */
  NORMRT_ERROR_WORKSPACE = 14,       /**< the workspace is too small, misaligned or missing */
  NORMRT_ERROR_CONTEXT = 15,         /**< the context's size or ABI version is not known */
  NORMRT_ERROR_SIZE_NEGATIVE = 16,   /**< a size is negative, or the sizes overflow 64 bits */
  NORMRT_ERROR_NULL_ARGS = 17,       /**< args itself is NULL */
  NORMRT_ERROR_CPU = 18,             /**< the CPU has the features of none of the targets */
  NORMRT_ERROR_LAUNCH = 19,          /**< the context has no launch: it is not for a GPU */
  /* 20 to 63 are kept for kernels; from 64 on they come from libnormrt only, through a kernel if
     that called normrt_context::launch. */
  NORMRT_ERROR_FILE = 64,     /**< a file cannot be read */
  NORMRT_ERROR_MANIFEST = 65, /**< malformed JSON, or not a manifest */
  NORMRT_ERROR_LIBRARY = 66,  /**< dlopen failed */
  NORMRT_ERROR_SYMBOL = 67,   /**< the library has no such symbol */
  NORMRT_ERROR_MEMORY = 68,   /**< out of memory, the computer's or the GPU's */
  NORMRT_ERROR_DRIVER = 69,   /**< no driver for GPUs, or none that can be used */
  NORMRT_ERROR_GPU = 70,      /**< refused by the GPU's driver; normrt_cuda_error_text says why */
  NORMRT_ERROR_NO_IMAGE = 71, /**< a module has no image for the device's architecture */
  NORMRT_ERROR_NOT_PREPARED = 72 /**< a module that is not loaded, on a stream being captured */
} normrt_error;

/** The normrt_error in what a kernel returned. */
#define NORMRT_ERROR_CODE(rc) ((int32_t)(rc) & 0xff)
/** The argument, counted from 0, that the error is about; -1: about none. */
#define NORMRT_ERROR_ARG(rc) ((((int32_t)(rc) >> 8) & 0xfff) - 1)
/** The dimension, counted from 0, that the error is about; -1: about none. */
#define NORMRT_ERROR_DIM(rc) ((((int32_t)(rc) >> 20) & 0x7ff) - 1)
/** What a kernel returns; `arg` and `dim` count from 0, -1: none. */
#define NORMRT_ERROR_MAKE(code, arg, dim)                                                          \
  ((int32_t)((code) | (((arg) + 1) << 8) | (((dim) + 1) << 20)))

/*===- libnormrt -----------------------------------------------------------------------------===*/

#if defined(__GNUC__)
#define NORMRT_API __attribute__((visibility("default")))
#else
#define NORMRT_API
#endif

/** The name of the code in `rc`, as "NORMRT_ERROR_SHAPE"; "unknown" if there is none. Static. */
NORMRT_API const char *normrt_error_name(int32_t rc);

/** Writes what `rc` means as one sentence with argument and dimension, cut to `size` bytes with the
    closing 0. Returns the length of the whole sentence, as snprintf does; `buffer` may be NULL when
    `size` is 0. */
NORMRT_API size_t normrt_error_string(int32_t rc, char *buffer, size_t size);

/*--- Threads ---*/

/** Threads that wait for parallel loops. */
typedef struct normrt_pool normrt_pool;

/** What normrt_pool_create(0) takes: NORMRT_NUM_THREADS if it is a whole number from 1 to 1024,
    else the number of cores that this process may use. */
NORMRT_API int32_t normrt_default_threads(void);

/** Makes a pool that works with `threads` threads, the calling one included (so 1 makes none); 0:
    normrt_default_threads(). NULL if `threads` is negative or above 1024, or there is no memory. If
    the system refuses a thread, the pool has the ones it got. The caller destroys the pool. */
NORMRT_API normrt_pool *normrt_pool_create(int threads);

/** Stops and joins the threads. No loop may be running on the pool. NULL does nothing. */
NORMRT_API void normrt_pool_destroy(normrt_pool *pool);

/** How many threads work on a loop, the calling one included. 1 for a NULL pool. */
NORMRT_API int32_t normrt_pool_threads(const normrt_pool *pool);

/** A normrt_parallel_for_fn whose `user` is a normrt_pool (NULL: the calling thread alone). The
    calling thread works too. May be called from many threads at once, and from inside a body: an
    inner loop never waits for a thread that is not working on it. */
NORMRT_API void normrt_parallel_for(void *pool, int64_t count, normrt_body_fn body, void *data);

/** Fills in a context for the CPU that runs on `pool` (NULL: on the calling thread), without a
    workspace. The pool must outlive the context's use. */
NORMRT_API void normrt_context_init(normrt_context *ctx, normrt_pool *pool);

/** `bytes` of scratch for normrt_context::workspace; NULL if there is no memory or `bytes` is 0.
    Freed with normrt_workspace_free. */
NORMRT_API void *normrt_workspace_alloc(uint64_t bytes);
NORMRT_API void normrt_workspace_free(void *workspace);

/*--- Manifests: the JSON that normc writes beside a kernel ---*/

/** A parsed manifest. It owns every string and array below, until normrt_manifest_free. */
typedef struct normrt_manifest normrt_manifest;

/** One size of a shape: the product of `factor` and the symbols. No symbols: a static size. */
typedef struct normrt_dim {
  int64_t factor;
  int32_t num_symbols;
  const char *const *symbols;
} normrt_dim;

/** One argument of a kernel. */
typedef struct normrt_argument {
  const char *name;
  const char *role;    /**< "input", "output", or what it is: "scale", "bias", "mean", … */
  int32_t is_output;   /**< 1: written by the kernel, 0: only read */
  const char *dtype;   /**< as in MLIR: "bf16", "f32", "f8E5M2", "i64", … "i1" is a byte, 0 or 1 */
  DLDataType dl_dtype; /**< the same for DLPack */
  int32_t rank;
  const normrt_dim *shape; /**< `rank` sizes */
  const char *layout;      /**< "rows" (inner stride 1), "any", or "contiguous" */
  int64_t alignment;       /**< of the first element, in bytes */
  int32_t inplace;         /**< the input that an output may share its buffer with; -1: none */
} normrt_argument;

/** The product of the symbols' sizes has to be `min` or more. */
typedef struct normrt_requirement {
  int32_t num_symbols;
  const char *const *symbols;
  int64_t min;
} normrt_requirement;

/** One kernel of a manifest. */
typedef struct normrt_kernel {
  const char *name;
  const char *symbol;           /**< of the normrt_kernel_fn */
  const char *workspace_symbol; /**< of the normrt_workspace_size_fn, or NULL */
  int32_t num_arguments;        /**< inputs, then outputs */
  const normrt_argument *arguments;
  int32_t num_requirements;
  const normrt_requirement *requirements;
  const char *ir; /**< the kernel's module as text, or NULL */
} normrt_kernel;

/** Reads and checks the manifest in the file `path`. On success `*manifest` is the caller's. Else
    it is NULL, the code is NORMRT_ERROR_FILE, _MANIFEST or _MEMORY, and `message` (NULL is
    allowed) holds "path:line:column: what was expected, what was found", cut to `message_size`
    bytes with the closing 0. Keys that this version does not know are ignored. */
NORMRT_API int32_t normrt_manifest_load(const char *path, normrt_manifest **manifest, char *message,
                                        size_t message_size);

/** The same for `size` bytes in memory; `name` stands for the path in messages. */
NORMRT_API int32_t normrt_manifest_parse(const char *text, size_t size, const char *name,
                                         normrt_manifest **manifest, char *message,
                                         size_t message_size);

/** Frees the manifest and all that it owns. NULL does nothing. */
NORMRT_API void normrt_manifest_free(normrt_manifest *manifest);

/** The number of kernels, and the one at `index` (NULL outside of them). */
NORMRT_API int32_t normrt_manifest_num_kernels(const normrt_manifest *manifest);
NORMRT_API const normrt_kernel *normrt_manifest_kernel(const normrt_manifest *manifest,
                                                       int32_t index);

/** The kernel of that name, or NULL. */
NORMRT_API const normrt_kernel *normrt_manifest_find(const normrt_manifest *manifest,
                                                     const char *name);

/** "library", "normc" (the version), "triple", "cpu" or "features" of the manifest; NULL if the
    manifest does not say or `key` is none of these. */
NORMRT_API const char *normrt_manifest_string(const normrt_manifest *manifest, const char *key);

/*--- Libraries ---*/

/** An open shared library of kernels. */
typedef struct normrt_library normrt_library;

/** Opens the shared library `path` (dlopen; a path without a slash is a file of the working folder,
    not searched for). On success `*library` is the caller's; else NULL, and `message` as above. */
NORMRT_API int32_t normrt_library_open(const char *path, normrt_library **library, char *message,
                                       size_t message_size);

/** Closes it, and unloads its modules from GPUs if that was the last use of it. No kernel of it may
    be running or be called later, from a graph either. NULL does nothing. */
NORMRT_API void normrt_library_close(normrt_library *library);

/** Looks the kernel's symbols up. `*workspace_size` is NULL if the manifest names none; both
    pointers live as long as the library. NORMRT_ERROR_SYMBOL, with `message` as above, if one that
    the manifest names is not there. */
NORMRT_API int32_t normrt_library_kernel(normrt_library *library, const normrt_kernel *kernel,
                                         normrt_kernel_fn *function,
                                         normrt_workspace_size_fn *workspace_size, char *message,
                                         size_t message_size);

/*--- GPUs, through NVIDIA's driver ---*/

/* The driver, libcuda.so.1, is looked for when one of these is first called; the environment
   variable NORMRT_CUDA_DRIVER names another file. Work is done in the primary context of a device,
   the one that PyTorch, JAX, CuPy and CUDA's runtime use, so their streams and their memory can be
   used. The caller's current context is as before when a function returns. All may be called from
   many threads at once. They return NORMRT_OK or a code, mostly NORMRT_ERROR_DRIVER or _GPU, and
   NORMRT_ERROR_LAUNCH for a context that is not of normrt_cuda_context_init. */

/** What the last failure of these functions on this thread was, as a sentence with the driver's own
    words and, for PTX, its messages. Valid until the next; empty if there was none. */
NORMRT_API const char *normrt_cuda_error_text(void);

/** How many devices there are; 0 without an error if there is a driver and no GPU. */
NORMRT_API int32_t normrt_cuda_device_count(int32_t *count);

/** Fills in a context for the device and the stream (a CUstream or cudaStream_t; NULL: the default
    stream), without a workspace. `allocate` is that of the driver, if the device has one; the
    caller may put another, or NULL, in its place. The stream may be changed later, to others of the
    same device. Such contexts may be copied; what one holds is given back by normrt_cuda_release,
    called once for all copies. If this fails, the context is one for the CPU and `message` (NULL is
    allowed) is what normrt_cuda_error_text says, cut to `message_size` bytes with the closing 0. */
NORMRT_API int32_t normrt_cuda_context_init(normrt_context *ctx, int device, void *stream,
                                            char *message, size_t message_size);

/** Makes it a context for the CPU again. With the last context of a device its modules are
    unloaded: no launch may be running, and no graph of one be launched later. Does nothing to a
    context that is not for a GPU. */
NORMRT_API void normrt_cuda_release(normrt_context *ctx);

/** Unloads from all devices what was loaded from the shared library that `address` is in (a
    kernel's address does), and the module at `address`. To be called before dlclose; the same
    holds as for normrt_library_close, which does it by itself. */
NORMRT_API void normrt_cuda_unload(const void *address);

/** Memory of the GPU; NORMRT_ERROR_MEMORY if there is not enough. */
NORMRT_API int32_t normrt_cuda_malloc(const normrt_context *ctx, uint64_t bytes, void **memory);
NORMRT_API int32_t normrt_cuda_free(const normrt_context *ctx, void *memory);

/** Copies to the GPU, and back. After what is on the context's stream; returns when it is done. */
NORMRT_API int32_t normrt_cuda_copy_in(const normrt_context *ctx, void *gpu, const void *host,
                                       uint64_t bytes);
NORMRT_API int32_t normrt_cuda_copy_out(const normrt_context *ctx, void *host, const void *gpu,
                                        uint64_t bytes);

/** Put on the context's stream, not waited for: a copy from GPU to GPU, and bytes of one value. */
NORMRT_API int32_t normrt_cuda_copy(const normrt_context *ctx, void *to, const void *from,
                                    uint64_t bytes);
NORMRT_API int32_t normrt_cuda_fill(const normrt_context *ctx, void *gpu, uint8_t value,
                                    uint64_t bytes);

/** A stream that does not wait for the default one. It is not put into the context. */
NORMRT_API int32_t normrt_cuda_stream_create(const normrt_context *ctx, void **stream);
NORMRT_API int32_t normrt_cuda_stream_destroy(const normrt_context *ctx, void *stream);

/** Waits for all that is on the context's stream. Also says what went wrong while it ran. */
NORMRT_API int32_t normrt_cuda_synchronize(const normrt_context *ctx);

/** Points in time on streams. `elapsed` waits for `end`. */
NORMRT_API int32_t normrt_cuda_event_create(const normrt_context *ctx, void **event);
NORMRT_API int32_t normrt_cuda_event_destroy(const normrt_context *ctx, void *event);
NORMRT_API int32_t normrt_cuda_event_record(const normrt_context *ctx, void *event);
NORMRT_API int32_t normrt_cuda_event_elapsed(const normrt_context *ctx, void *begin, void *end,
                                             float *milliseconds);

/** Between these, what is put on the context's stream is not done but kept as a graph; the stream
    must not be the default one, and kernels' modules must be loaded already. `end` is called after
    a failure too: it then fails, and the stream can be used again. */
NORMRT_API int32_t normrt_cuda_capture_begin(const normrt_context *ctx);
NORMRT_API int32_t normrt_cuda_capture_end(const normrt_context *ctx, void **graph);

/** Puts what the graph has on the context's stream. Its memory and its workspace have to be there
    still. */
NORMRT_API int32_t normrt_cuda_graph_launch(const normrt_context *ctx, void *graph);
NORMRT_API int32_t normrt_cuda_graph_destroy(const normrt_context *ctx, void *graph);

#ifdef __cplusplus
}
#endif

#endif /* NORMC_C_RUNTIME_H */
