"""A page that lists the reports of many stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storydiff.dates import days
from storydiff.views.names import first_line, shortened, when
from storydiff.views.page import digest, stylesheet, template, trusted
from storydiff.views.summary import one_line

if TYPE_CHECKING:
    from storydiff.article import Article


@dataclass(frozen=True)
class Entry:
    """One story: its report's address, its title, its size and the day of its first and its last article."""

    href: str
    title: str
    n: int
    first: str | None
    last: str | None


def entry(story: str, articles: Sequence[Article], href: str) -> Entry:
    """A story under the title of the first of its articles that has one, else under its first line."""
    begins = first_line(articles[0].text) if articles else ""
    title = next((article.title for article in articles if article.title), begins)
    dated = [(day, article.published) for article in articles if (day := days(article.published)) is not None]
    ends = [when(end(dated)[1]) for end in (min, max)] if dated else [None, None]
    first, last = (None if told is None else told.split(",")[0] for told in ends)
    return Entry(href, shortened(one_line(title), _LONGEST) or story, len(articles), first, last)


# Characters of a title.
_LONGEST = 160


def contents(entries: Sequence[Entry], n_failed: int = 0) -> str:
    """The stories of most articles first, as one HTML file that needs no network and no script."""
    style = stylesheet("base.css", "contents.css")
    return template("contents.html").render(
        entries=sorted(entries, key=lambda entry: (-entry.n, entry.title, entry.href)),
        n_failed=n_failed,
        style=trusted(style),
        policy=f"default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; style-src '{digest(style)}'",
    )
