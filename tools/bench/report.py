"""Lines, tables and plots of the benchmark's results."""

import json
import os
import platform
import statistics


def machine():
    name = platform.machine()
    try:
        with open("/proc/cpuinfo") as file:
            fields = dict(line.split(":", 1) for line in file if ":" in line)
        fields = {k.strip(): v.strip() for k, v in fields.items()}
        name = f"{fields.get('model name', name)}, family {fields.get('cpu family')}, model {fields.get('model')}"
    except (OSError, ValueError):
        pass
    return f"{name}, {os.cpu_count()} cores"


def as_json(data):
    """JSON with a line for each cell."""
    head = json.dumps({k: v for k, v in data.items() if k != "results"}, indent=1)
    lines = ",\n".join("  " + json.dumps(r) for r in data["results"])
    return head[:-2] + ',\n "results": [\n' + lines + "\n ]\n}\n"


def ratios(r):
    """Shares of speed: above 1 is faster than the other."""
    ours = r["normc_1"] if "normc_1" in r else next(v for k, v in r.items() if k.startswith("normc_"))
    # A copy moves two streams.
    copy = r["copy"] * r["bytes"] / (2 * r["x_bytes"]) if "x_bytes" in r else r["copy"]
    found = {"copy": copy / ours}
    for kind in ("floor", "plain", "onednn"):
        if kind in r:
            found[kind] = r[kind] / ours
    return found


def line(r):
    streams = 3 if "backward" in r["op"] else 2
    share = ratios({**r, "x_bytes": r["bytes"] / streams})
    text = f"{r['op']:20} {r['dtype']:5} {r['where']:4} {r['N']:6}  {r['bytes'] / r['normc_1'] * 1e-9 if 'normc_1' in r else 0:6.1f} GB/s"
    text += f"  copy {share['copy']:.2f}"
    if "floor" in share:
        text += f"  floor {share['floor']:.2f} ({r['floor_name']})"
    if "plain" in share:
        text += f"  plain {share['plain']:.2f}"
    if "onednn" in share:
        text += f"  onednn {share['onednn']:.2f}"
    if "normc_2" in r and "normc_1" in r:
        text += f"  2 threads {r['normc_1'] / r['normc_2']:.2f}"
    return text


def shares(data):
    for r in data["results"]:
        streams = 3 if "backward" in r["op"] else 2
        yield r, ratios({**r, "x_bytes": r["bytes"] / streams})


def summary(data):
    """A line for each operation and type: medians and the worst cell."""
    groups = {}
    for r, share in shares(data):
        groups.setdefault((r["op"], r["dtype"]), []).append((r, share))
    lines = []
    for (op, dtype), members in groups.items():
        text = f"{op:20} {dtype:5}"
        for kind in ("copy", "floor", "plain", "onednn"):
            values = [s[kind] for _, s in members if kind in s]
            if values:
                text += f"  {kind}: median {statistics.median(values):.2f}, worst {min(values):.2f}"
        lines.append(text)
    return lines


def markdown(data):
    text = f"{data['date']}, {data['machine']}, commit {data['commit']}: `{data['command']}`\n\n"
    text += "| op | type | where | N | GB/s | of copy | of floor | of plain | of oneDNN |\n|---|---|---|---|---|---|---|---|---|\n"
    cell = lambda share, kind: f"{share[kind]:.2f}" if kind in share else "-"
    for r, share in shares(data):
        rate = r["bytes"] / (r["normc_1"] if "normc_1" in r else r["copy"] / share["copy"]) * 1e-9
        text += f"| {r['op']} | {r['dtype']} | {r['where']} | {r['N']} | {rate:.0f} | {cell(share, 'copy')} | "
        text += f"{cell(share, 'floor')} | {cell(share, 'plain')} | {cell(share, 'onednn')} |\n"
    return text


KINDS = {"copy": "share of copy, median and range", "floor": "of hand-written", "plain": "of plain loops", "onednn": "of oneDNN"}


def aggregate(data):
    """A line for each operation, type and place: median and range over the lengths. And the cells that miss the marks."""
    groups, met, judged, slow = {}, 0, 0, {"plain": [], "onednn": []}
    for r, share in shares(data):
        groups.setdefault((r["op"], r["dtype"], r["where"]), []).append(share)
        if "floor" in share:
            judged += 1
            met += share["floor"] >= (0.90 if r["op"] in ("layer_norm", "rms_norm") else 0.85)
        for kind, cells in slow.items():
            if share.get(kind, 1) < 0.9:
                cells.append(f"{r['op']} {r['dtype']} {r['where']} N={r['N']} {share[kind]:.2f}")
    text = f"{data['date']}, {data['machine']}, commit {data['commit']}: `{data['command']}`.\n\n"
    text += f"| op | type | where | {' | '.join(KINDS.values())} |\n|---|---|---|{'---|' * len(KINDS)}\n"
    for key, members in groups.items():
        cells = []
        for kind in KINDS:
            values = [share[kind] for share in members if kind in share]
            cells.append(f"{statistics.median(values):.2f} ({min(values):.2f}–{max(values):.2f})" if values else "-")
        text += f"| {' | '.join(key)} | {' | '.join(cells)} |\n"
    text += f"\nThe marks of hand-written kernels (0.90 forward of layer and RMS norm, 0.85 of the rest): met in {met} of {judged} cells.\n"
    for kind, cells in slow.items():
        text += f"Slower than {kind} by more than 10 %: {len(cells)} of {len(data['results'])}. {'; '.join(cells)}\n"
    return text


def plot(data, path):
    """Share of copy against N, a panel for each operation."""
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    ops = list(dict.fromkeys(r["op"] for r in data["results"]))
    columns = min(3, len(ops))
    rows = -(-len(ops) // columns)
    figure, axes = plt.subplots(rows, columns, figsize=(5 * columns, 3.2 * rows), squeeze=False, sharey=True)
    styles = {"f32": "-", "bf16": "--", "f16": ":"}
    colours = {"L2": "tab:blue", "L3": "tab:orange", "DRAM": "tab:green"}
    for op, axis in zip(ops, axes.flat):
        lines = {}
        for r, share in shares(data):
            if r["op"] == op:
                lines.setdefault((r["dtype"], r["where"]), []).append((r["N"], share["copy"]))
        for (dtype, where), points in lines.items():
            axis.plot(*zip(*sorted(points)), styles[dtype], color=colours[where], marker=".", label=f"{dtype} {where}")
        axis.set_xscale("log", base=2)
        axis.axhline(1, color="grey", linewidth=0.5)
        axis.set_title(op)
        axis.set_xlabel("N")
        axis.set_ylim(0, 1.3)
    for axis in axes[:, 0]:
        axis.set_ylabel("share of copy")
    for axis in list(axes.flat)[len(ops):]:
        axis.set_visible(False)
    axes.flat[0].legend(fontsize="small")
    figure.tight_layout()
    figure.savefig(path)


def comparison(data):
    """The tables of compare.py in Markdown."""
    text = f"{data['date']}, {data['machine']}, commit {data['commit']}: `{data['command']}`.\n"
    for table in data["tables"]:
        if not table["lines"]:
            continue
        figures = [k for k in table["lines"][0] if k not in ("what", "where", "dtype")]
        text += f"\n{table['what']}\n\n| kernel | type | where | {' | '.join(figures)} |\n|---|---|---|{'---|' * len(figures)}\n"
        for line in table["lines"]:
            text += f"| {line['what']} | {line['dtype']} | {line['where']} | " + " | ".join(
                f"{line[k]:.2f}" for k in figures) + " |\n"
    return text
