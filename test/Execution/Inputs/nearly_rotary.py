# Rotary embeddings behind a norm of rows, and what is nearly one: other parts, other places, other readers.

from near import Program, Value, root_mean_square
from nearly import S, V, near


def rms(p, x, w):
    return p.each("rc,r,c->rc", x, root_mean_square(p, x), w, "a * b * c")


def cut(p, value, offsets, shape, strides=(1, 1)):
    result = Value(None, [str(s) for s in shape], value.element)
    result.name = p.op(f"tensor.extract_slice {value.name}[{', '.join(map(str, offsets))}] [{', '.join(map(str, shape))}] "
                       f"[{', '.join(map(str, strides))}] : {value.type} to {result.type}")
    return result


def joined(p, dim, *parts):
    shape = list(parts[0].shape)
    shape[dim] = str(sum(int(part.shape[dim]) for part in parts))
    result = Value(None, shape, parts[0].element)
    result.name = p.op(f"tensor.concat dim({dim}) {', '.join(part.name for part in parts)} : "
                       f"({', '.join(part.type for part in parts)}) -> {result.type}")
    return result


def inserted(p, into, *places):
    for part, offsets, strides in places:
        name = p.op(f"tensor.insert_slice {part.name} into {into.name}[{', '.join(map(str, offsets))}] "
                    f"[{', '.join(part.shape)}] [{', '.join(map(str, strides))}] : {part.type} into {into.type}")
        into = Value(name, into.shape, into.element)
    return into


def halves(p, y, n=8):
    return cut(p, y, (0, 0), (16, n)), cut(p, y, (0, n), (16, 16 - n))


def minus(p, x):
    return p.each("rc->rc", x, "-a")


def turned(p, y, rotated, cos, sin):
    return p.each("rc,rc,rc,rc->rc", y, rotated, cos, sin, "a * c + b * d")


@near(S, V, S, S, raised=True)
def plain_rotary(p, x, w, cos, sin):
    y = rms(p, x, w)
    a, b = halves(p, y)
    return turned(p, y, joined(p, 1, minus(p, b), a), cos, sin)


@near(S, V, S, S, raised=True)
def rotary_of_the_other_sign(p, x, w, cos, sin):
    y = rms(p, x, w)
    a, b = halves(p, y)
    return turned(p, y, joined(p, 1, b, minus(p, a)), cos, sin)


@near(S, V, S, S, raised=True)
def rotary_without_a_sign(p, x, w, cos, sin):
    y = rms(p, x, w)
    a, b = halves(p, y)
    return turned(p, y, joined(p, 1, b, a), cos, sin)


@near(S, V, S, S, raised=True)
def halves_in_their_places(p, x, w, cos, sin):
    y = rms(p, x, w)
    a, b = halves(p, y)
    return turned(p, y, joined(p, 1, minus(p, a), b), cos, sin)


@near(S, V, S, S, raised=True)
def one_half_twice(p, x, w, cos, sin):
    y = rms(p, x, w)
    a, _ = halves(p, y)
    return turned(p, y, joined(p, 1, minus(p, a), a), cos, sin)


@near(S, V, S, S, raised=True)
def halves_that_overlap(p, x, w, cos, sin):
    y = rms(p, x, w)
    a, b = cut(p, y, (0, 0), (16, 8)), cut(p, y, (0, 4), (16, 8))
    return turned(p, y, joined(p, 1, minus(p, b), a), cos, sin)


@near(S, V, S, S, raised=True)
def parts_of_other_sizes(p, x, w, cos, sin):
    y = rms(p, x, w)
    a, b = halves(p, y, 6)
    return turned(p, y, joined(p, 1, minus(p, b), a), cos, sin)


@near(S, V, S, S, raised=True)
def rows_exchanged(p, x, w, cos, sin):
    y = rms(p, x, w)
    a, b = cut(p, y, (0, 0), (8, 16)), cut(p, y, (8, 0), (8, 16))
    return turned(p, y, joined(p, 0, minus(p, b), a), cos, sin)


@near(S, V, S, S, raised=True)
def rows_become_columns(p, x, w, cos, sin):
    y = rms(p, x, w)
    a, b = cut(p, y, (0, 0), (8, 16)), cut(p, y, (8, 0), (8, 16))
    return turned(p, y, joined(p, 1, minus(p, p.transposed(b, (1, 0))), p.transposed(a, (1, 0))), cos, sin)


