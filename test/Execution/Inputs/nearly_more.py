# The rest of them: roundings, statistics that are results, gradients, sizes that are not static.

from near import Program, moments, root_mean_square
from nearly import PROGRAMS, S, V, backward, near


# Roundings to 16 bits in unusual places.

H = "16x64xbf16"


def rounded(name, mean="b", rstd="rsqrt(c + 1e-5)", of="(f32(a) - M) * R", then="bf16(Y * f32(d) + f32(e))",
            weight="bf16", raised=None):
    p = Program(name, H, f"64x{weight}", f"64x{weight}")
    x, w, b = p.arguments
    wide = p.each("rc->rc", x, "f32(a)")
    m, v = moments(p, wide, n=64)
    y = of.replace("M", f"({mean})").replace("R", f"({rstd})")
    text = then.replace("Y", f"({y})")
    inputs = [x, m, v] + ([w] if "(d)" in text or " d" in text else []) + ([b] if "(e)" in text or " e" in text else [])
    accesses = ["rc", "r", "r", "c", "c"][:len(inputs)]
    p.give(p.each(",".join(accesses) + "->rc", *inputs, text))
    p.raised = raised
    PROGRAMS.append(p)


rounded("bf16_rounded_once", raised=True)
rounded("bf16_mean_rounded", mean="f32(bf16(b))")
rounded("bf16_rstd_rounded", rstd="f32(bf16(rsqrt(c + 1e-5)))")
rounded("bf16_variance_rounded", rstd="rsqrt(f32(bf16(c)) + 1e-5)")
rounded("bf16_epsilon_in_bf16", rstd="f32(rsqrt(bf16(c) + 1e-5))")
rounded("bf16_centred_rounded", of="f32(bf16(f32(a) - M)) * R")
rounded("bf16_normalized_rounded", then="bf16(f32(bf16(Y)) * f32(d) + f32(e))")
rounded("bf16_normalized_rounded_no_bias", then="bf16(f32(bf16(Y)) * f32(d))", raised=True)
rounded("bf16_normalized_rounded_f32_weight", then="bf16(f32(bf16(Y)) * d)", weight="f32")
rounded("bf16_scaled_rounded", then="bf16(f32(bf16(Y * f32(d))) + f32(e))")
rounded("bf16_rounded_everywhere", then="bf16(f32(bf16(f32(bf16(Y)) * f32(d))) + f32(e))")
rounded("bf16_in_its_own_arithmetic", then="bf16(Y) * d + e")
rounded("bf16_one_product_in_bf16", then="bf16(Y) * d")
rounded("bf16_normalized_rounded_to_f16", then="bf16(f32(f16(Y)) * f32(d))")
rounded("bf16_rounded_to_f16_first", then="bf16(f32(f16(Y * f32(d) + f32(e))))")
rounded("bf16_result_is_f16", then="f16(Y * f32(d) + f32(e))")
rounded("bf16_result_is_f32", then="Y * f32(d) + f32(e)")
rounded("bf16_result_widened_again", then="f32(bf16(Y * f32(d) + f32(e)))")
rounded("bf16_rounded_twice_alike", then="bf16(f32(bf16(f32(bf16(Y)) * f32(d))))")
rounded("bf16_rounded_toward_zero", then="toward_zero(Y * f32(d) + f32(e))")
rounded("bf16_normalized_toward_zero", then="bf16(f32(toward_zero(Y)) * f32(d))")
rounded("bf16_weight_plus_one_rounded", then="bf16(Y * f32(1.0 + d))")
rounded("bf16_bias_rounded_with_normalized", then="bf16(f32(bf16(Y + f32(e))) * f32(d))")


@near(H, "64xbf16")
def bf16_squares_rounded(p, x, w):
    r = p.each("r->r", p.each("rc->r", p.each("rc->rc", x, "a * a"), "f32(a)"), "rsqrt(a / 64.0 + 1e-5)")
    return p.each("rc,r,c->rc", x, r, w, "bf16(f32(a) * b * f32(c))")


@near(H)
def bf16_sum_in_bf16(p, x):
    s = p.each("rc->r", x, "a * a")
    r = p.each("r->r", s, "rsqrt(f32(a) / 64.0 + 1e-5)")
    return p.each("rc,r->rc", x, r, "bf16(f32(a) * b)")


