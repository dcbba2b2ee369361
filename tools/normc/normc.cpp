//===- normc.cpp - the normalization-kernel compiler ---------------------===//
//
// Flags, files and exit status. The work is lib/Compiler's.
//
//===----------------------------------------------------------------------===//

#include "Progress.h"

#include "normc/Compiler/Compiler.h"
#include "normc/Compiler/Output.h"
#include "normc/Compiler/Session.h"
#include "normc/Compiler/Spec.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Support/FileUtilities.h"

#include "llvm/Config/llvm-config.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Regex.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/WithColor.h"

using namespace llvm;
using namespace normc;

static cl::OptionCategory category("normc options");

static cl::opt<std::string> inputFile(cl::Positional, cl::desc("<input.mlir, or - for stdin>"),
                                      cl::cat(category));
static cl::list<std::string>
    targetNames("target", cl::CommaSeparated, cl::value_desc("machine"), cl::cat(category),
                cl::desc("host, an x86-64 or aarch64 CPU by LLVM's name, as x86-64-v3, znver5 or "
                         "aarch64:neoverse-v2, or an NVIDIA GPU, as sm_90 (default: host). Of "
                         "several x86-64 CPUs, best first, "
                         "the kernels for the first that can run them are picked at run time"));
static cl::opt<Phase> emitPhase("emit", cl::value_desc("phase"), cl::cat(category),
                                cl::desc("What to emit (default: by the ending of -o)"));
static cl::opt<std::string> outputFile("o", cl::value_desc("file"), cl::cat(category),
                                       cl::desc("Where to; - is standard output"));
static cl::opt<std::string> headerFile("header", cl::value_desc("F.h"), cl::cat(category),
                                       cl::desc("Also write a C and C++ header for the kernels"));
static cl::opt<std::string> manifestFile("manifest", cl::value_desc("F.json"), cl::cat(category),
                                         cl::desc("Also write the kernels' description as JSON"));
static cl::opt<std::string>
    outlineMode("outline", cl::value_desc("calls|host"), cl::cat(category),
                cl::desc("Take the normalizations of whole functions: calls, a kernel for each, or "
                         "host, a kernel that calls functions for the rest. Needs --rest"));
static cl::opt<std::string>
    restFile("rest", cl::value_desc("F.mlir"), cl::cat(category),
             cl::desc("Where to, with --outline: what is left for another compiler"));
static cl::opt<bool> reference("reference", cl::cat(category),
                               cl::desc("Plain loops instead of vectors: slow, the same bits"));
static cl::opt<int64_t>
    parallelBytes("parallel-bytes", cl::value_desc("number"), cl::cat(category),
                  cl::desc("Loops whose buffers have fewer bytes stay on the calling "
                           "thread (default: 524288)"));
static cl::opt<std::string>
    remarksOf("remarks", cl::value_desc("regex"), cl::cat(category),
              cl::desc("Print what was decided and why, of the categories that "
                       "match, as norm-schedule or code-size"));
static cl::list<std::string>
    dividedDims("partial", cl::CommaSeparated, cl::value_desc("dimensions"), cl::cat(category),
                cl::desc("Divide kernels among ranks along these dimensions of --emit=generic's "
                         "iter, as c: a rank's statistics, their merge, and the rest"));
static cl::opt<std::string> sanitize("sanitize", cl::value_desc("address"), cl::cat(category),
                                     cl::desc("Check loads and stores by AddressSanitizer; the "
                                              "program needs its runtime"));

// A kernel described on the command line.
static cl::OptionCategory specCategory("a kernel without a file",
                                       "Compiles, or prints with --emit=generic, the module that "
                                       "the flags stand for");
static cl::opt<std::string> opName("op", cl::value_desc("name"), cl::cat(specCategory),
                                   cl::desc("layer_norm, rms_norm, batch_norm, instance_norm or "
                                            "group_norm"));
static cl::opt<std::string> shape("shape", cl::value_desc("?x4096"), cl::cat(specCategory),
                                  cl::desc("The input's sizes; ? is known at run time"));
static cl::opt<std::string> dtype("dtype", cl::value_desc("f32|f64|f16|bf16|f8E4M3FN|f8E5M2"),
                                  cl::cat(specCategory), cl::desc("The tensors' type"));
