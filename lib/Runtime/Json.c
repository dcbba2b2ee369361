//===- Json.c - a small strict JSON reader ---===//
// Recursive descent with a limit on depth; see Json.h.
#include "Json.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { max_depth = 64 };

//===- Arena ---===//

struct arena_block {
  struct arena_block *next;
  size_t used, size;
  max_align_t data[];
};

void *arena_alloc(arena *a, size_t bytes) {
  const size_t unit = sizeof(max_align_t);
  if (bytes > SIZE_MAX / 2)
    return NULL;
  bytes = (bytes + unit - 1) / unit * unit;
  if (!a->blocks || a->blocks->size - a->blocks->used < bytes) {
    size_t size = bytes > 16384 ? bytes : 16384;
    struct arena_block *block = calloc(1, sizeof *block + size);
    if (!block)
      return NULL;
    block->size = size;
    block->next = a->blocks;
    a->blocks = block;
  }
  void *memory = (char *)a->blocks->data + a->blocks->used;
  a->blocks->used += bytes;
  return memory;
}

void arena_free(arena *a) {
  for (struct arena_block *block = a->blocks, *next; block; block = next) {
    next = block->next;
    free(block);
  }
  a->blocks = NULL;
}

//===- Messages ---===//

int json_fail(const json_report *report, int line, int column, const char *format, ...) {
  if (!report->message || report->size == 0)
    return 0;
  int length =
      line > 0 ? snprintf(report->message, report->size, "%s:%d:%d: ", report->name, line, column)
               : snprintf(report->message, report->size, "%s: ", report->name);
  if (length < 0 || (size_t)length >= report->size)
    return 0;
  va_list args;
  va_start(args, format);
  vsnprintf(report->message + length, report->size - (size_t)length, format, args);
  va_end(args);
  return 0;
}

const char *json_describe(const json_value *value, char *buffer, size_t size) {
  if (!value) {
    snprintf(buffer, size, "nothing");
    return buffer;
  }
  switch (value->type) {
  case JSON_NULL:
    snprintf(buffer, size, "null");
    break;
  case JSON_BOOL:
    snprintf(buffer, size, value->integer ? "true" : "false");
    break;
  case JSON_INTEGER:
    snprintf(buffer, size, "%lld", (long long)value->integer);
    break;
  case JSON_NUMBER:
    snprintf(buffer, size, "%.17g", value->number);
    break;
  case JSON_STRING:
    if (strlen(value->string) <= 40)
      snprintf(buffer, size, "\"%s\"", value->string);
    else
      snprintf(buffer, size, "\"%.37s...\"", value->string);
    break;
  case JSON_ARRAY:
    snprintf(buffer, size, "an array of %d", (int)value->size);
    break;
  case JSON_OBJECT:
    snprintf(buffer, size, "an object");
    break;
  }
  return buffer;
}

//===- Parser ---===//

typedef struct parser {
  const char *at, *end, *line_start;
  int line, depth;
  arena *memory;
  const json_report *report;
  int *no_memory;
} parser;

static int column_of(const parser *p, const char *at) { return (int)(at - p->line_start) + 1; }

static void *allocate(parser *p, size_t bytes) {
  void *memory = arena_alloc(p->memory, bytes);
  if (!memory) {
    *p->no_memory = 1;
    json_fail(p->report, 0, 0, "out of memory");
  }
  return memory;
}

// "expected <what>, found <the byte here>"
static int expected(parser *p, const char *what) {
  int column = column_of(p, p->at);
  if (p->at == p->end)
    return json_fail(p->report, p->line, column, "expected %s, found the end of the file", what);
  unsigned char c = (unsigned char)*p->at;
  if (c < 0x20 || c >= 0x7f)
    return json_fail(p->report, p->line, column, "expected %s, found byte 0x%02x", what, c);
  return json_fail(p->report, p->line, column, "expected %s, found '%c'", what, c);
}

static void skip_space(parser *p) {
  for (; p->at < p->end; ++p->at) {
    if (*p->at == '\n') {
      ++p->line;
      p->line_start = p->at + 1;
    } else if (*p->at != ' ' && *p->at != '\t' && *p->at != '\r') {
      return;
    }
  }
}

static int is_digit(const parser *p) { return p->at < p->end && *p->at >= '0' && *p->at <= '9'; }

// The length of the UTF-8 sequence at `s`, or 0 if it is not valid (overlong, surrogate, …).
static size_t utf8_length(const unsigned char *s, const char *end) {
  size_t length = s[0] < 0x80   ? 1
                  : s[0] < 0xc2 ? 0
                  : s[0] < 0xe0 ? 2
                  : s[0] < 0xf0 ? 3
                  : s[0] < 0xf5 ? 4
                                : 0;
  if (length == 0 || (size_t)(end - (const char *)s) < length)
    return 0;
  for (size_t i = 1; i < length; ++i)
    if ((s[i] & 0xc0) != 0x80)
      return 0;
  if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) ||
      (s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f))
    return 0;
  return length;
}

