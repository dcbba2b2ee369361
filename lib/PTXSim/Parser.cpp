//===- Parser.cpp - a module's directives and declarations ------------------===//
//
// Everything is read at once; the first thing that is not understood is an error with its line.
//
//===----------------------------------------------------------------------===//

#include "Parser.h"

#include <cstring>

using namespace normc::ptxsim;

namespace {
// Sizes that no real module has, so that a damaged one cannot ask for all memory.
constexpr uint64_t maxRegisters = 1 << 20, maxBytes = uint64_t(1) << 30;
} // namespace

unsigned normc::ptxsim::typeBits(std::string_view type) {
  struct Row {
    const char *name;
    unsigned bits;
  };
  static const Row rows[] = {
      {"b8", 8},     {"u8", 8},     {"s8", 8},     {"b16", 16},   {"u16", 16}, {"s16", 16},
      {"f16", 16},   {"bf16", 16},  {"b32", 32},   {"u32", 32},   {"s32", 32}, {"f32", 32},
      {"f16x2", 32}, {"tf32", 32},  {"b64", 64},   {"u64", 64},   {"s64", 64}, {"f64", 64},
      {"pred", 1},   {"b128", 128}, {"f32x2", 64}, {"bf16x2", 32}};
  for (const Row &row : rows)
    if (type == row.name)
      return row.bits;
  return 0;
}

std::string normc::ptxsim::parseModule(std::string_view text, ModuleSyntax &module) {
  Parser parser(text, module);
  parser.module();
  return parser.error;
}

bool Parser::fail(const std::string &what) {
  if (error.empty())
    error = "line " + std::to_string(cursor.line()) + ": " + what;
  return false;
}

bool Parser::expected(const std::string &what) {
  return fail("expects " + what + ", but got " + cursor.found());
}

bool Parser::expect(char c) { return cursor.accept(c) || expected(std::string("'") + c + "'"); }

bool Parser::integer(uint64_t &value) {
  return cursor.number(value) == Cursor::Number::Int || expected("a number");
}

bool Parser::module() {
  if (!cursor.acceptDirective(".version"))
    return expected(".version");
  uint64_t number;
  size_t start = (cursor.peek(), cursor.position());
  // 8.1 reads as one decimal literal, 9 as an integer: both are taken as text.
  if (cursor.number(number) == Cursor::Number::None)
    return expected("a version");
  out.version = cursor.from(start);
  if (!cursor.acceptDirective(".target"))
    return expected(".target");
  do {
    std::string name = cursor.identifier();
    if (name.empty())
      return expected("a target");
    if (out.target.empty())
      out.target = name;
    else if (name != "debug" && name != "texmode_independent")
      return fail("expects one target, but got " + name + " too");
  } while (cursor.accept(','));
  if (cursor.acceptDirective(".address_size")) {
    uint64_t size;
    if (!integer(size))
      return false;
    if (size != 64)
      return fail("expects .address_size 64");
  } else {
    return expected(".address_size 64");
  }
  while (!cursor.atEnd())
    if (!topLevel())
      return false;
  return true;
}

bool Parser::debugDirective(bool &was) {
  was = true;
  uint64_t number;
  if (cursor.acceptDirective(".file")) {
    std::string name;
    if (!integer(number) || !cursor.string(name))
      return expected("a file's name");
    while (cursor.accept(','))
      if (!integer(number))
        return false;
    return true;
  }
  if (cursor.acceptDirective(".section")) {
    // The name: .debug_str
    cursor.accept('.');
    cursor.identifier();
    return cursor.skipBraces() || expected("a section in braces");
  }
  if (cursor.acceptDirective(".loc")) {
    if (!integer(number) || !integer(number) || !integer(number))
      return false;
    if (cursor.accept(',')) { // function_name label, inlined_at file line column
      cursor.identifier();
      cursor.identifier();
      if (cursor.accept('+') && !integer(number))
        return false;
      if (cursor.accept(',')) {
        cursor.identifier();
        return integer(number) && integer(number) && integer(number);
      }
    }
    return true;
  }
  if (cursor.acceptDirective(".pragma")) {
    std::string text;
    if (!cursor.string(text))
      return expected("a string");
    while (cursor.accept(','))
      if (!cursor.string(text))
        return expected("a string");
    return expect(';');
  }
  was = false;
  return true;
}

bool Parser::topLevel() {
  bool debug;
  if (!debugDirective(debug))
    return false;
  if (debug)
    return true;
  bool isExtern = false;
  while (true) {
    if (cursor.acceptDirective(".extern"))
      isExtern = true;
    else if (!cursor.acceptDirective(".visible") && !cursor.acceptDirective(".weak") &&
             !cursor.acceptDirective(".common"))
      break;
  }
  if (cursor.acceptDirective(".entry"))
    return function(true, isExtern);
  if (cursor.acceptDirective(".func"))
    return function(false, isExtern);
  Space space;
  if (!spaceOf(space) ||
      (space != Space::Global && space != Space::Const && space != Space::Shared))
    return expected("a directive of a module");
  std::vector<Variable> variables;
  if (!declaration(space, variables) || !expect(';'))
    return false;
  for (Variable &variable : variables) {
    variable.isExtern = isExtern;
    if (isExtern && space != Space::Shared)
      return fail("expects " + variable.name + " to be defined in this module");
    out.variables.push_back(std::move(variable));
  }
  return true;
}

