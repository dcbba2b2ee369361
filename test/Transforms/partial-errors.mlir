// RUN: norm-opt %s --split-input-file --verify-diagnostics --norm-partial=dims=c

func.func @unknown(%x: tensor<8x64xf32>, %y0: tensor<8xf32>) -> tensor<8xf32> attributes {norm.partial = ["q"]} {
  // expected-error@+1 {{expects dimensions to divide among r, c, but got 'q'}}
  %y = norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : tensor<8x64xf32>) outs(%y0(r) : tensor<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return %y : tensor<8xf32>
}

// -----

func.func @twice(%x: tensor<8x64xf32>, %y0: tensor<8xf32>) -> tensor<8xf32> attributes {norm.partial = ["c", "c"]} {
  // expected-error@+1 {{expects each dimension to divide once, but got 'c' twice}}
  %y = norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : tensor<8x64xf32>) outs(%y0(r) : tensor<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return %y : tensor<8xf32>
}

// -----

// expected-error@+1 {{expects norm.partial to be names of dimensions, as ["c"], but got "c"}}
func.func @attribute(%x: tensor<8xf32>) -> tensor<8xf32> attributes {norm.partial = "c"} {
  return %x : tensor<8xf32>
}

// -----

func.func @named(%x: tensor<8x64xf32>, %y0: tensor<8x64xf32>) -> tensor<8x64xf32> {
  // expected-error@+1 {{cannot be divided among ranks along c: norm-generalize has not been run}}
  %y = norm.rms_norm %x axes = [1] eps = 1.0e-6 outs(%y0 : tensor<8x64xf32>) : tensor<8x64xf32>
  return %y : tensor<8x64xf32>
}

// -----

