# The last of them: elements that are chosen by a constant, tensors that are read as the start of a result, given
# statistics, and what is added to gradients.

from near import Program, moments, root_mean_square
from nearly import S, V, backward, near
from nearly_more import H, count_of, dynamic_rms, extracted, inference, regrouped


# A constant index is no index.

@near(S, "?x16xf32")
def weight_is_a_row_of_some(p, x, w):
    return p.each("rc,r,1c->rc", x, root_mean_square(p, x), w, "a * b * c")


@near(S, "4xf32")
def epsilon_is_an_element(p, x, e):
    s = p.each("rc->r", x, "a * a")
    return p.each("rc,r,2->rc", x, s, e, "a * rsqrt(b / 16.0 + c)")


@near(S, "1xf32", raised=True)
def epsilon_is_the_only_element(p, x, e):
    s = p.each("rc->r", x, "a * a")
    return p.each("rc,r,0->rc", x, s, e, "a * rsqrt(b / 16.0 + c)")


@near("8x8x8xf32", "4x8xf32")
def inference_statistics_are_rows(p, x, s):
    return p.each("ncw,0c,1c,2c,3c->ncw", x, s, s, s, s, "(a - b) * rsqrt(c * c + 1e-5) * d + e")


@near("8x8x8xf32", "8xf32", "4x8xf32")
def inference_mean_is_a_row(p, x, v, s):
    return p.each("ncw,1c,c->ncw", x, s, v, "(a - b) * rsqrt(c + 1e-5)")


@near("8x8x8xf32", "8xf32", "?x8xf32")
def inference_mean_is_a_row_of_some(p, x, v, s):
    return p.each("ncw,1c,c->ncw", x, s, v, "(a - b) * rsqrt(c + 1e-5)")


@near(S, S, V, "2x16xf32")
def gradient_with_statistics_in_rows(p, dy, x, w, s):
    n = p.each("rc,0r,1r->rc", x, s, s, "(a - b) * c")
    g = p.each("rc,c->rc", dy, w, "a * b")
    s1, s2 = p.each("rc->r", g, "a"), p.each("rc,rc->r", g, n, "a * b")
    return p.each("rc,rc,r,r,1r->rc", g, n, s1, s2, s, "e * (a - c / 16.0 - b * d / 16.0)")


@near("1x16x16xf32", "1x16x16xf32", "4x16x16xf32")
def gradient_with_a_sum_of_one_sample(p, dy, x, h):
    mean, variance = moments(p, x, "nrc->nr")
    rstd = p.each("nr->nr", variance, "rsqrt(a + 1e-5)")
    n = p.each("nrc,nr,nr->nrc", x, mean, rstd, "(a - b) * c")
    s1, s2 = p.each("nrc->nr", dy, "a"), p.each("nrc,nrc->nr", dy, n, "a * b")
    dx = p.each("nrc,nrc,nr,nr,nr->nrc", dy, n, s1, s2, rstd, "e * (a - c / 16.0 - b * d / 16.0)")
    return p.each("nrc,2rc->nrc", dx, h, "a + b")


# What a result starts as.

@near(S)
def result_starts_as_the_input(p, x):
    r = root_mean_square(p, x)
    return p.each("r->rc", r, into=x, body=lambda: (p.op("arith.mulf %in0, %out : f32"), "f32"))


@near(S, V)
def sum_starts_as_a_vector(p, x, e):
    s = p.each("rc->r", x, "a * a", into=e)
    return p.each("rc,r->rc", x, s, "a * rsqrt(absf(b) / 16.0 + 1e-5)")


@near(S, S)
def sum_in_columns_of_another(p, x, y):
    s = p.each("rc->r0", x, "a * a", into=y)
    return p.each("rc,rc->rc", x, s, "a * rsqrt(absf(b) / 16.0 + 1e-5)")


@near(S, S)
def mean_in_a_column(p, x, y):
    m = p.each("rc->r0", x, "a", into=p.fill((16, 16), "f32", 0.0))
    _, variance = moments(p, x)
    return p.each("rc,rc,r->rc", x, m, variance, "(a - b / 16.0) * rsqrt(c + 1e-5)")


