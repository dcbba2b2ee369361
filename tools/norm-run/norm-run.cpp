//===- norm-run.cpp - runs an emitted kernel -----------------------------===//
//
// Flags, the order of the work, exit status.
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "Npy.h"
#include "Report.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Path.h"

#include <cmath>

using namespace llvm;
using namespace normrun;

namespace {
/// Made in main, when LLVM's own options are gone from the command line: it has a --threads too.
struct Flags {
  cl::OptionCategory category{"norm-run"};
  cl::opt<std::string> library{cl::Positional, cl::Required, cl::desc("LIBRARY"),
                               cl::cat(category)};
  cl::opt<std::string> manifest{"manifest", cl::value_desc("FILE"),
                                cl::desc("The manifest (default: beside the library, .json)"),
                                cl::cat(category)};
  cl::opt<std::string> kernel{"kernel", cl::value_desc("NAME"),
                              cl::desc("The kernel (default: the only one)"), cl::cat(category)};
  cl::list<std::string> inputs{"input", cl::value_desc("[NAME=]F.npy"),
                               cl::desc("An input, in order or by name; others are seeded"),
                               cl::cat(category)};
  cl::list<std::string> outputs{"output", cl::value_desc("[NAME=]F.npy"),
                                cl::desc("Where an output is written, in order or by name"),
                                cl::cat(category)};
  cl::list<std::string> shape{"shape", cl::CommaSeparated, cl::value_desc("r=64,c=4096"),
                              cl::desc("Sizes for the symbols of the kernel's shapes"),
                              cl::cat(category)};
  cl::opt<DeviceKind> device{
      "device", cl::desc("Where it runs (default: cpu)"), cl::init(DeviceKind::CPU),
      cl::values(clEnumValN(DeviceKind::CPU, "cpu", "this machine's processor"),
                 clEnumValN(DeviceKind::CUDA, "cuda", "an NVIDIA GPU"),
                 clEnumValN(DeviceKind::PTXSim, "ptxsim",
                            "a simulator of one, with checks; NORMC_PTXSIM_ARCH=90 and others are "
                            "in normc/PTXSim/Driver.h")),
      cl::cat(category)};
  cl::opt<uint64_t> seed{"seed", cl::init(0), cl::value_desc("N"),
                         cl::desc("Seed of the inputs (default: 0)"), cl::cat(category)};
  cl::opt<int> threads{"threads", cl::init(1), cl::value_desc("N"),
                       cl::desc("Threads (default: 1; 0: NORMRT_NUM_THREADS or all cores)"),
                       cl::cat(category)};
  cl::opt<bool> inPlace{"in-place",
                        cl::desc("Compute outputs in the place of inputs where declared"),
                        cl::cat(category)};
  cl::opt<bool> guardEnd{"guard-end", cl::desc("End every tensor at a page that cannot be touched"),
                         cl::cat(category)};
  cl::opt<bool> check{"check", cl::desc("Compare with the f64 oracle, in ULPs"), cl::cat(category)};
  cl::opt<double> maxUlp{"max-ulp", cl::init(-1), cl::value_desc("X"),
                         cl::desc("--check fails above this error at any element"),
                         cl::cat(category)};
  cl::opt<double> maxScaledUlp{
      "max-scaled-ulp", cl::init(-1), cl::value_desc("X"),
      cl::desc("--check fails above this error in ULPs of the largest element"), cl::cat(category)};
  cl::opt<bool> runBench{"bench",
                         cl::desc("Time the kernel in turns with a copy; ptxsim: count instead"),
                         cl::cat(category)};
  cl::opt<double> benchSeconds{"bench-seconds", cl::init(1), cl::value_desc("X"),
                               cl::desc("How long --bench measures (default: 1)"),
                               cl::cat(category)};
  cl::opt<std::string> jsonFile{"json", cl::value_desc("FILE"),
                                cl::desc("Write the report as JSON (-: instead of the text)"),
                                cl::cat(category)};
};
} // namespace

