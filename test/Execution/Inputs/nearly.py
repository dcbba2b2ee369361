# Programs that a search by algebra could take for what they are not. Sizes are equal on purpose.

from near import Program, moments, root_mean_square

PROGRAMS = []


def near(*types, raised=None):
    """`raised`: whether a normalization must be found, so that the test is of something."""
    def add(function):
        p = Program(function.__name__, *types)
        result = function(p, *p.arguments)
        p.give(*(result if isinstance(result, tuple) else (result,)))
        p.raised = raised
        PROGRAMS.append(p)
        return function
    return add


S, V = "16x16xf32", "16xf32"


# What they are near to.

@near(S, V, V, raised=True)
def plain_layer(p, x, w, b):
    mean, variance = moments(p, x)
    return p.each("rc,r,r,c,c->rc", x, mean, variance, w, b, "(a - b) * rsqrt(c + 1e-5) * d + e")


@near(S, V, raised=True)
def plain_rms(p, x, w):
    return p.each("rc,r,c->rc", x, root_mean_square(p, x), w, "a * b * c")


def backward(p, dy, x, w, n=16, first="c", second="d", third="e", sign="-", count=16):
    """The gradients of layer norm, with the statistics computed again."""
    mean, variance = moments(p, x)
    rstd = p.each("r->r", variance, "rsqrt(a + 1e-5)")
    normalized = p.each("rc,r,r->rc", x, mean, rstd, "(a - b) * c")
    weighted = p.each("rc,c->rc", dy, w, "a * b")
    s1 = p.each("rc->r", weighted, "a")
    s2 = p.each("rc,rc->r", weighted, normalized, "a * b")
    dx = p.each("rc,rc,r,r,r->rc", weighted, normalized, s1, s2, rstd,
                f"e * (a - c / {count}.0 {sign} b * d / {n}.0)")
    return dx, p.each("rc,rc->c", dy, normalized, "a * b"), p.each("rc->c", dy, "a")


@near(S, S, V, raised=True)
def plain_backward(p, dy, x, w):
    return backward(p, dy, x, w)


# Squares: dimensions that only their order tells apart.

@near(S)
def rms_of_columns_on_rows(p, x):
    return p.each("rc,r->rc", x, root_mean_square(p, x, "cr->r"), "a * b")


@near(S)
def rms_of_transposed(p, x):
    return p.each("rc,r->rc", p.transposed(x, (1, 0)), root_mean_square(p, x), "a * b")


@near(S)
def rms_transposed_twice(p, x):
    y = p.each("rc,r->rc", p.transposed(x, (1, 0)), root_mean_square(p, x, "cr->r"), "a * b")
    return p.transposed(y, (1, 0))


@near(S)
def rms_symmetric_square(p, x):
    s = p.each("rc,cr->r", x, x, "a * b")
    r = p.each("r->r", s, "rsqrt(absf(a) / 16.0 + 1e-5)")
    return p.each("rc,r->rc", x, r, "a * b")


@near(S, S)
def mean_of_other(p, x, y):
    mean, _ = moments(p, x)
    _, variance = moments(p, y)
    return p.each("rc,r,r->rc", x, mean, variance, "(a - b) * rsqrt(c + 1e-5)")


@near(S, S)
def variance_around_other_mean(p, x, y):
    mean, _ = moments(p, y)
    v = p.each("r->r", p.each("rc,r->r", x, mean, "(a - b) * (a - b)"), "a / 16.0")
    return p.each("rc,r,r->rc", x, mean, v, "(a - b) * rsqrt(c + 1e-5)")


@near(S)
def mean_of_columns(p, x):
    mean, _ = moments(p, x, "cr->r")
    _, variance = moments(p, x)
    return p.each("rc,r,r->rc", x, mean, variance, "(a - b) * rsqrt(c + 1e-5)")


@near(S, V, V)
def weight_of_rows(p, x, w, b):
    mean, variance = moments(p, x)
    return p.each("rc,r,r,r,c->rc", x, mean, variance, w, b, "(a - b) * rsqrt(c + 1e-5) * d + e")


