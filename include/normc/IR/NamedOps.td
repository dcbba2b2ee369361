//===- NamedOps.td - the normalizations by name --------------------------===//
//
// What users write. Each one is turned into one norm.generic by norm-generalize, and where frameworks
// disagree about its meaning an attribute says which meaning is used.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_IR_NAMEDOPS_TD
#define NORMC_IR_NAMEDOPS_TD

include "normc/IR/NormDialect.td"
include "mlir/IR/OpBase.td"
include "mlir/Interfaces/DestinationStyleOpInterface.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

//===----------------------------------------------------------------------===//
// Choices
//===----------------------------------------------------------------------===//

def Norm_Rounding : Norm_Enum<"Rounding", "where a result is rounded to the tensor's type", [
  I32EnumAttrCase<"Once", 0, "once">,
  I32EnumAttrCase<"Normalized", 1, "normalized">
]>;
def Norm_RoundingAttr : Norm_EnumAttr<Norm_Rounding, "rounding">;

def Norm_Statistic : Norm_Enum<"Statistic", "what is kept beside the mean", [
  I32EnumAttrCase<"Rstd", 0, "rstd">,
  I32EnumAttrCase<"Variance", 1, "variance">
]>;
def Norm_StatisticAttr : Norm_EnumAttr<Norm_Statistic, "statistic">;

def Norm_SumRounding : Norm_Enum<"SumRounding", "whether input + residual is rounded", [
  I32EnumAttrCase<"Unrounded", 0, "unrounded">,
  I32EnumAttrCase<"Rounded", 1, "rounded">
]>;
def Norm_SumRoundingAttr : Norm_EnumAttr<Norm_SumRounding, "sum_rounding">;

def Norm_Gating : Norm_Enum<"Gating", "where silu(gate) is multiplied in", [
  I32EnumAttrCase<"After", 0, "after">,
  I32EnumAttrCase<"Before", 1, "before">
]>;
def Norm_GatingAttr : Norm_EnumAttr<Norm_Gating, "gating">;

//===----------------------------------------------------------------------===//
// Common parts
//===----------------------------------------------------------------------===//

def Norm_Tensor : RankedTensorOf<[F8E4M3FN, F8E5M2, BF16, F16, F32, F64]>;
/// A scalar that is known at run time.
def Norm_Scalar : 0DTensorOf<[F32, F64]>;

class Norm_NamedOp<string mnemonic, list<Trait> traits = []> : Norm_Op<mnemonic, traits # [
    Pure, AttrSizedOperandSegments, DestinationStyleOpInterface,
    DeclareOpInterfaceMethods<InferTypeOpInterface>,
    DeclareOpInterfaceMethods<ReifyRankedShapedTypeOpInterface, ["reifyResultShapes"]>]> {
  let results = (outs Variadic<AnyRankedTensor>:$results);
  let hasVerifier = 1;
  let hasCanonicalizer = 1;
  code baseClassDeclaration = [{
    MutableOperandRange getDpsInitsMutable() { return getInitsMutable(); }
  }];
  let extraClassDeclaration = baseClassDeclaration;
  // The results have the types of `outs`.
  let extraClassDefinition = [{
    ::llvm::LogicalResult $cppClass::inferReturnTypes(
        ::mlir::MLIRContext *, std::optional<::mlir::Location>, ::mlir::ValueRange operands,
        ::mlir::DictionaryAttr attributes, ::mlir::OpaqueProperties properties,
        ::mlir::RegionRange regions, ::llvm::SmallVectorImpl<::mlir::Type> &types) {
      Adaptor adaptor(operands, attributes, properties, regions);
      ::llvm::append_range(types, adaptor.getInits().getTypes());
      return ::mlir::success();
    }
    ::llvm::LogicalResult $cppClass::reifyResultShapes(
        ::mlir::OpBuilder &builder, ::mlir::ReifiedRankedShapedTypeDims &shapes) {
      return ::mlir::norm::reifyFromInits(builder, *this, shapes);
    }
  }];
}

//===----------------------------------------------------------------------===//
// Normalizations of rows
//===----------------------------------------------------------------------===//

