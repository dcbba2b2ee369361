//===- TensorChecks.cpp - what an entry checks of its tensors ------------===//
//
// The part of the checks that is of one kernel: its table of arguments, and sizes that depend on
// each other. The rest is the module's functions in TensorFunctions.cpp.
//
//===----------------------------------------------------------------------===//

#include "TensorChecks.h"
#include "TensorFunctions.h"

using namespace mlir;
using namespace mlir::norm;

TensorChecks::TensorChecks(EntryBuilder &b, const KernelSignature &signature, ModuleOp module,
                           Value args, bool onGPU)
    : b(b), signature(signature), module(module), args(args), onGPU(onGPU) {
  table = LLVM::AddressOfOp::create(b, getArgumentTable(module, signature));
}

void TensorChecks::checkSizes(Value numArgs) {
  Value expected = b.constant32(signature.arguments.size());
  auto call = LLVM::CallOp::create(b, getCheckSizesFunction(module, onGPU),
                                   ValueRange{args, numArgs, expected, table});
  b.check(call.getResult());
  for (auto [i, argument] : llvm::enumerate(signature.arguments)) {
    Value tensor = tensors.emplace_back(b.loadPtr(args, 8 * i));
    SmallVector<Value> &loaded = sizes.emplace_back();
    Value shape = argument.getRank() > 0 ? b.loadPtr(tensor, kTensorShape) : Value();
    for (auto [d, dim] : llvm::enumerate(argument.shape))
      loaded.push_back(dim.isStatic() ? b.constant(dim.factor) : b.loadI64(shape, 8 * d));
  }
  solveSymbols();
  checkRequirements();
}

void TensorChecks::checkMemory() {
  int64_t words = 0;
  for (const KernelArgument &argument : signature.arguments)
    words += getRecordWords(argument.getRank());
  records = LLVM::AllocaOp::create(b, b.getPtrType(), b.getI64Type(), b.constant(words));
  Value count = b.constant(signature.arguments.size());
  auto call = LLVM::CallOp::create(b, getCheckMemoryFunction(module),
                                   ValueRange{args, count, table, records});
  b.check(call.getResult());
}

/// Gives every symbol the value that the first dimension that can tell has, and compares the
/// others.
void TensorChecks::solveSymbols() {
  struct Entry {
    unsigned argument, dim;
    const KernelDim *size;
    bool defines;
  };
  SmallVector<Entry> entries;
  for (auto [i, argument] : llvm::enumerate(signature.arguments))
    for (auto [d, size] : llvm::enumerate(argument.shape))
      if (!size.isStatic())
        entries.push_back({unsigned(i), unsigned(d), &size, false});
  auto sizeOf = [&](const Entry &entry) { return sizes[entry.argument][entry.dim]; };

  for (Entry &entry : entries)
    if (entry.size->factor == 1 && entry.size->symbols.size() == 1)
      entry.defines = symbols.try_emplace(entry.size->symbols[0], sizeOf(entry)).second;
  for (bool changed = true; changed;) {
    changed = false;
    for (Entry &entry : entries) {
      auto isUnknown = [&](StringRef symbol) { return !symbols.contains(symbol); };
      if (llvm::count_if(entry.size->symbols, isUnknown) != 1)
        continue;
      // The unknown symbol is what remains; that nothing is left over is compared below.
      Value known = b.constant(entry.size->factor);
      for (StringRef symbol : entry.size->symbols)
        if (!isUnknown(symbol))
          known = b.mul(known, symbols.lookup(symbol));
      known = b.select(b.le(known, b.constant(0)), b.constant(1), known);
      Value quotient = LLVM::UDivOp::create(b, sizeOf(entry), known);
      symbols[*llvm::find_if(entry.size->symbols, isUnknown)] = quotient;
      changed = true;
    }
  }
  for (const Entry &entry : entries) {
    if (entry.defines)
      continue;
    Value expected = b.constant(entry.size->factor), overflow = b.bit(false);
    for (StringRef symbol : entry.size->symbols) {
      // A symbol that no shape tells, which norm-bind-arguments does not make.
      if (!symbols.contains(symbol))
        symbols[symbol] = b.constant(0);
      expected = b.mulChecked(expected, symbols.lookup(symbol), overflow);
    }
    b.check(b.any(overflow, b.ne(sizeOf(entry), expected)), ErrorCode::SizeMismatch, entry.argument,
            entry.dim);
  }
}

void TensorChecks::checkRequirements() {
  for (const KernelRequirement &requirement : signature.requirements) {
    Value empty = b.bit(false), product = b.constant(1), min = b.constant(requirement.min);
    for (StringRef symbol : requirement.symbols) {
      Value size = symbols.lookup(symbol);
      if (!size)
        continue;
      empty = b.any(empty, b.eq(size, b.constant(0)));
      // More than enough is enough: products of such numbers do not overflow.
      product = b.mul(product, b.select(b.lt(size, min), size, min));
      product = b.select(b.lt(product, min), product, min);
    }
    b.check(empty, ErrorCode::EmptyGroup);
    if (requirement.min > 1)
      b.check(b.lt(product, min), ErrorCode::GroupTooSmall);
  }
}

Value TensorChecks::getMemRef(unsigned i, LLVM::LLVMStructType descriptor) {
  const KernelArgument &argument = signature.arguments[i];
  int64_t record = 0;
  for (const KernelArgument &before : ArrayRef(signature.arguments).take_front(i))
    record += 8 * getRecordWords(before.getRank());
  // Without checkMemory nobody will look at the data.
  Value data = b.null();
  if (records)
    data = LLVM::GEPOp::create(b, b.getPtrType(), b.getI8Type(), b.loadPtr(tensors[i], kTensorData),
                               ArrayRef<LLVM::GEPArg>{b.loadI64(tensors[i], kTensorByteOffset)});
  Value value = LLVM::PoisonOp::create(b, descriptor);
  auto insert = [&](Value field, ArrayRef<int64_t> position) {
    value = LLVM::InsertValueOp::create(b, value, field, position);
  };
  insert(data, {0});
  insert(data, {1});
  insert(b.constant(0), {2});
  SmallVector<int64_t> strides;
  int64_t offset;
  (void)argument.type.getStridesAndOffset(strides, offset);
  for (int64_t d = 0; d < argument.getRank(); ++d) {
    insert(sizes[i][d], {3, d});
    bool isGiven = ShapedType::isDynamic(strides[d]) && records;
    int64_t stride = ShapedType::isDynamic(strides[d]) ? 0 : strides[d];
    insert(isGiven ? b.loadI64(records, record + getRecordStride(d)) : b.constant(stride), {4, d});
  }
  return UnrealizedConversionCastOp::create(b, argument.type, value).getResult(0);
}
