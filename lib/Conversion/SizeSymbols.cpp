//===- SizeSymbols.cpp - which sizes of a function have to be equal ------===//
//
// A union-find over dimensions of values, iteration dimensions and index values.
//
//===----------------------------------------------------------------------===//

#include "SizeSymbols.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace mlir::norm;

unsigned SizeSymbols::make() {
  parent.push_back(parent.size());
  classes.emplace_back();
  return parent.size() - 1;
}

unsigned SizeSymbols::find(unsigned id) {
  while (parent[id] != id)
    id = parent[id] = parent[parent[id]];
  return id;
}

void SizeSymbols::setSize(unsigned id, int64_t size) {
  Class &c = classes[find(id)];
  if (c.size && *c.size != size && !conflict)
    conflict = {*c.size, size};
  c.size = size;
}

void SizeSymbols::unite(unsigned a, unsigned b) {
  a = find(a);
  b = find(b);
  if (a == b)
    return;
  if (b < a)
    std::swap(a, b);
  if (classes[b].size)
    setSize(a, *classes[b].size);
  llvm::append_range(classes[a].products, classes[b].products);
  llvm::append_range(classes[a].dimNames, classes[b].dimNames);
  parent[b] = a;
}

unsigned SizeSymbols::ofDim(Value shaped, unsigned dim) {
  auto [it, isNew] = dims.try_emplace({shaped, dim}, 0);
  if (isNew) {
    it->second = make();
    int64_t size = cast<ShapedType>(shaped.getType()).getDimSize(dim);
    if (!ShapedType::isDynamic(size))
      setSize(it->second, size);
  }
  return dims.lookup({shaped, dim});
}

unsigned SizeSymbols::ofIndex(Value index) {
  auto [it, isNew] = indices.try_emplace(index, 0);
  if (isNew) {
    it->second = make();
    if (auto size = getConstantIntValue(index))
      setSize(it->second, *size);
  }
  return indices.lookup(index);
}

unsigned SizeSymbols::ofFoldResult(OpFoldResult size) {
  if (auto value = dyn_cast<Value>(size))
    return ofIndex(value);
  unsigned id = make();
  setSize(id, *getConstantIntValue(size));
  return id;
}

unsigned SizeSymbols::ofIterDim(GenericOp op, unsigned iterDim) {
  auto [it, isNew] = iterDims.try_emplace({op, iterDim}, 0);
  if (isNew) {
    it->second = make();
    classes[it->second].dimNames.push_back(op.getDimName(iterDim));
  }
  return iterDims.lookup({op, iterDim});
}

void SizeSymbols::uniteShapes(Value a, Value b) {
  auto type = dyn_cast<ShapedType>(a.getType());
  auto other = dyn_cast<ShapedType>(b.getType());
  if (!type || !other || !type.hasRank() || !other.hasRank() || type.getRank() != other.getRank())
    return;
  for (unsigned d = 0; d < type.getRank(); ++d)
    unite(ofDim(a, d), ofDim(b, d));
}

void SizeSymbols::collect(GenericOp op) {
  for (auto [d, extent] : llvm::enumerate(op.getMixedExtents()))
    unite(ofIterDim(op, d), ofFoldResult(extent));
  SmallVector<Value> operands(op.getInputs());
  llvm::append_range(operands, op.getInits());
  for (auto [i, operand] : llvm::enumerate(operands))
    for (auto [d, entry] : llvm::enumerate(op.getAccess(i))) {
      unsigned id = ofDim(operand, d);
      if (entry.size() == 1) {
        unite(id, ofIterDim(op, entry[0]));
        continue;
      }
      SmallVector<unsigned> product;
      for (unsigned dim : entry)
        product.push_back(ofIterDim(op, dim));
      classes[find(id)].products.push_back(std::move(product));
    }
}

void SizeSymbols::uniteGroups(Value whole, Value parts, ArrayRef<ReassociationIndices> groups) {
  for (auto [d, group] : llvm::enumerate(groups)) {
    unsigned id = ofDim(whole, d);
    if (group.size() == 1) {
      unite(id, ofDim(parts, group.front()));
      continue;
    }
    SmallVector<unsigned> product;
    for (int64_t part : group)
      product.push_back(ofDim(parts, part));
    classes[find(id)].products.push_back(std::move(product));
  }
}

