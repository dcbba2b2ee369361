//===- Jit.cpp - kernels compiled into this process, and kept -------------===//
//
// A key stands for everything that the code depends on: the source, the target, the options, and
// this very compiler.
//
//===----------------------------------------------------------------------===//

#include "normc/Compiler/Jit.h"
#include "BuildId.h"
#include "JitFiles.h"
#include "normc/Compiler/Emit.h"
#include "normc/Conversion/KernelSignature.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/BLAKE3.h"
#include "llvm/Support/JSON.h"

#include <condition_variable>
#include <mutex>

using namespace llvm;
using namespace normc;

/// What a module takes beside the bytes of its file, above all in ORC's tables. Measured as the
/// growth of a process that loads 100 modules: 28 KB for each of 17 KB (an RMS norm), 35 of 25 (a
/// layer norm's gradients), 24 of 11 (plain loops).
static constexpr uint64_t kTableBytes = 12 << 10;

Expected<std::shared_ptr<const JitModule>>
JitModule::load(ArrayRef<char> object, StringRef manifest, void (*unload)(const void *)) {
  auto code = LoadedObject::load(object);
  if (!code)
    return code.takeError();
  std::shared_ptr<JitModule> module(new JitModule());
  module->code = std::move(*code);
  module->manifest = manifest.str();
  module->bytes = object.size() + manifest.size() + kTableBytes;
  Expected<json::Value> parsed = json::parse(manifest);
  if (!parsed)
    return parsed.takeError();
  for (const json::Value &value : *parsed->getAsObject()->getArray("kernels")) {
    const json::Object &kernel = *value.getAsObject();
    auto entry = module->code->lookup(*kernel.getString("symbol"));
    if (!entry)
      return entry.takeError();
    auto workspaceSize = module->code->lookup(*kernel.getString("workspace_symbol"));
    if (!workspaceSize)
      return workspaceSize.takeError();
    module->kernels.push_back({kernel.getString("name")->str(),
                               reinterpret_cast<normrt_kernel_fn>(*entry),
                               reinterpret_cast<normrt_workspace_size_fn>(*workspaceSize)});
  }
  if (!unload)
    return module;
  if (Expected<void *> gpuModule = module->code->lookup(mlir::norm::kGPUModuleSymbol)) {
    module->gpuModule = *gpuModule;
    module->unload = unload;
  } else {
    // Kernels for a CPU.
    consumeError(gpuModule.takeError());
  }
  return module;
}

JitModule::~JitModule() {
  if (gpuModule)
    unload(gpuModule);
}

static std::string makeKey(StringRef source, const CompileOptions &options) {
  BLAKE3 hash;
  // Each part with its length, so that no two lists of parts are one text.
  auto add = [&](StringRef part) {
    hash.update(utostr(part.size()) + ":");
    hash.update(part);
  };
  add(getVersion());
  add(LLVM_VERSION_STRING);
  add(getBuildId());
  for (const TargetSpec &target : options.targets) {
    add(target.triple.str());
    add(target.cpu);
    add(target.features);
    // Without it, there is PTX only.
    if (target.isGPU())
      add(identifyPtxas());
  }
  // GPU's host code is for the machine's architecture alone.
  add(options.reference ? "reference" : "");
  add(itostr(options.parallelBytes));
  add(join(options.divided, ","));
  add(source);
  return toHex(hash.final<32>(), /*LowerCase=*/true);
}

/// Modules by their keys: those that are held, and the others as long as there is room.
class Jit::Memory : public std::enable_shared_from_this<Memory> {
public:
  explicit Memory(uint64_t bytes) : bytes(bytes) {}

  /// The module, once nobody makes it any more. Null where there is none: it is the caller's to
  /// make, and to `settle`.
  std::shared_ptr<const JitModule> find(StringRef key) {
    std::unique_lock<std::mutex> lock(mutex);
    while (true) {
      auto [position, isNew] = entries.try_emplace(key);
      if (isNew)
        return nullptr;
      if (position->second.module) {
        ++statistics.foundInMemory;
        return hold(*position);
      }
      made.wait(lock);
    }
  }

