//===- Atomic.cpp - atom and red --------------------------------------------===//
//
// Lanes take turns, in an order that depends on the launch's, so that results that depend on it
// show.
//
//===----------------------------------------------------------------------===//

#include "Access.h"
#include "FloatMath.h"

#include <algorithm>
#include <cstring>

using namespace normc::ptxsim;

namespace {
enum Operation : uint8_t { Add, Min, Max, And, Or, Xor, Inc, Dec, Exch, Cas };

uint64_t maskOf(unsigned bits) { return bits >= 64 ? ~uint64_t(0) : (uint64_t(1) << bits) - 1; }

int64_t asSigned(uint64_t value, unsigned bits) {
  return bits == 64 ? int64_t(value) : int64_t(value << (64 - bits)) >> (64 - bits);
}

uint64_t floatOperation(const Inst &inst, Operation operation, uint64_t old, uint64_t b,
                        bool flushes) {
  Inst plain;
  plain.type = inst.type;
  Op op = operation == Add ? Op::Add : operation == Min ? Op::Min : Op::Max;
  switch (inst.type) {
  case Type::F32:
    plain.flags = flushes ? uint32_t(Ftz) : 0;
    return computeF32(op, plain, asFloat(old), asFloat(b), 0);
  case Type::F64:
    return computeF64(op, plain, asDouble(old), asDouble(b), 0);
  case Type::F16:
  case Type::BF16:
    return computeHalf(op, plain, *formatOf(inst.type), uint32_t(old), uint32_t(b), 0);
  default: {
    const Format &format = *formatOf(inst.type);
    uint32_t low = computeHalf(op, plain, format, uint32_t(old), uint32_t(b), 0);
    uint32_t high = computeHalf(op, plain, format, uint32_t(old >> 16), uint32_t(b >> 16), 0);
    return uint64_t(high) << 16 | low;
  }
  }
}
} // namespace

uint64_t normc::ptxsim::atomicResult(const Inst &inst, uint64_t old, uint64_t b, uint64_t c,
                                     bool isGlobal) {
  unsigned bits = bitsOf(inst.type);
  auto operation = Operation(inst.variant);
  if (isFloat(inst.type) && operation <= Max)
    return floatOperation(inst, operation, old, b, isGlobal);
  bool sign = isSigned(inst.type);
  bool less = sign ? asSigned(old, bits) < asSigned(b, bits) : old < b;
  switch (operation) {
  case Add:
    return (old + b) & maskOf(bits);
  case Min:
    return less ? old : b;
  case Max:
    return less ? b : old;
  case And:
    return old & b;
  case Or:
    return old | b;
  case Xor:
    return old ^ b;
  case Inc:
    return old >= b ? 0 : old + 1;
  case Dec:
    return old == 0 || old > b ? b : old - 1;
  case Exch:
    return b;
  case Cas:
    return old == b ? c : old;
  }
  return old;
}

bool normc::ptxsim::takeAtomicOperation(Decoder &d, Inst &inst) {
  int operation =
      d.mods.takeOneOf({"add", "min", "max", "and", "or", "xor", "inc", "dec", "exch", "cas"});
  if (operation < 0)
    return d.fail("expects an atomic operation");
  inst.variant = uint8_t(operation);
  bool noftz = d.mods.take("noftz");
  Type type = inst.type = d.mods.takeType();
  unsigned bits = bitsOf(type);
  bool isHalf =
      type == Type::F16 || type == Type::BF16 || type == Type::F16X2 || type == Type::BF16X2;
  bool isBits = type == Type::B32 || type == Type::B64;
  bool isInteger = !isFloat(type) && !isBits && (bits == 32 || bits == 64);
  bool good = false;
  switch (Operation(operation)) {
  case Add:
    good = (isInteger && type != Type::U16X2 && type != Type::S16X2) || type == Type::F32 ||
           type == Type::F64 || isHalf;
    break;
  case Min:
  case Max:
    good = (isInteger && type != Type::U16X2 && type != Type::S16X2) || isHalf;
    break;
  case And:
  case Or:
  case Xor:
  case Exch:
    good = isBits;
    break;
  case Inc:
  case Dec:
    good = type == Type::U32;
    break;
  case Cas:
    good = isBits || type == Type::B16;
    break;
  }
  if (!good)
    return d.fail(std::string("expects another type than ") + nameOf(type));
  if (isHalf != noftz)
    return d.fail("expects .noftz with f16 and bf16");
  return true;
}

