//===- Algebra.h - sums of products, in one form ---------------------------===//
//
// The same formula is written in many ways: E[x^2] - E[x]^2 or E[(x - E[x])^2], x / sqrt(v) or x *
// rsqrt(v), N * a - b with a division by N behind it. Multiplied out, all of them are one sum of
// products.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_RAISE_ALGEBRA_H
#define NORMC_LIB_RAISE_ALGEBRA_H

#include "mlir/IR/Value.h"
#include "llvm/ADT/SmallVector.h"

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mlir::norm {

/// A dimension that expressions are over.
using Symbol = unsigned;
/// What a tensor's dimension is indexed by: the row-major product of symbols; none where it has one
/// element.
using Axis = SmallVector<Symbol, 2>;
using Axes = SmallVector<Axis, 4>;

using AtomId = unsigned;

/// Atoms and twice their exponents, ordered by atom: a square root is the exponent 1.
using Monomial = std::vector<std::pair<AtomId, int>>;

/// Sum of monomials, each with a coefficient that is not 0.
struct Poly {
  std::map<Monomial, double> terms;

  bool isZero() const { return terms.empty(); }
  std::optional<double> getConstant() const;
  /// The atom that this is, with coefficient and exponent 1.
  std::optional<AtomId> getAtom() const;
};

struct Atom {
  enum Kind {
    /// An element of a tensor, or a scalar, of which nothing more is known.
    Leaf,
    /// How many elements a dimension has, where that is not static.
    Extent,
    /// The sum of a monomial over symbols.
    Sum,
    /// A sum of several terms that a root is taken of, or that is divided by.
    Base,
    /// Anything else that is computed.
    Function
  };
  Kind kind;
  Value value;
  /// The dimension of `value` that an extent is of.
  int64_t dim = 0;
  Axes axes = {};
  std::string name = {};
  /// A sum's and a base's is one.
  std::vector<Poly> args = {};
  /// A sum's symbols.
  SmallVector<Symbol> bound = {};
};

/// Makes every atom once, so that equal expressions have equal polynomials.
class Algebra {
public:
  /// `tolerance`: coefficients that differ by less are one number, rounded differently: 1 / N in
  /// f32, squared.
  explicit Algebra(double tolerance) : tolerance(tolerance) {}

  // Symbols.
  Symbol createSymbol(Poly extent);
  const Poly &getExtent(Symbol symbol) const { return extents[symbol]; }
  /// An extent that is another's: in those of symbols.
  void replaceExtent(AtomId from, AtomId to);
  /// The symbol's extent where it is static.
  std::optional<int64_t> getStaticExtent(Symbol symbol) const;

  // Atoms.
  const Atom &get(AtomId id) const { return atoms[id]; }
  Poly leaf(Value value, const Axes &axes);
  Poly extent(Value value, int64_t dim);
  Poly function(std::string name, std::vector<Poly> args, const Axes &axes = {});
  /// The symbols that an atom depends on, those of its sums left out.
  const SmallVector<Symbol> &getFree(AtomId id) const { return free[id]; }
  SmallVector<Symbol> getFree(const Poly &poly) const;
  /// How deep sums are nested.
  unsigned getLevel(const Poly &poly) const;
  bool dependsOn(AtomId id, ArrayRef<Symbol> symbols) const;
  /// Whether an atom has `leaf` somewhere inside.
  bool contains(AtomId id, Value leaf) const;
  bool contains(const Poly &poly, Value leaf) const;
  /// Whether an axis goes over a dimension of this size.
  bool isWhole(const Axis &axis, const Poly &extent) const;
  /// Whether no symbol stands for two dimensions, as on a diagonal.
  static bool areDistinct(const Axes &axes);
  bool anyAtom(const Poly &poly, llvm::function_ref<bool(const Atom &)> test) const;

  // Arithmetic.
  static Poly constant(double value);
  static Poly ofAtom(AtomId id, int halves = 2);
  Poly add(const Poly &x, const Poly &y, double factor = 1) const;
  Poly scale(const Poly &x, double factor) const { return add(Poly(), x, factor); }
  Poly mul(const Poly &x, const Poly &y);
  /// x to the power of halves / 2.
  Poly power(const Poly &x, int halves);
  Poly div(const Poly &x, const Poly &y) { return mul(x, power(y, -2)); }
  Poly sum(const Poly &x, ArrayRef<Symbol> symbols);
  /// Other symbols for some.
  Poly rename(const Poly &x, const std::map<Symbol, Symbol> &names);
  /// max(0, x): x itself where that is known not to be negative.
  Poly clamp(const Poly &x);

  /// Up to the roundings of constants.
  bool equal(const Poly &x, const Poly &y) const;
  bool isZero(const Poly &x, const Poly &scale) const;

  std::string print(const Poly &poly) const;

private:
  AtomId intern(Atom atom);
  AtomId rename(AtomId id, const std::map<Symbol, Symbol> &names);
  Poly mulTerms(const Monomial &x, double cx, const Monomial &y, double cy);
  Poly sumTerm(const Monomial &term, double coefficient, SmallVector<Symbol> symbols);
  std::string getKey(const Atom &atom) const;
  std::string getKey(const Poly &poly) const;
  unsigned getLevel(AtomId id) const { return levels[id]; }
  /// The symbol that the sums of a level use, for the n-th dimension of an extent.
  Symbol getCanonical(unsigned level, unsigned number, const Poly &extent);

  // References to what is in these stay.
  std::deque<Poly> extents;
  std::deque<Atom> atoms;
  std::deque<SmallVector<Symbol>> free;
  /// How deep sums are nested.
  std::vector<unsigned> levels;
  std::map<std::string, AtomId> ids;
  std::vector<AtomId> bases;
  double tolerance;
  std::map<std::string, Symbol> canonical;
};

} // namespace mlir::norm

#endif // NORMC_LIB_RAISE_ALGEBRA_H
