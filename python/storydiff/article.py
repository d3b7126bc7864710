"""The input: one text with its id and what is known about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from storydiff.dates import written
from storydiff.shown import Shown
from storydiff.text import well_formed


@dataclass(frozen=True, slots=True, repr=False)
class Article(Shown):
    """One input text.

    Parameters
    ----------
    id : str
        Unique within a comparison.
    text : str
        The text as given. Every offset storydiff returns counts code points of it.
    title, source, url : str, optional
        What is known about the article; carried to every output.
    published : str, date or datetime, optional
        When it appeared, kept as text in ISO 8601. Dates as e-mails, feeds and English newspapers write them are
        understood; other text is kept as it is, and `compare` warns that it is no date.

    Examples
    --------
    >>> Article("wire", "The bridge closed on Monday.", source="Meridian").source
    'Meridian'
    >>> from datetime import date
    >>> Article("wire", "The bridge closed on Monday.", published=date(2026, 3, 2)).published
    '2026-03-02'
    """

    id: str
    text: str = field(repr=False)
    title: str | None = field(default=None, kw_only=True)
    source: str | None = field(default=None, kw_only=True)
    url: str | None = field(default=None, kw_only=True)
    published: str | None = field(default=None, kw_only=True)

    def __init__(
        self,
        id: str,
        text: str,
        *,
        title: str | None = None,
        source: str | None = None,
        url: str | None = None,
        published: str | date | None = None,
    ) -> None:
        for name, given in (("id", id), ("text", text)):
            if not isinstance(given, str):
                raise TypeError(f"{name} must be a str, got {type(given).__name__}")
        for name, known in (("title", title), ("source", source), ("url", url)):
            if known is not None and not isinstance(known, str):
                raise TypeError(f"{name} must be a str or None, got {type(known).__name__}")
        if published is not None and not isinstance(published, (str, date)):
            raise TypeError(f"published must be a str, a date, a datetime or None, got {type(published).__name__}")
        fix = object.__setattr__  # it is frozen
        fix(self, "id", id)
        fix(self, "text", text)
        fix(self, "title", title)
        fix(self, "source", source)
        fix(self, "url", url)
        fix(self, "published", written(published))


def as_tuple(article: Article) -> tuple[str, str, str | None, str | None, str | None, str | None]:
    """The article as Rust takes it, without unpaired surrogates."""
    known = (article.title, article.source, article.url, article.published)
    title, source, url, published = (None if value is None else well_formed(value) for value in known)
    return well_formed(article.id), well_formed(article.text), title, source, url, published