static cl::opt<std::string> paramDtype("param-dtype", cl::value_desc("type"), cl::cat(specCategory),
                                       cl::desc("The type of scale and bias (default: --dtype)"));
static cl::opt<bool> noScale("no-scale", cl::cat(specCategory), cl::desc("Without a scale"));
static cl::opt<bool> noBias("no-bias", cl::cat(specCategory), cl::desc("Without a bias"));
static cl::opt<std::string> eps("eps", cl::value_desc("number"), cl::cat(specCategory),
                                cl::desc("Default: the preset's, else 1e-5"));
static cl::opt<std::string> preset("preset", cl::value_desc("name"), cl::cat(specCategory),
                                   cl::desc("torch (default but for eps), hf_llama, gemma, "
                                            "onnx, keras or flax"));
static cl::opt<std::string> kernelName("name", cl::value_desc("identifier"), cl::cat(specCategory),
                                       cl::desc("The kernel's name (default: the operation's)"));
static cl::opt<std::string> axes("axes", cl::value_desc("1,2"), cl::cat(specCategory),
                                 cl::desc("Dimensions of a row (default: the last)"));
static cl::opt<std::string> layout("layout", cl::value_desc("channels_first|channels_last"),
                                   cl::cat(specCategory), cl::desc("Where the channels are"));
static cl::opt<std::string> groups("groups", cl::value_desc("number"), cl::cat(specCategory),
                                   cl::desc("Groups of channels, or of a row of rms_norm"));
static cl::opt<std::string> momentum("momentum", cl::value_desc("number"), cl::cat(specCategory),
                                     cl::desc("Of running statistics (default: the preset's)"));
static cl::opt<bool> noRunning("no-running", cl::cat(specCategory),
                               cl::desc("Training without running statistics"));
static cl::opt<bool> training("training", cl::cat(specCategory),
                              cl::desc("batch_norm: statistics of the batch instead of given "
                                       "ones"));
static cl::opt<bool> backward("backward", cl::cat(specCategory), cl::desc("The gradients"));
static cl::opt<bool> saveStats("save-stats", cl::cat(specCategory),
                               cl::desc("Also return mean and rstd of every group; with "
                                        "--backward, read them"));

static int fail(const Twine &message) {
  WithColor::error(errs(), "normc") << message << "\n";
  return 1;
}

static void printVersion(raw_ostream &os) {
  os << "normc " << getVersion() << "\n"
     << "LLVM " << LLVM_VERSION_STRING << "\n"
     << "targets: x86-64, aarch64, nvptx\n"
     << "host: " << getHostTarget().triple.getArchName() << ", " << getHostTarget().cpu << "\n";
}

/// What the ending of an output's name says, if it says anything.
static std::optional<Phase> getPhaseOfFile(StringRef path) {
  return StringSwitch<std::optional<Phase>>(sys::path::extension(path))
      .Case(".ll", Phase::LLVM)
      .Case(".s", Phase::Assembly)
      .Case(".o", Phase::Object)
      .Case(".ptx", Phase::PTX)
      .Case(".cubin", Phase::Cubin)
      .Cases({".so", ".a"}, Phase::Library)
      .Default(std::nullopt);
}

/// The description's module. The names of flags that were given without --op, if there are any.
static Expected<std::string> readSpec() {
  KernelSpec spec;
  spec.op = opName;
  std::string given;
  auto take = [&](const auto &flag, auto &value) {
    if (!flag.getNumOccurrences())
      return;
    value = flag.getValue();
    given = flag.ArgStr.str();
  };
  take(shape, spec.shape);
  take(dtype, spec.dtype);
  take(paramDtype, spec.paramDtype);
  take(eps, spec.eps);
  take(preset, spec.preset);
  take(kernelName, spec.name);
  take(axes, spec.axes);
  take(layout, spec.layout);
  take(groups, spec.groups);
  take(momentum, spec.momentum);
  take(noScale, spec.noScale);
  take(noBias, spec.noBias);
  take(noRunning, spec.noRunning);
  take(training, spec.training);
  take(backward, spec.backward);
  take(saveStats, spec.saveStats);
  auto error = [](const Twine &message) {
    return createStringError(inconvertibleErrorCode(), message);
  };
  if (!opName.getNumOccurrences()) {
    if (!given.empty())
      return error("--" + given + " describes a kernel together with --op, which is not there");
    if (inputFile.empty())
      return error("expected an input file, - for standard input, or --op=…");
    return std::string();
  }
  if (!inputFile.empty())
    return error("expected an input file or --op, but got both '" + inputFile +
                 "' and --op=" + opName);
  return makeModuleText(spec);
}

