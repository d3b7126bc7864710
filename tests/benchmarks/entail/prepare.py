"""Gather the texts that the entailment reader learns from, as one file of numbers that `train.py` takes to a GPU.

    python tests/benchmarks/entail/prepare.py EVAL_FOLDER OUT.npz

EVAL_FOLDER holds `labelled.py`, `stories/` and `pairs/`. A row is a text of one article and the one or two sentences of
another that are likeliest to say it (the evidence); its labels are what of the text is said there. Needs storydiff,
numpy, scipy and tokenizers. Writes:

- `pieces`, `offsets`: word pieces of every distinct text, end to end;
- a row per question: `text`, `first`, `second` (numbers of texts; -1: none), `all`, `some`, `clash` (1, 0, or -1 where
  nobody said: whether all of the text is said, anything of it, and whether something of it is contradicted), `source`,
  `held`, `weight`, and what is so of every piece that no mark names: `said`, `against` (1, 0, -1);
- `marks`: rows of (row, first piece, one past the last, said, against).
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
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from rows import MAX_PIECES, N_EVIDENCE, SOURCES
from tokenizers import BertWordPieceTokenizer

import storydiff

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path += [str(ROOT / "tests/benchmarks" / name) for name in ("reader", "cross", "link/labels")]
import check  # noqa: E402
from changes import changes, names_of  # noqa: E402
from stories import fold_of, is_held, labelled_stories, later_labels  # noqa: E402

# Kinds of near misses that say that both cannot be true; of the others nobody asked.
NO_CONFLICT = {"source", "other"}
Spans = Iterable[tuple[int, int]]


def flat(text: str) -> str:
    return " ".join(text.split())


def normalised(text: str, spans: Spans) -> list[tuple[int, int]]:
    """Spans of a text as spans of the text with its blanks normalised."""
    out = []
    for s, e in spans:
        before = flat(text[:s])
        start = len(before) + (bool(before) and (text[:s][-1:].isspace() or text[s : s + 1].isspace()))
        out.append((start, max(start, len(flat(text[:e])))))
    return out


class Rows:
    def __init__(self) -> None:
        self.tokenizer = BertWordPieceTokenizer(str(ROOT / "src/encode/models/vocab.txt"), lowercase=True)
        self.texts: list[str] = []
        self.at: dict[str, int] = {}
        self.rows: list[tuple] = []
        self.marks: list[tuple[int, int, int, int, int]] = []
        # Rows by name, for those who measure.
        self.named: dict[str, list[int]] = defaultdict(list)

    def text(self, text: str) -> int:
        text = flat(text)
        if text not in self.at:
            self.at[text] = len(self.texts)
            self.texts.append(text)
        return self.at[text]

    def add(
        self,
        source: str,
        text: str,
        evidence: list[str],
        *,
        all_: int = -1,
        some: int = -1,
        clash: int = -1,
        said: int = -1,
        against: int = -1,
        marks: Iterable[tuple[tuple[int, int], int, int]] = (),
        held: bool = False,
        weight: float = 1.0,
    ) -> int:
        first, second = ([self.text(e) for e in evidence[:N_EVIDENCE]] + [-1, -1])[:2]
        if first < 0:
            return -1
        row = (self.text(text), first, second, all_, some, clash, said, against, SOURCES.index(source), held, weight)
        self.rows.append(row)
        self.marks += [(len(self.rows) - 1, s, e, a, b) for (s, e), a, b in marks]
        return len(self.rows) - 1

    def save(self, path: Path) -> None:
        pieces, offsets, places = [], [0], []
        for encoding in self.tokenizer.encode_batch(self.texts, add_special_tokens=False):
            ids = encoding.ids[:MAX_PIECES]
            pieces += ids
            offsets.append(len(pieces))
            places.append(encoding.offsets[:MAX_PIECES])
        marks = []
        for row, start, end, said, against in self.marks:
            inside = [n for n, (a, b) in enumerate(places[self.rows[row][0]]) if a < end and b > start]
            if inside:
                marks.append((row, inside[0], inside[-1] + 1, said, against))
        columns = list(zip(*self.rows, strict=True))
        names = ["text", "first", "second", "all", "some", "clash", "said", "against", "source", "held"]
        types = [np.int32] * 3 + [np.int8] * 7
        arrays = {name: np.array(c, t) for name, c, t in zip(names, columns, types, strict=False)}
        np.savez_compressed(
            path,
            pieces=np.array(pieces, np.uint16),
            offsets=np.array(offsets, np.int32),
            weight=np.array(columns[10], np.float16),
            marks=np.array(marks, np.int32).reshape(-1, 5),
            **arrays,
        )
        path.with_suffix(".names.json").write_text(json.dumps(self.named))
        counts = Counter(SOURCES[s] for s in arrays["source"])
        print(len(self.texts), "texts", len(self.rows), "rows", dict(counts), "held", int(arrays["held"].sum()))


class Story:
    """Sentences of articles, and which are nearest to a text."""

    def __init__(self, articles: dict[str, list[str]]) -> None:
        self.articles = articles
        self.texts = [text for texts in articles.values() for text in texts]
        self.of = np.array([letter for letter, texts in articles.items() for _ in texts])
        self.words = storydiff.TfidfVectorizer(sublinear_tf=True)
        self.rows = self.words.fit_transform([text if text.strip() else "." for text in self.texts])
        self.encoder = storydiff.Encoder("static")
        self.meaning = self.encoder.encode(self.texts)

    def nearest(self, texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
        """How alike each text and each sentence are, by words and meaning, and by words alone."""
        words = np.asarray((self.words.transform(texts) @ self.rows.T).todense())
        return words + self.encoder.encode(texts) @ self.meaning.T, words

    def evidence(self, alike: tuple[np.ndarray, np.ndarray], at: int, letter: str) -> list[str]:
        """The sentence of an article that is nearest, and of the others the one with most words in common."""
        places = np.flatnonzero(self.of == letter)
        if not len(places):
            return []
        both, words = alike[0][at, places], alike[1][at, places].copy()
        first = int(both.argmax())
        words[first] = -1
        second = int(words.argmax())
        chosen = [first] + ([second] if len(places) > 1 and words[second] > 0 else [])
        return [self.texts[places[n]] for n in chosen]


def split(text: str) -> list[str]:
    return [text[s.start : s.end] for s in storydiff.split_sentences(text) if text[s.start : s.end].strip()]


def read(rows: Rows, folder: Path) -> None:
    """What readers marked."""
    for path in sorted((HERE / "labels").glob("*.json")):
        label = json.loads(path.read_text(encoding="utf-8"))
        id_of = {article["letter"]: article["id"] for article in label["articles"]}
        found = check.texts(folder, label["collection"], set(id_of.values()))
        text_of = {letter: found[id_] for letter, id_ in id_of.items()}
        story = Story({letter: split(text) for letter, text in text_of.items()})
        held = is_held_story(path.stem)
        texts = [flat(text_of[item["article"]][item["start"] : item["end"]]) for item in label["items"]]
        alike = story.nearest(texts)
        for at, item in enumerate(label["items"]):
            own, start = text_of[item["article"]], item["start"]
            raw = own[start : item["end"]]
            for letter, says in item["says"].items():
                of = lambda name, raw=raw, start=start, says=says: normalised(  # noqa: E731
                    raw, [(s - start, e - start) for s, e in says[name]]
                )
                unsaid, against = of("unsaid"), of("contradicted")
                marks = [(span, 0, 0) for span in unsaid] + [(span, 0, 1) for span in against]
                kind = says["said"]
                given = {
                    "all_": int(kind == "all"),
                    "some": int(kind != "none"),
                    "clash": int(bool(against)),
                    "said": int(kind != "none"),
                    "against": 0,
                    "marks": marks,
                    "held": held,
                }
                named = [text_of[letter][s:e] for s, e in says["sentences"]]
                found_ = story.evidence(alike, at, letter)
                has = all(any(flat(n) in flat(f) or flat(f) in flat(n) for f in found_) for n in named[:1])
                if named:
                    row = rows.add("read", texts[at], named, **given)
                    rows.named[f"named:{path.stem}"].append(row)
                    if len(named) > 1:
                        order = named[:N_EVIDENCE]
                        rows.add("read", texts[at], order[::-1], **given, weight=0.5)
                if has:
                    row = rows.add("read", texts[at], found_, **given)
                    rows.named[f"found:{path.stem}"].append(row)


def is_held_story(name: str) -> bool:
    """One in eight of those that readers marked."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 8 == 0


