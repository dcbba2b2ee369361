//===- Algebra.cpp - sums of products, in one form -------------------------===//
//
// Canonical polynomials over interned atoms.
//
//===----------------------------------------------------------------------===//

#include "Algebra.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace mlir;
using namespace mlir::norm;

/// Programs that are no normalization may multiply out to any length.
static constexpr size_t kMostTerms = 256;

std::optional<double> Poly::getConstant() const {
  if (terms.empty())
    return 0.0;
  if (terms.size() == 1 && terms.begin()->first.empty())
    return terms.begin()->second;
  return std::nullopt;
}

std::optional<AtomId> Poly::getAtom() const {
  if (terms.size() != 1 || terms.begin()->second != 1.0 || terms.begin()->first.size() != 1 ||
      terms.begin()->first[0].second != 2)
    return std::nullopt;
  return terms.begin()->first[0].first;
}

//===----------------------------------------------------------------------===//
// Symbols and atoms
//===----------------------------------------------------------------------===//

Symbol Algebra::createSymbol(Poly extent) {
  extents.push_back(std::move(extent));
  return extents.size() - 1;
}

std::optional<int64_t> Algebra::getStaticExtent(Symbol symbol) const {
  if (std::optional<double> known = extents[symbol].getConstant())
    return int64_t(*known);
  return std::nullopt;
}

void Algebra::replaceExtent(AtomId from, AtomId to) {
  for (Poly &extent : extents) {
    Poly replaced;
    for (const auto &[term, coefficient] : extent.terms) {
      Poly product = constant(coefficient);
      for (auto [id, halves] : term)
        product = mul(product, ofAtom(id == from ? to : id, halves));
      replaced = add(replaced, product);
    }
    extent = replaced;
  }
}

static void addNumber(std::string &key, uint64_t number) {
  key += std::to_string(number);
  key += ',';
}

std::string Algebra::getKey(const Poly &poly) const {
  std::string key = "(";
  for (const auto &[term, coefficient] : poly.terms) {
    // Six digits: what is rounded differently shall be one key.
    char text[32];
    snprintf(text, sizeof text, "%.5e", coefficient);
    key += text;
    for (auto [id, halves] : term) {
      key += '*';
      addNumber(key, id);
      key += '^';
      key += std::to_string(halves);
    }
    key += '+';
  }
  return key + ")";
}

std::string Algebra::getKey(const Atom &atom) const {
  std::string key;
  addNumber(key, atom.kind);
  addNumber(key, reinterpret_cast<uintptr_t>(atom.value.getAsOpaquePointer()));
  addNumber(key, atom.dim);
  for (const Axis &axis : atom.axes) {
    key += '[';
    for (Symbol symbol : axis)
      addNumber(key, symbol);
    key += ']';
  }
  key += atom.name;
  for (const Poly &arg : atom.args)
    key += getKey(arg);
  for (Symbol symbol : atom.bound)
    addNumber(key, symbol);
  return key;
}

AtomId Algebra::intern(Atom atom) {
  auto [it, isNew] = ids.try_emplace(getKey(atom), atoms.size());
  if (!isNew)
    return it->second;
  llvm::SetVector<Symbol> found;
  unsigned level = 0;
  for (const Axis &axis : atom.axes)
    found.insert(axis.begin(), axis.end());
  for (const Poly &arg : atom.args)
    for (const auto &[term, coefficient] : arg.terms)
      for (auto [id, halves] : term) {
        found.insert(free[id].begin(), free[id].end());
        level = std::max(level, levels[id]);
      }
  for (Symbol symbol : atom.bound)
    found.remove(symbol);
  free.push_back(llvm::to_vector(found));
  levels.push_back(level + (atom.kind == Atom::Sum));
  atoms.push_back(std::move(atom));
  return it->second;
}

Poly Algebra::leaf(Value value, const Axes &axes) {
  Atom atom{Atom::Leaf, value};
  atom.axes = axes;
  return ofAtom(intern(std::move(atom)));
}

Poly Algebra::extent(Value value, int64_t dim) {
  Atom atom{Atom::Extent, value};
  atom.dim = dim;
  return ofAtom(intern(std::move(atom)));
}

Poly Algebra::function(std::string name, std::vector<Poly> args, const Axes &axes) {
  Atom atom{Atom::Function, Value()};
  atom.name = std::move(name);
  atom.args = std::move(args);
  atom.axes = axes;
  return ofAtom(intern(std::move(atom)));
}

