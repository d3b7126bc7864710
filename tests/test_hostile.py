"""Odd and hostile texts: every result still points at its characters, or there is one clear error."""

import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import FULL, examples

import storydiff

SENTENCES = [
    "The bridge closed on Monday.",
    "On Monday, the bridge was closed.",
    "“Nobody was hurt,” she said.",
    "Zwei Schiffe! 两艘船撞上了大桥。 मंगलवार को।",
    "No. 5 of 1,000.50 at 3 p.m. in the U.S.",
    "\U0001f468‍\U0001f469‍\U0001f467 e\u0301\u0301\u0301 \u202egnihton\u202c",
    "\ud800 \udfff",
    "\0",
    "\r\n",
    "...!?!?…",
    "a" * 500,
    "İstanbul ǅ ß ŉ",
]


def check(cmp: storydiff.Comparison, n_articles: int) -> None:
    """Everything a comparison says is about characters that are there."""
    assert len(cmp.articles) == n_articles
    for sentence in cmp.sentences:
        assert sentence.article.text[sentence.start : sentence.end] == sentence.text
        # Rust, unlike Python, holds four control characters to be no white space.
        assert not re.search(r"^[^\S\x1c-\x1f]|[^\S\x1c-\x1f]$|^$", sentence.text)
    for a, b in itertools.pairwise(cmp.sentences):
        assert a.article is not b.article or a.end <= b.start
    for link in cmp.links(0.0):
        assert 0 <= link.probability <= 1
        assert link.left.article is not link.right.article
        for (s, e), (t, u) in link.spans:
            assert link.left.start <= s < e <= link.left.end
            assert link.right.start <= t < u <= link.right.end
    for statement in cmp.statements:
        for mention in statement.mentions:
            assert mention.sentence.start <= mention.start < mention.end <= mention.sentence.end
            assert mention.article.text[mention.start : mention.end] == mention.text
    for unique in cmp.unique():
        assert 0 <= unique.start < unique.end <= len(unique.article.text)
        assert np.isfinite(unique.score)
    n = len(cmp.articles)
    assert cmp.coverage.shape == (len(cmp.statements), n)
    for matrix in (cmp.similarity, cmp.containment):
        assert matrix.shape == (n, n)
        assert matrix.dtype == np.float32
        assert ((matrix >= 0) & (matrix <= 1)).all()
    assert (cmp.similarity == cmp.similarity.T).all()
    assert storydiff.Comparison.from_json(cmp.to_json(min_probability=0.0)) == cmp


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [""],
        ["", ""],
        ["One article only. It has two sentences."],
        ["Word", "Word"],
        ["Word", ""],
        ["The same. Twice over."] * 2,
        ["The same. Twice over."] * 30,
        ["\0\0\0", "a\0b. c\0d."],
        ["\ud800", "\udc00\ud800 lone. Halves."],
        ["\ufeff", "\u200b\u200d"],
        [" \r\n\t\u2028\u00a0 ", "\n\n\n"],
        ["!!!", "???", "..."],
        ["\u202e" + "abc. " * 20, "\u2066xyz\u2069. " * 20],
        ["Z̸̢͓̲͐a̷l̶g̵o̸" + "\u0335" * 5000 + ".", "Zalgo."],
        ["a" * 100_000, "a" * 100_000],
        ["a." * 20_000, "b." * 20_000],
        ["(" * 20_000, ")" * 20_000],
        ["“" * 20_000, "”" * 20_000],
        ["Mr. " * 2500, "U.S. " * 2500],
        ["1,000." * 10_000, "1.000," * 10_000],
        ["http://" + "a/" * 20_000, "www." * 10_000],
        ["👩‍👩‍👧‍👦" * 2000, "e\u0301" * 5000],
        ["-" * 50_000, "—" * 50_000],
    ],
    ids=lambda texts: repr(texts)[:30],
)
def test_odd_stories_give_a_result(texts: list[str]) -> None:
    check(storydiff.compare(texts), len(texts))


def test_copies_of_one_line_make_few_pairs() -> None:
    """Beyond 300 sentences candidates are bounded by sentence, not by pair: the pairs of 400 articles are 79,800."""
    cmp = storydiff.compare(["Breaking: the bridge closed."] * 400, encoder="static")
    check(cmp, 400)
    assert 400 <= len(cmp.links(0.0)) < 400 * 100
    assert [statement.n_articles for statement in cmp.statements] == [400]


