"""The nearest rows by cosine, exactly and without a matrix of all pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from storydiff import _storydiff
from storydiff.arguments import threads, whole

if TYPE_CHECKING:
    import scipy.sparse as sp

CsrArrays = tuple[Any, Any, Any, int]
"""data, indices, indptr and the number of columns."""


def top_n_similar(
    a: Any,
    b: Any,
    n: int,
    min_similarity: float = 0.0,
    *,
    max_terms: int | None = None,
    times: tuple[npt.ArrayLike, npt.ArrayLike] | None = None,
    window: float | None = None,
    decay: float | None = None,
    n_threads: int | None = None,
) -> sp.csr_array[Any, Any]:
    """Find for each row of `a` the `n` rows of `b` with the highest cosine.

    Parameters
    ----------
    a, b : array-like or SciPy sparse array, shape (n_a, n_columns) and (n_b, n_columns)
        Taken as float32. Rows need not have length 1. If one of them is sparse, both are handled so.
    n : int
        Neighbours of a row, at most; more than `n_b` asks for all of them.
    min_similarity : float
        Least cosine of a neighbour.
    max_terms : int, optional
        Only the heaviest entries of each row count. Of TF-IDF rows the 24 heaviest find nearly the same neighbours as
        all, in a fraction of the time.
    times : pair of array-like, shape (n_a,) and (n_b,), optional
        The time of each row in days since any date; NaN where it is not known, which is near every time.
    window : float, optional
        With `times`: rows more days apart are no neighbours. The time that the search takes then grows with the rows,
        not with their square.
    decay : float, optional
        With `times`: the cosine is multiplied by ``exp(-days / decay)``.
    n_threads : int, optional
        Default: the environment variable ``STORYDIFF_NUM_THREADS``, else one per core.

    Returns
    -------
    scipy.sparse.csr_array, float32, shape (n_a, n_b)
        Within a row, the highest similarity first, ties by column: not in order of column. A similarity of 0 is not
        stored, so a row of zeros has no neighbours.

    Raises
    ------
    ValueError
        If the numbers of columns differ, a value is NaN or infinite, or `window` or `decay` come without `times`.

    Notes
    -----
    With `max_terms` or `times`, dense rows are handled as sparse ones.

    Examples
    --------
    >>> top = top_n_similar([[1, 0], [1, 1]], [[0, 2], [3, 0], [1, 2]], n=2)
    >>> top.indices[top.indptr[1]:top.indptr[2]], top.data[top.indptr[1]:top.indptr[2]].round(2)
    (array([2, 0], dtype=int32), array([0.95, 0.71], dtype=float32))
    """
    import scipy.sparse as sp  # takes longer to import than everything else together

    n, n_threads = whole("n", n, 0), threads(n_threads)
    if times is None and (window is not None or decay is not None):
        raise ValueError("window and decay need times")
    if sp.issparse(a) or sp.issparse(b) or max_terms is not None or times is not None:
        a, b = (_csr(x, sp) for x in (a, b))
        n = min(n, b.shape[0])
        given_a, given_b = (_heaviest(csr_arrays(x), max_terms) for x in (a, b))
        if times is None:
            arrays = _storydiff.top_n_similar_sparse(given_a, given_b, n, min_similarity, n_threads=n_threads)
        else:
            times_a, times_b = (np.ascontiguousarray(given, dtype=np.float64) for given in times)
            arrays = _storydiff.top_n_recent_sparse(
                given_a, given_b, n, min_similarity, times_a=times_a, times_b=times_b,
                window=np.inf if window is None else window, decay=np.inf if decay is None else decay,
                n_threads=n_threads,
            )  # fmt: skip
    else:
        a, b = _rows("a", a), _rows("b", b)
        n = min(n, b.shape[0])
        arrays = _storydiff.top_n_similar_dense(a, b, n, min_similarity, n_threads=n_threads)
    return sp.csr_array(arrays, shape=(a.shape[0], b.shape[0]), copy=False)


def pairwise_cosine(a: npt.ArrayLike, b: npt.ArrayLike | None = None) -> npt.NDArray[np.float32]:
    """The cosine of every pair of rows, for inputs whose product fits memory.

    Parameters
    ----------
    a, b : array-like, shape (n_a, n_columns) and (n_b, n_columns)
        Without `b`, the rows of `a` with each other.

    Returns
    -------
    numpy.ndarray, float32, shape (n_a, n_b)
        From -1 to 1; 0 where a row is all zeros.

    Examples
    --------
    >>> pairwise_cosine([[1, 0], [3, 4]])
    array([[1. , 0.6],
           [0.6, 1. ]], dtype=float32)
    """
    rows = _rows("a", a)
    return _storydiff.pairwise_cosine(rows, rows if b is None else _rows("b", b))


def _rows(name: str, values: npt.ArrayLike) -> npt.NDArray[np.float32]:
    rows = np.ascontiguousarray(values, dtype=np.float32)
    if rows.ndim != 2:
        raise ValueError(f"{name} must have two dimensions, got {rows.ndim}")
    return rows


def _csr(values: Any, sp: Any) -> Any:
    given = values
    csr = sp.csr_array(values, dtype=np.float32)
    if not csr.has_canonical_format:
        if csr is given or np.shares_memory(csr.data, getattr(given, "data", csr.data)):
            csr = csr.copy()
        csr.sum_duplicates()
    return csr


def _heaviest(arrays: CsrArrays, max_terms: int | None) -> CsrArrays:
    if max_terms is None:
        return arrays
    return (*_storydiff.heaviest(arrays, whole("max_terms", max_terms, 1)), arrays[3])


def csr_arrays(csr: Any) -> CsrArrays:
    """A CSR matrix as the core takes it."""
    return (
        np.ascontiguousarray(csr.data),
        np.ascontiguousarray(csr.indices, dtype=np.int32),
        np.ascontiguousarray(csr.indptr, dtype=np.int32),
        csr.shape[1],
    )
