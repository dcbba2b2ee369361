//===- MathAccuracy.cpp - errors of norm-expand-math, measured ------------===//
//
// Compiles every expansion for this machine, with and without fused multiply-add, and compares it
// with the C library: f32 with double, f64 with long double. Errors are in units in the last place
// of the exact result. A stated bound holds if nothing measured is above it, and is tight: the
// worst known argument, kept in MathBounds.inc, reaches it in its last digit.
//
//   normc-test-math         dense samples, the worst arguments, all special values; in the suite
//   normc-test-math --all   all 2^32 arguments of f32 functions and conversions; 100 times as many
//                           of f64
//   normc-test-math WORD... only these of f32, f64 (functions), conversions, roundings
//
//===----------------------------------------------------------------------===//

#include "normc/Passes.h"

#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVMPass.h"
#include "mlir/Conversion/MathToLLVM/MathToLLVM.h"
#include "mlir/Conversion/ReconcileUnrealizedCasts/ReconcileUnrealizedCasts.h"
#include "mlir/Conversion/SCFToControlFlow/SCFToControlFlow.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/TargetSelect.h"

#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <limits>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

using namespace mlir;

namespace {

bool all = false;
int failures = 0;

template <typename T> struct BitsOf;
template <> struct BitsOf<float> {
  using Type = uint32_t;
};
template <> struct BitsOf<double> {
  using Type = uint64_t;
};
template <typename To, typename From> To cast_bits(From from) {
  static_assert(sizeof(To) == sizeof(From));
  To to;
  std::memcpy(&to, &from, sizeof to);
  return to;
}

/// One operation over an array, as machine code.
using Loop = void (*)(const void *in, void *out, int64_t count);

class Compiler {
public:
  Compiler() {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
    DialectRegistry registry;
    registry.insert<arith::ArithDialect, func::FuncDialect, LLVM::LLVMDialect, math::MathDialect,
                    scf::SCFDialect, vector::VectorDialect>();
    registerBuiltinDialectTranslation(registry);
    registerLLVMDialectTranslation(registry);
    context.appendDialectRegistry(registry);
    jit = check(llvm::orc::LLJITBuilder().create());
  }

  /// `op` is one operation from %x to %y, whose types are given.
  Loop compile(StringRef op, StringRef from, StringRef to, unsigned fromBytes, unsigned toBytes,
               bool hasFma) {
    std::string name = "loop" + std::to_string(loops++);
    std::string text = llvm::formatv(
        R"(func.func @{0}(%in: !llvm.ptr, %out: !llvm.ptr, %n: i64) {{
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  scf.for %i = %zero to %n step %one : i64 {{
    %p = llvm.getelementptr %in[%i] : (!llvm.ptr, i64) -> !llvm.ptr, !llvm.array<{3} x i8>
    %q = llvm.getelementptr %out[%i] : (!llvm.ptr, i64) -> !llvm.ptr, !llvm.array<{4} x i8>
    %x = llvm.load %p {{alignment = 1 : i64} : !llvm.ptr -> {1}
    {5}
    llvm.store %y, %q {{alignment = 1 : i64} : {2}, !llvm.ptr
  }
  return
})",
        name, from, to, fromBytes, toBytes, op);
    OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, &context);
    if (!module)
      fail("cannot parse:\n" + text);
    PassManager pm(&context);
    pm.addPass(norm::createExpandMathPass({hasFma, false, false, false}));
    pm.addPass(createSCFToControlFlowPass());
    pm.addPass(createConvertMathToLLVMPass());
    pm.addPass(createArithToLLVMConversionPass());
    pm.addPass(createConvertControlFlowToLLVMPass());
    pm.addPass(createConvertFuncToLLVMPass());
    pm.addPass(createReconcileUnrealizedCastsPass());
    if (failed(pm.run(*module)))
      fail("cannot lower:\n" + text);
    auto llvmContext = std::make_unique<llvm::LLVMContext>();
    auto llvmModule = translateModuleToLLVMIR(*module, *llvmContext);
    if (!llvmModule)
      fail("cannot translate:\n" + text);
    if (llvm::Error error = jit->addIRModule(
            llvm::orc::ThreadSafeModule(std::move(llvmModule), std::move(llvmContext))))
      fail(llvm::toString(std::move(error)));
    return check(jit->lookup(name)).toPtr<Loop>();
  }

private:
  [[noreturn]] static void fail(const std::string &why) {
    std::fprintf(stderr, "normc-test-math: %s\n", why.c_str());
    std::exit(1);
  }
  template <typename T> static T check(llvm::Expected<T> value) {
    if (!value)
      fail(llvm::toString(value.takeError()));
    return std::move(*value);
  }

