"""Time and memory of `compare` by number of articles.

    python tests/benchmarks/scaling.py stories.jsonl.gz      # rows with story and text; or - for an invented story
    python tests/benchmarks/scaling.py stories.jsonl.gz --plot scaling.svg
    python tests/benchmarks/scaling.py stories.jsonl.gz --recall 20

The first form concatenates whole stories until the wanted number of articles is reached (fixed density) and prints a
table, the second draws it too; the third compares the candidates of a large story with all pairs: of the pairs that
would be linked, how many are lost, among sentences of one story and of different ones. Each size runs in a process of
its own, so that the peak of its memory is its own.
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


def table(path: str) -> list[tuple[int, float]]:
    """Prints the table and returns sentences and seconds."""
    print("| articles | sentences | seconds | ms per sentence | peak MB | links | shared statements |")
    print("|---:|---:|---:|---:|---:|---:|---:|")
    context = multiprocessing.get_context("spawn")
    measured = []
    for n in SIZES:
        queue = context.Queue()
        process = context.Process(target=measure, args=(path, n, queue))
        process.start()
        n, sentences, seconds, peak, links, shared = queue.get()
        process.join()
        row = (n, sentences, f"{seconds:.2f}", f"{1000 * seconds / sentences:.2f}", f"{peak:.0f}", links, shared)
        print("|", " | ".join(map(str, row)), "|", flush=True)
        measured.append((sentences, seconds))
    return measured


def plot(measured: list[tuple[int, float]], path: str) -> None:
    """Seconds by sentences, both axes logarithmic; the dashed line grows as the sentences do."""
    import matplotlib as mpl

    mpl.use("svg")
    import matplotlib.pyplot as plt

    plt.rcParams |= {"svg.hashsalt": "storydiff", "svg.fonttype": "none"}
    sentences, seconds = zip(*measured, strict=True)
    figure, axes = plt.subplots(figsize=(6, 3.6), layout="constrained")
    axes.loglog(sentences, seconds, marker="o", label="compare")
    slope = seconds[-1] / sentences[-1]
    axes.loglog(sentences, [slope * n for n in sentences], "--", color="grey", label="linear")
    for (n, took), articles in zip(measured, SIZES, strict=True):
        axes.annotate(f"{articles}", (n, took), textcoords="offset points", xytext=(4, -10))
    axes.set(xlabel="sentences (beside the points: articles)", ylabel="seconds")
    axes.legend()
    figure.savefig(path, metadata={"Date": None})


def recall(path: str, n: int) -> None:
    from storydiff import _storydiff

    story_of = [at for at, texts in enumerate(stories(path)) for _ in texts][:n]
    texts = [(f"{i:04}", text, None, None, None, None) for i, text in enumerate(take(path, n))]
    linked = []
    for most in (1 << 40, 0):
        cmp = _storydiff.compare(texts, language="en", min_probability=0.5, exhaustive_sentences=most)
        story = [story_of[sentence[0]] for sentence in cmp.sentences()]
        linked.append({(left, right): story[left] == story[right] for left, right, *_ in cmp.links(0.5)})
    for name, one in (("one story", True), ("different stories", False)):
        every, among = ({pair for pair, same in pairs.items() if same == one} for pairs in linked)
        lost = len(every - among) / max(len(every), 1)
        print(f"{n} articles, {name}: {len(every)} links in all pairs, {len(among)} in candidates, {lost:.2%} lost")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories")
    parser.add_argument("--recall", type=int, metavar="ARTICLES")
    parser.add_argument("--plot", metavar="SVG")
    arguments = parser.parse_args()
    if arguments.recall:
        recall(arguments.stories, arguments.recall)
    else:
        measured = table(arguments.stories)
        if arguments.plot:
            plot(measured, arguments.plot)
