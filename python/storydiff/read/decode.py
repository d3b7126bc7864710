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
# Of UTF-16 without a mark: the fewest bytes to judge by, how many characters are enough, the first bytes of alphabets.
_LEAST_UTF16 = 16
_ENOUGH = 10_000
_BLOCKS = bytes(range(0x20))
# A character of two bytes or more, as UTF-8 writes it. In an old code page a run of letters beyond ASCII seldom has
# this form, and a text in one has many bytes that have not.
_WIDE = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|\xc2[\xa0-\xbf]")


# What a byte becomes that the encoding of its file does not know, where the file is read item by item.
STRAY = re.compile("[\udc80-\udcff]")


def decode(data: bytes, encoding: str | None = None, *, replace: bool = False, by_line: bool = False) -> str:
    """The text behind `data`, its line ends as they are and without a byte order mark.

    Without an `encoding`, a byte order mark decides; else UTF-8 if the bytes are valid; else the Latin code page in
    which the text reads like a language of Europe; else what charset-normalizer finds. With `replace`, a byte that the
    encoding does not know becomes U+FFFD. With `by_line` it becomes a lone surrogate (`STRAY`), for what reads a file
    line by line to leave out that line alone.

    Raises
    ------
    ValueError
        When the bytes are no text; says what they look like, or which byte is wrong.
    """
    for magic, name in _FORMATS.items():
        if data.startswith(magic):
            raise ValueError(f"it is {name}, not text; {_ADVICE}")
    errors = "replace" if replace else "surrogateescape" if by_line else "strict"
    text = _decode(data, errors) if encoding is None else data.decode(encoding, errors).removeprefix("\ufeff")
    if text is None or len(_CONTROL.findall(text)) > len(text) // 10 + 1:
        raise ValueError("it looks like binary data, not text")
    return text


def stray(text: str) -> ValueError | None:
    """The error of a line that holds a byte which the encoding of its file does not know."""
    if (found := STRAY.search(text)) is None:
        return None
    byte = ord(found[0]) - 0xDC00
    return ValueError(
        f"byte 0x{byte:02x} is none of the encoding of the file; "
        "invalid_bytes='replace' reads it with U+FFFD in that place"
    )


def _decode(data: bytes, errors: str) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding, errors)
            except UnicodeDecodeError:
                return None
    if (text := _unmarked_utf16(data)) is not None:
        return text
    # Every second byte of Western UTF-16 is zero, which is valid UTF-8 too.
    if data.count(0) <= len(data) // 4:
        try:
            return data.decode()
        except UnicodeDecodeError as error:
            if _nearly_utf8(data) or (errors == "surrogateescape" and _mostly_utf8(data)):
                if errors != "strict":
                    return data.decode(errors=errors)
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


def _mostly_utf8(data: bytes) -> bool:
    """Whether more lines are UTF-8 with characters beyond ASCII than are none."""
    beyond = [line for line in data.split(b"\n") if not line.isascii()]
    return sum(map(_is_utf8, beyond)) * 2 > len(beyond)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _unmarked_utf16(data: bytes) -> str | None:
    """The text, if it is UTF-16 in an alphabet: every second byte then names a block of Unicode below U+2000.

    Cyrillic in it is valid UTF-8 too: U+0436 is the bytes of "6" and of a control character.
    """
    if len(data) % 2 or len(data) < _LEAST_UTF16:
        return None
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        blocks = data[first : 2 * _ENOUGH : 2]
        if len(blocks.translate(None, _BLOCKS)) * 10 > len(blocks):
            continue
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        sample = text[:_ENOUGH]
        if _CONTROL.search(text) is None and sum(map(str.isalpha, sample)) * 2 > len(sample):
            return text
    return None
