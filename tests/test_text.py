"""Sentences and words through the public face: offsets in code points, whatever the text holds."""

import doctest
from collections.abc import Callable
from typing import Any

import pytest

import storydiff
import storydiff.text

TEXTS = [
    "",
    " \n\t ",
    "One. Two! Three?",
    "Emoji 😀 first. Then cafe\u0301 and e\u0301te\u0301. “Quoted.” End",
    "Windows\r\nline ends.\r\n\r\nA second paragraph. It has two sentences.",
    "A lone surrogate \ud800 stands here. It is kept.",
    "他说：“你好。”她笑了。北京会谈",
    "पुल बंद है। जहाज़ टकराया। क्या हुआ?",
    "US$2.5bn for 1,000km, said j.doe@mail.example.org. See https://quay.example.org/a?b=c.",
]


@pytest.mark.parametrize("text", TEXTS)
def test_split_sentences_covers_all_but_white_space(text):
    at = 0
    for start, end in storydiff.split_sentences(text):
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@pytest.mark.parametrize("text", TEXTS)
def test_tokenize_gives_the_text_between_its_offsets(text):
    tokens = storydiff.tokenize(text)
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert [token.start for token in tokens] == sorted({token.start for token in tokens})
    gaps = [0, *(token.end for token in tokens)], [*(token.start for token in tokens), len(text)]
    outside = "".join(text[start:end] for start, end in zip(*gaps, strict=True))
    assert not any(character.isalnum() for character in outside)


def test_split_sentences_joins_wrapped_lines_and_keeps_headlines_apart():
    text = (
        "Ferry fares rise again\n\n"
        "The harbour board raised the fares of all four ferry lines on Monday, the\n"
        "second rise within a year, and said that fuel and the new landing stages\n"
        "left it no choice. Season tickets go up by nine per cent."
    )
    found = [text[start:end] for start, end in storydiff.split_sentences(text)]
    assert [len(sentence.splitlines()) for sentence in found] == [1, 3, 1]


@pytest.mark.parametrize("language", ["", "english", "e", "../en"])
def test_split_sentences_names_an_unknown_language(language):
    with pytest.raises(ValueError, match="ISO 639-1"):
        storydiff.split_sentences("One. Two.", language)


def test_docstring_examples_run():
    assert doctest.testmod(storydiff.text).failed == 0


@pytest.mark.parametrize("split", [storydiff.split_sentences, storydiff.tokenize])
def test_only_a_text_is_split(split: Callable[[Any], object]) -> None:
    for given in (None, ["One.", "Two."], b"One."):
        with pytest.raises(TypeError, match="text must be a str, got"):
            split(given)
