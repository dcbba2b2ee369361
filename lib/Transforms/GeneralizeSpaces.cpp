//===- GeneralizeSpaces.cpp - iteration spaces of the named operations ---===//
//
// Which dimensions are in a group, how tensors are indexed, and what is contiguous in memory.
//
//===----------------------------------------------------------------------===//

#include "GeneralizeUtils.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace mlir::norm;

/// `r`, or `r0`, `r1` where there are more.
static std::string numbered(StringRef letter, size_t i, size_t count) {
  return count == 1 ? letter.str() : letter.str() + std::to_string(i);
}

static OpFoldResult divide(OpBuilder &b, Location loc, OpFoldResult size, int64_t by) {
  if (std::optional<int64_t> constant = getConstantIntValue(size))
    return b.getIndexAttr(*constant / by);
  Value divisor = arith::ConstantIndexOp::create(b, loc, by);
  return arith::DivUIOp::create(b, loc, cast<Value>(size), divisor).getResult();
}

Space norm::getRowSpace(OpBuilder &b, Location loc, Value input, ArrayRef<int64_t> axes,
                        int64_t groups) {
  Space space;
  SmallVector<OpFoldResult> sizes = tensor::getMixedSizes(b, loc, input);
  size_t rows = sizes.size() - axes.size();
  for (size_t i = 0; i < rows; ++i) {
    std::string name = numbered("r", i, rows);
    space.dims.push_back({name, sizes[i], false});
    space.data.push_back({name});
    space.statistic.push_back({name});
  }
  if (groups > 1) {
    space.dims.push_back({"g", b.getIndexAttr(groups), false});
    space.dims.push_back({"c", divide(b, loc, sizes[rows], groups), true});
    space.data.push_back({"g", "c"});
    space.parameter.push_back({"g", "c"});
    space.statistic.push_back({"g"});
    return space;
  }
  for (size_t i = 0; i < axes.size(); ++i) {
    std::string name = numbered("c", i, axes.size());
    space.dims.push_back({name, sizes[rows + i], true});
    space.data.push_back({name});
    space.parameter.push_back({name});
  }
  return space;
}
