"""The cells of the benchmark: operations, element types, sizes."""

import ctypes

# Bytes of x: in the second cache, in the third, in memory.
WHERE = {"L2": 256 << 10, "L3": 4 << 20, "DRAM": 256 << 20}
LENGTHS = [64, 128, 256, 768, 1024, 4096, 8192, 16384, 65536]
ODD = [65, 100, 250, 777, 1000, 4099, 10000]
BYTES = {"f32": 4, "bf16": 2, "f16": 2}

_NAMES = ("reg1r reg2r reg4r sh1r sh2r ch1r tp1r tp2r tp4r fused tp1r_fused pipe2_1r pipe2_2r pipe2_4r pipe3_1r pipe3_2r t16 t16pf "
          "cb4 cb8 cb4_tp cb8_tp cb4_sh cb8_sh").split()
# Dot products of bf16 give raw moments, not a form that the numerical contract admits of a variance.
_DOTS = "dp1r dp2r dp4r dpp1r dpp2r dpp4r".split()
_ENDINGS = ("", "_nt", "_nt_pf", "_nt_pf1", "_nt_pf2", "_nt_pf512", "_pf2")
_LAYER = [name + ending for name in _NAMES for ending in _ENDINGS]
_RMS = [name + ending for name in _NAMES + _DOTS for ending in _ENDINGS]
_BACKWARD = [a + b for a in ("b1r", "b2r", "b4r", "b8r") for b in ("", "_nt", "_pf1", "_pf2", "_nt_pf1", "_nt_pf2")]
_GROUP = {last: [f"gn_{'nhwc' if last else 'nchw'}_{a}{b}" for a in ("sh", "tp") for b in ("", "_nt", "_nt_pf")]
          for last in (False, True)}
# Raw moments are left out here too.
_BATCH = {False: [f"bn_nchw_{a}{b}" for a in ("sh", "tp") for b in ("", "_nt", "_nt_pf", "_nt_pf512")],
          True: [f"bn_nhwc_{a}{b}" for a in ("r2", "r4", "r8", "t16", "t64") for b in ("", "_nt", "_nt_pf512", "_nt_back")]}


