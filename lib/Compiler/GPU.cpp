//===- GPU.cpp - from a gpu.module to PTX and machine code -------------------===//
//
// PTX by LLVM, with no CUDA toolkit; cubins by ptxas, where there is one.
//
//===----------------------------------------------------------------------===//

#include "BuildId.h"
#include "Interface.h"
#include "normc/Compiler/Emit.h"
#include "normc/Compiler/Output.h"
#include "normc/Conversion/KernelSignature.h"
#include "normc/Pipelines/Pipelines.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/Remarks.h"

#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/Regex.h"
#include "llvm/Target/TargetMachine.h"

using namespace llvm;
using namespace normc;

static Error makeError(const Twine &message) {
  return createStringError(inconvertibleErrorCode(), message);
}

mlir::FailureOr<std::string> normc::emitPTX(mlir::ModuleOp module, const TargetSpec &target) {
  auto modules = module.getOps<mlir::gpu::GPUModuleOp>();
  if (modules.empty())
    return module.emitError("expects GPU kernels, but the module has none");
  mlir::Operation *kernels = *modules.begin();
  std::unique_ptr<TargetMachine> machine = createTargetMachine(target, OptLevel::Aggressive);
  if (!machine)
    return module.emitError("LLVM was built without the target ") << target.triple.str();
  LLVMContext context;
  std::unique_ptr<llvm::Module> llvmModule = translate(kernels, context, target, *machine);
  if (!llvmModule)
    return module.emitError("translation to LLVM IR failed");
  optimize(*llvmModule, *machine);
  auto code = generateCode(*llvmModule, *machine, CodeGenFileType::AssemblyFile);
  if (!code)
    return module.emitError(toString(code.takeError()));
  std::string ptx(code->begin(), code->end());
  // A call that LLVM found no instruction for: PTX that has it does not load.
  SmallVector<StringRef> match;
  if (Regex("\\.extern[ \t]+\\.func[^;]*[ \t)]([A-Za-z_$.][A-Za-z0-9_$.]*)[ \t\n]*\\(")
          .match(ptx, &match))
    return module.emitError("the emitted PTX calls '") << match[1] << "', which nothing defines";
  return ptx;
}

/// The path of ptxas; empty where there is none.
static std::string findPtxas() {
  if (auto found = sys::findProgramByName("ptxas"))
    return *found;
  SmallVector<std::string> folders;
  for (StringRef variable : {"CUDA_HOME", "CUDA_PATH"})
    if (std::optional<std::string> home = sys::Process::GetEnv(variable))
      folders.push_back(*home + "/bin");
  folders.push_back("/usr/local/cuda/bin");
  for (const std::string &folder : folders)
    if (auto found = sys::findProgramByName("ptxas", {folder}))
      return *found;
  return "";
}

bool normc::hasPtxas() { return !findPtxas().empty(); }

std::string normc::identifyPtxas() {
  std::string path = findPtxas();
  return path.empty() ? "" : path + " " + identifyFile(path);
}

/// What ptxas said of every kernel.
static std::vector<KernelResources> readResources(StringRef log) {
  Regex entry("Compiling entry function '([^']*)'"), used("Used ([0-9]+) registers"),
      shared("([0-9]+) bytes smem"),
      memory("([0-9]+) bytes stack frame, ([0-9]+) bytes spill stores, ([0-9]+) bytes spill loads");
  std::vector<KernelResources> found;
  KernelResources next;
  SmallVector<StringRef> match, lines;
  auto number = [&](unsigned group) {
    int64_t value = 0;
    match[group].getAsInteger(10, value);
    return value;
  };
  log.split(lines, '\n');
  for (StringRef line : lines) {
    if (entry.match(line, &match)) {
      next = {match[1].str()};
    } else if (memory.match(line, &match)) {
      next.stackBytes = number(1);
      next.spillStoreBytes = number(2);
      next.spillLoadBytes = number(3);
    } else if (used.match(line, &match)) {
      next.registers = number(1);
      next.sharedBytes = shared.match(line, &match) ? number(1) : 0;
      found.push_back(next);
    }
  }
  return found;
}

/// `gpu-resources` remarks.
static void remarkResources(mlir::Location location, ArrayRef<KernelResources> kernels) {
  auto options = mlir::remark::RemarkOpts::name("Resources").category("gpu-resources");
  for (const KernelResources &kernel : kernels) {
    if (kernel.spillStoreBytes == 0)
      mlir::remark::passed(location, options)
          << mlir::remark::add("{0}: {1} registers, {2} bytes of shared memory", kernel.function,
                               kernel.registers, kernel.sharedBytes);
    else
      mlir::remark::missed(location, options)
          << mlir::remark::add("{0}: {1} registers and {2} bytes that found none, {3} bytes of "
                               "shared memory",
                               kernel.function, kernel.registers, kernel.spillStoreBytes,
                               kernel.sharedBytes)
          << mlir::remark::reason("a thread keeps more than there are registers");
  }
}

