//===- Decoder.cpp - statements, scopes and calls ---------------------------===//
//
// A call is replaced by the function that it calls, with registers and local memory of its own, so
// that running needs no stack; recursion is an error.
//
//===----------------------------------------------------------------------===//

#include "Decoder.h"

#include <algorithm>
#include <cstdlib>

using namespace normc::ptxsim;

namespace {
constexpr size_t maxInstructions = 1 << 20, maxDepth = 64;
constexpr uint64_t maxLocal = 1 << 20;
uint64_t alignTo(uint64_t value, uint64_t align) { return (value + align - 1) / align * align; }
} // namespace

bool Decoder::fail(const std::string &what) {
  if (error.empty()) {
    error =
        "line " + std::to_string(statement ? statement->line : inlined.back()->line) + ": " + what;
    if (statement && !statement->text.empty())
      error += ": " + statement->text;
  }
  return false;
}

// --- scopes and names -----------------------------------------------------

bool Decoder::lookUp(const std::string &name, Symbol &symbol) const {
  size_t digits = name.size();
  while (digits > 0 && name[digits - 1] >= '0' && name[digits - 1] <= '9')
    --digits;
  bool numbered = digits < name.size() && name.size() - digits < 9 &&
                  (name[digits] != '0' || digits + 1 == name.size());
  for (Scope *s = scope; s; s = s->parent) {
    auto found = s->symbols.find(name);
    if (found != s->symbols.end()) {
      symbol = found->second;
      return true;
    }
    if (!numbered)
      continue;
    auto family = s->families.find(name.substr(0, digits));
    if (family == s->families.end())
      continue;
    uint32_t number = uint32_t(atoi(name.c_str() + digits));
    if (number < family->second.count) {
      symbol = family->second;
      symbol.slot += number * (symbol.bits == 128 ? 2 : 1);
      return true;
    }
  }
  return false;
}

uint32_t Decoder::newRegister(unsigned bits) {
  uint32_t slot = uint32_t(code.registerBits.size());
  code.registerBits.push_back(uint8_t(bits));
  return slot;
}

uint32_t Decoder::carryRegister() {
  uint32_t &slot = carries.back();
  if (!slot)
    slot = newRegister(1);
  return slot;
}

uint32_t Decoder::constant(uint64_t value) {
  auto [it, isNew] =
      constantSlots.try_emplace(value, uint32_t(code.constants.size()) | constantBit);
  if (isNew)
    code.constants.push_back(value);
  return it->second;
}

unsigned Decoder::registerBits(uint32_t slot) const {
  return slot & constantBit ? 64 : code.registerBits[slot];
}

bool Decoder::declareRegister(const Variable &variable) {
  unsigned bits = typeBits(variable.type);
  if (bits == 8)
    bits = 16; // where PTX keeps bytes
  Symbol symbol;
  symbol.kind = Symbol::Register;
  symbol.bits = bits;
  symbol.type = variable.type;
  symbol.count = std::max(variable.count, 1u);
  if (code.registerBits.size() + symbol.count > maxInstructions)
    return fail("expects fewer registers");
  symbol.slot = uint32_t(code.registerBits.size());
  for (uint32_t k = 0; k < symbol.count * (bits == 128 ? 2 : 1); ++k)
    newRegister(bits == 128 ? 64 : bits);
  auto &names = variable.count ? scope->families : scope->symbols;
  if (!names.emplace(variable.name, symbol).second)
    return fail("expects one declaration of " + variable.name);
  if (inlined.size() == 1)
    code.info.registers[bits == 1 ? "pred" : "b" + std::to_string(bits)] += symbol.count;
  return true;
}

uint64_t Decoder::allocateLocal(uint64_t size, uint64_t align) {
  code.localBytes = alignTo(code.localBytes, align);
  uint64_t offset = code.localBytes;
  code.localBytes += size;
  return offset + localBase;
}