SmallVector<Symbol> Algebra::getFree(const Poly &poly) const {
  llvm::SetVector<Symbol> found;
  for (const auto &[term, coefficient] : poly.terms)
    for (auto [id, halves] : term)
      found.insert(free[id].begin(), free[id].end());
  return llvm::to_vector(found);
}

unsigned Algebra::getLevel(const Poly &poly) const {
  unsigned level = 0;
  for (const auto &[term, coefficient] : poly.terms)
    for (auto [id, halves] : term)
      level = std::max(level, levels[id]);
  return level;
}

bool Algebra::dependsOn(AtomId id, ArrayRef<Symbol> symbols) const {
  return llvm::any_of(free[id], [&](Symbol s) { return llvm::is_contained(symbols, s); });
}

bool Algebra::isWhole(const Axis &axis, const Poly &extent) const {
  Poly product = constant(1);
  for (Symbol symbol : axis) {
    Poly next;
    const Poly &size = getExtent(symbol);
    for (const auto &[tx, cx] : product.terms)
      for (const auto &[ty, cy] : size.terms) {
        // Sizes are products of powers.
        std::map<AtomId, int> powers(tx.begin(), tx.end());
        for (auto [id, halves] : ty)
          powers[id] += halves;
        Monomial all;
        for (auto [id, halves] : powers)
          if (halves != 0)
            all.push_back({id, halves});
        Poly one;
        one.terms[all] = cx * cy;
        next = add(next, one);
      }
    product = next;
  }
  return equal(product, extent);
}

bool Algebra::areDistinct(const Axes &axes) {
  SmallVector<Symbol> seen;
  for (const Axis &axis : axes)
    for (Symbol symbol : axis) {
      if (llvm::is_contained(seen, symbol))
        return false;
      seen.push_back(symbol);
    }
  return true;
}

bool Algebra::anyAtom(const Poly &poly, llvm::function_ref<bool(const Atom &)> test) const {
  for (const auto &[term, coefficient] : poly.terms)
    for (auto [id, halves] : term) {
      const Atom &atom = atoms[id];
      if (test(atom) ||
          llvm::any_of(atom.args, [&](const Poly &arg) { return anyAtom(arg, test); }))
        return true;
    }
  return false;
}

bool Algebra::contains(const Poly &poly, Value leaf) const {
  return anyAtom(poly, [&](const Atom &a) { return a.kind == Atom::Leaf && a.value == leaf; });
}

bool Algebra::contains(AtomId id, Value leaf) const { return contains(ofAtom(id), leaf); }

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

Poly Algebra::constant(double value) {
  Poly poly;
  if (value != 0)
    poly.terms[{}] = value;
  return poly;
}

Poly Algebra::ofAtom(AtomId id, int halves) {
  Poly poly;
  poly.terms[{{id, halves}}] = 1;
  return poly;
}

Poly Algebra::add(const Poly &x, const Poly &y, double factor) const {
  Poly result = x;
  for (const auto &[term, coefficient] : y.terms) {
    double added = coefficient * factor;
    auto [it, isNew] = result.terms.try_emplace(term, added);
    if (isNew)
      continue;
    double larger = std::max(std::fabs(it->second), std::fabs(added));
    it->second += added;
    if (std::fabs(it->second) <= tolerance * larger)
      result.terms.erase(it);
  }
  return result;
}

Poly Algebra::mulTerms(const Monomial &x, double cx, const Monomial &y, double cy) {
  Monomial product;
  SmallVector<std::pair<AtomId, int>> expanded;
  auto append = [&](AtomId id, int halves) {
    // Whole powers of a sum of terms are multiplied out again.
    if (atoms[id].kind == Atom::Base && halves > 0 && halves % 2 == 0)
      expanded.push_back({id, halves});
    else if (halves != 0)
      product.push_back({id, halves});
  };
  for (auto a = x.begin(), b = y.begin(); a != x.end() || b != y.end();) {
    if (b == y.end() || (a != x.end() && a->first < b->first)) {
      append(a->first, a->second);
      ++a;
    } else if (a == x.end() || b->first < a->first) {
      append(b->first, b->second);
      ++b;
    } else {
      append(a->first, a->second + b->second);
      ++a, ++b;
    }
  }
  Poly result;
  result.terms[product] = cx * cy;
  for (auto [id, halves] : expanded)
    for (int i = 0; i < halves; i += 2) {
      Poly base = atoms[id].args[0];
      result = mul(result, base);
    }
  return result;
}

Poly Algebra::mul(const Poly &x, const Poly &y) {
  if (x.terms.size() * y.terms.size() > kMostTerms)
    return function("product", {x, y});
  Poly result;
  for (const auto &[tx, cx] : x.terms)
    for (const auto &[ty, cy] : y.terms)
      result = add(result, mulTerms(tx, cx, ty, cy));
  return result;
}

