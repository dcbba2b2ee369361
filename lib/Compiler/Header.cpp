//===- Header.cpp - kernels declared for C and C++ -----------------------===//
//
// A header that needs no other: DLPack's tensors are declared in it under DLPack's own guard, as in
// normc-c/Runtime.h, so it goes together with both, in any order.
//
//===----------------------------------------------------------------------===//

#include "Interface.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;
using namespace normc;
using mlir::norm::isReservedName;
using mlir::norm::KernelArgument;
using mlir::norm::KernelDim;
using mlir::norm::KernelRequirement;
using mlir::norm::KernelSignature;

/// The DLPack part of normc-c/Runtime.h, word for word.
static constexpr char dlpackText[] =
#include "DLPackText.inc"
    ;

static constexpr char helperText[] = R"(
#ifndef NORMC_TENSOR_HELPER
#define NORMC_TENSOR_HELPER
/* A compact row-major tensor on the CPU. */
static inline DLTensor normc_tensor(const void *data, int32_t ndim, int64_t *shape, int code,
                                    int bits) {
  DLTensor tensor;
  tensor.data = (void *)(uintptr_t)data;
  tensor.device.device_type = kDLCPU;
  tensor.device.device_id = 0;
  tensor.ndim = ndim;
  tensor.dtype.code = (uint8_t)code;
  tensor.dtype.bits = (uint8_t)bits;
  tensor.dtype.lanes = 1;
  tensor.shape = shape;
  tensor.strides = NULL;
  tensor.byte_offset = 0;
  return tensor;
}
#endif
)";

/// The C type of one element; floats that C has no type for are passed as their bits.
static StringRef getCType(mlir::Type type) {
  if (type.isF32())
    return "float";
  if (type.isF64())
    return "double";
  if (type.isF16() || type.isBF16())
    return "uint16_t";
  if (isa<mlir::FloatType>(type) && type.getIntOrFloatBitWidth() == 8)
    return "uint8_t";
  bool isUnsigned = type.isUnsignedInteger();
  switch (type.isIntOrFloat() ? type.getIntOrFloatBitWidth() : 0) {
  case 1:
    return "uint8_t";
  case 8:
    return isUnsigned ? "uint8_t" : "int8_t";
  case 16:
    return isUnsigned ? "uint16_t" : "int16_t";
  case 32:
    return isUnsigned ? "uint32_t" : "int32_t";
  case 64:
    return isUnsigned ? "uint64_t" : "int64_t";
  default:
    return "void";
  }
}

namespace {
/// The names that one kernel's wrapper uses, none of them twice.
class Names {
public:
  /// `onGPU`: wrappers are told the device.
  Names(const KernelSignature &signature, bool onGPU) {
    for (StringRef name : {"ctx", "args", "NULL", "normc_tensor", "kDLCPU", "kDLCUDA"})
      taken.insert(name);
    taken.insert(signature.name);
    if (onGPU)
      device = take("device", "");
    for (const KernelArgument &argument : signature.arguments)
      arguments.push_back(take(argument.name, ""));
    for (const KernelArgument &argument : signature.arguments)
      for (const KernelDim &dim : argument.shape)
        for (StringRef symbol : dim.symbols)
          if (llvm::none_of(symbols, [&](auto &entry) { return entry.first == symbol; }))
            symbols.emplace_back(symbol, take(symbol, "_size"));
    tensors = take("tensors", "");
  }

  std::string getSize(const KernelDim &dim) const {
    SmallVector<std::string> factors;
    if (dim.isStatic() || dim.factor != 1)
      factors.push_back("(int64_t)" + std::to_string(dim.factor));
    for (StringRef symbol : dim.symbols)
      factors.push_back(llvm::find_if(symbols, [&](auto &e) { return e.first == symbol; })->second);
    return join(factors, " * ");
  }

