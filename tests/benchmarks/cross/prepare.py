"""Gather the pairs that the cross-encoder learns from, as one file of numbers that `train.py` takes to a GPU.

    python tests/benchmarks/cross/prepare.py EVAL_FOLDER OUT.npz

EVAL_FOLDER holds `labelled.py`, `stories/` and `pairs/`; the stories that we invented are in `../reader/invented`.
Needs storydiff, numpy and tokenizers. Writes:

- `pieces`, `offsets`: word pieces of every distinct sentence, end to end;
- a row per pair: `left`, `right`, `shared`, `conflict`, `same` (1, 0, or -1 where nobody said), `kind` (-1: none),
  `source`, `fold` (0 to 2 by story as in `../reader/stories.py`, 3: labelled later; -2: held with fold 0; -1: none),
  `weight`, and `left_before`, `right_before`: the sentence that stands before each in its article (-1: none);
- `marks`: rows of (pair, side, first piece, one past the last, layer): layer 0 marks words that differ, 1 words that
  are shared.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import itertools
import json
import random
import re
import sys
from pathlib import Path

import numpy as np
from changes import changes, names_of
from rows import KINDS, MAX_PIECES, SOURCES
from tokenizers import BertWordPieceTokenizer

import storydiff

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests/benchmarks/reader"))
from stories import fold_of, is_held, labelled_stories, later_labels  # noqa: E402

VOCABULARY = ROOT / "src/encode/models/vocab.txt"
# A real story's labels know fewer kinds.
KIND_OF = {"person": "name", "figure": "number"}
# Near misses of these kinds say that both cannot be true; of the others nobody asked.
CONFLICTING = {*KINDS} - {"source"}
N_NEAREST = 5
# The fold of stories that train, whatever is held.
LATER = 3


class Pairs:
    def __init__(self) -> None:
        self.tokenizer = BertWordPieceTokenizer(str(VOCABULARY), lowercase=True)
        self.texts: list[str] = []
        self.encodings: list = []
        self.at: dict[str, int] = {}
        self.rows: list[tuple] = []
        self.marks: list[tuple[int, int, int, int, int]] = []

    def sentence(self, text: str) -> int:
        text = " ".join(text.split())
        if text not in self.at:
            self.at[text] = len(self.texts)
            self.texts.append(text)
        return self.at[text]

    def add(
        self,
        left: int,
        right: int,
        source: str,
        *,
        before: tuple[int, int] = (-1, -1),
        shared: int = -1,
        conflict: int = -1,
        same: int = -1,
        kind: int = -1,
        fold: int = -1,
        weight: float = 1.0,
    ) -> int:
        self.rows.append((left, right, shared, conflict, same, kind, SOURCES.index(source), fold, *before, weight))
        return len(self.rows) - 1

    def mark(self, pair: int, side: int, spans: list[tuple[int, int]], layer: int) -> None:
        """Spans count characters of the sentence with its blanks normalised."""
        self.marks += [(pair, side, start, end, layer) for start, end in spans]

    def save(self, path: Path) -> None:
        pieces, offsets, by_piece = [], [0], {}
        marked = {self.rows[pair][side] for pair, side, *_ in self.marks}
        for at, encoding in enumerate(self.tokenizer.encode_batch(self.texts, add_special_tokens=False)):
            ids = encoding.ids[:MAX_PIECES]
            pieces += ids
            offsets.append(len(pieces))
            if at in marked:
                by_piece[at] = encoding.offsets[:MAX_PIECES]
        marks = []
        for pair, side, start, end, layer in self.marks:
            inside = [n for n, (a, b) in enumerate(by_piece[self.rows[pair][side]]) if a < end and b > start]
            if inside:
                marks.append((pair, side, inside[0], inside[-1] + 1, layer))
        columns = list(zip(*self.rows, strict=True))
        names = ["left", "right", "shared", "conflict", "same", "kind", "source", "fold", "left_before", "right_before"]
        types = [np.int32] * 2 + [np.int8] * 6 + [np.int32] * 2
        arrays = {name: np.array(c, t) for name, c, t in zip(names, columns, types, strict=False)}
        np.savez_compressed(
            path,
            pieces=np.array(pieces, np.uint16),
            offsets=np.array(offsets, np.int32),
            weight=np.array(columns[10], np.float16),
            marks=np.array(marks, np.int32).reshape(-1, 5),
            **arrays,
        )
        counts = {SOURCES[s]: int((arrays["source"] == s).sum()) for s in sorted(set(arrays["source"]))}
        print(
            len(self.texts), "sentences", counts, "conflicts", int((arrays["conflict"] == 1).sum()), "marks", len(marks)
        )


def set_fold(name: str) -> int:
    return -2 if is_held(name) else -1


def befores(kept: list[tuple]) -> list[int]:
    """Of each kept sentence, which are in order, the number of the one before it in its article."""
    pairs = zip([(None, None, -1), *kept], kept, strict=False)
    return [before[2] if before[1] == own[1] else -1 for before, own in pairs]


def near(texts: list[str], articles: list[str], n: int) -> set[tuple[int, int]]:
    """Pairs of two articles in which one is among the `n` nearest of the other article, by words and by meaning."""
    words = storydiff.TfidfVectorizer(sublinear_tf=True).fit_transform([t if t.strip() else "." for t in texts])
    likeness = np.asarray((words @ words.T).todense())
    meaning = storydiff.Encoder("static").encode(texts)
    likeness = likeness + meaning @ meaning.T
    of = np.array(articles)
    found = set()
    for at in range(len(texts)):
        for other in set(articles) - {articles[at]}:
            places = np.flatnonzero(of == other)
            best = places[np.argsort(-likeness[at, places], kind="stable")[:n]]
            found |= {(min(at, int(b)), max(at, int(b))) for b in best}
    return found


def story_folds(folder: Path) -> dict[str, int]:
    return {story.name: story.fold for story in labelled_stories(folder)}


def stories(pairs: Pairs, folder: Path, layout: dict) -> None:
    sys.path.insert(0, str(folder))
    from labelled import gold_pairs, labelled

    folds = story_folds(folder)
    told = sorted(labelled().items())
    # Kind after kind.
    kinds = list(dict.fromkeys(story["gold"]["kind"] for _, story in told))
    told.sort(key=lambda of: kinds.index(of[1]["gold"]["kind"]))
    for name, story in told + list(later_labels(folder, kept=False).items()):
        fold = folds.get(name, LATER)
        gold = story["gold"]
        furniture = set(gold["boilerplate"])
        shared = gold_pairs(gold)
        clash = {(min(c["left"], c["right"]), max(c["left"], c["right"])): c["kind"] for c in gold["conflicts"]}
        kept = []
        for s in story["sentences"]:
            text = story["articles"][s["article"]][s["start"] : s["end"]]
            if s["id"] in furniture or not text.strip():
                continue
            kept.append((s["id"], s["article"], pairs.sentence(text), text))
        before = befores(kept)
        layout[name] = {"fold": fold, "kind": gold["kind"], "ids": [k[0] for k in kept], "pairs": []}
        close = near([k[3] for k in kept], [k[1] for k in kept], N_NEAREST)
        for i, j in itertools.combinations(range(len(kept)), 2):
            if kept[i][1] == kept[j][1]:
                continue
            key = (min(kept[i][0], kept[j][0]), max(kept[i][0], kept[j][0]))
            kind = KIND_OF.get(clash.get(key), clash.get(key))
            if key in shared or key in clash or (i, j) in close:
                row = pairs.add(
                    kept[i][2],
                    kept[j][2],
                    "story",
                    before=(before[i], before[j]),
                    shared=int(key in shared),
                    conflict=int(key in clash),
                    kind=KINDS.index(kind) if kind in KINDS else -1,
                    fold=fold,
                )
                layout[name]["pairs"].append((row, *key))


def words_of(text: str, words: str | None) -> list[tuple[int, int]]:
    if not words:
        return []
    start = " ".join(text.split()).find(" ".join(words.split()))
    return [] if start < 0 else [(start, start + len(" ".join(words.split())))]


def invented(pairs: Pairs, folder: Path) -> None:
    for path in sorted(folder.glob("*.json")):
        story = json.loads(path.read_text(encoding="utf-8"))
        fold, furniture = fold_of(path.stem), set(story.get("boilerplate", []))
        kept, at = [], {}
        for letter, texts in story["articles"].items():
            for n, text in enumerate(texts):
                if f"{letter}{n}" not in furniture:
                    at[f"{letter}{n}"] = (pairs.sentence(text), text)
                    kept.append((f"{letter}{n}", letter, at[f"{letter}{n}"][0], text))
        before = {own[0]: sentence for own, sentence in zip(kept, befores(kept), strict=True)}
        shared = set()
        for _, mentions in story["statements"]:
            ids = [m.rstrip("*") for m in mentions]
            shared |= {(min(p), max(p)) for p in itertools.combinations(ids, 2) if p[0][0] != p[1][0]}
        clash = {}
        for c in story.get("conflicts", []):
            swapped = c["left"] > c["right"]
            words = (c.get("left_words"), c.get("right_words"))
            clash[min(c["left"], c["right"]), max(c["left"], c["right"])] = (
                c["kind"],
                words[::-1] if swapped else words,
            )
        close = near([k[3] for k in kept], [k[1] for k in kept], N_NEAREST)
        for i, j in itertools.combinations(range(len(kept)), 2):
            a, b = kept[i], kept[j]
            if a[1] == b[1]:
                continue
            key = (min(a[0], b[0]), max(a[0], b[0]))
            if key in shared or key in clash or (i, j) in close:
                kind, words = clash.get(key, (None, (None, None)))
                row = pairs.add(
                    at[key[0]][0],
                    at[key[1]][0],
                    "invented",
                    before=(before[key[0]], before[key[1]]),
                    shared=int(key in shared),
                    conflict=int(key in clash),
                    kind=KINDS.index(kind) if kind in KINDS else -1,
                    fold=fold,
                )
                if words[0] and words[1]:
                    for side in (0, 1):
                        pairs.mark(row, side, words_of(at[key[side]][1], words[side]), 0)
        of: dict[str, list] = {}
        for v in story.get("variants", []):
            of.setdefault(v["of"], []).append(v)
        for original, variants in of.items():
            if original not in at:
                continue
            sentence, text = at[original]
            for v in variants:
                variant(pairs, sentence, text, v["text"], v, fold, before[original])
            # What a paraphrase says contradicts the near misses too.
            for p, v in itertools.product(variants, variants):
                if p["kind"] == "paraphrase" and v["kind"] != "paraphrase":
                    variant(pairs, pairs.sentence(p["text"]), p["text"], v["text"], v | {"left_words": None}, fold)


def variant(pairs: Pairs, sentence: int, text: str, other: str, v: dict, fold: int, before: int = -1) -> None:
    same, kind = v["kind"] == "paraphrase", v["kind"]
    conflict = 0 if same or kind == "other" else 1 if kind in CONFLICTING else -1
    row = pairs.add(
        sentence,
        pairs.sentence(other),
        "variant",
        before=(before, -1),
        shared=int(same),
        conflict=conflict,
        same=-1 if same else 0,
        kind=KINDS.index(kind) if kind in KINDS else -1,
        fold=fold,
    )
    if v.get("left_words") and v.get("right_words"):
        pairs.mark(row, 0, words_of(text, v["left_words"]), 0)
        pairs.mark(row, 1, words_of(other, v["right_words"]), 0)


def near_misses(pairs: Pairs, path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        kind = KIND_OF.get(row["kind"], row["kind"])
        same = row["same"]
        conflict = 0 if same else 1 if kind in CONFLICTING else -1
        left, right = pairs.sentence(row["left"]), pairs.sentence(row["right"])
        kind_at = KINDS.index(kind) if kind in KINDS and not same else -1
        pairs.add(
            left,
            right,
            "near_miss",
            shared=int(same),
            conflict=conflict,
            same=-1 if same else 0,
            kind=kind_at,
            fold=set_fold(row["id"]),
        )


def normalised(text: str, spans: list) -> list[tuple[int, int]]:
    """Spans of a text as spans of the text with its blanks normalised."""
    return [(len(" ".join(text[:s].split())) + (s > 0), len(" ".join(text[:e].split()))) for s, e in spans]


def sets(pairs: Pairs, folder: Path) -> None:
    from labelled import labelled
    from score import read

    # A topic of which a labelled story is held is held.
    folds = story_folds(folder)
    golds = [story["gold"] for name, story in labelled().items() if folds[name] == 0]
    held = {gold["story"].split("_")[0] for gold in golds if gold["kind"] == "ecbplus"}
    for name, source, label in (
        ("superpal.dev", "superpal", "label"),
        ("pyramid.train", "pyramid", "label"),
        ("pyramid.dev", "pyramid", "label"),
        ("ecbplus.train", "ecbplus", "strong"),
        ("ecbplus.dev", "ecbplus", "strong"),
        ("ecbplus.cross_story.dev", "ecbplus", "strong"),
        ("msrp.train", "msrp", "label"),
        ("msrp.val", "msrp", "label"),
    ):
        for at, row in enumerate(read(f"pairs/{name}")):
            y = int(bool(row.get(label, 0)))
            # Topics of one number are one topic.
            topic = str(row.get("group", at % 50)).split("_ecb")[0]
            left, right = pairs.sentence(row["a"]), pairs.sentence(row["b"])
            # A paraphrase of MSRP says all of it in other words; what is none may still share a claim.
            given = {"same": y, "shared": 1 if y else -1} if source == "msrp" else {"shared": y}
            fold = -2 if name == "msrp.val" or (source == "ecbplus" and topic in held) else set_fold(source + topic)
            pair = pairs.add(left, right, source, **given, fold=fold, weight=0.5)
            if row.get("a_spans") and row.get("b_spans"):
                for side, key in ((0, "a"), (1, "b")):
                    spans = [span for one in row[f"{key}_spans"] for span in one or []]
                    pairs.mark(pair, side, normalised(row[key], spans), 1)


def unlabelled(pairs: Pairs, folder: Path, most: int) -> None:
    """Pairs of real stories that nobody labelled, for a pupil to ask its teacher about."""
    known = {tuple(row) for row in json.loads((folder / "stories/held-back.json").read_text())}
    known |= {
        (g["kind"], str(g["story"]))
        for g in (json.loads(p.read_text()) for p in (folder / "stories/labels").glob("*.json"))
    }
    by_story: dict[str, list] = {}
    with gzip.open(folder / "stories/incidents.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if ("incident", str(row["story"])) not in known:
                by_story.setdefault(str(row["story"]), []).append(row["text"])
    before = len(pairs.rows)
    for story in sorted(by_story, key=lambda s: hashlib.sha256(s.encode()).hexdigest()):
        texts = by_story[story][:5]
        # Larger stories are left for labels to come.
        if not 2 <= len(by_story[story]) <= 3 or len(pairs.rows) - before > most:
            continue
        kept = []
        for number, text in enumerate(texts):
            for span in storydiff.split_sentences(text)[:30]:
                said = text[span.start : span.end]
                if 4 <= len(said.split()) <= 70:
                    kept.append((str(number), pairs.sentence(said), said))
        if len({k[0] for k in kept}) > 1:
            for i, j in sorted(near([k[2] for k in kept], [k[0] for k in kept], 4)):
                pairs.add(kept[i][1], kept[j][1], "unlabelled")


def changed(pairs: Pairs, most: int) -> None:
    """Pairs that share a claim, or words enough, with one detail of the second changed."""
    at, n_rows = random.Random(1), len(pairs.rows)
    names: list[str] = []
    order = list(range(n_rows))
    at.shuffle(order)
    everywhere = names_of([pairs.texts[n] for n in range(0, len(pairs.texts), 5)])
    for n in order:
        left, right, shared, conflict, _, _, source, fold, *before, _ = pairs.rows[n]
        kind = SOURCES[source]
        if len(pairs.rows) - n_rows >= most:
            return
        if kind not in ("story", "invented", "unlabelled") or conflict == 1:
            continue
        if kind != "unlabelled" and shared != 1:
            continue
        if at.random() < 0.5:
            left, right, before = right, left, before[::-1]
        a, b = pairs.texts[left], pairs.texts[right]
        if kind == "unlabelled":
            words = [set(re.findall(r"\w{4,}", text.lower())) for text in (a, b)]
            if len(words[0] & words[1]) < max(4, 0.4 * min(map(len, words))):
                continue
        if len(names) < 40:
            names = at.sample(everywhere, min(400, len(everywhere)))
        found = changes(a, b, names[:40], at)
        names = names[1:]
        for both in (True, False):
            of = [c for c in found if c.both is both]
            # Of details that one side alone gives, fewer.
            if not of or (not both and at.random() < 0.5):
                continue
            change = at.choice(of)
            row = pairs.add(
                left,
                pairs.sentence(change.text),
                "changed",
                before=tuple(before),
                conflict=int(both),
                same=0 if both else -1,
                kind=KINDS.index(change.kind) if both and change.kind != "name" else -1,
                fold=fold,
                weight=0.5,
            )
            if both:
                pairs.mark(row, 0, [change.left], 0)
                pairs.mark(row, 1, [change.right], 0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--unlabelled", type=int, default=240_000, help="pairs at most")
    parser.add_argument("--changed", type=int, default=40_000, help="pairs with a detail changed at most")
    arguments = parser.parse_args()
    pairs, layout = Pairs(), {}
    stories(pairs, arguments.folder, layout)
    print("stories", len(pairs.rows), flush=True)
    invented(pairs, ROOT / "tests/benchmarks/reader/invented")
    near_misses(pairs, ROOT / "tests/data/near_miss/tune.jsonl")
    sets(pairs, arguments.folder)
    print("sets", len(pairs.rows), flush=True)
    unlabelled(pairs, arguments.folder, arguments.unlabelled)
    changed(pairs, arguments.changed)
    pairs.save(arguments.out)
    arguments.out.with_suffix(".layout.json").write_text(json.dumps(layout))


if __name__ == "__main__":
    main()