func.func @two(%x: tensor<8x64xf32>, %y0: tensor<8xf32>) -> (tensor<8xf32>, tensor<8xf32>) {
  // expected-error@+1 {{cannot be divided among ranks along c: the function has more than one normalization}}
  %y = norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : tensor<8x64xf32>) outs(%y0(r) : tensor<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  %z = norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : tensor<8x64xf32>) outs(%y0(r) : tensor<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce max (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return %y, %z : tensor<8xf32>, tensor<8xf32>
}

// -----

func.func @memrefs(%x: memref<8x64xf32>, %y: memref<8xf32>) {
  // expected-error@+1 {{cannot be divided among ranks along c: it has memrefs, not tensors}}
  norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : memref<8x64xf32>) outs(%y(r) : memref<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

func.func @tile(%x: tensor<8x64xf32>, %y0: tensor<8xf32>) -> tensor<8xf32> {
  // expected-error@+1 {{cannot be divided among ranks along c: it is a tile of a larger operation}}
  %y = norm.generic iter(r = 8 from 2, c = 64) reduce [c] ins(%x(r, c) : tensor<8x64xf32>) outs(%y0(r) : tensor<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return %y : tensor<8xf32>
}

// -----

func.func @input(%x: tensor<512xf32>, %y0: tensor<8xf32>) -> tensor<8xf32> {
  %wide = tensor.expand_shape %x [[0, 1]] output_shape [8, 64] : tensor<512xf32> into tensor<8x64xf32>
  // expected-error@+1 {{cannot be divided among ranks along c: an input is no argument of the function}}
  %y = norm.generic iter(r = 8, c = 64) reduce [c] ins(%wide(r, c) : tensor<8x64xf32>) outs(%y0(r) : tensor<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return %y : tensor<8xf32>
}

// -----

func.func @result(%x: tensor<8x64xf32>, %y0: tensor<8xf32>) -> (tensor<8xf32>, tensor<8x64xf32>) {
  // expected-error@+1 {{cannot be divided among ranks along c: the function returns something else than its results}}
  %y = norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : tensor<8x64xf32>) outs(%y0(r) : tensor<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return %y, %x : tensor<8xf32>, tensor<8x64xf32>
}

// -----

func.func @inner(%x: tensor<8x64xf32>, %y0: tensor<8xf32>) -> tensor<8xf32> {
  // expected-error@+1 {{what is divided along c does not lie together in a tensor, whose dimension begins with g}}
  %y = norm.generic iter(r = 8, g = 4, c = 16) reduce [g, c] ins(%x(r, [g c]) : tensor<8x64xf32>) outs(%y0(r) : tensor<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [g, c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [g, c]>) over [g, c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return %y : tensor<8xf32>
}

// -----

func.func @some(%x: tensor<8x4x16xf32>, %y0: tensor<8x4xf32>) -> tensor<8x4xf32> attributes {norm.partial = ["h", "c"]} {
  // expected-error@+1 {{cannot be divided among ranks along h, c: a sum is over some of the divided dimensions, and not over all}}
  %y = norm.generic iter(r = 8, c = 4, h = 16) reduce [c, h] ins(%x(r, c, h) : tensor<8x4x16xf32>) outs(%y0(r, c) : tensor<8x4xf32>) {
  ^bb0(%xf: !norm.field<f32, [c, h]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c, h]>) over [h] order = <lanes = 16> : !norm.field<f32, [c]>
    norm.yield %sum : !norm.field<f32, [c]>
  }
  return %y : tensor<8x4xf32>
}

// -----

func.func @merged(%x: tensor<8x64xf32>, %y0: tensor<8xf32>) -> tensor<8xf32> {
  // expected-error@+1 {{moments are merged over a divided dimension}}
  %y = norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : tensor<8x64xf32>) outs(%y0(r) : tensor<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %n, %mean, %m2 = norm.reduce merge_moments (%xf, %xf, %xf : !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>)
        over [c] order = <lanes = 1> : f32, f32, f32
    norm.yield %mean : f32
  }
  return %y : tensor<8xf32>
}

// -----

func.func @unknown_part(%x: tensor<8x?x64xf32>, %k: tensor<?xf32>, %y0: tensor<8x?xf32>) -> tensor<8x?xf32> {
  %c0 = arith.constant 0 : index
  %extent = tensor.dim %k, %c0 : tensor<?xf32>
  // expected-error@+1 {{moments are over a part of a group whose size is not known}}
  %y = norm.generic iter(r = 8, b = %extent, c = 64) reduce [b, c] ins(%x(r, b, c) : tensor<8x?x64xf32>) outs(%y0(r, b) : tensor<8x?xf32>) {
  ^bb0(%xf: !norm.field<f32, [b, c]>):
    %n, %mean, %m2 = norm.reduce moments (%xf : !norm.field<f32, [b, c]>) over [c] by two_pass order = <lanes = 1>
        : !norm.field<f32, [b]>, !norm.field<f32, [b]>, !norm.field<f32, [b]>
    norm.yield %mean : !norm.field<f32, [b]>
  }
  return %y : tensor<8x?xf32>
}

// -----

func.func @halves(%x: tensor<8x64xf32>, %y0: tensor<8x64xf32>) -> tensor<8x64xf32> attributes {norm.partial = ["k"]} {
  // expected-error@+1 {{cannot be divided among ranks along k: halves are exchanged along k}}
  %y = norm.generic iter(r = 8, k = 2, j = 32) reduce [k, j] ins(%x(r, [k j]) : tensor<8x64xf32>) outs(%y0(r, [k j]) : tensor<8x64xf32>) {
  ^bb0(%xf: !norm.field<f32, [k, j]>):
    %other = norm.flip %xf along k : !norm.field<f32, [k, j]>
    norm.yield %other : !norm.field<f32, [k, j]>
  }
  return %y : tensor<8x64xf32>
}

// -----

func.func @groups(%x: tensor<8x64xf32>, %y0: tensor<8xf32>) -> tensor<8xf32> attributes {norm.partial = ["r"]} {
  // expected-error@+1 {{cannot be divided among ranks along r: the number of groups is asked for}}
  %y = norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : tensor<8x64xf32>) outs(%y0(r) : tensor<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %n = norm.count [r] : f32
    norm.yield %n : f32
  }
  return %y : tensor<8xf32>
}

// -----

func.func private @rms_apply()
func.func @rms(%x: tensor<8x64xf32>, %y0: tensor<8xf32>) -> tensor<8xf32> {
  // expected-error@+1 {{cannot be divided among ranks along c: there is a function rms_apply}}
  %y = norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : tensor<8x64xf32>) outs(%y0(r) : tensor<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return %y : tensor<8xf32>
}

// -----

// A constant is not known to be the number of all ranks' elements, and here it is that of one's.
func.func @constant(%x: tensor<8x64xf32>, %y0: tensor<8x64xf32>) -> tensor<8x64xf32> {
  // expected-error@+1 {{cannot be divided among ranks along c: a sum of 64 elements of a rank is divided by their number as a constant; norm.count in its place is the number of all ranks}}
  %y = norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : tensor<8x64xf32>) outs(%y0(r, c) : tensor<8x64xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce dot (%xf, %xf : !norm.field<f32, [c]>, !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %out = norm.map (%v = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %n = arith.constant 64.0 : f32
      %mean = arith.divf %sum, %n : f32
      %all = arith.divf %v, %mean : f32
      norm.yield %all : f32
    }
    norm.yield %out : !norm.field<f32, [c]>
  }
  return %y : tensor<8x64xf32>
}

// -----

// Neither as its inverse, of two dimensions, and of what comes of the sum.
func.func @inverse(%x: tensor<8x4x16xf32>, %y0: tensor<8xf32>) -> tensor<8xf32> {
  // expected-error@+1 {{a sum of 64 elements of a rank is divided by their number as a constant}}
  %y = norm.generic iter(r = 8, h = 4, c = 16) reduce [h, c] ins(%x(r, h, c) : tensor<8x4x16xf32>) outs(%y0(r) : tensor<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [h, c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [h, c]>) over [h, c] order = <lanes = 16> : f32
    %n = arith.constant 1.562500e-02 : f32
    %more = arith.negf %sum : f32
    %mean = arith.mulf %n, %more : f32
    norm.yield %mean : f32
  }
  return %y : tensor<8xf32>
}

// -----

// Elements that are divided by it before they are summed.
func.func @elements(%x: tensor<8x16xf32>, %y0: tensor<8xf32>) -> tensor<8xf32> {
  // expected-error@+1 {{each of 16 elements of a rank is divided by their number as a constant before they are summed}}
  %y = norm.generic iter(r = 8, c = 16) reduce [c] ins(%x(r, c) : tensor<8x16xf32>) outs(%y0(r) : tensor<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %n = arith.constant 16.0 : f32
    %parts = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = math.absf %a : f32
      %1 = arith.divf %0, %n : f32
      norm.yield %1 : f32
    }
    %more = norm.map (%a = %parts : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.negf %a : f32
      norm.yield %0 : f32
    }
    %sum = norm.reduce sum (%more : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return %y : tensor<8xf32>
}

// -----

// What is called stays.
func.func @called(%x: tensor<8x64xf32>, %y0: tensor<8xf32>) -> tensor<8xf32> {
  // expected-error@+1 {{cannot be divided among ranks along c: the function is called in the module, and would be gone}}
  %y = norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : tensor<8x64xf32>) outs(%y0(r) : tensor<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return %y : tensor<8xf32>
}
func.func @caller(%x: tensor<8x64xf32>, %y0: tensor<8xf32>) -> tensor<8xf32> {
  // expected-note@+1 {{here}}
  %y = call @called(%x, %y0) : (tensor<8x64xf32>, tensor<8xf32>) -> tensor<8xf32>
  return %y : tensor<8xf32>
}
