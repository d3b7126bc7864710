"""Where a model of the caller's lies: in a folder here, or on the Hugging Face hub."""

from __future__ import annotations

import os
import re
from pathlib import Path

from storydiff._storydiff import ModelError


def local_folder(folder: str | os.PathLike[str], revision: str | None) -> Path:
    """The folder, from the hub if it is not here and reads ``owner/name``."""
    path = Path(folder)
    if path.exists():
        return path
    if not (isinstance(folder, str) and re.fullmatch(r"[\w.-]+/[\w.-]+", folder, re.ASCII)) or folder.startswith("."):
        raise FileNotFoundError(f"no folder {os.fspath(folder)!r}")
    try:
        from huggingface_hub import snapshot_download
    except ImportError:
        message = (
            f"{folder!r} is not a folder; to take it for a model of the Hugging Face hub: pip install 'storydiff[hub]'"
        )
        raise ModelError(message) from None
    try:
        return Path(snapshot_download(folder, revision=revision, allow_patterns=["*.json", "*.safetensors"]))
    except Exception as error:  # the hub's own classes, those of its network library, and more
        raise ModelError(f"cannot get {folder!r} from the Hugging Face hub: {error}") from error
