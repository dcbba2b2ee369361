//===- Spec.cpp - a kernel described by flags ----------------------------===//
//
// Writes text, not operations: what a user sees with --emit=generic, and could have written, is
// exactly what is compiled.
//
//===----------------------------------------------------------------------===//

#include "normc/Compiler/Spec.h"
#include "normc/Compiler/Compiler.h"
#include "normc/IR/CInterface.h"
#include "normc/IR/Presets.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace llvm;
using namespace normc;

static Error makeError(const Twine &message) {
  return createStringError(inconvertibleErrorCode(), message);
}

static constexpr int64_t dynamic = -1;

namespace {
/// A size, or where that is dynamic the size of a dimension of the input.
struct Extent {
  int64_t size;
  unsigned dim = 0;
};
using Extents = SmallVector<Extent>;

struct Tensor {
  std::string name;
  Extents extents;
  StringRef element;

  std::string getType() const {
    std::string text = "tensor<";
    for (Extent extent : extents)
      text += (extent.size == dynamic ? "?" : std::to_string(extent.size)) + "x";
    return text + element.str() + ">";
  }
};

class ModuleWriter {
public:
  explicit ModuleWriter(const KernelSpec &spec)
      : spec(spec), isLayer(spec.op == "layer_norm"), isRMS(spec.op == "rms_norm"),
        isBatch(spec.op == "batch_norm"), isGroup(spec.op == "group_norm"), isRow(isLayer || isRMS),
        isInference(isBatch && !spec.training) {}
  Expected<std::string> run();

private:
  Error checkFlags();
  Error readTypes();
  Error readShape();
  Error readAxes();
  Error readGroups();
  Error readNumerics();

  /// Reads a number that is at least 0 and at most `most`.
  Error readNumber(StringRef flag, StringRef text, double most, StringRef expected, double &value);

  Extents getOuter() const { return Extents(ArrayRef(shape).drop_back(axes.size())); }
  Extents getParamExtents() const {
    if (isRow)
      return Extents(ArrayRef(shape).take_back(axes.size()));
    return {layout == "channels_last" ? shape.back() : shape[1]};
  }
  Extents getStatExtents() const;

  Tensor &addInput(StringRef name, Extents extents, StringRef element) {
    return inputs.emplace_back(Tensor{name.str(), std::move(extents), element});
  }
  /// ` clause(%a, %b : ta, tb)` with inputs added for the names.
  std::string addClause(StringRef clause, ArrayRef<StringRef> names, const Extents &extents,
                        StringRef element);
  void addResult(StringRef name, Extents extents, StringRef element, StringRef init = "") {
    results.push_back({name.str(), std::move(extents), element});
    inits.push_back(init.empty() ? "%" + name.str() + "_init" : init.str());
  }
  std::string writeGroups();
  std::string writeRowClauses();
  std::string writeForward();
  std::string writeBackward();
  std::string writeFunction(StringRef op);

  const KernelSpec &spec;
  bool isLayer, isRMS, isBatch, isGroup, isRow, isInference;
  StringRef dtype, paramDtype, statDtype, layout = "channels_first";
  Extents shape;
  SmallVector<int64_t> axes;
  int64_t groups = 1;
  double eps = 1e-5, momentum = 0.1;
  const mlir::norm::Preset *preset = nullptr;

  SmallVector<Tensor> inputs, results;
  SmallVector<std::string> inits;
};
} // namespace

//===----------------------------------------------------------------------===//
// Flags
//===----------------------------------------------------------------------===//

static std::string formatNumber(double value) {
  // MLIR wants a point in a number, and 17 digits are enough for every double.
  std::string text;
  raw_string_ostream(text) << format("%.16e", value);
  return text;
}

