//===- Compiler.cpp - a module through the phases ------------------------===//
//
// Checks that a module has kernels, runs the passes, and hands what they leave to LLVM.
//
//===----------------------------------------------------------------------===//

#include "normc/Compiler/Compiler.h"
#include "Interface.h"
#include "normc/Compiler/Emit.h"
#include "normc/IR/Norm.h"
#include "normc/Pipelines/Pipelines.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/GPU/GPUToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/NVVM/NVVMToLLVMIRTranslation.h"

#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"

using namespace mlir;
using namespace normc;

ArrayRef<PhaseInfo> normc::getPhases() {
  static constexpr PhaseInfo phases[] = {
      {Phase::Generic, "generic", "norm.generic on tensors, from every named operation", true},
      {Phase::Lowered, "lowered", "the LLVM dialect, after the last pass of MLIR", true},
      {Phase::LLVM, "llvm", "LLVM IR, optimized", true},
      {Phase::Assembly, "asm", "assembly of the target", true},
      {Phase::Object, "obj", "an object file without undefined symbols", false},
      {Phase::PTX, "ptx", "PTX, for a GPU", true},
      {Phase::Cubin, "cubin", "machine code of a GPU, by CUDA's ptxas", false},
      {Phase::Library, "lib", "a shared library, or a static one for -o F.a", false},
  };
  return phases;
}

llvm::Error normc::checkOptions(const CompileOptions &options) {
  auto isGPU = [](const TargetSpec &target) { return target.isGPU(); };
  bool all = llvm::all_of(options.targets, isGPU), any = llvm::any_of(options.targets, isGPU);
  StringRef name = getPhases()[static_cast<size_t>(options.phase)].name;
  auto error = [](const Twine &message) {
    return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
  };
  if (any && !all)
    return error("expected CPUs or GPUs as targets, but got both");
  if (all && llvm::is_contained({Phase::LLVM, Phase::Assembly}, options.phase))
    return error("'" + name + "' is not emitted for a GPU: expected ptx, cubin, obj or lib");
  if (!any && llvm::is_contained({Phase::PTX, Phase::Cubin}, options.phase))
    return error("'" + name + "' is emitted for a GPU: expected a target such as sm_90, but got " +
                 options.targets.front().cpu);
  if (all && (options.reference || options.sanitizeAddress))
    return error("plain loops and AddressSanitizer are for CPUs, but the target is a GPU, " +
                 options.targets.front().cpu);
  if (!options.divided.empty() && options.outline != OutlineMode::None)
    return error("a kernel is divided among ranks or outlined, but not both at once: expected "
                 "--partial for the kernels that --outline with --emit=generic gives");
  return llvm::Error::success();
}

StringRef normc::getVersion() { return NORMC_VERSION; }

void normc::registerCompilerDialects(DialectRegistry &registry) {
  norm::registerAllDialects(registry);
  registerBuiltinDialectTranslation(registry);
  registerGPUDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
  registerNVVMDialectTranslation(registry);
}

/// A module whose functions are in the LLVM dialect already has been through the passes: normc
/// goes on from there, so that `norm-opt --norm-reference-pipeline | normc` is the same as normc.
static bool isLowered(ModuleOp module) {
  return module.getOps<func::FuncOp>().empty() &&
         llvm::any_of(module.getOps<LLVM::LLVMFuncOp>(),
                      [](LLVM::LLVMFuncOp f) { return !f.isExternal() && f.isPublic(); });
}

