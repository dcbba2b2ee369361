//===- Run.cpp - one kernel of a library, ready to be called -------------===//
//
// Everything is checked and read before the kernel is called.
//
//===----------------------------------------------------------------------===//

#include "Run.h"
#include "Inputs.h"
#include "Npy.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

#include <cstring>
#include <map>

using namespace llvm;
using namespace normrun;

static std::string listKernels(const normrt_manifest *manifest) {
  std::vector<std::string> names;
  for (int32_t i = 0; i < normrt_manifest_num_kernels(manifest); ++i)
    names.push_back(normrt_manifest_kernel(manifest, i)->name);
  return names.empty() ? "none" : join(names, ", ");
}

/// A kernel for another processor does not fail, it dies of an illegal instruction.
static Error checkTarget(const normrt_manifest *manifest, StringRef path, DeviceKind device) {
  const char *triple = normrt_manifest_string(manifest, "triple");
  const char *cpu = normrt_manifest_string(manifest, "cpu");
  const char *features = normrt_manifest_string(manifest, "features");
  Triple host(sys::getProcessTriple());
  bool isForGPU = triple && Triple(triple).isNVPTX();
  if (isForGPU && device == DeviceKind::CPU)
    return createStringError(path + ": the library is for a GPU, " + (cpu ? cpu : "NVIDIA's") +
                             ": expected --device=cuda, or --device=ptxsim, which needs none");
  if (triple && !isForGPU && device != DeviceKind::CPU)
    return createStringError(path + ": the library is for " +
                             Triple::getArchTypeName(Triple(triple).getArch()) +
                             ": expected no --device=" + getDeviceName(device));
  // The driver knows what the device can do.
  if (device != DeviceKind::CPU)
    return Error::success();
  if (triple && Triple(triple).getArch() != host.getArch())
    return createStringError(path + ": the library is for " +
                             Triple::getArchTypeName(Triple(triple).getArch()) +
                             ", but this machine is " + Triple::getArchTypeName(host.getArch()));
  if (!features)
    return Error::success();
  StringMap<bool> available = sys::getHostCPUFeatures();
  for (StringRef feature : split(features, ',')) {
    auto it = feature.consume_front("+") ? available.find(feature) : available.end();
    if (it != available.end() && !it->second)
      return createStringError(path + ": the library is for " + (cpu ? cpu : "a processor") +
                               " with " + feature + ", which this machine does not have");
  }
  return Error::success();
}

Error Run::load(const RunOptions &options) {
  char message[1024];
  SmallString<128> path(options.manifest);
  if (path.empty()) {
    path = options.library;
    sys::path::replace_extension(path, "json");
  }
  if (!sys::fs::exists(options.library))
    return createStringError(options.library + ": expected a library, but there is no such file");
  normrt_manifest *parsed;
  if (normrt_manifest_load(path.c_str(), &parsed, message, sizeof message) != NORMRT_OK)
    return createStringError(
        message + Twine(options.manifest.empty() ? " (--manifest=FILE names another one)" : ""));
  manifest.reset(parsed);
  if (!options.kernel.empty())
    kernel = normrt_manifest_find(parsed, options.kernel.c_str());
  else if (normrt_manifest_num_kernels(parsed) == 1)
    kernel = normrt_manifest_kernel(parsed, 0);
  if (!kernel)
    return createStringError(path +
                             (options.kernel.empty()
                                  ? ": --kernel=NAME has to say which kernel"
                                  : ": there is no kernel '" + options.kernel + "'") +
                             "; the kernels are: " + listKernels(parsed));
  if (Error error = checkTarget(parsed, options.library, options.device))
    return error;
  normrt_library *opened;
  if (normrt_library_open(options.library.c_str(), &opened, message, sizeof message) != NORMRT_OK)
    return createStringError(message);
  library.reset(opened);
  if (normrt_library_kernel(opened, kernel, &function, &workspaceSize, message, sizeof message) !=
      NORMRT_OK)
    return createStringError(message);
  return Error::success();
}

static std::string listNames(ArrayRef<const normrt_argument *> arguments) {
  return join(map_range(arguments, [](const auto *a) { return std::string(a->name); }), ", ");
}

Expected<std::vector<std::string>> normrun::assignFiles(StringRef flag, ArrayRef<std::string> items,
                                                        const normrt_kernel &kernel, bool outputs) {
  std::vector<const normrt_argument *> arguments;
  for (const normrt_argument &argument : ArrayRef(kernel.arguments, kernel.num_arguments))
    if (bool(argument.is_output) == outputs)
      arguments.push_back(&argument);
  std::vector<std::string> files(arguments.size());
  for (StringRef item : items) {
    StringRef name = item.split('=').first, file = item.split('=').second;
    auto named = find_if(arguments, [&](const auto *argument) {
      return item.contains('=') && name == argument->name;
    });
    size_t index = named - arguments.begin();
    if (named == arguments.end()) {
      file = item;
      index = find(files, "") - files.begin();
    }
    if (index == files.size())
      return createStringError(flag + ": expected at most " + Twine(files.size()) + " files, for " +
                               listNames(arguments) + ", found '" + item + "' too");
    if (file.empty())
      return createStringError(flag + ": expected the name of a file in '" + item + "'");
    if (!files[index].empty())
      return createStringError(flag + ": expected one file for '" + name + "', found '" +
                               files[index] + "' and '" + file + "'");
    files[index] = file.str();
  }
  return files;
}

