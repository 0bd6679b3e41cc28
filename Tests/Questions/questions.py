#!/usr/bin/env python3
"""Asks a built `plan` thirty questions and keeps each answer in a file.

    Tests/Questions/questions.py .build/debug/plan before
    ... a change that should change no answer ...
    Tests/Questions/questions.py .build/debug/plan after
    diff -r before after

Few worlds are drawn, so that it takes under a minute. Each file holds the exit status, what was
written to stdout and what to stderr. The dashboard's screens are read off a terminal of tmux.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

SIZED = ["--budget", "50M", "--samples", "512"]
GIVEN = SIZED + ["--model", "llama-3.1-70b", "--tokens", "2T"]
ELABORATE = GIVEN + [
    "--deadline", "200d", "--stacks", "gpu", "--claim", "apple-trn2-pretrain=1.5", "--residual", "0.4",
    "--discount", "aws=0.2", "--checkpoints-kept", "3", "--support", "0.05", "--start", "2026-12-01",
]
QUESTIONS = {
    "batch-table": ["batch", *SIZED],
    "batch-plain": ["batch", *SIZED, "--format", "plain"],
    "batch-csv": ["batch", *SIZED, "--format", "csv"],
    "batch-json": ["batch", *SIZED, "--format", "json"],
    "batch-markdown": ["batch", *SIZED, "--format", "markdown"],
    "batch-html": ["batch", *SIZED, "--format", "html"],
    "batch-focus": ["batch", *SIZED, "--format", "focus"],
    "batch-given": ["batch", *GIVEN, "--format", "json"],
    "batch-elaborate": ["batch", *ELABORATE, "--format", "json"],
    "batch-file": ["batch", "--scenario", "ranges.toml", "--format", "json"],
    "explain": ["explain", "1", *SIZED],
    "explain-csv": ["explain", "2", *ELABORATE, "--format", "csv"],
    "compare": ["compare", "1", "5", *GIVEN],
    "compare-json": ["compare", "1", "3", *SIZED, "--format", "json"],
    "sensitivity": ["sensitivity", *GIVEN],
    "sensitivity-json": ["sensitivity", "--scenario", "ranges.toml", "--format", "json"],
    "frontier": ["frontier", *GIVEN, "--deadline", "180d"],
    "breakeven": ["breakeven", *GIVEN],
    "limits": ["limits", *GIVEN[2:], "--deadline", "120d"],
    "throughput": [
        "throughput", "--model", "llama-3.1-70b", "--accelerator", "h100-sxm", "--chips", "64",
        "--global-batch", "128", "--tensor", "4", "--pipeline", "8", "--micro-batch", "1"],
    "validate": ["validate"],
    "track": ["track", "actuals.csv", "--plan", "plan.json"],
    "catalog": ["catalog", "offers", "--format", "csv"],
    "init": ["init"],
    "schema": ["schema"],
}
SCREENS = {
    "first": [], "moves": ["4", "z"], "inputs": ["z", "7", "z"], "warnings": ["z", "w"], "help": ["Escape", "?"],
}

RANGES = """\
budget = "40M"
samples = 512
[job]
model = "llama-3.1-8b"
tokens = "2T"
[overheads]
stacks = ["gpu"]
[uncertain]
experiments = { low = 1.3, high = 2.0 }
"throughput.h100-sxm" = { low = 0.8, typical = 0.95, high = 1.1 }
"price.aws" = { low = 0.9, high = 1.2, confidence = 0.9 }
staff = { typical = 3 }
"""
ACTUALS = """\
week,term,usd,tokens,note
2026-12-07,accelerator_rent,91240.00,24B,
2026-12-07,object_storage,130.25,,
2026-12-14,accelerator_rent,91802.50,25B,two nodes replaced
"""


def answer(plan, folder, arguments, environment):
    run = subprocess.run([plan, *arguments], cwd=folder, capture_output=True, env=environment, timeout=300)
    output = re.sub(rb"search_seconds.*", b"search_seconds", run.stdout)
    return f"status {run.returncode}\n".encode() + output + b"\n-- stderr\n" + run.stderr


def screens(plan, folder, environment):
    """The dashboard's screens, once they have stood still."""
    socket = os.path.join(folder, "tmux")
    tmux = ["tmux", "-S", socket, "-f", "/dev/null"]

    def picture():
        return subprocess.run([*tmux, "capture-pane", "-p"], capture_output=True, env=environment).stdout

    def settled(seconds=1.5, limit=60):
        last, since, begun = None, time.time(), time.time()
        while time.time() - begun < limit:
            now = picture()
            if now != last:
                last, since = now, time.time()
            elif time.time() - since > seconds and now.strip():
                return now
            time.sleep(0.1)
        return last

    line = " ".join([plan, "dashboard", *GIVEN, "--routes", "rent-trainium,rent-tpu"])
    subprocess.run(
        [*tmux, "new-session", "-d", "-x", "140", "-y", "44", line], cwd=folder, env=environment, check=True)
    try:
        settled(3)
        for name, keys in SCREENS.items():
            for key in keys:
                subprocess.run([*tmux, "send-keys", key], env=environment)
                time.sleep(0.3)
            yield name, settled(1)
    finally:
        subprocess.run([*tmux, "kill-server"], env=environment, capture_output=True)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    plan, out = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    os.makedirs(out, exist_ok=True)
    folder = tempfile.mkdtemp(prefix="plan-questions-")
    home = os.path.join(folder, "home")
    os.makedirs(home)
    environment = {
        "PATH": os.environ["PATH"], "HOME": home, "XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home,
        "XDG_CACHE_HOME": home, "LANG": "C.UTF-8", "TERM": "xterm-256color", "TZ": "UTC",
    }
    try:
        with open(os.path.join(folder, "ranges.toml"), "w") as file:
            file.write(RANGES)
        saved = subprocess.run(
            [plan, "batch", *GIVEN, "--format", "json"], cwd=folder, capture_output=True, env=environment)
        with open(os.path.join(folder, "plan.json"), "wb") as file:
            file.write(saved.stdout)
        with open(os.path.join(folder, "actuals.csv"), "w") as file:
            file.write(ACTUALS)
        for name, arguments in QUESTIONS.items():
            with open(os.path.join(out, name), "wb") as file:
                file.write(answer(plan, folder, arguments, environment))
        for name, picture in screens(plan, folder, environment):
            with open(os.path.join(out, f"screen-{name}"), "wb") as file:
                file.write(picture or b"")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
