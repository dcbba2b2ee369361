//===- GroupEmitter.cpp - the program of one group, element by element ---===//
//
// Fields and scalars at a point: loads, maps, helpers. Reductions are in GroupReductions.cpp.
//
//===----------------------------------------------------------------------===//

#include "GroupEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::norm;

//===----------------------------------------------------------------------===//
// Points and what is known at them
//===----------------------------------------------------------------------===//

SmallVector<Value> GroupEmitter::getKey(Value value, const Point &point) {
  SmallVector<Value> key;
  for (StringAttr dim : getFieldDims(value.getType())) {
    key.push_back(point[*op.findDim(dim)]);
    assert(key.back() && "the dimensions of a field must be bound where it is emitted");
  }
  return key;
}

void GroupEmitter::remember(Value value, const Point &point, Value emitted) {
  memo.push_back({value, getKey(value, point), emitted});
}

SmallVector<Value> GroupEmitter::getIndices(unsigned operand, const Point &point) {
  SmallVector<Value> indices;
  for (ArrayRef<unsigned> entry : op.getAccess(operand)) {
    Value index;
    for (unsigned dim : entry)
      index = index ? createAdd(b, createMul(b, index, extents[dim]), point[dim]) : point[dim];
    indices.push_back(index ? index : arith::ConstantIndexOp::create(b, 0).getResult());
  }
  return indices;
}

bool GroupEmitter::hasVectorDim(unsigned operand) {
  return vector && llvm::any_of(op.getAccess(operand), [&](ArrayRef<unsigned> entry) {
           return llvm::is_contained(entry, vector->dim);
         });
}

Value GroupEmitter::load(Value memref, unsigned operand, ValueRange indices) {
  if (!hasVectorDim(operand))
    return memref::LoadOp::create(b, memref, indices);
  auto type = VectorType::get({vector->width}, getElementTypeOrSelf(memref.getType()));
  if (!mask)
    return vector::LoadOp::create(b, type, memref, indices);
  Value nothing = arith::ConstantOp::create(b, b.getZeroAttr(type));
  return vector::MaskedLoadOp::create(b, type, memref, indices, mask, nothing);
}

void GroupEmitter::store(Value value, Value memref, unsigned operand, ValueRange indices) {
  if (!hasVectorDim(operand)) {
    memref::StoreOp::create(b, value, memref, indices);
    return;
  }
  value = createSplat(b, value, VectorType::get({vector->width}, b.getI1Type()));
  if (mask)
    vector::MaskedStoreOp::create(b, memref, indices, mask, value);
  else
    vector::StoreOp::create(b, value, memref, indices);
}

void GroupEmitter::forRange(unsigned dim, Value from, Value to, int64_t step, Point point,
                            function_ref<void(const Point &)> body) {
  createLoop(b, from, to, step, {}, [&](Value index, ValueRange) -> SmallVector<Value> {
    Scope scope(*this);
    point[dim] = index;
    body(point);
    return {};
  });
}

/// The `count` elements from `from` on, fewer than a chunk.
void GroupEmitter::forRest(Value from, Value count, Point point,
                           function_ref<void(const Point &)> body) {
  unsigned dim = vector->dim;
  if (!vector->masked) {
    ScalarScope scalars(*this);
    return forRange(dim, from, createAdd(b, from, count), 1, point, body);
  }
  Scope scope(*this);
  auto type = VectorType::get({vector->width}, b.getI1Type());
  MaskScope masked(*this, vector::CreateMaskOp::create(b, type, count));
  point[dim] = from;
  body(point);
}

void GroupEmitter::forEach(unsigned dim, Point point, function_ref<void(const Point &)> body) {
  Value zero = arith::ConstantIndexOp::create(b, 0);
  if (!vector || vector->dim != dim)
    return forRange(dim, zero, extents[dim], 1, point, body);
  Value rest = b.createOrFold<arith::RemUIOp>(extents[dim],
                                              arith::ConstantIndexOp::create(b, vector->width));
  Value whole = createSub(b, extents[dim], rest);
  if (getConstantIntValue(whole) != 0)
    forRange(dim, zero, whole, vector->width, point, body);
  std::optional<int64_t> constant = getConstantIntValue(rest);
  if (constant == 0)
    return;
  if (constant)
    return forRest(whole, rest, point, body);
  Value any = arith::CmpIOp::create(b, arith::CmpIPredicate::ne, rest, zero);
  auto branch = scf::IfOp::create(b, any, /*withElseRegion=*/false);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.thenBlock());
  forRest(whole, rest, point, body);
}

