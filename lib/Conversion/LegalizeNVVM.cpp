//===- LegalizeNVVM.cpp - math operations as intrinsics, not as calls -------===//
//
// convert-gpu-to-nvvm makes a call of CUDA's device library of every operation of math, and refuses
// LLVM's own intrinsics for some; a call of an intrinsic by its name is neither. Of conversions of
// 8-bit floats it makes those of integers.
//
//===----------------------------------------------------------------------===//

#include "normc/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"

namespace mlir::norm {
#define GEN_PASS_DEF_LEGALIZENVVMPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

/// What LLVM calls an operation; nothing for those that become one by themselves.
static StringRef getIntrinsic(Operation *op) {
  return llvm::TypeSwitch<Operation *, StringRef>(op)
      .Case([](math::SqrtOp) { return "llvm.sqrt"; })
      .Case([](math::AbsFOp) { return "llvm.fabs"; })
      .Case([](math::CopySignOp) { return "llvm.copysign"; })
      .Case([](math::FloorOp) { return "llvm.floor"; })
      .Case([](math::CeilOp) { return "llvm.ceil"; })
      .Case([](math::TruncOp) { return "llvm.trunc"; })
      .Case([](math::RoundEvenOp) { return "llvm.roundeven"; })
      .Case([](math::FmaOp) { return "llvm.fma"; })
      .Case([](math::CountLeadingZerosOp) { return "llvm.ctlz"; })
      .Default(StringRef());
}

static bool isFloat8(Type type) {
  return isa<Float8E4M3FNType, Float8E5M2Type>(getElementTypeOrSelf(type));
}

/// The lanes of a vector of one dimension, or a scalar.
static SmallVector<Value> getLanes(ImplicitLocOpBuilder &b, Value x) {
  auto type = dyn_cast<VectorType>(x.getType());
  if (!type)
    return {x};
  SmallVector<Value> lanes;
  for (int64_t i = 0; i < type.getNumElements(); ++i)
    lanes.push_back(vector::ExtractOp::create(b, x, i));
  return lanes;
}

/// What has these lanes and bits, in words of some lanes, as `type`.
static Value fromWords(ImplicitLocOpBuilder &b, ArrayRef<Value> words, Type type) {
  auto vector = dyn_cast<VectorType>(type);
  if (!vector)
    return arith::BitcastOp::create(b, type, words.front());
  auto wordType = VectorType::get({int64_t(words.size())}, words.front().getType());
  Value all = vector::FromElementsOp::create(b, wordType, words);
  all = vector::BitCastOp::create(b, vector.clone(b.getI8Type()), all);
  return arith::BitcastOp::create(b, type, all);
}

/// From 8 bits, two at a time by way of f16.
static Value extendPairs(ImplicitLocOpBuilder &b, arith::ExtFOp op) {
  auto vector = dyn_cast<VectorType>(op.getType());
  Type from = getElementTypeOrSelf(op.getIn().getType()), to = getElementTypeOrSelf(op.getType());
  Type bytes = vector ? Type(vector.clone(b.getI8Type())) : b.getI8Type();
  SmallVector<Value> lanes = getLanes(b, arith::BitcastOp::create(b, bytes, op.getIn())), results;
  auto pairType = VectorType::get({2}, b.getI8Type());
  for (size_t i = 0; i < lanes.size(); i += 2) {
    SmallVector<Value> pair{lanes[i], lanes[std::min(i + 1, lanes.size() - 1)]};
    Value halves = NVVM::ConvertF8x2ToF16x2Op::create(
        b, VectorType::get({2}, b.getF16Type()),
        vector::FromElementsOp::create(b, pairType, pair).getResult(), /*relu=*/false, from);
    for (Value result : getLanes(b, halves)) {
      if (!to.isF16())
        result = arith::ExtFOp::create(b, b.getF32Type(), result);
      if (to.isBF16())
        result = arith::TruncFOp::create(b, to, result);
      else if (to.isF64())
        result = arith::ExtFOp::create(b, to, result);
      results.push_back(result);
    }
  }
  if (!vector)
    return results.front();
  return vector::FromElementsOp::create(b, vector, ArrayRef(results).take_front(lanes.size()));
}

/// From f32, or what it has all numbers of, to 8 bits, two at a time. The instruction saturates:
/// what is too large has the largest number's code then, which 1 is added to.
static Value truncatePairs(ImplicitLocOpBuilder &b, arith::TruncFOp op) {
  Type to = getElementTypeOrSelf(op.getType());
  bool hasInfinity = isa<Float8E5M2Type>(to);
  // Half a unit in the last place beyond the largest number, which is even in e4m3fn only.
  Value limit = arith::ConstantOp::create(b, b.getF32FloatAttr(hasInfinity ? 61440 : 464));
  auto predicate = hasInfinity ? arith::CmpFPredicate::OGE : arith::CmpFPredicate::OGT;
  SmallVector<Value> lanes = getLanes(b, op.getIn()), words;
  for (Value &lane : lanes)
    if (!lane.getType().isF32())
      lane = arith::ExtFOp::create(b, b.getF32Type(), lane);
  size_t perWord = lanes.size() % 4 == 0 ? 4 : lanes.size() % 2 == 0 ? 2 : 1;
  IntegerType wordType = b.getIntegerType(8 * perWord);
  auto integer = [&](int64_t value) -> Value {
    return arith::ConstantOp::create(b, b.getI32IntegerAttr(value));
  };
  for (size_t first = 0; first < lanes.size(); first += perWord) {
    Value word;
    for (size_t i = 0; i < perWord; i += 2) {
      Value low = lanes[first + i], high = perWord == 1 ? low : lanes[first + i + 1];
      Value pair = NVVM::ConvertF32x2ToF8x2Op::create(
          b, b.getI16Type(), high, low, NVVM::FPRoundingMode::RN, NVVM::SaturationMode::SATFINITE,
          /*relu=*/false, to);
      pair = arith::ExtUIOp::create(b, b.getI32Type(), pair);
      word = i == 0 ? pair
                    : arith::OrIOp::create(b, word, arith::ShLIOp::create(b, pair, integer(16)))
                          .getResult();
    }
    for (size_t i = 0; i < perWord; ++i) {
      Value isTooLarge =
          arith::CmpFOp::create(b, predicate, math::AbsFOp::create(b, lanes[first + i]), limit);
      Value one = arith::SelectOp::create(b, isTooLarge, integer(int64_t(1) << 8 * i), integer(0));
      word = arith::AddIOp::create(b, word, one);
    }
    words.push_back(perWord == 4 ? word : arith::TruncIOp::create(b, wordType, word).getResult());
  }
  return fromWords(b, words, op.getType());
}

namespace {
struct LegalizeNVVMPass : norm::impl::LegalizeNVVMPassBase<LegalizeNVVMPass> {
  void runOnOperation() override {
    if (failed(convertFloat8()))
      return signalPassFailure();
    SmallVector<Operation *> ops;
    getOperation()->walk([&](Operation *op) {
      if (!getIntrinsic(op).empty())
        ops.push_back(op);
    });
    OpBuilder builder(&getContext());
    for (Operation *op : ops) {
      builder.setInsertionPoint(op);
      SmallVector<Value> operands = op->getOperands();
      if (isa<math::CountLeadingZerosOp>(op))
        operands.push_back(LLVM::ConstantOp::create(builder, op->getLoc(), builder.getI1Type(),
                                                    builder.getBoolAttr(false)));
      auto call = LLVM::CallIntrinsicOp::create(builder, op->getLoc(), op->getResult(0).getType(),
                                                builder.getStringAttr(getIntrinsic(op)), operands);
      op->replaceAllUsesWith(call);
      op->erase();
    }
  }

private:
  LogicalResult convertFloat8() {
    SmallVector<Operation *> ops;
    getOperation()->walk([&](Operation *op) {
      if (isa<arith::ExtFOp, arith::TruncFOp>(op) &&
          (isFloat8(op->getOperand(0).getType()) || isFloat8(op->getResult(0).getType())))
        ops.push_back(op);
    });
    for (Operation *op : ops) {
      auto extend = dyn_cast<arith::ExtFOp>(op);
      Type wide = extend ? extend.getType() : op->getOperand(0).getType();
      auto vector = dyn_cast<VectorType>(wide);
      Type element = getElementTypeOrSelf(wide);
      bool isKnown = extend || element.isF32() || element.isF16() || element.isBF16();
      if (!isKnown || (vector && (vector.getRank() != 1 || vector.isScalable())))
        return op->emitOpError("expects 8 bits from f16, bf16 or f32, scalars or vectors of one "
                               "dimension, but got ")
               << op->getOperand(0).getType() << " and " << op->getResult(0).getType();
      ImplicitLocOpBuilder b(op->getLoc(), op);
      Value value = extend ? extendPairs(b, extend) : truncatePairs(b, cast<arith::TruncFOp>(op));
      op->replaceAllUsesWith(ValueRange(value));
      op->erase();
    }
    return success();
  }
};
} // namespace
