#!/usr/bin/env python3
"""Runs every command that README.md and the articles show, as printed.

    .ci/documented.py PLAN [FILE.md ...]

PLAN is the built program. The ```sh blocks of a page are one shell script, run with `bash -e` in an empty
folder with PLAN as `plan`; its statuses 0 and 3 (a valid question that nothing fits) are fine, any other
ends the script. `plan prices fetch` asks curl: a stand-in that knows one region with one price is
found in its place. Commands of `plan` outside such blocks are a fault, so that none is left out.
"""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent

PLAN = r"""#!/bin/sh
"{plan}" "$@"
status=$?
[ $status = 3 ] && exit 0
[ $status = 0 ] || echo "status $status: plan $*" >&2
exit $status
"""

CURL = r"""#!/usr/bin/env python3
import re, sys
words = sys.argv[1:]
output, address = words[words.index("--output") + 1], words[words.index("--url") + 1]
if address.endswith("region_index.json"):
    path = "/offers/v1.0/aws/AmazonEC2/20261001000000/us-east-2/index.json"
    text = '{"regions": {"us-east-2": {"regionCode": "us-east-2", "currentVersionUrl": "%s"}}}' % path
elif address.endswith("/us-east-2/index.csv"):
    names = ("SKU,OfferTermCode,TermType,Unit,PricePerUnit,Currency,LeaseContractLength,PurchaseOption,"
             "Instance Type,Tenancy,Operating System,usageType,Region Code")
    row = "A,T,OnDemand,Hrs,20,USD,,,trn1.32xlarge,Shared,Linux,USE2-BoxUsage:trn1.32xlarge,us-east-2"
    text = "FormatVersion,v1.0\nPublication Date,2026-10-01T00:00:00Z\nOfferCode,AmazonEC2\n"
    text = "".join(",".join(f'"{cell}"' for cell in line.split(",")) + "\n"
                   for line in (text + names + "\n" + row).splitlines())
else:
    sys.exit(f"no such file: {address}")
open(output, "w").write(text)
print("200", end="")
"""


def script(path):
    """The commands of a page, and the lines that show a command where none is run."""
    lines, stray, fence = [], [], None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        mark = re.match(r"```(\w*)", line)
        if mark:
            fence = mark[1] or "text" if fence is None else None
        elif fence == "sh":
            lines.append(line)
        elif re.match(r"(    )?plan [a-z-]", line) and (fence or line.startswith("    ")):
            stray.append(f"{path.relative_to(ROOT)}:{number}: in no ```sh block: {line.strip()}")
    return lines, stray


def run(page, lines, plan):
    """Whether a page's commands all end well."""
    with tempfile.TemporaryDirectory() as folder:
        tools = pathlib.Path(folder, "bin")
        work = pathlib.Path(folder, "work")
        for made in (tools, work, pathlib.Path(folder, "home")):
            made.mkdir()
        for name, text in (("plan", PLAN.replace("{plan}", plan)), ("curl", CURL)):
            (tools / name).write_text(text)
            (tools / name).chmod(0o755)
        environment = os.environ | {
            "PATH": f"{tools}:{os.environ['PATH']}",
            "HOME": f"{folder}/home",
            # The day of the README's screen and of the tests, so that nothing depends on the clock.
            "SOURCE_DATE_EPOCH": "1791504000",
        }
        for name in [name for name in environment if name.startswith("XDG_")]:
            del environment[name]
        started = time.monotonic()
        result = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", "\n".join(lines)], cwd=work, env=environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        count = sum(bool(re.match(r"(plan|xargs|duckdb) ", line)) for line in lines)
        seconds = time.monotonic() - started
        print(f"{page}: {count} commands, {seconds:.0f} s, status {result.returncode}", flush=True)
        if result.returncode != 0:
            print(result.stdout[-2000:], result.stderr[-3000:], sep="\n")
        return result.returncode == 0


def main():
    plan = str(pathlib.Path(sys.argv[1]).resolve())
    pages = [pathlib.Path(name).resolve() for name in sys.argv[2:]]
    if not pages:
        pages = [ROOT / "README.md", *sorted(ROOT.glob("Sources/*/*.docc/*.md"))]
    sound = True
    running = []
    # Each page has its own folder; a plan doesn't keep two cores busy all the time.
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        for page in pages:
            lines, stray = script(page)
            for line in stray:
                print(line)
            sound = sound and not stray
            if lines:
                running.append(pool.submit(run, page.relative_to(ROOT), lines, plan))
    sound = all([page.result() for page in running]) and sound
    sys.exit(not sound)


main()