namespace {
// list: results, then values; cas has its new value in c.
void atomic(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  if (!m.checkDefined(warp, inst, inst.a, active, "address"))
    return;
  const uint32_t *results = m.code.lists.data() + inst.list, *values = results + inst.count;
  for (uint32_t k = 0; k < inst.count; ++k)
    if (!m.checkDefined(warp, inst, values[k], active, "operand of an atomic operation"))
      return;
  if (!m.checkDefined(warp, inst, inst.c, active, "operand of an atomic operation"))
    return;
  uint32_t size = inst.mode, bytes = size * inst.count;
  ++m.access;
  uint64_t base[32], sectors[32];
  memcpy(base, warp.read(inst.a), sizeof base);
  bool global = false, reverse = m.launch.order == Order::Reverse;
  for (uint32_t rest = active; rest;) {
    unsigned l = reverse ? 31 - __builtin_clz(rest) : __builtin_ctz(rest);
    rest &= ~(1u << l);
    Located at;
    if (!locate(m, warp, inst, l, base[l] + inst.imm, inst.space, bytes, bytes, Use::Atomic, at))
      return;
    bool isGlobal = at.space == MemorySpace::Global;
    sectors[l] = isGlobal ? at.address : 0;
    global |= isGlobal;
    if (isGlobal) {
      at.buffer->traffic.bytesLoaded += bytes;
      at.buffer->traffic.bytesStored += bytes;
    }
    for (uint32_t k = 0; k < inst.count; ++k) {
      uint64_t old = 0;
      memcpy(&old, at.bytes + k * size, size);
      bool defined = !(at.undefined >> (k * size) & ((1u << size) - 1));
      for (uint32_t b = 0; at.defined && b < size; ++b)
        defined &= at.defined[k * size + b] != 0;
      if (!defined && inst.variant != Exch) {
        m.fail(&warp, 1u << l, &inst, "atomic operation on memory that was never written");
        return;
      }
      uint64_t result =
          atomicResult(inst, old, warp.read(values[k])[l], warp.read(inst.c)[l], isGlobal);
      memcpy(at.bytes + k * size, &result, size);
      if (at.defined)
        memset(at.defined + k * size, 1, size);
      warp.write(results[k])[l] = old;
      if (defined)
        warp.setDefined(results[k], 1u << l);
      else
        warp.setDefinedBits(results[k], l, 0);
    }
  }
  warp.setDefined(0, ~0u);
  if (global) {
    m.countGlobal(sectors, active, bytes, false);
    m.countGlobal(sectors, active, bytes, true);
  }
}

bool decodeAtomic(Decoder &d) {
  bool returns = d.mods.mnemonic() == "atom";
  if (d.mods.has("async"))
    return decodeAsync("red.async")(d);
  Inst inst;
  inst.cls = Class::Atomic;
  inst.effect = atomic;
  if (!takeSemantics(d, inst))
    return false;
  inst.space = takeSpace(d.mods);
  bool good = inst.space == MemorySpace::Generic || inst.space == MemorySpace::Global ||
              inst.space == MemorySpace::Shared || inst.space == MemorySpace::SharedCluster;
  if (!good)
    return d.fail("expects .global or .shared");
  if (!takeAtomicOperation(d, inst))
    return false;
  bool policy;
  takeCacheHints(d.mods, policy);
  static const size_t counts[] = {1, 2, 4, 8};
  size_t count = counts[d.mods.takeOneOf({"v2", "v4", "v8"}) + 1];
  unsigned bits = bitsOf(inst.type);
  if (count > 1 && (!isFloat(inst.type) || inst.space != MemorySpace::Global ||
                    bits / 8 * count > 16 || d.smVersion() < 90))
    return d.fail("expects vectors of at most 16 bytes of floats in .global, from sm_90 on");
  inst.mode = uint8_t(bits / 8);
  bool cas = inst.variant == Cas;
  size_t first = returns ? 1 : 0, operands = first + 2 + cas + policy;
  std::vector<uint32_t> results, values;
  if (!d.finish() || !d.expectOperands(operands) ||
      !d.address(d.ops()[first], inst.space, inst.a, inst.imm))
    return false;
  if (!returns)
    results.assign(count, 0);
  else if (!d.vector(d.ops()[0], count, bits, false, false, results))
    return false;
  const Operand &value = d.ops()[first + 1];
  if (value.kind == Operand::Vector || count > 1) {
    if (!d.vector(value, count, bits, true, false, values))
      return false;
  } else {
    uint32_t slot;
    if (!d.source(value, inst.type, slot))
      return false;
    values.push_back(slot);
  }
  if (cas && (!returns || !d.source(d.ops()[first + 2], inst.type, inst.c)))
    return d.fail("expects atom.cas with two values");
  results.insert(results.end(), values.begin(), values.end());
  d.setList(inst, results);
  inst.count = uint32_t(count);
  d.emit(inst);
  return true;
}
} // namespace

DecodeFn normc::ptxsim::decodeAtomics(const std::string &name) {
  return name == "atom" || name == "red" ? decodeAtomic : nullptr;
}