def test_lines_that_repeat_ten_thousand_times_are_no_square() -> None:
    text = "The bridge closed on Monday.\n" * 10_000
    check(storydiff.compare([text, text]), 2)


stories = st.lists(
    st.one_of(
        st.text(max_size=200),
        st.lists(st.sampled_from(SENTENCES), max_size=12).map(" ".join),
        st.lists(st.one_of(st.sampled_from(SENTENCES), st.text(st.characters(exclude_categories=()), max_size=30)))
        .map("\n".join)
        .map(lambda text: text[:2000]),
    ),
    max_size=5,
)


@given(stories)
@settings(max_examples=examples(150))
def test_any_story_gives_a_sound_result(texts: list[str]) -> None:
    cmp = storydiff.compare(texts, n_threads=1, encoder=None if FULL else "static")
    check(cmp, len(texts))
    check(cmp.rethreshold(0.1), len(texts))


@given(stories)
@settings(max_examples=examples(40))
def test_any_story_gives_the_same_result_in_any_order(texts: list[str]) -> None:
    named = {f"article {number}": text for number, text in enumerate(texts)}
    turned = dict(reversed(named.items()))
    one, other = (storydiff.compare(given, encoder=None if FULL else "static") for given in (named, turned))
    assert [s.text for s in one.statements] == [s.text for s in other.statements]
    assert (one.similarity == other.similarity[::-1, ::-1]).all()
    assert (one.coverage == other.coverage[:, ::-1]).all()
    assert [(k.probability, k.spans) for k in one.links(0.0)] == [(k.probability, k.spans) for k in other.links(0.0)]


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_is_split_in_order(text: str) -> None:
    for spans in (storydiff.split_sentences(text), [token[:2] for token in storydiff.tokenize(text)]):
        ends = [0]
        for start, end in spans:
            assert ends[-1] <= start < end <= len(text)
            ends.append(end)
    assert all(token.text == text[token.start : token.end] for token in storydiff.tokenize(text))
    covered = "".join(text[start:end] for start, end in storydiff.split_sentences(text))
    assert [c for c in covered if not c.isspace()] == [c for c in text if not c.isspace()]


