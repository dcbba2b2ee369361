// The C API's header compiles alone, as C11 and as C++17, without a warning.
// RUN: %cc -std=c11 -Wall -Wextra -Wpedantic -Werror -I%include -fsyntax-only %s
// RUN: %cxx -std=c++17 -Wall -Wextra -Wpedantic -Werror -I%include -fsyntax-only -x c++ %s
#include "normc-c/Normc.h"

int main(void) { return 0; }
