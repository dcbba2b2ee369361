//===- GeneralizeUtils.cpp - building a norm.generic ---------------------===//
//
// Program: scalar code or maps, whatever the operands are. GenericBuilder: operands, accesses,
// names.
//
//===----------------------------------------------------------------------===//

#include "GeneralizeUtils.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace mlir::norm;

SmallVector<std::string> Space::inGroupNames() const {
  SmallVector<std::string> names;
  for (const Dim &dim : dims)
    if (dim.inGroup)
      names.push_back(dim.name);
  return names;
}

//===----------------------------------------------------------------------===//
// Program
//===----------------------------------------------------------------------===//

Value Program::constant(double value) {
  return arith::ConstantOp::create(b, loc, b.getFloatAttr(compute, value));
}

Value Program::convert(Value scalar, Type type) {
  unsigned from = scalar.getType().getIntOrFloatBitWidth(), to = type.getIntOrFloatBitWidth();
  if (scalar.getType() == type)
    return scalar;
  if (from < to)
    return arith::ExtFOp::create(b, loc, type, scalar);
  if (from > to)
    return arith::TruncFOp::create(b, loc, type, scalar);
  // f16 and bf16, or the two of 8 bits: each has values that the other lacks.
  return arith::TruncFOp::create(b, loc, type,
                                 arith::ExtFOp::create(b, loc, b.getF32Type(), scalar));
}

Value Program::silu(Value z) {
  Value exp = math::ExpOp::create(b, loc, arith::NegFOp::create(b, loc, z));
  Value one = constant(1.0);
  return div(z, add(one, exp));
}

/// The union of the fields' dimensions, in iteration order.
SmallVector<StringAttr> Program::getDims(ValueRange values) {
  SmallVector<StringAttr> dims;
  for (const Space::Dim &dim : space.dims)
    if (llvm::any_of(values, [&](Value value) {
          return value && llvm::is_contained(getFieldDims(value.getType()), dim.name);
        }))
      dims.push_back(b.getStringAttr(dim.name));
  return dims;
}

SmallVector<Value> Program::map(ValueRange inputs, TypeRange types,
                                function_ref<SmallVector<Value>(ValueRange)> body) {
  SmallVector<StringAttr> dims = getDims(inputs);
  if (dims.empty())
    return body(inputs);
  SmallVector<Value> fields;
  for (Value input : inputs)
    if (input && isa<FieldType>(input.getType()))
      fields.push_back(input);
  auto results =
      llvm::map_to_vector(types, [&](Type type) { return getFieldOrScalar(type, dims); });
  auto build = [&](OpBuilder &nested, Location, ValueRange args) {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPoint(nested.getInsertionBlock(), nested.getInsertionPoint());
    SmallVector<Value> elements;
    unsigned next = 0;
    for (Value input : inputs)
      elements.push_back(input && isa<FieldType>(input.getType()) ? args[next++] : input);
    YieldOp::create(b, loc, body(elements));
  };
  return llvm::to_vector_of<Value>(MapOp::create(b, loc, results, fields, build).getResults());
}

Value Program::map(ValueRange inputs, Type type, function_ref<Value(ValueRange)> body) {
  return map(inputs, TypeRange(type),
             [&](ValueRange args) { return SmallVector<Value>{body(args)}; })
      .front();
}

Value Program::mapToCompute(Value field) {
  if (norm::getElementType(field.getType()) == compute)
    return field;
  return map(field, compute, [&](ValueRange args) { return toCompute(args[0]); });
}

/// The names in `over` that are dimensions of a field.
static SmallVector<StringRef> getCommon(Value field, ArrayRef<std::string> over) {
  SmallVector<StringRef> common;
  for (const std::string &name : over)
    if (llvm::is_contained(getFieldDims(field.getType()), name))
      common.push_back(name);
  return common;
}

