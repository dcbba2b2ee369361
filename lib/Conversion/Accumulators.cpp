//===- Accumulators.cpp - results that sum over groups ----------------------===//
//
// Blocks of rows, their partial sums, and the fold of those.
//
//===----------------------------------------------------------------------===//

#include "Accumulators.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::norm;

SmallVector<unsigned> norm::getDroppedDims(GenericOp op, unsigned output) {
  SmallVector<unsigned> named = op.getAccessDims(op.getInputs().size() + output, false), dropped;
  for (unsigned dim : op.getDimsWhere(/*inGroup=*/false))
    if (!llvm::is_contained(named, dim))
      dropped.push_back(dim);
  return dropped;
}

bool norm::isProduct(Value field) {
  auto map = field.getDefiningOp<MapOp>();
  if (!map)
    return false;
  Operation *terminator = map.getBody().front().getTerminator();
  Value yielded = terminator->getOperand(cast<OpResult>(field).getResultNumber());
  return yielded.getDefiningOp<arith::MulFOp>() != nullptr;
}

Value norm::createAccumulate(ImplicitLocOpBuilder &b, Value sum, Value value, bool isProduct) {
  if (auto product = value.getDefiningOp<arith::MulFOp>(); product && isProduct)
    return math::FmaOp::create(b, product.getLhs(), product.getRhs(),
                               createSplat(b, sum, value.getType()));
  return createBinary<arith::AddFOp>(b, sum, value);
}

SmallVector<Value> norm::createSizes(ImplicitLocOpBuilder &b, Value memref) {
  SmallVector<Value> sizes;
  for (int64_t i = 0, e = cast<MemRefType>(memref.getType()).getRank(); i < e; ++i)
    sizes.push_back(b.createOrFold<memref::DimOp>(memref, i));
  return sizes;
}

Accumulators::Accumulators(GenericOp op, ArrayRef<Value> extents, ImplicitLocOpBuilder &b)
    : op(op), extents(extents) {
  for (unsigned i = 0; i < op.getInits().size(); ++i)
    if (op.getAccOrder(i))
      outputs.push_back(i);
  dropped = getDroppedDims(op, outputs.front());
  OrderAttr order = op.getAccOrder(outputs.front());
  SmallVector<Value> sizes;
  for (unsigned dim : dropped)
    sizes.push_back(extents[dim]);
  rows = createProduct(b, sizes);
  // max(segment, pow2ceil(rows / blocks)); all rows are one block where blocks is 0.
  Value one = arith::ConstantIndexOp::create(b, 1);
  blockSize = arith::MaxUIOp::create(b, rows, one);
  if (order.getBlocks()) {
    Value share = createCeilDiv(b, rows, arith::ConstantIndexOp::create(b, order.getBlocks()));
    blockSize = arith::MaxUIOp::create(
        b, arith::ConstantIndexOp::create(b, std::max<int64_t>(1, order.getSegment())),
        createPow2Ceil(b, share));
  }
  numBlocks = createCeilDiv(b, rows, blockSize);

  partials.resize(op.getInits().size());
  for (unsigned output : outputs) {
    auto type = cast<MemRefType>(op.getInits()[output].getType());
    SmallVector<int64_t> shape{ShapedType::kDynamic};
    llvm::append_range(shape, type.getShape());
    SmallVector<Value> dynamic{numBlocks};
    for (auto [i, size] : llvm::enumerate(createSizes(b, op.getInits()[output])))
      if (type.isDynamicDim(i))
        dynamic.push_back(size);
    partials[output] =
        memref::AllocOp::create(b, MemRefType::get(shape, type.getElementType()), dynamic);
  }
}

void Accumulators::fold(ImplicitLocOpBuilder &b, const std::optional<VectorDim> &vector,
                        Tasks createTasks) {
  for (unsigned output : outputs) {
    Value init = op.getInits()[output];
    unsigned operand = op.getInputs().size() + output;
    GenericOp::Access access = op.getInitAccess(output);
    bool chunks = vector && access.size() == 1 && access[0] == ArrayRef(vector->dim);
    SmallVector<Value> sizes = createSizes(b, init);
    Value count = createProduct(b, sizes);
    if (chunks)
      count = createCeilDiv(b, count, arith::ConstantIndexOp::create(b, vector->width));
    createTasks(count, [&](Value task, Block *scratch) {
      GroupEmitter emitter(op, extents, vector, b, scratch);
      auto foldAt = [&](ValueRange indices) {
        Value neutral = createFloat(b, cast<MemRefType>(init.getType()).getElementType(), 0.0);
        Value before = emitter.load(init, operand, indices);
        neutral = createSplat(b, neutral, before.getType());
        Value zero = arith::ConstantIndexOp::create(b, 0);
        Value sum = createLoop(b, zero, numBlocks, 1, neutral,
                               [&](Value number, ValueRange acc) -> SmallVector<Value> {
                                 SmallVector<Value> at{number};
                                 llvm::append_range(at, indices);
                                 Value partial = emitter.load(partials[output], operand, at);
                                 return {arith::AddFOp::create(b, acc.front(), partial)};
                               })
                        .front();
        emitter.store(arith::AddFOp::create(b, before, sum), init, operand, indices);
      };
      if (chunks) {
        emitter.forChunk(task, Point(op.getNumDims()),
                         [&](const Point &point) { foldAt(point[vector->dim]); });
      } else {
        GroupEmitter::ScalarScope scalars(emitter);
        foldAt(createDelinearize(b, task, sizes));
      }
    });
  }
}
