"""What only one article says: no furniture, each text once, no name or figure that others have in another form."""

import json

import pytest

import storydiff
from storydiff.views.summary import led_in

BRIDGE = "The bridge at Dale fell on Monday when two ships struck it, the harbour office said."
CALL = "Sign up for our newsletter and get the news of the port in your inbox."


def reasons(own: str, other: str) -> list[str]:
    cmp = storydiff.compare({"a": f"{BRIDGE}\n\n{own}", "b": f"{BRIDGE}\n\n{other}"}, encoder="static")
    return [reason for span in cmp.unique("a") for reason in span.reasons]


def test_furniture_of_one_article_is_furniture_of_all() -> None:
    long = "Tides, ferries, fishing, the weather of the whole coast and all that moves on the water, every day."
    long += " Cranes, lorries, trains and the roads that lead there too, and who is wed in the villages of the coast."
    texts = {"a": f"{BRIDGE}\n\n{CALL} {long}", "b": f"{BRIDGE}\n\n{CALL}"}
    cmp = storydiff.compare(texts, encoder="static")
    assert [one.kind for one in cmp.sentences if one.text == CALL] == ["boilerplate"] * 2


def test_a_text_that_an_article_prints_again_is_listed_once() -> None:
    again = "Maud Ferris, who keeps the lock, wept when she saw the gates."
    cmp = storydiff.compare([f"{BRIDGE} {again}\n\nIt rained.\n\n{again}", BRIDGE], encoder="static")
    assert [span.text for span in cmp.unique()].count(again) == 1


@pytest.mark.parametrize(
    ("own", "other", "named"),
    [
        ("Callers can ring Tide Watchers all day and night.", "The Tidewatchers have a line.", ""),
        ("Callers can ring Tide Watchers all day and night.", "The harbour has a line.", "Tide Watchers"),
        ("Friends of Nick met at the lock. Nick Aubrecht is a clerk there.", "Nicholas Aubrecht is 40.", ""),
        ("The keeper told them of https://quay.example/Zq7Dalemark and left.", "The keeper left.", ""),
    ],
)
def test_a_name_in_another_form_is_no_reason(own: str, other: str, named: str) -> None:
    told = [reason for reason in reasons(own, other) if reason.startswith("only this article names")]
    assert told == ([f"only this article names {named}"] if named else [])


def test_a_number_that_people_call_is_no_figure() -> None:
    assert not any("figure" in reason for reason in reasons("The keeper rang 911 immediately that night.", "He left."))


def test_the_mother_who_speaks_is_quoted_and_not_the_son_of_whom_she_speaks() -> None:
    own = "Maud Aubrecht said she weeps for her son, Danilo Aubrecht, 30.\n\n"
    own += "“They took my boy from me,” said Aubrecht."
    assert "the only one to quote Maud Aubrecht" in reasons(own, "The keeper left.")


def test_somebody_named_elsewhere_may_be_who_speaks_there_without_a_name() -> None:
    own = "“The hinges were never oiled in all that time,” said Maud Aubrecht."
    unnamed = "A lamp burned at the house of Aubrecht. “Nobody came when I rang the bell that night,” she said."
    assert "the only one to quote Maud Aubrecht" in reasons(own, "It rained.")
    assert "the only one to quote Maud Aubrecht" not in reasons(own, unnamed)


def test_a_post_is_shown_without_who_signed_it() -> None:
    post = "Both gates of the lock are shut pic.twitter.com/a1b2c3 — Maud Aubrecht (@aubrecht) May 2, 2026"
    cmp = storydiff.compare({"a": f"{BRIDGE}\n\n{post}", "b": BRIDGE}, encoder="static")
    assert [span.text for span in cmp.unique("a")] == ["Both gates of the lock are shut"]


def test_what_has_to_be_read_before_a_span_is_told() -> None:
    fall = "Ina Holt fell from the old pier of Quay on Monday."
    harbour = f"{fall} She had sailed to Vell and back with two goats."
    other = f"{fall} Bram Oduya mends the nets of the whole village."
    cmp = storydiff.compare({"a": harbour, "b": other}, encoder="static")
    (span,) = (span for span in cmp.unique("a") if "goats" in span.text)
    assert span.antecedent_text == fall
    assert span.antecedent is not None and harbour[slice(*span.antecedent)] == span.antecedent_text
    (named,) = (span for span in cmp.unique("b") if "nets" in span.text)
    assert named.antecedent is named.antecedent_text is None
    shown = f"[{span.antecedent_text}] {span.text}"
    assert shown in cmp.to_markdown().replace("\\", "") and led_in(span) == shown
    assert f'<span class="lead">[{span.antecedent_text}] </span>{span.text}' in cmp.to_html()
    again = storydiff.Comparison.from_json(cmp.to_json())
    assert [each.antecedent for each in again.unique()] == [each.antecedent for each in cmp.unique()]
    assert cmp.to_arrow("unique").column("antecedent").to_pylist() == [s.antecedent_text for s in cmp.unique()]


def test_what_is_read_before_a_span_is_checked_in_json() -> None:
    cmp = storydiff.compare(
        ["Ina Holt fell. She had sailed to Vell with two goats.", "Ina Holt fell."], encoder="static"
    )
    data = cmp.to_dict()
    (span,) = (span for span in data["unique"] if span["antecedent"])
    span["antecedent"]["end"] = 900
    with pytest.raises(ValueError, match=r"unique\[0\]\.antecedent"):
        storydiff.Comparison.from_json(json.dumps(data))
