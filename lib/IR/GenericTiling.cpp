//===- GenericTiling.cpp - TilingInterface of norm.generic ---------------===//
//
// Tiles of group dimensions. A tile is a norm.generic on slices, with the tile's place in `from`.
//
//===----------------------------------------------------------------------===//

#include "normc/IR/Norm.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace mlir::norm;

/// A group dimension that an `acc` output leaves out is summed over: two of its tiles write the
/// same elements, so running them in parallel would race.
SmallVector<utils::IteratorType> GenericOp::getLoopIteratorTypes() {
  SmallVector<utils::IteratorType> types;
  for (unsigned dim = 0; dim < getNumDims(); ++dim) {
    bool dropped = false;
    for (unsigned i = 0; i < getInits().size(); ++i)
      dropped |= isAcc(i) && !llvm::is_contained(getAccessDims(getInputs().size() + i, false), dim);
    types.push_back(isGroupDim(dim) && !dropped ? utils::IteratorType::parallel
                                                : utils::IteratorType::reduction);
  }
  return types;
}

SmallVector<Range> GenericOp::getIterationDomain(OpBuilder &b) {
  SmallVector<Range> domain;
  for (OpFoldResult extent : getMixedExtents())
    domain.push_back({b.getIndexAttr(0), extent, b.getIndexAttr(1)});
  return domain;
}

/// The slice of a tensor (memref) that a tile of the iteration space touches. A split dimension `[g
/// c]` is sliced where the tile has one `g`, or all of `c`: other tiles are not a contiguous range.
static FailureOr<SmallVector<Range>> getSlice(GenericOp op, OpBuilder &b, unsigned operand,
                                              ArrayRef<OpFoldResult> offsets,
                                              ArrayRef<OpFoldResult> sizes) {
  Location loc = op.getLoc();
  SmallVector<OpFoldResult> extents = op.getMixedExtents();
  auto isWhole = [&](unsigned dim) {
    return isConstantIntValue(offsets[dim], 0) &&
           isEqualConstantIntOrValue(sizes[dim], extents[dim]);
  };
  AffineExpr d0, d1, d2;
  bindDims(b.getContext(), d0, d1, d2);
  SmallVector<Range> slice;
  for (ArrayRef<unsigned> entry : op.getAccess(operand)) {
    // From the outermost factor: once one is wider than 1, all further ones must be whole.
    OpFoldResult offset = b.getIndexAttr(0), size = b.getIndexAttr(1);
    bool wide = false;
    for (unsigned dim : entry) {
      if (wide && !isWhole(dim))
        return failure();
      wide |= !isConstantIntValue(sizes[dim], 1);
      offset = affine::makeComposedFoldedAffineApply(b, loc, d0 * d1 + d2,
                                                     {offset, extents[dim], offsets[dim]});
      size = affine::makeComposedFoldedAffineApply(b, loc, d0 * d1, {size, sizes[dim]});
    }
    slice.push_back({offset, size, b.getIndexAttr(1)});
  }
  return slice;
}

