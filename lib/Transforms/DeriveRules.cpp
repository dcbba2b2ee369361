//===- DeriveRules.cpp - the gradient of a program -------------------------===//
//
// One rule for each operation. Where it decides about overflow or about the number of sums, the
// rule is not the one of the textbook: the gradient of a root comes times the root, so that sums
// are of the normalized value, and the mean inside of a variance has none.
//
//===----------------------------------------------------------------------===//

#include "DeriveRules.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::norm;
using namespace mlir::norm::derive;

Reverse::Reverse(Graph &graph, Terms &terms, ArrayRef<unsigned> wanted)
    : graph(graph), terms(terms) {
  for (unsigned id = 0; id < graph.size(); ++id) {
    const Node &node = graph[id];
    if (node.kind == Node::Kind::Input)
      active.push_back(llvm::is_contained(wanted, node.number));
    else
      active.push_back(
          isa<FloatType>(node.type) &&
          llvm::any_of(node.operands, [&](unsigned operand) { return active[operand]; }));
  }
}

void Reverse::seed(unsigned output, unsigned arriving) {
  unsigned id = graph.yielded[output];
  if (!active[id])
    return;
  Dims dims = graph[arriving].dims;
  give(id, terms.times({}, arriving), dims);
}

std::string Reverse::run() {
  for (unsigned id = active.size(); id-- > 0;) {
    if (!active[id] || (!parts.contains(id) && !relativeParts.contains(id)))
      continue;
    Product arriving = collect(parts.lookup(id));
    if (isRoot(id)) {
      SmallVector<Product> all{collect(relativeParts.lookup(id))};
      all.push_back(terms.times(arriving, id));
      arriving = terms.add(all);
    }
    if (arriving.isZero())
      continue;
    if (std::string obstacle = visit(id, arriving); !obstacle.empty())
      return obstacle;
  }
  return "";
}

bool Reverse::isRoot(unsigned id) const {
  const Node &node = graph[id];
  if (node.is("math.powf"))
    if (std::optional<double> exponent = graph.getConstant(node.operands[1]))
      return std::abs(*exponent) == 0.5;
  return node.is("norm.rsqrt") || node.is("math.rsqrt") || node.is("math.sqrt");
}

Product Reverse::collect(ArrayRef<Part> all) {
  // One sum for all that is summed over the same dimensions.
  SmallVector<Product> summed;
  SmallVector<Dims> done;
  for (const Part &part : all) {
    if (llvm::is_contained(done, part.over))
      continue;
    done.push_back(part.over);
    SmallVector<Product> same;
    for (const Part &other : all)
      if (other.over == part.over)
        same.push_back(other.product);
    summed.push_back(terms.sum(terms.add(same), part.over));
  }
  return terms.add(summed);
}

void Reverse::give(unsigned id, const Product &product, ArrayRef<StringAttr> from) {
  if (active[id])
    parts[id].push_back({product, without(from, graph[id].dims)});
}

void Reverse::giveFactor(unsigned id, const Product &product, const Product &relative,
                         ArrayRef<StringAttr> from) {
  if (!isRoot(id))
    give(id, product, from);
  else if (active[id])
    relativeParts[id].push_back({relative, without(from, graph[id].dims)});
}

unsigned Reverse::compare(StringRef predicate, unsigned x, unsigned y) {
  Builder b(graph.op.getContext());
  auto value = arith::symbolizeCmpFPredicate(predicate);
  return graph.element(
      "arith.cmpf", {x, y}, b.getI1Type(),
      b.getNamedAttr("predicate", arith::CmpFPredicateAttr::get(b.getContext(), *value)));
}

/// Not a product with 0 or 1: what is selected against may be NaN.
Product Reverse::select(const Product &product, unsigned condition, bool whereTrue) {
  auto [numbers, fields] = terms.split(product);
  unsigned value = terms.materialize(fields), zero = graph.constant(0);
  unsigned chosen = graph.element("arith.select",
                                  {condition, whereTrue ? value : zero, whereTrue ? zero : value});
  return terms.times(numbers, chosen);
}