@near(H)
def bf16_statistics_of_widened_result(p, x):
    wide = p.each("rc->rc", x, "f32(a) * 1.1")
    narrow = p.each("rc->rc", wide, "bf16(a)")
    r = root_mean_square(p, wide, n=64)
    return p.each("rc,r->rc", narrow, r, "bf16(f32(a) * b)")


@near("16x64xf32")
def statistics_of_the_rounded(p, x):
    narrow = p.each("rc->rc", x, "f32(bf16(a))")
    return p.each("rc,r->rc", x, root_mean_square(p, narrow, n=64), "a * b")


@near("16x64xf32")
def f32_mean_returned_as_bf16(p, x):
    mean, variance = moments(p, x, n=64)
    y = p.each("rc,r,r->rc", x, mean, variance, "(a - b) * rsqrt(c + 1e-5)")
    return y, p.each("r->r", mean, "bf16(a)"), p.each("r->r", variance, "f16(rsqrt(a + 1e-5))")


@near("16x64xf32")
def f32_rounded_mean_is_used(p, x):
    mean, variance = moments(p, x, n=64)
    mean = p.each("r->r", mean, "f32(bf16(a))")
    return p.each("rc,r,r->rc", x, mean, variance, "(a - b) * rsqrt(c + 1e-5)"), mean


# Types wider than the input's.

@near("16x64xf32", "64xf32")
def computed_and_returned_in_f64(p, x, w):
    wide = p.each("rc->rc", x, "f64(a)")
    mean, variance = moments(p, wide, n=64)
    return p.each("rc,r,r,c->rc", wide, mean, variance, w, "(a - b) * rsqrt(c + 1e-5) * f64(d)")


@near("16x64xf32")
def f64_statistics_returned(p, x):
    wide = p.each("rc->rc", x, "f64(a)")
    mean, variance = moments(p, wide, n=64)
    y = p.each("rc,r,r->rc", wide, mean, variance, "f32((a - b) * rsqrt(c + 1e-5))")
    return y, mean, p.each("r->r", variance, "rsqrt(a + 1e-5)")


@near("16x64xf32", "64xf64")
def f64_weight(p, x, w):
    r = root_mean_square(p, x, n=64)
    return p.each("rc,r,c->rc", x, r, w, "f32(f64(a * b) * c)")


@near("16x64xf64", "64xf32")
def f64_rounded_to_f32_inside(p, x, w):
    r = root_mean_square(p, p.each("rc->rc", x, "f32(a)"), n=64)
    return p.each("rc,r,c->rc", x, r, w, "a * f64(b) * f64(c)")


@near("16x64xf64")
def f64_statistics_in_f32(p, x):
    r = p.each("r->r", p.each("rc->r", x, "a * a"), "f64(rsqrt(f32(a / 64.0) + 1e-5))")
    return p.each("rc,r->rc", x, r, "a * b")


@near("16x7xf64")
def f64_count_rounded_to_f32(p, x):
    r = p.each("r->r", p.each("rc->r", x, "a * a"), "rsqrt(a * 0.142857149243354797 + 1e-5)")
    return p.each("rc,r->rc", x, r, "a * b")


@near("16x64xf64", "64xf64")
def f64_terms_that_nearly_cancel(p, x, b):
    r = p.each("r->r", p.each("rc->r", x, "a * a"), "rsqrt(a / 64.0 + 1e-5)")
    return p.each("rc,r,c->rc", x, r, b, "a * b + (c * 1.0000005 - c) * 1000000.0")


@near("16x64xf64", "64xf64", "64xf64")
def f64_inference_of_f32(p, x, mean, variance):
    return p.each("nc,c,c->nc", x, mean, variance, "(a - b) * f64(rsqrt(f32(c * c) + 1e-5))")


# Statistics that are results.

@near("4x16x16xf32")
def statistics_in_other_shapes(p, x):
    mean, variance = moments(p, x, "nrc->nr")
    y = p.each("nrc,nr,nr->nrc", x, mean, variance, "(a - b) * rsqrt(c + 1e-5)")
    r = p.each("nr->nr", variance, "rsqrt(a + 1e-5)")
    return (p.reshaped(r, "[[0, 1]]", (64,)), p.transposed(mean, (1, 0)), y,
            p.reshaped(variance, "[[0], [1, 2]]", (4, 16, 1)))