@near(S)
def scaled_diagonal_weight(p, x):
    w = p.each("c->cc", p.each("rc->c", x, "a"), "a", into=p.fill((16, 16), "f32", 2.0))
    return p.each("rc,r,rc->rc", x, root_mean_square(p, x), w, "a * b * c")


# Statistics that are in part of something else.

@near(S, V)
def mean_given(p, x, mean):
    _, variance = moments(p, x)
    return p.each("rc,r,r->rc", x, mean, variance, "(a - b) * rsqrt(c + 1e-5)")


@near(S)
def variance_of_products_of_means(p, x):
    s, t = p.each("rc->r", x, "a * a"), p.each("rc->r", x, "a")
    u = p.each("cr->r", x, "a")
    v = p.each("r,r,r->r", s, t, u, "absf(a / 16.0 - b * c / 256.0)")
    return p.each("rc,r,r->rc", x, t, v, "(a - b / 16.0) * rsqrt(c + 1e-5)")


@near(S)
def mean_of_everything(p, x):
    mean, _ = moments(p, x, "rc->", 256)
    v = p.each("r->r", p.each("rc,->r", x, mean, "(a - b) * (a - b)"), "a / 16.0")
    return p.each("rc,,r->rc", x, mean, v, "(a - b) * rsqrt(c + 1e-5)")


@near(S)
def variance_of_everything(p, x):
    mean, _ = moments(p, x)
    v = p.each("->", p.each("rc,r->", x, mean, "(a - b) * (a - b)"), "a / 256.0")
    return p.each("rc,r,->rc", x, mean, v, "(a - b) * rsqrt(c + 1e-5)")


@near("4x8x8x8xf32")
def mean_of_lines_variance_of_pictures(p, x):
    mean, _ = moments(p, x, "nchw->nch", 8)
    v = p.each("nc->nc", p.each("nchw,nch->nc", x, mean, "(a - b) * (a - b)"), "a / 64.0")
    return p.each("nchw,nch,nc->nchw", x, mean, v, "(a - b) * rsqrt(c + 1e-5)")


@near(V)
def rms_of_a_broadcast(p, x):
    y = p.each("c->rc", x, "a", sizes={"r": 16})
    return p.each("rc,r->rc", y, root_mean_square(p, y), "a * b")


@near(V)
def rms_of_a_broadcast_column(p, x):
    y = p.each("r->rc", x, "a", sizes={"c": 16})
    return p.each("rc,r->rc", y, root_mean_square(p, y), "a * b")


@near("16x64xf32", V)
def group_weight_inside_of_groups(p, x, w):
    parts = p.reshaped(x, "[[0], [1, 2]]", (16, 4, 16))
    r = root_mean_square(p, parts, "rgc->rg")
    return p.reshaped(p.each("rgc,rg,c->rgc", parts, r, w, "a * b * c"), "[[0], [1, 2]]", (16, 64))


@near("16x64xf32", "64xf32")
def group_weight_shuffled(p, x, w):
    parts = p.reshaped(x, "[[0], [1, 2]]", (16, 8, 8))
    r = root_mean_square(p, parts, "rgc->rg", 8)
    y = p.each("rgc,rg,cg->rgc", parts, r, p.reshaped(w, "[[0, 1]]", (8, 8)), "a * b * c")
    return p.reshaped(y, "[[0], [1, 2]]", (16, 64))


@near("16x64xf32")
def group_statistics_shuffled(p, x):
    parts = p.reshaped(x, "[[0], [1, 2]]", (16, 8, 8))
    r = root_mean_square(p, parts, "rgc->rg", 8)
    return p.reshaped(p.each("rgc,rc->rgc", parts, r, "a * b"), "[[0], [1, 2]]", (16, 64))


@near("16x64xf32")
def groups_of_every_eighth(p, x):
    parts = p.reshaped(x, "[[0], [1, 2]]", (16, 8, 8))
    r = root_mean_square(p, parts, "rcg->rg", 8)
    return p.reshaped(p.each("rcg,rg->rcg", parts, r, "a * b"), "[[0], [1, 2]]", (16, 64))


