//===- Check.cpp - a kernel's results beside the oracle's ----------------===//
//
// Compiles the oracle, widens its inputs, calls it.
//
//===----------------------------------------------------------------------===//

#include "Check.h"

#include "normc/Compiler/Oracle.h"

#include "llvm/ADT/STLExtras.h"

#include <cstring>

using namespace llvm;
using namespace normrun;

DLDataType normrun::getOracleType(const normrt_kernel &kernel) {
  bool hasF64 = any_of(ArrayRef(kernel.arguments, kernel.num_arguments), [](const auto &argument) {
    return isFloat(argument.dl_dtype) && argument.dl_dtype.bits == 64;
  });
#if defined(__x86_64__)
  return {kDLFloat, uint8_t(hasF64 ? 80 : 64), 1};
#else
  // Nothing wider that the hardware has: the oracle of an f64 kernel is another f64 program.
  (void)hasF64;
  return {kDLFloat, 64, 1};
#endif
}

Expected<Oracle> normrun::makeOracle(const normrt_kernel &kernel) {
  if (!kernel.ir)
    return createStringError("--check: the manifest has no \"ir\" for kernel '" +
                             Twine(kernel.name) + "', from which the oracle is compiled");
  Expected<normc::OracleKernel> compiled = normc::compileOracle(kernel.ir, kernel.name);
  if (!compiled)
    return createStringError("--check: " + toString(compiled.takeError()));
  // A std::function can be copied, so what it holds is shared.
  auto jit = std::make_shared<normc::OracleKernel>(std::move(*compiled));
  return Oracle{[jit](const normrt_context *ctx, const DLTensor *const *args, int32_t count) {
                  return (*jit)(ctx, args, count);
                },
                [jit](const DLTensor *const *args, int32_t count) {
                  return jit->getWorkspaceSize(args, count);
                }};
}

/// A copy of `tensor` in the oracle's type; integers stay as they are.
static Expected<Tensor> widen(const Tensor &tensor, DLDataType wide) {
  bool isNumber = isFloat(tensor.getType());
  Expected<Tensor> copy = Tensor::allocate(isNumber ? wide : tensor.getType(), tensor.getShape());
  if (!copy)
    return copy;
  if (!isNumber) {
    std::memcpy(copy->data(), tensor.data(), tensor.getNumBytes());
    return copy;
  }
  for (uint64_t i = 0, e = tensor.getNumElements(); i < e; ++i)
    copy->store(i, double(tensor.load(i)));
  return copy;
}

Expected<std::vector<Tensor>> normrun::runOracle(const Oracle &oracle, const normrt_kernel &kernel,
                                                 ArrayRef<Tensor> inputs,
                                                 ArrayRef<std::vector<int64_t>> outputs) {
  DLDataType wide = getOracleType(kernel);
  std::vector<Tensor> tensors, results;
  for (const Tensor &input : inputs) {
    Expected<Tensor> copy = widen(input, wide);
    if (!copy)
      return copy.takeError();
    tensors.push_back(std::move(*copy));
  }
  for (auto [index, shape] : enumerate(outputs)) {
    DLDataType type = kernel.arguments[inputs.size() + index].dl_dtype;
    Expected<Tensor> result = Tensor::allocate(isFloat(type) ? wide : type, shape);
    if (!result)
      return result.takeError();
    tensors.push_back(std::move(*result));
  }

  std::vector<DLTensor> views;
  for (const Tensor &tensor : tensors)
    views.push_back(tensor.view());
  std::vector<const DLTensor *> args;
  for (const DLTensor &view : views)
    args.push_back(&view);
  normrt_context ctx;
  normrt_context_init(&ctx, nullptr);
  int64_t bytes =
      oracle.workspaceSize ? oracle.workspaceSize(args.data(), int32_t(args.size())) : 0;
  Expected<Buffer> workspace = Buffer::allocate(bytes > 0 ? bytes : 0);
  if (!workspace)
    return workspace.takeError();
  if (bytes > 0) {
    ctx.workspace = workspace->data();
    ctx.workspace_bytes = bytes;
  }
  int32_t rc = bytes < 0 ? int32_t(-bytes) : oracle.call(&ctx, args.data(), int32_t(args.size()));
  if (rc != NORMRT_OK) {
    char text[256];
    normrt_error_string(rc, text, sizeof text);
    return createStringError("--check: the oracle of '" + Twine(kernel.name) +
                             "' refuses the call: " + text);
  }
  for (size_t i = inputs.size(); i < tensors.size(); ++i)
    results.push_back(std::move(tensors[i]));
  return results;
}
