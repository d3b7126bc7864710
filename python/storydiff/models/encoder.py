"""Sentence embeddings, with no network and no torch."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from storydiff import _storydiff
from storydiff.arguments import threads
from storydiff.models.folder import local_folder
from storydiff.text import texts_of


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

    _core: _storydiff.Encoder
    _folder: Path | None

    def __init__(self, name: Literal["minilm", "static"] = "minilm") -> None:
        self._core = _storydiff.Encoder.embedded(name)
        self._folder = None

    @classmethod
    def load(cls, folder: str | os.PathLike[str], *, revision: str | None = None) -> Encoder:
        """Load a model of your own.

        Parameters
        ----------
        folder : path
            A Model2Vec folder, or a sentence-transformers or Hugging Face folder of a BERT-family model (MiniLM, bge,
            e5, multilingual MiniLM...) with ``config.json``, ``tokenizer.json`` and ``model.safetensors``. Pooling,
            scaling and maximum length are those that the folder states; prompts ("query: ") are yours to add.
            Without such a folder, ``owner/name`` is asked from the Hugging Face hub if ``storydiff[hub]`` is installed,
            with its cache and its offline switch.
        revision : str, optional
            Of a hub model: branch, tag or commit.

        Raises
        ------
        ModelError
            If a file is missing or broken, or the model is of a kind that would give other numbers here.
        """
        encoder = cls.__new__(cls)
        encoder._folder = local_folder(folder, revision).absolute()
        encoder._core = _storydiff.Encoder.load(encoder._folder)
        return encoder

    def __reduce__(self) -> tuple[Any, ...]:
        # The folder's path travels, not its weights: where it is read back, the folder must be there too.
        return (Encoder, (self._core.embedded_name,)) if self._folder is None else (Encoder.load, (self._folder,))

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
        return self._core.encode(texts_of("texts", texts), n_threads=threads(n_threads))

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
        return [
            TokenVectors(*found)
            for found in self._core.token_vectors(texts_of("texts", texts), n_threads=threads(n_threads))
        ]

    def __repr__(self) -> str:
        return f"<Encoder {self.name}, {self.dimension} dimensions>"


def embedded_name(encoder: str | Encoder | None) -> str | None:
    """The short name of an encoder that comes with the package; others have no link model."""
    if encoder is None or isinstance(encoder, str):
        return encoder
    if not isinstance(encoder, Encoder):
        raise TypeError(f'encoder must be "minilm", "static" or an Encoder, got {type(encoder).__name__}')
    if encoder._core.embedded_name is None:
        raise ValueError(
            f'encoder must be "minilm" or "static", got {encoder!r}: link probabilities are trained with the vectors '
            "of these two; a model of your own can look at links again as `reranker`"
        )
    return encoder._core.embedded_name
