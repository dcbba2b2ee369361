// RUN: norm-opt %s --norm-generalize --norm-derive-backward --cse --canonicalize --split-input-file \
// RUN:   --remark-format=emitRemark --remarks-filter=norm-derive-backward --remark-policy=all 2>%t | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK --input-file=%t
// RUN: norm-opt %s --norm-generalize --norm-derive-backward=recompute --cse --canonicalize --split-input-file \
// RUN:   | FileCheck %s --check-prefix=AGAIN
// RUN: norm-opt %s --norm-generalize --norm-derive-backward --norm-generalize --split-input-file \
// RUN:   | FileCheck %s --check-prefix=ORDERS

func.func @layer_norm(%x: tensor<?x64xbf16> {norm.layout = "contiguous"}, %w: tensor<64xbf16>, %b: tensor<64xbf16>, %y0: tensor<?x64xbf16>) -> tensor<?x64xbf16> {
  %y = norm.layer_norm %x scale(%w : tensor<64xbf16>) bias(%b : tensor<64xbf16>) axes = [1] eps = 1.0e-5
      outs(%y0 : tensor<?x64xbf16>) : tensor<?x64xbf16>
  return %y : tensor<?x64xbf16>
}

// -----

func.func @layer_norm_named_backward(%dy: tensor<?x64xbf16>, %x: tensor<?x64xbf16>, %w: tensor<64xbf16>, %m: tensor<?xf32>, %r: tensor<?xf32>, %dx0: tensor<?x64xbf16>, %dw0: tensor<64xf32>)
    -> (tensor<?x64xbf16>, tensor<64xf32>, tensor<64xf32>) {
  %dx, %dw, %db = norm.layer_norm_backward %dy, %x stats(%m, %r : tensor<?xf32>, tensor<?xf32>) scale(%w : tensor<64xbf16>) axes = [1]
      gradients = [input, scale, bias] outs(%dx0, %dw0, %dw0 : tensor<?x64xbf16>, tensor<64xf32>, tensor<64xf32>)
      : tensor<?x64xbf16>, tensor<?x64xbf16>
  return %dx, %dw, %db : tensor<?x64xbf16>, tensor<64xf32>, tensor<64xf32>
}
