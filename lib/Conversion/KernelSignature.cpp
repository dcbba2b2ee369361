//===- KernelSignature.cpp - what a kernel's arguments are ---------------===//
//
// Reads the attributes of a kernel function, and says what is wrong with them.
//
//===----------------------------------------------------------------------===//

#include "normc/Conversion/KernelSignature.h"

using namespace mlir;
using namespace mlir::norm;

SmallVector<func::FuncOp> norm::getKernels(Operation *root) {
  SmallVector<func::FuncOp> kernels;
  root->walk([&](func::FuncOp function) {
    if (KernelSignature::isKernel(function))
      kernels.push_back(function);
  });
  return kernels;
}

StringRef norm::stringifyKernelLayout(KernelLayout layout) {
  switch (layout) {
  case KernelLayout::Rows:
    return "rows";
  case KernelLayout::Any:
    return "any";
  case KernelLayout::Contiguous:
    return "contiguous";
  }
  llvm_unreachable("a layout has one of three values");
}

std::optional<KernelLayout> norm::parseKernelLayout(StringRef text) {
  for (auto layout : {KernelLayout::Rows, KernelLayout::Any, KernelLayout::Contiguous})
    if (stringifyKernelLayout(layout) == text)
      return layout;
  return std::nullopt;
}

std::string KernelDim::str() const {
  std::string text;
  if (symbols.empty() || factor != 1)
    text = std::to_string(factor);
  for (StringRef symbol : symbols)
    text += (text.empty() ? "" : "*") + symbol.str();
  return text;
}

std::optional<KernelDim> KernelDim::parse(StringRef text) {
  KernelDim dim;
  SmallVector<StringRef> parts;
  text.split(parts, '*');
  for (auto [i, part] : llvm::enumerate(parts)) {
    int64_t factor;
    if (i == 0 && !part.getAsInteger(10, factor) && factor >= 0)
      dim.factor = factor;
    else if (isCIdentifier(part))
      dim.symbols.push_back(part);
    else
      return std::nullopt;
  }
  return dim;
}

std::optional<int64_t> KernelArgument::tryGetElementBytes(Type type) {
  if (isa<Float80Type>(type))
    return 16; // what x86-64 keeps it in
  if (!getDLPackType(type))
    return std::nullopt;
  return llvm::divideCeil(type.getIntOrFloatBitWidth(), 8);
}

namespace {
/// Reads the attributes of one function. Every method emits the error that it returns.
struct SignatureReader {
  func::FuncOp func;
  KernelSignature signature;

  LogicalResult error(const Twine &message) { return func.emitError("kernel ") << message; }

  LogicalResult readArgument(unsigned i) {
    auto where = "argument " + std::to_string(i);
    auto type = dyn_cast<MemRefType>(func.getArgumentTypes()[i]);
    if (!type)
      return error("expects a ranked memref for " + where);
    auto name = func.getArgAttrOfType<StringAttr>(i, kNameAttr);
    auto role = func.getArgAttrOfType<StringAttr>(i, kRoleAttr);
    auto layoutName = func.getArgAttrOfType<StringAttr>(i, kLayoutAttr);
    auto shape = func.getArgAttrOfType<ArrayAttr>(i, kShapeAttr);
    if (!name || !role || !layoutName || !shape)
      return error("expects " + where + " to have " + kNameAttr + ", " + kRoleAttr + ", " +
                   kLayoutAttr + " and " + kShapeAttr + "; run norm-bind-arguments");
    auto layout = parseKernelLayout(layoutName);
    if (!layout)
      return error("expects " + where + " to have layout rows, any or contiguous, but got '" +
                   layoutName.getValue() + "'");
    if (!KernelArgument::tryGetElementBytes(type.getElementType()))
      return error("has no C type for the elements of " + where);

    KernelArgument argument;
    argument.name = name;
    argument.role = role;
    argument.type = type;
    argument.layout = *layout;
    argument.isOutput = bool(func.getArgAttr(i, kOutputAttr));
    if (int64_t(shape.size()) != type.getRank())
      return error("expects " + where + " to have one entry of " + kShapeAttr +
                   " for each dimension");
    for (auto [attr, size] : llvm::zip_equal(shape, type.getShape())) {
      auto text = dyn_cast<StringAttr>(attr);
      auto dim = text ? KernelDim::parse(text) : std::nullopt;
      if (!dim || (dim->isStatic() && !ShapedType::isDynamic(size) && dim->factor != size))
        return error("expects a size, a symbol or a product of them in " + kShapeAttr + " of " +
                     where);
      argument.shape.push_back(*dim);
    }
    if (auto inplace = func.getArgAttrOfType<IntegerAttr>(i, kInplaceAttr)) {
      if (!argument.isOutput || inplace.getInt() < 0 || inplace.getInt() >= int64_t(i))
        return error("expects " + kInplaceAttr + " of " + where +
                     " to stand on an output and name an argument before it");
      argument.inplace = inplace.getInt();
    }
    signature.arguments.push_back(std::move(argument));
    return success();
  }

  LogicalResult readRequirement(Attribute attr) {
    auto pair = dyn_cast<ArrayAttr>(attr);
    auto symbols = pair && pair.size() == 2 ? dyn_cast<ArrayAttr>(pair[0]) : nullptr;
    auto min = symbols ? dyn_cast<IntegerAttr>(pair[1]) : nullptr;
    if (!min || !llvm::all_of(symbols, llvm::IsaPred<StringAttr>))
      return error("expects pairs of symbols and a number in " + kRequiresAttr);
    KernelRequirement requirement;
    requirement.min = min.getInt();
    for (auto symbol : symbols.getAsRange<StringAttr>())
      requirement.symbols.push_back(symbol);
    signature.requirements.push_back(std::move(requirement));
    return success();
  }
};
} // namespace

FailureOr<KernelSignature> KernelSignature::get(func::FuncOp kernel) {
  SignatureReader reader{kernel, {}};
  if (!isKernel(kernel))
    return reader.error(Twine("expects the attribute ") + kKernelAttr +
                        "; run norm-bind-arguments");
  reader.signature.name = kernel.getSymName();
  for (unsigned i = 0; i < kernel.getNumArguments(); ++i)
    if (!kernel.getArgAttr(i, kWorkspaceAttr) && !kernel.getArgAttr(i, kContextAttr))
      if (failed(reader.readArgument(i)))
        return failure();
  if (auto requires_ = kernel->getAttrOfType<ArrayAttr>(kRequiresAttr))
    for (Attribute attr : requires_)
      if (failed(reader.readRequirement(attr)))
        return failure();
  return std::move(reader.signature);
}
