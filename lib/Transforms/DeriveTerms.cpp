//===- DeriveTerms.cpp - products and their sums ---------------------------===//
//
// A small algebra: enough for the gradients of a normalization to come out as the formulas one
// writes by hand.
//
//===----------------------------------------------------------------------===//

#include "DeriveTerms.h"

#include <algorithm>

using namespace mlir;
using namespace mlir::norm;
using namespace mlir::norm::derive;

static void eraseOne(SmallVector<unsigned> &ids, unsigned id) { ids.erase(llvm::find(ids, id)); }

/// Whether `ids` has all of `others`, each as often; then they are taken out of it.
static bool takeAll(SmallVector<unsigned> &ids, ArrayRef<unsigned> others) {
  SmallVector<unsigned> left = ids;
  for (unsigned id : others) {
    auto at = llvm::find(left, id);
    if (at == left.end())
      return false;
    left.erase(at);
  }
  ids = left;
  return true;
}

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

void Terms::simplify(Product &p) {
  for (bool changed = true; changed;) {
    changed = false;
    for (unsigned id : p.divisors)
      if (llvm::is_contained(p.factors, id)) {
        eraseOne(p.factors, id);
        eraseOne(p.divisors, id);
        changed = true;
        break;
      }
    // Where the forward program has multiplied or divided a field by a number of the group: for
    // (x - mean) * r * r that is x^ * r, which neither overflows nor vanishes where r * r does.
    auto replace = [&](unsigned from, ArrayRef<unsigned> others, SmallVector<unsigned> &list,
                       std::optional<unsigned> to) {
      if (!to || changed)
        return;
      *llvm::find(p.factors, from) = *to;
      for (unsigned other : others)
        eraseOne(list, other);
      changed = true;
    };
    SmallVector<unsigned> factors = p.factors, divisors = p.divisors;
    for (unsigned a : factors) {
      for (unsigned b : factors)
        if (!graph[a].dims.empty() && graph[b].dims.empty()) {
          replace(a, b, p.factors, graph.findForward("arith.mulf", {a, b}));
          replace(a, b, p.factors, graph.findForward("arith.mulf", {b, a}));
        }
      for (unsigned b : divisors)
        replace(a, b, p.divisors, graph.findForward("arith.divf", {a, b}));
      if (changed)
        break;
      // exp(z) / (1 + exp(z)) is infinity by infinity where the logistic function is 1 - 0.
      const Node &node = graph[a];
      if (!node.is("math.exp") && !node.is("math.exp2"))
        continue;
      for (unsigned b : divisors) {
        const Node &sum = graph[b];
        bool isLogistic = sum.is("arith.addf") && llvm::is_contained(sum.operands, a) &&
                          llvm::any_of(sum.operands, [&](unsigned id) {
                            return graph.getConstant(id) == std::optional<double>(1.0);
                          });
        if (!isLogistic || changed)
          continue;
        unsigned one = graph.constant(1.0);
        replace(a, b, p.divisors,
                graph.element("arith.subf", {one, graph.element("arith.divf", {one, b})}));
      }
    }
  }
}

Product Terms::times(Product product, unsigned factor) {
  factor = graph.toCompute(factor);
  if (std::optional<double> constant = graph.getConstant(factor)) {
    product.coefficient *= *constant;
    return product;
  }
  product.factors.push_back(factor);
  simplify(product);
  return product;
}

Product Terms::times(Product product, const Product &other) {
  product.coefficient *= other.coefficient;
  product.factors.append(other.factors);
  product.divisors.append(other.divisors);
  simplify(product);
  return product;
}

Product Terms::over(Product product, unsigned divisor) {
  divisor = graph.toCompute(divisor);
  if (std::optional<double> constant = graph.getConstant(divisor)) {
    product.coefficient /= *constant;
    return product;
  }
  product.divisors.push_back(divisor);
  simplify(product);
  return product;
}

std::pair<Product, Product> Terms::split(const Product &product) {
  Product numbers{product.coefficient}, fields;
  for (unsigned id : product.factors)
    (graph[id].dims.empty() ? numbers : fields).factors.push_back(id);
  for (unsigned id : product.divisors)
    (graph[id].dims.empty() ? numbers : fields).divisors.push_back(id);
  return {numbers, fields};
}

unsigned Terms::chain(ArrayRef<unsigned> ids) {
  unsigned product = ids[0];
  for (unsigned id : ids.drop_front())
    product = graph.element("arith.mulf", {product, id});
  return product;
}