def told(gold: dict[str, Any]) -> tuple[dict[str, set[int]], list[tuple[str, list[str]]]]:
    """Which statements each sentence makes, and the statements with their mentions, the main ones first."""
    makes: dict[str, set[int]] = defaultdict(set)
    statements = []
    for n, statement in enumerate(gold["statements"]):
        mentions = sorted(statement["mentions"], key=lambda m: (not m.endswith("*"), m))
        statements.append((statement["label"], [m.rstrip("*") for m in mentions]))
        for mention in mentions:
            makes[mention.rstrip("*")].add(n)
    return makes, statements


def of_labels(
    rows: Rows, source: str, sentences: dict[str, tuple[str, str]], gold: dict, *, held: bool, seed: str
) -> None:
    """Rows of a story labelled claim by claim: its sentences, and its claims as the labels word them."""
    at_random = random.Random(seed)
    makes, statements = told(gold)
    clash = {frozenset((c["left"], c["right"])) for c in gold["conflicts"]}
    articles: dict[str, list[str]] = defaultdict(list)
    for letter, text in sentences.values():
        articles[letter].append(text)
    story = Story(dict(articles))
    id_of = {(letter, text): name for name, (letter, text) in sentences.items()}
    ids = [name for name in sentences if len(sentences[name][1].split()) > 3]
    alike = story.nearest([sentences[name][1] for name in ids])
    for at, name in enumerate(ids):
        own, text = sentences[name]
        for letter in articles:
            if letter == own:
                continue
            theirs = [m for n in makes[name] for m in statements[n][1] if m in sentences and sentences[m][0] == letter]
            common = [
                n for n in makes[name] if any(m in sentences and sentences[m][0] == letter for m in statements[n][1])
            ]
            found = story.evidence(alike, at, letter)
            against = any(frozenset((name, id_of.get((letter, f), ""))) in clash for f in found)
            if not theirs:
                if at_random.random() < 0.6 or against:
                    given = {"some": -1 if against else 0, "clash": 1 if against else -1, "said": -1 if against else 0}
                    rows.add(source, text, found, all_=0, **given, held=held, weight=0.6)
                continue
            named = [sentences[m][1] for m, _ in Counter(theirs).most_common(N_EVIDENCE)]
            if at_random.random() < 0.5:
                named = named[::-1]
            every = -1 if len(common) == len(makes[name]) else 0
            against = any(frozenset((name, m)) in clash for m in theirs[:N_EVIDENCE])
            rows.add(
                source,
                text,
                named,
                all_=0 if against else every,
                some=1,
                clash=1 if against else -1,
                held=held,
                weight=0.6,
            )
    texts = [label for label, _ in statements]
    if source != "sentence" or not texts:
        return
    alike = story.nearest(texts)
    for at, (label, mentions) in enumerate(statements):
        # Who already told it may word the label; the others are asked in its words.
        for letter in articles:
            theirs = [sentences[m][1] for m in mentions if m in sentences and sentences[m][0] == letter]
            if theirs:
                at_random.shuffle(theirs)
                given = {"all_": 1, "some": 1, "clash": 0, "said": 1, "against": 0}
                rows.add("claim", label, theirs, **given, held=held, weight=0.6)
            else:
                found = story.evidence(alike, at, letter)
                rows.add("claim", label, found, all_=0, held=held, weight=0.6)


