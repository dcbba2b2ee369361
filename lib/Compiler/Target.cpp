//===- Target.cpp - reads --target= --------------------------------------===//
//
// A target is one of LLVM's CPU names, which are looked up in LLVM's own tables: a name that LLVM
// learns is one that normc knows.
//
//===----------------------------------------------------------------------===//

#include "normc/Compiler/Target.h"
#include "normc/Pipelines/Pipelines.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/Target/TargetOptions.h"
#include "llvm/TargetParser/AArch64TargetParser.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/X86TargetParser.h"

#include <mutex>

using namespace llvm;
using namespace normc;

static constexpr StringLiteral x86Triple = "x86_64-unknown-linux-gnu";
static constexpr StringLiteral arm64Triple = "aarch64-unknown-linux-gnu";
static constexpr StringLiteral gpuTriple = "nvptx64-nvidia-cuda";

void normc::initializeTargets() {
  static std::once_flag once;
  std::call_once(once, [] {
    LLVMInitializeX86TargetInfo();
    LLVMInitializeX86Target();
    LLVMInitializeX86TargetMC();
    LLVMInitializeX86AsmPrinter();
    LLVMInitializeX86AsmParser();
    LLVMInitializeAArch64TargetInfo();
    LLVMInitializeAArch64Target();
    LLVMInitializeAArch64TargetMC();
    LLVMInitializeAArch64AsmPrinter();
    LLVMInitializeAArch64AsmParser();
    LLVMInitializeNVPTXTargetInfo();
    LLVMInitializeNVPTXTarget();
    LLVMInitializeNVPTXTargetMC();
    LLVMInitializeNVPTXAsmPrinter();
  });
}

static const llvm::Target *lookup(const Triple &triple) {
  initializeTargets();
  std::string error;
  return TargetRegistry::lookupTarget(triple, error);
}

static std::unique_ptr<MCSubtargetInfo> getSubtarget(const Triple &triple, StringRef cpu,
                                                     StringRef features) {
  const llvm::Target *target = lookup(triple);
  return std::unique_ptr<MCSubtargetInfo>(
      target ? target->createMCSubtargetInfo(triple, cpu, features) : nullptr);
}

bool normc::TargetSpec::hasFeature(StringRef name) const {
  auto subtarget = getSubtarget(triple, cpu, features);
  return subtarget && subtarget->checkFeatures(("+" + name).str());
}

std::string normc::TargetSpec::getAllFeatures() const {
  auto subtarget = getSubtarget(triple, cpu, features);
  if (!subtarget)
    return features;
  SmallVector<std::string> names;
  for (const SubtargetFeatureKV &feature : subtarget->getEnabledProcessorFeatures())
    names.push_back(("+" + Twine(feature.Key)).str());
  return join(names, ",");
}

/// The CPUs of an architecture that can run a 64-bit Linux, in LLVM's order.
static SmallVector<StringRef> getCPUs(const Triple &triple) {
  SmallVector<StringRef> names;
  if (triple.isX86())
    X86::fillValidCPUArchList(names, /*Only64Bit=*/true);
  else
    AArch64::fillValidCPUArchList(names);
  // The lists of clang have aliases and names for `-march` that the code generator does not know.
  if (auto subtarget = getSubtarget(triple, "", ""))
    erase_if(names, [&](StringRef name) {
      return none_of(subtarget->getAllProcessorDescriptions(),
                     [&](const SubtargetSubTypeKV &cpu) { return name == cpu.Key; });
    });
  names.push_back("generic");
  return names;
}

/// Quotes the known names nearest to `name`, best first.
static std::string suggest(StringRef name, ArrayRef<std::string> known) {
  SmallVector<std::pair<unsigned, StringRef>> near;
  unsigned limit = std::max<size_t>(2, name.size() / 3);
  for (const std::string &candidate : known) {
    unsigned distance = name.edit_distance_insensitive(candidate, true, limit);
    bool prefix = name.size() > 2 && StringRef(candidate).starts_with_insensitive(name);
    if (distance <= limit || prefix)
      near.emplace_back(distance, candidate);
  }
  llvm::stable_sort(near, llvm::less_first());
  if (near.size() > 5)
    near.resize(5);
  return join(map_range(near, [](auto &entry) { return ("'" + entry.second + "'").str(); }), ", ");
}

static Error makeError(const Twine &message) {
  return createStringError(inconvertibleErrorCode(), message);
}

