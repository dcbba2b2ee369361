//===- GeneralizeUtils.h - building a norm.generic from a named op ----------===//
//
// The iteration space, the program of a group, and the pieces of formulas that the named operations
// share.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_TRANSFORMS_GENERALIZEUTILS_H
#define NORMC_LIB_TRANSFORMS_GENERALIZEUTILS_H

#include "normc/IR/Norm.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

namespace mlir::norm {

using Access = SmallVector<SmallVector<std::string>>;

/// How the dimensions of a named operation's tensors become an iteration space.
struct Space {
  struct Dim {
    std::string name;
    OpFoldResult extent;
    bool inGroup;
  };
  SmallVector<Dim> dims;
  /// Of the input, of scale and bias, of a statistic.
  Access data, parameter, statistic;

  SmallVector<std::string> inGroupNames() const;
};

/// The trailing `axes` of `input` are a group, or one of `groups` equal parts of the last axis.
Space getRowSpace(OpBuilder &b, Location loc, Value input, ArrayRef<int64_t> axes,
                  int64_t groups = 1);

/// What is normalized together, of a tensor with channels.
enum class ChannelGroup {
  /// One element: batch normalization in inference.
  None,
  /// The positions of a channel of a sample, with the channel's statistics: its backward.
  Positions,
  /// A channel over batch and space: batch normalization in training.
  Batch,
  /// A channel of a sample over space: instance normalization.
  Space,
  /// Several channels of a sample over space: group normalization.
  Channels
};
Space getChannelSpace(OpBuilder &b, Location loc, Value input, Layout layout, ChannelGroup group,
                      int64_t groups = 1);

/// `eps` or a momentum: an attribute, or an operand.
struct Scalar {
  Value operand;
  FloatAttr attribute;
};

/// The program of a group while it is built. Values are fields or scalars; the same code serves
/// both.
class Program {
public:
  Program(OpBuilder &b, Location loc, FloatType compute, const Space &space)
      : b(b), loc(loc), compute(compute), space(space) {}

  OpBuilder &b;
  Location loc;
  /// The type that everything is computed in.
  FloatType compute;

  Value constant(double value);
  /// An attribute's value, or that of the operand as it enters the program.
  Value scalar(const Scalar &scalar, Value entered) {
    return entered ? toCompute(entered) : constant(scalar.attribute.getValueAsDouble());
  }
  Value add(Value x, Value y) { return arith::AddFOp::create(b, loc, x, y); }
  Value sub(Value x, Value y) { return arith::SubFOp::create(b, loc, x, y); }
  Value mul(Value x, Value y) { return arith::MulFOp::create(b, loc, x, y); }
  /// x * y + z, rounded once where the target can.
  Value fma(Value x, Value y, Value z) { return math::FmaOp::create(b, loc, x, y, z); }
  Value neg(Value x) { return arith::NegFOp::create(b, loc, x); }
  Value div(Value x, Value y) { return arith::DivFOp::create(b, loc, x, y); }
  /// One conversion of a scalar, exact to a wider type and rounded to a narrower one.
  Value convert(Value scalar, Type type);
  Value toCompute(Value scalar) { return convert(scalar, compute); }
  /// A rounding point: to `type` and back.
  Value round(Value scalar, Type type) { return toCompute(convert(scalar, type)); }
  /// z / (1 + exp(-z))
  Value silu(Value z);

  /// `body` element by element: a norm.map where an input is a field, plain code where all are
  /// scalars. Absent inputs (null) stay absent. The results have element types `types`.
  SmallVector<Value> map(ValueRange inputs, TypeRange types,
                         function_ref<SmallVector<Value>(ValueRange)> body);
  Value map(ValueRange inputs, Type type, function_ref<Value(ValueRange)> body);
  /// The field in the type of computation.
  Value mapToCompute(Value field);

  /// The sum over those of a field's dimensions that are in `over`.
  Value sum(Value field, ArrayRef<std::string> over);
  /// The sum of the products of two fields with the same dimensions.
  Value dot(Value x, Value y, ArrayRef<std::string> over);
  struct Moments {
    Value count, mean, m2;
  };
  Moments moments(Value field);
  Value count(ArrayRef<std::string> over);

  Value rsqrt(Accuracy accuracy, Value x) { return RsqrtOp::create(b, loc, accuracy, x); }

private:
  ReduceOp reduce(ReduceKind kind, ValueRange fields, ArrayRef<StringRef> over);
  SmallVector<StringAttr> getDims(ValueRange values);
  const Space &space;
};

/// The inputs of a program by the numbers that GenericBuilder::addInput gave; absent for -1.
struct Inputs {
  ValueRange values;
  Value operator[](int number) const { return number < 0 ? Value() : values[number]; }
};

/// Collects the operands of a norm.generic, then builds it. The orders of its sums are left to the
/// target.
class GenericBuilder {
public:
  GenericBuilder(OpBuilder &b, Operation *op, Space space)
      : b(b), op(op), space(std::move(space)) {}

  /// Returns the number of the input; a null value is no input and gives -1.
  int addInput(Value value, const Access &access, StringRef name, StringRef role = "");
  void addOutput(Value init, const Access &access, StringRef name, StringRef role = "");
  /// A gradient of a parameter: where it lacks group dimensions it is summed over them, from zero.
  void addGradient(Value init, const Access &access, StringRef name);

  /// `body` gets the inputs of the program; it gives one value for each output. The operation is
  /// replaced.
  GenericOp build(RewriterBase &rewriter, FloatType compute,
                  function_ref<SmallVector<Value>(Program &, Inputs)> body, int64_t minCount = 1);

  const Space &getSpace() const { return space; }

private:
  ArrayAttr buildAccess(const Access &access);
  void inferStaticExtents();

  OpBuilder &b;
  Operation *op;
  Space space;
  SmallVector<Value> inputs, inits;
  SmallVector<Access> inputAccesses, initAccesses;
  SmallVector<Attribute> accOrders;
  SmallVector<std::pair<std::string, std::string>> outputNames;
};

} // namespace mlir::norm

#endif // NORMC_LIB_TRANSFORMS_GENERALIZEUTILS_H