def labelled_(rows: Rows, folder: Path) -> None:
    sys.path.insert(0, str(folder))
    from labelled import labelled

    folds = {story.name: story.fold for story in labelled_stories(folder)}
    for name, story in [*sorted(labelled().items()), *later_labels(folder, kept=False).items()]:
        gold = story["gold"]
        furniture = set(gold["boilerplate"])
        sentences = {}
        for s in story["sentences"]:
            text = flat(story["articles"][s["article"]][s["start"] : s["end"]])
            if s["id"] not in furniture and text:
                sentences[s["id"]] = (s["id"][0], text)
        if len({letter for letter, _ in sentences.values()}) < 2:
            continue
        held = folds.get(name) == 0
        of_labels(rows, "sentence", sentences, gold, held=held, seed=name)
        if not held:
            articles: dict[str, list[str]] = defaultdict(list)
            for letter, text in sentences.values():
                articles[letter].append(text)
            chosen = dict(
                sorted(articles.items(), key=lambda of: hashlib.sha256((name + of[0]).encode()).hexdigest())[:4]
            )
            if len(chosen) > 1:
                whole = Story(chosen)
                chunks(rows, whole, names_of(whole.texts)[:60], random.Random(name))


def words_of(text: str, words: str | None) -> list[tuple[int, int]]:
    if not words:
        return []
    start = flat(text).find(flat(words))
    return [] if start < 0 else [(start, start + len(flat(words)))]


