"""The input: one text with its id and what is known about it."""

from __future__ import annotations

from dataclasses import dataclass, field

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
    title, source, url, published : str, optional
        What is known about the article; carried to every output.

    Examples
    --------
    >>> Article("wire", "The bridge closed on Monday.", source="Meridian").source
    'Meridian'
    """

    id: str
    text: str = field(repr=False)
    title: str | None = field(default=None, kw_only=True)
    source: str | None = field(default=None, kw_only=True)
    url: str | None = field(default=None, kw_only=True)
    published: str | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        for name in ("id", "text"):
            if not isinstance(value := getattr(self, name), str):
                raise TypeError(f"{name} must be a str, got {type(value).__name__}")
        for name in ("title", "source", "url", "published"):
            if not isinstance(value := getattr(self, name), str | None):
                raise TypeError(f"{name} must be a str or None, got {type(value).__name__}")


def as_tuple(article: Article) -> tuple[str, str, str | None, str | None, str | None, str | None]:
    """The article as Rust takes it, without unpaired surrogates."""
    known = (article.title, article.source, article.url, article.published)
    title, source, url, published = (None if value is None else well_formed(value) for value in known)
    return well_formed(article.id), well_formed(article.text), title, source, url, published
