/* A kernel's library as a compiler would write it, whose only image is "code of LETTER": one
   launch, with a pointer and scratch as parameters. */
#include "normc-c/Runtime.h"

#define QUOTE(letter) #letter
#define TEXT(letter) "code of " QUOTE(letter)
static const char code[] = TEXT(LETTER);
static const normrt_gpu_image images[] = {{NORMRT_GPU_PTX, 75, 0, 0, code, sizeof code}};
static const char *const functions[] = {"body"};
static const normrt_gpu_module module = {sizeof module, 1, images, 1, 0, functions};

int32_t kernel(const normrt_context *ctx, const DLTensor *const *args, int32_t num_args);
int32_t kernel(const normrt_context *ctx, const DLTensor *const *args, int32_t num_args) {
  if (!ctx || !ctx->launch)
    return NORMRT_ERROR_LAUNCH;
  if (num_args != 1)
    return NORMRT_ERROR_NUM_ARGS;
  if (args[0]->device.device_type != kDLCUDA || args[0]->device.device_id != ctx->gpu_device)
    return NORMRT_ERROR_MAKE(NORMRT_ERROR_DEVICE, 0, -1);
  void *scratch = ctx->workspace;
  if (!scratch && ctx->allocate)
    scratch = ctx->allocate(ctx->allocate_user, 1000, ctx->stream);
  if (!scratch)
    return NORMRT_ERROR_WORKSPACE;
  const void *const params[] = {&args[0]->data, &scratch};
  const uint32_t param_bytes[] = {sizeof(void *), sizeof(void *)};
  const normrt_kernel_launch launch = {.size = sizeof launch,
                                       .module = &module,
                                       .function = functions[0],
                                       .num_params = 2,
                                       .grid = {3, 1, 1},
                                       .block = {128, 1, 1},
                                       .params = params,
                                       .param_bytes = param_bytes,
                                       .stream = ctx->stream};
  int32_t result = ctx->launch(ctx->launch_user, &launch);
  if (scratch != ctx->workspace)
    ctx->deallocate(ctx->allocate_user, scratch, ctx->stream);
  return result;
}