static int parse_hex4(parser *p, unsigned *value) {
  *value = 0;
  for (int i = 0; i < 4; ++i, ++p->at) {
    if (p->at == p->end)
      return expected(p, "four hexadecimal digits after \\u");
    char c = *p->at;
    unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                     : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
                     : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10
                                            : 16;
    if (digit == 16)
      return expected(p, "four hexadecimal digits after \\u");
    *value = *value * 16 + digit;
  }
  return 1;
}

// After "\u": one code point, written as UTF-8 to *out.
static int parse_unicode(parser *p, char **out) {
  unsigned code, low;
  const char *start = p->at;
  if (!parse_hex4(p, &code))
    return 0;
  if (code >= 0xd800 && code < 0xdc00) {
    if (p->end - p->at < 2 || p->at[0] != '\\' || p->at[1] != 'u')
      return expected(p, "the second half of a surrogate pair");
    p->at += 2;
    if (!parse_hex4(p, &low))
      return 0;
    if (low < 0xdc00 || low > 0xdfff)
      return json_fail(p->report, p->line, column_of(p, start),
                       "expected the second half of a surrogate pair, found \\u%04x", low);
    code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
  } else if (code >= 0xdc00 && code <= 0xdfff) {
    return json_fail(p->report, p->line, column_of(p, start),
                     "expected a character, found \\u%04x, half of a surrogate pair", code);
  } else if (code == 0) {
    return json_fail(p->report, p->line, column_of(p, start), "expected a string without \\u0000");
  }
  char *o = *out;
  if (code < 0x80) {
    *o++ = (char)code;
  } else if (code < 0x800) {
    *o++ = (char)(0xc0 | code >> 6);
    *o++ = (char)(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    *o++ = (char)(0xe0 | code >> 12);
    *o++ = (char)(0x80 | (code >> 6 & 0x3f));
    *o++ = (char)(0x80 | (code & 0x3f));
  } else {
    *o++ = (char)(0xf0 | code >> 18);
    *o++ = (char)(0x80 | (code >> 12 & 0x3f));
    *o++ = (char)(0x80 | (code >> 6 & 0x3f));
    *o++ = (char)(0x80 | (code & 0x3f));
  }
  *out = o;
  return 1;
}

// At the opening quote. An escape is never shorter than what it stands for, so the distance to the
// closing quote bounds the result.
static const char *parse_string(parser *p) {
  ++p->at;
  const char *close = p->at;
  while (close < p->end && *close != '"')
    close += *close == '\\' && close + 1 < p->end ? 2 : 1;
  char *string = allocate(p, (size_t)(close - p->at) + 1);
  if (!string)
    return NULL;
  for (char *out = string;;) {
    if (p->at == p->end)
      return expected(p, "'\"' at the end of a string"), NULL;
    unsigned char c = (unsigned char)*p->at;
    if (c == '"') {
      ++p->at;
      *out = 0;
      return string;
    }
    if (c < 0x20)
      return expected(p, "'\"' or a character that is not a control character"), NULL;
    if (c != '\\') {
      size_t length = utf8_length((const unsigned char *)p->at, p->end);
      if (length == 0)
        return expected(p, "valid UTF-8"), NULL;
      memcpy(out, p->at, length);
      out += length;
      p->at += length;
      continue;
    }
    ++p->at;
    const char *escapes = "\"\\/bfnrt", *meanings = "\"\\/\b\f\n\r\t";
    const char *escape = p->at < p->end && *p->at ? strchr(escapes, *p->at) : NULL;
    if (escape) {
      *out++ = meanings[escape - escapes];
      ++p->at;
    } else if (p->at < p->end && *p->at == 'u') {
      ++p->at;
      if (!parse_unicode(p, &out))
        return NULL;
    } else {
      return expected(p, "one of \"\\/bfnrtu after a backslash"), NULL;
    }
  }
}

static int parse_number(parser *p, json_value *value) {
  const char *start = p->at;
  int integral = 1;
  if (*p->at == '-')
    ++p->at;
  if (!is_digit(p))
    return expected(p, "a digit");
  if (*p->at++ == '0' && is_digit(p))
    return expected(p, "no digit after a leading 0");
  while (is_digit(p))
    ++p->at;
  if (p->at < p->end && *p->at == '.') {
    integral = 0;
    ++p->at;
    if (!is_digit(p))
      return expected(p, "a digit after '.'");
    while (is_digit(p))
      ++p->at;
  }
  if (p->at < p->end && (*p->at == 'e' || *p->at == 'E')) {
    integral = 0;
    ++p->at;
    if (p->at < p->end && (*p->at == '+' || *p->at == '-'))
      ++p->at;
    if (!is_digit(p))
      return expected(p, "a digit in the exponent");
    while (is_digit(p))
      ++p->at;
  }
  // strtod and strtoll want a terminated string.
  size_t length = (size_t)(p->at - start);
  char *copy = allocate(p, length + 1);
  if (!copy)
    return 0;
  memcpy(copy, start, length);
  value->type = JSON_NUMBER;
  value->number = strtod(copy, NULL);
  errno = 0;
  int64_t integer = strtoll(copy, NULL, 10);
  if (integral && errno == 0) {
    value->type = JSON_INTEGER;
    value->integer = integer;
  }
  return 1;
}

static json_value *parse_value(parser *p);

// Elements of an array or members of an object; at the opening bracket.
static int parse_list(parser *p, json_value *list) {
  int is_object = list->type == JSON_OBJECT;
  char close = is_object ? '}' : ']';
  int32_t capacity = 0;
  ++p->at;
  skip_space(p);
  if (p->at < p->end && *p->at == close)
    return ++p->at, 1;
  for (;;) {
    if (list->size == capacity) {
      if (capacity > (1 << 24))
        return json_fail(p->report, p->line, column_of(p, p->at),
                         "expected at most %d elements in a list", capacity);
      capacity = capacity ? 2 * capacity : 8;
      json_value **elements = allocate(p, sizeof *elements * (size_t)capacity);
      const char **keys = is_object ? allocate(p, sizeof *keys * (size_t)capacity) : NULL;
      if (!elements || (is_object && !keys))
        return 0;
      if (list->size > 0)
        memcpy(elements, list->elements, sizeof *elements * (size_t)list->size);
      if (list->size > 0 && is_object)
        memcpy(keys, list->keys, sizeof *keys * (size_t)list->size);
      list->elements = elements;
      list->keys = keys;
    }
    if (is_object) {
      if (p->at == p->end || *p->at != '"')
        return expected(p, list->size ? "a key in quotes" : "a key in quotes or '}'");
      int line = p->line, column = column_of(p, p->at);
      const char *key = parse_string(p);
      if (!key)
        return 0;
      if (json_member(list, key))
        return json_fail(p->report, line, column, "expected different keys, found \"%s\" again",
                         key);
      list->keys[list->size] = key;
      skip_space(p);
      if (p->at == p->end || *p->at != ':')
        return expected(p, "':' after a key");
      ++p->at;
    }
    json_value *element = parse_value(p);
    if (!element)
      return 0;
    list->elements[list->size++] = element;
    skip_space(p);
    if (p->at < p->end && *p->at == close)
      return ++p->at, 1;
    if (p->at == p->end || *p->at != ',')
      return expected(p, is_object ? "',' or '}' in an object" : "',' or ']' in an array");
    ++p->at;
    skip_space(p);
  }
}

static int parse_word(parser *p, json_value *value) {
  static const struct {
    const char *word;
    json_type type;
    int64_t integer;
  } words[] = {{"null", JSON_NULL, 0}, {"true", JSON_BOOL, 1}, {"false", JSON_BOOL, 0}};
  for (size_t i = 0; i < sizeof words / sizeof *words; ++i) {
    size_t length = strlen(words[i].word);
    if ((size_t)(p->end - p->at) >= length && memcmp(p->at, words[i].word, length) == 0) {
      p->at += length;
      value->type = words[i].type;
      value->integer = words[i].integer;
      return 1;
    }
  }
  return expected(p, "a value");
}

static json_value *parse_value(parser *p) {
  skip_space(p);
  json_value *value = allocate(p, sizeof *value);
  if (!value)
    return NULL;
  value->line = p->line;
  value->column = column_of(p, p->at);
  char c = p->at < p->end ? *p->at : 0;
  int good;
  if (c == '{' || c == '[') {
    if (p->depth == max_depth)
      return json_fail(p->report, value->line, value->column, "expected at most %d nested lists",
                       max_depth),
             NULL;
    ++p->depth;
    value->type = c == '{' ? JSON_OBJECT : JSON_ARRAY;
    good = parse_list(p, value);
    --p->depth;
  } else if (c == '"') {
    value->type = JSON_STRING;
    value->string = parse_string(p);
    good = value->string != NULL;
  } else if (c == '-' || (c >= '0' && c <= '9')) {
    good = parse_number(p, value);
  } else {
    good = parse_word(p, value);
  }
  return good ? value : NULL;
}

json_value *json_parse(const char *text, size_t size, arena *a, const json_report *report,
                       int *no_memory) {
  *no_memory = 0;
  parser p = {text, text + size, text, 1, 0, a, report, no_memory};
  json_value *value = parse_value(&p);
  if (!value)
    return NULL;
  skip_space(&p);
  if (p.at != p.end)
    return expected(&p, "the end of the file"), NULL;
  return value;
}

json_value *json_member(const json_value *object, const char *key) {
  if (object->type != JSON_OBJECT)
    return NULL;
  for (int32_t i = 0; i < object->size; ++i)
    if (strcmp(object->keys[i], key) == 0)
      return object->elements[i];
  return NULL;
}
