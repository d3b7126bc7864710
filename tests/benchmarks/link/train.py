"""Train the link model and write src/link/model.json.

    python tests/benchmarks/link/train.py EVAL_FOLDER STORIES_FOLDER [--check]

EVAL_FOLDER holds `score.py` and `pairs/`. STORIES_FOLDER holds folders of hand-labelled stories, a folder for each kind
of news and a JSON file for each story: articles, sentences (article, start, end) and statements (mentions as sentence
numbers); files beside the folders are only measured. Features come from the installed extension, so build it first.
Prints what folds by topic reach; with `--check` also what training without each data set reaches on it, and writes
nothing.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import lightgbm as lgb
import numpy as np

from storydiff import _storydiff

ROOT = Path(__file__).resolve().parents[3]
NAMES = _storydiff.feature_names()
PLACES = _storydiff.place_names()
# The more of these, the likelier a link; the other way round for FALLING. Keeps the trees from learning by heart.
RISING = """cover_min cover_max exact_min exact_max mass_min mass_max top_match top3_match run_gain_min run_gain_max
run_mass_min run_mass_max run_cover_min run_cover_max char_cosine word_cosine meaning_cosine passage_words passage_mass
pairs_mass frame name_mass name_share_min number_match content_mass content_share_min content_share_max margin_min
margin_max soft_cosine_min soft_cosine_max soft_cover_min soft_cover_max soft_mass_min soft_mass_max soft_gain_min
soft_gain_max soft_sentence soft_margin_min soft_margin_max soft_sentence_margin
""".split()
FALLING = """slots slot_names slot_numbers opposites excluded excluded_beside other_figures
other_dates other_turns other_names other_roles negation modality dates polarity swapped sources number_left_min
name_left_min rank_min rank_max left_over_min left_over_max rival_min rival_max story_size""".split()
# What the vectors of a transformer say; without one they are 0.
CONTEXTUAL = [at for at, name in enumerate(NAMES) if name.startswith("soft_")]
# Which way the second look's features point.
PLACES_RISE = {
    "beside": 1,
    "across": 1,
    "margin_min": 1,
    "margin_max": 1,
    "apart": -1,
    "first": -1,
    "last": -1,
    "shared": 1,
}
N_FOLDS = 3
# So many stories of this kind at a time are thrown together as well: what is said in different stories is not the same,
# however alike the two.
MIXED, MIX = "incidents", 4
PARAMETERS = {
    "objective": "binary",
    "learning_rate": 0.06,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 10,
    "verbose": -1,
    "num_threads": 2,
    "seed": 1,
    "deterministic": True,
}
MONOTONE = {
    "monotone_constraints": [(name in RISING) - (name in FALLING) for name in NAMES],
    "monotone_constraints_method": "basic",
}
# Without a story, only what tells two claims apart and what makes them one point one way.
APART = """excluded excluded_beside other_figures other_dates other_turns other_names other_roles swapped sources
number_left_min name_left_min dates slot_numbers slot_names left_over_min""".split()
ALIKE = "synonyms cover_min cover_max content_share_min soft_cover_min soft_cover_max meaning_cosine".split()
DIRECTED = {
    "monotone_constraints": [(name in ALIKE) - (name in APART) for name in NAMES],
    "monotone_constraints_method": "basic",
}
# Sets of one family count together.
FAMILIES = {
    "superpal": ["superpal"],
    "pyramid": ["pyramid.train", "pyramid.dev"],
    "ecbplus": ["ecbplus.train", "ecbplus.dev", "ecbplus.cross_story"],
    "stories": [],
    "mixed": [],
    "msrp": ["msrp.train", "msrp.val"],
    "near_miss": ["near_miss.tune"],
    "unrelated": ["unrelated"],
    "identical": ["identical"],
}


class Part(NamedTuple):
    """Trees trained on their own; a forest is the mean of its parts."""

    n_trees: int
    parameters: dict[str, object]
    shares: dict[str, float]


# One forest for pairs of a story, one for pairs on their own. In a story, half of the trees see stories alone and know
# which way each feature points; they travel best to new topics. The other half see every set and learn what sets
# near misses apart, where no feature points one way.
FORESTS = {
    "story": [
        Part(180, MONOTONE | {"num_leaves": 16, "min_data_in_leaf": 80}, {"stories": 1.0}),
        Part(
            250,
            {"num_leaves": 24, "min_data_in_leaf": 80},
            {"stories": 6.0, "superpal": 0.3, "pyramid": 1.0, "ecbplus": 1.0, "near_miss": 0.7},
        ),
    ],
    # Two random draws, for a steadier place of the line that few near misses may pass.
    "alone": [
        Part(
            300,
            DIRECTED | {"num_leaves": 16, "min_data_in_leaf": 40, "feature_fraction": 0.3, "seed": seed},
            {"msrp": 2.0, "near_miss": 6.0, "unrelated": 0.5, "identical": 0.3, "pyramid": 0.5, "stories": 1.0},
        )
        for seed in (1, 2)
    ],
}
# What stands around a pair adds to its log-odds.
AGAIN = {
    "objective": "binary",
    "learning_rate": 0.05,
    "num_leaves": 16,
    "min_data_in_leaf": 100,
    "lambda_l2": 20,
    "monotone_constraints": [PLACES_RISE[name] for name in PLACES],
    "verbose": -1,
    "num_threads": 2,
    "seed": 1,
    "deterministic": True,
}
N_TREES_AGAIN = 200
# How much a pair of a mix counts beside one of a story.
MIX_SHARE = 0.25
# The sets whose folds say what a raw score means, each by its share.
MEASURES = {
    "story": {"superpal": 1.0, "pyramid.dev": 1.0, "ecbplus.dev": 1.0, "stories": 1.0},
    "alone": {"msrp.train": 1.0, "near_miss.tune": 2.0, "unrelated": 1.0},
}
# Pairs on their own may be picked for being close: 0.5 is where this share of the near misses of the folds passes.
MAX_FALSE_MERGES = 0.06
ALONE = {"msrp.train", "msrp.val", "near_miss.tune", "unrelated", "identical"}


class Set(NamedTuple):
    """Features, labels and topics of pairs."""

    x: np.ndarray
    y: np.ndarray
    topic: np.ndarray


class Layout(NamedTuple):
    """Where the pairs of a story stand."""

    articles: list[int]
    pairs: list[tuple[int, int]]


def grouped(rows: list[dict], label: str, *, context: bool = True) -> Set:
    """Pairs with the sentences of their topic as context."""
    topics = defaultdict(list)
    for at, row in enumerate(rows):
        topics[row.get("group", at % 50)].append(at)
    x = np.zeros((len(rows), len(NAMES)), np.float32)
    for places in topics.values():
        left, right = ([rows[at][side] for at in places] for side in "ab")
        x[places] = _storydiff.pair_features(left, right, sorted({*left, *right}) if context else [])
    # Sub-topics such as "12_ecb" and "12_ecbplus" are one topic.
    topic = [str(row.get("group", at % 50)).split("_ecb")[0] for at, row in enumerate(rows)]
    return Set(x, np.array([row.get(label, 0) for row in rows]), np.array(topic))


def mixed(stories: Sequence[dict]) -> dict:
    """Stories that have nothing to do with each other, as if they were one."""
    mix: dict[str, list] = {"articles": [], "sentences": [], "statements": []}
    for of in stories:
        n_articles, n_sentences = len(mix["articles"]), len(mix["sentences"])
        mix["articles"] += of["articles"]
        mix["sentences"] += [s | {"article": s["article"] + n_articles} for s in of["sentences"]]
        mix["statements"] += [{"mentions": [at + n_sentences for at in s["mentions"]]} for s in of["statements"]]
    return mix


def mixes(stories: list[tuple[str, dict]]) -> list[tuple[str, dict]]:
    """Every `MIX` stories of one fold, numbered so that they stay in it."""
    n_mixes = len(stories) // (MIX * N_FOLDS) * N_FOLDS
    members = [[at % N_FOLDS + N_FOLDS * (at // N_FOLDS * MIX + each) for each in range(MIX)] for at in range(n_mixes)]
    return [(f"{at:03}", mixed([stories[each][1] for each in of])) for at, of in enumerate(members)]


def story(data: dict, topic: str) -> tuple[Set, Layout]:
    """Every pair of sentences of two articles of a hand-labelled story."""
    sentences = data["sentences"]
    texts = [data["articles"][s["article"]]["text"][s["start"] : s["end"]] for s in sentences]
    linked = {pair for s in data["statements"] for pair in itertools.combinations(sorted(s["mentions"]), 2)}
    pairs = [
        (i, j)
        for i, j in itertools.combinations(range(len(texts)), 2)
        if sentences[i]["article"] != sentences[j]["article"]
    ]
    x = _storydiff.pair_features([texts[i] for i, _ in pairs], [texts[j] for _, j in pairs], texts)
    rows = Set(x, np.array([int(pair in linked) for pair in pairs]), np.array([topic] * len(pairs)))
    return rows, Layout([sentence["article"] for sentence in sentences], pairs)


def joined(sets: Sequence[Set]) -> Set:
    return Set(*(np.concatenate(parts) for parts in zip(*sets, strict=True)))


def load(folder: str, stories: str) -> tuple[dict[str, Set], dict[str, list[Layout]]]:
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
    sets["near_miss.tune"] = grouped(near, "label", context=False)
    # Pairs without a story may be of two stories: sentences that have nothing to do with each other.
    rows = read("pairs/msrp.train") + near
    others = [
        {"a": row["a"], "b": rows[at * 7919 % len(rows)]["b"]} for at, row in enumerate(rows) if at * 7918 % len(rows)
    ]
    sets["unrelated"] = grouped(others, "label", context=False)
    copies = [{"a": row["a"], "b": row["a"], "label": 1} for row in rows]
    sets["identical"] = grouped(copies, "label", context=False)
    layouts = {}

    def add(name: str, told: list[tuple[str, dict]]) -> None:
        rows, layouts[name] = zip(*(story(data, topic) for topic, data in told), strict=True)
        sets[name] = joined(rows)

    for kind in sorted(Path(stories).iterdir()):
        paths = sorted(kind.glob("*.json")) if kind.is_dir() else [kind]
        told = [(path.stem, json.loads(path.read_text(encoding="utf-8"))) for path in paths]
        add(f"stories.{kind.stem}", told)
        if kind.is_dir():
            FAMILIES["stories"].append(f"stories.{kind.stem}")
        if kind.stem == MIXED:
            add("stories.mixed", mixes(told))
            FAMILIES["mixed"].append("stories.mixed")
    return sets, layouts


def train(sets: dict[str, Set], part: Part, keep: dict[str, np.ndarray] | None = None) -> lgb.Booster:
    """Trees on the kept rows of the families' sets; each family counts by its share, whatever its size."""
    parts, weights = [], []
    for family, share in part.shares.items():
        names = [name for name in FAMILIES[family] if name in sets]
        rows = [Set(*(column[keep[name]] for column in sets[name])) if keep else sets[name] for name in names]
        size = sum(len(of.y) for of in rows)
        for of in rows:
            # Most pairs of a story are plainly apart: one in eight of them stands for the rest.
            easy = of.y == 0
            for name, least in (("cover_max", 0.2), ("soft_cover_max", 0.25)):
                easy &= of.x[:, NAMES.index(name)] < least
            thin = ~easy | (np.arange(len(easy)) % 8 == 0)
            parts.append(Set(*(column[thin] for column in of)))
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


