"""From what people have (paths, strings, frames) to articles."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from storydiff.article import Article

Paths = str | Path | Iterable[str | Path]


def read_articles(paths: Paths) -> list[Article]:
    """Read articles from files, globs and folders.

    Parameters
    ----------
    paths : str, Path or iterable of them
        Each a file, a folder, or a pattern such as ``"stories/*.txt"``.

    Returns
    -------
    list of Article
        Ids are the file names without their ending.

    Raises
    ------
    FileNotFoundError
        When a path leads to no file; the message names it.
    ValueError
        When a file is not UTF-8; the message names it.
    """
    listed = [paths] if isinstance(paths, str | Path) else list(paths)
    files = [file for path in listed for file in _files(Path(path))]
    return [_read(file) for file in files]


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        found = sorted(path.glob("*.txt"))
    elif path.exists():
        found = [path]
    else:
        found = sorted(Path(match) for match in glob.glob(str(path), recursive=True))
    if not found:
        raise FileNotFoundError(
            f"no article at {str(path)!r}: expected a text file, a folder that holds some, or a pattern"
        )
    return found


def _read(file: Path) -> Article:
    try:
        return Article(file.stem, file.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError(f"{file} is not UTF-8 (byte {error.start}); convert it or pass its text") from error


def as_articles(articles: Any) -> list[Article]:
    """The articles behind anything `compare` takes."""
    if isinstance(articles, Mapping):
        return [Article(str(id), text) for id, text in articles.items()]
    if isinstance(articles, str):
        raise TypeError("articles must be a list, a dict or a frame, got one str")
    items = list(articles)
    return [item if isinstance(item, Article) else Article(str(number), item) for number, item in enumerate(items, 1)]