/// Every kernel's symbols become C functions, so their names have to be C's.
static LogicalResult checkKernels(ModuleOp module) {
  SmallVector<func::FuncOp> kernels;
  for (Operation &op : module.getOps()) {
    if (isa<ModuleOp>(op))
      return op.emitError(
          "expects kernels at the top level of the file, but found a nested module");
    auto function = dyn_cast<func::FuncOp>(op);
    if (!function || !function.isPublic())
      continue;
    if (function.isExternal())
      return function.emitError("expects kernel '")
             << function.getName() << "' to have a body, but it is only declared";
    kernels.push_back(function);
  }
  if (kernels.empty())
    return module.emitError("expects at least one kernel, a public func.func, but found none");
  llvm::StringMap<func::FuncOp> taken;
  for (func::FuncOp kernel : kernels) {
    StringRef name = kernel.getName();
    if (!norm::isCIdentifier(name))
      return kernel.emitError("expects a kernel's name to be a C identifier, but got '")
             << name << "'";
    if (norm::isReservedName(name))
      return kernel.emitError("expects a kernel's name to be free in C, C++ and normc's objects, "
                              "but '")
             << name << "' has a meaning there";
    taken[name] = kernel;
  }
  // What the entry and the header define beside the kernel itself.
  for (func::FuncOp kernel : kernels) {
    for (StringRef suffix : {"_workspace_size", "_contiguous", "_contiguous_workspace_size"}) {
      auto other = taken.find((kernel.getName() + suffix).str());
      if (other != taken.end())
        return other->second.emitError("expects a name that no other kernel needs, but '")
               << other->first() << "' belongs to kernel '" << kernel.getName() << "'";
    }
  }
  return success();
}

static void printModule(ModuleOp module, SmallVectorImpl<char> &out) {
  llvm::raw_svector_ostream os(out);
  module.print(os);
  os << "\n";
}

static LogicalResult runPasses(ModuleOp module, const TargetSpec &target,
                               const CompileOptions &options) {
  PassManager pm(module.getContext());
  if (target.isGPU()) {
    norm::NVGPUPipelineOptions pipeline;
    pipeline.chip = target.cpu;
    norm::buildNVGPUPipeline(pm, pipeline);
    return pm.run(module);
  }
  norm::CPUPipelineOptions pipeline;
  // Every aarch64 has these, but for bf16.
  pipeline.hasFma = !target.isX86() || target.hasFeature("fma");
  pipeline.hasF16C = !target.isX86() || target.hasFeature("f16c");
  pipeline.hasRound = !target.isX86() || target.hasFeature("sse4.1");
  pipeline.hasBF16 = target.hasFeature(target.isX86() ? "avx512bf16" : "bf16");
  bool avx = target.isX86() && target.hasFeature("avx");
  bool avx512 = target.isX86() && target.hasFeature("avx512vl") && target.hasFeature("avx512bw");
  pipeline.vectorBits = avx512 ? 512 : avx ? 256 : 128;
  pipeline.maskBits = avx512 ? 8 : avx ? 32 : 0;
  pipeline.pairsBF16 = avx512 && pipeline.hasBF16;
  // From here on a kernel and a pass that reads its results are faster with stores past the cache
  // than without; the kernel alone is from 8 MB on, but its reader then finds nothing in the cache.
  pipeline.streamBytes = target.isX86() ? int64_t(16) << 20 : 0;
  pipeline.parallelBytes = options.parallelBytes;
  pipeline.registers = avx512 || !target.isX86() ? 32 : 16;
  if (options.reference)
    norm::buildReferencePipeline(pm, pipeline);
  else
    norm::buildCPUPipeline(pm, pipeline);
  return pm.run(module);
}

/// A module in the LLVM dialect as LLVM's; nullptr after an error.
static std::unique_ptr<llvm::Module> translateFor(ModuleOp module, llvm::LLVMContext &context,
                                                  const TargetSpec &target) {
  std::unique_ptr<llvm::TargetMachine> machine = createTargetMachine(target, OptLevel::Aggressive);
  if (!machine)
    return module.emitError("LLVM was built without the target ") << target.triple.str(), nullptr;
  std::unique_ptr<llvm::Module> translated = translate(module, context, target, *machine);
  if (!translated)
    module.emitError("translation to LLVM IR failed");
  return translated;
}

/// One module from the versions of each kernel; nullptr after an error.
using JoinFn = llvm::function_ref<std::unique_ptr<llvm::Module>(
    SmallVector<std::unique_ptr<llvm::Module>> versions)>;

