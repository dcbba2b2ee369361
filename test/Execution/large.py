# REQUIRES: numpy
# RUN: %python %s
#
# More than 2^31 elements in one tensor: as one group, as many rows, and as one group of which only statistics are
# wanted. No index may be cut to 32 bits.
#
# Input and output are a megabyte that is mapped at thousands of addresses, one after the other, and a tail of their own
# beyond element 2^31. So the test takes a few megabytes, although every mapping of a page counts as resident once more in
# what ps tells. The period does not divide 2^32: a byte's offset that is cut to 32 bits finds another element. Below the
# tensor 8 GiB cannot be touched: so a negative 32-bit index faults.

import ctypes
import mmap
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs"))
import numpy as np

import bounds
import normtest as nt
from bounds import LD
from programs import Rows

C, RING_ROWS, TAIL_ROWS = 1088, 512, 7
RING, TAIL = RING_ROWS * C, TAIL_ROWS * C
REPEATS = (1 << 31) // RING + 1
DTYPE, ITEM = "f16", 2
BELOW, PAGE = 8 << 30, mmap.PAGESIZE
MAP_FIXED = 0x10
assert RING * ITEM % PAGE == 0 and RING % 4096 == 0 and (1 << 32) % (RING * ITEM) and REPEATS * RING > 1 << 31


def map_at(address, length, protection, flags, file=-1):
    found = nt._libc.mmap(address, length, protection, flags, file, 0)
    if found in (None, ctypes.c_void_p(-1).value):
        sys.exit(f"mmap of {length} bytes failed")
    return found


