//===- BackwardOps.td - gradients of the named normalizations ------------===//
//
// One operation for each forward one. What they have in common is stated once, at
// norm.layer_norm_backward.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_IR_BACKWARDOPS_TD
#define NORMC_IR_BACKWARDOPS_TD

include "normc/IR/ChannelOps.td"

def Norm_Gradients : I32BitEnumAttr<"Gradients", "which gradients are computed", [
  I32BitEnumAttrCaseNone<"None", "none">,
  I32BitEnumAttrCaseBit<"Input", 0, "input">,
  I32BitEnumAttrCaseBit<"Scale", 1, "scale">,
  I32BitEnumAttrCaseBit<"Bias", 2, "bias">
]> {
  let cppNamespace = "::mlir::norm";
  let genSpecializedAttr = 0;
}
def Norm_GradientsAttr : EnumAttr<Norm_Dialect, Norm_Gradients, "gradients">;

def Norm_LayerNormBackwardOp : Norm_NamedOp<"layer_norm_backward"> {
  let summary = "The gradients of norm.layer_norm";
  let description = [{
    ```
    x^ = (input - mean) * rstd,  g = dy * (weight_offset + scale)
    dx = rstd * (g - mean(g) - x^ * mean(g * x^)) + dsum
    dscale = sum(dy * x^),  dbias = sum(dy)
    ```
    Means are over a row, sums over all rows. Everything is computed in f32 (f64 for f64 tensors). dx is
    rounded once; dscale and dbias are summed and given in f32 (f64), because a sum in 16 bits loses the gradient.

    `gradients` lists what is computed, in the order input, scale, bias; `outs` has one for each.

    `stats` are what the forward operation saved: mean and rstd, or with `saved = variance` mean and
    variance. Without `stats` both are computed again from `input`. `eps` is given where a root must be taken.

    Where a residual was added, `input` is the sum s and `dsum` the gradient that arrives at s on other
    paths; dx is then the gradient of both addends. Rounding points of the forward operation count as the
    identity.

    ```mlir
    func.func @layer_norm_backward(%dy: tensor<?x64xbf16>, %x: tensor<?x64xbf16>, %w: tensor<64xf32>,
                                   %m: tensor<?xf32>, %r: tensor<?xf32>, %dx0: tensor<?x64xbf16>,
                                   %dw0: tensor<64xf32>)
        -> (tensor<?x64xbf16>, tensor<64xf32>, tensor<64xf32>) {
      %dx, %dw, %db = norm.layer_norm_backward %dy, %x stats(%m, %r : tensor<?xf32>, tensor<?xf32>)
          scale(%w : tensor<64xf32>) axes = [1] gradients = [input, scale, bias]
          outs(%dx0, %dw0, %dw0 : tensor<?x64xbf16>, tensor<64xf32>, tensor<64xf32>)
          : tensor<?x64xbf16>, tensor<?x64xbf16>
      return %dx, %dw, %db : tensor<?x64xbf16>, tensor<64xf32>, tensor<64xf32>
    }
    ```

    Constraints:
    - (C1) `axes` are the last dimensions of `input`, in order; none of them has size 0.
    - (C2) `dy` has the shape and element type of `input`; `scale` has the shape of the axes.
    - (C3) `stats` have the shape of the other dimensions and are f32, or f64 where `input` is f64.
    - (C4) `eps` is given, once, where `stats` are not or `saved = variance`, and nowhere else.
    - (C5) `gradients` is not empty; `outs` has one for each. dx has the shape and element type of `input`.
    - (C6) dscale and dbias have the shape of the axes and are f32, or f64 where `input` is f64.
    - (C7) `dsum` has the shape of `input` and stands with the gradient of `input`.
    - (C8) `weight_offset` stands with `scale` only, and is finite.
  }];
  let arguments = (ins
    Norm_Tensor:$dy,
    Norm_Tensor:$input,
    Optional<Norm_Tensor>:$mean,
    Optional<Norm_Tensor>:$statistic,
    Optional<Norm_Tensor>:$scale,
    Optional<Norm_Tensor>:$dsum,
    Optional<Norm_Scalar>:$eps_value,
    Variadic<Norm_Tensor>:$inits,
    DenseI64ArrayAttr:$axes,
    OptionalAttr<F64Attr>:$eps,
    DefaultValuedAttr<F64Attr, "0.0">:$weight_offset,
    DefaultValuedAttr<Norm_StatisticAttr, "::mlir::norm::Statistic::Rstd">:$saved,
    Norm_GradientsAttr:$gradients,
    DefaultValuedAttr<Norm_AccuracyAttr, "::mlir::norm::Accuracy::Exact">:$accuracy);
  let assemblyFormat = [{
    $dy `,` $input
    oilist(`stats` `(` $mean `,` $statistic `:` type($mean) `,` type($statistic) `)`
           | `scale` `(` $scale `:` type($scale) `)` | `dsum` `(` $dsum `:` type($dsum) `)`)
    `axes` `=` $axes custom<OptionalEps>($eps_value, type($eps_value), $eps)
    oilist(`weight_offset` `=` $weight_offset | `saved` `=` `` $saved | `rsqrt` `=` `` $accuracy)
    `gradients` `=` custom<Gradients>($gradients)
    `outs` `(` $inits `:` type($inits) `)` attr-dict `:` type($dy) `,` type($input)
  }];
}