/// From the LLVM dialect to the output of the phase: one module for each of `targets`, joined by
/// `join` and linked for `common` where there are several.
static LogicalResult emit(ArrayRef<ModuleOp> lowered, ArrayRef<TargetSpec> targets,
                          const TargetSpec &common, JoinFn join, const CompileOptions &options,
                          SmallVectorImpl<char> &output) {
  ModuleOp module = lowered.front();
  llvm::LLVMContext context;
  SmallVector<std::unique_ptr<llvm::Module>> versions;
  for (auto [version, target] : llvm::zip(lowered, targets)) {
    versions.push_back(translateFor(version, context, target));
    if (!versions.back())
      return failure();
  }
  bool isOne = versions.size() == 1;
  std::unique_ptr<llvm::Module> llvmModule =
      isOne ? std::move(versions.front()) : join(std::move(versions));
  if (!llvmModule)
    return module.emitError("joining the targets' kernels failed");
  const TargetSpec &target = isOne ? targets.front() : common;
  std::unique_ptr<llvm::TargetMachine> machine = createTargetMachine(target, OptLevel::Aggressive);
  if (llvm::GlobalVariable *gpu = llvmModule->getNamedGlobal(norm::kGPUModuleSymbol);
      gpu && options.jit)
    gpu->setLinkage(llvm::GlobalValue::ExternalLinkage);
  options.progress("optimizing");
  optimize(*llvmModule, *machine, options.sanitizeAddress);

  auto fail = [&](llvm::Error error) { return module.emitError(llvm::toString(std::move(error))); };
  if (options.phase == Phase::LLVM) {
    llvm::raw_svector_ostream os(output);
    llvmModule->print(os, nullptr);
    return success();
  }
  options.progress("generating code");
  bool assembly = options.phase == Phase::Assembly;
  auto code = generateCode(*llvmModule, *machine,
                           assembly ? llvm::CodeGenFileType::AssemblyFile
                                    : llvm::CodeGenFileType::ObjectFile);
  if (!code)
    return fail(code.takeError());
  if (!assembly) {
    llvm::MemoryBufferRef object(StringRef(code->data(), code->size()), "object");
    SmallVector<StringRef> provided;
    for (auto function : module.getOps<LLVM::LLVMFuncOp>())
      if (function->hasAttr(norm::kRestAttr))
        provided.push_back(function.getName());
    if (llvm::Error error = checkUndefinedSymbols(object, provided, options.sanitizeAddress))
      return fail(std::move(error));
    if (llvm::Error error = remarkCodeSize(module.getLoc(), *llvmModule, object, lowered.size()))
      return fail(std::move(error));
  }
  if (options.phase == Phase::Library) {
    options.progress("linking");
    auto library = options.archive ? makeArchive(*code, "normc.o")
                                   : linkSharedLibrary(*code, target, options.libraryName);
    if (!library)
      return fail(library.takeError());
    code = std::move(library);
  }
  output.assign(code->begin(), code->end());
  return success();
}

/// Adds to `list` what is not in it.
static void addOnce(SmallVectorImpl<std::string> &list, std::string text) {
  if (!llvm::is_contained(list, text))
    list.push_back(std::move(text));
}

/// The number of each target's version: those whose modules are the same but for the GPU's code, so
/// that kernels are launched in the same way, share one.
static SmallVector<unsigned> numberVersions(ArrayRef<OwningOpRef<ModuleOp>> lowered) {
  SmallVector<std::string> hosts;
  SmallVector<unsigned> versions;
  for (const OwningOpRef<ModuleOp> &module : lowered) {
    std::string text;
    llvm::raw_string_ostream os(text);
    for (Operation &op : (*module)->getRegion(0).front())
      if (!isa<gpu::GPUModuleOp>(op))
        op.print(os, OpPrintingFlags().useLocalScope());
    versions.push_back(llvm::find(hosts, text) - hosts.begin());
    addOnce(hosts, std::move(text));
  }
  return versions;
}

/// Whether what is emitted for a GPU is the code of the host, which has the GPU's in it.
static bool emitsHostCode(const CompileOptions &options) {
  return options.phase == Phase::Object || options.phase == Phase::Library;
}

/// The code of the kernels for one target: PTX and, where it is needed or can be had, a cubin.
static FailureOr<SmallVector<GPUImage>> makeImages(ModuleOp module, const TargetSpec &target,
                                                   const CompileOptions &options) {
  SmallVector<GPUImage> images;
  options.progress("generating PTX");
  FailureOr<std::string> ptx = emitPTX(module, target);
  if (failed(ptx))
    return failure();
  images.push_back({target, /*isCubin=*/false, *ptx});
  if (options.phase != Phase::Cubin && !(emitsHostCode(options) && hasPtxas()))
    return images;
  options.progress("assembling");
  auto cubin = assemblePTX(*ptx, target, module.getLoc());
  if (!cubin)
    return module.emitError(llvm::toString(cubin.takeError())), failure();
  images.push_back(std::move(*cubin));
  return images;
}