@near(S, V, V)
def bias_of_rows(p, x, w, b):
    mean, variance = moments(p, x)
    return p.each("rc,r,r,c,r->rc", x, mean, variance, w, b, "(a - b) * rsqrt(c + 1e-5) * d + e")


@near("8x8x8xf32", "8xf32")
def weight_of_the_middle(p, x, w):
    return p.each("nrc,nr,r->nrc", x, root_mean_square(p, x, "nrc->nr", 8), w, "a * b * c")


@near("8x8x8xf32")
def rms_of_the_middle(p, x):
    return p.each("nrc,nc->nrc", x, root_mean_square(p, x, "nrc->nc", 8), "a * b")


@near("8x8x8xf32")
def statistics_with_swapped_rows(p, x):
    return p.each("nrc,rn->nrc", x, root_mean_square(p, x, "nrc->nr", 8), "a * b")


@near("8x8x8xf32")
def statistics_returned_transposed(p, x):
    r = root_mean_square(p, x, "nrc->nr", 8)
    return p.each("nrc,nr->nrc", x, r, "a * b"), p.transposed(r, (1, 0))


@near("8x8x8xf32", "8xf32", "8xf32")
def batch_norm_of_samples(p, x, w, b):
    mean, variance = moments(p, x, "ncw->n", 64)
    return p.each("ncw,n,n,n,n->ncw", x, mean, variance, w, b, "(a - b) * rsqrt(c + 1e-5) * d + e")


@near("8x8x8xf32", "8xf32", "8xf32")
def batch_norm_weight_of_samples(p, x, w, b):
    mean, variance = moments(p, x, "ncw->c", 64)
    return p.each("ncw,c,c,n,w->ncw", x, mean, variance, w, b, "(a - b) * rsqrt(c + 1e-5) * d + e")


@near("8x8x8xf32")
def mean_over_batch_variance_over_row(p, x):
    mean, _ = moments(p, x, "nrc->rc", 8)
    _, variance = moments(p, x, "nrc->nr", 8)
    return p.each("nrc,rc,nr->nrc", x, mean, variance, "(a - b) * rsqrt(c + 1e-5)")


@near("8x8x8x8xf32", "8xf32")
def instance_norm_weight_of_height(p, x, w):
    mean, variance = moments(p, x, "nchw->nc", 64)
    return p.each("nchw,nc,nc,h->nchw", x, mean, variance, w, "(a - b) * rsqrt(c + 1e-5) * d")


@near("8x8x8x8xf32")
def statistics_over_channel_and_width(p, x):
    mean, variance = moments(p, x, "nchw->nh", 64)
    return p.each("nchw,nh,nh->nchw", x, mean, variance, "(a - b) * rsqrt(c + 1e-5)")


@near("8x8x8x8xf32")
def statistics_used_elsewhere(p, x):
    mean, variance = moments(p, x, "nchw->nc", 64)
    return p.each("nchw,cn,cn->nchw", x, mean, variance, "(a - b) * rsqrt(c + 1e-5)")


# Diagonals, rows and parts that are chosen by an index.

@near(S)
def rms_of_diagonal(p, x):
    s = p.each("rr->", x, "a * a")
    r = p.each("->", s, "rsqrt(a / 16.0 + 1e-5)")
    return p.each("rc,->rc", x, r, "a * b")


@near("8x8x8xf32")
def layer_of_diagonals(p, x):
    mean, variance = moments(p, x, "nrr->n", 8)
    return p.each("nrc,n,n->nrc", x, mean, variance, "(a - b) * rsqrt(c + 1e-5)")


@near("8x8x8xf32")
def rms_of_diagonals(p, x):
    return p.each("nrc,n->nrc", x, root_mean_square(p, x, "nrr->n", 8), "a * b")


