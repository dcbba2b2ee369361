//===- TensorChecks.cpp - what an entry checks of its tensors ------------===//
//
// Everything that a kernel relies on is checked here, before any element is read or written.
//
//===----------------------------------------------------------------------===//

#include "TensorChecks.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Parser/Parser.h"

using namespace mlir;
using namespace mlir::norm;

// Where DLTensor has its fields.
constexpr int64_t kData = 0, kDevice = 8, kRank = 16, kDType = 20, kShape = 24, kStrides = 32,
                  kByteOffset = 40;
constexpr int32_t kDeviceCPU = 1, kDeviceCUDAHost = 3;

void TensorChecks::checkSizes(Value args, Value numArgs) {
  b.check(b.isNull(args), ErrorCode::NullArgs);
  b.check(b.ne(numArgs, b.constant32(signature.arguments.size())), ErrorCode::NumArgs);
  for (unsigned i = 0; i < signature.arguments.size(); ++i)
    checkTensor(i, args);
  solveSymbols();
  checkRequirements();
}

void TensorChecks::checkMemory(StringRef apart) {
  for (unsigned i = 0; i < tensors.size(); ++i) {
    loadStrides(i);
    checkStrides(i);
    checkData(i);
  }
  for (auto [i, argument] : llvm::enumerate(signature.arguments))
    for (unsigned j = 0; argument.isOutput && j < tensors.size(); ++j)
      // Of two outputs, the later one is in the way.
      if (!signature.arguments[j].isOutput || j < i)
        checkOverlap(i, j, apart);
}

