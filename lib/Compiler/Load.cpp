//===- Load.cpp - objects linked into this process ------------------------===//
//
// By LLVM's ORC, one dynamic library for each object, so that each can be given back. They share
// one linker: by itself it takes 125 KB of memory, ten times as much as a kernel's code.
//
//===----------------------------------------------------------------------===//

#include "normc/Compiler/Load.h"
#include "normc/Compiler/Target.h"

#include "llvm/ExecutionEngine/Orc/JITTargetMachineBuilder.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Target/TargetMachine.h"

#include <mutex>

using namespace llvm;
using namespace normc;

namespace {

/// Used by one thread at a time: linking takes a moment, and no step then waits for another thread.
struct Linker {
  std::unique_ptr<orc::LLJIT> jit;
  uint64_t objects = 0;
  /// What ORC said is wrong since it was last asked.
  std::string reported;
};

struct SharedLinker {
  std::mutex mutex;
  /// There is none where there is no object.
  std::weak_ptr<Linker> linker;
};

} // namespace

/// Never destroyed: objects may live until the process ends.
static SharedLinker &getShared() {
  static SharedLinker *shared = new SharedLinker();
  return *shared;
}

static Expected<std::shared_ptr<Linker>> createLinker() {
  initializeTargets();
  TargetSpec target = getHostTarget();
  orc::JITTargetMachineBuilder builder(target.triple);
  builder.setCPU(target.cpu);
  // Objects have no code that runs before and after the others', which a platform would see to.
  auto jit = orc::LLJITBuilder()
                 .setJITTargetMachineBuilder(std::move(builder))
                 .setPlatformSetUp(orc::setUpInactivePlatform)
                 .create();
  if (!jit)
    return jit.takeError();
  auto linker = std::make_shared<Linker>();
  linker->jit = std::move(*jit);
  // Which would else be written to the standard error.
  linker->jit->getExecutionSession().setErrorReporter([linker = linker.get()](Error error) {
    linker->reported += toString(std::move(error)) + "; ";
  });
  return linker;
}

struct LoadedObject::Code {
  std::shared_ptr<Linker> linker;
  orc::JITDylib *library = nullptr;

  ~Code() {
    if (!linker)
      return;
    std::lock_guard<std::mutex> lock(getShared().mutex);
    orc::ExecutionSession &session = linker->jit->getExecutionSession();
    // Its memory is the process's own, which is given back without asking anybody.
    if (library)
      consumeError(session.removeJITDylib(*library));
    session.getSymbolStringPool()->clearDeadEntries();
    linker.reset();
  }
};

LoadedObject::LoadedObject(std::unique_ptr<Code> code) : code(std::move(code)) {}
LoadedObject::~LoadedObject() = default;

Expected<std::unique_ptr<LoadedObject>> LoadedObject::load(ArrayRef<char> object) {
  // Destroyed after the lock, which its destructor takes.
  auto code = std::make_unique<Code>();
  std::lock_guard<std::mutex> lock(getShared().mutex);
  std::shared_ptr<Linker> linker = getShared().linker.lock();
  if (!linker) {
    auto created = createLinker();
    if (!created)
      return created.takeError();
    linker = *created;
    getShared().linker = linker;
  }
  code->linker = linker;
  orc::LLJIT &jit = *linker->jit;
  auto library = jit.createJITDylib("normc" + std::to_string(linker->objects++));
  if (!library)
    return library.takeError();
  code->library = &*library;
  if (Error error = jit.addObjectFile(
          *library,
          MemoryBuffer::getMemBufferCopy(StringRef(object.data(), object.size()), "normc")))
    return error;
  return std::unique_ptr<LoadedObject>(new LoadedObject(std::move(code)));
}

Expected<void *> LoadedObject::lookup(StringRef symbol) const {
  std::lock_guard<std::mutex> lock(getShared().mutex);
  code->linker->reported.clear();
  auto address = code->linker->jit->lookup(*code->library, symbol);
  if (!address)
    return createStringError(inconvertibleErrorCode(),
                             code->linker->reported + toString(address.takeError()));
  return address->toPtr<void *>();
}