Expected<GPUImage> normc::assemblePTX(StringRef ptx, const TargetSpec &target,
                                      mlir::Location location) {
  std::string ptxas = findPtxas();
  if (ptxas.empty())
    return makeError(
        "a cubin needs CUDA's ptxas, which is neither in PATH nor in the folder bin of "
        "CUDA_HOME, CUDA_PATH or /usr/local/cuda; --emit=ptx needs nothing");
  Expected<TemporaryFile> input = TemporaryFile::create("ptx", ptx);
  if (!input)
    return input.takeError();
  Expected<TemporaryFile> output = TemporaryFile::create("cubin", "");
  if (!output)
    return output.takeError();
  Expected<TemporaryFile> log = TemporaryFile::create("log", "");
  if (!log)
    return log.takeError();

  std::string arch = "-arch=" + target.cpu;
  StringRef arguments[] = {ptxas, arch, "-O3", "-v", input->getPath(), "-o", output->getPath()};
  std::optional<StringRef> redirects[] = {StringRef(), StringRef(log->getPath()),
                                          StringRef(log->getPath())};
  std::string message;
  int status = sys::ExecuteAndWait(ptxas, arguments, std::nullopt, redirects, 0, 0, &message);
  auto said = MemoryBuffer::getFile(log->getPath());
  StringRef text = said ? (*said)->getBuffer() : StringRef();
  if (status != 0)
    return makeError("ptxas failed: " + (message.empty() ? text.trim() : StringRef(message)));
  GPUImage image{target, /*isCubin=*/true, "", readResources(text)};
  remarkResources(location, image.resources);
  auto cubin = MemoryBuffer::getFile(output->getPath(), /*IsText=*/false);
  if (!cubin)
    return makeError("cannot read what ptxas wrote: " + cubin.getError().message());
  image.code = (*cubin)->getBuffer().str();
  return image;
}

void normc::embedImages(mlir::ModuleOp module, ArrayRef<GPUImage> images) {
  using namespace mlir::LLVM;
  auto b = mlir::ImplicitLocOpBuilder::atBlockBegin(module.getLoc(), module.getBody());
  auto ptr = LLVMPointerType::get(b.getContext());
  mlir::Type i32 = b.getI32Type(), i64 = b.getI64Type();
  auto addBytes = [&](const Twine &name, std::string bytes, unsigned alignment) {
    auto type = LLVMArrayType::get(b.getI8Type(), bytes.size());
    GlobalOp::create(b, type, /*isConstant=*/true, Linkage::Internal, name.str(),
                     b.getStringAttr(bytes), alignment);
  };
  /// A constant that is computed, since it has addresses.
  auto addRecord = [&](StringRef name, mlir::Type type, function_ref<mlir::Value()> value) {
    auto global = GlobalOp::create(b, type, /*isConstant=*/true, Linkage::Internal, name,
                                   mlir::Attribute(), /*alignment=*/8);
    mlir::OpBuilder::InsertionGuard guard(b);
    b.createBlock(&global.getInitializerRegion());
    ReturnOp::create(b, value());
  };
  auto number = [&](mlir::Type type, int64_t value) -> mlir::Value {
    return ConstantOp::create(b, type, b.getIntegerAttr(type, value));
  };
  auto address = [&](const Twine &name) -> mlir::Value {
    return AddressOfOp::create(b, ptr, name.str());
  };
  auto fill = [&](mlir::Value record, ArrayRef<mlir::Value> fields,
                  ArrayRef<int64_t> prefix) -> mlir::Value {
    for (auto [i, field] : enumerate(fields)) {
      SmallVector<int64_t> position(prefix);
      position.push_back(i);
      record = InsertValueOp::create(b, record, field, position);
    }
    return record;
  };

  SmallVector<std::string> functions;
  for (auto gpuModule : module.getOps<mlir::gpu::GPUModuleOp>())
    for (auto function : gpuModule.getOps<LLVMFuncOp>())
      if (!function.isExternal())
        functions.push_back(function.getName().str());
  std::string prefix = mlir::norm::kGPUModuleSymbol.str();
  for (auto [i, function] : enumerate(functions))
    addBytes(prefix + "_function_" + Twine(i), function + '\0', 1);
  for (auto [i, image] : enumerate(images))
    addBytes(prefix + "_image_" + Twine(i), image.isCubin ? image.code : image.code + '\0', 64);

  auto names = LLVMArrayType::get(ptr, functions.size());
  addRecord(prefix + "_functions", names, [&] {
    SmallVector<mlir::Value> fields;
    for (size_t i = 0; i < functions.size(); ++i)
      fields.push_back(address(prefix + "_function_" + Twine(i)));
    return fill(PoisonOp::create(b, names), fields, {});
  });
  // normrt_gpu_image: kind, arch, flags, reserved, data, size.
  auto imageType = LLVMStructType::getLiteral(b.getContext(), {i32, i32, i32, i32, ptr, i64});
  auto imagesType = LLVMArrayType::get(imageType, images.size());
  addRecord(prefix + "_images", imagesType, [&] {
    mlir::Value record = PoisonOp::create(b, imagesType);
    for (auto [i, image] : enumerate(images)) {
      int64_t arch = mlir::norm::getNVGPUChip(image.target.cpu)->arch;
      bool isSpecific = StringRef(image.target.cpu).ends_with("a");
      int64_t size = image.code.size() + (image.isCubin ? 0 : 1);
      record = fill(record,
                    {number(i32, image.isCubin), number(i32, arch), number(i32, isSpecific),
                     number(i32, 0), address(prefix + "_image_" + Twine(i)), number(i64, size)},
                    {int64_t(i)});
    }
    return record;
  });
  // normrt_gpu_module: size, num_images, images, num_functions, reserved, functions.
  auto type = LLVMStructType::getLiteral(b.getContext(), {i32, i32, ptr, i32, i32, ptr});
  addRecord(prefix, type, [&] {
    return fill(PoisonOp::create(b, type),
                {number(i32, 32), number(i32, images.size()), address(prefix + "_images"),
                 number(i32, functions.size()), number(i32, 0), address(prefix + "_functions")},
                {});
  });
}