def invented(rows: Rows) -> None:
    for path in sorted((ROOT / "tests/benchmarks/reader/invented").glob("*.json")):
        story = json.loads(path.read_text(encoding="utf-8"))
        held, furniture = fold_of(path.stem) == 0, set(story.get("boilerplate", []))
        sentences = {
            f"{letter}{n}": (letter, flat(text))
            for letter, texts in story["articles"].items()
            for n, text in enumerate(texts)
            if f"{letter}{n}" not in furniture
        }
        gold = {"statements": [{"label": s, "mentions": m} for s, m in story["statements"]]}
        gold["conflicts"] = story.get("conflicts", [])
        of_labels(rows, "invented", sentences, gold, held=held, seed=path.stem)
        of: dict[str, list] = defaultdict(list)
        for v in story.get("variants", []):
            of[v["of"]].append(v)
        for original, variants in of.items():
            if original not in sentences:
                continue
            letter, text = sentences[original]
            others = [t for name, (of_it, t) in sentences.items() if of_it == letter and name != original]
            other = others[:1] if len(others) % 2 else []
            for v in variants:
                variant(rows, v["text"], [text, *other], v, held, v.get("right_words"))
                variant(rows, text, [v["text"]], v, held, v.get("left_words"))
            for p, v in itertools.product(variants, variants):
                if p["kind"] == "paraphrase" and v["kind"] != "paraphrase":
                    variant(rows, v["text"], [p["text"], *other], v, held, v.get("right_words"))
                    variant(rows, p["text"], [v["text"]], v, held, None)


def variant(rows: Rows, text: str, evidence: list[str], v: dict, held: bool, words: str | None) -> None:
    if v["kind"] == "paraphrase":
        rows.add("variant", text, evidence, all_=1, some=1, clash=0, said=1, against=0, held=held)
        return
    clash = -1 if v["kind"] in NO_CONFLICT else 1
    spans = words_of(text, words)
    marks = [(span, 0, clash) for span in spans]
    rows.add(
        "variant",
        text,
        evidence,
        all_=0,
        clash=clash,
        said=1 if spans else -1,
        against=0 if spans else -1,
        marks=marks,
        held=held,
    )


