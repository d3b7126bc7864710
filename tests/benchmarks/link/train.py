"""Train the link model and write src/link/model.json.

    python tests/benchmarks/link/train.py EVAL_FOLDER [--check] [--cache FILE]

EVAL_FOLDER holds `score.py`, `labelled.py`, `pairs/` and the labelled stories; the stories that we invented, with near
misses and paraphrases planted in them, are in `tests/benchmarks/reader/invented`. Features come from the installed
extension, so build it first. Prints what folds by topic reach; with `--check` nothing is written.

The second look with late interaction is trained on the stories of the fold that the reader never saw
(`tests/benchmarks/reader/train.py --held 0`), with what a forest says that has not seen them either; on the same
stories, with what a second look says that has not seen them, what the cross-encoder's readings are worth
(`tests/benchmarks/cross`), and with all that, what third articles say; last, on those of these stories that the large
cross-encoder has not seen, what its readings are worth.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import lightgbm as lgb
import numpy as np
from sklearn.linear_model import LogisticRegression

from storydiff import _storydiff

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests/benchmarks/reader"))
from stories import N_FOLDS, UNREAD, Story, invented_stories, labelled_stories, later_stories  # noqa: E402

NAMES = _storydiff.feature_names()
SEEN = _storydiff.place_names()
THIRDS = _storydiff.third_names()
N_PLACES = SEEN.index("forest")
# The more of these, the likelier a link; the other way round for FALLING. Keeps the trees from learning by heart.
RISING = """cover_min cover_max exact_min exact_max mass_min mass_max top_match top3_match run_gain_min run_gain_max
run_mass_min run_mass_max run_cover_min run_cover_max char_cosine word_cosine meaning_cosine passage_words passage_mass
pairs_mass frame name_mass name_share_min number_match content_mass content_share_min content_share_max margin_min
margin_max""".split()
FALLING = """slots slot_names slot_numbers opposites excluded excluded_beside other_figures
other_dates other_turns other_names other_roles negation modality dates polarity swapped sources number_left_min
name_left_min rank_min rank_max left_over_min left_over_max rival_min rival_max""".split()
# Which way the second look's features point.
RISE_AGAIN = """beside across margin_min margin_max shared forest late late_cover_min late_cover_max late_share_min
late_share_max late_mass_min late_mass_max late_cover late_cover_among late_cover_max_among""".split()
FALL_AGAIN = "apart first last".split()
# And those of the last look.
RISE_AT_LAST = "log_odds shared margin_min margin_max support second supporters".split()
FALL_AT_LAST = "conflict parted".split()
# So many incidents at a time are thrown together as well: what is said in different stories is not the same, however
# alike the two.
MIX = 4
# The same trees on every run.
STEADY = {"objective": "binary", "verbose": -1, "num_threads": 2, "seed": 1, "deterministic": True}
PARAMETERS = STEADY | {
    "learning_rate": 0.06,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 10,
}


def directed(names: Sequence[str], rising: Sequence[str], falling: Sequence[str]) -> dict[str, object]:
    return {
        "monotone_constraints": [(name in rising) - (name in falling) for name in names],
        "monotone_constraints_method": "basic",
    }


# Without a story, only what tells two claims apart and what makes them one point one way.
APART = """excluded excluded_beside other_figures other_dates other_turns other_names other_roles swapped sources
number_left_min name_left_min dates slot_numbers slot_names left_over_min""".split()
ALIKE = "synonyms cover_min cover_max content_share_min meaning_cosine".split()
# Sets of one family count together.
FAMILIES = {
    "superpal": ["superpal"],
    "pyramid": ["pyramid.train", "pyramid.dev"],
    "ecbplus": ["ecbplus.train", "ecbplus.dev", "ecbplus.cross_story"],
    "stories": [
        f"stories.{kind}"
        for kind in "basil incident fnc1 ecbplus".split() + "incidents reuters21578 fnc1_bodies bbc".split()
    ],
    "invented": ["stories.invented"],
    "planted": ["planted"],
    "msrp": ["msrp.train", "msrp.val"],
    "near_miss": ["near_miss.tune"],
    "unrelated": ["unrelated"],
    "identical": ["identical"],
}
ALONE = {"msrp.train", "msrp.val", "near_miss.tune", "unrelated", "identical"}


class Part(NamedTuple):
    """Trees trained on their own; a forest is the mean of its parts."""

    n_trees: int
    parameters: dict[str, object]
    shares: dict[str, float]


# One forest for pairs of a story, one for pairs on their own. In a story, half of the trees see stories alone and know
# which way each feature points; they travel best to new topics. The other half see every set that has a story around
# its pairs: nothing in a story tells the trees which set a pair is from.
FORESTS = {
    "story": [
        Part(
            180,
            directed(NAMES, RISING, FALLING) | {"num_leaves": 16, "min_data_in_leaf": 80},
            {"stories": 1.0, "invented": 0.2, "planted": 0.12},
        ),
        Part(
            250,
            {"num_leaves": 24, "min_data_in_leaf": 80},
            {"stories": 6.0, "invented": 1.2, "planted": 0.8, "superpal": 0.3, "pyramid": 1.0, "ecbplus": 1.0},
        ),
    ],
    # Two random draws, for a steadier place of the line that few near misses may pass.
    "alone": [
        Part(
            300,
            directed(NAMES, ALIKE, APART)
            | {"num_leaves": 16, "min_data_in_leaf": 40, "feature_fraction": 0.3, "seed": seed},
            {
                "msrp": 2.0,
                "near_miss": 6.0,
                "planted": 4.0,
                "unrelated": 0.5,
                "identical": 0.3,
                "pyramid": 0.5,
                "stories": 1.0,
            },
        )
        for seed in (1, 2)
    ],
}
# What stands around a pair adds to its log-odds.
AGAIN = (
    STEADY
    | {
        "learning_rate": 0.05,
        "num_leaves": 16,
        "min_data_in_leaf": 100,
        "lambda_l2": 20,
    }
    | directed(SEEN, RISE_AGAIN, FALL_AGAIN)
)
N_TREES_AGAIN = 200
# What third articles say adds to them once more.
AT_LAST = (
    STEADY
    | {
        "learning_rate": 0.04,
        "num_leaves": 12,
        "min_data_in_leaf": 150,
        "lambda_l2": 30,
        "feature_fraction": 0.6,
        "bagging_fraction": 0.7,
        "bagging_freq": 1,
    }
    | directed(THIRDS, RISE_AT_LAST, FALL_AT_LAST)
)
N_TREES_AT_LAST = 150
# How much a pair of a mix, of an invented story, and a planted one count beside a pair of a real story.
WEIGHTS = {"mixed": 0.25, "invented": 1.0, "planted": 6.0}
# The same when it is said what reading together is worth: what 0.5 means is to be true of real stories.
READ_WEIGHTS = {"mixed": 0.1, "invented": 0.2, "planted": 1.0}
# The sets whose folds say what a raw score means, each by its share.
MEASURES = {
    "story": {"superpal": 1.0, "pyramid.dev": 1.0, "ecbplus.dev": 1.0, "stories": 3.0, "planted": 0.3},
    "alone": {"msrp.train": 1.0, "near_miss.tune": 2.0, "unrelated": 1.0},
}
# Pairs on their own may be picked for being close: 0.5 is where this share of the near misses of the folds passes.
MAX_FALSE_MERGES = 0.06


# Pairs with lower log-odds are not read together, by what is known of them before.
LEAST = {"words": -2.0, "places": -2.0}
# What they are worth is fitted on some that are less likely as well.
MARGIN = 1.0
# Pairs at most so far from these log-odds are read by the large cross-encoder, as `src/link/together.rs` has it.
DOUBT = (-0.5, 2.5)
SHARED, CONFLICT = 0, 1


class Set(NamedTuple):
    """Features, labels, topics and folds of pairs."""

    x: np.ndarray
    y: np.ndarray
    topic: np.ndarray
    fold: np.ndarray


class Told(NamedTuple):
    """The pairs of a story: which, what the words and late interaction say of them, whether one is planted."""

    story: Story
    pairs: list[tuple[int, int]]
    rows: Set
    late: np.ndarray | None
    planted: np.ndarray


def numbered(topics: Sequence[str]) -> np.ndarray:
    number = {topic: at % N_FOLDS for at, topic in enumerate(sorted(set(topics)))}
    return np.array([number[topic] for topic in topics])


def grouped(rows: list[dict], label: str, *, context: bool = True) -> Set:
    """Pairs with the sentences of their topic as context."""
    topics = defaultdict(list)
    for at, row in enumerate(rows):
        topics[row.get("group", at % 50)].append(at)
    x = np.zeros((len(rows), len(NAMES)), np.float32)
    for places in topics.values():
        left, right = ([rows[at][side] for at in places] for side in "ab")
        x[places] = _storydiff.pair_features(left, right, sorted({*left, *right}) if context else [], encoder="static")
    # Sub-topics such as "12_ecb" and "12_ecbplus" are one topic.
    topic = [str(row.get("group", at % 50)).split("_ecb")[0] for at, row in enumerate(rows)]
    return Set(x, np.array([row.get(label, 0) for row in rows]), np.array(topic), numbered(topic))


def mixed(stories: Sequence[Story], name: str) -> Story:
    """Stories that have nothing to do with each other, as if they were one."""
    n_of = np.cumsum([0, *(len(s.texts) for s in stories)])
    shared = np.zeros((n_of[-1], n_of[-1]), np.int8)
    for start, end, s in zip(n_of, n_of[1:], stories, strict=False):
        shared[start:end, start:end] = s.shared
    articles = np.concatenate([s.articles + 100 * at for at, s in enumerate(stories)])
    texts = [t for s in stories for t in s.texts]
    zeros = np.zeros(len(texts), np.int8)
    fold = stories[0].fold
    unread = fold == UNREAD
    return Story(name, "mixed", fold, texts, articles, shared, zeros, [], unread, unread)


def tell(story: Story) -> Told:
    """Every pair of sentences of two articles, as far as somebody said whether they share a claim."""
    n = len(story.texts)
    pairs = [(i, j) for i in range(n) for j in range(i + 1, n) if story.shared[i, j] >= 0]
    left, right = ([story.texts[pair[side]] for pair in pairs] for side in (0, 1))
    x = _storydiff.pair_features(left, right, story.texts, encoder="static")
    y = np.array([story.shared[pair] for pair in pairs], np.int8)
    planted = np.array([story.planted[i] > 0 or story.planted[j] > 0 for i, j in pairs])
    return Told(story, pairs, Set(x, y, np.array([story.name] * len(y)), np.full(len(y), story.fold)), None, planted)


def listened(of: Told) -> Told:
    """With what late interaction says, where the reader has not seen the story."""
    if not of.story.unread:
        return of
    left, right = ([of.story.texts[pair[side]] for pair in of.pairs] for side in (0, 1))
    return of._replace(late=_storydiff.late_signals(left, right, of.story.texts))


def joined(sets: Sequence[Set]) -> Set:
    return Set(*(np.concatenate(parts) for parts in zip(*sets, strict=True)))


def kept(rows: Set, which: np.ndarray) -> Set:
    return Set(*(column[which] for column in rows))


def load(folder: str) -> tuple[dict[str, Set], list[Told]]:
    sys.path.insert(0, folder)
    from score import read

    sets = {
        "superpal": grouped(read("pairs/superpal.dev"), "label"),
        "pyramid.train": grouped(read("pairs/pyramid.train"), "label"),
        "pyramid.dev": grouped(read("pairs/pyramid.dev"), "label"),
        "ecbplus.train": grouped(read("pairs/ecbplus.train"), "strong"),
        "ecbplus.dev": grouped(read("pairs/ecbplus.dev"), "strong"),
        "ecbplus.cross_story": grouped(read("pairs/ecbplus.cross_story.dev"), "strong"),
        "msrp.train": grouped(read("pairs/msrp.train"), "label", context=False),
        "msrp.val": grouped(read("pairs/msrp.val"), "label", context=False),
    }
    with (ROOT / "tests/data/near_miss/tune.jsonl").open(encoding="utf-8") as lines:
        near = [json.loads(line) for line in lines]
    near = [{"a": row["left"], "b": row["right"], "label": int(row["same"])} for row in near]
    stories = labelled_stories(Path(folder)) + later_stories(Path(folder))
    stories += invented_stories(ROOT / "tests/benchmarks/reader/invented")
    sets["near_miss.tune"] = grouped(near, "label", context=False)
    # Pairs without a story may be of two stories: sentences that have nothing to do with each other.
    rows = read("pairs/msrp.train") + near
    others = [
        {"a": row["a"], "b": rows[at * 7919 % len(rows)]["b"]} for at, row in enumerate(rows) if at * 7918 % len(rows)
    ]
    sets["unrelated"] = grouped(others, "label", context=False)
    copies = [{"a": row["a"], "b": row["a"], "label": 1} for row in rows]
    sets["identical"] = grouped(copies, "label", context=False)
    for fold in range(N_FOLDS):
        incidents = [s for s in stories if s.kind == "incident" and s.fold == fold]
        stories += [
            mixed(incidents[at : at + MIX], f"mix{fold}.{at}") for at in range(0, len(incidents) - MIX + 1, MIX)
        ]
    told = []
    for at, story in enumerate(stories):
        told.append(tell(story))
        if at % 50 == 0:
            print(at, "of", len(stories), "stories", flush=True)
    by_kind = defaultdict(list)
    for of in told:
        by_kind[f"stories.{of.story.kind}"].append(kept(of.rows, ~of.planted))
        by_kind["planted"].append(kept(of.rows, of.planted))
    del by_kind["stories.mixed"]
    return sets | {name: joined(rows) for name, rows in by_kind.items()}, told


def train(sets: dict[str, Set], part: Part, keep: dict[str, np.ndarray] | None = None) -> lgb.Booster:
    """Trees on the kept rows of the families' sets; each family counts by its share, whatever its size."""
    parts, weights = [], []
    for family, share in part.shares.items():
        names = [name for name in FAMILIES[family] if name in sets]
        rows = [kept(sets[name], keep[name]) if keep else sets[name] for name in names]
        size = sum(len(of.y) for of in rows)
        for of in rows:
            # Most pairs of a story are plainly apart: one in eight of them stands for the rest.
            easy = (of.y == 0) & (of.x[:, NAMES.index("cover_max")] < 0.2)
            thin = ~easy | (np.arange(len(easy)) % 8 == 0)
            parts.append(kept(of, thin))
            weights.append(np.where(easy, 8.0, 1.0)[thin] * share / size)
    rows, weight = joined(parts), np.concatenate(weights)
    data = lgb.Dataset(rows.x, rows.y, weight=weight * len(weight) / weight.sum())
    return lgb.train(PARAMETERS | part.parameters, data, part.n_trees)


