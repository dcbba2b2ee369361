//===- Outline.cpp - a module of kernels, and the module of their caller --------===//
//
// norm-outline leaves kernels and the rest in one module. Here they part: what has normalizations
// is normc's, what has none is for another compiler, which knows nothing of this dialect.
//
//===----------------------------------------------------------------------===//

#include "Interface.h"
#include "normc/IR/Norm.h"
#include "normc/Pipelines/Pipelines.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/PassManager.h"

#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace normc;

/// On declarations in the rest: the C symbol of the kernel. Of no dialect, so that every MLIR reads
/// it.
static constexpr StringLiteral kKernelOfRest = "norm_kernel";

static bool hasNormalization(func::FuncOp function) {
  auto stop = [](norm::GenericOp) { return WalkResult::interrupt(); };
  return function.getBody().walk(stop).wasInterrupted();
}

/// Takes away what the kernels alone need to know.
static void stripAttributes(Operation *root) {
  auto isOurs = [](NamedAttribute attribute) {
    return attribute.getName().getValue().starts_with("norm.");
  };
  auto strip = [&](DictionaryAttr attributes) {
    SmallVector<NamedAttribute> kept;
    if (attributes)
      llvm::copy_if(attributes, std::back_inserter(kept), std::not_fn(isOurs));
    return DictionaryAttr::get(root->getContext(), kept);
  };
  root->walk([&](Operation *op) {
    for (NamedAttribute attribute : llvm::to_vector(op->getDiscardableAttrs()))
      if (isOurs(attribute))
        op->removeDiscardableAttr(attribute.getName());
    if (auto function = dyn_cast<func::FuncOp>(op)) {
      for (unsigned i = 0; i < function.getNumArguments(); ++i)
        function.setArgAttrs(i, strip(function.getArgAttrDict(i)));
      for (unsigned i = 0; i < function.getNumResults(); ++i)
        function.setResultAttrs(i, strip(function.getResultAttrDict(i)));
    }
  });
}

static LogicalResult makeRest(ModuleOp rest, bool isHost) {
  for (auto function : llvm::make_early_inc_range(rest.getOps<func::FuncOp>())) {
    if (!hasNormalization(function))
      continue;
    // Host functions are for whoever calls the library; the rest calls them only if it did before.
    if (isHost && SymbolTable::symbolKnownUseEmpty(function, rest)) {
      function.erase();
      continue;
    }
    function.eraseBody();
    function.setPrivate();
    function->setAttr(kKernelOfRest, StringAttr::get(rest.getContext(), function.getSymName()));
  }
  stripAttributes(rest);
  WalkResult walked = rest.walk([](Operation *op) {
    if (!isa_and_nonnull<norm::NormDialect>(op->getDialect()))
      return WalkResult::advance();
    op->emitError("expects nothing of the norm dialect in what is left for the caller, but found '")
        << op->getName() << "'";
    return WalkResult::interrupt();
  });
  return failure(walked.wasInterrupted());
}

LogicalResult normc::outline(ModuleOp module, OutlineMode mode, std::string &rest) {
  for (auto nested : module.getOps<ModuleOp>())
    return nested.emitError(
        "expects functions at the top level of the file, but found a nested module");
  if (llvm::none_of(module.getOps<func::FuncOp>(), hasNormalization))
    return module.emitError("expects at least one normalization to outline, but found none");
  PassManager pm(module.getContext());
  norm::buildOutlinePipeline(pm, mode == OutlineMode::Host ? "host" : "calls");
  if (failed(pm.run(module)))
    return failure();
  OwningOpRef<ModuleOp> other = module.clone();
  if (failed(makeRest(*other, mode == OutlineMode::Host)))
    return failure();
  llvm::raw_string_ostream os(rest);
  other->print(os);
  os << "\n";
  for (Operation &op : llvm::make_early_inc_range(*module.getBody())) {
    auto function = dyn_cast<func::FuncOp>(op);
    if (!function || !hasNormalization(function))
      op.erase();
  }
  return success();
}