  MLIRContext context;
  std::unique_ptr<llvm::orc::LLJIT> jit;
  int loops = 0;
};

/// |got - exact| in units in the last place of T at `exact`; 0 where `got` is the nearest T or
/// both are NaN, infinite where only one is or where a zero has the wrong sign.
template <typename T, typename Wide> double ulps(T got, Wide exact) {
  if (std::isnan(exact) || std::isnan(got))
    return std::isnan(exact) && std::isnan(got) ? 0 : INFINITY;
  T nearest = static_cast<T>(exact);
  using Bits = typename BitsOf<T>::Type;
  if (cast_bits<Bits>(got) == cast_bits<Bits>(nearest))
    return 0;
  if (std::isinf(exact) || got == nearest)
    return INFINITY;
  // Infinity as the next number after the largest.
  Wide value = got;
  if (std::isinf(got))
    value = std::copysign(std::ldexp(Wide(1), std::numeric_limits<T>::max_exponent), value);
  int exponent = std::numeric_limits<T>::min_exponent;
  if (exact != 0)
    exponent = std::max(exponent, std::ilogb(exact) + 1);
  Wide unit = std::ldexp(Wide(1), exponent - std::numeric_limits<T>::digits);
  return static_cast<double>(std::fabs(value - exact) / unit);
}

struct Worst {
  double error = 0;
  uint64_t at = 0;
  void merge(const Worst &other) {
    if (other.error > error)
      *this = other;
  }
};

/// A function, its two stated bounds (ULPs: with fma, without) and where they are reached.
template <typename T, typename Wide> struct Function {
  const char *name;
  Wide (*exact)(Wide);
  double bound[2];
  T worst[2];
  T low, high; // where random arguments are taken from
};

template <typename T, typename Wide>
void compare(Loop loop[2], Wide (*exact)(Wide), const T *x, size_t count, Worst worst[2]) {
  std::vector<T> y[2] = {std::vector<T>(count), std::vector<T>(count)};
  constexpr size_t lanes = 32 / sizeof(T);
  for (int form = 0; form < 2; ++form)
    loop[form](x, y[form].data(), count / lanes);
  for (size_t i = 0; i < count; ++i) {
    Wide e = exact(x[i]);
    for (int form = 0; form < 2; ++form)
      worst[form].merge({ulps<T, Wide>(y[form][i], e), cast_bits<typename BitsOf<T>::Type>(x[i])});
  }
}

/// Runs body(block) for blocks 0..count-1 on all cores.
void parallel(size_t count, const std::function<void(size_t)> &body) {
  std::atomic<size_t> next{0};
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()); ++i)
    threads.emplace_back([&] {
      for (size_t block; (block = next++) < count;)
        body(block);
    });
  for (std::thread &thread : threads)
    thread.join();
}

/// Arguments in blocks of 2^16.
constexpr size_t blockSize = 1 << 16;

/// All of f32, or every 2^11-th with the low bits changing: every exponent, 2^21 in all.
void fillBlock(std::vector<float> &x, size_t block) {
  for (size_t i = 0; i < blockSize; ++i) {
    uint32_t index = static_cast<uint32_t>(block * blockSize + i);
    if (!all)
      index = (index << 11) | ((index * 2654435761u) >> 21);
    x[i] = cast_bits<float>(index);
  }
}

