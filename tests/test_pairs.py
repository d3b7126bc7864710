"""The link probability of sentence pairs."""

import numpy as np
import pytest

import storydiff

ENCODERS = ("minilm", "static")
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
        # Without a context pairs are scored with caution.
        assert scores[:2].min() > (0.5 if context else 0.4) > 0.1 > scores[2:].max()


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
    with pytest.raises(TypeError, match="left must be a list of texts, got one str"):
        storydiff.score_pairs("abc", ["c"])


def test_score_pairs_takes_an_embedded_encoder_alone():
    left, right = STORY[:1] * 2, STORY[1:3]
    for context in (None, STORY):
        scores = {name: storydiff.score_pairs(left, right, context=context, encoder=name) for name in ENCODERS}
        default = "static" if context is None else "minilm"
        assert (scores[default] == storydiff.score_pairs(left, right, context=context)).all()
        # Pairs without a story are scored by their words alone.
        assert (scores["minilm"] != scores["static"]).any() == (context is not None)
        own = storydiff.Encoder("static")
        assert (scores["static"] == storydiff.score_pairs(left, right, context=context, encoder=own)).all()
    with pytest.raises(ValueError, match=r'encoder must be .*got "huge"'):
        storydiff.score_pairs(left, right, encoder="huge")
    with pytest.raises(TypeError, match=r"encoder must be .*got int"):
        storydiff.score_pairs(left, right, encoder=7)


def test_many_pairs_without_a_context_are_scored_as_few():
    left, right = STORY * 300, STORY[1:] * 300 + STORY[:1] * 300
    scores = storydiff.score_pairs(left, right)
    assert (scores[-7:] == storydiff.score_pairs(left[-7:], right[-7:])).all()


@pytest.mark.parametrize(
    ("text", "same", "other"),
    [
        ("The bridge was closed on Monday.", "The bridge was shut on Monday.", "The bridge was opened on Monday."),
        ("The company cut 500 jobs.", "The firm slashed 500 jobs.", "The company added 500 jobs."),
        ("The dog bit the postman.", "The postman was bitten by the dog.", "The postman bit the dog."),
    ],
)
def test_score_pairs_knows_everyday_words(text, same, other):
    paraphrase, near_miss = storydiff.score_pairs([text, text], [same, other])
    assert paraphrase > 0.5 > near_miss


def test_pairs_of_no_comparison_are_not_read_by_the_largest():
    with pytest.raises(ValueError, match='encoder must be "minilm", "static" or nothing for pairs, got "mpnet"'):
        storydiff.score_pairs(["a"], ["b"], encoder="mpnet")