/// Flags that say something that this operation does not have.
Error ModuleWriter::checkFlags() {
  auto reject = [&](StringRef flag, const Twine &reason) {
    return makeError("--" + flag + " contradicts --op=" + spec.op + ": " + reason);
  };
  if (spec.noBias && isRMS)
    return reject("no-bias", "rms_norm never has a bias");
  if (spec.layout && isRow)
    return reject("layout", "its rows are the last dimensions, whatever they mean");
  if (spec.axes && !isRow)
    return reject("axes", "its groups follow from --layout");
  if (spec.groups && !isGroup && !isRMS)
    return reject("groups", "only group_norm and rms_norm have groups");
  if (!spec.groups && isGroup)
    return makeError("--op=group_norm needs the number of groups: give --groups, as --groups=32");
  if (spec.training && !isBatch)
    return reject("training",
                  "only batch_norm differs between training and inference; --save-stats "
                  "gives the statistics that a backward pass needs");
  if (spec.saveStats && isInference)
    return reject("save-stats", "without --training its statistics are given");
  bool keepsRunning = isBatch && spec.training && !spec.backward;
  if (spec.momentum && !keepsRunning)
    return reject("momentum", "only batch_norm --training keeps running statistics");
  if (spec.noRunning && !keepsRunning)
    return reject("no-running", "only batch_norm --training keeps running statistics");
  if (spec.momentum && spec.noRunning)
    return makeError("--momentum contradicts --no-running: there are no running statistics");
  if (spec.backward && spec.noScale && spec.paramDtype)
    return makeError("--param-dtype contradicts --backward --no-scale: there is no parameter to "
                     "have a type");
  if (spec.paramDtype && spec.noScale && (spec.noBias || isRMS))
    return makeError("--param-dtype contradicts " +
                     StringRef(isRMS ? "--no-scale" : "--no-scale --no-bias") +
                     ": there is no parameter to have a type");
  if (spec.name && !mlir::norm::isCIdentifier(*spec.name))
    return makeError("expected --name to be a C identifier, but got '" + *spec.name + "'");
  if (spec.name && mlir::norm::isReservedName(*spec.name))
    return makeError("expected --name to be free in C, C++ and normc's objects, but '" +
                     *spec.name + "' has a meaning there");
  return Error::success();
}

/// MLIR's name of a type: its own, and for 8-bit floats small letters too.
static Expected<StringRef> readType(StringRef flag, StringRef type) {
  for (StringRef known : {"f32", "f64", "f16", "bf16", "f8E4M3FN", "f8E5M2"})
    if (type == known || type == known.lower())
      return known;
  return makeError("expected --" + flag +
                   " to be f32, f64, f16, bf16, f8E4M3FN or f8E5M2, but got '" + type + "'");
}

Error ModuleWriter::readTypes() {
  if (!spec.dtype)
    return makeError("--op needs the tensors' type: give --dtype=f32, f64, f16, bf16, f8E4M3FN or "
                     "f8E5M2");
  Expected<StringRef> tensors = readType("dtype", *spec.dtype);
  if (!tensors)
    return tensors.takeError();
  dtype = *tensors;
  statDtype = dtype == "f64" ? "f64" : "f32";
  Expected<StringRef> parameters =
      spec.paramDtype ? readType("param-dtype", *spec.paramDtype) : dtype;
  if (!parameters)
    return parameters.takeError();
  paramDtype = *parameters;
  return Error::success();
}

Error ModuleWriter::readShape() {
  if (!spec.shape)
    return makeError("--op needs the input's shape: give --shape, as --shape=?x4096");
  SmallVector<StringRef> sizes;
  StringRef(*spec.shape).split(sizes, 'x');
  for (auto [dim, size] : enumerate(sizes)) {
    int64_t value = dynamic;
    if (size != "?" && (size.getAsInteger(10, value) || value < 0))
      return makeError(
          "expected --shape to be sizes or ? with x between them, as ?x4096, but got '" +
          *spec.shape + "'");
    shape.push_back({value, unsigned(dim)});
  }
  if (!isRow && (shape.size() < 2 || shape.size() > 5))
    return makeError("expected --shape of " + spec.op +
                     " to have 2 to 5 sizes, as ?x64x?x?, but got '" + *spec.shape + "'");
  return Error::success();
}

Error ModuleWriter::readAxes() {
  int64_t rank = shape.size();
  if (!isRow)
    return Error::success();
  if (!spec.axes) {
    axes = {rank - 1};
    return Error::success();
  }
  SmallVector<StringRef> words;
  StringRef(*spec.axes).split(words, ',');
  for (StringRef word : words) {
    int64_t axis;
    if (word.trim().getAsInteger(10, axis) || axis < -rank || axis >= rank)
      return makeError("expected --axes to be dimensions of a rank-" + Twine(rank) +
                       " shape, as -1 or 1,2, but got '" + *spec.axes + "'");
    axes.push_back(axis < 0 ? axis + rank : axis);
  }
  for (auto [i, axis] : enumerate(axes))
    if (axis != rank - int64_t(axes.size()) + int64_t(i))
      return makeError("expected --axes to be the last dimensions in order, but got '" +
                       *spec.axes + "' for a rank-" + Twine(rank) + " shape");
  return Error::success();
}