@near("4x16x16xf32")
def statistics_before_epsilon_is_added_twice(p, x):
    mean, variance = moments(p, x, "nrc->nr")
    v = p.each("nr->nr", variance, "a + 1e-5")
    y = p.each("nrc,nr,nr->nrc", x, mean, v, "(a - b) * rsqrt(c)")
    return v, y, p.each("nr->nr", v, "rsqrt(a + 1e-5)")


@near("4x16x16xf32")
def means_over_other_dimensions(p, x):
    mean, variance = moments(p, x, "nrc->nr")
    y = p.each("nrc,nr,nr->nrc", x, mean, variance, "(a - b) * rsqrt(c + 1e-5)")
    other, _ = moments(p, x, "nrc->nc")
    whole, _ = moments(p, x, "nrc->n", 256)
    return y, other, whole


@near("4x16x16xf32")
def sums_are_returned(p, x):
    s = p.each("nrc->nr", x, "a * a")
    r = p.each("nr->nr", s, "rsqrt(a / 16.0 + 1e-5)")
    return s, p.each("nrc,nr->nrc", x, r, "a * b"), p.each("nr->nr", s, "a / 16.0")


@near("4x16x16xf32")
def unbiased_variance_returned(p, x):
    mean, variance = moments(p, x, "nrc->nr")
    y = p.each("nrc,nr,nr->nrc", x, mean, variance, "(a - b) * rsqrt(c + 1e-5)")
    return p.each("nr->nr", variance, "a * 16.0 / 15.0"), p.each("nr->nr", variance, "sqrt(a)"), y


# Gradients.

def gradient(name, *types, raised=None, **how):
    p = Program(name, *(types or (S, S, V)))
    p.give(*backward(p, *p.arguments, **how))
    p.raised = raised
    PROGRAMS.append(p)


gradient("gradient_with_another_sign", sign="+")
gradient("gradient_with_another_count", count=15)
gradient("gradient_with_both_counts", count=15, n=15)
gradient("gradient_with_half_a_sum", n=32)


def gradient_by(name, dx="e * (a - c / 16.0 - b * d / 16.0)", weighted="rc,c->rc", sums=("rc->r", "rc,rc->r"),
                means="r", dw="rc,rc->c", db="rc->c", normalized="(a - b) * c", scale="a * b", types=(S, S, V), end="a"):
    p = Program(name, *types)
    dy, x, w = p.arguments
    mean, variance = moments(p, x)
    rstd = p.each("r->r", variance, "rsqrt(a + 1e-5)")
    n = p.each("rc,r,r->rc", x, mean, rstd, normalized)
    g = p.each(weighted, dy, w, scale)
    s1, s2 = p.each(sums[0], g, "a"), p.each(sums[1], g, n, "a * b")
    result = p.each(f"rc,rc,{means},{means},r->rc", g, n, s1, s2, rstd, dx)
    p.give(result, p.each(dw, dy, n, "a * b"), p.each("c->c", p.each(db, dy, "a"), end))
    p.raised = None
    PROGRAMS.append(p)


gradient_by("gradient_without_the_mean", dx="e * (a - b * d / 16.0) + 0.0 * c")
gradient_by("gradient_without_the_projection", dx="e * (a - c / 16.0) + 0.0 * b * d")
gradient_by("gradient_without_normalized", dx="e * (a - c / 16.0 - d / 16.0) + 0.0 * b")
gradient_by("gradient_of_columns", sums=("cr->r", "cr,cr->r"))
gradient_by("gradient_of_dy_transposed", weighted="cr,c->rc")
gradient_by("gradient_weight_of_rows", weighted="rc,r->rc")
gradient_by("gradient_weight_squared", scale="a * b * b")
gradient_by("gradient_sums_of_columns", means="c")
gradient_by("gradient_scale_of_rows", dw="cr,cr->c")
gradient_by("gradient_scale_of_dy_transposed", dw="cr,rc->c")
gradient_by("gradient_bias_of_rows", db="cr->c")
gradient_by("gradient_bias_halved", end="a * 0.5")
gradient_by("gradient_bias_rounded", end="f32(bf16(a))")
gradient_by("gradient_bias_in_bf16", end="bf16(a)")
gradient_by("gradient_rstd_squared", dx="e * e * (a - c / 16.0 - b * d / 16.0)")
gradient_by("gradient_normalized_without_rstd", normalized="(a - b) + 0.0 * c")


