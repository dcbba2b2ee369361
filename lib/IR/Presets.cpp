//===- Presets.cpp - what frameworks mean by a normalization -------------===//
//
// One line for each operation of each framework.
//
//===----------------------------------------------------------------------===//

#include "normc/IR/Presets.h"

#include <cmath>

using namespace llvm;
using namespace mlir::norm;

// Layer norms of ONNX round to the tensor's type before the scale, because its reference casts back there.
// Its running variance, and Keras' and Flax', is the biased one that the batch was normalized with.
static constexpr Preset presets[] = {
    {"torch", "layer_norm", 1e-5},
    {"torch", "rms_norm", 0},
    {"torch", "batch_norm", 1e-5, "", " momentum = 0.1 of batch variance = unbiased",
     "channels_first"},
    {"torch", "instance_norm", 1e-5, "", "", "channels_first"},
    {"torch", "group_norm", 1e-5, "", "", "channels_first"},
    {"hf_llama", "rms_norm", 1e-6, " rounding = normalized"},
    {"gemma", "rms_norm", 1e-6, " weight_offset = 1.0"},
    {"onnx", "layer_norm", 1e-5, " rounding = normalized"},
    {"onnx", "rms_norm", 1e-5, " rounding = normalized"},
    {"onnx", "batch_norm", 1e-5, "", " momentum = 0.9 of running variance = biased",
     "channels_first"},
    {"onnx", "instance_norm", 1e-5, "", "", "channels_first"},
    {"onnx", "group_norm", 1e-5, " rounding = normalized", "", "channels_first"},
    {"keras", "layer_norm", 1e-3},
    {"keras", "rms_norm", 1e-6},
    {"keras", "batch_norm", 1e-3, "", " momentum = 0.99 of running variance = biased",
     "channels_last"},
    {"keras", "group_norm", 1e-3, "", "", "channels_last"},
    {"flax", "layer_norm", 1e-6},
    {"flax", "rms_norm", 1e-6},
    {"flax", "batch_norm", 1e-5, "", " momentum = 0.99 of running variance = biased",
     "channels_last"},
    {"flax", "instance_norm", 1e-6, "", "", "channels_last"},
    {"flax", "group_norm", 1e-6, "", "", "channels_last"},
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
