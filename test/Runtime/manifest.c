/* Manifests: what is read, and a message with its position for everything that is malformed.

   RUN: %cc -std=c11 -Wall -Wextra -Wpedantic -Werror -I%include %s -o %t \
   RUN:   -L%libs -lnormrt -Wl,-rpath,%libs
   RUN: %t %t.json
*/

#include "Inputs/check.h"
#include "normc-c/Runtime.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char good[] =
    "{\"format\": 1, \"normc\": \"0.1.0\", \"future\": [1.5, -2e3, true, false, {}],\n"
    " \"target\": {\"triple\": \"x86_64-linux-gnu\", \"cpu\": \"znver5\", \"features\": null},\n"
    " \"library\": \"lib\\u00e9\\uD83D\\ude00.so\",\n"
    " \"kernels\": [{\"name\": \"rms\", \"symbol\": \"rms\", \"workspace_symbol\": \"rms_ws\",\n"
    "  \"arguments\": [\n"
    "   {\"name\": \"x\", \"direction\": \"input\", \"role\": \"input\", \"dtype\": \"bf16\",\n"
    "    \"shape\": [\"r\", 4096, \"32*c\", \"g * c * 2*3\"], \"layout\": \"any\", \"alignment\": "
    "16},\n"
    "   {\"name\": \"seed\", \"direction\": \"input\", \"dtype\": \"i64\", \"shape\": []},\n"
    "   {\"name\": \"y\", \"direction\": \"output\", \"dtype\": \"f32\", \"shape\": [\"r\"],\n"
    "    \"inplace\": 0}],\n"
    "  \"requires\": [{\"dims\": [\"r\", \"c\"], \"min\": 2}], \"ir\": \"line\\nline\"},\n"
    "  {\"name\": \"other\", \"symbol\": \"o\", \"arguments\": []}]}\n";

static void reads_all(const normrt_manifest *manifest) {
  CHECK(strcmp(normrt_manifest_string(manifest, "normc"), "0.1.0") == 0);
  CHECK(strcmp(normrt_manifest_string(manifest, "cpu"), "znver5") == 0);
  CHECK(strcmp(normrt_manifest_string(manifest, "triple"), "x86_64-linux-gnu") == 0);
  CHECK(normrt_manifest_string(manifest, "features") == NULL);
  CHECK(normrt_manifest_string(manifest, "colour") == NULL);
  CHECK(strcmp(normrt_manifest_string(manifest, "library"), "lib\xc3\xa9\xf0\x9f\x98\x80.so") == 0);
  CHECK(normrt_manifest_num_kernels(manifest) == 2);
  CHECK(normrt_manifest_find(manifest, "nothing") == NULL);
  CHECK(normrt_manifest_kernel(manifest, -1) == NULL);
  CHECK(normrt_manifest_kernel(manifest, 2) == NULL);
  const normrt_kernel *kernel = normrt_manifest_find(manifest, "rms");
  CHECK(kernel == normrt_manifest_kernel(manifest, 0));
  CHECK(strcmp(kernel->workspace_symbol, "rms_ws") == 0);
  CHECK(strcmp(kernel->ir, "line\nline") == 0);
  CHECK(kernel->num_arguments == 3 && kernel->num_requirements == 1);
  CHECK(kernel->requirements[0].num_symbols == 2 && kernel->requirements[0].min == 2);
  CHECK(strcmp(kernel->requirements[0].symbols[1], "c") == 0);

  const normrt_argument *x = &kernel->arguments[0];
  CHECK(!x->is_output && x->rank == 4 && x->alignment == 16 && x->inplace == -1);
  CHECK(x->dl_dtype.code == kDLBfloat && x->dl_dtype.bits == 16 && x->dl_dtype.lanes == 1);
  CHECK(strcmp(x->layout, "any") == 0);
  CHECK(x->shape[0].factor == 1 && x->shape[0].num_symbols == 1);
  CHECK(x->shape[1].factor == 4096 && x->shape[1].num_symbols == 0);
  CHECK(x->shape[2].factor == 32 && strcmp(x->shape[2].symbols[0], "c") == 0);
  CHECK(x->shape[3].factor == 6 && x->shape[3].num_symbols == 2);
  CHECK(strcmp(x->shape[3].symbols[0], "g") == 0 && strcmp(x->shape[3].symbols[1], "c") == 0);
  const normrt_argument *seed = &kernel->arguments[1];
  CHECK(seed->rank == 0 && seed->alignment == 8 && strcmp(seed->role, "input") == 0);
  CHECK(strcmp(seed->layout, "rows") == 0 && seed->dl_dtype.code == kDLInt);
  const normrt_argument *y = &kernel->arguments[2];
  CHECK(y->is_output && y->inplace == 0 && strcmp(y->role, "output") == 0);
  CHECK(normrt_manifest_kernel(manifest, 1)->workspace_symbol == NULL);
}

