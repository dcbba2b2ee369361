//===- EmitterUtils.cpp - small pieces of index and float arithmetic -----===//
//
// Shared by the passes that emit code for norm.generic.
//
//===----------------------------------------------------------------------===//

#include "GroupEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::norm;

Value norm::createMul(ImplicitLocOpBuilder &b, Value x, Value y) {
  return b.createOrFold<arith::MulIOp>(x, y);
}

Value norm::createAdd(ImplicitLocOpBuilder &b, Value x, Value y) {
  return b.createOrFold<arith::AddIOp>(x, y);
}

Value norm::createSub(ImplicitLocOpBuilder &b, Value x, Value y) {
  return b.createOrFold<arith::SubIOp>(x, y);
}

Value norm::createCeilDiv(ImplicitLocOpBuilder &b, Value x, Value y) {
  return b.createOrFold<arith::CeilDivUIOp>(x, y);
}

Value norm::createPow2Ceil(ImplicitLocOpBuilder &b, Value x) {
  // 1 << (64 - leading zeros of x - 1), and 1 where x is 0 or 1.
  Type i64 = b.getI64Type();
  auto constant = [&](int64_t value) { return arith::ConstantIntOp::create(b, i64, value); };
  Value wide = arith::IndexCastUIOp::create(b, i64, x);
  Value atLeastTwo = arith::MaxUIOp::create(b, wide, constant(2));
  Value zeros = math::CountLeadingZerosOp::create(
      b, arith::SubIOp::create(b, atLeastTwo, constant(1)).getResult());
  Value power = arith::ShLIOp::create(b, constant(1),
                                      arith::SubIOp::create(b, constant(64), zeros).getResult());
  Value small = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, wide, constant(2));
  Value result = arith::SelectOp::create(b, small, constant(1), power);
  return arith::IndexCastUIOp::create(b, b.getIndexType(), result);
}

Value norm::createProduct(ImplicitLocOpBuilder &b, ArrayRef<Value> factors) {
  Value product = arith::ConstantIndexOp::create(b, 1);
  for (Value factor : factors)
    product = createMul(b, product, factor);
  return product;
}

SmallVector<Value> norm::createDelinearize(ImplicitLocOpBuilder &b, Value linear,
                                           ArrayRef<Value> extents) {
  SmallVector<Value> indices(extents.size());
  for (size_t i = extents.size(); i-- > 0;) {
    if (i == 0) {
      indices[0] = linear;
      break;
    }
    indices[i] = b.createOrFold<arith::RemUIOp>(linear, extents[i]);
    linear = b.createOrFold<arith::DivUIOp>(linear, extents[i]);
  }
  return indices;
}

Type norm::withShapeOf(Type element, Type shape) {
  auto vector = dyn_cast<VectorType>(shape);
  return vector ? vector.clone(element) : element;
}

Value norm::createSplat(ImplicitLocOpBuilder &b, Value value, Type shape) {
  auto vector = dyn_cast<VectorType>(shape);
  if (!vector || isa<VectorType>(value.getType()))
    return value;
  Attribute constant;
  if (matchPattern(value, m_Constant(&constant)) && isa<FloatAttr, IntegerAttr>(constant) &&
      !isa<IndexType>(value.getType()))
    return arith::ConstantOp::create(
        b, DenseElementsAttr::get(vector.clone(value.getType()), constant));
  return vector::BroadcastOp::create(b, vector.clone(value.getType()), value);
}

void norm::unifyShapes(ImplicitLocOpBuilder &b, MutableArrayRef<Value> values) {
  auto vector = llvm::find_if(values, [](Value v) { return isa<VectorType>(v.getType()); });
  if (vector == values.end())
    return;
  Type shape = vector->getType();
  for (Value &value : values)
    value = createSplat(b, value, shape);
}

Value norm::createFloat(ImplicitLocOpBuilder &b, Type type, double value) {
  if (auto vector = dyn_cast<VectorType>(type))
    return arith::ConstantOp::create(
        b, DenseElementsAttr::get(vector, b.getFloatAttr(vector.getElementType(), value)));
  return arith::ConstantOp::create(b, b.getFloatAttr(type, value));
}

Value norm::createFloatOf(ImplicitLocOpBuilder &b, Type type, Value index) {
  return arith::SIToFPOp::create(b, type,
                                 arith::IndexCastOp::create(b, b.getI64Type(), index).getResult());
}

