//===- Npy.cpp - NumPy's .npy files --------------------------------------===//
//
// The header is a Python dictionary with three keys; nothing else is accepted in it.
//
//===----------------------------------------------------------------------===//

#include "Npy.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <cstring>
#include <optional>

using namespace llvm;
using namespace normrun;

static constexpr StringLiteral magic = "\x93NUMPY";

static Error fail(StringRef path, const Twine &message) {
  return createStringError(path + ": " + message);
}

namespace {
/// Reads `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
class HeaderParser {
public:
  HeaderParser(NpyArray &array, StringRef text) : array(array), rest(text), all(text) {}

  Error parse() {
    bool descr = false, order = false, shape = false;
    if (!take("{"))
      return expected("'{'");
    while (!take("}")) {
      std::optional<StringRef> key = takeString();
      if (!key)
        return expected("a key in quotes or '}'");
      if (!take(":"))
        return expected("':'");
      bool *seen = *key == "descr"           ? &descr
                   : *key == "fortran_order" ? &order
                   : *key == "shape"         ? &shape
                                             : nullptr;
      if (!seen || *seen)
        return fail(array.path, "expected the keys 'descr', 'fortran_order' and 'shape' once each "
                                "in the header, found '" +
                                    *key + "'");
      *seen = true;
      if (Error error = parseValue(*key))
        return error;
      if (!take(",") && !rest.ltrim().starts_with("}"))
        return expected("',' or '}'");
    }
    if (!descr || !order || !shape)
      return fail(array.path, Twine("expected the key '") +
                                  (!descr   ? "descr"
                                   : !order ? "fortran_order"
                                            : "shape") +
                                  "' in the header, found none");
    if (!rest.trim().empty())
      return expected("the end of the header");
    return Error::success();
  }

private:
  bool take(StringRef token) {
    rest = rest.ltrim();
    return rest.consume_front(token);
  }

  std::optional<StringRef> takeString() {
    rest = rest.ltrim();
    if (rest.empty() || (rest[0] != '\'' && rest[0] != '"'))
      return std::nullopt;
    size_t close = rest.find(rest[0], 1);
    if (close == StringRef::npos)
      return std::nullopt;
    StringRef text = rest.slice(1, close);
    rest = rest.drop_front(close + 1);
    return text;
  }

  Error expected(const Twine &what) {
    rest = rest.ltrim();
    std::string found = rest.empty()       ? "its end"
                        : isPrint(rest[0]) ? ("'" + rest.take_front(1) + "'").str()
                                           : "a byte that is no text";
    return fail(array.path, "expected " + what + " at byte " + Twine(all.size() - rest.size()) +
                                " of the header, found " + found);
  }

  Error parseValue(StringRef key) {
    if (key == "descr") {
      std::optional<StringRef> descr = takeString();
      if (!descr)
        return expected("the name of a simple type in quotes");
      array.descr = descr->str();
      return Error::success();
    }
    if (key == "fortran_order") {
      if (take("True"))
        array.fortranOrder = true;
      else if (!take("False"))
        return expected("True or False");
      return Error::success();
    }
    if (!take("("))
      return expected("'('");
    while (!take(")")) {
      rest = rest.ltrim();
      int64_t size;
      if (rest.empty() || !isDigit(rest[0]) || rest.consumeInteger(10, size))
        return expected("a size or ')'");
      array.shape.push_back(size);
      if (!take(",") && !rest.ltrim().starts_with(")"))
        return expected("',' or ')'");
    }
    return Error::success();
  }

  NpyArray &array;
  StringRef rest, all;
};
} // namespace

/// The bytes of one element of a type like "<f4"; 0 if it is none that is known here.
static uint64_t getDescrWidth(StringRef descr) {
  if (descr.size() != 3 || !StringRef("<|").contains(descr[0]) || !isDigit(descr[2]))
    return 0;
  unsigned width = descr[2] - '0';
  bool known = StringSwitch<bool>(descr.drop_front())
                   .Cases({"f1", "f2", "f4", "f8", "i1", "i2", "i4", "i8"}, true)
                   .Cases({"u1", "u2", "u4", "u8", "V1", "V2", "b1"}, true)
                   .Default(false);
  // '|' says that the order of the bytes does not matter.
  bool order = descr[0] == '<' || width == 1 || descr[1] == 'V';
  return known && order ? width : 0;
}