def rms_backward(p, dy, x, w, n=16, body="d * (a - b * d * d * c / 16.0)", over="rc", end="a"):
    s = p.each("rc->r", x, "a * a")
    rstd = p.each("r->r", s, f"rsqrt(a / {n}.0 + 1e-5)")
    g = p.each("rc,c->rc", dy, w, "a * b")
    dot = p.each("rc,rc->r", g, x, "a * b")
    dx = p.each("rc,rc,r,r->rc", g, x, dot, rstd, body)
    dw = p.each("rc,rc,r->c", dy, x, rstd, "a * b * c")
    return dx, p.each("c->c", dw, end)


@near(S, S, V, raised=True)
def plain_rms_backward(p, dy, x, w):
    return rms_backward(p, dy, x, w)


@near(S, S, V)
def rms_gradient_with_one_root_less(p, dy, x, w):
    return rms_backward(p, dy, x, w, body="d * (a - b * d * c / 16.0)")


@near(S, S, V)
def rms_gradient_of_dy_alone(p, dy, x, w):
    return rms_backward(p, dy, x, w, body="d * a - d * d * d * c / 16.0 + 0.0 * b")


@near(S, S, V)
def rms_gradient_with_added_projection(p, dy, x, w):
    return rms_backward(p, dy, x, w, body="d * (a + b * d * d * c / 16.0)")


@near(S, S, V)
def rms_gradient_scale_rounded(p, dy, x, w):
    return rms_backward(p, dy, x, w, end="f32(bf16(a))")


@near(S, S, V)
def rms_gradient_rounded(p, dy, x, w):
    return rms_backward(p, dy, x, w, body="f32(bf16(d * (a - b * d * d * c / 16.0)))")


@near("4x16x16xf32", "4x16x16xf32", "16xf32")
def gradient_scale_over_one_batch_dimension(p, dy, x, w):
    mean, variance = moments(p, x, "nrc->nr")
    rstd = p.each("nr->nr", variance, "rsqrt(a + 1e-5)")
    n = p.each("nrc,nr,nr->nrc", x, mean, rstd, "(a - b) * c")
    g = p.each("nrc,c->nrc", dy, w, "a * b")
    s1, s2 = p.each("nrc->nr", g, "a"), p.each("nrc,nrc->nr", g, n, "a * b")
    dx = p.each("nrc,nrc,nr,nr,nr->nrc", g, n, s1, s2, rstd, "e * (a - c / 16.0 - b * d / 16.0)")
    return dx, p.each("nrc,nrc->nc", dy, n, "a * b"), p.each("nrc->rc", dy, "a")


@near(S, S, V, V, V)
def gradient_with_given_statistics_of_columns(p, dy, x, w, mean, rstd):
    n = p.each("rc,c,c->rc", x, mean, rstd, "(a - b) * c")
    g = p.each("rc,c->rc", dy, w, "a * b")
    s1, s2 = p.each("rc->r", g, "a"), p.each("rc,rc->r", g, n, "a * b")
    return p.each("rc,rc,r,r,c->rc", g, n, s1, s2, rstd, "e * (a - c / 16.0 - b * d / 16.0)")


@near(S, S, V, V, V, V)
def gradient_with_epsilon_of_rows(p, dy, x, w, mean, variance, eps):
    rstd = p.each("r,r->r", variance, eps, "rsqrt(a * a + b * b)")
    n = p.each("rc,r,r->rc", x, mean, rstd, "(a - b) * c")
    g = p.each("rc,c->rc", dy, w, "a * b")
    s1, s2 = p.each("rc->r", g, "a"), p.each("rc,rc->r", g, n, "a * b")
    return p.each("rc,rc,r,r,r->rc", g, n, s1, s2, rstd, "e * (a - c / 16.0 - b * d / 16.0)")


