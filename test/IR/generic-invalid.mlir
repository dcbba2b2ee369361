// RUN: norm-opt %s --split-input-file --verify-diagnostics
// One function for every numbered rule of norm.generic.

func.func @c1_names(%x: tensor<4x8xf32>) {
  // expected-error @below {{'norm.generic' op expects distinct dimension names, but "r" stands twice}}
  %y = norm.generic iter(r = 4, r = 8) reduce [r]
      ins(%x(r, r) : tensor<4x8xf32>) outs(%x(r, r) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [r]>):
    norm.yield %a : !norm.field<f32, [r]>
  }
  return
}

// -----

func.func @c1_empty_group(%x: tensor<4x0xf32>) {
  // expected-error @below {{'norm.generic' op expects an extent of at least 1 for dimension "c", but got 0}}
  %y = norm.generic iter(r = 4, c = 0) reduce [c]
      ins(%x(r, c) : tensor<4x0xf32>) outs(%x(r, c) : tensor<4x0xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @c1_negative(%x: tensor<4xf32>) {
  // expected-error @below {{'norm.generic' op expects an extent of at least 0 for dimension "r", but got -4}}
  %y = norm.generic iter(r = -4) reduce []
      ins(%x(r) : tensor<4xf32>) outs(%x(r) : tensor<4xf32>) {
  ^bb0(%a: f32):
    norm.yield %a : f32
  }
  return
}

// -----

func.func @c1_offset(%x: tensor<4xf32>) {
  // expected-error @below {{'norm.generic' op expects an offset of at least 0 for dimension "r", but got -1}}
  %y = norm.generic iter(r = 4 from -1) reduce []
      ins(%x(r) : tensor<4xf32>) outs(%x(r) : tensor<4xf32>) {
  ^bb0(%a: f32):
    norm.yield %a : f32
  }
  return
}

// -----

func.func @c2_unknown(%x: tensor<4xf32>) {
  // expected-error @below {{'norm.generic' op expects reduce to name dimensions of iter, but got "c"}}
  %y = norm.generic iter(r = 4) reduce [c]
      ins(%x(r) : tensor<4xf32>) outs(%x(r) : tensor<4xf32>) {
  ^bb0(%a: f32):
    norm.yield %a : f32
  }
  return
}

// -----

func.func @c2_order(%x: tensor<4x8xf32>) {
  // expected-error @below {{'norm.generic' op expects reduce in iteration order, each dimension once, but got ["w", "h"]}}
  %y = norm.generic iter(h = 4, w = 8) reduce [w, h]
      ins(%x(h, w) : tensor<4x8xf32>) outs(%x(h, w) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [h, w]>):
    norm.yield %a : !norm.field<f32, [h, w]>
  }
  return
}

// -----

func.func @c2_twice(%x: tensor<4xf32>) {
  // expected-error @below {{'norm.generic' op expects reduce in iteration order, each dimension once, but got ["h", "h"]}}
  %y = norm.generic iter(h = 4) reduce [h, h]
      ins(%x(h) : tensor<4xf32>) outs(%x(h) : tensor<4xf32>) {
  ^bb0(%a: !norm.field<f32, [h]>):
    norm.yield %a : !norm.field<f32, [h]>
  }
  return
}

// -----

func.func @c3_rank(%x: tensor<4x8xf32>) {
  // expected-error @below {{'norm.generic' op expects an access of 2 entries for operand of type 'tensor<4x8xf32>', but got 1}}
  %y = norm.generic iter(r = 4, c = 8) reduce [c]
      ins(%x(r) : tensor<4x8xf32>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: f32):
    norm.yield %a : f32
  }
  return
}

// -----