@near("64xf32")
def rms_of_reshaped_diagonal(p, x):
    s = p.each("rr->", p.reshaped(x, "[[0, 1]]", (8, 8)), "a * a")
    r = p.each("->", s, "rsqrt(a / 8.0 + 1e-5)")
    return p.each("c,->c", x, r, "a * b")


@near(S)
def normalized_diagonal(p, x):
    return p.each("rr,r->rr", x, root_mean_square(p, x), "a * b", into=p.fill((16, 16), "f32", 0))


@near(S)
def result_is_diagonal_of(p, x):
    d = p.each("rr,r->r", x, root_mean_square(p, x), "a * b")
    return p.each("r,rc->rc", d, x, "a")


@near("16x64xf32")
def rms_of_the_first_quarter(p, x):
    parts = p.reshaped(x, "[[0], [1, 2]]", (16, 4, 16))
    return p.each("rc,r->rc", x, root_mean_square(p, parts, "r0c->r"), "a * b")


@near("16x64xf32")
def rms_of_the_third_quarter(p, x):
    parts = p.reshaped(x, "[[0], [1, 2]]", (16, 4, 16))
    return p.each("rc,r->rc", x, root_mean_square(p, parts, "r2c->r"), "a * b")


@near("16x64xf32")
def layer_of_every_fourth(p, x):
    parts = p.reshaped(x, "[[0], [1, 2]]", (16, 16, 4))
    mean, variance = moments(p, parts, "rc1->r")
    return p.each("rc,r,r->rc", x, mean, variance, "(a - b) * rsqrt(c + 1e-5)")


@near("16x64xf32")
def mean_and_variance_of_other_quarters(p, x):
    parts = p.reshaped(x, "[[0], [1, 2]]", (16, 4, 16))
    mean, _ = moments(p, parts, "r0c->r")
    v = p.each("r->r", p.each("rc,r->r", x, mean, "(a - b) * (a - b)"), "a / 64.0")
    return p.each("rc,r,r->rc", x, mean, v, "(a - b) * rsqrt(c + 1e-5)")


@near("16x16xf32", "4x16xf32")
def weight_is_a_row(p, x, w):
    return p.each("rc,r,3c->rc", x, root_mean_square(p, x), w, "a * b * c")


@near("16x16xf32", "2x16xf32")
def weight_and_bias_are_rows_of_one(p, x, w):
    mean, variance = moments(p, x)
    return p.each("rc,r,r,0c,1c->rc", x, mean, variance, w, w, "(a - b) * rsqrt(c + 1e-5) * d + e")


@near(S, "16x16xf32")
def weight_is_a_diagonal(p, x, w):
    return p.each("rc,r,cc->rc", x, root_mean_square(p, x), w, "a * b * c")


@near("1x16xf32", "4x16xf32")
def statistics_of_one_row_for_another(p, x, y):
    s = p.each("0c->", y, "a * a")
    return p.each("1c,->1c", y, p.each("->", s, "rsqrt(a / 16.0 + 1e-5)"), "a * b", into=p.fill((4, 16), "f32", 0))


@near(S)
def sum_in_a_column(p, x):
    # Only the first column is written.
    s = p.each("rc->r0", x, "a * a", into=p.fill((16, 16), "f32", 3.0))
    return p.each("rc,rc->rc", x, s, "a * rsqrt(b / 16.0 + 1e-5)")


@near(S)
def sum_on_a_diagonal(p, x):
    s = p.each("rc->rr", x, "a * a", into=p.fill((16, 16), "f32", 3.0))
    return p.each("rc,rc->rc", x, s, "a * rsqrt(b / 16.0 + 1e-5)")


@near(S)
def root_on_a_diagonal(p, x):
    s = p.each("r->rr", p.each("rc->r", x, "a * a"), "rsqrt(a / 16.0 + 1e-5)", into=p.fill((16, 16), "f32", 3.0))
    return p.each("rc,rc->rc", x, s, "a * b")


@near(S)
def one_row_is_written(p, x):
    return p.each("rc,r->rc", p.each("0c->0c", x, "a * 2.0", into=x), root_mean_square(p, x), "a * b")


