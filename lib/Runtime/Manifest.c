//===- Manifest.c - the JSON that normc writes beside a kernel ---===//
// From JSON to the structs of normc-c/Runtime.h, every field checked. One arena holds it all.
#include "Json.h"
#include "normc-c/Runtime.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { manifest_format = 1, max_rank = 32, max_arguments = 4094 };

struct normrt_manifest {
  arena memory;
  const char *library, *normc, *triple, *cpu, *features;
  int32_t num_kernels;
  normrt_kernel *kernels;
};

typedef struct reader {
  arena *memory;
  const json_report *report;
  int no_memory;
} reader;

/* DLPack's kDLFloat8_e4m3fn and kDLFloat8_e5m2, which a dlpack.h before 1.1 does not have. */
enum { float8_e4m3fn = 10, float8_e5m2 = 12 };

static const struct {
  const char *name;
  DLDataType type;
} dtypes[] = {
    {"f16", {kDLFloat, 16, 1}},
    {"bf16", {kDLBfloat, 16, 1}},
    {"f32", {kDLFloat, 32, 1}},
    {"f64", {kDLFloat, 64, 1}},
    {"i8", {kDLInt, 8, 1}},
    {"i16", {kDLInt, 16, 1}},
    {"i32", {kDLInt, 32, 1}},
    {"i64", {kDLInt, 64, 1}},
    {"u8", {kDLUInt, 8, 1}},
    {"u16", {kDLUInt, 16, 1}},
    {"u32", {kDLUInt, 32, 1}},
    {"u64", {kDLUInt, 64, 1}},
    {"i1", {kDLBool, 8, 1}},
    {"ui8", {kDLUInt, 8, 1}},
    {"ui16", {kDLUInt, 16, 1}},
    {"ui32", {kDLUInt, 32, 1}},
    {"ui64", {kDLUInt, 64, 1}},
    {"f8E5M2", {float8_e5m2, 8, 1}},
    {"f8E4M3FN", {float8_e4m3fn, 8, 1}},
};

static void *allocate(reader *r, size_t bytes) {
  void *memory = arena_alloc(r->memory, bytes);
  if (!memory) {
    r->no_memory = 1;
    json_fail(r->report, 0, 0, "out of memory");
  }
  return memory;
}

// "expected <key> to be <what>, found <value>"
static int wrong(reader *r, const json_value *value, const char *key, const char *what) {
  char found[64];
  return json_fail(r->report, value->line, value->column, "expected \"%s\" to be %s, found %s", key,
                   what, json_describe(value, found, sizeof found));
}

// The member `key`, which has to be there and of that type.
static json_value *required(reader *r, const json_value *object, const char *key, json_type type,
                            const char *what) {
  json_value *value = json_member(object, key);
  if (!value)
    return json_fail(r->report, object->line, object->column,
                     "expected a key \"%s\" in this object", key),
           NULL;
  if (value->type != type)
    return wrong(r, value, key, what), NULL;
  return value;
}

// A string, NULL where the key is missing or null.
static int optional_string(reader *r, const json_value *object, const char *key,
                           const char **result) {
  json_value *value = json_member(object, key);
  *result = NULL;
  if (!value || value->type == JSON_NULL)
    return 1;
  if (value->type != JSON_STRING)
    return wrong(r, value, key, "a string or null");
  *result = value->string;
  return 1;
}