@near("16x64xf32", "64xf32", raised=True)
def plain_groups(p, x, w):
    parts = p.reshaped(x, "[[0], [1, 2]]", (16, 8, 8))
    r = root_mean_square(p, parts, "rgc->rg", 8)
    y = p.each("rgc,rg,gc->rgc", parts, r, p.reshaped(w, "[[0, 1]]", (8, 8)), "a * b * c")
    return p.reshaped(y, "[[0], [1, 2]]", (16, 64)), r


# Gradients with parts of their own.

def with_statistics(p, dy, x, w, mean, rstd):
    n = p.each("rc,r,r->rc", x, mean, rstd, "(a - b) * c")
    g = p.each("rc,c->rc", dy, w, "a * b")
    s1, s2 = p.each("rc->r", g, "a"), p.each("rc,rc->r", g, n, "a * b")
    dx = p.each("rc,rc,r,r,r->rc", g, n, s1, s2, rstd, "e * (a - c / 16.0 - b * d / 16.0)")
    return dx, p.each("rc,rc->c", dy, n, "a * b"), p.each("rc->c", dy, "a")


@near(S, S, V, V, V, raised=True)
def gradient_with_given_statistics(p, dy, x, w, mean, rstd):
    return with_statistics(p, dy, x, w, mean, rstd)


@near(S, S, V, V)
def gradient_with_given_mean(p, dy, x, w, mean):
    _, variance = moments(p, x)
    return with_statistics(p, dy, x, w, mean, p.each("r->r", variance, "rsqrt(a + 1e-5)"))


@near(S, S, V, V)
def gradient_with_given_rstd(p, dy, x, w, rstd):
    mean, _ = moments(p, x)
    return with_statistics(p, dy, x, w, mean, rstd)


@near(S, S, V, S)
def gradient_with_statistics_of_another(p, dy, x, w, y):
    mean, variance = moments(p, y)
    return with_statistics(p, dy, x, w, mean, p.each("r->r", variance, "rsqrt(a + 1e-5)"))


@near(S, S, V, V, V)
def gradient_with_statistics_exchanged(p, dy, x, w, mean, rstd):
    dx, dw, db = with_statistics(p, dy, x, w, mean, rstd)
    _, other, _ = with_statistics(p, dy, x, w, rstd, mean)
    return dx, other, dw, db


@near(S, S, V, S)
def gradient_plus_another(p, dy, x, w, h):
    dx, dw, db = backward(p, dy, x, w)
    return p.each("rc,rc->rc", dx, h, "a + b"), dw, db


@near(S, S, V, S)
def gradient_plus_a_transposed(p, dy, x, w, h):
    dx, dw, db = backward(p, dy, x, w)
    return p.each("rc,cr->rc", dx, h, "a + b"), dw, db


@near(S, S, V, S)
def gradient_less_another(p, dy, x, w, h):
    dx, dw, db = backward(p, dy, x, w)
    return p.each("rc,rc->rc", dx, h, "a - b"), dw, db


@near(S, S, V, "16x16xf64")
def gradient_plus_one_of_f64(p, dy, x, w, h):
    dx, dw, db = backward(p, dy, x, w)
    return p.each("rc,rc->rc", dx, h, "f64(a) + b"), dw, db


@near(S, S, V, "16x16xbf16")
def gradient_plus_one_of_bf16(p, dy, x, w, h):
    dx, dw, db = backward(p, dy, x, w)
    return p.each("rc,rc->rc", dx, h, "a + f32(b)"), dw, db


@near(S, S, V, S)
def gradient_that_is_used_itself(p, dy, x, w, h):
    dx, dw, db = backward(p, dy, x, w)
    return p.each("rc,rc->rc", dx, h, "a + b"), dx, dw, p.each("c,c->c", dw, db, "a * b")


@near(S, S, V)
def gradient_of_itself(p, dy, x, w):
    return backward(p, x, x, w)