Expected<NpyArray> normrun::readNpy(StringRef path) {
  ErrorOr<std::unique_ptr<MemoryBuffer>> file =
      MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!file)
    return fail(path, "cannot read it: " + file.getError().message());
  StringRef text = (*file)->getBuffer();
  if (!text.starts_with(magic))
    return fail(path, "expected a .npy file, which begins with '\\x93NUMPY'");
  if (text.size() < 10)
    return fail(path, "expected a .npy header, but the file is cut off after " +
                          Twine(text.size()) + " bytes");
  unsigned major = uint8_t(text[6]), minor = uint8_t(text[7]);
  if (minor != 0 || (major != 1 && major != 2))
    return fail(path, "expected version 1.0 or 2.0 of the .npy format, found " + Twine(major) +
                          "." + Twine(minor));
  uint64_t prefix = major == 1 ? 10 : 12;
  if (text.size() < prefix)
    return fail(path, "expected a .npy header, but the file is cut off after " +
                          Twine(text.size()) + " bytes");
  uint64_t length = major == 1 ? support::endian::read16le(text.data() + 8)
                               : support::endian::read32le(text.data() + 8);
  if (text.size() < prefix + length)
    return fail(path, "expected a header of " + Twine(length) + " bytes, found " +
                          Twine(text.size() - prefix));

  NpyArray array;
  array.path = path.str();
  if (Error error = HeaderParser(array, text.substr(prefix, length)).parse())
    return error;
  uint64_t width = getDescrWidth(array.descr);
  if (width == 0)
    return fail(path, "expected elements of a little-endian type f2, f4, f8, i1, i2, i4, i8, u1, "
                      "u2, u4, u8, b1, V2 (bf16), V1 or f1 (8-bit floats), found '" +
                          array.descr + "'");
  Expected<uint64_t> count = countElements(array.shape, width);
  if (!count)
    return fail(path, toString(count.takeError()));
  StringRef data = text.drop_front(prefix + length);
  if (data.size() != *count * width)
    return fail(path, "expected " + Twine(*count * width) + " bytes of data for " +
                          formatShape(array.shape) + " elements of '" + array.descr + "', found " +
                          Twine(data.size()));
  array.data = data.str();
  return array;
}

/// The types in a file that stand for `type`; the first is the one that is written.
static SmallVector<std::string> getDescrs(DLDataType type) {
  if (type.code == kDLBfloat)
    return {"<V2", "|V2", "<u2"};
  if (type.code == float8E4M3FN)
    return {"<V1", "|V1", "|u1", "<u1"};
  if (type.code == float8E5M2)
    return {"<V1", "|V1", "|u1", "<u1", "<f1"};
  if (type.code == kDLBool)
    return {"|b1"};
  StringRef kind = type.code == kDLFloat ? "f" : type.code == kDLInt ? "i" : "u";
  std::string name = kind.str() + std::to_string(type.bits / 8);
  if (type.bits == 8)
    return {"|" + name, "<" + name};
  return {"<" + name};
}

Error normrun::copyNpy(const NpyArray &array, const Tensor &tensor) {
  SmallVector<std::string> descrs = getDescrs(tensor.getType());
  if (!is_contained(descrs, array.descr)) {
    auto quote = [](const std::string &descr) { return "'" + descr + "'"; };
    return fail(array.path, "expected elements of " + getTypeName(tensor.getType()) + " (" +
                                join(map_range(descrs, quote), " or ") + "), found '" +
                                array.descr + "'");
  }
  const uint64_t width = getByteWidth(tensor.getType());
  ArrayRef<int64_t> shape = tensor.getShape();
  if (!array.fortranOrder || shape.size() < 2) {
    // An empty array may have no memory at all.
    if (!array.data.empty())
      std::memcpy(tensor.data(), array.data.data(), array.data.size());
    return Error::success();
  }
  // In Fortran's order the first index runs fastest.
  SmallVector<int64_t> index(shape.size(), 0), strides(shape.size(), 1);
  for (size_t i = shape.size() - 1; i-- > 0;)
    strides[i] = strides[i + 1] * shape[i + 1];
  for (uint64_t from = 0; from < tensor.getNumElements(); ++from) {
    uint64_t to = 0;
    for (size_t i = 0; i < shape.size(); ++i)
      to += index[i] * strides[i];
    std::memcpy(tensor.data() + to * width, array.data.data() + from * width, width);
    for (size_t i = 0; i < shape.size() && ++index[i] == shape[i]; ++i)
      index[i] = 0;
  }
  return Error::success();
}

Error normrun::writeNpy(StringRef path, const Tensor &tensor) {
  std::string header =
      "{'descr': '" + getDescrs(tensor.getType()).front() + "', 'fortran_order': False, 'shape': (";
  for (int64_t size : tensor.getShape())
    header += std::to_string(size) + ",";
  header += "), }";
  // NumPy aligns the data to 64 bytes; the header ends with a newline.
  uint64_t length = alignTo(10 + header.size() + 1, 64) - 10;
  header.resize(length - 1, ' ');
  header += '\n';
  char prefix[4] = {1, 0, 0, 0};
  support::endian::write16le(prefix + 2, uint16_t(length));
  return writeToOutput(path, [&](raw_ostream &os) {
    os << magic << StringRef(prefix, 4) << header;
    os << StringRef(tensor.data(), tensor.getNumBytes());
    return Error::success();
  });
}