@near(S, V, S, S, raised=True)
def halves_of_a_transposed_result(p, x, w, cos, sin):
    y = p.transposed(rms(p, x, w), (1, 0))
    a, b = halves(p, y)
    return turned(p, y, joined(p, 1, minus(p, b), a), cos, sin)


@near(S, V, S, S, raised=True)
def another_half(p, x, w, cos, sin):
    y = rms(p, x, w)
    a, b = halves(p, y)[0], halves(p, x)[1]
    return turned(p, y, joined(p, 1, minus(p, b), a), cos, sin)


@near(S, V, S, V, raised=True)
def halves_of_two_norms(p, x, w, cos, v):
    y, z = rms(p, x, w), rms(p, x, v)
    return turned(p, y, joined(p, 1, minus(p, halves(p, z)[1]), halves(p, y)[0]), cos, x)


@near(S, V, S, S, raised=True)
def a_half_that_others_read(p, x, w, cos, sin):
    y = rms(p, x, w)
    a, b = halves(p, y)
    return turned(p, y, joined(p, 1, minus(p, b), a), cos, sin), a


@near(S, V, S, S, raised=True)
def a_computed_half_that_others_read(p, x, w, cos, sin):
    y = rms(p, x, w)
    a, b = halves(p, y)
    b = minus(p, b)
    return turned(p, y, joined(p, 1, b, a), cos, sin), b


@near(S, V, S, S, raised=True)
def half_by_its_column(p, x, w, cos, sin):
    y = rms(p, x, w)
    a, b = halves(p, y)
    return turned(p, y, joined(p, 1, p.each("rc,c->rc", b, cut(p, w, (0,), (8,), (1,)), "-(a * b)"), a), cos, sin)


@near(S, V, S, S, raised=True)
def half_by_a_column_of_the_angles(p, x, w, cos, sin):
    y = rms(p, x, w)
    a, b = halves(p, y)
    return turned(p, y, joined(p, 1, p.each("rc,r1->rc", b, cos, "-(a * b)"), a), cos, sin)


@near(S, V, S, S, raised=True)
def half_by_a_sum_of_it(p, x, w, cos, sin):
    y = rms(p, x, w)
    a, b = halves(p, y)
    s = p.each("rc->r", b, "a")
    return turned(p, y, joined(p, 1, p.each("rc,r->rc", b, s, "-(a * b)"), a), cos, sin)


@near(S, V, S, S, raised=True)
def a_quarter_is_rotated(p, x, w, cos, sin):
    y = rms(p, x, w)
    a, b, c = cut(p, y, (0, 0), (16, 4)), cut(p, y, (0, 4), (16, 4)), cut(p, y, (0, 8), (16, 8))
    return turned(p, y, joined(p, 1, minus(p, b), a, c), cos, sin)


@near(S, V, S, S, raised=True)
def half_is_rotated(p, x, w, cos, sin):
    y = rms(p, x, w)
    a, b = halves(p, y)
    c, d = cut(p, a, (0, 0), (16, 4)), cut(p, a, (0, 4), (16, 4))
    return turned(p, y, joined(p, 1, joined(p, 1, minus(p, d), c), b), cos, sin)


@near(S, V, S, S, raised=True)
def halves_inserted(p, x, w, cos, sin):
    y = rms(p, x, w)
    a, b = halves(p, y)
    rotated = inserted(p, p.empty((16, 16), "f32"), (a, (0, 8), (1, 1)), (minus(p, b), (0, 0), (1, 1)))
    return turned(p, y, rotated, cos, sin)


@near(S, V, S, S, raised=True)
def one_half_inserted(p, x, w, cos, sin):
    y = rms(p, x, w)
    rotated = inserted(p, y, (minus(p, halves(p, y)[1]), (0, 0), (1, 1)))
    return turned(p, y, rotated, cos, sin)


@near(S, V, S, S, raised=True)
def inserted_over_each_other(p, x, w, cos, sin):
    y = rms(p, x, w)
    a, b = halves(p, y)
    rotated = inserted(p, cos, (a, (0, 8), (1, 1)), (minus(p, b), (0, 4), (1, 1)))
    return turned(p, y, rotated, cos, sin)


@near(S, V, S, S, raised=True)
def inserted_twice_in_one_place(p, x, w, cos, sin):
    y = rms(p, x, w)
    a, b = halves(p, y)
    rotated = inserted(p, cos, (a, (0, 8), (1, 1)), (minus(p, b), (0, 8), (1, 1)))
    return turned(p, y, rotated, cos, sin)


