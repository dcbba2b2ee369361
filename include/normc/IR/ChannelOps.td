//===- ChannelOps.td - normalizations of channels ------------------------===//
//
// Batch, instance and group normalization, forward. Backward operations are in BackwardOps.td.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_IR_CHANNELOPS_TD
#define NORMC_IR_CHANNELOPS_TD

include "normc/IR/NamedOps.td"

def Norm_Layout : Norm_Enum<"Layout", "where the channels are", [
  I32EnumAttrCase<"ChannelsFirst", 0, "channels_first">,
  I32EnumAttrCase<"ChannelsLast", 1, "channels_last">
]>;
def Norm_LayoutAttr : Norm_EnumAttr<Norm_Layout, "layout">;

def Norm_MomentumOf : Norm_Enum<"MomentumOf", "what momentum is the weight of", [
  I32EnumAttrCase<"Batch", 0, "batch">,
  I32EnumAttrCase<"Running", 1, "running">
]>;
def Norm_MomentumOfAttr : Norm_EnumAttr<Norm_MomentumOf, "momentum_of">;

def Norm_Estimate : Norm_Enum<"Estimate", "what a variance is divided by", [
  I32EnumAttrCase<"Biased", 0, "biased">,
  I32EnumAttrCase<"Unbiased", 1, "unbiased">
]>;
def Norm_EstimateAttr : Norm_EnumAttr<Norm_Estimate, "estimate">;

def Norm_BatchNormOp : Norm_NamedOp<"batch_norm"> {
  let summary = "Normalizes every channel over batch and space, in training";
  let description = [{
    ```
    y = (input - mean) / sqrt(variance + eps) * scale + bias
    new_running_mean = (1 - momentum) * running_mean + momentum * mean
    new_running_variance = (1 - momentum) * running_variance + momentum * estimate
    ```
    Mean and variance are those of one channel over the batch and all positions; the variance is biased.
    Everything is computed in f32 (f64 for f64 tensors), in this order, and rounded at the end (Ioffe and
    Szegedy, "Batch normalization", 2015).

    `outs` are y; optionally the batch's mean and `1 / sqrt(variance + eps)`, or with `saved = variance`
    mean and variance; and, where `running` is given, the new running mean and variance.

    - `layout = channels_first`: input is (n, c, space...), `channels_last`: (n, space..., c), with no
      to three dimensions of space.
    - `momentum = 0.1 of batch` is the formula above (torch, cuDNN). `momentum = 0.9 of running` gives
      the running statistic that weight and the batch the rest (Keras, Flax, ONNX).
    - `variance = unbiased` divides the sum of squares by n - 1 for the running variance (torch, TensorFlow's
      fused kernel), `biased` by n (Keras 3, ONNX, Flax).
    - `eps` and `momentum` are attributes or rank-0 tensors.

    ```mlir
    func.func @batch_norm(%x: tensor<?x64x?x?xf16>, %w: tensor<64xf32>, %b: tensor<64xf32>,
                          %rm: tensor<64xf32>, %rv: tensor<64xf32>, %y0: tensor<?x64x?x?xf16>)
        -> (tensor<?x64x?x?xf16>, tensor<64xf32>, tensor<64xf32>) {
      %y, %m, %v = norm.batch_norm %x scale(%w : tensor<64xf32>) bias(%b : tensor<64xf32>)
          layout = channels_first eps = 1.0e-5
          running(%rm, %rv : tensor<64xf32>, tensor<64xf32>) momentum = 0.1 of batch variance = unbiased
          outs(%y0, %rm, %rv : tensor<?x64x?x?xf16>, tensor<64xf32>, tensor<64xf32>)
          : tensor<?x64x?x?xf16>
      return %y, %m, %v : tensor<?x64x?x?xf16>, tensor<64xf32>, tensor<64xf32>
    }
    ```

    Constraints:
    - (C1) `input` has rank 2 to 5, and its batch and space are not empty.
    - (C2) `scale`, `bias` and the running statistics have one element for each channel; running
      statistics are f32, or f64 where `input` is f64.
    - (C3) `momentum` and `variance` stand with `running`; momentum is given once and is from 0 to 1.
    - (C4) `outs` are y of the shape of `input`; then nothing or two statistics; then, with `running`, two
      more: of one element for each channel.
    - (C5) y has the element type of `input`; statistics are f32, or f64 where `input` is f64.
    - (C6) `eps` is given once, and is finite and not negative.
    - (C7) An unbiased variance needs two elements in every channel. Where sizes are dynamic the
      kernel returns an error.
  }];
  let arguments = (ins
    Norm_Tensor:$input,
    Optional<Norm_Tensor>:$scale,
    Optional<Norm_Tensor>:$bias,
    Optional<Norm_Tensor>:$running_mean,
    Optional<Norm_Tensor>:$running_variance,
    Optional<Norm_Scalar>:$eps_value,
    Optional<Norm_Scalar>:$momentum_value,
    Variadic<Norm_Tensor>:$inits,
    Norm_LayoutAttr:$layout,
    OptionalAttr<F64Attr>:$eps,
    OptionalAttr<F64Attr>:$momentum,
    OptionalAttr<Norm_MomentumOfAttr>:$momentum_of,
    OptionalAttr<Norm_EstimateAttr>:$estimate,
    DefaultValuedAttr<Norm_StatisticAttr, "::mlir::norm::Statistic::Rstd">:$saved,
    DefaultValuedAttr<Norm_AccuracyAttr, "::mlir::norm::Accuracy::Exact">:$accuracy);
  let assemblyFormat = [{
    $input oilist(`scale` `(` $scale `:` type($scale) `)` | `bias` `(` $bias `:` type($bias) `)`)
    `layout` `=` `` $layout `eps` custom<Scalar>($eps_value, type($eps_value), $eps)
    custom<Running>($running_mean, type($running_mean), $running_variance, type($running_variance),
                    $momentum_value, type($momentum_value), $momentum, $momentum_of, $estimate)
    oilist(`saved` `=` `` $saved | `rsqrt` `=` `` $accuracy)
    `outs` `(` $inits `:` type($inits) `)` attr-dict `:` type($input)
  }];
  let extraClassDeclaration = baseClassDeclaration # [{
    bool hasRunning() { return getRunningMean() != nullptr; }
    bool hasStatistics() { return getInits().size() == (hasRunning() ? 5 : 3); }
  }];
}

