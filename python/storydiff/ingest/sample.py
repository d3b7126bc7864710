"""The story that comes with the package."""

from __future__ import annotations

from importlib.resources import as_file, files

from storydiff.article import Article
from storydiff.ingest.files import read_articles


def sample_articles() -> list[Article]:
    """Five articles on one event: a wire report, a broadsheet, a tabloid, a local paper and a blog, all invented.

    Examples
    --------
    >>> [article.id for article in sample_articles()]
    ['beacon', 'chronicle', 'gazette', 'meridian', 'tidewatch']
    """
    with as_file(files("storydiff") / "sample") as folder:
        return list(read_articles(folder))
