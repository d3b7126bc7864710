"""Sentence embeddings, with no network and no torch."""

from __future__ import annotations

import os
import pickle
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from storydiff import _storydiff
from storydiff._storydiff import ModelError
from storydiff.arguments import threads
from storydiff.text import well_formed

PairScorer: TypeAlias = Callable[[list[str], list[str]], Sequence[float] | npt.NDArray[Any]]
"""Takes the left and the right texts of some pairs, and returns a number in [0, 1] for each pair."""


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
        encoder._folder = _local(folder, revision).absolute()
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
        return self._core.encode(_list_of_texts(texts), n_threads=threads(n_threads))

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
            for found in self._core.token_vectors(_list_of_texts(texts), n_threads=threads(n_threads))
        ]

    def __repr__(self) -> str:
        return f"<Encoder {self.name}, {self.dimension} dimensions>"


class Reranker:
    """Scores pairs of texts with a cross-encoder, a transformer that reads both at once.

    Slower than comparing rows of an `Encoder`, by a forward pass per pair, and often better.
    """

    _core: _storydiff.Reranker
    _folder: Path

    @classmethod
    def load(cls, folder: str | os.PathLike[str], *, revision: str | None = None) -> Reranker:
        """Load a BERT-family cross-encoder with one label or two; `folder` as for `Encoder.load`."""
        reranker = cls.__new__(cls)
        reranker._folder = _local(folder, revision).absolute()
        reranker._core = _storydiff.Reranker.load(reranker._folder)
        return reranker

    def __reduce__(self) -> tuple[Any, ...]:
        return Reranker.load, (self._folder,)

    @property
    def name(self) -> str:
        """Name of the model."""
        return self._core.name

    def score(self, pairs: Iterable[Sequence[str]], *, n_threads: int | None = None) -> npt.NDArray[np.float32]:
        """Score pairs of texts.

        Parameters
        ----------
        pairs : iterable of (str, str)
        n_threads : int, optional
            Default: the environment variable ``STORYDIFF_NUM_THREADS``, else one per core.

        Returns
        -------
        numpy.ndarray, float32, shape (n_pairs,)
            From 0 to 1: the logistic function of the one label, or the share of the second of two.
        """
        pairs = [(well_formed(left), well_formed(right)) for left, right in pairs]
        return self._core.score(
            [left for left, _ in pairs], [right for _, right in pairs], n_threads=threads(n_threads)
        )

    def __repr__(self) -> str:
        return f"<Reranker {self.name}>"


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


def core_of(reranker: Reranker | PairScorer | None) -> _storydiff.Reranker | _Arrays | None:
    """The reranker as Rust takes it."""
    if reranker is None or isinstance(reranker, Reranker):
        return None if reranker is None else reranker._core
    if not callable(reranker):
        raise TypeError(f"reranker must be a Reranker or a callable on two lists of str, got {type(reranker).__name__}")
    return _giving_arrays(reranker)


def check_pickles(reranker: Reranker | PairScorer | None) -> None:
    """Raise where a reranker cannot be sent to other processes."""
    try:
        pickle.dumps(reranker)
    except Exception as error:  # what objects raise that do not want to be pickled
        raise TypeError(
            f"reranker must be one that pickles where stories are compared in processes of their own, got {reranker!r} "
            f"({error}); define it at the top level of a module, or compare with n_jobs=1"
        ) from error


_Arrays: TypeAlias = Callable[[list[str], list[str]], npt.NDArray[np.float64]]


def _giving_arrays(scorer: PairScorer) -> _Arrays:
    """The callable with its answers as arrays; how many they are and whether from 0 to 1, Rust checks."""

    def scores(left: list[str], right: list[str]) -> npt.NDArray[np.float64]:
        answer = scorer(left, right)
        expected = f"reranker must be a scorer that returns {len(left)} numbers from 0 to 1, one for each pair, got "
        try:
            array = np.asarray(answer)
        except Exception as error:  # what arrays of other libraries raise
            raise TypeError(f"{expected}{_described(answer)} ({error})") from error
        if array.dtype.kind not in "biuf" or array.ndim == 0:
            raise TypeError(expected + _described(answer))
        if array.ndim > 1:
            raise ValueError(f"{expected}an array of shape {array.shape}")
        return array.astype(np.float64)

    return scores


def _described(answer: object) -> str:
    """What is no sequence of numbers."""
    items = answer if isinstance(answer, list | tuple) else ()
    others = [type(item).__name__ for item in items if not isinstance(item, int | float | np.number)]
    return f"{type(answer).__name__} with {others[0]}" if others else type(answer).__name__


def _local(folder: str | os.PathLike[str], revision: str | None) -> Path:
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


def _list_of_texts(texts: Iterable[str]) -> list[str]:
    if isinstance(texts, str):
        raise TypeError(f"texts must be a list of texts, got one str: [{texts[:20]!r}]?")
    return [well_formed(text) for text in texts]
