//===- NormDialect.cpp - the dialect, its types and attributes -----------===//
//
// Registration, and the parts of types and attributes that ODS cannot state.
//
//===----------------------------------------------------------------------===//

#include "Bytecode.h"

#include "normc/IR/Norm.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/Transforms/InliningUtils.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::norm;

#include "normc/IR/NormDialect.cpp.inc"
#include "normc/IR/NormEnums.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "normc/IR/NormAttrs.cpp.inc"

#define GET_TYPEDEF_CLASSES
#include "normc/IR/NormTypes.cpp.inc"

namespace {
/// A function with normalizations may become a part of its callers, with whatever is inside of
/// them.
struct NormInlinerInterface : DialectInlinerInterface {
  using DialectInlinerInterface::DialectInlinerInterface;

  bool isLegalToInline(Operation *, Region *, bool, IRMapping &) const final { return true; }
};
} // namespace

void NormDialect::initialize() {
  registerTypes();
  registerAttributes();
  addOperations<
#define GET_OP_LIST
#include "normc/IR/NormOps.cpp.inc"
      >();
  addBytecodeInterface(*this);
  addInterfaces<NormInlinerInterface>();
}

void NormDialect::registerTypes() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "normc/IR/NormTypes.cpp.inc"
      >();
}

void NormDialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "normc/IR/NormAttrs.cpp.inc"
      >();
}

//===----------------------------------------------------------------------===//
// FieldType
//===----------------------------------------------------------------------===//

Type FieldType::parse(AsmParser &parser) {
  Type element;
  SmallVector<StringAttr> dims;
  auto parseDim = [&]() -> ParseResult {
    StringRef name;
    if (parser.parseKeyword(&name))
      return failure();
    dims.push_back(StringAttr::get(parser.getContext(), name));
    return success();
  };
  if (parser.parseLess() || parser.parseType(element) || parser.parseComma() ||
      parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, parseDim) ||
      parser.parseGreater())
    return {};
  return getChecked([&] { return parser.emitError(parser.getNameLoc()); }, parser.getContext(),
                    element, dims);
}

void FieldType::print(AsmPrinter &printer) const {
  printer << '<' << getElementType() << ", [";
  llvm::interleaveComma(getDims(), printer, [&](StringAttr dim) { printer << dim.getValue(); });
  printer << "]>";
}

LogicalResult FieldType::verify(function_ref<InFlightDiagnostic()> emitError, Type elementType,
                                ArrayRef<StringAttr> dims) {
  if (!elementType.isIntOrIndexOrFloat())
    return emitError() << "expects a field of integers or floats, but got " << elementType;
  if (dims.empty())
    return emitError() << "expects a field of at least one dimension; without one it is a scalar";
  llvm::SmallDenseSet<StringAttr> seen;
  for (StringAttr dim : dims)
    if (!seen.insert(dim).second)
      return emitError() << "expects the dimensions of a field to be distinct, but '"
                         << dim.getValue() << "' stands twice";
  return success();
}

Type norm::getElementType(Type type) {
  auto field = dyn_cast<FieldType>(type);
  return field ? field.getElementType() : type;
}

ArrayRef<StringAttr> norm::getFieldDims(Type type) {
  auto field = dyn_cast<FieldType>(type);
  return field ? field.getDims() : ArrayRef<StringAttr>();
}

Type norm::getFieldOrScalar(Type elementType, ArrayRef<StringAttr> dims) {
  return dims.empty() ? elementType : FieldType::get(elementType.getContext(), elementType, dims);
}

//===----------------------------------------------------------------------===//
// OrderAttr
//===----------------------------------------------------------------------===//

LogicalResult OrderAttr::verify(function_ref<InFlightDiagnostic()> emitError, int64_t lanes,
                                int64_t run, int64_t segment, int64_t runs, int64_t blocks,
                                int64_t shift, int64_t unit) {
  if (lanes < 1 || lanes > 1024 || !llvm::isPowerOf2_64(lanes))
    return emitError() << "expects lanes to be a power of two from 1 to 1024, but got " << lanes;
  if (run < 0 || segment < 0 || runs < 0 || blocks < 0)
    return emitError() << "expects run, segment, runs and blocks not to be negative, but got "
                       << run << ", " << segment << ", " << runs << " and " << blocks;
  if (shift < 1 || shift > 1024 || !llvm::isPowerOf2_64(shift))
    return emitError() << "expects shift to be a power of two from 1 to 1024, but got " << shift;
  if (unit < 1 || unit > lanes || !llvm::isPowerOf2_64(unit))
    return emitError() << "expects unit to be a power of two from 1 to the number of lanes, "
                       << lanes << ", but got " << unit;
  return success();
}