def Norm_BatchNormInferenceOp : Norm_NamedOp<"batch_norm_inference"> {
  let summary = "Normalizes every channel with given statistics";
  let description = [{
    ```
    y = (input - mean) / sqrt(variance + eps) * scale + bias
    ```
    `stats` are the mean and the variance of every channel, the running ones of training. No reduction
    is left. Everything is computed in f32 (f64 for f64 tensors), in this order, and rounded at the end.

    ```mlir
    func.func @batch_norm_inference(%x: tensor<8x56x56x64xf32>, %m: tensor<64xf32>, %v: tensor<64xf32>)
        -> tensor<8x56x56x64xf32> {
      %y = norm.batch_norm_inference %x stats(%m, %v : tensor<64xf32>, tensor<64xf32>)
          layout = channels_last eps = 1.0e-3 outs(%x : tensor<8x56x56x64xf32>)
          : tensor<8x56x56x64xf32>
      return %y : tensor<8x56x56x64xf32>
    }
    ```

    Constraints:
    - (C1) `input` has rank 2 to 5.
    - (C2) `scale`, `bias` and `stats` have one element for each channel; `stats` are f32, or f64 where
      `input` is f64.
    - (C3) There is one out, of the shape and element type of `input`.
    - (C4) `eps` is given once, and is finite and not negative.
  }];
  let arguments = (ins
    Norm_Tensor:$input,
    Norm_Tensor:$mean,
    Norm_Tensor:$variance,
    Optional<Norm_Tensor>:$scale,
    Optional<Norm_Tensor>:$bias,
    Optional<Norm_Scalar>:$eps_value,
    Variadic<Norm_Tensor>:$inits,
    Norm_LayoutAttr:$layout,
    OptionalAttr<F64Attr>:$eps,
    DefaultValuedAttr<Norm_AccuracyAttr, "::mlir::norm::Accuracy::Exact">:$accuracy);
  let assemblyFormat = [{
    $input `stats` `(` $mean `,` $variance `:` type($mean) `,` type($variance) `)`
    oilist(`scale` `(` $scale `:` type($scale) `)` | `bias` `(` $bias `:` type($bias) `)`)
    `layout` `=` `` $layout `eps` custom<Scalar>($eps_value, type($eps_value), $eps)
    (`rsqrt` `=` `` $accuracy^)?
    `outs` `(` $inits `:` type($inits) `)` attr-dict `:` type($input)
  }];
}

