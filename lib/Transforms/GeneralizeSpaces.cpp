//===- GeneralizeSpaces.cpp - iteration spaces of the named operations ---===//
//
// Which dimensions are in a group, and how tensors are indexed.
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

Space norm::getChannelSpace(OpBuilder &b, Location loc, Value input, Layout layout,
                            ChannelGroup group, int64_t groups) {
  static constexpr StringRef spaceNames[] = {"d", "h", "w"};
  Space space;
  SmallVector<OpFoldResult> sizes = tensor::getMixedSizes(b, loc, input);
  size_t numSpace = sizes.size() - 2;
  bool first = layout == Layout::ChannelsFirst;
  OpFoldResult channels = first ? sizes[1] : sizes.back();
  bool isGroupNorm = group == ChannelGroup::Channels;
  bool batchInGroup = group == ChannelGroup::Batch;
  bool spaceInGroup = group != ChannelGroup::None;

  SmallVector<Space::Dim> positions;
  Access positionAccess;
  for (size_t i = 0; i < numSpace; ++i) {
    std::string name = spaceNames[3 - numSpace + i].str();
    positions.push_back({name, sizes[i + (first ? 2 : 1)], spaceInGroup});
    positionAccess.push_back({name});
  }
  SmallVector<std::string> channel{"c"};
  space.dims.push_back({"n", sizes[0], batchInGroup});
  if (isGroupNorm) {
    space.dims.push_back({"g", b.getIndexAttr(groups), false});
    channel = {"g", "c"};
    // In memory order, so that lanes of a sum are neighbours in memory.
    if (first)
      space.dims.push_back({"c", divide(b, loc, channels, groups), true});
    space.dims.append(positions);
    if (!first)
      space.dims.push_back({"c", divide(b, loc, channels, groups), true});
  } else {
    space.dims.push_back({"c", channels, false});
    space.dims.append(positions);
  }

  space.data.push_back({"n"});
  if (first)
    space.data.push_back(channel);
  space.data.append(positionAccess);
  if (!first)
    space.data.push_back(channel);
  space.parameter = {channel};
  if (isGroupNorm)
    space.statistic = {{"n"}, {"g"}};
  else if (group == ChannelGroup::Space)
    space.statistic = {{"n"}, {"c"}};
  else
    space.statistic = {{"c"}};
  return space;
}
