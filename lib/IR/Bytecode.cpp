//===- Bytecode.cpp - the version of the dialect in bytecode -------------===//
//
// Writes the version, and reads files of this version and older ones. Types and attributes are
// written in their textual form.
//
//===----------------------------------------------------------------------===//

#include "Bytecode.h"

using namespace mlir;
using namespace mlir::norm;

namespace {
struct NormBytecodeInterface : BytecodeDialectInterface {
  explicit NormBytecodeInterface(Dialect *dialect) : BytecodeDialectInterface(dialect) {}

  void writeVersion(DialectBytecodeWriter &writer) const override {
    writer.writeVarInt(NormVersion::current);
  }

  std::unique_ptr<DialectVersion> readVersion(DialectBytecodeReader &reader) const override {
    uint64_t number;
    if (failed(reader.readVarInt(number)))
      return nullptr;
    if (number > NormVersion::current) {
      reader.emitError() << "expects version " << NormVersion::current
                         << " of the norm dialect or an older one, but got version " << number
                         << ": a newer normc wrote this file";
      return nullptr;
    }
    return std::make_unique<NormVersion>(number);
  }

  LogicalResult upgradeFromVersion(Operation *root, const DialectVersion &version) const override {
    // What an older version wrote becomes here what it means now; version 1 is the oldest.
    return success();
  }
};
} // namespace

void norm::addBytecodeInterface(NormDialect &dialect) {
  dialect.addInterfaces<NormBytecodeInterface>();
}