def Norm_RMSNormBackwardOp : Norm_NamedOp<"rms_norm_backward"> {
  let summary = "The gradients of norm.rms_norm";
  let description = [{
    ```
    x^ = input * rstd,  g = dy * (weight_offset + scale)
    dx = rstd * (g - x^ * mean(g * x^)) + dsum
    dscale = sum(dy * x^)
    ```
    As `norm.layer_norm_backward`, with one statistic, `1 / sqrt(mean(input^2) + eps)`.

    ```mlir
    func.func @rms_norm_backward(%dy: tensor<8x64xf32>, %x: tensor<8x64xf32>, %r: tensor<8xf32>,
                                 %dw0: tensor<64xf32>) -> (tensor<8x64xf32>, tensor<64xf32>) {
      %dx, %dw = norm.rms_norm_backward %dy, %x stats(%r : tensor<8xf32>) axes = [1]
          gradients = [input, scale] outs(%dy, %dw0 : tensor<8x64xf32>, tensor<64xf32>)
          : tensor<8x64xf32>, tensor<8x64xf32>
      return %dx, %dw : tensor<8x64xf32>, tensor<64xf32>
    }
    ```

    Constraints:
    - (C1) `axes` are the last dimensions of `input`, in order; none of them has size 0.
    - (C2) `dy` has the shape and element type of `input`; `scale` has the shape of the axes.
    - (C3) `stats` has the shape of the other dimensions, and of the groups of a row where there are any, and
      is f32, or f64 where `input` is f64.
    - (C4) `eps` is given, once, where `stats` is not, and nowhere else.
    - (C5) `gradients` is not empty and has no bias; `outs` has one for each. dx has the shape and
      element type of `input`.
    - (C6) dscale has the shape of the axes and is f32, or f64 where `input` is f64.
    - (C7) `dsum` has the shape of `input` and stands with the gradient of `input`.
    - (C8) `weight_offset` stands with `scale` only, and is finite.
    - (C9) `groups` is at least 1; where it is more, there is one axis, and `groups` divides it.
  }];
  let arguments = (ins
    Norm_Tensor:$dy,
    Norm_Tensor:$input,
    Optional<Norm_Tensor>:$statistic,
    Optional<Norm_Tensor>:$scale,
    Optional<Norm_Tensor>:$dsum,
    Optional<Norm_Scalar>:$eps_value,
    Variadic<Norm_Tensor>:$inits,
    DenseI64ArrayAttr:$axes,
    OptionalAttr<F64Attr>:$eps,
    DefaultValuedAttr<F64Attr, "0.0">:$weight_offset,
    DefaultValuedAttr<I64Attr, "1">:$groups,
    Norm_GradientsAttr:$gradients,
    DefaultValuedAttr<Norm_AccuracyAttr, "::mlir::norm::Accuracy::Exact">:$accuracy);
  let assemblyFormat = [{
    $dy `,` $input
    oilist(`stats` `(` $statistic `:` type($statistic) `)`
           | `scale` `(` $scale `:` type($scale) `)` | `dsum` `(` $dsum `:` type($dsum) `)`)
    `axes` `=` $axes custom<OptionalEps>($eps_value, type($eps_value), $eps)
    oilist(`weight_offset` `=` $weight_offset | `groups` `=` $groups | `rsqrt` `=` `` $accuracy)
    `gradients` `=` custom<Gradients>($gradients)
    `outs` `(` $inits `:` type($inits) `)` attr-dict `:` type($dy) `,` type($input)
  }];
}