def Norm_LayerNormOp : Norm_NamedOp<"layer_norm"> {
  let summary = "Subtracts the mean of every row and divides by its standard deviation";
  let description = [{
    ```
    s = input + residual                             (residual omitted: 0)
    y = (s - mean(s)) / sqrt(variance(s) + eps) * (weight_offset + scale) + bias
    ```
    A row is all of one index of the dimensions before `axes`. The variance is biased (divided by the
    row's length). Everything is computed in f32 (f64 for f64 tensors), in this order, and rounded at
    the end (Ba, Kiros and Hinton, "Layer normalization", 2016).

    `outs` are y; the sum s where `keep_sum` is given; and, optionally, the mean and one over the
    standard deviation of every row, `1 / sqrt(variance + eps)`, or with `saved = variance` the mean and
    the variance.

    - `rounding = once` (default) rounds y only. `rounding = normalized` rounds to the type of `input`
      after the division, after the scale and after the bias, as ONNX LayerNormalization does.
    - `residual_sum = rounded` rounds s to the type of `input` before the statistics (Hugging Face,
      vLLM); `unrounded` (default) does not (flash-attention).
    - `weight_offset` (default 0) is added to `scale` in f32.
    - `rsqrt = approx` takes the target's approximation of the root.
    - `eps` is an attribute or a rank-0 tensor.

    ```mlir
    func.func @layer_norm(%x: tensor<?x64xbf16>, %w: tensor<64xf32>, %b: tensor<64xf32>,
                          %y0: tensor<?x64xbf16>, %m0: tensor<?xf32>, %r0: tensor<?xf32>)
        -> (tensor<?x64xbf16>, tensor<?xf32>, tensor<?xf32>) {
      %y, %mean, %rstd = norm.layer_norm %x scale(%w : tensor<64xf32>) bias(%b : tensor<64xf32>)
          axes = [1] eps = 1.0e-5
          outs(%y0, %m0, %r0 : tensor<?x64xbf16>, tensor<?xf32>, tensor<?xf32>) : tensor<?x64xbf16>
      return %y, %mean, %rstd : tensor<?x64xbf16>, tensor<?xf32>, tensor<?xf32>
    }
    ```

    Constraints:
    - (C1) `axes` are the last dimensions of `input`, in order; none of them has size 0.
    - (C2) `scale` and `bias` have the shape of those dimensions.
    - (C3) `residual` has the shape of `input`; `residual_sum` and `keep_sum` stand with it only.
    - (C4) `outs` are y and, with `keep_sum`, s, of the shape of `input`; then either nothing or two
      statistics of the shape of the other dimensions.
    - (C5) y has the element type of `input`; statistics are f32, or f64 where `input` is f64.
    - (C6) `eps` is given once, and is finite and not negative.
    - (C7) `weight_offset` stands with `scale` only, and is finite.
  }];
  let arguments = (ins
    Norm_Tensor:$input,
    Optional<Norm_Tensor>:$residual,
    Optional<Norm_Tensor>:$scale,
    Optional<Norm_Tensor>:$bias,
    Optional<Norm_Scalar>:$eps_value,
    Variadic<Norm_Tensor>:$inits,
    DenseI64ArrayAttr:$axes,
    OptionalAttr<F64Attr>:$eps,
    DefaultValuedAttr<Norm_RoundingAttr, "::mlir::norm::Rounding::Once">:$rounding,
    DefaultValuedAttr<F64Attr, "0.0">:$weight_offset,
    DefaultValuedAttr<Norm_StatisticAttr, "::mlir::norm::Statistic::Rstd">:$saved,
    DefaultValuedAttr<Norm_SumRoundingAttr, "::mlir::norm::SumRounding::Unrounded">:$residual_sum,
    UnitAttr:$keep_sum,
    DefaultValuedAttr<Norm_AccuracyAttr, "::mlir::norm::Accuracy::Exact">:$accuracy);
  let assemblyFormat = [{
    $input oilist(`residual` `(` $residual `:` type($residual) `)`
                  | `scale` `(` $scale `:` type($scale) `)`
                  | `bias` `(` $bias `:` type($bias) `)`)
    `axes` `=` $axes `eps` custom<Scalar>($eps_value, type($eps_value), $eps)
    oilist(`rounding` `=` `` $rounding | `weight_offset` `=` $weight_offset | `saved` `=` `` $saved
           | `residual_sum` `=` `` $residual_sum | `keep_sum` $keep_sum | `rsqrt` `=` `` $accuracy)
    `outs` `(` $inits `:` type($inits) `)` attr-dict `:` type($input)
  }];
}

def Norm_RMSNormOp : Norm_NamedOp<"rms_norm"> {
  let summary = "Divides every row by its root mean square";
  let description = [{
    ```
    s = input + residual                             (residual omitted: 0)
    y = s / sqrt(mean(s * s) + eps) * (weight_offset + scale) * silu(gate)
    ```
    A row is all of one index of the dimensions before `axes`, or with `groups = g` one of g equal parts
    of it. Everything is computed in f32 (f64 for f64 tensors), in this order, and rounded at the end
    (Zhang and Sennrich, "Root mean square layer normalization", 2019).

    `outs` are y; the sum s where `keep_sum` is given; and, optionally, `1 / sqrt(mean(s * s) + eps)` of
    every row.

    - `rounding = once` (default) rounds y only: torch, Gemma, TransformerEngine. `rounding = normalized`
      rounds to the type of `input` after the division, after the scale and at the end: Hugging Face
      Llama and T5, ONNX RMSNormalization.
    - `weight_offset` (default 0, Gemma 1) is added to `scale` in f32.
    - `residual_sum = rounded` rounds s to the type of `input` before the statistics (Hugging Face,
      vLLM); `unrounded` (default) does not (flash-attention).
    - `gating = before` multiplies s by silu(gate) before the statistics instead of at the end
      (`after`, default). silu(z) = z / (1 + exp(-z)).
    - `rsqrt = approx` takes the target's approximation of the root.
    - `eps` is an attribute or a rank-0 tensor.

    ```mlir
    func.func @rms_norm(%x: tensor<8x64xf16>, %w: tensor<64xf16>, %y0: tensor<8x64xf16>)
        -> tensor<8x64xf16> {
      %y = norm.rms_norm %x scale(%w : tensor<64xf16>) axes = [1] eps = 1.0e-6 rounding = normalized
          outs(%y0 : tensor<8x64xf16>) : tensor<8x64xf16>
      return %y : tensor<8x64xf16>
    }
    ```

    Constraints:
    - (C1) `axes` are the last dimensions of `input`, in order; none of them has size 0.
    - (C2) `scale` has the shape of those dimensions.
    - (C3) `residual` has the shape of `input`; `residual_sum` and `keep_sum` stand with it only.
    - (C4) `outs` are y and, with `keep_sum`, s, of the shape of `input`; then either nothing or one
      statistic of the shape of the other dimensions, and with `groups` of the groups.
    - (C5) y has the element type of `input`; the statistic is f32, or f64 where `input` is f64.
    - (C6) `eps` is given once, and is finite and not negative.
    - (C7) `weight_offset` stands with `scale` only, and is finite.
    - (C8) `gate` has the shape of `input`; `gating` stands with it only.
    - (C9) `groups` is at least 1; where it is more, there is one axis, and `groups` divides it.
  }];
  let arguments = (ins
    Norm_Tensor:$input,
    Optional<Norm_Tensor>:$residual,
    Optional<Norm_Tensor>:$scale,
    Optional<Norm_Tensor>:$gate,
    Optional<Norm_Scalar>:$eps_value,
    Variadic<Norm_Tensor>:$inits,
    DenseI64ArrayAttr:$axes,
    OptionalAttr<F64Attr>:$eps,
    DefaultValuedAttr<Norm_RoundingAttr, "::mlir::norm::Rounding::Once">:$rounding,
    DefaultValuedAttr<F64Attr, "0.0">:$weight_offset,
    DefaultValuedAttr<Norm_SumRoundingAttr, "::mlir::norm::SumRounding::Unrounded">:$residual_sum,
    UnitAttr:$keep_sum,
    DefaultValuedAttr<Norm_GatingAttr, "::mlir::norm::Gating::After">:$gating,
    DefaultValuedAttr<I64Attr, "1">:$groups,
    DefaultValuedAttr<Norm_AccuracyAttr, "::mlir::norm::Accuracy::Exact">:$accuracy);
  let assemblyFormat = [{
    $input oilist(`residual` `(` $residual `:` type($residual) `)`
                  | `scale` `(` $scale `:` type($scale) `)`
                  | `gate` `(` $gate `:` type($gate) `)`)
    `axes` `=` $axes `eps` custom<Scalar>($eps_value, type($eps_value), $eps)
    oilist(`rounding` `=` `` $rounding | `weight_offset` `=` $weight_offset
           | `residual_sum` `=` `` $residual_sum | `keep_sum` $keep_sum
           | `gating` `=` `` $gating | `groups` `=` $groups | `rsqrt` `=` `` $accuracy)
    `outs` `(` $inits `:` type($inits) `)` attr-dict `:` type($input)
  }];
}

#endif // NORMC_IR_NAMEDOPS_TD