  /// What became of a key: null after an error.
  std::shared_ptr<const JitModule> settle(StringRef key, std::shared_ptr<const JitModule> module) {
    std::lock_guard<std::mutex> lock(mutex);
    made.notify_all();
    auto position = entries.find(key);
    if (!module) {
      entries.erase(position);
      return nullptr;
    }
    position->second.module = std::move(module);
    unheldBytes += position->second.module->getBytes();
    return hold(*position);
  }

  /// What nobody holds goes, and what is held does when it is released.
  void close() {
    Evicted evicted;
    std::lock_guard<std::mutex> lock(mutex);
    isClosed = true;
    for (StringMapEntry<Entry> &entry : entries)
      evicted.push_back(std::move(entry.second.module));
    entries.clear();
  }

  template <typename Fn> void count(Fn change) {
    std::lock_guard<std::mutex> lock(mutex);
    change(statistics);
  }

private:
  struct Entry {
    /// Null while it is being made.
    std::shared_ptr<const JitModule> module;
    unsigned holders = 0;
    uint64_t lastUse = 0;
  };
  /// Declared before a lock: to destroy a module calls the program's function.
  using Evicted = std::vector<std::shared_ptr<const JitModule>>;

  std::shared_ptr<const JitModule> hold(StringMapEntry<Entry> &entry) {
    std::shared_ptr<const JitModule> module = entry.second.module;
    if (entry.second.holders++ == 0)
      unheldBytes -= module->getBytes();
    const JitModule *held = module.get();
    return {held, [module, memory = weak_from_this(), &entry](const JitModule *) mutable {
              if (std::shared_ptr<Memory> alive = memory.lock())
                alive->release(entry);
              module.reset();
            }};
  }

  void release(StringMapEntry<Entry> &entry) {
    Evicted evicted;
    std::lock_guard<std::mutex> lock(mutex);
    // With it, the entry is gone.
    if (isClosed)
      return;
    entry.second.lastUse = ++clock;
    if (--entry.second.holders > 0)
      return;
    unheldBytes += entry.second.module->getBytes();
    // Of what nobody holds, the least recently used beyond what may be kept.
    while (unheldBytes > bytes) {
      StringMapEntry<Entry> *oldest = nullptr;
      for (StringMapEntry<Entry> &other : entries)
        if (other.second.module && !other.second.holders &&
            (!oldest || other.second.lastUse < oldest->second.lastUse))
          oldest = &other;
      unheldBytes -= oldest->second.module->getBytes();
      evicted.push_back(std::move(oldest->second.module));
      ++statistics.evicted;
      entries.erase(entries.find(oldest->first()));
    }
  }

  const uint64_t bytes;
  std::mutex mutex;
  std::condition_variable made;
  StringMap<Entry> entries;
  uint64_t unheldBytes = 0, clock = 0;
  bool isClosed = false;
  JitStatistics statistics;
};

Jit::Jit(JitOptions options, const MessageFn &onMessage)
    : options(std::move(options)), memory(std::make_shared<Memory>(this->options.memoryBytes)) {
  if (this->options.directory.empty())
    return;
  auto opened = JitFiles::open(this->options.directory, this->options.diskBytes);
  if (opened)
    files = std::move(*opened);
  else
    onMessage({mlir::DiagnosticSeverity::Warning, toString(opened.takeError())});
}

Jit::~Jit() { memory->close(); }

JitStatistics Jit::getStatistics() const {
  JitStatistics copy;
  memory->count([&](JitStatistics &statistics) { copy = statistics; });
  return copy;
}