/// Settles what to emit and where to, from --emit and -o.
static Error settleOutput(CompileOptions &options) {
  auto error = [](const Twine &message) {
    return createStringError(inconvertibleErrorCode(), message);
  };
  if (outputFile.getNumOccurrences() && outputFile.empty())
    return error("expected the name of an output file after -o, but got an empty one");
  std::optional<Phase> byName = getPhaseOfFile(outputFile);
  if (emitPhase.getNumOccurrences())
    options.phase = emitPhase;
  else if (byName)
    options.phase = *byName;
  else if (outputFile.empty() &&
           (!headerFile.empty() || !manifestFile.empty() || !restFile.empty()))
    return Error::success();
  else
    return error("nothing says what to emit: give --emit=…, or -o with an ending .ll, .s, .o, "
                 ".ptx, .cubin, .so or .a");
  const PhaseInfo &info = getPhases()[static_cast<size_t>(options.phase)];
  if (byName && *byName != options.phase)
    return error("--emit=" + info.name + " contradicts -o " + outputFile + ", which is '" +
                 getPhases()[static_cast<size_t>(*byName)].name + "' by its ending");
  if (outputFile.empty()) {
    if (!info.isText)
      return error("--emit=" + info.name + " is not text: expected -o with a file, or -o -");
    outputFile = "-";
  }
  options.archive = sys::path::extension(outputFile) == ".a";
  if (options.phase == Phase::Library && outputFile != "-")
    options.libraryName = sys::path::filename(outputFile).str();
  return Error::success();
}

/// Settles what becomes of functions that do more than normalize.
static Error settleOutline(CompileOptions &options) {
  auto error = [](const Twine &message) {
    return createStringError(inconvertibleErrorCode(), message);
  };
  if (!outlineMode.getNumOccurrences()) {
    if (restFile.getNumOccurrences())
      return error("--rest is what --outline=calls or --outline=host leaves, which is not there");
    return Error::success();
  }
  options.outline = StringSwitch<OutlineMode>(outlineMode)
                        .Case("calls", OutlineMode::Calls)
                        .Case("host", OutlineMode::Host)
                        .Default(OutlineMode::None);
  if (options.outline == OutlineMode::None)
    return error("expected --outline=calls or --outline=host, but got '" + outlineMode + "'");
  if (!restFile.getNumOccurrences())
    return error("--outline=" + outlineMode +
                 " leaves a part for another compiler: expected "
                 "--rest=F.mlir for it");
  return Error::success();
}

