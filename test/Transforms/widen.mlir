// RUN: norm-opt %s --norm-widen | FileCheck %s
// RUN: norm-opt %s --norm-widen=type=f80 | FileCheck %s --check-prefix=F80
// RUN: not norm-opt %s --norm-widen=type=f16 2>&1 | FileCheck %s --check-prefix=BAD

// BAD: norm-widen expects type f64 or f80, but got 'f16'

// The rounding in the middle stays, the last one goes.
// CHECK-LABEL: func @rounds
// CHECK-SAME: (%{{.*}}: tensor<?x8xf64>, %{{.*}}: tensor<?x8xf64>, %{{.*}}: index) -> tensor<?x8xf64>
// CHECK: ^bb0(%[[X:.*]]: !norm.field<f64, [c]>):
// CHECK: norm.map (%[[A:.*]] = %[[X]] : !norm.field<f64, [c]>) -> !norm.field<f64, [c]>
// CHECK:   %[[SUM:.*]] = arith.addf %[[A]], %{{.*}} : f64
// CHECK:   %[[T:.*]] = arith.truncf %[[SUM]] : f64 to bf16
// CHECK:   %[[H:.*]] = arith.extf %[[T]] : bf16 to f64
// CHECK:   %[[Y:.*]] = arith.mulf %[[H]], %[[H]] : f64
// CHECK-NEXT: norm.yield %[[Y]] : f64
// F80: tensor<?x8xf80>
func.func @rounds(%x: tensor<?x8xbf16>, %y0: tensor<?x8xbf16>, %rows: index) -> tensor<?x8xbf16> {
  %y = norm.generic iter(r = %rows, c = 8) reduce [c]
      ins(%x(r, c) : tensor<?x8xbf16>) outs(%y0(r, c) : tensor<?x8xbf16>) {
  ^bb0(%xb: !norm.field<bf16, [c]>):
    %yb = norm.map (%a = %xb : !norm.field<bf16, [c]>) -> !norm.field<bf16, [c]> {
      %one = arith.constant 1.0 : f32
      %0 = arith.extf %a : bf16 to f32
      %1 = arith.addf %0, %one : f32
      %2 = arith.truncf %1 : f32 to bf16
      %3 = arith.extf %2 : bf16 to f32
      %4 = arith.mulf %3, %3 : f32
      %5 = arith.truncf %4 : f32 to bf16
      norm.yield %5 : bf16
    }
    norm.yield %yb : !norm.field<bf16, [c]>
  }
  return %y : tensor<?x8xbf16>
}

// Without an in-group dimension there is no map; the last rounding goes all the same.
// CHECK-LABEL: func @inference
// CHECK: ^bb0(%[[A:.*]]: f64):
// CHECK-NEXT: %[[Y:.*]] = arith.mulf %[[A]], %[[A]] : f64
// CHECK-NEXT: norm.yield %[[Y]] : f64
func.func @inference(%x: tensor<8xbf16>, %y0: tensor<8xbf16>) -> tensor<8xbf16> {
  %y = norm.generic iter(c = 8) reduce [] ins(%x(c) : tensor<8xbf16>) outs(%y0(c) : tensor<8xbf16>) {
  ^bb0(%a: bf16):
    %0 = arith.extf %a : bf16 to f32
    %1 = arith.mulf %0, %0 : f32
    %2 = arith.truncf %1 : f32 to bf16
    norm.yield %2 : bf16
  }
  return %y : tensor<8xbf16>
}
