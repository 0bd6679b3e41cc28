#!/usr/bin/env python3
"""Fails where two rooms of a target know each other. A room is a folder of the target.

    .ci/rooms.py Sources/Planning [Sources/Reports ...]

A room knows another when it names a type that only the other declares; an extension of a type
knows it. Types nested in others count by their own name, comments and texts don't count.
"""
import collections
import pathlib
import re
import sys

DECLARED = re.compile(r"\b(?:struct|class|enum|actor|protocol|typealias)\s+([A-Z]\w+)")


def code(path):
    """A file without its comments, texts and imports."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r'""".*?"""', '""', text, flags=re.S)
    text = re.sub(r'"(?:\\.|[^"\\\n])*"', '""', text)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return re.sub(r"//.*|^\s*(?:@\w+\s+)?import .*", "", text, flags=re.M)


def arrows(target):
    """By pairs of rooms, the types through which the first knows the second."""
    files = [(path, code(path)) for path in sorted(target.rglob("*.swift"))]
    rooms = {path: path.relative_to(target).parts[0] if path.parent != target else "(root)" for path, _ in files}
    homes = collections.defaultdict(set)
    for path, text in files:
        for name in DECLARED.findall(text):
            homes[name].add(rooms[path])
    known = collections.defaultdict(set)
    for path, text in files:
        for name in set(re.findall(r"\b[A-Z]\w+", text)):
            if len(homes[name]) == 1:
                (home,) = homes[name]
                if home != rooms[path]:
                    known[rooms[path], home].add(name)
    return known


def cycle(known):
    """Rooms that can be walked in a circle, in order; empty when there are none."""
    after = collections.defaultdict(list)
    for room, other in known:
        after[room].append(other)
    done, path = set(), []

    def visit(room):
        if room in path:
            return path[path.index(room):] + [room]
        if room in done:
            return []
        path.append(room)
        for other in sorted(after[room]):
            found = visit(other)
            if found:
                return found
        path.pop()
        done.add(room)
        return []

    for room in sorted(after):
        found = visit(room)
        if found:
            return found
    return []


def main():
    failed = False
    for target in map(pathlib.Path, sys.argv[1:]):
        known = arrows(target)
        circle = cycle(known)
        if not circle:
            print(f"{target}: {len({room for pair in known for room in pair})} rooms, one way through")
            continue
        failed = True
        print(f"{target}: rooms know each other in a circle: {' -> '.join(circle)}")
        for room, other in zip(circle, circle[1:]):
            print(f"  {room} names {', '.join(sorted(known[room, other])[:8])} of {other}")
    sys.exit(failed)


main()