LogicalResult GPUScheduleAttr::verify(function_ref<InFlightDiagnostic()> emitError, StringRef along,
                                      int64_t width, int64_t threads, int64_t groups, int64_t units,
                                      int64_t most, int64_t cluster, int64_t blocks, bool ahead,
                                      int64_t access) {
  if (along.empty())
    return emitError() << "expects along to name a dimension, but it is empty";
  if (width < 1 || width > 32 || !llvm::isPowerOf2_64(width))
    return emitError() << "expects width to be a power of two from 1 to 32, but got " << width;
  bool isPart = threads < 32 && llvm::isPowerOf2_64(threads);
  if (threads < 1 || threads > 1024 || !(isPart || threads % 32 == 0))
    return emitError() << "expects threads to be a power of two below 32 or a multiple of 32 up to "
                          "1024, but got "
                       << threads;
  if (groups < 1 || groups * threads > 1024)
    return emitError() << "expects 1 to 1024 threads in a block, but got " << groups
                       << " groups of " << threads;
  if (groups > 1 && threads > 32 && !llvm::isPowerOf2_64(threads))
    return emitError() << "expects groups that share a block to have a power of two of threads, "
                          "but got "
                       << threads;
  if (units < 0 || units > 64)
    return emitError() << "expects units from 0 to 64, but got " << units;
  if (most < 0 || (units != 0 && most == 0))
    return emitError() << "expects most to say how many elements fit in units, but got " << most;
  if (ahead && units == 0)
    return emitError() << "expects groups that are copied ahead to be kept, but got 0 units";
  if (blocks < 1 || blocks * groups * threads > 2048)
    return emitError()
           << "expects blocks of a multiprocessor to have at most 2048 threads, but got " << blocks
           << " of " << groups * threads;
  if (cluster < 1 || cluster > 8 || !llvm::isPowerOf2_64(cluster))
    return emitError() << "expects a cluster of 1, 2, 4 or 8 blocks, but got " << cluster;
  if (access != 16 && access != 32)
    return emitError() << "expects accesses of 16 or 32 bytes, but got " << access;
  if (cluster > 1 && (groups > 1 || units == 0 || threads % 32 != 0))
    return emitError() << "expects a cluster's group to be kept by whole warps, and alone, but got "
                       << groups << " groups of " << threads << " threads that keep " << units
                       << " units";
  return success();
}

LogicalResult ScheduleAttr::verify(function_ref<InFlightDiagnostic()> emitError, StringRef along,
                                   int64_t width, int64_t accumulators, bool masked, int64_t rows,
                                   int64_t task, bool pipelined, int64_t columns, bool straight,
                                   bool interleaved, int64_t stream, int64_t streamRows,
                                   int64_t streamColumns, bool streamPipelined, int64_t groups,
                                   bool mixed, int64_t block, int64_t split) {
  if (along.empty())
    return emitError() << "expects along to name a dimension, but it is empty";
  auto isSize = [](int64_t n, int64_t most) {
    return n >= 1 && n <= most && llvm::isPowerOf2_64(n);
  };
  if (!isSize(width, 1024))
    return emitError() << "expects width to be a power of two from 1 to 1024, but got " << width;
  if (!isSize(groups, width / 2) && groups != 1)
    return emitError() << "expects groups to be a power of two below width, " << width
                       << ", but got " << groups;
  if (groups > 1 && task > 1)
    return emitError() << "expects groups or a task to be 1, but got " << groups << " and " << task;
  if (!isSize(block, 64))
    return emitError() << "expects block to be a power of two from 1 to 64, but got " << block;
  if (!isSize(rows, 64))
    return emitError() << "expects rows to be a power of two from 1 to 64, but got " << rows;
  if (!isSize(streamRows, 64))
    return emitError() << "expects streamRows to be a power of two from 1 to 64, but got "
                       << streamRows;
  if (columns < 0 || columns % width != 0 || streamColumns < 0 || streamColumns % width != 0)
    return emitError() << "expects columns and streamColumns to be multiples of width, " << width
                       << ", but got " << columns << " and " << streamColumns;
  if (task < rows || task % rows != 0)
    return emitError() << "expects task to be a multiple of rows, " << rows << ", but got " << task;
  if (split < 0)
    return emitError() << "expects split not to be negative, but got " << split;
  if (stream < 0)
    return emitError() << "expects stream not to be negative, but got " << stream;
  if (accumulators < 1)
    return emitError() << "expects accumulators to be at least 1, but got " << accumulators;
  return success();
}
