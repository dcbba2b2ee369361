# Programs on tensors, written shortly: what a search for normalizations could take for one. A linalg.generic is
# `p.each("rc,r->rc", x, s, "a * rsqrt(b + 1e-5)")`: letters are loops, a digit is a constant index, and the inputs'
# elements are a, b, c, ... A loop that the result lacks is summed over.

import ast

PARTS = {ast.Add: "arith.addf", ast.Sub: "arith.subf", ast.Mult: "arith.mulf", ast.Div: "arith.divf"}
UNARY = {"rsqrt", "sqrt", "exp", "tanh", "absf"}
WIDTH = {"f64": 64, "f32": 32, "f16": 16, "bf16": 16}


class Value:
    def __init__(self, name, shape, element):
        self.name, self.shape, self.element = name, shape, element

    @property
    def type(self):
        return "tensor<" + "".join(f"{s}x" for s in self.shape) + self.element + ">"


class Program:
    def __init__(self, name, *types):
        self.name, self.lines, self.count, self.arguments = name, [], 0, []
        for i, text in enumerate(types):
            *shape, element = text.split("x")
            self.arguments.append(Value(f"%arg{i}", shape, element))
        self.results = []

    def new(self):
        self.count += 1
        return f"%v{self.count}"

    def line(self, text):
        self.lines.append("  " + text)

    def op(self, text):
        name = self.new()
        self.line(f"{name} = {text}")
        return name

    # Numbers in a body.

    def compute(self, text, names):
        """A Python expression as operations: its value and element type."""
        def constant(number, element):
            return self.op(f"arith.constant {float(number):e} : {element}" if number == number else
                           f"arith.constant 0x7FC00000 : {element}"), element

        def visit(node, wanted=None):
            if isinstance(node, ast.Constant):
                return constant(node.value, wanted)
            if isinstance(node, ast.Name):
                return names[node.id]
            if isinstance(node, ast.UnaryOp):
                if isinstance(node.operand, ast.Constant):
                    return constant(-node.operand.value, wanted)
                value, element = visit(node.operand, wanted)
                return self.op(f"arith.negf {value} : {element}"), element
            if isinstance(node, ast.BinOp):
                left, right = node.left, node.right
                is_constant = isinstance(left, ast.Constant) or (isinstance(left, ast.UnaryOp)
                                                                 and isinstance(left.operand, ast.Constant))
                if is_constant:
                    y, element = visit(right, wanted)
                    x, _ = visit(left, element)
                else:
                    x, element = visit(left, wanted)
                    y, other = visit(right, element)
                    assert other == element, text
                return self.op(f"{PARTS[type(node.op)]} {x}, {y} : {element}"), element
            function = node.func.id
            if function in ("max", "min"):
                x, element = visit(node.args[0])
                y, _ = visit(node.args[1], element)
                return self.op(f"arith.{function}imumf {x}, {y} : {element}"), element
            x, element = visit(node.args[0], "f32")
            if function in UNARY:
                return self.op(f"math.{function} {x} : {element}"), element
            if function == "toward_zero":
                return self.op(f"arith.truncf {x} toward_zero : {element} to bf16"), "bf16"
            if function == element:
                return x, element
            if WIDTH[function] == WIDTH[element]:
                x, element = self.op(f"arith.extf {x} : {element} to f32"), "f32"
            cast = "extf" if WIDTH[function] > WIDTH[element] else "truncf"
            return self.op(f"arith.{cast} {x} : {element} to {function}"), function

        return visit(ast.parse(text.strip(), mode="eval").body)

    # Tensors.

    def size(self, value, dim):
        index = self.op(f"arith.constant {dim} : index")
        return self.op(f"tensor.dim {value.name}, {index} : {value.type}")

    def empty(self, shape, element, sizes=()):
        value = Value(None, [str(s) for s in shape], element)
        value.name = self.op(f"tensor.empty({', '.join(sizes)}) : {value.type}")
        return value

    def fill(self, shape, element, number, sizes=()):
        empty = self.empty(shape, element, sizes)
        cst = self.op(f"arith.constant {float(number):e} : {element}")
        name = self.op(f"linalg.fill ins({cst} : {element}) outs({empty.name} : {empty.type}) -> {empty.type}")
        return Value(name, empty.shape, element)

    def each(self, maps, *given, start=0.0, into=None, accumulate=None, body=None, sizes=None):
        """`into`: the tensor that is written to; `start`: the first addend of sums; `accumulate`: how a sum grows, of
        acc and the term; `body`: prints operations instead, and returns what is yielded and its type."""
        *inputs, text = given if body is None else (*given, None)
        accesses, out = maps.split("->")
        accesses = accesses.split(",") if inputs else []
        extent, loops = {}, []
        for access, value in [*zip(accesses, inputs)] + ([(out, into)] if into else []):
            for dim, letter in enumerate(access):
                if letter.isalpha() and letter not in extent:
                    extent[letter] = (value.shape[dim], value, dim)
        for letter, number in (sizes or {}).items():
            extent[letter] = (str(number), None, 0)
        for letter in out + "".join(accesses):
            if letter.isalpha() and letter not in loops:
                loops.append(letter)
        summed = [letter for letter in loops if letter not in out]
        # The element type comes from the body, which is printed later: into a list of its own.
        outer, self.lines = self.lines, []
        if body is None:
            names = {chr(ord("a") + i): (f"%in{i}", v.element) for i, v in enumerate(inputs)}
            value, element = self.compute(text, names)
            if summed:
                if accumulate:
                    value, _ = self.compute(accumulate, {"acc": ("%out", element), "term": (value, element)})
                else:
                    value = self.op(f"arith.addf %out, {value} : {element}")
        else:
            value, element = body()
        inner, self.lines = self.lines, outer
        if into is None:
            dynamic = [self.size(extent[l][1], extent[l][2]) for l in out if l.isalpha() and extent[l][0] == "?"]
            shape = [extent[l][0] if l.isalpha() else "1" for l in out]
            into = self.fill(shape, element, start, dynamic) if summed else self.empty(shape, element, dynamic)

        def affine(access):
            return f"affine_map<({', '.join('d' + l for l in loops)}) -> (" + ", ".join(
                "d" + l if l.isalpha() else l for l in access) + ")>"

        iterators = ", ".join('"reduction"' if l in summed else '"parallel"' for l in loops)
        ins = f" ins({', '.join(v.name for v in inputs)} : {', '.join(v.type for v in inputs)})" if inputs else ""
        name = self.op(f"linalg.generic {{indexing_maps = [{', '.join(affine(a) for a in accesses + [out])}], "
                       f"iterator_types = [{iterators}]}}{ins} outs({into.name} : {into.type}) {{")
        self.line("^bb0(" + ", ".join([f"%in{i}: {v.element}" for i, v in enumerate(inputs)]
                                      + [f"%out: {into.element}"]) + "):")
        self.lines += ["  " + line for line in inner]
        self.line(f"  linalg.yield {value} : {element}")
        self.line(f"}} -> {into.type}")
        return Value(name, into.shape, into.element)

    def reshaped(self, value, groups, shape, sizes=()):
        """Expands where `shape` is longer, else collapses."""
        result = Value(self.new(), [str(s) for s in shape], value.element)
        if len(shape) > len(value.shape):
            every = iter(sizes)
            listed = ", ".join(next(every) if s == "?" else s for s in result.shape)
            self.line(f"{result.name} = tensor.expand_shape {value.name} {groups} output_shape [{listed}] : "
                      f"{value.type} into {result.type}")
        else:
            self.line(f"{result.name} = tensor.collapse_shape {value.name} {groups} : {value.type} into {result.type}")
        return result

    def transposed(self, value, order):
        letters = "abcde"[:len(order)]
        return self.each(f"{letters}->{''.join(letters[i] for i in order)}", value, "a")

    def cut(self, value, offsets, shape):
        result = Value(None, [str(s) for s in shape], value.element)
        result.name = self.op(f"tensor.extract_slice {value.name}[{', '.join(map(str, offsets))}] "
                              f"[{', '.join(map(str, shape))}] [{', '.join('1' for _ in shape)}] : "
                              f"{value.type} to {result.type}")
        return result

    def give(self, *values):
        self.results = values
        return self

    def text(self):
        arguments = ", ".join(f"{a.name}: {a.type}" for a in self.arguments)
        types = ", ".join(v.type for v in self.results)
        return (f"func.func @{self.name}({arguments}) -> ({types}) {{\n" + "\n".join(self.lines) +
                f"\n  return {', '.join(v.name for v in self.results)} : {types}\n}}\n")


def moments(p, x, over="rc->r", n=16):
    """The mean and the variance, in two passes."""
    kept = over.split("->")[1]
    mean = p.each(f"{kept}->{kept}", p.each(over, x, "a"), f"a / {n}.0")
    squares = p.each(over.replace("->", f",{kept}->"), x, mean, "(a - b) * (a - b)")
    return mean, p.each(f"{kept}->{kept}", squares, f"a / {n}.0")


def root_mean_square(p, x, over="rc->r", n=16, eps=1e-5):
    kept = over.split("->")[1]
    return p.each(f"{kept}->{kept}", p.each(over, x, "a * a"), f"rsqrt(a / {n}.0 + {eps})")