Error Run::fillInputs(const RunOptions &options) {
  Expected<std::vector<std::string>> files =
      assignFiles("--input", options.inputs, *kernel, /*outputs=*/false);
  if (!files)
    return files.takeError();
  std::vector<NpyArray> arrays(files->size());
  std::vector<KnownShape> known;
  for (auto [index, file] : enumerate(*files)) {
    if (file.empty())
      continue;
    Expected<NpyArray> array = readNpy(file);
    if (!array)
      return array.takeError();
    arrays[index] = std::move(*array);
    known.push_back({&kernel->arguments[index], file, arrays[index].shape});
  }
  Expected<Symbols> bound = Symbols::bind(*kernel, options.shape, known);
  if (!bound)
    return bound.takeError();
  symbols = std::move(*bound);

  for (auto [index, file] : enumerate(*files)) {
    const normrt_argument &argument = kernel->arguments[index];
    Expected<std::vector<int64_t>> shape = symbols.getShape(argument);
    if (!shape)
      return shape.takeError();
    Expected<Tensor> tensor = Tensor::allocate(argument.dl_dtype, *shape, options.placement);
    if (!tensor)
      return createStringError("'" + Twine(argument.name) + "': " + toString(tensor.takeError()));
    if (file.empty()) {
      fillSeeded(*tensor, chooseFill(argument), options.seed, index);
      sources.push_back("seed " + std::to_string(options.seed));
    } else {
      if (Error error = copyNpy(arrays[index], *tensor))
        return error;
      arrays[index].data.clear();
      arrays[index].data.shrink_to_fit();
      sources.push_back(file);
    }
    inputs.push_back(std::move(*tensor));
  }
  return Error::success();
}

Error Run::makeOutputs(const RunOptions &options) {
  for (const Tensor &input : inputs)
    views.push_back(input.view());
  for (const normrt_argument &argument : getArguments().drop_front(inputs.size())) {
    Expected<std::vector<int64_t>> shape = symbols.getShape(argument);
    if (!shape)
      return shape.takeError();
    Expected<Tensor> tensor = Tensor::allocate(argument.dl_dtype, *shape, options.placement);
    if (!tensor)
      return createStringError("'" + Twine(argument.name) + "': " + toString(tensor.takeError()));
    // NaN in every float type: an element that the kernel forgets shows.
    if (tensor->getNumBytes() > 0)
      std::memset(tensor->data(), 0xff, tensor->getNumBytes());
    views.push_back(tensor->view());
    sources.push_back("");
    if (options.inPlace && argument.inplace >= 0) {
      // The tensor of the input keeps its values for --check; the kernel sees the output's memory.
      const Tensor &input = inputs[argument.inplace];
      if (input.getShape() != tensor->getShape() || input.getNumBytes() != tensor->getNumBytes())
        return createStringError("--in-place: expected '" + Twine(argument.name) +
                                 "' of the same shape and type as '" +
                                 kernel->arguments[argument.inplace].name + "'");
      if (input.getNumBytes() > 0)
        std::memcpy(tensor->data(), input.data(), input.getNumBytes());
      views[argument.inplace] = tensor->view();
      sources.back() = "in place of " + std::string(kernel->arguments[argument.inplace].name);
    }
    outputs.push_back(std::move(*tensor));
  }
  // The views point to the tensors' shapes, which stay where they are when the tensors move.
  for (const DLTensor &view : views)
    args.push_back(&view);
  if (options.inPlace && none_of(sources, [](StringRef s) { return s.starts_with("in place"); }))
    return createStringError("--in-place: kernel '" + Twine(kernel->name) +
                             "' declares no output in the place of an input");
  return Error::success();
}

Error Run::makeContext(const RunOptions &options) {
  if (options.threads != 1) {
    pool.reset(normrt_pool_create(options.threads));
    if (!pool)
      return createStringError("--threads: cannot make a pool of " + Twine(options.threads) +
                               " threads");
  }
  normrt_context_init(&context, pool.get());
  return Error::success();
}

Error Run::openDevice(const RunOptions &options) {
  const char *arch = normrt_manifest_string(manifest.get(), "cpu");
  Expected<std::unique_ptr<Device>> opened =
      Device::open(options.device, options.simulator, arch ? arch : "");
  if (!opened)
    return opened.takeError();
  device = std::move(*opened);
  context = device->getContext();
  // All scratch is in the workspace, as it is for a graph that is launched again.
  context.allocate = nullptr;
  return Error::success();
}

