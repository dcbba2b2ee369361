# REQUIRES: numpy
# RUN: %cc -std=c11 -O1 -shared -fPIC -I%include %S/Inputs/by-hand.c -lm -o %t.so
# RUN: %python %s %t.so %t.json
#
# The tests of the tests: rounding, bounds, guard pages, Philox and the gradients' formulas, and a kernel written
# by hand that is right, one that is wrong, and one that reads too far.

import json
import os
import signal
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs"))
import numpy as np

import bounds
import formulas
import normtest as nt
from bounds import LD, Arith

rng = np.random.default_rng(1)
formulas.check_gradients(rng)

# Rounding agrees with numpy's, subnormals, ties and overflow included.
x = np.concatenate([rng.standard_normal(20000) * 2.0 ** rng.integers(-160, 140, 20000), [0.0, -0.0, 65519.9, 65520.0, 1e39,
                    2.0**-24, 2.0**-25, 1.5 * 2.0**-25, 2.0**-149, 2.0**-150, 1 + 2.0**-11, 1 + 3 * 2.0**-11, np.inf]])
with np.errstate(all="ignore"):
    assert (bounds.round_to(x, "f16") == x.astype(np.float16).astype(LD)).all()
    assert (bounds.round_to(x, "f32") == x.astype(np.float32).astype(LD)).all()
assert (bounds.round_to(LD([1 + 2.0**-8, 1 + 3 * 2.0**-8]), "bf16") == [1, 1 + 2.0**-6]).all()
assert (nt.decode(nt.encode(x, "bf16"), "bf16") == bounds.round_to(x, "bf16")).all()

# The bounds hold for f32 arithmetic, and are not idle: they are within a small factor of the errors.
A = Arith("f32")
worst = 0
for n in (3, 100, 1000):
    for mean in (0, 10, 1000):
        x = (rng.standard_normal((8, n)) + mean).astype(np.float32)
        w, b = rng.standard_normal((2, n)).astype(np.float32)
        m = x.mean(1, keepdims=True)
        m += (x - m).mean(1, keepdims=True)
        r = 1 / np.sqrt(((x - m) ** 2).mean(1, keepdims=True, dtype=np.float32) + np.float32(1e-5))
        y = (x - m) * r * w + b
        want = formulas.centred(A, x, (1,), 1e-5, w, b).y
        assert nt.mismatch("f32", y, want, "f32") is None, nt.mismatch("f32", y, want, "f32")
        worst = max(worst, float(np.max(np.abs(y - want.v) / want.e)))
assert worst > 0.1, worst

# Philox: the known answers of the paper's own code (counter 0 and key 0; all bits set; pi).
assert [hex(v) for v in formulas.philox(0, 0, 1, 4)[0]] == ["0x6627e8d5", "0xe169c58d", "0xbc57ac4c", "0x9b00dbd8"]

# A kernel.
library, manifest = sys.argv[1:]
with open(manifest, "w") as f:
    json.dump({"kernels": [{"name": n, "symbol": n, "arguments": [
        {"name": "x", "dtype": "f32", "shape": ["r", "4*c"], "direction": "input"},
        {"name": "y", "dtype": "f32", "shape": ["r", "4*c"], "direction": "output"}]}
        for n in ("ln", "ln_wrong", "ln_overrun")]}, f)
lib = nt.Library(library=library, manifest=manifest)
x = rng.standard_normal((5, 32)).astype(np.float32)
want = formulas.centred(A, x, (1,), 1e-5)
for side in ("start", "end"):
    for stride, offset in ((None, 0), ((40, 1), 0), ((40, 1), 64)):
        tensors = lib["ln"].tensors(x, side=side, strides={0: stride, 1: stride}, byte_offset={0: offset, 1: offset})
        gaps = tensors[1].gaps()
        nt.check("ln", lib["ln"].run(tensors)[0].array, want.y, "f32", distance=bounds.forward_limit(want))
        assert tensors[1].gaps() == gaps
message = nt.mismatch("ln_wrong", lib["ln_wrong"](x), want.y, "f32")
assert message and "wrong in shape (5, 32), worst at" in message and "ULPs of f32" in message, message

if os.fork() == 0:
    import resource
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    lib["ln_overrun"](x)
    os._exit(0)
_, status = os.wait()
assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGSEGV, status
nt.finish()