Poly Algebra::power(const Poly &x, int halves) {
  if (halves == 0)
    return constant(1);
  if (x.terms.size() == 1) {
    const auto &[term, coefficient] = *x.terms.begin();
    // A root of a square is no longer what was squared, unless that is positive.
    bool isPositive = llvm::all_of(term, [&](const std::pair<AtomId, int> &factor) {
      Atom::Kind kind = atoms[factor.first].kind;
      return kind == Atom::Extent || kind == Atom::Base || factor.second % 2 != 0;
    });
    if (halves % 2 == 0 || (isPositive && coefficient > 0)) {
      Monomial raised = term;
      for (auto &factor : raised)
        factor.second = factor.second * halves / 2;
      bool isWhole = llvm::all_of(llvm::zip(term, raised), [&](const auto &pair) {
        return std::get<0>(pair).second * halves == 2 * std::get<1>(pair).second;
      });
      if (isWhole)
        return mulTerms(raised, std::pow(coefficient, halves / 2.0), {}, 1);
    }
  }
  if (halves > 0 && halves % 2 == 0 && halves <= 8 && !x.isZero()) {
    Poly result = x;
    for (int i = 2; i < halves; i += 2)
      result = mul(result, x);
    return result;
  }
  for (AtomId id : bases)
    if (equal(atoms[id].args[0], x))
      return ofAtom(id, halves);
  Atom atom{Atom::Base, Value()};
  atom.args = {x};
  bases.push_back(intern(std::move(atom)));
  return ofAtom(bases.back(), halves);
}

Poly Algebra::clamp(const Poly &x) {
  // A mean of squares, or a variance, of one tensor over one set, times what is positive.
  for (const auto &[term, coefficient] : x.terms)
    for (auto [id, halves] : term) {
      const Atom &atom = atoms[id];
      if (atom.kind != Atom::Sum || halves != 2 || coefficient < 0)
        continue;
      const Monomial &body = atom.args[0].terms.begin()->first;
      if (body.size() != 1 || body[0].second != 4)
        continue;
      Monomial rest;
      bool isPositive = true;
      for (auto factor : term)
        if (factor.first != id) {
          rest.push_back(factor);
          isPositive &= atoms[factor.first].kind == Atom::Extent;
        }
      Poly cofactor, count = constant(1);
      cofactor.terms[rest] = coefficient;
      for (Symbol symbol : atom.bound)
        count = mul(count, getExtent(symbol));
      Poly mean = div(sum(ofAtom(body[0].first), atom.bound), count);
      Poly variance = add(div(ofAtom(id), count), mul(mean, mean), -1);
      Poly factor = mul(cofactor, count);
      if (isPositive && (equal(x, mul(factor, variance)) || equal(x, mul(cofactor, ofAtom(id)))))
        return x;
    }
  return function("clamp", {x});
}

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

Symbol Algebra::getCanonical(unsigned level, unsigned number, const Poly &extent) {
  std::string key = std::to_string(level) + ":" + std::to_string(number) + ":" + getKey(extent);
  auto it = canonical.find(key);
  if (it == canonical.end())
    it = canonical.emplace(key, createSymbol(extent)).first;
  return it->second;
}

AtomId Algebra::rename(AtomId id, const std::map<Symbol, Symbol> &names) {
  if (llvm::none_of(free[id], [&](Symbol s) { return names.count(s); }))
    return id;
  Atom atom = atoms[id];
  for (Axis &axis : atom.axes)
    for (Symbol &symbol : axis)
      if (auto it = names.find(symbol); it != names.end())
        symbol = it->second;
  for (Poly &arg : atom.args)
    arg = rename(arg, names);
  return intern(std::move(atom));
}

Poly Algebra::rename(const Poly &x, const std::map<Symbol, Symbol> &names) {
  Poly result;
  for (const auto &[term, coefficient] : x.terms) {
    Monomial renamed;
    for (auto [id, halves] : term)
      renamed.push_back({rename(id, names), halves});
    llvm::sort(renamed);
    Poly one;
    one.terms[renamed] = coefficient;
    result = add(result, one);
  }
  return result;
}

