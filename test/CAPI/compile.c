/* Modules and descriptions to every phase, and every message by the callback.

   RUN: %cc -std=c11 -Wall -Wextra -Werror -I%include %s -o %t.bin \
   RUN:   -L%libs -lnormc -lpthread -Wl,-rpath,%libs
   RUN: rm -rf %t && mkdir %t && cd %t && norm-opt %S/Inputs/resource.mlir --emit-bytecode -o resource.mlirbc
   RUN: cd %t && %t.bin
   RUN: cd %t && norm-run rms.so --shape=r=7 --check
   RUN: cd %t && %cc -std=c11 -Wall -Werror -fsyntax-only -include rms.h -x c /dev/null
*/

#define _GNU_SOURCE /* RTLD_NEXT */

#include "normc-c/Normc.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPECT(condition)                                                                          \
  do {                                                                                             \
    if (!(condition)) {                                                                            \
      printf("%s:%d: expects %s; the last messages:\n%s", __FILE__, __LINE__, #condition, log);    \
      exit(1);                                                                                     \
    }                                                                                              \
  } while (0)

/* The messages since the last `clear`, a line each. Each thread has its own. */
static _Thread_local char log[1 << 16];
static const char *const severities[] = {"error", "warning", "note", "remark"};

static void hear(void *user, const normc_message *message) {
  if (user != (void *)log)
    abort(); /* not on the thread that called */
  size_t length = strlen(log);
  snprintf(log + length, sizeof log - length, "%s|%s|%u:%u|%s|%s|%s\n",
           severities[message->severity], message->file, message->line, message->column,
           message->category, message->name, message->text);
}

static int said(const char *text) {
  int found = strstr(log, text) != NULL;
  if (found)
    log[0] = 0;
  return found;
}

static void save(const char *path, const char *data, size_t size) {
  FILE *file = fopen(path, "wb");
  if (!file || fwrite(data, 1, size, file) != size || fclose(file) != 0)
    exit(2);
}

static normc_context *create(const char *remarks) {
  normc_context_options options = {sizeof options, hear, log, remarks};
  return normc_context_create(&options);
}

static const char rms[] =
    "func.func @rms(%x: tensor<?x64xf32>, %s: tensor<64xf32>) -> tensor<?x64xf32> {\n"
    "  %c0 = arith.constant 0 : index\n"
    "  %rows = tensor.dim %x, %c0 : tensor<?x64xf32>\n"
    "  %init = tensor.empty(%rows) : tensor<?x64xf32>\n"
    "  %y = norm.rms_norm %x scale(%s : tensor<64xf32>) axes = [1] eps = 1.0e-5 outs(%init : "
    "tensor<?x64xf32>) : tensor<?x64xf32>\n"
    "  return %y : tensor<?x64xf32>\n"
    "}\n";

/* What is verified has a note. */
static const char twice[] = "func.func private @f()\nfunc.func private @f()\n";

/* Every phase that a CPU has, and again from the same module. */
static void check_phases(void) {
  normc_context *context = create(NULL);
  normc_module *module = normc_module_parse(context, rms, strlen(rms), "rms.mlir");
  EXPECT(module);
  int phases = 0;
  for (int32_t i = 0; normc_phase_name(i); ++i) {
    const char *phase = normc_phase_name(i);
    int gpu = !strcmp(phase, "ptx") || !strcmp(phase, "cubin");
    normc_compile_options options = {.size = sizeof options};
    options.phase = phase;
    options.targets = gpu ? "sm_80" : "x86-64-v3";
    if (!strcmp(phase, "cubin"))
      continue; /* needs ptxas */
    normc_artifact *artifact = normc_compile(module, &options);
    EXPECT(artifact);
    size_t size;
    const char *data = normc_artifact_data(artifact, &size);
    EXPECT(size > 100 && data[size] == 0);
    if (!strcmp(phase, "generic"))
      EXPECT(strstr(data, "norm.generic"));
    if (!strcmp(phase, "lowered"))
      EXPECT(strstr(data, "llvm.func @rms("));
    if (!strcmp(phase, "llvm"))
      EXPECT(strstr(data, "define i32 @rms("));
    if (!strcmp(phase, "asm"))
      EXPECT(strstr(data, "rms:"));
    if (!strcmp(phase, "obj") || !strcmp(phase, "lib"))
      EXPECT(!memcmp(data, "\177ELF", 4));
    if (gpu)
      EXPECT(strstr(data, ".target sm_80"));
    EXPECT(!normc_artifact_header(artifact)[0] && !normc_artifact_manifest(artifact)[0]);
    normc_artifact_destroy(artifact);
    ++phases;
  }
  EXPECT(phases == 7 && normc_phase_name(-1) == NULL && !log[0]);

  /* An object for a GPU is the host's; a cubin is needed for none of it. */
  normc_compile_options options = {.size = sizeof options};
  options.targets = "sm_80,sm_90";
  normc_artifact *artifact = normc_compile(module, &options);
  EXPECT(artifact);
  normc_artifact_destroy(artifact);

  /* An artifact outlives what it was made from. */
  memset(&options, 0, sizeof options);
  options.size = sizeof options;
  options.phase = "lib";
  options.library_name = "rms.so";
  options.header = options.manifest = 1;
  artifact = normc_compile(module, &options);
  EXPECT(artifact);
  normc_module_destroy(module);
  normc_context_destroy(context);
  size_t size;
  const char *data = normc_artifact_data(artifact, &size);
  save("rms.so", data, size);
  save("rms.h", normc_artifact_header(artifact), strlen(normc_artifact_header(artifact)));
  save("rms.json", normc_artifact_manifest(artifact), strlen(normc_artifact_manifest(artifact)));
  normc_artifact_destroy(artifact);
}

static void check_spec(void) {
  normc_context *context = create(NULL);
  normc_spec spec = {.size = sizeof spec};
  spec.op = "group_norm";
  spec.shape = "?x512x8x8";
  spec.dtype = "f16";
  spec.groups = "32";
  spec.save_stats = spec.backward = 1;
  normc_module *module = normc_module_from_spec(context, &spec);
  EXPECT(module);
  normc_compile_options options = {.size = sizeof options};
  options.phase = "generic";
  normc_artifact *artifact = normc_compile(module, &options);
  EXPECT(artifact);
  size_t size;
  EXPECT(strstr(normc_artifact_data(artifact, &size), "@group_norm"));
  normc_artifact_destroy(artifact);
  normc_module_destroy(module);

  spec.groups = "33";
  EXPECT(!normc_module_from_spec(context, &spec) && said("33 does not divide 512"));
  spec.op = NULL;
  EXPECT(!normc_module_from_spec(context, &spec) && said("error||0:0|||"));
  EXPECT(!normc_module_from_spec(context, NULL) && said("expected a normc_spec, but got NULL"));
  /* A program that was built with a header to come, and one that forgot. */
  spec.size = sizeof spec + 8;
  EXPECT(!normc_module_from_spec(context, &spec) && said("expected a normc_spec of"));
  spec.size = 0;
  EXPECT(!normc_module_from_spec(context, &spec) && said("by its field 'size', but got 0"));
  normc_context_destroy(context);
}

static void check_messages(void) {
  normc_context *context = create(NULL);
  static const char syntax[] = "func.func @f(\n  %x: tensor<?xf32>) {\n  return %y\n}\n";
  EXPECT(!normc_module_parse(context, syntax, strlen(syntax), "f.mlir"));
  EXPECT(said("error|f.mlir|3:12|||expected"));
  EXPECT(!normc_module_parse(context, NULL, 0, NULL) && said("expected a source, but got NULL"));
  EXPECT(!normc_module_parse(context, "func.func", 4, NULL) && said("error|source|1:1"));
  EXPECT(!normc_module_parse(context, twice, strlen(twice), "twice.mlir"));
  EXPECT(strstr(log, "error|twice.mlir|2:1|||redefinition") && said("note|twice.mlir|1:1"));
  /* Text that is nested deeper than a small stack. */
  size_t depth = 20000, length = 0;
  char *deep = malloc(depth * 2 + 64);
  length += sprintf(deep, "module attributes {t.a = ");
  memset(deep + length, '[', depth);
  memset(deep + length + depth, ']', depth);
  strcpy(deep + length + 2 * depth, "} {}");
  normc_module *module = normc_module_parse(context, deep, strlen(deep), "deep.mlir");
  EXPECT(module);
  /* No kernel in it. */
  EXPECT(!normc_compile(module, NULL) && said("expects at least one kernel"));
  normc_module_destroy(module);
  free(deep);

  module = normc_module_parse(context, rms, strlen(rms), "rms.mlir");
  EXPECT(module);
  normc_compile_options options = {.size = sizeof options};
  options.phase = "object";
  EXPECT(!normc_compile(module, &options));
  EXPECT(said("unknown phase 'object': expected one of generic, lowered,"));
  options.phase = "ptx";
  EXPECT(!normc_compile(module, &options) && said("'ptx' is emitted for a GPU"));
  options.targets = "sm_80,znver9";
  EXPECT(!normc_compile(module, &options) && said("unknown target 'znver9'"));
  options.targets = "sm_80,sm_90";
  EXPECT(!normc_compile(module, &options) &&
         said("|||expects one GPU where the output is no object"));
  options.targets = "";
  EXPECT(!normc_compile(module, &options) && said("empty target"));
  memset(&options, 0, sizeof options);
  options.size = sizeof options;
  options.parallel_bytes = -2;
  EXPECT(!normc_compile(module, &options) && said("expected parallel_bytes to be -1 or more"));
  normc_module_destroy(module);
  normc_context_destroy(context);

  EXPECT(!create("norm-(") && said("expected a regular expression of categories"));
  normc_context_options bad = {1, hear, log, NULL};
  EXPECT(!normc_context_create(&bad) && said("expected a normc_context_options of"));

  /* Without a function to tell, nothing is told, and nothing is written. */
  context = normc_context_create(NULL);
  EXPECT(context && !normc_module_parse(context, "x", 1, NULL) && !log[0]);
  normc_context_destroy(context);
}

static void check_remarks(void) {
  normc_context *context = create("norm-(schedule|fuse)");
  normc_module *module = normc_module_parse(context, rms, strlen(rms), "rms.mlir");
  EXPECT(module && normc_compile(module, NULL));
  EXPECT(said("remark|rms.mlir|5:8|norm-schedule|"));
  normc_module_destroy(module);
  normc_context_destroy(context);
}

/* Who is told may call again: the same context, another one, and the module that it hears of. */
struct caller {
  normc_context *context;
  normc_module *module;
  int depth, artifacts;
};

static void hear_and_call(void *user, const normc_message *message) {
  struct caller *caller = user;
  hear(log, message);
  if (message->severity != NORMC_ERROR || caller->depth == 3)
    return;
  /* The message is the caller's until it returns. */
  char text[256];
  snprintf(text, sizeof text, "%s", message->text);
  ++caller->depth;
  EXPECT(!normc_module_parse(caller->context, twice, strlen(twice), "inner.mlir"));
  if (caller->module) {
    normc_artifact *artifact = normc_compile(caller->module, NULL);
    caller->artifacts += artifact != NULL;
    normc_artifact_destroy(artifact);
  }
  normc_context *other = create(NULL);
  normc_module *module = normc_module_parse(other, rms, strlen(rms), "rms.mlir");
  normc_artifact *artifact = module ? normc_compile(module, NULL) : NULL;
  caller->artifacts += artifact != NULL;
  normc_artifact_destroy(artifact);
  normc_module_destroy(module);
  normc_context_destroy(other);
  EXPECT(!strcmp(text, message->text));
}

static void check_callbacks(void) {
  struct caller caller = {0};
  normc_context_options options = {sizeof options, hear_and_call, &caller, NULL};
  caller.context = normc_context_create(&options);
  caller.module = normc_module_parse(caller.context, rms, strlen(rms), "rms.mlir");
  EXPECT(caller.module);
  EXPECT(!normc_module_parse(caller.context, twice, strlen(twice), "outer.mlir"));
  /* Each message once: every error before what its callback makes be said, the notes after it. */
  EXPECT(caller.depth == 3 && caller.artifacts == 6);
  const char *const order[] = {"error|outer", "error|inner", "error|inner", "error|inner",
                               "note|inner",  "note|inner",  "note|inner",  "note|outer"};
  const char *line = log;
  for (int i = 0; i < 8; ++i) {
    EXPECT(!strncmp(line, order[i], strlen(order[i])));
    line = strchr(line, '\n') + 1;
  }
  EXPECT(!*line);
  log[0] = 0;
  /* Told by what compiles. */
  normc_compile_options bad = {.size = sizeof bad, .partial = "k"};
  caller.depth = 0;
  EXPECT(!normc_compile(caller.module, &bad) && caller.depth == 3 && caller.artifacts == 12);
  log[0] = 0;
  normc_module_destroy(caller.module);
  normc_context_destroy(caller.context);
}

/* Bytecode with resources, which ask for an alignment, wherever the caller has it. */
static void check_resources(void) {
  static char bytes[1 << 16];
  FILE *file = fopen("resource.mlirbc", "rb");
  size_t size = file ? fread(bytes, 1, sizeof bytes / 2, file) : 0;
  EXPECT(size > 0 && fclose(file) == 0);
  normc_context *context = create(NULL);
  for (int shift = 0; shift < 3; ++shift) {
    memmove(bytes + shift, bytes + (shift ? shift - 1 : 0), size);
    normc_module *module = normc_module_parse(context, bytes + shift, size, NULL);
    EXPECT(module);
    normc_artifact *artifact = normc_compile(module, NULL);
    EXPECT(artifact);
    normc_artifact_destroy(artifact);
    normc_module_destroy(module);
  }
  normc_context_destroy(context);
}

/* Modules in modules. */
static char *nest(size_t depth) {
  char *text = malloc(10 * depth + 64), *end = text;
  for (size_t i = 0; i < depth; ++i)
    end = stpcpy(end, "module {\n");
  memset(end, '}', depth);
  end[depth] = 0;
  return text;
}

static void *destroy_deep(void *context) {
  char *text = nest(20000);
  normc_module *module = normc_module_parse(context, text, strlen(text), "deep.mlir");
  EXPECT(module);
  normc_module_destroy(module);
  free(text);
  return context;
}

/* What is nested too deeply for any stack is an error, and what is not needs none of the caller's. */
static void check_depth(void) {
  normc_context *context = create(NULL);
  const size_t depths[] = {30000, 100000, 1000000};
  for (int i = 0; i < 3; ++i) {
    char *text = nest(depths[i]);
    EXPECT(!normc_module_parse(context, text, strlen(text), "deep.mlir"));
    EXPECT(strstr(log, "error|deep.mlir|218") && said(":8|||expects at most 218"));
    free(text);
  }
  /* What only looks like brackets. */
  size_t length = 30000;
  char *text = malloc(4 * length + 256), *end = text;
  end += sprintf(end, "// ");
  memset(end, '{', length);
  end += length;
  end += sprintf(end, "\nmodule attributes {t.a = \"\\\"");
  memset(end, '[', length);
  end += length;
  end += sprintf(end, "\", t.b = [");
  for (size_t i = 0; i < length / 10; ++i)
    end += sprintf(end, "()->(), ");
  sprintf(end, "1]} {}");
  normc_module *module = normc_module_parse(context, text, strlen(text), NULL);
  EXPECT(module);
  normc_module_destroy(module);
  free(text);

  pthread_attr_t attributes;
  pthread_t thread;
  void *result = NULL;
  EXPECT(!pthread_attr_init(&attributes) && !pthread_attr_setstacksize(&attributes, 256 << 10));
  EXPECT(!pthread_create(&thread, &attributes, destroy_deep, context));
  EXPECT(!pthread_join(thread, &result) && result == context);
  pthread_attr_destroy(&attributes);
  normc_context_destroy(context);
}

/* In the place of the C library's: no stack may be larger. */
static _Thread_local size_t largest_stack = -1;

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
                   void *argument) {
  typedef int function(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
  size_t stack = 0;
  if (largest_stack == 0 ||
      (attributes && !pthread_attr_getstacksize(attributes, &stack) && stack > largest_stack))
    return EAGAIN;
  function *next;
  *(void **)&next = dlsym(RTLD_NEXT, "pthread_create");
  return next(thread, attributes, start, argument);
}

/* Where there is less room for threads, and where there is none. */
static void check_no_threads(void) {
  normc_context *context = create(NULL);
  normc_jit_options options = {.size = sizeof options, .on_message = hear, .user = log};
  normc_jit *jit = normc_jit_create(&options);
  EXPECT(context && jit);
  normc_module *module = NULL;
  for (size_t stack = 256u << 20; stack >= 8u << 20; stack /= 2) {
    largest_stack = stack;
    normc_module_destroy(module);
    module = normc_module_parse(context, rms, strlen(rms), "rms.mlir");
    EXPECT(module);
    normc_artifact *artifact = normc_compile(module, NULL);
    EXPECT(artifact && !log[0]);
    normc_artifact_destroy(artifact);
  }
  /* Which allows less. */
  char *text = nest(5000);
  largest_stack = 8u << 20;
  EXPECT(!normc_module_parse(context, text, strlen(text), NULL) && said("expects at most 6"));
  largest_stack = -1;
  normc_module_destroy(normc_module_parse(context, text, strlen(text), NULL));
  EXPECT(!log[0]);
  free(text);

  static const char none[] = "error||0:0|||no thread can be made to compile on: ";
  largest_stack = 0;
  EXPECT(!normc_module_parse(context, rms, strlen(rms), "rms.mlir") && said(none));
  EXPECT(!normc_compile(module, NULL) && said(none));
  for (int i = 0; i < 2; ++i)
    EXPECT(!normc_jit_compile(jit, rms, strlen(rms), NULL, NULL) && said(none));
  largest_stack = -1;
  normc_kernels *kernels = normc_jit_compile(jit, rms, strlen(rms), NULL, NULL);
  EXPECT(kernels && !log[0]);
  /* What was compiled needs none. */
  largest_stack = 0;
  normc_kernels_release(normc_jit_compile(jit, rms, strlen(rms), NULL, NULL));
  EXPECT(!log[0]);
  largest_stack = -1;
  normc_kernels_release(kernels);
  normc_jit_destroy(jit);
  normc_module_destroy(module);
  normc_context_destroy(context);
}

/* Kernels for ranks, and the normalizations of a function that does more. */
static void check_parts(void) {
  normc_context *context = create(NULL);
  normc_module *module = normc_module_parse(context, rms, strlen(rms), "rms.mlir");
  normc_compile_options options = {.size = sizeof options};
  options.partial = "c";
  options.header = 1;
  normc_artifact *artifact = normc_compile(module, &options);
  EXPECT(artifact && !normc_artifact_rest(artifact)[0]);
  const char *header = normc_artifact_header(artifact);
  EXPECT(strstr(header, "rms_partial(") && strstr(header, "rms_merge(") &&
         strstr(header, "rms_apply("));
  normc_artifact_destroy(artifact);
  options.partial = "c,k";
  EXPECT(!normc_compile(module, &options) && said("'k'"));
  options.partial = NULL;
  options.outline = "all";
  EXPECT(!normc_compile(module, &options) && said("expected outline to be calls or host"));
  normc_module_destroy(module);

  static const char layer[] =
      "func.func @layer(%x: tensor<8x64xf32>, %m: tensor<64x64xf32>) -> tensor<8x64xf32> {\n"
      "  %init = tensor.empty() : tensor<8x64xf32>\n"
      "  %y = norm.rms_norm %x axes = [1] eps = 1.0e-5 outs(%init : tensor<8x64xf32>) : "
      "tensor<8x64xf32>\n"
      "  %zero = arith.constant 0.0 : f32\n"
      "  %fill = linalg.fill ins(%zero : f32) outs(%init : tensor<8x64xf32>) -> tensor<8x64xf32>\n"
      "  %z = linalg.matmul ins(%y, %m : tensor<8x64xf32>, tensor<64x64xf32>) outs(%fill : "
      "tensor<8x64xf32>) -> tensor<8x64xf32>\n"
      "  return %z : tensor<8x64xf32>\n"
      "}\n";
  module = normc_module_parse(context, layer, strlen(layer), "layer.mlir");
  options.outline = "calls";
  artifact = normc_compile(module, &options);
  EXPECT(artifact && strstr(normc_artifact_rest(artifact), "call @layer_norm0("));
  EXPECT(strstr(normc_artifact_header(artifact), "layer_norm0("));
  normc_artifact_destroy(artifact);
  options.outline = "host";
  artifact = normc_compile(module, &options);
  EXPECT(artifact && strstr(normc_artifact_rest(artifact), "func.func @layer_rest0("));
  EXPECT(strstr(normc_artifact_header(artifact), "layer_rest0("));
  normc_artifact_destroy(artifact);
  normc_module_destroy(module);
  normc_context_destroy(context);
}

/* Contexts on several threads: the same bytes from each. */
static void *compile_alone(void *result) {
  normc_context *context = create("norm-schedule");
  normc_module *module = normc_module_parse(context, rms, strlen(rms), "rms.mlir");
  normc_compile_options options = {.size = sizeof options};
  options.phase = "lib";
  normc_artifact *artifact = module ? normc_compile(module, &options) : NULL;
  if (!said("norm-schedule"))
    return NULL;
  normc_module_destroy(module);
  normc_context_destroy(context);
  *(normc_artifact **)result = artifact;
  return artifact;
}

static void check_threads(void) {
  enum { count = 6 };
  pthread_t threads[count];
  normc_artifact *artifacts[count];
  for (int i = 0; i < count; ++i)
    EXPECT(!pthread_create(&threads[i], NULL, compile_alone, &artifacts[i]));
  size_t size0, size;
  for (int i = 0; i < count; ++i) {
    void *made;
    EXPECT(!pthread_join(threads[i], &made) && made);
    const char *first = normc_artifact_data(artifacts[0], &size0);
    EXPECT(!memcmp(normc_artifact_data(artifacts[i], &size), first, size0) && size == size0);
  }
  for (int i = 0; i < count; ++i)
    normc_artifact_destroy(artifacts[i]);
}

int main(void) {
  EXPECT(normc_api_version() == NORMC_API_VERSION && strchr(normc_version(), '.'));
  check_phases();
  check_spec();
  check_messages();
  check_remarks();
  check_callbacks();
  check_resources();
  check_depth();
  check_no_threads();
  check_parts();
  check_threads();
  normc_module_destroy(NULL);
  normc_artifact_destroy(NULL);
  return 0;
}