static int is_identifier(const char *s) {
  if (!*s || (*s >= '0' && *s <= '9'))
    return 0;
  for (; *s; ++s)
    if (!((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || (*s >= '0' && *s <= '9') ||
          *s == '_'))
      return 0;
  return 1;
}

// "r", "32*c", "g*c", "8": whole numbers and symbols, joined by '*'.
static int read_product(reader *r, const json_value *value, normrt_dim *dim) {
  static const char what[] = "a product of whole numbers and symbols, as \"32*c\"";
  size_t length = strlen(value->string);
  char *text = allocate(r, length + 1);
  const char **symbols = allocate(r, sizeof *symbols * (length / 2 + 1));
  if (!text || !symbols)
    return 0;
  memcpy(text, value->string, length);
  dim->factor = 1;
  dim->symbols = symbols;
  for (char *term = text, *next; term; term = next) {
    next = strchr(term, '*');
    if (next)
      *next++ = 0;
    while (*term == ' ')
      ++term;
    for (char *last = term + strlen(term); last > term && last[-1] == ' ';)
      *--last = 0;
    if (is_identifier(term)) {
      symbols[dim->num_symbols++] = term;
      continue;
    }
    char *end;
    errno = 0;
    int64_t number = strtoll(term, &end, 10);
    if (*term < '0' || *term > '9' || *end || errno ||
        __builtin_mul_overflow(dim->factor, number, &dim->factor))
      return wrong(r, value, "shape", what);
  }
  return 1;
}

static int read_dim(reader *r, const json_value *value, normrt_dim *dim) {
  if (value->type == JSON_INTEGER && value->integer >= 0) {
    dim->factor = value->integer;
    return 1;
  }
  if (value->type != JSON_STRING)
    return wrong(r, value, "shape", "whole numbers and strings only");
  return read_product(r, value, dim);
}

static int read_dtype(reader *r, const json_value *value, normrt_argument *argument) {
  for (size_t i = 0; i < sizeof dtypes / sizeof *dtypes; ++i) {
    if (strcmp(value->string, dtypes[i].name) == 0) {
      argument->dtype = value->string;
      argument->dl_dtype = dtypes[i].type;
      return 1;
    }
  }
  return wrong(r, value, "dtype",
               "f8E4M3FN, f8E5M2, f16, bf16, f32, f64, i1, or i or u with 8, 16, 32 or 64");
}

static int read_inplace(reader *r, const json_value *object, normrt_argument *arguments,
                        int32_t index) {
  const json_value *value = json_member(object, "inplace");
  normrt_argument *argument = &arguments[index];
  argument->inplace = -1;
  if (!value || value->type == JSON_NULL)
    return 1;
  if (!argument->is_output || value->type != JSON_INTEGER || value->integer < 0 ||
      value->integer >= index || arguments[value->integer].is_output)
    return wrong(r, value, "inplace", "null, or in an output the number of an input");
  argument->inplace = (int32_t)value->integer;
  return 1;
}

static int read_argument(reader *r, const json_value *object, normrt_argument *arguments,
                         int32_t index) {
  normrt_argument *argument = &arguments[index];
  if (object->type != JSON_OBJECT)
    return wrong(r, object, "arguments", "objects only");
  const json_value *name = required(r, object, "name", JSON_STRING, "a string");
  const json_value *direction =
      name ? required(r, object, "direction", JSON_STRING, "\"input\" or \"output\"") : NULL;
  const json_value *dtype =
      direction ? required(r, object, "dtype", JSON_STRING, "the name of a type") : NULL;
  const json_value *shape = dtype ? required(r, object, "shape", JSON_ARRAY, "an array") : NULL;
  if (!shape || !read_dtype(r, dtype, argument))
    return 0;
  argument->name = name->string;

  argument->is_output = strcmp(direction->string, "output") == 0;
  if (!argument->is_output && strcmp(direction->string, "input") != 0)
    return wrong(r, direction, "direction", "\"input\" or \"output\"");
  if (!argument->is_output && index > 0 && arguments[index - 1].is_output)
    return json_fail(r->report, object->line, object->column,
                     "expected inputs before outputs, found the input \"%s\" after the output "
                     "\"%s\"",
                     argument->name, arguments[index - 1].name);

  if (!optional_string(r, object, "role", &argument->role) ||
      !optional_string(r, object, "layout", &argument->layout))
    return 0;
  if (!argument->role)
    argument->role = direction->string;
  if (!argument->layout)
    argument->layout = "rows";
  if (strcmp(argument->layout, "rows") && strcmp(argument->layout, "any") &&
      strcmp(argument->layout, "contiguous"))
    return wrong(r, json_member(object, "layout"), "layout", "\"rows\", \"any\" or \"contiguous\"");

  const json_value *alignment = json_member(object, "alignment");
  argument->alignment = argument->dl_dtype.bits / 8;
  if (alignment && (alignment->type != JSON_INTEGER || alignment->integer < 1 ||
                    alignment->integer > 4096 || (alignment->integer & (alignment->integer - 1))))
    return wrong(r, alignment, "alignment", "a power of two up to 4096");
  if (alignment)
    argument->alignment = alignment->integer;

  if (shape->size > max_rank)
    return json_fail(r->report, shape->line, shape->column,
                     "expected at most %d dimensions, found %d", max_rank, (int)shape->size);
  normrt_dim *dims = allocate(r, sizeof *dims * (size_t)(shape->size + 1));
  if (!dims)
    return 0;
  for (int32_t i = 0; i < shape->size; ++i)
    if (!read_dim(r, shape->elements[i], &dims[i]))
      return 0;
  argument->rank = shape->size;
  argument->shape = dims;
  return read_inplace(r, object, arguments, index);
}

static int read_requirements(reader *r, const json_value *object, normrt_kernel *kernel) {
  const json_value *list = json_member(object, "requires");
  if (!list || list->type == JSON_NULL)
    return 1;
  if (list->type != JSON_ARRAY)
    return wrong(r, list, "requires", "an array");
  normrt_requirement *requirements = allocate(r, sizeof *requirements * (size_t)(list->size + 1));
  if (!requirements)
    return 0;
  for (int32_t i = 0; i < list->size; ++i) {
    const json_value *item = list->elements[i];
    if (item->type != JSON_OBJECT)
      return wrong(r, item, "requires", "objects only");
    const json_value *dims = required(r, item, "dims", JSON_ARRAY, "an array of symbols");
    const json_value *min = dims ? required(r, item, "min", JSON_INTEGER, "a whole number") : NULL;
    if (!min)
      return 0;
    const char **symbols = allocate(r, sizeof *symbols * (size_t)(dims->size + 1));
    if (!symbols)
      return 0;
    for (int32_t d = 0; d < dims->size; ++d) {
      if (dims->elements[d]->type != JSON_STRING || !is_identifier(dims->elements[d]->string))
        return wrong(r, dims->elements[d], "dims", "symbols only");
      symbols[d] = dims->elements[d]->string;
    }
    requirements[i] = (normrt_requirement){dims->size, symbols, min->integer};
  }
  kernel->num_requirements = list->size;
  kernel->requirements = requirements;
  return 1;
}

static int read_kernel(reader *r, const json_value *object, normrt_kernel *kernel) {
  if (object->type != JSON_OBJECT)
    return wrong(r, object, "kernels", "objects only");
  const json_value *name = required(r, object, "name", JSON_STRING, "a string");
  const json_value *symbol =
      name ? required(r, object, "symbol", JSON_STRING, "the name of a C function") : NULL;
  const json_value *arguments =
      symbol ? required(r, object, "arguments", JSON_ARRAY, "an array") : NULL;
  if (!arguments)
    return 0;
  if (!*name->string)
    return wrong(r, name, "name", "not empty");
  if (!is_identifier(symbol->string))
    return wrong(r, symbol, "symbol", "the name of a C function");
  if (arguments->size > max_arguments)
    return wrong(r, arguments, "arguments", "an array of at most 4094");
  kernel->name = name->string;
  kernel->symbol = symbol->string;
  if (!optional_string(r, object, "workspace_symbol", &kernel->workspace_symbol) ||
      !optional_string(r, object, "ir", &kernel->ir))
    return 0;
  if (kernel->workspace_symbol && !is_identifier(kernel->workspace_symbol))
    return wrong(r, json_member(object, "workspace_symbol"), "workspace_symbol",
                 "the name of a C function or null");

  normrt_argument *array = allocate(r, sizeof *array * (size_t)(arguments->size + 1));
  if (!array)
    return 0;
  for (int32_t i = 0; i < arguments->size; ++i)
    if (!read_argument(r, arguments->elements[i], array, i))
      return 0;
  kernel->num_arguments = arguments->size;
  kernel->arguments = array;
  return read_requirements(r, object, kernel);
}

static int read_manifest(reader *r, const json_value *object, normrt_manifest *manifest) {
  if (object->type != JSON_OBJECT) {
    char found[64];
    return json_fail(r->report, object->line, object->column, "expected an object, found %s",
                     json_describe(object, found, sizeof found));
  }
  const json_value *format = required(r, object, "format", JSON_INTEGER, "1");
  const json_value *kernels =
      format ? required(r, object, "kernels", JSON_ARRAY, "an array") : NULL;
  if (format && format->integer != manifest_format)
    return wrong(r, format, "format", "1, the only one that this version knows");
  if (!kernels || !optional_string(r, object, "library", &manifest->library) ||
      !optional_string(r, object, "normc", &manifest->normc))
    return 0;
  const json_value *target = json_member(object, "target");
  if (target && target->type == JSON_OBJECT) {
    if (!optional_string(r, target, "triple", &manifest->triple) ||
        !optional_string(r, target, "cpu", &manifest->cpu) ||
        !optional_string(r, target, "features", &manifest->features))
      return 0;
  } else if (target && target->type != JSON_NULL) {
    return wrong(r, target, "target", "an object");
  }

  manifest->kernels = allocate(r, sizeof *manifest->kernels * (size_t)(kernels->size + 1));
  if (!manifest->kernels)
    return 0;
  for (int32_t i = 0; i < kernels->size; ++i) {
    const json_value *kernel = kernels->elements[i];
    if (!read_kernel(r, kernel, &manifest->kernels[i]))
      return 0;
    if (normrt_manifest_find(manifest, manifest->kernels[i].name))
      return json_fail(r->report, kernel->line, kernel->column,
                       "expected kernels of different names, found \"%s\" again",
                       manifest->kernels[i].name);
    ++manifest->num_kernels;
  }
  return 1;
}

int32_t normrt_manifest_parse(const char *text, size_t size, const char *name,
                              normrt_manifest **manifest, char *message, size_t message_size) {
  *manifest = NULL;
  json_report report = {name, message, message_size};
  normrt_manifest *result = calloc(1, sizeof *result);
  if (!result) {
    json_fail(&report, 0, 0, "out of memory");
    return NORMRT_ERROR_MEMORY;
  }
  reader r = {&result->memory, &report, 0};
  json_value *root = json_parse(text, size, &result->memory, &report, &r.no_memory);
  if (!root || !read_manifest(&r, root, result)) {
    normrt_manifest_free(result);
    return r.no_memory ? NORMRT_ERROR_MEMORY : NORMRT_ERROR_MANIFEST;
  }
  *manifest = result;
  return NORMRT_OK;
}

// The whole file; NULL with errno. Grows as it reads, so that a pipe works too.
static char *read_file(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  if (!file)
    return NULL;
  size_t capacity = 0, used = 0, got = 0;
  char *text = NULL;
  int error = 0;
  do {
    used += got;
    if (used == capacity) {
      capacity = capacity ? 2 * capacity : 65536;
      char *larger = realloc(text, capacity);
      if (!larger) {
        error = ENOMEM;
        break;
      }
      text = larger;
    }
    errno = 0;
  } while ((got = fread(text + used, 1, capacity - used, file)) > 0);
  if (!error && ferror(file))
    error = errno ? errno : EIO;
  fclose(file);
  if (error) {
    free(text);
    errno = error;
    return NULL;
  }
  *size = used;
  return text;
}

int32_t normrt_manifest_load(const char *path, normrt_manifest **manifest, char *message,
                             size_t message_size) {
  *manifest = NULL;
  size_t size;
  char *text = read_file(path, &size);
  if (!text) {
    json_report report = {path, message, message_size};
    json_fail(&report, 0, 0, "cannot read the manifest: %s", strerror(errno));
    return errno == ENOMEM ? NORMRT_ERROR_MEMORY : NORMRT_ERROR_FILE;
  }
  int32_t rc = normrt_manifest_parse(text, size, path, manifest, message, message_size);
  free(text);
  return rc;
}

void normrt_manifest_free(normrt_manifest *manifest) {
  if (!manifest)
    return;
  arena_free(&manifest->memory);
  free(manifest);
}

int32_t normrt_manifest_num_kernels(const normrt_manifest *manifest) {
  return manifest->num_kernels;
}

const normrt_kernel *normrt_manifest_kernel(const normrt_manifest *manifest, int32_t index) {
  return index >= 0 && index < manifest->num_kernels ? &manifest->kernels[index] : NULL;
}

const normrt_kernel *normrt_manifest_find(const normrt_manifest *manifest, const char *name) {
  for (int32_t i = 0; i < manifest->num_kernels; ++i)
    if (strcmp(manifest->kernels[i].name, name) == 0)
      return &manifest->kernels[i];
  return NULL;
}

const char *normrt_manifest_string(const normrt_manifest *manifest, const char *key) {
  const struct {
    const char *key, *value;
  } strings[] = {{"library", manifest->library},
                 {"normc", manifest->normc},
                 {"triple", manifest->triple},
                 {"cpu", manifest->cpu},
                 {"features", manifest->features}};
  for (size_t i = 0; i < sizeof strings / sizeof *strings; ++i)
    if (strcmp(strings[i].key, key) == 0)
      return strings[i].value;
  return NULL;
}
