#!/usr/bin/env bash
# Nemotron-H takes its depth from the pattern of layers and never from `num_hidden_layers`: with both
# given the pattern wins, and without a pattern the model has four layers, whatever depth is asked.
#
# Seen with transformers 5.24.0: `num_hidden_layers` 52 with a pattern of 8 letters makes 8 layers;
# 52 without a pattern makes 4 (one of each kind); 4 with a pattern of 8 letters makes 8. A model cut
# down for a test by its depth, as with any other family, keeps all of its layers.
# Why it matters here: parameters and FLOPs follow the pattern, and a file without one is refused.
#
# Needs python3 with venv and the package index; installs into a temporary folder; no model weights
# and no PyTorch. Exits with 1 if the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export HF_HUB_OFFLINE=1 TRANSFORMERS_VERBOSITY=error
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet transformers==5.24.0
"$folder/venv/bin/python" - <<'PYTHON' 2>/dev/null
import sys
from transformers import NemotronHConfig

pattern = "M-M*M-M*"
cases = [
    ("52 layers asked, a pattern of 8", dict(num_hidden_layers=52, hybrid_override_pattern=pattern), 8),
    ("4 layers asked, a pattern of 8", dict(num_hidden_layers=4, hybrid_override_pattern=pattern), 8),
    ("52 layers asked, no pattern", dict(num_hidden_layers=52), 4),
]
changed = False
for name, given, expected in cases:
    layers = NemotronHConfig(**given).num_hidden_layers
    print(f"transformers 5.24.0: {name}: {layers} layers")
    changed |= layers != expected
print("CHANGED: the depth is taken from elsewhere now" if changed else "as stated")
sys.exit(1 if changed else 0)
PYTHON