def near_misses(rows: Rows, path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        same, held = row["same"], is_held(row["id"])
        for text, other in ((row["left"], row["right"]), (row["right"], row["left"])):
            if same:
                # One of the two may say more.
                rows.add("near_miss", text, [other], some=1, clash=0, against=0, held=held)
            else:
                rows.add("near_miss", text, [other], all_=0, clash=-1 if row["kind"] in NO_CONFLICT else 1, held=held)


def written(rows: Rows, path: Path) -> None:
    """Pairs that we wrote: what is said in other words, what clashes, and what only looks as if it did."""
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        pair = json.loads(line)
        text, kind = pair["text"], pair["kind"]
        spans = [span for words in pair["marked"] for span in words_of(text, words)]
        clash = kind == "clash"
        rows.add(
            "written",
            text,
            split(pair["evidence"]),
            all_=int(kind == "all" or (kind == "fits" and not spans)),
            some=1 if kind == "all" else -1,
            clash=int(clash),
            said=-1 if clash else 1,
            against=0,
            marks=[(span, 0, int(clash)) for span in spans],
            held=n % 8 == 0,
        )


def sets(rows: Rows, folder: Path) -> None:
    from score import read as read_set

    for name, source in (("superpal.dev", "superpal"), ("pyramid.train", "pyramid"), ("pyramid.dev", "pyramid")):
        for at, row in enumerate(read_set(f"pairs/{name}")):
            held = is_held(source + str(row.get("group", at % 50)))
            for a, b in (("a", "b"), ("b", "a")):
                if row["label"] and row.get(f"{a}_spans"):
                    spans = normalised(row[a], [span for one in row[f"{a}_spans"] for span in one or []])
                    rows.add(source, row[a], [row[b]], some=1, marks=[(s, 1, 0) for s in spans], held=held, weight=0.5)
                elif not row["label"]:
                    rows.add(source, row[a], [row[b]], all_=0, some=0, held=held, weight=0.3)
    for name in ("msrp.train", "msrp.val"):
        for row in read_set(f"pairs/{name}"):
            if row["label"]:
                rows.add("msrp", row["a"], [row["b"]], some=1, clash=0, held=name == "msrp.val", weight=0.4)
                rows.add("msrp", row["b"], [row["a"]], some=1, clash=0, held=name == "msrp.val", weight=0.4)


def chunk(text: str, at: random.Random) -> str:
    """A text, or some of what stands between its commas."""
    parts = re.split(r"(?<=[,;]) ", text)
    if len(parts) < 2:
        return text
    start = at.randrange(len(parts)) if at.random() < 0.5 else 0
    for end in at.sample(range(start + 1, len(parts) + 1), len(parts) - start):
        part = " ".join(parts[start:end]).strip(" ,;")
        if len(part.split()) > 4:
            return part
    return text


def unlabelled(rows: Rows, folder: Path, most: int) -> None:
    """Texts of real stories that nobody labelled, for a pupil to ask its teacher about; some with a detail changed."""
    known = {str(story) for _, story in json.loads((folder / "stories/held-back.json").read_text())}
    for labels in (folder / "stories/labels", ROOT / "tests/benchmarks/link/labels"):
        known |= {str(json.loads(p.read_text())["story"]) for p in labels.glob("*.json") if p.name != "check.py"}
    by_story: dict[str, list] = defaultdict(list)
    with gzip.open(folder / "stories/incidents.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if str(row["story"]) not in known:
                by_story[str(row["story"])].append(row["text"])
    n_before, at = len(rows.rows), random.Random(2)
    everywhere: list[str] = []
    for name in sorted(by_story, key=lambda s: hashlib.sha256(s.encode()).hexdigest()):
        # Larger stories are left for labels to come.
        if not 2 <= len(by_story[name]) <= 3 or len(rows.rows) - n_before > most:
            continue
        articles = {
            str(n): [flat(s) for s in split(t)[:40] if 4 <= len(s.split()) <= 70] for n, t in enumerate(by_story[name])
        }
        articles = {letter: texts for letter, texts in articles.items() if texts}
        if len(articles) < 2:
            continue
        story = Story(articles)
        everywhere = names_of(story.texts)[:60] + everywhere[:300]
        chunks(rows, story, everywhere, at)


def chunks(rows: Rows, story: Story, names: list[str], at: random.Random) -> None:
    """Sentences and parts of them, asked of each other article."""
    texts, owner = [], []
    for letter, sentences in story.articles.items():
        for sentence in sentences:
            for text in dict.fromkeys((sentence, chunk(sentence, at))):
                if 4 <= len(text.split()) <= 70:
                    texts.append(text)
                    owner.append(letter)
    if not texts:
        return
    alike = story.nearest(texts)
    for n, (text, own) in enumerate(zip(texts, owner, strict=True)):
        for letter in story.articles:
            if letter != own:
                found = story.evidence(alike, n, letter)
                rows.add("unlabelled", text, found)
                changed(rows, text, found, names, at)


def changed(rows: Rows, text: str, evidence: list[str], names: list[str], at: random.Random) -> None:
    """One detail of a text changed that the evidence gives; of itself as evidence, all else is said."""
    if at.random() > 0.35 or not evidence:
        return
    is_own = at.random() < 0.25
    of = text if is_own else evidence[0]
    found = [c for c in changes(of, text, names, at) if c.both]
    if not found:
        return
    change = at.choice(found)
    words = [set(re.findall(r"\w{4,}", t.lower())) for t in (text, of)]
    if len(words[0] & words[1]) < max(3, 0.3 * min(map(len, words))):
        return
    rows.add(
        "changed",
        change.text,
        [text, *evidence[1:2]] if is_own else evidence,
        all_=0,
        clash=1,
        said=1 if is_own else -1,
        against=0 if is_own else -1,
        marks=[(change.right, 0, 1)],
        held=at.random() < 0.03,
        weight=0.5,
    )


def editors(rows: Rows, path: Path) -> None:
    """Lines that strict readers judged, with the articles that were listed: only measured."""
    for line in json.loads(path.read_text(encoding="utf-8")):
        story = Story({letter: split(text) for letter, text in line["articles"].items()})
        alike = story.nearest([flat(line["text"])])
        for letter in line["asked"]:
            row = rows.add("editor", line["text"], story.evidence(alike, 0, letter), held=True)
            rows.named[f"editor:{line['name']}"].append(row)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--unlabelled", type=int, default=220_000, help="rows at most")
    parser.add_argument("--editors", type=Path, help="lines that were judged")
    arguments = parser.parse_args()
    rows = Rows()
    labelled_(rows, arguments.folder)
    print("labelled", len(rows.rows), flush=True)
    read(rows, arguments.folder)
    invented(rows)
    near_misses(rows, ROOT / "tests/data/near_miss/tune.jsonl")
    written(rows, HERE / "pairs.jsonl")
    sets(rows, arguments.folder)
    print("sets", len(rows.rows), flush=True)
    unlabelled(rows, arguments.folder, arguments.unlabelled)
    if arguments.editors:
        editors(rows, arguments.editors)
    rows.save(arguments.out)


if __name__ == "__main__":
    main()
