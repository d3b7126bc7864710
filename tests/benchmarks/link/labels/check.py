"""Check every label file against the texts, and count them.

    python tests/benchmarks/link/labels/check.py EVAL_FOLDER

EVAL_FOLDER holds the texts: `stories/NAME.jsonl.gz` and `prose/NAME.jsonl.gz`. Prints what is wrong, file by file, then
how many stories there are by collection and kind; fails when anything is wrong.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
# The first files name their collection by `kind`, and so do not have `collection`; what is `kept` only measures.
COLLECTION_OF = {"basil": "basil", "incident": "incidents", "ecbplus": "ecbplus", "fnc1": "fnc1_bodies"}
FIELDS = {"kind", "story", "articles", "statements", "conflicts", "unique", "boilerplate"}
FIELDS_OF = {
    "articles": {"letter", "id", "sentences", "sha256"},
    "statements": {"label", "mentions"},
    "conflicts": {"kind", "left", "right", "what"},
}
KINDS = {"number", "date", "place", "name", "negation", "modality", "other"}


def collection_of(story: dict[str, Any]) -> str:
    return str(story.get("collection") or COLLECTION_OF[story["kind"]])


def texts(folder: Path, collection: str, ids: set[str]) -> dict[str, str]:
    path = next((p for p in (folder / f"{d}/{collection}.jsonl.gz" for d in ("stories", "prose")) if p.exists()), None)
    out: dict[str, str] = {}
    if path is not None:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if row["id"] in ids:
                    out[row["id"]] = row["text"]
    return out


def twice(names: list[Any]) -> list[Any]:
    return [n for n, times in Counter(names).items() if times > 1]


def wrong_fields(story: dict[str, Any]) -> Iterator[str]:
    if wrong := set(story) - {"collection", "kept"} ^ FIELDS:
        yield f"fields missing or unknown: {sorted(wrong)}"
    for name, fields in FIELDS_OF.items():
        for n, part in enumerate(story[name]):
            if wrong := set(part) ^ fields:
                yield f"{name}[{n}]: fields missing or unknown: {sorted(wrong)}"


def wrong_articles(story: dict[str, Any], text: dict[str, str]) -> Iterator[str]:
    for field in ("letter", "id"):
        for name in twice([a[field] for a in story["articles"]]):
            yield f"two articles with the {field} {name}"
    for article in story["articles"]:
        letter = article["letter"]
        if article["id"] not in text:
            yield f"{letter}: no text {article['id']} in {collection_of(story)}"
            continue
        body = text[article["id"]]
        if hashlib.sha256(body.encode()).hexdigest() != article["sha256"]:
            yield f"{letter}: the hash does not fit the text"
        before = 0
        for n, (start, end) in enumerate(article["sentences"]):
            if not before <= start < end <= len(body):
                yield f"{letter}{n}: [{start}, {end}] outside the text, empty, or over the sentence before"
            elif not body[start:end].strip():
                yield f"{letter}{n}: nothing but blanks"
            before = end


def wrong_labels(story: dict[str, Any]) -> Iterator[str]:
    known = {f"{a['letter']}{n}" for a in story["articles"] for n in range(len(a["sentences"]))}
    for label in twice([s["label"] for s in story["statements"]]):
        yield f"two statements with the label {label!r}"
    for statement in story["statements"]:
        mentions = [m.removesuffix("*") for m in statement["mentions"]]
        name = repr(statement["label"])
        if unknown := sorted(set(mentions) - known):
            yield f"{name}: no such sentence: {unknown}"
        if again := twice(mentions):
            yield f"{name}: named twice: {again}"
        if len({m[:1] for m in mentions}) < 2:
            yield f"{name}: fewer than two articles say it"
    for conflict in story["conflicts"]:
        left, right = conflict["left"], conflict["right"]
        name = f"conflict {left}-{right}"
        if not {left, right} <= known:
            yield f"{name}: no such sentence"
        if left[:1] == right[:1]:
            yield f"{name}: within one article"
        if conflict["kind"] not in KINDS:
            yield f"{name}: unknown kind {conflict['kind']!r}"
    pairs = [(frozenset((c["left"], c["right"])), c["kind"], c["what"]) for c in story["conflicts"]]
    for pair, _, what in twice(pairs):
        yield f"conflict {'-'.join(sorted(pair))} listed twice: {what!r}"

    shared = {m.removesuffix("*") for s in story["statements"] for m in s["mentions"]}
    places = {"statement": shared, "unique": set(story["unique"]), "boilerplate": set(story["boilerplate"])}
    for place in ("unique", "boilerplate"):
        if again := twice(story[place]):
            yield f"{place}: listed twice: {again}"
        if unknown := sorted(places[place] - known):
            yield f"{place}: no such sentence: {unknown}"
    stands = defaultdict(list)
    for place, names in places.items():
        for name in names & known:
            stands[name].append(place)
    for name in sorted(known, key=lambda name: (name[0], int(name[1:]))):
        if len(stands[name]) != 1:
            yield f"{name} stands in {' and '.join(stands[name]) or 'no statement, unique or boilerplate'}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="EVAL_FOLDER")
    folder = parser.parse_args().folder
    stories = {p.name: json.loads(p.read_text(encoding="utf-8")) for p in sorted(HERE.glob("*.json"))}
    ids = defaultdict(set)
    for story in stories.values():
        ids[collection_of(story)] |= {a["id"] for a in story["articles"]}
    text = {name: texts(folder, name, wanted) for name, wanted in ids.items()}

    n_wrong, count = 0, defaultdict(Counter)
    for name, story in stories.items():
        wrong = [*wrong_fields(story), *wrong_articles(story, text[collection_of(story)]), *wrong_labels(story)]
        n_wrong += len(wrong)
        for what in wrong:
            print(f"{name}: {what}")
        kind = story["kind"] if "collection" in story else "-"
        count[collection_of(story), kind].update(
            stories=1,
            articles=len(story["articles"]),
            sentences=sum(len(a["sentences"]) for a in story["articles"]),
            statements=len(story["statements"]),
            conflicts=len(story["conflicts"]),
        )
    columns = "stories articles sentences statements conflicts".split()
    print(f"{'collection':16}{'kind':16}" + "".join(f"{c:>12}" for c in columns))
    for key in sorted(count):
        print(f"{key[0]:16}{key[1]:16}" + "".join(f"{count[key][c]:12}" for c in columns))
    whole = sum(count.values(), Counter())
    print(f"{'all':32}" + "".join(f"{whole[c]:12}" for c in columns))
    if n_wrong:
        raise SystemExit(f"wrong: {n_wrong}")


if __name__ == "__main__":
    main()
