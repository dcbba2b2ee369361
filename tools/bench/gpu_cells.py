"""What the GPU check compiles: kernels whose results are compared with formulas, and kernels that are timed.

A case is a program of test/Execution/Inputs/programs.py (or a test's script, with all of its own kernels) and the shapes
that it is checked at. A cell of the benchmark is a program, a type, a length N and how many bytes its tensors have.
"""

import re

import programs as P

TARGETS = ("sm_80", "sm_90", "sm_100")
ALL = ("input", "scale", "bias")

# ---- Correctness ----

# Columns of a row: one, less than a vector, no vector's multiple, what a block of threads keeps, one more than a power of
# two, and what no block keeps. And more rows than a device has blocks.
ROWS = [(5, 1), (4, 3), (3, 127), (3, 4096), (2, 16385), (2, 65536), (1, 131072), (1500, 96)]
QUICK_ROWS = [(5, 1), (3, 127), (2, 4096), (1, 16385)]
# (n, c, h, w), whatever the layout.
CHANNELS = [(3, 4, 1, 1), (2, 4, 5, 7), (4, 8, 3, 16), (1, 4, 17, 13), (2, 64, 28, 28), (2, 6, 129, 127), (70, 96, 3, 3)]
QUICK_CHANNELS = [(3, 4, 1, 1), (2, 4, 5, 7), (2, 32, 14, 14)]
# Tests whose kernels are in files or strings of their own: they make all libraries before they call a kernel.
SCRIPTS = ["cases.py", "inputs.py", "backward-inputs.py", "channel-inputs.py"]
QUICK_SCRIPTS = ["cases.py"]


class Case:
    """A program with sizes known at run time, the kernel `dynamic`, and with those of one shape, `fixed`."""

    def __init__(self, program, shapes, which=None):
        self.program = program
        self.shapes = [self.fitted(shape) for shape in shapes]
        self.shapes = [s for s in self.shapes if s is not None]
        self.fixed = None if which is None else self.shapes[which % len(self.shapes)]
        self.name = name_of(program)

    def fitted(self, shape):
        """The shape with the program's rank and groups; None where the operation refuses it."""
        program = self.program
        if isinstance(program, P.Channels):
            shape = {3: (*shape[:2], shape[2] * shape[3]), 4: shape, 5: (*shape, 2)}[program.rank]
            if program.kind == "group" and shape[1] % program.groups:
                shape = (shape[0], shape[1] * program.groups, *shape[2:])
            return None if program.kind == "instance" and shape[2:] == (1, 1) else shape
        shape = (*shape[:-1], shape[-1] * program.groups)
        return shape if program.rank == 2 else (shape[0], 2, shape[1])

    def text(self):
        text = self.program.text("dynamic")
        if self.fixed is not None:
            text += self.program.text("fixed", self.fixed)
        return text


def name_of(program):
    """The operation, then the attributes that were given: layer-bf16-saved_rstd."""
    given = dict(program.given)
    words = [{"Rows": "", "RowsBackward": "backward", "Channels": ""}[type(program).__name__], given.pop("kind"),
             given.pop("dtype", "f32")]
    for key, value in given.items():
        if key == "gradients" or value == program.defaults.get(key, program.common.get(key)):
            continue
        if value is True:
            words.append(key)
        elif value in (None, False):
            words.append("no_" + key)
        else:
            words.append(f"{key}_{'_'.join(map(str, value)) if isinstance(value, tuple) else value}")
    return re.sub(r"[^\w-]", "", "-".join(w for w in words if w))