void GroupEmitter::forChunk(Value chunk, Point point, function_ref<void(const Point &)> body) {
  unsigned dim = vector->dim;
  Value width = arith::ConstantIndexOp::create(b, vector->width);
  point[dim] = createMul(b, chunk, width);
  Value left = createSub(b, extents[dim], point[dim]);
  std::optional<int64_t> extent = getConstantIntValue(extents[dim]);
  if (extent && *extent < vector->width)
    return forRest(point[dim], left, point, body);
  if (extent && *extent % vector->width == 0) {
    Scope scope(*this);
    return body(point);
  }
  Value whole = arith::CmpIOp::create(b, arith::CmpIPredicate::uge, left, width);
  auto branch = scf::IfOp::create(b, whole, /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.thenBlock());
  {
    Scope scope(*this);
    body(point);
  }
  b.setInsertionPointToStart(branch.elseBlock());
  forRest(point[dim], left, point, body);
}

SmallVector<Value> GroupEmitter::getFieldsBelow(ValueRange roots) {
  llvm::SmallDenseSet<Value> found;
  SmallVector<Value> work(roots);
  while (!work.empty()) {
    Value value = work.pop_back_val();
    if (!isa<FieldType>(value.getType()) || !found.insert(value).second)
      continue;
    if (auto map = value.getDefiningOp<MapOp>())
      llvm::append_range(work, map.getInputs());
  }
  SmallVector<Value> ordered;
  for (Value arg : op.getBody().getArguments())
    if (found.contains(arg))
      ordered.push_back(arg);
  for (Operation &inner : op.getBody().front())
    for (Value result : inner.getResults())
      if (found.contains(result))
        ordered.push_back(result);
  return ordered;
}

void GroupEmitter::emitUniform(unsigned dim, const Point &point) {
  llvm::SmallDenseSet<Value> uniform;
  auto take = [&](Value value) {
    uniform.insert(value);
    emit(value, point);
  };
  for (BlockArgument arg : op.getBody().getArguments())
    if (!isa<FieldType>(arg.getType()) &&
        llvm::none_of(op.getAccess(arg.getArgNumber()),
                      [&](ArrayRef<unsigned> entry) { return llvm::is_contained(entry, dim); }))
      take(arg);
  for (Operation &inner : op.getBody().front().without_terminator()) {
    auto index = dyn_cast<IndexOp>(inner);
    if (isa<MapOp, ReduceOp, FlipOp>(inner) || (index && *op.findDim(index.getDimAttr()) == dim) ||
        llvm::any_of(inner.getOperands(), [&](Value v) { return !uniform.contains(v); }))
      continue;
    for (Value result : inner.getResults())
      take(result);
  }
}