def Norm_InstanceNormOp : Norm_NamedOp<"instance_norm"> {
  let summary = "Normalizes every channel of every sample over space";
  let description = [{
    ```
    y = (input - mean) / sqrt(variance + eps) * scale + bias
    ```
    Mean and (biased) variance are those of one channel of one sample over all positions; scale and bias
    are per channel. Everything is computed in f32 (f64 for f64 tensors), in this order (Ulyanov, Vedaldi and
    Lempitsky, "Instance normalization", 2016).

    `outs` are y and, optionally, the mean and `1 / sqrt(variance + eps)`, or with `saved = variance` mean
    and variance, of every sample and channel. `layout`, `rounding`, `rsqrt` and `eps` are those of
    `norm.batch_norm` and `norm.layer_norm`.

    ```mlir
    func.func @instance_norm(%x: tensor<?x64x?x?xf32>) -> tensor<?x64x?x?xf32> {
      %y = norm.instance_norm %x layout = channels_first eps = 1.0e-5
          outs(%x : tensor<?x64x?x?xf32>) : tensor<?x64x?x?xf32>
      return %y : tensor<?x64x?x?xf32>
    }
    ```

    Constraints:
    - (C1) `input` has rank 2 to 5, and its space is not empty.
    - (C2) `scale` and `bias` have one element for each channel.
    - (C3) `outs` are y of the shape of `input`; then either nothing or two statistics of shape
      (samples, channels).
    - (C4) y has the element type of `input`; statistics are f32, or f64 where `input` is f64.
    - (C5) `eps` is given once, and is finite and not negative.
  }];
  let arguments = (ins
    Norm_Tensor:$input,
    Optional<Norm_Tensor>:$scale,
    Optional<Norm_Tensor>:$bias,
    Optional<Norm_Scalar>:$eps_value,
    Variadic<Norm_Tensor>:$inits,
    Norm_LayoutAttr:$layout,
    OptionalAttr<F64Attr>:$eps,
    DefaultValuedAttr<Norm_RoundingAttr, "::mlir::norm::Rounding::Once">:$rounding,
    DefaultValuedAttr<Norm_StatisticAttr, "::mlir::norm::Statistic::Rstd">:$saved,
    DefaultValuedAttr<Norm_AccuracyAttr, "::mlir::norm::Accuracy::Exact">:$accuracy);
  let assemblyFormat = [{
    $input oilist(`scale` `(` $scale `:` type($scale) `)` | `bias` `(` $bias `:` type($bias) `)`)
    `layout` `=` `` $layout `eps` custom<Scalar>($eps_value, type($eps_value), $eps)
    oilist(`rounding` `=` `` $rounding | `saved` `=` `` $saved | `rsqrt` `=` `` $accuracy)
    `outs` `(` $inits `:` type($inits) `)` attr-dict `:` type($input)
  }];
}

def Norm_GroupNormOp : Norm_NamedOp<"group_norm"> {
  let summary = "Normalizes groups of channels of every sample over space";
  let description = [{
    ```
    y = (input - mean) / sqrt(variance + eps) * scale + bias
    ```
    The channels of a sample are divided into `groups` equal, consecutive parts. Mean and (biased) variance
    are those of one part over all positions; scale and bias are per channel (ONNX opset 18 had them per
    group, 21 has them per channel). Everything is computed in f32 (f64 for f64 tensors), in this order (Wu
    and He, "Group normalization", 2018).

    `outs` are y and, optionally, the mean and `1 / sqrt(variance + eps)`, or with `saved = variance` mean
    and variance, of every sample and group. `layout`, `rounding`, `rsqrt` and `eps` are those of
    `norm.batch_norm` and `norm.layer_norm`.

    ```mlir
    func.func @group_norm(%x: tensor<?x64x?x?xf32>, %w: tensor<64xf32>) -> tensor<?x64x?x?xf32> {
      %y = norm.group_norm %x scale(%w : tensor<64xf32>) groups = 32 layout = channels_first
          eps = 1.0e-6 outs(%x : tensor<?x64x?x?xf32>) : tensor<?x64x?x?xf32>
      return %y : tensor<?x64x?x?xf32>
    }
    ```

    Constraints:
    - (C1) `input` has rank 2 to 5, and its channels and space are not empty.
    - (C2) `scale` and `bias` have one element for each channel.
    - (C3) `outs` are y of the shape of `input`; then either nothing or two statistics of shape
      (samples, groups).
    - (C4) y has the element type of `input`; statistics are f32, or f64 where `input` is f64.
    - (C5) `eps` is given once, and is finite and not negative.
    - (C6) `groups` is at least 1 and divides the channels.
  }];
  let arguments = (ins
    Norm_Tensor:$input,
    Optional<Norm_Tensor>:$scale,
    Optional<Norm_Tensor>:$bias,
    Optional<Norm_Scalar>:$eps_value,
    Variadic<Norm_Tensor>:$inits,
    I64Attr:$groups,
    Norm_LayoutAttr:$layout,
    OptionalAttr<F64Attr>:$eps,
    DefaultValuedAttr<Norm_RoundingAttr, "::mlir::norm::Rounding::Once">:$rounding,
    DefaultValuedAttr<Norm_StatisticAttr, "::mlir::norm::Statistic::Rstd">:$saved,
    DefaultValuedAttr<Norm_AccuracyAttr, "::mlir::norm::Accuracy::Exact">:$accuracy);
  let assemblyFormat = [{
    $input oilist(`scale` `(` $scale `:` type($scale) `)` | `bias` `(` $bias `:` type($bias) `)`)
    `groups` `=` $groups `layout` `=` `` $layout
    `eps` custom<Scalar>($eps_value, type($eps_value), $eps)
    oilist(`rounding` `=` `` $rounding | `saved` `=` `` $saved | `rsqrt` `=` `` $accuracy)
    `outs` `(` $inits `:` type($inits) `)` attr-dict `:` type($input)
  }];
}

#endif // NORMC_IR_CHANNELOPS_TD