# Parts and shifts.

@near("16x32xf32")
def rms_of_a_slice(p, x):
    return p.each("rc,r->rc", x, root_mean_square(p, p.cut(x, (0, 0), (16, 16))), "a * b")


@near("17x16xf32")
def statistics_of_the_row_before(p, x):
    r = root_mean_square(p, p.cut(x, (0, 0), (16, 16)))
    return p.each("rc,r->rc", p.cut(x, (1, 0), (16, 16)), r, "a * b")


@near("17x16xf32")
def mean_of_the_row_before(p, x):
    mean, _ = moments(p, p.cut(x, (0, 0), (16, 16)))
    y = p.cut(x, (1, 0), (16, 16))
    _, variance = moments(p, y)
    return p.each("rc,r,r->rc", y, mean, variance, "(a - b) * rsqrt(c + 1e-5)")


# Shapes whose products are the same.

@near("4x16xf32")
def rms_of_mixed_rows(p, x):
    flat = p.reshaped(p.reshaped(x, "[[0, 1]]", (64,)), "[[0, 1]]", (16, 4))
    y = p.each("rc,r->rc", flat, root_mean_square(p, flat, n=4), "a * b")
    return p.reshaped(p.reshaped(y, "[[0, 1]]", (64,)), "[[0, 1]]", (4, 16))


@near("4x16xf32")
def rms_mixed_by_a_transpose(p, x):
    parts = p.transposed(p.reshaped(x, "[[0], [1, 2]]", (4, 4, 4)), (0, 2, 1))
    mixed = p.reshaped(parts, "[[0], [1, 2]]", (4, 16))
    return p.each("rc,r->rc", x, root_mean_square(p, mixed), "a * b")


@near("4x16xf32")
def rms_of_a_shuffle(p, x):
    parts = p.transposed(p.reshaped(x, "[[0], [1, 2]]", (4, 4, 4)), (1, 0, 2))
    mixed = p.reshaped(parts, "[[0], [1, 2]]", (4, 16))
    return p.each("rc,r->rc", x, root_mean_square(p, mixed), "a * b")


@near("16x4xf32", "4x16xf32")
def statistics_of_the_reshaped(p, x, w):
    flat = p.reshaped(p.reshaped(x, "[[0, 1]]", (64,)), "[[0, 1]]", (4, 16))
    return p.each("rc,r->rc", w, root_mean_square(p, flat), "a * b")


@near("2x16x4xf32")
def groups_that_are_interleaved(p, x):
    parts = p.reshaped(x, "[[0], [1, 2], [3]]", (2, 4, 4, 4))
    mean, variance = moments(p, parts, "ngcw->nc")
    y = p.each("ngcw,nc,nc->ngcw", parts, mean, variance, "(a - b) * rsqrt(c + 1e-5)")
    return p.reshaped(y, "[[0], [1, 2], [3]]", (2, 16, 4))


@near("2x16x4xf32", "4xf32")
def group_norm_weight_of_groups(p, x, w):
    parts = p.reshaped(x, "[[0], [1, 2], [3]]", (2, 4, 4, 4))
    mean, variance = moments(p, parts, "ngcw->ng")
    y = p.each("ngcw,ng,ng,g->ngcw", parts, mean, variance, w, "(a - b) * rsqrt(c + 1e-5) * d")
    return p.reshaped(y, "[[0], [1, 2], [3]]", (2, 16, 4))


@near("2x16x4xf32", "16xf32")
def group_norm_weight_shuffled(p, x, w):
    parts = p.reshaped(x, "[[0], [1, 2], [3]]", (2, 4, 4, 4))
    mean, variance = moments(p, parts, "ngcw->ng")
    y = p.each("ngcw,ng,ng,cg->ngcw", parts, mean, variance, p.reshaped(w, "[[0, 1]]", (4, 4)),
               "(a - b) * rsqrt(c + 1e-5) * d")
    return p.reshaped(y, "[[0], [1, 2], [3]]", (2, 16, 4))