/// The backward operations of channels: the same operands, another group.
class Norm_ChannelBackwardOp<string mnemonic, dag extra = (ins)> : Norm_NamedOp<mnemonic> {
  dag common = (ins
    Norm_Tensor:$dy,
    Norm_Tensor:$input,
    Optional<Norm_Tensor>:$mean,
    Optional<Norm_Tensor>:$statistic,
    Optional<Norm_Tensor>:$scale,
    Optional<Norm_Scalar>:$eps_value,
    Variadic<Norm_Tensor>:$inits,
    Norm_LayoutAttr:$layout,
    OptionalAttr<F64Attr>:$eps,
    DefaultValuedAttr<Norm_StatisticAttr, "::mlir::norm::Statistic::Rstd">:$saved,
    Norm_GradientsAttr:$gradients,
    DefaultValuedAttr<Norm_AccuracyAttr, "::mlir::norm::Accuracy::Exact">:$accuracy);
  let arguments = !con(common, extra);
  string before = [{
    $dy `,` $input
    oilist(`stats` `(` $mean `,` $statistic `:` type($mean) `,` type($statistic) `)`
           | `scale` `(` $scale `:` type($scale) `)`)
  }];
  string after = [{
    `layout` `=` `` $layout custom<OptionalEps>($eps_value, type($eps_value), $eps)
    oilist(`saved` `=` `` $saved | `rsqrt` `=` `` $accuracy)
    `gradients` `=` custom<Gradients>($gradients)
    `outs` `(` $inits `:` type($inits) `)` attr-dict `:` type($dy) `,` type($input)
  }];
  let assemblyFormat = before # after;
}

def Norm_BatchNormBackwardOp : Norm_ChannelBackwardOp<"batch_norm_backward"> {
  let summary = "The gradients of norm.batch_norm";
  let description = [{
    ```
    x^ = (input - mean) * rstd,  g = dy * scale
    dx = rstd * (g - mean(g) - x^ * mean(g * x^))
    dscale = sum(dy * x^),  dbias = sum(dy)
    ```
    Means and sums are over batch and space. `stats`, `eps`, `saved` and `gradients` as in
    `norm.layer_norm_backward`.

    ```mlir
    func.func @batch_norm_backward(%dy: tensor<?x?x?x64xf16>, %x: tensor<?x?x?x64xf16>,
                                   %w: tensor<64xf32>, %m: tensor<64xf32>, %r: tensor<64xf32>)
        -> (tensor<?x?x?x64xf16>, tensor<64xf32>, tensor<64xf32>) {
      %dx, %dw, %db = norm.batch_norm_backward %dy, %x stats(%m, %r : tensor<64xf32>, tensor<64xf32>)
          scale(%w : tensor<64xf32>) layout = channels_last gradients = [input, scale, bias]
          outs(%dy, %w, %w : tensor<?x?x?x64xf16>, tensor<64xf32>, tensor<64xf32>)
          : tensor<?x?x?x64xf16>, tensor<?x?x?x64xf16>
      return %dx, %dw, %db : tensor<?x?x?x64xf16>, tensor<64xf32>, tensor<64xf32>
    }
    ```

    Constraints:
    - (C1) `input` has rank 2 to 5, and its batch and space are not empty.
    - (C2) `dy` has the shape and element type of `input`; `scale` has one element for each channel.
    - (C3) `stats` have one element for each channel and are f32, or f64 where `input` is f64.
    - (C4) `eps` is given, once, where `stats` are not or `saved = variance`, and nowhere else.
    - (C5) `gradients` is not empty; `outs` has one for each. dx has the shape and element type of `input`.
    - (C6) dscale and dbias have one element for each channel and are f32, or f64 where `input` is f64.
  }];
}

def Norm_BatchNormInferenceBackwardOp : Norm_NamedOp<"batch_norm_inference_backward"> {
  let summary = "The gradients of norm.batch_norm_inference";
  let description = [{
    ```
    rstd = 1 / sqrt(variance + eps),  x^ = (input - mean) * rstd
    dx = dy * scale * rstd
    dscale = sum(dy * x^),  dbias = sum(dy)
    ```
    The statistics are constants, so they have no gradient. Sums are over batch and space, which may
    be empty. `gradients` as in `norm.layer_norm_backward`.

    ```mlir
    func.func @frozen(%dy: tensor<8x64x14x14xf32>, %x: tensor<8x64x14x14xf32>, %m: tensor<64xf32>,
                      %v: tensor<64xf32>) -> tensor<8x64x14x14xf32> {
      %dx = norm.batch_norm_inference_backward %dy, %x stats(%m, %v : tensor<64xf32>, tensor<64xf32>)
          layout = channels_first eps = 1.0e-5 gradients = [input]
          outs(%dy : tensor<8x64x14x14xf32>) : tensor<8x64x14x14xf32>, tensor<8x64x14x14xf32>
      return %dx : tensor<8x64x14x14xf32>
    }
    ```

    Constraints:
    - (C1) `input` has rank 2 to 5; where channels are first, its space is not empty.
    - (C2) `dy` has the shape and element type of `input`; `scale` has one element for each channel.
    - (C3) `stats` have one element for each channel and are f32, or f64 where `input` is f64.
    - (C4) `eps` is given once, and is finite and not negative.
    - (C5) `gradients` is not empty; `outs` has one for each. dx has the shape and element type of `input`.
    - (C6) dscale and dbias have one element for each channel and are f32, or f64 where `input` is f64.
  }];
  let arguments = (ins
    Norm_Tensor:$dy,
    Norm_Tensor:$input,
    Norm_Tensor:$mean,
    Norm_Tensor:$variance,
    Optional<Norm_Tensor>:$scale,
    Optional<Norm_Scalar>:$eps_value,
    Variadic<Norm_Tensor>:$inits,
    Norm_LayoutAttr:$layout,
    OptionalAttr<F64Attr>:$eps,
    Norm_GradientsAttr:$gradients,
    DefaultValuedAttr<Norm_AccuracyAttr, "::mlir::norm::Accuracy::Exact">:$accuracy);
  let assemblyFormat = [{
    $dy `,` $input `stats` `(` $mean `,` $variance `:` type($mean) `,` type($variance) `)`
    (`scale` `(` $scale^ `:` type($scale) `)`)?
    `layout` `=` `` $layout `eps` custom<Scalar>($eps_value, type($eps_value), $eps)
    (`rsqrt` `=` `` $accuracy^)?
    `gradients` `=` custom<Gradients>($gradients)
    `outs` `(` $inits `:` type($inits) `)` attr-dict `:` type($dy) `,` type($input)
  }];
}

