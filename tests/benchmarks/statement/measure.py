"""Statements and unique spans against stories labelled claim by claim.

    python measure.py EVAL [--all]

EVAL is the folder of labelled stories (see ../reader/stories.py); only the fold that neither the reader nor the forest
was trained on is measured, unless --all. Prints, for shared statements: precision and recall of the pairs of sentences
that a statement joins, the share of statements (not word for word) all of whose pairs are labelled, the same of the
first five of each story; for unique spans that are a sentence: by probability, how many are labelled as one article's
alone.
"""

from __future__ import annotations

import argparse
import sys
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np

import storydiff

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "reader"))

from stories import labelled_stories  # noqa: E402

FIRST = 5
STEPS = np.linspace(0.0, 1.0, 11)


def share(part: float, whole: float) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("eval", type=Path)
    parser.add_argument("--all", action="store_true", help="stories that were trained on as well")
    args = parser.parse_args()
    sys.path.insert(0, str(args.eval))
    import labelled

    held = {story.name for story in labelled_stories(args.eval) if args.all or story.fold == 0}
    stories = {name: story for name, story in labelled.labelled(args.eval / "stories/labels").items() if name in held}
    joined = right = gold = 0
    sound: list[float] = []
    first: list[float] = []
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
            if rank < FIRST:
                first.append(share_right)
        joined, right, gold = joined + len(together), right + len(together & pairs.keys()), gold + len(pairs)
        unique = set(story["gold"]["unique"])
        lengths = {one["id"]: one["end"] - one["start"] for one in sentences}
        for span in comparison.unique():
            ids = set(labelled.overlapped(sentences, span.article.id, span.start, span.end))
            if ids and span.end - span.start >= 0.9 * min(lengths[at] for at in ids):
                alone.append((span.probability, bool(ids & unique)))
    print(f"{len(stories)} stories; pairs joined: precision {share(right, joined)}, recall {share(right, gold)}")
    print(f"statements not word for word: {len(sound)}, right in every pair {np.mean(np.equal(sound, 1)):.3f}")
    print(f"first {FIRST} of each story: {len(first)}, right in every pair {np.mean(np.equal(first, 1)):.3f}")
    probability, is_alone = np.array([one[0] for one in alone]), np.array([one[1] for one in alone])
    for low, high in pairwise(STEPS):
        inside = (probability >= low) & (probability < high)
        if inside.any():
            print(
                f"unique, said {probability[inside].mean():.2f}: true {is_alone[inside].mean():.2f} of {inside.sum()}"
            )


if __name__ == "__main__":
    main()
