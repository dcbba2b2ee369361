//===- ulp.cpp - tests of norm-run's arithmetic --------------------------===//
//
// Prints what failed; exits with 1 if anything did.
//
//===----------------------------------------------------------------------===//

#include "Ulp.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>
#include <limits>

using namespace llvm;
using namespace normrun;

static int failures = 0;
#define CHECK(condition)                                                                           \
  do {                                                                                             \
    if (!(condition)) {                                                                            \
      ++failures;                                                                                  \
      errs() << __LINE__ << ": failed: " << #condition << "\n";                                    \
    }                                                                                              \
  } while (0)

static const DLDataType f16 = {kDLFloat, 16, 1}, bf16 = {kDLBfloat, 16, 1}, f32 = {kDLFloat, 32, 1},
                        f64 = {kDLFloat, 64, 1}, i8 = {kDLInt, 8, 1}, i64 = {kDLInt, 64, 1},
                        u8 = {kDLUInt, 8, 1}, e4m3 = {float8E4M3FN, 8, 1},
                        e5m2 = {float8E5M2, 8, 1};
static const double inf = std::numeric_limits<double>::infinity(), notANumber = std::nan("");

static Tensor make(DLDataType type, ArrayRef<double> values) {
  Expected<Tensor> tensor = Tensor::allocate(type, {int64_t(values.size())});
  if (!tensor)
    report_fatal_error(tensor.takeError());
  for (size_t i = 0; i < values.size(); ++i)
    tensor->store(i, values[i]);
  return std::move(*tensor);
}

static void testUlp() {
  CHECK(getUlp(f32, 1) == 0x1p-23L);
  CHECK(getUlp(f32, 1.99) == 0x1p-23L);
  CHECK(getUlp(f32, -2) == 0x1p-22L);
  CHECK(getUlp(f32, 0) == 0x1p-149L);
  CHECK(getUlp(f32, 1e-45) == 0x1p-149L);
  CHECK(getUlp(f32, 1e300) == 0x1p104L);
  CHECK(getUlp(f16, 1) == 0x1p-10L);
  CHECK(getUlp(f16, 0) == 0x1p-24L);
  CHECK(getUlp(bf16, 1) == 0x1p-7L);
  CHECK(getUlp(bf16, 300) == 2);
  CHECK(getUlp(f64, 1) == 0x1p-52L);
  CHECK(getUlp(i8, 77) == 1);
  CHECK(getUlp(e4m3, 1) == 0x1p-3L && getUlp(e4m3, 0) == 0x1p-9L && getUlp(e4m3, 400) == 32);
  CHECK(getUlp(e5m2, 1) == 0x1p-2L && getUlp(e5m2, 0) == 0x1p-16L && getUlp(e5m2, 5e4) == 8192);

  CHECK(getUlpError(f32, 1, 1) == 0);
  CHECK(getUlpError(f32, 1 + 0x1p-22, 1) == 2);
  CHECK(getUlpError(f32, 1, 1 + 0x1p-24) == 0.5);
  // In f64 by the digits that only a long double has.
  CHECK(getUlpError(f64, 1, 1 + 0x1p-54L) == 0.25);
  CHECK(getUlpError(i8, 7, 9) == 2);
  CHECK(getUlpError(f32, 0x1p-149, 0) == 1);
  CHECK(getUlpError(f32, -1, 1) == 0x1p24);
  CHECK(getUlpError(f32, notANumber, notANumber) == 0);
  CHECK(getUlpError(f32, notANumber, 1) == inf);
  CHECK(getUlpError(f32, 1, notANumber) == inf);
  CHECK(getUlpError(f32, inf, inf) == 0);
  CHECK(getUlpError(f32, inf, -inf) == inf);
  CHECK(getUlpError(f32, 1, inf) == inf);
  // What overflows: 65504 is f16's largest, 65520 the first to round to infinity.
  CHECK(getUlpError(f16, inf, 65520) == 0);
  CHECK(getUlpError(f16, inf, 1e9) == 0);
  CHECK(getUlpError(f16, -inf, -1e9) == 0);
  CHECK(getUlpError(f16, -inf, 1e9) == inf);
  CHECK(getUlpError(f16, inf, 65504) == 0.5);
  CHECK(getUlpError(f16, inf, 60000) == inf);
  CHECK(getUlpError(f16, 65504, 65536) == 1);
  CHECK(getUlpError(e5m2, inf, 61440) == 0);
  CHECK(getUlpError(e5m2, inf, 57344) == 0.5);
  CHECK(getUlpError(e5m2, notANumber, 61440) == inf);
  // 448 is the largest of f8E4M3FN, and what is above 464 NaN.
  CHECK(getUlpError(e4m3, notANumber, 465) == 0);
  CHECK(getUlpError(e4m3, notANumber, inf) == 0);
  CHECK(getUlpError(e4m3, notANumber, -1e9) == 0);
  CHECK(getUlpError(e4m3, notANumber, 448) == 0.5);
  CHECK(getUlpError(e4m3, notANumber, 400) == inf);
  CHECK(getUlpError(e4m3, notANumber, notANumber) == 0);
  CHECK(getUlpError(e4m3, 448, 480) == 1);
  CHECK(getUlpError(e4m3, 448, notANumber) == inf);
}

