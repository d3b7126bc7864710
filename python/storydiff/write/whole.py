"""Files that are written whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import uuid
from pathlib import Path

# Where nothing can be put in the place of a file, yet the file itself may take something else: a folder that takes no
# new files, or a file that a container mounts by itself.
_NO_PLACE = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY})


def write(data: bytes, path: str | os.PathLike[str]) -> None:
    """Write a file in place of what is there; what interrupts it, a full disk say, leaves what was there.

    A link goes on leading where it led, and a file keeps who may read it. What is no plain file, such as a pipe or
    ``/dev/stdout``, is written to as it is.
    """
    target = Path(path)
    if not target.name or target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)
        else:
            _replace(Path(os.path.realpath(target)), data)
    except OSError as error:
        if error.errno is None:
            raise
        # Of the file that the caller knows of.
        raise type(error)(error.errno, error.strerror, str(path)) from None


def _replace(target: Path, data: bytes) -> None:
    temporary = target.with_name(f".{target.name}.{uuid.uuid4().hex}")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
    except OSError as error:
        if error.errno not in _NO_PLACE or not target.is_file():
            raise
        target.write_bytes(data)
    finally:
        temporary.unlink(missing_ok=True)