@near(S, S, V, V, V, V)
def gradient_with_variance_plus_a_vector(p, dy, x, w, mean, variance, eps):
    rstd = p.each("r,r->r", variance, eps, "rsqrt(a + b)")
    n = p.each("rc,r,r->rc", x, mean, rstd, "(a - b) * c")
    g = p.each("rc,c->rc", dy, w, "a * b")
    s1, s2 = p.each("rc->r", g, "a"), p.each("rc,rc->r", g, n, "a * b")
    return p.each("rc,rc,r,r,r->rc", g, n, s1, s2, rstd, "e * (a - c / 16.0 - b * d / 16.0)")


@near(S, S, V, V, V)
def gradient_with_negative_epsilon(p, dy, x, w, mean, variance):
    rstd = p.each("r->r", variance, "rsqrt(a + -1e-12)")
    n = p.each("rc,r,r->rc", x, mean, rstd, "(a - b) * c")
    g = p.each("rc,c->rc", dy, w, "a * b")
    s1, s2 = p.each("rc->r", g, "a"), p.each("rc,rc->r", g, n, "a * b")
    return p.each("rc,rc,r,r,r->rc", g, n, s1, s2, rstd, "e * (a - c / 16.0 - b * d / 16.0)")


@near("16x16xf64", "16x16xf32", "16xf32")
def gradient_of_f64_for_f32(p, dy, x, w):
    wide, scale = p.each("rc->rc", x, "f64(a)"), p.each("c->c", w, "f64(a)")
    return backward(p, dy, wide, scale)


@near("16x16xbf16", "16x16xf32", "16xf32")
def gradient_of_bf16_for_f32_rounded(p, dy, x, w):
    dx, dw, db = backward(p, p.each("rc->rc", dy, "f32(a)"), x, w)
    return p.each("rc->rc", dx, "f32(bf16(a))"), p.each("c->c", dw, "f32(bf16(a))"), db


@near("8x8x8xf32", "8x8x8xf32", "8xf32", "8xf32", "8xf32")
def inference_gradient_of_samples(p, dy, x, w, mean, variance):
    rstd = p.each("c->c", variance, "rsqrt(a + 1e-5)")
    dx = p.each("ncw,n,c->ncw", dy, rstd, w, "a * b * c")
    dw = p.each("ncw,ncw,c,c->c", dy, x, mean, rstd, "a * (b - c) * d")
    return dx, dw, p.each("ncw->c", dy, "a")


@near("8x8x8xf32", "8x8x8xf32", "8xf32", "8xf32", "8xf32")
def inference_gradient_rounded(p, dy, x, w, mean, variance):
    rstd = p.each("c->c", variance, "rsqrt(a + 1e-5)")
    dx = p.each("ncw,c,c->ncw", dy, rstd, w, "f32(bf16(a * b * c))")
    dw = p.each("ncw,ncw,c,c->c", dy, x, mean, rstd, "a * (b - c) * d")
    return dx, dw, p.each("ncw->c", dy, "a")


# Batch normalization with given statistics.

def inference(name, accesses="ncw,c,c,c,c->ncw", text="(a - b) * rsqrt(c + 1e-5) * d + e", raised=None, kind="f32"):
    p = Program(name, f"8x8x8x{kind}", f"8x{kind}", f"8x{kind}", f"8x{kind}", f"8x{kind}")
    p.give(p.each(accesses, *p.arguments, text))
    p.raised = raised
    PROGRAMS.append(p)