bool Decoder::declare(const Variable &variable) {
  if (variable.space == Space::Reg)
    return declareRegister(variable);
  Symbol symbol;
  symbol.size = variable.size;
  symbol.type = variable.type;
  if (variable.space == Space::Local || variable.space == Space::Param) {
    symbol.kind = variable.space == Space::Local ? Symbol::LocalVar : Symbol::LocalParam;
    if (variable.unsized || code.localBytes + variable.size > maxLocal)
      return fail("expects at most 1 MiB of local memory");
    symbol.offset = allocateLocal(variable.size, std::max<uint64_t>(variable.align, 8));
  } else if (variable.space == Space::Shared) {
    symbol.kind = Symbol::SharedVar;
    symbol.offset = sharedOffsets[&variable];
  } else {
    return fail("expects " + variable.name + " outside of functions");
  }
  if (!scope->symbols.emplace(variable.name, symbol).second)
    return fail("expects one declaration of " + variable.name);
  return true;
}

bool Decoder::declareModule() {
  uint32_t global = 0;
  uint64_t constantBytes = constBase;
  for (const Variable &variable : module.variables) {
    Symbol symbol;
    symbol.size = variable.size;
    symbol.type = variable.type;
    if (variable.space == Space::Global) {
      symbol.kind = Symbol::GlobalVar;
      symbol.variable = global++;
    } else if (variable.space == Space::Const) {
      symbol.kind = Symbol::ConstVar;
      constantBytes = alignTo(constantBytes, std::max<uint64_t>(variable.align, 8));
      symbol.offset = constantBytes;
      constantBytes += variable.size;
    } else {
      symbol.kind = Symbol::SharedVar;
      auto found = sharedOffsets.find(&variable);
      if (found == sharedOffsets.end())
        continue;
      symbol.offset = found->second;
    }
    scope->symbols.emplace(variable.name, symbol);
  }
  return true;
}

bool Decoder::declareParameters(const FunctionSyntax &function) {
  uint64_t offset = 0;
  for (const Variable &variable : function.parameters) {
    if (variable.space != Space::Param)
      return fail("expects parameters of an entry in .param");
    offset = alignTo(offset, variable.align);
    Symbol symbol;
    symbol.kind = Symbol::KernelParam;
    symbol.offset = offset;
    symbol.size = variable.size;
    symbol.type = variable.type;
    if (!scope->symbols.emplace(variable.name, symbol).second)
      return fail("expects one parameter " + variable.name);
    code.info.parameters.push_back({variable.name, variable.size, variable.align, offset});
    offset += variable.size;
  }
  code.info.parameterBytes = offset;
  return true;
}

// --- shared memory --------------------------------------------------------

bool Decoder::placeShared(const Variable &variable) {
  if (sharedOffsets.count(&variable))
    return true;
  if (variable.unsized) {
    dynamicArrays.push_back(&variable);
    dynamicAlign = std::max(dynamicAlign, variable.align);
    sharedOffsets[&variable] = 0;
    code.info.dynamicShared = true;
    return true;
  }
  sharedBytes = alignTo(sharedBytes, variable.align);
  sharedOffsets[&variable] = sharedBytes;
  sharedBytes += variable.size;
  return sharedBytes < uint64_t(1) << clusterShift || fail("expects less shared memory");
}

void Decoder::useShared(const Operand &operand) {
  for (const Operand &part : operand.parts)
    useShared(part);
  if (operand.name.empty() || operand.name[0] == '%')
    return;
  for (const Variable &variable : module.variables)
    if (variable.space == Space::Shared && variable.name == operand.name)
      placeShared(variable);
}

bool Decoder::collectShared(const FunctionSyntax &function, unsigned depth) {
  if (depth > maxDepth || std::count(collected.begin(), collected.end(), &function))
    return true;
  collected.push_back(&function);
  for (const Statement &s : function.body) {
    if (s.kind == Statement::Declare && s.variable.space == Space::Shared &&
        !placeShared(s.variable))
      return false;
    for (const Operand &operand : s.operands)
      useShared(operand);
    for (const Operand &operand : s.arguments)
      useShared(operand);
    if (s.kind == Statement::Instruction && !s.name.empty())
      for (const FunctionSyntax &callee : module.functions)
        if (callee.name == s.name && !collectShared(callee, depth + 1))
          return false;
  }
  return true;
}

