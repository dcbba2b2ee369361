//===- TensorPasses.td - the passes on tensors, in the order they run ----===//
//
// The first part of the table of contents, Passes.td: what a kernel computes, before it has buffers.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_TENSORPASSES_TD
#define NORMC_TENSORPASSES_TD

include "mlir/Pass/PassBase.td"

def RaisePass : Pass<"norm-raise"> {
  let summary = "Finds normalizations in linalg, and makes them named operations";
  let description = [{
    Compilers bring a normalization as a dozen operations on tensors, in many spellings. From every root that is taken of a
    variance or a mean of squares, what is computed is read backwards as one expression, whatever operations it is divided
    into and however dimensions are reshaped, broadcast or transposed on the way, and multiplied out. An expression that is the formula of
    a named operation becomes that operation, with the rounding points that it has; statistics that others use become its results.

    `E[x^2] - E[x]^2` becomes the variance of the named operation, whose bits differ; `exact-form` leaves it. What is nearly a normalization is a remark with the reason.

    ```mlir
    func.func @rms(%x: tensor<8x64xf32>) -> tensor<8x64xf32> {
      %zero = arith.constant 0.0 : f32
      %n = arith.constant 64.0 : f32
      %eps = arith.constant 1.0e-6 : f32
      %s0 = tensor.empty() : tensor<8xf32>
      %s1 = linalg.fill ins(%zero : f32) outs(%s0 : tensor<8xf32>) -> tensor<8xf32>
      %s = linalg.generic {indexing_maps = [affine_map<(r, c) -> (r, c)>, affine_map<(r, c) -> (r)>],
                           iterator_types = ["parallel", "reduction"]}
          ins(%x : tensor<8x64xf32>) outs(%s1 : tensor<8xf32>) {
      ^bb0(%a: f32, %sum: f32):
        %0 = arith.mulf %a, %a : f32
        %1 = arith.addf %sum, %0 : f32
        linalg.yield %1 : f32
      } -> tensor<8xf32>
      %y0 = tensor.empty() : tensor<8x64xf32>
      %y = linalg.generic {indexing_maps = [affine_map<(r, c) -> (r, c)>, affine_map<(r, c) -> (r)>, affine_map<(r, c) -> (r, c)>],
                           iterator_types = ["parallel", "parallel"]}
          ins(%x, %s : tensor<8x64xf32>, tensor<8xf32>) outs(%y0 : tensor<8x64xf32>) {
      ^bb0(%a: f32, %sum: f32, %out: f32):
        %0 = arith.divf %sum, %n : f32
        %1 = arith.addf %0, %eps : f32
        %2 = math.rsqrt %1 : f32
        %3 = arith.mulf %a, %2 : f32
        linalg.yield %3 : f32
      } -> tensor<8x64xf32>
      return %y : tensor<8x64xf32>
    }
    // becomes
    func.func @rms(%x: tensor<8x64xf32>) -> tensor<8x64xf32> {
      %y0 = tensor.empty() : tensor<8x64xf32>
      %y = norm.rms_norm %x axes = [1] eps = 9.9999999747524271E-7 outs(%y0 : tensor<8x64xf32>) : tensor<8x64xf32>
      return %y : tensor<8x64xf32>
    }
    ```
  }];
  let options = [Option<"exactForm", "exact-form", "bool", /*default=*/"false",
                        "Leave variances that are E[x^2] - E[x]^2 as they are">];
  let dependentDialects = ["arith::ArithDialect", "NormDialect", "tensor::TensorDialect"];
}