/// The code of the kernels for each target, and, for an object, of the host functions that launch
/// them, once for all targets where they are the same. `all` gets the code.
static LogicalResult emitForGPU(ArrayRef<OwningOpRef<ModuleOp>> lowered,
                                const CompileOptions &options, SmallVectorImpl<char> &output,
                                SmallVectorImpl<GPUImage> &all) {
  SmallVector<SmallVector<GPUImage>> images;
  for (auto [version, target] : llvm::zip(lowered, options.targets)) {
    FailureOr<SmallVector<GPUImage>> made = makeImages(*version, target, options);
    if (failed(made))
      return failure();
    llvm::append_range(all, *made);
    images.push_back(std::move(*made));
  }
  if (!emitsHostCode(options)) {
    const std::string &code = images.front().back().code;
    output.assign(code.begin(), code.end());
    return success();
  }
  SmallVector<unsigned> versions = numberVersions(lowered);
  SmallVector<ModuleOp> hosts;
  for (unsigned version = 0; llvm::is_contained(versions, version); ++version) {
    ModuleOp host = *lowered[llvm::find(versions, version) - versions.begin()];
    SmallVector<GPUImage> own;
    for (auto [number, code] : llvm::zip(versions, images))
      if (number == version)
        llvm::append_range(own, code);
    embedImages(host, own);
    PassManager pm(host.getContext());
    norm::buildGPUHostPipeline(pm);
    if (failed(pm.run(host)))
      return failure();
    hosts.push_back(host);
  }
  auto join = [&](SmallVector<std::unique_ptr<llvm::Module>> modules) {
    return joinGPUVersions(std::move(modules), options.targets, versions);
  };
  SmallVector<TargetSpec> machines(hosts.size(), getBaselineTarget());
  return emit(hosts, machines, machines.front(), join, options, output);
}

/// The kernels for each of the targets.
static LogicalResult emitForCPU(ArrayRef<OwningOpRef<ModuleOp>> lowered,
                                const CompileOptions &options, SmallVectorImpl<char> &output) {
  // What is not a kernel runs before it is known what the CPU can do.
  TargetSpec least{options.targets.front().triple, "x86-64", ""};
  auto modules = llvm::map_to_vector(lowered, [](const auto &module) { return *module; });
  auto join = [&](SmallVector<std::unique_ptr<llvm::Module>> versions) {
    return joinVersions(std::move(versions), options.targets);
  };
  return emit(modules, options.targets, least, join, options, output);
}

template <typename T> static std::string print(T value) {
  std::string text;
  llvm::raw_string_ostream(text) << value;
  return text;
}

/// The kernels' signatures, which norm-bind-arguments finds out, on a copy of `module`.
/// `program` has what they compute, in the same functions: `module`, or what it was before a part
/// of it became the caller's.
static LogicalResult getInterfaces(ModuleOp module, ModuleOp program,
                                   SmallVectorImpl<KernelInterface> &kernels,
                                   OwningOpRef<ModuleOp> &bound) {
  bound = module.clone();
  PassManager pm(module.getContext());
  norm::buildBindPipeline(pm);
  if (failed(pm.run(*bound)))
    return failure();
  for (auto function : bound->getOps<func::FuncOp>()) {
    if (!norm::KernelSignature::isKernel(function))
      continue;
    FailureOr<norm::KernelSignature> signature = norm::KernelSignature::get(function);
    if (failed(signature))
      return failure();
    KernelInterface &kernel = kernels.emplace_back();
    kernel.signature = *signature;
    cast<func::FuncOp>(module.lookupSymbol(function.getName())).walk([&](norm::CallOp call) {
      auto types = [](ValueRange values) {
        return llvm::map_to_vector(values, [](Value value) { return print(value.getType()); });
      };
      kernel.calls.push_back(
          {call.getCallee().str(), types(call.getInputs()), types(call.getInits())});
    });
    OwningOpRef<ModuleOp> alone = program.clone();
    for (auto other : llvm::make_early_inc_range(alone->getOps<func::FuncOp>()))
      if (other.isPublic() && other.getName() != function.getName())
        other.erase();
    kernel.ir = print(*alone);
    alone->walk([&](Operation *op) {
      if (auto reduce = dyn_cast<norm::ReduceOp>(op)) {
        for (Type type : reduce->getResultTypes())
          addOnce(kernel.accumulate, print(norm::getElementType(type)));
        addOnce(kernel.orders, print<Attribute>(reduce.getOrder()));
      } else if (auto generic = dyn_cast<norm::GenericOp>(op)) {
        for (unsigned i = 0, e = generic->getNumResults(); i != e; ++i) {
          norm::OrderAttr order = generic.getAccOrder(i);
          if (!order)
            continue;
          addOnce(kernel.accumulate, print(getElementTypeOrSelf(generic->getResult(i).getType())));
          addOnce(kernel.orders, print<Attribute>(order));
        }
      }
    });
  }
  return success();
}

