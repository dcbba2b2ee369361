//===- Oracle.cpp - a kernel's program in wider arithmetic ---------------===//
//
// The plain road in f64 or f80, compiled to an object as for a file, and linked into the process.
//
//===----------------------------------------------------------------------===//

#include "normc/Compiler/Oracle.h"
#include "normc/Compiler/Compiler.h"
#include "normc/Compiler/Emit.h"
#include "normc/Pipelines/Pipelines.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"

#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"

using namespace llvm;
using namespace normc;

static bool hasF64Tensor(mlir::func::FuncOp kernel) {
  auto isF64 = [](mlir::Type type) {
    auto shaped = dyn_cast<mlir::ShapedType>(type);
    return shaped && shaped.getElementType().isF64();
  };
  return any_of(kernel.getArgumentTypes(), isF64) || any_of(kernel.getResultTypes(), isF64);
}

/// The machine code of the widened module.
static Expected<SmallVector<char, 0>> compileWide(mlir::ModuleOp module, StringRef compute,
                                                  const TargetSpec &target) {
  auto error = [](const Twine &message) {
    return createStringError(inconvertibleErrorCode(), message);
  };
  mlir::PassManager pm(module.getContext());
  mlir::norm::ReferencePipelineOptions pipeline;
  pipeline.compute = compute.str();
  mlir::norm::buildReferencePipeline(pm, pipeline);
  if (failed(pm.run(module)))
    return error("the passes failed");
  std::unique_ptr<TargetMachine> machine =
      createTargetMachine(target, OptLevel::Less, /*jit=*/true);
  if (!machine)
    return error("LLVM was built without this machine's target");
  LLVMContext context;
  std::unique_ptr<llvm::Module> llvmModule = translate(module, context, target, *machine);
  if (!llvmModule)
    return error("translation to LLVM IR failed");
  optimize(*llvmModule, *machine);
  return generateCode(*llvmModule, *machine, CodeGenFileType::ObjectFile);
}

Expected<OracleKernel> normc::compileOracle(StringRef irText, StringRef kernel) {
  mlir::DialectRegistry registry;
  registerCompilerDialects(registry);
  mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
  std::string messages;
  mlir::ScopedDiagnosticHandler handler(&context, [&](mlir::Diagnostic &diagnostic) {
    raw_string_ostream(messages) << "\n" << diagnostic.getLocation() << ": " << diagnostic;
  });
  auto error = [&](const Twine &message) {
    return createStringError(inconvertibleErrorCode(),
                             "the oracle of '" + kernel + "': " + message + messages);
  };

  mlir::OwningOpRef<mlir::ModuleOp> module =
      mlir::parseSourceString<mlir::ModuleOp>(irText, &context, "oracle");
  if (!module)
    return error("its text cannot be read");
  auto function = module->lookupSymbol<mlir::func::FuncOp>(kernel);
  if (!function || !function.isPublic() || function.isExternal())
    return error("its text has no kernel of that name");
  // The others would only cost time.
  for (auto other : llvm::make_early_inc_range(module->getOps<mlir::func::FuncOp>()))
    if (other != function && other.isPublic())
      other.erase();

  TargetSpec target = getHostTarget();
  StringRef compute = hasF64Tensor(function) && target.isX86() ? "f80" : "f64";
  auto object = compileWide(*module, compute, target);
  if (!object)
    return error(toString(object.takeError()));
  auto code = LoadedObject::load(*object);
  if (!code)
    return error(toString(code.takeError()));
  auto entry = (*code)->lookup(kernel);
  if (!entry)
    return error(toString(entry.takeError()));
  auto workspaceSize = (*code)->lookup((kernel + "_workspace_size").str());
  if (!workspaceSize)
    return error(toString(workspaceSize.takeError()));
  return OracleKernel(std::move(*code), reinterpret_cast<normrt_kernel_fn>(*entry),
                      reinterpret_cast<normrt_workspace_size_fn>(*workspaceSize));
}
