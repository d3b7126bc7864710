"""When articles were published: what is read as a date, and what is said of what is none."""

from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

import storydiff
from storydiff import Article
from storydiff.dates import days, moment, written


@pytest.mark.parametrize(
    ("given", "kept", "day"),
    [
        (date(2026, 3, 2), "2026-03-02", 20514.0),
        (datetime(2026, 3, 2, 12), "2026-03-02T12:00:00", 20514.5),
        (datetime(2026, 3, 2, 12, tzinfo=timezone.utc), "2026-03-02T12:00:00+00:00", 20514.5),
        (pd.Timestamp("2026-03-02 12:00"), "2026-03-02T12:00:00", 20514.5),
        (pd.NaT, None, None),
        (None, None, None),
        (" ", None, None),
        ("2026-03-02", "2026-03-02", 20514.0),
        (" 2026-03-02\n", "2026-03-02", 20514.0),
        ("20260302", "2026-03-02", 20514.0),
        ("20260302T120000Z", "2026-03-02T12:00:00+00:00", 20514.5),
        ("2026-03-02T12", "2026-03-02T12", 20514.5),
        ("2026-03-02 12:00 +0200", "2026-03-02 12:00 +0200", 20514.5 - 2 / 24),
        ("2026-03-02 12:00:00 UTC", "2026-03-02 12:00:00 UTC", 20514.5),
        ("2026-03-02T12:00:00.123456789Z", "2026-03-02T12:00:00.123456789Z", 20514.5),
        ("Mon, 02 Mar 2026 12:00:00 GMT", "2026-03-02T12:00:00+00:00", 20514.5),
        ("2 March 2026", "2026-03-02", 20514.0),
        ("March 2, 2026", "2026-03-02", 20514.0),
        ("Mar. 2, 2026 Monday", "2026-03-02", 20514.0),
        ("Mon, 2 Mar 2026", "2026-03-02", 20514.0),
        ("March 2nd, 2026", "2026-03-02", 20514.0),
        ("Mon., 2nd March 2026", "2026-03-02", 20514.0),
        ("March 2, 2026 at 12 p.m.", "2026-03-02T12:00:00", 20514.5),
        ("Mar. 2, 2026, 12:00 PM", "2026-03-02T12:00:00", 20514.5),
        ("2 March 2026 12:00 GMT", "2026-03-02T12:00:00+00:00", 20514.5),
        ("7:00 AM EST, Mon March 2, 2026", "2026-03-02T07:00:00-05:00", 20514.5),
        ("March 2, 2026, 6:00 p.m. ET", "2026-03-02T18:00:00", 20514.75),
        ("Monday, March 2, 2026 - 12:00 p.m.", "2026-03-02T12:00:00", 20514.5),
        ("March 2, 2026, 12:15 a.m.", "2026-03-02T00:15:00", 20514 + 15 / 1440),
        ("2.3.2026", "2026-03-02", 20514.0),
        ("02.03.2026 12:00", "2026-03-02T12:00:00", 20514.5),
        ("2026/3/2, 12:00:00", "2026-03-02T12:00:00", 20514.5),
        ("yesterday", "yesterday", None),
        ("2026", "2026", None),
        ("02/03/2026", "02/03/2026", None),  # of March, or of February?
        ("2026-02-30", "2026-02-30", None),
        ("30 February 2026", "30 February 2026", None),
        ("30.2.2026", "30.2.2026", None),
        ("2.3.2026 25:00", "2.3.2026 25:00", None),
        ("March 2, 2026, 13 p.m.", "March 2, 2026, 13 p.m.", None),
        ("March 2, 2026, 8", "March 2, 2026, 8", None),
        ("March 2, 2026, 25:10", "March 2, 2026, 25:10", None),
        ("2026-03-02T12:00+99:00", "2026-03-02T12:00+99:00", None),
        ("1772452800", "1772452800", None),
        ("٢٠٢٦-٠٣-٠٢", "٢٠٢٦-٠٣-٠٢", None),
    ],
)
def test_dates_are_kept_in_iso_8601(given: Any, kept: str | None, day: float | None) -> None:
    article = Article("a", "x", published=given)
    assert article.published == written(given) == kept
    assert (moment(kept) is None) == (day is None)
    assert days(kept) == (day if day is None else pytest.approx(day, abs=1e-5))


