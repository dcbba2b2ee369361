//===- Dispatch.cpp - one library for several targets ---------------------===//
//
// Every kernel once for each target, and a function of its name that picks one. Which of them a CPU
// can run is found out at the first call; kernels call nothing, so it asks the CPU itself. Which
// suits a GPU the caller's context tells, at every call: the next may be for another device.
//
//===----------------------------------------------------------------------===//

#include "normc/Compiler/Emit.h"
#include "normc/Pipelines/Pipelines.h"

#include "normc-c/Runtime.h"

#include "llvm/ADT/StringSet.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/Module.h"
#include "llvm/Linker/Linker.h"

using namespace llvm;
using namespace normc;

namespace {

/// Where cpuid tells of features, in the order of `getWords`.
enum Word {
  Leaf1ECX,
  Leaf7EBX,
  Leaf7ECX,
  Leaf7EDX,
  Leaf7_1EAX,
  Leaf7_1EDX,
  ExtendedECX,
  XCR0,
  NumWords
};

struct Feature {
  StringLiteral name;
  Word word;
  unsigned bit;
};

} // namespace

/// What LLVM may make use of without being asked (Intel SDM, volume 2, CPUID; AMD APM, volume 3,
/// appendix E).
static constexpr Feature features[] = {
    {"sse3", Leaf1ECX, 0},
    {"pclmul", Leaf1ECX, 1},
    {"ssse3", Leaf1ECX, 9},
    {"fma", Leaf1ECX, 12},
    {"cx16", Leaf1ECX, 13},
    {"sse4.1", Leaf1ECX, 19},
    {"sse4.2", Leaf1ECX, 20},
    {"movbe", Leaf1ECX, 22},
    {"popcnt", Leaf1ECX, 23},
    {"aes", Leaf1ECX, 25},
    {"avx", Leaf1ECX, 28},
    {"f16c", Leaf1ECX, 29},
    {"bmi", Leaf7EBX, 3},
    {"avx2", Leaf7EBX, 5},
    {"bmi2", Leaf7EBX, 8},
    {"avx512f", Leaf7EBX, 16},
    {"avx512dq", Leaf7EBX, 17},
    {"adx", Leaf7EBX, 19},
    {"avx512ifma", Leaf7EBX, 21},
    {"avx512cd", Leaf7EBX, 28},
    {"sha", Leaf7EBX, 29},
    {"avx512bw", Leaf7EBX, 30},
    {"avx512vl", Leaf7EBX, 31},
    {"avx512vbmi", Leaf7ECX, 1},
    {"avx512vbmi2", Leaf7ECX, 6},
    {"gfni", Leaf7ECX, 8},
    {"vaes", Leaf7ECX, 9},
    {"vpclmulqdq", Leaf7ECX, 10},
    {"avx512vnni", Leaf7ECX, 11},
    {"avx512bitalg", Leaf7ECX, 12},
    {"avx512vpopcntdq", Leaf7ECX, 14},
    {"avx512vp2intersect", Leaf7EDX, 8},
    {"avx512fp16", Leaf7EDX, 23},
    {"avxvnni", Leaf7_1EAX, 4},
    {"avx512bf16", Leaf7_1EAX, 5},
    {"avxifma", Leaf7_1EAX, 23},
    {"avxvnniint8", Leaf7_1EDX, 4},
    {"avxneconvert", Leaf7_1EDX, 5},
    {"avxvnniint16", Leaf7_1EDX, 10},
    {"egpr", Leaf7_1EDX, 21},
    {"sahf", ExtendedECX, 0},
    {"lzcnt", ExtendedECX, 5},
    {"sse4a", ExtendedECX, 6},
    {"xop", ExtendedECX, 11},
    {"fma4", ExtendedECX, 16},
    {"tbm", ExtendedECX, 21},
    // What the operating system saves: xmm and ymm; opmask and zmm; the 32 general registers.
    {"avx", XCR0, 1},
    {"avx", XCR0, 2},
    {"avx512f", XCR0, 5},
    {"avx512f", XCR0, 6},
    {"avx512f", XCR0, 7},
    {"egpr", XCR0, 19},
};

Error normc::checkDispatch(ArrayRef<TargetSpec> targets) {
  auto makeError = [](const Twine &message) {
    return createStringError(inconvertibleErrorCode(), message);
  };
  StringSet<> seen;
  for (const TargetSpec &target : targets) {
    if (!target.isX86() && !target.isGPU())
      return makeError("expected x86-64 CPUs where there are several targets, but got '" +
                       target.cpu + "' of " + target.triple.getArchName());
    if (!seen.insert(target.cpu).second)
      return makeError("expected different targets, but got '" + target.cpu + "' twice");
    for (StringRef later : {"avx10.1", "avx10.2"})
      if (target.isX86() && target.hasFeature(later))
        return makeError("target '" + target.cpu + "' cannot be one of several: it has '" + later +
                         "', which is not looked for at run time yet");
  }
  return Error::success();
}

