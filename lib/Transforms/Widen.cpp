//===- Widen.cpp - compute in a wider type, roundings kept ---------------===//
//
// Makes the oracle of a program: the same operations in f64 or f80.
//
//===----------------------------------------------------------------------===//

#include "normc/IR/Norm.h"
#include "normc/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"

namespace mlir::norm {
#define GEN_PASS_DEF_WIDENPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

namespace {

class Widener {
public:
  explicit Widener(FloatType wide) : wide(wide) {}

  Type widen(Type type) {
    if (auto floatType = dyn_cast<FloatType>(type))
      return floatType.getWidth() < wide.getWidth() ? wide : type;
    if (auto field = dyn_cast<FieldType>(type))
      return FieldType::get(type.getContext(), widen(field.getElementType()), field.getDims());
    if (auto shaped = dyn_cast<ShapedType>(type))
      return shaped.clone(widen(shaped.getElementType()));
    if (auto function = dyn_cast<FunctionType>(type)) {
      auto all = [&](TypeRange types) {
        return llvm::map_to_vector(types, [&](Type t) { return widen(t); });
      };
      return FunctionType::get(type.getContext(), all(function.getInputs()),
                               all(function.getResults()));
    }
    return type;
  }

  LogicalResult run(Operation *root);

private:
  TypedAttr widen(TypedAttr value);

  FloatType wide;
};

TypedAttr Widener::widen(TypedAttr value) {
  auto convert = [&](APFloat number) {
    bool exact = true;
    number.convert(wide.getFloatSemantics(), APFloat::rmNearestTiesToEven, &exact);
    return number;
  };
  Type type = widen(value.getType());
  if (type == value.getType())
    return value;
  if (auto number = dyn_cast<FloatAttr>(value))
    return FloatAttr::get(type, convert(number.getValue()));
  auto dense = cast<DenseFPElementsAttr>(value);
  return dense.mapValues(wide,
                         [&](const APFloat &number) { return convert(number).bitcastToAPInt(); });
}

/// The last rounding of a result is left to whoever compares.
bool isLastRounding(arith::TruncFOp op) {
  auto isResult = [](Operation *user) {
    return isa<YieldOp>(user) && isa<GenericOp>(user->getParentOp());
  };
  // Of a group of one element, as in inference, there is no map.
  if (isa_and_nonnull<GenericOp>(op->getParentOp()))
    return llvm::all_of(op->getUsers(), isResult);
  auto map = op->getParentOfType<MapOp>();
  if (!map)
    return false;
  for (OpOperand &use : op.getResult().getUses()) {
    if (use.getOwner() != map.getYield())
      return false;
    for (Operation *user : map.getResult(use.getOperandNumber()).getUsers())
      if (!isResult(user))
        return false;
  }
  return true;
}

LogicalResult Widener::run(Operation *root) {
  SmallVector<std::pair<arith::TruncFOp, Type>> roundings;
  SmallVector<arith::ExtFOp> extensions;
  WalkResult walk = root->walk([&](Operation *op) {
    if (auto cast = dyn_cast<arith::BitcastOp>(op))
      if (widen(cast.getType()) != cast.getType() ||
          widen(cast.getIn().getType()) != cast.getIn().getType()) {
        op->emitOpError("expects no arith.bitcast of a float that is to become ") << wide;
        return WalkResult::interrupt();
      }
    if (auto truncation = dyn_cast<arith::TruncFOp>(op))
      if (widen(truncation.getType()) != truncation.getType())
        roundings.push_back(
            {truncation, isLastRounding(truncation) ? Type() : truncation.getType()});
    if (auto extension = dyn_cast<arith::ExtFOp>(op))
      extensions.push_back(extension);
    if (auto constant = dyn_cast<arith::ConstantOp>(op)) {
      if (!isa<FloatAttr, DenseFPElementsAttr>(constant.getValue()) &&
          widen(constant.getType()) != constant.getType()) {
        op->emitOpError("expects a constant of plain numbers");
        return WalkResult::interrupt();
      }
      constant.setValueAttr(widen(constant.getValue()));
    }
    if (auto func = dyn_cast<func::FuncOp>(op))
      func.setFunctionType(cast<FunctionType>(widen(func.getFunctionType())));
    for (Value result : op->getResults())
      result.setType(widen(result.getType()));
    for (Region &region : op->getRegions())
      for (Block &block : region)
        for (BlockArgument arg : block.getArguments())
          arg.setType(widen(arg.getType()));
    return WalkResult::advance();
  });
  if (walk.wasInterrupted())
    return failure();

  for (arith::ExtFOp op : extensions) {
    if (op.getIn().getType() != op.getType())
      continue;
    op.getResult().replaceAllUsesWith(op.getIn());
    op.erase();
  }
  for (auto [op, narrow] : roundings) {
    Value value = op.getIn();
    if (narrow) {
      OpBuilder b(op);
      Value rounded = arith::TruncFOp::create(b, op.getLoc(), narrow, value);
      value = arith::ExtFOp::create(b, op.getLoc(), op.getType(), rounded);
    }
    op.getResult().replaceAllUsesWith(value);
    op.erase();
  }
  return success();
}

struct WidenPass : norm::impl::WidenPassBase<WidenPass> {
  using WidenPassBase::WidenPassBase;

  void runOnOperation() override {
    MLIRContext *context = &getContext();
    if (type != "f64" && type != "f80") {
      emitError(getOperation()->getLoc(), "norm-widen expects type f64 or f80, but got '")
          << type << "'";
      return signalPassFailure();
    }
    FloatType wide =
        type == "f64" ? FloatType(Float64Type::get(context)) : FloatType(Float80Type::get(context));
    // An order may depend on the types that are in memory, which are gone afterwards.
    if (failed(verifyOrders(getOperation(), "norm-widen")) ||
        failed(Widener(wide).run(getOperation())))
      signalPassFailure();
  }
};

} // namespace