@near("2x16x4xf32", "16xf32", raised=True)
def plain_group_norm(p, x, w):
    parts = p.reshaped(x, "[[0], [1, 2], [3]]", (2, 4, 4, 4))
    mean, variance = moments(p, parts, "ngcw->ng")
    y = p.each("ngcw,ng,ng,gc->ngcw", parts, mean, variance, p.reshaped(w, "[[0, 1]]", (4, 4)),
               "(a - b) * rsqrt(c + 1e-5) * d")
    return p.reshaped(y, "[[0], [1, 2], [3]]", (2, 16, 4))


@near("16x16xf32", "16x1xf32", "1x16xf32")
def weights_with_unit_dimensions(p, x, w, b):
    mean, variance = moments(p, x)
    return p.each("rc,r,r,c0,0c->rc", x, mean, variance, w, b, "(a - b) * rsqrt(c + 1e-5) * d + e")


@near("16x16xf32", "16x1xf32")
def unit_weight_of_rows(p, x, w):
    return p.each("rc,r,r0->rc", x, root_mean_square(p, x), w, "a * b * c")


# Numbers.

def scaled_rms(name, of_rms, *types, body="a * b", **how):
    p = Program(name, *(types or (S,)))
    s = p.each("rc->r", p.arguments[0], "a * a", **how)
    p.give(p.each("rc,r->rc", p.arguments[0], p.each("r->r", s, of_rms), body))
    p.raised = None
    PROGRAMS.append(p)


scaled_rms("epsilon_negative", "rsqrt(a / 16.0 + -1e-12)")
scaled_rms("epsilon_outside", "1.0 / (sqrt(a / 16.0) + 1e-5)")
scaled_rms("epsilon_divided_too", "rsqrt((a + 1e-5) / 16.0)")
scaled_rms("epsilon_twice", "rsqrt(a / 16.0 + 1e-5 + 1e-5)")
scaled_rms("epsilon_as_maximum", "rsqrt(max(a / 16.0, 1e-5))")
scaled_rms("scaled_by_constant", "rsqrt(a / 16.0 + 1e-5) * 3.0")
scaled_rms("mean_square_scaled", "rsqrt(4.0 * (a / 16.0) + 1e-5)", body="2.0 * a * b")
scaled_rms("root_twice", "rsqrt(sqrt(a / 16.0 + 1e-5))")
scaled_rms("root_inverted", "sqrt(a / 16.0 + 1e-5)")
scaled_rms("root_cubed", "rsqrt(a / 16.0 + 1e-5) / (a / 16.0 + 1e-5)")
scaled_rms("root_times_square", "rsqrt(a / 16.0 + 1e-5) * (a / 16.0 + 1e-5)")
scaled_rms("sum_starts_at_one", "rsqrt(a / 16.0 + 1e-5)", start=1.0)
scaled_rms("sum_starts_at_epsilon", "rsqrt(a / 16.0 + 1e-5)", start=1.6e-4)
scaled_rms("sum_subtracts", "rsqrt(-(a / 16.0) + 1e-5)", accumulate="acc - term")
scaled_rms("sum_doubles", "rsqrt(a / 16.0 + 1e-5)", accumulate="acc + acc + term")
scaled_rms("sum_decays", "rsqrt(a / 16.0 + 1e-5)", accumulate="acc * 0.5 + term")
scaled_rms("sum_is_a_maximum", "rsqrt(a / 16.0 + 1e-5)", accumulate="max(acc, term)")
scaled_rms("normalized_squared", "rsqrt(a / 16.0 + 1e-5)", body="a * b * a * b")
scaled_rms("absolute_value", "rsqrt(a / 16.0 + 1e-5)", body="absf(a) * b")
scaled_rms("count_of_less_one", "rsqrt(a / 15.0 + 1e-5)")
scaled_rms("f64_epsilon", "rsqrt(f64(a / 16.0) + 1e-5)", body="f32(f64(a) * b)")
scaled_rms("f64_result", "rsqrt(f64(a) / 16.0 + 1e-5)", body="f64(a) * b")


