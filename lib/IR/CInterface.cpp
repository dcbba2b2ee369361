//===- CInterface.cpp - what C can name and has types for --------------------===//
//
// Tables of names and types.
//
//===----------------------------------------------------------------------===//

#include "normc/IR/CInterface.h"

#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace mlir::norm;

bool norm::isCIdentifier(StringRef text) {
  auto isWord = [](char c) { return llvm::isAlnum(c) || c == '_'; };
  return !text.empty() && !llvm::isDigit(text[0]) && llvm::all_of(text, isWord);
}

bool norm::isReservedName(StringRef name) {
  // A header has DLPack's names and the runtime's beside a kernel's; those with two underscores, or
  // one and a capital letter, are the compiler's.
  for (StringRef prefix : {"__", "DL", "kDL", "NORMC_", "normrt_", "normc_tensor"})
    if (name.starts_with(prefix))
      return true;
  if (name.starts_with(kGPUModuleSymbol) ||
      (name.size() > 1 && name[0] == '_' && llvm::isUpper(name[1])))
    return true;
  return llvm::StringSwitch<bool>(name)
      .Cases({"auto", "break", "case", "char", "const", "continue", "default", "do"}, true)
      .Cases({"double", "else", "enum", "extern", "float", "for", "goto", "if"}, true)
      .Cases({"inline", "int", "long", "register", "restrict", "return", "short", "signed"}, true)
      .Cases({"sizeof", "static", "struct", "switch", "typedef", "union", "unsigned"}, true)
      .Cases({"void", "volatile", "while", "asm", "and", "bool", "catch", "class", "compl"}, true)
      .Cases({"concept", "decltype", "delete", "explicit", "export", "false", "friend"}, true)
      .Cases({"mutable", "namespace", "new", "noexcept", "not", "nullptr", "operator", "or"}, true)
      .Cases({"private", "protected", "public", "requires", "template", "this", "throw"}, true)
      .Cases({"true", "try", "typeid", "typename", "using", "virtual", "xor", "alignas"}, true)
      .Cases({"alignof", "constexpr", "static_assert", "thread_local", "main"}, true)
      .Cases({"memcpy", "memset", "memmove", "NULL", "offsetof", "linux", "unix"}, true)
      .Cases({"int8_t", "int16_t", "int32_t", "int64_t", "intptr_t", "ptrdiff_t"}, true)
      .Cases({"uint8_t", "uint16_t", "uint32_t", "uint64_t", "uintptr_t", "size_t"}, true)
      .Default(false);
}

std::string norm::makeCName(StringRef name) {
  std::string text;
  for (char c : name)
    text += llvm::isAlnum(c) ? c : '_';
  return text.empty() || llvm::isDigit(text[0]) ? "_" + text : text;
}

std::optional<DLPackType> norm::getDLPackType(Type type) {
  if (isa<Float16Type, Float32Type, Float64Type, Float80Type>(type))
    return DLPackType{2, uint8_t(type.getIntOrFloatBitWidth())};
  if (isa<BFloat16Type>(type))
    return DLPackType{4, 16};
  if (isa<Float8E4M3FNType>(type))
    return DLPackType{10, 8};
  if (isa<Float8E5M2Type>(type))
    return DLPackType{12, 8};
  auto integer = dyn_cast<IntegerType>(type);
  if (!integer)
    return std::nullopt;
  if (integer.getWidth() == 1)
    return DLPackType{6, 8};
  if (!llvm::is_contained({8u, 16u, 32u, 64u}, integer.getWidth()))
    return std::nullopt;
  return DLPackType{uint8_t(integer.isUnsigned() ? 1 : 0), uint8_t(integer.getWidth())};
}