FailureOr<TilingResult> GenericOp::getTiledImplementation(OpBuilder &b,
                                                          ArrayRef<OpFoldResult> offsets,
                                                          ArrayRef<OpFoldResult> sizes) {
  Location loc = getLoc();
  SmallVector<OpFoldResult> extents = getMixedExtents(), from = getMixedOffsets();
  for (unsigned dim : getDimsWhere(/*inGroup=*/true))
    if (!isConstantIntValue(offsets[dim], 0) ||
        !isEqualConstantIntOrValue(sizes[dim], extents[dim]))
      return emitOpError("expects tiles of whole groups, but ")
             << getDimName(dim) << " is inside the group and tiled";

  SmallVector<Value> operands;
  SmallVector<Operation *> slices;
  for (auto [i, value] : llvm::enumerate(
           llvm::concat<Value>(SmallVector<Value>(getInputs()), SmallVector<Value>(getInits())))) {
    FailureOr<SmallVector<Range>> ranges = getSlice(*this, b, i, offsets, sizes);
    if (failed(ranges))
      return emitOpError("expects a tile of a split dimension to be one outer index or all inner "
                         "ones, for operand ")
             << i;
    SmallVector<OpFoldResult> sliceOffsets, sliceSizes, strides;
    for (Range range : *ranges) {
      sliceOffsets.push_back(range.offset);
      sliceSizes.push_back(range.size);
      strides.push_back(range.stride);
    }
    if (isa<RankedTensorType>(value.getType()))
      operands.push_back(
          tensor::ExtractSliceOp::create(b, loc, value, sliceOffsets, sliceSizes, strides));
    else
      operands.push_back(
          memref::SubViewOp::create(b, loc, value, sliceOffsets, sliceSizes, strides));
    slices.push_back(operands.back().getDefiningOp());
  }

  AffineExpr d0, d1;
  bindDims(b.getContext(), d0, d1);
  SmallVector<Value> dynamicExtents, dynamicOffsets;
  SmallVector<int64_t> staticExtents, staticOffsets;
  SmallVector<OpFoldResult> places;
  for (auto [start, offset] : llvm::zip(from, offsets))
    places.push_back(affine::makeComposedFoldedAffineApply(b, loc, d0 + d1, {start, offset}));
  dispatchIndexOpFoldResults(sizes, dynamicExtents, staticExtents);
  dispatchIndexOpFoldResults(places, dynamicOffsets, staticOffsets);

  size_t numInputs = getInputs().size();
  SmallVector<Type> types;
  if (getNumResults())
    types = llvm::map_to_vector(ArrayRef(operands).drop_front(numInputs),
                                [](Value value) { return value.getType(); });
  SmallVector<Value> all(dynamicExtents);
  llvm::append_range(all, dynamicOffsets);
  llvm::append_range(all, operands);
  auto tile = cast<GenericOp>(mlir::clone(b, *this, types, all));
  tile.setStaticExtents(staticExtents);
  tile.setStaticOffsets(staticOffsets);
  llvm::copy(ArrayRef<int32_t>{int32_t(dynamicExtents.size()), int32_t(dynamicOffsets.size()),
                               int32_t(numInputs), int32_t(getInits().size())},
             tile.getProperties().operandSegmentSizes.begin());
  return TilingResult{{tile}, SmallVector<Value>(tile->getResults()), slices};
}

LogicalResult GenericOp::getResultTilePosition(OpBuilder &b, unsigned result,
                                               ArrayRef<OpFoldResult> offsets,
                                               ArrayRef<OpFoldResult> sizes,
                                               SmallVector<OpFoldResult> &resultOffsets,
                                               SmallVector<OpFoldResult> &resultSizes) {
  FailureOr<SmallVector<Range>> ranges =
      getSlice(*this, b, getInputs().size() + result, offsets, sizes);
  if (failed(ranges))
    return failure();
  for (Range range : *ranges) {
    resultOffsets.push_back(range.offset);
    resultSizes.push_back(range.size);
  }
  return success();
}

/// A tile of a result is computed by the tile of the iteration space that it names; group
/// dimensions that it does not name are whole. Not for `acc` results, and not where the tile cuts a
/// group.
FailureOr<TilingResult> GenericOp::generateResultTileValue(OpBuilder &b, unsigned result,
                                                           ArrayRef<OpFoldResult> offsets,
                                                           ArrayRef<OpFoldResult> sizes) {
  SmallVector<OpFoldResult> tileOffsets(getNumDims(), b.getIndexAttr(0));
  SmallVector<OpFoldResult> tileSizes = getMixedExtents();
  if (isAcc(result))
    return failure();
  for (auto [position, entry, offset, size] :
       llvm::enumerate(getInitAccess(result), offsets, sizes)) {
    if (entry.size() == 1 && isGroupDim(entry.front())) {
      tileOffsets[entry.front()] = offset;
      tileSizes[entry.front()] = size;
      continue;
    }
    OpFoldResult whole = tensor::getMixedSize(b, getLoc(), getInits()[result], position);
    if (!isConstantIntValue(offset, 0) || !isEqualConstantIntOrValue(size, whole))
      return failure();
  }
  FailureOr<TilingResult> tile = getTiledImplementation(b, tileOffsets, tileSizes);
  if (failed(tile))
    return failure();
  return TilingResult{tile->tiledOps, {tile->tiledValues[result]}, tile->generatedSlices};
}
