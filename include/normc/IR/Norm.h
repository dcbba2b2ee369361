//===- Norm.h - the norm dialect -----------------------------------------===//
//
// Everything that a user of the dialect includes: types, attributes, operations.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_IR_NORM_H
#define NORMC_IR_NORM_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Interfaces/TilingInterface.h"

#include "normc/IR/NormDialect.h.inc"
#include "normc/IR/NormEnums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "normc/IR/NormAttrs.h.inc"

#define GET_TYPEDEF_CLASSES
#include "normc/IR/NormTypes.h.inc"

namespace mlir::norm {
/// Makes the bufferization interfaces of the dialect's operations known.
void registerBufferizableOpInterfaceExternalModels(DialectRegistry &registry);

/// The element type of a field, or the type itself for a scalar.
Type getElementType(Type type);
/// The dimensions of a field; none for a scalar.
ArrayRef<StringAttr> getFieldDims(Type type);
/// A field of these dimensions, or the plain element type where there are none.
Type getFieldOrScalar(Type elementType, ArrayRef<StringAttr> dims);
/// The type that a normalization of these elements computes in: f64 for f64, else f32.
FloatType getComputeType(Type elementType);
/// The result shapes of a destination-style operation: those of its inits.
LogicalResult reifyFromInits(OpBuilder &builder, DestinationStyleOpInterface op,
                             ReifiedRankedShapedTypeDims &shapes);
} // namespace mlir::norm

#define GET_OP_CLASSES
#include "normc/IR/NormOps.h.inc"

namespace mlir::norm {
/// Every norm.generic in `root`; an error where one of them has tensors still, which `pass` cannot
/// work on.
FailureOr<SmallVector<GenericOp>> getGenericsOnBuffers(Operation *root, StringRef pass);
/// An error where the order of a reduction in `root` is left to the target, which `pass` cannot
/// work on.
LogicalResult verifyOrders(Operation *root, StringRef pass);
} // namespace mlir::norm

#endif // NORMC_IR_NORM_H