inference("inference_plain", raised=True)
inference("inference_mean_of_samples", "ncw,n,c,c,c->ncw")
inference("inference_variance_of_width", "ncw,c,w,c,c->ncw")
inference("inference_weight_of_samples", "ncw,c,c,n,c->ncw")
inference("inference_bias_of_width", "ncw,c,c,c,w->ncw")
inference("inference_of_samples", "ncw,n,n,n,n->ncw")
inference("inference_of_width", "ncw,w,w,w,w->ncw")
inference("inference_transposed", "nwc,c,c,c,c->ncw")
inference("inference_variance_doubled", text="(a - b) * rsqrt(c + c + 1e-5) * d + e")
inference("inference_mean_negative", text="(a + b) * rsqrt(c + 1e-5) * d + e")
inference("inference_mean_is_the_weight", text="(a - d) * rsqrt(c + 1e-5) * d + e + 0.0 * b")
inference("inference_mean_is_the_variance", text="(a - c) * rsqrt(c + 1e-5) * d + e + 0.0 * b")
inference("inference_bias_inside", text="(a - b + e) * rsqrt(c + 1e-5) * d")
inference("inference_root_in_bias", text="(a - b) * rsqrt(c + 1e-5) * d + e * rsqrt(c + 1e-5)")
inference("inference_rounded_inside", text="f32(bf16((a - b) * rsqrt(c + 1e-5))) * d + e")
inference("inference_rounded_widened", text="f32(bf16((a - b) * rsqrt(c + 1e-5) * d + e))")
inference("inference_root_rounded", text="(a - b) * f32(bf16(rsqrt(c + 1e-5))) * d + e")
inference("inference_f64_inside", text="f32((f64(a) - f64(b)) * rsqrt(f64(c) + 1e-5) * f64(d) + f64(e))")
inference("inference_f64_result", text="(f64(a) - f64(b)) * rsqrt(f64(c) + 1e-5) * f64(d) + f64(e)")
inference("inference_bf16", text="bf16((f32(a) - f32(b)) * rsqrt(f32(c) + 1e-5) * f32(d) + f32(e))", kind="bf16",
          raised=True)
inference("inference_bf16_rounded_inside", kind="bf16",
          text="bf16(f32(bf16((f32(a) - f32(b)) * rsqrt(f32(c) + 1e-5))) * f32(d) + f32(e))")
inference("inference_bf16_alone", text="(a - b) * rsqrt(c + 1e-5) * d + e", kind="bf16")


# Sizes that are not static, and those of one element or none.

D = "?x?xf32"


def regrouped(p, x, factor, groups="[[0, 1]]"):
    """Rows that are shorter or longer by a factor, as no type says."""
    flat = p.reshaped(x, groups, ("?",))
    n, rows = p.size(flat, 0), p.size(x, 0)
    two = p.op("arith.constant 2 : index")
    sizes = p.op(f"arith.muli {rows}, {two} : index") if factor == 2 else p.op(f"arith.floordivsi {rows}, {two} : index")
    return p.reshaped(flat, groups, ("?", "?"), (sizes, p.op(f"arith.divsi {n}, {sizes} : index")))


def count_of(p, value, dim):
    n = p.op(f"arith.index_cast {p.size(value, dim)} : index to i64")
    return p.op(f"arith.sitofp {n} : i64 to f32")


def dynamic_rms(p, x, y=None, dim=1, over="rc->r", to="rc,r->rc"):
    n = count_of(p, x, dim)
    kept = over.split("->")[1]
    s = p.each(over, x, "a * a")
    one = s

    def root():
        t = p.op(f"arith.divf %in0, {n} : f32")
        e = p.op("arith.constant 1.0e-5 : f32")
        t = p.op(f"arith.addf {t}, {e} : f32")
        return p.op(f"math.rsqrt {t} : f32"), "f32"
    r = p.each(f"{kept}->{kept}", one, body=root)
    return p.each(to, x if y is None else y, r, "a * b")


@near(D, raised=True)
def dynamic_plain(p, x):
    return dynamic_rms(p, x)


@near(D)
def dynamic_count_of_rows(p, x):
    return dynamic_rms(p, x, dim=0)


@near(D)
def dynamic_rows_of_half(p, x):
    y = dynamic_rms(p, regrouped(p, x, 2))
    return regrouped(p, y, 0.5)


@near(D)
def dynamic_rows_of_two(p, x):
    y = dynamic_rms(p, regrouped(p, x, 0.5))
    return regrouped(p, y, 2)


@near(D)
def dynamic_result_of_another_shape(p, x):
    return regrouped(p, dynamic_rms(p, x), 2)


