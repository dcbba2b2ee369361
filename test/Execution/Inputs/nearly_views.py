# Reshapes between a norm and its neighbours: dimensions of equal size, and readers of what is in between.

from near import Value, root_mean_square
from nearly import V, near

N = "16x16xf32"


def rms(p, x):
    return p.each("rc,r->rc", x, root_mean_square(p, x), "a * b")


@near(N, "16x4x4xf32", raised=True)
def heads_of_a_row(p, x, z):
    y = p.reshaped(rms(p, x), "[[0], [1, 2]]", (16, 4, 4))
    return p.each("rab,rab->rab", y, z, "a * b")


@near(N, "16x4x4xf32", raised=True)
def heads_of_a_row_exchanged(p, x, z):
    y = p.reshaped(rms(p, x), "[[0], [1, 2]]", (16, 4, 4))
    return p.each("rab,rba->rab", y, z, "a * b")


@near(N, "4x4x16xf32", raised=True)
def rows_apart(p, x, z):
    y = p.reshaped(rms(p, x), "[[0, 1], [2]]", (4, 4, 16))
    return p.each("abc,bac->abc", y, z, "a * b")


@near(N, "4x4x4x4xf32", raised=True)
def both_apart(p, x, z):
    y = p.reshaped(rms(p, x), "[[0, 1], [2, 3]]", (4, 4, 4, 4))
    return p.each("abcd,badc->abcd", y, z, "a * b")


@near(N, "16x4x4xf32", raised=True)
def heads_that_others_read_flat(p, x, z):
    y = rms(p, x)
    h = p.each("rab,rab->rab", p.reshaped(y, "[[0], [1, 2]]", (16, 4, 4)), z, "a * b")
    return h, y, p.each("rc->rc", y, "exp(a)")


@near(N, "16x2x8xf32", "16x4x4xf32", raised=True)
def two_kinds_of_heads(p, x, z, u):
    y = rms(p, x)
    a = p.each("rab,rab->rab", p.reshaped(y, "[[0], [1, 2]]", (16, 2, 8)), z, "a * b")
    b = p.each("rab,rab->rab", p.reshaped(y, "[[0], [1, 2]]", (16, 4, 4)), u, "a * b")
    return a, b


@near(N, "16x2x8xf32", "16x4x4xf32", raised=True)
def heads_of_heads(p, x, z, u):
    a = p.each("rab,rab->rab", p.reshaped(rms(p, x), "[[0], [1, 2]]", (16, 2, 8)), z, "a * b")
    flat = p.reshaped(a, "[[0], [1, 2]]", (16, 16))
    return p.each("rab,rab->rab", p.reshaped(flat, "[[0], [1, 2]]", (16, 4, 4)), u, "a * b")


@near("4x4x16xf32", "16x16xf32", raised=True)
def tokens_together(p, x, z):
    doubled = p.each("abc->abc", x, "a + a")
    y = rms(p, p.reshaped(doubled, "[[0, 1], [2]]", (16, 16)))
    return p.each("rc,cr->rc", y, z, "a * b")


@near("16x4x4xf32", "16x16xf32", raised=True)
def elements_together(p, x, z):
    doubled = p.each("abc->abc", x, "a * a")
    y = rms(p, p.reshaped(doubled, "[[0], [1, 2]]", (16, 16)))
    return p.each("rc,cr->rc", y, z, "a * b"), doubled


@near("4x4x16xf32", "4x1x16xf32", raised=True)
def scale_of_a_sequence(p, x, s):
    r = root_mean_square(p, x, "abc->ab")
    y = p.each("abc,ab->abc", x, r, "a * b")
    scale = p.each("abc->abc", s, "a + 1.0")
    return p.each("abc,a0c->abc", y, scale, "a * b"), scale


@near("4x4x16xf32", "1x4x16xf32", raised=True)
def scale_of_a_token(p, x, s):
    r = root_mean_square(p, x, "abc->ab")
    y = p.each("abc,ab->abc", x, r, "a * b")
    return p.each("abc,0bc->abc", y, p.each("abc->abc", s, "a + 1.0"), "a * b")


@near("16x16xf32", V, "16x16xf32", raised=True)
def halves_of_heads(p, x, w, z):
    y = p.reshaped(p.each("rc,c->rc", rms(p, x), w, "a * b"), "[[0], [1, 2]]", (16, 4, 4))
    parts = []
    for i in (0, 2):
        part = Value(None, ["16", "4", "2"], "f32")
        part.name = p.op(f"tensor.extract_slice {y.name}[0, 0, {i}] [16, 4, 2] [1, 1, 1] : {y.type} to {part.type}")
        parts.append(part)
    a, b = parts
    turned = Value(None, y.shape, "f32")
    minus = p.each("abc->abc", b, "-a")
    turned.name = p.op(f"tensor.concat dim(2) {minus.name}, {a.name} : ({a.type}, {a.type}) -> {y.type}")
    return p.each("rc,rc->rc", p.reshaped(turned, "[[0], [1, 2]]", (16, 16)), z, "a * b")