@near(S, S, V)
def gradient_of_a_product(p, dy, x, w):
    g = p.each("rc,rc->rc", dy, x, "a * b")
    return backward(p, g, x, w)


@near(S, S, V)
def gradient_of_the_transposed(p, dy, x, w):
    return backward(p, p.transposed(dy, (1, 0)), x, w)


@near(S, S, V)
def gradient_and_the_normalized(p, dy, x, w):
    mean, variance = moments(p, x)
    y = p.each("rc,r,r,c->rc", x, mean, variance, w, "(a - b) * rsqrt(c + 1e-5) * d")
    return y, *backward(p, dy, x, w)


@near(S, S, V)
def gradients_of_two(p, dy, x, w):
    dx, dw, _ = backward(p, dy, x, w)
    dz, dv, _ = backward(p, x, dy, w)
    return dx, dz, dv, dw


@near("16x16xbf16", "16x16xbf16", "16xbf16", "16x16xbf16")
def bf16_gradient_rounded_and_added(p, dy, x, w, h):
    dx, dw, db = backward(p, *(p.each("rc->rc", t, "f32(a)") for t in (dy, x)), p.each("c->c", w, "f32(a)"))
    return p.each("rc,rc->rc", dx, h, "bf16(a) + b"), p.each("c->c", dw, "bf16(a)"), p.each("c->c", db, "bf16(a)")


@near("16x16xbf16", "16x16xbf16", "16xbf16", "16x16xbf16")
def bf16_gradient_added_and_rounded(p, dy, x, w, h):
    dx, dw, db = backward(p, *(p.each("rc->rc", t, "f32(a)") for t in (dy, x)), p.each("c->c", w, "f32(a)"))
    return p.each("rc,rc->rc", dx, h, "bf16(a + f32(b))"), p.each("c->c", dw, "f32(bf16(a))"), db


@near("16x16xbf16", "16x16xbf16", "16xbf16")
def bf16_gradient_of_rounded_product(p, dy, x, w):
    g = p.each("rc,c->rc", dy, w, "a * b")
    one = p.fill(("16",), "f32", 1.0)
    dx, _, _ = backward(p, p.each("rc->rc", g, "f32(a)"), p.each("rc->rc", x, "f32(a)"), one)
    return p.each("rc->rc", dx, "bf16(a)")


@near("16x16xbf16", "16x16xbf16", "16xf32")
def bf16_gradient_scale_rounded_to_f16(p, dy, x, w):
    dx, dw, db = backward(p, *(p.each("rc->rc", t, "f32(a)") for t in (dy, x)), w)
    return p.each("rc->rc", dx, "bf16(f32(f16(a)))"), p.each("c->c", dw, "bf16(f32(f16(a)))"), db


@near("16x16xf16", "16x16xbf16", "16xf32")
def bf16_and_f16_gradient(p, dy, x, w):
    dx, dw, db = backward(p, *(p.each("rc->rc", t, "f32(a)") for t in (dy, x)), w)
    return p.each("rc->rc", dx, "f16(a)"), dw, db


@near(H, "64xf16", "64xf32")
def bf16_input_with_other_parameters(p, x, w, b):
    mean, variance = moments(p, p.each("rc->rc", x, "f32(a)"), n=64)
    return p.each("rc,r,r,c,c->rc", x, mean, variance, w, b, "bf16((f32(a) - b) * rsqrt(c + 1e-5) * f32(d) + e)")


@near(H, H, H)
def bf16_sum_of_three(p, x, y, z):
    wide = p.each("rc,rc,rc->rc", x, y, z, "f32(a + b) + f32(c)")
    narrow = p.each("rc->rc", wide, "bf16(a)")
    mean, variance = moments(p, wide, n=64)
    return narrow, p.each("rc,r,r->rc", narrow, mean, variance, "bf16((f32(a) - b) * rsqrt(c + 1e-5))")