void GroupEmitter::emitBound(ArrayRef<Value> fields, const Point &point) {
  for (Value field : fields)
    if (llvm::all_of(getFieldDims(field.getType()),
                     [&](StringAttr dim) { return point[*op.findDim(dim)] != nullptr; }))
      emit(field, point);
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

void GroupEmitter::emitScalars(const Point &point) {
  for (Operation &inner : op.getBody().front().without_terminator())
    for (Value result : inner.getResults())
      if (!isa<FieldType>(result.getType()))
        emit(result, point);
}

Value GroupEmitter::emit(Value value, const Point &point) {
  SmallVector<Value> key = getKey(value, point);
  for (const Known &known : llvm::reverse(memo))
    if (known.value == value && known.indices == key)
      return known.emitted;

  if (auto arg = dyn_cast<BlockArgument>(value)) {
    unsigned operand = arg.getArgNumber();
    Value loaded = load(op.getInputs()[operand], operand, getIndices(operand, point));
    remember(value, point, loaded);
    return loaded;
  }
  Operation *definition = value.getDefiningOp();
  if (auto map = dyn_cast<MapOp>(definition)) {
    emitMap(map, point);
  } else if (auto reduce = dyn_cast<ReduceOp>(definition)) {
    emitReduce(reduce, point);
  } else if (auto flip = dyn_cast<FlipOp>(definition)) {
    unsigned dim = *op.findDim(flip.getDimAttr());
    Point other = point;
    other[dim] = createSub(b, arith::ConstantIndexOp::create(b, 1), point[dim]);
    remember(value, point, emit(flip.getInput(), other));
  } else {
    IRMapping mapping;
    for (Value operand : definition->getOperands())
      mapping.map(operand, emit(operand, point));
    emitScalarOp(definition, mapping, point);
    for (Value result : definition->getResults())
      remember(result, point, mapping.lookup(result));
  }
  return emit(value, point);
}

void GroupEmitter::emitMap(MapOp map, const Point &point) {
  IRMapping mapping;
  for (auto [arg, input] : llvm::zip(map.getBody().getArguments(), map.getInputs()))
    mapping.map(arg, emit(input, point));
  for (Operation &inner : map.getBody().front().without_terminator()) {
    inner.walk([&](Operation *nested) {
      for (Value operand : nested->getOperands())
        if (!mapping.contains(operand) && operand.getParentBlock() == &op.getBody().front())
          mapping.map(operand, emit(operand, point));
    });
    emitScalarOp(&inner, mapping, point);
  }
  for (auto [result, value] : llvm::zip(map.getResults(), map.getYield().getValues())) {
    Value emitted = mapping.lookupOrNull(value);
    remember(result, point, emitted ? emitted : emit(value, point));
  }
}

Value GroupEmitter::emitCount(ArrayAttr over, Type type) {
  SmallVector<Value> sizes;
  for (Attribute dim : over)
    sizes.push_back(extents[*op.findDim(cast<StringAttr>(dim))]);
  return createFloatOf(b, type, createProduct(b, sizes));
}

void GroupEmitter::emitScalarOp(Operation *scalar, IRMapping &mapping, const Point &point) {
  if (auto index = dyn_cast<IndexOp>(scalar)) {
    unsigned dim = *op.findDim(index.getDimAttr());
    OpFoldResult offset = op.getMixedOffsets()[dim];
    Value start = isa<Value>(offset)
                      ? cast<Value>(offset)
                      : arith::ConstantIndexOp::create(b, op.getStaticOffsets()[dim]).getResult();
    Value position = createAdd(b, start, point[dim]);
    if (vector && vector->dim == dim) {
      auto type = VectorType::get({vector->width}, b.getIndexType());
      position = createBinary<arith::AddIOp>(b, position, vector::StepOp::create(b, type));
    }
    mapping.map(index.getResult(), position);
  } else if (auto count = dyn_cast<CountOp>(scalar)) {
    mapping.map(count.getResult(), emitCount(count.getOver(), count.getType()));
  } else if (auto rsqrt = dyn_cast<RsqrtOp>(scalar)) {
    // `approx` promises less, so the exact form serves both.
    Value root = math::SqrtOp::create(b, mapping.lookup(rsqrt.getInput()));
    mapping.map(rsqrt.getResult(),
                Value(arith::DivFOp::create(b, createFloat(b, root.getType(), 1.0), root)));
  } else if (auto random = dyn_cast<RandomOp>(scalar)) {
    mapping.map(random.getResult(),
                createPhilox(b, mapping.lookup(random.getSeed()),
                             mapping.lookup(random.getOffset()), mapping.lookup(random.getRow()),
                             mapping.lookup(random.getColumn())));
  } else {
    SmallVector<Value> operands;
    for (Value operand : scalar->getOperands())
      operands.push_back(mapping.lookupOrDefault(operand));
    unifyShapes(b, operands);
    Operation *clone = b.clone(*scalar);
    clone->setOperands(operands);
    for (auto [result, same] : llvm::zip(scalar->getResults(), clone->getResults())) {
      if (!operands.empty())
        same.setType(withShapeOf(result.getType(), operands.front().getType()));
      mapping.map(result, same);
    }
  }
}
