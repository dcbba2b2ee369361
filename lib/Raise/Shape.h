//===- Shape.h - which named operation, and of which operands ---------------===//
//
// From symbols to axes, layouts, groups and operands.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_RAISE_SHAPE_H
#define NORMC_LIB_RAISE_SHAPE_H

#include "Formula.h"
#include "normc/IR/Norm.h"

#include "mlir/IR/PatternMatch.h"

namespace mlir::norm {

/// How the dimensions of an input are normalized, as the named operations can say it.
struct NormShape {
  enum Kind { LayerNorm, RMSNorm, BatchNorm, InstanceNorm, GroupNorm } kind = LayerNorm;
  SmallVector<int64_t> axes;
  Layout layout = Layout::ChannelsFirst;
  int64_t groups = 1;
  /// The dimensions of the input that parameters have.
  SmallVector<int64_t> parameterDims;
};

/// The shapes that `axes`, of which `bound` are summed over, may be, the likeliest first.
SmallVector<NormShape> findShapes(Algebra &algebra, const Axes &axes, ArrayRef<Symbol> bound,
                                  bool centred);

/// The input's dimensions that statistics have; of the last, groups may be a part.
SmallVector<int64_t> getStatisticDims(const NormShape &shape, int64_t rank);

/// Those of the axes that statistics have, without what is summed over.
Axes getStatisticAxes(const NormShape &shape, const Axes &axes, ArrayRef<Symbol> bound);

/// An operand that a polynomial is, at these axes, or nothing: a tensor's elements, or a scalar.
struct Operand {
  Value value;
  /// What is added to each of its elements.
  double offset = 0;
};
std::optional<Operand> findOperand(Algebra &algebra, const Poly &poly, ArrayRef<Axis> axes);

/// Axes of a tensor whose dimensions, but for those of one element, are these; nothing where their
/// sizes are others.
std::optional<Axes> placeAxes(const Algebra &algebra, Value value, ArrayRef<Axis> axes);

/// `value` in a shape that lacks some dimensions of one element.
Value createSqueezed(OpBuilder &b, Location loc, Value value, ArrayRef<int64_t> shape);
/// A tensor with another element type.
Value createCast(OpBuilder &b, Location loc, Value value, Type element);
/// Epsilon as an operation has it: an attribute, or a tensor of rank 0.
std::pair<FloatAttr, Value> createEpsilon(OpBuilder &b, Location loc, Algebra &algebra,
                                          const Poly &epsilon);
/// `value` in the type of `like`, which has more or fewer dimensions of one element.
Value createReshaped(OpBuilder &b, Location loc, Value value, Value like);

/// An empty tensor with the sizes of some dimensions of another.
Value createEmpty(OpBuilder &b, Location loc, Value like, ArrayRef<int64_t> dims, Type element);

/// Dimension i of the result is `permutation[i]` of the value.
Value createTransposed(OpBuilder &b, Location loc, Value value, ArrayRef<int64_t> permutation);

/// Takes the sizes that are asked of a value from its producer's operands.
void resolveSizes(RewriterBase &rewriter, Value value);

} // namespace mlir::norm

#endif // NORMC_LIB_RAISE_SHAPE_H
