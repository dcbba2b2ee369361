//===- Cursor.cpp - reads words and numbers of PTX --------------------------===//
//
// Nothing here looks behind the end of the text: it may be cut off anywhere.
//
//===----------------------------------------------------------------------===//

#include "Cursor.h"

#include <cstdlib>
#include <cstring>

using namespace normc::ptxsim;

static bool isDigit(char c) { return c >= '0' && c <= '9'; }
static bool isLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}

void Cursor::skip() {
  while (at < text.size()) {
    char c = text[at];
    char next = at + 1 < text.size() ? text[at + 1] : 0;
    if (c == '\n') {
      ++lineNumber;
      ++at;
    } else if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v') {
      ++at;
    } else if (c == '/' && next == '/') {
      while (at < text.size() && text[at] != '\n')
        ++at;
    } else if (c == '/' && next == '*') {
      size_t end = text.find("*/", at + 2);
      size_t stop = end == std::string_view::npos ? text.size() : end + 2;
      for (; at < stop; ++at)
        lineNumber += text[at] == '\n';
    } else {
      return;
    }
  }
}

bool Cursor::atEnd() {
  skip();
  return at >= text.size();
}

char Cursor::peek() {
  skip();
  return at < text.size() ? text[at] : 0;
}

bool Cursor::accept(char c) {
  if (peek() != c || c == 0)
    return false;
  ++at;
  return true;
}

bool Cursor::accept(std::string_view s) {
  skip();
  if (text.substr(at, s.size()) != s)
    return false;
  at += s.size();
  return true;
}

bool Cursor::acceptDirective(std::string_view s) {
  skip();
  if (text.substr(at, s.size()) != s)
    return false;
  if (at + s.size() < text.size()) {
    char next = text[at + s.size()];
    if (isLetter(next) || isDigit(next))
      return false;
  }
  at += s.size();
  return true;
}

std::string Cursor::identifier() {
  skip();
  size_t start = at;
  if (at < text.size() && (isLetter(text[at]) || text[at] == '%'))
    for (++at; at < text.size() && (isLetter(text[at]) || isDigit(text[at]));)
      ++at;
  return std::string(text.substr(start, at - start));
}

std::string Cursor::operandName() {
  std::string name = identifier();
  if (name.empty() || name[0] != '%' || at + 1 >= text.size() || text[at] != '.')
    return name;
  char axis = text[at + 1];
  bool ends = at + 2 >= text.size() || !(isLetter(text[at + 2]) || isDigit(text[at + 2]));
  if (ends && (axis == 'x' || axis == 'y' || axis == 'z' || axis == 'w')) {
    name += {'.', axis};
    at += 2;
  }
  return name;
}

std::string Cursor::opcode() {
  skip();
  size_t start = at;
  while (at < text.size()) {
    char c = text[at];
    bool colons = c == ':' && at + 1 < text.size() && text[at + 1] == ':';
    if (colons)
      at += 2;
    else if (isLetter(c) || isDigit(c) || c == '.')
      ++at;
    else
      break;
  }
  return std::string(text.substr(start, at - start));
}

std::string Cursor::word() {
  size_t start = at;
  while (at < text.size() && (isLetter(text[at]) || isDigit(text[at])))
    ++at;
  return std::string(text.substr(start, at - start));
}

bool Cursor::string(std::string &value) {
  if (!accept('"'))
    return false;
  size_t start = at;
  while (at < text.size() && text[at] != '"' && text[at] != '\n')
    ++at;
  if (at >= text.size() || text[at] != '"')
    return false;
  value = std::string(text.substr(start, at - start));
  ++at;
  return true;
}

std::string Cursor::found() {
  skip();
  if (at >= text.size())
    return "the end of the text";
  size_t end = at;
  while (end < text.size() && end < at + 32 && text[end] != '\n')
    ++end;
  std::string result;
  for (char c : text.substr(at, end - at))
    result += c >= 32 && c < 127 ? c : '?';
  return "'" + result + "'";
}

static int digitOf(char c) {
  if (isDigit(c))
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  return 99;
}

Cursor::Number Cursor::number(uint64_t &bits) {
  skip();
  if (at >= text.size() || !isDigit(text[at]))
    return Number::None;
  char second = at + 1 < text.size() ? text[at + 1] : 0;
  int base = 10, digits = 0;
  Number kind = Number::Int;
  if (text[at] == '0') {
    switch (second) {
    case 'x':
    case 'X':
      base = 16, at += 2;
      break;
    case 'b':
    case 'B':
      base = 2, at += 2;
      break;
    case 'f':
    case 'F':
      base = 16, at += 2, kind = Number::Float32, digits = 8;
      break;
    case 'd':
    case 'D':
      base = 16, at += 2, kind = Number::Float64, digits = 16;
      break;
    default:
      base = isDigit(second) ? 8 : 10;
    }
  }
  size_t start = at;
  bits = 0;
  for (; at < text.size() && digitOf(text[at]) < base; ++at) {
    unsigned digit = digitOf(text[at]);
    if (bits > (~uint64_t(0) - digit) / base)
      return Number::Bad;
    bits = bits * base + digit;
  }
  if (at == start || (digits && at - start != size_t(digits)))
    return Number::Bad;
  bool point = at < text.size() && (text[at] == '.' || text[at] == 'e' || text[at] == 'E');
  if (kind == Number::Int && base == 10 && point) {
    std::string copy(text.substr(start, 64));
    char *end = nullptr;
    double value = strtod(copy.c_str(), &end);
    at = start + (end - copy.c_str());
    memcpy(&bits, &value, sizeof bits);
    kind = Number::Float64;
  }
  if (kind == Number::Int && at < text.size() && text[at] == 'U')
    ++at;
  if (at < text.size() && (isLetter(text[at]) || isDigit(text[at])))
    return Number::Bad;
  return kind;
}

bool Cursor::skipBraces() {
  if (!accept('{'))
    return false;
  for (int depth = 1; depth > 0;) {
    if (atEnd())
      return false;
    char c = text[at++];
    depth += c == '{' ? 1 : c == '}' ? -1 : 0;
  }
  return true;
}
