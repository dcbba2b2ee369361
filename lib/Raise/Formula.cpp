//===- Formula.cpp - the formulas of normalizations, in expressions --------===//
//
// Takes the factors off that a formula must have, and looks whether anything is left.
//
//===----------------------------------------------------------------------===//

#include "Formula.h"

#include "llvm/ADT/SetVector.h"

#include <cmath>

using namespace mlir;
using namespace mlir::norm;

const Poly *norm::getRounded(const Algebra &algebra, const Poly &poly) {
  std::optional<AtomId> id = poly.getAtom();
  if (!id || algebra.get(*id).kind != Atom::Function ||
      !StringRef(algebra.get(*id).name).starts_with("round to "))
    return nullptr;
  return &algebra.get(*id).args[0];
}

std::optional<bool> norm::takeRounding(const Algebra &algebra, Poly &poly, Type type) {
  const Poly *rounded = getRounded(algebra, poly);
  if (!rounded)
    return false;
  if (algebra.get(*poly.getAtom()).name != getRounding(type))
    return std::nullopt;
  Poly inside = *rounded;
  poly = std::move(inside);
  return true;
}

Poly norm::getCofactor(Algebra &algebra, const Poly &poly, AtomId id, int halves) {
  Poly result;
  for (const auto &[term, coefficient] : poly.terms) {
    Monomial rest;
    bool found = false;
    for (auto factor : term) {
      if (factor == std::pair<AtomId, int>(id, halves))
        found = true;
      else
        rest.push_back(factor);
    }
    if (!found)
      continue;
    Poly one;
    one.terms[rest] = coefficient;
    result = algebra.add(result, one);
  }
  return result;
}

static void findRoots(const Algebra &algebra, const Poly &poly, llvm::SetVector<AtomId> &found) {
  for (const auto &[term, coefficient] : poly.terms)
    for (auto [id, halves] : term) {
      if (algebra.get(id).kind == Atom::Base && halves % 2 != 0)
        found.insert(id);
      for (const Poly &arg : algebra.get(id).args)
        findRoots(algebra, arg, found);
    }
}

SmallVector<AtomId> norm::findRoots(const Algebra &algebra, const Poly &poly) {
  llvm::SetVector<AtomId> found;
  ::findRoots(algebra, poly, found);
  return llvm::to_vector(found);
}

bool norm::isEpsilon(const Algebra &algebra, const Poly &poly) {
  if (std::optional<double> constant = poly.getConstant())
    return *constant >= 0 && std::isfinite(*constant);
  std::optional<AtomId> id = poly.getAtom();
  return id && algebra.get(*id).kind == Atom::Leaf && algebra.getFree(*id).empty() &&
         isa<FloatType>(getElementTypeOrSelf(algebra.get(*id).value.getType()));
}

