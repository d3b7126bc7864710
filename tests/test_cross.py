"""The embedded cross-encoders, as far as it does not depend on what was learned."""

from functools import partial

import numpy as np
import pytest

from storydiff import _storydiff

TEXTS = [
    "The bridge closed on Monday after two ships had struck it.",
    "The bridge did not close on Monday; three ships had struck it, the harbour master said.",
    "",
    "\U0001f600 Zoë\r\nMüller’s \U0001f9d1\u200d\U0001f680 left\U0001f600early — at 5:42\r\n",
    "A two-day strike cost $2,500 a head. " * 20,
]
LEFT = [left for left in TEXTS for _ in TEXTS]
RIGHT = TEXTS * len(TEXTS)


@pytest.mark.parametrize("large", [False, True])
def test_signals_are_a_row_per_pair_and_the_same_on_any_number_of_threads(large):
    signals = partial(_storydiff.cross_signals, large=large)
    rows = signals(LEFT, RIGHT, n_threads=1)
    assert rows.shape == (len(LEFT), 14)
    assert rows.dtype == np.float32
    assert np.isfinite(rows).all()
    assert np.array_equal(rows, signals(LEFT, RIGHT, n_threads=2))
    assert np.array_equal(rows[:1], signals(LEFT[:1], RIGHT[:1]))
    assert np.array_equal(rows, signals(RIGHT, LEFT))
    assert signals([], []).shape == (0, 14)


def test_sides_of_different_length_are_an_error():
    with pytest.raises(ValueError, match="left and right"):
        _storydiff.cross_signals(["a"], [])
