//===- GroupEmitter.cpp - the program of one group, element by element ---===//
//
// Fields and scalars at a point: loads, maps, helpers. Reductions are in GroupReductions.cpp.
//
//===----------------------------------------------------------------------===//

#include "GroupEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
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

/// The indices that a value depends on: those of the dimensions in an operand's access, else all of
/// the group's and the field's.
SmallVector<Value> GroupEmitter::getKey(Value value, const Point &point) {
  SmallVector<Value> key;
  auto arg = dyn_cast<BlockArgument>(value);
  for (unsigned dim : arg ? op.getAccessDims(arg.getArgNumber(), /*inGroup=*/false)
                          : op.getDimsWhere(/*inGroup=*/false))
    key.push_back(point[dim]);
  for (StringAttr dim : getFieldDims(value.getType())) {
    key.push_back(point[*op.findDim(dim)]);
    assert(key.back() && "the dimensions of a field must be bound where it is emitted");
  }
  return key;
}

void GroupEmitter::remember(Value value, const Point &point, Value emitted) {
  memo.push_back({value, getKey(value, point), emitted, evensFirst});
}

void GroupEmitter::forget(Value value) {
  llvm::erase_if(memo, [&](const Known &known) { return known.value == value; });
}

const GroupEmitter::Known *GroupEmitter::find(Value value, const Point &point) {
  SmallVector<Value> key = getKey(value, point);
  // What was emitted where a group dimension is not bound is the same all along it.
  auto matches = [](const std::pair<Value, Value> &index) {
    return !std::get<0>(index) || std::get<0>(index) == std::get<1>(index);
  };
  for (const Known &known : llvm::reverse(memo))
    if (known.value == value &&
        (known.evensFirst == evensFirst || !isa<VectorType>(known.emitted.getType())) &&
        llvm::all_of(llvm::zip(known.indices, key),
                     [&](auto pair) { return matches({std::get<0>(pair), std::get<1>(pair)}); }))
      return &known;
  return nullptr;
}

Value GroupEmitter::getConstant(int64_t number) {
  Value &constant = constants[number];
  if (!constant) {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(scratchBlock);
    constant = arith::ConstantIndexOp::create(b, number);
  }
  return constant;
}

void GroupEmitter::emitBarrier() {
  if (!vector || !vector->straight)
    return;
  LLVM::InlineAsmOp::create(
      b, /*res=*/Type(), ValueRange(), "", "~{memory}", /*has_side_effects=*/true,
      /*is_align_stack=*/false, LLVM::TailCallKind::None, LLVM::AsmDialectAttr(), ArrayAttr());
}