// Text that is no manifest, and where and how it is told.
static const struct {
  const char *text, *message;
} bad[] = {
    // JSON
    {"", "m:1:1: expected a value, found the end of the file"},
    {"  \n\t x", "m:2:3: expected a value, found 'x'"},
    {"\xef\xbb\xbf{}", "m:1:1: expected a value, found byte 0xef"},
    {"{} {}", "m:1:4: expected the end of the file, found '{'"},
    {"{\"a\": 1,}", "m:1:9: expected a key in quotes, found '}'"},
    {"{a: 1}", "m:1:2: expected a key in quotes or '}', found 'a'"},
    {"{\"a\" 1}", "m:1:6: expected ':' after a key, found '1'"},
    {"{\"a\": 1\n", "m:2:1: expected ',' or '}' in an object, found the end of the file"},
    {"{\"a\": 1, \"a\": 2}", "m:1:10: expected different keys, found \"a\" again"},
    {"[1, 2,\n ]", "m:2:2: expected a value, found ']'"},
    {"[1 2]", "m:1:4: expected ',' or ']' in an array, found '2'"},
    {"[01]", "m:1:3: expected no digit after a leading 0, found '1'"},
    {"[-]", "m:1:3: expected a digit, found ']'"},
    {"[1.]", "m:1:4: expected a digit after '.', found ']'"},
    {"[1e+]", "m:1:5: expected a digit in the exponent, found ']'"},
    {"[+1]", "m:1:2: expected a value, found '+'"},
    {"[NaN]", "m:1:2: expected a value, found 'N'"},
    {"[nul]", "m:1:2: expected a value, found 'n'"},
    {"[// no\n1]", "m:1:2: expected a value, found '/'"},
    {"[\"abc", "m:1:6: expected '\"' at the end of a string, found the end of the file"},
    {"[\"a\nb\"]",
     "m:1:4: expected '\"' or a character that is not a control character, found byte 0x0a"},
    {"[\"\\x\"]", "m:1:4: expected one of \"\\/bfnrtu after a backslash, found 'x'"},
    {"[\"\\u12g4\"]", "m:1:7: expected four hexadecimal digits after \\u, found 'g'"},
    {"[\"\\ud800\"]", "m:1:9: expected the second half of a surrogate pair, found '\"'"},
    {"[\"\\ud800\\u0041\"]", "m:1:5: expected the second half of a surrogate pair, found \\u0041"},
    {"[\"\\udc00\"]", "m:1:5: expected a character, found \\udc00, half of a surrogate pair"},
    {"[\"\\u0000\"]", "m:1:5: expected a string without \\u0000"},
    {"[\"\xc0\xaf\"]", "m:1:3: expected valid UTF-8, found byte 0xc0"},
    {"[\"\xed\xa0\x80\"]", "m:1:3: expected valid UTF-8, found byte 0xed"},
    {"[\"\xe2\x82\"]", "m:1:3: expected valid UTF-8, found byte 0xe2"},
    // A manifest
    {"[]", "m:1:1: expected an object, found an array of 0"},
    {"{}", "m:1:1: expected a key \"format\" in this object"},
    {"{\"format\": \"1\", \"kernels\": []}", "m:1:12: expected \"format\" to be 1, found \"1\""},
    {"{\"format\": 2, \"kernels\": []}",
     "m:1:12: expected \"format\" to be 1, the only one that this version knows, found 2"},
    {"{\"format\": 1}", "m:1:1: expected a key \"kernels\" in this object"},
    {"{\"format\": 1, \"kernels\": {}}",
     "m:1:26: expected \"kernels\" to be an array, found an object"},
    {"{\"format\": 1, \"kernels\": [7]}",
     "m:1:27: expected \"kernels\" to be objects only, found 7"},
    {"{\"format\": 1, \"kernels\": [], \"library\": 3}",
     "m:1:41: expected \"library\" to be a string or null, found 3"},
    {"{\"format\": 1, \"kernels\": [], \"target\": \"host\"}",
     "m:1:40: expected \"target\" to be an object, found \"host\""},
};

