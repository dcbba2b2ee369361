//===- TensorFunctions.cpp - checks that all kernels of a module share ---===//
//
// Everything that a kernel relies on is checked here, before any element is read or written.
// Written out for each tensor of each kernel, the checks were half of an object and of the time to
// make it.
//
//===----------------------------------------------------------------------===//

#include "TensorFunctions.h"
#include "EntryBuilder.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Parser/Parser.h"

using namespace mlir;
using namespace mlir::norm;

constexpr int32_t kDeviceCPU = 1, kDeviceCUDAHost = 3, kDeviceCUDAManaged = 13;

// The table has these words for every argument, then two for every dimension: its size, or -1 where
// that is known at run time, and the stride that it has to have.
constexpr int64_t kEntryType = 0, kEntryRank = 8, kEntryBytes = 16, kEntryTie = 24, kEntryDims = 32;
// An argument's tie: an input has none, an output may be in place of an input.
constexpr int64_t kInput = -2, kOutput = -1;
// A stride may be any, or that of a compact tensor whose sizes are known at run time.
constexpr int64_t kAnyStride = INT64_MIN, kCompactStride = INT64_MIN + 1;
// The record of a tensor: the bytes it lies in (none if it is empty), the address of its first
// element, then the strides of getRecordStride.
constexpr int64_t kRecordLow = 0, kRecordHigh = 8, kRecordAddress = 16;

LLVM::GlobalOp norm::getArgumentTable(ModuleOp module, const KernelSignature &signature) {
  std::string name = (signature.name + "_arguments").str();
  if (auto global = module.lookupSymbol<LLVM::GlobalOp>(name))
    return global;
  SmallVector<int64_t> words;
  for (const KernelArgument &argument : signature.arguments) {
    DLPackType type = *getDLPackType(argument.getElementType());
    // Code, bits and lanes as one little-endian word.
    words.push_back(type.code | type.bits << 8 | 1 << 16);
    words.push_back(argument.getRank());
    words.push_back(argument.getAlignment());
    words.push_back(!argument.isOutput ? kInput : argument.inplace ? *argument.inplace : kOutput);
    SmallVector<int64_t> strides;
    int64_t offset;
    (void)argument.type.getStridesAndOffset(strides, offset);
    for (auto [dim, stride] : llvm::zip_equal(argument.shape, strides)) {
      words.push_back(dim.isStatic() ? dim.factor : -1);
      bool isCompact = argument.layout == KernelLayout::Contiguous;
      words.push_back(!ShapedType::isDynamic(stride) ? stride
                      : isCompact                    ? kCompactStride
                                                     : kAnyStride);
    }
  }
  OpBuilder b = OpBuilder::atBlockEnd(module.getBody());
  auto type = LLVM::LLVMArrayType::get(b.getI64Type(), words.size());
  auto tensor = RankedTensorType::get({int64_t(words.size())}, b.getI64Type());
  return LLVM::GlobalOp::create(b, module.getLoc(), type, /*isConstant=*/true,
                                LLVM::Linkage::Internal, name,
                                DenseElementsAttr::get(tensor, ArrayRef(words)), 8);
}

/// The module's function of this name, whose body `emit` writes where there is none yet.
static LLVM::LLVMFuncOp getFunction(ModuleOp module, StringRef name, ArrayRef<Type> inputs,
                                    function_ref<void(LLVM::LLVMFuncOp)> emit) {
  if (auto function = module.lookupSymbol<LLVM::LLVMFuncOp>(name))
    return function;
  OpBuilder b = OpBuilder::atBlockEnd(module.getBody());
  auto type = LLVM::LLVMFunctionType::get(b.getI32Type(), inputs);
  auto function = LLVM::LLVMFuncOp::create(b, module.getLoc(), name, type, LLVM::Linkage::Internal);
  emit(function);
  return function;
}