def grow(sets: dict[str, Set], forest: str, keep: dict[str, np.ndarray] | None = None) -> list[lgb.Booster]:
    return [train(sets, part, keep) for part in FORESTS[forest]]


def predict(forest: list[lgb.Booster], x: np.ndarray) -> np.ndarray:
    return np.mean([part.predict(x, raw_score=True) for part in forest], axis=0)


def forest_of(name: str) -> str:
    return "alone" if name in ALONE else "story"


def folds(sets: dict[str, Set], told: list[Told]) -> tuple[dict[str, np.ndarray], list[np.ndarray]]:
    """Raw scores of every pair by a model that has not seen its topic: of the sets, and of the stories."""
    raw = {name: np.zeros(len(rows.y)) for name, rows in sets.items()}
    of_stories: list[np.ndarray] = [np.zeros(0)] * len(told)
    for fold in range(N_FOLDS):
        keep = {name: rows.fold != fold for name, rows in sets.items()}
        models = {forest: grow(sets, forest, keep) for forest in FORESTS}
        for name, rows in sets.items():
            here = rows.fold == fold
            raw[name][here] = predict(models[forest_of(name)], rows.x[here])
        for at, of in enumerate(told):
            if of.story.fold == fold:
                of_stories[at] = predict(models["story"], of.rows.x)
    return raw, of_stories


