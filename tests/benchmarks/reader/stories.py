"""Stories as the reader learns from them: sentences, whose article they are, and which pairs share a claim.

Real stories are labelled outside the project, whose texts are not ours; invented ones are in `invented/`. A near miss
or a paraphrase of a sentence stands in its story as a sentence of one more article; of its other pairs nobody said
anything.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

HERE = Path(__file__).resolve().parent
LABELS = HERE.parent / "link/labels"
sys.path.insert(0, str(LABELS))
import check  # noqa: E402

N_FOLDS = 3
# The fold of the first stories that neither the embedded reader nor a cross-encoder was trained on.
UNREAD = 0


class Story(NamedTuple):
    name: str
    kind: str
    fold: int
    texts: list[str]
    articles: np.ndarray
    # 1: they share a claim, 0: they do not, -1: not to be asked.
    shared: np.ndarray
    # Of each sentence, whether it is planted: 0 no, 1 a paraphrase, 2 a near miss.
    planted: np.ndarray
    ids: list[str]
    # Neither the embedded reader nor the small cross-encoder was trained on it.
    unread: bool
    # Nor the large one.
    unread_closely: bool


def fold_of(name: str) -> int:
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % N_FOLDS


def is_held(name: str) -> bool:
    """One in ten rows or topics of a set of pairs, which the cross-encoder has not seen."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 10 == 0


def unlabelled(articles: np.ndarray) -> np.ndarray:
    return np.where(articles[:, None] == articles[None], -1, 0).astype(np.int8)


def put(matrix: np.ndarray, i: int, j: int, value: int) -> None:
    matrix[i, j] = matrix[j, i] = value


def story_of(
    name: str, story: dict[str, Any], gold_pairs: Any, fold: int, *, unread: bool, unread_closely: bool
) -> Story:
    """A story as `labelled.py` makes it, without furniture."""
    gold = story["gold"]
    furniture = set(gold["boilerplate"])
    kept = []
    for s in story["sentences"]:
        text = story["articles"][s["article"]][s["start"] : s["end"]]
        if s["id"] not in furniture and text.strip():
            kept.append((s["id"], s["article"], " ".join(text.split())))
    articles = np.array([ord(k[1]) for k in kept])
    shared = unlabelled(articles)
    at = {k[0]: n for n, k in enumerate(kept)}
    for a, b in gold_pairs(gold):
        if a in at and b in at:
            put(shared, at[a], at[b], 1)
    planted = np.zeros(len(kept), np.int8)
    kind = gold.get("collection", gold["kind"])
    texts, ids = [k[2] for k in kept], [k[0] for k in kept]
    return Story(name, kind, fold, texts, articles, shared, planted, ids, unread, unread_closely)


def labelled_stories(folder: Path) -> list[Story]:
    """The first 208 real ones; `folder` holds `labelled.py` and `stories/labels`."""
    sys.path.insert(0, str(folder))
    from labelled import gold_pairs, labelled

    out: list[Story] = []
    n_of: Counter[str] = Counter()
    for name, story in sorted(labelled().items()):
        fold = n_of[story["gold"]["kind"]] % N_FOLDS
        n_of[story["gold"]["kind"]] += 1
        unread = fold == UNREAD
        out.append(story_of(name, story, gold_pairs, fold, unread=unread, unread_closely=unread))
    return out


def later_labels(folder: Path, *, kept: bool) -> dict[str, dict[str, Any]]:
    """The later ones as `labelled.py` makes them: those that only measure, or those that train as well."""
    sys.path.insert(0, str(folder))
    from labelled import story_of as read

    out = {}
    for path in sorted(LABELS.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if "collection" in gold and gold.get("kept", False) == kept:
            text = check.texts(folder, check.collection_of(gold), {article["id"] for article in gold["articles"]})
            out[path.stem] = read(gold, text)
    return out


def later_stories(folder: Path) -> list[Story]:
    """Those labelled after the reader and the small cross-encoder were trained, but not the kept ones."""
    stories = later_labels(folder, kept=False)
    from labelled import gold_pairs

    return [
        story_of(name, story, gold_pairs, at % N_FOLDS, unread=True, unread_closely=False)
        for at, (name, story) in enumerate(stories.items())
    ]


def invented_stories(folder: Path) -> list[Story]:
    out = []
    for path in sorted(folder.glob("*.json")):
        story = json.loads(path.read_text(encoding="utf-8"))
        furniture = set(story.get("boilerplate", []))
        kept = [
            (f"{letter}{n}", letter, " ".join(text.split()))
            for letter, texts in story["articles"].items()
            for n, text in enumerate(texts)
            if f"{letter}{n}" not in furniture
        ]
        at = {k[0]: n for n, k in enumerate(kept)}
        variants = [v for v in story.get("variants", []) if v["of"] in at]
        articles = np.array([ord(k[1]) for k in kept] + [1000] * len(variants))
        shared = unlabelled(articles)
        for _, mentions in story["statements"]:
            for a, b in itertools.combinations([m.rstrip("*") for m in mentions], 2):
                if a in at and b in at and a[0] != b[0]:
                    put(shared, at[a], at[b], 1)
        n = len(kept)
        shared[n:], shared[:, n:] = -1, -1
        for place, v in enumerate(variants, n):
            same = v["kind"] == "paraphrase"
            put(shared, at[v["of"]], place, int(same))
        # A paraphrase and a near miss of one sentence do not agree either.
        for (p, v), (q, w) in itertools.combinations(enumerate(variants, n), 2):
            if v["of"] == w["of"] and (v["kind"] == "paraphrase") != (w["kind"] == "paraphrase"):
                put(shared, p, q, 0)
        planted = np.array([0] * n + [1 if v["kind"] == "paraphrase" else 2 for v in variants], np.int8)
        texts = [k[2] for k in kept] + [" ".join(v["text"].split()) for v in variants]
        ids = [k[0] for k in kept] + [f"{v['of']}/{v['kind']}" for v in variants]
        fold = fold_of(path.stem)
        unread = fold == UNREAD
        out.append(Story(path.stem, "invented", fold, texts, articles, shared, planted, ids, unread, unread))
    return out