// One kernel with one change, and the message after the position.
static const struct {
  const char *kernel, *message;
} bad_kernels[] = {
    {"{\"symbol\": \"k\", \"arguments\": []}", "expected a key \"name\" in this object"},
    {"{\"name\": \"\", \"symbol\": \"k\", \"arguments\": []}",
     "expected \"name\" to be not empty, found \"\""},
    {"{\"name\": \"k\", \"symbol\": \"a-b\", \"arguments\": []}",
     "expected \"symbol\" to be the name of a C function, found \"a-b\""},
    {"{\"name\": \"k\", \"symbol\": \"k\", \"workspace_symbol\": \"\", \"arguments\": []}",
     "expected \"workspace_symbol\" to be the name of a C function or null, found \"\""},
    {"{\"name\": \"k\", \"symbol\": \"k\", \"arguments\": []}, "
     "{\"name\": \"k\", \"symbol\": \"l\", \"arguments\": []}",
     "expected kernels of different names, found \"k\" again"},
    {"{\"name\": \"k\", \"symbol\": \"k\", \"arguments\": [1]}",
     "expected \"arguments\" to be objects only, found 1"},
    {"{\"name\": \"k\", \"symbol\": \"k\", \"arguments\": [], \"requires\": [3]}",
     "expected \"requires\" to be objects only, found 3"},
    {"{\"name\": \"k\", \"symbol\": \"k\", \"arguments\": [], \"requires\": [{\"dims\": [\"c\"]}]}",
     "expected a key \"min\" in this object"},
    {"{\"name\": \"k\", \"symbol\": \"k\", \"arguments\": [], "
     "\"requires\": [{\"dims\": [2], \"min\": 1}]}",
     "expected \"dims\" to be symbols only, found 2"},
};

// The members of one argument, and the message.
static const struct {
  const char *argument, *message;
} bad_arguments[] = {
    {"\"direction\": \"input\", \"dtype\": \"f32\", \"shape\": []",
     "expected a key \"name\" in this object"},
    {"\"name\": \"x\", \"dtype\": \"f32\", \"shape\": []",
     "expected a key \"direction\" in this object"},
    {"\"name\": \"x\", \"direction\": \"inout\", \"dtype\": \"f32\", \"shape\": []",
     "expected \"direction\" to be \"input\" or \"output\", found \"inout\""},
    {"\"name\": \"x\", \"direction\": \"input\", \"dtype\": \"float\", \"shape\": []",
     "expected \"dtype\" to be f8E4M3FN, f8E5M2, f16, bf16, f32, f64, i1, or i or u with 8, 16, "
     "32 or 64, found \"float\""},
    {"\"name\": \"x\", \"direction\": \"input\", \"dtype\": \"f32\", \"shape\": 4",
     "expected \"shape\" to be an array, found 4"},
    {"\"name\": \"x\", \"direction\": \"input\", \"dtype\": \"f32\", \"shape\": [-1]",
     "expected \"shape\" to be whole numbers and strings only, found -1"},
    {"\"name\": \"x\", \"direction\": \"input\", \"dtype\": \"f32\", \"shape\": [1.5]",
     "expected \"shape\" to be whole numbers and strings only, found 1.5"},
    {"\"name\": \"x\", \"direction\": \"input\", \"dtype\": \"f32\", \"shape\": [\"2*\"]",
     "expected \"shape\" to be a product of whole numbers and symbols, as \"32*c\", found "
     "\"2*\""},
    {"\"name\": \"x\", \"direction\": \"input\", \"dtype\": \"f32\", \"shape\": [\"r+1\"]",
     "expected \"shape\" to be a product of whole numbers and symbols, as \"32*c\", found "
     "\"r+1\""},
    {"\"name\": \"x\", \"direction\": \"input\", \"dtype\": \"f32\", "
     "\"shape\": [\"4611686018427387904*4\"]",
     "expected \"shape\" to be a product of whole numbers and symbols, as \"32*c\", found "
     "\"4611686018427387904*4\""},
    {"\"name\": \"x\", \"direction\": \"input\", \"dtype\": \"f32\", \"shape\": [], "
     "\"layout\": \"columns\"",
     "expected \"layout\" to be \"rows\", \"any\" or \"contiguous\", found \"columns\""},
    {"\"name\": \"x\", \"direction\": \"input\", \"dtype\": \"f32\", \"shape\": [], "
     "\"alignment\": 3",
     "expected \"alignment\" to be a power of two up to 4096, found 3"},
    {"\"name\": \"x\", \"direction\": \"input\", \"dtype\": \"f32\", \"shape\": [], "
     "\"inplace\": 0",
     "expected \"inplace\" to be null, or in an output the number of an input, found 0"},
    {"\"name\": \"y\", \"direction\": \"output\", \"dtype\": \"f32\", \"shape\": [], "
     "\"inplace\": 0",
     "expected \"inplace\" to be null, or in an output the number of an input, found 0"},
};

