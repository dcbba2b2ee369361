//===- Load.cpp - objects linked into this process ------------------------===//
//
// By LLVM's ORC, one dynamic library for each object, so that each can be given back.
//
//===----------------------------------------------------------------------===//

#include "normc/Compiler/Load.h"
#include "normc/Compiler/Target.h"

#include "llvm/ExecutionEngine/Orc/ExecutionUtils.h"
#include "llvm/ExecutionEngine/Orc/JITTargetMachineBuilder.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Target/TargetMachine.h"

using namespace llvm;
using namespace normc;

struct LoadedObject::Code {
  std::unique_ptr<orc::LLJIT> jit;
};

LoadedObject::LoadedObject(std::unique_ptr<Code> code) : code(std::move(code)) {}
LoadedObject::~LoadedObject() = default;

Expected<std::unique_ptr<LoadedObject>> LoadedObject::load(ArrayRef<char> object) {
  initializeTargets();
  TargetSpec target = getHostTarget();
  orc::JITTargetMachineBuilder builder(target.triple);
  builder.setCPU(target.cpu);
  auto jit = orc::LLJITBuilder().setJITTargetMachineBuilder(std::move(builder)).create();
  if (!jit)
    return jit.takeError();
  auto process = orc::DynamicLibrarySearchGenerator::GetForCurrentProcess(
      (*jit)->getDataLayout().getGlobalPrefix());
  if (!process)
    return process.takeError();
  (*jit)->getMainJITDylib().addGenerator(std::move(*process));
  if (Error error = (*jit)->addObjectFile(
          MemoryBuffer::getMemBufferCopy(StringRef(object.data(), object.size()), "normc")))
    return error;
  auto code = std::make_unique<Code>();
  code->jit = std::move(*jit);
  return std::unique_ptr<LoadedObject>(new LoadedObject(std::move(code)));
}

Expected<void *> LoadedObject::lookup(StringRef symbol) const {
  auto address = code->jit->lookup(symbol);
  if (!address)
    return address.takeError();
  return address->toPtr<void *>();
}