FailureOr<CompileResult> normc::compile(ModuleOp module, const CompileOptions &options) {
  CompileResult result;
  bool wantsInterface = options.header || options.manifest;
  bool isGPU = options.targets.front().isGPU();
  SmallVector<KernelInterface, 0> kernels;
  OwningOpRef<ModuleOp> bound;
  if (isLowered(module)) {
    if (!options.divided.empty() || options.outline != OutlineMode::None)
      return module.emitError("expects norm operations to divide or to outline, but the module is "
                              "lowered already"),
             failure();
    if (options.phase == Phase::Generic || wantsInterface)
      return module.emitError("expects norm operations to emit 'generic', a header or a manifest, "
                              "but the module is lowered already"),
             failure();
  } else {
    bool isOutlined = options.outline != OutlineMode::None;
    if (!isOutlined && failed(checkKernels(module)))
      return failure();
    options.progress("generalizing");
    PassManager pm(module.getContext());
    norm::buildGenericPipeline(pm, isGPU ? "nvptx" : "", options.divided);
    // The parts of a divided kernel have names of their own.
    if (failed(pm.run(module)) || (!isOutlined && failed(checkKernels(module))))
      return failure();
    OwningOpRef<ModuleOp> whole;
    if (isOutlined) {
      if (options.outline == OutlineMode::Host)
        whole = module.clone();
      if (failed(outline(module, options.outline, result.rest)) || failed(checkKernels(module)))
        return failure();
    }
    if (wantsInterface && failed(getInterfaces(module, whole ? *whole : module, kernels, bound)))
      return failure();
  }
  if (options.targets.size() > 1) {
    if (options.phase == Phase::Lowered || isLowered(module))
      return module.emitError(
                 "expects one target where the output or the input is lowered, but got ")
                 << options.targets.size(),
             failure();
    if (isGPU && !emitsHostCode(options))
      return module.emitError("expects one GPU where the output is no object or library, but got ")
                 << options.targets.size(),
             failure();
    if (llvm::Error error = checkDispatch(options.targets))
      return module.emitError(llvm::toString(std::move(error))), failure();
  }
  SmallVector<OwningOpRef<ModuleOp>> lowered;
  if (options.phase >= Phase::Lowered && !isLowered(module)) {
    options.progress("lowering");
    for (const TargetSpec &target : options.targets) {
      lowered.push_back(module.clone());
      if (failed(runPasses(*lowered.back(), target, options)))
        return failure();
    }
  } else {
    lowered.push_back(module.clone());
  }
  // Before what is launched becomes calls.
  if (options.manifest && isGPU && options.phase >= Phase::Lowered)
    for (auto [version, target] : llvm::zip(lowered, options.targets))
      if (failed(describeLaunches(*version, target, kernels)))
        return failure();
  SmallVector<GPUImage> images;
  if (options.phase <= Phase::Lowered)
    printModule(*lowered.front(), result.output);
  else if (failed(isGPU ? emitForGPU(lowered, options, result.output, images)
                        : emitForCPU(lowered, options, result.output)))
    return failure();
  if (options.header)
    result.header = makeHeader(kernels, options);
  if (options.manifest)
    result.manifest = makeManifest(kernels, options, images,
                                   StringRef(result.output.data(), result.output.size()));
  return result;
}