SmallVector<Value> norm::createMergeMoments(ImplicitLocOpBuilder &b, ValueRange left,
                                            ValueRange right) {
  SmallVector<Value> sides(left);
  llvm::append_range(sides, right);
  unifyShapes(b, sides);
  ArrayRef<Value> x = ArrayRef(sides).take_front(3), y = ArrayRef(sides).drop_front(3);
  Type type = x[0].getType();
  Value zero = createFloat(b, type, 0.0);
  Value n = arith::AddFOp::create(b, x[0], y[0]);
  Value d = arith::SubFOp::create(b, y[1], x[1]);
  Value share = arith::DivFOp::create(b, y[0], n);
  Value mean = arith::AddFOp::create(b, x[1], arith::MulFOp::create(b, d, share));
  Value between = arith::MulFOp::create(b, arith::MulFOp::create(b, d, d),
                                        arith::MulFOp::create(b, x[0], share));
  Value m2 = arith::AddFOp::create(b, arith::AddFOp::create(b, x[2], y[2]), between);
  // A side without elements is left out: its mean means nothing, and 0 / 0 is NaN.
  Value noX = arith::CmpFOp::create(b, arith::CmpFPredicate::OEQ, x[0], zero);
  Value noY = arith::CmpFOp::create(b, arith::CmpFPredicate::OEQ, y[0], zero);
  auto pick = [&](Value merged, Value left, Value right) -> Value {
    Value other = arith::SelectOp::create(b, noX, right, merged);
    return arith::SelectOp::create(b, noY, left, other);
  };
  return {n, pick(mean, x[1], y[1]), pick(m2, x[2], y[2])};
}

Value norm::createPhilox(ImplicitLocOpBuilder &b, Value seed, Value offset, Value row,
                         Value column) {
  Value operands[] = {seed, offset, row, column};
  unifyShapes(b, operands);
  std::tie(seed, offset, row, column) =
      std::make_tuple(operands[0], operands[1], operands[2], operands[3]);
  Type i64 = withShapeOf(b.getI64Type(), row.getType());
  Type i32 = withShapeOf(b.getI32Type(), row.getType());
  auto constant = [&](Type type, uint64_t value) -> Value {
    Type element = getElementTypeOrSelf(type);
    auto number = b.getIntegerAttr(element, APInt(element.getIntOrFloatBitWidth(), value));
    return createSplat(b, arith::ConstantOp::create(b, number), type);
  };
  auto low = [&](Value v) -> Value { return arith::TruncIOp::create(b, i32, v); };
  auto high = [&](Value v) -> Value {
    return low(arith::ShRUIOp::create(b, v, constant(i64, 32)));
  };
  Value wideColumn = arith::IndexCastUIOp::create(b, i64, column);
  Value block = arith::AddIOp::create(
      b, offset, arith::ShRUIOp::create(b, wideColumn, constant(i64, 2)).getResult());
  Value wideRow = arith::IndexCastUIOp::create(b, i64, row);
  Value c[4] = {low(block), high(block), low(wideRow), high(wideRow)};
  Value key[2] = {low(seed), high(seed)};
  // Multipliers and Weyl increments of Philox-4x32 (Salmon et al., 2011, table 2).
  const uint64_t multiplier[2] = {0xD2511F53, 0xCD9E8D57}, weyl[2] = {0x9E3779B9, 0xBB67AE85};
  for (int round = 0; round < 10; ++round) {
    Value product[2];
    for (int i = 0; i < 2; ++i)
      product[i] = arith::MulIOp::create(b, arith::ExtUIOp::create(b, i64, c[2 * i]).getResult(),
                                         constant(i64, multiplier[i]));
    auto mix = [&](Value a, Value x, Value k) -> Value {
      return arith::XOrIOp::create(b, arith::XOrIOp::create(b, a, x).getResult(), k);
    };
    Value next[4] = {mix(high(product[1]), c[1], key[0]), low(product[1]),
                     mix(high(product[0]), c[3], key[1]), low(product[0])};
    std::copy(next, next + 4, c);
    for (int i = 0; i < 2; ++i)
      key[i] = arith::AddIOp::create(b, key[i], constant(i32, weyl[i]));
  }
  Value word = low(arith::AndIOp::create(b, wideColumn, constant(i64, 3)).getResult());
  auto is = [&](uint64_t value) -> Value {
    return arith::CmpIOp::create(b, arith::CmpIPredicate::eq, word, constant(i32, value));
  };
  Value result = arith::SelectOp::create(b, is(2), c[2], c[3]);
  result = arith::SelectOp::create(b, is(1), c[1], result);
  return arith::SelectOp::create(b, is(0), c[0], result);
}
