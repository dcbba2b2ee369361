// RUN: norm-opt %s --norm-legalize-nvvm | FileCheck %s

// CHECK-LABEL: func.func @operations
func.func @operations(%x: f32, %y: vector<8xf32>, %n: i64) -> (f32, vector<8xf32>, f32, i64) {
  // CHECK: llvm.call_intrinsic "llvm.sqrt"(%{{.*}}) : (f32) -> f32
  %root = math.sqrt %x : f32
  // CHECK: llvm.call_intrinsic "llvm.fma"(%{{.*}}) : (vector<8xf32>, vector<8xf32>, vector<8xf32>) -> vector<8xf32>
  %sum = math.fma %y, %y, %y : vector<8xf32>
  // CHECK: llvm.call_intrinsic "llvm.copysign"
  %signed = math.copysign %x, %root : f32
  // CHECK: %[[FALSE:.*]] = llvm.mlir.constant(false) : i1
  // CHECK: llvm.call_intrinsic "llvm.ctlz"(%{{.*}}, %[[FALSE]]) : (i64, i1) -> i64
  %zeros = math.ctlz %n : i64
  // CHECK-NOT: math.
  return %root, %sum, %signed, %zeros : f32, vector<8xf32>, f32, i64
}