SmallVector<Point> GroupEmitter::bind(Points points, unsigned dim, Value index) {
  if (std::optional<int64_t> number = getConstantIntValue(index))
    index = getConstant(*number);
  SmallVector<Point> bound(points);
  for (Point &point : bound)
    point[dim] = index;
  return bound;
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

Type GroupEmitter::getChunkType(Type type) {
  Type element = norm::getElementType(type);
  bool isVector = vector && (vector->across || op.isGroupDim(vector->dim) ||
                             llvm::is_contained(getFieldDims(type), op.getDimName(vector->dim)));
  return isVector ? Type(VectorType::get({vector->width}, element)) : element;
}

bool GroupEmitter::hasOneForGroup(unsigned operand) {
  return vector && vector->across && !hasVectorDim(operand) &&
         llvm::is_contained(op.getAccessDims(operand, /*inGroup=*/false), *vector->across);
}

SmallVector<Value> norm::createShuffle(ImplicitLocOpBuilder &b, ValueRange values,
                                       function_ref<int64_t(int64_t)> index) {
  SmallVector<Value> shuffled;
  for (Value value : values) {
    auto lanes = llvm::seq<int64_t>(0, cast<VectorType>(value.getType()).getDimSize(0));
    shuffled.push_back(
        vector::ShuffleOp::create(b, value, value, llvm::map_to_vector(lanes, index)));
  }
  return shuffled;
}

llvm::MaybeAlign GroupEmitter::getAlignment(Type chunk) {
  if (access == 0)
    return llvm::MaybeAlign();
  auto type = cast<VectorType>(chunk);
  int64_t bytes = type.getNumElements() * type.getElementTypeBitWidth() / 8;
  return llvm::MaybeAlign(std::min(access, bytes));
}

Value GroupEmitter::load(Value memref, unsigned operand, ValueRange indices) {
  if (hasOneForGroup(operand)) {
    int64_t size = vector->width / vector->groups;
    auto type = VectorType::get({vector->groups}, getElementTypeOrSelf(memref.getType()));
    Value loaded = vector::LoadOp::create(b, type, memref, indices);
    SmallVector<int64_t> lanes;
    for (int64_t lane = 0; lane < vector->width; ++lane)
      lanes.push_back(lane / size);
    return vector::ShuffleOp::create(b, loaded, loaded, lanes);
  }
  if (guard && !op.getAccessDims(operand, /*inGroup=*/true).empty()) {
    Value condition = std::exchange(guard, Value());
    Type element = getElementTypeOrSelf(memref.getType());
    Type type = hasVectorDim(operand) ? Type(VectorType::get({vector->width}, element)) : element;
    auto branch = scf::IfOp::create(b, type, condition, /*withElseRegion=*/true);
    OpBuilder::InsertionGuard insertion(b);
    b.setInsertionPointToStart(branch.thenBlock());
    scf::YieldOp::create(b, load(memref, operand, indices));
    b.setInsertionPointToStart(branch.elseBlock());
    Value nothing = arith::ConstantOp::create(b, b.getZeroAttr(type));
    scf::YieldOp::create(b, nothing);
    guard = condition;
    return branch.getResult(0);
  }
  if (!hasVectorDim(operand))
    return memref::LoadOp::create(b, memref, indices);
  auto type = VectorType::get({vector->width}, getElementTypeOrSelf(memref.getType()));
  if (!mask)
    return vector::LoadOp::create(b, type, memref, indices, /*nontemporal=*/once,
                                  getAlignment(type));
  Value nothing = arith::ConstantOp::create(b, b.getZeroAttr(type));
  return vector::MaskedLoadOp::create(b, type, memref, indices, mask, nothing);
}

void GroupEmitter::prefetch(const Point &point, unsigned rowDim, int64_t ahead) {
  Point later = point;
  later[rowDim] = createAdd(b, point[rowDim], getConstant(ahead));
  for (unsigned i = 0; i < op.getInputs().size(); ++i) {
    SmallVector<unsigned> group = op.getAccessDims(i, /*inGroup=*/false);
    if (!hasVectorDim(i) || !llvm::is_contained(group, rowDim))
      continue;
    // A line of the cache is 64 bytes.
    int64_t bytes = getElementTypeOrSelf(buffers[i].getType()).getIntOrFloatBitWidth() / 8;
    for (int64_t element = 0; element < vector->width; element += 64 / bytes) {
      Point at = later;
      at[vector->dim] = createAdd(b, point[vector->dim], getConstant(element));
      memref::PrefetchOp::create(b, buffers[i], getIndices(i, at), /*isWrite=*/false,
                                 /*localityHint=*/3, /*isDataCache=*/true);
    }
  }
}

void GroupEmitter::store(Value value, Value memref, unsigned operand, ValueRange indices,
                         bool pastCache) {
  if (!hasVectorDim(operand) && !hasOneForGroup(operand)) {
    memref::StoreOp::create(b, value, memref, indices);
    return;
  }
  value = createSplat(b, value, VectorType::get({vector->width}, b.getI1Type()));
  if (hasOneForGroup(operand)) {
    int64_t size = vector->width / vector->groups;
    SmallVector<int64_t> lanes;
    for (int64_t group = 0; group < vector->groups; ++group)
      lanes.push_back(group * size);
    value = vector::ShuffleOp::create(b, value, value, lanes);
    vector::StoreOp::create(b, value, memref, indices);
    return;
  }
  if (mask)
    vector::MaskedStoreOp::create(b, memref, indices, mask, value);
  else if (pastCache) {
    // A register at a time.
    int64_t bytes = getElementTypeOrSelf(value.getType()).getIntOrFloatBitWidth() / 8;
    int64_t length = std::min<int64_t>(64 / bytes, vector->width);
    for (int64_t first = 0; first < vector->width; first += length) {
      SmallVector<Value> at(indices);
      at.back() = createAdd(b, at.back(), getConstant(first));
      Value part = value;
      if (length < vector->width)
        part = vector::ExtractStridedSliceOp::create(b, value, first, length, 1);
      vector::StoreOp::create(b, part, memref, at, /*nontemporal=*/true,
                              llvm::MaybeAlign(length * bytes));
    }
  } else
    vector::StoreOp::create(b, value, memref, indices, /*nontemporal=*/false,
                            getAlignment(value.getType()));
}

void GroupEmitter::forRange(unsigned dim, Value from, Value to, int64_t step, Points points,
                            function_ref<void(Points)> body) {
  createLoop(b, from, to, step, {}, [&](Value index, ValueRange) -> SmallVector<Value> {
    Scope scope(*this);
    body(bind(points, dim, index));
    return {};
  });
}

/// The `count` elements from `from` on, fewer than a chunk.
void GroupEmitter::forRest(Value from, Value count, Points points,
                           function_ref<void(Points)> body) {
  unsigned dim = vector->dim;
  if (!vector->masked) {
    ScalarScope scalars(*this);
    return forRange(dim, from, createAdd(b, from, count), 1, points, body);
  }
  Scope scope(*this);
  auto type = VectorType::get({vector->width}, b.getI1Type());
  MaskScope masked(*this, vector::CreateMaskOp::create(b, type, count));
  body(bind(points, dim, from));
}

void GroupEmitter::forEach(unsigned dim, Points points, function_ref<void(Points)> body) {
  Value zero = getConstant(0);
  if (vector && vector->across == dim) {
    createLoop(b, zero, extents[dim], vector->groups, {},
               [&](Value index, ValueRange) -> SmallVector<Value> {
                 Scope scope(*this);
                 body(bind(points, dim, index));
                 return {};
               });
    return;
  }
  if (vector && vector->across && vector->dim == dim)
    return body(bind(points, dim, zero));
  if (!vector || vector->dim != dim)
    return forRange(dim, zero, extents[dim], 1, points, body);
  Value from = zero, to = extents[dim], rest = zero;
  if (range)
    std::tie(from, to) = *range;
  if (!range)
    rest = b.createOrFold<arith::RemUIOp>(to, getConstant(vector->width));
  else if (!vector->divides)
    rest = arith::RemUIOp::create(b, createSub(b, to, from), getConstant(vector->width));
  Value whole = createSub(b, to, rest);
  std::optional<int64_t> number = getConstantIntValue(whole);
  if (vector->straight && number && !range) {
    for (int64_t begin = 0; begin < *number; begin += vector->width) {
      Scope scope(*this);
      body(bind(points, dim, getConstant(begin)));
    }
  } else if (number != 0) {
    forRange(dim, from, whole, vector->width, points, body);
  }
  std::optional<int64_t> constant = getConstantIntValue(rest);
  if (constant == 0)
    return;
  if (constant)
    return forRest(whole, rest, points, body);
  Value any = arith::CmpIOp::create(b, arith::CmpIPredicate::ne, rest, zero);
  auto branch = scf::IfOp::create(b, any, /*withElseRegion=*/false);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.thenBlock());
  forRest(whole, rest, points, body);
}

