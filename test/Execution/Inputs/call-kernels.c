// Calls kernels of a shared library for a test on another machine: `call-kernels LIBRARY` reads
// calls from standard input and answers on standard output, until the input ends. Every number is
// an int64_t, and the byte order is the same on both sides.
//
//   call    length of the name, name, num_args, and for every argument
//             present, code, bits, ndim, has strides, owner, has data, data, byte_offset, bytes
//             shape, strides, and the memory's bytes where `owner` is this argument
//           `data` counts from the start of the memory of the argument `owner`.
//   answer  the return code; the bytes of every memory, in order, as the kernel left them
//
// A call is made twice: without a context (with a workspace where the stack is not enough), and
// with a parallel loop that does the indices one by one from the last to the first. Both have to
// leave the same bytes.

#include <normc-c/Runtime.h>

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { max_args = 32, max_rank = 8 };

typedef struct {
  char *base, *memory, *given, *first;
  size_t length, size;
} Memory;

static void fail(const char *what, const char *name) {
  fprintf(stderr, "call-kernels: %s '%s'\n", what, name);
  exit(1);
}

static void get(void *to, size_t size) {
  if (size && fread(to, 1, size, stdin) != size)
    fail("the input ends inside a", "call");
}

static int64_t number(void) {
  int64_t n;
  get(&n, sizeof n);
  return n;
}

static void put(const void *from, size_t size) {
  if (size && fwrite(from, 1, size, stdout) != size)
    fail("cannot write an", "answer");
}

// The last byte stands before a page that cannot be touched.
static Memory memory_get(size_t size) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE), body = (size + page - 1) / page * page;
  Memory m = {.length = body + page, .size = size};
  m.base = mmap(NULL, m.length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  m.given = malloc(size + 1);
  m.first = malloc(size + 1);
  if (m.base == MAP_FAILED || !m.given || !m.first || mprotect(m.base + body, page, PROT_NONE))
    fail("no memory for a", "tensor");
  m.memory = m.base + body - size;
  get(m.given, size);
  return m;
}

static void backward(void *user, int64_t count, normrt_body_fn body, void *data) {
  (void)user;
  for (int64_t i = count - 1; i >= 0; --i)
    body(data, i, i + 1);
}

int main(int argc, char **argv) {
  void *library = argc == 2 ? dlopen(argv[1], RTLD_NOW) : NULL;
  if (!library)
    fail("cannot open", argc == 2 ? dlerror() : "nothing");
  int64_t length;
  while (fread(&length, sizeof length, 1, stdin) == 1) {
    char name[200] = "", size_name[256];
    if (length < 0 || length >= (int64_t)sizeof name)
      fail("too long a", "name");
    get(name, (size_t)length);
    normrt_kernel_fn kernel;
    normrt_workspace_size_fn workspace_size;
    *(void **)&kernel = dlsym(library, name);
    snprintf(size_name, sizeof size_name, "%s_workspace_size", name);
    *(void **)&workspace_size = dlsym(library, size_name);
    if (!kernel)
      fail("no kernel for", name);

    int64_t num_args = number();
    DLTensor tensors[max_args];
    const DLTensor *args[max_args];
    int64_t shapes[max_args][max_rank], strides[max_args][max_rank];
    Memory memories[max_args] = {0};
    if (num_args > max_args)
      fail("too many arguments for", name);
    for (int64_t i = 0; i < num_args; ++i) {
      DLTensor *t = &tensors[i];
      int64_t present = number();
      t->device = (DLDevice){kDLCPU, 0};
      t->dtype.code = (uint8_t)number();
      t->dtype.bits = (uint8_t)number();
      t->dtype.lanes = 1;
      t->ndim = (int32_t)number();
      int64_t has_strides = number(), owner = number(), has_data = number(), data = number();
      t->byte_offset = (uint64_t)number();
      int64_t size = number();
      if (t->ndim > max_rank)
        fail("too high a rank for", name);
      get(shapes[i], sizeof(int64_t) * (size_t)t->ndim);
      get(strides[i], sizeof(int64_t) * (size_t)t->ndim);
      t->shape = shapes[i];
      t->strides = has_strides ? strides[i] : NULL;
      if (present && owner == i)
        memories[i] = memory_get((size_t)size);
      t->data = has_data ? memories[owner].memory + data : NULL;
      args[i] = present ? t : NULL;
    }

    int64_t bytes = workspace_size ? workspace_size(args, (int32_t)num_args) : 0;
    void *workspace = bytes > 0 ? aligned_alloc(64, ((size_t)bytes + 63) / 64 * 64) : NULL;
    normrt_context context = {.size = sizeof context,
                              .abi_version = NORMRT_ABI_VERSION,
                              .workspace = workspace,
                              .workspace_bytes = bytes > 0 ? (uint64_t)bytes : 0};
    int64_t code[2];
    for (int turn = 0; turn < 2; ++turn) {
      for (int64_t i = 0; i < num_args; ++i)
        if (memories[i].base)
          memcpy(memories[i].memory, memories[i].given, memories[i].size);
      context.parallel_for = turn ? backward : NULL;
      code[turn] =
          kernel(turn || bytes > NORMRT_STACK_WORKSPACE ? &context : NULL, args, (int32_t)num_args);
      for (int64_t i = 0; turn == 0 && i < num_args; ++i)
        if (memories[i].base)
          memcpy(memories[i].first, memories[i].memory, memories[i].size);
    }
    free(workspace);
    if (code[0] != code[1])
      fail("another return code with a parallel loop:", name);
    put(code, sizeof code[0]);
    for (int64_t i = 0; i < num_args; ++i) {
      Memory *m = &memories[i];
      if (!m->base)
        continue;
      if (memcmp(m->first, m->memory, m->size) != 0)
        fail("other results with a parallel loop from the last index to the first:", name);
      put(m->memory, m->size);
      munmap(m->base, m->length);
      free(m->given);
      free(m->first);
    }
    fflush(stdout);
  }
  return 0;
}
