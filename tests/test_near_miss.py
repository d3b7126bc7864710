"""Pairs that differ in one thing, and paraphrases, of the part that nothing was trained on: floors that must hold."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

import storydiff

HELD = Path(__file__).parent / "data/near_miss/held.jsonl"


def test_near_misses_are_kept_apart_and_paraphrases_found() -> None:
    rows = [json.loads(line) for line in HELD.read_text(encoding="utf-8").splitlines()]
    linked = storydiff.score_pairs([row["left"] for row in rows], [row["right"] for row in rows]) >= 0.5
    same = np.array([row["same"] for row in rows])
    assert linked[~same].mean() <= 0.03
    assert linked[same].mean() >= 0.42
