"""The link probability of sentence pairs."""

import numpy as np
import pytest

import storydiff

STORY = [
    "The Lantern Bridge was closed to all traffic on Monday after two barges struck a pier.",
    "Two barges hit a pier of the Lantern Bridge, which was shut to traffic.",
    "The mayor said repairs would cost $240 billion.",
    "Repairs will cost 240bn dollars, according to the mayor.",
    "Fish is sold at the market every Friday.",
    "A choir of forty sang at the opening of the fair.",
]


def test_score_pairs_ranks_paraphrases_over_unrelated_sentences():
    left, right = [STORY[0], STORY[2], STORY[0], STORY[3]], [STORY[1], STORY[3], STORY[4], STORY[5]]
    for context in (None, STORY):
        scores = storydiff.score_pairs(left, right, context=context)
        assert scores.dtype == np.float32 and scores.shape == (4,)
        assert scores[:2].min() > 0.5 > 0.1 > scores[2:].max()


@pytest.mark.parametrize("context", [None, STORY])
def test_score_pairs_is_symmetric_and_independent_of_order_and_threads(context):
    left, right = STORY * 6, [text for text in STORY for _ in STORY]
    scores = storydiff.score_pairs(left, right, context=context)
    assert (scores == storydiff.score_pairs(right, left, context=context, n_threads=1)).all()
    turned = storydiff.score_pairs(left[::-1], right[::-1], context=context and context[::-1], n_threads=3)
    assert (scores == turned[::-1]).all()


def test_score_pairs_takes_any_text():
    odd = ["", " ", "...", "\ud800", "😀", "ж" * 5000, "a\0b", "7", "$", "% %", "’s"]
    for text in odd:
        scores = storydiff.score_pairs([text] * len(odd), odd, context=odd)
        assert ((scores >= 0) & (scores <= 1)).all()
    assert storydiff.score_pairs([], []).shape == (0,)


def test_score_pairs_names_what_is_wrong():
    with pytest.raises(ValueError, match="expected 2, got 1"):
        storydiff.score_pairs(["a", "b"], ["c"])
    with pytest.raises(TypeError, match="left must be an iterable of sentences"):
        storydiff.score_pairs("abc", ["c"])
