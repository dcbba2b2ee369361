//===- Pipelines.h - passes in order, and what a tool must register ------===//
//
// The only place that knows in which order passes run.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_PIPELINES_PIPELINES_H
#define NORMC_PIPELINES_PIPELINES_H

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassOptions.h"

namespace mlir::norm {

/// The dialects that norm programs are written in and lowered through, with the external
/// interfaces that the pipelines need.
void registerAllDialects(DialectRegistry &registry);

/// Our passes and pipelines: what a tool needs that has the upstream ones already.
void registerPasses();

/// Our passes and pipelines, and the upstream passes that they and tests use.
void registerAllPasses();

/// What every road begins with: named norm ops to norm.generic, on tensors. `isa`: "nvptx" for a
/// GPU. `divided`: dimensions that are divided among ranks, see norm-partial.
void buildGenericPipeline(OpPassManager &pm, StringRef isa = "",
                          ArrayRef<std::string> divided = {});

/// What comes behind it for who takes the normalizations alone: kernels, and the rest of functions.
/// `mode`: "calls" or "host".
void buildOutlinePipeline(OpPassManager &pm, StringRef mode);

/// From norm.generic on tensors to kernel functions, whose signatures can be read.
void buildBindPipeline(OpPassManager &pm);

/// What the plain road needs to know of its target.
struct ReferencePipelineOptions : PassPipelineOptions<ReferencePipelineOptions> {
  Option<std::string> isa{*this, "isa",
                          llvm::cl::desc("The instruction set that orders of sums are chosen for: "
                                         "'nvptx', or nothing for a CPU")};
  Option<std::string> compute{
      *this, "compute",
      llvm::cl::desc("The type to compute in: 'tensor' for the program as it is written, 'f64' or "
                     "'f80' for the oracle"),
      llvm::cl::init("tensor")};
  Option<bool> hasFma{*this, "has-fma",
                      llvm::cl::desc("The target multiplies and adds with one rounding")};
  Option<bool> hasF16C{*this, "has-f16c",
                       llvm::cl::desc("The target converts between f32 and f16")};
  Option<bool> hasBF16{*this, "has-bf16", llvm::cl::desc("The target converts f32 to bf16")};
  Option<int64_t> vectorBits{*this, "vector-bits",
                             llvm::cl::desc("Bits of the target's vector registers"),
                             llvm::cl::init(128)};
  Option<bool> pairsBF16{*this, "bf16-pairs",
                         llvm::cl::desc("The target converts two 512-bit vectors to bf16 at once")};
  Option<bool> hasRound{*this, "has-round", llvm::cl::desc("The target rounds floats to integers")};
  Option<int64_t> parallelBytes{
      *this, "parallel-bytes",
      llvm::cl::desc("Loops whose buffers have fewer bytes stay on the calling thread"),
      llvm::cl::init(0)};
};

/// The plain road: any norm op on tensors to LLVM, by way of plain loops.
void buildReferencePipeline(OpPassManager &pm, const ReferencePipelineOptions &options);

/// What the fast road needs to know of its target besides.
struct CPUPipelineOptions : ReferencePipelineOptions {
  Option<int64_t> streamBytes{
      *this, "stream-bytes",
      llvm::cl::desc("From how many bytes read and written on stores go past the cache; 0: never"),
      llvm::cl::init(0)};
  Option<int64_t> registers{*this, "registers",
                            llvm::cl::desc("How many vector registers the target has"),
                            llvm::cl::init(16)};
  Option<int64_t> maskBits{
      *this, "mask-bits",
      llvm::cl::desc("Bits of the narrowest elements that the target loads and stores with a mask; "
                     "0: none"),
      llvm::cl::init(0)};
};

/// The fast road: any norm op on tensors to LLVM, by way of vectors where its operands allow it.
void buildCPUPipeline(OpPassManager &pm, const CPUPipelineOptions &options);

struct NVGPUPipelineOptions : PassPipelineOptions<NVGPUPipelineOptions> {
  Option<std::string> chip{*this, "chip", llvm::cl::desc("The GPU, as sm_90"),
                           llvm::cl::init("sm_75")};
};

/// The GPU's road: any norm op on tensors to kernels in the LLVM dialect, in a gpu.module each, and
/// host functions that launch them.
void buildNVGPUPipeline(OpPassManager &pm, const NVGPUPipelineOptions &options);

/// What comes after it for the host functions: their scratch gets its place in a workspace. Here a
/// kernel's launches can be read.
void buildGPUScratchPipeline(OpPassManager &pm);

/// The same, and then C entries that launch through the caller's context.
void buildGPUHostPipeline(OpPassManager &pm);

/// What is known of an NVIDIA GPU by its name; nothing for a name that none has.
struct NVGPUChip {
  /// 10 * major + minor.
  int64_t arch;
  /// The version of PTX that its code is written in, as LLVM's feature: "+ptx81".
  StringRef ptx;
};
std::optional<NVGPUChip> getNVGPUChip(StringRef name);
ArrayRef<StringRef> getNVGPUChipNames();

/// What both roads have in common: from norm ops on tensors to norm.generic on the caller's
/// buffers, and from loops to LLVM. `isGPU`: fills and their kind are left as they are, since
/// they are not the host's to do.
void addBufferPasses(OpPassManager &pm, const ReferencePipelineOptions &options,
                     bool isGPU = false);
void addLoopPasses(OpPassManager &pm, const ReferencePipelineOptions &options);

} // namespace mlir::norm

#endif // NORMC_PIPELINES_PIPELINES_H
