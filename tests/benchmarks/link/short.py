"""Links and contradictions of very short articles, and the weights that are for them.

    python short.py EVAL [held|kept] [--fit]

EVAL is the folder with the texts and with `labelled.py`. Labelled stories are cut to the first one, two, three and five
sentences of each article, real stories of a few sentences; and each sentence of the invented stories that no
cross-encoder has seen stands in an article, what contradicts it or says it in other words in another one, by itself and
with one beside it. Prints how well what is said of pairs fits the labels, how many of what is planted are linked,
joined by a statement, told as a contradiction. With --fit, the weights `briefly` of `src/link/model.json`, and those
of `src/conflict/opposed.rs`, by what both cross-encoders say of these pairs; what a rule finds to differ is left out of
the first. Those in the file were fitted with short stories of a tester as well, and with the leads of the kept stories.
"""

from __future__ import annotations

import argparse
import json
import sys
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

import storydiff
from storydiff import _storydiff

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(HERE.parent / "reader"))
from stories import UNREAD, fold_of, labelled_stories, later_labels  # noqa: E402

LENGTHS = (1, 2, 3, 5)
FEWEST_LETTERS = 25
# Columns of the signals.
SHARED, CONFLICT = 0, 1
MOST_COMMON = 12
LEAST_OPPOSED = 0.5


class Pair(NamedTuple):
    texts: tuple[str, str]
    story: str
    length: int
    probability: float
    shared: bool
    conflict: bool
    # Of what is planted: "paraphrase" or a kind of contradiction; else nothing.
    planted: str
    told: bool
    joined: bool


def over(one: Any, span: tuple[int, int]) -> bool:
    return one.start < span[1] and one.end > span[0]


def compared(articles: dict[str, list[tuple[str, str]]], about: Any) -> list[Any]:
    """What `about` makes of each pair of sentences of two articles, given as (name, text), and what is found of it."""
    texts, spans = {}, {}
    for article, sentences in articles.items():
        text = ""
        for name, sentence in sentences:
            start = len(text) + bool(text)
            text = f"{text} {sentence}" if text else sentence
            spans[name] = (article, (start, len(text)))
        texts[article] = text
    found = storydiff.compare(texts, n_threads=1)

    def is_of(ends: tuple[Any, Any], names: tuple[str, str]) -> bool:
        ends = ends if ends[0].article.id == spans[names[0]][0] else ends[::-1]
        return all(
            end.article.id == spans[name][0] and over(end, spans[name][1])
            for end, name in zip(ends, names, strict=True)
        )

    out = []
    for a, b in combinations(spans, 2):
        if spans[a][0] == spans[b][0]:
            continue
        links = [link for link in found.links(min_probability=0.0) if is_of((link.left, link.right), (a, b))]
        told = any(is_of((one.left, one.right), (a, b)) for one in found.conflicts())
        joined = any(
            any(m.article.id == spans[a][0] and over(m, spans[a][1]) for m in one.mentions)
            and any(m.article.id == spans[b][0] and over(m, spans[b][1]) for m in one.mentions)
            for one in found.statements
        )
        out.append(about(a, b, max((link.probability for link in links), default=0.0), told, joined))
    return [pair for pair in out if pair is not None]


def leads(stories: dict[str, Any], gold_pairs: Any, length: int) -> list[Pair]:
    out = []
    for name, story in stories.items():
        gold = story["gold"]
        furniture = set(gold["boilerplate"])
        shared = gold_pairs(gold)
        against = {tuple(sorted((one["left"], one["right"]))) for one in gold["conflicts"]}
        articles: dict[str, list[tuple[str, str]]] = {}
        for s in story["sentences"]:
            text = " ".join(story["articles"][s["article"]][s["start"] : s["end"]].split())
            of = articles.setdefault(s["article"], [])
            if s["id"] not in furniture and len(text) >= FEWEST_LETTERS and len(of) < length:
                of.append((s["id"], text))
        articles = {article: of for article, of in articles.items() if of}
        text_of = dict(one for of in articles.values() for one in of)

        def about(a: str, b: str, probability: float, told: bool, joined: bool) -> Pair:
            pair = (min(a, b), max(a, b))
            texts = (text_of[a], text_of[b])  # noqa: B023
            labels = pair in shared, pair in against  # noqa: B023
            return Pair(texts, name, length, probability, *labels, "", told, joined)  # noqa: B023

        if len(articles) > 1:
            out += compared(articles, about)
    return out


def planted(length: int) -> list[Pair]:
    out = []
    for path in sorted((HERE.parent / "reader/invented").glob("*.json")):
        if fold_of(path.stem) != UNREAD:
            continue
        story = json.loads(path.read_text(encoding="utf-8"))
        for variant in story.get("variants", []):
            article, at = variant["of"][0], int(variant["of"][1:])
            own = [" ".join(text.split()) for text in story["articles"][article]]
            if at >= len(own) or variant["kind"] in {"other", "cause"}:
                continue
            elsewhere = next((of for of in story["articles"] if of != article), article)
            beside = own[max(at - 1, 1)] if at != 1 else own[2]
            other = " ".join(story["articles"][elsewhere][1].split())
            one, two = own[at], " ".join(variant["text"].split())
            articles = {"a": [("one", one)], "b": [("two", two)]}
            if length > 1:
                articles = {"a": [("beside", beside), ("one", one)], "b": [("other", other), ("two", two)]}
            same = variant["kind"] == "paraphrase"

            def about(a: str, b: str, probability: float, told: bool, joined: bool) -> Pair | None:
                found = (probability, same, not same, variant["kind"], told, joined)  # noqa: B023
                return Pair((one, two), path.stem, length, *found) if {a, b} == {"one", "two"} else None  # noqa: B023

            out += compared(articles, about)
    return out


