#!/usr/bin/env bash
# XLA's cost analysis, as jax shows it, counts the body of a loop once, whatever the number of
# iterations: a model whose layers stand in `jax.lax.scan`, as JAX trainers write them, is reported
# with 1/layers of its FLOPs. A utilisation computed from it is too low by the number of layers.
#
# Seen with jax 0.10.2 on CPU: 32 equal products of 128 x 256 by 256 x 256, 2*128*256*256 FLOPs
# each, 536,870,912 in all. Written out one after the other: 536870912. In a scan: 16777216, 1/32.
# Why it matters here: a log that prints MFU from this count can't be taken at its word.
#
# Needs python3 with venv and the package index; installs into a temporary folder. Exits with 1 if
# the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet jax==0.10.2 jaxlib==0.10.2
JAX_PLATFORMS=cpu "$folder/venv/bin/python" - <<'PYTHON'
import sys

import jax
import jax.numpy as jnp

layers, tokens, width = 32, 128, 256
weights = jnp.ones((layers, width, width))
inputs = jnp.ones((tokens, width))


def scanned(inputs, weights):
    return jax.lax.scan(lambda carry, weight: (carry @ weight, None), inputs, weights)[0]


def written_out(inputs, weights):
    for layer in range(layers):
        inputs = inputs @ weights[layer]
    return inputs


def flops(function):
    analysis = jax.jit(function).lower(inputs, weights).compile().cost_analysis()
    return (analysis if isinstance(analysis, dict) else analysis[0])["flops"]


true = 2 * tokens * width * width * layers
print("jax", jax.__version__, "true", true)
print("written out", flops(written_out), "scanned", flops(scanned))
same = flops(written_out) == true and flops(scanned) == true / layers
print("as stated" if same else "CHANGED: the count is another one now")
sys.exit(0 if same else 1)
PYTHON
