"""How well `find_stories` groups a corpus, and the weights of its pair model.

    python tests/benchmarks/stories.py stories.jsonl.gz...                    # figures on the test half
    python tests/benchmarks/stories.py stories.jsonl.gz... --fit model.json   # fits on the other half
    python tests/benchmarks/stories.py stories.jsonl.gz... --with other.jsonl.gz --daily --undated

A row has text and story, and where known title, date and id. Stories are halved by a hash of their id. B3 and pairwise
F1 are of the articles of one half, grouped among all of them; `--with` adds articles that are in no story.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

import storydiff
from storydiff.corpus import signals
from storydiff.corpus.stories import _LEAST_COSINE, _order, find_stories

DATED = (
    "root_heaviest words names root_names numbers lead title length_ratio shorter days_apart same_day "
    "heaviest_x_days_apart names_x_days_apart"
).split()
UNDATED = DATED[:9]


def read(path: str, corpus: str) -> list[tuple[storydiff.Article, str | None]]:
    """The articles of a file and their stories."""
    with (gzip.open if path.endswith(".gz") else open)(Path(path), "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        (
            storydiff.Article(f"{corpus}-{at}", row["text"], title=row.get("title"), published=row.get("date")),
            f"{corpus}-{row['story']}" if "story" in row else None,
        )
        for at, row in enumerate(rows)
    ]


def half(story: str | None) -> int | None:
    """0: to fit on, 1: to measure on."""
    return None if story is None else hashlib.md5(story.encode()).digest()[0] % 2


def f1(gold: list[str], found: list[str]) -> tuple[float, float]:
    """B3 and pairwise F1."""
    both, by_gold, by_found = Counter(zip(gold, found, strict=True)), Counter(gold), Counter(found)
    precision = sum(n * n / by_found[story] for (_, story), n in both.items()) / len(gold)
    recall = sum(n * n / by_gold[story] for (story, _), n in both.items()) / len(gold)
    right, told, wanted = (sum(n * (n - 1) / 2 for n in counts.values()) for counts in (both, by_found, by_gold))
    return 2 * precision * recall / (precision + recall), 2 * right / max(told + wanted, 1)


def fit(corpus: list[tuple[storydiff.Article, str | None]], window: float) -> dict[str, Any]:
    """The weights of the signals, by logistic regression on the pairs of neighbours of the first half."""
    from sklearn.linear_model import LogisticRegression

    corpus = sorted(corpus, key=lambda pair: _order(pair[0]))
    articles, stories = [article for article, _ in corpus], np.array([str(story) for _, story in corpus])
    rows = signals.Weights(signals.Frequencies.count(articles)).rows(articles, 24)
    edges = signals.neighbours(rows, n=20, window=window, decay=np.inf, min_similarity=_LEAST_COSINE)
    named, dated = signals.pair_signals(rows, edges)
    halves = np.array([half(story) for _, story in corpus])
    seen = (halves[edges.left] == 0) & (halves[edges.right] == 0)
    same = stories[edges.left] == stories[edges.right]
    kind = np.array([story.split("-")[0] for story in stories])[edges.left]
    # A small collection counts for up to three times its pairs, so that no one kind of story decides.
    weights = np.ones(len(same))
    for name in set(kind.tolist()):
        n_pairs = int((seen & (kind == name)).sum())
        weights[kind == name] = min(max(3000 / max(n_pairs, 1), 1.0), 3.0)
    model = {}
    for name, columns, mask in (("undated", UNDATED, seen), ("dated", DATED, seen & dated)):
        table = np.column_stack([named[column] for column in columns])[mask]
        scale = table.std(0)
        fitted = LogisticRegression(C=1, max_iter=5000).fit(table / scale, same[mask], weights[mask])
        found = {"signals": columns, "weights": (fitted.coef_[0] / scale).round(4).tolist()}
        model[name] = {**found, "bias": round(float(fitted.intercept_[0]), 4)}
    return model


def daily(articles: list[storydiff.Article], **options: Any) -> dict[str, str]:
    """The stories where each month's articles are added to those before."""
    found = None
    by_month: dict[str, list[storydiff.Article]] = {}
    for article in articles:
        by_month.setdefault((article.published or "")[:7], []).append(article)
    for month in sorted(by_month):
        found = find_stories(by_month[month], stories=found, **options)
    assert found is not None
    return found.story_of


def main() -> None:
    """Fits or measures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--with", dest="others", nargs="*", default=[])
    parser.add_argument("--fit", type=Path)
    parser.add_argument("--undated", action="store_true")
    parser.add_argument("--daily", action="store_true")
    parser.add_argument("--scorer", default="news")
    parser.add_argument("--window", type=float)
    parser.add_argument("--least", type=float, nargs="*", default=[None])
    given = parser.parse_args()
    corpus = [pair for path in given.paths for pair in read(path, Path(path).name.split(".")[0])]
    corpus += [(article, None) for path in given.others for article, _ in read(path, Path(path).name.split(".")[0])]
    if given.fit:
        given.fit.write_text(json.dumps(fit(corpus, 365), indent=1) + "\n", "utf-8")
        return
    if given.undated:
        corpus = [(storydiff.Article(a.id, a.text, title=a.title), story) for a, story in corpus]
    articles = [article for article, _ in corpus]
    for least in given.least:
        start = time.process_time()
        options = {"scorer": given.scorer, "window": given.window, "min_similarity": least}
        found = daily(articles, **options) if given.daily else find_stories(articles, **options).story_of
        seconds = time.process_time() - start
        print(f"min_similarity {least}: {len(articles)} articles, {seconds:.1f} CPU s")
        for path in [None, *given.paths]:
            name = None if path is None else Path(path).name.split(".")[0]
            for part in (0, 1):
                kept = [(a.id, s) for a, s in corpus if half(s) == part and (name is None or s.startswith(f"{name}-"))]
                b3, pairs = f1([story for _, story in kept], [found[id] for id, _ in kept])
                print(f"  {name or 'all'}, half {part}: {len(kept)} articles, B3 F1 {b3:.3f}, pairwise F1 {pairs:.3f}")


if __name__ == "__main__":
    main()
