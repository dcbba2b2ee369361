// RUN: norm-opt %s --norm-expand-math | FileCheck %s --check-prefixes=CHECK,PLAIN
// RUN: norm-opt %s --norm-expand-math="has-fma has-f16c has-bf16 has-round" | FileCheck %s --check-prefixes=CHECK,RICH
// RUN: norm-opt %s --norm-expand-math=has-f8 | FileCheck %s --check-prefixes=CHECK,F8

// Two roundings where the target has no instruction for one.
// CHECK-LABEL: func.func @fma
func.func @fma(%a: f32, %b: f32, %c: f32) -> f32 {
  // PLAIN: %[[M:.*]] = arith.mulf %arg0, %arg1 : f32
  // PLAIN: %[[S:.*]] = arith.addf %[[M]], %arg2 : f32
  // PLAIN: return %[[S]]
  // RICH: math.fma %arg0, %arg1, %arg2 : f32
  %r = math.fma %a, %b, %c : f32
  return %r : f32
}

// CHECK-LABEL: func.func @vector_fma
func.func @vector_fma(%a: vector<4xf64>, %b: vector<4xf64>, %c: vector<4xf64>) -> vector<4xf64> {
  // PLAIN-NOT: vector.fma
  // PLAIN: arith.mulf %arg0, %arg1 : vector<4xf64>
  // RICH: vector.fma %arg0, %arg1, %arg2 : vector<4xf64>
  %r = vector.fma %a, %b, %c : vector<4xf64>
  return %r : vector<4xf64>
}

// x = n ln(2) + r, a polynomial, and two scalings; constants stand once, at the block's start.
// CHECK-LABEL: func.func @exp
func.func @exp(%x: f32) -> f32 {
  // CHECK-COUNT-1: arith.constant 1.44269502 : f32
  // CHECK: %[[LOW:.*]] = arith.cmpf olt, %arg0,
  // CHECK: arith.select %[[LOW]]
  // RICH: math.fma
  // PLAIN-NOT: math.
  // CHECK: arith.shrsi
  // CHECK: %[[HALF:.*]] = arith.shli
  // CHECK: arith.bitcast %[[HALF]]
  // CHECK: %[[ONCE:.*]] = arith.mulf
  // CHECK: %[[REST:.*]] = arith.shli
  // CHECK: %[[POWER:.*]] = arith.bitcast %[[REST]]
  // CHECK: %[[Y:.*]] = arith.mulf %[[ONCE]], %[[POWER]] : f32
  // CHECK: return %[[Y]] : f32
  %y = math.exp %x : f32
  return %y : f32
}

// Any shape of vector; nothing but the element-wise operations is left.
// CHECK-LABEL: func.func @vectors
func.func @vectors(%x: vector<2x8xf32>, %z: vector<[4]xf64>) -> (vector<2x8xf32>, vector<[4]xf64>) {
  // CHECK-NOT: math.tanh
  // CHECK-NOT: math.erf
  // CHECK: arith.divf {{.*}} : vector<2x8xf32>
  // CHECK: math.copysign {{.*}} : vector<2x8xf32>
  // CHECK: math.copysign {{.*}} : vector<[4]xf64>
  %y = math.tanh %x : vector<2x8xf32>
  %w = math.erf %z : vector<[4]xf64>
  return %y, %w : vector<2x8xf32>, vector<[4]xf64>
}

// CHECK-LABEL: func.func @extend
func.func @extend(%x: vector<8xf16>, %b: bf16) -> (vector<8xf32>, f64) {
  // RICH: arith.extf %arg0 : vector<8xf16> to vector<8xf32>
  // PLAIN-NOT: arith.extf
  // PLAIN: arith.bitcast %arg0 : vector<8xf16> to vector<8xi16>
  // PLAIN: arith.bitcast {{.*}} : vector<8xi32> to vector<8xf32>
  // CHECK: %[[BITS:.*]] = arith.bitcast %arg1 : bf16 to i16
  // CHECK: %[[WIDE:.*]] = arith.extui %[[BITS]] : i16 to i32
  // CHECK: %[[HIGH:.*]] = arith.shli %[[WIDE]], %{{.*}} : i32
  // CHECK: %[[F:.*]] = arith.bitcast %[[HIGH]] : i32 to f32
  // CHECK: arith.extf %[[F]] : f32 to f64
  %y = arith.extf %x : vector<8xf16> to vector<8xf32>
  %d = arith.extf %b : bf16 to f64
  return %y, %d : vector<8xf32>, f64
}