static void emitCheckSizes(LLVM::LLVMFuncOp function, bool onGPU) {
  EntryBuilder b(function);
  Value args = function.getArgument(0), given = function.getArgument(1);
  Value expected = function.getArgument(2), table = function.getArgument(3);
  b.check(b.isNull(args), ErrorCode::NullArgs);
  b.check(b.ne(given, expected), ErrorCode::NumArgs);
  Value count = LLVM::ZExtOp::create(b, b.getI64Type(), expected);
  b.forEach(count, table, [&](Value i, ValueRange values) -> SmallVector<Value> {
    Value entry = values[0], position = b.getPosition(i);
    Value tensor = b.loadPtr(b.atWord(args, i), 0);
    b.check(b.isNull(tensor), ErrorCode::NullArg, position);
    Value device = b.loadI32(tensor, kTensorDevice);
    b.check(b.both(b.ne(device, b.constant32(onGPU ? kDeviceCUDA : kDeviceCPU)),
                   b.ne(device, b.constant32(onGPU ? kDeviceCUDAManaged : kDeviceCUDAHost))),
            ErrorCode::Device, position);
    b.check(b.ne(b.loadI32(tensor, kTensorDType), b.loadI32(entry, kEntryType)), ErrorCode::DType,
            position);
    b.check(b.ne(b.loadI32(tensor, kTensorRank), b.loadI32(entry, kEntryRank)), ErrorCode::Rank,
            position);
    Value rank = b.loadI64(entry, kEntryRank), shape = b.loadPtr(tensor, kTensorShape);
    Value dims = b.at(entry, kEntryDims);
    b.check(b.both(b.isNull(shape), b.ne(rank, b.constant(0))), ErrorCode::Rank, position);

    SmallVector<Value> totals = b.forEach(
        rank, ValueRange{b.constant(1), b.bit(false), b.bit(false)},
        [&](Value d, ValueRange values) -> SmallVector<Value> {
          Value total = values[0], empty = values[1], overflow = values[2];
          Value size = b.loadI64(b.atWord(shape, d), 0), inner = b.getPosition(i, d);
          Value fixed = b.loadI64(b.atWord(dims, b.mul(d, 2)), 0);
          b.check(b.lt(size, b.constant(0)), ErrorCode::SizeNegative, inner);
          b.check(b.both(b.le(b.constant(0), fixed), b.ne(size, fixed)), ErrorCode::Shape, inner);
          empty = b.any(empty, b.eq(size, b.constant(0)));
          total = b.mulChecked(total, size, overflow);
          return {total, empty, overflow};
        });
    Value empty = totals[1], overflow = totals[2];
    (void)b.mulChecked(totals[0], b.loadI64(entry, kEntryBytes), overflow);
    b.check(b.both(overflow, b.isNot(empty)), ErrorCode::SizeNegative, position);
    return {b.atWord(dims, b.mul(rank, 2))};
  });
  LLVM::ReturnOp::create(b, b.constant32(0));
}

LLVM::LLVMFuncOp norm::getCheckSizesFunction(ModuleOp module, bool onGPU) {
  Type ptr = LLVM::LLVMPointerType::get(module.getContext());
  Type i32 = IntegerType::get(module.getContext(), 32);
  return getFunction(module, onGPU ? "normc_check_sizes_gpu" : "normc_check_sizes",
                     {ptr, i32, i32, ptr},
                     [&](LLVM::LLVMFuncOp function) { emitCheckSizes(function, onGPU); });
}