def fold_of(rows: Set) -> np.ndarray:
    number = {topic: at % N_FOLDS for at, topic in enumerate(sorted(set(rows.topic)))}
    return np.array([number[topic] for topic in rows.topic])


def folds(sets: dict[str, Set]) -> dict[str, np.ndarray]:
    """Raw scores of every pair by a model that has not seen its topic."""
    trained = {name for names in FAMILIES.values() for name in names}
    fold = {name: fold_of(rows) for name, rows in sets.items()}
    raw = {name: np.zeros(len(rows.y)) for name, rows in sets.items()}
    for part in range(N_FOLDS):
        keep = {name: fold[name] != part for name in sets}
        models = {forest: grow(sets, forest, keep) for forest in FORESTS}
        for name, rows in sets.items():
            model = models[forest_of(name)]
            if name not in trained:
                raw[name] += predict(model, rows.x) / N_FOLDS
            elif (here := fold[name] == part).any():
                raw[name][here] = predict(model, rows.x[here])
    return raw


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


def look_again(first: np.ndarray, rows: Set, weight: np.ndarray) -> Again:
    slope, intercept = logistic(first, rows.y, weight / weight.sum())
    data = lgb.Dataset(rows.x, rows.y, weight=weight, init_score=slope * first + intercept)
    return Again(slope, intercept, lgb.train(AGAIN, data, N_TREES_AGAIN))


