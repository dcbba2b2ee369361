"""PyTorch's side of the benchmark: the same operations, eager and through torch.compile, as CUDA graphs.

Every call of a graph has inputs of its own, and outputs that nothing else overwrites meanwhile. Backward is
torch.autograd.grad of a forward that was done before: nothing of the forward is timed.
"""

import torch
import torch.nn.functional as F

import gpu_bench
import programs as P

DEVICE = "cuda"
TYPES = {"bf16": torch.bfloat16, "f16": torch.float16, "f32": torch.float32, "f64": torch.float64}


def forward(cell):
    """x, scale, bias to y, as PyTorch says it."""
    program, eps = cell.program, cell.program.eps
    kind = program.kind
    if isinstance(program, P.Channels):
        if kind == "batch":
            return lambda x, w, b: F.batch_norm(x, None, None, w, b, True, 0.1, eps)
        if kind == "instance":
            return lambda x, w, b: F.instance_norm(x, None, None, w, b, True, 0.1, eps)
        if kind == "group":
            groups = program.groups
            return lambda x, w, b: F.group_norm(x, groups, w, b, eps)
        return None
    row = list(cell.sizes)
    if kind == "layer":
        return lambda x, w, b: F.layer_norm(x, row, w, b, eps)
    if hasattr(F, "rms_norm"):
        return lambda x, w, b: F.rms_norm(x, row, w, eps)
    # Before 2.4.
    return lambda x, w, b: (x.float() * torch.rsqrt(x.float().pow(2).mean(-1, keepdim=True) + eps)).to(x.dtype) * w


def inference(cell):
    """x, scale, bias, mean, variance to y."""
    eps = cell.program.eps
    return lambda x, w, b, m, v: F.batch_norm(x, m, v, w, b, False, 0.1, eps)


def calls(cell, copies, compiled):
    """A function for every set of tensors."""
    program = cell.program
    channels = isinstance(program, P.Channels)
    dtype = TYPES[cell.dtype]
    # Group norm wants parameters of the input's type.
    param = TYPES[program.param] if channels and program.kind != "group" else dtype
    width = cell.sizes[:1] if channels else cell.sizes
    layout = torch.channels_last if channels and program.last and len(cell.shape) == 4 else torch.contiguous_format

    def tensor(shape=cell.shape):
        x = torch.randn(shape, device=DEVICE, dtype=torch.float32).to(dtype)
        return x.contiguous(memory_format=layout) if len(shape) == 4 else x
    scale = torch.randn(width, device=DEVICE).to(param)
    bias = None if program.kind == "rms" else torch.randn(width, device=DEVICE).to(param)
    extra = ()
    f = forward(cell)
    if f is None:
        f, extra = inference(cell), (torch.randn(width, device=DEVICE), torch.rand(width, device=DEVICE) + 0.5)
    if compiled:
        torch._dynamo.reset()
        f = torch.compile(f, dynamic=False, fullgraph=True)
    if not cell.backward:
        xs = [tensor() for _ in range(copies)]

        def forward_only(x):
            with torch.no_grad():
                return f(x, scale, bias, *extra)
        return [lambda x=x: forward_only(x) for x in xs]
    found = []
    for _ in range(copies):
        x = tensor().requires_grad_()
        inputs = [x] + [p.requires_grad_() for p in (scale, bias) if p is not None]
        y, dy = f(x, scale, bias), tensor()
        found.append(lambda y=y, dy=dy, inputs=inputs: torch.autograd.grad(y, inputs, dy, retain_graph=True))
    return found


class Torch:
    def __init__(self):
        if not torch.cuda.is_available():
            raise RuntimeError("PyTorch finds no GPU")
        self.version = torch.__version__
        self.stream = torch.cuda.Stream()
        self.stream_address = self.stream.cuda_stream
        self.notes = [f"PyTorch {torch.__version__}, CUDA {torch.version.cuda}."]
        # What is kept for a second backward must not be given away.
        try:
            from torch._functorch import config
            config.donated_buffer = False
        except (ImportError, AttributeError):
            pass

    def clear(self):
        torch.cuda.synchronize()
        torch.cuda.empty_cache()

    def graph(self, name, functions, repeats):
        keep = [None] * len(functions)
        with torch.cuda.stream(self.stream):
            for function in functions[:3]:
                function()
        self.stream.synchronize()
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph, stream=self.stream):
            for _ in range(repeats):
                for k, function in enumerate(functions):
                    keep[k] = function()

        held = [graph, functions, keep]

        def replay():
            with torch.cuda.stream(self.stream):
                held[0].replay()
        return gpu_bench.Contender(name, repeats * len(functions), replay, held.clear)

    def contender(self, name, cell, copies, repeats, compiled):
        with torch.cuda.stream(self.stream):
            functions = calls(cell, copies, compiled)
        return self.graph(name, functions, repeats)

    def copy_kernel(self, size, copies, repeats):
        """A copy by a kernel with vectors; the driver's own is slower for some sizes."""
        with torch.cuda.stream(self.stream):
            pairs = [(torch.ones(size // 4, device=DEVICE), torch.empty(size // 4, device=DEVICE)) for _ in range(copies)]
        return self.graph("copy kernel", [lambda a=a, b=b: torch.neg(a, out=b) for a, b in pairs], repeats)