@near("?x?x8xf32")
def dynamic_pictures_regrouped(p, x):
    def again(value, factor):
        flat = p.reshaped(value, "[[0, 1], [2]]", ("?", 8))
        two = p.op("arith.constant 2 : index")
        rows = p.op(f"arith.{'muli' if factor == 2 else 'divsi'} {p.size(value, 0)}, {two} : index")
        columns = p.op(f"arith.divsi {p.size(flat, 0)}, {rows} : index")
        return p.reshaped(flat, "[[0, 1], [2]]", ("?", "?", 8), (rows, columns))
    half = again(x, 2)
    n = count_of(p, half, 1)
    s = p.each("nrc->n", half, "a * a")

    def root():
        eight, e = p.op("arith.constant 8.0 : f32"), p.op("arith.constant 1.0e-5 : f32")
        count = p.op(f"arith.mulf {n}, {eight} : f32")
        t = p.op(f"arith.divf %in0, {count} : f32")
        return p.op(f"math.rsqrt {p.op(f'arith.addf {t}, {e} : f32')} : f32"), "f32"
    r = p.each("n->n", s, body=root)
    return again(p.each("nrc,n->nrc", half, r, "a * b"), 0.5)


@near("?x16xf32")
def dynamic_rows_become_columns(p, x):
    flat = p.reshaped(x, "[[0, 1]]", ("?",))
    size = p.op("arith.constant 8 : index")
    rows = p.op(f"arith.divsi {p.size(flat, 0)}, {size} : index")
    half = p.reshaped(flat, "[[0, 1]]", ("?", "?"), (rows, size))
    y = p.reshaped(dynamic_rms(p, half), "[[0, 1]]", ("?",))
    return p.reshaped(y, "[[0, 1]]", ("?", 16), (p.size(x, 0),))


@near("1x16xf32", raised=True)
def one_row(p, x):
    return p.each("rc,r->rc", x, root_mean_square(p, x), "a * b")


@near("16x1xf32")
def rows_of_one(p, x):
    return p.each("rc,r->rc", x, root_mean_square(p, x, n=1), "a * b")


@near("16x1xf32")
def layer_of_one(p, x):
    mean, variance = moments(p, x, n=1)
    return p.each("rc,r,r->rc", x, mean, variance, "(a - b) * rsqrt(c + 1e-5)")


@near("1x1xf32")
def one_element(p, x):
    return p.each("rc,r->rc", x, root_mean_square(p, x, n=1), "a * b")


@near("0x16xf32")
def no_rows(p, x):
    return p.each("rc,r->rc", x, root_mean_square(p, x), "a * b")


@near("16x0xf32", "0xf32")
def rows_of_none(p, x, w):
    mean, variance = moments(p, x, n=1)
    y = p.each("rc,r,r,c->rc", x, mean, variance, w, "(a - b) * rsqrt(c + 1e-5) * d")
    return y, p.each("r->r", variance, "rsqrt(a + 1e-5)")


@near("1x16x1xf32", "16xf32")
def batch_norm_with_units(p, x, w):
    mean, variance = moments(p, x, "ncw->c", 1)
    return p.each("ncw,c,c,c->ncw", x, mean, variance, w, "(a - b) * rsqrt(c + 1e-5) * d")


@near("16x1x16xf32", "1xf32")
def batch_norm_of_one_channel(p, x, w):
    mean, variance = moments(p, x, "ncw->c", 256)
    return p.each("ncw,c,c,c->ncw", x, mean, variance, w, "(a - b) * rsqrt(c + 1e-5) * d")


@near("1x16x16xf32", "16xf32")
def layer_norm_of_one_sample(p, x, w):
    mean, variance = moments(p, x, "nrc->n", 256)
    return p.each("nrc,n,n,r->nrc", x, mean, variance, w, "(a - b) * rsqrt(c + 1e-5) * d")


# Numbers that a body reads or makes in another way than of its inputs' elements.

def extracted(p, tensor, *loops):
    """Inside of a body: an element of a tensor at loops' indices."""
    indices = [p.op(f"linalg.index {loop} : index") for loop in loops]
    return p.op(f"tensor.extract {tensor.name}[{', '.join(indices)}] : {tensor.type}")