std::optional<Statistics> norm::matchStatistics(Algebra &algebra, const Poly &base, Value input,
                                                Miss &miss) {
  if (algebra.contains(base, input) && algebra.anyAtom(base, [&](const Atom &atom) {
        return atom.kind == Atom::Function && StringRef(atom.name).contains("round to ") &&
               algebra.contains(atom.args[0], input);
      })) {
    miss.note(2, "what is under the root is rounded to a narrower type, and normalizations do not");
    return std::nullopt;
  }
  // The sum of squares says what is summed over.
  for (const auto &[term, coefficient] : base.terms) {
    AtomId squares = 0;
    bool found = false;
    for (auto [id, halves] : term) {
      const Atom &atom = algebra.get(id);
      if (atom.kind != Atom::Sum || halves != 2)
        continue;
      const Monomial &body = atom.args[0].terms.begin()->first;
      if (body.size() == 1 && body[0].second == 4 &&
          algebra.get(body[0].first).kind == Atom::Leaf &&
          algebra.get(body[0].first).value == input)
        squares = id, found = true;
    }
    if (!found)
      continue;
    Statistics stats;
    stats.input = input;
    stats.bound = algebra.get(squares).bound;
    Poly element = Algebra::ofAtom(algebra.get(squares).args[0].terms.begin()->first[0].first);
    stats.axes = algebra.get(*element.getAtom()).axes;
    Poly count = Algebra::constant(1);
    for (Symbol symbol : stats.bound)
      count = algebra.mul(count, algebra.getExtent(symbol));
    Poly ofSquares = algebra.div(Algebra::ofAtom(squares), count);
    stats.mean = algebra.div(algebra.sum(element, stats.bound), count);
    Poly centred = algebra.add(ofSquares, algebra.mul(stats.mean, stats.mean), -1);
    for (bool isCentred : {true, false}) {
      stats.centred = isCentred;
      stats.variance = isCentred ? centred : ofSquares;
      stats.epsilon = algebra.add(base, stats.variance, -1);
      if (algebra.contains(stats.epsilon, input))
        continue;
      if (isEpsilon(algebra, stats.epsilon))
        return stats;
      if (stats.epsilon.getConstant())
        miss.note(4, "epsilon is negative");
      else if (!algebra.getFree(stats.epsilon).empty())
        miss.note(4, "epsilon differs from group to group");
      else
        miss.note(4, "what is added to the " + Twine(isCentred ? "variance" : "mean of squares") +
                         " is neither a constant nor a scalar");
      return std::nullopt;
    }
    // Nearly: what differs?
    Poly cofactor = getCofactor(algebra, base, squares, 2);
    std::optional<double> n = count.getConstant(), c = cofactor.getConstant();
    Poly lessOne = algebra.power(algebra.add(count, Algebra::constant(-1)), -2);
    if (algebra.equal(cofactor, lessOne) || (n && c && std::fabs(*c * (*n - 1) - 1) < 1e-5))
      miss.note(3, "the variance is divided by N - 1, where normalizations divide by N");
    else if (!algebra.equal(cofactor, algebra.power(count, -2)))
      miss.note(3, n && c ? Twine("the sum of squares of ") + Twine(int64_t(*n)) +
                                " elements is divided by " + Twine(std::to_string(1 / *c))
                          : Twine("the sum of squares is not divided by how many were summed"));
    else
      miss.note(3, "what is subtracted from the mean of squares is not the square of the mean over "
                   "the same elements");
  }
  return std::nullopt;
}

/// The input's axes in a result, where those that are not summed over are the same as in its sums.
static bool agree(const Statistics &stats, const Axes &axes) {
  if (axes.size() != stats.axes.size())
    return false;
  for (auto [inside, outside] : llvm::zip(stats.axes, axes)) {
    if (inside.size() != outside.size())
      return false;
    for (auto [a, b] : llvm::zip(inside, outside))
      if (!llvm::is_contained(stats.bound, a) && a != b)
        return false;
  }
  return true;
}

/// An affine function of what is normalized, without roundings.
static std::optional<Affine> matchUnrounded(Algebra &algebra, const Poly &result, Value input,
                                            Miss &miss) {
  for (AtomId base : findRoots(algebra, result)) {
    if (!algebra.contains(algebra.get(base).args[0], input))
      continue;
    Affine affine;
    affine.base = base;
    Poly arg = algebra.get(base).args[0];
    std::optional<Statistics> stats = matchStatistics(algebra, arg, input, miss);
    if (!stats)
      continue;
    affine.stats = *stats;
    Poly root = getCofactor(algebra, result, base, -1);
    // The input itself, at the result's symbols.
    std::optional<AtomId> element;
    for (const auto &[term, coefficient] : root.terms)
      for (auto [id, halves] : term) {
        const Atom &atom = algebra.get(id);
        if (atom.kind == Atom::Leaf && atom.value == input && halves == 2 &&
            agree(*stats, atom.axes))
          element = id;
      }
    if (!element) {
      miss.note(5, "what is multiplied with the root is not what the statistics are of");
      continue;
    }
    affine.axes = algebra.get(*element).axes;
    affine.scale = getCofactor(algebra, root, *element, 2);
    Poly normalized = Algebra::ofAtom(*element);
    if (stats->centred)
      normalized = algebra.add(normalized, stats->mean, -1);
    normalized = algebra.mul(normalized, Algebra::ofAtom(base, -1));
    affine.bias = algebra.add(result, algebra.mul(affine.scale, normalized), -1);
    if (algebra.contains(affine.scale, input) || algebra.contains(affine.bias, input)) {
      miss.note(
          6,
          stats->centred
              ? "what is subtracted before the multiplication is not the mean, or the result is no "
                "multiple of what is normalized"
              : "the result is no multiple of what is normalized");
      continue;
    }
    return affine;
  }
  return std::nullopt;
}