@near("16x64xf64")
def f64_normalizes_what_is_rounded(p, x):
    # All of it on the rounded input, whose mean is large.
    wide = p.each("rc->rc", x, "f64(f32(a + 100000.0))")
    mean, variance = moments(p, wide, n=64)
    return p.each("rc,r,r->rc", wide, mean, variance, "(a - b) * rsqrt(c + 1e-5)")


@near("16x64xf64")
def f64_input_is_rounded(p, x):
    large = p.each("rc->rc", x, "a + 100000.0")
    wide = p.each("rc->rc", large, "f64(f32(a))")
    mean, variance = moments(p, wide, n=64)
    return p.each("rc,r,r->rc", wide, mean, variance, "(a - b) * rsqrt(c + 1e-5)"), large


@near(S, V)
def mean_extracted(p, x, m):
    _, variance = moments(p, x)
    mean = p.each("r->r", variance, body=lambda: (extracted(p, m, 0), "f32"))
    return p.each("rc,c,r->rc", x, mean, variance, "(a - b) * rsqrt(c + 1e-5)")


@near("8x8x8xf32", "8xf32", "8xf32")
def inference_mean_extracted(p, x, v, m):
    mean = p.each("->c", body=lambda: (extracted(p, m, 0), "f32"), sizes={"c": 8})
    return p.each("ncw,w,c->ncw", x, mean, v, "(a - b) * rsqrt(c + 1e-5)")


@near(S, S, V, V)
def gradient_with_gathered_scale(p, dy, x, w, index):
    scale = p.each("->c", body=lambda: (extracted(p, w, 0), "f32"), sizes={"c": 16})
    mean, variance = moments(p, x)
    rstd = p.each("r->r", variance, "rsqrt(a + 1e-5)")
    n = p.each("rc,r,r->rc", x, mean, rstd, "(a - b) * c")
    g = p.each("rc,r->rc", dy, scale, "a * b")
    s1, s2 = p.each("rc->r", g, "a"), p.each("rc,rc->r", g, n, "a * b")
    dx = p.each("rc,rc,r,r,r->rc", g, n, s1, s2, rstd, "e * (a - c / 16.0 - b * d / 16.0)")
    return dx, p.each("rc,rc->c", dy, n, "a * b")


inference("inference_variance_negative", text="(a - b) * rsqrt(-c + 1e-5) * d + e")
inference("inference_epsilon_negative", text="(a - b) * rsqrt(c + -1e-12) * d + e")


# Sizes that are not static: other rows, and back to the sizes that the input says it has.

def back(p, value, like, groups="[[0, 1]]"):
    tail = like.shape[2:]
    flat = p.reshaped(value, groups, ["?"] + tail)
    return p.reshaped(flat, groups, ["?", "?"] + tail, (p.size(like, 0), p.size(like, 1)))


@near("?x?xf32")
def dynamic_longer_rows_and_back(p, x):
    return back(p, dynamic_rms(p, regrouped(p, x, 0.5)), x)


@near("?x?xf32")
def dynamic_shorter_rows_and_back(p, x):
    return back(p, dynamic_rms(p, regrouped(p, x, 2)), x)


@near("?x?xf32", "?x?xf32")
def dynamic_rows_as_another_has(p, x, y):
    flat = p.reshaped(x, "[[0, 1]]", ("?",))
    turned = p.reshaped(flat, "[[0, 1]]", ("?", "?"), (p.size(y, 1), p.size(y, 0)))
    return back(p, dynamic_rms(p, turned), x)


@near("?x?xf32")
def dynamic_rows_turned(p, x):
    flat = p.reshaped(x, "[[0, 1]]", ("?",))
    turned = p.reshaped(flat, "[[0, 1]]", ("?", "?"), (p.size(x, 1), p.size(x, 0)))
    return back(p, dynamic_rms(p, turned), x)