class Periodic:
    """What a Tensor takes as its memory: REPEATS times the same RING elements, then TAIL others."""

    def __init__(self):
        self.size = (REPEATS * RING + TAIL) * ITEM
        self.tail_length = -(-TAIL * ITEM // PAGE) * PAGE
        ring = RING * ITEM
        private = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | nt._NORESERVE
        total = BELOW + REPEATS * ring + self.tail_length + PAGE
        self.address = map_at(None, total, 0, private) + BELOW
        file = os.memfd_create("ring")
        os.truncate(file, ring)
        for i in range(REPEATS):
            map_at(self.address + i * ring, ring, 3, mmap.MAP_SHARED | MAP_FIXED, file)
        os.close(file)
        tail = map_at(self.address + REPEATS * ring, self.tail_length, 3, private | MAP_FIXED)
        view = lambda address, length: np.frombuffer((ctypes.c_uint8 * length).from_address(address), np.uint8)
        self.ring_bytes, self.tail_bytes = view(self.address, ring), view(tail, self.tail_length)
        self.ring = self.ring_bytes.view(np.float16)
        self.tail = self.tail_bytes[:TAIL * ITEM].view(np.float16)

    def clear(self):
        self.ring_bytes[:] = nt.CANARY
        self.tail_bytes[:] = nt.CANARY

    def check_end(self, label, elements):
        """That nobody wrote behind `elements`."""
        if np.any(self.tail_bytes[(elements - REPEATS * RING) * ITEM:] != nt.CANARY):
            nt.fail(f"{label}: wrote behind the last element")


# A group of which only statistics are wanted. One row of memory, with stride 0, stands for all rows.
STATISTICS = """
func.func @statistics(%x: tensor<?x?xf32> {norm.layout = "any"}) -> (tensor<f32>, tensor<f32>, tensor<f32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = tensor.dim %x, %c0 : tensor<?x?xf32>
  %c = tensor.dim %x, %c1 : tensor<?x?xf32>
  %init = tensor.empty() : tensor<f32>
  %y:3 = norm.generic iter(r = %r, c = %c) reduce [r, c] ins(%x(r, c) : tensor<?x?xf32>)
      outs(%init() : tensor<f32>, %init() : tensor<f32>, %init() : tensor<f32>) {
  ^bb0(%xf: !norm.field<f32, [r, c]>):
    %n, %mean, %m2 = norm.reduce moments (%xf : !norm.field<f32, [r, c]>) over [r, c]
        by shifted order = <lanes = 64, segment = 4096, blocks = 1024> : f32, f32, f32
    norm.yield %n, %mean, %m2 : f32, f32, f32
  }
  return %y#0, %y#1, %y#2 : tensor<f32>, tensor<f32>, tensor<f32>
}
"""

rng = np.random.default_rng(31)
layer = Rows(kind="layer", dtype=DTYPE, scale=False, saved="rstd")
rms = Rows(kind="rms", dtype=DTYPE, saved="rstd")
lib = nt.Library(layer.text("layer") + rms.text("rms") + STATISTICS)


def close(label, got, want, limit):
    """Statistics in f32."""
    ulps = float(np.abs(LD(got) - want) / bounds.ulp(want, "f32"))
    print(f"{label}: {float(got)!r}, {ulps:.2f} ULPs")
    if not ulps <= limit:
        nt.fail(f"{label}: got {float(got)!r}, expected {float(want)!r}, {ulps:.2f} ULPs, more than {limit}")


x, y = Periodic(), Periodic()
x.ring[:] = rng.standard_normal(RING) + 0.5
x.tail[:] = rng.standard_normal(TAIL) * 200

# ---- One group: layer norm of one row. The tail has a tenth of the variance. ----


def fold(lanes, to=1):
    while lanes.shape[1] > to:
        half = lanes.shape[1] // 2
        lanes = lanes[:, :half] + lanes[:, half:]
    return lanes


def partials(values):
    """Count, mean, m2 and what the mean was rounded by, of segments of 4096, in 64 lanes, as the operation declares them; of the
    target without fused multiply-add."""
    f32 = np.float32
    count = np.full(-(-values.size // 4096), 4096)
    count[-1] -= -values.size % 4096
    lead = np.minimum(count, 32)
    values = np.append(values, np.zeros(-values.size % 4096, f32)).reshape(len(count), 4096)
    sums = fold(values[:, :32], 2)
    even, odd = sums[:, 0] / (lead - lead // 2).astype(f32), sums[:, 1] / (lead // 2).astype(f32)
    shift = np.where(np.abs(odd) < np.abs(even), odd, even)
    coarse = np.abs(even - odd) * f32(1 << 20)
    shift = (shift + coarse) - coarse
    d = values - shift[:, None]
    d[np.arange(4096) >= count[:, None]] = 0
    d = d.reshape(len(count), 64, 64)
    sum_d, squares = d[:, 0].copy(), d[:, 0] * d[:, 0]
    for i in range(1, 64):
        sum_d += d[:, i]
        squares += d[:, i] * d[:, i]
    sum_d, squares, count = fold(sum_d)[:, 0], fold(squares)[:, 0], count.astype(f32)
    mean, rest = two_sum(shift, sum_d / count)
    return np.stack([count, mean, np.maximum(squares - sum_d * (sum_d / count), f32(0)), rest])


def two_sum(x, y):
    s = x + y
    of_y = s - x
    return s, (x - (s - of_y)) + (y - of_y)


def merge(x, y):
    """Chan's formula for the moments of segments, side by side. One without elements is left out."""
    with np.errstate(invalid="ignore"):
        base = np.where(x[0] == 0, y[1], x[1])
        other = (y[1] - base) + y[3]
        n, d = x[0] + y[0], other - x[3]
        share = y[0] / n
        merged = [x[3] + d * share, (x[2] + y[2]) + (d * d) * (x[0] * share)]
    left, right = [x[3], x[2]], [other, y[2]]
    more, m2 = [np.where(y[0] == 0, l, np.where(x[0] == 0, r, m)) for l, r, m in zip(left, right, merged)]
    mean, rest = two_sum(base, more)
    return np.stack([n, mean, m2, rest])


def moments(ring, tail):
    """Mean and m2 of REPEATS times `ring` and of `tail`, in 64 blocks of segments. A block has thousands of segments
    here, so no bound would be useful; but the bits are known."""
    segments = np.concatenate([np.tile(partials(ring), REPEATS), partials(tail)], axis=1)
    block = 1 << int(np.ceil(np.log2(-(-segments.shape[1] // 64))))
    segments = np.append(segments, np.zeros((4, -segments.shape[1] % block), np.float32), axis=1).reshape(4, -1, block)
    blocks = np.zeros(segments.shape[:2], np.float32)
    for i in range(block):
        blocks = merge(blocks, segments[:, :, i])
    whole = np.zeros(4, np.float32)
    for i in range(blocks.shape[1]):
        whole = merge(whole, blocks[:, i])
    return whole[1], whole[2]


n = REPEATS * RING + TAIL - 1
y.clear()
shape = (1, n)
outputs = lib["layer"].run([nt.Tensor(shape, DTYPE, memory=x), nt.Tensor(shape, DTYPE, memory=y),
                            nt.Tensor((1,), "f32"), nt.Tensor((1,), "f32")])
mean, rstd = [t.array[0] for t in outputs[1:]]
f32 = np.float32
ring, tail = x.ring.astype(f32), x.tail[:-1].astype(f32)
want_mean, m2 = moments(ring, tail)
nt.same_bits("one row, mean", mean, want_mean)
nt.same_bits("one row, rstd", rstd, f32(1) / np.sqrt(m2 / f32(n) + f32(1e-5)))
exact = (REPEATS * ring.astype(LD).sum() + tail.astype(LD).sum()) / n
close("one row, mean", mean, exact, bounds.FORWARD_ULPS)
want = np.concatenate([ring - mean, tail - mean]) * rstd
nt.same_bits("one row, y", np.append(y.ring, y.tail[:-1]), want.astype(np.float16))
y.check_end("one row", n)

# ---- Many rows: RMS norm. A row's bits do not depend on what is around it. ----
rows = REPEATS * RING_ROWS + TAIL_ROWS
x.tail[:] = rng.standard_normal(TAIL)
y.clear()
scale = rms.inputs(rng, (1, C))["scale"]
part = np.concatenate([x.ring, x.tail]).reshape(-1, C)
want = lib["rms"](part, scale)
rms.check("rms", want, part.shape, {"x": part, "scale": scale})
outputs = lib["rms"].run([nt.Tensor((rows, C), DTYPE, memory=x), nt.Tensor((C,), "f32").set(scale),
                          nt.Tensor((rows, C), DTYPE, memory=y), nt.Tensor((rows,), "f32")])
nt.same_bits("many rows, y", np.concatenate([y.ring, y.tail]).reshape(-1, C), want[0])
nt.same_bits("many rows, rstd", outputs[1].array,
             np.concatenate([np.tile(want[1][:RING_ROWS], REPEATS), want[1][RING_ROWS:]]))
y.check_end("many rows", rows * C)

# ---- One group, statistics only ----
# 2^31 + 2^20 elements: a float can say it. Every segment is the same four rows, so all means are the same, and merging
# adds nothing but counts and sums of squares: from the left inside 1024 segments, then those from the left.
values = (rng.standard_normal(1024) + 1).astype(f32)


def statistics(rows):
    tensors = [nt.Tensor((rows, 1024), "f32", strides=(0, 1))] + [nt.Tensor((), "f32") for _ in range(3)]
    tensors[0].array[0] = values
    return [t.array[()] for t in lib["statistics"].run(tensors)]


_, one_mean, one_m2 = statistics(4)
close("statistics, mean of one segment", one_mean, values.astype(LD).mean(), bounds.FORWARD_ULPS)
close("statistics, m2 of one segment", one_m2, values.astype(LD).var() * 4096, 2 * bounds.FORWARD_ULPS)
left = lambda partials: np.cumsum(np.array(partials, f32), dtype=f32)[-1]
count, mean, m2 = statistics((1 << 21) + 1024)
nt.same_bits("statistics, count", count, f32((1 << 31) + (1 << 20)))
nt.same_bits("statistics, mean", mean, one_mean)
nt.same_bits("statistics, m2", m2, left([left([one_m2] * 1024)] * 512 + [left([one_m2] * 256)]))

nt.finish()