bool Parser::spaceOf(Space &space) {
  struct Row {
    const char *name;
    Space space;
  };
  static const Row rows[] = {{".reg", Space::Reg},       {".param", Space::Param},
                             {".global", Space::Global}, {".shared", Space::Shared},
                             {".const", Space::Const},   {".local", Space::Local}};
  for (const Row &row : rows)
    if (cursor.acceptDirective(row.name)) {
      space = row.space;
      return true;
    }
  return false;
}

// What stands before the name: alignment, attributes, type.
bool Parser::declarationType(Variable &variable) {
  variable.line = cursor.line();
  bool aligned = false;
  while (true) {
    if (cursor.acceptDirective(".align")) {
      if (!integer(variable.align))
        return false;
      uint64_t align = variable.align;
      if (align == 0 || (align & (align - 1)) || align > 1 << 20)
        return fail("expects an alignment that is a power of two");
      aligned = true;
    } else if (cursor.acceptDirective(".ptr")) {
      // What a pointer points at, and how that is aligned: of the pointer, not of the parameter.
      Space space;
      uint64_t align;
      spaceOf(space);
      if (cursor.acceptDirective(".align") && !integer(align))
        return false;
    } else if (cursor.acceptDirective(".attribute")) {
      if (!expect('('))
        return false;
      while (!cursor.accept(')')) {
        if (cursor.atEnd())
          return expected("')'");
        if (!cursor.accept('.') && !cursor.accept(',') && cursor.identifier().empty())
          return expected("an attribute");
      }
    } else if (cursor.peek() == '.') {
      cursor.accept('.');
      std::string type = cursor.word();
      unsigned bits = typeBits(type);
      if (!bits)
        return fail("expects a type, but got ." + type);
      if (!variable.type.empty())
        return fail("expects one type, but got ." + type + " too");
      variable.type = type;
      variable.elementSize = (bits + 7) / 8;
      if (!aligned)
        variable.align = variable.elementSize;
    } else {
      break;
    }
  }
  return !variable.type.empty() || expected("a type");
}

bool Parser::declaration(Space space, std::vector<Variable> &variables) {
  Variable prototype;
  prototype.space = space;
  if (!declarationType(prototype))
    return false;
  do {
    Variable variable = prototype;
    variable.line = cursor.line();
    variable.name = cursor.identifier();
    if (variable.name.empty())
      return expected("a name");
    if (space == Space::Reg) {
      uint64_t count;
      if (cursor.accept('<')) {
        if (!integer(count) || !expect('>'))
          return false;
        if (count == 0 || count > maxRegisters)
          return fail("expects 1 to 1048576 registers");
        variable.count = uint32_t(count);
      }
    } else if (!arraySize(variable) || !initializer(variable)) {
      return false;
    }
    variables.push_back(std::move(variable));
  } while (cursor.accept(','));
  return true;
}

bool Parser::arraySize(Variable &variable) {
  if (variable.type == "pred")
    return fail("expects predicates in registers only");
  uint64_t count = 1;
  while (cursor.accept('[')) {
    variable.isArray = true;
    if (cursor.accept(']')) {
      variable.unsized = true;
      count = 0;
      continue;
    }
    uint64_t size;
    if (!integer(size) || !expect(']'))
      return false;
    if (size > maxBytes || count * size > maxBytes)
      return fail("expects an array of at most 1 GiB");
    count *= size;
  }
  if (count * variable.elementSize > maxBytes)
    return fail("expects an array of at most 1 GiB");
  variable.size = count * variable.elementSize;
  return true;
}

bool Parser::initializer(Variable &variable) {
  if (!cursor.accept('='))
    return true;
  if (variable.space != Space::Global && variable.space != Space::Const)
    return fail("expects no initializer here");
  uint64_t at = 0;
  if (!initialValues(variable, at, 0))
    return false;
  if (variable.unsized)
    variable.size = at;
  if (at > variable.size)
    return fail("expects at most " + std::to_string(variable.size) + " bytes of initial values");
  variable.init.resize(variable.size);
  return true;
}

