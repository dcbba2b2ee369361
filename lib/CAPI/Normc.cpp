//===- Normc.cpp - the compiler as a C library ----------------------------===//
//
// C's structs and strings to lib/Compiler's, and back. The work is done there.
//
//===----------------------------------------------------------------------===//

#include "normc-c/Normc.h"
#include "normc/Compiler/Compiler.h"
#include "normc/Compiler/Jit.h"
#include "normc/Compiler/Session.h"
#include "normc/Compiler/Spec.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

#include <cstddef>

using namespace llvm;
using namespace normc;

//===----------------------------------------------------------------------===//
// Structs and messages
//===----------------------------------------------------------------------===//

namespace {

Error makeError(const Twine &message) {
  return createStringError(inconvertibleErrorCode(), message);
}

/// A struct of the caller's, whose version may be an older one: what it has not is 0. `least` is
/// its size in version 1.
template <typename T> Expected<T> read(const T *given, StringRef name, size_t least = sizeof(T)) {
  T value = {};
  if (!given)
    return value;
  if (given->size < least || given->size > sizeof(T))
    return makeError("expected a " + name + " of " + Twine(least) + " to " + Twine(sizeof(T)) +
                     " bytes by its field 'size', but got " + Twine(given->size));
  memcpy(&value, given, given->size);
  return value;
}

/// Where messages go; what is told on another thread waits for the caller's.
class Messages {
public:
  Messages(normc_message_fn onMessage, void *user) : onMessage(onMessage), user(user) {}

  void keep(const Message &message) { kept.push_back(message); }
  void flush() {
    // Moved out first: whoever is told may call again.
    for (const Message &message : std::exchange(kept, {}))
      tell(message);
  }
  void tell(const Message &message) const {
    if (!onMessage)
      return;
    normc_message told = {};
    told.size = sizeof(told);
    switch (message.severity) {
    case mlir::DiagnosticSeverity::Error:
      told.severity = NORMC_ERROR;
      break;
    case mlir::DiagnosticSeverity::Warning:
      told.severity = NORMC_WARNING;
      break;
    case mlir::DiagnosticSeverity::Note:
      told.severity = NORMC_NOTE;
      break;
    case mlir::DiagnosticSeverity::Remark:
      told.severity = NORMC_REMARK;
      break;
    }
    told.text = message.text.c_str();
    told.file = message.file.c_str();
    told.line = message.line;
    told.column = message.column;
    told.category = message.category.c_str();
    told.name = message.name.c_str();
    onMessage(user, &told);
  }
  std::nullptr_t fail(Error error) const {
    tell({mlir::DiagnosticSeverity::Error, toString(std::move(error))});
    return nullptr;
  }

private:
  normc_message_fn onMessage;
  void *user;
  std::vector<Message> kept;
};

std::optional<std::string> toOptional(const char *text) {
  return text ? std::optional<std::string>(text) : std::nullopt;
}

Expected<std::string> readSpec(const normc_spec *given) {
  if (!given)
    return makeError("expected a normc_spec, but got NULL");
  Expected<normc_spec> c = read(given, "normc_spec");
  if (!c)
    return c.takeError();
  KernelSpec spec;
  spec.op = c->op ? c->op : "";
  spec.shape = toOptional(c->shape);
  spec.dtype = toOptional(c->dtype);
  spec.paramDtype = toOptional(c->param_dtype);
  spec.eps = toOptional(c->eps);
  spec.momentum = toOptional(c->momentum);
  spec.preset = toOptional(c->preset);
  spec.name = toOptional(c->name);
  spec.axes = toOptional(c->axes);
  spec.layout = toOptional(c->layout);
  spec.groups = toOptional(c->groups);
  spec.noScale = c->no_scale;
  spec.noBias = c->no_bias;
  spec.noRunning = c->no_running;
  spec.training = c->training;
  spec.backward = c->backward;
  spec.saveStats = c->save_stats;
  return makeModuleText(spec);
}

Expected<CompileOptions> readOptions(const normc_compile_options *given) {
  Expected<normc_compile_options> c = read(given, "normc_compile_options");
  if (!c)
    return c.takeError();
  CompileOptions options;
  SmallVector<StringRef> targets;
  StringRef(c->targets ? c->targets : "host").split(targets, ',');
  for (StringRef name : targets) {
    Expected<TargetSpec> target = parseTarget(name);
    if (!target)
      return target.takeError();
    options.targets.push_back(*target);
  }
  StringRef name = c->phase ? c->phase : "obj";
  ArrayRef<PhaseInfo> phases = getPhases();
  const PhaseInfo *phase =
      find_if(phases, [&](const PhaseInfo &info) { return info.name == name; });
  if (phase == phases.end())
    return makeError(
        "unknown phase '" + name + "': expected one of " +
        join(map_range(phases, [](const PhaseInfo &info) { return info.name; }), ", "));
  options.phase = phase->phase;
  if (c->library_name)
    options.libraryName = c->library_name;
  options.archive = c->archive;
  options.header = c->header;
  options.manifest = c->manifest;
  options.reference = c->reference;
  if (c->parallel_bytes < -1)
    return makeError("expected parallel_bytes to be -1 or more, but got " +
                     Twine(c->parallel_bytes));
  if (c->partial) {
    SmallVector<StringRef> dims;
    StringRef(c->partial).split(dims, ',');
    for (StringRef dim : dims)
      options.divided.push_back(dim.str());
  }
  if (c->outline) {
    options.outline = StringSwitch<OutlineMode>(c->outline)
                          .Case("calls", OutlineMode::Calls)
                          .Case("host", OutlineMode::Host)
                          .Default(OutlineMode::None);
    if (options.outline == OutlineMode::None)
      return makeError("expected outline to be calls or host, but got '" + Twine(c->outline) + "'");
  }
  if (c->parallel_bytes)
    options.parallelBytes = std::max<int64_t>(c->parallel_bytes, 0);
  return options;
}

} // namespace

