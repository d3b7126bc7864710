"""Sentences of real stories with one detail changed, as examples of what contradicts and of what does not.

A detail that both sentences of a pair give (a figure, a day, a name, that something was or was not) is changed in the
second: now they contradict each other. One that the second alone gives is changed: they do not. What makes the
difference is the other sentence and nothing about the changed one (after Kryscinski et al. 2020, FactCC).
"""

from __future__ import annotations

import random
import re
from typing import NamedTuple

NUMBER = re.compile(r"(?<![\w.,:/$£€-])(\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d+)(?![\w:/]|[.,]\d)")
CLOCK = re.compile(r"(?<![\d:])\d{1,2}:\d\d(?![\d:])")
WORD_NUMBERS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
LISTS = {"number": WORD_NUMBERS, "date": DAYS, "month": MONTHS}
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?: [A-Z][a-z]{2,}){0,2}(?![\w'’])")
VERB = re.compile(r"\b(was|were|is|are|has|have|had|will|would|could|can|did|does|do)( not\b|n['’]t\b)? (\w+)")


class Change(NamedTuple):
    kind: str
    left: tuple[int, int]
    # In the changed text.
    right: tuple[int, int]
    text: str
    # Whether the left sentence gives the detail too.
    both: bool


def other_number(text: str, at: random.Random) -> str:
    value = float(text.replace(",", ""))
    if "." in text:
        return f"{value + at.choice([-1, 1]) * at.choice([0.4, 1.2, 2.3]):.1f}".lstrip("-")
    whole = int(value)
    spread = max(2, whole // at.choice([2, 3, 8]))
    new = max(1, whole + at.choice([-1, 1]) * at.randint(1, spread))
    new = new if new != whole else whole + 2
    return f"{new:,}" if "," in text else str(new)


def replaced(kind: str, left: str, right: str, spans: list[tuple[int, int]], new: str, word: str) -> Change:
    start, end = spans[0]
    there = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", left)
    text = right[:start] + new + right[end:]
    return Change(kind, there.span() if there else (0, 0), (start, start + len(new)), text, there is not None)


def changes(left: str, right: str, names: list[str], at: random.Random) -> list[Change]:
    """What may be changed in `right`, one detail each."""
    found = []
    for match in NUMBER.finditer(right):
        word = match.group()
        kind = "date" if re.fullmatch(r"(19|20)\d\d", word) else "number"
        new = str(int(word) + at.choice([-2, -1, 1, 3])) if kind == "date" else other_number(word, at)
        found.append(replaced(kind, left, right, [match.span()], new, word))
    for match in CLOCK.finditer(right):
        hour, minute = match.group().split(":")
        new = f"{(int(hour) + at.choice([1, 2, 11]) - 1) % 12 + 1}:{minute}"
        found.append(replaced("time", left, right, [match.span()], new, match.group()))
    for kind, words in LISTS.items():
        for match in re.finditer(rf"\b({'|'.join(words)})\b", right):
            new = at.choice([w for w in words if w != match.group() and w not in left])
            found.append(replaced("date" if kind == "month" else kind, left, right, [match.span()], new, match.group()))
    for match in NAME.finditer(right):
        word = match.group()
        if word in DAYS or word in MONTHS:
            continue
        others = [n for n in names if n.count(" ") == word.count(" ") and n not in left and n not in right]
        if others:
            found.append(replaced("name", left, right, [match.span()], at.choice(others), word))
    for match in VERB.finditer(right):
        verb, negation, after = match.groups()
        if not negation and verb in ("did", "does", "do"):
            continue
        same = re.search(rf"\b{verb}( not\b|n['’]t\b)? {re.escape(after)}\b", left)
        if negation and verb in ("did", "does", "do"):
            continue
        new = f"{verb} {after}" if negation else f"{verb} not {after}"
        text = right[: match.start()] + new + right[match.end() :]
        clash = same is not None and bool(same.group(1)) == bool(negation)
        if same is None or clash:
            span = (match.start(), match.start() + len(new))
            found.append(Change("negation", same.span() if same else (0, 0), span, text, clash))
    return found


def names_of(texts: list[str]) -> list[str]:
    return sorted({match.group() for text in texts for match in NAME.finditer(text)} - {*DAYS, *MONTHS})
