"""From bytes to text, whatever the encoding."""

from __future__ import annotations

import codecs
import re

# UTF-32's mark begins with UTF-16's, so it is looked for first.
_MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
_FORMATS = {b"%PDF": "a PDF", b"PK\x03\x04": "a zip archive, as .docx, .odt and .epub are", b"\x1f\x8b": "gzip data"}

_WESTERN = re.compile(
    "[\x00-\x7f\xa0£§«°·»À-ÏÑ-ÖØ-ÜßàâáäãåæçèéêëìíîïñòóôöõøœŒùúûüÿ€…†‡‰‹›‘’“”•–—™©®]*(?:[¿¡](?=[^\\W\\d_])[^¿¡]*)*"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decode(data: bytes, encoding: str | None = None) -> str:
    """The text behind `data`, its line ends as they are and without a byte order mark.

    Without an `encoding`, a byte order mark decides; else UTF-8 if the bytes are valid; else Windows-1252 if that
    reads as a Western text, which detection by statistics gets wrong on short ones; else what charset-normalizer finds.

    Raises
    ------
    ValueError
        When the bytes are no text; says what they look like.
    """
    for magic, name in _FORMATS.items():
        if data.startswith(magic):
            raise ValueError(f"it is {name}, not text; extract its text first")
    text = _decode(data) if encoding is None else data.decode(encoding).removeprefix("\ufeff")
    if text is None or len(_CONTROL.findall(text)) > len(text) // 10 + 1:
        raise ValueError("it looks like binary data, not text")
    return text


def _decode(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                return None
    # Every second byte of Western UTF-16 is zero, which is valid UTF-8 too.
    if data.count(0) <= len(data) // 4:
        try:
            return data.decode()
        except UnicodeDecodeError:
            pass
        if (text := _western(data)) is not None:
            return text
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return None if best is None else str(best)


def _western(data: bytes) -> str | None:
    """The text in Windows-1252, if it holds only what Western languages write, mostly unaccented letters."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    letters = [c for c in text if c.isalpha()]
    accented = sum(not c.isascii() for c in letters)
    return text if accented * 3 <= len(letters) and _WESTERN.fullmatch(text) else None