def GeneralizePass : Pass<"norm-generalize"> {
  let summary = "Turns every named normalization into one norm.generic, and chooses orders of sums";
  let description = [{
    The formula, its rounding points and the order of its sums become explicit. An operand or result
    that is an argument or result of a function gives it its name and role (`norm.name`, `norm.role`), unless
    it has one.

    A `norm.generic` that a user wrote may leave orders, and algorithms of moments, to the target: `norm.reduce` without
    `order`, `acc` alone. They are chosen as for the named operations, by the access of the input that a sum's elements
    come from, the one with the most dimensions where a map brings several together. What a program says stays.

    ```mlir
    func.func @rms(%x: tensor<?x64xf32>, %y0: tensor<?x64xf32>) -> tensor<?x64xf32> {
      %y = norm.rms_norm %x axes = [1] eps = 1.0e-6 outs(%y0 : tensor<?x64xf32>) : tensor<?x64xf32>
      return %y : tensor<?x64xf32>
    }
    // becomes
    func.func @rms(%x: tensor<?x64xf32> {norm.name = "x", norm.role = "input"}, %y0: tensor<?x64xf32>)
        -> (tensor<?x64xf32> {norm.name = "y", norm.role = "output"}) {
      %c0 = arith.constant 0 : index
      %rows = tensor.dim %x, %c0 : tensor<?x64xf32>
      %y = norm.generic iter(r = %rows, c = 64) reduce [c]
          ins(%x(r, c) : tensor<?x64xf32>) outs(%y0(r, c) : tensor<?x64xf32>) {
      ^bb0(%xf: !norm.field<f32, [c]>):
        %squares = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
          %0 = arith.mulf %a, %a : f32
          norm.yield %0 : f32
        }
        %sum = norm.reduce sum(%squares : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
        %n = norm.count [c] : f32
        %mean = arith.divf %sum, %n : f32
        %eps = arith.constant 1.0e-6 : f32
        %v = arith.addf %mean, %eps : f32
        %r = norm.rsqrt exact %v : f32
        %yf = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
          %0 = arith.mulf %a, %r : f32
          norm.yield %0 : f32
        }
        norm.yield %yf : !norm.field<f32, [c]>
      }
      return %y : tensor<?x64xf32>
    }
    ```
  }];
  let options = [Option<"isa", "isa", "std::string", /*default=*/"\"\"",
                        "The target's instruction set, which orders of sums depend on: nvptx, or nothing for a CPU">,
                 Option<"leaveOrders", "leave-orders", "bool", /*default=*/"false",
                        "Leave orders open: norm-fuse chooses them, when it is known what memory sums are of">];
  let dependentDialects = ["arith::ArithDialect", "linalg::LinalgDialect", "math::MathDialect",
                           "tensor::TensorDialect"];
}

