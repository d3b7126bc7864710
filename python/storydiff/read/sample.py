"""The stories that come with the package."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal, get_args

from storydiff.article import Article
from storydiff.read.files import read_articles

SampleStory = Literal["bridge", "dam"]
# The folder of each inside the package. A folder is read without those below it, so one may stand in another.
_FOLDERS: dict[SampleStory, str] = {"bridge": "sample", "dam": "sample/dam"}


def sample_articles(story: SampleStory = "bridge") -> list[Article]:
    """The articles of a story that comes with the package: places, people and outlets are invented.

    Parameters
    ----------
    story : {"bridge", "dam"}
        ``"bridge"``: a ship struck a bridge, in five plain texts of one day: a wire report, a broadsheet, a tabloid, a
        local paper and a blog. ``"dam"``: a dam failed above a town, in six articles over two days, each with
        ``title``, ``source``, ``url`` and ``published``. Its figures change from day to day, two articles carry
        the text of one agency, one corrects itself, and two people share a surname.

    Returns
    -------
    list of Article
        By id.

    Raises
    ------
    ValueError
        When there is no story of that name; the message lists those there are.

    Examples
    --------
    >>> [article.id for article in sample_articles()]
    ['beacon', 'chronicle', 'gazette', 'meridian', 'tidewatch']
    >>> for article in sample_articles("dam"):
    ...     print(article.published, article.source)
    2025-11-09T17:45:00+00:00 Kelder Bay Examiner
    2025-11-10T06:30:00+00:00 Tarnholt Herald
    2025-11-09T21:10:00+00:00 The Lark
    2025-11-09T13:20:00+00:00 The Morning Ledger
    2025-11-10T13:05:00+01:00 NBS News
    2025-11-10T18:00:00Z The Paragon
    """
    with sample_folder(story) as folder:
        return read_articles(folder)


def sample_folder(story: SampleStory) -> AbstractContextManager[Path]:
    """The folder with the files of a story, on disk for as long as the context lasts."""
    if story not in get_args(SampleStory):  # a list, say, has no hash
        raise ValueError(f"story must be {' or '.join(map(repr, _FOLDERS))}, got {story!r}")
    from importlib.resources import as_file, files

    return as_file(files("storydiff") / _FOLDERS[story])
