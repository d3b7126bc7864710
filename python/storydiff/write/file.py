"""Comparisons in files: versioned, checked, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import re
import uuid
import zlib
from dataclasses import astuple
from pathlib import Path

from storydiff import _storydiff
from storydiff.article import Article
from storydiff.comparison import Comparison, as_tuple
from storydiff.read import ReadError
from storydiff.write.json_core import JsonCore

_FORMAT = 2
# What begins a comparison that was itself read from JSON, and so has no core.
_FROM_JSON = b"recorded\n"
# The name and number of the format, the SHA-256 of what follows the line, and its length when unpacked.
_HEADER = re.compile(rb"storydiff comparison (\d{1,9}) ([0-9a-f]{64}) (\d{1,15})\n")


def save(comparison: Comparison, path: str | os.PathLike[str]) -> None:
    """Write a comparison to a file, in place of what is there."""
    target = Path(path)
    temporary = target.with_name(f".{target.name}.{uuid.uuid4().hex}")
    try:
        with temporary.open("xb") as file:
            file.write(dumps(comparison))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def load(path: str | os.PathLike[str]) -> Comparison:
    """Read a comparison that `Comparison.save` wrote.

    Parameters
    ----------
    path : str or PathLike

    Raises
    ------
    FileNotFoundError
        When there is no such file.
    ReadError
        When the file is no saved comparison, was damaged, or needs a newer storydiff.

    Examples
    --------
    >>> import storydiff, tempfile
    >>> cmp = storydiff.compare(["The bridge closed.", "The bridge was closed."])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     cmp.save(folder + "/bridge.storydiff")
    ...     again = storydiff.load(folder + "/bridge.storydiff")
    >>> again.to_dict() == cmp.to_dict()
    True
    """
    try:
        return loads(Path(path).read_bytes())
    except ValueError as error:
        raise ReadError(Path(path), str(error)) from error


def dumps(comparison: Comparison) -> bytes:
    """A comparison as bytes."""
    core: object = comparison._core
    if isinstance(core, JsonCore):
        return _packed(_FROM_JSON + json.dumps(core.data()).encode())
    # Rust's strings cannot hold unpaired surrogates, so articles that do stand in full beside them.
    beside: dict[str, object] = {
        str(position): astuple(article)
        for position, article in enumerate(comparison.articles)
        if not _encodable("".join(value or "" for value in astuple(article)))
    }
    # The core knows its articles in order of id; so they are given more often than not.
    if (order := comparison._core.order()) != sorted(order):
        beside["order"] = order
    return _packed(json.dumps(beside).encode() + b"\n" + comparison._core.to_json())


def _packed(content: bytes) -> bytes:
    packed = zlib.compress(content)
    return b"storydiff comparison %d %s %d\n" % (_FORMAT, _digest(packed), len(content)) + packed


def loads(data: bytes) -> Comparison:
    """The comparison that `dumps` wrote; a changed byte is an error."""
    header = _HEADER.match(data)
    if header is None:
        raise ValueError("it is no saved comparison")
    if int(header[1]) != _FORMAT:
        raise ValueError(f"it is in format {int(header[1])}, and this version of storydiff reads {_FORMAT}")
    packed = data[header.end() :]
    if _digest(packed) != header[2]:
        raise ValueError("it was damaged: its checksum does not match")
    length = int(header[3])
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(packed, length + 1)
    except zlib.error as error:
        raise ValueError(f"it was damaged: {error}") from error
    if len(content) != length or not unpacking.eof or unpacking.unused_data:
        raise ValueError("it was damaged: its length does not match")
    if content.startswith(_FROM_JSON):
        return Comparison.from_json(content.removeprefix(_FROM_JSON))
    line, _, core_json = content.partition(b"\n")
    try:
        beside = json.loads(line)
        core = _storydiff.Comparison.from_json(core_json, beside.pop("order", None))
        values = core.articles()
        for position, given in beside.items():
            values[int(position)] = given
        articles = [
            Article(id, text, title=title, source=source, url=url, published=published)
            for id, text, title, source, url, published in values
        ]
    except (AttributeError, LookupError, OverflowError, TypeError) as error:
        raise ValueError("its articles cannot be read") from error
    if [as_tuple(article) for article in articles] != core.articles():
        raise ValueError("its articles do not fit each other")
    return Comparison(core, articles)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