def FusePass : Pass<"norm-fuse"> {
  let summary = "Makes elementwise neighbours parts of a normalization";
  let description = [{
    On tensors, every linalg operation that computes elements one by one, and whose result a `norm.generic` reads, becomes a
    `norm.map` before its sums; every one that reads its results, one behind them. A reduction of results over a group, as of a
    row's largest magnitude for quantization, becomes a `norm.reduce`. Two norm.generic over the same groups, one behind the other or of one input, become one.
    What was rounded is rounded; a result that others read too stays a result.

    - A rotary embedding behind a norm: parts of a result, what is computed of them, and a tensor that is put together of two such parts. The dimension becomes
      two, and `norm.flip` gives the elements of one part those of the other. Parts are halves, or, for a GPU's threads alone, even and odd elements.
    - Reshapes: what is one dimension for one and several for the other, as heads or tokens of sequences, is several of the program.
    - Numbers that a body takes from outside become operands without dimensions. Where nothing is fused they stay outside; for a GPU's threads,
      what is taken out of tensors is taken out inside, since what launches them reads no memory.
    - What is overwritten and read in another way is not overwritten: the result has a place of its own.
    - Left: parts that are neither a half nor every second element; a part that comes from elsewhere, or may be larger than what is put together; what
      others read too; indices, from outside or as elements.

    Each saves a tensor that was stored and loaded again, and none reads memory a second time. What is expensive and would
    be computed again for every group is left, as is what has no place between what it needs and what needs it. Every decision is a remark.

    ```mlir
    func.func @residual(%x: tensor<8x64xf32>, %residual: tensor<8x64xf32>) -> tensor<8xf32> {
      %s0 = tensor.empty() : tensor<8x64xf32>
      %s = linalg.add ins(%x, %residual : tensor<8x64xf32>, tensor<8x64xf32>) outs(%s0 : tensor<8x64xf32>) -> tensor<8x64xf32>
      %y0 = tensor.empty() : tensor<8xf32>
      %y = norm.generic iter(r = 8, c = 64) reduce [c]
          ins(%s(r, c) : tensor<8x64xf32>) outs(%y0(r) : tensor<8xf32>) {
      ^bb0(%sf: !norm.field<f32, [c]>):
        %sum = norm.reduce sum (%sf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
        norm.yield %sum : f32
      }
      return %y : tensor<8xf32>
    }
    // becomes
    func.func @residual(%x: tensor<8x64xf32>, %residual: tensor<8x64xf32>) -> tensor<8xf32> {
      %y0 = tensor.empty() : tensor<8xf32>
      %y = norm.generic iter(r = 8, c = 64) reduce [c]
          ins(%x(r, c) : tensor<8x64xf32>, %residual(r, c) : tensor<8x64xf32>) outs(%y0(r) : tensor<8xf32>) {
      ^bb0(%xf: !norm.field<f32, [c]>, %rf: !norm.field<f32, [c]>):
        %sf = norm.map (%a = %xf : !norm.field<f32, [c]>, %b = %rf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
          %0 = arith.addf %a, %b : f32
          norm.yield %0 : f32
        }
        %sum = norm.reduce sum (%sf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
        norm.yield %sum : f32
      }
      return %y : tensor<8xf32>
    }
    ```
  }];
  let options = [Option<"isa", "isa", "std::string", /*default=*/"\"\"",
                        "The target's instruction set, which orders of sums depend on: nvptx, or nothing for a CPU">];
  let dependentDialects = ["arith::ArithDialect", "NormDialect", "tensor::TensorDialect"];
}

