//===- Tensor.cpp - the tensors that a kernel is run on ------------------===//
//
// Pages with guards around them, and conversions of the element types.
//
//===----------------------------------------------------------------------===//

#include "Tensor.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <sys/mman.h>
#include <unistd.h>

using namespace llvm;
using namespace normrun;

//===- Memory -------------------------------------------------------------===//

Buffer &Buffer::operator=(Buffer &&other) {
  std::swap(pages, other.pages);
  std::swap(pageBytes, other.pageBytes);
  std::swap(begin, other.begin);
  std::swap(bytes, other.bytes);
  return *this;
}

Buffer::~Buffer() {
  if (pages)
    munmap(pages, pageBytes);
}

Expected<Buffer> Buffer::allocate(uint64_t bytes, Placement placement, uint64_t alignment) {
  const uint64_t page = sysconf(_SC_PAGESIZE);
  Buffer buffer;
  auto tooLarge = [&] { return createStringError("cannot allocate " + Twine(bytes) + " bytes"); };
  if (bytes > (uint64_t(1) << 62))
    return tooLarge();
  const uint64_t inner = alignTo(std::max<uint64_t>(bytes, 1), page);
  void *pages =
      mmap(nullptr, inner + 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED)
    return tooLarge();
  buffer.pages = pages;
  buffer.pageBytes = inner + 2 * page;
  buffer.bytes = bytes;
  char *first = static_cast<char *>(pages) + page;
  mprotect(pages, page, PROT_NONE);
  mprotect(first + inner, page, PROT_NONE);
#ifdef MADV_HUGEPAGE
  // Without it a kernel on large tensors is timed by its TLB misses, and so is the copy.
  if (inner >= (uint64_t(4) << 20))
    madvise(first, inner, MADV_HUGEPAGE);
#endif
  buffer.begin =
      placement == Placement::AtBegin ? first : first + alignDown(inner - bytes, alignment);
  return buffer;
}

//===- Types and shapes ---------------------------------------------------===//

bool normrun::isFloat(DLDataType type) {
  return type.code == kDLFloat || type.code == kDLBfloat || isFloat8(type);
}

bool normrun::isFloat8(DLDataType type) {
  return type.code == float8E4M3FN || type.code == float8E5M2;
}

// An 80-bit float is stored in 16 bytes, as C's long double is on x86-64.
uint64_t normrun::getByteWidth(DLDataType type) { return type.bits == 80 ? 16 : type.bits / 8; }

std::string normrun::getTypeName(DLDataType type) {
  if (type.code == kDLBool)
    return "i1";
  if (isFloat8(type))
    return type.code == float8E5M2 ? "f8E5M2" : "f8E4M3FN";
  StringRef prefix = type.code == kDLFloat    ? "f"
                     : type.code == kDLBfloat ? "bf"
                     : type.code == kDLUInt   ? "u"
                                              : "i";
  return prefix.str() + std::to_string(type.bits);
}

Expected<uint64_t> normrun::countElements(ArrayRef<int64_t> shape, uint64_t elementBytes) {
  // A size of 0 anywhere makes the tensor empty, however large the others are.
  if (is_contained(shape, 0))
    return 0;
  uint64_t count = 1, bytes = 0;
  bool overflow = false;
  for (int64_t size : shape)
    overflow |= __builtin_mul_overflow(count, uint64_t(size), &count);
  overflow |= __builtin_mul_overflow(count, elementBytes, &bytes);
  if (overflow || bytes > uint64_t(std::numeric_limits<int64_t>::max()))
    return createStringError("a tensor of " + formatShape(shape) + " elements is too large");
  return count;
}

std::string normrun::formatShape(ArrayRef<int64_t> shape) {
  if (shape.empty())
    return "scalar";
  return join(map_range(shape, [](int64_t size) { return std::to_string(size); }), "x");
}

std::string normrun::formatIndex(ArrayRef<int64_t> shape, uint64_t flat) {
  std::vector<std::string> parts(shape.size());
  for (size_t i = shape.size(); i-- > 0;) {
    parts[i] = std::to_string(flat % shape[i]);
    flat /= shape[i];
  }
  return "[" + join(parts, ", ") + "]";
}