  /// Every size that a caller gives, in the order of its first use.
  SmallVector<std::pair<StringRef, std::string>> symbols;
  SmallVector<std::string> arguments;
  std::string tensors;
  /// The wrappers' parameter for it; empty on a CPU.
  std::string device;

private:
  std::string take(StringRef name, StringRef suffix) {
    std::string result = name.str();
    if (isReservedName(name) || taken.contains(result))
      result += suffix.empty() ? "_" : suffix;
    while (isReservedName(result) || !taken.insert(result).second)
      result += "_";
    // The wrapper has an array for the shape of each.
    taken.insert(result + "_shape");
    return result;
  }
  StringSet<> taken;
};
} // namespace

static void writeShape(raw_ostream &os, const KernelArgument &argument) {
  os << "[";
  interleaveComma(argument.shape, os, [&](const KernelDim &dim) { os << dim.str(); });
  os << "]";
}

/// What a reader of the header needs to know to call the kernel.
static void writeComment(raw_ostream &os, const KernelInterface &kernel, const Names &names) {
  const KernelSignature &signature = kernel.signature;
  os << "\n/** " << signature.name << ". args, in this order:\n";
  for (auto [i, argument] : enumerate(signature.arguments)) {
    os << "    " << i << " " << argument.name << ": " << (argument.isOutput ? "output" : "input");
    if (argument.role != "input" && argument.role != "output")
      os << " (" << argument.role << ")";
    os << ", " << argument.getElementType() << " ";
    writeShape(os, argument);
    if (argument.layout == mlir::norm::KernelLayout::Rows && argument.getRank() > 0)
      os << ", inner stride 1";
    else if (argument.layout == mlir::norm::KernelLayout::Contiguous)
      os << ", contiguous";
    if (argument.inplace)
      os << "; may be the same buffer as " << signature.arguments[*argument.inplace].name;
    os << "\n";
  }
  for (const KernelRequirement &requirement : signature.requirements)
    os << "    " << join(requirement.symbols, " * ") << " has to be at least " << requirement.min
       << ".\n";
  os << "    Returns 0, or an error code of normc-c/Runtime.h. ctx may be NULL. */\n"
     << "int32_t " << signature.name
     << "(const struct normrt_context *ctx, const DLTensor *const *args, int32_t num_args);\n"
     << "/** The scratch in bytes that these arguments need, or minus an error code. */\n"
     << "int64_t " << signature.name
     << "_workspace_size(const DLTensor *const *args, int32_t num_args);\n";
  for (const KernelInterface::Call &call : kernel.calls) {
    os << "/** To be provided by whoever links " << signature.name
       << ", which calls it. args, in this order:\n";
    unsigned number = 0;
    for (StringRef type : call.inputs)
      os << "    " << number++ << " input, " << type << "\n";
    for (StringRef type : call.outputs)
      os << "    " << number++ << " output, " << type << "\n";
    os << "    ctx has what is left of the workspace behind the bytes of " << signature.name
       << "_workspace_size.\n    What is not 0 is returned by " << signature.name
       << " at once. */\n"
       << "int32_t " << call.symbol
       << "(const struct normrt_context *ctx, const DLTensor *const *args, int32_t num_args);\n";
  }
  if (!names.device.empty())
    os << "/** Loads the code to the context's GPU ahead of the first call; a graph's capture "
          "needs "
          "that. */\n"
       << "int32_t " << signature.name << "_prepare(const struct normrt_context *ctx);\n";
}

