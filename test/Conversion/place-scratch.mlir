// RUN: norm-opt %s --norm-place-scratch --canonicalize --allow-unregistered-dialect --split-input-file --verify-diagnostics | FileCheck %s

// CHECK-LABEL: func private @sizes_workspace_bytes(
// CHECK-SAME: %[[X:.*]]: memref<?xf32>) -> i64
// CHECK: %[[N:.*]] = memref.dim %[[X]]
// CHECK: arith.mului_extended
// CHECK: arith.select
// CHECK: return %{{.*}} : i64
// CHECK-LABEL: func @sizes(
// CHECK-SAME: %[[X:.*]]: memref<?xf32> {{{.*}}}, %[[W:.*]]: memref<?xi8> {norm.workspace})
// CHECK-SAME: norm.workspace_bytes = @sizes_workspace_bytes
// The first begins at 21 * 64 and takes 12 bytes, so the second begins 21 * 64 behind the next multiple of 64.
// CHECK-DAG: %[[FIRST:.*]] = arith.constant 1344 : index
// CHECK-DAG: %[[SECOND:.*]] = arith.constant 2752 : index
// CHECK-DAG: %[[N:.*]] = memref.dim %[[X]]
// CHECK: %[[A:.*]] = memref.view %[[W]][%[[FIRST]]][] : memref<?xi8> to memref<3xf32>
// CHECK: %[[B:.*]] = memref.view %[[W]][%[[SECOND]]][%[[N]]] : memref<?xi8> to memref<?x5xbf16>
// CHECK: "test.use"(%[[A]], %[[B]])
// CHECK-NOT: memref.alloc
// CHECK-NOT: memref.dealloc
func.func @sizes(%x: memref<?xf32> {norm.layout = "contiguous", norm.name = "x", norm.output,
                                    norm.role = "output", norm.shape = ["c"]})
    attributes {norm.kernel} {
  %c0 = arith.constant 0 : index
  %n = memref.dim %x, %c0 : memref<?xf32>
  %a = memref.alloc() : memref<3xf32>
  %b = memref.alloc(%n) {alignment = 64 : i64} : memref<?x5xbf16>
  "test.use"(%a, %b) : (memref<3xf32>, memref<?x5xbf16>) -> ()
  memref.dealloc %a : memref<3xf32>
  return
}

// Without scratch nothing changes.
// CHECK-LABEL: func @none(
// CHECK-NOT: norm.workspace
func.func @none(%x: memref<4xf32>) attributes {norm.kernel} {
  return
}

// -----

func.func @inner(%x: memref<4xf32>) attributes {norm.kernel} {
  scf.forall (%i) in (4) {
    // expected-error @below {{scratch has to be allocated at the top of the kernel, not inside of scf.forall}}
    %a = memref.alloc() : memref<3xf32>
    memref.copy %a, %a : memref<3xf32> to memref<3xf32>
  }
  return
}

// -----

func.func @read(%x: memref<4xindex>) attributes {norm.kernel} {
  %c0 = arith.constant 0 : index
  // expected-note @below {{by operations without effects, but this is not}}
  %n = memref.load %x[%c0] : memref<4xindex>
  // expected-error @below {{the size of scratch has to be computed from sizes of arguments}}
  %a = memref.alloc(%n) : memref<?xf32>
  memref.copy %a, %a : memref<?xf32> to memref<?xf32>
  return
}

// -----

func.func @aligned(%x: memref<4xf32>) attributes {norm.kernel} {
  // expected-error @below {{scratch is aligned to 64 bytes, but 4096 are asked for}}
  %a = memref.alloc() {alignment = 4096 : i64} : memref<3xf32>
  memref.copy %a, %a : memref<3xf32> to memref<3xf32>
  return
}
