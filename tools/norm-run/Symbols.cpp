//===- Symbols.cpp - the sizes that a manifest leaves open ---------------===//
//
// One unknown at a time: a size whose other symbols are known gives the last one by division.
//
//===----------------------------------------------------------------------===//

#include "Symbols.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <set>

using namespace llvm;
using namespace normrun;

std::string normrun::formatDim(const normrt_dim &dim) {
  std::vector<std::string> terms;
  if (dim.factor != 1 || dim.num_symbols == 0)
    terms.push_back(std::to_string(dim.factor));
  terms.insert(terms.end(), dim.symbols, dim.symbols + dim.num_symbols);
  return join(terms, "*");
}

static std::string formatDims(const normrt_argument &argument) {
  ArrayRef<normrt_dim> dims(argument.shape, argument.rank);
  return argument.rank == 0 ? "scalar" : join(map_range(dims, formatDim), "x");
}

static std::set<std::string> collectSymbols(const normrt_kernel &kernel) {
  std::set<std::string> symbols;
  for (const normrt_argument &argument : ArrayRef(kernel.arguments, kernel.num_arguments))
    for (const normrt_dim &dim : ArrayRef(argument.shape, argument.rank))
      symbols.insert(dim.symbols, dim.symbols + dim.num_symbols);
  return symbols;
}

Error Symbols::set(StringRef symbol, int64_t value, const std::string &source) {
  auto [it, inserted] = values.try_emplace(symbol.str(), value);
  if (!inserted && it->second != value)
    return createStringError("expected one size for the symbol '" + symbol + "', found " +
                             Twine(it->second) + " from " + sources[symbol.str()] + " and " +
                             Twine(value) + " from " + source);
  if (inserted)
    sources[symbol.str()] = source;
  return Error::success();
}

Error Symbols::parseGiven(const normrt_kernel &kernel, StringRef item) {
  auto [name, text] = item.split('=');
  int64_t value;
  if (name.empty() || text.getAsInteger(10, value) || value < 0)
    return createStringError("--shape: expected SYMBOL=SIZE with a size of 0 or more, found '" +
                             item + "'");
  std::set<std::string> symbols = collectSymbols(kernel);
  if (!symbols.count(name.str()))
    return createStringError(
        "--shape: kernel '" + Twine(kernel.name) + "' has no symbol '" + name + "'; " +
        (symbols.empty() ? "its shapes are all static" : "its symbols are " + join(symbols, ", ")));
  return set(name, value, "--shape");
}

/// Binds the symbol of one dimension, if it is the only one that is not known yet. True if so.
Expected<bool> Symbols::solve(const KnownShape &known, int32_t d) {
  const normrt_dim &dim = known.argument->shape[d];
  int64_t product = dim.factor;
  const char *unknown = nullptr;
  for (const char *symbol : ArrayRef(dim.symbols, dim.num_symbols)) {
    auto it = values.find(symbol);
    if (it == values.end()) {
      if (unknown)
        return false;
      unknown = symbol;
    } else if (__builtin_mul_overflow(product, it->second, &product)) {
      return false;
    }
  }
  // 0 = 0 * c holds for every c.
  if (!unknown || product == 0)
    return false;
  int64_t size = known.shape[d];
  if (size % product != 0)
    return createStringError(known.source + ": expected dimension " + Twine(d) + " of '" +
                             known.argument->name + "' (" + formatDim(dim) +
                             ") to be a multiple of " + Twine(product) + ", found " + Twine(size));
  std::string source = known.source + ", dimension " + std::to_string(d);
  if (Error error = set(unknown, size / product, source))
    return error;
  return true;
}

Error Symbols::checkKnown(const KnownShape &known) const {
  for (int32_t d = 0; d < known.argument->rank; ++d) {
    const normrt_dim &dim = known.argument->shape[d];
    Expected<int64_t> size = evaluate(dim, known.argument->name);
    if (!size)
      return size.takeError();
    if (*size == known.shape[d])
      continue;
    std::string reason;
    for (const char *symbol : ArrayRef(dim.symbols, dim.num_symbols))
      reason += ", where '" + std::string(symbol) + "' is " + std::to_string(values.at(symbol)) +
                " from " + sources.at(symbol);
    return createStringError(known.source + ": expected dimension " + Twine(d) + " of '" +
                             known.argument->name + "' to be " + Twine(*size) +
                             (dim.num_symbols ? " (" + formatDim(dim) + reason + ")" : "") +
                             ", found " + Twine(known.shape[d]));
  }
  return Error::success();
}

Expected<int64_t> Symbols::evaluate(const normrt_dim &dim, StringRef argument) const {
  int64_t size = dim.factor;
  bool overflow = false;
  for (const char *symbol : ArrayRef(dim.symbols, dim.num_symbols)) {
    auto it = values.find(symbol);
    if (it == values.end())
      return createStringError("expected a size for the symbol '" + Twine(symbol) + "' in '" +
                               argument + "': give --shape " + symbol +
                               "=SIZE, or an --input that has it");
    overflow |= __builtin_mul_overflow(size, it->second, &size);
  }
  if (overflow)
    return createStringError("the size " + formatDim(dim) + " of '" + argument +
                             "' is larger than 2^63");
  return size;
}

Expected<Symbols> Symbols::bind(const normrt_kernel &kernel, ArrayRef<std::string> given,
                                ArrayRef<KnownShape> known) {
  Symbols symbols;
  for (const std::string &item : given)
    if (Error error = symbols.parseGiven(kernel, item))
      return error;
  for (const KnownShape &k : known)
    if (int64_t(k.shape.size()) != k.argument->rank)
      return createStringError(k.source + ": expected " + Twine(k.argument->rank) +
                               " dimensions for '" + k.argument->name + "' (" +
                               formatDims(*k.argument) + "), found " + Twine(k.shape.size()));
  bool changed = true;
  while (changed) {
    changed = false;
    for (const KnownShape &k : known) {
      for (int32_t d = 0; d < k.argument->rank; ++d) {
        Expected<bool> solved = symbols.solve(k, d);
        if (!solved)
          return solved.takeError();
        changed |= *solved;
      }
    }
  }
  for (const KnownShape &k : known)
    if (Error error = symbols.checkKnown(k))
      return error;
  for (const normrt_argument &argument : ArrayRef(kernel.arguments, kernel.num_arguments)) {
    Expected<std::vector<int64_t>> shape = symbols.getShape(argument);
    if (!shape)
      return shape.takeError();
  }
  return symbols;
}

Expected<std::vector<int64_t>> Symbols::getShape(const normrt_argument &argument) const {
  std::vector<int64_t> shape;
  for (const normrt_dim &dim : ArrayRef(argument.shape, argument.rank)) {
    Expected<int64_t> size = evaluate(dim, argument.name);
    if (!size)
      return size.takeError();
    shape.push_back(*size);
  }
  return shape;
}
