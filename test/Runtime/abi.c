/* The structs that generated code fills in and reads, at their offsets where pointers have 8 bytes.

   RUN: %cc -std=c11 -Wall -Wextra -Wpedantic -Werror -I%include -fsyntax-only %s
*/

#include "normc-c/Runtime.h"

#include <assert.h>
#include <stddef.h>

#if UINTPTR_MAX == UINT64_MAX
#define AT(type, field, offset)                                                                    \
  static_assert(offsetof(type, field) == (offset), #type " has " #field " at " #offset)

AT(normrt_context, size, 0);
AT(normrt_context, abi_version, 4);
AT(normrt_context, workspace, 8);
AT(normrt_context, workspace_bytes, 16);
AT(normrt_context, parallel_user, 24);
AT(normrt_context, parallel_for, 32);
AT(normrt_context, stream, 40);
AT(normrt_context, launch, 48);
AT(normrt_context, launch_user, 56);
AT(normrt_context, prepare, 64);
AT(normrt_context, gpu_arch, 72);
AT(normrt_context, gpu_device, 76);
AT(normrt_context, gpu_multiprocessors, 80);
AT(normrt_context, gpu_shared_bytes, 84);
AT(normrt_context, allocate, 88);
AT(normrt_context, deallocate, 96);
AT(normrt_context, allocate_user, 104);
static_assert(sizeof(normrt_context) == 112, "normrt_context");

AT(normrt_gpu_image, kind, 0);
AT(normrt_gpu_image, arch, 4);
AT(normrt_gpu_image, flags, 8);
AT(normrt_gpu_image, reserved, 12);
AT(normrt_gpu_image, data, 16);
AT(normrt_gpu_image, size, 24);
static_assert(sizeof(normrt_gpu_image) == 32, "normrt_gpu_image");

AT(normrt_gpu_module, size, 0);
AT(normrt_gpu_module, num_images, 4);
AT(normrt_gpu_module, images, 8);
AT(normrt_gpu_module, num_functions, 16);
AT(normrt_gpu_module, reserved, 20);
AT(normrt_gpu_module, functions, 24);
static_assert(sizeof(normrt_gpu_module) == 32, "normrt_gpu_module");

AT(normrt_kernel_launch, size, 0);
AT(normrt_kernel_launch, flags, 4);
AT(normrt_kernel_launch, module, 8);
AT(normrt_kernel_launch, function, 16);
AT(normrt_kernel_launch, function_index, 24);
AT(normrt_kernel_launch, num_params, 28);
AT(normrt_kernel_launch, grid, 32);
AT(normrt_kernel_launch, block, 44);
AT(normrt_kernel_launch, cluster, 56);
AT(normrt_kernel_launch, shared_bytes, 68);
AT(normrt_kernel_launch, params, 72);
AT(normrt_kernel_launch, param_bytes, 80);
AT(normrt_kernel_launch, stream, 88);
static_assert(sizeof(normrt_kernel_launch) == 96, "normrt_kernel_launch");
#endif

static_assert(NORMRT_GPU_PTX == 0 && NORMRT_GPU_CUBIN == 1, "kinds");
static_assert(NORMRT_GPU_ARCH_SPECIFIC == 1 && NORMRT_GPU_FAMILY == 2, "flags of images");
static_assert(NORMRT_LAUNCH_DEPENDENT == 1 && NORMRT_LAUNCH_NONPORTABLE_CLUSTER == 2,
              "flags of launches");
static_assert(NORMRT_ERROR_LAUNCH == 19 && NORMRT_ERROR_DRIVER == 69 && NORMRT_ERROR_GPU == 70 &&
                  NORMRT_ERROR_NO_IMAGE == 71 && NORMRT_ERROR_NOT_PREPARED == 72,
              "codes");

int main(void) { return 0; }