def DeriveBackwardPass : Pass<"norm-derive-backward"> {
  let summary = "Makes the gradients of a normalization, whatever is fused into it";
  let description = [{
    A function whose body is one forward `norm.generic` on tensors gets a function `NAME_backward` beside it, which is a
    `norm.generic` too. Its arguments are the gradients of results (`dy` of `y`), the arguments of the forward function that
    are needed, and what that function saves; its results are the gradients of arguments (`dx` of `x`), names and layouts
    included. Those of arguments that have every dimension are in the argument's type and rounded once; others are sums, over groups with
    `acc`, in f32 (f64). Roundings of the forward program count as the identity, and everything is computed in f32 (f64).

    Numbers of a group that sums give, a mean or one over a root, become results of the forward function where
    they are not; fields are computed again, but for those that are results and save reading other tensors, such as the sum with a
    residual. With `recompute`, or `norm.recompute` on the function, the gradient has nothing but arguments.

    The bool attribute `norm.gradient` says what takes part: on an argument or result, on a function. Without it these do: arguments
    of floats with dimensions that are no running statistics; results of floats that do not depend on sums alone; functions that are
    not named `…_backward`. An argument that no such result depends on has no gradient.

    - Orders of new sums are the target's: norm-generalize fills them in, or any pipeline. Named operations are to be generalized before, with the target's `isa`.
    - The gradient of one over a root comes times the root, so that sums are those of the formulas one writes by hand, as many, and do
      not overflow before them.
    - Where two values that both have gradients are the same, `arith.maximumf` gives half to each; a bound without a gradient takes it all, so ReLU gives 0
      at 0. `norm.reduce max` and `min` give equal parts to all elements that are the extremum. The derivative of absf is 0 at 0.
    - Integers, comparisons, `norm.random` and roundings to whole numbers have no gradient; random bits are made again.

    Left alone, with a remark: merged moments, functions without a known derivative, powers but 2, 3, 0.5 and -0.5, inputs that are no
    arguments, more than one operation.

    ```mlir
    func.func @square(%x: tensor<8x64xf32> {norm.name = "x"}, %w: tensor<64xf32> {norm.name = "w"}, %y0: tensor<8x64xf32>)
        -> (tensor<8x64xf32> {norm.name = "y"}) {
      %y = norm.generic iter(r = 8, c = 64) reduce [c]
          ins(%x(r, c) : tensor<8x64xf32>, %w(c) : tensor<64xf32>) outs(%y0(r, c) : tensor<8x64xf32>) {
      ^bb0(%xf: !norm.field<f32, [c]>, %wf: !norm.field<f32, [c]>):
        %yf = norm.map (%a = %xf : !norm.field<f32, [c]>, %b = %wf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
          %0 = arith.mulf %a, %b : f32
          norm.yield %0 : f32
        }
        norm.yield %yf : !norm.field<f32, [c]>
      }
      return %y : tensor<8x64xf32>
    }
    // becomes
    func.func @square(...) { ... }
    func.func @square_backward(%dy: tensor<8x64xf32> {norm.name = "dy", norm.role = "dy"}, %x: tensor<8x64xf32> {norm.name = "x"},
                               %w: tensor<64xf32> {norm.name = "w"})
        -> (tensor<8x64xf32> {norm.name = "dx", norm.role = "dx"}, tensor<64xf32> {norm.name = "dw", norm.role = "dw"}) {
      %dx0 = tensor.empty() : tensor<8x64xf32>
      ...
      %dx, %dw = norm.generic iter(r = 8, c = 64) reduce [c]
          ins(%dy(r, c) : tensor<8x64xf32>, %x(r, c) : tensor<8x64xf32>, %w(c) : tensor<64xf32>)
          outs(%dx0(r, c) : tensor<8x64xf32>, %dw0(c) acc : tensor<64xf32>) {
      ^bb0(%dyf: !norm.field<f32, [c]>, %xf: !norm.field<f32, [c]>, %wf: !norm.field<f32, [c]>):
        %dxf, %dwf = norm.map (%d = %dyf : !norm.field<f32, [c]>, %b = %wf : !norm.field<f32, [c]>, %a = %xf : !norm.field<f32, [c]>)
            -> !norm.field<f32, [c]>, !norm.field<f32, [c]> {
          %0 = arith.mulf %d, %b : f32
          %1 = arith.mulf %d, %a : f32
          norm.yield %0, %1 : f32, f32
        }
        norm.yield %dxf, %dwf : !norm.field<f32, [c]>, !norm.field<f32, [c]>
      }
      return %dx, %dw : tensor<8x64xf32>, tensor<64xf32>
    }
    ```
  }];
  let options = [Option<"recompute", "recompute", "bool", /*default=*/"false",
                        "Compute statistics again from arguments, and save nothing">];
  let dependentDialects = ["arith::ArithDialect", "func::FuncDialect", "linalg::LinalgDialect", "math::MathDialect",
                           "tensor::TensorDialect"];
}

