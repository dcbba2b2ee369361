//===- Emit.cpp - from the LLVM dialect to an object ---------------------===//
//
// Translation, LLVM's optimizer and code generator, and the check that what came out calls nothing.
//
//===----------------------------------------------------------------------===//

#include "normc/Compiler/Emit.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Target/LLVMIR/Export.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Analysis/CGSCCPassManager.h"
#include "llvm/Analysis/LoopAnalysisManager.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/PassManager.h"
#include "llvm/Object/ObjectFile.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Target/TargetMachine.h"

using namespace llvm;
using namespace normc;

static Error makeError(const Twine &message) {
  return createStringError(inconvertibleErrorCode(), message);
}

std::unique_ptr<llvm::Module> normc::translate(mlir::Operation *module, LLVMContext &context,
                                               const TargetSpec &target, TargetMachine &machine) {
  module->walk([](mlir::LLVM::LLVMFuncOp function) {
    // Translation keeps only an op's linkage, and a private function is external by default.
    bool isPrivate = function.getVisibility() == mlir::SymbolTable::Visibility::Private;
    if (isPrivate && !function.isExternal())
      function.setLinkage(mlir::LLVM::Linkage::Internal);
  });
  std::unique_ptr<llvm::Module> result = mlir::translateModuleToLLVMIR(module, context, "normc");
  if (!result)
    return nullptr;
  result->setTargetTriple(target.triple);
  result->setDataLayout(machine.createDataLayout());
  if (!target.isGPU()) {
    result->setPICLevel(PICLevel::BigPIC);
    result->setUwtable(UWTableKind::Async);
  }
  for (Function &function : *result) {
    if (function.isDeclaration())
      continue;
    function.addFnAttr("target-cpu", target.cpu);
    if (!target.features.empty())
      function.addFnAttr("target-features", target.features);
    function.addFnAttr(Attribute::NoUnwind);
    // Kernels throw nothing, but a profiler or debugger wants to walk through them.
    if (!target.isGPU())
      function.setUWTableKind(UWTableKind::Async);
  }
  return result;
}

/// Kernels come as the loops and vectors they are to be: what is left to do is to simplify checks
/// and addresses. The default pipelines take three times as long for the same speed; they also
/// unroll rows of static length in full and share loads across passes, which spills registers.
/// Without loop-idiom, clearing partial sums costs a fifth of a backward's time.
static constexpr StringLiteral kPasses =
    "function(sroa,early-cse<memssa>,simplifycfg),cgscc(inline),globaldce,"
    "function(instcombine<no-verify-fixpoint>,loop-mssa(loop-rotate,licm),"
    "loop(loop-idiom,indvars,loop-deletion),gvn,dse,simplifycfg)";

/// The only lane of a constant mask that is set.
static std::optional<unsigned> getSingleLane(Value *mask) {
  auto *constant = dyn_cast<Constant>(mask);
  auto *type = dyn_cast<FixedVectorType>(mask->getType());
  std::optional<unsigned> single;
  for (unsigned lane = 0; constant && type && lane < type->getNumElements(); ++lane) {
    auto *bit = dyn_cast_or_null<ConstantInt>(constant->getAggregateElement(lane));
    if (!bit || (bit->isOne() && single))
      return std::nullopt;
    if (bit->isOne())
      single = lane;
  }
  return single;
}

/// A masked store of one known lane becomes a store of an element. Of a vector that was truncated,
/// as the last of 17 bytes are, LLVM 22 stores on AVX-512 the whole of what the element was
/// truncated from, beyond the end (llvm-project issue 179489).
static void storeSingleLanes(llvm::Module &module) {
  for (Function &function : module)
    for (Instruction &instruction : make_early_inc_range(instructions(function))) {
      auto *store = dyn_cast<IntrinsicInst>(&instruction);
      if (!store || store->getIntrinsicID() != Intrinsic::masked_store)
        continue;
      std::optional<unsigned> lane = getSingleLane(store->getArgOperand(2));
      if (!lane)
        continue;
      IRBuilder<> b(store);
      Value *element = b.CreateExtractElement(store->getArgOperand(0), *lane);
      Value *place =
          b.CreateConstInBoundsGEP1_64(element->getType(), store->getArgOperand(1), *lane);
      uint64_t offset = *lane * module.getDataLayout().getTypeStoreSize(element->getType());
      Align align = store->getParamAlign(1).valueOrOne();
      b.CreateAlignedStore(element, place, commonAlignment(align, offset));
      store->eraseFromParent();
    }
}

void normc::optimize(llvm::Module &module, TargetMachine &machine, bool sanitizeAddress) {
  std::shared_lock<std::shared_mutex> lock(getFlagsMutex());
  LoopAnalysisManager loops;
  FunctionAnalysisManager functions;
  CGSCCAnalysisManager sccs;
  ModuleAnalysisManager modules;
  PassBuilder builder(&machine);
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(sccs);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, sccs, modules);
  ModulePassManager passes;
  cantFail(builder.parsePassPipeline(passes, kPasses));
  if (sanitizeAddress) {
    for (Function &function : module)
      if (!function.isDeclaration())
        function.addFnAttr(Attribute::SanitizeAddress);
    // What a kernel keeps as constants is its own, and checking it would need constructors.
    for (GlobalVariable &global : module.globals()) {
      GlobalValue::SanitizerMetadata metadata;
      metadata.NoAddress = true;
      global.setSanitizerMetadata(metadata);
    }
    cantFail(builder.parsePassPipeline(passes, "asan"));
  }
  passes.run(module, modules);
  storeSingleLanes(module);
}

Expected<SmallVector<char, 0>> normc::generateCode(llvm::Module &module, TargetMachine &machine,
                                                   CodeGenFileType type) {
  std::shared_lock<std::shared_mutex> lock(getFlagsMutex());
  SmallVector<char, 0> bytes;
  raw_svector_ostream os(bytes);
  legacy::PassManager passes;
  if (machine.addPassesToEmitFile(passes, os, nullptr, type))
    return makeError("the target '" + machine.getTargetCPU() + "' cannot emit this kind of file");
  passes.run(module);
  return bytes;
}

Error normc::checkUndefinedSymbols(MemoryBufferRef buffer, ArrayRef<StringRef> provided,
                                   bool sanitizeAddress) {
  auto object = object::ObjectFile::createObjectFile(buffer);
  if (!object)
    return object.takeError();
  SmallVector<std::string> names;
  for (const object::SymbolRef &symbol : (*object)->symbols()) {
    Expected<uint32_t> flags = symbol.getFlags();
    if (!flags)
      return flags.takeError();
    if (!(*flags & object::BasicSymbolRef::SF_Undefined))
      continue;
    Expected<StringRef> name = symbol.getName();
    if (!name)
      return name.takeError();
    // An ELF symbol table begins with a symbol without a name; aarch64 marks code with "$x".
    if (name->empty() || is_contained({"memcpy", "memset", "memmove"}, *name) ||
        is_contained(provided, *name))
      continue;
    if (sanitizeAddress && name->contains("asan_"))
      continue;
    names.push_back(("'" + *name + "'").str());
  }
  if (names.empty())
    return Error::success();
  return makeError("the emitted object needs " + join(names, ", ") +
                   "; a kernel may call nothing but memcpy, memset and memmove");
}