//===- Elements -----------------------------------------------------------===//

static uint16_t roundToBF16(float value) {
  uint32_t bits = bit_cast<uint32_t>(value);
  if (std::isnan(value))
    return uint16_t(bits >> 16) | 0x40;
  return uint16_t((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

static uint16_t roundToF16(double value) {
  uint16_t sign = std::signbit(value) ? 0x8000 : 0;
  if (std::isnan(value))
    return sign | 0x7e00;
  double magnitude = std::fabs(value);
  if (magnitude >= 65520)
    return sign | 0x7c00;
  if (magnitude == 0)
    return sign;
  int exponent = std::max(std::ilogb(magnitude), -14);
  // In units in the last place: 1024 to 2048 of them for a normal number, fewer for a subnormal.
  // Rounding up to 2048 carries into the exponent by itself.
  uint16_t units = uint16_t(std::nearbyint(std::ldexp(magnitude, 10 - exponent)));
  return sign | uint16_t(((exponent + 14) << 10) + units);
}

static double fromF16(uint16_t bits) {
  double sign = bits & 0x8000 ? -1 : 1;
  int exponent = bits >> 10 & 0x1f, mantissa = bits & 0x3ff;
  if (exponent == 0x1f)
    return mantissa ? std::numeric_limits<double>::quiet_NaN()
                    : sign * std::numeric_limits<double>::infinity();
  if (exponent == 0)
    return sign * std::ldexp(mantissa, -24);
  return sign * std::ldexp(mantissa + 1024, exponent - 25);
}

namespace {
/// An 8-bit float: the bits of its fraction, its exponent's bias, and the first code that is no
/// finite number: infinity for f8E5M2, for f8E4M3FN its only NaN.
struct Float8 {
  int fractionBits, bias, first;
};
} // namespace

static Float8 getFloat8(uint8_t code) {
  return code == float8E5M2 ? Float8{2, 15, 0x7c} : Float8{3, 7, 0x7f};
}

static uint8_t roundToF8(Float8 format, double value) {
  uint8_t sign = std::signbit(value) ? 0x80 : 0;
  double magnitude = std::fabs(value);
  if (std::isnan(value))
    return sign | 0x7f;
  if (magnitude == 0)
    return sign;
  if (std::isinf(value))
    return sign | uint8_t(format.first);
  int exponent = std::max(std::ilogb(magnitude), 1 - format.bias);
  int units = int(std::nearbyint(std::ldexp(magnitude, format.fractionBits - exponent)));
  // As for f16; what is larger has a larger code.
  int code = ((exponent + format.bias - 1) << format.fractionBits) + units;
  return sign | uint8_t(std::min(code, format.first));
}

static double fromF8(Float8 format, uint8_t bits) {
  double sign = bits & 0x80 ? -1 : 1;
  int code = bits & 0x7f, units = 1 << format.fractionBits;
  if (code >= format.first)
    return code == 0x7f || code > format.first ? std::numeric_limits<double>::quiet_NaN()
                                               : sign * std::numeric_limits<double>::infinity();
  int exponent = std::max(code >> format.fractionBits, 1);
  int fraction = code % units + (code >= units ? units : 0);
  return sign * std::ldexp(fraction, exponent - format.bias - format.fractionBits);
}

Expected<Tensor> Tensor::allocate(DLDataType type, ArrayRef<int64_t> shape, Placement placement) {
  Tensor tensor;
  tensor.type = type;
  tensor.shape = shape.vec();
  Expected<uint64_t> count = countElements(shape, getByteWidth(type));
  if (!count)
    return count.takeError();
  tensor.count = *count;
  Expected<Buffer> buffer =
      Buffer::allocate(*count * getByteWidth(type), placement, getByteWidth(type));
  if (!buffer)
    return buffer.takeError();
  tensor.buffer = std::move(*buffer);
  return tensor;
}

DLTensor Tensor::view() const {
  DLTensor view = {};
  view.data = buffer.data();
  view.device = {kDLCPU, 0};
  view.ndim = int32_t(shape.size());
  view.dtype = type;
  view.shape = const_cast<int64_t *>(shape.data());
  return view;
}

template <typename T> static T read(const char *data, uint64_t index) {
  T value;
  std::memcpy(&value, data + index * sizeof(T), sizeof(T));
  return value;
}

template <typename T> static void write(char *data, uint64_t index, T value) {
  std::memcpy(data + index * sizeof(T), &value, sizeof(T));
}

template <typename T> static void writeInteger(char *data, uint64_t index, double value) {
  // The largest value of T may round up to one more than fits.
  double low = double(std::numeric_limits<T>::min()), high = double(std::numeric_limits<T>::max());
  T result = value <= low    ? std::numeric_limits<T>::min()
             : value >= high ? std::numeric_limits<T>::max()
                             : T(std::nearbyint(value));
  write(data, index, result);
}

long double Tensor::load(uint64_t index) const {
  const char *p = data();
  switch (type.code << 8 | type.bits) {
  case kDLFloat << 8 | 16:
    return fromF16(read<uint16_t>(p, index));
  case kDLBfloat << 8 | 16:
    return bit_cast<float>(uint32_t(read<uint16_t>(p, index)) << 16);
  case float8E4M3FN << 8 | 8:
  case float8E5M2 << 8 | 8:
    return fromF8(getFloat8(type.code), read<uint8_t>(p, index));
  case kDLFloat << 8 | 32:
    return read<float>(p, index);
  case kDLFloat << 8 | 64:
    return read<double>(p, index);
  case kDLFloat << 8 | 80:
    return read<long double>(p, index);
  case kDLInt << 8 | 8:
    return read<int8_t>(p, index);
  case kDLInt << 8 | 16:
    return read<int16_t>(p, index);
  case kDLInt << 8 | 32:
    return read<int32_t>(p, index);
  case kDLInt << 8 | 64:
    return read<int64_t>(p, index);
  case kDLBool << 8 | 8:
  case kDLUInt << 8 | 8:
    return read<uint8_t>(p, index);
  case kDLUInt << 8 | 16:
    return read<uint16_t>(p, index);
  case kDLUInt << 8 | 32:
    return read<uint32_t>(p, index);
  case kDLUInt << 8 | 64:
    return read<uint64_t>(p, index);
  }
  llvm_unreachable("an element type that the manifest does not know");
}

void Tensor::store(uint64_t index, double value) const {
  char *p = data();
  switch (type.code << 8 | type.bits) {
  case kDLFloat << 8 | 16:
    return write(p, index, roundToF16(value));
  case kDLBfloat << 8 | 16:
    return write(p, index, roundToBF16(float(value)));
  case float8E4M3FN << 8 | 8:
  case float8E5M2 << 8 | 8:
    return write(p, index, roundToF8(getFloat8(type.code), value));
  case kDLFloat << 8 | 32:
    return write(p, index, float(value));
  case kDLFloat << 8 | 64:
    return write(p, index, value);
  case kDLFloat << 8 | 80:
    return write(p, index, (long double)value);
  case kDLInt << 8 | 8:
    return writeInteger<int8_t>(p, index, value);
  case kDLInt << 8 | 16:
    return writeInteger<int16_t>(p, index, value);
  case kDLInt << 8 | 32:
    return writeInteger<int32_t>(p, index, value);
  case kDLInt << 8 | 64:
    return writeInteger<int64_t>(p, index, value);
  case kDLBool << 8 | 8:
    return write(p, index, uint8_t(value != 0));
  case kDLUInt << 8 | 8:
    return writeInteger<uint8_t>(p, index, value);
  case kDLUInt << 8 | 16:
    return writeInteger<uint16_t>(p, index, value);
  case kDLUInt << 8 | 32:
    return writeInteger<uint32_t>(p, index, value);
  case kDLUInt << 8 | 64:
    return writeInteger<uint64_t>(p, index, value);
  }
  llvm_unreachable("an element type that the manifest does not know");
}