static void rejects(const char *text, size_t size, const char *message, int prefix) {
  char found[512] = "";
  normrt_manifest *manifest = (normrt_manifest *)&failures;
  int32_t rc = normrt_manifest_parse(text, size, "m", &manifest, found, sizeof found);
  if (rc != NORMRT_ERROR_MANIFEST || manifest != NULL ||
      (message && (prefix ? !strstr(found, message) : strcmp(found, message)))) {
    ++failures;
    printf("code %d\n  text:     %.*s\n  expected: %s\n  found:    %s\n", rc, (int)size, text,
           message ? message : "an error", found);
  }
}

int main(int argc, char **argv) {
  (void)argc;
  char message[512] = "";
  normrt_manifest *manifest;
  CHECK(normrt_manifest_parse(good, strlen(good), "m", &manifest, message, sizeof message) == 0);
  if (!manifest)
    return puts(message), 1;
  reads_all(manifest);
  normrt_manifest_free(manifest);
  normrt_manifest_free(NULL);

  // The same from a file.
  FILE *file = fopen(argv[1], "wb");
  CHECK(file && fputs(good, file) >= 0 && fclose(file) == 0);
  CHECK(normrt_manifest_load(argv[1], &manifest, message, sizeof message) == 0);
  reads_all(manifest);
  normrt_manifest_free(manifest);
  CHECK(normrt_manifest_load("/nowhere/m.json", &manifest, message, sizeof message) ==
        NORMRT_ERROR_FILE);
  CHECK(!strcmp(message, "/nowhere/m.json: cannot read the manifest: No such file or directory"));
  CHECK(normrt_manifest_load("/", &manifest, message, sizeof message) == NORMRT_ERROR_FILE);
  CHECK(!strcmp(message, "/: cannot read the manifest: Is a directory"));
  CHECK(normrt_manifest_load("/nowhere", &manifest, NULL, 0) == NORMRT_ERROR_FILE);

  for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i)
    rejects(bad[i].text, strlen(bad[i].text), bad[i].message, 0);
  char text[1024];
  for (size_t i = 0; i < sizeof bad_kernels / sizeof *bad_kernels; ++i) {
    snprintf(text, sizeof text, "{\"format\": 1, \"kernels\": [%s]}", bad_kernels[i].kernel);
    rejects(text, strlen(text), bad_kernels[i].message, 1);
  }
  for (size_t i = 0; i < sizeof bad_arguments / sizeof *bad_arguments; ++i) {
    snprintf(text, sizeof text,
             "{\"format\": 1, \"kernels\": [{\"name\": \"k\", \"symbol\": \"k\", "
             "\"arguments\": [{%s}]}]}",
             bad_arguments[i].argument);
    rejects(text, strlen(text), bad_arguments[i].message, 1);
  }
  static const char late_input[] =
      "{\"format\": 1, \"kernels\": [{\"name\": \"k\", \"symbol\": \"k\", \"arguments\": [\n"
      "{\"name\": \"y\", \"direction\": \"output\", \"dtype\": \"f32\", \"shape\": []},\n"
      "{\"name\": \"x\", \"direction\": \"input\", \"dtype\": \"f32\", \"shape\": []}]}]}";
  rejects(late_input, strlen(late_input),
          "m:3:1: expected inputs before outputs, found the input \"x\" after the output \"y\"", 0);

  // Deep nesting is refused, not followed into a stack overflow.
  char *deep = malloc(1000000);
  memset(deep, '[', 1000000);
  rejects(deep, 1000000, "m:1:65: expected at most 64 nested lists", 0);
  free(deep);

  // Cut off anywhere, and with any one byte changed, it is an error or a manifest: never a crash.
  // A copy of exactly the size, so that tools that watch memory see a byte read too far.
  for (size_t size = 0; size + 2 < sizeof good; ++size) {
    char *cut = malloc(size ? size : 1);
    memcpy(cut, good, size);
    rejects(cut, size, NULL, 0);
    free(cut);
  }
  char *changed = malloc(sizeof good - 1);
  for (size_t i = 0; i + 1 < sizeof good; ++i) {
    static const char bytes[] = "\0\"\\{}[],:0-x\xff\n";
    for (size_t k = 0; k + 1 < sizeof bytes; ++k) {
      memcpy(changed, good, sizeof good - 1);
      changed[i] = bytes[k];
      if (normrt_manifest_parse(changed, sizeof good - 1, "m", &manifest, message,
                                sizeof message) == 0)
        normrt_manifest_free(manifest);
    }
  }
  free(changed);
  return failures != 0;
}
