"""From files, folders and patterns to articles."""

from __future__ import annotations

import codecs
import html
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, NamedTuple, NoReturn

from storydiff.arguments import only_one
from storydiff.article import Article
from storydiff.read.decode import decode
from storydiff.read.errors import ReadError
from storydiff.read.formats import read_csv, read_json, read_jsonl
from storydiff.read.frames import is_frame, read_parquet
from storydiff.read.html import read_html
from storydiff.read.markdown import read_markdown
from storydiff.read.paths import PARQUET, TABLES, found_files, ids_of
from storydiff.read.reports import own_output
from storydiff.read.rows import Columns, Row, row_article, string
from storydiff.shown import Records
from storydiff.warning import warn

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
_NO_ITEM = "it holds no item"
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


class Articles(Records[Article]):
    """The articles read, and in `skipped` one `ReadError` for each file or item that was left out."""

    def __init__(self, articles: Iterable[Article] = (), skipped: Iterable[ReadError] = ()) -> None:
        super().__init__(articles)
        self.of(Article)
        self.skipped = list(skipped)


def read_articles(
    paths: Paths,
    *others: NoReturn,
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
    metadata and without images, comments and the addresses of links. ``.html`` pages give their main text, title, site,
    address and, if they state it, when they were published (needs ``storydiff[html]``). ``.json``, ``.jsonl``,
    ``.csv``, ``.tsv`` and ``.parquet`` (needs ``storydiff[arrow]``) hold items with a field ``text`` and perhaps
    ``id``, ``title``, ``source``, ``url`` and ``published``; letter case and blanks around a field's name do not count,
    and an empty cell is no value: a row without a text holds no article. In JSON, the list of items may stand below a
    key, and a field within an object has a name with dots: ``text="fields.body"``.

    Line ends stay as they are; a byte order mark goes; HTML entities such as ``&amp;`` become
    what they stand for.

    Parameters
    ----------
    paths : str, path or iterable of them
        Each a file, a folder (searched for files of the endings above, not in the folders below it), or a pattern such
        as ``"stories/**/*.txt"``. A file named twice is read once; what storydiff wrote, a report or a list, is
        no article.
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

    Warns
    -----
    UserWarning
        When a folder holds files of other endings, such as ``.pdf``, a folder or a pattern has reports or lists of
        storydiff, or a data file has no items: they are left out, and listed in ``skipped`` too with ``errors="skip"``.

    Examples
    --------
    >>> from pathlib import Path
    >>> import storydiff
    >>> sample = Path(storydiff.__file__).parent / "sample"
    >>> [article.id for article in read_articles(sample)]
    ['beacon', 'chronicle', 'gazette', 'meridian', 'tidewatch']
    """
    only_one("read_articles", "paths", '["one.txt", "two.txt"]', others)
    if errors not in ("raise", "skip"):
        raise ValueError(f"errors must be 'raise' or 'skip', got {errors!r}")
    if invalid_bytes not in ("raise", "replace"):
        raise ValueError(f"invalid_bytes must be 'raise' or 'replace', got {invalid_bytes!r}")
    if encoding is not None:
        codecs.lookup(encoding)
    if isinstance(paths, bytes | Mapping) or is_frame(paths) or not isinstance(paths, str | os.PathLike | Iterable):
        texts = "; texts need no reading, compare takes them" if isinstance(paths, Mapping) or is_frame(paths) else ""
        raise TypeError(f"paths must be a path, a pattern or a list of them, got {type(paths).__name__}{texts}")
    listed = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    for index, path in enumerate(listed):
        if not isinstance(path, str | os.PathLike):
            raise TypeError(f"paths[{index}] must be a str or a path, got {type(path).__name__}")
    columns = Columns({"text": text, "id": id, "title": title, "source": source, "url": url, "published": published})
    files, skipped = found_files(listed)
    found, unread = read_files(files, Reading(columns, encoding, invalid_bytes == "replace"), errors)
    return Articles((article for _, article in found), skipped + unread if errors == "skip" else ())


class Reading(NamedTuple):
    """How to read a file."""

    columns: Columns
    encoding: str | None = None
    replace: bool = False
    skip: str = 'errors="skip"'
    """What the caller says to leave out what cannot be read; of that an error tells, where there is more to read."""


def read_paths(
    paths: Iterable[str | os.PathLike[str]], how: Reading, errors: Literal["raise", "skip"]
) -> tuple[list[Article], list[ReadError]]:
    """The articles of what paths lead to, and what could not be read, where it is skipped."""
    files, _ = found_files(list(paths))
    found, unread = read_files(files, how, errors)
    return [article for _, article in found], unread


def read_files(
    files: list[Path], how: Reading, errors: Literal["raise", "skip"]
) -> tuple[list[tuple[Path, Article]], list[ReadError]]:
    """The articles of files, each with its file and an id of its own; and what could not be read, where it is skipped.

    Of a file without items it warns.
    """
    found: list[tuple[Path, str, Article]] = []
    unread: list[ReadError] = []
    for file, name in zip(files, ids_of(files), strict=True):
        items = [*_read(file, name, how)]
        if not items:
            warn(f"articles: left out {file}: {_NO_ITEM}")
            unread.append(ReadError(file, _NO_ITEM))
        for read in items:
            if isinstance(read, Article):
                found.append((file, name, read))
            elif errors == "raise":
                hint = f"{how.skip} leaves it out" if how.skip and (len(files) > 1 or len(items) > 1) else ""
                raise ReadError(file, read.reason, hint) from read.__cause__
            else:
                unread.append(read)
    uses = Counter(article.id for *_, article in found)
    return [
        (file, article if uses[article.id] == 1 else replace(article, id=f"{name}/{article.id}"))
        for file, name, article in found
    ], unread


def _read(file: Path, id: str, how: Reading) -> Iterator[Article | ReadError]:
    """The articles of a file; an error for each item, or for the whole file, that cannot be read."""
    ids: set[str] = set()
    for row in _named_rows(file, id, how):
        if isinstance(row, ReadError):
            yield row
            continue
        try:
            article = row_article(row, id)
        except ValueError as error:
            yield _error(file, error)
            continue
        if article.id in ids:
            yield ReadError(file, f"{row.where}: the id {article.id!r} stands in an earlier item too")
            continue
        ids.add(article.id)
        yield article


def read_rows(
    files: Sequence[Path], columns: Columns, beside: Sequence[str] = ()
) -> Iterator[tuple[str, dict[str, Any] | ReadError]]:
    """The items of files under our names for their fields, sound or not, and what stands beside them under its own.

    Each comes with what stands for its file in ids.
    """
    for file, name in zip(files, ids_of(list(files)), strict=True):
        rows = list(_named_rows(file, name, Reading(columns), beside))
        for row in rows or [ReadError(file, _NO_ITEM)]:
            yield name, row if isinstance(row, ReadError) else dict(row.values)  # type: ignore[arg-type]


def _named_rows(file: Path, id: str, how: Reading, beside: Sequence[str] = ()) -> Iterator[Row | ReadError]:
    """The items of a file under our names, each with an id; an error for each that has no fields, or for the file."""
    try:
        rows, columns = _rows(file, how, beside)
        columns.check(row.values for row in rows if not isinstance(row.values, ValueError))
    except (OSError, ValueError, TypeError) as error:
        yield _error(file, error)
        return
    numbered = len(rows) > 1
    for number, row in enumerate(rows, 1):
        try:
            if isinstance(row.values, ValueError):
                raise row.values
            values = columns.fields(row.values, beside)
        except ValueError as error:
            yield ReadError(file, f"{row.where}: {error}" if row.where else str(error))
            continue
        if string(values.get("id")) is None:
            values["id"] = f"{id}-{number}" if numbered else id
        if isinstance(text := values["text"], str):
            values["text"] = unescape(text)
        yield Row(row.where, values)


def _error(file: Path, cause: Exception) -> ReadError:
    error = ReadError(file, cause.strerror if isinstance(cause, OSError) and cause.strerror else str(cause))
    error.__cause__ = cause
    return error


def _rows(file: Path, how: Reading, beside: Sequence[str]) -> tuple[list[Row], Columns]:
    """The items of a file, and what their fields are called in them."""
    if (reason := own_output(file)) is not None:
        raise ValueError(reason)
    data = file.read_bytes()
    ending = file.suffix.lower()
    if ending in TABLES and not data.strip():  # a shell makes the file before it starts the command that fills it
        return [], Columns()
    if ending in PARQUET:
        return read_parquet(data, str(file), how.columns, beside), Columns()
    if ending in (".html", ".htm"):  # a page may name its own encoding
        page = data if how.encoding is None else decode(data, how.encoding, replace=how.replace)
        return read_html(page, str(file)), Columns()
    by_line = ending in (".jsonl", ".ndjson", ".csv", ".tsv")
    text = decode(data, how.encoding, replace=how.replace, by_line=by_line)
    match ending:
        case ".json":
            return read_json(text, how.columns), how.columns
        case ".jsonl" | ".ndjson":
            return read_jsonl(text), how.columns
        case ".csv" | ".tsv":
            return read_csv(text, how.columns), how.columns
        case ".md" | ".markdown":
            return read_markdown(text), Columns()
        case _:
            return [Row("", {"text": text})], Columns()


def unescape(text: str) -> str:
    """The text with each complete HTML entity replaced by what it stands for."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text
