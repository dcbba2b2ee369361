//===- Operands.cpp - registers, literals, addresses of an instruction ------===//
//
// Widths are checked as ptxas does: an operand has the size of the instruction's type, except where
// loads, stores and conversions take wider registers.
//
//===----------------------------------------------------------------------===//

#include "Decoder.h"

#include <cstring>

using namespace normc::ptxsim;

void Modifiers::reset(const std::string &opcode) {
  parts.clear();
  size_t start = 0;
  bool first = true;
  while (start <= opcode.size()) {
    size_t dot = opcode.find('.', start);
    std::string part = opcode.substr(start, dot == std::string::npos ? dot : dot - start);
    if (first)
      name = part;
    else
      parts.push_back(part);
    first = false;
    if (dot == std::string::npos)
      break;
    start = dot + 1;
  }
}

bool Modifiers::has(std::string_view part) const {
  for (const std::string &p : parts)
    if (p == part)
      return true;
  return false;
}

bool Modifiers::take(std::string_view part) {
  for (size_t k = 0; k < parts.size(); ++k)
    if (parts[k] == part) {
      parts.erase(parts.begin() + k);
      return true;
    }
  return false;
}

int Modifiers::takeOneOf(std::initializer_list<const char *> names) {
  // The first part that is one of them: cvt.rn.f32.s32 has its rounding before all others.
  for (size_t k = 0; k < parts.size(); ++k) {
    int position = 0;
    for (const char *candidate : names) {
      if (parts[k] == candidate) {
        parts.erase(parts.begin() + k);
        return position;
      }
      ++position;
    }
  }
  return -1;
}

Type Modifiers::takeType() {
  for (size_t k = 0; k < parts.size(); ++k) {
    Type type = typeOf(parts[k]);
    if (type == Type::None)
      continue;
    parts.erase(parts.begin() + k);
    return type;
  }
  return Type::None;
}

std::string Modifiers::rest() const { return parts.empty() ? "" : "." + parts.front(); }

bool Decoder::expectOperands(size_t least, size_t most) {
  size_t got = ops().size();
  if (got >= least && got <= most)
    return true;
  std::string count = std::to_string(least);
  if (most != least)
    count += " to " + std::to_string(most);
  return fail("expects " + count + " operands, but got " + std::to_string(got));
}

bool Decoder::expectOperands(size_t count) { return expectOperands(count, count); }

bool Decoder::finish() {
  std::string rest = mods.rest();
  return rest.empty() || fail("does not know the modifier " + (rest == "." ? "'.'" : rest) +
                              " of " + mods.mnemonic());
}

bool Decoder::isRegister(const Operand &operand) const {
  Symbol symbol;
  return operand.kind == Operand::Name && lookUp(operand.name, symbol) &&
         symbol.kind == Symbol::Register;
}

unsigned Decoder::operandBits(const Operand &operand) const {
  Symbol symbol;
  if (operand.kind == Operand::Name && lookUp(operand.name, symbol) &&
      symbol.kind == Symbol::Register)
    return symbol.bits;
  return 0;
}

static uint64_t maskOf(unsigned bits) {
  return bits >= 64 ? ~uint64_t(0) : (uint64_t(1) << bits) - 1;
}

bool Decoder::source(const Operand &operand, Type type, uint32_t &slot, bool wider) {
  unsigned bits = bitsOf(type);
  uint64_t value = operand.value;
  switch (operand.kind) {
  case Operand::Int:
    if (type == Type::Pred)
      return fail("expects a predicate");
    if (type == Type::F32 || type == Type::F64)
      return fail("expects a float, but got an integer");
    slot = constant(value & maskOf(bits));
    return true;
  case Operand::Float32:
    if (bits == 64 && isFloat(type)) {
      float narrow;
      uint32_t word = uint32_t(value);
      memcpy(&narrow, &word, sizeof narrow);
      double wide = narrow;
      memcpy(&value, &wide, sizeof value);
    } else if (bits != 32) {
      return fail("expects a literal of " + std::to_string(bits) + " bits");
    }
    slot = constant(value);
    return true;
  case Operand::Float64:
    if (type == Type::F32) {
      double wide;
      memcpy(&wide, &value, sizeof wide);
      float narrow = float(wide);
      uint32_t word;
      memcpy(&word, &narrow, sizeof word);
      value = word;
    } else if (bits != 64) {
      return fail("expects a literal of " + std::to_string(bits) + " bits");
    }
    slot = constant(value);
    return true;
  case Operand::Name:
    return sourceBits(operand, bits, slot, wider);
  default:
    return fail("expects a register or a literal");
  }
}