@near(S, V, V)
def scale_squared(p, x, w, b):
    mean, variance = moments(p, x)
    return p.each("rc,r,r,c,c->rc", x, mean, variance, w, b, "(a - b) * rsqrt(c + 1e-5) * d * d + e")


@near(S, V, V)
def bias_times_rstd(p, x, w, b):
    mean, variance = moments(p, x)
    return p.each("rc,r,r,c,c->rc", x, mean, variance, w, b, "((a - b) * d + e) * rsqrt(c + 1e-5)")


@near(S, V, V)
def bias_before_scale(p, x, w, b):
    mean, variance = moments(p, x)
    return p.each("rc,r,r,c,c->rc", x, mean, variance, w, b, "((a - b) * rsqrt(c + 1e-5) + e) * d")


@near(S, V)
def mean_is_not_scaled(p, x, w):
    mean, variance = moments(p, x)
    return p.each("rc,r,r,c->rc", x, mean, variance, w, "(a * d - b) * rsqrt(c + 1e-5)")


@near(S)
def mean_is_subtracted_twice(p, x):
    mean, variance = moments(p, x)
    return p.each("rc,r,r->rc", x, mean, variance, "(a - b - b) * rsqrt(c + 1e-5)")


@near(S)
def mean_is_added(p, x):
    mean, variance = moments(p, x)
    return p.each("rc,r,r->rc", x, mean, variance, "(a + b) * rsqrt(c + 1e-5)")


@near(S, V)
def normalized_used_twice(p, x, w):
    mean, variance = moments(p, x)
    n = p.each("rc,r,r->rc", x, mean, variance, "(a - b) * rsqrt(c + 1e-5)")
    return p.each("rc,c->rc", n, w, "a * b + a"), p.each("rc->rc", n, "a * a")


@near(S, S)
def modulated_by_a_tensor(p, x, w):
    return p.each("rc,r,rc->rc", x, root_mean_square(p, x), w, "a * b * c + c")


@near(S)
def residual_of_itself(p, x):
    return p.each("rc,r->rc", x, root_mean_square(p, x), "a * b + a")


@near(S, S)
def sum_of_two_normalizations(p, x, y):
    return p.each("rc,r,rc,r->rc", x, root_mean_square(p, x), y, root_mean_square(p, y), "a * b + c * d")


@near(S, S)
def roots_exchanged(p, x, y):
    u, v = root_mean_square(p, x), root_mean_square(p, y)
    return p.each("rc,r->rc", x, v, "a * b"), p.each("rc,r->rc", y, u, "a * b")


@near(S)
def normalized_by_both(p, x):
    u, v = root_mean_square(p, x), root_mean_square(p, x, "rc->c")
    return p.each("rc,r,c->rc", x, u, v, "a * b * c")


@near(S)
def normalized_in_turns(p, x):
    y = p.each("rc,r->rc", x, root_mean_square(p, x), "a * b")
    return p.each("rc,c->rc", y, root_mean_square(p, y, "rc->c"), "a * b")


@near(S, V)
def clamped_scale(p, x, w):
    # A difference of means of squares, of different things, may be negative.
    s = p.each("rc->c", x, "a * a")
    t = p.each("c,c->c", s, w, "a / 16.0 - b * b")
    return p.each("rc,r,c->rc", x, root_mean_square(p, x), t, "a * b * max(c, 0.0)"), t


@near(S, S, S)
def clamped_scale_of_others(p, x, y, z):
    u, v = p.each("rc->c", y, "a * a"), p.each("rc->c", z, "a")
    t = p.each("c,c->c", u, v, "a / 16.0 - b * b / 16.0")
    return p.each("rc,r,c->rc", x, root_mean_square(p, x), t, "a * b * max(c, 0.0)"), t
