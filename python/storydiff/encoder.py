"""Sentence embeddings, with no network and no torch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from storydiff import _storydiff
from storydiff.text import well_formed


class TokenVectors(NamedTuple):
    """The vectors of a text's word pieces."""

    spans: list[tuple[int, int]]
    """Start and end of each piece in the text, in code points; a piece that the model does not know has none."""
    vectors: npt.NDArray[np.float32]
    """Shape ``(n_pieces, dimension)``, rows of length 1."""


class Encoder:
    """Turns texts into rows of length 1, so that a dot product is a cosine.

    Parameters
    ----------
    name : {"minilm", "static"}
        ``"minilm"``, the default, is all-MiniLM-L6-v2, a transformer that reads a word in its sentence.
        ``"static"`` looks up one vector per word piece: several hundred times faster, for a whole corpus.
        Both come with the package and load at their first use.

    Examples
    --------
    >>> encoder = Encoder("static")
    >>> rows = encoder.encode(["The bridge was closed.", "They shut the bridge.", "Rates rose."])
    >>> rows.shape, rows.dtype.name
    ((3, 128), 'float32')
    >>> bool(rows[0] @ rows[1] > rows[0] @ rows[2])
    True
    """

    def __init__(self, name: Literal["minilm", "static"] = "minilm") -> None:
        self._core = _storydiff.Encoder.embedded(name)

    @property
    def name(self) -> str:
        """Name of the model."""
        return self._core.name

    @property
    def dimension(self) -> int:
        """Length of a row."""
        return self._core.dimension

    def encode(self, texts: Iterable[str], *, n_threads: int | None = None) -> npt.NDArray[np.float32]:
        """Encode texts as rows of length 1.

        Parameters
        ----------
        texts : iterable of str
        n_threads : int, optional
            Default: the environment variable ``STORYDIFF_NUM_THREADS``, else one per core.

        Returns
        -------
        numpy.ndarray, float32, shape (n_texts, dimension)
            A text without a known word gives a row of zeros. A row depends on its text alone.
        """
        return self._core.encode(_list_of_texts(texts), n_threads=n_threads)

    def token_vectors(self, texts: Iterable[str], *, n_threads: int | None = None) -> list[TokenVectors]:
        """Encode the word pieces of texts.

        Examples
        --------
        >>> text = "Zoë sailed."
        >>> found = Encoder("static").token_vectors([text])[0]
        >>> [text[start:end] for start, end in found.spans]
        ['Zoë', 'sailed', '.']
        >>> found.vectors.shape
        (3, 128)
        """
        return [TokenVectors(*found) for found in self._core.token_vectors(_list_of_texts(texts), n_threads=n_threads)]

    def __repr__(self) -> str:
        return f"<Encoder {self.name}, {self.dimension} dimensions>"


def _list_of_texts(texts: Iterable[str]) -> list[str]:
    if isinstance(texts, str):
        raise TypeError(f"texts must be a list of texts, got one str: [{texts[:20]!r}]?")
    return [well_formed(text) for text in texts]