static TargetSpec findHostTarget() {
  Triple triple(Triple(sys::getDefaultTargetTriple()).isAArch64() ? arm64Triple : x86Triple);
  SmallVector<std::string> features;
  for (auto &entry : sys::getHostCPUFeatures())
    features.push_back(((entry.second ? "+" : "-") + entry.first()).str());
  // The order of a StringMap is nobody's contract, and the features are written into outputs.
  llvm::sort(features);
  return {triple, sys::getHostCPUName().str(), join(features, ",")};
}

// Once: asking a virtual machine's CPU takes a fifth of a millisecond.
TargetSpec normc::getHostTarget() {
  static const TargetSpec host = findHostTarget();
  return host;
}

TargetSpec normc::getBaselineTarget() {
  TargetSpec host = getHostTarget();
  return {host.triple, host.isX86() ? "x86-64" : "generic", ""};
}

Expected<TargetSpec> normc::parseTarget(StringRef text) {
  constexpr StringLiteral expected =
      "expected 'host', an x86-64 or aarch64 CPU by LLVM's name, as 'znver5', 'x86-64-v3' or "
      "'aarch64:neoverse-v2', or an NVIDIA GPU, as 'sm_90'";
  if (text == "host")
    return getHostTarget();
  if (text.empty())
    return makeError("empty target: " + expected);
  if (text.starts_with("sm_")) {
    if (std::optional<mlir::norm::NVGPUChip> chip = mlir::norm::getNVGPUChip(text))
      return TargetSpec{Triple(gpuTriple), text.str(), chip->ptx.str()};
    return makeError("unknown GPU '" + text + "': expected one of " +
                     join(mlir::norm::getNVGPUChipNames(), ", "));
  }

  SmallVector<Triple> triples;
  auto [arch, cpu] = text.split(':');
  if (cpu.empty() && !text.contains(':')) {
    cpu = text;
    triples = {Triple(x86Triple), Triple(arm64Triple)};
    // The architecture alone is its least CPU.
    if (text == "aarch64" || text == "arm64")
      return TargetSpec{Triple(arm64Triple), "generic", ""};
    if (text == "x86_64")
      return TargetSpec{Triple(x86Triple), "x86-64", ""};
  } else if (arch == "aarch64" || arch == "arm64") {
    triples = {Triple(arm64Triple)};
  } else if (arch == "x86-64" || arch == "x86_64") {
    triples = {Triple(x86Triple)};
  } else {
    return makeError("unknown architecture '" + arch + "' in target '" + text +
                     "': expected 'x86-64' or 'aarch64' in front of the ':'");
  }

  SmallVector<std::string> known = {"host"};
  for (const Triple &triple : triples) {
    for (StringRef name : getCPUs(triple)) {
      // Both architectures have a CPU of this name; which one is meant has to be said.
      bool ambiguous = name == "generic" && triples.size() > 1;
      if (name == cpu && !ambiguous)
        return TargetSpec{triple, cpu == "generic" && triple.isX86() ? "x86-64" : cpu.str(), ""};
      known.push_back(ambiguous ? (triple.isX86() ? "x86-64:" : "aarch64:") + name.str()
                                : name.str());
    }
  }
  std::string near =
      cpu == "generic" ? "'x86-64', 'aarch64'" : suggest(cpu == "native" ? "host" : cpu, known);
  return makeError("unknown target '" + text + "': " + expected +
                   (near.empty() ? "" : "; near matches: " + near));
}

std::unique_ptr<TargetMachine> normc::createTargetMachine(const TargetSpec &target, OptLevel level,
                                                          bool jit) {
  const llvm::Target *found = lookup(target.triple);
  if (!found)
    return nullptr;
  TargetOptions options;
  // Standard fuses `llvm.fmuladd` and nothing else; where a kernel says fma it means it, and where
  // it says mul and add, the two roundings are part of its result.
  options.AllowFPOpFusion = FPOpFusion::Strict;
  // One section per function, so that a linker can drop kernels that a program never calls.
  options.FunctionSections = true;
  options.DataSections = true;
  CodeGenOptLevel codegen =
      level == OptLevel::Less ? CodeGenOptLevel::Less : CodeGenOptLevel::Aggressive;
  return std::unique_ptr<TargetMachine>(
      found->createTargetMachine(target.triple, target.cpu, target.features, options, Reloc::PIC_,
                                 std::nullopt, codegen, jit));
}
