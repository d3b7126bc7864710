"""The error of files that cannot be read."""

from __future__ import annotations

from pathlib import Path

from storydiff._storydiff import StorydiffError


class ReadError(StorydiffError, ValueError):
    """A file, or an item of one, that holds no article we can read, or text that holds no comparison.

    Attributes
    ----------
    path : Path or None
        The file; None where a text was read.
    reason : str
        Why it could not be read; for an item it begins with its line or number.
    """

    def __init__(self, path: Path | None, reason: str, hint: str = "") -> None:
        what = "the text" if path is None else repr(str(path))
        super().__init__(f"cannot read {what}: {reason}" + (f"; {hint}" if hint else ""))
        self.path = path
        self.reason = reason
