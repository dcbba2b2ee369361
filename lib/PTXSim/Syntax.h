//===- Syntax.h - PTX as it is written --------------------------------------===//
//
// What the parser makes of the text: declarations and statements, names not yet looked up.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_PTXSIM_SYNTAX_H
#define NORMC_LIB_PTXSIM_SYNTAX_H

#include "normc/PTXSim/PTXSim.h"

#include <string>
#include <vector>

namespace normc::ptxsim {

enum class Space { None, Reg, Param, Global, Shared, Const, Local, Generic };

struct Operand {
  enum Kind { Name, Int, Float32, Float64, Address, Vector, Pair, Sink };
  Kind kind = Sink;
  bool negated = false;       // !p
  std::string name;           // Name, or an Address' base where there is one
  uint64_t value = 0;         // Int, Float's bits, an Address' offset
  std::vector<Operand> parts; // Vector; Pair: both sides
};

struct Variable {
  Space space = Space::None;
  std::string name;
  std::string type; // "b32", "f32", "pred"
  uint64_t align = 1, elementSize = 0, size = 0;
  uint32_t count = 0; // of registers: name<count>; zero for one alone
  bool isExtern = false, unsized = false, isArray = false;
  std::vector<uint8_t> init;
  // Addresses of variables in initializers: where, of what, plus how much, generic or not.
  struct Relocation {
    uint64_t at;
    std::string name;
    uint64_t addend;
    bool generic;
  };
  std::vector<Relocation> relocations;
  unsigned line = 0;
};

struct Statement {
  enum Kind { Instruction, Label, Open, Close, Declare, Targets };
  Kind kind = Instruction;
  unsigned line = 0;
  std::string text; // for messages
  std::string guard;
  bool guardNegated = false;
  std::string opcode;
  std::vector<Operand> operands;
  // call: results, the function, arguments. Targets: labels, in arguments.
  std::vector<Operand> results, arguments;
  std::string name; // of a Label or of Targets; the function of a call
  Variable variable;
};

struct FunctionSyntax {
  std::string name;
  bool isEntry = false, hasBody = false, isExtern = false;
  unsigned line = 0;
  std::vector<Variable> results, parameters;
  Dim3 maxntid{0, 0, 0}, reqntid{0, 0, 0}, reqnctapercluster{0, 0, 0};
  uint32_t minnctapersm = 0, maxnreg = 0, maxclusterrank = 0;
  bool explicitcluster = false;
  std::vector<Statement> body;
};

struct ModuleSyntax {
  std::string version, target;
  std::vector<Variable> variables;
  std::vector<FunctionSyntax> functions;
};

/// Returns the error, empty where there is none.
std::string parseModule(std::string_view text, ModuleSyntax &module);

/// Bits of a fundamental type's name ("b32", "f16x2", "pred"), or zero.
unsigned typeBits(std::string_view type);

} // namespace normc::ptxsim

#endif // NORMC_LIB_PTXSIM_SYNTAX_H