bool Decoder::sourceBits(const Operand &operand, unsigned bits, uint32_t &slot, bool wider) {
  if (operand.negated)
    return fail("expects no '!'");
  if (operand.kind != Operand::Name)
    return source(operand,
                  bits == 64   ? Type::B64
                  : bits == 32 ? Type::B32
                  : bits == 16 ? Type::B16
                  : bits == 8  ? Type::B8
                               : Type::Pred,
                  slot, wider);
  Symbol symbol;
  if (!lookUp(operand.name, symbol)) {
    unsigned has = 0;
    if (special(operand.name, slot, has))
      return has == bits || wider ||
             fail("expects an operand of " + std::to_string(bits) + " bits");
    if (!error.empty())
      return false;
    return fail("does not know " + operand.name);
  }
  if (symbol.kind != Symbol::Register)
    return addressOf(operand.name, operand.value, bits, slot);
  if (operand.value)
    return fail("expects a register, but got a sum");
  slot = symbol.slot;
  bool good = symbol.bits == bits || (bits == 8 && symbol.bits == 16) ||
              (wider && symbol.bits > bits && bits > 1);
  return good || fail("expects an operand of " + std::to_string(bits) + " bits, but " +
                      operand.name + " has " + std::to_string(symbol.bits));
}

bool Decoder::destination(const Operand &operand, unsigned bits, uint32_t &slot, bool wider) {
  if (operand.kind == Operand::Sink && !operand.negated) {
    slot = 0;
    return true;
  }
  Symbol symbol;
  if (operand.kind != Operand::Name || operand.negated || operand.value ||
      !lookUp(operand.name, symbol) || symbol.kind != Symbol::Register)
    return fail("expects a register for the result");
  slot = symbol.slot;
  bool good = symbol.bits == bits || (bits == 8 && symbol.bits == 16) ||
              (wider && symbol.bits > bits && bits > 1);
  return good || fail("expects a result of " + std::to_string(bits) + " bits, but " + operand.name +
                      " has " + std::to_string(symbol.bits));
}

bool Decoder::predicate(const Operand &operand, uint32_t &slot, bool &negated) {
  negated = operand.negated;
  Symbol symbol;
  if (operand.kind != Operand::Name || !lookUp(operand.name, symbol) ||
      symbol.kind != Symbol::Register || symbol.bits != 1)
    return fail("expects a predicate");
  slot = symbol.slot;
  return true;
}

bool Decoder::predicateDestination(const Operand &operand, uint32_t &slot) {
  return destination(operand, 1, slot);
}

bool Decoder::immediate(const Operand &operand, uint64_t &value) {
  if (operand.kind != Operand::Int)
    return fail("expects a constant");
  value = operand.value;
  return true;
}

bool Decoder::addressOf(const std::string &name, uint64_t addend, unsigned bits, uint32_t &slot) {
  Symbol symbol;
  if (!lookUp(name, symbol))
    return fail("does not know " + name);
  if (bits != 64 && bits != 32)
    return fail("expects an address in 32 or 64 bits");
  switch (symbol.kind) {
  case Symbol::SharedVar:
    slot = constant(sharedBase + symbol.offset + addend);
    return true;
  case Symbol::ConstVar:
  case Symbol::LocalVar:
  case Symbol::KernelParam:
    slot = constant(symbol.offset + addend);
    return true;
  case Symbol::GlobalVar:
    if (bits != 64)
      return fail("expects the address of " + name + " in 64 bits");
    slot = uint32_t(code.constants.size()) | constantBit;
    code.constants.push_back(0);
    code.fixups.push_back({slot & ~constantBit, symbol.variable, addend});
    return true;
  default:
    return fail("expects " + name + " to have an address");
  }
}