@near(S, V, S, S, raised=True)
def halves_become_pairs(p, x, w, cos, sin):
    y = rms(p, x, w)
    a, b = halves(p, y)
    rotated = inserted(p, p.empty((16, 16), "f32"), (minus(p, b), (0, 0), (1, 2)), (a, (0, 1), (1, 2)))
    return turned(p, y, rotated, cos, sin)


@near(S, V, S, S, raised=True)
def pairs_become_halves(p, x, w, cos, sin):
    y = rms(p, x, w)
    a, b = cut(p, y, (0, 0), (16, 8), (1, 2)), cut(p, y, (0, 1), (16, 8), (1, 2))
    return turned(p, y, joined(p, 1, minus(p, b), a), cos, sin)


@near(S, V, S, S, raised=True)
def pairs_exchanged(p, x, w, cos, sin):
    y = rms(p, x, w)
    a, b = cut(p, y, (0, 0), (16, 8), (1, 2)), cut(p, y, (0, 1), (16, 8), (1, 2))
    rotated = inserted(p, p.empty((16, 16), "f32"), (minus(p, b), (0, 0), (1, 2)), (a, (0, 1), (1, 2)))
    return turned(p, y, rotated, cos, sin)


@near(S, V, S, S, raised=True)
def pairs_and_then_halves(p, x, w, cos, sin):
    y = rms(p, x, w)
    a, b = cut(p, y, (0, 0), (16, 8), (1, 2)), cut(p, y, (0, 1), (16, 8), (1, 2))
    rotated = inserted(p, p.empty((16, 16), "f32"), (minus(p, b), (0, 0), (1, 2)), (a, (0, 1), (1, 2)))
    z = turned(p, y, rotated, cos, sin)
    c, d = halves(p, z)
    return turned(p, z, joined(p, 1, minus(p, d), c), sin, cos)


@near(S, V, S, S, raised=True)
def rotated_twice(p, x, w, cos, sin):
    y = rms(p, x, w)
    for one, other in ((cos, sin), (sin, cos)):
        a, b = halves(p, y)
        y = turned(p, y, joined(p, 1, minus(p, b), a), one, other)
    return y


@near(S, V, "16x8xf32", "16x8xf32", raised=True)
def products_of_halves(p, x, w, cos, sin):
    a, b = halves(p, rms(p, x, w))
    first = p.each("rc,rc,rc,rc->rc", a, b, cos, sin, "a * c - b * d")
    second = p.each("rc,rc,rc,rc->rc", b, a, cos, sin, "a * c + b * d")
    return joined(p, 1, first, second)


@near(S, V, "16x8xf32", "16x8xf32", raised=True)
def products_of_halves_transposed(p, x, w, cos, sin):
    a, b = halves(p, rms(p, x, w))
    first = p.each("rc,rc,cr,rc->rc", a, b, cut(p, p.transposed(cos, (1, 0)), (0, 0), (8, 16)), sin, "a * c - b * d")
    second = p.each("rc,rc,rc,rc->rc", b, a, cos, sin, "a * c + b * d")
    return joined(p, 1, first, second)


@near("8x8xf32", "8xf32", "8x4xf32", raised=True)
def halves_of_halves(p, x, w, cos):
    y = p.each("rc,r,c->rc", x, root_mean_square(p, x, n=8), w, "a * b * c")
    a, b = cut(p, y, (0, 0), (8, 4)), cut(p, y, (0, 4), (8, 4))
    c, d = cut(p, a, (0, 0), (8, 2)), cut(p, a, (0, 2), (8, 2))
    return joined(p, 1, p.each("rc,rc->rc", joined(p, 1, minus(p, d), c), cos, "a * b"), b)


@near("?x16xf32", V, "?x16xf32", raised=True)
def some_of_the_rows(p, x, w, cos):
    sizes = [p.op("arith.constant 2 : index")]
    y = rms(p, x, w)
    some = [Value(p.op(f"tensor.extract_slice {y.name}[0, {8 * i}] [{sizes[0]}, 8] [1, 1] : {y.type} to tensor<?x8xf32>"),
                  ["?", "8"], "f32") for i in (0, 1)]
    return p.each("rc->rc", joined(p, 1, minus(p, some[1]), some[0]), "a * a")