/// The words of cpuid, and 0 where the CPU has no such leaf.
static SmallVector<Value *> getWords(IRBuilder<> &b) {
  Type *i32 = b.getInt32Ty();
  // The fourth register may be the base of position-independent code: it is kept.
  auto *regs = StructType::get(b.getContext(), {i32, i32, i32, i32});
  auto *cpuid = InlineAsm::get(FunctionType::get(regs, {i32, i32}, false),
                               "xchgq %rbx, ${1:q}\n\tcpuid\n\txchgq %rbx, ${1:q}",
                               "={ax},=r,={cx},={dx},0,2", /*hasSideEffects=*/true);
  auto call = [&](Value *leaf, uint32_t sub) {
    return b.CreateCall(cpuid, {leaf, b.getInt32(sub)});
  };
  auto constant = [&](uint32_t leaf) -> Value * { return b.getInt32(leaf); };
  auto masked = [&](Value *has, Value *regs, unsigned which) {
    return b.CreateSelect(has, b.CreateExtractValue(regs, which), b.getInt32(0));
  };
  enum { EAX, EBX, ECX, EDX };
  SmallVector<Value *> words(NumWords);
  Value *most = b.CreateExtractValue(call(constant(0), 0), EAX);
  Value *one = call(constant(1), 0), *seven = call(constant(7), 0), *next = call(constant(7), 1);
  Value *has7 = b.CreateICmpUGE(most, b.getInt32(7));
  Value *hasNext =
      b.CreateAnd(has7, b.CreateICmpUGE(b.CreateExtractValue(seven, EAX), b.getInt32(1)));
  words[Leaf1ECX] = b.CreateExtractValue(one, ECX);
  words[Leaf7EBX] = masked(has7, seven, EBX);
  words[Leaf7ECX] = masked(has7, seven, ECX);
  words[Leaf7EDX] = masked(has7, seven, EDX);
  words[Leaf7_1EAX] = masked(hasNext, next, EAX);
  words[Leaf7_1EDX] = masked(hasNext, next, EDX);
  Value *mostExtended = b.CreateExtractValue(call(constant(0x80000000), 0), EAX);
  Value *extended = call(constant(0x80000001), 0);
  words[ExtendedECX] = masked(b.CreateICmpUGE(mostExtended, b.getInt32(0x80000001)), extended, ECX);

  // xgetbv is there where the operating system has said so.
  Function *function = b.GetInsertBlock()->getParent();
  BasicBlock *before = b.GetInsertBlock();
  BasicBlock *ask = BasicBlock::Create(b.getContext(), "ask", function);
  BasicBlock *after = BasicBlock::Create(b.getContext(), "after", function);
  Value *osxsave = b.CreateAnd(words[Leaf1ECX], b.getInt32(1u << 27));
  b.CreateCondBr(b.CreateICmpNE(osxsave, b.getInt32(0)), ask, after);
  b.SetInsertPoint(ask);
  auto *pair = StructType::get(b.getContext(), {i32, i32});
  auto *xgetbv = InlineAsm::get(FunctionType::get(pair, {i32}, false), "xgetbv", "={ax},={dx},{cx}",
                                /*hasSideEffects=*/true);
  Value *enabled = b.CreateExtractValue(b.CreateCall(xgetbv, {b.getInt32(0)}), 0);
  b.CreateBr(after);
  b.SetInsertPoint(after);
  PHINode *xcr0 = b.CreatePHI(i32, 2);
  xcr0->addIncoming(b.getInt32(0), before);
  xcr0->addIncoming(enabled, ask);
  words[XCR0] = xcr0;
  return words;
}

/// A function that gives the number of the first target that the CPU can run, or how many there
/// are.
static Function *createChoice(Module &module, ArrayRef<TargetSpec> targets) {
  LLVMContext &context = module.getContext();
  auto *type = FunctionType::get(Type::getInt32Ty(context), false);
  Function *choice =
      Function::Create(type, GlobalValue::InternalLinkage, "normc_choose_target", module);
  choice->addFnAttr(Attribute::NoInline);
  IRBuilder<> b(BasicBlock::Create(context, "entry", choice));
  SmallVector<Value *> words = getWords(b);
  Value *chosen = b.getInt32(targets.size());
  for (size_t i = targets.size(); i-- > 0;) {
    uint32_t needed[NumWords] = {};
    for (const Feature &feature : features)
      if (targets[i].hasFeature(feature.name))
        needed[feature.word] |= 1u << feature.bit;
    Value *runs = b.getTrue();
    for (unsigned word = 0; word < NumWords; ++word)
      if (needed[word])
        runs = b.CreateAnd(runs, b.CreateICmpEQ(b.CreateAnd(words[word], b.getInt32(needed[word])),
                                                b.getInt32(needed[word])));
    chosen = b.CreateSelect(runs, b.getInt32(i), chosen);
  }
  b.CreateRet(chosen);
  return choice;
}

