// Where no thread can be made, normc says so; where none can be made but the one that compiles, it compiles.
//
// RUN: %cc -D_GNU_SOURCE -shared -fPIC %s -ldl -o %t.so
// RUN: not env LD_PRELOAD=%t.so MOST=0 normc %S/Inputs/copy.mlir --emit=asm 2>&1 | FileCheck %s
// CHECK: {{^}}normc: error: no thread can be made to compile on: {{.+}}
// RUN: env LD_PRELOAD=%t.so MOST=1 normc %S/Inputs/copy.mlir --emit=asm | FileCheck %s --check-prefix=ASM
// RUN: env LD_PRELOAD=%t.so MOST=1 normc %S/Inputs/copy.mlir -o %t.lib.so
// ASM: copy:

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument) {
  static int made;
  typedef int function(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
  const char *most = getenv("MOST");
  if (made++ == atoi(most ? most : "-1"))
    return --made, EAGAIN;
  return ((function *)dlsym(RTLD_NEXT, "pthread_create"))(thread, attributes, start, argument);
}
