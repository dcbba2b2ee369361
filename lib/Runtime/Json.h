//===- Json.h - a small strict JSON reader ---===//
// Reads RFC 8259 and nothing more lenient: no comments, no trailing commas, no duplicate keys,
// valid UTF-8. Every value knows its line and column, so that what uses it can say where it is
// wrong. All memory is of one arena, freed at once.
#ifndef NORMC_LIB_RUNTIME_JSON_H
#define NORMC_LIB_RUNTIME_JSON_H

#include <stddef.h>
#include <stdint.h>

typedef struct arena {
  struct arena_block *blocks;
} arena;

// Zeroed memory for any type, or NULL. Lives until arena_free.
void *arena_alloc(arena *a, size_t bytes);
void arena_free(arena *a);

typedef enum json_type {
  JSON_NULL,
  JSON_BOOL,
  JSON_INTEGER, // written without fraction and exponent, and fits int64_t
  JSON_NUMBER,  // any other number
  JSON_STRING,
  JSON_ARRAY,
  JSON_OBJECT
} json_type;

typedef struct json_value {
  json_type type;
  int line, column; // from 1; columns count bytes
  int64_t integer;  // JSON_INTEGER; JSON_BOOL: 0 or 1
  double number;    // JSON_INTEGER, JSON_NUMBER
  const char *string;
  int32_t size;                 // elements of an array, members of an object
  struct json_value **elements; // values of an array or object, in order
  const char **keys;            // of an object's members
} json_value;

// Where errors go: "name:line:column: text".
typedef struct json_report {
  const char *name;
  char *message;
  size_t size;
} json_report;

// Writes the message; always returns 0.
int json_fail(const json_report *report, int line, int column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

// NULL with a message, if `text` is not one JSON value; `*no_memory` tells that apart.
json_value *json_parse(const char *text, size_t size, arena *a, const json_report *report,
                       int *no_memory);

// The member of that key, or NULL.
json_value *json_member(const json_value *object, const char *key);

// The value in a few words, for "found …".
const char *json_describe(const json_value *value, char *buffer, size_t size);

#endif
