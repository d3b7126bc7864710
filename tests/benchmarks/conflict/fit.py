"""Fits the weights by which differences are judged to be conflicts: `src/conflict/weights.txt`.

    python fit.py words STORIES.jsonl [-o ../../../src/conflict/weights.txt]
    python fit.py read UNREAD.jsonl [-o ../../../src/conflict/weights.txt]
    python fit.py words STORIES.jsonl --add same_verb,other_verb -o ../../../src/conflict/weights.txt

A line of STORIES is a story: ``articles`` (id to text), ``sentences`` (``id``, ``article``, ``start``, ``end``),
``conflicts`` (pairs ``left``, ``right`` of sentence ids) and, where only some pairs were labelled, ``pairs``, which are
those: pairs made to be near misses, which weigh a fifth since a story holds few. The compiled module finds the
differences; a difference counts as a conflict when its pair of sentences is labelled as one. One logistic regression a
group of rules, its strength of shrinkage fixed. `words` fits
those of pairs whose words alone are known, `read` those of pairs that the cross-encoder has read; its stories are ones
that it was not trained on; they are few, so what is written is the mean with `words`. The lines of the other are
kept. Figures are of held-out stories (eight folds by story),
then by the labels' kind how many of them are told. With `--add` all weights stay, and only what the named signs add to
them is fitted, for figures and days: what is plain to see is told as surely as before.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from storydiff import _storydiff

GROUPS = {
    "people": ["counted_people"],
    "counts": ["count"],
    "ages": ["age"],
    "clock": ["clock"],
    "figures": ["money", "percent", "duration", "size", "year", "ordinal"],
    "date": ["date"],
    "negation": ["negation"],
    "modality": ["modality"],
    "words": ["antonym", "exclusive"],
    "state": ["state"],
    "names": ["name", "namesake", "place", "role"],
}
SHRINKAGE = 0.3
NEAR_MISS = 0.2
# What `--add` gives a story of ours, of which there are many, where whole ones are labelled.
INVENTED = 0.3
ADDED_TO = ["people", "counts", "ages", "clock", "figures", "date"]
# Of the lines for pairs that were read together.
PREFIX = "read_"
Key = tuple[str, str]


def key(left: str, right: str) -> Key:
    """A pair of sentences, whichever is left."""
    return (left, right) if left <= right else (right, left)


def rows(story: dict[str, Any], name: str, encoder: str | None) -> tuple[list[dict[str, Any]], set[Key]]:
    """The differences of a story with the labelled pairs they fall on, and the labelled conflicts."""
    ids = list(story["articles"])
    gold = {key(c["left"], c["right"]) for c in story["conflicts"]}
    only = {key(*pair) for pair in story["pairs"]} if "pairs" in story else None

    def at(place: tuple[int, int, int]) -> list[str]:
        article, start, end = ids[place[0]], place[1], place[2]
        found = []
        for sentence in story["sentences"]:
            common = min(end, sentence["end"]) - max(start, sentence["start"])
            if sentence["article"] == article and 2 * common >= min(end - start, sentence["end"] - sentence["start"]):
                found.append(sentence["id"])
        return found

    found = []
    articles = [(id, story["articles"][id], None, None, None, None) for id in ids]
    for left, right, kind, what, words, signs in _storydiff.differences(articles, encoder=encoder):
        keys = {key(a, b) for a in at(left) for b in at(right)}
        if only is not None:
            keys &= only
            if not keys:
                continue
        text = [story["articles"][ids[place[0]]][place[1] : place[2]] for place in (left, right)]
        found.append(
            {"story": name, "kind": kind, "what": what, "words": words, "signs": signs, "keys": keys, "text": text}
            | {"y": bool(keys & gold), "only": only is not None}
        )
    return found, gold


def main() -> None:
    """Fit, report, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("known", choices=["words", "read"])
    parser.add_argument("stories", type=Path, nargs="+")
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--add", type=lambda text: text.split(","), help="signs to fit beside weights that stay")
    parser.add_argument("--dump", type=Path, help="where to write the judged differences as JSON lines")
    arguments = parser.parse_args()
    read = arguments.known == "read"
    if arguments.add:
        lines = arguments.output.read_text(encoding="utf-8").splitlines()
        lines = add(lines, arguments.stories, None if read else "static", PREFIX if read else "", arguments.add)
        arguments.output.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return
    lines = fit(arguments.stories, None if read else "static", PREFIX if read else "", arguments.dump)
    if arguments.output:
        kept = arguments.output.read_text(encoding="utf-8").splitlines() if arguments.output.exists() else []
        kept = [line for line in kept if line.startswith(PREFIX) != read]
        lines = [mean(line, kept) for line in lines] if read else lines
        lines = kept + lines if read else lines + kept
        arguments.output.write_text("\n".join(lines) + "\n", encoding="utf-8")


def parsed(line: str) -> tuple[str, float, dict[str, float]]:
    name, intercept, *weights = line.split()
    return name, float(intercept), {key: float(value) for key, value in (weight.split("=") for weight in weights)}


def mean(line: str, others: list[str]) -> str:
    """A line of weights for pairs that were read, and the one of its name for words alone, in equal parts."""
    name, intercept, weights = parsed(line)
    _, other, known = next(of for of in map(parsed, others) if PREFIX + of[0] == name)
    both = {key: (weights.get(key, 0.0) + known.get(key, 0.0)) / 2 for key in weights | known}
    told = " ".join(f"{key}={value:.3f}" for key, value in both.items() if abs(value) >= 0.0005)
    return f"{name} {(intercept + other) / 2:.3f} {told}"


