//===- FuseRotary.cpp - results whose halves are computed of each other ---------===//
//
// The dimension of the parts becomes two: which part, and which element of it. An element of one
// part that needs those of the other finds them by norm.flip; what is computed of them is that of
// its own part.
//
//===----------------------------------------------------------------------===//

#include "FuseRotary.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::norm;

Rotation::Rotation(GenericOp op, const Joined &joined) : op(op), joined(joined) {
  bool first = search(joined.parts[0]), second = search(joined.parts[1]);
  if (results.empty())
    return;
  if (!first || !second) {
    refuse("one of its parts is computed of something else");
    return;
  }
  // All parts are of one dimension.
  unsigned operand = op.getInputs().size() + results.front();
  auto whole = cast<ArrayAttr>(op.getAccesses()[operand]);
  std::optional<int64_t> position;
  for (auto [value, isOf] : isOfParts) {
    std::optional<Part> part = isOf ? matchPart(value) : std::nullopt;
    if (!part || part->source.getDefiningOp() != op)
      continue;
    if (part->parts != joined.kind) {
      refuse("it takes halves and puts pairs together, or pairs and halves");
      return;
    }
    if (position && *position != part->dim) {
      refuse("it takes parts of two dimensions");
      return;
    }
    position = part->dim;
  }
  auto entry = cast<ArrayAttr>(whole[*position]);
  bool isHalves = joined.kind == Parts::Halves;
  Builder b(op.getContext());
  auto extentOf = [&](Attribute name) {
    return op.getStaticExtents()[*op.findDim(cast<StringAttr>(name))];
  };
  if (entry.size() == 1) {
    dim = cast<StringAttr>(entry[0]);
    which = getFreeName(op, "k");
    element = getFreeName(op, "j");
    if (op.isGroupDim(*op.findDim(dim))) {
      refuse("its parts are of different groups");
      return;
    }
    if (ShapedType::isDynamic(extentOf(dim)) || op.getStaticOffsets()[*op.findDim(dim)] != 0) {
      refuse("the size of its parts is not known");
      return;
    }
    // Another order of the elements would be another order of a sum.
    bool isOrdered = llvm::any_of(op.getBody().getOps<ReduceOp>(), [&](ReduceOp reduce) {
      return reduce.getOrder() && llvm::is_contained(reduce.getOver(), dim);
    });
    if (isOrdered && !isHalves) {
      refuse("sums have orders already");
      return;
    }
  } else {
    isSplit = entry.size() == 2 && extentOf(entry[isHalves ? 0 : 1]) == 2;
    if (!isSplit || op.isGroupDim(*op.findDim(cast<StringAttr>(entry[0]))) ||
        op.isGroupDim(*op.findDim(cast<StringAttr>(entry[1])))) {
      refuse("its parts are of a dimension that is several");
      return;
    }
    which = cast<StringAttr>(entry[isHalves ? 0 : 1]);
    element = cast<StringAttr>(entry[isHalves ? 1 : 0]);
  }
  // What is put together has the access of what was taken apart, in an order of its own.
  SmallVector<Attribute> ofPart;
  for (auto [i, other] : llvm::enumerate(whole))
    ofPart.push_back(int64_t(i) == *position ? b.getArrayAttr({element}) : other);
  auto access = b.getArrayAttr(ofPart);
  if (*position != joined.dim) {
    refuse("its parts are put together along another dimension");
    return;
  }
  if (!check(joined.parts[0], access) || !check(joined.parts[1], access))
    return;
  // What is put together has all of its parts.
  Value root = joined.views.front()->getResult(0);
  for (Value part : joined.parts)
    for (unsigned i = 0; i < whole.size(); ++i)
      if (int64_t(i) != joined.dim && !haveSameSize(part, i, root, i)) {
        refuse("its parts may be larger than what is put together");
        return;
      }
  inside.insert_range(joined.views);
  // A part that others read too stays one, of a result that stays.
  for (bool changed = true; changed;) {
    changed = false;
    for (Operation *view : views)
      if (llvm::all_of(view->getUsers(), [&](Operation *user) {
            return inside.contains(op->getBlock()->findAncestorOpInBlock(*user));
          }))
        changed |= inside.insert(view);
  }
  for (const Reader &reader : readers)
    values.push_back(getNumberSource(reader.value));
  operations = inside.takeVector();
  llvm::sort(operations, [](Operation *a, Operation *b) { return a->isBeforeInBlock(b); });
}

bool Rotation::refuse(const Twine &why) {
  if (obstacle.empty())
    obstacle = why.str();
  return false;
}