/// `name` calls the version that a pointer has; at first that is a function which finds it out.
static void createDispatcher(Module &module, StringRef name, ArrayRef<Function *> versions,
                             Function *choice) {
  LLVMContext &context = module.getContext();
  FunctionType *type = versions.front()->getFunctionType();
  auto create = [&](const Twine &name, GlobalValue::LinkageTypes linkage) {
    Function *function = Function::Create(type, linkage, name, module);
    function->addFnAttr(Attribute::NoUnwind);
    BasicBlock::Create(context, "entry", function);
    return function;
  };
  auto tailCall = [&](IRBuilder<> &b, Value *callee) {
    SmallVector<Value *> args;
    for (Argument &arg : b.GetInsertBlock()->getParent()->args())
      args.push_back(&arg);
    CallInst *call = b.CreateCall(type, callee, args);
    call->setTailCallKind(CallInst::TCK_MustTail);
    b.CreateRet(call);
  };
  Function *none = create(name + ".none", GlobalValue::InternalLinkage);
  int64_t error = NORMRT_ERROR_MAKE(NORMRT_ERROR_CPU, -1, -1);
  bool isSize = type->getReturnType()->isIntegerTy(64);
  IRBuilder<>(&none->front())
      .CreateRet(ConstantInt::get(type->getReturnType(), isSize ? -error : error, true));

  Function *first = create(name + ".first", GlobalValue::InternalLinkage);
  auto *pointer = new GlobalVariable(module, PointerType::get(context, 0), /*isConstant=*/false,
                                     GlobalValue::InternalLinkage, first, name + ".version");
  IRBuilder<> b(&first->front());
  Value *number = b.CreateCall(choice), *chosen = none;
  for (auto [i, version] : enumerate(versions))
    chosen = b.CreateSelect(b.CreateICmpEQ(number, b.getInt32(i)), version, chosen);
  // Whoever comes first: all find out the same.
  auto *store = b.CreateStore(chosen, pointer);
  store->setAtomic(AtomicOrdering::Monotonic);
  store->setAlignment(Align(8));
  tailCall(b, chosen);

  IRBuilder<> entry(&create(name, GlobalValue::ExternalLinkage)->front());
  auto *load = entry.CreateLoad(entry.getPtrTy(), pointer);
  load->setAtomic(AtomicOrdering::Monotonic);
  load->setAlignment(Align(8));
  tailCall(entry, load);
}

/// What `name` calls where the device says which version it is to be, or, without a context, where
/// the answer has to be good for each.
static void createGPUDispatcher(Module &module, StringRef name, ArrayRef<Function *> versions,
                                Function *choice) {
  Function *function = Function::Create(versions.front()->getFunctionType(),
                                        GlobalValue::ExternalLinkage, name, module);
  function->addFnAttr(Attribute::NoUnwind);
  IRBuilder<> b(BasicBlock::Create(module.getContext(), "entry", function));
  auto args = map_to_vector(function->args(), [](Argument &arg) -> Value * { return &arg; });
  if (function->getReturnType()->isIntegerTy(64)) {
    // Bytes of a workspace. What is an error is one for all of them, and the same.
    Value *most = b.CreateCall(versions.front(), args);
    for (Function *version : drop_begin(versions))
      most = b.CreateBinaryIntrinsic(Intrinsic::smax, most, b.CreateCall(version, args));
    b.CreateRet(most);
    return;
  }
  Value *number = b.CreateCall(choice, args.front()), *chosen = versions.front();
  for (auto [i, version] : drop_begin(enumerate(versions)))
    chosen = b.CreateSelect(b.CreateICmpEQ(number, b.getInt32(i)), version, chosen);
  CallInst *call = b.CreateCall(function->getFunctionType(), chosen, args);
  call->setTailCallKind(CallInst::TCK_MustTail);
  b.CreateRet(call);
}

