//===- Spec.cpp - a kernel described by flags ----------------------------===//
//
// Writes text, not operations: what a user sees with --emit=generic, and could have written, is
// exactly what is compiled.
//
//===----------------------------------------------------------------------===//

#include "normc/Compiler/Spec.h"
#include "normc/Compiler/Compiler.h"
#include "normc/IR/Presets.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace llvm;
using namespace normc;

static Error makeError(const Twine &message) {
  return createStringError(inconvertibleErrorCode(), message);
}

static constexpr int64_t dynamic = -1;

namespace {
class ModuleWriter {
public:
  explicit ModuleWriter(const KernelSpec &spec) : spec(spec) {}
  Expected<std::string> run();

private:
  Error readTypes();
  Error readShape();
  Error readAxes();
  Error readNumerics();
  Error checkFlags();
  std::string write();

  std::string tensorType(ArrayRef<int64_t> sizes, StringRef element) const {
    std::string text = "tensor<";
    for (int64_t size : sizes)
      text += (size == dynamic ? "?" : std::to_string(size)) + "x";
    return text + element.str() + ">";
  }
  /// Writes an uninitialized tensor with the sizes that the first dimensions of `x` have.
  std::string writeEmpty(raw_ostream &os, StringRef name, ArrayRef<int64_t> sizes,
                         StringRef element) const {
    SmallVector<std::string> dims;
    for (auto [i, size] : enumerate(sizes))
      if (size == dynamic)
        dims.push_back("%n" + std::to_string(i));
    std::string type = tensorType(sizes, element);
    os << "  %" << name << " = tensor.empty(" << join(dims, ", ") << ") : " << type << "\n";
    return type;
  }

  const KernelSpec &spec;
  StringRef dtype = "f32", paramDtype;
  SmallVector<int64_t> shape;
  SmallVector<int64_t> axes;
  double eps = 1e-5;
  StringRef attributes;
};
} // namespace

static Error checkType(StringRef flag, StringRef type) {
  if (is_contained({"f32", "f64", "f16", "bf16"}, type))
    return Error::success();
  return makeError("expected --" + flag + " to be f32, f64, f16 or bf16, but got '" + type + "'");
}

Error ModuleWriter::readTypes() {
  if (!spec.dtype)
    return makeError("--op needs the tensors' type: give --dtype=f32, f64, f16 or bf16");
  dtype = *spec.dtype;
  if (Error error = checkType("dtype", dtype))
    return error;
  paramDtype = spec.paramDtype ? StringRef(*spec.paramDtype) : dtype;
  return checkType("param-dtype", paramDtype);
}

Error ModuleWriter::readShape() {
  if (!spec.shape)
    return makeError("--op needs the input's shape: give --shape, as --shape=?x4096");
  SmallVector<StringRef> sizes;
  StringRef(*spec.shape).split(sizes, 'x');
  for (StringRef size : sizes) {
    int64_t value = dynamic;
    if (size != "?" && (size.getAsInteger(10, value) || value < 0))
      return makeError(
          "expected --shape to be sizes or ? with x between them, as ?x4096, but got '" +
          *spec.shape + "'");
    shape.push_back(value);
  }
  return Error::success();
}

Error ModuleWriter::readAxes() {
  int64_t rank = shape.size();
  if (!spec.axes) {
    axes = {rank - 1};
  } else {
    SmallVector<StringRef> words;
    StringRef(*spec.axes).split(words, ',');
    for (StringRef word : words) {
      int64_t axis;
      if (word.trim().getAsInteger(10, axis) || axis < -rank || axis >= rank)
        return makeError("expected --axes to be dimensions of a rank-" + Twine(rank) +
                         " shape, as -1 or 1,2, but got '" + *spec.axes + "'");
      axes.push_back(axis < 0 ? axis + rank : axis);
    }
  }
  for (auto [i, axis] : enumerate(axes))
    if (axis != rank - int64_t(axes.size()) + int64_t(i))
      return makeError("expected --axes to be the last dimensions in order, but got '" +
                       *spec.axes + "' for a rank-" + Twine(rank) + " shape");
  return Error::success();
}

Error ModuleWriter::readNumerics() {
  if (spec.preset) {
    const mlir::norm::Preset *found = mlir::norm::findPreset(*spec.preset, spec.op);
    if (!found) {
      SmallVector<std::string> known;
      for (const mlir::norm::Preset &preset : mlir::norm::getPresets())
        if (preset.op == spec.op)
          known.push_back(("'" + preset.name + "'").str());
      return makeError("expected --preset for " + spec.op + " to be one of " + join(known, ", ") +
                       ", but got '" + *spec.preset + "'");
    }
    eps = found->getEps(dtype == "f64" ? 64 : 32);
    attributes = found->clauses;
    if (spec.noScale && attributes.contains("weight_offset"))
      return makeError("--no-scale contradicts --preset=" + *spec.preset +
                       ", which adds 1 to the scale");
  }
  if (spec.eps) {
    if (StringRef(*spec.eps).getAsDouble(eps) || !std::isfinite(eps) || eps < 0)
      return makeError("expected --eps to be a finite number that is not negative, but got '" +
                       *spec.eps + "'");
  }
  return Error::success();
}