static void testCompare() {
  UlpReport report = compareUlp(make(f32, {1, 2, 0x1p-20, notANumber, 4, inf, 3}),
                                make(f64, {1, 2 + 0x1p-21, 0, notANumber, notANumber, inf, inf}));
  CHECK(report.count == 7);
  CHECK(report.worst == 2 && report.maxUlp == 0x1p129);
  CHECK(report.worstGot == 0x1p-20 && report.worstExpected == 0);
  CHECK(report.largest == 2 + 0x1p-21);
  // The error near 0 is 4 ULPs of the largest, not the 2^129 of its own.
  CHECK(report.maxScaledUlp == 4);
  CHECK(report.mismatches == 2 && report.firstMismatch == 4 && report.mismatchGot == 4);

  report = compareUlp(make(bf16, {1, 1, 1, 1}), make(f64, {1, 1, 1, 1 + 0x1p-6}));
  CHECK(report.maxUlp == 2 && report.meanUlp == 0.5 && report.worst == 3);
  CHECK(report.mismatches == 0);
  report = compareUlp(make(f32, {}), make(f64, {}));
  CHECK(report.count == 0 && report.maxUlp == 0 && report.meanUlp == 0);
}

static void testElements() {
  struct Kind {
    DLDataType type;
    const fltSemantics &semantics;
  };
  for (const Kind &kind :
       {Kind{f16, APFloat::IEEEhalf()}, Kind{bf16, APFloat::BFloat()},
        Kind{e4m3, APFloat::Float8E4M3FN()}, Kind{e5m2, APFloat::Float8E5M2()}}) {
    const unsigned width = kind.type.bits;
    Tensor tensor = make(kind.type, {0});
    auto store = [&](double value) {
      tensor.store(0, value);
      uint16_t bits = 0;
      memcpy(&bits, tensor.data(), width / 8);
      return bits;
    };
    auto expected = [&](double value) {
      APFloat number(value);
      bool inexact;
      // norm-run rounds bf16 by way of f32, which only matters within 2^-29 of a tie.
      if (kind.type.code == kDLBfloat)
        number.convert(APFloat::IEEEsingle(), APFloat::rmNearestTiesToEven, &inexact);
      number.convert(kind.semantics, APFloat::rmNearestTiesToEven, &inexact);
      return uint16_t(number.bitcastToAPInt().getZExtValue());
    };
    for (unsigned bits = 0; bits < 1u << width; ++bits) {
      uint16_t pattern = uint16_t(bits);
      memcpy(tensor.data(), &pattern, width / 8);
      double value = double(tensor.load(0));
      APFloat number(kind.semantics, APInt(width, bits));
      if (number.isNaN()) {
        CHECK(std::isnan(value));
        CHECK(std::isnan(double((tensor.store(0, value), tensor.load(0)))));
        continue;
      }
      bool inexact;
      number.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven, &inexact);
      CHECK(number.convertToDouble() == value);
      CHECK(store(value) == bits);
      // Between this number and the next: below, at and above the tie.
      pattern = uint16_t(bits + 1);
      memcpy(tensor.data(), &pattern, width / 8);
      double next = double(tensor.load(0));
      if (!std::isfinite(value) || !std::isfinite(next))
        continue;
      for (double fraction : {0.25, 0.5, 0.625})
        CHECK(store(value + (next - value) * fraction) ==
              expected(value + (next - value) * fraction));
    }
    for (double value : {65519.0, 65520.0, 65536.0, 1e10, 1e39, 1e300, -1e300, 1e-8, 1e-50, inf,
                         464.0, 465.0, -470.0, 480.0, 500.0, 61439.0, 61440.0, -61441.0})
      CHECK(store(value) == expected(value));
  }

  Tensor bytes = make(i8, {-200, -128, -0.4, 0.5, 1.5, 126.6, 127, 1e9});
  const double cut[] = {-128, -128, 0, 0, 2, 127, 127, 127};
  for (size_t i = 0; i < std::size(cut); ++i)
    CHECK(bytes.load(i) == cut[i]);
  Tensor unsignedBytes = make(u8, {-3, 300, 7});
  CHECK(unsignedBytes.load(0) == 0 && unsignedBytes.load(1) == 255 && unsignedBytes.load(2) == 7);
  Tensor longs = make(i64, {1e30, -1e30, 0x1p53});
  CHECK(longs.load(0) == 0x7fffffffffffffffLL && longs.load(2) == 0x1p53L);
}

static void testShapes() {
  CHECK(formatShape({}) == "scalar" && formatShape({2, 3}) == "2x3");
  CHECK(formatIndex({2, 3, 4}, 23) == "[1, 2, 3]" && formatIndex({}, 0) == "[]");
  CHECK(cantFail(countElements({3, 0, std::numeric_limits<int64_t>::max()}, 8)) == 0);
  Expected<uint64_t> large = countElements({1LL << 40, 1LL << 40}, 4);
  CHECK(!large);
  consumeError(large.takeError());
  Expected<Buffer> buffer = Buffer::allocate(100, Placement::AtEnd, 8);
  CHECK(buffer && uint64_t(buffer->data()) % 8 == 0 &&
        (uint64_t(buffer->data()) + 104) % 4096 == 0);
}

int main() {
  testUlp();
  testCompare();
  testElements();
  testShapes();
  return failures != 0;
}