Poly Algebra::sumTerm(const Monomial &term, double coefficient, SmallVector<Symbol> symbols) {
  Monomial inner, outer;
  for (auto factor : term)
    (dependsOn(factor.first, symbols) ? inner : outer).push_back(factor);
  Poly result;
  result.terms[outer] = coefficient;

  // A sum inside that depends on this one's symbols: one sum over both.
  for (auto &factor : inner) {
    const Atom atom = atoms[factor.first];
    if (atom.kind != Atom::Sum || factor.second != 2)
      continue;
    std::map<Symbol, Symbol> names;
    SmallVector<Symbol> all = symbols;
    for (Symbol symbol : atom.bound) {
      names[symbol] = createSymbol(getExtent(symbol));
      all.push_back(names[symbol]);
    }
    Monomial rest;
    for (auto other : inner)
      if (other.first != factor.first)
        rest.push_back(other);
    Poly others;
    others.terms[rest] = 1;
    return mul(result, sum(mul(others, rename(atom.args[0], names)), all));
  }

  // Symbols that nothing depends on only count.
  SmallVector<Symbol> used;
  for (Symbol symbol : symbols) {
    if (llvm::any_of(inner, [&](auto &factor) { return dependsOn(factor.first, symbol); }))
      used.push_back(symbol);
    else
      result = mul(result, getExtent(symbol));
  }
  if (used.empty())
    return result;

  // The same names for the same sum: in the order in which the first tensor that has them all names
  // them.
  unsigned level = 1;
  for (auto [id, halves] : inner)
    level = std::max(level, levels[id] + 1);
  llvm::SetVector<Symbol> ordered;
  auto order = [&](bool all) {
    SmallVector<std::pair<uintptr_t, AtomId>> leaves;
    for (auto [id, halves] : inner)
      if (llvm::all_of(used, [&](Symbol s) { return llvm::is_contained(free[id], s); }) || !all)
        leaves.push_back({reinterpret_cast<uintptr_t>(atoms[id].value.getAsOpaquePointer()), id});
    llvm::sort(leaves);
    for (auto [pointer, id] : leaves)
      for (Symbol symbol : free[id])
        if (llvm::is_contained(used, symbol))
          ordered.insert(symbol);
  };
  order(/*all=*/true);
  order(/*all=*/false);
  std::map<Symbol, Symbol> names;
  Atom atom{Atom::Sum, Value()};
  for (auto [number, symbol] : llvm::enumerate(ordered)) {
    names[symbol] = getCanonical(level, number, getExtent(symbol));
    atom.bound.push_back(names[symbol]);
  }
  Poly body;
  body.terms[inner] = 1;
  atom.args = {rename(body, names)};
  return mul(result, ofAtom(intern(std::move(atom))));
}

Poly Algebra::sum(const Poly &x, ArrayRef<Symbol> symbols) {
  Poly result;
  for (const auto &[term, coefficient] : x.terms)
    result = add(result, sumTerm(term, coefficient, SmallVector<Symbol>(symbols)));
  return result;
}

//===----------------------------------------------------------------------===//
// Comparison
//===----------------------------------------------------------------------===//

bool Algebra::isZero(const Poly &x, const Poly &scale) const {
  double largest = 0;
  for (const auto &[term, coefficient] : scale.terms)
    largest = std::max(largest, std::fabs(coefficient));
  return llvm::all_of(x.terms, [&](const auto &term) {
    auto it = scale.terms.find(term.first);
    return it != scale.terms.end() &&
           std::fabs(term.second) <= 4 * tolerance * std::fabs(it->second);
  });
}

bool Algebra::equal(const Poly &x, const Poly &y) const { return isZero(add(x, y, -1), x); }

std::string Algebra::print(const Poly &poly) const {
  std::string text;
  llvm::raw_string_ostream os(text);
  if (poly.isZero())
    os << "0";
  bool isFirst = true;
  for (const auto &[term, coefficient] : poly.terms) {
    os << (isFirst ? "" : " + ") << coefficient;
    isFirst = false;
    for (auto [id, halves] : term) {
      const Atom &atom = atoms[id];
      os << " ";
      if (atom.kind == Atom::Leaf || atom.kind == Atom::Extent) {
        os << (atom.kind == Atom::Leaf ? "" : "dim") << "v"
           << (reinterpret_cast<uintptr_t>(atom.value.getAsOpaquePointer()) >> 4) % 9973;
        for (const Axis &axis : atom.axes) {
          os << "[";
          llvm::interleave(axis, os, ".");
          os << "]";
        }
      } else {
        os << (atom.kind == Atom::Sum    ? "sum{"
               : atom.kind == Atom::Base ? "base{"
                                         : atom.name + "{");
        llvm::interleave(atom.args, os, [&](const Poly &arg) { os << print(arg); }, "; ");
        os << "}";
      }
      if (halves != 2)
        os << "^" << halves / 2.0;
    }
  }
  return text;
}