/// Half of the arguments uniform in [low, high], a quarter uniform in exponent and near integers
/// times ln(2)/2 each.
void fillBlock(std::vector<double> &x, size_t block, double low, double high) {
  std::mt19937_64 random(block);
  for (size_t i = 0; i < blockSize; ++i) {
    double unit = std::ldexp(double(random() >> 11), -53);
    switch (i % 4) {
    case 0:
    case 1:
      x[i] = low + (high - low) * unit;
      break;
    case 2:
      x[i] = cast_bits<double>(random());
      break;
    case 3: {
      double near = double(int64_t(random() % 4096) - 2048) * 0.34657359027997264;
      x[i] = near + std::ldexp(unit - 0.5, -int(random() % 50));
    }
    }
  }
}

template <typename T> std::vector<T> specials() {
  using Bits = typename BitsOf<T>::Type;
  using Limits = std::numeric_limits<T>;
  std::vector<T> result;
  T near[] = {0,
              Limits::denorm_min(),
              Limits::min(),
              1,
              T(0.5),
              T(0.6),
              T(0.34657359),
              T(0.70710678),
              2,
              4,
              6,
              9,
              19,
              20,
              87.3,
              88.7,
              89,
              104,
              126,
              127,
              128,
              149,
              150,
              708,
              709.8,
              710,
              745,
              746,
              1022,
              1023,
              1024,
              1074,
              1075,
              1e10,
              Limits::max(),
              Limits::infinity()};
  for (T value : near)
    for (int step = -3; step <= 3; ++step) {
      Bits bits = cast_bits<Bits>(value) + Bits(step);
      for (T sign : {T(1), T(-1)})
        result.push_back(std::copysign(cast_bits<T>(bits), sign));
    }
  result.push_back(Limits::quiet_NaN());
  result.push_back(Limits::signaling_NaN());
  while (result.size() % 8)
    result.push_back(0);
  return result;
}

void report(const char *name, const char *type, const char *form, Worst worst, double bound) {
  // The bound is what is measured, rounded up in the second digit behind the point.
  double rounded = std::ceil(worst.error * 100) / 100;
  bool good = rounded == bound;
  if (!good)
    ++failures;
  std::printf("%-6s %-4s %-6s %5.2f ULP at %a%s", name, type, form, rounded,
              std::strcmp(type, "f32") ? cast_bits<double>(worst.at)
                                       : double(cast_bits<float>(uint32_t(worst.at))),
              good ? "\n" : "");
  if (!good)
    std::printf(", but %.2f is stated\n", bound);
  std::fflush(stdout);
}

