"""Articles of a sentence or two: headlines, summaries, what a newcomer types first."""

from __future__ import annotations

import pytest

import storydiff

# What contradicts what, and the words where the two part.
APART = [
    ("The lifeboat crew found the missing canoeist alive on a sandbank at dawn.",
     "The lifeboat crew found the missing canoeist's empty boat on a sandbank at dawn.",
     {"alive", "empty boat"}),
    ("The judge believed the captain's account of the night of the collision.",
     "The judge called the captain's account of the night of the collision a lie.",
     {"believed", "called"}),
    ("The two brothers who found the coins handed them over to the county museum on Friday.",
     "The two brothers who found the coins sold them to a dealer on Friday before the county museum knew.",
     {"handed", "sold"}),
]  # fmt: skip


def test_headlines_of_one_event_are_one_statement() -> None:
    headlines = [
        "Glassworks in Arven to close, 300 jobs go",
        "300 people lose work as Arven glassworks shuts",
        "Arven: end of the glassworks, 300 out of a job",
    ]
    widest = storydiff.compare(headlines).statements[0]
    assert widest.n_articles == len(headlines)


def test_two_sentences_in_other_words_are_linked() -> None:
    found = storydiff.compare([
        "Mayor Ida Sund steps down over land deal",
        "Sund quits as mayor after land sale row",
    ])  # fmt: skip
    assert [link.probability > 0.7 for link in found.links()] == [True]


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize(("left", "right", "words"), APART)
def test_what_no_rule_sees_is_told_where_the_two_part(left: str, right: str, words: set[str], *, swapped: bool) -> None:
    found = storydiff.compare([right, left] if swapped else [left, right])
    (conflict,) = found.conflicts()
    assert conflict.what == "what happened"
    sides = ((conflict.left, conflict.left_span), (conflict.right, conflict.right_span))
    assert {side.article.text[start:end] for side, (start, end) in sides} == words
    assert not found.links(min_probability=0.5)
    assert not [one for one in found.statements if one.n_articles > 1]


def test_what_goes_on_is_no_contradiction() -> None:
    for texts in (
        ["Ships may enter the harbour again since noon.", "The harbour was closed to all ships until noon."],
        ["The pumps go on until May.", "The pumps will be switched off in May."],
        ["Several of the band's friends came to hear the hearing.", "The band's friends filled the court on Monday."],
    ):
        assert not storydiff.compare(texts).conflicts(), texts