Error Run::moveToDevice() {
  memories.resize(views.size());
  // Outputs first: an input in the place of one is in its memory.
  std::map<void *, void *> places;
  for (size_t i = views.size(); i-- > 0;) {
    DLTensor &view = views[i];
    const normrt_argument &argument = kernel->arguments[i];
    view.device = {kDLCUDA, context.gpu_device};
    auto [place, isNew] = places.try_emplace(view.data, nullptr);
    if (isNew) {
      Expected<DeviceMemory> memory = device->allocate(getTensor(i).getNumBytes());
      if (!memory)
        return createStringError("'" + Twine(argument.name) + "': " + toString(memory.takeError()));
      if (Error error = device->copyIn(memory->data(), view.data, getTensor(i).getNumBytes()))
        return error;
      bool isFresh = argument.is_output && !StringRef(sources[i]).starts_with("in place");
      device->mark(*memory,
                   argument.is_output ? NORMPTXSIM_MUST_WRITE | (isFresh ? NORMPTXSIM_UNDEFINED : 0)
                                      : NORMPTXSIM_READ_ONLY,
                   argument.name);
      place->second = memory->data();
      memories[i] = std::move(*memory);
    }
    view.data = place->second;
  }
  return Error::success();
}

Error Run::makeWorkspace() {
  int64_t bytes = workspaceSize ? workspaceSize(args.data(), int32_t(args.size())) : 0;
  if (bytes < 0)
    return createStringError(describe(int32_t(-bytes)));
  if (bytes == 0)
    return Error::success();
  if (device) {
    // A simulated driver may not align its memory.
    Expected<DeviceMemory> memory = device->allocate(bytes + NORMRT_WORKSPACE_ALIGNMENT);
    if (!memory)
      return createStringError("the workspace: " + toString(memory.takeError()));
    deviceWorkspace = std::move(*memory);
    device->mark(deviceWorkspace, NORMPTXSIM_UNDEFINED, "the workspace");
    context.workspace = reinterpret_cast<void *>(
        alignTo(reinterpret_cast<uintptr_t>(deviceWorkspace.data()), NORMRT_WORKSPACE_ALIGNMENT));
  } else {
    Expected<Buffer> buffer = Buffer::allocate(bytes);
    if (!buffer)
      return createStringError("the workspace: " + toString(buffer.takeError()));
    workspace = std::move(*buffer);
    context.workspace = workspace.data();
  }
  context.workspace_bytes = bytes;
  return Error::success();
}

Expected<Run> Run::prepare(const RunOptions &options) {
  Run run;
  bool isGPU = options.device != DeviceKind::CPU;
  if (Error error = run.load(options))
    return error;
  if (Error error = isGPU ? run.openDevice(options) : run.makeContext(options))
    return error;
  if (Error error = run.fillInputs(options))
    return error;
  if (Error error = run.makeOutputs(options))
    return error;
  if (isGPU)
    if (Error error = run.moveToDevice())
      return error;
  if (Error error = run.makeWorkspace())
    return error;
  return run;
}

std::string Run::describe(int32_t rc) const {
  // What libnormrt says of a launch has more words than its code.
  if (device && NORMRT_ERROR_CODE(rc) >= NORMRT_ERROR_FILE)
    return "kernel '" + std::string(kernel->name) + "' fails: " + normrt_cuda_error_text();
  char text[512];
  normrt_error_string(rc, text, sizeof text);
  std::string message = "kernel '" + std::string(kernel->name) + "' refuses the call: " + text;
  int32_t index = NORMRT_ERROR_ARG(rc);
  if (index >= 0 && index < kernel->num_arguments) {
    const Tensor &tensor = getTensor(index);
    message += "; args[" + std::to_string(index) + "] is '" + kernel->arguments[index].name +
               "', " + getTypeName(tensor.getType()) + " " + formatShape(tensor.getShape());
  }
  return message;
}

Error Run::readBack() {
  int32_t rc = normrt_cuda_synchronize(&context);
  if (rc != NORMRT_OK)
    return createStringError(describe(rc));
  counts.total = device->getCounts();
  for (const DeviceMemory &memory : memories)
    counts.arguments.push_back(device->getTraffic(memory));
  for (auto [index, output] : enumerate(outputs)) {
    size_t argument = inputs.size() + index;
    if (Error error =
            device->copyOut(output.data(), memories[argument].data(), output.getNumBytes()))
      return createStringError("'" + Twine(kernel->arguments[argument].name) +
                               "': " + toString(std::move(error)));
  }
  return Error::success();
}

Error Run::call() {
  if (device)
    device->resetCounts();
  int32_t rc = callAgain();
  if (rc != NORMRT_OK)
    return createStringError(describe(rc));
  return device ? readBack() : Error::success();
}

uint64_t Run::getNumBytes() const {
  uint64_t bytes = 0;
  for (const Tensor &tensor : inputs)
    bytes += tensor.getNumBytes();
  for (const Tensor &tensor : outputs)
    bytes += tensor.getNumBytes();
  return bytes;
}
