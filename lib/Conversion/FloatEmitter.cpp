//===- FloatEmitter.cpp - floating-point code, scalar or vector ----------===//
//
// Constants and the operations that depend on the target.
//
//===----------------------------------------------------------------------===//

#include "FloatEmitter.h"

using namespace mlir;
using namespace mlir::norm;

Value FloatEmitter::constant(Type type, TypedAttr scalar) {
  TypedAttr attribute = scalar;
  if (auto vector = dyn_cast<VectorType>(type))
    attribute = DenseElementsAttr::get(vector, Attribute(scalar));
  // At the start of the block, in front of every use that the cache may serve later.
  Block *block = builder.getInsertionBlock();
  Value &cached = cache[{block, attribute}];
  if (!cached) {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(block);
    cached = arith::ConstantOp::create(builder, loc, attribute);
  }
  return cached;
}

Value FloatEmitter::real(double value) {
  return constant(floatType, builder.getFloatAttr(element, value));
}

Value FloatEmitter::real(const APFloat &value) {
  return constant(floatType, builder.getFloatAttr(element, value));
}

Value FloatEmitter::integer(int64_t value) {
  unsigned width = element.getWidth();
  APInt bits(width, static_cast<uint64_t>(value), /*isSigned=*/true, /*implicitTrunc=*/true);
  return constant(intType, builder.getIntegerAttr(builder.getIntegerType(width), bits));
}

Value FloatEmitter::fma(Value a, Value b, Value c) {
  if (target.fma && (element.isF32() || element.isF64()))
    return make<math::FmaOp>(a, b, c);
  return add(mul(a, b), c);
}

Value FloatEmitter::polynomial(Value x, ArrayRef<double> coefficients) {
  Value sum = real(coefficients.back());
  for (double coefficient : llvm::reverse(coefficients.drop_back()))
    sum = fma(sum, x, real(coefficient));
  return sum;
}