Error ModuleWriter::readGroups() {
  if (spec.groups && (StringRef(*spec.groups).getAsInteger(10, groups) || groups < 1))
    return makeError("expected --groups to be a number that is at least 1, but got '" +
                     *spec.groups + "'");
  if (!spec.layout)
    return Error::success();
  layout = *spec.layout;
  if (!is_contained({"channels_first", "channels_last"}, layout))
    return makeError("expected --layout to be channels_first or channels_last, but got '" + layout +
                     "'");
  return Error::success();
}

Error ModuleWriter::readNumber(StringRef flag, StringRef text, double most, StringRef expected,
                               double &value) {
  if (text.getAsDouble(value) || !std::isfinite(value) || value < 0 || value > most)
    return makeError("expected --" + flag + " to be " + expected + ", but got '" + text + "'");
  return Error::success();
}

Error ModuleWriter::readNumerics() {
  StringRef name = spec.preset ? StringRef(*spec.preset) : StringRef("torch");
  preset = mlir::norm::findPreset(name, spec.op);
  if (!preset) {
    SmallVector<std::string> known;
    for (const mlir::norm::Preset &preset : mlir::norm::getPresets())
      if (preset.op == spec.op)
        known.push_back(("'" + preset.name + "'").str());
    return makeError("expected --preset for " + spec.op + " to be one of " + join(known, ", ") +
                     ", but got '" + name + "'");
  }
  if (spec.preset) {
    eps = preset->getEps(dtype == "f64" ? 64 : 32);
    if (spec.noScale && preset->weightOffset != 0)
      return makeError("--no-scale contradicts --preset=" + name + ", which adds 1 to the scale");
  }
  if (!isRow && !spec.layout)
    layout = preset->layout;
  momentum = preset->momentum;
  if (spec.eps)
    if (Error error =
            readNumber("eps", *spec.eps, HUGE_VAL, "a finite number that is not negative", eps))
      return error;
  if (spec.momentum)
    return readNumber("momentum", *spec.momentum, 1, "a number from 0 to 1", momentum);
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

Extents ModuleWriter::getStatExtents() const {
  if (isBatch)
    return getParamExtents();
  if (!isRow)
    return {shape.front(), isGroup ? Extent{groups} : getParamExtents().front()};
  Extents extents = getOuter();
  if (groups > 1)
    extents.push_back({groups});
  return extents;
}

std::string ModuleWriter::addClause(StringRef clause, ArrayRef<StringRef> names,
                                    const Extents &extents, StringRef element) {
  SmallVector<std::string> values, types;
  for (StringRef name : names) {
    types.push_back(addInput(name, extents, element).getType());
    values.push_back("%" + name.str());
  }
  return (" " + clause + "(" + join(values, ", ") + " : " + join(types, ", ") + ")").str();
}

/// What a group is.
std::string ModuleWriter::writeGroups() {
  if (isRow)
    return " axes = [" +
           join(map_range(axes, [](int64_t axis) { return std::to_string(axis); }), ", ") + "]";
  return (isGroup ? " groups = " + std::to_string(groups) : std::string()) +
         (" layout = " + layout).str();
}

/// What stands behind eps in row norms and their backward.
std::string ModuleWriter::writeRowClauses() {
  std::string text;
  if (spec.preset && preset->weightOffset != 0)
    text += " weight_offset = " + formatNumber(preset->weightOffset);
  if (isRMS && groups > 1)
    text += " groups = " + std::to_string(groups);
  return text;
}

std::string ModuleWriter::writeForward() {
  std::string text = "norm." + spec.op + (isInference ? "_inference" : "") + " %x";
  addInput("x", shape, dtype);
  addResult("y", shape, dtype);
  if (isInference)
    text += addClause("stats", {"mean", "variance"}, getStatExtents(), statDtype);
  if (!spec.noScale)
    text += addClause("scale", {"scale"}, getParamExtents(), paramDtype);
  if (!spec.noBias && !isRMS)
    text += addClause("bias", {"bias"}, getParamExtents(), paramDtype);
  text += writeGroups();
  text += " eps = " + formatNumber(eps);
  if (spec.saveStats && !isRMS)
    addResult("mean", getStatExtents(), statDtype);
  if (spec.saveStats)
    addResult("rstd", getStatExtents(), statDtype);
  if (isBatch && spec.training && !spec.noRunning) {
    text += addClause("running", {"running_mean", "running_variance"}, getStatExtents(), statDtype);
    text += (" momentum = " + formatNumber(momentum) + " of " + preset->momentumOf +
             " variance = " + preset->variance)
                .str();
    for (StringRef name : {"running_mean", "running_variance"})
      addResult(("new_" + name).str(), getStatExtents(), statDtype, ("%" + name).str());
  }
  if (spec.preset && preset->rounding != "once")
    text += (" rounding = " + preset->rounding).str();
  text += writeRowClauses();
  return text;
}

std::string ModuleWriter::writeBackward() {
  std::string text = "norm." + spec.op + (isInference ? "_inference" : "") + "_backward %dy, %x";
  addInput("dy", shape, dtype);
  addInput("x", shape, dtype);
  if (isInference)
    text += addClause("stats", {"mean", "variance"}, getStatExtents(), statDtype);
  else if (spec.saveStats && isRMS)
    text += addClause("stats", {"rstd"}, getStatExtents(), statDtype);
  else if (spec.saveStats)
    text += addClause("stats", {"mean", "rstd"}, getStatExtents(), statDtype);
  if (!spec.noScale)
    text += addClause("scale", {"scale"}, getParamExtents(), paramDtype);
  text += writeGroups();
  if (!spec.saveStats)
    text += " eps = " + formatNumber(eps);
  text += writeRowClauses();
  text += " gradients = [input";
  addResult("dx", shape, dtype);
  if (!spec.noScale) {
    text += ", scale";
    addResult("dscale", getParamExtents(), statDtype);
  }
  if (!spec.noBias && !isRMS) {
    text += ", bias";
    addResult("dbias", getParamExtents(), statDtype);
  }
  return text + "]";
}

/// The function around an operation, whose text has everything up to `outs`.
std::string ModuleWriter::writeFunction(StringRef op) {
  auto name = [](const Tensor &tensor) { return " {norm.name = \"" + tensor.name + "\"}"; };
  std::string defaultName = spec.op + (spec.backward ? "_backward" : "");
  SmallVector<std::string> arguments, named, types, values, inputTypes;
  for (const Tensor &input : inputs)
    arguments.push_back("%" + input.name + ": " + input.getType() + name(input));
  for (const Tensor &result : results) {
    types.push_back(result.getType());
    named.push_back(types.back() + name(result));
    values.push_back("%" + result.name + "_result");
  }
  inputTypes.assign(spec.backward ? 2 : 1, Tensor{"x", shape, dtype}.getType());

  std::string text;
  raw_string_ostream os(text);
  os << "func.func @" << spec.name.value_or(defaultName) << "(" << join(arguments, ", ")
     << ")\n    -> (" << join(named, ", ") << ") {\n";
  for (Extent extent : shape)
    if (extent.size == dynamic)
      os << "  %i" << extent.dim << " = arith.constant " << extent.dim << " : index\n  %n"
         << extent.dim << " = tensor.dim %x, %i" << extent.dim << " : " << inputTypes.back()
         << "\n";
  for (auto [result, init] : zip(results, inits)) {
    if (init != "%" + result.name + "_init")
      continue;
    SmallVector<std::string> sizes;
    for (Extent extent : result.extents)
      if (extent.size == dynamic)
        sizes.push_back("%n" + std::to_string(extent.dim));
    os << "  " << init << " = tensor.empty(" << join(sizes, ", ") << ") : " << result.getType()
       << "\n";
  }
  os << "  " << join(values, ", ") << " = " << op << "\n      outs(" << join(inits, ", ") << " : "
     << join(types, ", ") << ") : " << join(inputTypes, ", ") << "\n  return " << join(values, ", ")
     << " : " << join(types, ", ") << "\n}\n";
  return text;
}

Expected<std::string> ModuleWriter::run() {
  if (!is_contained({"layer_norm", "rms_norm", "batch_norm", "instance_norm", "group_norm"},
                    spec.op))
    return makeError("unknown operation '" + spec.op +
                     "': expected --op to be layer_norm, rms_norm, batch_norm, instance_norm or "
                     "group_norm");
  for (auto read :
       {&ModuleWriter::checkFlags, &ModuleWriter::readTypes, &ModuleWriter::readShape,
        &ModuleWriter::readAxes, &ModuleWriter::readGroups, &ModuleWriter::readNumerics})
    if (Error error = (this->*read)())
      return error;
  return writeFunction(spec.backward ? writeBackward() : writeForward());
}

Expected<std::string> normc::makeModuleText(const KernelSpec &spec) {
  return ModuleWriter(spec).run();
}