@near("?x?x16xf32")
def dynamic_pictures_turned(p, x):
    flat = p.reshaped(x, "[[0, 1], [2]]", ("?", 16))
    turned = p.reshaped(flat, "[[0, 1], [2]]", ("?", "?", 16), (p.size(x, 1), p.size(x, 0)))
    n = count_of(p, turned, 1)
    s = p.each("nrc->nc", turned, "a * a")

    def root():
        e = p.op("arith.constant 1.0e-5 : f32")
        t = p.op(f"arith.divf %in0, {n} : f32")
        return p.op(f"math.rsqrt {p.op(f'arith.addf {t}, {e} : f32')} : f32"), "f32"
    y = p.each("nrc,nc->nrc", turned, p.each("nc->nc", s, body=root), "a * b")
    return back(p, y, x, "[[0, 1], [2]]")


@near("?x?x16xf32", "?x?x16xf32")
def dynamic_rows_of_the_turned(p, x, y):
    # The rows are the same; their weights are not.
    flat = p.reshaped(y, "[[0, 1], [2]]", ("?", 16))
    turned = p.reshaped(flat, "[[0, 1], [2]]", ("?", "?", 16), (p.size(x, 0), p.size(x, 1)))
    r = root_mean_square(p, x, "nrc->nr")
    return p.each("nrc,nr,nrc->nrc", x, r, turned, "a * b + c")


@near("?x64xf32")
def dynamic_rows_of_thirty_two(p, x):
    flat = p.reshaped(x, "[[0, 1]]", ("?",))
    size = p.op("arith.constant 32 : index")
    rows = p.op(f"arith.divui {p.size(flat, 0)}, {size} : index")
    half = p.reshaped(flat, "[[0, 1]]", ("?", "?"), (rows, size))
    y = p.reshaped(dynamic_rms(p, half), "[[0, 1]]", ("?",))
    return p.reshaped(y, "[[0, 1]]", ("?", 64), (p.size(x, 0),))


@near("?x?xf32")
def dynamic_rows_of_sixty_four(p, x):
    # The rows have any length; the normalization is of 64, which divides their product.
    flat = p.reshaped(x, "[[0, 1]]", ("?",))
    size = p.op("arith.constant 64 : index")
    rows = p.op(f"arith.divui {p.size(flat, 0)}, {size} : index")
    parts = p.reshaped(flat, "[[0, 1]]", ("?", 64), (rows,))
    y = p.each("rc,r->rc", parts, root_mean_square(p, parts, n=64), "a * b")
    flat = p.reshaped(y, "[[0, 1]]", ("?",))
    return p.reshaped(flat, "[[0, 1]]", ("?", "?"), (p.size(x, 0), p.size(x, 1)))


@near("?x?xf32", "64xf32")
def dynamic_rows_with_a_weight_of_parts(p, x, w):
    flat = p.reshaped(x, "[[0, 1]]", ("?",))
    size = p.op("arith.constant 64 : index")
    rows = p.op(f"arith.divui {p.size(flat, 0)}, {size} : index")
    parts = p.reshaped(flat, "[[0, 1]]", ("?", 64), (rows,))
    y = p.each("rc,c->rc", parts, w, "a * b")
    z = p.reshaped(p.reshaped(y, "[[0, 1]]", ("?",)), "[[0, 1]]", ("?", "?"), (p.size(x, 0), p.size(x, 1)))
    return dynamic_rms(p, x, z)


@near("?x?xf32")
def dynamic_statistics_of_the_turned(p, x):
    flat = p.reshaped(x, "[[0, 1]]", ("?",))
    turned = p.reshaped(flat, "[[0, 1]]", ("?", "?"), (p.size(x, 1), p.size(x, 0)))
    return dynamic_rms(p, turned, None), turned


# The order of operations: what others use is there before they do.

@near(S, V, raised=True)
def mean_used_before_the_weight(p, x, w):
    mean, variance = moments(p, x)
    early = p.each("r->r", mean, "exp(a)")
    scale = p.each("c->c", w, "exp(a)")
    y = p.each("rc,r,r,c->rc", x, mean, variance, scale, "(a - b) * rsqrt(c + 1e-5) * d")
    return y, early


