//===- Jit.cpp - kernels compiled into this process, and kept -------------===//
//
// A key stands for everything that the code depends on: the source, the target, the options, and
// this very compiler.
//
//===----------------------------------------------------------------------===//

#include "normc/Compiler/Jit.h"
#include "JitFiles.h"
#include "normc/Compiler/Emit.h"
#include "normc/Conversion/KernelSignature.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/BLAKE3.h"
#include "llvm/Support/JSON.h"

using namespace llvm;
using namespace normc;

Expected<std::shared_ptr<const JitModule>>
JitModule::load(ArrayRef<char> object, StringRef manifest, void (*unload)(const void *)) {
  auto code = LoadedObject::load(object);
  if (!code)
    return code.takeError();
  std::shared_ptr<JitModule> module(new JitModule());
  module->code = std::move(*code);
  module->manifest = manifest.str();
  module->bytes = object.size() + manifest.size();
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
      add(hasPtxas() ? "cubin" : "ptx");
  }
  // GPU's host code is for the machine's architecture alone.
  add(options.reference ? "reference" : "");
  add(itostr(options.parallelBytes));
  add(join(options.divided, ","));
  add(source);
  return toHex(hash.final<32>(), /*LowerCase=*/true);
}

Jit::Jit(JitOptions options, const MessageFn &onMessage) : options(std::move(options)) {
  if (this->options.directory.empty())
    return;
  auto opened = JitFiles::open(this->options.directory, this->options.diskBytes);
  if (opened)
    files = std::move(*opened);
  else
    onMessage({mlir::DiagnosticSeverity::Warning, toString(opened.takeError())});
}

Jit::~Jit() = default;

JitStatistics Jit::getStatistics() const {
  std::lock_guard<std::mutex> lock(mutex);
  return statistics;
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
  // What is destroyed is destroyed without the lock.
  std::vector<std::shared_ptr<const JitModule>> evicted;
  std::unique_lock<std::mutex> lock(mutex);
  while (true) {
    auto [position, isNew] = entries.try_emplace(key);
    Entry &entry = position->second;
    if (isNew)
      break;
    if (entry.module) {
      entry.lastUse = ++clock;
      ++statistics.foundInMemory;
      return entry.module;
    }
    made.wait(lock);
  }
  lock.unlock();
  std::shared_ptr<const JitModule> module = make(key, source, name, options, onMessage);
  lock.lock();
  if (module) {
    entries[key] = {module, ++clock};
    evict(evicted);
  } else {
    entries.erase(key);
  }
  made.notify_all();
  lock.unlock();
  return module;
}

/// Of what nobody else holds, the least recently used beyond what may be kept.
void Jit::evict(std::vector<std::shared_ptr<const JitModule>> &evicted) {
  while (true) {
    uint64_t bytes = 0;
    const StringMapEntry<Entry> *oldest = nullptr;
    for (const StringMapEntry<Entry> &entry : entries) {
      const Entry &value = entry.second;
      if (!value.module || value.module.use_count() > 1)
        continue;
      bytes += value.module->getBytes();
      if (!oldest || value.lastUse < oldest->second.lastUse)
        oldest = &entry;
    }
    if (bytes <= options.memoryBytes)
      return;
    evicted.push_back(oldest->second.module);
    ++statistics.evicted;
    entries.erase(oldest->first());
  }
}

std::shared_ptr<const JitModule> Jit::readFile(StringRef key, const MessageFn &onMessage) {
  auto reject = [&](Error error) {
    onMessage({mlir::DiagnosticSeverity::Warning, toString(std::move(error))});
    std::lock_guard<std::mutex> lock(mutex);
    ++statistics.rejected;
    return nullptr;
  };
  auto contents = files->read(key);
  if (!contents)
    return reject(contents.takeError());
  if (!*contents)
    return nullptr;
  StringRef object = (*contents)->object;
  auto module = JitModule::load(ArrayRef(object.data(), object.size()), (*contents)->manifest,
                                options.unload);
  if (!module)
    return reject(module.takeError());
  std::lock_guard<std::mutex> lock(mutex);
  ++statistics.foundOnDisk;
  return *module;
}

std::shared_ptr<const JitModule> Jit::make(StringRef key, StringRef source, StringRef name,
                                           const CompileOptions &compileOptions,
                                           const MessageFn &onMessage) {
  if (files)
    if (std::shared_ptr<const JitModule> found = readFile(key, onMessage))
      return found;
  std::vector<Message> messages;
  mlir::FailureOr<CompileResult> compiled = mlir::failure();
  runWithLargeStack([&] {
    auto session = Session::create([&](const Message &message) { messages.push_back(message); });
    if (!session)
      return consumeError(session.takeError());
    mlir::OwningOpRef<mlir::ModuleOp> module = (*session)->parse(source, name);
    if (module)
      compiled = compile(*module, compileOptions);
  });
  for (const Message &message : messages)
    onMessage(message);
  if (failed(compiled))
    return nullptr;
  auto module = JitModule::load(compiled->output, compiled->manifest, options.unload);
  if (!module) {
    onMessage({mlir::DiagnosticSeverity::Error, toString(module.takeError())});
    return nullptr;
  }
  if (files)
    if (Error error = files->write(key, compiled->manifest, compiled->output))
      onMessage({mlir::DiagnosticSeverity::Warning, toString(std::move(error))});
  std::lock_guard<std::mutex> lock(mutex);
  ++statistics.compiled;
  return *module;
}
