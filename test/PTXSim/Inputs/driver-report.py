# Reads the lines that the driver has written, one for each launch.
import json
import sys

with open(sys.argv[1]) as file:
    launches = [json.loads(line) for line in file]
first = next(launch for launch in launches if launch["entry"] == "add")
assert first["grid"] == [4, 1, 1] and first["block"] == [32, 1, 1] and first["cluster"] == [1, 1, 1], first
assert first["bytes_loaded"] == 800 and first["bytes_stored"] == 400 and first["error"] is None, first
assert [b["name"] for b in first["buffers"]] == ["a", "memory2", "c"], first
assert sum(b["bytes_loaded"] for b in first["buffers"]) == 800, first
assert first["warp_instructions"] == 4 * 19 and first["classes"]["global store"] == 4, first
assert any(launch["cluster"] == [4, 1, 1] for launch in launches)
assert any("line 21" in (launch["error"] or "") for launch in launches)
assert {launch["entry"] for launch in launches} == {"add", "ranks", "twice", "hasty"}