void SizeSymbols::collect(Operation *op) {
  if (auto dst = dyn_cast<DestinationStyleOpInterface>(op))
    for (auto [init, result] : llvm::zip(dst.getDpsInits(), op->getResults()))
      uniteShapes(init, result);
  if (auto generic = dyn_cast<GenericOp>(op)) {
    collect(generic);
  } else if (auto dim = dyn_cast<ShapedDimOpInterface>(op)) {
    auto index = getConstantIntValue(dim.getDimension());
    auto type = cast<ShapedType>(dim.getShapedValue().getType());
    if (index && type.hasRank() && *index >= 0 && *index < type.getRank())
      unite(ofIndex(op->getResult(0)), ofDim(dim.getShapedValue(), *index));
  } else if (auto empty = dyn_cast<tensor::EmptyOp>(op)) {
    for (auto [d, size] : llvm::enumerate(empty.getMixedSizes()))
      unite(ofDim(empty, d), ofFoldResult(size));
  } else if (auto expand = dyn_cast<tensor::ExpandShapeOp>(op)) {
    for (auto [d, size] : llvm::enumerate(expand.getMixedOutputShape()))
      unite(ofDim(expand, d), ofFoldResult(size));
    uniteGroups(expand.getSrc(), expand, expand.getReassociationIndices());
  } else if (auto collapse = dyn_cast<tensor::CollapseShapeOp>(op)) {
    uniteGroups(collapse, collapse.getSrc(), collapse.getReassociationIndices());
  } else if (auto slice = dyn_cast<tensor::ExtractSliceOp>(op)) {
    llvm::SmallBitVector dropped = slice.getDroppedDims();
    unsigned d = 0;
    for (auto [number, size] : llvm::enumerate(slice.getMixedSizes()))
      if (!dropped[number])
        unite(ofDim(slice, d++), ofFoldResult(size));
  } else if (auto cast = dyn_cast<tensor::CastOp>(op)) {
    uniteShapes(cast.getSource(), cast.getDest());
  } else if (auto cast = dyn_cast<memref::CastOp>(op)) {
    uniteShapes(cast.getSource(), cast.getDest());
  } else if (auto mul = dyn_cast<arith::MulIOp>(op); mul && mul.getType().isIndex()) {
    unsigned id = ofIndex(mul);
    SmallVector<unsigned> product{ofIndex(mul.getLhs()), ofIndex(mul.getRhs())};
    classes[find(id)].products.push_back(std::move(product));
  } else if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op)) {
    // Loops that two operands index plainly have one extent.
    DenseMap<unsigned, unsigned> loops;
    for (OpOperand &operand : op->getOpOperands()) {
      if (!isa<ShapedType>(operand.get().getType()))
        continue;
      AffineMap map = linalgOp.getMatchingIndexingMap(&operand);
      for (auto [d, expr] : llvm::enumerate(map.getResults()))
        if (auto loop = dyn_cast<AffineDimExpr>(expr)) {
          unsigned id = ofDim(operand.get(), d);
          auto [it, isNew] = loops.try_emplace(loop.getPosition(), id);
          if (!isNew)
            unite(it->second, id);
        }
    }
  } else if (op->hasTrait<OpTrait::Elementwise>()) {
    for (Value operand : op->getOperands())
      for (Value result : op->getResults())
        uniteShapes(operand, result);
  }
}

LogicalResult SizeSymbols::collect() {
  func.walk([&](Operation *op) { collect(op); });
  if (conflict)
    return func.emitError("kernel has dimensions of sizes ")
           << conflict->first << " and " << conflict->second << " that have to be equal";
  return success();
}

SizeSymbols::Size SizeSymbols::expand(unsigned id, SmallVector<unsigned> visiting) {
  id = find(id);
  Class &c = classes[id];
  Size result;
  if (c.size) {
    result.factor = *c.size;
    return result;
  }
  visiting.push_back(id);
  for (const SmallVector<unsigned> &product : c.products) {
    // c = c * 1 says nothing about c.
    if (llvm::any_of(product, [&](unsigned p) { return llvm::is_contained(visiting, find(p)); }))
      continue;
    for (unsigned part : product) {
      Size size = expand(part, visiting);
      result.factor *= size.factor;
      llvm::append_range(result.symbols, size.symbols);
    }
    return result;
  }
  result.symbols.push_back(id);
  return result;
}

StringAttr SizeSymbols::getName(unsigned symbol, const Twine &hint) {
  Class &c = classes[find(symbol)];
  if (c.name)
    return c.name;
  SmallVector<std::string> wanted;
  for (StringAttr name : c.dimNames)
    wanted.push_back(name.str());
  if (wanted.empty())
    wanted.push_back(hint.str());
  auto free = llvm::find_if(wanted, [&](StringRef name) { return taken.insert(name).second; });
  std::string name = free == wanted.end() ? "" : *free;
  for (unsigned i = 1; name.empty(); ++i)
    if (std::string numbered = wanted.front() + std::to_string(i); taken.insert(numbered).second)
      name = numbered;
  return c.name = StringAttr::get(func.getContext(), name);
}

StringAttr SizeSymbols::format(const Size &size, const Twine &hint) {
  std::string hintText = hint.str();
  KernelDim dim{size.factor, {}};
  for (unsigned symbol : size.symbols)
    dim.symbols.push_back(getName(symbol, hintText));
  return StringAttr::get(func.getContext(), dim.str());
}