template <typename T, typename Wide>
void test(Compiler &compiler, const Function<T, Wide> &function) {
  constexpr bool single = sizeof(T) == 4;
  const char *type = single ? "f32" : "f64";
  std::string vector = single ? "vector<8xf32>" : "vector<4xf64>";
  std::string op = llvm::formatv("%y = math.{0} %x : {1}", function.name, vector);
  Loop loop[2];
  for (int form = 0; form < 2; ++form)
    loop[form] = compiler.compile(op, vector, vector, 32, 32, /*hasFma=*/form == 0);

  Worst worst[2];
  std::vector<T> known = specials<T>();
  for (int i = 0; i < 8; ++i)
    known.push_back(function.worst[i % 2]);
  compare(loop, function.exact, known.data(), known.size(), worst);

  std::mutex mutex;
  size_t blocks = single ? (all ? 1 << 16 : 1 << 5) : (all ? 1600 : 16);
  parallel(blocks, [&](size_t block) {
    std::vector<T> x(blockSize);
    if constexpr (single)
      fillBlock(x, block);
    else
      fillBlock(x, block, function.low, function.high);
    Worst mine[2];
    compare(loop, function.exact, x.data(), blockSize, mine);
    std::lock_guard<std::mutex> lock(mutex);
    worst[0].merge(mine[0]);
    worst[1].merge(mine[1]);
  });
  report(function.name, type, "fma", worst[0], function.bound[0]);
  report(function.name, type, "no fma", worst[1], function.bound[1]);

  // A scalar gives the same bits as a lane.
  std::string scalar = llvm::formatv("%y = math.{0} %x : {1}", function.name, type);
  std::vector<T> lanes(known.size()), scalars(known.size());
  for (int form = 0; form < 2; ++form) {
    loop[form](known.data(), lanes.data(), known.size() * sizeof(T) / 32);
    compiler.compile(scalar, type, type, sizeof(T), sizeof(T),
                     form == 0)(known.data(), scalars.data(), known.size());
    for (size_t i = 0; i < known.size(); ++i)
      if (std::memcmp(&lanes[i], &scalars[i], sizeof(T)) && !std::isnan(lanes[i])) {
        std::printf("%s %s: a scalar gives %a at %a, a vector %a\n", function.name, type,
                    double(scalars[i]), double(known[i]), double(lanes[i]));
        ++failures;
      }
  }
}

/// A format of 8 or 16 bits: bits of precision, smallest normal exponent.
struct Narrow {
  const char *name;
  int precision, minExponent, bits = 16;
  /// Without one, all ones is the only NaN.
  bool hasInfinity = true;

  uint16_t getMagnitudes() const { return (1 << (bits - 1)) - 1; }
  /// The first code that is no finite number.
  uint16_t getFirst() const {
    return hasInfinity ? getMagnitudes() >> (precision - 1) << (precision - 1) : getMagnitudes();
  }
};
constexpr Narrow f16 = {"f16", 11, -14}, bf16 = {"bf16", 8, -126},
                 f8E4M3FN = {"f8E4M3FN", 4, -6, 8, /*hasInfinity=*/false},
                 f8E5M2 = {"f8E5M2", 3, -14, 8};

/// The number that `bits` stands for.
double decode(Narrow format, uint16_t bits) {
  int fractionBits = format.precision - 1;
  uint16_t code = bits & format.getMagnitudes();
  int exponent = code >> fractionBits;
  int fraction = code & ((1 << fractionBits) - 1);
  double magnitude;
  if (code >= format.getFirst())
    magnitude = format.hasInfinity && fraction == 0 ? std::numeric_limits<double>::infinity()
                                                    : std::numeric_limits<double>::quiet_NaN();
  else if (exponent == 0)
    magnitude = std::ldexp(double(fraction), format.minExponent - fractionBits);
  else
    magnitude = std::ldexp(double(fraction + (1 << fractionBits)),
                           exponent - 1 + format.minExponent - fractionBits);
  return bits >> (format.bits - 1) ? -magnitude : magnitude;
}

/// The nearest, even at a tie. NaN is 0xffff.
uint16_t encode(Narrow format, long double value) {
  if (std::isnan(value))
    return 0xffff;
  int fractionBits = format.precision - 1;
  uint16_t sign = std::signbit(value) ? format.getMagnitudes() + 1 : 0;
  value = std::fabs(value);
  if (std::isinf(value))
    return sign | format.getFirst();
  if (value == 0)
    return sign;
  int exponent = std::max(std::ilogb(value), format.minExponent);
  auto units = static_cast<uint64_t>(std::rint(std::ldexp(value, fractionBits - exponent)));
  // units has the implicit bit where the number is normal; it counts one exponent.
  uint64_t bits = (uint64_t(exponent - format.minExponent) << fractionBits) + units;
  return sign | static_cast<uint16_t>(std::min<uint64_t>(bits, format.getFirst()));
}