/// The shapes and tensors of a wrapper; `data` says what each tensor's data is.
static void writeTensors(raw_ostream &os, const KernelSignature &signature, const Names &names,
                         bool withData) {
  for (auto [argument, name] : zip_equal(signature.arguments, names.arguments)) {
    os << "  int64_t " << name << "_shape[" << std::max<size_t>(argument.shape.size(), 1)
       << "] = {";
    interleaveComma(argument.shape, os, [&](const KernelDim &dim) { os << names.getSize(dim); });
    os << (argument.shape.empty() ? "1};\n" : "};\n");
  }
  os << "  DLTensor " << names.tensors << "[" << signature.arguments.size() << "];\n"
     << "  const DLTensor *args[" << signature.arguments.size() << "];\n";
  for (auto [i, argument] : enumerate(signature.arguments)) {
    auto type = mlir::norm::getDLPackType(argument.getElementType());
    os << "  " << names.tensors << "[" << i << "] = normc_tensor("
       << (withData ? StringRef(names.arguments[i]) : "NULL") << ", " << argument.getRank() << ", "
       << names.arguments[i] << "_shape, " << (type ? type->code : 0) << ", "
       << (type ? type->bits : 0) << ");\n"
       << "  args[" << i << "] = &" << names.tensors << "[" << i << "];\n";
    if (!names.device.empty())
      os << "  " << names.tensors << "[" << i << "].device.device_type = kDLCUDA;\n"
         << "  " << names.tensors << "[" << i
         << "].device.device_id = " << (withData ? StringRef(names.device) : "0") << ";\n";
  }
}

static void writeWrappers(raw_ostream &os, const KernelInterface &kernel, const Names &names) {
  const KernelSignature &signature = kernel.signature;
  SmallVector<std::string> parameters;
  for (auto &entry : names.symbols)
    parameters.push_back("int64_t " + entry.second);
  std::string sizes = parameters.empty() ? "void" : join(parameters, ", ");
  os << "/** The same for contiguous tensors: "
     << (names.device.empty() ? "" : "the number of the GPU, ")
     << "sizes, then pointers; floats of 8 and 16 bits as their bits. */\n";
  for (auto [argument, name] : zip_equal(signature.arguments, names.arguments))
    parameters.push_back(
        ((argument.isOutput ? "" : "const ") + getCType(argument.getElementType()) + " *" + name)
            .str());
  if (!names.device.empty())
    parameters.insert(parameters.begin(), "int32_t " + names.device);
  parameters.insert(parameters.begin(), "const struct normrt_context *ctx");
  os << "static inline int32_t " << signature.name << "_contiguous(\n    "
     << join(parameters, ",\n    ") << ") {\n";
  writeTensors(os, signature, names, /*withData=*/true);
  os << "  return " << signature.name << "(ctx, args, " << signature.arguments.size() << ");\n}\n"
     << "static inline int64_t " << signature.name << "_contiguous_workspace_size(" << sizes
     << ") {\n";
  writeTensors(os, signature, names, /*withData=*/false);
  os << "  return " << signature.name << "_workspace_size(args, " << signature.arguments.size()
     << ");\n}\n";
}

std::string normc::makeHeader(ArrayRef<KernelInterface> kernels, const CompileOptions &options) {
  // The guard names the kernels: headers of different kernels go together in one file.
  SmallVector<StringRef> list;
  for (const KernelInterface &kernel : kernels)
    list.push_back(kernel.signature.name);
  std::string guard = "NORMC_KERNELS_" + join(list, "_");
  if (guard.size() > 80)
    guard = ("NORMC_KERNELS_" + list.front() + "_").str() + utohexstr(xxh3_64bits(guard));

  std::string text;
  raw_string_ostream os(text);
  os << "/* Made by normc " << getVersion() << " for "
     << options.targets.front().triple.getArchName() << " "
     << join(map_range(options.targets, [](const TargetSpec &target) { return target.cpu; }), ", ")
     << ". C11 and C++17; needs no other header. */\n"
     << "#ifndef " << guard << "\n#define " << guard
     << "\n\n#include <stddef.h>\n#include <stdint.h>\n\n"
     << dlpackText << helperText << R"(
#ifdef __cplusplus
extern "C" {
#endif

/* Where a kernel runs, in normc-c/Runtime.h; NULL: on the calling thread of a CPU. */
struct normrt_context;
)";
  for (const KernelInterface &kernel : kernels) {
    Names names(kernel.signature, options.targets.front().isGPU());
    writeComment(os, kernel, names);
    writeWrappers(os, kernel, names);
  }
  os << "\n#ifdef __cplusplus\n}\n#endif\n\n#endif /* " << guard << " */\n";
  return text;
}