/// LLVM registers the options of all of its libraries; none is meant for this program.
static void removeForeignOptions() {
  std::vector<cl::Option *> foreign;
  for (auto &[name, option] : cl::getRegisteredOptions())
    if (!name.starts_with("help") && name != "version")
      foreign.push_back(option);
  for (cl::Option *option : foreign)
    option->removeArgument();
}

static Error checkFlags(const Flags &flags) {
  const cl::Option *const onlyOnCPU[] = {&flags.threads, &flags.guardEnd};
  for (const cl::Option *option : onlyOnCPU)
    if (flags.device != DeviceKind::CPU && option->getNumOccurrences())
      return createStringError("--" + option->ArgStr + ": expected --device=cpu with it");
  if (flags.threads < 0 || flags.threads > 1024)
    return createStringError("--threads: expected 0 to 1024, found " + Twine(flags.threads));
  if (!(flags.benchSeconds > 0) || flags.benchSeconds > 3600)
    return createStringError("--bench-seconds: expected more than 0 and at most 3600");
  if (!flags.runBench && flags.benchSeconds.getNumOccurrences())
    return createStringError("--bench-seconds: expected --bench with it");
  for (const cl::opt<double> *limit : {&flags.maxUlp, &flags.maxScaledUlp}) {
    if (limit->getNumOccurrences() && !flags.check)
      return createStringError("--" + limit->ArgStr + ": expected --check with it");
    if (limit->getNumOccurrences() && !(*limit >= 0))
      return createStringError("--" + limit->ArgStr + ": expected 0 or more");
  }
  return Error::success();
}

/// Before the work, so that a wrong path costs no time.
static Error checkWritable(StringRef flag, StringRef path) {
  if (sys::fs::is_directory(path))
    return createStringError(flag + ": cannot write '" + path + "': it is a folder");
  StringRef folder = sys::path::parent_path(path);
  if (!folder.empty() && !sys::fs::is_directory(folder))
    return createStringError(flag + ": cannot write '" + path + "': there is no folder '" + folder +
                             "'");
  return Error::success();
}

static Error checkLimits(const Flags &flags, const Report &report) {
  for (auto [index, result] : enumerate(report.checks)) {
    StringRef name = report.run.getArguments()[report.run.getInputs().size() + index].name;
    if (result.mismatches > 0)
      return createStringError("--check: '" + name +
                               "' is NaN or infinite where the oracle is not, or the reverse");
    if (flags.maxUlp.getNumOccurrences() && result.maxUlp > flags.maxUlp)
      return createStringError("--check: expected '" + name +
                               "' within --max-ulp=" + formatNumber(flags.maxUlp) + ", found " +
                               formatNumber(result.maxUlp) + " ULP");
    if (flags.maxScaledUlp.getNumOccurrences() && result.maxScaledUlp > flags.maxScaledUlp)
      return createStringError("--check: expected '" + name + "' within --max-scaled-ulp=" +
                               formatNumber(flags.maxScaledUlp) + ", found " +
                               formatNumber(result.maxScaledUlp) + " ULP of its largest element");
  }
  return Error::success();
}

static Error measure(const Flags &flags, Report &report, Run &run) {
  Device *device = run.getDevice();
  if (device && device->counts()) {
    report.counted = true;
    return Error::success();
  }
  Expected<BenchResult> result =
      device
          ? benchOnGpu(
                *device, [&] { return run.callAgain(); }, run.getNumBytes(), flags.benchSeconds)
          : bench([&] { run.callAgain(); }, run.getNumBytes(), run.getPool(), flags.benchSeconds);
  if (!result)
    return result.takeError();
  report.bench = *result;
  return Error::success();
}