ReduceOp Program::reduce(ReduceKind kind, ValueRange fields, ArrayRef<StringRef> over) {
  SmallVector<StringAttr> left;
  for (StringAttr dim : getFieldDims(fields.front().getType()))
    if (!llvm::is_contained(over, dim.getValue()))
      left.push_back(dim);
  SmallVector<Type> types(kind == ReduceKind::Moments ? 3 : 1, getFieldOrScalar(compute, left));
  return ReduceOp::create(b, loc, types, kind, fields, b.getStrArrayAttr(over), AlgorithmAttr(),
                          OrderAttr());
}

Value Program::sum(Value field, ArrayRef<std::string> over) {
  SmallVector<StringRef> common = getCommon(field, over);
  return common.empty() ? field : reduce(ReduceKind::Sum, field, common).getResult(0);
}

Value Program::dot(Value x, Value y, ArrayRef<std::string> over) {
  SmallVector<StringRef> common = getCommon(x, over);
  if (common.empty())
    return map({x, y}, compute, [&](ValueRange args) { return mul(args[0], args[1]); });
  return reduce(ReduceKind::Dot, {x, y}, common).getResult(0);
}

Program::Moments Program::moments(Value field) {
  SmallVector<std::string> names = space.inGroupNames();
  SmallVector<StringRef> common = getCommon(field, names);
  if (common.empty()) {
    // A group of one element is its own mean; the difference is NaN where the element is not
    // finite.
    Value difference = sub(field, field);
    return {constant(1.0), field, mul(difference, difference)};
  }
  ReduceOp moments = reduce(ReduceKind::Moments, field, common);
  return {moments.getResult(0), moments.getResult(1), moments.getResult(2)};
}

