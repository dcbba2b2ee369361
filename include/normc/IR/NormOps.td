//===- NormOps.td - norm.generic and the operations of its body ----------===//
//
// The one operation that passes see, and what its program for a group is written with.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_IR_NORMOPS_TD
#define NORMC_IR_NORMOPS_TD

include "normc/IR/NormDialect.td"
include "mlir/IR/OpBase.td"
include "mlir/IR/OpAsmInterface.td"
include "mlir/Interfaces/DestinationStyleOpInterface.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "mlir/Interfaces/TilingInterface.td"

class Norm_Op<string mnemonic, list<Trait> traits = []> : Op<Norm_Dialect, mnemonic, traits>;

def Norm_GenericOp : Norm_Op<"generic", [
    IsolatedFromAbove, AttrSizedOperandSegments, SingleBlock,
    DestinationStyleOpInterface,
    DeclareOpInterfaceMethods<MemoryEffectsOpInterface>,
    DeclareOpInterfaceMethods<ReifyRankedShapedTypeOpInterface, ["reifyResultShapes"]>,
    DeclareOpInterfaceMethods<TilingInterface,
      ["getLoopIteratorTypes", "getIterationDomain", "getTiledImplementation",
       "getResultTilePosition", "generateResultTileValue"]>]> {
  let summary = "A program for one group of elements, run on every group";
  let description = [{
    The iteration space is explicit: `iter(r = %rows, c = 4096)` names its dimensions and gives their
    extents. The dimensions in `reduce [...]` are inside a group, all others say which group. The
    region is the program for one group. An operand without in-group dimensions enters it as a
    scalar, any other as a `!norm.field`.

    Each operand says how its dimensions are indexed: `%x(r, c)`, or `%x(n, [g c], h, w)` where the
    second dimension of the tensor is the row-major product of `g` and `c`, so that channels are
    split into groups without a reshape. An iteration dimension that an operand does not name is
    broadcast.

    A plain result has one element for every group and every element of the yielded field. An
    `acc` result is `init + sum` over the group dimensions that its access leaves out, in the order
    that its `#norm.order` gives: rows of these dimensions, row-major, are the elements, `segment`
    the least number of rows in a block and `blocks` the greatest number of blocks; a block is
    `max(segment, pow2ceil(rows / blocks))` rows, summed one after the other; blocks are folded from
    the left, then `init` is added. Where the field is a `norm.map` that yields an `arith.mulf`, the product and its addition
    are rounded once where the target has fused multiply-add, as in `dot`.

    On tensors `acc` and `norm.reduce` may stand without an order, which is then the target's: `norm-generalize` fills it
    in, and passes that compute with orders come after it. With an order, the program means the same bits on every target.

    The same value in `ins` and `outs` asks for the result in place.

    ```mlir
    func.func @rms(%x: tensor<?x64xf32>, %rows: index) -> tensor<?x64xf32> {
      %init = tensor.empty(%rows) : tensor<?x64xf32>
      %y = norm.generic iter(r = %rows, c = 64) reduce [c]
          ins(%x(r, c) : tensor<?x64xf32>) outs(%init(r, c) : tensor<?x64xf32>) {
      ^bb0(%xf: !norm.field<f32, [c]>):
        %sq = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
          %0 = arith.mulf %a, %a : f32
          norm.yield %0 : f32
        }
        %sum = norm.reduce sum (%sq : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
        %n = norm.count [c] : f32
        %mean = arith.divf %sum, %n : f32
        %r = norm.rsqrt exact %mean : f32
        %yf = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
          %0 = arith.mulf %a, %r : f32
          norm.yield %0 : f32
        }
        norm.yield %yf : !norm.field<f32, [c]>
      }
      return %y : tensor<?x64xf32>
    }
    ```

    Constraints:
    - (C1) Dimension names are distinct; a static extent is not negative, and at least 1 inside a
      group; offsets are not negative.
    - (C2) `reduce` names dimensions of the iteration space, each once, in iteration order.
    - (C3) An access has one entry for each dimension of its operand and names each iteration
      dimension at most once.
    - (C4) Where all extents of an access entry are static, their product is the operand's size.
    - (C5) The block has one argument for each input: the element type where the access has no
      in-group dimension, else the field of the access' in-group dimensions.
    - (C6) `norm.yield` gives one value for each output: of the output's element type, with the
      in-group dimensions of the output's access.
    - (C7) The access of a plain output names every group dimension.
    - (C8) An `acc` output has element type f32 or f64 and its order, where it is given, has one lane and one run.
    - (C9) The body holds only arith, math and norm operations on scalars and fields, without fast-math
      flags: rounding points and orders are part of the meaning.
    - (C10) A value in both `ins` and `outs` has the same access in both.
    - (C11) `min_count`, the least number of elements that a group must have, is at least 0. With 0 a group may be empty along
      dimensions that no `norm.reduce` is over.
    - (C12) Operands are either all tensors or all memrefs.
    - (C13) Where operands are memrefs, every `norm.reduce` and every `acc` output has an order.
  }];

  let arguments = (ins
    Variadic<Index>:$dynamic_extents,
    Variadic<Index>:$dynamic_offsets,
    Variadic<AnyShaped>:$inputs,
    Variadic<AnyShaped>:$inits,
    StrArrayAttr:$dims,
    DenseI64ArrayAttr:$static_extents,
    DenseI64ArrayAttr:$static_offsets,
    StrArrayAttr:$reduce,
    ArrayAttr:$accesses,
    ArrayAttr:$acc_orders,
    DefaultValuedAttr<I64Attr, "1">:$min_count);
  let results = (outs Variadic<AnyRankedTensor>:$results);
  let regions = (region SizedRegion<1>:$body);

  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "ValueRange":$inputs, "ValueRange":$inits, "ArrayRef<StringRef>":$dims,
                   "ArrayRef<OpFoldResult>":$extents, "ArrayRef<StringRef>":$reduce,
                   "ArrayAttr":$accesses, "ArrayAttr":$accOrders,
                   CArg<"function_ref<void(OpBuilder &, Location, ValueRange)>", "nullptr">:$body)>
  ];
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
  let hasCanonicalizer = 1;

  let extraClassDeclaration = [{
    MutableOperandRange getDpsInitsMutable() { return getInitsMutable(); }

    /// One entry for each dimension of an operand: the iteration dimensions whose row-major product
    /// indexes it.
    using Access = SmallVector<SmallVector<unsigned>>;

    unsigned getNumDims() { return getDims().size(); }
    StringAttr getDimName(unsigned dim) { return cast<StringAttr>(getDims()[dim]); }
    /// The position of a dimension in the iteration space, or failure.
    FailureOr<unsigned> findDim(StringAttr name);
    bool isGroupDim(unsigned dim);
    /// The in-group (reduce = true) or group dimensions, in iteration order.
    SmallVector<unsigned> getDimsWhere(bool inGroup);
    SmallVector<OpFoldResult> getMixedExtents();
    SmallVector<OpFoldResult> getMixedOffsets();
    /// The access of input `i`, or of output `i - getInputs().size()`.
    Access getAccess(unsigned i);
    Access getInitAccess(unsigned i) { return getAccess(getInputs().size() + i); }
    /// The in-group (or group) dimensions that an access names, in iteration order.
    SmallVector<unsigned> getAccessDims(unsigned i, bool inGroup);
    bool isAcc(unsigned output) {
      return isa<OrderAttr, TargetOrderAttr>(getAccOrders()[output]);
    }
    bool hasAcc() { return llvm::any_of(getAccOrders(), llvm::IsaPred<OrderAttr, TargetOrderAttr>); }
    /// The order of an `acc` output; null for a plain one, and where the order is the target's.
    OrderAttr getAccOrder(unsigned output) {
      return dyn_cast<OrderAttr>(getAccOrders()[output]);
    }
    /// Fails where the order of a reduction is left to the target, with an error that ends with `remedy`.
    LogicalResult verifyOrders(StringRef remedy);
    /// The type that an operand has inside the region.
    Type getBodyType(unsigned i);
    YieldOp getYield();

    /// `[["r"], ["g", "c"]]` from names; the attribute form of an access.
    static ArrayAttr buildAccess(Builder &b, ArrayRef<SmallVector<StringRef>> access);
    static ArrayAttr buildAccess(Builder &b, ArrayRef<StringRef> dims);
  }];
}

