#!/usr/bin/env bash
# Measured kernel tables of aiconfigurator-core name the device in every row, and one set of rows
# headed "NVIDIA H200" is the H100's to the last digit: the expert dispatch and combine times (DeepEP)
# of sglang 0.5.6.post2. Whoever compares the two chips on them measures one chip twice. The newer
# tables of the same package (sglang 0.5.12) were measured apart: no row is shared.
#
# Seen with aiconfigurator-core 0.12.0: 437 of 437 and 95 of 95 rows of the older tables equal but for
# the device's name, 0 of 2,484 and 0 of 176 of the newer ones.
#
# Needs python3 with venv and the package index (a wheel of 82 MB, read only, not installed); works in a
# temporary folder. Exits with 1 if the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet pyarrow==26.0.1
"$folder/venv/bin/pip" download --quiet --no-deps --only-binary=:all: \
  --platform manylinux_2_28_x86_64 --python-version 3.11 --implementation cp --abi abi3 \
  -d "$folder" aiconfigurator-core==0.12.0
(cd "$folder" && python3 -m zipfile -e aiconfigurator_core-0.12.0-*.whl wheel)
"$folder/venv/bin/python" - "$folder/wheel/aiconfigurator_core/systems/data" <<'PYTHON'
import sys

import pyarrow.parquet as parquet

data = sys.argv[1]


def rows(system, version, table):
    path = f"{data}/{system}/comm/sglang/{version}/wideep_deepep_{table}_perf.parquet"
    found = parquet.read_table(path).to_pylist()
    return [{key: value for key, value in row.items() if key != "device"} for row in found]


shared = {}
for version in ("0.5.6.post2", "0.5.12"):
    for table in ("normal", "ll"):
        first, second = rows("h100_sxm", version, table), rows("h200_sxm", version, table)
        same = sum(row in first for row in second)
        shared[version, table] = (same, len(second))
        print("sglang", version, table, f"{same} of {len(second)} rows of the H200 are the H100's")
stated = {
    ("0.5.6.post2", "normal"): (437, 437), ("0.5.6.post2", "ll"): (95, 95),
    ("0.5.12", "normal"): (0, 2484), ("0.5.12", "ll"): (0, 176),
}
print("as stated" if shared == stated else "CHANGED: the tables are others now")
sys.exit(0 if shared == stated else 1)
PYTHON