// 8 bits: by their bits, by way of f16 where that is an instruction, and left to the target where it has them. e5m2 is the
// upper half of an f16.
// CHECK-LABEL: func.func @extend_8
func.func @extend_8(%x: vector<8xf8E4M3FN>, %y: f8E5M2) -> (vector<8xf32>, f16) {
  // PLAIN: %[[BITS:.*]] = arith.bitcast %arg0 : vector<8xf8E4M3FN> to vector<8xi8>
  // PLAIN: arith.extui %[[BITS]] : vector<8xi8> to vector<8xi32>
  // PLAIN-NOT: arith.extf
  // RICH: %[[HALF:.*]] = arith.bitcast %{{.*}} : vector<8xi16> to vector<8xf16>
  // RICH: %[[SMALL:.*]] = arith.extf %[[HALF]] : vector<8xf16> to vector<8xf32>
  // RICH: arith.mulf %[[SMALL]], %{{.*}} : vector<8xf32>
  // RICH: %[[UPPER:.*]] = arith.shli %{{.*}}, %{{.*}} : i16
  // RICH: %[[F:.*]] = arith.bitcast %[[UPPER]] : i16 to f16
  // RICH: arith.extf %[[F]] : f16 to f32
  // F8: arith.extf %arg0 : vector<8xf8E4M3FN> to vector<8xf32>
  // F8: arith.extf %arg1 : f8E5M2 to f32
  %0 = arith.extf %x : vector<8xf8E4M3FN> to vector<8xf32>
  %1 = arith.extf %y : f8E5M2 to f16
  return %0, %1 : vector<8xf32>, f16
}

// What is too large has the first code that is no number; of e5m2 NaN has another.
// CHECK-LABEL: func.func @truncate_8
func.func @truncate_8(%x: vector<8xf32>, %y: bf16) -> (vector<8xf8E4M3FN>, f8E5M2) {
  // PLAIN: arith.minsi %{{.*}}, %{{.*}} : vector<8xi32>
  // PLAIN: arith.bitcast %{{.*}} : vector<8xi8> to vector<8xf8E4M3FN>
  // PLAIN: arith.minsi %{{.*}}, %{{.*}} : i32
  // PLAIN: arith.cmpi ugt
  // F8: arith.truncf %arg0 : vector<8xf32> to vector<8xf8E4M3FN>
  // F8: arith.truncf %{{.*}} : f32 to f8E5M2
  %0 = arith.truncf %x : vector<8xf32> to vector<8xf8E4M3FN>
  %1 = arith.truncf %y : bf16 to f8E5M2
  return %0, %1 : vector<8xf8E4M3FN>, f8E5M2
}

// Arithmetic is f32's, rounded.
// CHECK-LABEL: func.func @add_8
func.func @add_8(%x: f8E5M2, %y: f8E5M2) -> f8E5M2 {
  // CHECK: arith.addf %{{.*}}, %{{.*}} : f32
  // CHECK: arith.xori %{{.*}}, %{{.*}} : i8
  %0 = arith.addf %x, %y : f8E5M2
  %1 = arith.negf %0 : f8E5M2
  return %1 : f8E5M2
}

// From f64 by way of an f32 that is odd where it is inexact: the second rounding is then the only
// one. There is no instruction for this, whatever converts f32.
// CHECK-LABEL: func.func @truncate
func.func @truncate(%x: f64) -> (f16, bf16) {
  // CHECK: %[[F:.*]] = arith.truncf %arg0 : f64 to f32
  // CHECK: %[[BACK:.*]] = arith.extf %[[F]] : f32 to f64
  // CHECK: arith.cmpf one, %[[BACK]], %arg0 : f64
  // RICH: arith.truncf %{{.*}} : f32 to f16
  // RICH: arith.truncf %{{.*}} : f32 to bf16
  // PLAIN-NOT: arith.truncf {{.*}} to f16
  // PLAIN: arith.bitcast %{{.*}} : i16 to f16
  // PLAIN: arith.truncf %arg0 : f64 to f32
  // PLAIN-NOT: arith.truncf
  // PLAIN: arith.bitcast %{{.*}} : i16 to bf16
  %h = arith.truncf %x : f64 to f16
  %b = arith.truncf %x : f64 to bf16
  return %h, %b : f16, bf16
}