def second_look(
    title: str, sets: dict[str, Set], first: dict[str, np.ndarray], layouts: dict[str, list[Layout]]
) -> Again:
    """Trained on the log-odds that folds gave the stories' pairs, after a report of what folds of its own reach."""
    seen = {}
    for name, stories in layouts.items():
        ends = np.cumsum([len(story.pairs) for story in stories])[:-1]
        parts = zip(stories, np.split(first[name], ends), strict=True)
        x = [_storydiff.place_features(story.articles, story.pairs, part) for story, part in parts]
        seen[name] = sets[name]._replace(x=np.concatenate(x))
    names = FAMILIES["stories"] + FAMILIES["mixed"]
    fold = {name: fold_of(seen[name]) for name in names}

    def trained(keep: dict[str, np.ndarray]) -> Again:
        rows = joined([Set(*(column[keep[name]] for column in seen[name])) for name in names])
        weight = [np.full(keep[name].sum(), MIX_SHARE if name in FAMILIES["mixed"] else 1.0) for name in names]
        return look_again(np.concatenate([first[name][keep[name]] for name in names]), rows, np.concatenate(weight))

    again = {name: np.zeros(len(rows.y)) for name, rows in seen.items()}
    for part in range(N_FOLDS):
        model = trained({name: fold[name] != part for name in names})
        for name, rows in seen.items():
            if name not in names:
                again[name] += model.log_odds(first[name], rows.x) / N_FOLDS
            else:
                here = fold[name] == part
                again[name][here] = model.log_odds(first[name][here], rows.x[here])
    report(title, seen, again)
    return trained({name: np.full(len(fold[name]), True) for name in names})


