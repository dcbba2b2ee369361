//===- Passes.td - every pass of normc, in the order they run ------------===//
//
// The table of contents. A pass `norm-<verb>` is `<Verb>Pass` in lib/Transforms, lib/Raise or lib/Conversion,
// in the file of the same name, and is tested by the file of the same name below test/.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_PASSES_TD
#define NORMC_PASSES_TD

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

def OutlinePass : Pass<"norm-outline"> {
  let summary = "Splits functions into kernels for their normalizations and the rest";
  let description = [{
    For compilers that take the normalizations alone. A public function of one `norm.generic` and what describes its operands is a kernel
    already, and stays. Of others:

    `mode=calls`: every `norm.generic`, inside of loops and branches too, becomes a public function `NAME_norm0`, `NAME_norm1`, …, in program
    order, and is called. Its arguments are the inputs; sizes are asked of them, and where no input has one, the place of a result is an
    argument too. The same program is one kernel, however often and in whichever functions it stands. What is left has no normalization.

    `mode=host`: the other operations become functions, `NAME_rest0`, `NAME_rest1`, …: one for each run of them between two
    normalizations, called by `norm.call`. Constants, views, fills and sizes are computed again where they are needed. Sizes of results have
    to be known before the call, and normalizations stand at the top of their function.

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

def BindArgumentsPass : Pass<"norm-bind-arguments"> {
  let summary = "Makes kernels of public functions: memrefs for tensors, and what C has to know of them";
  let description = [{
    Every public function on tensors becomes a kernel function on memrefs of the caller, its inputs, then
    its results. Inputs are never written. The attributes that it gets are the kernel's C interface
    (`KernelSignature` reads them):

    - `norm.name`: kept from the argument or result, else `arg0`, `result0`;
    - `norm.role`: what the argument is (`"scale"`, `"mean"`, …), by default `"input"` or `"output"`;
    - `norm.output` on results;
    - `norm.layout`: `"rows"` (inner stride 1, the default), `"any"`, or `"contiguous"`;
    - `norm.shape`: for each dimension a number, a symbol or a product. Dimensions that an access of a
      `norm.generic` indexes by the same iteration dimension have the same symbol, and its name;
    - `norm.inplace = i`: the output's buffer may be that of input `i`, because the value is in `outs` of the
      operation that makes the result, and nobody reads it afterwards. From here on only this attribute
      tells that the two may be one;
    - on the function `norm.requires`: products of symbols, and the least that each may be.

    A function on memrefs (written by hand) is left as it is and gets the attributes; what it writes is
    marked with `norm.output`.

    ```mlir
    func.func @copy(%x: tensor<?x64xf32> {norm.name = "x"}) -> tensor<?x64xf32> {
      return %x : tensor<?x64xf32>
    }
    // becomes
    func.func @copy(
        %x: memref<?x64xf32, strided<[?, 1], offset: ?>>
          {norm.layout = "rows", norm.name = "x", norm.role = "input", norm.shape = ["x_0", "64"]},
        %y: memref<?x64xf32, strided<[?, 1], offset: ?>>
          {norm.layout = "rows", norm.name = "result0", norm.output, norm.role = "output",
           norm.shape = ["x_0", "64"]}) attributes {norm.kernel} {
      %0 = bufferization.to_tensor %x restrict
        : memref<?x64xf32, strided<[?, 1], offset: ?>> to tensor<?x64xf32>
      bufferization.materialize_in_destination %0 in restrict writable %y
        : (tensor<?x64xf32>, memref<?x64xf32, strided<[?, 1], offset: ?>>) -> ()
      return
    }
    ```
  }];
  let dependentDialects = ["::mlir::bufferization::BufferizationDialect",
                           "::mlir::linalg::LinalgDialect", "::mlir::tensor::TensorDialect"];
}

def CollapsePass : Pass<"norm-collapse"> {
  let summary = "Makes one dimension of dimensions that are always neighbours";
  let description = [{
    The positions of a channel, `h` and `w`, or several axes of a row: where every operand that has one of them has all of
    them side by side, and no part of the program tells them apart, they become one. Tensors need to be packed in these
    dimensions. Where that is not known, both forms are kept, and the kernel chooses by the strides it is given.

    Sums keep their order, which goes by the row-major number of an element.

    ```mlir
    func.func @means(%x: memref<8x7x7xf32>, %y: memref<8xf32>) {
      norm.generic iter(n = 8, h = 7, w = 7) reduce [h, w]
          ins(%x(n, h, w) : memref<8x7x7xf32>) outs(%y(n) : memref<8xf32>) {
      ^bb0(%xf: !norm.field<f32, [h, w]>):
        %sum = norm.reduce sum (%xf : !norm.field<f32, [h, w]>) over [h, w] order = <lanes = 16> : f32
        norm.yield %sum : f32
      }
      return
    }
    // becomes
    func.func @means(%x: memref<8x7x7xf32>, %y: memref<8xf32>) {
      %0 = memref.reinterpret_cast %x to offset: [0], sizes: [8, 49], strides: [49, 1] : ...
      norm.generic iter(n = 8, hw = 49) reduce [hw]
          ins(%0(n, hw) : memref<8x49xf32, strided<[49, 1]>>) outs(%y(n) : memref<8xf32>) { ... }
      return
    }
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "memref::MemRefDialect", "scf::SCFDialect"];
}

def FissionPass : Pass<"norm-fission"> {
  let summary = "Makes several normalizations of one whose sums take several passes over its groups";
  let description = [{
    For GPUs. Where threads cannot share a group as it is, because a sum is over some of its dimensions only, or columns of
    groups are summed more than once, every pass over the groups becomes a norm.generic of its own. The numbers that later
    ones need go through tensors: one for each group, or for each sum. Orders stay, and so do the bits of all results. The
    gradients of group norm become moments, sums of channels, sums of groups, dx, and the sums over samples.

    ```mlir
    func.func @f(%x: tensor<8x4x49xf32>, %s: tensor<8x4xf32>, %y: tensor<8xf32>) -> (tensor<8x4xf32>, tensor<8xf32>) {
      %sums, %total = norm.generic iter(n = 8, c = 4, h = 49) reduce [c, h]
          ins(%x(n, c, h) : tensor<8x4x49xf32>) outs(%s(n, c) : tensor<8x4xf32>, %y(n) : tensor<8xf32>) {
      ^bb0(%xf: !norm.field<f32, [c, h]>):
        %c = norm.reduce sum (%xf : !norm.field<f32, [c, h]>) over [h]
            order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : !norm.field<f32, [c]>
        %t = norm.reduce sum (%c : !norm.field<f32, [c]>) over [c]
            order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
        norm.yield %c, %t : !norm.field<f32, [c]>, f32
      }
      return %sums, %total : tensor<8x4xf32>, tensor<8xf32>
    }
    // becomes
    %sums = norm.generic iter(n = 8, c = 4, h = 49) reduce [h] ins(%x(n, c, h) : tensor<8x4x49xf32>) outs(... (n, c) ...)
    %total = norm.generic iter(n = 8, c = 4) reduce [c] ins(%sums(n, c) : tensor<8x4xf32>) outs(%y(n) : tensor<8xf32>)
    ...
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "tensor::TensorDialect"];
}

def TilePass : Pass<"norm-tile"> {
  let summary = "Makes normalizations on tensors loops over tiles of their groups";
  let description = [{
    For compilers that fuse by tiles: every norm.generic becomes an `scf.forall` over tiles, or an `scf.for` where tiles add to
    the same elements of an accumulating result. A tile is a norm.generic on slices, which producers and consumers can be fused
    into. A group is never cut, so that every result keeps its bits, but for accumulating ones: their blocks are those of a tile's
    rows. normc's own pipelines do not need it: there, the schedule says what a task is.
    With `sizes=2`:

    ```mlir
    func.func @row_sums(%x: tensor<8x64xf32>, %y: tensor<8xf32>) -> tensor<8xf32> {
      %sums = norm.generic iter(r = 8, c = 64) reduce [c]
          ins(%x(r, c) : tensor<8x64xf32>) outs(%y(r) : tensor<8xf32>) {
      ^bb0(%xf: !norm.field<f32, [c]>):
        %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
        norm.yield %sum : f32
      }
      return %sums : tensor<8xf32>
    }
    // becomes
    func.func @row_sums(%x: tensor<8x64xf32>, %y: tensor<8xf32>) -> tensor<8xf32> {
      %sums = scf.forall (%i) = (0) to (8) step (2) shared_outs(%out = %y) -> (tensor<8xf32>) {
        %xs = tensor.extract_slice %x[%i, 0] [2, 64] [1, 1] : tensor<8x64xf32> to tensor<2x64xf32>
        %ys = tensor.extract_slice %out[%i] [2] [1] : tensor<8xf32> to tensor<2xf32>
        %tile = norm.generic iter(r = 2 from %i, c = 64) reduce [c]
            ins(%xs(r, c) : tensor<2x64xf32>) outs(%ys(r) : tensor<2xf32>) { ... }
        scf.forall.in_parallel {
          tensor.parallel_insert_slice %tile into %out[%i] [2] [1] : tensor<2xf32> into tensor<8xf32>
        }
      }
      return %sums : tensor<8xf32>
    }
    ```
  }];
  let options = [
    ListOption<"sizes", "sizes", "int64_t", "Groups of a tile along each dimension, in the order of `iter`; 0: all of them">,
  ];
  let dependentDialects = ["affine::AffineDialect", "scf::SCFDialect", "tensor::TensorDialect"];
}

def SchedulePass : Pass<"norm-schedule"> {
  let summary = "Chooses a schedule for every normalization that has none";
  let description = [{
    How a norm.generic on buffers is computed becomes an attribute, `#norm.schedule`: the dimension whose elements are
    neighbours, in chunks of how many, how many groups together. Two schedules give the same bits. A schedule that is already
    there is the user's, and stays. What has no such dimension is left for `norm-decompose`. Remarks say what was chosen and
    why.

    ```mlir
    func.func @row_sums(%x: memref<8x64xf32>, %y: memref<8xf32>) {
      norm.generic iter(r = 8, c = 64) reduce [c]
          ins(%x(r, c) : memref<8x64xf32>) outs(%y(r) : memref<8xf32>) {
      ^bb0(%xf: !norm.field<f32, [c]>):
        %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
        norm.yield %sum : f32
      }
      return
    }
    // becomes
    func.func @row_sums(%x: memref<8x64xf32>, %y: memref<8xf32>) {
      norm.generic iter(r = 8, c = 64) reduce [c]
          ins(%x(r, c) : memref<8x64xf32>) outs(%y(r) : memref<8xf32>)
          attributes {norm.schedule = #norm.schedule<along = "c", width = 8, rows = 4, task = 128, straight = true, streamRows = 4>} { ... }
      return
    }
    ```
  }];
  let options = [
    Option<"vectorBits", "vector-bits", "int64_t", "128", "Bits of the target's vector registers">,
    Option<"registers", "registers", "int64_t", "16", "How many of them the target has">,
    Option<"maskBits", "mask-bits", "int64_t", "0",
           "Bits of the narrowest elements that the target loads and stores with a mask; 0: none">,
    Option<"pairsBF16", "bf16-pairs", "bool", "false",
           "The target converts two vectors of f32 to one of bf16 at once">,
    Option<"streamBytes", "stream-bytes", "int64_t", "0",
           "From how many bytes read and written on stores go past the cache; 0: never">,
    Option<"gpuArch", "gpu-arch", "int64_t", "0",
           "The compute capability of an NVIDIA GPU, 10 * major + minor; 0: the target is a CPU">,
  ];
}

def ConvertNormToVectorPass : Pass<"convert-norm-to-vector"> {
  let summary = "Lowers norm.generic with a schedule to loops over vectors";
  let description = [{
    The loops of `norm-decompose`, in chunks of the schedule's dimension: what depends on that dimension is a vector. What is
    left behind the last chunk is masked, or single elements. Where the dimension is inside the group, a
    sum's lanes are the lanes of a few vectors; where it is outside, as with channels that come last, each lane is a group of
    its own. Rows that are worked on together share one loop, their lanes are folded side by side, and their scalars are one
    vector. Sums over the same elements share a loop too. Orders are followed to the last addition, so that the results have
    the bits of the plain road.

    What has no schedule is left for `norm-decompose`. A schedule that an operation cannot be computed by is an error.

    ```mlir
    func.func @row_sums(%x: memref<8x64xf32>, %y: memref<8xf32>) {
      norm.generic iter(r = 8, c = 64) reduce [c]
          ins(%x(r, c) : memref<8x64xf32>) outs(%y(r) : memref<8xf32>)
          attributes {norm.schedule = #norm.schedule<along = "c", width = 8>} {
      ^bb0(%xf: !norm.field<f32, [c]>):
        %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
        norm.yield %sum : f32
      }
      return
    }
    // becomes
    func.func @row_sums(%x: memref<8x64xf32>, %y: memref<8xf32>) {
      scf.forall (%r) in (8) {
        %sums:2 = scf.for %c = %c0 to %c64 step %c16 iter_args(...) -> (vector<8xf32>, vector<8xf32>) { ... }
      }
      return
    }
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "LLVM::LLVMDialect", "math::MathDialect",
                           "memref::MemRefDialect", "scf::SCFDialect", "vector::VectorDialect"];
}

def ConvertNormToGPUPass : Pass<"convert-norm-to-gpu"> {
  let summary = "Lowers norm.generic with a GPU schedule to loops over blocks of threads";
  let description = [{
    Follows a list of `#norm.gpu_schedule`: one of them is chosen by how long groups are and whether their elements lie so
    that a thread can load several at once. Each becomes an `scf.forall` over blocks of threads, with the code of one thread
    inside: a team of threads shares a group, keeps it in registers, and folds its sums in the declared order by shuffles
    inside a warp and by shared memory between warps.

    What has no schedule is left for `norm-decompose`, whose loops are computed by one thread for each group. A schedule that
    an operation cannot be computed by is an error.

    ```mlir
    func.func @row_sums(%x: memref<8x64xf32>, %y: memref<8xf32>) {
      norm.generic iter(r = 8, c = 64) reduce [c]
          ins(%x(r, c) : memref<8x64xf32>) outs(%y(r) : memref<8xf32>)
          attributes {norm.schedule = [#norm.gpu_schedule<along = "c", width = 4, threads = 16, groups = 8, units = 1, most = 64>]} {
      ^bb0(%xf: !norm.field<f32, [c]>):
        %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c]
          order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
        norm.yield %sum : f32
      }
      return
    }
    // becomes
    func.func @row_sums(%x: memref<8x64xf32>, %y: memref<8xf32>) {
      scf.forall (%block) in (1) {
        %thread = gpu.thread_id x
        ...
        %x = vector.load %arg0[%r, %c] {alignment = 16 : i64} : memref<8x64xf32>, vector<4xf32>
        ...
        %other, %valid = gpu.shuffle xor %sum, %c8, %c32 : f32
        ...
      } {mapping = [#gpu.block<x>], norm.threads = 128 : i64}
      return
    }
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "gpu::GPUDialect", "LLVM::LLVMDialect", "NVVM::NVVMDialect", "math::MathDialect",
                           "memref::MemRefDialect", "scf::SCFDialect", "vector::VectorDialect"];
}

def DecomposePass : Pass<"norm-decompose"> {
  let summary = "Lowers norm.generic on buffers to plain loops";
  let description = [{
    One loop over the groups (an `scf.forall` at the top of a function, so that threads can share it), and
    the program of a group as scalar code inside. Reductions follow their `#norm.order` to the last addition. Fields
    are computed again wherever they are read, so no buffer is needed but the partial sums of `acc` results.

    The loops are written here and not through linalg, because a linalg reduction cannot state an order, and would need a
    buffer for every field between two reductions.

    ```mlir
    func.func @row_sums(%x: memref<8x64xf32>, %y: memref<8xf32>) {
      norm.generic iter(r = 8, c = 64) reduce [c]
          ins(%x(r, c) : memref<8x64xf32>) outs(%y(r) : memref<8xf32>) {
      ^bb0(%xf: !norm.field<f32, [c]>):
        %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
        norm.yield %sum : f32
      }
      return
    }
    // becomes
    func.func @row_sums(%x: memref<8x64xf32>, %y: memref<8xf32>) {
      scf.forall (%r) in (8) {
        scf.for %c = %c0 to %c64 step %c1 { ... }
      }
      return
    }
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "math::MathDialect", "memref::MemRefDialect",
                           "scf::SCFDialect"];
}

def OutlineGPUPass : Pass<"norm-outline-gpu"> {
  let summary = "Makes a GPU kernel of the body of every parallel loop";
  let description = [{
    An `scf.forall` of a kernel function becomes a `gpu.func` and its launch: over blocks, where the loop says of how many
    threads (`norm.threads`), else with one thread for each index. A buffer is passed as a pointer, its offset, and those of
    its strides that are not known. What a kernel only reads is marked so; what may be read and written through two pointers,
    because the caller may pass one buffer for both, is not.

    With `dependent`, for sm_90 and later, a kernel that certainly follows another of the same function is launched while that
    one runs, and waits for its end before it touches memory (programmatic dependent launch).

    ```mlir
    func.func @fill(%y: memref<?xf32> {norm.layout = "rows", norm.name = "y", norm.output, norm.role = "output", norm.shape = ["n"]}) attributes {norm.kernel} {
      %c0 = arith.constant 0 : index
      %zero = arith.constant 0.0 : f32
      %n = memref.dim %y, %c0 : memref<?xf32>
      scf.forall (%i) in (%n) {
        memref.store %zero, %y[%i] : memref<?xf32>
      }
      return
    }
    // becomes
    gpu.module @norm_kernels {
      gpu.func @fill_0(%y: memref<f32> {llvm.noalias}, %n: index) kernel attributes {nvvm.minctasm = 1 : i32, nvvm.reqntid = array<i32: 128, 1, 1>} { ... }
    }
    func.func @fill(%y: memref<?xf32>) attributes {norm.kernel} {
      ...
      gpu.launch_func @norm_kernels::@fill_0 blocks in (%x, %y, %c1) threads in (%c128, %c1, %c1) args(%base : memref<f32>, %n : index)
      return
    }
    ```
  }];
  let options = [
    Option<"dependent", "dependent", "bool", /*default=*/"false",
           "Launch kernels while those before them run, which needs sm_90">];
  let dependentDialects = ["arith::ArithDialect", "gpu::GPUDialect", "memref::MemRefDialect", "NVVM::NVVMDialect",
                           "scf::SCFDialect"];
}

// From loops and launches to the LLVM dialect.
include "normc/LoweringPasses.td"

#endif // NORMC_PASSES_TD