void GroupEmitter::forChunk(Value chunk, Point point, function_ref<void(const Point &)> body) {
  unsigned dim = vector->dim;
  Value width = arith::ConstantIndexOp::create(b, vector->width);
  point[dim] = createMul(b, chunk, width);
  Value left = createSub(b, extents[dim], point[dim]);
  std::optional<int64_t> extent = getConstantIntValue(extents[dim]);
  auto rest = [&](Points points) { body(points.front()); };
  if (extent && *extent < vector->width)
    return forRest(point[dim], left, point, rest);
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
  forRest(point[dim], left, point, rest);
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

SmallVector<Value> GroupEmitter::emitScalars(Points points, ValueRange sums, bool onlyFirst) {
  // Loaded once: the loops that use them store to memory that might be theirs.
  for (BlockArgument arg : op.getBody().getArguments())
    if (!isa<FieldType>(arg.getType()))
      for (const Point &point : points)
        emit(arg, point);
  // Of several groups: a vector with one lane for each, or what is the same for all.
  DenseMap<Value, Value> packed;
  auto getPacked = [&](Value value) {
    Value &known = packed[value];
    if (known)
      return known;
    SmallVector<Value> each;
    for (const Point &point : points)
      each.push_back(emit(value, point));
    if (llvm::all_equal(each))
      return known = each.front();
    auto type = VectorType::get({int64_t(each.size())}, each.front().getType());
    return known = vector::FromElementsOp::create(b, type, each);
  };
  for (Operation &inner : op.getBody().front().without_terminator()) {
    if (isa<MapOp, FlipOp>(inner))
      continue;
    SmallVector<Value> results = inner.getResults();
    if (auto reduce = dyn_cast<ReduceOp>(inner)) {
      if (isa<FieldType>(results.front().getType()) || find(results.front(), points.front()))
        continue;
      SmallVector<ReduceOp> siblings = getSiblings(reduce, points.front());
      SmallVector<Value> values = emitReduces(siblings, points, sums, onlyFirst);
      if (onlyFirst)
        return values;
      sums = {};
      ArrayRef<Value> rest = values;
      for (ReduceOp sibling : siblings)
        for (Value result : sibling.getResults()) {
          packed[result] = rest.front();
          rest = rest.drop_front();
        }
    } else if (points.size() == 1 || isa<IndexOp>(inner)) {
      for (Value result : results)
        for (const Point &point : points)
          emit(result, point);
    } else {
      IRMapping mapping;
      for (Value operand : inner.getOperands())
        mapping.map(operand, getPacked(operand));
      emitScalarOp(&inner, mapping, points.front());
      for (Value result : results) {
        Value all = packed[result] = mapping.lookup(result);
        for (auto [i, point] : llvm::enumerate(points))
          remember(result, point,
                   isa<VectorType>(all.getType()) ? vector::ExtractOp::create(b, all, i) : all);
      }
    }
  }
  return {};
}

/// Whether a chunk is bf16 as it lies in memory: its even elements come first when it is widened,
/// those of anything else when it is loaded.
static bool isWords(Value chunk) {
  return getElementTypeOrSelf(chunk.getType()).isBF16() &&
         isa_and_present<vector::LoadOp, vector::MaskedLoadOp>(chunk.getDefiningOp());
}

Value GroupEmitter::emit(Value value, const Point &point) {
  if (const Known *known = find(value, point))
    return known->emitted;

  if (auto arg = dyn_cast<BlockArgument>(value)) {
    unsigned operand = arg.getArgNumber();
    Value loaded = load(buffers[operand], operand, getIndices(operand, point));
    if (evensFirst && !isWords(loaded))
      loaded = putEvensFirst(loaded);
    remember(value, point, loaded);
    return loaded;
  }
  Kept *buffer = findKept(value);
  if (buffer && buffer->filled) {
    remember(value, point, loadChunk(buffer->buffer, getKeptIndices(point)));
    return emit(value, point);
  }
  Operation *definition = value.getDefiningOp();
  if (auto map = dyn_cast<MapOp>(definition)) {
    emitMap(map, point);
  } else if (auto reduce = dyn_cast<ReduceOp>(definition)) {
    emitReduces(reduce, point);
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
    if (!emitted)
      emitted = emit(value, point);
    remember(result, point, emitted);
    if (Kept *buffer = findKept(result); buffer && !looksAhead)
      storeChunk(emitted, buffer->buffer, getKeptIndices(point));
  }
}

GroupEmitter::InterleavedScope::InterleavedScope(GroupEmitter &emitter, ArrayRef<Value> fields)
    : emitter(emitter), before(emitter.evensFirst) {
  const std::optional<VectorDim> &vector = emitter.vector;
  if (!vector || !vector->interleaved)
    return;
  // Wide elements are shuffled, two operations where each narrow field saves two.
  auto isNarrow = [&](Value field) {
    auto arg = dyn_cast<BlockArgument>(field);
    return arg && emitter.hasVectorDim(arg.getArgNumber()) &&
           norm::getElementType(field.getType()).isBF16();
  };
  auto numNarrow = llvm::count_if(fields, isNarrow);
  auto fits = [&](Value field) {
    if (auto arg = dyn_cast<BlockArgument>(field))
      return !emitter.hasVectorDim(arg.getArgNumber()) || isNarrow(field) || numNarrow > 1;
    // What a map does to an element must not depend on where it is, and it widens bf16 before
    // anything else.
    auto map = field.getDefiningOp<MapOp>();
    bool plain = map != nullptr;
    if (map)
      map.getBody().walk([&](Operation *nested) {
        for (Value operand : nested->getOperands())
          plain &= !operand.getType().isBF16() || isa<arith::ExtFOp>(nested);
        plain &= !isa<IndexOp, RandomOp>(nested);
      });
    return plain;
  };
  // What is kept for later loops is in order.
  bool looks = llvm::any_of(emitter.op.getBody().getOps<IndexOp>(), [&](IndexOp index) {
    return emitter.op.findDim(index.getDimAttr()) == vector->dim;
  });
  emitter.evensFirst = numNarrow > 0 && !looks && llvm::all_of(fields, [&](Value field) {
                         return fits(field) && !emitter.findKept(field);
                       });
}

Value GroupEmitter::putEvensFirst(Value chunk) {
  if (!isa<VectorType>(chunk.getType()))
    return chunk;
  int64_t half = vector->width / 2;
  return createShuffle(b, chunk,
                       [&](int64_t lane) { return lane < half ? 2 * lane : 2 * (lane - half) + 1; })
      .front();
}

Value GroupEmitter::putInOrder(Value chunk) {
  int64_t half = vector->width / 2;
  return createShuffle(b, chunk, [&](int64_t lane) { return lane / 2 + lane % 2 * half; }).front();
}

/// bf16 as f32, the even elements first: they are the lower halves of 32-bit words, the odd ones
/// the upper halves.
static Value createEvensThenOdds(ImplicitLocOpBuilder &b, Value chunk) {
  int64_t width = cast<VectorType>(chunk.getType()).getDimSize(0);
  auto words = VectorType::get({width / 2}, b.getI32Type());
  auto floats = VectorType::get({width / 2}, b.getF32Type());
  auto constant = [&](uint32_t value) -> Value {
    return arith::ConstantOp::create(b, DenseElementsAttr::get(words, APInt(32, value)));
  };
  Value word = vector::BitCastOp::create(b, words, chunk);
  Value even = arith::ShLIOp::create(b, word, constant(16));
  Value odd = arith::AndIOp::create(b, word, constant(0xffff0000));
  return vector::ShuffleOp::create(b, vector::BitCastOp::create(b, floats, even),
                                   vector::BitCastOp::create(b, floats, odd),
                                   llvm::to_vector(llvm::seq(width)));
}

Value GroupEmitter::extend(Value value, Type type) {
  type = withShapeOf(type, value.getType());
  if (value.getType() == type)
    return value;
  if (evensFirst && isWords(value))
    return extend(createEvensThenOdds(b, value), getElementTypeOrSelf(type));
  return arith::ExtFOp::create(b, type, value);
}

Value GroupEmitter::emitElement(Value field, const Point &point, Type type) {
  return createSplat(b, extend(emit(field, point), type), getChunkType(field.getType()));
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
      // What vector.step is: a GPU's road has no lowering of it.
      auto lanes = llvm::to_vector(llvm::seq<int64_t>(0, vector->width));
      Value step = arith::ConstantOp::create(b, b.getIndexVectorAttr(lanes));
      position = createBinary<arith::AddIOp>(b, position, step);
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
  } else if (auto wider = dyn_cast<arith::ExtFOp>(scalar)) {
    mapping.map(wider.getOut(), extend(mapping.lookup(wider.getIn()), wider.getType()));
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
