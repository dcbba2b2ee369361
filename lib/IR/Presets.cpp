//===- Presets.cpp - what frameworks mean by a normalization -------------===//
//
// One line for each operation of each framework.
//
//===----------------------------------------------------------------------===//

#include "normc/IR/Presets.h"

#include <cmath>

using namespace llvm;
using namespace mlir::norm;

// Layer norms of ONNX round to the tensor's type before the scale, because its reference casts back
// there. Its running variance, and Keras' and Flax', is the biased one that the batch was
// normalized with.
static constexpr Preset presets[] = {
    {"torch", "layer_norm", 1e-5},
    {"torch", "rms_norm", 0},
    {"torch", "batch_norm", 1e-5, "once", 0, "channels_first", 0.1, "batch", "unbiased"},
    {"torch", "instance_norm", 1e-5, "once", 0, "channels_first"},
    {"torch", "group_norm", 1e-5, "once", 0, "channels_first"},
    {"hf_llama", "rms_norm", 1e-6, "normalized"},
    {"gemma", "rms_norm", 1e-6, "once", 1},
    {"onnx", "layer_norm", 1e-5, "normalized"},
    {"onnx", "rms_norm", 1e-5, "normalized"},
    {"onnx", "batch_norm", 1e-5, "once", 0, "channels_first", 0.9, "running", "biased"},
    {"onnx", "instance_norm", 1e-5, "once", 0, "channels_first"},
    {"onnx", "group_norm", 1e-5, "normalized", 0, "channels_first"},
    {"keras", "layer_norm", 1e-3},
    {"keras", "rms_norm", 1e-6},
    {"keras", "batch_norm", 1e-3, "once", 0, "channels_last", 0.99, "running", "biased"},
    {"keras", "group_norm", 1e-3, "once", 0, "channels_last"},
    {"flax", "layer_norm", 1e-6},
    {"flax", "rms_norm", 1e-6},
    {"flax", "batch_norm", 1e-5, "once", 0, "channels_last", 0.99, "running", "biased"},
    {"flax", "instance_norm", 1e-6, "once", 0, "channels_last"},
    {"flax", "group_norm", 1e-6, "once", 0, "channels_last"},
};

double Preset::getEps(unsigned bits) const {
  return eps != 0 ? eps : std::ldexp(1.0, bits == 64 ? -52 : -23);
}

ArrayRef<Preset> mlir::norm::getPresets() { return presets; }

const Preset *mlir::norm::findPreset(StringRef name, StringRef op) {
  for (const Preset &preset : presets)
    if (preset.name == name && preset.op == op)
      return &preset;
  return nullptr;
}
