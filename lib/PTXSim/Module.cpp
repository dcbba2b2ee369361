//===- Module.cpp - a module's program --------------------------------------===//
//
// Everything is decoded when a module is read, functions that nobody calls too: what this library
// does not know is found then, and not when a thread gets there.
//
//===----------------------------------------------------------------------===//

#include "Decoder.h"

#include <algorithm>
#include <atomic>

using namespace normc::ptxsim;

namespace {
struct TypeRow {
  const char *name;
  Type type;
  unsigned bits;
  bool isSigned, isFloat;
};
const TypeRow typeRows[] = {
    {"none", Type::None, 0, false, false},      {"pred", Type::Pred, 1, false, false},
    {"b8", Type::B8, 8, false, false},          {"u8", Type::U8, 8, false, false},
    {"s8", Type::S8, 8, true, false},           {"b16", Type::B16, 16, false, false},
    {"u16", Type::U16, 16, false, false},       {"s16", Type::S16, 16, true, false},
    {"f16", Type::F16, 16, true, true},         {"bf16", Type::BF16, 16, true, true},
    {"b32", Type::B32, 32, false, false},       {"u32", Type::U32, 32, false, false},
    {"s32", Type::S32, 32, true, false},        {"f32", Type::F32, 32, true, true},
    {"f16x2", Type::F16X2, 32, true, true},     {"bf16x2", Type::BF16X2, 32, true, true},
    {"tf32", Type::TF32, 32, true, true},       {"u16x2", Type::U16X2, 32, false, false},
    {"s16x2", Type::S16X2, 32, true, false},    {"b64", Type::B64, 64, false, false},
    {"u64", Type::U64, 64, false, false},       {"s64", Type::S64, 64, true, false},
    {"f64", Type::F64, 64, true, true},         {"f32x2", Type::F32X2, 64, true, true},
    {"b128", Type::B128, 128, false, false},    {"e4m3", Type::E4M3, 8, true, true},
    {"e5m2", Type::E5M2, 8, true, true},        {"e2m1", Type::E2M1, 8, true, true},
    {"e2m3", Type::E2M3, 8, true, true},        {"e3m2", Type::E3M2, 8, true, true},
    {"ue8m0", Type::UE8M0, 8, false, true},     {"e4m3x2", Type::E4M3X2, 16, true, true},
    {"e5m2x2", Type::E5M2X2, 16, true, true},   {"e2m1x2", Type::E2M1X2, 8, true, true},
    {"e2m3x2", Type::E2M3X2, 16, true, true},   {"e3m2x2", Type::E3M2X2, 16, true, true},
    {"ue8m0x2", Type::UE8M0X2, 16, false, true}};

const TypeRow &rowOf(Type type) {
  for (const TypeRow &row : typeRows)
    if (row.type == type)
      return row;
  return typeRows[0];
}

uint64_t alignTo(uint64_t value, uint64_t align) { return (value + align - 1) / align * align; }

// The bytes of .const variables, and which of them are addresses.
std::string layoutConstants(const ModuleSyntax &syntax, Program &program) {
  auto &bytes = program.constants;
  bytes.resize(constBase);
  for (const Variable &variable : syntax.variables) {
    if (variable.space == Space::Global)
      program.globals.push_back(variable);
    if (variable.space != Space::Const)
      continue;
    uint64_t at = alignTo(bytes.size(), std::max<uint64_t>(variable.align, 8));
    bytes.resize(at + variable.size);
    std::copy(variable.init.begin(), variable.init.end(), bytes.begin() + at);
  }
  uint64_t at = constBase;
  for (const Variable &variable : syntax.variables) {
    if (variable.space == Space::Const)
      at = alignTo(at, std::max<uint64_t>(variable.align, 8));
    for (const Variable::Relocation &relocation : variable.relocations) {
      uint32_t index = 0;
      while (index < program.globals.size() && program.globals[index].name != relocation.name)
        ++index;
      if (index == program.globals.size())
        return "line " + std::to_string(variable.line) + ": expects a .global variable " +
               relocation.name;
      if (variable.space == Space::Const)
        program.constRelocations.push_back({at + relocation.at, index, relocation.addend});
    }
    if (variable.space == Space::Const)
      at += variable.size;
  }
  return "";
}

std::string checkNames(const ModuleSyntax &syntax) {
  std::vector<std::string> names;
  for (const Variable &variable : syntax.variables)
    names.push_back(variable.name);
  for (const FunctionSyntax &function : syntax.functions)
    names.push_back(function.name);
  std::sort(names.begin(), names.end());
  auto twice = std::adjacent_find(names.begin(), names.end());
  return twice == names.end() ? "" : "expects one " + *twice + " in a module";
}
} // namespace

unsigned normc::ptxsim::bitsOf(Type type) { return rowOf(type).bits; }
bool normc::ptxsim::isSigned(Type type) { return rowOf(type).isSigned; }
bool normc::ptxsim::isFloat(Type type) { return rowOf(type).isFloat; }
const char *normc::ptxsim::nameOf(Type type) { return rowOf(type).name; }

Type normc::ptxsim::typeOf(std::string_view name) {
  for (const TypeRow &row : typeRows)
    if (row.name == name && row.type != Type::None)
      return row.type;
  return Type::None;
}

const char *normc::ptxsim::nameOf(Class c) {
  static const char *const names[] = {
      "global load", "global store", "shared load", "shared store", "local",
      "parameter",   "constant",     "atomic",      "alu",          "special function",
      "convert",     "move",         "branch",      "shuffle",      "barrier",
      "mbarrier",    "async copy",   "fence",       "other"};
  static_assert(sizeof names / sizeof *names == size_t(Class::Count));
  return names[size_t(c)];
}

std::string Module::parse(std::string_view text) {
  static std::atomic<uint64_t> serial{0};
  impl = nullptr;
  ModuleSyntax syntax;
  std::string error = parseModule(text, syntax);
  if (error.empty())
    error = checkNames(syntax);
  auto program = std::make_shared<Program>();
  program->serial = ++serial;
  program->version = syntax.version;
  program->target = syntax.target;
  if (error.empty())
    error = layoutConstants(syntax, *program);
  if (!error.empty())
    return error;
  for (const FunctionSyntax &function : syntax.functions) {
    if (!function.hasBody)
      continue; // a call of it is an error
    Code code;
    Decoder decoder(syntax, *program, code);
    if (!decoder.decodeEntry(function))
      return decoder.error;
    if (!function.isEntry)
      continue;
    program->entries.push_back(code.info);
    program->codes.push_back(std::move(code));
  }
  impl = std::move(program);
  return "";
}

const std::string &Module::version() const {
  static const std::string none;
  return impl ? impl->version : none;
}
const std::string &Module::target() const {
  static const std::string none;
  return impl ? impl->target : none;
}
const std::vector<Entry> &Module::entries() const {
  static const std::vector<Entry> none;
  return impl ? impl->entries : none;
}
const Entry *Module::entry(std::string_view name) const {
  for (const Entry &entry : entries())
    if (entry.name == name)
      return &entry;
  return nullptr;
}
