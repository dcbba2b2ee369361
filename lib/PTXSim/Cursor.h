//===- Cursor.h - reads words and numbers of PTX ----------------------------===//
//
// Character by character, since what a dot means depends on what stands before it: `%tid.x` is one
// name, `add.f32` an instruction and its type. Blanks and comments are skipped before every token.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_PTXSIM_CURSOR_H
#define NORMC_LIB_PTXSIM_CURSOR_H

#include <cstdint>
#include <string>
#include <string_view>

namespace normc::ptxsim {

class Cursor {
public:
  explicit Cursor(std::string_view text) : text(text) {}

  unsigned line() const { return lineNumber; }
  size_t position() const { return at; }
  /// Goes back to where position() was.
  void back(size_t position, unsigned line) { at = position, lineNumber = line; }
  std::string_view from(size_t start) const { return text.substr(start, at - start); }

  bool atEnd();
  char peek();
  /// Takes the character or the text where it is next.
  bool accept(char c);
  bool accept(std::string_view s);
  /// A dot and a word, as one: accepts ".reg" but not ".regs".
  bool acceptDirective(std::string_view s);
  /// [a-zA-Z_$%][a-zA-Z0-9_$]*, empty where there is none.
  std::string identifier();
  /// The name of a variable, register or label; special registers with their ".x".
  std::string operandName();
  /// An instruction with all its modifiers.
  std::string opcode();
  /// Letters and digits without a blank before them.
  std::string word();
  /// A string in quotes.
  bool string(std::string &value);
  /// What stands here, for messages.
  std::string found();

  enum class Number { None, Int, Float32, Float64, Bad };
  /// A literal without sign. A decimal with a point is a Float64.
  Number number(uint64_t &bits);
  /// Skips to the end of a block in braces, behind its closing brace.
  bool skipBraces();

private:
  void skip();

  std::string_view text;
  size_t at = 0;
  unsigned lineNumber = 1;
};

} // namespace normc::ptxsim

#endif // NORMC_LIB_PTXSIM_CURSOR_H
