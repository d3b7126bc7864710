"""From files, folders and patterns to articles."""

from __future__ import annotations

import codecs
import glob
import html
import os
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Literal

from storydiff._storydiff import StorydiffError
from storydiff.article import Article
from storydiff.ingest.decode import decode
from storydiff.ingest.html import read_html
from storydiff.ingest.records import Record, read_csv, read_json, read_jsonl, read_parquet, to_article
from storydiff.shown import Records

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]

# What a folder is searched for. A file named by the caller that ends otherwise is read as plain text.
_ENDINGS = (".txt", ".md", ".html", ".htm", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


class ReadError(StorydiffError, ValueError):
    """A file that holds no article we can read.

    Attributes
    ----------
    path : Path
        The file.
    reason : str
        Why it could not be read.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"cannot read {str(path)!r}: {reason}")
        self.path = path
        self.reason = reason


class Articles(Records[Article]):
    """The articles read, and in `skipped` one `ReadError` for each file that was left out."""

    def __init__(self, articles: Iterable[Article] = (), skipped: Iterable[ReadError] = ()) -> None:
        super().__init__(articles)
        self.skipped = list(skipped)


def read_articles(paths: Paths, *, encoding: str | None = None, errors: Literal["raise", "skip"] = "raise") -> Articles:
    """Read articles from files, folders and patterns.

    ``.txt``, ``.md`` and files of any other ending hold one article as plain text. ``.html`` pages give their main
    text, title, site, address and date (needs ``storydiff[html]``). ``.json``, ``.jsonl``, ``.csv``, ``.tsv`` and
    ``.parquet`` (needs ``storydiff[arrow]``) hold records with a field ``text`` and perhaps ``id``, ``title``,
    ``source``, ``url`` and ``published``.

    Line ends stay as they are; a byte order mark goes; HTML entities such as ``&amp;`` become
    what they stand for.

    Parameters
    ----------
    paths : str, path or iterable of them
        Each a file, a folder (searched for files of the endings above, hidden ones left out), or a pattern such as
        ``"stories/**/*.txt"``. A file named twice is read once.
    encoding : str, optional
        Of all the files, such as ``"cp1250"``; by default detected for each. Detection is sure of Unicode and good at
        long texts; a short text in an old encoding may come out wrong.
    errors : {"raise", "skip"}
        What to do about a file that cannot be read: raise, or leave it out and list why in ``skipped``.

    Returns
    -------
    Articles
        A list of `Article`, in the order of `paths` and by name within a folder or pattern. An id is the record's, else
        the file's name without its ending, with folders before it where two files would share it; several records
        without ids in one file are numbered.

    Raises
    ------
    FileNotFoundError
        When a path leads to no file; the message names it.
    ReadError
        When a file cannot be read; the message names it and says why.
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
    if encoding is not None:
        codecs.lookup(encoding)
    if isinstance(paths, bytes) or not isinstance(paths, str | os.PathLike | Iterable):
        raise TypeError(f"paths must be a path, a pattern or a list of them, got {type(paths).__name__}")
    listed = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    for index, path in enumerate(listed):
        if not isinstance(path, str | os.PathLike):
            raise TypeError(f"paths[{index}] must be a str or a path, got {type(path).__name__}")
    # A dict keeps the order and drops what two patterns both found.
    files = list({file.absolute(): file for path in listed for file in _files(path)}.values())
    found: list[tuple[str, Article]] = []
    skipped = []
    for file, id in zip(files, _ids(files), strict=True):
        try:
            found += [(id, article) for article in _read(file, id, encoding)]
        except ReadError as error:
            if errors == "raise":
                raise
            skipped.append(error)
    uses = Counter(article.id for _, article in found)
    return Articles(
        (
            article if uses[article.id] == 1 else replace(article, id=f"{file_id}/{article.id}")
            for file_id, article in found
        ),
        skipped,
    )


def _files(path: str | os.PathLike[str]) -> list[Path]:
    found = Path(path)
    try:
        if found.is_dir():
            files = sorted(
                file
                for file in found.iterdir()
                if file.suffix.lower() in _ENDINGS and not file.name.startswith(".") and file.is_file()
            )
            if not files:
                raise FileNotFoundError(f"no article in the folder {str(path)!r}: expected files {', '.join(_ENDINGS)}")
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


def _read(file: Path, id: str, encoding: str | None) -> list[Article]:
    try:
        records = _records(file, encoding)
        numbered = len(records) > 1
        articles: dict[str, Article] = {}
        for number, record in enumerate(records, 1):
            where = f"record {number}: " if numbered else ""
            article = _article(record, f"{id}-{number}" if numbered else id, where)
            if articles.setdefault(article.id, article) is not article:
                raise ValueError(f"{where}the id {article.id!r} stands in an earlier record too")
        return list(articles.values())
    except (OSError, ValueError, TypeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ReadError(file, reason) from error


def _article(record: Record, id: str, where: str) -> Article:
    try:
        return to_article(record, id)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{where}{error}") from error


def _records(file: Path, encoding: str | None) -> list[Record]:
    data = file.read_bytes()
    ending = file.suffix.lower()
    if ending == ".parquet":
        return read_parquet(data, str(file))
    if ending in (".html", ".htm"):  # a page may name its own encoding
        return read_html(data if encoding is None else decode(data, encoding), str(file))
    text = decode(data, encoding)
    match ending:
        case ".json":
            records = read_json(text)
        case ".jsonl" | ".ndjson":
            records = read_jsonl(text)
        case ".csv" | ".tsv":
            records = read_csv(text)
        case _:
            records = [{"text": text}]
    return [_unescaped(record) for record in records]


def _unescaped(record: Record) -> Record:
    text = record.get("text")
    return {**record, "text": unescape(text)} if isinstance(text, str) else record


def unescape(text: str) -> str:
    """The text with each complete HTML entity replaced by what it stands for."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text
