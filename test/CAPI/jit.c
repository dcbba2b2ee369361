/* Kernels compiled into the process: called, found again in memory and on disk, whatever happened
   to the files, and by threads and processes that want them at the same time.

   RUN: %cc -std=gnu11 -Wall -Wextra -Werror -I%include %s -o %t.bin \
   RUN:   -L%libs -lnormc -lnormrt -lpthread -lm -Wl,-rpath,%libs
   RUN: rm -rf %t && mkdir %t && cd %t && %t.bin

   Another build of LLVM makes another key. Libraries of that name stand for it here.
   RUN: cd %t && echo "int normc_test;" > empty.c
   RUN: cd %t && %cc -shared -fPIC empty.c -Wl,--build-id=0x01 -o libtestLLVM.so.1
   RUN: cd %t && %cc -shared -fPIC empty.c -Wl,--build-id=0x02 -o libtestLLVM.so.2
   RUN: cd %t && %cc -shared -fPIC empty.c -Wl,--build-id=none -o libtestMLIR.so
   RUN: cd %t && %cc -shared -fPIC empty.c -Wl,--build-id=0x03 -o libtest.so
   RUN: cd %t && %t.bin builds 1 && %t.bin builds 0
   RUN: cd %t && env LD_PRELOAD=%t/libtest.so %t.bin builds 0
   RUN: cd %t && env LD_PRELOAD=%t/libtestLLVM.so.1 %t.bin builds 1
   RUN: cd %t && env LD_PRELOAD=%t/libtestLLVM.so.1 %t.bin builds 0
   RUN: cd %t && mv libtestLLVM.so.2 libtestLLVM.so.1
   RUN: cd %t && env LD_PRELOAD=%t/libtestLLVM.so.1 %t.bin builds 1
   RUN: cd %t && env LD_PRELOAD=%t/libtestMLIR.so %t.bin builds 1
   RUN: cd %t && env LD_PRELOAD=%t/libtestMLIR.so %t.bin builds 0
   RUN: cd %t && touch -d 2001-01-01 libtestMLIR.so
   RUN: cd %t && env LD_PRELOAD=%t/libtestMLIR.so %t.bin builds 1
*/

#include "normc-c/Normc.h"

