//===- Manifest.cpp - kernels described in JSON --------------------------===//
//
// For programs that find kernels at run time: norm-run, libnormrt, python. Its reader is
// lib/Runtime/Manifest.c.
//
//===----------------------------------------------------------------------===//

#include "Interface.h"
#include "normc/Pipelines/Pipelines.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;
using namespace normc;
using mlir::norm::KernelArgument;
using mlir::norm::KernelDim;
using mlir::norm::KernelRequirement;

static std::string toString(mlir::Type type) {
  std::string text;
  raw_string_ostream(text) << type;
  return text;
}

static void writeArgument(json::OStream &json, const KernelArgument &argument) {
  json.object([&] {
    json.attribute("name", argument.name);
    json.attribute("role", argument.role);
    json.attribute("direction", argument.isOutput ? "output" : "input");
    json.attribute("dtype", toString(argument.getElementType()));
    json.attributeArray("shape", [&] {
      for (const KernelDim &dim : argument.shape) {
        if (dim.isStatic())
          json.value(dim.factor);
        else
          json.value(dim.str());
      }
    });
    json.attribute("layout", stringifyKernelLayout(argument.layout));
    json.attribute("alignment", argument.getAlignment());
    if (argument.inplace)
      json.attribute("inplace", int64_t(*argument.inplace));
    else
      json.attribute("inplace", nullptr);
  });
}

static void writeKernel(json::OStream &json, const KernelInterface &kernel) {
  const mlir::norm::KernelSignature &signature = kernel.signature;
  json.object([&] {
    json.attribute("name", signature.name);
    json.attribute("symbol", signature.name);
    json.attribute("workspace_symbol", (signature.name + "_workspace_size").str());
    json.attributeArray("arguments", [&] {
      for (const KernelArgument &argument : signature.arguments)
        writeArgument(json, argument);
    });
    json.attributeArray("requires", [&] {
      for (const KernelRequirement &requirement : signature.requirements)
        json.object([&] {
          json.attributeArray("dims", [&] {
            for (StringRef symbol : requirement.symbols)
              json.value(symbol);
          });
          json.attribute("min", requirement.min);
        });
    });
    json.attributeObject("numerics", [&] {
      json.attribute("accumulate", join(kernel.accumulate, ", "));
      json.attributeArray("orders", [&] {
        for (StringRef order : kernel.orders)
          json.value(order);
      });
    });
    if (!kernel.calls.empty())
      json.attributeArray("calls", [&] {
        auto writeTypes = [&](StringRef name, ArrayRef<std::string> types) {
          json.attributeArray(name, [&] {
            for (StringRef type : types)
              json.value(type);
          });
        };
        for (const KernelInterface::Call &call : kernel.calls)
          json.object([&] {
            json.attribute("symbol", call.symbol);
            writeTypes("inputs", call.inputs);
            writeTypes("outputs", call.outputs);
          });
      });
    if (!kernel.versions.empty()) {
      json.attribute("prepare_symbol", (signature.name + "_prepare").str());
      json.attributeArray("versions", [&] {
        for (const KernelInterface::Version &version : kernel.versions)
          json.object([&] {
            json.attributeArray("targets", [&] {
              for (StringRef target : version.targets)
                json.value(target);
            });
            // A line for each: expressions are nested deeply.
            auto writeLine = [&](const json::Value &value) {
              json.rawValue([&](raw_ostream &line) { line << value; });
            };
            json.attributeBegin("workspace");
            writeLine(*version.launches.get("workspace"));
            json.attributeEnd();
            if (const llvm::json::Array *calls = version.launches.getArray("calls"))
              json.attributeArray("calls", [&] { for_each(*calls, writeLine); });
            json.attributeArray(
                "launches", [&] { for_each(*version.launches.getArray("launches"), writeLine); });
          });
      });
    }
    // The plain road has none.
    json.attribute("schedule", nullptr);
    json.attribute("ir", kernel.ir);
  });
}

/// What a GPU's functions need of it.
static void writeResources(json::OStream &json, ArrayRef<KernelResources> kernels) {
  for (const KernelResources &kernel : kernels)
    json.object([&] {
      json.attribute("function", kernel.function);
      json.attribute("registers", kernel.registers);
      json.attribute("shared_bytes", kernel.sharedBytes);
      json.attribute("stack_bytes", kernel.stackBytes);
      json.attribute("spill_store_bytes", kernel.spillStoreBytes);
      json.attribute("spill_load_bytes", kernel.spillLoadBytes);
    });
}

/// What a loader has to know of a GPU's code, and where in the output it is.
static void writeCode(json::OStream &json, const TargetSpec &target, ArrayRef<GPUImage> images,
                      StringRef output) {
  mlir::norm::NVGPUChip chip = *mlir::norm::getNVGPUChip(target.cpu);
  unsigned version = 0;
  chip.ptx.drop_front(strlen("+ptx")).getAsInteger(10, version);
  json.attribute("arch", chip.arch);
  json.attribute("arch_specific", StringRef(target.cpu).ends_with("a"));
  json.attribute("ptx_version", formatv("{0}.{1}", version / 10, version % 10).str());
  json.attributeArray("images", [&] {
    for (const GPUImage &image : images) {
      size_t offset = output.find(image.code);
      if (image.target.cpu != target.cpu || offset == StringRef::npos)
        continue;
      json.object([&] {
        json.attribute("kind", image.isCubin ? "cubin" : "ptx");
        json.attribute("offset", int64_t(offset));
        json.attribute("bytes", int64_t(image.code.size()));
        if (image.isCubin)
          json.attributeArray("resources", [&] { writeResources(json, image.resources); });
      });
    }
  });
}

std::string normc::makeManifest(ArrayRef<KernelInterface> kernels, const CompileOptions &options,
                                ArrayRef<GPUImage> images, StringRef output) {
  std::string text;
  raw_string_ostream os(text);
  json::OStream json(os, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("format", 1);
    json.attribute("normc", getVersion());
    auto writeTarget = [&](const TargetSpec &target) {
      json.attribute("triple", target.triple.str());
      json.attribute("cpu", target.cpu);
      json.attribute("features", target.getAllFeatures());
    };
    // The first, and where there are several all of them: CPUs in the order in which they are
    // tried.
    json.attributeObject("target", [&] { writeTarget(options.targets.front()); });
    if (options.targets.size() > 1 || options.targets.front().isGPU())
      json.attributeArray("targets", [&] {
        for (const TargetSpec &target : options.targets)
          json.object([&] {
            writeTarget(target);
            if (target.isGPU())
              writeCode(json, target, images, output);
          });
      });
    if (options.phase == Phase::Library && !options.archive && !options.libraryName.empty())
      json.attribute("library", options.libraryName);
    else
      json.attribute("library", nullptr);
    json.attributeArray("kernels", [&] {
      for (const KernelInterface &kernel : kernels)
        writeKernel(json, kernel);
    });
  });
  os << "\n";
  return text;
}
