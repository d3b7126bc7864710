"""What stories are called where many are listed, and the page that lists their reports."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storydiff._storydiff import __version__
from storydiff.dates import days
from storydiff.views.names import first_line, shortened, when
from storydiff.views.page import digest, kind_of_story, source, stylesheet, template, trusted
from storydiff.views.summary import one_line

if TYPE_CHECKING:
    from storydiff.article import Article

# Characters of a title.
_LONGEST = 160
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_COUNTS = re.compile(
    r'<meta name="description" content="([\d,]+) articles, ([\d,]+) statements? shared, '
    r'([\d,]+) facts? told differently"'
)


@dataclass(frozen=True)
class Entry:
    """One story: its report's address, its title, its size, how much of it is shared and told differently, where that
    is known, the days of its first and its last article, and the time of the first, to sort by."""

    href: str
    title: str
    n: int
    shared: int | None
    disputed: int | None
    days: tuple[str, ...]
    began: float | None


def entry(story: str, articles: Sequence[Article], href: str, report: str = "") -> Entry:
    """A story under the title that its report has, of which `report` is the beginning."""
    title, shared, disputed = told_by(report)
    dates = [day for article in articles if (day := days(article.published)) is not None]
    named = title or title_of(articles) or story
    return Entry(href, named, len(articles), shared, disputed, days_of(articles), min(dates, default=None))


def told_by(report: str) -> tuple[str | None, int | None, int | None]:
    """The headline by which a report calls its story, the number of shared statements and that of disputes; None where
    it tells none."""
    title, counts = _TITLE.search(report), _COUNTS.search(report)
    if title is None or counts is None:
        return None, None, None
    n, shared, disputed = (int(number.replace(",", "")) for number in counts.groups())
    called = html.unescape(title[1])
    return None if called == kind_of_story(n) else shortened(one_line(called), _LONGEST), shared, disputed


def title_of(articles: Sequence[Article]) -> str:
    """A story's title where nothing was compared: that of the first article that has one, else of the first whose first
    line is no sentence, else how the first article begins."""
    lines = [first_line(article.text) for article in articles]
    titles = [article.title for article in articles if article.title and article.title.strip()]
    headlines = [line for line in lines if line and line[-1] not in ".!?…"]
    return shortened(one_line(next(iter([*titles, *headlines, *lines]), "")), _LONGEST)


def days_of(articles: Sequence[Article]) -> tuple[str, ...]:
    """The days of the first and of the last of some articles; one where that is one day, none where none is known."""
    dated = [(day, article.published) for article in articles if (day := days(article.published)) is not None]
    told = [when(end(dated)[1]) for end in (min, max)] if dated else []
    return tuple(dict.fromkeys(day.split(",")[0] for day in told if day))


def contents(entries: Sequence[Entry], n_failed: int = 0) -> str:
    """The stories of most articles first, as one HTML file that needs no network; a script sorts by other columns."""
    style, script = stylesheet("base.css", "contents.css"), '"use strict";\n' + source("contents.js")
    return template("contents.html").render(
        entries=sorted(entries, key=lambda entry: (-entry.n, entry.title, entry.href)),
        n_failed=n_failed,
        version=__version__,
        style=trusted(style),
        script=trusted(script),
        policy="default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
        f"style-src '{digest(style)}'; script-src '{digest(script)}'",
    )
