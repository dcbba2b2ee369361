//===- Tensor.h - the tensors that a kernel is run on --------------------===//
//
// Owned memory with a DLTensor view, and its elements as numbers.
//
//===----------------------------------------------------------------------===//

#ifndef NORM_RUN_TENSOR_H
#define NORM_RUN_TENSOR_H

#include "normc-c/Runtime.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace normrun {

/// Where in its pages a buffer lies. The pages before and after them cannot be touched, so an
/// access far out of bounds ends in a fault; AtEnd, so does one byte past the end.
enum class Placement { AtBegin, AtEnd };

/// Memory of its own pages. AtBegin it is aligned to a page, AtEnd to `alignment`.
class Buffer {
public:
  Buffer() = default;
  Buffer(Buffer &&other) { *this = std::move(other); }
  Buffer &operator=(Buffer &&other);
  ~Buffer();

  static llvm::Expected<Buffer> allocate(uint64_t bytes, Placement placement = Placement::AtBegin,
                                         uint64_t alignment = 1);

  char *data() const { return begin; }
  uint64_t size() const { return bytes; }

private:
  void *pages = nullptr;
  uint64_t pageBytes = 0;
  char *begin = nullptr;
  uint64_t bytes = 0;
};

/// Element types, told apart by DLPack's code and bits.
bool isFloat(DLDataType type);
uint64_t getByteWidth(DLDataType type);
/// DLPack's codes of f8E4M3FN and f8E5M2, which a dlpack.h before 1.1 does not have.
constexpr uint8_t float8E4M3FN = 10, float8E5M2 = 12;
bool isFloat8(DLDataType type);
/// As in MLIR: "bf16", "f8E5M2", "i64", "u8".
std::string getTypeName(DLDataType type);

/// The number of elements of a shape, or an error that says so if there are more than 2^63 bytes.
llvm::Expected<uint64_t> countElements(llvm::ArrayRef<int64_t> shape, uint64_t elementBytes);
/// "64x4096"; "scalar" for no dimensions.
std::string formatShape(llvm::ArrayRef<int64_t> shape);
/// "[3, 77]" for the element at `flat`, row-major.
std::string formatIndex(llvm::ArrayRef<int64_t> shape, uint64_t flat);

/// A compact row-major tensor.
class Tensor {
public:
  static llvm::Expected<Tensor> allocate(DLDataType type, llvm::ArrayRef<int64_t> shape,
                                         Placement placement = Placement::AtBegin);

  DLDataType getType() const { return type; }
  llvm::ArrayRef<int64_t> getShape() const { return shape; }
  uint64_t getNumElements() const { return count; }
  uint64_t getNumBytes() const { return count * getByteWidth(type); }
  char *data() const { return buffer.data(); }

  /// The view is valid as long as the tensor is not moved.
  DLTensor view() const;

  /// An element as a number, exactly. Bigger integers than 2^53 need a long double of 64 bits.
  long double load(uint64_t index) const;
  /// Rounds to nearest, ties to even; integers are cut to their range.
  void store(uint64_t index, double value) const;

private:
  DLDataType type = {kDLFloat, 32, 1};
  std::vector<int64_t> shape;
  uint64_t count = 0;
  Buffer buffer;
};

} // namespace normrun

#endif // NORM_RUN_TENSOR_H