def logistic(raw: np.ndarray, y: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    """Slope and intercept of the curve that makes raw scores probabilities (Platt), by Newton's method."""
    slope, intercept = 1.0, 0.0
    for _ in range(50):
        p = 1 / (1 + np.exp(-(slope * raw + intercept)))
        error, curve = weight * (p - y), weight * p * (1 - p)
        gradient = np.array([(error * raw).sum(), error.sum()])
        hessian = np.array([[(curve * raw * raw).sum(), (curve * raw).sum()], [(curve * raw).sum(), curve.sum()]])
        step = np.linalg.solve(hessian + 1e-9 * np.eye(2), gradient)
        slope, intercept = slope - step[0], intercept - step[1]
    return float(slope), float(intercept)


def compact(forest: list[lgb.Booster]) -> list[dict]:
    """The trees as arrays, numbers rounded to what matters; a leaf has no children (-1)."""
    trees = []
    for info in (info for part in forest for info in part.dump_model()["tree_info"]):
        tree: dict[str, list] = {"feature": [], "threshold": [], "left": [], "right": [], "value": []}

        def add(node: dict, tree: dict[str, list] = tree) -> int:
            at = len(tree["feature"])
            leaf = "leaf_value" in node
            tree["feature"].append(0 if leaf else node["split_feature"])
            tree["threshold"].append(0.0 if leaf else float(f"{node['threshold']:.5g}"))
            tree["value"].append(float(f"{node['leaf_value'] / len(forest):.4g}") if leaf else 0.0)
            tree["left"].append(-1)
            tree["right"].append(-1)
            if not leaf:
                tree["left"][at] = add(node["left_child"])
                tree["right"][at] = add(node["right_child"])
            return at

        add(info["tree_structure"])
        trees.append(tree)
    return trees


class Again(NamedTuple):
    """The second look: a curve on the first look's log-odds, and what trees add to it."""

    slope: float
    intercept: float
    trees: lgb.Booster

    def log_odds(self, first: np.ndarray, x: np.ndarray) -> np.ndarray:
        return self.slope * first + self.intercept + self.trees.predict(x, raw_score=True)

    def packed(self) -> dict[str, object]:
        return {"slope": self.slope, "intercept": self.intercept, "trees": compact([self.trees])}


def look_again(first: np.ndarray, x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> Again:
    slope, intercept = logistic(first, y, weight / weight.sum())
    data = lgb.Dataset(x, y, weight=weight, init_score=slope * first + intercept)
    return Again(slope, intercept, lgb.train(AGAIN, data, N_TREES_AGAIN))


class Look(NamedTuple):
    """What a second look sees of a story."""

    first: np.ndarray
    x: np.ndarray
    weight: np.ndarray


def looked(of: Told, forest: np.ndarray, *, late: bool) -> Look:
    """The place of each pair; with late interaction also what it says."""
    first = (forest + of.late[:, 0]) / 2 if late else forest
    places = _storydiff.place_features(of.story.articles.tolist(), of.pairs, first.astype(np.float32))
    x = np.zeros((len(first), len(SEEN)), np.float32)
    x[:, :N_PLACES] = places
    if late:
        x[:, N_PLACES], x[:, N_PLACES + 1 :] = forest, of.late
    return Look(first, x, weighed(of, WEIGHTS))


def weighed(of: Told, weights: dict[str, float]) -> np.ndarray:
    """How much each pair of a story counts."""
    return np.where(of.planted, weights["planted"], weights.get(of.story.kind, 1.0))


def second_look(
    title: str, told: list[Told], forest: list[np.ndarray], *, late: bool
) -> tuple[Again, list[np.ndarray], list[np.ndarray]]:
    """Trained on the log-odds that folds gave, after a report of what folds of its own reach; and what those say at a
    first look and at the second."""
    looks = [looked(of, said, late=late) for of, said in zip(told, forest, strict=True)]
    # Of one fold, thirds of every kind.
    part = np.arange(len(told)) % N_FOLDS if late else np.array([of.story.fold for of in told])

    def trained(keep: np.ndarray) -> Again:
        use = [look for look, keep in zip(looks, keep, strict=True) if keep]
        y = np.concatenate([of.rows.y for of, keep in zip(told, keep, strict=True) if keep])
        return look_again(
            *(np.concatenate([look[at] for look in use]) for at in (0, 1)),
            y,
            np.concatenate([look.weight for look in use]),
        )

    again: list[np.ndarray] = [np.zeros(0)] * len(told)
    for fold in range(N_FOLDS):
        model = trained(part != fold)
        for at in np.flatnonzero(part == fold):
            again[at] = model.log_odds(looks[at].first, looks[at].x)
    report_stories(f"{title}, forest", told, forest)
    report_stories(f"{title}, first look", told, [look.first for look in looks])
    report_stories(f"{title}, second look", told, again)
    return trained(np.full(len(told), True)), [look.first for look in looks], again


class Blend(NamedTuple):
    """What reading a pair together makes of its log-odds."""

    least: float
    known: float
    shared: float
    conflict: float
    intercept: float

    def log_odds(self, known: np.ndarray, read: np.ndarray) -> np.ndarray:
        new = self.known * known + self.shared * read[:, SHARED] + self.conflict * read[:, CONFLICT] + self.intercept
        return np.where(known >= self.least, new, known)


def blend(least: float, known: np.ndarray, read: np.ndarray, y: np.ndarray, weight: np.ndarray) -> Blend:
    asked = known >= least - MARGIN
    model = LogisticRegression(C=100.0)
    x = np.column_stack([known, read[:, SHARED], read[:, CONFLICT]])[asked]
    model.fit(x, y[asked], sample_weight=weight[asked])
    return Blend(least, *map(float, model.coef_[0]), float(model.intercept_[0]))


def read_together(pairs: Sequence[tuple[str, str]], known: np.ndarray, least: float) -> np.ndarray:
    """The cross-encoder's signals; of pairs that are not to be read, zeros."""
    asked = np.flatnonzero(known >= least - MARGIN)
    out = np.zeros((len(pairs), 2))
    left, right = ([pairs[at][side] for at in asked] for side in (0, 1))
    out[asked] = _storydiff.cross_signals(left, right)[:, [SHARED, CONFLICT]]
    return out


def readings_of_stories(told: list[Told], first: list[np.ndarray], again: list[np.ndarray]) -> list[np.ndarray]:
    """The cross-encoder's signals of every pair that one of the looks finds worth reading."""
    texts = [[(of.story.texts[i], of.story.texts[j]) for i, j in of.pairs] for of in told]
    least = min(LEAST.values())
    return [read_together(pairs, np.maximum(a, b), least) for pairs, a, b in zip(texts, first, again, strict=True)]


def blends_of_stories(
    told: list[Told], first: list[np.ndarray], again: list[np.ndarray], read: list[np.ndarray]
) -> tuple[dict[str, Blend], list[np.ndarray]]:
    """What reading is worth; and what thirds that have not seen a story make of its second look."""
    out, blended = {}, again
    part = np.arange(len(told)) % N_FOLDS
    weight = [weighed(of, READ_WEIGHTS) for of in told]
    for name, known in (("words", first), ("places", again)):

        def fitted(keep: np.ndarray, name: str = name, known: list[np.ndarray] = known) -> Blend:
            use = np.flatnonzero(keep)
            columns = [known, read, [of.rows.y for of in told], weight]
            return blend(LEAST[name], *(np.concatenate([column[at] for at in use]) for column in columns))

        models = [fitted(part != fold) for fold in range(N_FOLDS)]
        blended = [models[part[at]].log_odds(known[at], read[at]) for at in range(len(told))]
        report_stories(f"{name}, read together", told, blended)
        out[name] = fitted(np.full(len(told), True))
    return out, blended


def thirds(of: Told, blended: np.ndarray, known: np.ndarray, read: np.ndarray) -> np.ndarray:
    """What third articles say of each pair; NaN where it is not asked."""
    read = np.where((known >= LEAST["places"])[:, None], read, 0.0)
    values = (column.astype(np.float32) for column in (blended, known))
    rows = [(float(shared), float(conflict)) for shared, conflict in read]
    return _storydiff.third_features(of.story.articles.tolist(), of.pairs, *values, rows)


def last_look(
    told: list[Told], blended: list[np.ndarray], known: list[np.ndarray], read: list[np.ndarray]
) -> tuple[Again, list[np.ndarray]]:
    """What third articles add to all else, after a report of thirds of the stories; and what these say."""
    rows = [thirds(*of) for of in zip(told, blended, known, read, strict=True)]
    asked = [~np.isnan(x[:, 0]) for x in rows]
    weight = [weighed(of, READ_WEIGHTS) for of in told]
    part = np.arange(len(told)) % N_FOLDS

    def trained(keep: np.ndarray) -> lgb.Booster:
        use = np.flatnonzero(keep)
        x, y, w, start = (
            np.concatenate([column[at][asked[at]] for at in use])
            for column in (rows, [of.rows.y for of in told], weight, blended)
        )
        return lgb.train(AT_LAST, lgb.Dataset(x, y, weight=w, init_score=start), N_TREES_AT_LAST)

    out = [of.copy() for of in blended]
    for fold in range(N_FOLDS):
        model = trained(part != fold)
        for at in np.flatnonzero(part == fold):
            if asked[at].any():
                out[at][asked[at]] += model.predict(rows[at][asked[at]], raw_score=True)
    report_stories("third articles", told, out)
    return Again(1.0, 0.0, trained(np.full(len(told), True))), out


def read_closely(told: list[Told], known: list[np.ndarray]) -> Blend:
    """What the large cross-encoder is worth where all else is in doubt, after a report of thirds of the stories."""
    asked = [np.abs(of - DOUBT[0]) <= DOUBT[1] for of in known]
    columns = []
    for of, log_odds, which in zip(told, known, asked, strict=True):
        texts, places = of.story.texts, np.flatnonzero(which)
        left, right = ([texts[of.pairs[at][side]] for at in places] for side in (0, 1))
        x = np.zeros((len(which), 3))
        x[:, 0] = log_odds
        if len(places):
            x[places, 1:] = _storydiff.cross_signals(left, right, large=True)[:, [SHARED, CONFLICT]]
        columns.append(x)
    weight = [weighed(of, READ_WEIGHTS) for of in told]
    y = [of.rows.y for of in told]

    def fitted(use: np.ndarray) -> LogisticRegression:
        x, labels, w = (np.concatenate([of[at][asked[at]] for at in use]) for of in (columns, y, weight))
        return LogisticRegression(C=100.0).fit(x, labels, sample_weight=w)

    out, part = [of.copy() for of in known], np.arange(len(told)) % N_FOLDS
    for fold in range(N_FOLDS):
        model = fitted(np.flatnonzero(part != fold))
        for at in np.flatnonzero(part == fold):
            if asked[at].any():
                out[at][asked[at]] = model.decision_function(columns[at][asked[at]])
    report_stories("before the large one reads", told, known)
    report_stories("read closely", told, out)
    model = fitted(np.arange(len(told)))
    return Blend(DOUBT[0] - DOUBT[1], *map(float, model.coef_[0]), float(model.intercept_[0]))


def shown(ap: float, precision: float, recall: float, f1: float) -> str:
    return f"AP {ap:.3f} at 0.5: F1 {f1:.3f} (precision {precision:.2f}, recall {recall:.2f})"


def report_stories(title: str, told: list[Told], log_odds: list[np.ndarray]) -> None:
    """Means over stories, as `labelled.py` takes them; of planted pairs, what is linked."""
    from score import average_precision, calibration_error, f1_at

    print(title)
    by_kind, near, all_p, all_y = defaultdict(list), ([], []), [], []
    for of, scores in zip(told, log_odds, strict=True):
        p, y = 1 / (1 + np.exp(-scores)), of.rows.y
        real = ~of.planted
        if y[real].any():
            by_kind[of.story.kind].append((average_precision(p[real], y[real]), *f1_at(p[real], y[real], 0.5)))
        near[0].extend(p[of.planted])
        near[1].extend(y[of.planted])
        if of.story.kind not in ("invented", "mixed"):
            all_p.append(p)
            all_y.append(y)
    for kind, rows in by_kind.items():
        print(f"  {kind:10} {len(rows):4} {shown(*np.mean(rows, 0))}")
    real = [row for kind, rows in by_kind.items() if kind not in ("invented", "mixed") for row in rows]
    ap, precision, recall, f1 = np.mean(real, 0)
    ece = calibration_error(np.concatenate(all_p), np.concatenate(all_y))
    print(f"  all real   {len(real):4} {shown(ap, precision, recall, f1)} ECE {ece:.3f}")
    p, y = np.array(near[0]), np.array(near[1])
    print(
        f"  planted AP {average_precision(p, y):.3f}, linked: near misses {np.mean(p[y == 0] >= 0.5):.3f}, "
        f"paraphrases {np.mean(p[y == 1] >= 0.5):.3f}",
        flush=True,
    )


def report(title: str, sets: dict[str, Set], log_odds: dict[str, np.ndarray]) -> None:
    from score import average_precision, calibration_error, f1_at

    print(title)
    p = {name: 1 / (1 + np.exp(-scores)) for name, scores in log_odds.items()}
    y = {name: rows.y for name, rows in sets.items()}
    for of in (p, y):
        of["ecbplus.dev + cross"] = np.concatenate([of["ecbplus.dev"], of["ecbplus.cross_story"]])
    for name in p:
        if not y[name].any():
            continue
        precision, recall, f1 = f1_at(p[name], y[name], 0.5)
        print(
            f"  {name:22} AP {average_precision(p[name], y[name]):.3f}  ECE {calibration_error(p[name], y[name]):.3f}"
            f"  at 0.5: F1 {f1:.3f} (precision {precision:.2f}, recall {recall:.2f})",
            flush=True,
        )


def curve(forest: str, sets: dict[str, Set], raw: dict[str, np.ndarray]) -> tuple[float, float]:
    """What a raw score means."""
    shares = {}
    for name, share in MEASURES[forest].items():
        names = FAMILIES["stories"] if name == "stories" else [name]
        shares |= {of: share / sum(len(raw[each]) for each in names) for of in names}
    rows = [(raw[name], sets[name].y, np.full(len(raw[name]), share)) for name, share in shares.items()]
    slope, intercept = logistic(*(np.concatenate(part) for part in zip(*rows, strict=True)))
    if forest == "alone":
        apart = raw["near_miss.tune"][sets["near_miss.tune"].y == 0]
        intercept = min(intercept, -slope * float(np.quantile(apart, 1 - MAX_FALSE_MERGES)))
    return slope, intercept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--cache", type=Path, help="where features of the words are kept between runs")
    arguments = parser.parse_args()
    if arguments.cache and arguments.cache.exists():
        sys.path.insert(0, arguments.folder)
        sets, told = pickle.loads(arguments.cache.read_bytes())
    else:
        sets, told = load(arguments.folder)
        if arguments.cache:
            arguments.cache.write_bytes(pickle.dumps((sets, told)))
    told = [listened(of) for of in told]
    raw, of_stories = folds(sets, told)
    curves = {forest: curve(forest, sets, raw) for forest in FORESTS}
    lines = {name: curves[forest_of(name)] for name in raw}
    report("folds by topic", sets, {name: lines[name][0] * scores + lines[name][1] for name, scores in raw.items()})
    slope, intercept = curves["story"]
    first = [slope * scores + intercept for scores in of_stories]
    again, _, _ = second_look("words alone", told, first, late=False)
    unread = [at for at, of in enumerate(told) if of.late is not None]
    listened_to = [told[at] for at in unread]
    again_late, before, after = second_look(
        "with late interaction", listened_to, [first[at] for at in unread], late=True
    )
    read = readings_of_stories(listened_to, before, after)
    blends, blended = blends_of_stories(listened_to, before, after, read)
    print(blends)
    corroborated, last = last_look(listened_to, blended, after, read)
    unseen = [at for at, of in enumerate(listened_to) if of.story.unread_closely]
    blends["closely"] = read_closely([listened_to[at] for at in unseen], [last[at] for at in unseen])
    print(blends["closely"])
    if arguments.check:
        return
    model = {"features": NAMES, "places": SEEN} | {
        forest: {"slope": slope, "intercept": intercept, "trees": compact(grow(sets, forest))}
        for forest, (slope, intercept) in curves.items()
    }
    model |= {"again": again.packed(), "again_late": again_late.packed()}
    model["together"] = {name: {k: float(f"{v:.5g}") for k, v in of._asdict().items()} for name, of in blends.items()}
    model |= {"thirds": THIRDS, "corroborated": corroborated.packed()}
    path = ROOT / "src/link/model.json"
    path.write_text(json.dumps(model, separators=(",", ":")) + "\n", encoding="ascii")
    print(f"{path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