@near(S, V, V, raised=True)
def statistics_used_before_the_bias(p, x, w, b):
    mean, variance = moments(p, x)
    r = p.each("r->r", variance, "rsqrt(a + 1e-5)")
    early = p.each("r,r->r", mean, r, "a * b")
    bias = p.each("c,r->c", b, early, "a * b")
    return p.each("rc,r,r,c,c->rc", x, mean, r, w, bias, "(a - b) * c * d + e"), early


@near("8x8x8xf32", "8xf32")
def weight_of_the_mean(p, x, w):
    mean, variance = moments(p, x, "ncw->c", 64)
    scale = p.each("c,c->c", w, mean, "a + exp(b)")
    y = p.each("ncw,c,c,c->ncw", x, mean, variance, scale, "(a - b) * rsqrt(c + 1e-5) * d")
    return y, mean


@near("8x8x8xf32")
def bias_is_the_mean(p, x):
    mean, variance = moments(p, x, "ncw->c", 64)
    return p.each("ncw,c,c,c,c->ncw", x, mean, variance, variance, mean, "(a - b) * rsqrt(c + 1e-5) * d + e")


@near("8x8x8xf32", "8xf32")
def weight_of_the_root(p, x, w):
    mean, variance = moments(p, x, "ncw->c", 64)
    r = p.each("c->c", variance, "rsqrt(a + 1e-5)")
    scale = p.each("c,c->c", r, w, "a * b")
    shift = p.each("c,c->c", mean, scale, "a * b")
    return p.each("ncw,c,c->ncw", x, scale, shift, "a * b - c"), p.each("c->c", scale, "tanh(a)"), shift


@near(S, V, V, raised=True)
def two_scales_of_one(p, x, w, b):
    mean, variance = moments(p, x)
    r = p.each("r->r", variance, "rsqrt(a + 1e-5)")
    first = p.each("rc,r,r,c->rc", x, mean, r, w, "(a - b) * c * d")
    second = p.each("rc,r,r,c->rc", x, mean, r, b, "(a - b) * c * d")
    return second, first, r


@near(S, S, V, raised=True)
def gradient_before_the_normalized(p, dy, x, w):
    mean, variance = moments(p, x)
    r = p.each("r->r", variance, "rsqrt(a + 1e-5)")
    dx, dw, db = with_statistics(p, dy, x, w, mean, r)
    scale = p.each("c,c->c", w, dw, "a - 0.1 * b")
    bias = p.each("c->c", db, "-a")
    return p.each("rc,r,r,c,c->rc", x, mean, r, scale, bias, "(a - b) * c * d + e"), dx


@near(S, S, V)
def gradient_scale_used_before_dy(p, g, x, w):
    mean, variance = moments(p, x)
    r = p.each("r->r", variance, "rsqrt(a + 1e-5)")
    dw = p.each("rc,rc,r,r->c", g, x, mean, r, "a * (b - c) * d")
    early = p.each("c->c", dw, "tanh(a)")
    dx, other, db = with_statistics(p, g, x, early, mean, r)
    return dx, other, dw, db


@near("8x8x8xf32", "8xf32", "8xf32", "8xf32")
def inference_with_a_late_mean(p, x, w, mean, variance):
    r = p.each("c->c", variance, "rsqrt(a + 1e-5)")
    scale = p.each("c,c->c", r, w, "a * b")
    early = p.each("c->c", scale, "tanh(a)")
    late = p.each("c,c->c", mean, early, "a * b")
    return p.each("ncw,c,c->ncw", x, late, scale, "(a - b) * c"), early


@near(S)
def residual_of_the_normalized(p, x):
    # Of the second one, the input is the first one's result and input.
    y = p.each("rc,r->rc", x, root_mean_square(p, x), "a * b")
    z = p.each("rc,rc->rc", x, y, "a + b")
    return p.each("rc,r->rc", z, root_mean_square(p, z), "a * b"), z


@near("16x16xi32", "16xi32")
def integers(p, x, w):
    def element():
        return p.op("arith.sitofp %in0 : i32 to f32"), "f32"
    y = p.each("rc->rc", x, body=element)
    scale = p.each("c->c", w, body=element)
    return p.each("rc,r,c->rc", y, root_mean_square(p, y), scale, "a * b * c")
