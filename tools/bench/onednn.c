/*===- onednn.c - oneDNN's kernels for bench.py ------------------------------------------------===*\
|* Primitives of oneDNN 2.6 or 3 over the caller's memory, with the dense layouts that normc has. *|
\*===------------------------------------------------------------------------------------------===*/
#include <oneapi/dnnl/dnnl.h>
#include <stdint.h>
#include <stdlib.h>

#define TRY(call)                                                                                  \
  do {                                                                                             \
    if ((call) != dnnl_success)                                                                    \
      return 0;                                                                                    \
  } while (0)

enum { max_arguments = 10 };

typedef struct {
  dnnl_engine_t engine;
  dnnl_stream_t stream;
  dnnl_primitive_t primitive;
  dnnl_exec_arg_t arguments[max_arguments];
  int count;
} bench_primitive;

#if DNNL_VERSION_MAJOR >= 3
typedef dnnl_memory_desc_t description;
#else
typedef const dnnl_memory_desc_t *description;
#endif

static int describe(description *out, int ndims, const dnnl_dims_t dims, dnnl_data_type_t type,
                    dnnl_format_tag_t tag) {
#if DNNL_VERSION_MAJOR >= 3
  TRY(dnnl_memory_desc_create_with_tag(out, ndims, dims, type, tag));
#else
  dnnl_memory_desc_t *desc = malloc(sizeof *desc);
  TRY(dnnl_memory_desc_init_by_tag(desc, ndims, dims, type, tag));
  *out = desc;
#endif
  return 1;
}

static int add(bench_primitive *p, int argument, description desc, void *data) {
  dnnl_exec_arg_t *slot = &p->arguments[p->count++];
  slot->arg = argument;
  TRY(dnnl_memory_create(&slot->memory, desc, p->engine, data));
  return 1;
}

void bench_onednn_run(bench_primitive *p) {
  if (dnnl_primitive_execute(p->primitive, p->stream, p->count, p->arguments) != dnnl_success)
    abort();
  dnnl_stream_wait(p->stream);
}

/* op: 0 layer norm, 1 batch norm in training, 2 group norm. Pointers: x, y, dy, dx, scale, bias, mean,
   variance, dscale, dbias; numbers: op, backward, bf16, channels last, saved statistics, then the
   sizes: rows and their length; samples, channels, positions and groups. NULL where oneDNN has no such
   primitive. */
bench_primitive *bench_onednn_create(void *const *data, const int64_t *n) {
  const int op = (int)n[0], backward = (int)n[1], last = (int)n[3], saved = (int)n[4];
  const dnnl_data_type_t type = n[2] ? dnnl_bf16 : dnnl_f32;
  const int64_t *sizes = n + 5;
  bench_primitive *p = calloc(1, sizeof *p);
  TRY(dnnl_engine_create(&p->engine, dnnl_cpu, 0));
  TRY(dnnl_stream_create(&p->stream, p->engine, dnnl_stream_default_flags));
  description x, channel, group;
  dnnl_primitive_desc_t found = NULL;
  const unsigned flags = dnnl_use_scale | dnnl_use_shift;
  const dnnl_prop_kind_t forward = saved ? dnnl_forward_training : dnnl_forward_inference;
  const dnnl_prop_kind_t kind = backward ? dnnl_backward : forward;
  const int64_t channels = sizes[1];
  dnnl_dims_t per_channel = {channels};
  if (op == 0) {
    dnnl_dims_t dims = {sizes[0], sizes[1]}, rows = {sizes[0]};
    if (!describe(&x, 2, dims, type, dnnl_ab) || !describe(&group, 1, rows, dnnl_f32, dnnl_a))
      return NULL;
  } else {
    /* In four dimensions: its implementations of three are plain loops. */
    dnnl_dims_t dims = {sizes[0], sizes[1], 1, sizes[2]}, groups = {sizes[0], sizes[3]};
    if (!describe(&x, 4, dims, type, last ? dnnl_acdb : dnnl_abcd))
      return NULL;
    if (op == 1 ? !describe(&group, 1, per_channel, dnnl_f32, dnnl_a)
                : !describe(&group, 2, groups, dnnl_f32, dnnl_ab))
      return NULL;
  }
  if (!describe(&channel, 1, per_channel, dnnl_f32, dnnl_a))
    return NULL;

#if DNNL_VERSION_MAJOR >= 3
  if (op == 0 && backward) {
    dnnl_primitive_desc_t hint;
    TRY(dnnl_layer_normalization_forward_primitive_desc_create(
        &hint, p->engine, dnnl_forward_training, x, x, group, 1e-5f, flags, NULL));
    TRY(dnnl_layer_normalization_backward_primitive_desc_create(&found, p->engine, kind, x, x, x, group,
                                                                1e-5f, flags, hint, NULL));
  } else if (op == 0) {
    TRY(dnnl_layer_normalization_forward_primitive_desc_create(&found, p->engine, kind, x, x, group,
                                                               1e-5f, flags, NULL));
  } else if (op == 1) {
    TRY(dnnl_batch_normalization_forward_primitive_desc_create(&found, p->engine, kind, x, x, 1e-5f,
                                                               flags, NULL));
  } else {
#if DNNL_VERSION_MAJOR > 3 || DNNL_VERSION_MINOR >= 3
    TRY(dnnl_group_normalization_forward_primitive_desc_create(&found, p->engine, kind, x, x, sizes[3],
                                                               1e-5f, flags, NULL));
#endif
  }
#else
  if (op == 0) {
    dnnl_layer_normalization_desc_t hint, desc;
    dnnl_primitive_desc_t hint_desc = NULL;
    TRY(dnnl_layer_normalization_forward_desc_init(&hint, backward ? dnnl_forward_training : kind, x,
                                                   group, 1e-5f, flags));
    TRY(dnnl_primitive_desc_create(&hint_desc, &hint, NULL, p->engine, NULL));
    found = hint_desc;
    if (backward) {
      TRY(dnnl_layer_normalization_backward_desc_init(&desc, kind, x, x, group, 1e-5f, flags));
      TRY(dnnl_primitive_desc_create(&found, &desc, NULL, p->engine, hint_desc));
    }
  } else if (op == 1) {
    dnnl_batch_normalization_desc_t desc;
    TRY(dnnl_batch_normalization_forward_desc_init(&desc, kind, x, 1e-5f, flags));
    TRY(dnnl_primitive_desc_create(&found, &desc, NULL, p->engine, NULL));
  }
#endif
  if (!found)
    return NULL;
  TRY(dnnl_primitive_create(&p->primitive, found));

  int fine = add(p, DNNL_ARG_SRC, x, data[0]) && add(p, DNNL_ARG_SCALE, channel, data[4]) &&
             add(p, DNNL_ARG_SHIFT, channel, data[5]);
  if (backward)
    fine = fine && add(p, DNNL_ARG_DIFF_DST, x, data[2]) && add(p, DNNL_ARG_DIFF_SRC, x, data[3]) &&
           add(p, DNNL_ARG_DIFF_SCALE, channel, data[8]) &&
           add(p, DNNL_ARG_DIFF_SHIFT, channel, data[9]);
  else
    fine = fine && add(p, DNNL_ARG_DST, x, data[1]);
  if (backward || saved)
    fine = fine && add(p, DNNL_ARG_MEAN, group, data[6]) && add(p, DNNL_ARG_VARIANCE, group, data[7]);
  if (!fine)
    return NULL;
  return p;
}

/* The library's version, as 206 for 2.6. */
int64_t bench_onednn_version(void) {
  const dnnl_version_t *version = dnnl_version();
  return version->major * 100 + version->minor;
}
