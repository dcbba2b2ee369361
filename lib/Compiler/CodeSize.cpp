//===- CodeSize.cpp - a remark on kernels with much code -----------------===//
//
// A kernel should fit the first cache of instructions beside its caller. Where it does not, a
// remark says which of its functions are large: forms for tensors that are packed and that are not,
// phases.
//
//===----------------------------------------------------------------------===//

#include "normc/Compiler/Emit.h"

#include "mlir/IR/Remarks.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/IR/Module.h"
#include "llvm/Object/ELFObjectFile.h"

using namespace llvm;
using namespace normc;

static constexpr uint64_t kLimit = 24 << 10;

Error normc::remarkCodeSize(mlir::Location loc, const Module &module, MemoryBufferRef buffer,
                            unsigned targets) {
  auto object = object::ObjectFile::createObjectFile(buffer);
  if (!object)
    return object.takeError();
  struct Size {
    uint64_t total = 0, largest = 0;
    std::string largestName;
    unsigned functions = 0;
  };
  MapVector<StringRef, Size> kernels;
  for (const Function &function : module)
    if (!function.isDeclaration() && !function.hasLocalLinkage())
      kernels[function.getName()];
  for (const object::ELFSymbolRef symbol : object::ELFObjectFileBase::elf_symbol_iterator_range(
           cast<object::ELFObjectFileBase>(**object).symbols())) {
    Expected<StringRef> name = symbol.getName();
    if (!name)
      return name.takeError();
    if (symbol.getELFType() != ELF::STT_FUNC)
      continue;
    // The longest kernel's name that this begins with: one kernel's may begin with another's.
    Size *owner = nullptr;
    size_t length = 0;
    for (auto &[kernel, size] : kernels) {
      bool isOwn = *name == kernel || name->starts_with((kernel + "_").str());
      if (isOwn && kernel.size() >= length)
        owner = &size, length = kernel.size();
    }
    if (!owner)
      continue;
    owner->total += symbol.getSize();
    ++owner->functions;
    if (symbol.getSize() > owner->largest)
      owner->largest = symbol.getSize(), owner->largestName = name->str();
  }
  auto options = mlir::remark::RemarkOpts::name("CodeSize").category("code-size");
  for (auto &[kernel, size] : kernels)
    if (size.total > kLimit * targets)
      mlir::remark::analysis(loc, options)
          << mlir::remark::add("kernel '{0}' has {1} bytes of code, more than {2}", kernel,
                               size.total, kLimit * targets)
          << mlir::remark::reason("{0} functions, the largest '{1}' with {2} bytes", size.functions,
                                  size.largestName, size.largest);
  return Error::success();
}