/// What has fewer dimensions is multiplied first, and then with the first of the others: the last
/// has all, and can be one of a dot's.
unsigned Terms::multiplyFields(ArrayRef<unsigned> fields) {
  Dims all = graph.unite(fields);
  SmallVector<unsigned> whole, partial;
  for (unsigned id : fields)
    (graph[id].dims == all ? whole : partial).push_back(id);
  if (whole.empty())
    return chain(partial);
  if (!partial.empty())
    whole.insert(whole.begin() + 1, multiplyFields(partial));
  return chain(whole);
}

unsigned Terms::materialize(const Product &product) {
  auto [numbers, fields] = split(product);
  std::optional<unsigned> result;
  if (!fields.factors.empty())
    result = multiplyFields(fields.factors);
  double coefficient = numbers.coefficient;
  bool hasNumbers = !numbers.factors.empty() || !numbers.divisors.empty();
  if (hasNumbers || !result) {
    bool isSigned = coefficient == -1 && !numbers.factors.empty();
    std::optional<unsigned> number;
    if (!numbers.factors.empty())
      number = chain(numbers.factors);
    if (!number || (coefficient != 1 && !isSigned)) {
      unsigned constant = graph.constant(coefficient);
      number = number ? graph.element("arith.mulf", {*number, constant}) : constant;
    }
    if (!numbers.divisors.empty())
      number = graph.element("arith.divf", {*number, chain(numbers.divisors)});
    if (isSigned)
      number = graph.element("arith.negf", {*number});
    coefficient = 1;
    result = result ? graph.element("arith.mulf", {*result, *number}) : number;
  }
  if (!fields.divisors.empty())
    result = graph.element("arith.divf", {*result, multiplyFields(fields.divisors)});
  if (coefficient == -1)
    return graph.element("arith.negf", {*result});
  if (coefficient != 1)
    return graph.element("arith.mulf", {*result, graph.constant(coefficient)});
  return *result;
}

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

/// Merges terms that differ in their coefficients only, and drops zeros.
static void merge(SmallVector<Product> &terms) {
  SmallVector<Product> merged;
  for (Product &term : terms) {
    auto same = llvm::find_if(merged, [&](const Product &other) {
      SmallVector<unsigned> factors = term.factors, divisors = term.divisors;
      return factors.size() == other.factors.size() && divisors.size() == other.divisors.size() &&
             takeAll(factors, other.factors) && takeAll(divisors, other.divisors);
    });
    if (same == merged.end())
      merged.push_back(term);
    else
      same->coefficient += term.coefficient;
  }
  llvm::erase_if(merged, [](const Product &term) { return term.isZero(); });
  terms = std::move(merged);
}

Product Terms::add(SmallVector<Product> terms) {
  merge(terms);
  if (terms.empty())
    return {0};
  if (terms.size() == 1)
    return terms[0];

  // The factor that most terms have, of several the first; all have it at best.
  auto has = [&](const Product &term, unsigned id, bool divides) {
    return llvm::is_contained(divides ? term.divisors : term.factors, id);
  };
  std::optional<std::pair<unsigned, bool>> common;
  size_t most = 1;
  auto consider = [&](unsigned id, bool divides) {
    // A number of elements divides what is one for each group, not each element.
    if (divides && graph[id].kind == Node::Kind::Count)
      return;
    size_t count = llvm::count_if(terms, [&](const Product &t) { return has(t, id, divides); });
    if (count > most) {
      most = count;
      common = {id, divides};
    }
  };
  for (const Product &term : terms) {
    for (unsigned id : term.factors)
      consider(id, false);
    for (unsigned id : term.divisors)
      consider(id, true);
  }
  if (common) {
    auto [id, divides] = *common;
    SmallVector<Product> inside, outside;
    std::optional<size_t> first;
    for (Product &term : terms) {
      if (!has(term, id, divides)) {
        outside.push_back(term);
        continue;
      }
      if (!first)
        first = outside.size();
      eraseOne(divides ? term.divisors : term.factors, id);
      inside.push_back(term);
    }
    Product sum = add(inside);
    // In front: it comes from the gradient of a result where all have that.
    SmallVector<unsigned> &list = divides ? sum.divisors : sum.factors;
    list.insert(list.begin(), id);
    if (outside.empty())
      return sum;
    outside.insert(outside.begin() + *first, sum);
    return add(outside);
  }

  // A term that is not subtracted comes first where there is one.
  auto positive = llvm::find_if(terms, [](const Product &term) { return term.coefficient > 0; });
  if (positive != terms.end())
    std::rotate(terms.begin(), positive, positive + 1);
  // Then numbers of the group, as in g - mean(g) - x^ * mean(g * x^).
  std::stable_partition(terms.begin() + 1, terms.end(), [&](const Product &term) {
    Product fields = split(term).second;
    return fields.factors.empty() && fields.divisors.empty();
  });
  unsigned total = materialize(terms[0]);
  for (const Product &term : llvm::drop_begin(terms)) {
    auto [numbers, fields] = split(term);
    bool hasNumbers =
        !numbers.factors.empty() || !numbers.divisors.empty() || std::abs(numbers.coefficient) != 1;
    bool hasFields = !fields.factors.empty() && fields.divisors.empty();
    if (hasFields && hasNumbers) {
      total = graph.element("math.fma", {materialize(fields), materialize(numbers), total});
      continue;
    }
    bool minus = term.coefficient < 0;
    unsigned value = materialize(minus ? scaled(term, -1) : term);
    total = graph.element(minus ? "arith.subf" : "arith.addf", {total, value});
  }
  return {1, {total}};
}

