// RUN: norm-opt %s --norm-expand-shapes | FileCheck %s
// RUN: norm-opt %s --norm-expand-shapes --expand-strided-metadata | FileCheck %s --check-prefix=LOWERED
// LOWERED-NOT: memref.expand_shape

// CHECK-LABEL: func @tokens
// CHECK-SAME: %[[X:.*]]: memref<?x16xf32>, %[[B:.*]]: index, %[[T:.*]]: index
// CHECK: %[[BASE:.*]], %{{.*}}, %{{.*}}:2, %[[STRIDES:.*]]:2 = memref.extract_strided_metadata %[[X]]
// CHECK: %[[STRIDE:.*]] = arith.muli %{{.*}}, %[[T]] : index
// CHECK: memref.reinterpret_cast %[[BASE]] to offset: [0], sizes: [%[[B]], %[[T]], 16], strides: [%[[STRIDE]], 16, 1]
func.func @tokens(%x: memref<?x16xf32>, %b: index, %t: index) -> memref<?x?x16xf32> {
  %y = memref.expand_shape %x [[0, 1], [2]] output_shape [%b, %t, 16] : memref<?x16xf32> into memref<?x?x16xf32>
  return %y : memref<?x?x16xf32>
}

// Rows of any distance, from anywhere on, and three dimensions of one.
// CHECK-LABEL: func @rows
// CHECK-SAME: %[[X:.*]]: memref<{{[^>]*>}}>, %[[B:.*]]: index, %[[T:.*]]: index
// CHECK: %[[BASE:.*]], %[[OFFSET:.*]], %{{.*}}:2, %[[STRIDES:.*]]:2 = memref.extract_strided_metadata %[[X]]
// CHECK: %[[FOUR:.*]] = arith.muli %[[STRIDES]]#0, %c4{{.*}} : index
// CHECK: %[[ALL:.*]] = arith.muli %[[FOUR]], %[[T]] : index
// CHECK: memref.reinterpret_cast %[[BASE]] to offset: [%[[OFFSET]]], sizes: [%[[B]], %[[T]], 4, 16], strides: [%[[ALL]], %[[FOUR]], %[[STRIDES]]#0, 1]
func.func @rows(%x: memref<?x16xf32, strided<[?, 1], offset: ?>>, %b: index, %t: index)
    -> memref<?x?x4x16xf32, strided<[?, ?, ?, 1], offset: ?>> {
  %y = memref.expand_shape %x [[0, 1, 2], [3]] output_shape [%b, %t, 4, 16]
      : memref<?x16xf32, strided<[?, 1], offset: ?>> into memref<?x?x4x16xf32, strided<[?, ?, ?, 1], offset: ?>>
  return %y : memref<?x?x4x16xf32, strided<[?, ?, ?, 1], offset: ?>>
}

// One dynamic size follows from the whole.
// CHECK-LABEL: func @one
// CHECK: memref.expand_shape
func.func @one(%x: memref<?x16xf32>, %b: index) -> memref<?x4x16xf32> {
  %y = memref.expand_shape %x [[0, 1], [2]] output_shape [%b, 4, 16] : memref<?x16xf32> into memref<?x4x16xf32>
  return %y : memref<?x4x16xf32>
}
