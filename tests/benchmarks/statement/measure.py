"""Statements, unique spans and conflicts against stories labelled claim by claim.

    python measure.py EVAL [held|fresh|kept|all]

EVAL is the folder with the texts and with `labelled.py`. `held` measures the fold that neither the reader nor the
forest was trained on (see ../reader/stories.py), `fresh` the stories of ../link/labels that were labelled after every
training, `kept` those of them that nothing at all was fitted on, `all` those of EVAL. Prints, for shared statements:
precision and recall of the pairs of sentences that a statement joins; the share of statements (not word for word) all
of whose pairs are labelled, and of those none of whose are; the share of statements with a member that is labelled as
one with each other member; the same of the first five of each story; for unique spans that are a sentence: by
probability, how many are labelled as one article's alone; for conflicts: how many are told, and labelled.
"""

from __future__ import annotations

import argparse
import sys
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import Any

import numpy as np

import storydiff

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "reader"))
from stories import UNREAD, labelled_stories, later_labels  # noqa: E402

FIRST = 5
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("eval", type=Path)
    parser.add_argument("which", nargs="?", choices=["held", "fresh", "kept", "all"], default="held")
    args = parser.parse_args()
    sys.path.insert(0, str(args.eval))
    import labelled

    stories = read(labelled, args.eval, args.which)
    joined = right = gold = 0
    sound: list[float] = []
    first: list[float] = []
    central: list[bool] = []
    first_central: list[bool] = []
    told = true = labelled_conflicts = 0
    alone: list[tuple[float, bool]] = []
    for story in stories.values():
        comparison = storydiff.compare(story["articles"])
        pairs, sentences = labelled.gold_pairs(story["gold"]), story["sentences"]
        furniture = set(story["gold"]["boilerplate"])
        together = set()
        for rank, statement in enumerate(comparison.shared()):
            ids = set()
            for mention in statement.mentions:
                at = mention.sentence
                ids |= set(labelled.overlapped(sentences, at.article.id, at.start, at.end))
            ids -= furniture
            own = {(min(a, b), max(a, b)) for a, b in combinations(sorted(ids), 2) if a[0] != b[0]}
            if not own:
                continue
            together |= own
            share_right = len(own & pairs.keys()) / len(own)
            if len({mention.text.strip().lower() for mention in statement.mentions}) > 1:
                sound.append(share_right)
            whole = any(all((min(a, b), max(a, b)) in pairs for b in ids if a[0] != b[0]) for a in ids)
            central.append(whole)
            if rank < FIRST:
                first.append(share_right)
                first_central.append(whole)
        joined, right, gold = joined + len(together), right + len(together & pairs.keys()), gold + len(pairs)
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
        for span in comparison.unique():
            ids = set(labelled.overlapped(sentences, span.article.id, span.start, span.end))
            if ids and span.end - span.start >= 0.9 * min(lengths[at] for at in ids):
                alone.append((span.probability, bool(ids & unique)))
    print(f"{len(stories)} stories; pairs joined: precision {share(right, joined)}, recall {share(right, gold)}")
    print(f"statements: {len(central)}, with a member that says what each other says {np.mean(central):.3f}")
    print(
        f"not word for word: {len(sound)}, right in every pair {np.mean(np.equal(sound, 1)):.3f}, "
        f"in none {np.mean(np.equal(sound, 0)):.3f}"
    )
    print(
        f"first {FIRST} of each story: {len(first)}, right in every pair {np.mean(np.equal(first, 1)):.3f}, "
        f"with such a member {np.mean(first_central):.3f}"
    )
    print(f"conflicts: {told} told, {true} labelled, of {labelled_conflicts}")
    probability, is_alone = np.array([one[0] for one in alone]), np.array([one[1] for one in alone])
    for low, high in pairwise(STEPS):
        inside = (probability >= low) & (probability < high)
        if inside.any():
            print(
                f"unique, said {probability[inside].mean():.2f}: true {is_alone[inside].mean():.2f} of {inside.sum()}"
            )


if __name__ == "__main__":
    main()
