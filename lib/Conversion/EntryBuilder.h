//===- EntryBuilder.h - straight-line checks in the LLVM dialect ---------===//
//
// Builds an entry of a kernel: loads, 64-bit arithmetic, and checks that leave with an error code.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_CONVERSION_ENTRYBUILDER_H
#define NORMC_LIB_CONVERSION_ENTRYBUILDER_H

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace mlir::norm {

/// The codes of normrt_error in normc-c/Runtime.h.
enum class ErrorCode {
  NumArgs = 1,
  NullArg = 2,
  NullData = 3,
  Device = 4,
  DType = 5,
  Rank = 6,
  Shape = 7,
  SizeMismatch = 8,
  Stride = 9,
  Alignment = 10,
  Overlap = 11,
  EmptyGroup = 12,
  GroupTooSmall = 13,
  Workspace = 14,
  Context = 15,
  SizeNegative = 16,
  NullArgs = 17,
  Launch = 19,
};

class EntryBuilder : public ImplicitLocOpBuilder {
public:
  /// Starts the body of `function`, whose result is an i32, or an i64 that is an error's negation.
  explicit EntryBuilder(LLVM::LLVMFuncOp function)
      : ImplicitLocOpBuilder(function.getLoc(), function.getContext()), function(function),
        ptr(LLVM::LLVMPointerType::get(getContext())) {
    Block *entry = function.addEntryBlock(*this);
    failBlock =
        createBlock(&function.getBody(), function.getBody().end(), {getI32Type()}, {getLoc()});
    Value code = failBlock->getArgument(0);
    if (function.getFunctionType().getReturnType() == getI64Type())
      code = sub(constant(0), LLVM::SExtOp::create(*this, getI64Type(), code));
    LLVM::ReturnOp::create(*this, code);
    setInsertionPointToStart(entry);
  }

  Type getPtrType() { return ptr; }

  /// Returns the error from the function if `bad` holds. `arg` and `dim` count from 0; -1: none.
  void check(Value bad, ErrorCode code, int arg = -1, int dim = -1) {
    leaveIf(bad, constant32(int32_t(code) | (arg + 1) << 8 | (dim + 1) << 20));
  }
  /// The same where the argument and the dimension are known at run time, as getPosition gives
  /// them.
  void check(Value bad, ErrorCode code, Value position) {
    leaveIf(bad, any(constant32(int32_t(code)), position));
  }
  /// Returns from the function what a function of this kind returned, if it is an error.
  void check(Value rc) { leaveIf(ne(rc, constant32(0)), rc); }
  /// Where in an error code argument `arg` and dimension `dim` (i64, from 0) stand; no dim: none.
  Value getPosition(Value arg, Value dim = {}) {
    Value position = mul(add(arg, constant(1)), 1 << 8);
    if (dim)
      position = add(position, mul(add(dim, constant(1)), 1 << 20));
    return LLVM::TruncOp::create(*this, getI32Type(), position);
  }

  /// `body(i, values)` for i from 0 to `count`: what it returns are the next values.
  SmallVector<Value> forEach(Value count, ValueRange first,
                             function_ref<SmallVector<Value>(Value, ValueRange)> body) {
    SmallVector<Type> types = {getI64Type()};
    llvm::append_range(types, first.getTypes());
    Block *head = addBlock(types), *inside = addBlock({}), *after = addBlock({});
    SmallVector<Value> operands = {constant(0)};
    llvm::append_range(operands, first);
    LLVM::BrOp::create(*this, operands, head);
    setInsertionPointToStart(head);
    Value i = head->getArgument(0);
    LLVM::CondBrOp::create(*this, lt(i, count), inside, ValueRange{}, after, ValueRange{});
    setInsertionPointToStart(inside);
    SmallVector<Value> next = body(i, head->getArguments().drop_front());
    next.insert(next.begin(), add(i, constant(1)));
    LLVM::BrOp::create(*this, next, head);
    setInsertionPointToStart(after);
    return llvm::to_vector_of<Value>(head->getArguments().drop_front());
  }

  /// `yes()` if `condition`, else `no()`: the values that the one of them returns.
  SmallVector<Value> either(Value condition, function_ref<SmallVector<Value>()> yes,
                            function_ref<SmallVector<Value>()> no) {
    Block *yesBlock = addBlock({});
    Block *noBlock = addBlock({});
    LLVM::CondBrOp::create(*this, condition, yesBlock, ValueRange{}, noBlock, ValueRange{});
    setInsertionPointToStart(yesBlock);
    SmallVector<Value> yesValues = yes();
    Block *join = addBlock(llvm::to_vector(ValueRange(yesValues).getTypes()));
    LLVM::BrOp::create(*this, yesValues, join);
    setInsertionPointToStart(noBlock);
    LLVM::BrOp::create(*this, no(), join);
    setInsertionPointToStart(join);
    return llvm::to_vector_of<Value>(join->getArguments());
  }

  void when(Value condition, function_ref<void()> then) {
    auto nothing = [] { return SmallVector<Value>(); };
    either(condition, [&] { return then(), nothing(); }, nothing);
  }

  Value constant(int64_t value) {
    return LLVM::ConstantOp::create(*this, getI64IntegerAttr(value));
  }
  Value constant32(int32_t value) {
    return LLVM::ConstantOp::create(*this, getI32IntegerAttr(value));
  }
  Value bit(bool value) { return LLVM::ConstantOp::create(*this, getBoolAttr(value)); }
  Value null() { return LLVM::ZeroOp::create(*this, ptr); }
  Value at(Value base, int64_t bytes) {
    return LLVM::GEPOp::create(*this, ptr, getI8Type(), base,
                               ArrayRef<LLVM::GEPArg>{int32_t(bytes)});
  }
  /// `words` words of 64 bits behind `base`.
  Value atWord(Value base, Value words) {
    return LLVM::GEPOp::create(*this, ptr, getI64Type(), base, ArrayRef<LLVM::GEPArg>{words});
  }
  void storeI64(Value value, Value base, int64_t bytes) {
    LLVM::StoreOp::create(*this, value, at(base, bytes));
  }
  Value load(Type type, Value base, int64_t bytes) {
    return LLVM::LoadOp::create(*this, type, at(base, bytes));
  }
  Value loadI64(Value base, int64_t bytes) { return load(getI64Type(), base, bytes); }
  Value loadI32(Value base, int64_t bytes) { return load(getI32Type(), base, bytes); }
  Value loadPtr(Value base, int64_t bytes) { return load(ptr, base, bytes); }
  Value toInt(Value pointer) { return LLVM::PtrToIntOp::create(*this, getI64Type(), pointer); }

  Value add(Value x, Value y) { return LLVM::AddOp::create(*this, x, y); }
  Value sub(Value x, Value y) { return LLVM::SubOp::create(*this, x, y); }
  Value mul(Value x, Value y) { return LLVM::MulOp::create(*this, x, y); }
  Value mul(Value x, int64_t y) { return y == 1 ? x : mul(x, constant(y)); }
  /// The product, and in `overflow`, with what it already says, whether it overflows.
  Value mulChecked(Value x, Value y, Value &overflow) {
    auto pair = LLVM::LLVMStructType::getLiteral(getContext(), {getI64Type(), getI1Type()});
    return takeChecked(LLVM::SMulWithOverflowOp::create(*this, pair, x, y), overflow);
  }
  Value addChecked(Value x, Value y, Value &overflow) {
    auto pair = LLVM::LLVMStructType::getLiteral(getContext(), {getI64Type(), getI1Type()});
    return takeChecked(LLVM::SAddWithOverflowOp::create(*this, pair, x, y), overflow);
  }
  Value select(Value condition, Value x, Value y) {
    return LLVM::SelectOp::create(*this, condition, x, y);
  }
  Value both(Value x, Value y) { return LLVM::AndOp::create(*this, x, y); }
  Value any(Value x, Value y) { return LLVM::OrOp::create(*this, x, y); }
  Value isNot(Value x) { return LLVM::XOrOp::create(*this, x, bit(true)); }
  Value compare(LLVM::ICmpPredicate predicate, Value x, Value y) {
    return LLVM::ICmpOp::create(*this, predicate, x, y);
  }
  Value eq(Value x, Value y) { return compare(LLVM::ICmpPredicate::eq, x, y); }
  Value ne(Value x, Value y) { return compare(LLVM::ICmpPredicate::ne, x, y); }
  Value lt(Value x, Value y) { return compare(LLVM::ICmpPredicate::slt, x, y); }
  Value le(Value x, Value y) { return compare(LLVM::ICmpPredicate::sle, x, y); }
  Value isNull(Value pointer) { return eq(pointer, null()); }

private:
  void leaveIf(Value bad, Value rc) {
    Block *next = addBlock({});
    LLVM::CondBrOp::create(*this, bad, failBlock, ValueRange{rc}, next, ValueRange{});
    setInsertionPointToStart(next);
  }
  Block *addBlock(TypeRange arguments) {
    OpBuilder::InsertionGuard guard(*this);
    return createBlock(failBlock, arguments, SmallVector<Location>(arguments.size(), getLoc()));
  }
  Value takeChecked(Value pair, Value &overflow) {
    overflow = any(overflow, LLVM::ExtractValueOp::create(*this, pair, 1));
    return LLVM::ExtractValueOp::create(*this, pair, 0);
  }

  LLVM::LLVMFuncOp function;
  LLVM::LLVMPointerType ptr;
  Block *failBlock;
};

} // namespace mlir::norm

#endif // NORMC_LIB_CONVERSION_ENTRYBUILDER_H
