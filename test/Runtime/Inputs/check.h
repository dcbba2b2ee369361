/* A check that goes on where it fails, for the tests' main to give `failures` back. */

#ifndef NORMC_TEST_CHECK_H
#define NORMC_TEST_CHECK_H

#include <stdatomic.h>
#include <stdio.h>

static atomic_int failures;
#define CHECK(condition)                                                                           \
  do {                                                                                             \
    if (!(condition)) {                                                                            \
      ++failures;                                                                                  \
      printf("%d: failed: %s\n", __LINE__, #condition);                                            \
    }                                                                                              \
  } while (0)

#endif