Value Program::count(ArrayRef<std::string> over) {
  if (over.empty())
    return constant(1.0);
  SmallVector<StringRef> names(over.begin(), over.end());
  return CountOp::create(b, loc, compute, b.getStrArrayAttr(names));
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// A name that no argument or result of the function has.
static StringAttr makeUnique(FunctionOpInterface function, StringRef name) {
  llvm::StringSet<> taken;
  auto take = [&](Attribute attribute) {
    if (auto string = dyn_cast_or_null<StringAttr>(attribute))
      taken.insert(string.getValue());
  };
  for (unsigned i = 0; i < function.getNumArguments(); ++i)
    take(function.getArgAttr(i, "norm.name"));
  for (unsigned i = 0; i < function.getNumResults(); ++i)
    take(function.getResultAttr(i, "norm.name"));
  std::string unique = name.str();
  for (unsigned i = 2; taken.contains(unique); ++i)
    unique = name.str() + std::to_string(i);
  return StringAttr::get(function.getContext(), unique);
}

/// Where an operand is a function's argument, its name goes into headers and manifests.
static void nameArgument(Value value, StringRef name, StringRef role) {
  auto arg = dyn_cast<BlockArgument>(value);
  if (!arg)
    return;
  auto function = dyn_cast<FunctionOpInterface>(arg.getOwner()->getParentOp());
  if (!function || !arg.getOwner()->isEntryBlock())
    return;
  unsigned number = arg.getArgNumber();
  Builder b(value.getContext());
  if (!function.getArgAttr(number, "norm.name"))
    function.setArgAttr(number, "norm.name", makeUnique(function, name));
  if (!function.getArgAttr(number, "norm.role"))
    function.setArgAttr(number, "norm.role", b.getStringAttr(role));
}

/// Where a result is returned from a function.
static void nameResult(Value value, StringRef name, StringRef role) {
  Builder b(value.getContext());
  for (OpOperand &use : value.getUses()) {
    auto function = dyn_cast<FunctionOpInterface>(use.getOwner()->getParentOp());
    if (!function || !use.getOwner()->hasTrait<OpTrait::ReturnLike>())
      continue;
    unsigned number = use.getOperandNumber();
    if (!function.getResultAttr(number, "norm.name"))
      function.setResultAttr(number, b.getStringAttr("norm.name"), makeUnique(function, name));
    if (!function.getResultAttr(number, "norm.role"))
      function.setResultAttr(number, b.getStringAttr("norm.role"), b.getStringAttr(role));
  }
}

//===----------------------------------------------------------------------===//
// GenericBuilder
//===----------------------------------------------------------------------===//

int GenericBuilder::addInput(Value value, const Access &access, StringRef name, StringRef role) {
  if (!value)
    return -1;
  nameArgument(value, name, role.empty() ? name : role);
  inputs.push_back(value);
  inputAccesses.push_back(access);
  return inputs.size() - 1;
}

void GenericBuilder::addOutput(Value init, const Access &access, StringRef name, StringRef role) {
  inits.push_back(init);
  initAccesses.push_back(access);
  accOrders.push_back(b.getUnitAttr());
  outputNames.emplace_back(name, role.empty() ? name : role);
}

void GenericBuilder::addGradient(Value init, const Access &access, StringRef name) {
  bool lacksGroupDim = llvm::any_of(space.dims, [&](const Space::Dim &dim) {
    return !dim.inGroup && llvm::none_of(access, [&](ArrayRef<std::string> entry) {
      return llvm::is_contained(entry, dim.name);
    });
  });
  if (!lacksGroupDim) {
    addOutput(init, access, name);
    return;
  }
  Type element = getElementTypeOrSelf(init.getType());
  Value zero = arith::ConstantOp::create(b, op->getLoc(), b.getZeroAttr(element));
  Value filled = linalg::FillOp::create(b, op->getLoc(), zero, init).getResult(0);
  addOutput(filled, access, name);
  accOrders.back() = TargetOrderAttr::get(b.getContext());
}

ArrayAttr GenericBuilder::buildAccess(const Access &access) {
  SmallVector<SmallVector<StringRef>> entries;
  for (const SmallVector<std::string> &entry : access)
    entries.emplace_back(entry.begin(), entry.end());
  return GenericOp::buildAccess(b, entries);
}

/// A dimension that the input's type does not know may be known from another operand.
void GenericBuilder::inferStaticExtents() {
  auto look = [&](Space::Dim &dim, Value value, const Access &access) {
    for (auto [position, entry] : llvm::enumerate(access)) {
      int64_t size = cast<RankedTensorType>(value.getType()).getDimSize(position);
      if (entry.size() == 1 && entry[0] == dim.name && !ShapedType::isDynamic(size))
        dim.extent = b.getIndexAttr(size);
    }
  };
  for (Space::Dim &dim : space.dims) {
    if (isa<Attribute>(dim.extent))
      continue;
    for (auto [value, access] : llvm::zip(inputs, inputAccesses))
      look(dim, value, access);
    for (auto [value, access] : llvm::zip(inits, initAccesses))
      look(dim, value, access);
  }
}

GenericOp GenericBuilder::build(RewriterBase &rewriter, FloatType compute,
                                function_ref<SmallVector<Value>(Program &, Inputs)> body,
                                int64_t minCount) {
  for (auto [result, names] : llvm::zip(op->getResults(), outputNames))
    nameResult(result, names.first, names.second);
  inferStaticExtents();
  SmallVector<StringRef> dims, reduce;
  SmallVector<OpFoldResult> extents;
  for (const Space::Dim &dim : space.dims) {
    dims.push_back(dim.name);
    extents.push_back(dim.extent);
    if (dim.inGroup)
      reduce.push_back(dim.name);
  }
  SmallVector<Attribute> accesses;
  for (const Access &access : llvm::concat<Access>(inputAccesses, initAccesses))
    accesses.push_back(buildAccess(access));
  auto generic = GenericOp::create(rewriter, op->getLoc(), inputs, inits, dims, extents, reduce,
                                   b.getArrayAttr(accesses), b.getArrayAttr(accOrders),
                                   [&](OpBuilder &nested, Location loc, ValueRange args) {
                                     Program program(nested, loc, compute, space);
                                     SmallVector<Value> values = body(program, Inputs{args});
                                     YieldOp::create(nested, loc, values);
                                   });
  generic.setMinCount(minCount);
  rewriter.replaceOp(op, generic->getResults());
  return generic;
}
