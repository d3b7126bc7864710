"""Markdown: its front matter as metadata, and its text without what is markup and nobody reads."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from storydiff.read.rows import FIELDS, Row, string

_KEY = re.compile(r"([A-Za-z_][\w-]*)\s*:(?:\s+(.*))?$")
# What generators of sites call our fields.
_FRONT_MATTER = {
    "title": "title",
    "source": "source",
    "publication": "source",
    "site": "source",
    "url": "url",
    "link": "url",
    "canonical": "url",
    "published": "published",
    "date": "published",
    "id": "id",
}

# As CommonMark has them, but for links over several lines and brackets within brackets.
_CODE = r"(?P<code>^ {0,3}(?P<fence>```+(?!`)|~~~+(?!~))[^`\n]*\n.*?(?:^ {0,3}(?P=fence)|\Z)|`[^`\n]+`)"
_TITLE = r"\"[^\"]*\"|'[^']*'|\([^()]*\)"
# White space is bounded, so that no text takes longer than its length.
_TARGET = rf"\(\s{{,9}}(?:<[^<>\n]*>|(?:[^\s()\\]|\\.|\([^\s()]*\))*)(?:\s{{1,9}}(?:{_TITLE}))?\s{{,9}}\)"
_UNREAD = re.compile(
    rf"{_CODE}|(?P<comment><!--)|(?<!\\)!\[[^\[\]\n]*\](?:{_TARGET}|\[[^\[\]\n]*\])", re.MULTILINE | re.DOTALL
)
_LINK = re.compile(
    rf"{_CODE}|(?<!\\)\[(?P<text>[^\[\]\n]*)\](?:{_TARGET}|\[(?P<label>[^\[\]\n]*)\])", re.MULTILINE | re.DOTALL
)
# A word alone behind the colon may be what an article says; an address has one of these signs.
_DEFINITION = re.compile(
    rf"{_CODE}|^ {{0,3}}\[(?P<label>[^\[\]\n^][^\[\]\n]*)\]:[ \t]*(?=\S*[/#@])\S+"
    rf"(?:[ \t]+(?:{_TITLE}))?[ \t]*(?:\r?\n|\Z)",
    re.MULTILINE | re.DOTALL,
)
_REST_OF_LINE = re.compile(r"[ \t]*(?:\r?\n|\Z)")


def read_markdown(text: str) -> list[Row]:
    """The text as it is read, and as its metadata what a block of front matter says.

    That stands between two lines of ``---``, or in TOML of ``+++``, which needs Python 3.11; without it, it is text.
    """
    values, body = _front_matter(text)
    return [Row("", {**values, "text": prose(body)})]


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    lines = text.split("\n")
    if lines[0].rstrip() == "+++":
        return _toml(text, lines)
    if lines[0].rstrip() != "---":
        return {}, text
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), 0)
    entries = [_KEY.match(line.rstrip()) for line in lines[1:end]]
    # Everything else in YAML is indented, a list, a comment or empty.
    if not any(entries) or any(
        entry is None and line.strip() and not line.startswith((" ", "\t", "-", "#"))
        for entry, line in zip(entries, lines[1:end], strict=True)
    ):
        return {}, text
    return _fields((entry[1], _scalar(entry[2] or "")) for entry in entries if entry), "\n".join(lines[end + 1 :])


def _toml(text: str, lines: list[str]) -> tuple[dict[str, Any], str]:
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == "+++"), 0)
    if not end or (entries := _read_toml("\n".join([*lines[1:end], ""]))) is None:
        return {}, text
    plain = ((key, value) for key, value in entries.items() if isinstance(value, str | int | date))
    return _fields((key, string(value)) for key, value in plain), "\n".join(lines[end + 1 :])


def _fields(entries: Iterable[tuple[str, str | None]]) -> dict[str, Any]:
    """What entries say of our fields; of several that say one, the first."""
    values: dict[str, Any] = {}
    for key, value in entries:
        field = _FRONT_MATTER.get(key.lower())
        if field and value:
            values.setdefault(field, value)
    assert values.keys() <= set(FIELDS)
    return values


def _read_toml(text: str) -> Mapping[str, Any] | None:
    """What a text in TOML says; None where it is none, or Python cannot read it."""
    if sys.version_info >= (3, 11):
        import tomllib

        try:
            return tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError):
            return None
    return None


def _scalar(value: str) -> str:
    """A plain or quoted scalar of YAML; a list or block gives nothing."""
    value = value.strip()
    for quote in "\"'":
        if len(value) >= 2 and value[0] == value[-1] == quote:
            return value[1:-1]
    value = re.sub(r"\s+#.*", "", value)
    return "" if value.startswith(("[", "{", "|", ">", "&", "*")) else value


def prose(text: str) -> str:
    """The text without images, comments and the addresses of links; everything else, code above all, as it is.

    >>> prose("The [harbour office](https://port.example/office) closed it. <!-- check -->![A crane](crane.jpg)")
    'The harbour office closed it. '
    """
    text = _without_unread(text)
    labels = {_plain(found["label"]) for found in _DEFINITION.finditer(text) if found["code"] is None}

    def read(found: re.Match[str]) -> str:
        if found["code"] is not None:
            return found[0]
        label = found["label"]
        return found["text"] if label is None or _plain(label or found["text"]) in labels else found[0]

    return _DEFINITION.sub(lambda found: found["code"] or "", _LINK.sub(read, text))


def _without_unread(text: str) -> str:
    """The text without images and comments, and without the lines on which nothing else stands."""
    closed = text.rfind("-->")
    kept: list[str] = []
    at = place = 0
    while found := _UNREAD.search(text, place):
        start, place = found.span()
        if found["comment"] is not None and start < closed:
            place = text.index("-->", place) + 3
        elif found["comment"] is not None or found["code"] is not None:
            continue
        before = start
        while before > at and text[before - 1] in " \t":
            before -= 1
        rest = _REST_OF_LINE.match(text, place)
        if rest and (before == 0 or text[before - 1] == "\n"):
            start, place = before, rest.end()
        kept.append(text[at:start])
        at = place
    return "".join([*kept, text[at:]])


def _plain(label: str) -> str:
    return " ".join(label.split()).casefold()
