"""Scores of sentence pairs by a cross-encoder, or by any callable of the caller's."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from storydiff import _storydiff
from storydiff.arguments import threads
from storydiff.models.folder import local_folder
from storydiff.text import texts_of

PairScorer: TypeAlias = Callable[[list[str], list[str]], Sequence[float] | npt.NDArray[Any]]
"""Takes the left and the right texts of some pairs, and returns a number in [0, 1] for each pair."""


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
        reranker._folder = local_folder(folder, revision).absolute()
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
        given = [(left, right) for left, right in pairs]
        lefts = texts_of("left", [left for left, _ in given])
        rights = texts_of("right", [right for _, right in given])
        return self._core.score(lefts, rights, n_threads=threads(n_threads))

    def __repr__(self) -> str:
        return f"<Reranker {self.name}>"


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
