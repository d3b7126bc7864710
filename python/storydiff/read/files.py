"""From files, folders and patterns to articles."""

from __future__ import annotations

import codecs
import glob
import html
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal, NamedTuple

from storydiff._storydiff import StorydiffError
from storydiff.article import Article
from storydiff.read.decode import decode
from storydiff.read.formats import read_csv, read_json, read_jsonl, read_markdown
from storydiff.read.frames import read_parquet
from storydiff.read.html import read_html
from storydiff.read.rows import Columns, Row, row_article
from storydiff.shown import Records

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]

# What a folder is searched for. A file named by the caller that ends otherwise is read as plain text.
ENDINGS = (".txt", ".md", ".markdown", ".html", ".htm", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


class ReadError(StorydiffError, ValueError):
    """A file, or an item of one, that holds no article we can read.

    Attributes
    ----------
    path : Path
        The file.
    reason : str
        Why it could not be read; for an item it begins with its line or number.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"cannot read {str(path)!r}: {reason}")
        self.path = path
        self.reason = reason


class Articles(Records[Article]):
    """The articles read, and in `skipped` one `ReadError` for each file or item that was left out."""

    def __init__(self, articles: Iterable[Article] = (), skipped: Iterable[ReadError] = ()) -> None:
        super().__init__(articles)
        self.of(Article)
        self.skipped = list(skipped)


def read_articles(
    paths: Paths,
    *,
    encoding: str | None = None,
    errors: Literal["raise", "skip"] = "raise",
    invalid_bytes: Literal["raise", "replace"] = "raise",
    text: str | None = None,
    id: str | None = None,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    published: str | None = None,
) -> Articles:
    """Read articles from files, folders and patterns.

    ``.txt`` and files of any other ending hold one article as plain text; ``.md`` too, with its front matter as
    metadata. ``.html`` pages give their main text, title, site, address and, if they state it, when they were published
    (needs ``storydiff[html]``). ``.json``, ``.jsonl``, ``.csv``, ``.tsv`` and ``.parquet`` (needs ``storydiff[arrow]``)
    hold items with a field ``text`` and perhaps ``id``, ``title``, ``source``, ``url`` and ``published``; letter case
    and blanks around a field's name do not count.

    Line ends stay as they are; a byte order mark goes; HTML entities such as ``&amp;`` become
    what they stand for.

    Parameters
    ----------
    paths : str, path or iterable of them
        Each a file, a folder (searched for files of the endings above, hidden ones left out), or a pattern such as
        ``"stories/**/*.txt"``. A file named twice is read once.
    encoding : str, optional
        Of all the files, such as ``"cp1250"``; by default detected for each. Detection is sure of Unicode and good at
        longer texts; a few words in an old encoding may come out wrong.
    errors : {"raise", "skip"}
        What to do about a file, or an item of one, that cannot be read: raise, or leave it out and list why in
        ``skipped``.
    invalid_bytes : {"raise", "replace"}
        What to do about single bytes that the encoding does not know: raise and say where the first stands, or read
        each as U+FFFD.
    text, id, title, source, url, published : str, optional
        The name of the field or column of each in data files, where it is another.

    Returns
    -------
    Articles
        A list of `Article`, in the order of `paths` and by name within a folder or pattern. An id is the item's, else
        the file's name without its ending, with folders before it where two files would share it; several items
        without ids in one file are numbered.

    Raises
    ------
    FileNotFoundError
        When a path leads to no file; the message names it.
    ReadError
        When a file cannot be read; the message names it, and the line or item, and says why.
    LookupError
        When `encoding` is unknown.
    ImportError
        When a file needs a package that is not installed; the message says how to install it.

    Examples
    --------
    >>> from pathlib import Path
    >>> import storydiff
    >>> sample = Path(storydiff.__file__).parent / "sample"
    >>> [article.id for article in read_articles(sample)]
    ['beacon', 'chronicle', 'gazette', 'meridian', 'tidewatch']
    """
    if errors not in ("raise", "skip"):
        raise ValueError(f"errors must be 'raise' or 'skip', got {errors!r}")
    if invalid_bytes not in ("raise", "replace"):
        raise ValueError(f"invalid_bytes must be 'raise' or 'replace', got {invalid_bytes!r}")
    if encoding is not None:
        codecs.lookup(encoding)
    if isinstance(paths, bytes) or not isinstance(paths, str | os.PathLike | Iterable):
        raise TypeError(f"paths must be a path, a pattern or a list of them, got {type(paths).__name__}")
    listed = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    for index, path in enumerate(listed):
        if not isinstance(path, str | os.PathLike):
            raise TypeError(f"paths[{index}] must be a str or a path, got {type(path).__name__}")
    # A dict keeps the order and drops what two patterns both found.
    files = list({file.absolute(): file for path in listed for file in matching(path)}.values())
    columns = Columns({"text": text, "id": id, "title": title, "source": source, "url": url, "published": published})
    found: list[tuple[str, Article]] = []
    skipped: list[ReadError] = []
    for file, name in zip(files, _ids(files), strict=True):
        for read in _read(file, name, _Reading(encoding, invalid_bytes == "replace", columns)):
            if isinstance(read, Article):
                found.append((name, read))
            elif errors == "raise":
                raise read
            else:
                skipped.append(read)
    uses = Counter(article.id for _, article in found)
    return Articles(
        (
            article if uses[article.id] == 1 else replace(article, id=f"{file_id}/{article.id}")
            for file_id, article in found
        ),
        skipped,
    )


def matching(path: str | os.PathLike[str]) -> list[Path]:
    """The files that a path, a folder or a pattern stands for."""
    found = Path(path)
    try:
        if found.is_dir():
            files = sorted(
                file
                for file in found.iterdir()
                if file.suffix.lower() in ENDINGS and not file.name.startswith(".") and file.is_file()
            )
            if not files:
                raise FileNotFoundError(f"no article in the folder {str(path)!r}: expected files {', '.join(ENDINGS)}")
            return files
        if found.exists():
            return [found]
    except ValueError as error:  # a NUL in the path
        raise FileNotFoundError(f"no article at {str(path)!r}: {error}") from error
    files = sorted(file for match in glob.iglob(str(path), recursive=True) if (file := Path(match)).is_file())
    if not files:
        raise FileNotFoundError(
            f"no article at {str(path)!r}: expected a file, a folder or a pattern that matches some"
        )
    return files


def _ids(files: list[Path]) -> list[str]:
    """File names without endings; with the ending, then with folders, where two files would share one."""
    siblings = Counter((file.parent, file.stem) for file in files)
    names = [file.stem if siblings[file.parent, file.stem] == 1 else file.name for file in files]
    parents = [file.absolute().parent.parts for file in files]
    ids = names
    depth = 0
    while depth < max(map(len, parents), default=0):
        shared = {id for id, n in Counter(ids).items() if n > 1}
        if not shared:
            break
        depth += 1
        ids = [
            "/".join((*parent[-depth:], name)) if id in shared else id
            for id, name, parent in zip(ids, names, parents, strict=True)
        ]
    return ids


class _Reading(NamedTuple):
    """How to read a file."""

    encoding: str | None
    replace: bool
    columns: Columns


def _read(file: Path, id: str, how: _Reading) -> Iterator[Article | ReadError]:
    """The articles of a file; an error for each item, or for the whole file, that cannot be read."""
    try:
        rows = _rows(file, how)
    except (OSError, ValueError, TypeError) as error:
        yield _error(file, error)
        return
    numbered = len(rows) > 1
    ids: set[str] = set()
    for number, row in enumerate(rows, 1):
        try:
            article = row_article(row, f"{id}-{number}" if numbered else id, how.columns)
        except ValueError as error:
            yield _error(file, error)
            continue
        if article.id in ids:
            yield ReadError(file, f"{row.where}: the id {article.id!r} stands in an earlier item too")
            continue
        ids.add(article.id)
        yield replace(article, text=unescape(article.text))


def _error(file: Path, cause: Exception) -> ReadError:
    error = ReadError(file, cause.strerror if isinstance(cause, OSError) and cause.strerror else str(cause))
    error.__cause__ = cause
    return error


def _rows(file: Path, how: _Reading) -> list[Row]:
    data = file.read_bytes()
    ending = file.suffix.lower()
    if ending == ".parquet":
        return read_parquet(data, str(file), how.columns)
    if ending in (".html", ".htm"):  # a page may name its own encoding
        page = data if how.encoding is None else decode(data, how.encoding, replace=how.replace)
        return read_html(page, str(file))
    text = decode(data, how.encoding, replace=how.replace)
    match ending:
        case ".json":
            return read_json(text, how.columns)
        case ".jsonl" | ".ndjson":
            return read_jsonl(text)
        case ".csv" | ".tsv":
            return read_csv(text, how.columns)
        case ".md" | ".markdown":
            return read_markdown(text)
        case _:
            return [Row("", {"text": text})]


def unescape(text: str) -> str:
    """The text with each complete HTML entity replaced by what it stands for."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text