std::string Reverse::visit(unsigned id, const Product &arriving) {
  // A copy: nodes are added.
  Node node = graph[id];
  switch (node.kind) {
  case Node::Kind::Input:
    gradients[node.number] = arriving;
    return "";
  case Node::Kind::Element:
    return visitElement(id, arriving);
  case Node::Kind::Reduce:
    return visitReduce(id, arriving);
  case Node::Kind::Flip: {
    // What is the same for both halves needs no exchange.
    Product same{arriving.coefficient}, exchanged;
    auto sort = [&](ArrayRef<unsigned> ids, SmallVector<unsigned> &out, SmallVector<unsigned> &in) {
      for (unsigned factor : ids)
        (intersects(graph[factor].dims, node.over) ? in : out).push_back(factor);
    };
    sort(arriving.factors, same.factors, exchanged.factors);
    sort(arriving.divisors, same.divisors, exchanged.divisors);
    unsigned flipped = graph.flip(terms.materialize(exchanged), node.over[0]);
    give(node.operands[0], terms.times(same, flipped), node.dims);
    return "";
  }
  default:
    return "";
  }
}

std::string Reverse::visitElement(unsigned id, const Product &arriving) {
  Node node = graph[id];
  Product p = arriving;
  auto operand = [&](unsigned i) { return node.operands[i]; };
  auto to = [&](unsigned i, const Product &product) { give(operand(i), product, node.dims); };
  auto with = [&](double factor, ArrayRef<unsigned> factors) {
    Product product = terms.scaled(p, factor);
    for (unsigned id : factors)
      product = terms.times(product, id);
    return product;
  };

  if (node.is("arith.addf") || node.is("arith.subf")) {
    to(0, p);
    to(1, node.is("arith.addf") ? p : with(-1, {}));
  } else if (node.is("arith.negf")) {
    to(0, with(-1, {}));
  } else if (node.is("arith.extf") || node.is("arith.truncf")) {
    to(0, p);
  } else if (node.is("arith.mulf")) {
    for (unsigned i : {0, 1})
      giveFactor(operand(i), with(1, {operand(1 - i)}), with(1, {id}), node.dims);
  } else if (node.is("arith.divf")) {
    Product quotient = with(-1, {id}), over = terms.over(p, operand(1));
    giveFactor(operand(0), over, with(1, {id}), node.dims);
    giveFactor(operand(1), terms.over(quotient, operand(1)), quotient, node.dims);
  } else if (node.is("math.fma")) {
    for (unsigned i : {0, 1})
      to(i, with(1, {operand(1 - i)}));
    to(2, p);
  } else if (node.is("arith.select")) {
    to(1, select(p, operand(0), true));
    to(2, select(p, operand(0), false));
  } else if (node.is("arith.maximumf") || node.is("arith.minimumf") || node.is("arith.maxnumf") ||
             node.is("arith.minnumf")) {
    visitExtremum(id, p);
  } else if (node.is("math.exp")) {
    to(0, with(1, {id}));
  } else if (node.is("math.exp2")) {
    to(0, with(llvm::numbers::ln2, {id}));
  } else if (node.is("math.expm1")) {
    to(0, with(1, {graph.element("arith.addf", {id, graph.constant(1)})}));
  } else if (node.is("math.log")) {
    to(0, terms.over(p, operand(0)));
  } else if (node.is("math.log1p")) {
    to(0, terms.over(p, graph.element("arith.addf", {graph.constant(1), operand(0)})));
  } else if (node.is("math.tanh")) {
    unsigned square = graph.element("arith.mulf", {id, id});
    to(0, with(1, {graph.element("arith.subf", {graph.constant(1), square})}));
  } else if (node.is("math.erf")) {
    unsigned square = graph.element("arith.mulf", {operand(0), operand(0)});
    unsigned bell = graph.element("math.exp", {graph.element("arith.negf", {square})});
    to(0, with(2 * llvm::numbers::inv_sqrtpi, {bell}));
  } else if (node.is("math.sin")) {
    to(0, with(1, {graph.element("math.cos", {operand(0)})}));
  } else if (node.is("math.cos")) {
    to(0, with(-1, {graph.element("math.sin", {operand(0)})}));
  } else if (node.is("math.absf")) {
    unsigned zero = graph.constant(0), x = operand(0);
    unsigned sign =
        graph.element("arith.select", {compare("olt", x, zero), graph.constant(-1), zero});
    to(0, with(1, {graph.element("arith.select",
                                 {compare("ogt", x, zero), graph.constant(1), sign})}));
  } else if (isRoot(id)) {
    // Gradients come times the root. d sqrt(v) = 0.5 / sqrt(v), d rsqrt(v) = -0.5 * rsqrt(v)^3.
    bool isReciprocal = node.is("norm.rsqrt") || node.is("math.rsqrt") ||
                        (node.is("math.powf") && *graph.getConstant(operand(1)) < 0);
    to(0,
       isReciprocal ? with(-0.5, {id, id}) : terms.over(terms.over(terms.scaled(p, 0.5), id), id));
  } else if (node.is("math.powf")) {
    return visitPower(id, p);
  } else if (!node.is("math.floor") && !node.is("math.ceil") && !node.is("math.trunc") &&
             !node.is("math.round") && !node.is("math.roundeven")) {
    return ("the derivative of " + node.name + " is not known").str();
  }
  return "";
}

