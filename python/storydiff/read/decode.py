"""From bytes to text, whatever the encoding."""

from __future__ import annotations

import codecs
import re

from storydiff.read.codepages import by_language

# UTF-32's mark begins with UTF-16's, so it is looked for first.
_MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
_FORMATS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive, as .docx, .xlsx, .odt and .epub are",
    b"\xd0\xcf\x11\xe0": "an old Office document, as .doc and .xls are",
    b"{\\rtf": "rich text (RTF)",
    b"\x1f\x8b": "gzip data",
    b"PAR1": "a Parquet file under another ending",
}
_ADVICE = "extract its text first, or save a table as CSV"
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# A character of two bytes or more, as UTF-8 writes it. In an old code page a run of letters beyond ASCII seldom has
# this form, and a text in one has many bytes that have not.
_WIDE = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|\xc2[\xa0-\xbf]")


def decode(data: bytes, encoding: str | None = None, *, replace: bool = False) -> str:
    """The text behind `data`, its line ends as they are and without a byte order mark.

    Without an `encoding`, a byte order mark decides; else UTF-8 if the bytes are valid; else the Latin code page in
    which the text reads like a language of Europe; else what charset-normalizer finds. With `replace`, a byte that the
    encoding does not know becomes U+FFFD.

    Raises
    ------
    ValueError
        When the bytes are no text; says what they look like, or which byte is wrong.
    """
    for magic, name in _FORMATS.items():
        if data.startswith(magic):
            raise ValueError(f"it is {name}, not text; {_ADVICE}")
    if encoding is None:
        text = _decode(data, replace)
    else:
        text = data.decode(encoding, "replace" if replace else "strict").removeprefix("\ufeff")
    if text is None or len(_CONTROL.findall(text)) > len(text) // 10 + 1:
        raise ValueError("it looks like binary data, not text")
    return text


def _decode(data: bytes, replace: bool) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding, "replace" if replace else "strict")
            except UnicodeDecodeError:
                return None
    # Every second byte of Western UTF-16 is zero, which is valid UTF-8 too.
    if data.count(0) <= len(data) // 4:
        try:
            return data.decode()
        except UnicodeDecodeError as error:
            if _nearly_utf8(data):
                if replace:
                    return data.decode(errors="replace")
                raise ValueError(
                    f"it is UTF-8 but for byte {error.start} (0x{data[error.start]:02x}); "
                    "invalid_bytes='replace' reads it with U+FFFD in that place"
                ) from error
        if (text := by_language(data)) is not None:
            return text
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return None if best is None else str(best)


def _nearly_utf8(data: bytes) -> bool:
    """Whether UTF-8 explains nine of ten characters beyond ASCII, which chance does not."""
    wide = _WIDE.findall(data)
    beyond = sum(byte > 0x7F for byte in data)
    explained = sum(map(len, wide))
    return explained > 0 and (beyond - explained) * 9 <= len(wide)