std::shared_ptr<const JitModule> Jit::get(StringRef source, StringRef name, CompileOptions options,
                                          const MessageFn &onMessage) {
  auto fail = [&](Error error) {
    onMessage({mlir::DiagnosticSeverity::Error, toString(std::move(error))});
    return nullptr;
  };
  auto refuse = [&](const Twine &text) {
    return fail(createStringError(inconvertibleErrorCode(), text));
  };
  options.phase = Phase::Object;
  options.jit = true;
  options.manifest = true;
  if (Error error = checkOptions(options))
    return fail(std::move(error));
  TargetSpec host = getHostTarget();
  for (const TargetSpec &target : options.targets)
    if (!target.isGPU() && target.triple.getArch() != host.triple.getArch())
      return refuse("expected a target that this process can run, a CPU of " +
                    host.triple.getArchName() + " or a GPU, but got " + target.cpu + " of " +
                    target.triple.getArchName());
  if (options.outline != OutlineMode::None)
    return refuse("expected no outline: what is left of a function is for another compiler");
  if (options.targets.front().isGPU() && !this->options.unload)
    return refuse("expected a function that unloads modules from GPUs, normrt_cuda_unload, for "
                  "kernels for " +
                  options.targets.front().cpu);

  std::string key = makeKey(source, options);
  if (std::shared_ptr<const JitModule> found = memory->find(key))
    return found;
  // Told when others need not wait any more: whoever is told may ask for the same kernels.
  std::vector<Message> messages;
  std::shared_ptr<const JitModule> module =
      memory->settle(key, make(key, source, name, options,
                               [&](const Message &message) { messages.push_back(message); }));
  for (const Message &message : messages)
    onMessage(message);
  return module;
}

std::shared_ptr<const JitModule> Jit::readFile(StringRef key, bool isGPU,
                                               const MessageFn &onMessage) {
  auto reject = [&](Error error) {
    onMessage({mlir::DiagnosticSeverity::Warning, toString(std::move(error))});
    memory->count([](JitStatistics &statistics) { ++statistics.rejected; });
    return nullptr;
  };
  auto contents = files->read(key);
  if (!contents)
    return reject(contents.takeError());
  if (!*contents)
    return nullptr;
  StringRef object = (*contents)->object;
  auto module = JitModule::load(ArrayRef(object.data(), object.size()), (*contents)->manifest,
                                isGPU ? options.unload : nullptr);
  if (!module)
    return reject(module.takeError());
  memory->count([](JitStatistics &statistics) { ++statistics.foundOnDisk; });
  return *module;
}

std::shared_ptr<const JitModule> Jit::make(StringRef key, StringRef source, StringRef name,
                                           const CompileOptions &compileOptions,
                                           const MessageFn &onMessage) {
  auto fail = [&](Error error) {
    onMessage({mlir::DiagnosticSeverity::Error, toString(std::move(error))});
    return nullptr;
  };
  bool isGPU = compileOptions.targets.front().isGPU();
  if (files)
    if (std::shared_ptr<const JitModule> found = readFile(key, isGPU, onMessage))
      return found;
  auto session = Session::create(onMessage);
  if (!session)
    return fail(session.takeError());
  mlir::FailureOr<CompileResult> compiled = mlir::failure();
  if (Error error = runWithLargeStack([&] {
        if (mlir::OwningOpRef<mlir::ModuleOp> module = (*session)->parse(source, name))
          compiled = compile(*module, compileOptions);
      }))
    return fail(std::move(error));
  if (failed(compiled))
    return nullptr;
  auto module =
      JitModule::load(compiled->output, compiled->manifest, isGPU ? options.unload : nullptr);
  if (!module)
    return fail(module.takeError());
  if (files)
    if (Error error = files->write(key, compiled->manifest, compiled->output))
      onMessage({mlir::DiagnosticSeverity::Warning, toString(std::move(error))});
  memory->count([](JitStatistics &statistics) { ++statistics.compiled; });
  return *module;
}