std::optional<Affine> norm::matchAffine(Algebra &algebra, const Poly &result, Value input,
                                        Miss &miss) {
  auto isOne = [](const Poly &p) { return p.getConstant() == 1.0; };
  // A rounding anywhere inside is that of what is normalized, or of it times the scale.
  std::optional<AtomId> rounding;
  bool isTwice = false;
  for (const auto &[term, coefficient] : result.terms)
    for (auto [id, halves] : term)
      if (getRounded(algebra, Algebra::ofAtom(id)) && algebra.contains(id, input)) {
        isTwice |= rounding && *rounding != id;
        rounding = id;
      }
  if (!rounding)
    return matchUnrounded(algebra, result, input, miss);
  Poly scale = getCofactor(algebra, result, *rounding, 2);
  Poly bias = algebra.add(result, algebra.mul(scale, Algebra::ofAtom(*rounding)), -1);
  // Named operations round to the input's type.
  isTwice |= algebra.get(*rounding).name != getRounding(input.getType());
  if (isTwice || algebra.contains(scale, input) || algebra.contains(bias, input)) {
    miss.note(2, "what is normalized is computed with roundings in between");
    return std::nullopt;
  }
  Poly arg = *getRounded(algebra, Algebra::ofAtom(*rounding));
  std::optional<Affine> inner = matchAffine(algebra, arg, input, miss);
  if (!inner)
    return std::nullopt;
  if (!inner->normalized && isOne(inner->scale) && inner->bias.isZero() &&
      (bias.isZero() || isOne(scale))) {
    inner->scale = scale;
    inner->bias = bias;
  } else if (inner->bias.isZero() && isOne(scale) && (inner->normalized || isOne(inner->scale))) {
    inner->bias = bias;
  } else {
    miss.note(7, "it is rounded between the division and the scale or the bias in another way than "
                 "normalizations are");
    return std::nullopt;
  }
  inner->normalized = true;
  return inner;
}

std::optional<FixedAffine> norm::matchFixedAffine(Algebra &algebra, const Poly &result,
                                                  Value input) {
  for (AtomId base : findRoots(algebra, result)) {
    FixedAffine affine;
    affine.input = input;
    // variance + epsilon
    const Poly arg = algebra.get(base).args[0];
    std::optional<AtomId> variance;
    for (const auto &[term, coefficient] : arg.terms)
      if (term.size() == 1 && term[0].second == 2 && coefficient == 1 &&
          algebra.get(term[0].first).kind == Atom::Leaf && !algebra.getFree(term[0].first).empty())
        variance = term[0].first;
    if (!variance || algebra.get(*variance).value == input)
      continue;
    affine.variance = Algebra::ofAtom(*variance);
    affine.epsilon = algebra.add(arg, affine.variance, -1);
    if (!isEpsilon(algebra, affine.epsilon))
      continue;
    Poly root = getCofactor(algebra, result, base, -1);
    std::optional<AtomId> element;
    for (const auto &[term, coefficient] : root.terms)
      for (auto [id, halves] : term)
        if (algebra.get(id).kind == Atom::Leaf && algebra.get(id).value == input && halves == 2)
          element = id;
    if (!element)
      continue;
    affine.axes = algebra.get(*element).axes;
    affine.scale = getCofactor(algebra, root, *element, 2);
    // What is left beside the root is the mean times the scale.
    Poly rest = algebra.add(root, algebra.mul(affine.scale, Algebra::ofAtom(*element)), -1);
    if (affine.scale.terms.size() != 1)
      continue;
    affine.mean = algebra.scale(algebra.div(rest, affine.scale), -1);
    affine.bias = algebra.add(result, algebra.mul(root, Algebra::ofAtom(base, -1)), -1);
    if (affine.mean.isZero() || algebra.contains(affine.scale, input) ||
        algebra.contains(affine.mean, input) || algebra.contains(affine.bias, input) ||
        !findRoots(algebra, affine.bias).empty())
      continue;
    return affine;
  }
  return std::nullopt;
}