def report(pairs: list[Pair]) -> None:
    for length in sorted({pair.length for pair in pairs}):
        real = [pair for pair in pairs if pair.length == length and not pair.planted]
        said, true = np.array([p.probability for p in real]), np.array([p.shared for p in real])
        if len(real):
            linked = said >= 0.5
            bins = np.digitize(said, np.linspace(0.1, 0.9, 9))
            error = sum(
                abs(said[bins == at].mean() - true[bins == at].mean()) * (bins == at).mean() for at in set(bins)
            )
            told, right = sum(p.told for p in real), sum(p.told and p.conflict for p in real)
            print(
                f"leads of {length}: {len(real)} pairs, {true.mean():.2f} shared; linked: precision"
                f" {true[linked].mean():.3f}, recall {true[linked].sum() / true.sum():.3f}; off by {error:.3f};"
                f" contradictions told {told}, labelled {right} of {sum(p.conflict for p in real)}"
            )
        for what, same in (("paraphrases", True), ("contradictions", False)):
            of = [p for p in pairs if p.length == length and p.planted and p.shared == same]
            if of:
                linked, joined = (
                    np.mean([test(p) for p in of]) for test in (lambda p: p.probability >= 0.5, lambda p: p.joined)
                )
                told = np.mean([p.told for p in of])
                print(
                    f"planted {what} of {length}: {len(of)}, linked {linked:.3f}, joined {joined:.3f}, told {told:.3f}"
                )


def stems(text: str) -> set[str]:
    return {stem for stem, _ in _storydiff.stems(text) if len(stem) > 2}


def fit(pairs: list[Pair]) -> None:
    large, small = (
        _storydiff.cross_signals([p.texts[0] for p in pairs], [p.texts[1] for p in pairs], large=size)
        for size in (True, False)
    )
    now = json.loads((ROOT / "src/link/model.json").read_text(encoding="ascii"))["together"]
    ordinary, brief = now["closely"], now["briefly"]
    share = np.clip(np.log(8 / np.array([p.length for p in pairs])) / np.log(4), 0, 1)
    weight = {k: ordinary[k] + share * (brief[k] - ordinary[k]) for k in ordinary}
    said = np.clip([p.probability for p in pairs], 1e-6, 1 - 1e-6)
    read = weight["shared"] * large[:, SHARED] + weight["conflict"] * large[:, CONFLICT] + weight["intercept"]
    known = (np.log(said / (1 - said)) - read) / weight["known"]
    use = np.array([p.length <= 2 and not p.told and 0 < p.probability < 0.97 for p in pairs])
    x = np.column_stack([known, large[:, SHARED], large[:, CONFLICT]]).clip(-12, 12)
    weights = np.where([bool(p.planted) for p in pairs], 2.0, 1.0)
    model = LogisticRegression(C=10, max_iter=1000).fit(
        x[use], [p.shared for p, u in zip(pairs, use, strict=True) if u], weights[use]
    )
    print("briefly: known, shared, conflict, intercept", model.coef_[0].round(3), model.intercept_.round(3))

    sides = [[stems(text) for text in p.texts] for p in pairs]
    length = np.log1p([min(len(a), len(b)) for a, b in sides])
    common = np.minimum([len(a & b) for a, b in sides], MOST_COMMON)
    x = np.column_stack([large[:, SHARED], large[:, CONFLICT], small[:, CONFLICT], length, common])
    use = np.minimum(large[:, CONFLICT], -large[:, SHARED]) >= LEAST_OPPOSED
    model = LogisticRegression(max_iter=5000).fit(x[use], [p.conflict for p, u in zip(pairs, use, strict=True) if u])
    print(
        "opposed: shared, conflict, conflict of the small one, length, common",
        model.coef_[0].round(3),
        model.intercept_.round(2),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("which", nargs="?", choices=("held", "kept"), default="held")
    parser.add_argument("--fit", action="store_true")
    arguments = parser.parse_args()
    sys.path.insert(0, str(arguments.folder))
    import labelled

    if arguments.which == "kept":
        stories = later_labels(arguments.folder, kept=True)
    else:
        held = {story.name for story in labelled_stories(arguments.folder) if story.fold == UNREAD}
        stories = {k: v for k, v in labelled.labelled(arguments.folder / "stories/labels").items() if k in held}
    pairs = [pair for length in (1, 2) for pair in planted(length)]
    pairs += [pair for length in LENGTHS for pair in leads(stories, labelled.gold_pairs, length)]
    report(pairs)
    if arguments.fit:
        fit(pairs)


if __name__ == "__main__":
    main()
