//===- Decoder.h - from statements to instructions --------------------------===//
//
// Names become registers and addresses, calls become the functions they call. What an instruction
// does is chosen by the Decode*.cpp, one table of mnemonics each.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_PTXSIM_DECODER_H
#define NORMC_LIB_PTXSIM_DECODER_H

#include "Program.h"

#include <initializer_list>
#include <memory>
#include <unordered_map>

namespace normc::ptxsim {

/// The parts of an opcode behind its mnemonic, taken one by one; what is left is not known.
class Modifiers {
public:
  void reset(const std::string &opcode);
  const std::string &mnemonic() const { return name; }
  bool take(std::string_view part);
  /// The position in `parts` of the one that is there, or -1.
  int takeOneOf(std::initializer_list<const char *> parts);
  /// The next part that is a type.
  Type takeType();
  bool has(std::string_view part) const;
  /// The first that nobody took, empty where all were.
  std::string rest() const;

private:
  std::string name;
  std::vector<std::string> parts;
};

Type typeOf(std::string_view name);

struct Symbol {
  enum Kind { None, Register, SharedVar, GlobalVar, ConstVar, LocalVar, LocalParam, KernelParam };
  Kind kind = None;
  uint32_t slot = 0, count = 0; // of registers: the first, how many
  unsigned bits = 0;
  uint64_t offset = 0, size = 0;
  uint32_t variable = 0;
  std::string type;
};

struct Scope {
  Scope *parent = nullptr;
  std::unordered_map<std::string, Symbol> symbols;
  std::unordered_map<std::string, Symbol> families; // %r<48>, by prefix
  std::unordered_map<std::string, uint32_t> labels;
  std::unordered_map<std::string, std::vector<std::string>> tables;
};

class Decoder {
public:
  Decoder(const ModuleSyntax &module, Program &program, Code &code)
      : module(module), program(program), code(code) {}

  /// Decodes a whole function as if it were a kernel.
  bool decodeEntry(const FunctionSyntax &function);
  std::string error;

  // For the tables of instructions:
  Modifiers mods;
  const Statement *statement = nullptr;
  const std::vector<Operand> &ops() const { return statement->operands; }

  bool fail(const std::string &what);
  bool expectOperands(size_t count);
  bool expectOperands(size_t least, size_t most);
  /// Fails where modifiers are left.
  bool finish();
  /// A register or literal to read; of `type`, or wider where `wider`.
  bool source(const Operand &operand, Type type, uint32_t &slot, bool wider = false);
  bool sourceBits(const Operand &operand, unsigned bits, uint32_t &slot, bool wider = false);
  bool destination(const Operand &operand, unsigned bits, uint32_t &slot, bool wider = false);
  bool predicate(const Operand &operand, uint32_t &slot, bool &negated);
  bool predicateDestination(const Operand &operand, uint32_t &slot);
  bool immediate(const Operand &operand, uint64_t &value);
  /// The base register and the offset; `space` becomes Local for parameters of calls.
  bool address(const Operand &operand, MemorySpace &space, uint32_t &slot, uint64_t &offset);
  bool addressOf(const std::string &name, uint64_t addend, unsigned bits, uint32_t &slot);
  /// Registers of a vector operand, or of one register.
  bool vector(const Operand &operand, size_t count, unsigned bits, bool isSource, bool wider,
              std::vector<uint32_t> &slots);
  uint32_t constant(uint64_t value);
  uint32_t newRegister(unsigned bits);
  uint32_t carryRegister();
  void setList(Inst &inst, const std::vector<uint32_t> &slots);
  unsigned registerBits(uint32_t slot) const;
  bool isRegister(const Operand &operand) const;
  unsigned operandBits(const Operand &operand) const;
  /// Adds the instruction with the statement's guard, line and text.
  void emit(Inst inst);
  /// A branch to a label, which may follow.
  void branchTo(const std::string &label, Inst inst);
  bool branchTable(const std::string &name, Inst inst);
  bool lookUp(const std::string &name, Symbol &symbol) const;
  bool isKernel() const { return inlined.size() == 1; }
  unsigned smVersion() const { return sm; }

private:
  bool layoutShared(const FunctionSyntax &function);
  bool collectShared(const FunctionSyntax &function, unsigned depth);
  void useShared(const Operand &operand);
  bool placeShared(const Variable &variable);
  bool declareModule();
  bool declareParameters(const FunctionSyntax &function);
  bool declare(const Variable &variable);
  bool declareRegister(const Variable &variable);
  bool body(const FunctionSyntax &function);
  bool instruction();
  bool call();
  bool returnFrom();
  bool bindArgument(const Variable &formal, const Operand &actual, bool isResult, Scope &callee);
  bool resolveLabels();
  uint64_t allocateLocal(uint64_t size, uint64_t align);
  bool special(const std::string &name, uint32_t &slot, unsigned &bits);
  bool clean();

  const ModuleSyntax &module;
  Program &program;
  Code &code;
  unsigned sm = 0;

  std::vector<std::unique_ptr<Scope>> scopes;
  Scope *scope = nullptr;
  std::vector<const FunctionSyntax *> inlined;
  std::vector<uint32_t> returnLabels; // of each function being inlined
  std::vector<uint32_t> carries;
  std::unordered_map<uint64_t, uint32_t> constantSlots;
  std::unordered_map<std::string, uint32_t> specialSlots;
  std::unordered_map<const Variable *, uint64_t> sharedOffsets;
  std::vector<const FunctionSyntax *> collected;
  uint64_t sharedBytes = 0, dynamicAlign = 16;
  std::vector<const Variable *> dynamicArrays;
  struct Jump {
    uint32_t instruction;
    Scope *scope;
    std::string label;
    unsigned line;
    int32_t tableAt; // in Code::lists, or -1: the instruction's target
  };
  std::vector<Jump> jumps;
  std::vector<std::pair<uint32_t, uint32_t>> returns; // instruction, label
  std::vector<uint32_t> returnTargets;
  static constexpr uint32_t constantBit = 0x80000000;
};

using DecodeFn = bool (*)(Decoder &);
/// The function for a mnemonic, or null. One for each of the Decode*.cpp.
DecodeFn decodeInteger(const std::string &mnemonic);
DecodeFn decodeFloat(const std::string &mnemonic);
DecodeFn decodeMove(const std::string &mnemonic);
DecodeFn decodeMemory(const std::string &mnemonic);
DecodeFn decodeAtomics(const std::string &mnemonic);
DecodeFn decodeControl(const std::string &mnemonic);
DecodeFn decodeWarp(const std::string &mnemonic);
DecodeFn decodeAddress(const std::string &mnemonic);
DecodeFn decodeAsync(const std::string &mnemonic);
DecodeFn decodeMbarrier(const std::string &mnemonic);
/// What `bra` does: go to Inst::target.
EffectFn branchEffect();

} // namespace normc::ptxsim

#endif // NORMC_LIB_PTXSIM_DECODER_H
