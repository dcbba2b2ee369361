//===- Npy.h - NumPy's .npy files ----------------------------------------===//
//
// One array per file, versions 1.0 and 2.0 of the format, little-endian.
//
// NumPy has no bfloat16. It is written as '<V2', two opaque bytes, as numpy.save writes an array
// of ml_dtypes.bfloat16, and is read from '<V2', '|V2' and '<u2' (the bits as integers). So are
// 8-bit floats, with a byte; ml_dtypes writes float8_e5m2 as '<f1', which is read too.
//
//===----------------------------------------------------------------------===//

#ifndef NORM_RUN_NPY_H
#define NORM_RUN_NPY_H

#include "Tensor.h"

namespace normrun {

/// An array as it is in the file, checked against the file's size.
struct NpyArray {
  std::string path;
  std::string descr;
  bool fortranOrder = false;
  std::vector<int64_t> shape;
  std::string data;
};

llvm::Expected<NpyArray> readNpy(llvm::StringRef path);

/// Copies the elements into a tensor of the same shape, in row-major order; fails if the file's
/// type does not stand for the tensor's.
llvm::Error copyNpy(const NpyArray &array, const Tensor &tensor);

/// Writes to a temporary file beside `path` and renames it.
llvm::Error writeNpy(llvm::StringRef path, const Tensor &tensor);

} // namespace normrun

#endif // NORM_RUN_NPY_H
