//===- Library.c - shared libraries of kernels ---===//
// dlopen and dlsym, with messages. What is closed is unloaded from GPUs as well: the next library
// may be mapped where it was, and its modules have the same addresses then.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE // dladdr, dlinfo
#endif
#include "CudaDevice.h"
#include "normc-c/Runtime.h"

#include <dlfcn.h>
#include <link.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Held from closing a library to unloading its modules, so that no other takes its place between.
// Recursive, since libraries may open others when they are loaded.
static pthread_mutex_t mapping = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

struct normrt_library {
  void *handle;
  char *path;
};

static void say(char *message, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void say(char *message, size_t size, const char *format, ...) {
  if (!message || size == 0)
    return;
  va_list args;
  va_start(args, format);
  vsnprintf(message, size, format, args);
  va_end(args);
}

int32_t normrt_library_open(const char *path, normrt_library **library, char *message,
                            size_t message_size) {
  *library = NULL;
  size_t length = strlen(path);
  normrt_library *result = calloc(1, sizeof *result);
  // Without a slash dlopen would search the system's folders, and not the working folder.
  char *copy = malloc(length + 3);
  if (!result || !copy) {
    free(result);
    free(copy);
    say(message, message_size, "%s: out of memory", path);
    return NORMRT_ERROR_MEMORY;
  }
  snprintf(copy, length + 3, "%s%s", strchr(path, '/') ? "" : "./", path);
  result->path = copy;
  pthread_mutex_lock(&mapping);
  result->handle = dlopen(copy, RTLD_NOW | RTLD_LOCAL);
  const char *reason = result->handle ? NULL : dlerror();
  pthread_mutex_unlock(&mapping);
  if (!result->handle) {
    say(message, message_size, "%s: expected a shared library that loads: %s", path,
        reason ? reason : "unknown reason");
    normrt_library_close(result);
    return NORMRT_ERROR_LIBRARY;
  }
  *library = result;
  return NORMRT_OK;
}

static const void *begin_of(const void *address) {
  Dl_info info;
  return address && dladdr(address, &info) ? info.dli_fbase : NULL;
}

static void close_handle(void *handle) {
  struct link_map *map;
  pthread_mutex_lock(&mapping);
  const void *inside = dlinfo(handle, RTLD_DI_LINKMAP, &map) == 0 ? map->l_ld : NULL;
  const void *begin = begin_of(inside);
  dlclose(handle);
  // It stays where it is if somebody else has it open.
  if (begin && begin_of(inside) != begin)
    cuda_unload(begin, NULL);
  pthread_mutex_unlock(&mapping);
}

void normrt_library_close(normrt_library *library) {
  if (!library)
    return;
  if (library->handle)
    close_handle(library->handle);
  free(library->path);
  free(library);
}

int32_t normrt_library_kernel(normrt_library *library, const normrt_kernel *kernel,
                              normrt_kernel_fn *function, normrt_workspace_size_fn *workspace_size,
                              char *message, size_t message_size) {
  *function = NULL;
  *workspace_size = NULL;
  const char *symbols[2] = {kernel->symbol, kernel->workspace_symbol};
  void *addresses[2] = {NULL, NULL};
  for (int i = 0; i < 2; ++i) {
    if (!symbols[i])
      continue;
    addresses[i] = dlsym(library->handle, symbols[i]);
    if (!addresses[i]) {
      say(message, message_size,
          "%s: expected the symbol '%s' of kernel '%s', as its manifest says, found none",
          library->path, symbols[i], kernel->name);
      return NORMRT_ERROR_SYMBOL;
    }
  }
  // ISO C has no conversion from an object pointer to a function pointer; POSIX has this one.
  memcpy(function, &addresses[0], sizeof *function);
  memcpy(workspace_size, &addresses[1], sizeof *workspace_size);
  return NORMRT_OK;
}