func.func @c3_unknown(%x: tensor<4x8xf32>) {
  // expected-error @below {{'norm.generic' op expects an access to name dimensions of iter, but got "d"}}
  %y = norm.generic iter(r = 4, c = 8) reduce [c]
      ins(%x(r, d) : tensor<4x8xf32>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @c3_twice(%x: tensor<8x8xf32>) {
  // expected-error @below {{'norm.generic' op expects an access to name each dimension once, but "c" stands twice}}
  %y = norm.generic iter(r = 8, c = 8) reduce [c]
      ins(%x(c, c) : tensor<8x8xf32>) outs(%x(r, c) : tensor<8x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @c4(%x: tensor<4x60xf32>) {
  // expected-error @below {{'norm.generic' op expects size 64 in dimension 1 of an operand, but its type is 'tensor<4x60xf32>'}}
  %y = norm.generic iter(r = 4, b = 2, e = 32) reduce [b, e]
      ins(%x(r, [b e]) : tensor<4x60xf32>) outs(%x(r, [b e]) : tensor<4x60xf32>) {
  ^bb0(%a: !norm.field<f32, [b, e]>):
    norm.yield %a : !norm.field<f32, [b, e]>
  }
  return
}

// -----

func.func @c5_number(%x: tensor<4x8xf32>) {
  // expected-error @below {{'norm.generic' op expects one block argument for each of its 1 inputs, but got 2}}
  %y = norm.generic iter(r = 4, c = 8) reduce [c]
      ins(%x(r, c) : tensor<4x8xf32>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: f32):
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @c5_type(%x: tensor<4x8xf32>) {
  // expected-error @below {{'norm.generic' op expects block argument 0 of type '!norm.field<f32, [c]>', but got 'f32'}}
  %y = norm.generic iter(r = 4, c = 8) reduce [c]
      ins(%x(r, c) : tensor<4x8xf32>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: f32):
    norm.yield %a : f32
  }
  return
}

// -----

func.func @c6_number(%x: tensor<4x8xf32>) {
  // expected-error @below {{'norm.generic' op expects its region to end with a norm.yield of 1 values}}
  %y = norm.generic iter(r = 4, c = 8) reduce [c]
      ins(%x(r, c) : tensor<4x8xf32>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    norm.yield
  }
  return
}

// -----

func.func @c6_type(%x: tensor<4x8xf32>, %s: tensor<4xf32>) {
  // expected-error @below {{'norm.generic' op expects yielded value 0 of type 'f32', but got '!norm.field<f32, [c]>'}}
  %y = norm.generic iter(r = 4, c = 8) reduce [c]
      ins(%x(r, c) : tensor<4x8xf32>) outs(%s(r) : tensor<4xf32>) {
  // expected-note @below {{the value is defined here}}
  ^bb0(%a: !norm.field<f32, [c]>):
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

// Every row would write the same elements: a race, or a sum that nobody asked for.
// expected-note @below {{output 0 is defined here}}
func.func @c7(%x: tensor<4x8xf32>, %s: tensor<8xf32>) {
  // expected-error @below {{'norm.generic' op expects the access of a plain output to name every group dimension}}
  %y = norm.generic iter(r = 4, c = 8) reduce [c]
      ins(%x(r, c) : tensor<4x8xf32>) outs(%s(c) : tensor<8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @c8_type(%x: tensor<4x8xbf16>, %s: tensor<8xbf16>) {
  // expected-error @below {{'norm.generic' op expects an acc output of f32 or f64, but got 'bf16'}}
  %y = norm.generic iter(r = 4, c = 8) reduce [c]
      ins(%x(r, c) : tensor<4x8xbf16>) outs(%s(c) acc <lanes = 1> : tensor<8xbf16>) {
  ^bb0(%a: !norm.field<bf16, [c]>):
    norm.yield %a : !norm.field<bf16, [c]>
  }
  return
}

// -----

func.func @c8_order(%x: tensor<4x8xf32>, %s: tensor<8xf32>) {
  // expected-error @below {{'norm.generic' op expects the order of an acc output to have one lane and one run, but got #norm.order<lanes = 16>}}
  %y = norm.generic iter(r = 4, c = 8) reduce [c]
      ins(%x(r, c) : tensor<4x8xf32>) outs(%s(c) acc <lanes = 16> : tensor<8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @c9_dialect(%x: tensor<4xf32>) {
  // expected-error @below {{'norm.generic' op expects arith, math and norm operations in its region, but found 'tensor.empty'}}
  %y = norm.generic iter(r = 4) reduce []
      ins(%x(r) : tensor<4xf32>) outs(%x(r) : tensor<4xf32>) {
  ^bb0(%a: f32):
    // expected-note @below {{it stands here}}
    %t = tensor.empty() : tensor<4xf32>
    norm.yield %a : f32
  }
  return
}

// -----

func.func @c9_fast_math(%x: tensor<4xf32>) {
  // expected-error @below {{'norm.generic' op expects operations without fast-math flags, because they change rounding points and orders, but found #arith.fastmath<contract> on 'arith.addf'}}
  %y = norm.generic iter(r = 4) reduce []
      ins(%x(r) : tensor<4xf32>) outs(%x(r) : tensor<4xf32>) {
  ^bb0(%a: f32):
    %b = arith.addf %a, %a fastmath<contract> : f32
    norm.yield %b : f32
  }
  return
}

// -----

func.func @c9_fast_math_in_map(%x: tensor<4xf32>) {
  // expected-error @below {{found #arith.fastmath<reassoc> on 'math.exp'}}
  %y = norm.generic iter(r = 4) reduce [r]
      ins(%x(r) : tensor<4xf32>) outs(%x(r) : tensor<4xf32>) {
  ^bb0(%a: !norm.field<f32, [r]>):
    %b = norm.map (%e = %a : !norm.field<f32, [r]>) -> !norm.field<f32, [r]> {
      %0 = math.exp %e fastmath<reassoc> : f32
      norm.yield %0 : f32
    }
    norm.yield %b : !norm.field<f32, [r]>
  }
  return
}

// -----

func.func @c9_vector(%x: tensor<4xf32>) {
  // expected-error @below {{'norm.generic' op expects scalars and fields in its region, but 'arith.constant' gives 'vector<4xf32>'}}
  %y = norm.generic iter(r = 4) reduce []
      ins(%x(r) : tensor<4xf32>) outs(%x(r) : tensor<4xf32>) {
  ^bb0(%a: f32):
    %v = arith.constant dense<0.0> : vector<4xf32>
    norm.yield %a : f32
  }
  return
}

// -----

func.func @c9_nested(%x: tensor<4xf32>) {
  // expected-error @below {{'norm.generic' op expects no norm.generic in its region}}
  %y = norm.generic iter(r = 4) reduce []
      ins(%x(r) : tensor<4xf32>) outs(%x(r) : tensor<4xf32>) {
  ^bb0(%a: f32):
    norm.generic iter(s = 1) reduce [] {
      norm.yield
    }
    norm.yield %a : f32
  }
  return
}

// -----

func.func @c10(%x: tensor<8x8xf32>) {
  // expected-error @below {{'norm.generic' op expects the same access in ins and outs for a result in place, but got}}
  %y = norm.generic iter(r = 8, c = 8) reduce [c]
      ins(%x(c, r) : tensor<8x8xf32>) outs(%x(r, c) : tensor<8x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @c11(%x: tensor<4xf32>) {
  // expected-error @below {{'norm.generic' op expects min_count to be at least 0, but got -1}}
  %y = norm.generic iter(r = 4) reduce [r]
      ins(%x(r) : tensor<4xf32>) outs(%x(r) : tensor<4xf32>) min_count = -1 {
  ^bb0(%a: !norm.field<f32, [r]>):
    norm.yield %a : !norm.field<f32, [r]>
  }
  return
}

// -----

func.func @c12(%x: tensor<4xf32>, %y: memref<4xf32>) {
  // expected-error @below {{'norm.generic' op expects all operands to be tensors or all to be memrefs}}
  norm.generic iter(r = 4) reduce [r]
      ins(%x(r) : tensor<4xf32>) outs(%y(r) : memref<4xf32>) {
  ^bb0(%a: !norm.field<f32, [r]>):
    norm.yield %a : !norm.field<f32, [r]>
  }
  return
}

// -----

func.func @c8_open(%x: tensor<4xbf16>, %s: tensor<bf16>) {
  // expected-error @below {{'norm.generic' op expects an acc output of f32 or f64, but got 'bf16'}}
  %y = norm.generic iter(r = 4) reduce [] ins(%x(r) : tensor<4xbf16>) outs(%s() acc : tensor<bf16>) {
  ^bb0(%a: bf16):
    norm.yield %a : bf16
  }
  return
}

// -----

func.func @c13_reduce(%x: memref<4x8xf32>, %y: memref<4xf32>) {
  // expected-error @below {{'norm.generic' op expects every reduction to have an order: run norm-generalize before bufferization}}
  norm.generic iter(r = 4, c = 8) reduce [c] ins(%x(r, c) : memref<4x8xf32>) outs(%y(r) : memref<4xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    %first = norm.reduce sum (%a : !norm.field<f32, [c]>) over [c] order = <lanes = 1> : f32
    // expected-note @below {{that of this one is left to the target}}
    %sum = norm.reduce sum (%a : !norm.field<f32, [c]>) over [c] : f32
    norm.yield %sum : f32
  }
  return
}

// -----

func.func @c13_acc(%x: memref<4x8xf32>, %y: memref<8xf32>) {
  // expected-error @below {{'norm.generic' op expects every reduction to have an order: run norm-generalize before bufferization}}
  // expected-note @below {{that of output 1 is left to the target}}
  norm.generic iter(r = 4, c = 8) reduce [c] ins(%x(r, c) : memref<4x8xf32>)
      outs(%y(c) acc <lanes = 1> : memref<8xf32>, %y(c) acc : memref<8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    norm.yield %a, %a : !norm.field<f32, [c]>, !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @unranked(%x: tensor<*xf32>, %y: tensor<4xf32>) {
  // expected-error @below {{'norm.generic' op expects ranked tensors or memrefs, but got 'tensor<*xf32>'}}
  %z = norm.generic iter(r = 4) reduce [r]
      ins(%x(r) : tensor<*xf32>) outs(%y(r) : tensor<4xf32>) {
  ^bb0(%a: !norm.field<f32, [r]>):
    norm.yield %a : !norm.field<f32, [r]>
  }
  return
}

// -----

func.func @complex(%x: tensor<4xcomplex<f32>>) {
  // expected-error @below {{'norm.generic' op expects elements that are integers or floats, but got 'complex<f32>'}}
  %z = norm.generic iter(r = 4) reduce []
      ins(%x(r) : tensor<4xcomplex<f32>>) outs(%x(r) : tensor<4xcomplex<f32>>) {
  ^bb0(%a: complex<f32>):
    norm.yield %a : complex<f32>
  }
  return
}

// -----

func.func @missing_iter(%x: tensor<4xf32>) {
  // expected-error @below {{expected 'iter'}}
  %y = norm.generic (r = 4) reduce [r]
}

// -----

func.func @empty_split(%x: tensor<4xf32>) {
  %y = norm.generic iter(r = 4) reduce [r]
      // expected-error @below {{expected valid keyword}}
      ins(%x([]) : tensor<4xf32>) outs(%x(r) : tensor<4xf32>) {
  }
}

// -----

func.func @acc_in_ins(%x: tensor<4xf32>) {
  %y = norm.generic iter(r = 4) reduce [r]
      // expected-error @below {{expected ':'}}
      ins(%x(r) acc <lanes = 1> : tensor<4xf32>) outs(%x(r) : tensor<4xf32>) {
  }
}