def add(lines: list[str], stories: list[Path], encoder: str | None, prefix: str, signs: list[str]) -> list[str]:
    """The lines of weights, those of figures and days with what some signs add to them."""
    found: list[dict[str, Any]] = []
    for path in stories:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            more, _ = rows(json.loads(line), f"{path.stem}-{number}", encoder)
            found += [row | {"invented": "invented" in path.stem} for row in more]
    names = _storydiff.sign_names()
    if prefix:
        found = [row for row in found if row["signs"][names.index("read")]]
    x, y = np.array([row["signs"] for row in found]), np.array([row["y"] for row in found], dtype=float)
    weight = np.array([NEAR_MISS if row["only"] else INVENTED if row["invented"] else 1.0 for row in found])
    new = [names.index(sign) for sign in signs]
    out = []
    for line in lines:
        name, intercept, weights = parsed(line)
        group = name.removeprefix(prefix)
        if group not in ADDED_TO or name != prefix + group:
            out.append(line)
            continue
        own = x[:, [names.index(rule) for rule in GROUPS[group]]].any(axis=1)
        known = intercept + sum(x[own, names.index(sign)] * value for sign, value in weights.items())

        def loss(b: np.ndarray, own: np.ndarray = own, known: np.ndarray = known) -> float:
            z = known + x[own][:, new] @ b[1:] + b[0]
            return float(np.sum(weight[own] * (np.logaddexp(0, z) - y[own] * z)) + np.sum(b**2) / (2 * SHRINKAGE))

        b = minimize(loss, np.zeros(1 + len(new))).x
        told = {**weights, **{sign: value for sign, value in zip(signs, b[1:], strict=True) if abs(value) >= 0.0005}}
        out.append(f"{name} {intercept + b[0]:.3f} " + " ".join(f"{sign}={value:.3f}" for sign, value in told.items()))
    return out


def fit(stories: list[Path], encoder: str | None, prefix: str, dump: Path | None) -> list[str]:
    """The lines of weights of one encoder's differences; with a prefix, of pairs that were read together."""
    found: list[dict[str, Any]] = []
    gold: dict[str, set[Key]] = {}
    kinds: dict[tuple[str, Key], str] = {}
    for path in stories:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            story = json.loads(line)
            name = story.get("name", f"{path.stem}-{number}")
            more, labelled = rows(story, name, encoder)
            found += more
            if "pairs" not in story:
                gold[name] = labelled
                kinds |= {(name, key(c["left"], c["right"])): c["kind"] for c in story["conflicts"]}
    names = _storydiff.sign_names()
    if prefix:
        found = [row for row in found if row["signs"][names.index("read")]]
    x = np.array([row["signs"] for row in found])
    y = np.array([row["y"] for row in found])
    groups = np.array([row["story"] for row in found])
    weight = np.array([NEAR_MISS if row["only"] else 1.0 for row in found])
    judged = np.zeros(len(y))
    lines = []
    for group, rules in GROUPS.items():
        own = x[:, [names.index(rule) for rule in rules]].any(axis=1)
        if y[own].sum() < 8:
            lines.append(f"{prefix}{group} -6")
            continue
        scale = x[own].std(axis=0)
        scale[scale == 0] = 1
        model = LogisticRegression(C=SHRINKAGE, max_iter=5000)
        rows_of = np.flatnonzero(own)
        scaled = x[own] / scale
        for rest, fold in GroupKFold(8).split(scaled, y[own], groups[own]):
            model.fit(scaled[rest], y[own][rest], sample_weight=weight[own][rest])
            judged[rows_of[fold]] = model.predict_proba(scaled[fold])[:, 1]
        model.fit(scaled, y[own], sample_weight=weight[own])
        weights = zip(names, model.coef_[0] / scale, strict=True)
        told = " ".join(f"{name}={weight:.3f}" for name, weight in weights if abs(weight) >= 0.0005)
        lines.append(f"{prefix}{group} {model.intercept_[0]:.3f} {told}")
        at = [(t, int((judged[own] >= t).sum()), int((y[own] & (judged[own] >= t)).sum())) for t in (0.4, 0.5, 0.6)]
        print(f"{group}: {own.sum()} differences, {y[own].sum()} conflicts; told and right at", at)
    for least in (0.3, 0.4, 0.5, 0.6, 0.65, 0.7):
        said: dict[tuple[str, Key], bool] = defaultdict(bool)
        for row, p in zip(found, judged, strict=True):
            if p >= least and not row["only"]:
                for pair in row["keys"]:
                    said[row["story"], pair] |= pair in gold[row["story"]]
        right = sum(said.values())
        n = sum(map(len, gold.values()))
        for kind in sorted(set(kinds.values())):
            of_kind = [pair for pair, known in kinds.items() if known == kind]
            print(f"    {kind}: {sum(said.get(pair, False) for pair in of_kind)} of {len(of_kind)}")
        print(f"at {least}: precision {right / max(len(said), 1):.3f} ({right} of {len(said)}), recall {right / n:.3f}")
    if dump:
        with dump.open("w", encoding="utf-8") as file:
            for row, p in zip(found, judged, strict=True):
                file.write(json.dumps({**row, "keys": sorted(row["keys"]), "p": float(p)}) + "\n")
    return lines


if __name__ == "__main__":
    main()
