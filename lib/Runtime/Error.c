//===- Error.c - error codes in words ---===//
// The name and the sentence of every code in normc-c/Runtime.h.
#include "normc-c/Runtime.h"

#include <stdio.h>

typedef struct error_text {
  int32_t code;
  const char *name;
  const char *sentence;
} error_text;

static const error_text texts[] = {
    {NORMRT_OK, "NORMRT_OK", "no error"},
    {NORMRT_ERROR_NUM_ARGS, "NORMRT_ERROR_NUM_ARGS",
     "the number of arguments is not the kernel's number of inputs and results"},
    {NORMRT_ERROR_NULL_ARG, "NORMRT_ERROR_NULL_ARG", "the pointer to the tensor is NULL"},
    {NORMRT_ERROR_NULL_DATA, "NORMRT_ERROR_NULL_DATA",
     "the data pointer is NULL, but the tensor has elements"},
    {NORMRT_ERROR_DEVICE, "NORMRT_ERROR_DEVICE",
     "the tensor is on a device whose memory this kernel cannot use"},
    {NORMRT_ERROR_DTYPE, "NORMRT_ERROR_DTYPE",
     "the element type is not the one that the kernel was compiled for"},
    {NORMRT_ERROR_RANK, "NORMRT_ERROR_RANK",
     "the number of dimensions is not the one that the kernel was compiled for"},
    {NORMRT_ERROR_SHAPE, "NORMRT_ERROR_SHAPE",
     "the size is not the one that the kernel was compiled for"},
    {NORMRT_ERROR_SIZE_MISMATCH, "NORMRT_ERROR_SIZE_MISMATCH",
     "the size differs from one that it has to be equal to"},
    {NORMRT_ERROR_STRIDE, "NORMRT_ERROR_STRIDE",
     "the stride is not one that the layout of this argument allows"},
    {NORMRT_ERROR_ALIGNMENT, "NORMRT_ERROR_ALIGNMENT",
     "the first element is not aligned as its type has to be"},
    {NORMRT_ERROR_OVERLAP, "NORMRT_ERROR_OVERLAP",
     "an output shares memory with another argument, in a way that the kernel does not declare"},
    {NORMRT_ERROR_EMPTY_GROUP, "NORMRT_ERROR_EMPTY_GROUP",
     "the groups that are normalized have no elements"},
    {NORMRT_ERROR_GROUP_TOO_SMALL, "NORMRT_ERROR_GROUP_TOO_SMALL",
     "the groups that are normalized have too few elements (an unbiased variance needs two)"},
    {NORMRT_ERROR_WORKSPACE, "NORMRT_ERROR_WORKSPACE",
     "the workspace is missing, too small, or not aligned to 64 bytes"},
    {NORMRT_ERROR_CONTEXT, "NORMRT_ERROR_CONTEXT",
     "the context has a size or an ABI version that the kernel does not know"},
    {NORMRT_ERROR_SIZE_NEGATIVE, "NORMRT_ERROR_SIZE_NEGATIVE",
     "a size is negative, or the sizes together overflow 64 bits"},
    {NORMRT_ERROR_NULL_ARGS, "NORMRT_ERROR_NULL_ARGS", "the array of arguments is NULL"},
    {NORMRT_ERROR_CPU, "NORMRT_ERROR_CPU",
     "the CPU lacks features of every target that the kernel was compiled for"},
    {NORMRT_ERROR_LAUNCH, "NORMRT_ERROR_LAUNCH",
     "the kernel runs on a GPU, but the context is not for one: it has no launch function"},
    {NORMRT_ERROR_FILE, "NORMRT_ERROR_FILE", "the file cannot be read"},
    {NORMRT_ERROR_MANIFEST, "NORMRT_ERROR_MANIFEST", "the manifest is malformed"},
    {NORMRT_ERROR_LIBRARY, "NORMRT_ERROR_LIBRARY", "the library cannot be loaded"},
    {NORMRT_ERROR_SYMBOL, "NORMRT_ERROR_SYMBOL", "the library does not have the symbol"},
    {NORMRT_ERROR_MEMORY, "NORMRT_ERROR_MEMORY", "there is not enough memory"},
    {NORMRT_ERROR_DRIVER, "NORMRT_ERROR_DRIVER", "there is no driver for GPUs that can be used"},
    {NORMRT_ERROR_GPU, "NORMRT_ERROR_GPU",
     "the GPU's driver refused; normrt_cuda_error_text says why"},
    {NORMRT_ERROR_NO_IMAGE, "NORMRT_ERROR_NO_IMAGE",
     "the kernel was not compiled for the GPU's architecture"},
    {NORMRT_ERROR_NOT_PREPARED, "NORMRT_ERROR_NOT_PREPARED",
     "the kernel's GPU code is not loaded, and cannot be while the stream is being captured"},
};

static const error_text *find(int32_t rc) {
  for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i)
    if (rc >= 0 && texts[i].code == NORMRT_ERROR_CODE(rc))
      return &texts[i];
  return NULL;
}

const char *normrt_error_name(int32_t rc) {
  const error_text *text = find(rc);
  return text ? text->name : "unknown";
}

size_t normrt_error_string(int32_t rc, char *buffer, size_t size) {
  const error_text *text = find(rc);
  int length;
  if (!text)
    length = snprintf(buffer, size, "unknown error code %d", (int)rc);
  else if (NORMRT_ERROR_ARG(rc) < 0)
    length = snprintf(buffer, size, "%s: %s", text->name, text->sentence);
  else if (NORMRT_ERROR_DIM(rc) < 0)
    length = snprintf(buffer, size, "%s: args[%d]: %s", text->name, NORMRT_ERROR_ARG(rc),
                      text->sentence);
  else
    length = snprintf(buffer, size, "%s: args[%d], dimension %d: %s", text->name,
                      NORMRT_ERROR_ARG(rc), NORMRT_ERROR_DIM(rc), text->sentence);
  return length < 0 ? 0 : (size_t)length;
}