bool Parser::initialValues(Variable &variable, uint64_t &at, int depth) {
  if (cursor.accept('{')) {
    if (depth > 8)
      return fail("expects fewer braces");
    if (cursor.accept('}'))
      return true;
    do {
      if (!initialValues(variable, at, depth + 1))
        return false;
    } while (cursor.accept(','));
    return expect('}');
  }
  uint64_t bits = 0;
  bool generic = false;
  size_t size = variable.elementSize;
  char next = cursor.peek();
  bool name = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || next == '_' ||
              next == '$' || next == '%';
  if (name) {
    std::string symbol = cursor.identifier();
    if (symbol == "generic") {
      generic = true;
      if (!expect('('))
        return false;
      symbol = cursor.identifier();
      if (!expect(')'))
        return false;
    }
    if (symbol.empty() || size != 8)
      return fail("expects an address in a 64-bit element");
    if (cursor.accept('+') && !constant(bits))
      return false;
    variable.relocations.push_back({at, symbol, bits, generic});
    bits = 0;
  } else {
    Operand value;
    if (!literal(value))
      return false;
    bits = value.value;
    if (value.kind == Operand::Float64 && variable.type == "f32") {
      double wide;
      memcpy(&wide, &bits, sizeof wide);
      float narrow = float(wide);
      bits = 0;
      memcpy(&bits, &narrow, sizeof narrow);
    }
  }
  if (at + size > maxBytes || (!variable.unsized && at + size > variable.size))
    return fail("expects at most " + std::to_string(variable.size) + " bytes of initial values");
  if (variable.init.size() < at + size)
    variable.init.resize(at + size);
  memcpy(variable.init.data() + at, &bits, size);
  at += size;
  return true;
}

bool Parser::parameterList(std::vector<Variable> &parameters) {
  if (!cursor.accept('('))
    return true;
  if (cursor.accept(')'))
    return true;
  do {
    Space space;
    if (!spaceOf(space) || (space != Space::Param && space != Space::Reg))
      return expected("a parameter");
    Variable variable;
    variable.space = space;
    if (!declarationType(variable))
      return false;
    variable.name = cursor.identifier();
    if (variable.name.empty())
      return expected("a parameter's name");
    if (space == Space::Param && !arraySize(variable))
      return false;
    parameters.push_back(std::move(variable));
  } while (cursor.accept(','));
  return expect(')');
}

bool Parser::dimensions(Dim3 &dims) {
  dims = {1, 1, 1};
  uint32_t *place[] = {&dims.x, &dims.y, &dims.z};
  int k = 0;
  do {
    uint64_t value;
    if (k == 3)
      return fail("expects at most three dimensions");
    if (!integer(value))
      return false;
    if (value == 0 || value > 0x7fffffff)
      return fail("expects a positive dimension");
    *place[k++] = uint32_t(value);
  } while (cursor.accept(','));
  return true;
}

bool Parser::functionDirectives(FunctionSyntax &function) {
  while (cursor.peek() == '.') {
    uint64_t value = 0;
    auto number = [&](uint32_t &place) {
      if (!integer(value))
        return false;
      if (value > 0x7fffffff)
        return fail("expects a smaller number");
      place = uint32_t(value);
      return true;
    };
    bool good = true;
    if (cursor.acceptDirective(".maxntid"))
      good = dimensions(function.maxntid);
    else if (cursor.acceptDirective(".reqntid"))
      good = dimensions(function.reqntid);
    else if (cursor.acceptDirective(".reqnctapercluster"))
      good = dimensions(function.reqnctapercluster);
    else if (cursor.acceptDirective(".minnctapersm"))
      good = number(function.minnctapersm);
    else if (cursor.acceptDirective(".maxnreg"))
      good = number(function.maxnreg);
    else if (cursor.acceptDirective(".maxclusterrank"))
      good = number(function.maxclusterrank);
    else if (cursor.acceptDirective(".explicitcluster"))
      function.explicitcluster = true;
    else if (cursor.acceptDirective(".noreturn"))
      good = true;
    else if (cursor.acceptDirective(".abi_preserve") ||
             cursor.acceptDirective(".abi_preserve_control"))
      good = integer(value);
    else {
      bool debug;
      good = debugDirective(debug);
      if (good && !debug)
        return expected("a directive of a function");
    }
    if (!good)
      return false;
  }
  return true;
}

bool Parser::function(bool isEntry, bool isExtern) {
  FunctionSyntax function;
  function.isEntry = isEntry;
  function.isExtern = isExtern;
  function.line = cursor.line();
  if (!isEntry && !parameterList(function.results))
    return false;
  function.name = cursor.identifier();
  if (function.name.empty())
    return expected("a function's name");
  if (!parameterList(function.parameters) || !functionDirectives(function))
    return false;
  if (!cursor.accept(';')) {
    if (!expect('{') || !body(function))
      return false;
    function.hasBody = true;
  }
  for (FunctionSyntax &other : out.functions) {
    if (other.name != function.name)
      continue;
    if (other.hasBody && function.hasBody)
      return fail("expects one definition of " + function.name);
    if (function.hasBody)
      other = std::move(function);
    return true;
  }
  out.functions.push_back(std::move(function));
  return true;
}