/// Codes as an array of the format's width, and back.
std::vector<char> pack(Narrow format, const std::vector<uint16_t> &codes) {
  std::vector<char> bytes(codes.size() * format.bits / 8);
  for (size_t i = 0; i < codes.size(); ++i)
    std::memcpy(&bytes[i * format.bits / 8], &codes[i], format.bits / 8);
  return bytes;
}
std::vector<uint16_t> unpack(Narrow format, const std::vector<char> &bytes) {
  std::vector<uint16_t> codes(bytes.size() * 8 / format.bits);
  for (size_t i = 0; i < codes.size(); ++i)
    std::memcpy(&codes[i], &bytes[i * format.bits / 8], format.bits / 8);
  return codes;
}

std::string shaped(unsigned lanes, const std::string &element) {
  return lanes == 1 ? element : llvm::formatv("vector<{0}x{1}>", lanes, element).str();
}

/// A loop of `op` from one element type to another. Narrow floats are loaded and stored as
/// integers: the LLVM dialect has none of 8 bits.
Loop compileConversion(Compiler &compiler, const char *op, const char *from, unsigned fromBits,
                       const char *to, unsigned toBits, unsigned lanes) {
  auto stored = [&](const char *type, unsigned bits) {
    return shaped(lanes, bits == 8 ? "i8" : type);
  };
  std::string text = llvm::formatv(
      "%f = arith.bitcast %x : {0} to {1}\n%t = arith.{2} %f : {1} to {3}\n"
      "%y = arith.bitcast %t : {3} to {4}",
      stored(from, fromBits), shaped(lanes, from), op, shaped(lanes, to), stored(to, toBits));
  return compiler.compile(text, stored(from, fromBits), stored(to, toBits), lanes * fromBits / 8,
                          lanes * toBits / 8, false);
}

void result(const std::string &name, uint64_t count, uint64_t wrong) {
  if (wrong)
    ++failures;
  std::printf("%-14s %llu values, %llu wrong\n", name.c_str(), (unsigned long long)count,
              (unsigned long long)wrong);
}

std::vector<uint16_t> allCodes(Narrow format) {
  std::vector<uint16_t> codes(1 << format.bits);
  for (size_t i = 0; i < codes.size(); ++i)
    codes[i] = static_cast<uint16_t>(i);
  return codes;
}

template <typename Wide> void testExtend(Compiler &compiler, Narrow format, const char *type) {
  std::vector<uint16_t> x = allCodes(format);
  std::vector<Wide> y(x.size());
  compileConversion(compiler, "extf", format.name, format.bits, type, 8 * sizeof(Wide),
                    8)(pack(format, x).data(), y.data(), x.size() / 8);
  uint64_t wrong = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    double exact = decode(format, x[i]);
    bool same = std::isnan(exact) ? std::isnan(y[i])
                                  : y[i] == exact && std::signbit(y[i]) == std::signbit(exact);
    wrong += !same;
  }
  result(std::string(format.name) + " to " + type, x.size(), wrong);
}

/// Where `y` is not the code of `exact`, which is that of a NaN as 0xffff.
bool isWrong(Narrow format, uint16_t y, uint16_t exact) {
  // Without infinities there is no other NaN.
  int payload = format.hasInfinity ? format.precision - 2 : 0;
  uint16_t quiet = format.getMagnitudes() >> payload << payload;
  return exact == 0xffff ? (y & quiet) != quiet : y != exact;
}

/// Numbers from -> 8 or 16 bits, `lanes` at a time.
template <typename From>
uint64_t wrongTruncations(Loop loop, unsigned lanes, Narrow format, const std::vector<From> &x) {
  std::vector<char> bytes(x.size() * format.bits / 8);
  loop(x.data(), bytes.data(), x.size() / lanes);
  std::vector<uint16_t> y = unpack(format, bytes);
  uint64_t wrong = 0;
  for (size_t i = 0; i < x.size(); ++i)
    wrong += isWrong(format, y[i], encode(format, x[i]));
  return wrong;
}

