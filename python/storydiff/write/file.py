"""Comparisons as bytes for files, their cores and articles: versioned and checked."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Sequence
from dataclasses import astuple
from typing import TypeAlias

from storydiff import _storydiff
from storydiff.article import Article, as_tuple
from storydiff.write.json_core import JsonCore, from_json

Core: TypeAlias = _storydiff.Comparison | JsonCore

_FORMAT = 2
# What begins a comparison that was itself read from JSON, and so has no core.
_FROM_JSON = b"recorded\n"
# The name and number of the format, the SHA-256 of what follows the line, and its length when unpacked.
_HEADER = re.compile(rb"storydiff comparison (\d{1,9}) ([0-9a-f]{64}) (\d{1,15})\n")


def dumps(core: Core, articles: Sequence[Article]) -> bytes:
    """A comparison's core and its articles as bytes."""
    if isinstance(core, JsonCore):
        return _packed(_FROM_JSON + json.dumps(core.data()).encode())
    # Rust's strings cannot hold unpaired surrogates, so articles that do stand in full beside them.
    beside: dict[str, object] = {
        str(position): astuple(article)
        for position, article in enumerate(articles)
        if not _encodable("".join(value or "" for value in astuple(article)))
    }
    # The core knows its articles in order of id; so they are given more often than not.
    if (order := core.order()) != sorted(order):
        beside["order"] = order
    return _packed(json.dumps(beside).encode() + b"\n" + core.to_json())


def _packed(content: bytes) -> bytes:
    packed = zlib.compress(content)
    return b"storydiff comparison %d %s %d\n" % (_FORMAT, _digest(packed), len(content)) + packed


def loads(data: bytes) -> tuple[Core, list[Article]]:
    """What `dumps` was given; a changed byte is an error."""
    header = _HEADER.match(data)
    if header is None:
        hint = "; what to_json wrote is read by Comparison.from_json" if data.lstrip()[:1] == b"{" else ""
        raise ValueError(f"it is no saved comparison{hint}")
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
        written = from_json(content.removeprefix(_FROM_JSON))
        return written, written.articles()
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
    return core, articles


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