static int run() {
  CompileOptions options;
  if (!targetNames.getNumOccurrences())
    options.targets.push_back(getHostTarget());
  for (const std::string &name : targetNames) {
    Expected<TargetSpec> target = parseTarget(name);
    if (!target)
      return fail(toString(target.takeError()));
    options.targets.push_back(*target);
  }
  Expected<std::string> described = readSpec();
  if (!described)
    return fail(toString(described.takeError()));
  if (Error error = settleOutput(options))
    return fail(toString(std::move(error)));
  options.divided.assign(dividedDims.begin(), dividedDims.end());
  if (dividedDims.getNumOccurrences() &&
      (options.divided.empty() || is_contained(options.divided, "")))
    return fail("expected names of dimensions in --partial=c, with a comma between two, but got an "
                "empty one");
  if (Error error = settleOutline(options))
    return fail(toString(std::move(error)));
  options.reference = reference;
  if (sanitize.getNumOccurrences() && sanitize != "address")
    return fail("expected --sanitize=address, but got '" + sanitize + "'");
  options.sanitizeAddress = sanitize.getNumOccurrences() != 0;
  if (Error error = checkOptions(options))
    return fail(toString(std::move(error)));
  if (parallelBytes.getNumOccurrences()) {
    if (parallelBytes < 0)
      return fail("expected --parallel-bytes to be 0 or more, but got " + Twine(parallelBytes));
    options.parallelBytes = parallelBytes;
  }
  options.header = !headerFile.empty();
  options.manifest = !manifestFile.empty();

  // LLD, inside the process, sets every flag back to its default: from here on, none is read.
  const std::string input = inputFile, output = outputFile, header = headerFile,
                    manifest = manifestFile, rest = restFile, remarkFilter = remarksOf;
  std::string regexError;
  if (!remarkFilter.empty() && !Regex(remarkFilter).isValid(regexError))
    return fail("expects a regular expression in --remarks=" + remarkFilter + ": " + regexError);
  SmallVector<OutputFile> files;
  if (!output.empty())
    files.push_back({output, "", options.phase == Phase::Library && !options.archive});
  if (options.header)
    files.push_back({header, ""});
  if (options.manifest)
    files.push_back({manifest, ""});
  if (options.outline != OutlineMode::None)
    files.push_back({rest, ""});
  if (Error error = checkOutputs(files, {input}))
    return fail(toString(std::move(error)));

  Progress progress;
  auto step = [&](StringRef what) { progress.step(what); };
  options.progress = step;

  mlir::DialectRegistry registry;
  registerCompilerDialects(registry);
  // A thread pool costs more than it gives to one small module.
  mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
  // The operation in full, which may be the whole module, hides the message.
  context.printOpOnDiagnostic(false);
  if (!remarkFilter.empty()) {
    mlir::remark::RemarkCategories categories;
    categories.passed = categories.missed = categories.analysis = categories.failed = remarkFilter;
    if (failed(mlir::remark::enableOptimizationRemarks(
            context, nullptr, std::make_unique<mlir::remark::RemarkEmittingPolicyAll>(), categories,
            /*printAsEmitRemarks=*/true)))
      return 1;
  }
  SourceMgr sources;
  mlir::SourceMgrDiagnosticHandler diagnostics(sources, &context);
  std::string message;
  std::unique_ptr<MemoryBuffer> buffer;
  if (!described->empty()) {
    buffer = MemoryBuffer::getMemBufferCopy(*described, "--op");
  } else if (input != "-" && sys::fs::is_directory(input)) {
    return fail("cannot read '" + input + "': it is a folder");
  } else {
    buffer = mlir::openInputFile(input, &message);
    if (!buffer)
      return fail(message);
    buffer = copySource(buffer->getBuffer(), buffer->getBufferIdentifier());
  }
  StringRef source = buffer->getBuffer(), name = buffer->getBufferIdentifier();
  sources.AddNewSourceBuffer(std::move(buffer), SMLoc());
  if (failed(checkNesting(context, source, name)))
    return 1;
  mlir::OwningOpRef<mlir::ModuleOp> module =
      mlir::parseSourceFile<mlir::ModuleOp>(sources, &context);
  if (!module)
    return 1;
  mlir::FailureOr<CompileResult> result = compile(*module, options);
  if (failed(result))
    return 1;

  for (OutputFile &file : files) {
    if (&file == files.begin() && !output.empty())
      file.contents = StringRef(result->output.data(), result->output.size());
    else
      file.contents = file.path == header     ? result->header
                      : file.path == manifest ? result->manifest
                                              : result->rest;
  }
  if (Error error = writeOutputs(files))
    return fail(toString(std::move(error)));
  return 0;
}

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  for (const PhaseInfo &info : getPhases())
    emitPhase.getParser().addLiteralOption(info.name, info.phase, info.description);
  cl::HideUnrelatedOptions({&category, &specCategory});
  cl::SetVersionPrinter(printVersion);
  cl::ParseCommandLineOptions(argc, argv, "normc: normalization kernels from MLIR\n");

  // LLVM ends the process where it meets what it cannot do; that is an error too, not a crash.
  install_fatal_error_handler([](void *, const char *reason, bool) {
    errs() << "normc: error: LLVM: " << reason << "\n";
    sys::RunInterruptHandlers();
    sys::Process::Exit(1, /*NoCleanup=*/true);
  });
  CrashRecoveryContext::Enable();
  CrashRecoveryContext recovery;
  int status = 1;
  bool isSafe = false;
  if (Error error =
          runWithLargeStack([&] { isSafe = recovery.RunSafely([&] { status = run(); }); }))
    return fail(toString(std::move(error)));
  if (!isSafe) {
    errs() << "normc: error: internal error (signal " << recovery.RetCode - 128
           << "); this is a bug of normc\n";
    sys::RunInterruptHandlers();
    sys::Process::Exit(1, /*NoCleanup=*/true);
  }
  return status;
}