/// Flags that say something that this operation does not have.
Error ModuleWriter::checkFlags() {
  auto reject = [&](StringRef flag, const Twine &reason) {
    return makeError("--" + flag + " contradicts --op=" + spec.op + ": " + reason);
  };
  bool isRMS = spec.op == "rms_norm";
  if (spec.noBias && isRMS)
    return reject("no-bias", "rms_norm never has a bias");
  if (spec.layout)
    return reject("layout", "its rows are the last dimensions, whatever they mean");
  if (spec.groups)
    return reject("groups", "only group_norm has groups of channels");
  if (spec.training)
    return reject("training",
                  "only batch_norm differs between training and inference; --save-stats "
                  "gives the statistics that a backward pass needs");
  if (spec.backward)
    return makeError("--backward is not supported for " + spec.op + " yet");
  if (spec.paramDtype && spec.noScale && (spec.noBias || isRMS))
    return makeError("--param-dtype contradicts " +
                     StringRef(isRMS ? "--no-scale" : "--no-scale --no-bias") +
                     ": there is no parameter to have a type");
  if (spec.name && (spec.name->empty() || isDigit(spec.name->front()) ||
                    !all_of(*spec.name, [](char c) { return isAlnum(c) || c == '_'; }) ||
                    isReservedName(*spec.name)))
    return makeError("expected --name to be a C identifier, but got '" + *spec.name + "'");
  return Error::success();
}

std::string ModuleWriter::write() {
  bool hasScale = !spec.noScale, hasBias = spec.op == "layer_norm" && !spec.noBias;
  bool isRMS = spec.op == "rms_norm";
  StringRef statType = dtype == "f64" ? "f64" : "f32";
  ArrayRef<int64_t> outer = ArrayRef(shape).drop_back(axes.size());
  std::string input = tensorType(shape, dtype);
  std::string params = tensorType(ArrayRef(shape).take_back(axes.size()), paramDtype);
  std::string stats = tensorType(outer, statType);

  SmallVector<std::string> results = {input}, values = {"%y"}, inits = {"%y0"};
  if (spec.saveStats && !isRMS) {
    results.push_back(stats);
    values.push_back("%mean");
    inits.push_back("%mean0");
  }
  if (spec.saveStats) {
    results.push_back(stats);
    values.push_back("%rstd");
    inits.push_back("%rstd0");
  }

  std::string text;
  raw_string_ostream os(text);
  os << "func.func @" << spec.name.value_or(spec.op) << "(%x: " << input;
  if (hasScale)
    os << ", %scale: " << params;
  if (hasBias)
    os << ", %bias: " << params;
  os << ") -> (" << join(results, ", ") << ") {\n";
  for (auto [i, size] : enumerate(shape))
    if (size == dynamic)
      os << "  %i" << i << " = arith.constant " << i << " : index\n  %n" << i
         << " = tensor.dim %x, %i" << i << " : " << input << "\n";
  writeEmpty(os, "y0", shape, dtype);
  for (StringRef init : ArrayRef(inits).drop_front())
    writeEmpty(os, init.drop_front(), outer, statType);
  os << "  " << join(values, ", ") << " = norm." << spec.op << " %x";
  if (hasScale)
    os << " scale(%scale : " << params << ")";
  if (hasBias)
    os << " bias(%bias : " << params << ")";
  os << " axes = [";
  interleaveComma(axes, os);
  // MLIR wants a point in a number, and 17 digits are enough for every double.
  std::string number;
  raw_string_ostream(number) << format("%.16e", eps);
  os << "] eps = " << number << attributes << "\n      outs(" << join(inits, ", ") << " : "
     << join(results, ", ") << ") : " << input << "\n"
     << "  return " << join(values, ", ") << " : " << join(results, ", ") << "\n}\n";
  return text;
}

Expected<std::string> ModuleWriter::run() {
  if (is_contained({"batch_norm", "instance_norm", "group_norm"}, spec.op))
    return makeError("--op=" + spec.op +
                     " is not supported yet: expected layer_norm or rms_norm; write the module");
  if (!is_contained({"layer_norm", "rms_norm"}, spec.op))
    return makeError("unknown operation '" + spec.op +
                     "': expected --op to be layer_norm or rms_norm");
  if (Error error = checkFlags())
    return error;
  if (Error error = readTypes())
    return error;
  if (Error error = readShape())
    return error;
  if (Error error = readAxes())
    return error;
  if (Error error = readNumerics())
    return error;
  return write();
}

Expected<std::string> normc::makeModuleText(const KernelSpec &spec) {
  return ModuleWriter(spec).run();
}