/// A function that gives, for a context, the number of the version for the newest target that its
/// device can run; of two for one architecture the first. That is how libnormrt ranks a module's
/// images, since all targets have the same kinds of them. Where the device can run none, or there
/// is no context that could tell, it is the version for the oldest: its checks then say what is
/// wrong, and if nothing is, libnormrt that it finds no image.
static Function *createDeviceChoice(Module &module, ArrayRef<TargetSpec> targets,
                                    ArrayRef<unsigned> versions) {
  struct Candidate {
    int64_t arch;
    bool isSpecific;
    uint32_t version;
  };
  SmallVector<Candidate> candidates;
  for (auto [target, version] : zip(targets, versions))
    candidates.push_back({mlir::norm::getNVGPUChip(target.cpu)->arch,
                          StringRef(target.cpu).ends_with("a"), version});
  // From the best to the worst.
  llvm::stable_sort(candidates, [](auto &x, auto &y) { return x.arch > y.arch; });

  LLVMContext &context = module.getContext();
  Type *i32 = Type::getInt32Ty(context);
  auto *type = FunctionType::get(i32, {PointerType::get(context, 0)}, false);
  Function *choice =
      Function::Create(type, GlobalValue::InternalLinkage, "normc_choose_version", module);
  BasicBlock *entry = BasicBlock::Create(context, "entry", choice);
  BasicBlock *sized = BasicBlock::Create(context, "sized", choice);
  BasicBlock *known = BasicBlock::Create(context, "known", choice);
  BasicBlock *none = BasicBlock::Create(context, "none", choice);
  auto load = [&](IRBuilder<> &b, uint64_t offset) {
    return b.CreateLoad(i32, b.CreateConstGEP1_64(b.getInt8Ty(), choice->getArg(0), offset));
  };
  IRBuilder<> b(entry);
  b.CreateCondBr(b.CreateIsNull(choice->getArg(0)), none, sized);
  b.SetInsertPoint(sized);
  constexpr uint64_t offset = offsetof(normrt_context, gpu_arch);
  Value *size = load(b, offsetof(normrt_context, size));
  b.CreateCondBr(b.CreateICmpULT(size, b.getInt32(offset + 4)), none, known);
  b.SetInsertPoint(known);
  Value *arch = load(b, offset), *chosen = b.getInt32(candidates.back().version);
  for (const Candidate &candidate : llvm::reverse(candidates)) {
    Value *own = b.getInt32(candidate.arch);
    Value *runs = candidate.isSpecific ? b.CreateICmpEQ(arch, own) : b.CreateICmpSGE(arch, own);
    chosen = b.CreateSelect(runs, b.getInt32(candidate.version), chosen);
  }
  b.CreateRet(chosen);
  b.SetInsertPoint(none);
  b.CreateRet(b.getInt32(candidates.back().version));
  return choice;
}

/// Links the modules, their public functions as internal ones with `suffixes`; `create` makes what
/// has their names. Nullptr on failure.
static std::unique_ptr<Module>
link(SmallVector<std::unique_ptr<Module>> modules, ArrayRef<StringRef> suffixes,
     function_ref<void(Module &, StringRef name, ArrayRef<Function *> versions)> create) {
  SmallVector<std::string> names;
  for (Function &function : *modules.front())
    if (!function.isDeclaration() && function.hasExternalLinkage())
      names.push_back(function.getName().str());
  auto getVersionName = [&](StringRef name, size_t i) { return (name + "." + suffixes[i]).str(); };
  for (auto [i, module] : enumerate(modules))
    for (StringRef name : names)
      module->getFunction(name)->setName(getVersionName(name, i));
  std::unique_ptr<Module> joined = std::move(modules.front());
  for (std::unique_ptr<Module> &module : drop_begin(modules))
    if (Linker::linkModules(*joined, std::move(module)))
      return nullptr;
  for (StringRef name : names) {
    SmallVector<Function *> versions;
    for (size_t i = 0; i < suffixes.size(); ++i) {
      Function *version = joined->getFunction(getVersionName(name, i));
      version->setLinkage(GlobalValue::InternalLinkage);
      versions.push_back(version);
    }
    create(*joined, name, versions);
  }
  return joined;
}

std::unique_ptr<Module> normc::joinVersions(SmallVector<std::unique_ptr<Module>> modules,
                                            ArrayRef<TargetSpec> targets) {
  auto suffixes =
      map_to_vector(targets, [](const TargetSpec &target) -> StringRef { return target.cpu; });
  Function *choice = nullptr;
  return link(std::move(modules), suffixes, [&](Module &module, StringRef name, auto versions) {
    if (!choice)
      choice = createChoice(module, targets);
    createDispatcher(module, name, versions, choice);
  });
}

std::unique_ptr<Module> normc::joinGPUVersions(SmallVector<std::unique_ptr<Module>> modules,
                                               ArrayRef<TargetSpec> targets,
                                               ArrayRef<unsigned> versions) {
  SmallVector<StringRef> suffixes;
  for (unsigned version = 0; version < modules.size(); ++version)
    suffixes.push_back(targets[llvm::find(versions, version) - versions.begin()].cpu);
  Function *choice = nullptr;
  return link(std::move(modules), suffixes, [&](Module &module, StringRef name, auto functions) {
    if (!choice)
      choice = createDeviceChoice(module, targets, versions);
    createGPUDispatcher(module, name, functions, choice);
  });
}