uint32_t normc_api_version(void) { return NORMC_API_VERSION; }

const char *normc_version(void) { return getVersion().data(); }

//===----------------------------------------------------------------------===//
// Contexts and modules
//===----------------------------------------------------------------------===//

struct normc_context {
  explicit normc_context(Messages messages) : messages(std::move(messages)) {}
  Messages messages;
  std::unique_ptr<Session> session;
};

struct normc_module {
  normc_context *context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

normc_context *normc_context_create(const normc_context_options *given) {
  Expected<normc_context_options> options = read(given, "normc_context_options");
  if (!options)
    return Messages(given->on_message, given->user).fail(options.takeError());
  auto context = std::make_unique<normc_context>(Messages(options->on_message, options->user));
  auto session = Session::create(
      [messages = &context->messages](const Message &message) { messages->keep(message); },
      options->remarks ? options->remarks : "");
  if (!session)
    return context->messages.fail(session.takeError());
  context->session = std::move(*session);
  return context.release();
}

void normc_context_destroy(normc_context *context) { delete context; }

static normc_module *parse(normc_context *context, StringRef source, StringRef name) {
  mlir::OwningOpRef<mlir::ModuleOp> module;
  if (Error error = runWithLargeStack([&] { module = context->session->parse(source, name); }))
    return context->messages.fail(std::move(error));
  context->messages.flush();
  return module ? new normc_module{context, std::move(module)} : nullptr;
}

normc_module *normc_module_parse(normc_context *context, const char *source, size_t size,
                                 const char *name) {
  if (!source)
    return context->messages.fail(makeError("expected a source, but got NULL"));
  return parse(context, StringRef(source, size), name ? name : "source");
}

normc_module *normc_module_from_spec(normc_context *context, const normc_spec *spec) {
  Expected<std::string> text = readSpec(spec);
  if (!text)
    return context->messages.fail(text.takeError());
  return parse(context, *text, "spec");
}

void normc_module_destroy(normc_module *module) {
  // What is nested deeply is destroyed so too, which the caller's stack may be too small for.
  if (module)
    consumeError(runWithLargeStack([&] { module->module = nullptr; }));
  delete module;
}

//===----------------------------------------------------------------------===//
// Compiling
//===----------------------------------------------------------------------===//

struct normc_artifact {
  CompileResult result;
};

const char *normc_phase_name(int32_t index) {
  ArrayRef<PhaseInfo> phases = getPhases();
  return index >= 0 && size_t(index) < phases.size() ? phases[index].name.data() : nullptr;
}

normc_artifact *normc_compile(normc_module *module, const normc_compile_options *given) {
  Messages &messages = module->context->messages;
  Expected<CompileOptions> options = readOptions(given);
  if (!options)
    return messages.fail(options.takeError());
  if (Error error = checkOptions(*options))
    return messages.fail(std::move(error));
  mlir::FailureOr<CompileResult> result = mlir::failure();
  if (Error error = runWithLargeStack([&] {
        mlir::OwningOpRef<mlir::ModuleOp> copy = module->module->clone();
        result = compile(*copy, *options);
      }))
    return messages.fail(std::move(error));
  messages.flush();
  if (failed(result))
    return nullptr;
  auto *artifact = new normc_artifact{std::move(*result)};
  artifact->result.output.push_back('\0');
  return artifact;
}

const char *normc_artifact_data(const normc_artifact *artifact, size_t *size) {
  *size = artifact->result.output.size() - 1;
  return artifact->result.output.data();
}

const char *normc_artifact_header(const normc_artifact *artifact) {
  return artifact->result.header.c_str();
}

const char *normc_artifact_manifest(const normc_artifact *artifact) {
  return artifact->result.manifest.c_str();
}

const char *normc_artifact_rest(const normc_artifact *artifact) {
  return artifact->result.rest.c_str();
}

void normc_artifact_destroy(normc_artifact *artifact) { delete artifact; }

//===----------------------------------------------------------------------===//
// Compiling into the process
//===----------------------------------------------------------------------===//

struct normc_jit {
  Messages messages;
  Jit jit;
};

struct normc_kernels {
  std::shared_ptr<const JitModule> module;
};

normc_jit *normc_jit_create(const normc_jit_options *given) {
  Expected<normc_jit_options> c = read(given, "normc_jit_options");
  if (!c)
    return Messages(given->on_message, given->user).fail(c.takeError());
  JitOptions options;
  if (c->directory)
    options.directory = c->directory;
  if (c->memory_bytes)
    options.memoryBytes = c->memory_bytes;
  if (c->disk_bytes)
    options.diskBytes = c->disk_bytes;
  options.unload = c->unload;
  Messages messages(c->on_message, c->user);
  return new normc_jit{messages,
                       {options, [&](const Message &message) { messages.tell(message); }}};
}

void normc_jit_destroy(normc_jit *jit) { delete jit; }

normc_kernels *normc_jit_compile(normc_jit *jit, const char *source, size_t size, const char *name,
                                 const normc_compile_options *given) {
  if (!source)
    return jit->messages.fail(makeError("expected a source, but got NULL"));
  Expected<CompileOptions> options = readOptions(given);
  if (!options)
    return jit->messages.fail(options.takeError());
  auto module = jit->jit.get(StringRef(source, size), name ? name : "source", *options,
                             [&](const Message &message) { jit->messages.tell(message); });
  return module ? new normc_kernels{std::move(module)} : nullptr;
}

normc_kernels *normc_jit_spec(normc_jit *jit, const normc_spec *spec,
                              const normc_compile_options *options) {
  Expected<std::string> text = readSpec(spec);
  if (!text)
    return jit->messages.fail(text.takeError());
  return normc_jit_compile(jit, text->data(), text->size(), "spec", options);
}

normrt_kernel_fn normc_kernels_entry(const normc_kernels *kernels, const char *kernel,
                                     normrt_workspace_size_fn *workspace_size) {
  ArrayRef<JitModule::Kernel> all = kernels->module->getKernels();
  for (const JitModule::Kernel &one : all) {
    if (kernel ? one.name != kernel : all.size() != 1)
      continue;
    if (workspace_size)
      *workspace_size = one.workspaceSize;
    return one.entry;
  }
  return nullptr;
}

const char *normc_kernels_manifest(const normc_kernels *kernels) {
  return kernels->module->getManifest().c_str();
}

void normc_kernels_release(normc_kernels *kernels) { delete kernels; }

int32_t normc_jit_get_statistics(const normc_jit *jit, normc_jit_statistics *statistics) {
  Expected<normc_jit_statistics> known = read(statistics, "normc_jit_statistics");
  if (!known || !statistics) {
    if (!known)
      jit->messages.fail(known.takeError());
    return 1;
  }
  JitStatistics found = jit->jit.getStatistics();
  normc_jit_statistics all = {statistics->size,  found.compiled, found.foundInMemory,
                              found.foundOnDisk, found.rejected, found.evicted};
  memcpy(statistics, &all, statistics->size);
  return 0;
}