bool Decoder::address(const Operand &operand, MemorySpace &space, uint32_t &slot,
                      uint64_t &offset) {
  if (operand.kind != Operand::Address)
    return fail("expects an address in brackets");
  offset = operand.value;
  if (operand.name.empty()) {
    slot = constant(0);
    return true;
  }
  Symbol symbol;
  if (!lookUp(operand.name, symbol))
    return fail("does not know " + operand.name);
  if (symbol.kind == Symbol::Register) {
    slot = symbol.slot;
    if (symbol.bits != 64 && symbol.bits != 32)
      return fail("expects an address in 32 or 64 bits");
    if (symbol.bits == 32 && (space == MemorySpace::Global || space == MemorySpace::Generic))
      return fail("expects an address in 64 bits");
    return true;
  }
  bool shared = space == MemorySpace::Shared || space == MemorySpace::SharedCluster;
  bool good = (symbol.kind == Symbol::SharedVar && shared) ||
              (symbol.kind == Symbol::GlobalVar &&
               (space == MemorySpace::Global || space == MemorySpace::Generic)) ||
              (symbol.kind == Symbol::ConstVar && space == MemorySpace::Const) ||
              (symbol.kind == Symbol::LocalVar && space == MemorySpace::Local) ||
              ((symbol.kind == Symbol::KernelParam || symbol.kind == Symbol::LocalParam) &&
               space == MemorySpace::Param);
  if (!good)
    return fail("expects " + operand.name + " in the state space of the instruction");
  if (symbol.kind == Symbol::LocalParam) {
    space = MemorySpace::Local;
    slot = constant(symbol.offset);
    return true;
  }
  return addressOf(operand.name, 0, 64, slot);
}

bool Decoder::vector(const Operand &operand, size_t count, unsigned bits, bool isSource, bool wider,
                     std::vector<uint32_t> &slots) {
  std::vector<Operand> one{operand};
  const std::vector<Operand> &parts = operand.kind == Operand::Vector ? operand.parts : one;
  if (parts.size() != count)
    return fail("expects a vector of " + std::to_string(count));
  for (const Operand &part : parts) {
    uint32_t slot;
    if (!(isSource ? sourceBits(part, bits, slot, wider) : destination(part, bits, slot, wider)))
      return false;
    slots.push_back(slot);
  }
  return true;
}

bool Decoder::special(const std::string &name, uint32_t &slot, unsigned &bits) {
  struct Row {
    const char *name;
    Special special;
  };
  static const Row rows[] = {{"%tid.x", Special::TidX},
                             {"%tid.y", Special::TidY},
                             {"%tid.z", Special::TidZ},
                             {"%ntid.x", Special::NtidX},
                             {"%ntid.y", Special::NtidY},
                             {"%ntid.z", Special::NtidZ},
                             {"%ctaid.x", Special::CtaidX},
                             {"%ctaid.y", Special::CtaidY},
                             {"%ctaid.z", Special::CtaidZ},
                             {"%nctaid.x", Special::NctaidX},
                             {"%nctaid.y", Special::NctaidY},
                             {"%nctaid.z", Special::NctaidZ},
                             {"%laneid", Special::LaneId},
                             {"%warpid", Special::WarpId},
                             {"%nwarpid", Special::NwarpId},
                             {"%clusterid.x", Special::ClusterIdX},
                             {"%clusterid.y", Special::ClusterIdY},
                             {"%clusterid.z", Special::ClusterIdZ},
                             {"%nclusterid.x", Special::NclusterIdX},
                             {"%nclusterid.y", Special::NclusterIdY},
                             {"%nclusterid.z", Special::NclusterIdZ},
                             {"%cluster_ctaid.x", Special::ClusterCtaidX},
                             {"%cluster_ctaid.y", Special::ClusterCtaidY},
                             {"%cluster_ctaid.z", Special::ClusterCtaidZ},
                             {"%cluster_nctaid.x", Special::ClusterNctaidX},
                             {"%cluster_nctaid.y", Special::ClusterNctaidY},
                             {"%cluster_nctaid.z", Special::ClusterNctaidZ},
                             {"%cluster_ctarank", Special::ClusterCtarank},
                             {"%cluster_nctarank", Special::ClusterNctarank},
                             {"%is_explicit_cluster", Special::IsExplicitCluster},
                             {"%lanemask_eq", Special::MaskEq},
                             {"%lanemask_le", Special::MaskLe},
                             {"%lanemask_lt", Special::MaskLt},
                             {"%lanemask_ge", Special::MaskGe},
                             {"%lanemask_gt", Special::MaskGt},
                             {"%dynamic_smem_size", Special::DynamicSmem},
                             {"%total_smem_size", Special::TotalSmem},
                             {"%tid.w", Special::Zero},
                             {"%ntid.w", Special::Zero},
                             {"%ctaid.w", Special::Zero},
                             {"%nctaid.w", Special::Zero}};
  if (name == "WARP_SZ") {
    bits = 32;
    slot = constant(32);
    return true;
  }
  for (const Row &row : rows) {
    if (name != row.name)
      continue;
    bits = row.special == Special::IsExplicitCluster ? 1 : 32;
    auto [it, isNew] = specialSlots.try_emplace(name, 0);
    if (isNew) {
      it->second = newRegister(bits);
      code.specials.push_back({it->second, row.special});
    }
    slot = it->second;
    return true;
  }
  return false;
}