def PartialPass : Pass<"norm-partial"> {
  let summary = "Divides a normalization among ranks: its statistics in parts, merged, applied";
  let description = [{
    For those who distribute a normalization: a hidden dimension in two, or a batch. `dims`, or `norm.partial = ["c"]` on a
    function, names the dimensions of the iteration space of which every rank has a part. A public function `NAME` whose body is one
    norm.generic on tensors is cut at its sums over these, and becomes kernels:

    - `NAME_partial`: a rank's arguments to what its part of the sums gives, `partial_sum`, `partial_dot`, `partial_max`,
      `partial_min`, or of moments `partial_mean` and `partial_m2`.
    - `NAME_merge`: these of all ranks, stacked along a new first dimension as an all-gather gives them, and `counts`, how
      many elements of a group each rank has, to those of the whole, `merged_sum` and so on: moments by `merge_moments`, all in the order of ranks.
      What a rank without elements has is not read. `count` is the sum of `counts`.
    - `NAME_apply`: a rank's arguments and the merged statistics to the results. `norm.count` is `count`, rounded once. A rank
      without elements may call it too; that `min_count` holds of `count` is the caller's to see.

    Where sums need others before, as a row's maximum behind its norm or a gradient that computes statistics again, there
    are as many exchanges: `NAME_partial2`, `NAME_merge2`, … What is computed along a divided dimension's position has an argument
    `offset_DIM`, where a rank's part begins. A result that accumulates (`acc`) over a divided dimension is the rank's own addend; a result that is a
    merged sum is the whole, on every rank. What has nothing to exchange stays whole, with a remark; what cannot be divided is an error: sums over
    some of the divided dimensions, merged moments, exchanged halves, parts that do not lie together in a tensor.

    With `dims=c`:

    ```mlir
    func.func @rms(%x: tensor<8x64xf32> {norm.name = "x"}) -> (tensor<8x64xf32> {norm.name = "y"}) {
      %y0 = tensor.empty() : tensor<8x64xf32>
      %y = norm.generic iter(r = 8, c = 64) reduce [c]
          ins(%x(r, c) : tensor<8x64xf32>) outs(%y0(r, c) : tensor<8x64xf32>) {
      ^bb0(%xf: !norm.field<f32, [c]>):
        %dot = norm.reduce dot (%xf, %xf : !norm.field<f32, [c]>, !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
        %n = norm.count [c] : f32
        %mean = arith.divf %dot, %n : f32
        %r = norm.rsqrt exact %mean : f32
        %yf = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
          %0 = arith.mulf %a, %r : f32
          norm.yield %0 : f32
        }
        norm.yield %yf : !norm.field<f32, [c]>
      }
      return %y : tensor<8x64xf32>
    }
    // becomes
    func.func @rms_partial(%x: tensor<8x64xf32> {norm.name = "x"})
        -> (tensor<8xf32> {norm.name = "partial_dot", norm.role = "partial_dot"}) { ... }
    func.func @rms_merge(%partial_dot: tensor<?x8xf32> {norm.name = "partial_dot", norm.role = "partial_dot"},
                         %counts: tensor<?xi64> {norm.name = "counts", norm.role = "counts"})
        -> (tensor<8xf32> {norm.name = "merged_dot", norm.role = "dot"}, tensor<i64> {norm.name = "count", norm.role = "count"}) { ... }
    func.func @rms_apply(%x: tensor<8x64xf32> {norm.name = "x"}, %dot: tensor<8xf32> {norm.name = "merged_dot", norm.role = "dot"},
                         %count: tensor<i64> {norm.name = "count", norm.role = "count"})
        -> (tensor<8x64xf32> {norm.name = "y"}) {
      %y0 = tensor.empty() : tensor<8x64xf32>
      %y = norm.generic iter(r = 8, c = 64) reduce [c]
          ins(%x(r, c) : tensor<8x64xf32>, %count() : tensor<i64>, %dot(r) : tensor<8xf32>) outs(%y0(r, c) : tensor<8x64xf32>) min_count = 0 {
      ^bb0(%xf: !norm.field<f32, [c]>, %all: i64, %d: f32):
        %n = arith.sitofp %all : i64 to f32
        %mean = arith.divf %d, %n : f32
        ...
      }
      return %y : tensor<8x64xf32>
    }
    ```
  }];
  let options = [ListOption<"dims", "dims", "std::string",
                            "The dimensions of the iteration space that are divided among ranks">];
  let dependentDialects = ["arith::ArithDialect", "func::FuncDialect", "tensor::TensorDialect"];
}

