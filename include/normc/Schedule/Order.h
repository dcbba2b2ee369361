//===- Order.h - which order a sum has -----------------------------------===//
//
// Floating-point addition is not associative, so the order of a sum is part of a kernel's meaning.
// It is chosen here and nowhere else.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_SCHEDULE_ORDER_H
#define NORMC_SCHEDULE_ORDER_H

#include "normc/IR/Norm.h"

namespace mlir::norm {
/// What is known of a sum. Never the number of groups, threads or rows, nor whether a size is
/// static: kernels for static and for dynamic sizes agree.
struct SumShape {
  enum Kind {
    /// Over in-group dimensions, by norm.reduce.
    InGroup,
    /// Over groups, by an `acc` output.
    OverGroups
  } kind = InGroup;
  /// Whether the last of the reduced dimensions is innermost in memory, so that neighbours are
  /// added. Otherwise neighbours belong to different sums.
  bool contiguous = true;
  /// How many of the reduced dimensions, from the last, lie in one piece of memory; 0: all.
  int64_t run = 0;
  /// Whether a piece is a part of a tensor's dimension, between those of other groups, as with the
  /// channels of a position.
  bool alternating = false;
  /// Whether it is one of the sums of moments.
  bool moments = false;
  /// The bits of an element of the group in memory; 32 for what other reductions gave.
  int64_t bits = 32;
};

// clang-format off
/// The order of a sum:
///
/// | sum | order | because |
/// |---|---|---|
/// | in a group, contiguous, one run | `lanes = 64, segment = 4096, blocks = 64` | four AVX-512 registers of f32, eight of AVX2, so that additions need not wait for each other; see below |
/// | the same, moments of elements of 32 bits or more | `lanes = 64, segment = 1024, blocks = 64` | chains of 16: with 64, a result of layer norm was off by up to 4.5 ULPs; 16-bit results do not show it, and longer segments are up to a seventh faster |
/// | in a group, contiguous, many runs | `lanes = 64, run = k, segment = 1024, runs = 64, blocks = 64` | every run starts at lane 0, whatever its length (7 x 7 is one); lanes are folded once in 64 runs, not in each |
/// | the same, runs of groups alternating | `lanes = 64, run = k, segment = 1024, runs = 256, blocks = 64` | runs are short, 8 or 16 channels: a lane is a channel, and vectors hold several groups |
/// | in a group, not contiguous | `lanes = 1, segment = 256, blocks = 64` | lanes are different groups; segments bound the error: with 1024 resnet50_batch_norm's mean was 83 units in the last place of the largest off, with 256 it is below 32 |
/// | GPU, in a group, contiguous | `lanes = 32 * unit, segment = 1024, blocks = 64, unit = 16 bytes` | a thread loads 16 bytes at once and folds them by itself, a warp folds a segment, warps share what is left; runs are one sequence, so that no thread idles at the end of a short one |
/// | GPU, in a group, not contiguous | `lanes = 32, segment = 512, blocks = 64` | a block of threads folds a segment of a few columns, 32 positions beside each other |
/// | GPU, over groups | `lanes = 1, segment = 4, blocks = 512` | as many blocks as keep a large GPU busy, few enough for their partial sums to be a tenth of what is read |
/// | over groups | `lanes = 1, segment = 64, blocks = 64` | workers own whole blocks; scratch is bounded by 64 partial sums |
///
/// No lane of a group's sum takes more than 1024 elements of a segment, as long as alternating runs are no longer than 256.
///
/// Segments are folded in 64 blocks at most, so that no chain is longer than 64 additions up to
/// 2^24 elements, and few are longer beyond.
///
/// Such chains, then the fold, keep a forward result in f32 within 4 ULPs. Worst of 10^6 elements
/// with |xhat| >= 1, N = 1024 to 2^20, as test/Execution/long-rows.py measures: layer norm 4.0, RMS
/// norm 3.0. With 16 lanes and no segments it was 12.3 and 8.2.
///
/// A shift of a row is made of 32 elements: of 16, the mean was off by up to 2.0 u sigma (u the
/// unit roundoff, N = 1024, mean 0.5 sigma) instead of 1.3; of 64, by 1.0, but short rows became
/// slower by a tenth.
///
/// `isa` is the target's instruction set: "nvptx", or a CPU's. All CPUs share one order, and all
/// GPUs, so that results can be compared between machines.
OrderAttr chooseOrder(MLIRContext *context, const SumShape &shape, StringRef isa = "");
// clang-format on

/// How the moments of a group are computed. On a CPU in one pass by shifted sums: in two passes,
/// layer norm took 1.2 to 1.45 times as long in the second cache (Zen 4), and was no closer to f64.
/// On a GPU in two passes where a group is one piece of memory, which its threads keep in
/// registers.
Algorithm chooseAlgorithm(const SumShape &shape, StringRef isa = "");
} // namespace mlir::norm

#endif // NORMC_SCHEDULE_ORDER_H
