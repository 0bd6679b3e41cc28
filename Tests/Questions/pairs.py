#!/usr/bin/env python3
"""Pairs of questions of which the second allows more: its answer may not be worse.

    Tests/Questions/pairs.py PLAN [--pairs 700] [--seed 1] [--only budget,deadline,...] [--jobs 2]

Each pair is drawn at random: a budget, an end, a chance, some routes, with a model or sized by the money.
The second question has more money, more time, more quota, a shorter wait, a greater chance of the grant, or a
lower chance asked. The answer's `rank_effective_compute` may not fall, nor its `rank_cash_usd` rise.
Prints one line a broken pair and a summary; its exit status is 1 when one was broken.
"""
import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

MODELS = [("llama-3.1-8b", 1e11, 1e13), ("llama-3.1-70b", 5e11, 1.5e13), ("qwen3-30b-a3b", 1e12, 2e13)]
KINDS = ["budget", "deadline", "chance", "quota", "wait", "grant"]


def question(draw):
    """Options of a random question, without what its kind of pair changes."""
    options = {"today": "2026-12-01", "samples": "1024", "seed": str(draw.randrange(1, 9))}
    options["confidence"] = draw.choice(["0.6", "0.7", "0.8", "0.9"])
    options["budget"] = f"{round(10 ** draw.uniform(6.3, 8.5) / 1e4) * 1e4:.0f}"
    options["deadline"] = f"{draw.randrange(240, 900)}d"
    routes = ["rent-trainium", "rent-tpu", "buy-gpu", "rent-gpu"]
    if draw.random() < 0.6:
        options["routes"] = ",".join(draw.sample(routes, draw.randrange(1, 4)))
    if draw.random() < 0.4:
        name, least, most = draw.choice(MODELS)
        options["model"] = name
        if draw.random() < 0.7:
            exponent = draw.random()
            options["tokens"] = f"{least * (most / least) ** exponent:.3g}"
    return options


def loosened(options, kind, draw):
    """The pair: options and scenario lines of the tighter and the looser question."""
    first, second = dict(options), dict(options)
    lines = ["", ""]
    if kind == "budget":
        second["budget"] = f"{float(first['budget']) * draw.uniform(1.02, 2):.0f}"
    elif kind == "deadline":
        second["deadline"] = f"{int(first['deadline'][:-1]) + draw.randrange(5, 200)}d"
    elif kind == "chance":
        second["confidence"] = f"{float(first['confidence']) - draw.uniform(0.02, 0.2):.3f}"
    elif kind == "quota":
        chip = draw.choice(["tpu-v6e", "trn2", "h100-sxm", "b200", "tpu-v5p"])
        quota = draw.randrange(64, 4096)
        lines = [
            f"[policy]\nquota = {{ {chip} = {quota} }}\n",
            f"[policy]\nquota = {{ {chip} = {quota * draw.randrange(2, 5)} }}\n"]
    elif kind == "wait":
        days = draw.randrange(20, 150)
        lines = [f"[calendar]\nwait = {days}\n", f"[calendar]\nwait = {days // draw.randrange(2, 6)}\n"]
    else:
        # The same quote, offered and in hand.
        chip, price = draw.choice([("tpu-v6e", 1.2), ("trn2", 1.0), ("h100-sxm", 1.5)])
        quote = (
            f'[[quote]]\nname = "offer"\nprovider = "somewhere"\naccelerator = "{chip}"\n'
            f'price = {price}\nchips_least = 64\nchips_most = 2048\nterm = "365d"\n')
        lines = [quote, quote + "in_hand = true\n"]
    return [(first, lines[0]), (second, lines[1])]


def answer(plan, asked):
    """(figure, id) of the answer; a figure of None where nothing fits."""
    options, lines = asked
    command = [plan]
    for name, value in options.items():
        command += [f"--{name}", value]
    path = None
    if lines:
        handle, path = tempfile.mkstemp(suffix=".toml")
        with os.fdopen(handle, "w") as file:
            file.write(lines)
        command += ["--scenario", path]
    done = subprocess.run(command + ["--format", "json"], capture_output=True, text=True)
    if path:
        os.unlink(path)
    if done.returncode not in (0, 3):
        raise RuntimeError(" ".join(command) + "\n" + lines + done.stderr)
    document = json.loads(done.stdout)
    if not document["ranking"]:
        return None, ""
    best = next(o for o in document["options"] if o["id"] == document["ranking"][0])
    if not document["answer"] or not document["answer"].get("sign"):
        return None, best["id"]
    cash = best.get("rank_cash_usd")
    return (-cash if cash is not None else best.get("rank_effective_compute")), best["id"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("plan")
    parser.add_argument("--pairs", type=int, default=700)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default=",".join(KINDS))
    parser.add_argument("--jobs", type=int, default=2)
    chosen = parser.parse_args()
    kinds = chosen.only.split(",")

    def pair(index):
        draw = random.Random(f"{chosen.seed} {index}")
        kind = kinds[index % len(kinds)]
        asked = loosened(question(draw), kind, draw)
        (before, first), (after, second) = (answer(chosen.plan, each) for each in asked)
        if before is None:
            return kind, None, asked
        worse = 1.0 if after is None else (before - after) / abs(before)
        return kind, (worse, first, second, before, after), asked

    counts = {kind: [0, 0, 0.0] for kind in kinds}
    broken = 0
    with ThreadPoolExecutor(chosen.jobs) as pool:
        for kind, found, asked in pool.map(pair, range(chosen.pairs)):
            counts[kind][0] += 1
            if found is None:
                continue
            counts[kind][1] += 1
            if found[0] > 1e-9:
                broken += 1
                counts[kind][2] = max(counts[kind][2], found[0])
                print(f"{kind}: worse by {found[0]:.2e}: {found[1]} -> {found[2]}", asked, flush=True)
    for kind, (asked, answered, worst) in counts.items():
        print(f"{kind}: {asked} pairs, {answered} with an answer first, worst {worst:.2e}")
    print(f"{broken} of {chosen.pairs} pairs broken")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
