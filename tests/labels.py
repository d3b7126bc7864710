"""Hand-made labels of a bundled story: from quotes to places, and what must hold of them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Texts = Mapping[str, str]
Label = dict[str, Any]

PAIRED = ("near_misses", "conflicts", "unsure")


def span(texts: Texts, article: str, quote: str, occurrence: int | None = None) -> Label:
    """Where an article says `quote`; it must be there exactly once unless an occurrence (from 0) is given."""
    at = [match.start() for match in re.finditer(re.escape(quote), texts[article])]
    if not (len(at) == 1 if occurrence is None else len(at) > max(occurrence, 1)):
        raise ValueError(f"{article} says {quote!r} {len(at)} times")
    start = at[occurrence or 0]
    return {"article": article, "start": start, "end": start + len(quote), "text": quote}


def by_place(spans: Iterable[Label]) -> list[Label]:
    return sorted(spans, key=lambda span: (span["article"], span["start"], span["end"]))


def write(gold: Label, folder: Path) -> None:
    (folder / "gold.json").write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")


def spans(gold: Label) -> list[Label]:
    """All the labelled spans."""
    paired = [pair[side] for key in PAIRED for pair in gold.get(key, []) for side in ("a", "b")]
    return [*mentions(gold), *single(gold), *paired, *gold.get("quotes", [])]


def mentions(gold: Label) -> list[Label]:
    return [mention for statement in gold["statements"] for mention in statement["mentions"]]


def single(gold: Label) -> list[Label]:
    """The labelled spans that belong to no other."""
    return [*gold["unique"], *gold["boilerplate"], *gold.get("neutral", [])]


def faults(gold: Label, texts: Texts) -> list[str]:
    """What is wrong with the labels, in words."""
    found = []
    for label in spans(gold):
        if texts[label["article"]][label["start"] : label["end"]] != label["text"]:
            found.append(f"another text at {label}")
        if label["text"] != label["text"].strip():
            found.append(f"blanks around {label}")
    for statement in gold["statements"]:
        if len({mention["article"] for mention in statement["mentions"]}) < 2:
            found.append(f"one article alone: {statement['text']}")
    for key in PAIRED:
        for pair in gold.get(key, []):
            if pair["a"]["article"] == pair["b"]["article"]:
                found.append(f"{key} inside one article: {pair}")
    for label in [*mentions(gold), *gold["unique"]]:
        for furniture in gold["boilerplate"]:
            if label["article"] == furniture["article"] and common(label, furniture):
                found.append(f"content and furniture: {label}")
    return found + unlabelled(gold, texts)


def unlabelled(gold: Label, texts: Texts) -> list[str]:
    """Sentences and lines that no label touches."""
    labels = [*mentions(gold), *single(gold)]
    found = []
    for article, text in texts.items():
        for sentence in re.finditer(r"[^\n]+?(?:[.!?][”\"’']?(?=\s|$)(?<!a\.m\.)|(?=\n))", text):
            place = {"article": article, "start": sentence.start(), "end": sentence.end()}
            if re.search(r"\w", sentence[0]) and not any(
                label["article"] == article and common(label, place) for label in labels
            ):
                found.append(f"no label: {article}: {sentence[0]}")
    return found


def common(a: Label, b: Label) -> bool:
    return bool(a["start"] < b["end"] and b["start"] < a["end"])


def carrying_two(gold: Label) -> list[str]:
    """Texts that are a mention of more than one statement, letter for letter."""
    uses = Counter((label["article"], label["start"], label["end"], label["text"]) for label in mentions(gold))
    return [use[-1] for use, n in uses.items() if n > 1]