Product Terms::sum(const Product &product, ArrayRef<StringAttr> over) {
  if (product.isZero() || over.empty())
    return product;
  Product outside{product.coefficient}, inside;
  Dims covered;
  auto sort = [&](ArrayRef<unsigned> ids, SmallVector<unsigned> &in, SmallVector<unsigned> &out) {
    for (unsigned id : ids) {
      bool varies = intersects(graph[id].dims, over);
      (varies ? in : out).push_back(id);
      if (varies)
        covered.append(graph[id].dims);
    }
  };
  sort(product.factors, inside.factors, outside.factors);
  sort(product.divisors, inside.divisors, outside.divisors);
  covered = graph.sorted(covered);
  Dims missing = without(over, covered), summed = without(over, missing);
  if (!missing.empty())
    outside = times(outside, graph.count(graph.sorted(missing)));
  if (summed.empty())
    return outside;
  unsigned value = materialize(inside);
  Node node = graph[value];
  bool isDot = node.is("arith.mulf") && llvm::all_of(node.operands, [&](unsigned id) {
                 return graph[id].dims == node.dims;
               });
  unsigned total = isDot ? graph.reduce(ReduceKind::Dot, node.operands, graph.sorted(summed))
                         : graph.reduce(ReduceKind::Sum, value, graph.sorted(summed));
  sums.insert({total, inside});
  return times(outside, total);
}

void Terms::nestSums(SmallVectorImpl<unsigned> &roots) {
  llvm::SmallDenseSet<unsigned> live;
  SmallVector<unsigned> work(roots.begin(), roots.end());
  while (!work.empty()) {
    unsigned id = work.pop_back_val();
    if (live.insert(id).second)
      work.append(graph[id].operands);
  }
  DenseMap<unsigned, unsigned> replacements;
  auto known = llvm::to_vector(sums);
  for (const auto &[total, product] : known)
    for (const auto &[part, partProduct] : known) {
      Dims over = graph[total].over, partOver = graph[part].over;
      Dims left = without(over, partOver);
      if (!live.contains(total) || !live.contains(part) || left.empty() ||
          left.size() + partOver.size() != over.size())
        continue;
      Product rest = product;
      auto dependsOnPart = [&](unsigned id) { return intersects(graph[id].dims, partOver); };
      if (!takeAll(rest.factors, partProduct.factors) ||
          !takeAll(rest.divisors, partProduct.divisors) ||
          llvm::any_of(rest.factors, dependsOnPart) || llvm::any_of(rest.divisors, dependsOnPart))
        continue;
      rest.factors.insert(rest.factors.begin(), part);
      unsigned nested = materialize(rest);
      if (!llvm::equal(graph.sorted(left), without(graph[nested].dims, graph[total].dims)))
        continue;
      replacements[total] = graph.reduce(ReduceKind::Sum, nested, graph.sorted(left));
      break;
    }
  // A product that is there anyway is summed, and not made once more in a dot.
  for (const auto &[total, product] : known) {
    unsigned value = materialize(product);
    if (live.contains(value) && !replacements.contains(total))
      replacements[total] = graph.reduce(ReduceKind::Sum, value, graph[total].over);
  }
  for (unsigned &root : roots)
    root = graph.substitute(root, replacements);
}