def Norm_CallOp : Norm_Op<"call", [
    AttrSizedOperandSegments, DestinationStyleOpInterface,
    DeclareOpInterfaceMethods<MemoryEffectsOpInterface>,
    DeclareOpInterfaceMethods<ReifyRankedShapedTypeOpInterface, ["reifyResultShapes"]>]> {
  let summary = "Calls a C function that the caller provides, with the interface of a kernel";
  let description = [{
    `int32_t callee(const normrt_context *ctx, const DLTensor *const *args, int32_t num_args)` is called with the inputs, then
    the results. A code that is not 0 is returned by the kernel that the call is in, at once. The function reads its inputs alone, and
    writes every element of its results.

    ```mlir
    func.func @project(%x: tensor<8x64xf32>, %w: tensor<64x16xf32>) -> tensor<8x16xf32> {
      %init = tensor.empty() : tensor<8x16xf32>
      %y = norm.call @multiply ins(%x, %w : tensor<8x64xf32>, tensor<64x16xf32>)
          outs(%init : tensor<8x16xf32>) -> tensor<8x16xf32>
      return %y : tensor<8x16xf32>
    }
    ```

    Constraints:
    - (C1) Operands are either all tensors or all memrefs.
    - (C2) On tensors there is one result for each of `outs`, of its type; on memrefs there is none.
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee, Variadic<AnyShaped>:$inputs, Variadic<AnyShaped>:$inits);
  let results = (outs Variadic<AnyRankedTensor>:$results);
  let assemblyFormat = [{
    $callee (`ins` `(` $inputs^ `:` type($inputs) `)`)? (`outs` `(` $inits^ `:` type($inits) `)`)? attr-dict
    (`->` type($results)^)?
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    MutableOperandRange getDpsInitsMutable() { return getInitsMutable(); }
  }];
}

def Norm_YieldOp : Norm_Op<"yield", [Pure, Terminator, ParentOneOf<["GenericOp", "MapOp"]>]> {
  let summary = "Ends a norm.generic or a norm.map with its values";
  let arguments = (ins Variadic<AnyType>:$values);
  let assemblyFormat = "attr-dict ($values^ `:` type($values))?";
  let builders = [OpBuilder<(ins), [{ (void)$_builder; (void)$_state; }]>];
}

def Norm_MapOp : Norm_Op<"map", [Pure, SingleBlock, HasParent<"GenericOp">]> {
  let summary = "Computes fields element by element";
  let description = [{
    The region is scalar code for one element. It may use the scalars of the enclosing region. An
    input that lacks some of the result's dimensions is broadcast along them.

    ```mlir
    func.func @scale(%x: tensor<8x64xbf16>, %w: tensor<64xf32>, %init: tensor<8x64xf32>) -> tensor<8x64xf32> {
      %y = norm.generic iter(r = 8, c = 64) reduce [c]
          ins(%x(r, c) : tensor<8x64xbf16>, %w(c) : tensor<64xf32>)
          outs(%init(r, c) : tensor<8x64xf32>) {
      ^bb0(%xf: !norm.field<bf16, [c]>, %wf: !norm.field<f32, [c]>):
        %yf = norm.map (%a = %xf : !norm.field<bf16, [c]>, %g = %wf : !norm.field<f32, [c]>)
            -> !norm.field<f32, [c]> {
          %0 = arith.extf %a : bf16 to f32
          %1 = arith.mulf %0, %g : f32
          norm.yield %1 : f32
        }
        norm.yield %yf : !norm.field<f32, [c]>
      }
      return %y : tensor<8x64xf32>
    }
    ```

    Constraints:
    - (C1) All results have the same dimensions, in the iteration order of the enclosing
      `norm.generic`, and every input's dimensions are among them.
    - (C2) The block has one scalar argument for each input, of its element type.
    - (C3) `norm.yield` gives one scalar for each result, of its element type.
  }];
  let arguments = (ins Variadic<Norm_Field>:$inputs);
  let results = (outs Variadic<Norm_Field>:$results);
  let regions = (region SizedRegion<1>:$body);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
  let hasCanonicalizer = 1;
  let skipDefaultBuilders = 1;
  let builders = [
    OpBuilder<(ins "TypeRange":$results, "ValueRange":$inputs,
                   CArg<"function_ref<void(OpBuilder &, Location, ValueRange)>", "nullptr">:$body)>
  ];
  let extraClassDeclaration = [{
    YieldOp getYield();
    ArrayRef<StringAttr> getDims();
  }];
}

// Null where it is left to the target: passes that read it have all orders.
def Norm_OptionalOrderAttr : OptionalAttr<Norm_OrderAttr> {
  let returnType = "::mlir::norm::OrderAttr";
  let convertFromStorage = "$_self";
}

def Norm_ReduceOp : Norm_Op<"reduce", [Pure, HasParent<"GenericOp">]> {
  let summary = "Removes dimensions from a field";
  let description = [{
    - `sum`, `max`, `min`: one input, one result. `max` and `min` give NaN where any element is NaN.
    - `dot`: two inputs, one result: the sum of their products. A product and its addition are rounded once where the target
      has fused multiply-add; the first product of a lane is rounded alone.
    - `moments`: one input, three results: the number of elements, their mean, and the sum of squares of
      their differences from the mean. `by two_pass`: with `m = sum(x) / n` and `d = x - m`, the mean is
      `m + sum(d) / n` and the third result `max(0, sum(d*d) - sum(d) * (sum(d) / n))`, or
      `sum(d*d) + (sum(d) - sum(d))` where `sum(d*d)` is not finite: infinity where squares overflow, NaN where an element is
      infinite. In `sum(d*d)` a product and its addition are rounded once where the target has fused
      multiply-add. `by shifted`: the same, segment by segment, with a shift from the segment's first `shift` elements for
      `m`, and merged by Chan's formula; the mean of a segment is the sum of its
      shift and `sum(d) / n`, with what that was rounded by (Knuth's TwoSum), as is every mean that two are merged to. The shift is the smaller in magnitude of two means, of those elements with even and
      of those with odd numbers, so that one outlier among them does no harm; plus and minus `2^(p - 4)` times their distance
      (0 where that is not below the square root of the largest number), p the digits of the type: a grid on which sums of
      differences of 16-bit numbers are mostly exact.
    - `merge_moments`: three fields (count, mean, m2) merged by Chan, Golub and LeVeque's formula (1979):
      `n = na + nb`, `d = mb - ma`, `mean = ma + d * (nb / n)`, `m2 = m2a + m2b + d * d * (na * (nb / n))`; an operand
      with count 0 is left out.

    The results' element type is the type that is accumulated in. `order` is the order of every sum. Without it order and
    algorithm are what suits the target, but for an algorithm that `by` names.

    ```mlir
    func.func @moments(%x: tensor<8x64xf32>, %init: tensor<8xf32>) -> (tensor<8xf32>, tensor<8xf32>) {
      %mean, %m2 = norm.generic iter(r = 8, c = 64) reduce [c]
          ins(%x(r, c) : tensor<8x64xf32>)
          outs(%init(r) : tensor<8xf32>, %init(r) : tensor<8xf32>) {
      ^bb0(%xf: !norm.field<f32, [c]>):
        %n, %m, %s = norm.reduce moments (%xf : !norm.field<f32, [c]>) over [c] by two_pass
            order = <lanes = 16> : f32, f32, f32
        norm.yield %m, %s : f32, f32
      }
      return %mean, %m2 : tensor<8xf32>, tensor<8xf32>
    }
    ```

    Constraints:
    - (C1) `over` names dimensions of the input, each once, in iteration order.
    - (C2) `moments` and `merge_moments` have three results, the others one; `merge_moments` has three
      inputs, `dot` two, the others one; all inputs and all results have the same type.
    - (C3) The results have the input's other dimensions, and an element type that every element of the
      input converts to exactly.
    - (C4) `by` stands with `moments` and nowhere else; it may be left out only together with `order`.
    - (C5) Floating-point sums, `dot` and moments accumulate in f32 or wider; `dot` and moments are of floats.
  }];
  let arguments = (ins
    Norm_ReduceKindAttr:$kind,
    Variadic<Norm_Field>:$inputs,
    StrArrayAttr:$over,
    OptionalAttr<Norm_AlgorithmAttr>:$algorithm,
    Norm_OptionalOrderAttr:$order);
  let results = (outs Variadic<AnyType>:$results);
  let assemblyFormat = [{
    `` $kind `(` $inputs `:` type($inputs) `)` `over` custom<DimList>($over) (`by` `` $algorithm^)?
    (`order` `=` $order^)? attr-dict `:` type($results)
  }];
  let hasVerifier = 1;
}

def Norm_CountOp : Norm_Op<"count", [Pure]> {
  let summary = "The number of elements along dimensions";
  let description = [{
    The product of the extents of the named dimensions, rounded once to the result's type. On tensors it is no constant, however well it is
    known: `norm-partial` may make of the whole what ranks have parts of.

    ```mlir
    func.func @pixels(%x: tensor<2x?x?xf32>, %h: index, %w: index, %init: tensor<2xf32>) -> tensor<2xf32> {
      %y = norm.generic iter(n = 2, h = %h, w = %w) reduce [h, w]
          ins(%x(n, h, w) : tensor<2x?x?xf32>) outs(%init(n) : tensor<2xf32>) {
      ^bb0(%xf: !norm.field<f32, [h, w]>):
        %n = norm.count [h, w] : f32
        norm.yield %n : f32
      }
      return %y : tensor<2xf32>
    }
    ```
  }];
  let arguments = (ins StrArrayAttr:$over);
  let results = (outs AnyFloat:$result);
  let assemblyFormat = "custom<DimList>($over) attr-dict `:` type($result)";
  let hasVerifier = 1;
  let hasCanonicalizeMethod = 1;
}

def Norm_IndexOp : Norm_Op<"index", [Pure]> {
  let summary = "The position along a dimension of the iteration space";
  let description = [{
    Global: a tile of a larger `norm.generic` gives the position in the larger one. An in-group
    dimension may be asked for inside a `norm.map` whose results have it.

    ```mlir
    func.func @positions(%init: tensor<8x64xi64>) -> tensor<8x64xi64> {
      %y = norm.generic iter(r = 8, c = 64) reduce [c] ins() outs(%init(r, c) : tensor<8x64xi64>) {
        %row = norm.index r
        %yf = norm.map () -> !norm.field<i64, [c]> {
          %column = norm.index c
          %0 = arith.addi %row, %column : index
          %1 = arith.index_cast %0 : index to i64
          norm.yield %1 : i64
        }
        norm.yield %yf : !norm.field<i64, [c]>
      }
      return %y : tensor<8x64xi64>
    }
    ```
  }];
  let arguments = (ins StrAttr:$dim);
  let results = (outs Index:$result);
  let assemblyFormat = "custom<DimName>($dim) attr-dict";
  let hasVerifier = 1;
}

def Norm_RandomOp : Norm_Op<"random", [Pure]> {
  let summary = "32 random bits from a counter";
  let description = [{
    Philox-4x32 with ten rounds (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011).
    The key is `seed`; the 128-bit counter holds `offset + column / 4` in its low and `row` in its high 64 bits;
    the result is word `column mod 4`. So the bits depend on the position only, not on a vector width
    or on who computes them, and four neighbours share one evaluation.

    ```mlir
    func.func @bits(%seed: i64, %offset: i64, %row: index, %column: index) -> i32 {
      %bits = norm.random (%seed, %offset) at (%row, %column) : i32
      return %bits : i32
    }
    ```
  }];
  let arguments = (ins I64:$seed, I64:$offset, Index:$row, Index:$column);
  let results = (outs I32:$result);
  let assemblyFormat =
      "`(` $seed `,` $offset `)` `at` `(` $row `,` $column `)` attr-dict `:` type($result)";
}

def Norm_FlipOp : Norm_Op<"flip", [Pure, SameOperandsAndResultType, HasParent<"GenericOp">]> {
  let summary = "Exchanges the two halves of a field";
  let description = [{
    `result[.., k, ..] = input[.., 1 - k, ..]` for a dimension of static extent 2: the halves that a rotary
    embedding rotates into each other.

    ```mlir
    func.func @exchange(%x: tensor<8x64xf32>, %init: tensor<8x64xf32>) -> tensor<8x64xf32> {
      %y = norm.generic iter(t = 8, k = 2, j = 32) reduce [k, j]
          ins(%x(t, [k j]) : tensor<8x64xf32>) outs(%init(t, [k j]) : tensor<8x64xf32>) {
      ^bb0(%xf: !norm.field<f32, [k, j]>):
        %other = norm.flip %xf along k : !norm.field<f32, [k, j]>
        norm.yield %other : !norm.field<f32, [k, j]>
      }
      return %y : tensor<8x64xf32>
    }
    ```

    Constraints:
    - (C1) `dim` is a dimension of the field.
    - (C2) Its extent is 2, statically.
  }];
  let arguments = (ins Norm_Field:$input, StrAttr:$dim);
  let results = (outs Norm_Field:$result);
  let assemblyFormat = "$input `along` custom<DimName>($dim) attr-dict `:` type($input)";
  let hasVerifier = 1;
}

def Norm_RsqrtOp : Norm_Op<"rsqrt", [Pure, SameOperandsAndResultType]> {
  let summary = "One over a square root";
  let description = [{
    `exact`: the square root correctly rounded, then 1 divided by it, correctly rounded. `approx`: what the
    target has, at least as accurate as 2^-11 relative.

    ```mlir
    func.func @rsqrt(%v: f32) -> f32 {
      %r = norm.rsqrt exact %v : f32
      return %r : f32
    }
    ```
  }];
  let arguments = (ins Norm_AccuracyAttr:$accuracy, AnyFloat:$input);
  let results = (outs AnyFloat:$result);
  let assemblyFormat = "`` $accuracy $input attr-dict `:` type($input)";
}

include "normc/IR/BackwardOps.td"

#endif // NORMC_IR_NORMOPS_TD
