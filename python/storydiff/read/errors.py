"""The error of files that cannot be read."""

from __future__ import annotations

from pathlib import Path

from storydiff._storydiff import StorydiffError


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
