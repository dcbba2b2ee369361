//===- Taint.cpp - undefined bits through arithmetic ------------------------===//
//
// Only where a source has undefined bits: bit by bit through what moves bits, whole results
// through what computes. So halves of words that LLVM leaves undefined do no harm until they are
// used.
//
//===----------------------------------------------------------------------===//

#include "Machine.h"

#include <algorithm>

using namespace normc::ptxsim;

namespace {
constexpr uint64_t ones = ~uint64_t(0);

uint64_t maskOf(unsigned bits) { return bits >= 64 ? ones : (uint64_t(1) << bits) - 1; }

// Every field of `width` bits is defined where it is in all sources.
uint64_t fields(uint64_t defined, unsigned width) {
  uint64_t result = 0;
  for (unsigned at = 0; at < 64; at += width) {
    uint64_t mask = maskOf(width) << at;
    if ((defined & mask) == mask)
      result |= mask;
  }
  return result;
}

uint64_t resize(const Inst &inst, uint64_t a) {
  unsigned from = bitsOf(inst.sourceType), to = std::max<unsigned>(inst.variant, bitsOf(inst.type));
  uint64_t result = a & maskOf(from);
  bool extendsSign = isSigned(inst.sourceType) || isSigned(inst.type);
  unsigned top = std::min(from, bitsOf(inst.type));
  bool topDefined = a >> (top - 1) & 1;
  if (top < to)
    result = (result & maskOf(top)) | (!extendsSign || topDefined ? ~maskOf(top) : 0);
  return result | ~maskOf(std::max(to, from));
}

uint64_t permuted(const Inst &, uint64_t da, uint64_t db, uint64_t dc, uint64_t selector) {
  if ((dc & 0xffff) != 0xffff)
    return 0;
  uint64_t both = (db & 0xffffffff) << 32 | (da & 0xffffffff), result = 0;
  for (int k = 0; k < 4; ++k) {
    uint64_t nibble = selector >> (4 * k) & 15, byte = both >> (8 * (nibble & 7)) & 0xff;
    if (nibble & 8)
      byte = byte & 0x80 ? 0xff : 0;
    result |= byte << (8 * k);
  }
  return result | ones << 32;
}

uint64_t extracted(const Inst &inst, uint64_t da, uint64_t b, uint64_t c) {
  unsigned bits = bitsOf(inst.type), pos = b & 0xff, len = c & 0xff;
  if (len == 0)
    return ones;
  if (pos + len > bits)
    return (da & maskOf(bits)) == maskOf(bits) ? ones : 0;
  uint64_t result = da >> pos;
  if (len >= 64)
    return result;
  bool top = result >> (len - 1) & 1;
  return (result & maskOf(len)) | (!isSigned(inst.type) || top ? ~maskOf(len) : 0);
}

uint64_t shifted(const Inst &inst, uint64_t da, uint64_t b) {
  unsigned bits = bitsOf(inst.type);
  uint64_t n = b & 0xffffffff;
  if (inst.taint == Taint::ShiftLeft)
    return n >= bits ? ones : da << n | maskOf(unsigned(n));
  bool top = da >> (bits - 1) & 1;
  uint64_t filled = !isSigned(inst.type) || top ? ones : 0;
  if (n >= bits)
    return filled;
  unsigned left = bits - unsigned(n);
  return ((da & maskOf(bits)) >> n) | (left >= 64 ? 0 : filled << left);
}
} // namespace

bool Machine::taint(Warp &warp, const Inst &inst, uint32_t active, uint32_t undefined) {
  if (inst.taint == Taint::Strict) {
    fail(&warp, undefined, &inst, "compares an undefined value");
    return false;
  }
  const uint64_t *a = warp.read(inst.a), *b = warp.read(inst.b), *c = warp.read(inst.c),
                 *f = warp.read(inst.f);
  uint64_t defined[32];
  for (uint32_t rest = undefined; rest; rest &= rest - 1) {
    unsigned l = __builtin_ctz(rest);
    uint64_t da = warp.definedBits(inst.a, l), db = warp.definedBits(inst.b, l),
             dc = warp.definedBits(inst.c, l), df = warp.definedBits(inst.f, l);
    uint64_t all = da & db & dc & df, d = 0;
    switch (inst.taint) {
    case Taint::All:
    case Taint::Strict:
      break;
    case Taint::Move:
      d = da;
      break;
    case Taint::And:
      d = (da & db) | (da & ~a[l]) | (db & ~b[l]);
      break;
    case Taint::Or:
      d = (da & db) | (da & a[l]) | (db & b[l]);
      break;
    case Taint::Xor:
      d = all;
      break;
    case Taint::Select:
      d = !(df & 1) ? 0 : f[l] & 1 ? da : db;
      break;
    case Taint::ShiftLeft:
    case Taint::ShiftRight:
      d = (db & 0xffffffff) == 0xffffffff ? shifted(inst, da, b[l]) : 0;
      break;
    case Taint::Resize:
      d = resize(inst, da);
      break;
    case Taint::Permute:
      d = permuted(inst, da, db, dc, c[l]);
      break;
    case Taint::Extract:
      d = (db & dc & 0xff) == 0xff ? extracted(inst, da, b[l], c[l]) : 0;
      break;
    case Taint::Insert:
      if ((dc & df & 0xff) == 0xff) {
        unsigned pos = c[l] & 0xff, len = f[l] & 0xff;
        uint64_t field = pos < 64 ? maskOf(len) << pos : 0;
        d = (db & ~field) | (pos < 64 ? (da << pos) & field : 0);
      }
      break;
    case Taint::Halves:
      d = fields(all, 16);
      break;
    case Taint::Words:
      d = fields(all, 32);
      break;
    case Taint::PackHalves:
    case Taint::PackBytes: {
      unsigned pitch = inst.taint == Taint::PackHalves ? 16 : inst.type == Type::E2M1X2 ? 4 : 8;
      bool high = (da & maskOf(32)) == maskOf(32), low = (db & maskOf(32)) == maskOf(32);
      d = (low ? maskOf(pitch) : 0) | (high ? maskOf(pitch) << pitch : 0) | ~maskOf(2 * pitch);
      break;
    }
    case Taint::BytesToHalves:
    case Taint::HalvesToBytes: {
      auto pitch = [](Type t) { return t == Type::E2M1X2 ? 4 : bitsOf(t) / 2; };
      unsigned from = pitch(inst.sourceType), to = pitch(inst.type);
      uint64_t lowMask = maskOf(from), highMask = lowMask << from;
      d = ((da & lowMask) == lowMask ? maskOf(to) : 0) |
          ((da & highMask) == highMask ? maskOf(to) << to : 0) | ~maskOf(2 * to);
      break;
    }
    }
    defined[l] = d;
  }
  Args args{&inst, warp.write(inst.d), warp.write(inst.e), a, b, c, f, active};
  inst.pure(args);
  warp.setDefined(inst.d, active);
  warp.setDefined(inst.e, active);
  for (uint32_t rest = undefined; rest; rest &= rest - 1) {
    unsigned l = __builtin_ctz(rest);
    warp.setDefinedBits(inst.d, l, defined[l]);
    if (inst.e)
      warp.setDefinedBits(inst.e, l, 0);
  }
  // Register 0 takes what nobody reads.
  warp.setDefined(0, ~0u);
  return true;
}