std::string Reverse::visitPower(unsigned id, const Product &arriving) {
  Node node = graph[id];
  unsigned base = node.operands[0];
  std::optional<double> exponent = graph.getConstant(node.operands[1]);
  if (!exponent || (*exponent != 2 && *exponent != 3))
    return "the derivative of math.powf is known for the exponents 2, 3, 0.5 and -0.5";
  Product product = terms.scaled(arriving, *exponent);
  for (int i = 1; i < *exponent; ++i)
    product = terms.times(product, base);
  give(base, product, node.dims);
  return "";
}

/// Each operand gets it where it is the result, and half where both are. A number that has no
/// gradient is a bound, and where it is met there is none either, as at 0 in a ReLU.
void Reverse::visitExtremum(unsigned id, const Product &arriving) {
  Node node = graph[id];
  bool greatest = node.is("arith.maximumf") || node.is("arith.maxnumf");
  bool both = active[node.operands[0]] && active[node.operands[1]];
  for (unsigned i : {0, 1}) {
    unsigned own = node.operands[i], other = node.operands[1 - i];
    if (!active[own])
      continue;
    Product product = select(arriving, compare(greatest ? "ogt" : "olt", own, other), true);
    if (both) {
      Product half = terms.scaled(select(arriving, compare("oeq", own, other), true), 0.5);
      product = terms.add({product, half});
    }
    give(own, product, node.dims);
  }
}

std::string Reverse::visitReduce(unsigned id, const Product &arriving) {
  Node node = graph[id];
  unsigned x = node.operands[0];
  if (node.isReduce(ReduceKind::Sum)) {
    give(x, arriving, node.field);
  } else if (node.isReduce(ReduceKind::Dot)) {
    for (unsigned i : {0, 1})
      give(node.operands[i], terms.times(arriving, node.operands[1 - i]), node.field);
  } else if (node.isReduce(ReduceKind::Moments)) {
    if (node.number == 1) {
      give(x, terms.over(arriving, graph.count(node.over)), node.field);
    } else if (node.number == 2) {
      // Not through the mean: differences from it add up to 0.
      Node mean = node;
      mean.number = 1;
      unsigned difference = graph.element("arith.subf", {x, graph.intern(mean)});
      give(x, terms.scaled(terms.times(arriving, difference), 2), node.field);
    }
  } else if (node.isReduce(ReduceKind::Max) || node.isReduce(ReduceKind::Min)) {
    // In equal parts to all that are the extremum.
    unsigned isExtremum = compare("oeq", x, id);
    unsigned part =
        graph.element("arith.select", {isExtremum, graph.constant(1), graph.constant(0)});
    Product chosen = terms.times({}, part);
    Dims own = graph[x].dims, over;
    for (StringAttr dim : node.over)
      if (llvm::is_contained(own, dim))
        over.push_back(dim);
    unsigned count = terms.materialize(terms.sum(chosen, over));
    Dims from = node.dims;
    from.append(over);
    give(x, terms.over(terms.times(arriving, chosen), count), from);
  } else {
    return "moments are merged";
  }
  return "";
}