bool Decoder::layoutShared(const FunctionSyntax &function) {
  if (!collectShared(function, 0))
    return false;
  code.info.staticShared = sharedBytes;
  code.dynamicOffset = alignTo(sharedBytes, dynamicAlign);
  for (const Variable *variable : dynamicArrays)
    sharedOffsets[variable] = code.dynamicOffset;
  return true;
}

// --- functions ------------------------------------------------------------

bool Decoder::decodeEntry(const FunctionSyntax &function) {
  inlined.push_back(&function);
  code.registerBits.assign(1, 64);
  constant(0);
  carries.push_back(0);
  for (size_t k = 0; k < module.target.size(); ++k)
    if (module.target[k] >= '0' && module.target[k] <= '9') {
      sm = unsigned(atoi(module.target.c_str() + k));
      break;
    }
  code.info.name = function.name;
  code.info.line = function.line;
  code.info.maxntid = function.maxntid;
  code.info.reqntid = function.reqntid;
  code.info.reqnctapercluster = function.reqnctapercluster;
  code.info.minnctapersm = function.minnctapersm;
  code.info.maxnreg = function.maxnreg;
  code.info.maxclusterrank = function.maxclusterrank;
  code.info.explicitcluster = function.explicitcluster;
  scopes.push_back(std::make_unique<Scope>());
  scope = scopes.back().get();
  if (!layoutShared(function) || !declareModule())
    return false;
  scopes.push_back(std::make_unique<Scope>());
  scopes.back()->parent = scope;
  scope = scopes.back().get();
  if (function.isEntry) {
    if (!declareParameters(function))
      return false;
  } else {
    // A function on its own, to see that it can be decoded.
    for (const Variable &variable : function.results)
      if (!declare(variable))
        return false;
    for (const Variable &variable : function.parameters)
      if (!declare(variable))
        return false;
  }
  returnTargets.push_back(0);
  returnLabels.push_back(0);
  if (!body(function))
    return false;
  statement = nullptr;
  returnTargets[0] = uint32_t(code.instructions.size());
  // What runs off the end returns.
  Statement end;
  end.opcode = "exit";
  end.text = "the end of " + function.name;
  end.line = function.body.empty() ? function.line : function.body.back().line;
  statement = &end;
  if (!instruction())
    return false;
  statement = nullptr;
  return resolveLabels() && clean();
}

bool Decoder::body(const FunctionSyntax &function) {
  scopes.push_back(std::make_unique<Scope>());
  scopes.back()->parent = scope;
  Scope *outer = scope;
  scope = scopes.back().get();
  for (const Statement &s : function.body) {
    statement = &s;
    switch (s.kind) {
    case Statement::Open:
      scopes.push_back(std::make_unique<Scope>());
      scopes.back()->parent = scope;
      scope = scopes.back().get();
      break;
    case Statement::Close:
      scope = scope->parent;
      break;
    case Statement::Declare:
      if (!declare(s.variable))
        return false;
      break;
    case Statement::Label:
      if (!scope->labels.emplace(s.name, uint32_t(code.instructions.size())).second)
        return fail("expects one label " + s.name);
      break;
    case Statement::Targets:
      for (const Operand &label : s.arguments)
        scope->tables[s.name].push_back(label.name);
      break;
    case Statement::Instruction:
      if (!instruction())
        return false;
      break;
    }
  }
  scope = outer;
  return true;
}

bool Decoder::instruction() {
  if (code.instructions.size() > maxInstructions)
    return fail("expects fewer instructions");
  code.texts.push_back(statement->text);
  mods.reset(statement->opcode);
  const std::string &name = mods.mnemonic();
  if (name == "call")
    return call();
  if (name == "ret")
    return returnFrom();
  for (auto table : {decodeInteger, decodeFloat, decodeMove, decodeMemory, decodeAtomics,
                     decodeAddress, decodeControl, decodeWarp, decodeMbarrier, decodeAsync})
    if (DecodeFn decode = table(name))
      return decode(*this) && (error.empty() || fail("internal"));
  return fail("does not know the instruction " + statement->opcode);
}

