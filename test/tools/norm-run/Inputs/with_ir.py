# with_ir.py MANIFEST IR [KERNEL=SYMBOL]... > NEW: the manifest with `ir` in the kernels that the text
# has, and other functions of the library in the place of some kernels.
import json
import sys

with open(sys.argv[1]) as file:
    manifest = json.load(file)
with open(sys.argv[2]) as file:
    text = file.read()
symbols = dict(item.split("=") for item in sys.argv[3:])
for kernel in manifest["kernels"]:
    if f"@{kernel['name']}(" in text:
        kernel["ir"] = text
    kernel["symbol"] = symbols.get(kernel["name"], kernel["symbol"])
json.dump(manifest, sys.stdout, indent=1)
