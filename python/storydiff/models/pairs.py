"""The probability that two sentences say the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import numpy as np
import numpy.typing as npt

from storydiff import _storydiff
from storydiff.arguments import threads
from storydiff.models.encoder import Encoder, embedded_name
from storydiff.text import texts_of


def score_pairs(
    left: Iterable[str],
    right: Iterable[str],
    *,
    context: Iterable[str] | None = None,
    encoder: Literal["minilm", "static"] | Encoder | None = None,
    n_threads: int | None = None,
) -> npt.NDArray[np.float32]:
    """Score sentence pairs: the probability that both assert at least one common statement.

    Parameters
    ----------
    left, right : iterable of str
        The sentences, pair by pair. Of one longer than 4,096 bytes of UTF-8 the beginning counts.
    context : iterable of str, optional
        The sentences of the story. With those of the pairs they say which words are rare in it and which other
        sentences come as near, so scores with a context are better, and lower: most pairs of a story say different
        things. Without it the pairs are taken to be picked out by hand, perhaps for being close, and are scored with
        caution.
    encoder : {"minilm", "static"} or Encoder, optional
        As for `compare`: by default, and with "minilm", the transformers with a context of up to 600 sentences and
        100,000 bytes, else the static model: of pairs picked out for being close it sees the differences better.
    n_threads : int, optional
        Threads to use; by default the environment variable ``STORYDIFF_NUM_THREADS``, else one per core.

    Returns
    -------
    ndarray of float32, shape (n_pairs,)
        Probabilities in [0, 1]; the same with `left` and `right` swapped.

    Raises
    ------
    ValueError
        If `left` and `right` differ in length.

    Examples
    --------
    >>> import storydiff
    >>> same, other = storydiff.score_pairs(
    ...     ["Fourteen people were injured in the crash."] * 2,
    ...     ["The crash left 14 people hurt.", "Seventeen people were injured in the crash."],
    ... )
    >>> bool(same > 0.5 > other)
    True
    """
    lefts, rights = texts_of("left", left), texts_of("right", right)
    others = [] if context is None else texts_of("context", context)
    return _storydiff.score_pairs(lefts, rights, others, encoder=embedded_name(encoder), n_threads=threads(n_threads))
