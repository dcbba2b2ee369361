// RUN: norm-opt %s --norm-bind-arguments --split-input-file --verify-diagnostics

// expected-error @below {{kernel expects tensors, but argument 0 is 'f32'; use a rank-0 tensor, 'tensor<f32>'}}
func.func @scalar(%eps: f32, %x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}

// -----

// expected-error @below {{kernel cannot take a size: argument 0 is of type index; use tensor.dim of an argument}}
func.func @index(%n: index, %x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}

// -----

// expected-error @below {{kernel expects ranked tensors, but argument 0 is 'tensor<*xf32>'}}
func.func @unranked(%x: tensor<*xf32>) -> tensor<*xf32> {
  return %x : tensor<*xf32>
}

// -----

// expected-error @below {{kernel expects tensors, but result 0 is 'i64'; use a rank-0 tensor, 'tensor<i64>'}}
func.func @scalar_result(%x: tensor<4xf32>) -> i64 {
  %c = arith.constant 1 : i64
  return %c : i64
}

// -----

// expected-error @below {{kernel has no result}}
func.func @nothing() {
  return
}

// -----

// expected-error @below {{kernel has no result; mark the memrefs that it writes with norm.output}}
func.func @unmarked(%x: memref<4xf32>) {
  return
}

// -----

// expected-error @below {{kernel expects either tensors or memrefs, but has both}}
func.func @both(%x: memref<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  return %y : tensor<4xf32>
}

// -----

// expected-error @below {{kernel expects tensors of f8E4M3FN, f8E5M2, f16, bf16, f32, f64, or integers of 1, 8, 16, 32 or 64 bits, but argument 0 is 'tensor<4xi5>'}}
func.func @bits(%x: tensor<4xi5>) -> tensor<4xi5> {
  return %x : tensor<4xi5>
}

// -----

// expected-error @below {{kernel expects a name that is an identifier in C, but got 'a.b'}}
func.func @"a.b"(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}

// -----

// expected-error @below {{kernel expects norm.name of argument 0 to be a string that is an identifier in C, but got "2x"}}
func.func @name(%x: tensor<4xf32> {norm.name = "2x"}) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}

// -----

// expected-error @below {{kernel has two arguments named 'x'}}
func.func @names(%x: tensor<4xf32> {norm.name = "x"}) -> (tensor<4xf32> {norm.name = "x"}) {
  return %x : tensor<4xf32>
}

// -----

// expected-error @below {{kernel expects norm.layout of argument 0 to be "rows", "any" or "contiguous", but got "columns"}}
func.func @layout(%x: tensor<4xf32> {norm.layout = "columns"}) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}

// -----

// expected-error @below {{kernel cannot derive result0_0, for the size result0_0 of result 0, from the shapes of the arguments}}
func.func @size(%x: tensor<?xf32>) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = tensor.dim %x, %c0 : tensor<?xf32>
  %m = arith.addi %n, %c1 : index
  %y = tensor.empty(%m) : tensor<?xf32>
  return %y : tensor<?xf32>
}

// -----

// expected-error @below {{kernel has dimensions of sizes 4 and 8 that have to be equal}}
func.func @conflict(%x: tensor<4xf32>, %y: tensor<8xf32>) -> tensor<?xf32> {
  %a = tensor.cast %x : tensor<4xf32> to tensor<?xf32>
  %b = tensor.cast %y : tensor<8xf32> to tensor<?xf32>
  %c = arith.addf %a, %b : tensor<?xf32>
  return %c : tensor<?xf32>
}

// -----

// expected-error @below {{kernel expects a body of one block, but got 2}}
func.func @blocks(%x: tensor<4xf32>) -> tensor<4xf32> {
  cf.br ^next
^next:
  return %x : tensor<4xf32>
}

// -----

// expected-error @below {{kernel expects strided memrefs of the default memory space with offset 0 or ?, but argument 0 is 'memref<4xf32, 1>'}}
func.func @space(%x: memref<4xf32, 1> {norm.output}) {
  return
}

// -----

// expected-error @below {{kernel expects a size, a symbol or a product of them in norm.shape of argument 0}}
func.func @shape(%x: memref<?xf32> {norm.output, norm.shape = ["c + 1"]}) {
  return
}
