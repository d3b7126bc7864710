"""Time and memory of `compare` by number of articles.

    python tests/benchmarks/scaling.py stories.jsonl.gz      # rows with story and text; or - for an invented story
    python tests/benchmarks/scaling.py stories.jsonl.gz --recall 20

The first form concatenates whole stories until the wanted number of articles is reached (fixed density) and prints a
table; the second compares the candidates of a large story with all pairs: of the pairs that would be linked, how many
are lost. Each size runs in a process of its own, so that the peak of its memory is its own.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import random
import resource
import time
from pathlib import Path

SIZES = (5, 10, 20, 50, 100, 200)


def stories(path: str) -> list[list[str]]:
    """Texts by story, stories of most articles first; ties in file order."""
    if path == "-":
        pick = random.Random(0)
        words = ["".join(pick.choices("abcdefghijklmnop", k=pick.randint(3, 9))) for _ in range(3000)]
        facts = [[" ".join(pick.choices(words, k=22)) for _ in range(60)] for _ in range(40)]
        return [[" ".join(f"{s.capitalize()}." for s in pick.sample(story, 40)) for _ in range(5)] for story in facts]
    by_story: dict[str, list[str]] = {}
    with (gzip.open if path.endswith(".gz") else open)(Path(path), "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            by_story.setdefault(row["story"], []).append(row["text"])
    return sorted(by_story.values(), key=lambda texts: -len(texts))


def take(path: str, n: int) -> list[str]:
    """The first `n` articles, story after story."""
    return [text for texts in stories(path) for text in texts][:n]


def measure(path: str, n: int, queue: multiprocessing.Queue) -> None:
    import storydiff

    texts = take(path, n)
    start = time.perf_counter()
    cmp = storydiff.compare(texts)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    queue.put((n, len(cmp.sentences), seconds, peak, len(cmp.links()), len(cmp.shared())))


def table(path: str) -> None:
    print("| articles | sentences | seconds | ms per sentence | peak MB | links | shared statements |")
    print("|---:|---:|---:|---:|---:|---:|---:|")
    context = multiprocessing.get_context("spawn")
    for n in SIZES:
        queue = context.Queue()
        process = context.Process(target=measure, args=(path, n, queue))
        process.start()
        n, sentences, seconds, peak, links, shared = queue.get()
        process.join()
        row = (n, sentences, f"{seconds:.2f}", f"{1000 * seconds / sentences:.2f}", f"{peak:.0f}", links, shared)
        print("|", " | ".join(map(str, row)), "|", flush=True)


def recall(path: str, n: int) -> None:
    from storydiff import _storydiff

    texts = [(f"{i:04}", text, None, None, None, None) for i, text in enumerate(take(path, n))]
    linked = []
    for most in (1 << 40, 0):
        cmp = _storydiff.compare(texts, language="en", min_probability=0.5, exhaustive_sentences=most)
        linked.append({(left, right) for left, right, *_ in cmp.links(0.5)})
    lost = len(linked[0] - linked[1]) / max(len(linked[0]), 1)
    print(f"{n} articles: {len(linked[0])} links among all pairs, {len(linked[1])} among candidates, {lost:.2%} lost")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories")
    parser.add_argument("--recall", type=int, metavar="ARTICLES")
    arguments = parser.parse_args()
    recall(arguments.stories, arguments.recall) if arguments.recall else table(arguments.stories)