def Norm_InstanceNormBackwardOp : Norm_ChannelBackwardOp<"instance_norm_backward"> {
  let summary = "The gradients of norm.instance_norm";
  let description = [{
    The formulas of `norm.batch_norm_backward`, with means over space and sums over batch and space.

    ```mlir
    func.func @instance_norm_backward(%dy: tensor<?x64x?x?xf32>, %x: tensor<?x64x?x?xf32>,
                                      %w: tensor<64xf32>) -> (tensor<?x64x?x?xf32>, tensor<64xf32>) {
      %dx, %dw = norm.instance_norm_backward %dy, %x scale(%w : tensor<64xf32>)
          layout = channels_first eps = 1.0e-5 gradients = [input, scale]
          outs(%dy, %w : tensor<?x64x?x?xf32>, tensor<64xf32>)
          : tensor<?x64x?x?xf32>, tensor<?x64x?x?xf32>
      return %dx, %dw : tensor<?x64x?x?xf32>, tensor<64xf32>
    }
    ```

    Constraints:
    - (C1) `input` has rank 2 to 5, and its space is not empty.
    - (C2) `dy` has the shape and element type of `input`; `scale` has one element for each channel.
    - (C3) `stats` have shape (samples, channels) and are f32, or f64 where `input` is f64.
    - (C4) `eps` is given, once, where `stats` are not or `saved = variance`, and nowhere else.
    - (C5) `gradients` is not empty; `outs` has one for each. dx has the shape and element type of `input`.
    - (C6) dscale and dbias have one element for each channel and are f32, or f64 where `input` is f64.
  }];
}

def Norm_GroupNormBackwardOp : Norm_ChannelBackwardOp<"group_norm_backward", (ins I64Attr:$groups)> {
  let summary = "The gradients of norm.group_norm";
  let description = [{
    The formulas of `norm.batch_norm_backward`, with means over a group of channels and space, and sums
    over batch and space.

    ```mlir
    func.func @group_norm_backward(%dy: tensor<?x64x?x?xf32>, %x: tensor<?x64x?x?xf32>,
                                   %m: tensor<?x32xf32>, %r: tensor<?x32xf32>, %w: tensor<64xf32>)
        -> (tensor<?x64x?x?xf32>, tensor<64xf32>) {
      %dx, %dw = norm.group_norm_backward %dy, %x stats(%m, %r : tensor<?x32xf32>, tensor<?x32xf32>)
          scale(%w : tensor<64xf32>) groups = 32 layout = channels_first gradients = [input, scale]
          outs(%dy, %w : tensor<?x64x?x?xf32>, tensor<64xf32>)
          : tensor<?x64x?x?xf32>, tensor<?x64x?x?xf32>
      return %dx, %dw : tensor<?x64x?x?xf32>, tensor<64xf32>
    }
    ```

    Constraints:
    - (C1) `input` has rank 2 to 5, and its channels and space are not empty.
    - (C2) `dy` has the shape and element type of `input`; `scale` has one element for each channel.
    - (C3) `stats` have shape (samples, groups) and are f32, or f64 where `input` is f64.
    - (C4) `eps` is given, once, where `stats` are not or `saved = variance`, and nowhere else.
    - (C5) `gradients` is not empty; `outs` has one for each. dx has the shape and element type of `input`.
    - (C6) dscale and dbias have one element for each channel and are f32, or f64 where `input` is f64.
    - (C7) `groups` is at least 1 and divides the channels.
  }];
  let assemblyFormat = before # "`groups` `=` $groups " # after;
}

#endif // NORMC_IR_BACKWARDOPS_TD
