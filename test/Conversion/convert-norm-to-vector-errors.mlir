// RUN: norm-opt %s --convert-norm-to-vector --split-input-file --verify-diagnostics

func.func @unknown(%x: memref<8x64xf32>, %y: memref<8xf32>) {
  // expected-error @below {{expects a schedule along one of its dimensions, but got 'k'}}
  norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : memref<8x64xf32>) outs(%y(r) : memref<8xf32>)
      attributes {norm.schedule = #norm.schedule<along = "k", width = 8>} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

func.func @not_innermost(%x: memref<64x8xf32>, %y: memref<8xf32>) {
  // expected-error @below {{cannot be computed along 'c': dimension 'c' is not the innermost of operand 0}}
  norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(c, r) : memref<64x8xf32>) outs(%y(r) : memref<8xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 8>} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

func.func @no_rows(%x: memref<8x4x64xf32>, %y: memref<8xf32>) {
  // expected-error @below {{expects a task of 1, since its groups are not rows, but got 4}}
  norm.generic iter(r = 8, h = 4, c = 64) reduce [h, c] ins(%x(r, h, c) : memref<8x4x64xf32>) outs(%y(r) : memref<8xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 8, task = 4>} {
  ^bb0(%xf: !norm.field<f32, [h, c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [h, c]>) over [h, c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

func.func @no_neighbours(%x: memref<8x64xf32>, %y: memref<8xf32>) {
  // expected-error @below {{cannot be computed with several groups in a chunk along 'c': its groups do not lie side by side}}
  norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : memref<8x64xf32>) outs(%y(r) : memref<8xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 64, groups = 2>} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 64> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

func.func @other_groups(%x: memref<2x6x8xf32>, %y: memref<2x2xf32>) {
  // expected-error @below {{cannot be computed with 4 groups in chunks of 8: it has 2 groups of 4}}
  norm.generic iter(n = 2, g = 2, w = 6, c = 4) reduce [w, c]
      ins(%x(n, w, [g c]) : memref<2x6x8xf32>) outs(%y(n, g) : memref<2x2xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 8, groups = 4>} {
  ^bb0(%xf: !norm.field<f32, [w, c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [w, c]>) over [w, c] order = <lanes = 4, run = 1> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

func.func @no_blocks(%x: memref<8x64xf32>, %y: memref<8xf32>) {
  // expected-error @below {{cannot be computed in blocks of 2 chunks: its lanes are no groups}}
  norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : memref<8x64xf32>) outs(%y(r) : memref<8xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 8, block = 2>} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 64> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

func.func @lanes_in_blocks(%x: memref<10x32xf32>, %y: memref<32xf32>) {
  // expected-error @below {{cannot be computed in blocks of 2 chunks: a reduction has several lanes or runs}}
  norm.generic iter(c = 32, n = 10) reduce [n] ins(%x(n, c) : memref<10x32xf32>) outs(%y(c) : memref<32xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 8, block = 2>} {
  ^bb0(%xf: !norm.field<f32, [n]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [n]>) over [n] order = <lanes = 4> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

func.func @split_lanes(%x: memref<10x64xf32>, %y: memref<64xf32>) {
  // expected-error @below {{'norm.generic' op cannot be shared by threads, as split = 4 says: its lanes are of several groups}}
  norm.generic iter(c = 64, n = 10) reduce [n] ins(%x(n, c) : memref<10x64xf32>) outs(%y(c) : memref<64xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 8, split = 4>} {
  ^bb0(%xf: !norm.field<f32, [n]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [n]>) over [n] order = <lanes = 1> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

func.func @mixed_rows(%x: memref<5x320xf32>, %y: memref<5xf32>) {
  // expected-error @below {{'norm.generic' op cannot be computed in chunks of mixed groups: its groups do not lie side by side}}
  norm.generic iter(n = 5, c = 320) reduce [c] ins(%x(n, c) : memref<5x320xf32>) outs(%y(n) : memref<5xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 16, mixed = true>} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 64> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

func.func @mixed_rest(%x: memref<5x7x70xf32>, %y: memref<5x7xf32>) {
  // expected-error @below {{'norm.generic' op cannot be computed in chunks of mixed groups: its last chunk is neither whole nor masked}}
  norm.generic iter(n = 5, p = 7, g = 7, c = 10) reduce [p, c]
      ins(%x(n, p, [g c]) : memref<5x7x70xf32>) outs(%y(n, g) : memref<5x7xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 16, mixed = true>} {
  ^bb0(%xf: !norm.field<f32, [p, c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [p, c]>) over [p, c] order = <lanes = 64, run = 1, runs = 256> : f32
    norm.yield %sum : f32
  }
  return
}
