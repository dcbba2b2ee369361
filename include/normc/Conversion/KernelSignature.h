//===- KernelSignature.h - what a kernel's arguments are -----------------===//
//
// The C interface of a kernel, read from the attributes that norm-bind-arguments puts on a kernel
// function. The entry's checks, the C header and the manifest are all made from this one record.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_CONVERSION_KERNELSIGNATURE_H
#define NORMC_CONVERSION_KERNELSIGNATURE_H

#include "normc/IR/CInterface.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinTypes.h"

#include <optional>

namespace mlir::norm {

/// The names of the attributes. On the function:
inline constexpr StringLiteral kKernelAttr = "norm.kernel";
/// `[[["c"], 1]]`: the product of these symbols is at least 1.
inline constexpr StringLiteral kRequiresAttr = "norm.requires";
/// The function that computes the kernel's scratch in bytes; set by norm-place-scratch.
inline constexpr StringLiteral kWorkspaceBytesAttr = "norm.workspace_bytes";
/// On its arguments (name, role and layout on the results too, where the user writes them):
inline constexpr StringLiteral kNameAttr = "norm.name";
inline constexpr StringLiteral kRoleAttr = "norm.role";
inline constexpr StringLiteral kLayoutAttr = "norm.layout";
inline constexpr StringLiteral kShapeAttr = "norm.shape";
inline constexpr StringLiteral kOutputAttr = "norm.output";
inline constexpr StringLiteral kInplaceAttr = "norm.inplace";
/// On the two arguments that are not the caller's: the scratch, and the normrt_context.
inline constexpr StringLiteral kWorkspaceAttr = "norm.workspace";
inline constexpr StringLiteral kContextAttr = "norm.context";
/// On a gpu.launch_func: the kernel may begin before the one before it has ended, and waits itself.
inline constexpr StringLiteral kDependentAttr = "norm.dependent";
/// On a kernel function that launches: its tensors are on a GPU.
inline constexpr StringLiteral kGPUAttr = "norm.gpu";
/// On a declaration: the caller has the function, which a kernel calls.
inline constexpr StringLiteral kRestAttr = "norm.rest";

/// Which strides a tensor may have.
enum class KernelLayout { Rows, Any, Contiguous };
StringRef stringifyKernelLayout(KernelLayout layout);
std::optional<KernelLayout> parseKernelLayout(StringRef text);

/// A size: `factor` times the product of the symbols. No symbols: static.
struct KernelDim {
  int64_t factor = 1;
  SmallVector<StringRef> symbols;

  bool isStatic() const { return symbols.empty(); }
  /// "64", "c", "32*c" or "g*c".
  std::string str() const;
  /// The reverse; nothing where `text` is not such a product.
  static std::optional<KernelDim> parse(StringRef text);
};

struct KernelArgument {
  StringRef name;
  StringRef role;
  bool isOutput = false;
  /// The memref of the kernel function; its static strides are what the caller has to pass.
  MemRefType type;
  KernelLayout layout = KernelLayout::Rows;
  SmallVector<KernelDim> shape;
  /// The input whose buffer an output may be.
  std::optional<unsigned> inplace;

  Type getElementType() const { return type.getElementType(); }
  int64_t getRank() const { return type.getRank(); }
  /// Of the first element, in bytes: the size of an element.
  int64_t getAlignment() const { return getElementBytes(type.getElementType()); }

  /// The bytes that one element takes in memory (16 for f80), or nothing for a type that tensors of
  /// kernels do not have.
  static std::optional<int64_t> tryGetElementBytes(Type type);
  static int64_t getElementBytes(Type type) { return *tryGetElementBytes(type); }
};

/// The product of the symbols is at least `min`: a group is not empty, or large enough.
struct KernelRequirement {
  SmallVector<StringRef> symbols;
  int64_t min = 1;
};

/// The strings belong to the function's attributes and live as long as the MLIRContext.
struct KernelSignature {
  StringRef name;
  SmallVector<KernelArgument> arguments;
  SmallVector<KernelRequirement> requirements;

  unsigned getNumInputs() const {
    return llvm::count_if(arguments, [](const KernelArgument &a) { return !a.isOutput; });
  }
  static bool isKernel(func::FuncOp func) { return func->hasAttr(kKernelAttr); }
  /// Emits an error where an attribute is missing or malformed. The workspace and context arguments
  /// of a later phase are not part of it.
  static FailureOr<KernelSignature> get(func::FuncOp kernel);
};

/// The kernels inside of `root`, so that passes may add functions beside them.
SmallVector<func::FuncOp> getKernels(Operation *root);

} // namespace mlir::norm

#endif // NORMC_CONVERSION_KERNELSIGNATURE_H
