"""The embedded cross-encoder, as far as it does not depend on what was learned."""

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


def test_signals_are_a_row_per_pair_and_the_same_on_any_number_of_threads():
    rows = _storydiff.cross_signals(LEFT, RIGHT, n_threads=1)
    assert rows.shape == (len(LEFT), 14)
    assert rows.dtype == np.float32
    assert np.isfinite(rows).all()
    assert np.array_equal(rows, _storydiff.cross_signals(LEFT, RIGHT, n_threads=2))
    assert np.array_equal(rows[:1], _storydiff.cross_signals(LEFT[:1], RIGHT[:1]))
    assert np.array_equal(rows, _storydiff.cross_signals(RIGHT, LEFT))
    assert _storydiff.cross_signals([], []).shape == (0, 14)


def test_marks_are_spans_of_code_points_and_swap_with_the_sides():
    marks = _storydiff.cross_marks(LEFT, RIGHT)
    assert len(marks) == len(LEFT)
    for left, right, sides in zip(LEFT, RIGHT, marks, strict=True):
        for text, spans in zip((left, right, left, right), sides, strict=True):
            ends = [end for span in spans for end in span]
            assert ends == sorted(ends)
            assert all(text[start:end] and text[start:end] == text[start:end].strip() for start, end in spans)
    swapped = _storydiff.cross_marks(RIGHT, LEFT)
    assert marks == [(b, a, d, c) for a, b, c, d in swapped]


@pytest.mark.parametrize("call", [_storydiff.cross_signals, _storydiff.cross_marks])
def test_sides_of_different_length_are_an_error(call):
    with pytest.raises(ValueError, match="left and right"):
        call(["a"], [])
