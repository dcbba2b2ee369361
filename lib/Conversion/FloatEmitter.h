//===- FloatEmitter.h - floating-point code, scalar or vector ------------===//
//
// A thin builder for expansions that are written once and serve scalars and vectors of any shape:
// every value has the same shape, floats one width and integers the same width.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_CONVERSION_FLOATEMITTER_H
#define NORMC_LIB_CONVERSION_FLOATEMITTER_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/DenseMap.h"

namespace mlir::norm {

/// Constants made so far, by block: an expansion has dozens, and neighbours share most of them.
using ConstantCache = llvm::DenseMap<std::pair<Block *, Attribute>, Value>;

/// What the target can do without a call.
struct FloatTarget {
  bool fma = false;   ///< math.fma of f32 and f64
  bool f16 = false;   ///< f32 from and to f16
  bool bf16 = false;  ///< f32 to bf16
  bool f8 = false;    ///< f32 from and to f8E4M3FN and f8E5M2
  bool round = false; ///< floor, ceil, trunc, roundeven of f32 and f64
};

/// The type with the shape of `like` and the given element type.
inline Type withElement(Type like, Type element) {
  if (auto vector = dyn_cast<VectorType>(like))
    return vector.clone(element);
  return element;
}

class FloatEmitter {
public:
  using CmpF = arith::CmpFPredicate;
  using CmpI = arith::CmpIPredicate;

  /// Floats are `element` (any width), in the shape of `like`.
  FloatEmitter(OpBuilder &builder, Location loc, Type like, FloatType element,
               const FloatTarget &target, ConstantCache &cache)
      : builder(builder), loc(loc), target(target), cache(cache), element(element),
        floatType(withElement(like, element)),
        intType(withElement(like, builder.getIntegerType(element.getWidth()))) {}

  /// The same shape, other floats.
  FloatEmitter as(FloatType other) const {
    return FloatEmitter(builder, loc, floatType, other, target, cache);
  }

  FloatType getElement() const { return element; }
  Type getFloatType() const { return floatType; }
  Type getIntType() const { return intType; }
  const FloatTarget &getTarget() const { return target; }

  Value real(double value);
  Value real(const APFloat &value); ///< of the element's own format
  Value infinity(bool negative = false) {
    return real(APFloat::getInf(element.getFloatSemantics(), negative));
  }
  Value nan() { return real(APFloat::getQNaN(element.getFloatSemantics())); }
  Value integer(int64_t value);

  Value add(Value a, Value b) { return make<arith::AddFOp>(a, b); }
  Value sub(Value a, Value b) { return make<arith::SubFOp>(a, b); }
  Value mul(Value a, Value b) { return make<arith::MulFOp>(a, b); }
  Value div(Value a, Value b) { return make<arith::DivFOp>(a, b); }
  Value sqrt(Value a) { return make<math::SqrtOp>(a); }
  Value abs(Value a) { return make<math::AbsFOp>(a); }
  Value copysign(Value magnitude, Value sign) { return make<math::CopySignOp>(magnitude, sign); }
  /// a * b + c, rounded once where the target can, else twice; never a call.
  Value fma(Value a, Value b, Value c);
  /// coefficients[0] + coefficients[1] x + ..., by Horner's rule.
  Value polynomial(Value x, ArrayRef<double> coefficients);

  Value bits(Value a) { return convert<arith::BitcastOp>(a, intType); }
  Value fromBits(Value a) { return convert<arith::BitcastOp>(a, floatType); }
  template <typename Op> Value convert(Value a, Type type) {
    return Op::create(builder, loc, type, a);
  }

  Value iadd(Value a, Value b) { return make<arith::AddIOp>(a, b); }
  Value isub(Value a, Value b) { return make<arith::SubIOp>(a, b); }
  Value iand(Value a, Value b) { return make<arith::AndIOp>(a, b); }
  Value ior(Value a, Value b) { return make<arith::OrIOp>(a, b); }
  Value ixor(Value a, Value b) { return make<arith::XOrIOp>(a, b); }
  Value imin(Value a, Value b) { return make<arith::MinSIOp>(a, b); }
  Value shl(Value a, int64_t n) { return make<arith::ShLIOp>(a, integer(n)); }
  Value lshr(Value a, int64_t n) { return make<arith::ShRUIOp>(a, integer(n)); }
  Value ashr(Value a, int64_t n) { return make<arith::ShRSIOp>(a, integer(n)); }

  Value cmp(CmpF predicate, Value a, Value b) {
    return arith::CmpFOp::create(builder, loc, predicate, a, b);
  }
  Value icmp(CmpI predicate, Value a, Value b) {
    return arith::CmpIOp::create(builder, loc, predicate, a, b);
  }
  Value select(Value condition, Value a, Value b) {
    return arith::SelectOp::create(builder, loc, condition, a, b);
  }
  /// min and max against a bound that let a NaN through.
  Value atMost(Value a, Value bound) { return select(cmp(CmpF::OGT, a, bound), bound, a); }
  Value atLeast(Value a, Value bound) { return select(cmp(CmpF::OLT, a, bound), bound, a); }

private:
  template <typename Op, typename... Args> Value make(Args... args) {
    return Op::create(builder, loc, args...);
  }
  Value constant(Type type, TypedAttr scalar);

  OpBuilder &builder;
  Location loc;
  const FloatTarget &target;
  ConstantCache &cache;
  FloatType element;
  Type floatType;
  Type intType;
};

/// The functions of ExpandFunctions.cpp, for f32 and f64. Errors: the pass description.
Value emitExp(FloatEmitter &e, Value x);
Value emitExp2(FloatEmitter &e, Value x);
Value emitExpM1(FloatEmitter &e, Value x);
Value emitLog(FloatEmitter &e, Value x);
Value emitLog1p(FloatEmitter &e, Value x);
Value emitTanh(FloatEmitter &e, Value x);
Value emitErf(FloatEmitter &e, Value x);

/// Conversions and roundings to an integer of ExpandFloats.cpp.

/// f8E4M3FN, f8E5M2, f16, bf16, f32, f64 or f80 to any wider one of them.
Value emitExtend(FloatEmitter &to, Value x);
/// Any of them to any narrower one; rounds once, to nearest even.
Value emitTruncate(FloatEmitter &to, Value x);
/// x in `from`'s floats, rounded to f32 so that a second rounding is as good as one.
Value emitTruncateToOdd(FloatEmitter &from, FloatType to, Value x);
Value emitRoundEven(FloatEmitter &e, Value x);
Value emitFloor(FloatEmitter &e, Value x);
Value emitCeil(FloatEmitter &e, Value x);
Value emitTrunc(FloatEmitter &e, Value x);
Value emitRound(FloatEmitter &e, Value x);

} // namespace mlir::norm

#endif // NORMC_LIB_CONVERSION_FLOATEMITTER_H
