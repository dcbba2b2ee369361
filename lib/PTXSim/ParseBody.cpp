//===- ParseBody.cpp - statements and operands ------------------------------===//
//
// The grammar is the same for all instructions; what an instruction's operands mean is the
// decoder's.
//
//===----------------------------------------------------------------------===//

#include "Parser.h"

using namespace normc::ptxsim;

// For messages: one line, its blanks made one.
static std::string oneLine(std::string_view text) {
  std::string result;
  for (char c : text) {
    bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank)
      result += c;
    else if (!result.empty() && result.back() != ' ')
      result += ' ';
    if (result.size() > 160)
      break;
  }
  return result;
}

bool Parser::body(FunctionSyntax &function) {
  for (int depth = 1; depth > 0;) {
    if (cursor.atEnd())
      return expected("'}' of " + function.name);
    Statement scope;
    scope.line = cursor.line();
    if (cursor.accept('{')) {
      scope.kind = Statement::Open;
      if (++depth > 1000)
        return fail("expects fewer braces");
      function.body.push_back(scope);
    } else if (cursor.accept('}')) {
      scope.kind = Statement::Close;
      if (--depth > 0)
        function.body.push_back(scope);
    } else if (!statement(function)) {
      return false;
    }
  }
  return true;
}

bool Parser::statement(FunctionSyntax &function) {
  if (cursor.accept(';'))
    return true;
  bool debug;
  if (!debugDirective(debug))
    return false;
  if (debug)
    return true;
  Space space;
  if (spaceOf(space)) {
    std::vector<Variable> variables;
    if (!declaration(space, variables) || !expect(';'))
      return false;
    for (Variable &variable : variables) {
      Statement statement;
      statement.kind = Statement::Declare;
      statement.line = variable.line;
      statement.variable = std::move(variable);
      function.body.push_back(std::move(statement));
    }
    return true;
  }
  if (cursor.peek() == '.')
    return expected("a statement");
  // A name and a colon are a label, or a table of labels.
  size_t start = cursor.position();
  unsigned line = cursor.line();
  std::string name = cursor.identifier();
  if (!name.empty() && cursor.peek() == ':' && cursor.accept(':')) {
    Statement statement;
    statement.line = line;
    statement.name = name;
    if (cursor.acceptDirective(".branchtargets"))
      return targets(function, statement);
    statement.kind = Statement::Label;
    function.body.push_back(std::move(statement));
    return true;
  }
  cursor.back(start, line);
  return instruction(function);
}

bool Parser::targets(FunctionSyntax &function, Statement &statement) {
  statement.kind = Statement::Targets;
  do {
    Operand label;
    label.kind = Operand::Name;
    label.name = cursor.identifier();
    if (label.name.empty())
      return expected("a label");
    statement.arguments.push_back(label);
  } while (cursor.accept(','));
  function.body.push_back(std::move(statement));
  return expect(';');
}

bool Parser::instruction(FunctionSyntax &function) {
  Statement statement;
  cursor.peek();
  statement.line = cursor.line();
  size_t start = cursor.position();
  if (cursor.accept('@')) {
    statement.guardNegated = cursor.accept('!');
    statement.guard = cursor.identifier();
    if (statement.guard.empty())
      return expected("a predicate");
  }
  statement.opcode = cursor.opcode();
  if (statement.opcode.empty())
    return expected("an instruction");
  bool isCall = statement.opcode == "call" || statement.opcode == "call.uni";
  if (!(isCall ? call(statement) : operands(statement)))
    return false;
  statement.text = oneLine(cursor.from(start));
  if (!expect(';'))
    return false;
  function.body.push_back(std::move(statement));
  return true;
}

bool Parser::callList(std::vector<Operand> &list) {
  if (!expect('('))
    return false;
  if (cursor.accept(')'))
    return true;
  do {
    Operand value;
    if (!simpleOperand(value))
      return false;
    list.push_back(value);
  } while (cursor.accept(','));
  return expect(')');
}

bool Parser::call(Statement &statement) {
  if (cursor.peek() == '(' && (!callList(statement.results) || !expect(',')))
    return false;
  statement.name = cursor.identifier();
  if (statement.name.empty())
    return expected("a function's name");
  if (!cursor.accept(','))
    return true;
  if (!callList(statement.arguments))
    return false;
  if (cursor.accept(','))
    return fail("expects a call of a function by its name, but got a call through a pointer");
  return true;
}