@pytest.mark.parametrize("given", [3, 1.5, b"2026-03-02", ["2026-03-02"]])
def test_what_can_be_no_date_is_an_error(given: Any) -> None:
    with pytest.raises(TypeError, match="published must be a str, a date, a datetime or None, got"):
        Article("a", "x", published=given)


TIMES = [datetime(2026, 3, 2, 9, 10), None]
TEXTS = ["A ship struck the bridge.", "Rain fell on Sarn."]


@pytest.mark.parametrize(
    "articles",
    [
        pd.DataFrame({"text": TEXTS, "published": pd.to_datetime(pd.Series(TIMES))}),
        pd.DataFrame({"text": TEXTS, "published": np.array(["2026-03-02T09:10:00", ""])}),
        pl.DataFrame({"text": TEXTS, "published": TIMES}),
        [{"text": text, "published": time} for text, time in zip(TEXTS, TIMES, strict=True)],
        [Article(text[0], text, published=time) for text, time in zip(TEXTS, TIMES, strict=True)],
    ],
)
def test_one_rule_holds_wherever_articles_come_from(articles: Any) -> None:
    for found in (storydiff.compare(articles), storydiff.find_stories(articles)):
        assert [article.published for article in found.articles] == ["2026-03-02T09:10:00", None]


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.md"])
def test_an_empty_cell_is_none(tmp_path: Path, name: str) -> None:
    content = {
        "a.csv": "id,text,title,source,url,published\n,x,, ,,\n",
        "a.jsonl": '{"id": "", "text": "x", "title": "", "source": " ", "url": null, "published": ""}',
        "a.md": '---\ntitle: ""\nsource:\ndate: ""\n---\nx',
    }
    (tmp_path / name).write_text(content[name])
    assert storydiff.read_articles(tmp_path) == [Article("a", "x")]


DATED = [
    Article("wire", TEXTS[0], published="yesterday"),
    Article("blog", TEXTS[1], published="2026-03-02"),
    Article("radio", "The ferry sails again.", published="soon"),
]


def test_what_is_no_date_is_warned_of_by_article() -> None:
    expected = "published must be a date in ISO 8601.*got 'yesterday' of 'wire', 'soon' of 'radio'; that is shown"
    with pytest.warns(UserWarning, match=expected):
        cmp = storydiff.compare(DATED)
    assert [article.published for article in cmp.articles] == ["yesterday", "2026-03-02", "soon"]
    with pytest.warns(UserWarning, match=expected):
        assert len(storydiff.find_stories(DATED).articles) == 3
    with pytest.warns(UserWarning, match=expected) as told:
        storydiff.compare_stories(DATED, story=dict.fromkeys(["wire", "blog", "radio"], "one"), n_jobs=1)
    assert [warning.filename for warning in told] == [__file__]
    with pytest.warns(UserWarning, match="got 'soon' of 'radio'"):
        storydiff.compare(DATED[1:2] * 1 + [Article("b", "x")]).add(DATED[2])


@pytest.mark.parametrize(
    ("first", "second", "direction"),
    [
        ("2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z", "left to right"),
        ("Mon, 02 Mar 2026 09:00:00 GMT", "2026-03-02T10:00:00+00:00", "left to right"),
        ("2026-03-03", "2026-03-02", "right to left"),
        ("2026-03-02", "2026-03-02T10:00:00", None),  # some time on that day
        ("2026-03-02", "2026-03-02", None),
        ("2026-03-02T09:00:00", "2026-03-02T10:00:00Z", None),
        ("yesterday", "2026-03-02", None),
    ],
)
def test_copies_say_who_was_first_where_that_is_known(first: str, second: str, direction: str | None) -> None:
    text = "The harbour master said the ship had lost its power two minutes before it struck the pier of the bridge."
    [copy] = storydiff.compare(
        [Article("a", f"{text} One.", published=first), Article("b", f"{text} Two.", published=second)]
    ).copies()
    assert copy.direction == direction
