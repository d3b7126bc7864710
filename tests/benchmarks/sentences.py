"""Sentence boundaries against other splitters, on sets kept outside the repository.

Usage: python sentences.py FOLDER

FOLDER holds ``*.jsonl.gz`` files with rows ``{"lang", "text", "sentences": [[start, end], ...]}``. The figure is the
F1 of exact sentence spans, pooled over the texts of a set. ``sentencex`` and ``pysbd`` are measured where installed.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from pathlib import Path

import storydiff


def locate(text: str, sentences: list[str]) -> list[tuple[int, int]]:
    """Spans of sentences that were given back as strings, without the white space at their ends."""
    spans, at = [], 0
    for sentence in sentences:
        words = sentence.strip()
        start = text.find(words, at) if words else -1
        if start >= 0:
            at = start + len(words)
            spans.append((start, at))
    return spans


def splitters(language: str):
    yield "storydiff", lambda text: storydiff.split_sentences(text, language)
    try:
        import sentencex

        yield "sentencex", lambda text: locate(text, list(sentencex.segment(language, text)))
    except ImportError:
        pass
    try:
        import pysbd

        segmenter = pysbd.Segmenter(language=language, clean=False)
        yield "pysbd", lambda text: locate(text, segmenter.segment(text))
    except (ImportError, ValueError):
        pass


def main(folder: str) -> None:
    print("| set | " + " | ".join(["language", "sentences", "storydiff", "sentencex", "pysbd"]) + " |")
    print("|---|---|--:|--:|--:|--:|")
    seconds: dict[str, float] = {}
    for path in sorted(Path(folder).glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        language = rows[0].get("lang", "")
        if len(language) != 2 or len({row["lang"] for row in rows}) > 1:
            continue
        n_gold = sum(len(row["sentences"]) for row in rows)
        cells = {}
        for name, split in splitters(language):
            hits = n_said = 0
            started = time.perf_counter()
            for row in rows:
                said = {tuple(span) for span in split(row["text"])}
                hits += len(said & {tuple(span) for span in row["sentences"]})
                n_said += len(said)
            seconds[name] = seconds.get(name, 0.0) + time.perf_counter() - started
            cells[name] = f"{2 * hits / (n_said + n_gold):.3f}"
        figures = " | ".join(cells.get(name, "") for name in ("storydiff", "sentencex", "pysbd"))
        print(f"| {path.name.removesuffix('.jsonl.gz')} | {language} | {n_gold} | {figures} |", flush=True)
    print("\nseconds in all: " + ", ".join(f"{name} {value:.2f}" for name, value in seconds.items()))


if __name__ == "__main__":
    main(sys.argv[1])