def report(title: str, sets: dict[str, Set], log_odds: dict[str, np.ndarray]) -> None:
    from score import average_precision, calibration_error, f1_at

    print(title)
    p = {name: 1 / (1 + np.exp(-scores)) for name, scores in log_odds.items()}
    y = {name: rows.y for name, rows in sets.items()}
    for of in (p, y) if "ecbplus.dev" in p else ():
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


def forests(kind: str, sets: dict[str, Set], layouts: dict[str, list[Layout]], *, check: bool) -> dict[str, dict]:
    """The forests trained on all of the sets, after a report of what folds reach."""
    raw = folds(sets)

    def curve(forest: str) -> tuple[float, float]:
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

    curves = {forest: curve(forest) for forest in FORESTS}

    def log_odds(raw: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        lines = {name: curves[forest_of(name)] for name in raw}
        return {name: lines[name][0] * scores + lines[name][1] for name, scores in raw.items()}

    first = log_odds(raw)
    report(f"{kind}, folds by topic", sets, first)
    again = second_look(f"{kind}, second look", sets, first, layouts)
    if check:
        for family, names in FAMILIES.items():
            rest = {name: rows for name, rows in sets.items() if name not in names}
            models = {forest: grow(rest, forest) for forest in FORESTS}
            left_out = {name: predict(models[forest_of(name)], sets[name].x) for name in names}
            report(f"{kind}, trained without {family}", sets, log_odds(left_out))
    grown = {
        forest: {"slope": slope, "intercept": intercept, "trees": compact(grow(sets, forest))}
        for forest, (slope, intercept) in curves.items()
    }
    again = {"slope": again.slope, "intercept": again.intercept, "trees": compact([again.trees])}
    return grown | {"again": again}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("stories")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    sets, layouts = load(arguments.folder, arguments.stories)
    model: dict[str, object] = {"features": NAMES, "places": PLACES}
    for kind in ("contextual", "lexical"):
        if kind == "lexical":
            for rows in sets.values():
                rows.x[:, CONTEXTUAL] = 0
        model[kind] = forests(kind, sets, layouts, check=arguments.check)
    if not arguments.check:
        path = ROOT / "src/link/model.json"
        path.write_text(json.dumps(model, separators=(",", ":")) + "\n", encoding="ascii")
        print(f"{path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