bool Parser::operands(Statement &statement) {
  if (cursor.peek() == ';')
    return true;
  do {
    Operand value;
    if (!operand(value))
      return false;
    statement.operands.push_back(std::move(value));
    if (statement.operands.size() > 32)
      return fail("expects fewer operands");
  } while (cursor.accept(','));
  return true;
}

bool Parser::operand(Operand &result) {
  if (cursor.peek() == '[')
    return address(result);
  if (cursor.accept('{')) {
    result.kind = Operand::Vector;
    do {
      Operand part;
      if (!simpleOperand(part))
        return false;
      result.parts.push_back(std::move(part));
      if (result.parts.size() > 16)
        return fail("expects at most 16 parts of a vector");
    } while (cursor.accept(','));
    return expect('}');
  }
  if (!simpleOperand(result))
    return false;
  if (cursor.accept('|')) {
    Operand pair, second;
    if (!simpleOperand(second))
      return false;
    pair.kind = Operand::Pair;
    pair.parts = {result, second};
    result = pair;
  }
  return true;
}

bool Parser::simpleOperand(Operand &result) {
  if (cursor.accept('!'))
    result.negated = true;
  char next = cursor.peek();
  if ((next >= '0' && next <= '9') || next == '-' || next == '+' || next == '~' || next == '(')
    return !result.negated ? literal(result) : expected("a predicate");
  result.kind = Operand::Name;
  result.name = cursor.operandName();
  if (result.name.empty())
    return expected("an operand");
  if (result.name == "_")
    result.kind = Operand::Sink;
  // The address of a place in an array: name+4.
  if (next != '%' && cursor.peek() == '+') {
    cursor.accept('+');
    return constant(result.value);
  }
  return true;
}

bool Parser::address(Operand &result) {
  result.kind = Operand::Address;
  if (!expect('['))
    return false;
  char next = cursor.peek();
  bool literal = (next >= '0' && next <= '9') || next == '-' || next == '(';
  if (literal) {
    if (!constant(result.value))
      return false;
  } else {
    result.name = cursor.operandName();
    if (result.name.empty())
      return expected("an address");
    bool minus = cursor.peek() == '-';
    if (cursor.accept('+') || minus)
      if (!constant(result.value))
        return false;
  }
  if (cursor.peek() == ',')
    return fail("expects one address, but got coordinates of a tensor");
  return expect(']');
}

bool Parser::literal(Operand &result) {
  size_t start = (cursor.peek(), cursor.position());
  unsigned line = cursor.line();
  bool minus = cursor.accept('-');
  uint64_t bits = 0;
  Cursor::Number kind = cursor.number(bits);
  if (kind == Cursor::Number::Bad)
    return expected("a number");
  if (kind == Cursor::Number::Float32 || kind == Cursor::Number::Float64) {
    result.kind = kind == Cursor::Number::Float32 ? Operand::Float32 : Operand::Float64;
    bool f32 = result.kind == Operand::Float32;
    result.value = minus ? bits ^ (f32 ? uint64_t(1) << 31 : uint64_t(1) << 63) : bits;
    return true;
  }
  cursor.back(start, line);
  result.kind = Operand::Int;
  return constant(result.value);
}

bool Parser::constant(uint64_t &value, int depth) {
  if (depth > 32)
    return fail("expects fewer parentheses");
  if (!constantTerm(value, depth))
    return false;
  while (true) {
    uint64_t right;
    if (cursor.accept('+')) {
      if (!constantTerm(right, depth))
        return false;
      value += right;
    } else if (cursor.accept('-')) {
      if (!constantTerm(right, depth))
        return false;
      value -= right;
    } else {
      return true;
    }
  }
}

bool Parser::constantTerm(uint64_t &value, int depth) {
  if (!constantFactor(value, depth))
    return false;
  while (cursor.accept('*')) {
    uint64_t right;
    if (!constantFactor(right, depth))
      return false;
    value *= right;
  }
  return true;
}

bool Parser::constantFactor(uint64_t &value, int depth) {
  bool minus = false, complement = false;
  for (int signs = 0;; ++signs) {
    if (signs > 32)
      return fail("expects fewer signs");
    if (cursor.accept('-'))
      minus = !minus;
    else if (cursor.accept('~'))
      complement = !complement;
    else if (!cursor.accept('+'))
      break;
  }
  if (cursor.accept('(')) {
    if (!constant(value, depth + 1) || !expect(')'))
      return false;
  } else if (cursor.number(value) != Cursor::Number::Int) {
    return expected("a number");
  }
  if (complement)
    value = ~value;
  if (minus)
    value = -value;
  return true;
}