/// Around every number of the format and every tie between two of them.
template <typename From> std::vector<From> hardForTruncation(Narrow format) {
  std::vector<From> x;
  auto around = [&](From value) {
    for (From other : {From(0), std::numeric_limits<From>::infinity()})
      x.push_back(std::nextafter(value, other));
    x.push_back(value);
    // Sticky bits far below what a first rounding to f32 or f64 would keep.
    for (int shift : {26, 40, 51, 62})
      for (From sign : {From(1), From(-1)})
        x.push_back(value + sign * std::ldexp(value, -shift));
  };
  uint16_t first = format.getFirst();
  // Where infinity is, with numbers as far apart as the largest.
  From beyond = 2 * From(decode(format, first - 1)) - From(decode(format, first - 2));
  for (uint16_t bits = 0; bits < first; ++bits) {
    From low = decode(format, bits);
    From high = bits + 1 == first ? beyond : From(decode(format, bits + 1));
    around(low);
    around(low + (high - low) / 2);
  }
  around(beyond);
  for (From value : {std::numeric_limits<From>::infinity(), std::numeric_limits<From>::quiet_NaN(),
                     std::numeric_limits<From>::signaling_NaN(), std::numeric_limits<From>::max(),
                     std::numeric_limits<From>::min(), std::numeric_limits<From>::denorm_min()})
    x.push_back(value);
  for (size_t i = 0, n = x.size(); i < n; ++i)
    x.push_back(-x[i]);
  while (x.size() % 8)
    x.push_back(0);
  return x;
}

template <typename From>
void testTruncate(Compiler &compiler, Narrow format, const char *type, unsigned lanes) {
  Loop loop = compileConversion(compiler, "truncf", type, 8 * sizeof(From), format.name,
                                format.bits, lanes);
  std::vector<From> x = hardForTruncation<From>(format);
  uint64_t count = x.size();
  std::atomic<uint64_t> wrong{wrongTruncations(loop, lanes, format, x)};
  if constexpr (sizeof(From) == 4) {
    size_t blocks = all ? 1 << 16 : 1 << 5;
    parallel(blocks, [&](size_t block) {
      std::vector<float> x(blockSize);
      fillBlock(x, block);
      wrong += wrongTruncations(loop, lanes, format, x);
    });
    count += blocks * blockSize;
  }
  result(std::string(type) + " to " + format.name, count, wrong);
}

template <typename Integer>
void testFromInteger(Compiler &compiler, Narrow format, const char *op, const char *type) {
  std::mt19937_64 random(1);
  std::vector<Integer> x;
  constexpr int width = 8 * sizeof(Integer);
  for (int i = 0; i < 1 << 20; ++i)
    x.push_back(static_cast<Integer>(random() >> (random() % 64)));
  // A leading one, a tie of bf16 behind it, and one bit more, far below.
  for (int top = 0; top < width; ++top)
    for (int low = 0; low < width; ++low)
      for (int tie : {7, 8, 9})
        for (int step : {-1, 0, 1}) {
          uint64_t value = (uint64_t(1) << top) + (top >= tie ? uint64_t(3) << top >> tie : 0) +
                           step * (int64_t(1) << low);
          x.push_back(static_cast<Integer>(value));
          x.push_back(static_cast<Integer>(-value));
        }
  while (x.size() % 8)
    x.push_back(0);
  Loop loop = compileConversion(compiler, op, type, width, format.name, format.bits, 8);
  result(std::string(op) + " " + type + " " + format.name, x.size(),
         wrongTruncations(loop, 8, format, x));
}

void testConversions(Compiler &compiler, Narrow format) {
  testExtend<float>(compiler, format, "f32");
  testExtend<double>(compiler, format, "f64");
  testTruncate<float>(compiler, format, "f32", 8);
  testTruncate<double>(compiler, format, "f64", 4);
#ifdef __x86_64__
  testTruncate<long double>(compiler, format, "f80", 1);
#endif
  testFromInteger<int32_t>(compiler, format, "sitofp", "i32");
  testFromInteger<uint32_t>(compiler, format, "uitofp", "i32");
  testFromInteger<int64_t>(compiler, format, "sitofp", "i64");
  testFromInteger<uint64_t>(compiler, format, "uitofp", "i64");
}