// 16-bit arithmetic is f32 arithmetic, rounded.
// CHECK-LABEL: func.func @half
func.func @half(%a: f16, %b: f16, %n: i64) -> (f16, i1, bf16, f16) {
  // RICH: %[[A:.*]] = arith.extf %arg0 : f16 to f32
  // RICH: %[[B:.*]] = arith.extf %arg1 : f16 to f32
  // RICH: %[[S:.*]] = arith.addf %[[A]], %[[B]] : f32
  // RICH: arith.truncf %[[S]] : f32 to f16
  // PLAIN: arith.addf %{{.*}}, %{{.*}} : f32
  %s = arith.addf %a, %b : f16
  // CHECK: arith.cmpf ule, %{{.*}}, %{{.*}} : f32
  %c = arith.cmpf ule, %a, %b : f16
  // CHECK: arith.sitofp %{{.*}} : i64 to f64
  %i = arith.sitofp %n : i64 to bf16
  // CHECK: arith.xori %{{.*}}, %c-32768_i16 : i16
  %m = arith.negf %a : f16
  return %s, %c, %i, %m : f16, i1, bf16, f16
}

// CHECK-LABEL: func.func @roots
func.func @roots(%x: f32, %h: f16) -> (f32, f32, f32, f16) {
  %three = arith.constant 3.0 : f16
  %half = arith.constant 0.5 : f32
  %two = arith.constant 2.0 : f32
  // CHECK: %[[R:.*]] = math.sqrt %arg0 : f32
  // CHECK: arith.divf %{{.*}}, %[[R]] : f32
  %r = math.rsqrt %x : f32
  // CHECK: math.sqrt
  // CHECK-NOT: math.powf
  %s = math.powf %x, %half : f32
  // CHECK: %[[SQUARE:.*]] = arith.mulf %arg0, %arg0 : f32
  %q = math.powf %x, %two : f32
  // CHECK: %[[W:.*]] = arith.mulf %[[H:.*]], %[[H]] : f32
  // CHECK: arith.mulf %[[W]], %[[H]] : f32
  %w = math.powf %h, %three : f16
  return %r, %s, %q, %w : f32, f32, f32, f16
}

// CHECK-LABEL: func.func @powers
func.func @powers(%x: f32, %v: vector<4xf32>) -> (f32, vector<4xf32>, f32) {
  %minus = arith.constant -3 : i64
  %five = arith.constant dense<5> : vector<4xi32>
  %none = arith.constant 0 : i32
  // CHECK-DAG: %[[ONE:.*]] = arith.constant 1.000000e+00 : f32
  // CHECK: %[[R:.*]] = arith.divf %[[ONE]], %arg0 : f32
  // CHECK: %[[S:.*]] = arith.mulf %[[R]], %[[R]] : f32
  // CHECK: %[[C:.*]] = arith.mulf %[[S]], %[[R]] : f32
  %c = math.fpowi %x, %minus : f32, i64
  // CHECK: %[[V2:.*]] = arith.mulf %arg1, %arg1 : vector<4xf32>
  // CHECK: %[[V4:.*]] = arith.mulf %[[V2]], %[[V2]] : vector<4xf32>
  // CHECK: %[[V5:.*]] = arith.mulf %[[V4]], %arg1 : vector<4xf32>
  %f = math.fpowi %v, %five : vector<4xf32>, vector<4xi32>
  %o = math.fpowi %x, %none : f32, i32
  // CHECK: return %[[C]], %[[V5]], %[[ONE]]
  return %c, %f, %o : f32, vector<4xf32>, f32
}

// CHECK-LABEL: func.func @rounding
func.func @rounding(%x: f32, %v: vector<2xf64>) -> (f32, vector<2xf64>) {
  // RICH: math.floor %arg0 : f32
  // RICH: math.roundeven %arg1 : vector<2xf64>
  // PLAIN-DAG: arith.constant 0x4B000000 : f32
  // PLAIN-DAG: arith.constant dense<0x4330000000000000> : vector<2xf64>
  // PLAIN-NOT: math.floor
  // PLAIN-NOT: math.roundeven
  // PLAIN: math.copysign {{.*}} : vector<2xf64>
  %f = math.floor %x : f32
  %r = math.roundeven %v : vector<2xf64>
  return %f, %r : f32, vector<2xf64>
}

// What every target has stays as it is; isinf is a comparison; f80, which only the oracle has,
// calls the library for functions.
// CHECK-LABEL: func.func @kept
func.func @kept(%x: f32, %y: f64, %l: f80) -> (f32, f32, f64, i1, f80) {
  // CHECK: math.absf
  // CHECK: math.copysign
  // CHECK: arith.maximumf
  // CHECK: arith.cmpf oeq, %{{.*}}, %{{.*}} : f32
  // CHECK-NOT: arith.maxnumf
  // CHECK: llvm.call @erfl(%{{.*}}) : (f80) -> f80
  %a = math.absf %x : f32
  %c = math.copysign %x, %a : f32
  %m = arith.maximumf %y, %y : f64
  %n = math.isinf %x : f32
  %g = arith.maxnumf %l, %l : f80
  %e = math.erf %g : f80
  return %a, %c, %m, %n, %e : f32, f32, f64, i1, f80
}
