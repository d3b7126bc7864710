"""Quotations as a user sees them: marks, offsets, speakers; and what is told of a page that is no report."""

import pytest

import storydiff

OTHER = "Rain fell in Halverton all day."


def quotes_of(text: str) -> list[storydiff.Quote]:
    """The quotations of a text, beside another article; each stands between its offsets."""
    found = storydiff.compare({"a": f"{text}\n\nThe weather was mild.", "b": OTHER}).quotes()
    for quote in found:
        assert quote.article.text[quote.start : quote.end] == quote.text
        assert quote.article.text[quote.start - 1] in "'\"‘“"
    return found


@pytest.mark.parametrize("mark", ["''", "‘’", '""', "“”"])
def test_quotations_in_any_marks_are_found(mark: str) -> None:
    text = f"😀 {mark[0]}It’s the keeper's lock, and we shall mend it,{mark[1]} said Ina Holt."
    assert [(quote.text, quote.speaker) for quote in quotes_of(text)] == [
        ("It’s the keeper's lock, and we shall mend it,", "Ina Holt")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The dockers' wives told 'em that the boats' owners paid, Holt said.",
        "In the '90s the ships' crews played rock 'n' roll all night long, Holt said.",
        "It was the Joneses' lock and the Holts' mill until the town's council bought them.",
    ],
)
def test_apostrophes_are_no_quotation_marks(text: str) -> None:
    assert quotes_of(text) == []


@pytest.mark.parametrize("mark", ["‘’", "“”", '""'])
def test_a_quotation_over_paragraphs_is_one_in_each(mark: str) -> None:
    opening, closing = mark
    text = f"Ina Holt said: {opening}It was as loud as thunder.\n\n{opening}We all ran home from it.{closing}"
    assert [(quote.text, quote.speaker) for quote in quotes_of(text)] == [
        ("It was as loud as thunder.", "Ina Holt"),
        ("We all ran home from it.", "Ina Holt"),
    ]


def test_somebody_whom_no_other_article_names_is_new() -> None:
    found = storydiff.compare(
        {
            "a": "The dead man, named locally as Peter Lowe, 63, was crushed by a falling tree in Ashby on Sunday.",
            "b": "A man was crushed to death by a falling tree in Ashby on Sunday.",
        }
    ).unique("a")
    assert [reason for span in found for reason in span.reasons if "names" in reason] == [
        "only this article names Peter Lowe"
    ]
    assert max(span.probability for span in found) >= 0.5


def test_what_a_live_page_says_to_its_readers_is_boilerplate() -> None:
    lines = ["Copied to clipboard", "Good afternoon and welcome. I'm Kay Pell and I'll be bringing you the latest."]
    report = "The lock was shut on Monday.\n\nThe keeper left it at dawn.\n\nDivers went down to the gate at noon."
    page = report.replace("\n\n", f"\n\n{lines[0]}\n\n{lines[1]}\n\n", 1)
    found = storydiff.compare({"a": page, "b": OTHER})
    told = [
        sentence.text for sentence in found.sentences if sentence.article.id == "a" and sentence.kind != "boilerplate"
    ]
    assert " ".join(told) == report.replace("\n\n", " ")


def test_round_figures_of_one_sum_have_no_only_source() -> None:
    found = storydiff.compare(
        {
            "a": "The pool is old. It is losing more than £300,000 every year.",
            "b": "The council met. The baths have been losing £310,000 a year.",
        }
    ).unique()
    assert not [reason for span in found for reason in span.reasons if "source" in reason]
