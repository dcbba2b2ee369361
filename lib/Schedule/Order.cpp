//===- Order.cpp - which order a sum has ---------------------------------===//
//
// A pure function of a sum's structure.
//
//===----------------------------------------------------------------------===//

#include "normc/Schedule/Order.h"

using namespace mlir;
using namespace mlir::norm;

OrderAttr norm::chooseOrder(MLIRContext *context, const SumShape &shape, StringRef) {
  constexpr int64_t shift = 32;
  if (shape.kind == SumShape::OverGroups)
    return OrderAttr::get(context, /*lanes=*/1, /*run=*/0, /*segment=*/64, /*runs=*/0,
                          /*blocks=*/64, shift);
  if (!shape.contiguous)
    return OrderAttr::get(context, /*lanes=*/1, /*run=*/0, /*segment=*/256, /*runs=*/0,
                          /*blocks=*/64, /*shift=*/16);
  if (shape.run)
    return OrderAttr::get(context, /*lanes=*/64, shape.run, /*segment=*/1024,
                          /*runs=*/shape.alternating ? 256 : 64, /*blocks=*/64, shift);
  int64_t segment = shape.moments && !shape.narrow ? 1024 : 4096;
  return OrderAttr::get(context, /*lanes=*/64, /*run=*/0, segment, /*runs=*/0,
                        /*blocks=*/64, shift);
}

Algorithm norm::chooseAlgorithm() { return Algorithm::Shifted; }