static Error runAll(const Flags &flags, const RunOptions &options) {
  if (Error error = checkFlags(flags))
    return error;
  if (!flags.jsonFile.empty() && flags.jsonFile != "-")
    if (Error error = checkWritable("--json", flags.jsonFile))
      return error;
  Expected<Run> run = Run::prepare(options);
  if (!run)
    return run.takeError();
  Expected<std::vector<std::string>> files =
      assignFiles("--output", flags.outputs, run->getKernel(), /*outputs=*/true);
  if (!files)
    return files.takeError();
  for (size_t i = 0; i < files->size(); ++i) {
    const std::string &file = (*files)[i];
    if (file.empty())
      continue;
    if (file == flags.jsonFile || is_contained(ArrayRef(*files).take_front(i), file))
      return createStringError("--output: two outputs go to the file '" + file + "'");
    if (Error error = checkWritable("--output", file))
      return error;
  }
  Report report{options, *run, {}, {}, false};
  Oracle oracle;
  if (flags.check) {
    Expected<Oracle> made = makeOracle(run->getKernel());
    if (!made)
      return made.takeError();
    oracle = std::move(*made);
  }

  if (Error error = run->call())
    return error;
  for (size_t i = 0; i < files->size(); ++i)
    if (!(*files)[i].empty())
      if (Error error = writeNpy((*files)[i], run->getOutputs()[i]))
        return createStringError((*files)[i] + ": " + toString(std::move(error)));

  if (flags.check) {
    std::vector<std::vector<int64_t>> shapes;
    for (const Tensor &output : run->getOutputs())
      shapes.push_back(output.getShape().vec());
    Expected<std::vector<Tensor>> expected =
        runOracle(oracle, run->getKernel(), run->getInputs(), shapes);
    if (!expected)
      return expected.takeError();
    for (auto [got, exact] : zip(run->getOutputs(), *expected))
      report.checks.push_back(compareUlp(got, exact));
  }
  if (flags.runBench)
    if (Error error = measure(flags, report, *run))
      return error;

  if (flags.jsonFile != "-")
    printText(report, outs());
  if (!flags.jsonFile.empty())
    if (Error error = writeToOutput(flags.jsonFile, [&](raw_ostream &os) {
          os << formatv("{0:2}", makeJSON(report)) << "\n";
          return Error::success();
        }))
      return createStringError(flags.jsonFile + ": " + toString(std::move(error)));
  return checkLimits(flags, report);
}

/// In the folder of libraries beside that of the program.
static std::string findSimulator(const char *program) {
  // Any address in the program says which it is.
  std::string path = sys::fs::getMainExecutable(program, reinterpret_cast<void *>(&findSimulator));
  // Where it is installed, then where it is built.
  SmallString<128> library;
  for (StringRef folder : {NORMC_LIBDIR, "lib"}) {
    library = sys::path::parent_path(path);
    sys::path::append(library, "..", folder, "libnormptxsim.so");
    sys::path::remove_dots(library, /*remove_dot_dot=*/true);
    if (sys::fs::exists(library))
      break;
  }
  return library.str().str();
}

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  removeForeignOptions();
  Flags flags;
  cl::HideUnrelatedOptions(flags.category);
  cl::SetVersionPrinter([](raw_ostream &os) { os << "norm-run " NORMC_VERSION "\n"; });
  cl::ParseCommandLineOptions(
      argc, argv,
      "Runs a kernel that normc emitted, on .npy files or seeded inputs.\n\n"
      "A bf16 array is a .npy file of '<V2', as numpy.save writes ml_dtypes.bfloat16 (read from\n"
      "'|V2' and '<u2' too), one of f8E4M3FN or f8E5M2 of '<V1' ('|V1' and '|u1' too). Exit\n"
      "status: 0, or 1 with a message.\n");
  RunOptions options;
  options.library = flags.library;
  options.manifest = flags.manifest;
  options.kernel = flags.kernel;
  options.inputs = flags.inputs;
  options.shape = flags.shape;
  options.seed = flags.seed;
  options.device = flags.device;
  options.simulator = findSimulator(argv[0]);
  options.threads = flags.threads;
  options.inPlace = flags.inPlace;
  options.placement = flags.guardEnd ? Placement::AtEnd : Placement::AtBegin;
  if (Error error = runAll(flags, options)) {
    outs().flush();
    errs() << "norm-run: error: " << toString(std::move(error)) << "\n";
    return 1;
  }
  return 0;
}
