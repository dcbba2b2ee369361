//===- FuseViews.h - tensors that are parts of others, and dimensions of others -===//
//
// What slices, concatenations and reshapes say, of static dimensions.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_TRANSFORMS_FUSEVIEWS_H
#define NORMC_LIB_TRANSFORMS_FUSEVIEWS_H

#include "normc/IR/Norm.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/PatternMatch.h"

namespace mlir::norm {

/// How a dimension of 2n elements has two parts of n: halves, one behind the other, or pairs, the
/// even and the odd elements.
enum class Parts { Halves, Pairs };

/// One of the two parts of a tensor along a dimension.
struct Part {
  Value source;
  int64_t dim;
  Parts parts;
  unsigned number;
  /// The views that it is made with, what is closest to the source first.
  SmallVector<Operation *> views;
};
std::optional<Part> matchPart(Value value);

/// A tensor that is put together of two parts, as large as each other along `dim`; along the others
/// a part may be larger than what is taken of it.
struct Joined {
  Value parts[2];
  int64_t dim;
  Parts kind;
  /// The operations that put it together, the last one first.
  SmallVector<Operation *> views;
};
std::optional<Joined> matchJoined(Operation *op);

/// Whether two tensors certainly have the same number of elements along a dimension of each.
bool haveSameSize(Value a, int64_t dimOfA, Value b, int64_t dimOfB);

/// Makes a dimension the row-major product of others, in place and wherever it is named.
/// `iteration`: the order of these in the iteration space.
void splitDim(RewriterBase &rewriter, GenericOp op, StringAttr dim, ArrayRef<StringAttr> names,
              ArrayRef<OpFoldResult> extents, ArrayRef<unsigned> iteration);

/// Gives the dimensions of an operation the names that another one's have, where they are as many,
/// of the same extents, and the same ones are in groups.
void renameDims(RewriterBase &rewriter, GenericOp op, GenericOp other);

/// How a tensor is indexed that `groups` make another one of, `type` with `sizes`, whose access is
/// `access`: dimensions that are apart there become several. False, and nothing is changed, where
/// that cannot be said.
bool splitEntries(RewriterBase &rewriter, GenericOp op, ArrayAttr access,
                  ArrayRef<ReassociationIndices> groups, RankedTensorType type,
                  ArrayRef<OpFoldResult> sizes, SmallVector<Attribute> &entries);

/// How the source of a reshape is indexed that only takes away dimensions of one element; null
/// where it does more.
ArrayAttr addUnits(tensor::CollapseShapeOp view, ArrayAttr access);

/// The product of some of these sizes.
OpFoldResult createProduct(RewriterBase &rewriter, Location loc, ArrayRef<OpFoldResult> sizes,
                           ArrayRef<int64_t> which);

/// A name that no dimension has.
StringAttr getFreeName(GenericOp op, StringRef wanted);

} // namespace mlir::norm

#endif // NORMC_LIB_TRANSFORMS_FUSEVIEWS_H
