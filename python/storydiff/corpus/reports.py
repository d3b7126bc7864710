"""A report a story in a folder, and the page that lists them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from storydiff.write.whole import write

if TYPE_CHECKING:
    from storydiff.article import Article
    from storydiff.corpus.comparing import StoryResult

# Letters of a story's id in a file's name; of longer ones the rest is a digest.
_LONGEST = 80
# Bytes within which a report says what it is called and how much it tells.
_HEAD = 1 << 14


class Reports:
    """The reports of some stories, below ``reports`` in a folder, and ``index.html`` beside the tables."""

    def __init__(self, folder: Path, stories: Sequence[str]) -> None:
        self._folder = folder
        self._below = folder / "reports"
        self._names = {story: file_name(story) for story in stories}

    def has(self, story: str) -> bool:
        """Whether a report of the story was written before."""
        return (self._below / self._names[story]).exists()

    def write(self, results: Iterable[StoryResult]) -> None:
        """Write the reports of what was compared, and drop those that it makes old."""
        for result in results:
            path = self._below / self._names[result.story]
            if result.report is None:
                path.unlink(missing_ok=True)
            else:
                self._below.mkdir(parents=True, exist_ok=True)
                write(_encoded(result.report), path)

    def finish(self, stories: Iterable[tuple[str, list[Article]]], n_failed: int) -> None:
        """Write the page that lists them, and drop the reports of stories that are no longer given."""
        from storydiff.views.contents import contents, entry

        for path in [*self._below.glob("*.html")]:
            if path.name not in self._names.values():
                path.unlink()
        told = [
            entry(story, articles, f"reports/{quote(self._names[story])}", self._head(story))
            for story, articles in stories
            if self.has(story)
        ]
        write(_encoded(contents(told, n_failed)), self._folder / "index.html")

    def _head(self, story: str) -> str:
        with (self._below / self._names[story]).open("rb") as report:
            return report.read(_HEAD).decode("utf-8", "replace")


def file_name(story: str) -> str:
    """The name of a story's report: its id where that is a name everywhere, else what is left of it and a digest.

    >>> file_name("2026-03"), file_name("Fire/Quay")
    ('2026-03.html', 'fire_quay-6e08d94f3b82e279.html')
    """
    # Names that differ in case alone are one file on some machines.
    plain = re.sub(r"[^a-z0-9._-]+", "_", story.lower())[:_LONGEST].strip("._")
    if plain == story:
        return f"{plain}.html"
    digest = hashlib.sha256(story.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{plain}-{digest}.html"


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