/// All numbers of one narrow format, in another.
void testBetween(Compiler &compiler, Narrow from, Narrow to) {
  std::vector<uint16_t> x = allCodes(from);
  std::vector<char> bytes(x.size() * to.bits / 8);
  compileConversion(compiler, from.bits < to.bits ? "extf" : "truncf", from.name, from.bits,
                    to.name, to.bits, 8)(pack(from, x).data(), bytes.data(), x.size() / 8);
  std::vector<uint16_t> y = unpack(to, bytes);
  uint64_t wrong = 0;
  for (size_t i = 0; i < x.size(); ++i)
    wrong += isWrong(to, y[i], encode(to, decode(from, x[i])));
  result(std::string(from.name) + " to " + to.name, x.size(), wrong);
}

template <typename T>
void testRounding(Compiler &compiler, const char *name, T (*exact)(T), const char *type) {
  constexpr unsigned lanes = 32 / sizeof(T);
  std::string vector = llvm::formatv("vector<{0}x{1}>", lanes, type);
  Loop loop = compiler.compile(llvm::formatv("%y = math.{0} %x : {1}", name, vector).str(), vector,
                               vector, 32, 32, false);
  std::atomic<uint64_t> wrong{0}, count{0};
  auto compareAll = [&](const std::vector<T> &x) {
    std::vector<T> y(x.size());
    loop(x.data(), y.data(), x.size() / lanes);
    count += x.size();
    for (size_t i = 0; i < x.size(); ++i) {
      T z = exact(x[i]);
      wrong += std::isnan(z) ? !std::isnan(y[i]) : std::memcmp(&y[i], &z, sizeof(T)) != 0;
    }
  };
  std::vector<T> ties = specials<T>();
  for (int i = 0; i < 1024; ++i)
    for (T scale : {T(0.25), std::ldexp(T(1), std::numeric_limits<T>::digits - 4)}) {
      T value = (i - 512) * scale;
      for (T other : {value, std::nextafter(value, T(-INFINITY)),
                      std::nextafter(value, T(INFINITY)), value + T(0.5)})
        ties.push_back(other);
    }
  compareAll(ties);
  parallel(sizeof(T) == 4 ? (all ? 1 << 16 : 1 << 5) : 16, [&](size_t block) {
    std::vector<T> x(blockSize);
    if constexpr (sizeof(T) == 4)
      fillBlock(x, block);
    else
      fillBlock(x, block, -4, 4);
    compareAll(x);
  });
  result(std::string(name) + " " + type, count, wrong);
}

template <typename T> void testRoundings(Compiler &compiler, const char *type) {
  testRounding<T>(compiler, "floor", std::floor, type);
  testRounding<T>(compiler, "ceil", std::ceil, type);
  testRounding<T>(compiler, "trunc", std::trunc, type);
  testRounding<T>(compiler, "round", std::round, type);
  testRounding<T>(compiler, "roundeven", std::rint, type); // in the default rounding mode
}

/// powf with a constant exponent: special values as in C, and within the error that is stated.
void testPower(Compiler &compiler) {
  for (float exponent :
       {2.0f, 3.0f, 0.5f, -0.5f, 0.0f, 1.0f, 4.0f, 7.0f, 32.0f, -1.0f, -2.0f, -3.0f, -32.0f}) {
    double limit = std::max(1.5, exponent > 3 ? exponent : -2.0 * exponent);
    std::string op = llvm::formatv("%c = arith.constant {0} : f32\n%y = math.powf %x, %c : f32",
                                   std::to_string(exponent));
    Loop loop = compiler.compile(op, "f32", "f32", 4, 4, false);
    std::vector<float> x = specials<float>(), y(x.size());
    loop(x.data(), y.data(), x.size());
    uint64_t wrong = 0;
    for (size_t i = 0; i < x.size(); ++i)
      wrong += !(ulps<float, double>(y[i], std::pow(double(x[i]), double(exponent))) <= limit);
    result(llvm::formatv("powf {0}", std::to_string(exponent)).str(), x.size(), wrong);
  }
}

