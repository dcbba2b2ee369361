# Reads and writes .npy files with nothing but the format's description, so that norm-run and NumPy
# are each compared with a third opinion.
#
#   npy.py write FILE DESCR SHAPE VALUES...   npy.py write x.npy '<f4' 2,2 1 2 3 4
#   npy.py show FILE                          prints "<f4 (2, 2) 1.0 2.0 3.0 4.0"
import ast
import struct
import sys

codes = {"f2": "e", "f4": "f", "f8": "d", "i1": "b", "i2": "h", "i4": "i", "i8": "q",
         "u1": "B", "u2": "H", "u4": "I", "u8": "Q", "b1": "B", "V1": "B", "f1": "B"}


def to_bf16(value):
    # Exact values only.
    return struct.unpack("<I", struct.pack("<f", value))[0] >> 16


def pack(descr, values):
    if descr[1:] == "V2":
        return struct.pack(f"<{len(values)}H", *map(to_bf16, values))
    code = codes[descr[1:]]
    return struct.pack(f"<{len(values)}{code}", *[v if code in "efd" else int(v) for v in values])


def unpack(descr, data):
    if descr[1:] == "V2":
        bits = struct.unpack(f"<{len(data) // 2}H", data)
        return [struct.unpack("<f", struct.pack("<I", b << 16))[0] for b in bits]
    return struct.unpack(f"<{len(data) // int(descr[2])}{codes[descr[1:]]}", data)


def write(path, descr, shape, data, order="False", version=1):
    header = f"{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}"
    prefix = 10 if version == 1 else 12
    header += " " * (-(prefix + len(header) + 1) % 64) + "\n"
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY" + bytes([version, 0]))
        file.write(struct.pack("<H" if version == 1 else "<I", len(header)) + header.encode() + data)


def read(path):
    with open(path, "rb") as file:
        text = file.read()
    assert text[:8] == b"\x93NUMPY\x01\x00", text[:8]
    length = struct.unpack("<H", text[8:10])[0]
    assert (10 + length) % 64 == 0 and text[9 + length : 10 + length] == b"\n"
    header = ast.literal_eval(text[10 : 10 + length].decode())
    assert sorted(header) == ["descr", "fortran_order", "shape"] and header["fortran_order"] is False
    return header["descr"], header["shape"], unpack(header["descr"], text[10 + length :])


if __name__ == "__main__":
    if sys.argv[1] == "write":
        path, descr, shape = sys.argv[2:5]
        shape = tuple(int(size) for size in shape.split(",") if size)
        write(path, descr, shape, pack(descr, [float(v) for v in sys.argv[5:]]))
    else:
        descr, shape, values = read(sys.argv[2])
        print(descr, shape, *values)
