"""Statements, unique spans and conflicts against stories labelled claim by claim.

    python measure.py EVAL [held|fresh|kept|all]

EVAL is the folder with the texts and with `labelled.py`. `held` measures the fold that neither the reader nor the
forest was trained on (see ../reader/stories.py), `fresh` the stories of ../link/labels that were labelled after every
training, `kept` those of them that nothing at all was fitted on, `all` those of EVAL. Prints, for shared statements:
precision and recall of the pairs of sentences that a statement joins; for those as a person is shown them, of the
articles that say them in full: the same; the share of statements (not word for word) all
of whose pairs are labelled, and of those none of whose are; the share of statements with a member that is labelled as
one with each other member; the same of the first five of each story; by probability, the share of statements whose
text is said by all their articles: the main claim of its sentence, if that is labelled and shown whole, else any; for
labelled claims of three articles and more: how many have one statement that joins three of these articles, and all; for
what is shared in part: precision of the pairs of sentences that are listed side by side, recall of these and of those
that statements join, and the entries right in every pair; for
unique spans that are a sentence: by probability, how many are labelled as one article's alone, and of the first eight
of each article; for conflicts: how many are told, and labelled.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import Any

import numpy as np

import storydiff

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "reader"))
from stories import UNREAD, labelled_stories, later_labels  # noqa: E402

FIRST = 5
FIRST_ALONE = 8
# A text that is so much of its sentence is shown whole.
WHOLE = 0.8
STEPS = np.linspace(0.0, 1.0, 11)


def share(part: float, whole: float) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def read(labelled: Any, folder: Path, which: str) -> dict[str, Any]:
    """The stories asked for, as `labelled.py`, a module, makes them: articles, sentences and gold."""
    if which == "kept":
        return later_labels(folder, kept=True)
    if which == "fresh":
        return later_labels(folder, kept=False) | later_labels(folder, kept=True)
    held = {story.name for story in labelled_stories(folder) if which == "all" or story.fold == UNREAD}
    return {name: story for name, story in labelled.labelled(folder / "stories/labels").items() if name in held}


class Claims:
    """Who makes which labelled claims."""

    def __init__(self, gold: dict[str, Any]) -> None:
        self.articles = [{mention[0] for mention in statement["mentions"]} for statement in gold["statements"]]
        self.of: dict[str, set[int]] = defaultdict(set)
        self.main: dict[str, set[int]] = defaultdict(set)
        for claim, statement in enumerate(gold["statements"]):
            for mention in statement["mentions"]:
                self.of[mention.rstrip("*")].add(claim)
                if mention.endswith("*"):
                    self.main[mention.rstrip("*")].add(claim)

    def are_shared(self, shown: list[str], articles: set[str], *, whole: bool) -> bool:
        """Whether other articles make the claims of the sentences that are shown."""
        made = set[int]().union(*(self.of[at] for at in shown))
        main = set[int]().union(*(self.main[at] for at in shown))
        by = [{claim for claim in made if article in self.articles[claim]} for article in articles]
        if not all(by):
            return False
        common = set.intersection(*by)
        return bool(common) and (not whole or len(made) == 1 or bool(common & main))


def joined_by(
    statement: storydiff.Statement, labelled: Any, sentences: Any, furniture: set[str]
) -> tuple[set[str], set[tuple[str, str]]]:
    """The labelled sentences of a statement, and their pairs."""
    places = [(m.sentence.article.id, m.sentence.start, m.sentence.end) for m in statement.mentions]
    ids = {at for place in places for at in labelled.overlapped(sentences, *place)} - furniture
    return ids, {(min(a, b), max(a, b)) for a, b in combinations(sorted(ids), 2) if a[0] != b[0]}


def reliability(what: str, found: list[tuple[float, bool]]) -> None:
    said, true = np.array([one[0] for one in found]), np.array([one[1] for one in found])
    print(f"{what}: {len(found)}, said {said.mean():.3f}, true {true.mean():.3f}")
    for low, high in pairwise(STEPS):
        inside = (said >= low) & (said < high)
        if inside.any():
            print(f"{what}, said {said[inside].mean():.2f}: true {true[inside].mean():.2f} of {inside.sum()}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("eval", type=Path)
    parser.add_argument("which", nargs="?", choices=["held", "fresh", "kept", "all"], default="held")
    args = parser.parse_args()
    sys.path.insert(0, str(args.eval))
    import labelled

    stories = read(labelled, args.eval, args.which)
    joined = right = gold = full = full_right = 0
    beside = beside_right = either = 0
    entries: list[bool] = []
    sound: list[float] = []
    first: list[float] = []
    central: list[bool] = []
    first_central: list[bool] = []
    told = true = labelled_conflicts = 0
    alone: list[tuple[float, bool]] = []
    first_alone: list[bool] = []
    texts: list[tuple[float, bool]] = []
    wide: list[tuple[int, int]] = []
    for story in stories.values():
        comparison = storydiff.compare(story["articles"])
        pairs, sentences = labelled.gold_pairs(story["gold"]), story["sentences"]
        furniture = set(story["gold"]["boilerplate"])
        together = set()
        claims = Claims(story["gold"])
        joins: dict[int, int] = defaultdict(int)
        in_full = set()
        for statement in comparison.shared():
            ids, own = joined_by(statement, labelled, sentences, furniture)
            for claim in set[int]().union(*(claims.of[at] for at in ids)):
                joins[claim] = max(joins[claim], len({at[0] for at in ids if claim in claims.of[at]}))
            together |= own
        for rank, statement in enumerate(comparison.shared(in_full=True)):
            ids, own = joined_by(statement, labelled, sentences, furniture)
            if not own:
                continue
            in_full |= own
            share_right = len(own & pairs.keys()) / len(own)
            if len({mention.text.strip().lower() for mention in statement.mentions}) > 1:
                sound.append(share_right)
                # Text shown may leave out phrases of its sentence.
                parts = [part.strip() for part in statement.text.split("…")]
                places = [mention.sentence for mention in statement.mentions]
                at = next(sentence for sentence in places if all(part in sentence.text for part in parts))
                shown = [
                    one
                    for one in labelled.overlapped(sentences, at.article.id, at.start, at.end)
                    if one not in furniture
                ]
                others = {one[0] for one in ids} - {one[0] for one in shown}
                if shown and others:
                    whole = len(statement.text) >= WHOLE * len(at.text)
                    texts.append((statement.probability, claims.are_shared(shown, others, whole=whole)))
            whole = any(all((min(a, b), max(a, b)) in pairs for b in ids if a[0] != b[0]) for a in ids)
            central.append(whole)
            if rank < FIRST:
                first.append(share_right)
                first_central.append(whole)
        joined, right, gold = joined + len(together), right + len(together & pairs.keys()), gold + len(pairs)
        full, full_right = full + len(in_full), full_right + len(in_full & pairs.keys())
        in_part = set()
        for partial in comparison.partials():
            places = [labelled.overlapped(sentences, at.article.id, at.start, at.end) for at in partial.sentences]
            own = {
                (min(a, b), max(a, b))
                for one, other in combinations(places, 2)
                for a, b in product(set(one) - furniture, set(other) - furniture)
            }
            in_part |= own
            if own:
                entries.append(own <= pairs.keys())
        beside, beside_right = beside + len(in_part), beside_right + len(in_part & pairs.keys())
        either += len((together | in_part) & pairs.keys())
        sizes = [(claim, len(articles)) for claim, articles in enumerate(claims.articles)]
        wide += [(joins[claim], size) for claim, size in sizes if size > 2]
        conflicts = {(min(c["left"], c["right"]), max(c["left"], c["right"])) for c in story["gold"]["conflicts"]}
        said = set()
        for conflict in comparison.conflicts():
            sides = [
                labelled.overlapped(sentences, side.article.id, side.start, side.end)
                for side in (conflict.left, conflict.right)
            ]
            said |= {(min(a, b), max(a, b)) for a, b in product(*sides)}
        told, true = told + len(said), true + len(said & conflicts)
        labelled_conflicts += len(conflicts)
        unique = set(story["gold"]["unique"])
        lengths = {one["id"]: one["end"] - one["start"] for one in sentences}
        for article in comparison.articles:
            for span in comparison.unique(article)[:FIRST_ALONE]:
                ids = set(labelled.overlapped(sentences, article.id, span.start, span.end))
                if ids:
                    first_alone.append(bool(ids & unique))
        for span in comparison.unique():
            ids = set(labelled.overlapped(sentences, span.article.id, span.start, span.end))
            if ids and span.end - span.start >= 0.9 * min(lengths[at] for at in ids):
                alone.append((span.probability, bool(ids & unique)))
    print(f"{len(stories)} stories; pairs joined: precision {share(right, joined)}, recall {share(right, gold)}")
    print(f"in full: precision {share(full_right, full)}, recall {share(full_right, gold)}")
    print(f"statements: {len(central)}, with a member that says what each other says {np.mean(central):.3f}")
    print(
        f"not word for word: {len(sound)}, right in every pair {np.mean(np.equal(sound, 1)):.3f}, "
        f"in none {np.mean(np.equal(sound, 0)):.3f}"
    )
    print(
        f"first {FIRST} of each story: {len(first)}, right in every pair {np.mean(np.equal(first, 1)):.3f}, "
        f"with such a member {np.mean(first_central):.3f}"
    )
    print(
        f"in part: {len(entries)} entries, right in every pair {np.mean(entries):.3f}; {beside} pairs, "
        f"precision {share(beside_right, beside)}; with those joined, recall {share(either, gold)}"
    )
    of_three = np.mean([joined >= 3 for joined, _ in wide])
    of_all = np.mean([joined >= size for joined, size in wide])
    print(f"claims of three articles and more: {len(wide)}, three joined {of_three:.3f}, all {of_all:.3f}")
    print(f"conflicts: {told} told, {true} labelled, of {labelled_conflicts}")
    reliability("text said by all", texts)
    reliability("unique", alone)
    print(f"first {FIRST_ALONE} unique of each article: {len(first_alone)}, true {np.mean(first_alone):.3f}")


if __name__ == "__main__":
    main()
