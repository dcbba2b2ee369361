//===- Order.cpp - which order a sum has ---------------------------------===//
//
// A pure function of a sum's structure.
//
//===----------------------------------------------------------------------===//

#include "normc/Schedule/Order.h"

using namespace mlir;
using namespace mlir::norm;

OrderAttr norm::chooseOrder(MLIRContext *context, const SumShape &shape, StringRef isa) {
  constexpr int64_t shift = 32;
  if (shape.kind == SumShape::OverGroups && isa == "nvptx")
    return OrderAttr::get(context, /*lanes=*/1, /*run=*/0, /*segment=*/4, /*runs=*/0,
                          /*blocks=*/512, shift, /*unit=*/1);
  if (shape.kind == SumShape::OverGroups)
    return OrderAttr::get(context, /*lanes=*/1, /*run=*/0, /*segment=*/64, /*runs=*/0,
                          /*blocks=*/64, shift, /*unit=*/1);
  if (isa == "nvptx" && shape.contiguous) {
    int64_t unit = 128 / std::max<int64_t>(8, shape.bits);
    return OrderAttr::get(context, 32 * unit, /*run=*/0, /*segment=*/1024, /*runs=*/0,
                          /*blocks=*/64, shift, unit);
  }
  if (isa == "nvptx" && !shape.contiguous)
    return OrderAttr::get(context, /*lanes=*/32, /*run=*/0, /*segment=*/512, /*runs=*/0,
                          /*blocks=*/64, /*shift=*/16, /*unit=*/1);
  if (!shape.contiguous)
    return OrderAttr::get(context, /*lanes=*/1, /*run=*/0, /*segment=*/256, /*runs=*/0,
                          /*blocks=*/64, /*shift=*/16, /*unit=*/1);
  if (shape.run)
    return OrderAttr::get(context, /*lanes=*/64, shape.run, /*segment=*/1024,
                          /*runs=*/shape.alternating ? 256 : 64, /*blocks=*/64, shift, /*unit=*/1);
  int64_t segment = shape.moments && shape.bits > 16 ? 1024 : 4096;
  return OrderAttr::get(context, /*lanes=*/64, /*run=*/0, segment, /*runs=*/0,
                        /*blocks=*/64, shift, /*unit=*/1);
}

Algorithm norm::chooseAlgorithm(const SumShape &shape, StringRef isa) {
  bool isPiece = shape.contiguous && shape.run == 0;
  return isa == "nvptx" && isPiece ? Algorithm::TwoPass : Algorithm::Shifted;
}
