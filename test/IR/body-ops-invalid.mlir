// RUN: norm-opt %s --split-input-file --verify-diagnostics
// One function for every numbered rule of the operations in a body, and of types and attributes.

func.func @map_c1_no_result(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.map' op expects at least one result}}
    "norm.map"(%a) ({
    ^bb0(%e: f32):
      "norm.yield"() : () -> ()
    }) : (!norm.field<f32, [c]>) -> ()
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @map_c1_results(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.map' op expects all results to have the same dimensions, but got '!norm.field<f32, [c]>', '!norm.field<f32, [c, k]>'}}
    %0:2 = norm.map (%e = %a : !norm.field<f32, [c]>) -> !norm.field<f32, [c]>, !norm.field<f32, [c, k]> {
      norm.yield %e, %e : f32, f32
    }
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @map_c1_unknown(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.map' op expects its results to name dimensions of the enclosing norm.generic, but got "d"}}
    %0 = norm.map () -> !norm.field<f32, [d]> {
      %e = arith.constant 0.0 : f32
      norm.yield %e : f32
    }
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @map_c1_group_dim(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.map' op expects its results to have in-group dimensions only, but "r" is not in reduce}}
    %0 = norm.map () -> !norm.field<f32, [r]> {
      %e = arith.constant 0.0 : f32
      norm.yield %e : f32
    }
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @map_c1_order(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.map' op expects its results in iteration order, each once, but "c" stands out of order}}
    %0 = norm.map () -> !norm.field<f32, [k, c]> {
      %e = arith.constant 0.0 : f32
      norm.yield %e : f32
    }
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @map_c1_input(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.map' op expects every dimension of an input in its results, but "c" of '!norm.field<f32, [c]>' is not in '!norm.field<f32, [k]>'}}
    %0 = norm.map (%e = %a : !norm.field<f32, [c]>) -> !norm.field<f32, [k]> {
      norm.yield %e : f32
    }
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @map_c2_number(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.map' op expects one block argument for each of its 1 inputs, but got 0}}
    %0 = "norm.map"(%a) ({
      %e = arith.constant 0.0 : f32
      "norm.yield"(%e) : (f32) -> ()
    }) : (!norm.field<f32, [c]>) -> !norm.field<f32, [c]>
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @map_c2_type(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.map' op expects block argument 0 of type 'bf16', but got 'f32'}}
    %0 = "norm.map"(%b) ({
    ^bb0(%e: f32):
      "norm.yield"(%e) : (f32) -> ()
    }) : (!norm.field<bf16, [c]>) -> !norm.field<f32, [c]>
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @map_c3_number(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.map' op expects its region to end with a norm.yield of 1 values}}
    %0 = norm.map (%e = %a : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      norm.yield %e, %e : f32, f32
    }
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @map_c3_type(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.map' op expects yielded value 0 of type 'f32', but got 'bf16'}}
    %0 = norm.map (%e = %b : !norm.field<bf16, [c]>) -> !norm.field<f32, [c]> {
      norm.yield %e : bf16
    }
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @reduce_c1_empty(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.reduce' op expects at least one dimension to reduce over}}
    %0 = norm.reduce sum (%a : !norm.field<f32, [c]>) over [] order = <lanes = 1> : !norm.field<f32, [c]>
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @reduce_c1_unknown(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.reduce' op expects over to name dimensions of the enclosing norm.generic, but got "d"}}
    %0 = norm.reduce sum (%a : !norm.field<f32, [c]>) over [d] order = <lanes = 1> : f32
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @reduce_c1_not_in_input(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.reduce' op expects over to name dimensions of its input, but "k" is not one of '!norm.field<f32, [c]>'}}
    %0 = norm.reduce sum (%a : !norm.field<f32, [c]>) over [c, k] order = <lanes = 1> : f32
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @reduce_c1_order(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.reduce' op expects over in iteration order, each once, but "c" stands out of order}}
    %0 = norm.reduce sum (%a : !norm.field<f32, [c]>) over [c, c] order = <lanes = 1> : f32
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @reduce_c2_results(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.reduce' op expects 1 inputs and 3 results for moments, but got 1 and 1}}
    %0 = norm.reduce moments (%a : !norm.field<f32, [c]>) over [c] by two_pass order = <lanes = 1> : f32
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @reduce_c2_inputs(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.reduce' op expects 3 inputs and 3 results for merge_moments, but got 1 and 3}}
    %0:3 = norm.reduce merge_moments (%a : !norm.field<f32, [c]>) over [c] order = <lanes = 1> : f32, f32, f32
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @reduce_c2_dot(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.reduce' op expects 2 inputs and 1 results for dot, but got 1 and 1}}
    %0 = norm.reduce dot (%a : !norm.field<f32, [c]>) over [c] order = <lanes = 1> : f32
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @reduce_c5_dot(%x: tensor<4x8xi32>) {
  %y = norm.generic iter(r = 4, c = 8) reduce [c]
      ins(%x(r, c) : tensor<4x8xi32>) outs(%x(r, c) : tensor<4x8xi32>) {
  ^bb0(%a: !norm.field<i32, [c]>):
    // expected-error @below {{'norm.reduce' op expects a dot product of floats, but got 'i32'}}
    %0 = norm.reduce dot (%a, %a : !norm.field<i32, [c]>, !norm.field<i32, [c]>) over [c] order = <lanes = 1> : i32
    norm.yield %a : !norm.field<i32, [c]>
  }
  return
}

// -----

func.func @reduce_c2_types(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.reduce' op expects all inputs of one type and all results of one type, but got '!norm.field<f32, [c]>', '!norm.field<f32, [c]>', '!norm.field<bf16, [c]>' and 'f32', 'f32', 'f32'}}
    %0:3 = norm.reduce merge_moments (%a, %a, %b : !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<bf16, [c]>) over [c] order = <lanes = 1> : f32, f32, f32
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @reduce_c3_dims(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.reduce' op expects results of type 'f32', but got '!norm.field<f32, [c]>'}}
    %0 = norm.reduce sum (%a : !norm.field<f32, [c]>) over [c] order = <lanes = 1> : !norm.field<f32, [c]>
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @reduce_c3_narrow(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.reduce' op expects results that every 'f32' converts to exactly, but got 'bf16'}}
    %0 = norm.reduce max (%a : !norm.field<f32, [c]>) over [c] order = <lanes = 1> : bf16
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @reduce_c4_missing(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.reduce' op expects 'by two_pass' or 'by shifted' with moments, and only there}}
    %0:3 = norm.reduce moments (%a : !norm.field<f32, [c]>) over [c] order = <lanes = 1> : f32, f32, f32
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @reduce_c4_superfluous(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.reduce' op expects 'by two_pass' or 'by shifted' with moments, and only there}}
    %0 = norm.reduce sum (%a : !norm.field<f32, [c]>) over [c] by shifted order = <lanes = 1> : f32
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @reduce_c5(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.reduce' op expects a sum to accumulate in f32 or wider, but got 'bf16'}}
    %0 = norm.reduce sum (%b : !norm.field<bf16, [c]>) over [c] order = <lanes = 1> : bf16
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @reduce_run(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.reduce' op expects run to count at most the 1 reduced dimensions, but got 2}}
    %0 = norm.reduce sum (%a : !norm.field<f32, [c]>) over [c] order = <lanes = 1, run = 2> : f32
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @count_unknown(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.count' op expects its dimensions to name dimensions of the enclosing norm.generic, but got "d"}}
    %0 = norm.count [d] : f32
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @index_unknown(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.index' op expects its dimension to name dimensions of the enclosing norm.generic, but got "d"}}
    %0 = norm.index d
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @index_in_group(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.index' op expects in-group dimension "c" to be one of the enclosing norm.map's results}}
    %0 = norm.index c
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @flip_c1(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.flip' op expects a dimension of its input, but "k" is not one of '!norm.field<f32, [c]>'}}
    %0 = norm.flip %a along k : !norm.field<f32, [c]>
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @flip_c2(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{'norm.flip' op expects a static extent of 2 along "c", but got 8}}
    %0 = norm.flip %a along c : !norm.field<f32, [c]>
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @order_lanes(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{expects lanes to be a power of two from 1 to 1024, but got 3}}
    %0 = norm.reduce sum (%a : !norm.field<f32, [c]>) over [c] order = <lanes = 3> : f32
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @order_negative(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{expects run, segment, runs and blocks not to be negative, but got 0, -8, 0 and 0}}
    %0 = norm.reduce sum (%a : !norm.field<f32, [c]>) over [c] order = <lanes = 1, segment = -8> : f32
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @order_shift(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{expects shift to be a power of two from 1 to 1024, but got 0}}
    %0 = norm.reduce sum (%a : !norm.field<f32, [c]>) over [c] order = <lanes = 1, shift = 0> : f32
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

func.func @rsqrt_accuracy(%x: tensor<4x8xf32>, %w: tensor<8xbf16>) {
  %y = norm.generic iter(r = 4, c = 8, k = 2) reduce [c, k]
      ins(%x(r, c) : tensor<4x8xf32>, %w(c) : tensor<8xbf16>) outs(%x(r, c) : tensor<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    // expected-error @below {{failed to parse Norm_AccuracyAttr}}
    // expected-error @below {{expected ::mlir::norm::Accuracy to be one of: exact, approx}}
    %0 = norm.rsqrt rough %a : f32
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}

// -----

// expected-error @below {{expects a field of at least one dimension; without one it is a scalar}}
func.func @field_scalar(%f: !norm.field<f32, []>)

// -----

// expected-error @below {{expects the dimensions of a field to be distinct, but 'c' stands twice}}
func.func @field_twice(%f: !norm.field<f32, [c, c]>)

// -----

// expected-error @below {{expects a field of integers or floats, but got 'tensor<4xf32>'}}
func.func @field_of_tensors(%f: !norm.field<tensor<4xf32>, [c]>)

// -----

func.func @reduce_outside(%f: !norm.field<f32, [c]>) {
  // expected-error @below {{'norm.reduce' op expects parent op 'norm.generic'}}
  %0 = norm.reduce sum (%f : !norm.field<f32, [c]>) over [c] order = <lanes = 1> : f32
  return
}

// -----

func.func @count_outside() {
  // expected-error @below {{'norm.count' op expects to stand inside a norm.generic}}
  %0 = norm.count [c] : f32
  return
}

// -----

func.func @yield_outside() {
  // expected-error @below {{'norm.yield' op expects parent op to be one of 'norm.generic, norm.map'}}
  norm.yield
}
