/* Kernels for a GPU written by hand, right and wrong; gpu.json is their manifest. All copy x to y,
   f32, by one launch or by two through the workspace. */
#include "normc-c/Runtime.h"

static const char ptx[] = ".version 7.0\n"
                          ".target sm_80\n"
                          ".address_size 64\n"
                          ".visible .entry copy(.param .u64 x, .param .u64 y, .param .u32 n)\n"
                          "{\n"
                          ".reg .pred %p<2>; .reg .b32 %r<6>; .reg .b64 %rd<4>;\n"
                          "mov.u32 %r1, %ctaid.x;\n"
                          "mov.u32 %r2, %tid.x;\n"
                          "mad.lo.s32 %r3, %r1, 64, %r2;\n"
                          "ld.param.u32 %r4, [n];\n"
                          "setp.ge.u32 %p1, %r3, %r4;\n"
                          "@%p1 ret;\n"
                          "ld.param.u64 %rd1, [x];\n"
                          "ld.param.u64 %rd2, [y];\n"
                          "mul.wide.u32 %rd3, %r3, 4;\n"
                          "add.s64 %rd1, %rd1, %rd3;\n"
                          "add.s64 %rd2, %rd2, %rd3;\n"
                          "ld.global.u32 %r5, [%rd1];\n"
                          "st.global.u32 [%rd2], %r5;\n"
                          "ret;\n"
                          "}\n";
static const normrt_gpu_image images[] = {{NORMRT_GPU_PTX, 80, 0, 0, ptx, sizeof ptx}};
static const char *const functions[] = {"copy"};
static const normrt_gpu_module module = {sizeof module, 1, images, 1, 0, functions};

static int32_t copy(const normrt_context *ctx, void *from, void *to, int64_t elements) {
  uint32_t n = (uint32_t)elements;
  const void *const params[] = {&from, &to, &n};
  const uint32_t param_bytes[] = {8, 8, 4};
  const normrt_kernel_launch launch = {.size = sizeof launch,
                                       .module = &module,
                                       .function = functions[0],
                                       .num_params = 3,
                                       .grid = {(n + 63) / 64, 1, 1},
                                       .block = {64, 1, 1},
                                       .params = params,
                                       .param_bytes = param_bytes,
                                       .stream = ctx->stream};
  return ctx->launch(ctx->launch_user, &launch);
}

static int32_t check(const normrt_context *ctx, const DLTensor *const *args) {
  if (!ctx || !ctx->launch)
    return NORMRT_ERROR_LAUNCH;
  for (int i = 0; i < 2; ++i)
    if (args[i]->device.device_type != kDLCUDA || args[i]->device.device_id != ctx->gpu_device)
      return NORMRT_ERROR_MAKE(NORMRT_ERROR_DEVICE, i, -1);
  return NORMRT_OK;
}

/* `more` than there are elements. */
static int32_t copy_arguments(const normrt_context *ctx, const DLTensor *const *args,
                              int64_t more) {
  int32_t code = check(ctx, args);
  return code ? code : copy(ctx, args[0]->data, args[1]->data, args[0]->shape[0] + more);
}

int32_t good(const normrt_context *ctx, const DLTensor *const *args, int32_t num_args) {
  return (void)num_args, copy_arguments(ctx, args, 0);
}
int32_t lacking(const normrt_context *ctx, const DLTensor *const *args, int32_t num_args) {
  return (void)num_args, copy_arguments(ctx, args, -1);
}
int32_t beyond(const normrt_context *ctx, const DLTensor *const *args, int32_t num_args) {
  return (void)num_args, copy_arguments(ctx, args, 1);
}

int64_t twice_workspace_size(const DLTensor *const *args, int32_t num_args) {
  return (void)num_args, 4 * args[0]->shape[0];
}
/* The first launch leaves out `less` elements that the second reads. */
static int32_t twice_but(const normrt_context *ctx, const DLTensor *const *args, int64_t less) {
  int64_t n = args[0]->shape[0];
  int32_t code = check(ctx, args);
  if (!code && ((uintptr_t)ctx->workspace % 64 || ctx->workspace_bytes < 4 * (uint64_t)n))
    code = NORMRT_ERROR_WORKSPACE;
  if (!code)
    code = copy(ctx, args[0]->data, ctx->workspace, n - less);
  return code ? code : copy(ctx, ctx->workspace, args[1]->data, n);
}
int32_t twice(const normrt_context *ctx, const DLTensor *const *args, int32_t num_args) {
  return (void)num_args, twice_but(ctx, args, 0);
}
int32_t unwritten(const normrt_context *ctx, const DLTensor *const *args, int32_t num_args) {
  return (void)num_args, twice_but(ctx, args, 1);
}

/* Writes its input. */
int32_t backwards(const normrt_context *ctx, const DLTensor *const *args, int32_t num_args) {
  return (void)num_args, copy(ctx, args[1]->data, args[0]->data, args[0]->shape[0]);
}