class Cell:
    def __init__(self, op, dtype, where, N, channels=None):
        self.op, self.dtype, self.where, self.N = op, dtype, where, N
        self.backward = "backward" in op
        self.elements = WHERE[where] // BYTES[dtype]
        base = op.replace("_train", "")
        self.plain = base
        self.kind = base.split("_norm")[0]
        self.last = op.endswith("_last")
        if self.kind in ("layer", "rms"):
            self.sizes = (max(8, self.elements // N // 8 * 8), N)
        elif self.kind == "group":
            # N elements in a group: 8 channels, 16 of long ones; 32 groups where there are so many.
            channels = channels or (8 if N < 1024 else 16)
            groups = min(32, max(1, self.elements // N))
            self.sizes = (max(1, self.elements // N // groups), groups, channels, max(1, N // channels))
        elif self.last:
            # N channels.
            samples = min(8, max(1, self.elements // N))
            self.sizes = (samples, N, max(1, self.elements // N // samples))
        else:
            # N elements in a channel: at most 8 samples of at least 64 positions.
            samples = min(8, max(1, N // 64))
            self.sizes = (samples, max(1, self.elements // N), N // samples)
        streams = 3 if self.backward else 2
        self.bytes = streams * self.x_elements * BYTES[dtype]
        self.floor = {"layer": "fl_bwd" if self.backward else "fl_ln", "rms": None if self.backward else "fl_rms",
                      "group": "fl_gn", "batch": "fl_bn"}[self.kind]
        if self.kind in ("rms", "batch") and self.backward or self.kind == "group" and self.backward:
            self.floor = self.plain = None
        self.floor_call = {"fl_ln": "bench_rows", "fl_rms": "bench_rows", "fl_bwd": "bench_rows_backward",
                           "fl_gn": "bench_channels", "fl_bn": "bench_channels"}.get(self.floor)
        stats = ("mean", "rstd") if self.saves else (None, None)
        if self.backward:
            self.plain_arguments = ("x", "dy", "dx", "scale", "mean", "rstd", "dscale", "dbias")
            self.floor_arguments = self.plain_arguments
        else:
            self.plain_arguments = ("x", "y", "scale", "bias", *stats)
            self.floor_arguments = self.plain_arguments
        if self.kind == "rms":
            self.plain_arguments = ("x", "y", "scale")

    def __str__(self):
        return f"{self.op} {self.dtype} {self.where} N={self.N}"

    @property
    def saves(self):
        return self.op.endswith("_train") or self.kind in ("group", "batch")

    @property
    def x_elements(self):
        total = 1
        for size in self.sizes:
            total *= size
        return total

    @property
    def x_shape(self):
        if self.kind in ("layer", "rms"):
            return self.sizes
        if self.kind == "group":
            B, G, D, positions = self.sizes
            channels = G * D
        else:
            B, channels, positions = self.sizes
        return (B, positions, channels) if self.last else (B, channels, positions)

    @property
    def channels(self):
        return {"group": lambda: self.sizes[1] * self.sizes[2], "batch": lambda: self.sizes[1]}.get(
            self.kind, lambda: self.N)()

    @property
    def groups(self):
        if self.kind == "group":
            return self.sizes[:2]
        return (self.sizes[1],) if self.kind == "batch" else (self.sizes[0],)

    def param(self, name):
        return self.dtype if name in ("x", "y", "dy", "dx") else "f32"

    def tensor(self, name, dtype):
        """`(name, shape, type)` of a kernel's argument."""
        if name in ("x", "y", "dy", "dx", "residual"):
            return name, self.x_shape, dtype
        if name in ("scale", "bias", "dscale", "dbias"):
            return name, (self.channels,), dtype
        if name in ("mean", "rstd", "variance"):
            return name, self.groups, dtype
        return name, (self.channels,), dtype

    def tensors(self):
        names = ["x", "dy", "dx"] if self.backward else ["x", "y"]
        names += ["scale", "bias", "mean", "rstd", "dscale", "dbias"]
        return [self.tensor(name, self.param(name)) for name in names]

    def flags(self, dynamic):
        """What the kernel is compiled with: rows and samples are known at run time, the rest is static."""
        op = self.op.replace("_train", "").replace("_backward", "").replace("_first", "").replace("_last", "")
        shape = ["?"] + [str(s) for s in self.x_shape[1:]]
        if dynamic:
            shape = ["?"] * len(shape)
        flags = [f"--op={op}", "--shape=" + "x".join(shape), f"--dtype={self.dtype}", "--param-dtype=f32"]
        if self.kind in ("group", "batch"):
            flags.append(f"--layout=channels_{'last' if self.last else 'first'}")
        if self.kind == "group":
            flags.append(f"--groups={self.sizes[1]}")
        if self.kind == "batch":
            flags += ["--training", "--no-running"]
        if self.backward:
            flags += ["--backward", "--save-stats"]
        elif self.saves:
            flags.append("--save-stats")
        return flags

    def onednn(self):
        """The numbers of bench_onednn_create, or nothing for what oneDNN does not have."""
        op = {"layer": 0, "batch": 1, "group": 2}.get(self.kind)
        if op is None:
            return None
        sizes = self.sizes
        if self.kind == "group":
            sizes = (sizes[0], sizes[1] * sizes[2], sizes[3], sizes[1])
        return [op, int(self.backward), int(self.dtype == "bf16"), int(self.last), int(self.saves), *sizes, *[0] * (4 - len(sizes))]

    def variants(self):
        if self.kind in ("layer", "rms"):
            return _BACKWARD if self.backward else _RMS if self.kind == "rms" else _LAYER
        return (_GROUP if self.kind == "group" else _BATCH)[self.last]

    def admits(self, library, variant, pointers):
        """Whether a hand-written kernel does this shape: it says so itself, when called."""
        kind = self.kind
        # The yardstick's channels go by vectors, and do not check that they do.
        if kind in ("group", "batch") and (self.sizes[-1] % 64 if not self.last else self.channels % 64):
            return False
        function = getattr(library, self.floor)
        flag, sizes = ctypes.c_int(int(self.dtype == "bf16")), [ctypes.c_long(s) for s in self.sizes]
        tail = [ctypes.c_int(1)] if self.floor_call == "bench_rows" else []
        return function(ctypes.c_char_p(variant.encode()), flag, *map(ctypes.c_void_p, pointers[2:]), *sizes, *tail) == 0


OPS = ["layer_norm", "layer_norm_train", "rms_norm", "layer_norm_backward", "rms_norm_backward", "group_norm_first",
       "group_norm_last", "batch_norm_first", "batch_norm_last"]


def all_cells(ops, dtypes, where, odd, channels=None):
    for op in ops:
        for dtype in dtypes:
            for place in where:
                for N in sorted(LENGTHS + (ODD if odd and op.split("_norm")[0] in ("layer", "rms") else [])):
                    # At least eight rows, or one group.
                    least = 8 if op.split("_norm")[0] in ("layer", "rms") else 1
                    if N * least * BYTES[dtype] > WHERE[place]:
                        continue
                    yield Cell(op, dtype, place, N, channels)