// Two tensors are apart modulo a stride S if the bytes of all their dimensions whose strides are
// not multiples of S are: the others only move by S. S is the stride of any dimension of either.
static constexpr StringLiteral kApartSource = R"mlir(
func.func private @normc_residues(%tensor: !llvm.ptr, %bytes: i64, %s: i64) -> (i64, i64) {
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rank_at = llvm.getelementptr %tensor[16] : (!llvm.ptr) -> !llvm.ptr, i8
  %rank32 = llvm.load %rank_at : !llvm.ptr -> i32
  %rank = arith.index_cast %rank32 : i32 to index
  %shape_at = llvm.getelementptr %tensor[24] : (!llvm.ptr) -> !llvm.ptr, i8
  %shape = llvm.load %shape_at : !llvm.ptr -> !llvm.ptr
  %strides_at = llvm.getelementptr %tensor[32] : (!llvm.ptr) -> !llvm.ptr, i8
  %strides = llvm.load %strides_at : !llvm.ptr -> !llvm.ptr
  %low, %length = scf.for %d = %c0 to %rank step %c1 iter_args(%l = %zero, %n = %bytes) -> (i64, i64) {
    %i = arith.index_cast %d : index to i64
    %size_at = llvm.getelementptr %shape[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
    %size = llvm.load %size_at : !llvm.ptr -> i64
    %stride_at = llvm.getelementptr %strides[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
    %elements = llvm.load %stride_at : !llvm.ptr -> i64
    %stride = arith.muli %elements, %bytes : i64
    %rest = arith.remsi %stride, %s : i64
    %moves = arith.cmpi ne, %rest, %zero : i64
    %last = arith.subi %size, %one : i64
    %many = arith.cmpi sgt, %last, %zero : i64
    %counts = arith.andi %moves, %many : i1
    %all = arith.muli %stride, %last : i64
    %reach = arith.select %counts, %all, %zero : i64
    %below = arith.minsi %reach, %zero : i64
    %minus = arith.subi %zero, %reach : i64
    %abs = arith.maxsi %reach, %minus : i64
    %l1 = arith.addi %l, %below : i64
    %n1 = arith.addi %n, %abs : i64
    scf.yield %l1, %n1 : i64, i64
  }
  return %low, %length : i64, i64
}
func.func private @normc_apart_by(%s: i64, %x: !llvm.ptr, %xa: i64, %xb: i64, %y: !llvm.ptr, %ya: i64, %yb: i64) -> i1 {
  %zero = arith.constant 0 : i64
  %false = arith.constant false
  %some = arith.cmpi sgt, %s, %zero : i64
  %apart = scf.if %some -> (i1) {
    %xl, %xn = func.call @normc_residues(%x, %xb, %s) : (!llvm.ptr, i64, i64) -> (i64, i64)
    %yl, %yn = func.call @normc_residues(%y, %yb, %s) : (!llvm.ptr, i64, i64) -> (i64, i64)
    %xlow = arith.addi %xa, %xl : i64
    %ylow = arith.addi %ya, %yl : i64
    %distance = arith.subi %ylow, %xlow : i64
    %r0 = arith.remsi %distance, %s : i64
    %neg = arith.cmpi slt, %r0, %zero : i64
    %r1 = arith.addi %r0, %s : i64
    %r = arith.select %neg, %r1, %r0 : i64
    %after = arith.cmpi sge, %r, %xn : i64
    // Not r + n, which may overflow.
    %room = arith.subi %s, %r : i64
    %before = arith.cmpi sle, %yn, %room : i64
    %both = arith.andi %after, %before : i1
    scf.yield %both : i1
  } else {
    scf.yield %false : i1
  }
  return %apart : i1
}
func.func private @normc_apart_by_one_of(%of: !llvm.ptr, %of_strides: !llvm.ptr, %bytes: i64, %x: !llvm.ptr, %xa: i64, %xb: i64, %y: !llvm.ptr, %ya: i64, %yb: i64) -> i1 {
  %false = arith.constant false
  %zero = arith.constant 0 : i64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rank_at = llvm.getelementptr %of[16] : (!llvm.ptr) -> !llvm.ptr, i8
  %rank32 = llvm.load %rank_at : !llvm.ptr -> i32
  %rank = arith.index_cast %rank32 : i32 to index
  %apart = scf.for %d = %c0 to %rank step %c1 iter_args(%found = %false) -> (i1) {
    %i = arith.index_cast %d : index to i64
    %at = llvm.getelementptr %of_strides[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
    %elements = llvm.load %at : !llvm.ptr -> i64
    %stride = arith.muli %elements, %bytes : i64
    %minus = arith.subi %zero, %stride : i64
    %s = arith.maxsi %stride, %minus : i64
    %a = func.call @normc_apart_by(%s, %x, %xa, %xb, %y, %ya, %yb) : (i64, !llvm.ptr, i64, i64, !llvm.ptr, i64, i64) -> i1
    %or = arith.ori %found, %a : i1
    scf.yield %or : i1
  }
  return %apart : i1
}
func.func private @normc_apart(%x: !llvm.ptr, %xa: i64, %xb: i64, %y: !llvm.ptr, %ya: i64, %yb: i64) -> i1 {
  %false = arith.constant false
  %null = llvm.mlir.zero : !llvm.ptr
  %xs_at = llvm.getelementptr %x[32] : (!llvm.ptr) -> !llvm.ptr, i8
  %xs = llvm.load %xs_at : !llvm.ptr -> !llvm.ptr
  %ys_at = llvm.getelementptr %y[32] : (!llvm.ptr) -> !llvm.ptr, i8
  %ys = llvm.load %ys_at : !llvm.ptr -> !llvm.ptr
  %xg = llvm.icmp "ne" %xs, %null : !llvm.ptr
  %yg = llvm.icmp "ne" %ys, %null : !llvm.ptr
  // A compact tensor is not a view of a packed buffer.
  %given = arith.andi %xg, %yg : i1
  %apart = scf.if %given -> (i1) {
    %by_x = func.call @normc_apart_by_one_of(%x, %xs, %xb, %x, %xa, %xb, %y, %ya, %yb) : (!llvm.ptr, !llvm.ptr, i64, !llvm.ptr, i64, i64, !llvm.ptr, i64, i64) -> i1
    %by_y = func.call @normc_apart_by_one_of(%y, %ys, %yb, %x, %xa, %xb, %y, %ya, %yb) : (!llvm.ptr, !llvm.ptr, i64, !llvm.ptr, i64, i64, !llvm.ptr, i64, i64) -> i1
    %or = arith.ori %by_x, %by_y : i1
    scf.yield %or : i1
  } else {
    scf.yield %false : i1
  }
  return %apart : i1
}
)mlir";

static StringRef getApartFunction(ModuleOp module) {
  if (!module.lookupSymbol("normc_apart")) {
    OwningOpRef<ModuleOp> source = parseSourceString<ModuleOp>(kApartSource, module.getContext());
    for (Operation &op : llvm::make_early_inc_range(*source->getBody()))
      op.moveBefore(module.getBody(), module.getBody()->end());
  }
  return "normc_apart";
}

namespace {
/// Writes the function of getCheckMemoryFunction.
class MemoryChecks {
public:
  MemoryChecks(LLVM::LLVMFuncOp function, StringRef apart)
      : b(function), args(function.getArgument(0)), count(function.getArgument(1)),
        table(function.getArgument(2)), records(function.getArgument(3)), apart(apart) {}

  void run() {
    forEachTensor([&](const Tensor &tensor) {
      Value isCompact = checkStrides(tensor);
      b.when(b.both(isOutput(tensor), b.isNot(isCompact)), [&] { checkSelfOverlap(tensor); });
      checkData(tensor);
    });
    forEachTensor([&](const Tensor &x) {
      b.when(isOutput(x), [&] {
        forEachTensor([&](const Tensor &y) {
          // Of two outputs, the later one is in the way.
          Value matters = b.any(b.isNot(isOutput(y)), b.lt(y.index, x.index));
          b.check(b.both(matters, b.isNot(areApart(x, y))), ErrorCode::Overlap, x.position);
        });
      });
    });
    LLVM::ReturnOp::create(b, b.constant32(0));
  }

private:
  struct Tensor {
    Value index, position, pointer, entry, record, rank;
  };

  void forEachTensor(function_ref<void(const Tensor &)> body) {
    b.forEach(count, ValueRange{table, records}, [&](Value i, ValueRange v) -> SmallVector<Value> {
      Value rank = b.loadI64(v[0], kEntryRank);
      body({i, b.getPosition(i), b.loadPtr(b.atWord(args, i), 0), v[0], v[1], rank});
      return {b.atWord(b.at(v[0], kEntryDims), b.mul(rank, 2)),
              b.atWord(b.at(v[1], getRecordStride(0)), rank)};
    });
  }
  Value isOutput(const Tensor &tensor) {
    return b.ne(b.loadI64(tensor.entry, kEntryTie), b.constant(kInput));
  }
  Value getSize(const Tensor &tensor, Value d) {
    return b.loadI64(b.atWord(b.loadPtr(tensor.pointer, kTensorShape), d), 0);
  }
  Value getStride(const Tensor &tensor, Value d) {
    return b.loadI64(b.atWord(tensor.record, d), getRecordStride(0));
  }
  Value getMagnitude(Value x) {
    return b.select(b.lt(x, b.constant(0)), b.sub(b.constant(0), x), x);
  }
  Value isEmpty(const Tensor &tensor) {
    return b.forEach(tensor.rank, b.bit(false), [&](Value d, ValueRange v) -> SmallVector<Value> {
      return {b.any(v[0], b.eq(getSize(tensor, d), b.constant(0)))};
    })[0];
  }

  Value checkStrides(const Tensor &tensor);
  void checkSelfOverlap(const Tensor &tensor);
  void checkData(const Tensor &tensor);
  Value haveOneBuffer(const Tensor &x, const Tensor &y);
  Value areApart(const Tensor &x, const Tensor &y);

  EntryBuilder b;
  Value args, count, table, records;
  StringRef apart;
};
} // namespace

/// Strides are what the table says, except where no address depends on them. Returns whether all
/// are those of a compact tensor.
Value MemoryChecks::checkStrides(const Tensor &tensor) {
  Value zero = b.constant(0), one = b.constant(1), bytes = b.loadI64(tensor.entry, kEntryBytes);
  Value given = b.loadPtr(tensor.pointer, kTensorStrides), present = b.isNot(isEmpty(tensor));
  Value wantedStrides = b.at(tensor.entry, kEntryDims + 8);
  Value isGiven = b.isNot(b.isNull(given));
  // Where no strides are given, what is read in their place is not used.
  Value source = b.select(isGiven, given, b.loadPtr(tensor.pointer, kTensorShape));
  SmallVector<Value> reached = b.forEach(
      tensor.rank, ValueRange{one, zero, bytes, b.bit(true)},
      [&](Value i, ValueRange v) -> SmallVector<Value> {
        Value compact = v[0], low = v[1], high = v[2], overflow = b.bit(false);
        Value d = b.sub(b.sub(tensor.rank, one), i), position = b.getPosition(tensor.index, d);
        Value size = getSize(tensor, d);
        Value stride = b.select(isGiven, b.loadI64(b.atWord(source, d), 0), compact);
        LLVM::StoreOp::create(b, stride, b.at(b.atWord(tensor.record, d), getRecordStride(0)));
        Value matters = b.both(b.lt(one, size), present);
        Value wanted = b.loadI64(b.atWord(wantedStrides, b.mul(d, 2)), 0);
        Value isAny = b.eq(wanted, b.constant(kAnyStride));
        wanted = b.select(b.eq(wanted, b.constant(kCompactStride)), compact, wanted);
        Value isWrong = b.both(b.isNot(isAny), b.ne(stride, wanted));
        b.check(b.both(isWrong, matters), ErrorCode::Stride, position);

        Value step = b.mulChecked(stride, bytes, overflow);
        Value reach = b.mulChecked(step, b.sub(size, one), overflow);
        reach = b.select(matters, reach, zero);
        // An overflow where the stride does not matter is none.
        overflow = b.both(overflow, matters);
        Value negative = b.lt(reach, zero);
        low = b.addChecked(low, b.select(negative, reach, zero), overflow);
        high = b.addChecked(high, b.select(negative, zero, reach), overflow);
        b.check(overflow, ErrorCode::SizeNegative, position);
        Value isCompact = b.both(v[3], b.eq(stride, compact));
        return {b.mul(compact, size), low, high, isCompact};
      });
  b.storeI64(b.select(present, reached[1], zero), tensor.record, kRecordLow);
  b.storeI64(b.select(present, reached[2], zero), tensor.record, kRecordHigh);
  return reached[3];
}

/// Two elements of an output in one place would be a race. Every stride has to go beyond all that
/// the dimensions of smaller strides reach, which is how views of dense buffers are.
void MemoryChecks::checkSelfOverlap(const Tensor &tensor) {
  Value zero = b.constant(0), one = b.constant(1);
  Value present = b.lt(b.loadI64(tensor.record, kRecordLow), b.loadI64(tensor.record, kRecordHigh));
  b.forEach(tensor.rank, {}, [&](Value d, ValueRange) -> SmallVector<Value> {
    Value length = getMagnitude(getStride(tensor, d));
    Value inner = b.forEach(tensor.rank, zero, [&](Value e, ValueRange v) -> SmallVector<Value> {
      Value size = getSize(tensor, e), other = getMagnitude(getStride(tensor, e));
      Value reach = b.select(b.lt(one, size), b.mul(other, b.sub(size, one)), zero);
      // Equal strides of two dimensions that matter overlap whichever is called the inner one.
      Value isInner = b.select(b.lt(d, e), b.le(other, length), b.lt(other, length));
      isInner = b.both(isInner, b.ne(e, d));
      return {b.add(v[0], b.select(isInner, reach, zero))};
    })[0];
    Value matters = b.both(b.lt(one, getSize(tensor, d)), present);
    b.check(b.both(matters, b.le(length, inner)), ErrorCode::Stride,
            b.getPosition(tensor.index, d));
    return {};
  });
}

/// Makes the record's bytes addresses.
void MemoryChecks::checkData(const Tensor &tensor) {
  Value low = b.loadI64(tensor.record, kRecordLow), high = b.loadI64(tensor.record, kRecordHigh);
  Value present = b.lt(low, high), base = b.loadPtr(tensor.pointer, kTensorData);
  b.check(b.both(b.isNull(base), present), ErrorCode::NullData, tensor.position);
  Value address = b.add(b.toInt(base), b.loadI64(tensor.pointer, kTensorByteOffset));
  Value mask = b.sub(b.loadI64(tensor.entry, kEntryBytes), b.constant(1));
  b.check(b.both(b.ne(b.both(address, mask), b.constant(0)), present), ErrorCode::Alignment,
          tensor.position);
  Value nowhere = b.constant(0);
  b.storeI64(b.select(present, b.add(address, low), nowhere), tensor.record, kRecordLow);
  b.storeI64(b.select(present, b.add(address, high), nowhere), tensor.record, kRecordHigh);
  b.storeI64(address, tensor.record, kRecordAddress);
}

Value MemoryChecks::haveOneBuffer(const Tensor &x, const Tensor &y) {
  Value same = b.eq(b.loadI64(x.record, kRecordAddress), b.loadI64(y.record, kRecordAddress));
  return b.forEach(x.rank, same, [&](Value d, ValueRange v) -> SmallVector<Value> {
    Value equal = b.eq(getStride(x, d), getStride(y, d));
    return {b.both(v[0], b.any(equal, b.le(getSize(x, d), b.constant(1))))};
  })[0];
}

/// Whether output `x` shares no byte with `y`, or has its buffer and may.
Value MemoryChecks::areApart(const Tensor &x, const Tensor &y) {
  using LLVM::ICmpPredicate;
  Value disjoint = b.any(b.compare(ICmpPredicate::ule, b.loadI64(x.record, kRecordHigh),
                                   b.loadI64(y.record, kRecordLow)),
                         b.compare(ICmpPredicate::ule, b.loadI64(y.record, kRecordHigh),
                                   b.loadI64(x.record, kRecordLow)));
  auto yes = [&]() -> SmallVector<Value> { return {b.bit(true)}; };
  return b.either(disjoint, yes, [&]() -> SmallVector<Value> {
    Value tied = b.eq(b.loadI64(x.entry, kEntryTie), y.index);
    Value oneBuffer = b.either(
        tied, [&] { return SmallVector<Value>{haveOneBuffer(x, y)}; },
        [&] { return SmallVector<Value>{b.bit(false)}; })[0];
    return b.either(oneBuffer, yes, [&]() -> SmallVector<Value> {
      SmallVector<Value> operands;
      for (const Tensor *tensor : {&x, &y})
        llvm::append_values(operands, tensor->pointer, b.loadI64(tensor->record, kRecordAddress),
                            b.loadI64(tensor->entry, kEntryBytes));
      return {func::CallOp::create(b, apart, b.getI1Type(), operands).getResult(0)};
    });
  })[0];
}

LLVM::LLVMFuncOp norm::getCheckMemoryFunction(ModuleOp module) {
  Type ptr = LLVM::LLVMPointerType::get(module.getContext());
  Type i64 = IntegerType::get(module.getContext(), 64);
  auto emit = [&](LLVM::LLVMFuncOp function) {
    MemoryChecks(function, getApartFunction(module)).run();
  };
  return getFunction(module, "normc_check_memory", {ptr, i64, ptr, ptr}, emit);
}
