//===- ExpandMath.cpp - no call to a math library is left -----------------===//
//
// norm-expand-math: which operation becomes which expansion. The expansions themselves are in
// ExpandFunctions.cpp and ExpandFloats.cpp.
//
//===----------------------------------------------------------------------===//

#include "FloatEmitter.h"

#include "normc/Passes.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/TypeSwitch.h"

#include <cmath>

namespace mlir::norm {
#define GEN_PASS_DEF_EXPANDMATHPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

using CmpF = FloatEmitter::CmpF;

namespace {

/// The float type of a scalar or a vector, or null.
FloatType floatOf(Type type) {
  if (isa<ShapedType>(type) && !isa<VectorType>(type))
    return {};
  return dyn_cast<FloatType>(getElementTypeOrSelf(type));
}

/// Of 8 or 16 bits: nothing is computed in it.
bool isNarrow(Type type) {
  FloatType element = floatOf(type);
  return element && isa<Float8E4M3FNType, Float8E5M2Type, Float16Type, BFloat16Type>(element);
}

/// A float type that the expansions know.
bool isKnown(FloatType type) {
  return isNarrow(type) || type.isF32() || type.isF64() || type.isF80();
}

/// The largest whole exponent, and the smallest: its error grows with it.
constexpr int64_t kMostPower = 32;

/// The value of a constant, or of every lane of one.
std::optional<APFloat> constantOf(Value value) {
  Attribute constant;
  if (!matchPattern(value, m_Constant(&constant)))
    return {};
  if (auto splat = dyn_cast<SplatElementsAttr>(constant))
    return splat.getSplatValue<APFloat>();
  if (auto scalar = dyn_cast<FloatAttr>(constant))
    return scalar.getValue();
  return {};
}

class Expander {
public:
  Expander(MLIRContext *context, const FloatTarget &target) : builder(context), target(target) {}

  /// Replaces `op`, or leaves it where the target has it.
  LogicalResult expand(Operation *op);

private:
  FloatEmitter emitter(Operation *op, Type like, FloatType element) {
    return FloatEmitter(builder, op->getLoc(), like, element, target, cache);
  }
  FloatEmitter emitter(Operation *op) {
    Type type = op->getResult(0).getType();
    return emitter(op, type, floatOf(type));
  }

  void replace(Operation *op, Value value) {
    op->getResult(0).replaceAllUsesWith(value);
    op->erase();
  }

  LogicalResult expandInF32(Operation *op);
  void expandSign(Operation *op);
  void expandIntegerToBF16(Operation *op);
  void expandLongExtreme(Operation *op);
  void expandClass(Operation *op);
  LogicalResult expandPower(math::PowFOp op);
  LogicalResult expandPower(math::FPowIOp op);
  /// x to the power of a whole number, by squaring.
  Value emitPower(FloatEmitter &e, Value x, int64_t exponent);
  LogicalResult expandFunction(Operation *op);
  LogicalResult callLongDouble(Operation *op, StringRef function);

