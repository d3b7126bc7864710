"""Sentence embeddings that are there right after install."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from storydiff import _storydiff
from storydiff.text import well_formed


class Encoder:
    """Turns texts into rows of length 1.

    Examples
    --------
    >>> Encoder().encode(["The bridge closed."]).shape[0]
    1
    """

    def __init__(self) -> None:
        self._core = _storydiff.Encoder.embedded()

    @property
    def name(self) -> str:
        """Name of the model."""
        return self._core.name

    @property
    def dimension(self) -> int:
        """Length of a row."""
        return self._core.dimension

    def encode(self, texts: Iterable[str]) -> npt.NDArray[np.float32]:
        """Encode texts as float32 rows of shape ``(n, dimension)``, each of length 1."""
        return self._core.encode([well_formed(text) for text in texts])
