//===- Manifest.cpp - kernels described in JSON --------------------------===//
//
// For programs that find kernels at run time: norm-run, libnormrt, python. Its reader is
// lib/Runtime/Manifest.c.
//
//===----------------------------------------------------------------------===//

#include "Interface.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

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
    if (!kernel.functions.empty()) {
      json.attribute("prepare_symbol", (signature.name + "_prepare").str());
      json.attributeArray("functions", [&] {
        for (const KernelInterface::Function &function : kernel.functions)
          json.object([&] {
            json.attribute("name", function.name);
            json.attribute("threads", function.threads);
            json.attribute("shared_bytes", function.sharedBytes);
            json.attributeArray("parameters", [&] {
              for (const std::string &parameter : function.parameters)
                json.value(parameter);
            });
            if (function.schedule.empty())
              json.attribute("schedule", nullptr);
            else
              json.attribute("schedule", function.schedule);
          });
      });
    }
    // The plain road has none.
    json.attribute("schedule", nullptr);
    json.attribute("ir", kernel.ir);
  });
}

std::string normc::makeManifest(ArrayRef<KernelInterface> kernels, const CompileOptions &options) {
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
    // The first, and where there are several all of them, in the order in which they are tried.
    json.attributeObject("target", [&] { writeTarget(options.targets.front()); });
    if (options.targets.size() > 1)
      json.attributeArray("targets", [&] {
        for (const TargetSpec &target : options.targets)
          json.object([&] { writeTarget(target); });
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
