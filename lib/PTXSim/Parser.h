//===- Parser.h - a module's grammar ----------------------------------------===//
//
// Parser.cpp has the directives, ParseBody.cpp statements and operands.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_PTXSIM_PARSER_H
#define NORMC_LIB_PTXSIM_PARSER_H

#include "Cursor.h"
#include "Syntax.h"

namespace normc::ptxsim {

/// Every function returns false where it made an error.
class Parser {
public:
  Parser(std::string_view text, ModuleSyntax &out) : cursor(text), out(out) {}

  bool module();
  std::string error;

private:
  bool fail(const std::string &what);
  bool expected(const std::string &what);
  bool expect(char c);
  bool integer(uint64_t &value);

  bool topLevel();
  bool debugDirective(bool &was);
  bool spaceOf(Space &space);
  bool declarationType(Variable &variable);
  bool declaration(Space space, std::vector<Variable> &variables);
  bool arraySize(Variable &variable);
  bool initializer(Variable &variable);
  bool initialValues(Variable &variable, uint64_t &at, int depth);
  bool parameterList(std::vector<Variable> &parameters);
  bool dimensions(Dim3 &dims);
  bool functionDirectives(FunctionSyntax &function);
  bool function(bool isEntry, bool isExtern);

  bool body(FunctionSyntax &function);
  bool statement(FunctionSyntax &function);
  bool targets(FunctionSyntax &function, Statement &statement);
  bool instruction(FunctionSyntax &function);
  bool call(Statement &statement);
  bool callList(std::vector<Operand> &list);
  bool operands(Statement &statement);
  bool operand(Operand &operand);
  bool simpleOperand(Operand &operand);
  bool address(Operand &operand);
  bool literal(Operand &operand);
  /// An integer expression of +, -, *, parentheses and ~.
  bool constant(uint64_t &value, int depth = 0);
  bool constantTerm(uint64_t &value, int depth);
  bool constantFactor(uint64_t &value, int depth);

  Cursor cursor;
  ModuleSyntax &out;
};

} // namespace normc::ptxsim

#endif // NORMC_LIB_PTXSIM_PARSER_H