void TensorChecks::checkTensor(unsigned i, Value args) {
  const KernelArgument &argument = signature.arguments[i];
  Tensor &tensor = tensors.emplace_back();
  tensor.pointer = b.loadPtr(args, 8 * i);
  b.check(b.isNull(tensor.pointer), ErrorCode::NullArg, i);

  Value device = b.loadI32(tensor.pointer, kDevice);
  b.check(
      b.both(b.ne(device, b.constant32(kDeviceCPU)), b.ne(device, b.constant32(kDeviceCUDAHost))),
      ErrorCode::Device, i);

  // Code, bits and lanes as one little-endian word.
  DLPackType type = *getDLPackType(argument.getElementType());
  int32_t word = type.code | type.bits << 8 | 1 << 16;
  b.check(b.ne(b.loadI32(tensor.pointer, kDType), b.constant32(word)), ErrorCode::DType, i);

  b.check(b.ne(b.loadI32(tensor.pointer, kRank), b.constant32(argument.getRank())), ErrorCode::Rank,
          i);
  Value shape = b.loadPtr(tensor.pointer, kShape);
  if (argument.getRank() > 0)
    b.check(b.isNull(shape), ErrorCode::Rank, i);

  Value overflow = b.bit(false), total = b.constant(1);
  tensor.empty = b.bit(false);
  for (auto [d, dim] : llvm::enumerate(argument.shape)) {
    Value size = b.loadI64(shape, 8 * d);
    b.check(b.lt(size, b.constant(0)), ErrorCode::SizeNegative, i, d);
    if (dim.isStatic())
      b.check(b.ne(size, b.constant(dim.factor)), ErrorCode::Shape, i, d);
    tensor.sizes.push_back(size);
    tensor.empty = b.any(tensor.empty, b.eq(size, b.constant(0)));
    total = b.mulChecked(total, size, overflow);
  }
  (void)b.mulChecked(total, b.constant(argument.getAlignment()), overflow);
  b.check(b.both(overflow, b.isNot(tensor.empty)), ErrorCode::SizeNegative, i);
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
  auto sizeOf = [&](const Entry &entry) { return tensors[entry.argument].sizes[entry.dim]; };

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

void TensorChecks::loadStrides(unsigned i) {
  Tensor &tensor = tensors[i];
  unsigned rank = tensor.sizes.size();
  tensor.strideArray = b.loadPtr(tensor.pointer, kStrides);
  if (rank == 0)
    return;
  SmallVector<Value> compact(rank);
  Value stride = b.constant(1);
  for (int d = rank - 1; d >= 0; --d) {
    compact[d] = stride;
    stride = b.mul(stride, tensor.sizes[d]);
  }
  tensor.strides = b.either(
      b.isNull(tensor.strideArray), [&] { return compact; },
      [&] {
        SmallVector<Value> loaded;
        for (unsigned d = 0; d < rank; ++d)
          loaded.push_back(b.loadI64(tensor.strideArray, 8 * d));
        return loaded;
      });
}

/// Strides are what the memref's type says, except where no address depends on them.
void TensorChecks::checkStrides(unsigned i) {
  const KernelArgument &argument = signature.arguments[i];
  Tensor &tensor = tensors[i];
  SmallVector<int64_t> strides;
  int64_t offset;
  (void)argument.type.getStridesAndOffset(strides, offset);
  Value compact = b.constant(1), bytes = b.constant(argument.getAlignment());
  Value overflow = b.bit(false), low = b.constant(0), high = bytes;
  SmallVector<Value> matters(strides.size());
  for (int d = strides.size() - 1; d >= 0; --d) {
    Value size = tensor.sizes[d], stride = tensor.strides[d];
    matters[d] = b.both(b.lt(b.constant(1), size), b.isNot(tensor.empty));
    Value expected;
    if (!ShapedType::isDynamic(strides[d]))
      expected = b.constant(strides[d]);
    else if (argument.layout == KernelLayout::Contiguous)
      expected = compact;
    if (expected)
      b.check(b.both(b.ne(stride, expected), matters[d]), ErrorCode::Stride, i, d);
    compact = b.mul(compact, size);

    Value step = b.mulChecked(stride, bytes, overflow);
    Value reach = b.mulChecked(step, b.sub(size, b.constant(1)), overflow);
    reach = b.select(matters[d], reach, b.constant(0));
    // An overflow where the stride does not matter is none.
    overflow = b.both(overflow, matters[d]);
    Value zero = b.constant(0), negative = b.lt(reach, zero);
    low = b.addChecked(low, b.select(negative, reach, zero), overflow);
    high = b.addChecked(high, b.select(negative, zero, reach), overflow);
    b.check(overflow, ErrorCode::SizeNegative, i, d);
    overflow = b.bit(false);
  }
  tensor.low = low;
  tensor.high = high;
  if (argument.isOutput)
    checkSelfOverlap(i);
}

/// Two elements of an output in one place would be a race. Every stride has to go beyond all that
/// the dimensions of smaller strides reach, which is how views of dense buffers are.
void TensorChecks::checkSelfOverlap(unsigned i) {
  Tensor &tensor = tensors[i];
  unsigned rank = tensor.sizes.size();
  Value zero = b.constant(0), one = b.constant(1);
  SmallVector<Value> lengths, reaches;
  for (unsigned d = 0; d < rank; ++d) {
    Value stride = tensor.strides[d];
    Value length = b.select(b.lt(stride, zero), b.sub(zero, stride), stride);
    Value matters = b.lt(one, tensor.sizes[d]);
    lengths.push_back(length);
    reaches.push_back(b.select(matters, b.mul(length, b.sub(tensor.sizes[d], one)), zero));
  }
  for (unsigned d = 0; d < rank; ++d) {
    Value inner = zero;
    for (unsigned e = 0; e < rank; ++e) {
      if (e == d)
        continue;
      // Equal strides of two dimensions that matter overlap whichever is called the inner one.
      Value isInner = e > d ? b.le(lengths[e], lengths[d]) : b.lt(lengths[e], lengths[d]);
      inner = b.add(inner, b.select(isInner, reaches[e], zero));
    }
    Value matters = b.both(b.lt(one, tensor.sizes[d]), b.isNot(tensor.empty));
    b.check(b.both(matters, b.le(lengths[d], inner)), ErrorCode::Stride, i, d);
  }
}

void TensorChecks::checkData(unsigned i) {
  Tensor &tensor = tensors[i];
  int64_t alignment = signature.arguments[i].getAlignment();
  Value base = b.loadPtr(tensor.pointer, kData);
  Value present = b.isNot(tensor.empty);
  b.check(b.both(b.isNull(base), present), ErrorCode::NullData, i);
  Value offset = b.loadI64(tensor.pointer, kByteOffset);
  tensor.data =
      LLVM::GEPOp::create(b, b.getPtrType(), b.getI8Type(), base, ArrayRef<LLVM::GEPArg>{offset});
  tensor.address = b.toInt(tensor.data);
  if (alignment > 1) {
    Value rest = b.both(tensor.address, b.constant(alignment - 1));
    b.check(b.both(b.ne(rest, b.constant(0)), present), ErrorCode::Alignment, i);
  }
  tensor.low = b.add(tensor.address, tensor.low);
  tensor.high = b.add(tensor.address, tensor.high);
}

Value TensorChecks::hasOneBuffer(const Tensor &x, const Tensor &y) {
  Value same = b.eq(x.address, y.address);
  for (auto [d, size] : llvm::enumerate(x.sizes)) {
    Value equal = b.eq(x.strides[d], y.strides[d]);
    same = b.both(same, b.any(equal, b.le(size, b.constant(1))));
  }
  return same;
}

/// Output `i` shares no byte with `j`.
void TensorChecks::checkOverlap(unsigned i, unsigned j, StringRef apart) {
  const Tensor &x = tensors[i], &y = tensors[j];
  using LLVM::ICmpPredicate;
  Value disjoint = b.any(b.compare(ICmpPredicate::ule, x.high, y.low),
                         b.compare(ICmpPredicate::ule, y.high, x.low));
  disjoint = b.any(disjoint, b.any(x.empty, y.empty));
  if (signature.arguments[i].inplace == j)
    disjoint = b.any(disjoint, hasOneBuffer(x, y));
  if (x.sizes.empty() || y.sizes.empty()) {
    b.check(b.isNot(disjoint), ErrorCode::Overlap, i);
    return;
  }
  Value fine = b.either(
      disjoint, [&]() -> SmallVector<Value> { return {b.bit(true)}; },
      [&]() -> SmallVector<Value> {
        auto bytes = [&](unsigned k) { return b.constant(signature.arguments[k].getAlignment()); };
        auto call = func::CallOp::create(
            b, apart, b.getI1Type(),
            ValueRange{x.pointer, x.address, bytes(i), y.pointer, y.address, bytes(j)});
        return {call.getResult(0)};
      })[0];
  b.check(b.isNot(fine), ErrorCode::Overlap, i);
}

Value TensorChecks::getMemRef(unsigned i, LLVM::LLVMStructType descriptor) {
  const KernelArgument &argument = signature.arguments[i];
  const Tensor &tensor = tensors[i];
  // Without checkMemory nobody will look at the data.
  Value data = tensor.data ? tensor.data : b.null();
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
    bool isStatic = !argument.type.isDynamicDim(d);
    insert(isStatic ? b.constant(argument.type.getDimSize(d)) : tensor.sizes[d], {3, d});
    bool isGiven = ShapedType::isDynamic(strides[d]) && !tensor.strides.empty();
    int64_t stride = ShapedType::isDynamic(strides[d]) ? 0 : strides[d];
    insert(isGiven ? tensor.strides[d] : b.constant(stride), {4, d});
  }
  return UnrealizedConversionCastOp::create(b, argument.type, value).getResult(0);
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

StringRef TensorChecks::getApartFunction(ModuleOp module) {
  if (!module.lookupSymbol("normc_apart")) {
    OwningOpRef<ModuleOp> source = parseSourceString<ModuleOp>(kApartSource, module.getContext());
    for (Operation &op : llvm::make_early_inc_range(*source->getBody()))
      op.moveBefore(module.getBody(), module.getBody()->end());
  }
  return "normc_apart";
}