bool Rotation::search(Value value) {
  auto known = isOfParts.find(value);
  if (known != isOfParts.end())
    return known->second;
  isOfParts[value] = false;
  bool found = false;
  if (std::optional<Part> part = matchPart(value); part && part->source.getDefiningOp() == op) {
    unsigned number = cast<OpResult>(part->source).getResultNumber();
    if (!llvm::is_contained(results, number))
      results.push_back(number);
    found = true;
  } else if (linalg::LinalgOp linalg = getElementwise(value.getDefiningOp());
             linalg && linalg->getBlock() == op->getBlock() && op->isBeforeInBlock(linalg)) {
    for (OpOperand *operand : linalg.getDpsInputOperands())
      found |= search(operand->get());
  }
  isOfParts[value] = found;
  return found;
}

bool Rotation::check(Value value, ArrayAttr access) {
  auto [known, isNew] = accesses.try_emplace(value, access);
  if (!isNew)
    return known->second == access || refuse("it reads a part in two ways");
  if (std::optional<Part> part = matchPart(value); part && part->source.getDefiningOp() == op) {
    unsigned number = cast<OpResult>(part->source).getResultNumber();
    if (op.isAcc(number))
      return refuse("it reads an accumulating result");
    SmallVector<Attribute> entries(
        cast<ArrayAttr>(op.getAccesses()[op.getInputs().size() + number]).getValue());
    bool isHalves = joined.kind == Parts::Halves;
    ArrayAttr split = isHalves ? ArrayAttr::get(op.getContext(), {which, element})
                               : ArrayAttr::get(op.getContext(), {element, which});
    bool isSame = isSplit ? entries[part->dim] == split
                          : entries[part->dim] == ArrayAttr::get(op.getContext(), {dim});
    entries[part->dim] = ArrayAttr::get(op.getContext(), {element});
    if (!isSame || ArrayAttr::get(op.getContext(), entries) != access)
      return refuse("it reads results in two ways");
    views.insert_range(part->views);
    return true;
  }
  linalg::LinalgOp linalg = getElementwise(value.getDefiningOp());
  if (usesInit(linalg))
    return refuse("it computes with what it overwrites");
  for (Operation *user : value.getUsers()) {
    auto reader = dyn_cast<linalg::LinalgOp>(user);
    bool isInside = llvm::is_contained(joined.views, user) ||
                    llvm::is_contained(joined.views, op->getBlock()->findAncestorOpInBlock(*user));
    if (!isInside && (!reader || !isOfParts.lookup(user->getResult(0))))
      return refuse("others read what is computed of a part");
  }
  LoopsInGroup loops(op, linalg, linalg.getMatchingIndexingMap(linalg.getDpsInitOperand(0)),
                     access);
  if (std::string why = loops.findObstacle(); !why.empty())
    return refuse(why);
  for (OpOperand *operand : linalg.getDpsInputOperands()) {
    if (getUniform(operand->get()))
      continue;
    AffineMap map = linalg.getMatchingIndexingMap(operand);
    if (isOfParts.lookup(operand->get())) {
      ArrayAttr indexed = cast_or_null<ArrayAttr>(loops.getAccess(map));
      if (!indexed)
        return refuse("it reads one index of a dimension, or a diagonal");
      if (!check(operand->get(), indexed))
        return false;
      continue;
    }
    // Another result is there already.
    if (auto from = dyn_cast<OpResult>(operand->get()); from && from.getOwner() == op) {
      unsigned number = from.getResultNumber();
      if (op.isAcc(number) ||
          op.getAccesses()[op.getInputs().size() + number] != loops.getAccess(map))
        return refuse("it reads results in two ways");
      if (!llvm::is_contained(results, number))
        results.push_back(number);
      wholes[operand] = number;
      continue;
    }
    ArrayAttr indexed =
        cast_or_null<ArrayAttr>(loops.getAccess(getOperandMap(operand->get(), map)));
    if (!indexed)
      return refuse("it reads one index of a dimension, or a diagonal");
    if (accumulatesOtherwise(op, operand->get(), indexed))
      return refuse("a result accumulates in what it reads");
    numbers[operand] = readers.size();
    readers.push_back({operand->get(), map, indexed});
  }
  for (Value number : loops.getNumbers()) {
    if (!taken.try_emplace(number, readers.size()).second)
      continue;
    if (getNumberSource(number).getDefiningOp() == op)
      return refuse("it reads results in two ways");
    readers.push_back({number, AffineMap::get(linalg.getNumLoops(), 0, op.getContext()),
                       ArrayAttr::get(op.getContext(), {})});
  }
  inside.insert(linalg);
  return true;
}