bool Decoder::bindArgument(const Variable &formal, const Operand &actual, bool isResult,
                           Scope &callee) {
  Symbol symbol;
  if (formal.space == Space::Param) {
    if (actual.kind != Operand::Name || !lookUp(actual.name, symbol) ||
        symbol.kind != Symbol::LocalParam)
      return fail("expects a .param variable for " + formal.name);
    if (symbol.size < formal.size)
      return fail("expects " + std::to_string(formal.size) + " bytes for " + formal.name);
    callee.symbols[formal.name] = symbol;
    return true;
  }
  unsigned bits = typeBits(formal.type);
  if (bits == 128 || bits == 0)
    return fail("expects a register of at most 64 bits for " + formal.name);
  symbol.kind = Symbol::Register;
  symbol.bits = bits == 8 ? 16 : bits;
  symbol.type = formal.type;
  symbol.slot = newRegister(symbol.bits);
  symbol.count = 1;
  callee.symbols[formal.name] = symbol;
  if (isResult)
    return true;
  Inst move;
  move.d = symbol.slot;
  move.taint = Taint::Move;
  move.pure = [](const Args &x) {
    for (int l = 0; l < 32; ++l)
      if (x.active >> l & 1)
        x.d[l] = x.a[l];
  };
  if (!sourceBits(actual, symbol.bits, move.a))
    return false;
  move.cls = Class::Move;
  emit(move);
  return true;
}

bool Decoder::call() {
  const Statement *site = statement;
  const FunctionSyntax *callee = nullptr;
  for (const FunctionSyntax &function : module.functions)
    if (function.name == site->name)
      callee = &function;
  if (!callee || !callee->hasBody)
    return fail("expects " + site->name + " to be defined in this module");
  if (callee->isEntry)
    return fail("expects a function, but " + site->name + " is an entry");
  if (std::count(inlined.begin(), inlined.end(), callee) || inlined.size() > maxDepth)
    return fail("expects no recursion, but " + site->name + " calls itself");
  if (!site->guard.empty())
    return fail("expects a call without a predicate");
  if (callee->results.size() != site->results.size() ||
      callee->parameters.size() != site->arguments.size())
    return fail("expects the arguments and results of " + callee->name);
  scopes.push_back(std::make_unique<Scope>());
  Scope &bound = *scopes.back();
  bound.parent = scopes.front().get();
  for (size_t k = 0; k < callee->results.size(); ++k)
    if (!bindArgument(callee->results[k], site->results[k], true, bound))
      return false;
  for (size_t k = 0; k < callee->parameters.size(); ++k)
    if (!bindArgument(callee->parameters[k], site->arguments[k], false, bound))
      return false;
  Scope *outer = scope;
  scope = &bound;
  inlined.push_back(callee);
  carries.push_back(0);
  returnLabels.push_back(uint32_t(returnTargets.size()));
  returnTargets.push_back(0);
  if (!body(*callee))
    return false;
  returnTargets[returnLabels.back()] = uint32_t(code.instructions.size());
  returnLabels.pop_back();
  carries.pop_back();
  inlined.pop_back();
  scope = outer;
  statement = site;
  for (size_t k = 0; k < callee->results.size(); ++k) {
    if (callee->results[k].space != Space::Reg)
      continue;
    Symbol from = bound.symbols[callee->results[k].name];
    Inst move;
    move.a = from.slot;
    move.taint = Taint::Move;
    move.cls = Class::Move;
    move.pure = [](const Args &x) {
      for (int l = 0; l < 32; ++l)
        if (x.active >> l & 1)
          x.d[l] = x.a[l];
    };
    if (!destination(site->results[k], from.bits, move.d))
      return false;
    emit(move);
  }
  return true;
}

