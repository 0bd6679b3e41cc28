#!/usr/bin/env bash
# A configuration of a Qwen3 mixture that Transformers 5 saves is read by Transformers 4 as another
# model, without a word: version 5 writes `num_local_experts` and `rope_parameters`, version 4 knows
# neither for this family and takes its defaults, 128 experts and a rotary base of 10,000.
#
# Seen with transformers 5.24.0 and 4.57.6 on the sizes of Qwen3-Coder-480B-A35B (62 layers, width
# 6144, 160 experts 2560 wide, base 10,000,000): saved by 5.24.0 and read by 4.57.6 it has 128
# experts and a base of 10,000. Of its 468 billion parameters in experts 94 billion are missing.
# Why it matters here: of a file that has only the new names, the new meaning has to be taken.
#
# Needs python3 with venv and the package index; installs into a temporary folder; no model weights
# and no PyTorch. Exits with 1 if the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export HF_HUB_OFFLINE=1 TRANSFORMERS_VERBOSITY=error
for version in 5.24.0 4.57.6; do
  python3 -m venv "$folder/$version"
  "$folder/$version/bin/pip" install --quiet "transformers==$version"
done
mkdir "$folder/given" "$folder/saved"
cat > "$folder/given/config.json" <<'JSON'
{"model_type": "qwen3_moe", "hidden_size": 6144, "num_hidden_layers": 62,
 "num_attention_heads": 96, "num_key_value_heads": 8, "head_dim": 128, "num_experts": 160,
 "num_experts_per_tok": 8, "moe_intermediate_size": 2560, "rope_theta": 10000000}
JSON
"$folder/5.24.0/bin/python" - "$folder/given" "$folder/saved" <<'PYTHON' 2>/dev/null
import sys
from transformers import AutoConfig
AutoConfig.from_pretrained(sys.argv[1]).save_pretrained(sys.argv[2])
PYTHON
read_back() {
  "$folder/$1/bin/python" - "$folder/$2" <<'PYTHON' 2>/dev/null
import sys
from transformers import AutoConfig
config = AutoConfig.from_pretrained(sys.argv[1])
rope = getattr(config, "rope_parameters", None) or {}
# Version 4 computes with `rope_theta`; version 5 has `rope_parameters` in its place.
print(config.num_experts, int(getattr(config, "rope_theta", None) or rope["rope_theta"]))
PYTHON
}
original=$(read_back 4.57.6 given)
newer=$(read_back 5.24.0 saved)
older=$(read_back 4.57.6 saved)
echo "experts and rotary base: as given, read by 4.57.6: $original"
echo "saved by 5.24.0, read by 5.24.0: $newer"
echo "saved by 5.24.0, read by 4.57.6: $older"
if [ "$original" = "160 10000000" ] && [ "$newer" = "160 10000000" ] && [ "$older" = "128 10000" ]; then
  echo "as stated"
else
  echo "CHANGED: the versions read the configuration differently now"
  exit 1
fi