@near(S, V)
def epsilon_extracted_by_row(p, x, e):
    s = p.each("rc->r", x, "a * a")

    def root():
        n = p.op("arith.constant 16.0 : f32")
        square = extracted(p, e, 0)
        total = p.op(f"arith.addf {p.op(f'arith.divf %in0, {n} : f32')}, {square} : f32")
        return p.op(f"math.rsqrt {total} : f32"), "f32"
    return p.each("rc,r->rc", x, p.each("r->r", s, body=root), "a * b")


@near(S, V)
def gathered_weight_of_rows(p, x, w):
    gathered = p.each("->c", body=lambda: (extracted(p, w, 0), "f32"), sizes={"c": 16})
    return p.each("rc,r,r->rc", x, root_mean_square(p, x), gathered, "a * b * c")


@near(S, V)
def gathered_weight(p, x, w):
    gathered = p.each("->c", body=lambda: (extracted(p, w, 0), "f32"), sizes={"c": 16})
    return p.each("rc,r,c->rc", x, root_mean_square(p, x), gathered, "a * b * c")


@near(S, V, V)
def gathered_weights_exchanged(p, x, w, b):
    gathered = p.each("->c", body=lambda: (extracted(p, w, 0), "f32"), sizes={"c": 16})
    mean, variance = moments(p, x)
    return p.each("rc,r,r,c,r->rc", x, mean, variance, gathered, gathered,
                  "(a - b) * rsqrt(c + 1e-5) * d + e")


@near(S, S)
def sum_of_extracted(p, x, y):
    def term():
        value = extracted(p, y, 1, 0)
        return p.op(f"arith.addf %out, {p.op(f'arith.mulf {value}, %in0 : f32')} : f32"), "f32"
    s = p.each("rc->r", x, body=term)
    t = p.each("rc->r", x, "a * a")
    r = p.each("r->r", t, "rsqrt(a / 16.0 + 1e-5)")
    return p.each("rc,r->rc", x, r, "a * b"), s


@near(S, S)
def gradient_of_extracted(p, dy, x):
    mean, variance = moments(p, x)
    rstd = p.each("r->r", variance, "rsqrt(a + 1e-5)")
    n = p.each("rc,r,r->rc", x, mean, rstd, "(a - b) * c")

    def term():
        return p.op(f"arith.addf %out, {extracted(p, dy, 0, 1)} : f32"), "f32"
    return n, p.each("rc->r", x, body=term)


@near(S)
def conditional_element(p, x):
    def element():
        zero, one = p.op("arith.constant 0.0 : f32"), p.op("arith.constant 1.0e-5 : f32")
        positive = p.op(f"arith.cmpf ogt, %in0, {zero} : f32")
        name = p.op(f"scf.if {positive} -> f32 {{")
        p.line(f"scf.yield {one} : f32")
        p.line("} else {")
        p.line(f"scf.yield {zero} : f32")
        p.line("}")
        return name, "f32"
    e = p.each("r->r", p.each("rc->r", x, "a"), body=element)
    s = p.each("rc->r", x, "a * a")
    return p.each("rc,r,r->rc", x, s, e, "a * rsqrt(b / 16.0 + c)")


@near("16x64xf32")
def count_of_a_sign(p, x):
    def scaled():
        one, two = p.op("arith.constant 1 : i64"), p.op("arith.constant 2 : i64")
        less = p.op(f"arith.cmpi slt, {one}, {two} : i64")
        sign = p.op(f"arith.sitofp {less} : i1 to f32")
        return p.op(f"arith.mulf {p.op(f'arith.mulf %in0, %in1 : f32')}, {sign} : f32"), "f32"
    return p.each("rc,r->rc", x, root_mean_square(p, x, n=64), body=scaled)


@near("16x320xf32")
def count_that_overflows(p, x):
    def root():
        n, m = p.op("arith.constant 20 : i8"), p.op("arith.constant 16 : i8")
        count = p.op(f"arith.uitofp {p.op(f'arith.muli {n}, {m} : i8')} : i8 to f32")
        e = p.op("arith.constant 1.0e-5 : f32")
        t = p.op(f"arith.addf {p.op(f'arith.divf %in0, {count} : f32')}, {e} : f32")
        return p.op(f"math.rsqrt {t} : f32"), "f32"
    s = p.each("rc->r", x, "a * a")
    return p.each("rc,r->rc", x, p.each("r->r", s, body=root), "a * b")
