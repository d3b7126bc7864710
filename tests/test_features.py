"""Golden features: of fifty invented pairs what every feature of the forest was when the forest learned from it.

A feature that changes its meaning unseen spoils a model that stays as it was. Where one is changed on purpose, and the
model is trained again, `python tests/test_features.py` writes the table anew.
"""

from __future__ import annotations

import json
from itertools import zip_longest
from pathlib import Path

import numpy as np
import numpy.typing as npt

from storydiff import _storydiff

DATA = Path(__file__).parent / "data"
GOLDEN = DATA / "features.json"
N_PAIRS = 50
# Vectors of words are sums of floats, which machines round in their own ways.
TOLERANCE = 2e-3


def pairs() -> list[tuple[str, str]]:
    """Near misses and paraphrases, each kind in its turn."""
    lines = (DATA / "near_miss/tune.jsonl").read_text(encoding="utf-8").splitlines()
    by_kind: dict[tuple[str, bool], list[tuple[str, str]]] = {}
    for row in map(json.loads, lines):
        by_kind.setdefault((row["kind"], row["same"]), []).append((row["left"], row["right"]))
    turns = zip_longest(*(by_kind[kind] for kind in sorted(by_kind)))
    return [pair for turn in turns for pair in turn if pair][:N_PAIRS]


def features() -> npt.NDArray[np.float32]:
    """One row a pair, each in the story that all of them make."""
    left, right = zip(*pairs(), strict=True)
    return _storydiff.pair_features(left, right, sorted({*left, *right}), encoder="static")


def test_no_feature_changes_its_meaning_unseen() -> None:
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert _storydiff.feature_names() == golden["names"]
    now = features()
    assert now.shape == (N_PAIRS, len(golden["names"]))
    for name, column, expected in zip(golden["names"], now.T, zip(*golden["rows"], strict=True), strict=True):
        np.testing.assert_allclose(column, expected, rtol=TOLERANCE, atol=TOLERANCE, err_msg=name)


def test_the_pairs_tell_the_features_apart() -> None:
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    varied = np.ptp(np.array(golden["rows"]), axis=0) > 0
    constant = [name for name, varies in zip(golden["names"], varied, strict=True) if not varies]
    assert len(constant) <= 5, constant


def test_features_do_not_depend_on_which_side_is_left() -> None:
    left, right = zip(*pairs(), strict=True)
    context = sorted({*left, *right})
    swapped = _storydiff.pair_features(right, left, context, encoder="static")
    np.testing.assert_allclose(swapped, features(), rtol=TOLERANCE, atol=TOLERANCE)


def write() -> None:
    """Write the table anew."""
    rows = [[round(float(value), 4) for value in row] for row in features()]
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    names = json.dumps(_storydiff.feature_names(), separators=(",", ":"))
    GOLDEN.write_text(f'{{"names":{names},\n"rows":[\n{lines}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    write()
