"""What a corpus costs, in processor seconds of one thread; the figures of the pages on cluster sizes and on limits.

    python tests/benchmarks/corpus.py stories.jsonl.gz find 100000 [--dense]    # find_stories, resampled, in one month
    python tests/benchmarks/corpus.py stories.jsonl.gz compare 80 [--encoder static]    # so many stories
    python tests/benchmarks/corpus.py stories.jsonl.gz pairing 100 1600      # the search for candidates, by articles
    python tests/benchmarks/corpus.py stories.jsonl.gz add 20                # one article added to a story of so many

A row has story and text, and for `find` title and date. Articles are resampled by exchanging their rare words each
time, so that each time they are other stories in the same common words.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import re
import resource
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import storydiff

T = TypeVar("T")
WORD = re.compile(r"\w+")
# Words of a smaller share of the articles are rare.
RARE = 0.005


def seconds(work: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    return work(), time.process_time() - start


def stories(rows: list[dict[str, Any]]) -> list[list[str]]:
    """The texts of each story, the largest first."""
    by_story: dict[str, list[str]] = {}
    for row in rows:
        by_story.setdefault(row["story"], []).append(row["text"])
    return sorted(by_story.values(), key=lambda texts: -len(texts))


def resampled(rows: list[dict[str, Any]], n: int, dense: bool) -> list[storydiff.Article]:
    """So many articles; with `dense` all within a month."""
    found = Counter(word for row in rows for word in set(WORD.findall(row["text"].lower())))
    rare = {word for word, count in found.items() if count < RARE * len(rows)}

    def exchanged(text: str, suffix: str) -> str:
        return WORD.sub(lambda word: word[0] + suffix if word[0].lower() in rare else word[0], text)

    articles = []
    for number in range(n):
        row, suffix = rows[number % len(rows)], f"q{number // len(rows)}" if number >= len(rows) else ""
        day = date.fromisoformat(row["date"])
        if dense:
            day = date.fromordinal(date(2026, 1, 1).toordinal() + day.toordinal() % 30)
        text, title = (exchanged(row[name] or "", suffix) for name in ("text", "title"))
        articles.append(storydiff.Article(str(number), text, title=title, published=day.isoformat()))
    return articles


def find(rows: list[dict[str, Any]], n: int, dense: bool) -> None:
    articles = resampled(rows, n, dense)
    found, spent = seconds(lambda: storydiff.find_stories(articles, window=30, n_threads=1))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{n} articles: {spent:.1f} s, {peak:.0f} MB at most, {len(found.stories)} stories")


def compare(rows: list[dict[str, Any]], n: int, encoder: Any) -> None:
    every = sorted(stories(rows))
    picked = every[:: max(len(every) // n, 1)][:n]
    storydiff.compare(picked[0], encoder=encoder, n_threads=1)  # loads the models
    n_articles = sum(map(len, picked))
    _, spent = seconds(lambda: [storydiff.compare(texts, encoder=encoder, n_threads=1) for texts in picked])
    print(f"{n_articles} articles of {n} stories: {spent:.1f} s, {n_articles / spent:.1f} articles a second")


def pairing(rows: list[dict[str, Any]], n: int) -> None:
    texts = [text for story in stories(rows) for text in story][:n]
    began: dict[str, float] = {}
    n_sentences = 0

    def watch(stage: str, done: int, total: int) -> None:
        nonlocal n_sentences
        began.setdefault(stage, time.process_time())
        if stage == "pairing":
            n_sentences = total
        if stage == "linking":
            raise InterruptedError

    try:
        storydiff.compare(texts, encoder="static", n_threads=1, progress=watch)
    except InterruptedError:
        print(f"{n} articles, {n_sentences} sentences: {began['linking'] - began['pairing']:.2f} s")


def add(rows: list[dict[str, Any]], n: int) -> None:
    *texts, last = [text for story in stories(rows) for text in story][:n]
    before = storydiff.compare(texts, n_threads=1)
    afresh, spent = seconds(lambda: storydiff.compare([*texts, last], n_threads=1))
    added, of_added = seconds(lambda: before.add(last, n_threads=1))
    again, of_loaded = seconds(lambda: pickle.loads(pickle.dumps(before)).add(last, n_threads=1))
    assert added.to_json() == again.to_json() == afresh.to_json()
    print(f"afresh {spent:.1f} s, added {of_added:.1f} s, loaded and added {of_loaded:.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("what", choices=["find", "compare", "pairing", "add"])
    parser.add_argument("sizes", type=int, nargs="+")
    parser.add_argument("--dense", action="store_true")
    parser.add_argument("--encoder")
    given = parser.parse_args()
    with gzip.open(given.path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for n in given.sizes:
        match given.what:
            case "find":
                find(rows, n, given.dense)
            case "compare":
                compare(rows, n, given.encoder)
            case "pairing":
                pairing(rows, n)
            case _:
                add(rows, n)


if __name__ == "__main__":
    main()