  OpBuilder builder;
  const FloatTarget &target;
  ConstantCache cache;
};

/// Extends the operands that are narrow to f32, computes there, rounds the results. For
/// + - * / and the square root that is the correctly rounded result: f32 has more than twice as
/// many bits.
LogicalResult Expander::expandInF32(Operation *op) {
  FloatType f32 = builder.getF32Type();
  SmallVector<Value> operands;
  for (Value operand : op->getOperands()) {
    if (isNarrow(operand.getType())) {
      FloatEmitter wide = emitter(op, operand.getType(), f32);
      std::optional<APFloat> constant = constantOf(operand);
      if (constant) { // stays one: an exponent has to be
        bool exact;
        constant->convert(f32.getFloatSemantics(), APFloat::rmNearestTiesToEven, &exact);
      }
      operand = constant ? wide.real(*constant) : emitExtend(wide, operand);
    }
    operands.push_back(operand);
  }
  SmallVector<Type> types;
  for (Type type : op->getResultTypes())
    types.push_back(isNarrow(type) ? withElement(type, f32) : type);
  OperationState state(op->getLoc(), op->getName(), operands, types);
  // A comparison's predicate is its meaning; fast-math flags are not taken over.
  if (auto compare = dyn_cast<arith::CmpFOp>(op))
    state.addAttribute(compare.getPredicateAttrName(), compare.getPredicateAttr());
  Operation *wide = builder.create(state);
  for (auto [narrow, result] : llvm::zip(op->getResults(), wide->getResults())) {
    Value value = result;
    if (isNarrow(narrow.getType())) {
      FloatEmitter e = emitter(op, narrow.getType(), floatOf(narrow.getType()));
      value = emitTruncate(e, value);
    }
    narrow.replaceAllUsesWith(value);
  }
  op->erase();
  builder.setInsertionPoint(wide);
  return expand(wide);
}

/// negf, absf, copysign of a narrow float: bits, and a NaN keeps its own.
void Expander::expandSign(Operation *op) {
  FloatEmitter e = emitter(op);
  Value bits = e.bits(op->getOperand(0));
  int64_t top = int64_t(1) << (e.getElement().getWidth() - 1);
  Value sign = e.integer(top), magnitude = e.integer(top - 1);
  if (isa<arith::NegFOp>(op))
    bits = e.ixor(bits, sign);
  else
    bits = e.iand(bits, magnitude);
  if (isa<math::CopySignOp>(op))
    bits = e.ior(bits, e.iand(e.bits(op->getOperand(1)), sign));
  replace(op, e.fromBits(bits));
}

/// An integer of more bits than f32 has, to bf16 (of the others it is beyond the largest number
/// where f32 is not exact).
void Expander::expandIntegerToBF16(Operation *op) {
  Value x = op->getOperand(0);
  FloatEmitter e = emitter(op);
  FloatEmitter wide = e.as(builder.getF64Type());
  bool isSigned = isa<arith::SIToFPOp>(op);
  unsigned width = getElementTypeOrSelf(x.getType()).getIntOrFloatBitWidth();
  if (width == 64) {
    // Beyond 53 bits: the low 11 bits go, and the last one that stays says that they were there.
    Value low = wide.iand(x, wide.integer(0x7ff));
    Value any = wide.icmp(FloatEmitter::CmpI::ne, low, wide.integer(0));
    Value high = wide.iand(x, wide.integer(-0x800));
    high = wide.ior(high, wide.select(any, wide.integer(0x800), wide.integer(0)));
    Value magnitude = x;
    if (isSigned) // 2^53 - 1 has no bit above the 53rd, nor has its complement
      magnitude = wide.ixor(x, wide.ashr(x, 63));
    Value large = wide.icmp(FloatEmitter::CmpI::uge, magnitude, wide.integer(int64_t(1) << 53));
    x = wide.select(large, high, x);
  }
  Value real = isSigned ? wide.convert<arith::SIToFPOp>(x, wide.getFloatType())
                        : wide.convert<arith::UIToFPOp>(x, wide.getFloatType());
  replace(op, emitTruncate(e, real));
}

/// maximumf, minimumf, maxnumf and minnumf of f80, which LLVM 22 cannot select: it aborts.
void Expander::expandLongExtreme(Operation *op) {
  FloatEmitter e = emitter(op);
  Value a = op->getOperand(0), b = op->getOperand(1);
  bool greatest = isa<arith::MaximumFOp, arith::MaxNumFOp>(op);
  Value value = e.select(e.cmp(greatest ? CmpF::OGT : CmpF::OLT, a, b), a, b);
  if (isa<arith::MaxNumFOp, arith::MinNumFOp>(op)) {
    replace(op, e.select(e.cmp(CmpF::UNO, b, b), a, value));
    return;
  }
  // Of two zeros the sum is the greater one, the negated sum of the negated ones the smaller.
  Value zero = e.real(0), minus = e.real(-0.0);
  Value zeros = greatest ? e.add(a, b) : e.sub(minus, e.sub(e.sub(minus, a), b));
  Value areZeros = e.iand(e.cmp(CmpF::OEQ, a, zero), e.cmp(CmpF::OEQ, b, zero));
  value = e.select(areZeros, zeros, value);
  replace(op, e.select(e.cmp(CmpF::UNO, a, b), e.add(a, b), value));
}

/// isinf and isnormal, which upstream does not lower, as comparisons.
void Expander::expandClass(Operation *op) {
  Value x = op->getOperand(0);
  FloatType element = floatOf(x.getType());
  APFloat smallest = APFloat::getSmallestNormalized(element.getFloatSemantics());
  FloatEmitter e = emitter(op, x.getType(), isNarrow(x.getType()) ? builder.getF32Type() : element);
  if (isNarrow(x.getType()))
    x = emitExtend(e, x);
  bool exact;
  smallest.convert(e.getElement().getFloatSemantics(), APFloat::rmNearestTiesToEven, &exact);
  x = e.abs(x);
  Value infinity = e.infinity();
  if (isa<math::IsInfOp>(op))
    return replace(op, e.cmp(CmpF::OEQ, x, infinity));
  Value atLeast = e.cmp(CmpF::OGE, x, e.real(smallest));
  replace(op, e.iand(atLeast, e.cmp(CmpF::OLT, x, infinity)));
}

LogicalResult Expander::expandPower(math::PowFOp op) {
  std::optional<APFloat> exponent = constantOf(op.getRhs());
  if (!exponent)
    return op->emitOpError("expects a constant exponent to be expanded without a library");
  double p = FloatAttr::getValueAsDouble(*exponent);
  FloatEmitter e = emitter(op);
  Value x = op.getLhs();
  if (p == std::trunc(p) && std::fabs(p) <= kMostPower) {
    replace(op, emitPower(e, x, p));
  } else if (p == 0.5 || p == -0.5) {
    // pow of -0 is 0 and of -infinity infinity, where the root has -0 and NaN.
    Value root = e.sqrt(e.add(x, e.real(0)));
    root = e.select(e.cmp(CmpF::OEQ, x, e.infinity(/*negative=*/true)), e.infinity(), root);
    replace(op, p < 0 ? e.div(e.real(1), root) : root);
  } else {
    return op->emitOpError("expects an exponent of 0.5, -0.5 or a whole number from ")
           << -kMostPower << " to " << kMostPower << " to be expanded without a library, but got "
           << p;
  }
  return success();
}

LogicalResult Expander::expandPower(math::FPowIOp op) {
  APInt exponent;
  if (!matchPattern(op.getRhs(), m_ConstantInt(&exponent)))
    return op->emitOpError("expects a constant exponent to be expanded without a library");
  if (exponent.abs().ugt(kMostPower))
    return op->emitOpError("expects a whole exponent from ")
           << -kMostPower << " to " << kMostPower << " to be expanded without a library, but got "
           << exponent.getSExtValue();
  FloatEmitter e = emitter(op);
  replace(op, emitPower(e, op.getLhs(), exponent.getSExtValue()));
  return success();
}

Value Expander::emitPower(FloatEmitter &e, Value x, int64_t exponent) {
  if (exponent == 0)
    return e.real(1);
  // Not of the power, which may be too small for all its bits.
  if (exponent < 0)
    x = e.div(e.real(1), x);
  Value result;
  for (uint64_t left = std::abs(exponent); left; left >>= 1) {
    if (left & 1)
      result = result ? e.mul(x, result) : x;
    if (left > 1)
      x = e.mul(x, x);
  }
  return result;
}

/// f80 exists for the oracle only, which runs inside of a process with a math library.
LogicalResult Expander::callLongDouble(Operation *op, StringRef function) {
  Type f80 = op->getResult(0).getType();
  if (isa<VectorType>(f80))
    return op->emitOpError("expects a scalar where the type is f80, but got ") << f80;
  Operation *module = SymbolTable::getNearestSymbolTable(op);
  auto callee = dyn_cast_or_null<LLVM::LLVMFuncOp>(SymbolTable::lookupSymbolIn(module, function));
  if (!callee) {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(&module->getRegion(0).front());
    callee = LLVM::LLVMFuncOp::create(builder, op->getLoc(), function,
                                      LLVM::LLVMFunctionType::get(f80, {f80}));
  }
  replace(op, LLVM::CallOp::create(builder, op->getLoc(), callee, op->getOperand(0)).getResult());
  return success();
}

/// The functions of math, f32 and wider.
LogicalResult Expander::expandFunction(Operation *op) {
  struct Function {
    Value (*emit)(FloatEmitter &, Value);
    StringRef longDouble;
  };
  Function function =
      llvm::TypeSwitch<Operation *, Function>(op)
          .Case([](math::ExpOp) { return Function{emitExp, "expl"}; })
          .Case([](math::Exp2Op) { return Function{emitExp2, "exp2l"}; })
          .Case([](math::ExpM1Op) { return Function{emitExpM1, "expm1l"}; })
          .Case([](math::LogOp) { return Function{emitLog, "logl"}; })
          .Case([](math::Log1pOp) { return Function{emitLog1p, "log1pl"}; })
          .Case([](math::TanhOp) { return Function{emitTanh, "tanhl"}; })
          .Case([](math::ErfOp) { return Function{emitErf, "erfl"}; })
          .Case([](math::FloorOp) { return Function{emitFloor, "floorl"}; })
          .Case([](math::CeilOp) { return Function{emitCeil, "ceill"}; })
          .Case([](math::TruncOp) { return Function{emitTrunc, "truncl"}; })
          .Case([](math::RoundOp) { return Function{emitRound, "roundl"}; })
          .Case([](math::RoundEvenOp) { return Function{emitRoundEven, "roundevenl"}; })
          .Default([](Operation *) { return Function{nullptr, ""}; });
  if (!function.emit)
    return op->emitOpError("has no expansion without a library");
  FloatEmitter e = emitter(op);
  if (e.getElement().isF80())
    return callLongDouble(op, function.longDouble);
  // Halves away from zero are in no instruction but aarch64's.
  if (target.round && isa<math::FloorOp, math::CeilOp, math::TruncOp, math::RoundEvenOp>(op))
    return success();
  replace(op, function.emit(e, op->getOperand(0)));
  return success();
}

LogicalResult Expander::expand(Operation *op) {
  // What has no float of ours among its types is not ours.
  bool narrow = false, any = false;
  auto look = [&](Type type) {
    FloatType element = floatOf(type);
    any |= element && isKnown(element);
    narrow |= isNarrow(type);
  };
  llvm::for_each(op->getOperandTypes(), look);
  llvm::for_each(op->getResultTypes(), look);
  if (!any)
    return success();

  builder.setInsertionPoint(op);
  if (isa<arith::ConstantOp, arith::SelectOp, arith::BitcastOp>(op))
    return success();
  if (isa<arith::ExtFOp, arith::TruncFOp>(op)) {
    for (Type type : {op->getOperand(0).getType(), op->getResult(0).getType()})
      if (!isKnown(floatOf(type)))
        return op->emitOpError("expects f8E4M3FN, f8E5M2, f16, bf16, f32, f64 or f80, but got ")
               << floatOf(type);
    if (auto truncate = dyn_cast<arith::TruncFOp>(op))
      if (truncate.getRoundingmode().value_or(arith::RoundingMode::to_nearest_even) !=
          arith::RoundingMode::to_nearest_even)
        return op->emitOpError("expects to round to nearest even, but got ")
               << arith::stringifyRoundingMode(*truncate.getRoundingmode());
    if (!narrow)
      return success();
    FloatEmitter e = emitter(op);
    Value x = op->getOperand(0);
    replace(op, isa<arith::ExtFOp>(op) ? emitExtend(e, x) : emitTruncate(e, x));
    return success();
  }
  if (isa<math::IsInfOp, math::IsNormalOp>(op)) {
    expandClass(op);
    return success();
  }
  if (narrow) {
    if (isa<arith::NegFOp, math::AbsFOp, math::CopySignOp>(op)) {
      expandSign(op);
      return success();
    }
    if (isa<arith::SIToFPOp, arith::UIToFPOp>(op) && isNarrow(op->getResult(0).getType())) {
      unsigned width = getElementTypeOrSelf(op->getOperand(0).getType()).getIntOrFloatBitWidth();
      if (floatOf(op->getResult(0).getType()).isBF16() && (width == 32 || width == 64)) {
        expandIntegerToBF16(op);
        return success();
      }
    }
    return expandInF32(op);
  }

  if (isa<arith::RemFOp>(op))
    return op->emitOpError("has no expansion without a library");
  if (isa<math::FmaOp, vector::FMAOp>(op)) {
    FloatEmitter e = emitter(op);
    if (!target.fma || e.getElement().isF80())
      replace(op, e.fma(op->getOperand(0), op->getOperand(1), op->getOperand(2)));
    return success();
  }
  if (isa<arith::MaximumFOp, arith::MinimumFOp, arith::MaxNumFOp, arith::MinNumFOp>(op)) {
    if (floatOf(op->getResult(0).getType()).isF80())
      expandLongExtreme(op);
    return success();
  }
  if (op->getDialect()->getNamespace() != math::MathDialect::getDialectNamespace())
    return success();
  if (isa<math::SqrtOp, math::AbsFOp, math::CopySignOp, math::IsNaNOp, math::IsFiniteOp>(op))
    return success();
  if (isa<math::RsqrtOp>(op)) {
    FloatEmitter e = emitter(op);
    replace(op, e.div(e.real(1), e.sqrt(op->getOperand(0))));
    return success();
  }
  if (auto power = dyn_cast<math::PowFOp>(op))
    return expandPower(power);
  if (auto power = dyn_cast<math::FPowIOp>(op))
    return expandPower(power);
  return expandFunction(op);
}

struct ExpandMathPass : public mlir::norm::impl::ExpandMathPassBase<ExpandMathPass> {
  using Base::Base;

  void runOnOperation() override {
    FloatTarget target;
    target.fma = hasFma;
    target.f16 = hasF16C;
    target.bf16 = hasBF16;
    target.f8 = hasF8;
    target.round = hasRound;
    SmallVector<Operation *> work;
    getOperation()->walk([&](Operation *op) {
      if (isa_and_nonnull<arith::ArithDialect, math::MathDialect>(op->getDialect()) ||
          isa<vector::FMAOp>(op))
        work.push_back(op);
    });
    Expander expander(&getContext(), target);
    for (Operation *op : work)
      if (failed(expander.expand(op)))
        return signalPassFailure();
  }
};

} // namespace