#include <dirent.h>
#include <errno.h>
#include <malloc.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define EXPECT(condition)                                                                          \
  do {                                                                                             \
    if (!(condition)) {                                                                            \
      printf("%s:%d: expects %s; the messages:\n%s", __FILE__, __LINE__, #condition, heard);       \
      exit(1);                                                                                     \
    }                                                                                              \
  } while (0)

/* The messages since the last `said`, a line each. */
static _Thread_local char heard[1 << 14];

static void hear(void *user, const normc_message *message) {
  (void)user;
  size_t length = strlen(heard);
  snprintf(heard + length, sizeof heard - length, "%d: %s\n", message->severity, message->text);
}

static int said(const char *text) {
  int found = strstr(heard, text) != NULL;
  if (found)
    heard[0] = 0;
  return found;
}

static normc_jit *create(const char *directory, uint64_t memory, uint64_t disk) {
  normc_jit_options options = {.size = sizeof options, .on_message = hear};
  options.directory = directory;
  options.memory_bytes = memory;
  options.disk_bytes = disk;
  return normc_jit_create(&options);
}

static normc_jit_statistics count(const normc_jit *jit) {
  normc_jit_statistics statistics = {.size = sizeof statistics};
  EXPECT(normc_jit_get_statistics(jit, &statistics) == 0);
  return statistics;
}

/* Rows of `columns` numbers without a scale: a kernel for each number of columns. */
static normc_kernels *get(normc_jit *jit, int columns) {
  char shape[32];
  snprintf(shape, sizeof shape, "?x%d", columns);
  normc_spec spec = {.size = sizeof spec};
  spec.op = "rms_norm";
  spec.shape = shape;
  spec.dtype = "f32";
  spec.eps = "0";
  spec.no_scale = 1;
  return normc_jit_spec(jit, &spec, NULL);
}

static void run(const normc_kernels *kernels, int columns) {
  normrt_workspace_size_fn workspace_size;
  normrt_kernel_fn rms = normc_kernels_entry(kernels, NULL, &workspace_size);
  EXPECT(rms && rms == normc_kernels_entry(kernels, "rms_norm", NULL));
  EXPECT(!normc_kernels_entry(kernels, "layer_norm", NULL));
  enum { rows = 3 };
  float *x = malloc(sizeof(float) * rows * columns), *y = malloc(sizeof(float) * rows * columns);
  for (int i = 0; i < rows * columns; ++i)
    x[i] = (i % 2 ? 1 : -1) * (float)(1 + i / columns);
  int64_t shape[] = {rows, columns};
  DLTensor in = {x, {kDLCPU, 0}, 2, {kDLFloat, 32, 1}, shape, NULL, 0}, out = in;
  out.data = y;
  const DLTensor *args[] = {&in, &out};
  EXPECT(workspace_size(args, 2) >= 0);
  EXPECT(rms(NULL, args, 2) == 0);
  for (int i = 0; i < rows * columns; ++i)
    EXPECT(fabsf(y[i] - (i % 2 ? 1 : -1)) < 1e-6f);
  EXPECT(rms(NULL, args, 1) == NORMRT_ERROR_NUM_ARGS);
  free(x);
  free(y);
  normrt_manifest *manifest;
  const char *text = normc_kernels_manifest(kernels);
  EXPECT(normrt_manifest_parse(text, strlen(text), "manifest", &manifest, NULL, 0) == 0);
  EXPECT(normrt_manifest_find(manifest, "rms_norm")->num_arguments == 2);
  normrt_manifest_free(manifest);
}

/* The kernels' files in a folder, and what they take. */
static int look(const char *directory, off_t *bytes, char *path, size_t size) {
  int files = 0;
  *bytes = 0;
  DIR *folder = opendir(directory);
  EXPECT(folder);
  for (struct dirent *entry; (entry = readdir(folder));) {
    if (strncmp(entry->d_name, "llvmcache-", 10))
      continue;
    struct stat status;
    snprintf(path, size, "%s/%s", directory, entry->d_name);
    /* Another process may have given it its name by now, or removed it. */
    if (stat(path, &status) && errno == ENOENT)
      continue;
    *bytes += status.st_size;
    ++files;
  }
  closedir(folder);
  return files;
}

static void check_memory(void) {
  normc_jit *jit = create(NULL, 0, 0);
  normc_kernels *first = get(jit, 64), *second = get(jit, 64), *other = get(jit, 65);
  EXPECT(first && second && other);
  EXPECT(normc_kernels_entry(first, NULL, NULL) == normc_kernels_entry(second, NULL, NULL));
  EXPECT(normc_kernels_entry(first, NULL, NULL) != normc_kernels_entry(other, NULL, NULL));
  normc_jit_statistics s = count(jit);
  EXPECT(s.compiled == 2 && s.found_in_memory == 1 && !s.found_on_disk && !s.evicted);

  /* What changes the code is another kernel; the name of the source is not. */
  static const char module[] = "func.func @copy(%x: tensor<?xf32>) -> tensor<?xf32> {\n"
                               "  return %x : tensor<?xf32>\n"
                               "}\n";
  normc_compile_options plain = {.size = sizeof plain, .reference = 1};
  normc_kernels *a = normc_jit_compile(jit, module, strlen(module), "a.mlir", NULL),
                *b = normc_jit_compile(jit, module, strlen(module), "b.mlir", NULL),
                *c = normc_jit_compile(jit, module, strlen(module), "a.mlir", &plain);
  EXPECT(a && b && c);
  s = count(jit);
  EXPECT(s.compiled == 4 && s.found_in_memory == 2);
  normc_kernels_release(a);
  normc_kernels_release(b);
  normc_kernels_release(c);

  /* A kernel for ranks is several, found by their names. */
  normc_spec spec = {.size = sizeof spec, .op = "layer_norm", .shape = "?x?", .dtype = "f32"};
  normc_compile_options ranks = {.size = sizeof ranks, .partial = "c"};
  a = normc_jit_spec(jit, &spec, &ranks);
  EXPECT(a && !normc_kernels_entry(a, NULL, NULL));
  EXPECT(normc_kernels_entry(a, "layer_norm_partial", NULL) &&
         normc_kernels_entry(a, "layer_norm_merge", NULL) &&
         normc_kernels_entry(a, "layer_norm_apply", NULL));
  b = normc_jit_spec(jit, &spec, NULL);
  EXPECT(b && normc_kernels_entry(b, NULL, NULL) && count(jit).compiled == 6);
  normc_kernels_release(a);
  normc_kernels_release(b);

  /* What is held outlives the cache. */
  normc_kernels_release(first);
  normc_jit_destroy(jit);
  run(second, 64);
  run(other, 65);
  normc_kernels_release(second);
  normc_kernels_release(other);

  /* No room for what nobody holds; what is held is found, whatever it takes. */
  jit = create(NULL, 1, 0);
  first = get(jit, 64);
  second = get(jit, 65);
  EXPECT(first && second);
  normc_kernels_release(get(jit, 64));
  EXPECT(count(jit).compiled == 2 && count(jit).found_in_memory == 1 && !count(jit).evicted);
  normc_kernels_release(first);
  EXPECT(count(jit).evicted == 1);
  other = get(jit, 66);
  first = get(jit, 64);
  EXPECT(count(jit).compiled == 4);
  run(first, 64);
  run(second, 65);
  run(other, 66);
  normc_kernels_release(first);
  normc_kernels_release(second);
  normc_kernels_release(other);
  EXPECT(count(jit).evicted == 4);
  normc_jit_destroy(jit);

  /* Of several that are released, the last ones stay: two of some 30 KB. */
  jit = create(NULL, 80000, 0);
  normc_kernels *all[6];
  for (int i = 0; i < 6; ++i)
    all[i] = get(jit, 64 + i);
  EXPECT(!count(jit).evicted);
  for (int i = 0; i < 6; ++i)
    normc_kernels_release(all[5 - i]);
  EXPECT(count(jit).evicted == 4);
  normc_kernels_release(get(jit, 64));
  normc_kernels_release(get(jit, 65));
  EXPECT(count(jit).compiled == 6 && count(jit).found_in_memory == 2);
  /* What was found counts as used: the other one leaves. */
  normc_kernels_release(get(jit, 64));
  normc_kernels_release(get(jit, 66));
  normc_kernels_release(get(jit, 64));
  EXPECT(count(jit).compiled == 7 && count(jit).found_in_memory == 4);
  normc_jit_destroy(jit);
  EXPECT(!heard[0]);
}

static long resident(void) {
  malloc_trim(0);
  FILE *file = fopen("/proc/self/statm", "r");
  long all, pages;
  EXPECT(file && fscanf(file, "%ld %ld", &all, &pages) == 2 && fclose(file) == 0);
  return pages * sysconf(_SC_PAGESIZE);
}

/* What counts as memory is what the process grows by. */
static void check_growth(void) {
  enum { modules = 60 };
  pid_t child = fork();
  EXPECT(child >= 0);
  if (!child) {
    normc_jit *jit = create("growth", 0, 0);
    for (int i = 0; i < modules; ++i)
      normc_kernels_release(get(jit, 64 + i));
    normc_jit_destroy(jit);
    _exit(0);
  }
  int status;
  EXPECT(wait(&status) > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0);
  child = fork();
  EXPECT(child >= 0);
  if (!child) {
    normc_jit *jit = create("growth", 0, 0);
    normc_kernels_release(get(jit, 64));
    long before = resident();
    for (int i = 1; i < modules; ++i)
      normc_kernels_release(get(jit, 64 + i));
    long each = (resident() - before) / (modules - 1);
    normc_jit_statistics s = count(jit);
    EXPECT(s.found_on_disk == modules && !s.evicted);
    normc_jit_destroy(jit);
    enum { bound = 1 << 20 };
    jit = create("growth", bound, 0);
    for (int i = 0; i < modules; ++i)
      normc_kernels_release(get(jit, 64 + i));
    s = count(jit);
    EXPECT(s.found_on_disk == modules && s.evicted);
    long kept = (modules - (long)s.evicted) * each;
    if (kept < bound * 2 / 3 || kept > bound * 3 / 2) {
      printf("%d bytes are kept as %ld\n", bound, kept);
      exit(1);
    }
    normc_jit_destroy(jit);
    _exit(0);
  }
  EXPECT(wait(&status) > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* Who is told of a key may ask for it. */
struct caller {
  normc_jit *jit;
  int depth;
};

static void hear_and_get(void *user, const normc_message *message) {
  struct caller *caller = user;
  hear(NULL, message);
  if (!caller->jit || caller->depth == 2)
    return;
  ++caller->depth;
  if (message->severity == NORMC_ERROR) {
    EXPECT(!normc_jit_compile(caller->jit, "func.func", 9, NULL, NULL));
    return;
  }
  normc_kernels *kernels = get(caller->jit, 64);
  EXPECT(kernels);
  run(kernels, 64);
  normc_kernels_release(kernels);
}

static void check_callbacks(void) {
  struct caller caller = {0};
  normc_jit_options options = {.size = sizeof options, .on_message = hear_and_get};
  options.user = &caller;
  options.directory = "callbacks";
  caller.jit = normc_jit_create(&options);
  EXPECT(!normc_jit_compile(caller.jit, "func.func", 9, NULL, NULL) && caller.depth == 2);
  EXPECT(said("0: "));
  /* A file that is damaged. */
  normc_kernels_release(get(caller.jit, 64));
  normc_jit_destroy(caller.jit);
  char path[512];
  off_t size;
  EXPECT(look("callbacks", &size, path, sizeof path) == 1 && truncate(path, 100) == 0);
  caller.jit = normc_jit_create(&options);
  caller.depth = 0;
  normc_kernels *kernels = get(caller.jit, 64);
  EXPECT(kernels && caller.depth == 1 && said("is not what was written"));
  EXPECT(count(caller.jit).compiled == 1 && count(caller.jit).found_in_memory == 1);
  normc_kernels_release(kernels);
  normc_jit_destroy(caller.jit);
}

static void check_errors(void) {
  normc_jit *jit = create(NULL, 0, 0);
  for (int i = 0; i < 2; ++i) {
    EXPECT(!normc_jit_compile(jit, "func.func", 9, NULL, NULL) && said("expected"));
    EXPECT(!normc_jit_compile(jit, "module {}", 9, NULL, NULL) && said("at least one kernel"));
  }
  EXPECT(!normc_jit_compile(jit, NULL, 0, NULL, NULL) && said("expected a source"));
  EXPECT(!get(jit, 0) && said("0: "));
  normc_compile_options options = {.size = sizeof options, .targets = "aarch64:neoverse-v2"};
  normc_spec spec = {.size = sizeof spec, .op = "rms_norm", .shape = "?x8", .dtype = "f32"};
#if defined(__x86_64__)
  EXPECT(!normc_jit_spec(jit, &spec, &options) && said("expected a target that this process can"));
#endif
  options.targets = NULL;
  options.outline = "host";
  EXPECT(!normc_jit_spec(jit, &spec, &options) && said("expected no outline"));
  options.outline = NULL;
  options.targets = "sm_80";
  EXPECT(!normc_jit_spec(jit, &spec, &options) && said("normrt_cuda_unload"));
  options.targets = NULL;
  spec.name = "normc_gpu_module";
  EXPECT(!normc_jit_spec(jit, &spec, &options) && said("to be free in C, C++ and normc's objects, but 'normc_gpu_module'"));
  EXPECT(count(jit).compiled == 0);
  normc_jit_statistics statistics = {.size = 3};
  EXPECT(normc_jit_get_statistics(jit, &statistics) == 1 && said("normc_jit_statistics"));
  normc_jit_destroy(jit);
}

static void overwrite(const char *path, off_t at, off_t length) {
  FILE *file = fopen(path, "r+b");
  EXPECT(file);
  if (length >= 0) {
    EXPECT(ftruncate(fileno(file), length) == 0);
  } else {
    fseek(file, at, SEEK_SET);
    int byte = fgetc(file);
    fseek(file, at, SEEK_SET);
    fputc(byte ^ 0x10, file);
  }
  fclose(file);
}

static void check_disk(void) {
  normc_jit *jit = create("kept", 0, 0);
  normc_kernels *kernels = get(jit, 64);
  EXPECT(kernels && count(jit).compiled == 1);
  normc_kernels_release(kernels);
  normc_jit_destroy(jit);
  char path[512];
  off_t size;
  EXPECT(look("kept", &size, path, sizeof path) == 1);
  struct stat status;
  EXPECT(stat("kept", &status) == 0 && (status.st_mode & 0777) == 0700);

  /* One that is whole, and all ways not to be: each is made again, once. */
  off_t places[] = {-1, 0, 9, 17, 30, size / 3, size - 1};
  for (unsigned i = 0; i < 7 + 3; ++i) {
    off_t lengths[] = {0, 20, size - 1};
    if (i >= 7)
      overwrite(path, 0, lengths[i - 7]);
    else if (i > 0)
      overwrite(path, places[i], -1);
    for (int again = 0; again < 2; ++again) {
      jit = create("kept", 0, 0);
      kernels = get(jit, 64);
      EXPECT(kernels);
      run(kernels, 64);
      normc_jit_statistics s = count(jit);
      uint64_t bad = i > 0 && !again;
      EXPECT(s.compiled == bad && s.rejected == bad && s.found_on_disk == !bad);
      EXPECT(bad ? said("is not what was written, and is made again") : !heard[0]);
      normc_kernels_release(kernels);
      normc_jit_destroy(jit);
    }
  }

  /* A pipe in its place, which whoever opens it would wait for. */
  EXPECT(look("kept", &size, path, sizeof path) == 1 && unlink(path) == 0 && mkfifo(path, 0600) == 0);
  jit = create("kept", 0, 0);
  kernels = get(jit, 64);
  EXPECT(kernels && said("it is no file") && count(jit).compiled == 1);
  run(kernels, 64);
  normc_kernels_release(kernels);
  normc_jit_destroy(jit);

  /* Bounded: the least recently read go. */
  jit = create("small", 0, 3 * size);
  for (int columns = 100; columns < 110; ++columns)
    normc_kernels_release(get(jit, columns));
  EXPECT(count(jit).compiled == 10);
  normc_jit_destroy(jit);
  off_t bytes;
  int files = look("small", &bytes, path, sizeof path);
  EXPECT(files > 0 && files < 10 && bytes <= 3 * size);
  jit = create("small", 0, 3 * size);
  normc_kernels_release(get(jit, 109));
  EXPECT(count(jit).found_on_disk == 1);
  normc_jit_destroy(jit);

  /* Folders that cannot be used: a warning, and kernels are compiled. */
  FILE *file = fopen("file", "wb");
  EXPECT(file && fclose(file) == 0);
  EXPECT(mkdir("open", 0777) == 0 && chmod("open", 0777) == 0);
  const char *const bad[] = {"file", "file/below", "open"};
  for (int i = 0; i < 3; ++i) {
    jit = create(bad[i], 0, 0);
    EXPECT(jit && said("1: no kernels are kept in '"));
    kernels = get(jit, 64);
    EXPECT(kernels && !heard[0]);
    run(kernels, 64);
    normc_kernels_release(kernels);
    normc_jit_destroy(jit);
  }
  /* One that went away while it was used. */
  jit = create("gone", 0, 0);
  EXPECT(rmdir("gone") == 0);
  kernels = get(jit, 64);
  EXPECT(kernels && said("/gone/"));
  run(kernels, 64);
  normc_kernels_release(kernels);
  normc_jit_destroy(jit);

  /* Any name is one: a folder is not a model of names. It stays where it was. */
  const char *const names[] = {"%%%%%%%%", "a%b%2f", "below/it", "a\"b c\\"};
  EXPECT(mkdir("elsewhere", 0700) == 0);
  for (int i = 0; i < 4; ++i) {
    for (int again = 0; again < 2; ++again) {
      jit = create(names[i], 0, 0);
      EXPECT(chdir("elsewhere") == 0);
      normc_kernels_release(get(jit, 64));
      EXPECT(count(jit).compiled == !again && count(jit).found_on_disk == (uint64_t)again);
      normc_jit_destroy(jit);
      EXPECT(chdir("..") == 0);
    }
    EXPECT(look(names[i], &bytes, path, sizeof path) == 1);
  }
  EXPECT(rmdir("elsewhere") == 0 && !heard[0]);
}

static void *get_and_run(void *jit) {
  for (int round = 0; round < 2; ++round)
    for (int columns = 64; columns < 67; ++columns) {
      normc_kernels *kernels = get(jit, columns);
      EXPECT(kernels);
      run(kernels, columns);
      normc_kernels_release(kernels);
    }
  return NULL;
}

static void check_threads(uint64_t memory, const char *directory) {
  normc_jit *jit = create(directory, memory, 0);
  pthread_t threads[8];
  for (int i = 0; i < 8; ++i)
    EXPECT(!pthread_create(&threads[i], NULL, get_and_run, jit));
  for (int i = 0; i < 8; ++i)
    EXPECT(!pthread_join(threads[i], NULL));
  normc_jit_statistics s = count(jit);
  EXPECT(s.compiled + s.found_in_memory + s.found_on_disk == 8 * 2 * 3 && !s.rejected);
  if (!memory)
    EXPECT(s.compiled == 3 && s.found_in_memory == 8 * 2 * 3 - 3);
  normc_jit_destroy(jit);
}

/* Processes that read, write, tidy and damage one folder at once. */
static void check_processes(void) {
  enum { processes = 4 };
  for (int i = 0; i < processes; ++i) {
    pid_t child = fork();
    EXPECT(child >= 0);
    if (child)
      continue;
    for (int round = 0; round < 2; ++round) {
      normc_jit *jit = create("shared", 1, i % 2 ? 40000 : 0);
      get_and_run(jit);
      EXPECT(!heard[0] || said("is not what was written"));
      normc_jit_destroy(jit);
      char path[512];
      off_t bytes;
      if (i == 0 && look("shared", &bytes, path, sizeof path) > 0)
        EXPECT(truncate(path, 100) == 0 || access(path, F_OK));
    }
    _exit(0);
  }
  for (int i = 0; i < processes; ++i) {
    int status;
    EXPECT(wait(&status) > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0);
  }
}

int main(int argc, char **argv) {
  if (argc == 3) {
    normc_jit *jit = create("builds", 0, 0);
    normc_kernels_release(get(jit, 64));
    EXPECT(count(jit).compiled == strtoull(argv[2], NULL, 10) && !heard[0]);
    normc_jit_destroy(jit);
    return 0;
  }
  /* First, since a process that forks should have no threads. */
  check_processes();
  check_growth();
  check_memory();
  check_callbacks();
  check_errors();
  check_disk();
  check_threads(0, NULL);
  check_threads(1, "threads");
  normc_kernels_release(NULL);
  normc_jit_destroy(NULL);
  return 0;
}
