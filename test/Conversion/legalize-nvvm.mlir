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

// Two at a time; what is too large for the type has the largest number's code, and gets the next.
// CHECK-LABEL: func.func @float8
func.func @float8(%x: vector<8xf32>, %y: vector<4xf8E5M2>, %z: f32) -> (vector<8xf8E4M3FN>, vector<4xf32>, f8E5M2) {
  // CHECK: %[[LIMIT:.*]] = arith.constant 4.640000e+02 : f32
  // CHECK: nvvm.convert.f32x2.to.f8x2 %{{.*}}, %{{.*}} {rnd = #nvvm.fp_rnd_mode<rn>, sat = #nvvm.sat_mode<satfinite>} : i16(f8E4M3FN)
  // CHECK: %[[MAGNITUDE:.*]] = llvm.call_intrinsic "llvm.fabs"
  // CHECK: arith.cmpf ogt, %[[MAGNITUDE]], %[[LIMIT]] : f32
  // CHECK: vector.bitcast %{{.*}} : vector<2xi32> to vector<8xi8>
  %0 = arith.truncf %x : vector<8xf32> to vector<8xf8E4M3FN>
  // CHECK-COUNT-2: nvvm.convert.f8x2.to.f16x2 %{{.*}} : vector<2xi8>(f8E5M2) -> vector<2xf16>
  %1 = arith.extf %y : vector<4xf8E5M2> to vector<4xf32>
  // CHECK: arith.constant 6.144000e+04 : f32
  // CHECK: nvvm.convert.f32x2.to.f8x2
  // CHECK: arith.cmpf oge
  // CHECK: arith.trunci %{{.*}} : i32 to i8
  // CHECK-NOT: arith.truncf
  %2 = arith.truncf %z : f32 to f8E5M2
  return %0, %1, %2 : vector<8xf8E4M3FN>, vector<4xf32>, f8E5M2
}