bool Decoder::returnFrom() {
  mods.take("uni");
  if (!finish() || !expectOperands(0))
    return false;
  if (inlined.size() == 1) {
    Statement end = *statement;
    end.opcode = "exit";
    const Statement *kept = statement;
    statement = &end;
    mods.reset(end.opcode);
    bool good = decodeControl("exit")(*this);
    statement = kept;
    return good;
  }
  // A branch behind the function's body, whose place is known later.
  jumps.push_back({uint32_t(code.instructions.size()), nullptr, "", statement->line, -1});
  returns.push_back({uint32_t(code.instructions.size()), returnLabels.back()});
  Inst inst;
  inst.cls = Class::Branch;
  inst.effect = branchEffect();
  emit(inst);
  return true;
}

bool Decoder::resolveLabels() {
  for (auto &[instruction, label] : returns)
    code.instructions[instruction].target = returnTargets[label];
  for (const Jump &jump : jumps) {
    if (!jump.scope)
      continue;
    const uint32_t *found = nullptr;
    for (Scope *s = jump.scope; s && !found; s = s->parent) {
      auto it = s->labels.find(jump.label);
      if (it != s->labels.end())
        found = &it->second;
    }
    if (!found) {
      error = "line " + std::to_string(jump.line) + ": expects a label " + jump.label;
      return false;
    }
    if (jump.tableAt >= 0)
      code.lists[jump.tableAt] = *found;
    else
      code.instructions[jump.instruction].target = *found;
  }
  return true;
}

void Decoder::branchTo(const std::string &label, Inst inst) {
  jumps.push_back({uint32_t(code.instructions.size()), scope, label, statement->line, -1});
  emit(inst);
}

bool Decoder::branchTable(const std::string &name, Inst inst) {
  for (Scope *s = scope; s; s = s->parent) {
    auto found = s->tables.find(name);
    if (found == s->tables.end())
      continue;
    inst.list = uint32_t(code.lists.size());
    inst.count = uint32_t(found->second.size());
    for (const std::string &label : found->second) {
      jumps.push_back({uint32_t(code.instructions.size()), scope, label, statement->line,
                       int32_t(code.lists.size())});
      code.lists.push_back(0);
    }
    emit(inst);
    return true;
  }
  return fail("expects .branchtargets " + name + " before");
}

void Decoder::setList(Inst &inst, const std::vector<uint32_t> &slots) {
  inst.list = uint32_t(code.lists.size());
  inst.count = uint32_t(slots.size());
  code.lists.insert(code.lists.end(), slots.begin(), slots.end());
}

void Decoder::emit(Inst inst) {
  inst.line = statement->line;
  inst.text = uint32_t(code.texts.size()) - 1;
  for (uint32_t *slot : {&inst.a, &inst.b, &inst.c, &inst.f})
    if (*slot == 0)
      *slot = constant(0);
  if (!statement->guard.empty()) {
    Symbol symbol;
    if (!lookUp(statement->guard, symbol) || symbol.kind != Symbol::Register || symbol.bits != 1) {
      fail("expects a predicate, but got " + statement->guard);
      return;
    }
    inst.guard = symbol.slot;
    inst.guardNegated = statement->guardNegated;
  }
  code.instructions.push_back(inst);
}

// Constants get their place behind the registers, now that there are no more of those.
bool Decoder::clean() {
  code.registers = uint32_t(code.registerBits.size());
  auto place = [&](uint32_t &slot) {
    if (slot & constantBit)
      slot = code.registers + (slot & ~constantBit);
  };
  for (Inst &inst : code.instructions)
    for (uint32_t *slot : {&inst.a, &inst.b, &inst.c, &inst.f})
      place(*slot);
  std::vector<bool> isTable(code.lists.size());
  for (const Jump &jump : jumps)
    if (jump.tableAt >= 0)
      isTable[jump.tableAt] = true;
  for (size_t k = 0; k < code.lists.size(); ++k)
    if (!isTable[k])
      place(code.lists[k]);
  code.info.instructions = unsigned(code.instructions.size());
  code.info.localBytes = code.localBytes;
  return error.empty();
}