@pytest.mark.parametrize("min_probability", [-0.1, 1.1, float("nan"), float("inf")])
def test_a_probability_outside_its_range_is_an_error(min_probability: float) -> None:
    with pytest.raises(ValueError, match="min_probability must be a number from 0 to 1"):
        storydiff.compare(["a", "b"], min_probability=min_probability)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"language": 3}, TypeError),
        ({"min_probability": "0.5"}, TypeError),
        ({"n_threads": 1.5}, TypeError),
        ({"progress": 3}, TypeError),
        ({"progress": "yes"}, TypeError),
    ],
)
def test_wrong_options_are_errors(arguments: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        storydiff.compare(["One. Two.", "One. Three."], **arguments)


@pytest.mark.parametrize("wrong", [None, 3, b"a", ["a"]])
def test_what_is_no_text_is_named(wrong: Any) -> None:
    tokenizer = storydiff.Tokenizer.train(["a b a b"])
    calls: dict[str, Callable[[], object]] = {
        r"left\[1\]": lambda: storydiff.score_pairs(["a", wrong], ["a", "b"]),
        r"right\[0\]": lambda: storydiff.score_pairs(["a"], iter([wrong])),
        r"context\[2\]": lambda: storydiff.score_pairs(["a"], ["a"], context=["a", "b", wrong]),
        r"texts\[0\]": lambda: storydiff.Encoder("static").encode([wrong]),
        r"texts\[1\]": lambda: storydiff.Tokenizer.train(["a", wrong]),
        r"texts\[0\] ": lambda: tokenizer.encode_batch([wrong]),
        r"texts\[0\]\[1\]": lambda: (
            tokenizer.encode("a", wrong) if wrong is not None else tokenizer.encode_batch([("a", None)])
        ),
        "text": lambda: storydiff.tokenize(wrong),
        "text ": lambda: storydiff.split_sentences(wrong),
    }
    for name, call in calls.items():
        with pytest.raises(TypeError, match=f"^{name.strip()} must be a str, got {type(wrong).__name__}$"):
            call()
    with pytest.raises(TypeError, match=r"^left must be a list of texts, got NoneType$"):
        storydiff.score_pairs(None, ["a"])  # type: ignore[arg-type]


@pytest.mark.parametrize("number", [-1, 2**70, True, 1.5, "1"])
def test_numbers_out_of_range_are_errors_that_name_them(number: Any) -> None:
    cmp = storydiff.compare(["One. Two.", "One. Three."])
    calls: dict[str, Callable[[], object]] = {
        "n_threads": lambda: storydiff.compare(["One."], n_threads=number),
        "n_threads ": lambda: cmp.add(storydiff.Article("3", ""), n_threads=number),
        "n_threads  ": lambda: storydiff.score_pairs(["a"], ["a"], n_threads=number),
        "n_threads   ": lambda: storydiff.Encoder("static").encode(["a"], n_threads=number),
        "n_threads    ": lambda: storydiff.top_n_similar([[1.0]], [[1.0]], 1, n_threads=number),
        "n_threads     ": lambda: storydiff.Tokenizer.train(["a"], n_threads=number),
        "vocab_size": lambda: storydiff.Tokenizer.train(["a"], vocab_size=number),
        "min_frequency": lambda: storydiff.Tokenizer.train(["a"], min_frequency=number),
        "min_words": lambda: cmp.passages(number),
        "min_articles": lambda: cmp.shared(number),
        "n": lambda: cmp.terms("1", number),
        "n ": lambda: storydiff.top_n_similar([[1.0]], [[1.0]], number),
    }
    for name, call in calls.items():
        if number == 2**70 and name.strip() in ("n", "min_words", "min_articles"):
            call()  # more than there is
            continue
        with pytest.raises((TypeError, ValueError), match=f"^{name.strip()} must be a whole number"):
            call()


@pytest.mark.parametrize("number", [-0.1, 1.1, float("nan"), float("inf"), 10**400])
def test_impossible_probabilities_are_errors(number: float) -> None:
    cmp = storydiff.compare(["One. Two.", "One. Three."])
    for call in (cmp.links, cmp.rethreshold, lambda p: storydiff.compare(["One."], min_probability=p)):
        with pytest.raises(ValueError, match="min_probability must be a number from 0 to 1"):
            call(number)


def test_a_sentence_without_end_is_cut_at_white_space() -> None:
    text = "word " * 5000 + "a" * 10_000
    cmp = storydiff.compare([text, ""])
    assert all(len(sentence.text) <= 4096 for sentence in cmp.sentences)
    assert [s.text for s in cmp.sentences if "a" in s.text] == ["a" * 4096, "a" * 4096, "a" * 1808]
    assert sum(sentence.text.count("word") for sentence in cmp.sentences) == 5000


def test_an_error_in_progress_reaches_the_caller() -> None:
    def stop(*_: object) -> None:
        raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        storydiff.compare(["One. Two.", "One. Three."], progress=stop)


@pytest.mark.parametrize("blank", ["\xa0", "\u2005", "\u2009", "\u2028", "\u202f", "\u3000"])
@pytest.mark.parametrize("every", [1, 3])
def test_blanks_of_several_bytes_stand_anywhere(blank: str, every: int) -> None:
    def spaced(text: str) -> str:
        words = text.split(" ")
        return "".join(word + (blank if at % every == 0 else " ") for at, word in enumerate(words))

    articles = [replace(article, text=spaced(article.text)) for article in storydiff.sample_articles()]
    cmp = storydiff.compare(articles, encoder="static")
    assert cmp.unique() and cmp.disputes() is not None
    assert all(span.article.text[span.start : span.end] == span.text for span in cmp.unique())


@pytest.mark.parametrize("blank", ["\u200a", "\u2003", "\u3000", "\xa0"])
def test_a_wide_blank_before_a_figure_is_no_trouble(blank: str) -> None:
    texts = [f"{blank}$2.4bn was lost.", f"Costs rose to{blank}$2.4bn in May, from{blank}2 billion dollars. It rains."]
    check(storydiff.compare({"a": texts[0], "b": "The bridge closed on Monday.", "c": texts[1]}), 3)