def cases(quick):
    """The cases; every third has fixed sizes too: compiling takes most of the time."""
    Rows, Back, Channels = P.Rows, P.RowsBackward, P.Channels
    rows, channels = [], []
    wide = lambda dtype: "f64" if dtype == "f64" else "f32"
    for kind in ("layer", "rms"):
        layer = kind == "layer"
        gradients = ALL if layer else ALL[:2]
        for dtype in ("bf16", "f32", "f16", "f64"):
            rows.append(Rows(kind=kind, dtype=dtype, param=wide(dtype), bias=layer, saved="rstd"))
            rows.append(Back(kind=kind, dtype=dtype, param=wide(dtype), gradients=gradients))
            if quick and dtype == "bf16" and layer or quick and dtype == "f32":
                break
        if quick:
            continue
        rows += [Rows(kind=kind, dtype="bf16", param="bf16", bias=layer),
                 Rows(kind=kind, dtype="bf16", scale=False),
                 Rows(kind=kind, dtype="f8E4M3FN", param="bf16", bias=layer),
                 Rows(kind=kind, dtype="f8E5M2", scale=False),
                 Rows(kind=kind, dtype="bf16", param="bf16", rounding="normalized", bias=layer),
                 Rows(kind=kind, dtype="bf16", param="bf16", residual="rounded", keep_sum=True, saved="rstd"),
                 Rows(kind=kind, residual="unrounded", keep_sum=True),
                 Rows(kind=kind, dtype="f16", offset=1.0, rank=3, axes=2),
                 Rows(kind=kind, layout="any", bias=layer),
                 Back(kind=kind, dtype="bf16", param="bf16", stats=None, gradients=gradients),
                 Back(kind=kind, dtype="bf16", dsum=True, gradients=gradients),
                 Back(kind=kind, scale=False, gradients=gradients)]
    if not quick:
        rows += [Rows(kind="layer", dtype="f16", bias=True, saved="variance"),
                 Rows(kind="rms", gate="after", dtype="bf16"),
                 Rows(kind="rms", gate="before", groups=4, saved="rstd"),
                 Back(kind="rms", groups=4, dtype="bf16")]
    for last in (False, True):
        for kind in ("batch", "inference", "instance", "group"):
            saved = {} if kind == "inference" else {"saved": "rstd"}
            if quick:
                if (kind, last) in (("batch", True), ("group", False)):
                    channels.append(Channels(kind=kind, dtype="bf16", last=last, **saved))
                    channels.append(Channels(kind=kind, last=last, backward=True, **saved))
                elif not last and kind != "instance":
                    channels.append(Channels(kind=kind, last=last, **saved))
                continue
            for dtype in ("f32", "bf16") + (("f16", "f64") if kind in ("batch", "group") else ()):
                channels.append(Channels(kind=kind, dtype=dtype, param=wide(dtype), last=last, **saved))
            for dtype in ("f32", "bf16"):
                channels.append(Channels(kind=kind, dtype=dtype, last=last, backward=True, **saved))
        if not quick:
            channels += [Channels(kind="batch", last=last, saved="variance", running=(0.1, "torch", "unbiased")),
                         Channels(kind="group", dtype="bf16", last=last, groups=32),
                         Channels(kind="batch", dtype="bf16", last=last, rank=3),
                         Channels(kind="group", last=last, backward=True, saved=None, rank=3)]
    found = [Case(p, QUICK_ROWS if quick else ROWS, None if i % 3 else i // 3) for i, p in enumerate(rows)]
    for i, p in enumerate(channels):
        found.append(Case(p, QUICK_CHANNELS if quick else CHANNELS, None if i % 3 else i // 3))
    assert len({c.name for c in found}) == len(found)
    return found


# ---- The benchmark ----

MB = 1 << 20
# Bytes of all large tensors of a call together: the rows of the table of goals.
TRAFFIC = [4 * MB, 32 * MB, 128 * MB, 512 * MB]
LENGTHS = [128, 512, 1024, 4096, 8192, 16384, 32768, 65536, 131072]
SOME_LENGTHS = [1024, 4096, 65536]
QUICK_LENGTHS = [512, 4096, 65536]
# Layers of real networks in tools/normc/examples.
EXAMPLES = ["llama3_rms_norm", "gpt2_layer_norm", "gemma_rms_norm", "vae_group_norm"]
SIZES = {"bf16": 2, "f16": 2, "f32": 4, "f64": 8, "i8": 1}

# Fractions of the speed of a copy, by traffic in MB up to which they hold: of forward kernels by N, and of backward ones.
# None: at most a microsecond more than the copy, and of backward kernels twice it and three more.
GOALS = [(4, None, None, None, None), (32, 0.75, 0.80, 0.75, 0.65), (128, 0.85, 0.92, 0.88, 0.80),
         (1 << 30, 0.90, 0.96, 0.93, 0.88)]


class Cell:
    """`program` with rows (samples) that are known at run time; `sizes`: the rest of the shape, as the formulas see it."""

    def __init__(self, op, program, sizes, traffic, judged):
        self.op, self.program, self.sizes, self.judged = op, program, tuple(sizes), judged
        self.dtype, self.backward = program.dtype, "backward" in op
        self.streams = 3 if self.backward else 2
        row = 1
        for size in self.sizes:
            row *= size
        self.N, self.row = self.sizes[-1] if judged else row, row
        self.rows = max(1, traffic // (self.streams * row * SIZES[self.dtype]))
        self.traffic = self.streams * self.rows * row * SIZES[self.dtype]
        self.library = f"bench-{op}-{self.dtype}-{'x'.join(map(str, self.sizes))}"

    @property
    def shape(self):
        return (self.rows, *self.sizes)

    def text(self):
        return self.program.text("kernel", ("r", *self.sizes))

    def __str__(self):
        return f"{self.op} {self.dtype} {'x'.join(map(str, self.shape))}"


def goal_seconds(cell, copy):
    """The seconds that the goal allows where a copy of the same bytes takes `copy`; None: there is no goal."""
    if not cell.judged:
        return None
    _, short, middle, long, backward = next(g for g in GOALS if cell.traffic <= g[0] * MB * 1.001)
    if cell.backward:
        return copy / backward if backward else 2 * copy + 3e-6
    share = short if cell.N < 1024 else middle if cell.N <= 16384 else long
    return copy / share if share else copy + 1e-6


def cells(quick, tiny=False):
    """What is timed, the most telling first. tiny: tensors of a size that an interpreter has time for."""
    rows = {"rms_norm": lambda t: P.Rows(kind="rms", dtype=t, param=t),
            "layer_norm": lambda t: P.Rows(kind="layer", dtype=t, param=t, bias=True),
            "rms_norm_backward": lambda t: P.RowsBackward(kind="rms", dtype=t, param=t),
            "layer_norm_backward": lambda t: P.RowsBackward(kind="layer", dtype=t, param=t, gradients=ALL)}
    def of_rows(traffic):
        for op, make in rows.items():
            for N in QUICK_LENGTHS if quick else LENGTHS:
                yield Cell(op, make("bf16"), (N,), traffic, True)
            for N in [] if quick else SOME_LENGTHS:
                yield Cell(op, make("f32"), (N,), traffic, True)

    traffics = [1 << 17] if tiny else [TRAFFIC[2], TRAFFIC[0]] if quick else [TRAFFIC[i] for i in (2, 0, 3, 1)]
    found = [cell for traffic in traffics[:2] for cell in of_rows(traffic)]
    for last in (False, True):
        place = "last" if last else "first"
        make = lambda kind, dtype, **how: P.Channels(kind=kind, dtype=dtype, last=last, **how)
        some = [("batch_norm", make("batch", "bf16", saved="rstd"), (64, 56, 56)),
                ("group_norm", make("group", "bf16", groups=32, param="bf16", saved="rstd"), (512, 64, 64)),
                ("group_norm_backward", make("group", "bf16", groups=32, param="bf16", saved="rstd", backward=True),
                 (512, 64, 64)),
                ("batch_norm_backward", make("batch", "bf16", saved="rstd", backward=True), (64, 56, 56)),
                ("batch_norm_inference", make("inference", "bf16"), (256, 28, 28)),
                ("instance_norm", make("instance", "f32", saved="rstd"), (32, 256, 256))]
        for op, program, sizes in some[:last] if quick else some:
            found.append(Cell(f"{op}_{place}", program, sizes, traffics[0], False))
    return found + [cell for traffic in traffics[2:] for cell in of_rows(traffic)]
