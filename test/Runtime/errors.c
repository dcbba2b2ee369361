/* Codes in words, taken apart and put together.

   RUN: %cc -std=c11 -Wall -Wextra -Wpedantic -Werror -I%include %s -o %t \
   RUN:   -L%libs -lnormrt -Wl,-rpath,%libs
   RUN: %t | FileCheck %s
*/

#include "Inputs/check.h"
#include "normc-c/Runtime.h"

#include <stdio.h>
#include <string.h>

static void show(int32_t rc) {
  char text[256];
  size_t length = normrt_error_string(rc, text, sizeof text);
  CHECK(length == strlen(text));
  printf("%s\n", text);
}

int main(void) {
  // CHECK: NORMRT_OK: no error
  show(NORMRT_OK);
  // CHECK: NORMRT_ERROR_NUM_ARGS: the number of arguments is not
  show(NORMRT_ERROR_NUM_ARGS);
  // CHECK: NORMRT_ERROR_NULL_DATA: args[0]: the data pointer is NULL
  show(NORMRT_ERROR_MAKE(NORMRT_ERROR_NULL_DATA, 0, -1));
  // CHECK: NORMRT_ERROR_SHAPE: args[2], dimension 1: the size is not the one
  show(NORMRT_ERROR_MAKE(NORMRT_ERROR_SHAPE, 2, 1));
  // CHECK: NORMRT_ERROR_STRIDE: args[4094], dimension 31:
  show(NORMRT_ERROR_MAKE(NORMRT_ERROR_STRIDE, 4094, 31));
  // CHECK: NORMRT_ERROR_LAUNCH: the kernel runs on a GPU, but the context is not for one
  show(NORMRT_ERROR_LAUNCH);
  // CHECK: NORMRT_ERROR_GPU: the GPU's driver refused
  show(NORMRT_ERROR_GPU);
  // CHECK: unknown error code 63
  show(63);
  // CHECK: unknown error code -1
  show(-1);

  // Every code of the header has a name of its own.
  for (int32_t code = 0; code <= NORMRT_ERROR_NOT_PREPARED; ++code) {
    if (code > NORMRT_ERROR_LAUNCH && code < NORMRT_ERROR_FILE)
      CHECK(strcmp(normrt_error_name(code), "unknown") == 0);
    else
      CHECK(strncmp(normrt_error_name(code), "NORMRT_", 7) == 0);
    for (int32_t other = 0; other < code; ++other)
      CHECK(!strcmp(normrt_error_name(code), normrt_error_name(other)) ==
            !strcmp(normrt_error_name(code), "unknown") *
                !strcmp(normrt_error_name(other), "unknown"));
  }

  int32_t rc = NORMRT_ERROR_MAKE(NORMRT_ERROR_STRIDE, 4094, 31);
  CHECK(NORMRT_ERROR_CODE(rc) == NORMRT_ERROR_STRIDE);
  CHECK(NORMRT_ERROR_ARG(rc) == 4094);
  CHECK(NORMRT_ERROR_DIM(rc) == 31);
  CHECK(NORMRT_ERROR_ARG(NORMRT_ERROR_NULL_ARGS) == -1);
  CHECK(NORMRT_ERROR_DIM(NORMRT_ERROR_NULL_ARGS) == -1);

  // Cut to the buffer, and the length asked for with none.
  char small[8];
  size_t length = normrt_error_string(NORMRT_ERROR_NUM_ARGS, NULL, 0);
  CHECK(normrt_error_string(NORMRT_ERROR_NUM_ARGS, small, sizeof small) == length);
  CHECK(strcmp(small, "NORMRT_") == 0);

  // CHECK: 0 failures
  printf("%d failures\n", failures);
  return failures != 0;
}