def OutlinePass : Pass<"norm-outline"> {
  let summary = "Splits functions into kernels for their normalizations and the rest";
  let description = [{
    For compilers that take the normalizations alone. A public function of one `norm.generic` and what describes its operands, on
    tensors and under a name that C has, is a kernel already, and stays. Of others:

    `mode=calls`: every `norm.generic`, inside of loops and branches too, becomes a public function `NAME_norm0`, `NAME_norm1`, …, in program
    order, and is called. Its arguments are the inputs; sizes are asked of them, and where no input has one, the place of a result is an
    argument too. The same program is one kernel, however often and in whichever functions it stands. What is left has no normalization.

    `mode=host`: the other operations become functions, `NAME_rest0`, `NAME_rest1`, …: one for each run of them between two
    normalizations, called by `norm.call`. Constants, views, fills and sizes are computed again where they are needed. Sizes of results have
    to be known before the call, and normalizations stand at the top of their function. A host function whose name C has not gets another.

    A name that is taken goes to the next number that is free.

    Neither changes a bit: programs and their orders stay as they are. Every call is a remark.

    ```mlir
    func.func @layer(%x: tensor<8x64xf32> {norm.name = "x"}, %m: tensor<64x64xf32>) -> tensor<8x64xf32> {
      %zero = arith.constant 0.0 : f32
      %init = tensor.empty() : tensor<8x64xf32>
      %y = norm.generic iter(r = 8, c = 64) reduce [c]
          ins(%x(r, c) : tensor<8x64xf32>) outs(%init(r, c) : tensor<8x64xf32>) {
      ^bb0(%xf: !norm.field<f32, [c]>):
        norm.yield %xf : !norm.field<f32, [c]>
      }
      %fill = linalg.fill ins(%zero : f32) outs(%init : tensor<8x64xf32>) -> tensor<8x64xf32>
      %z = linalg.matmul ins(%y, %m : tensor<8x64xf32>, tensor<64x64xf32>) outs(%fill : tensor<8x64xf32>) -> tensor<8x64xf32>
      return %z : tensor<8x64xf32>
    }
    // becomes
    func.func @layer_norm0(%x: tensor<8x64xf32> {norm.name = "x"}) -> (tensor<8x64xf32> {norm.name = "y"}) {
      %init = tensor.empty() : tensor<8x64xf32>
      %y = norm.generic iter(r = 8, c = 64) reduce [c]
          ins(%x(r, c) : tensor<8x64xf32>) outs(%init(r, c) : tensor<8x64xf32>) {
      ^bb0(%xf: !norm.field<f32, [c]>):
        norm.yield %xf : !norm.field<f32, [c]>
      }
      return %y : tensor<8x64xf32>
    }
    func.func @layer(%x: tensor<8x64xf32> {norm.name = "x"}, %m: tensor<64x64xf32>) -> tensor<8x64xf32> {
      %zero = arith.constant 0.0 : f32
      %init = tensor.empty() : tensor<8x64xf32>
      %y = call @layer_norm0(%x) : (tensor<8x64xf32>) -> tensor<8x64xf32>
      %fill = linalg.fill ins(%zero : f32) outs(%init : tensor<8x64xf32>) -> tensor<8x64xf32>
      %z = linalg.matmul ins(%y, %m : tensor<8x64xf32>, tensor<64x64xf32>) outs(%fill : tensor<8x64xf32>) -> tensor<8x64xf32>
      return %z : tensor<8x64xf32>
    }
    ```
  }];
  let options = [Option<"mode", "mode", "std::string", /*default=*/"\"calls\"",
                        "'calls': kernels for the normalizations; 'host': functions for the rest">];
  let dependentDialects = ["arith::ArithDialect", "func::FuncDialect", "linalg::LinalgDialect", "NormDialect", "tensor::TensorDialect"];
}

def WidenPass : Pass<"norm-widen"> {
  let summary = "Computes in a wider type, with the program's own roundings kept";
  let description = [{
    Every float of the program, buffers and tensors too, becomes the wider type. A rounding to a narrower
    type (`arith.truncf`) stays as a rounding, but for the last one of a result: the result is then the exact
    value that the narrow kernel's result should have been rounded from. What comes out is the oracle that kernels are compared with.

    ```mlir
    func.func @round(%a: f32) -> f32 {
      %s = arith.truncf %a : f32 to bf16
      %h = arith.extf %s : bf16 to f32
      return %h : f32
    }
    // becomes
    func.func @round(%a: f64) -> f64 {
      %s = arith.truncf %a : f64 to bf16
      %h = arith.extf %s : bf16 to f64
      return %h : f64
    }
    ```
  }];
  let options = [Option<"type", "type", "std::string", /*default=*/"\"f64\"",
                        "The type to compute in: f64 or f80">];
}

#endif // NORMC_TENSORPASSES_TD