unsigned Rotation::prepare(RewriterBase &rewriter, Operands &operands, Location loc) {
  if (!isSplit) {
    bool isHalves = joined.kind == Parts::Halves;
    int64_t extent = op.getStaticExtents()[*op.findDim(dim)] / 2;
    Attribute two = rewriter.getIndexAttr(2), rest = rewriter.getIndexAttr(extent);
    // The elements of a part are iterated over last: neighbours are worked on together.
    if (isHalves)
      splitDim(rewriter, op, dim, {which, element}, {two, rest}, {0, 1});
    else
      splitDim(rewriter, op, dim, {element, which}, {rest, two}, {1, 0});
    ArrayRef<Attribute> accesses = op.getAccesses().getValue();
    operands.inputAccesses.assign(accesses.begin(), accesses.begin() + op.getInputs().size());
    operands.initAccesses.assign(accesses.begin() + op.getInputs().size(), accesses.end());
  }
  numInputs = operands.inputs.size();
  for (Reader &reader : readers) {
    operands.inputs.push_back(createOperand(rewriter, loc, reader.value, reader.map));
    operands.inputAccesses.push_back(reader.access);
  }
  return results.front();
}

Value Rotation::emit(RewriterBase &rewriter, GenericOp made, Value value, unsigned number) {
  auto [known, isNew] = emitted.try_emplace({value, number}, Value());
  if (!isNew)
    return known->second;
  Value result;
  if (std::optional<Part> part = matchPart(value); part && part->source.getDefiningOp() == op) {
    Value field = made.getYield().getValues()[cast<OpResult>(part->source).getResultNumber()];
    if (part->number != number) {
      Value &flipped = flips[field];
      if (!flipped)
        flipped = FlipOp::create(rewriter, value.getLoc(), field.getType(), field, which);
      field = flipped;
    }
    result = field;
  } else {
    auto linalg = cast<linalg::LinalgOp>(value.getDefiningOp());
    AffineMap map = linalg.getMatchingIndexingMap(linalg.getDpsInitOperand(0));
    LoopsInGroup loops(made, linalg, map, accesses.lookup(value));
    SmallVector<Value> inputs;
    for (OpOperand *operand : linalg.getDpsInputOperands()) {
      if (TypedAttr splat = getUniform(operand->get()))
        inputs.push_back(arith::ConstantOp::create(rewriter, value.getLoc(), splat));
      else if (isOfParts.lookup(operand->get()))
        inputs.push_back(emit(rewriter, made, operand->get(), number));
      else if (auto whole = wholes.find(operand); whole != wholes.end())
        inputs.push_back(made.getYield().getValues()[whole->second]);
      else
        inputs.push_back(made.getBody().getArgument(numInputs + numbers.lookup(operand)));
    }
    inputs.push_back(Value());
    SmallVector<Value> outside = llvm::map_to_vector(loops.getNumbers(), [&](Value value) -> Value {
      return made.getBody().getArgument(numInputs + taken.lookup(value));
    });
    result = loops
                 .emit(rewriter, inputs, outside, linalg.getBlock()->getTerminator()->getOperand(0),
                       getDims(made))
                 .front();
  }
  return emitted[{value, number}] = result;
}

SmallVector<StringAttr> Rotation::getDims(GenericOp made) {
  unsigned operand = made.getInputs().size() + results.front();
  return llvm::map_to_vector(made.getAccessDims(operand, /*inGroup=*/true),
                             [&](unsigned dim) { return made.getDimName(dim); });
}

Value Rotation::emit(RewriterBase &rewriter, GenericOp made) {
  Value first = emit(rewriter, made, joined.parts[0], 0);
  Value second = emit(rewriter, made, joined.parts[1], 1);
  Location loc = joined.views.front()->getLoc();
  Type type =
      FieldType::get(rewriter.getContext(), norm::getElementType(first.getType()), getDims(made));
  auto map = MapOp::create(
      rewriter, loc, type, {first, second}, [&](OpBuilder &b, Location, ValueRange numbers) {
        Value index = IndexOp::create(b, loc, which);
        Value zero = arith::ConstantIndexOp::create(b, loc, 0);
        Value isFirst = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::eq, index, zero);
        Value chosen = arith::SelectOp::create(b, loc, isFirst, numbers[0], numbers[1]);
        YieldOp::create(b, loc, chosen);
      });
  return map.getResult(0);
}