#ifdef __x86_64__
/// The greater and the smaller of two f80, with NaN and zeros as arith defines them.
void testLongExtremes(Compiler &compiler) {
  std::vector<long double> values = {0.0L, -0.0L, 1.0L, -1.0L, INFINITY, -INFINITY, NAN, 5e-4940L};
  for (const char *name : {"maximumf", "minimumf", "maxnumf", "minnumf"}) {
    bool greatest = name[1] == 'a', propagates = name[4] == 'm';
    uint64_t wrong = 0;
    for (const char *constant : {"0.0", "-0.0", "1.0", "0x7FFFC000000000000000"}) {
      long double b = constant[1] == 'x' ? NAN : std::strtold(constant, nullptr);
      std::string op = llvm::formatv("%c = arith.constant {0} : f80\n%y = arith.{1} %x, %c : f80",
                                     constant, name);
      std::vector<long double> y(values.size());
      compiler.compile(op, "f80", "f80", 16, 16, false)(values.data(), y.data(), y.size());
      for (size_t i = 0; i < y.size(); ++i) {
        long double a = values[i], exact = (a > b) == greatest ? a : b;
        if (std::isnan(a) || std::isnan(b))
          exact = propagates || std::isnan(a) ? (propagates ? NAN : b) : a;
        bool zeros = a == 0 && b == 0;
        bool same = std::isnan(exact) ? std::isnan(y[i]) : y[i] == exact;
        if (zeros && propagates) // -0 is less than 0
          same &= std::signbit(y[i]) == (greatest ? std::signbit(a) && std::signbit(b)
                                                  : std::signbit(a) || std::signbit(b));
        wrong += !same;
      }
    }
    result(std::string(name) + " f80", 4 * values.size(), wrong);
  }
}
#endif

#include "MathBounds.inc"

} // namespace

int main(int argc, char **argv) {
  std::vector<std::string> only;
  for (int i = 1; i < argc; ++i) {
    if (!std::strcmp(argv[i], "--all")) {
      all = true;
    } else if (argv[i][0] != '-') {
      only.push_back(argv[i]);
    } else {
      std::fprintf(stderr, "normc-test-math: expects --all or words, but got '%s'\n", argv[i]);
      return 1;
    }
  }
  // Whether a test of this name was asked for.
  auto wanted = [&](const std::string &name) {
    return only.empty() ||
           llvm::any_of(only, [&](const std::string &word) { return name == word; });
  };
  Compiler compiler;
  if (wanted("f32"))
    for (const auto &function : singleFunctions)
      test(compiler, function);
  if (wanted("f64"))
    for (const auto &function : doubleFunctions)
      test(compiler, function);
  if (wanted("conversions")) {
    for (Narrow format : {f16, bf16, f8E4M3FN, f8E5M2})
      testConversions(compiler, format);
    for (Narrow wide : {f16, bf16})
      for (Narrow format : {f8E4M3FN, f8E5M2}) {
        testBetween(compiler, format, wide);
        testBetween(compiler, wide, format);
      }
  }
  if (wanted("roundings")) {
    testRoundings<float>(compiler, "f32");
    testRoundings<double>(compiler, "f64");
    testPower(compiler);
#ifdef __x86_64__
    testLongExtremes(compiler);
#endif
  }
  if (failures)
    std::printf("%d failed\n", failures);
  else
    std::printf("all within their bounds\n");
  return failures != 0;
}
