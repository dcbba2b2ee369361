/* Kernels under the address sanitizer, on buffers of exactly the bytes that they need. With an argument, on one that is
   an element too short. */
#include "rows.h"
#include "back.h"
#include "first.h"
#include "last.h"
#include "groups.h"
#include "beside.h"
#include <stdio.h>
#include <stdlib.h>

static void *buffer(int64_t bytes) {
  /* malloc(1) where nothing is needed: not NULL. */
  void *data = calloc(1, bytes > 0 ? (size_t)bytes : 1);
  if (!data)
    exit(2);
  return data;
}

static void check(const char *name, int32_t code, int64_t a, int64_t b, int64_t c) {
  if (code != 0) {
    printf("%s %lld %lld %lld: error %d\n", name, (long long)a, (long long)b, (long long)c, code);
    exit(1);
  }
}

enum { MOST = 8 };
static void *data[MOST];
static int used;
static void *take(int64_t bytes) { return data[used++] = buffer(bytes); }
static void drop(void) {
  while (used > 0)
    free(data[--used]);
}

int main(int argc, char **argv) {
  static const int64_t lengths[] = {1, 2, 7, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 129, 513, 1000};
  static const int64_t rows[] = {1, 2, 3, 8, 9, 19};
  int64_t least = argc > 1 ? 4 : 0;
  (void)argv;
  for (size_t i = 0; i < sizeof lengths / sizeof *lengths; ++i)
    for (size_t j = 0; j < sizeof rows / sizeof *rows; ++j) {
      int64_t n = lengths[i], r = rows[j];
      check("rows",
            rows_contiguous(NULL, r, n, take(2 * r * n), take(4 * n), take(4 * n), take(2 * r * n),
                            take(4 * r), take(4 * r)), r, n, 0);
      drop();
      check("back",
            back_contiguous(NULL, r, n, take(4 * r * n - least), take(4 * r * n), take(4 * r), take(4 * r), take(4 * n),
                            take(4 * r * n), take(4 * n), take(4 * n)), r, n, 0);
      drop();
      int64_t c = 1 + r % 4, positions = n;
      if (r * n > 1) {
        check("first",
              first_contiguous(NULL, r, c, positions, take(4 * r * c * n), take(4 * c), take(4 * c), take(4 * r * c * n),
                               take(4 * c), take(4 * c)), r, c, n);
        drop();
        check("last",
              last_contiguous(NULL, c, r, n, take(2 * r * c * n), take(4 * n), take(4 * n), take(2 * r * c * n),
                              take(4 * n), take(4 * n)), c, r, n);
        drop();
      }
      check("groups",
            groups_contiguous(NULL, r, take(4 * r * 7 * 24), take(4 * 24), take(4 * 24), take(4 * r * 7 * 24), take(4 * r * 4),
                              take(4 * r * 4)), r, 0, 0);
      drop();
      check("beside",
            beside_contiguous(NULL, r, n, take(2 * r * n * 128), take(4 * 128), take(4 * 128), take(2 * r * n * 128),
                              take(4 * r * 16), take(4 * r * 16)), r, n, 0);
      drop();
    }
  puts("done");
  return 0;
}
