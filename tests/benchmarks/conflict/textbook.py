"""How many textbook contradictions between two short articles are told, and how many near misses.

    python textbook.py [-v]

Each pair of `textbook.txt` is put into the two articles of its event, which are then compared. "In one statement" are
pairs whose sentences are told as agreement, as those marked "=" should be.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import storydiff

TEXTBOOK = Path(__file__).with_name("textbook.txt")


@dataclass
class Event:
    """Two articles, and the pairs that are put into them."""

    name: str
    part: str
    articles: dict[str, list[str]] = field(default_factory=lambda: {"A": [], "B": []})
    pairs: list[tuple[str, str, str, str]] = field(default_factory=list)


def events() -> list[Event]:
    """The events of the table."""
    found: list[Event] = []
    part = "mended"
    for line in TEXTBOOK.read_text(encoding="utf-8").splitlines():
        mark, rest = line[:1], line[2:]
        if mark == "@":
            part = rest
        elif mark == "=" and " | " not in rest:
            found.append(Event(rest, part))
        elif mark in ("A", "B"):
            found[-1].articles[mark].append(rest)
        elif mark in ("+", "-", "="):
            kind, left, right = (cell.strip() for cell in rest.split(" | "))
            found[-1].pairs.append((mark, kind, left, right))
    return found


def main() -> None:
    """Compare, count, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-v", "--verbose", action="store_true", help="print what is missed and what is false")
    verbose = parser.parse_args().verbose
    counts: Counter[tuple[str, str, str]] = Counter()
    for event in events():
        a, b = event.articles["A"], event.articles["B"]
        for mark, kind, left, right in event.pairs:
            texts = {"a": " ".join([*a[:2], left, *a[2:]]), "b": " ".join([*b[:3], right, *b[3:]])}
            cmp = storydiff.compare(texts)
            told = any({left, right} <= {one.left.text, one.right.text} for one in cmp.conflicts())
            joined = any({left, right} <= {one.sentence.text for one in found.mentions} for found in cmp.shared())
            for name, value in (("pairs", True), ("told", told), ("in one statement", joined)):
                counts[event.part, mark, name] += value
            if verbose and told != (mark == "+"):
                print("missed" if mark == "+" else "false", event.name, kind, "|", left, "|", right)
    for part, mark in sorted({(part, mark) for part, mark, _ in counts}):
        print(part, mark, ", ".join(f"{counts[part, mark, n]} {n}" for n in ("pairs", "told", "in one statement")))


if __name__ == "__main__":
    main()
