"""Counts to TF-IDF weights."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from storydiff import _storydiff
from storydiff.sklearn.estimator import (
    BaseEstimator,
    OneToOneFeatureMixin,
    StrOptions,
    TransformerMixin,
    as_configured,
    check_array,
    check_is_fitted,
    validate_data,
    validated,
)
from storydiff.terms import idf


class TfidfTransformer(  # type: ignore[call-arg, unused-ignore]
    OneToOneFeatureMixin, TransformerMixin, BaseEstimator, auto_wrap_output_keys=None  # type: ignore[misc, unused-ignore]
):  # fmt: skip
    """Weigh counts by how rare their terms are.

    A drop-in for scikit-learn's class of this name. A term of count tf that df of n documents have weighs tf * idf,
    with idf = ln((1 + n) / (1 + df)) + 1, or ln(n / df) + 1 without smoothing; then rows are scaled to length 1. Needs
    ``storydiff[sklearn]``.

    Parameters
    ----------
    norm : {'l1', 'l2'} or None, default='l2'
        The length of a row: sum of absolute values, or root of the sum of squares; None leaves rows as they are.
    use_idf : bool, default=True
        Whether to weigh by idf.
    smooth_idf : bool, default=True
        As if one more document had every term.
    sublinear_tf : bool, default=False
        Use 1 + ln(tf) for tf.

    Attributes
    ----------
    idf_ : ndarray of shape (n_terms,)
        Only with ``use_idf``.
    n_features_in_ : int
        Number of columns seen in fit.

    Examples
    --------
    >>> TfidfTransformer(norm=None).fit_transform([[1, 1], [1, 0]]).toarray().round(3).tolist()
    [[1.0, 1.405], [1.0, 0.0]]
    """

    _parameter_constraints: ClassVar[dict[str, Any]] = {
        "norm": [StrOptions({"l1", "l2"}), None],
        "use_idf": ["boolean"],
        "smooth_idf": ["boolean"],
        "sublinear_tf": ["boolean"],
    }

    idf_: npt.NDArray[Any]
    n_features_in_: int

    def __init__(
        self, *, norm: str | None = "l2", use_idf: bool = True, smooth_idf: bool = True, sublinear_tf: bool = False
    ) -> None:
        self.norm = norm
        self.use_idf = use_idf
        self.smooth_idf = smooth_idf
        self.sublinear_tf = sublinear_tf

    @validated
    def fit(self, X: Any, y: Any = None) -> TfidfTransformer:
        """Learn the idf of each column.

        Parameters
        ----------
        X : array or sparse matrix of shape (n_documents, n_terms)
            Counts.
        y : None
            Ignored.
        """
        X = validate_data(self, X, accept_sparse=("csr", "csc"))
        if not sp.issparse(X):
            X = sp.csr_array(X)
        if self.use_idf:
            if X.format == "csr":
                document_frequency = np.bincount(X.indices, minlength=X.shape[1])
            else:
                document_frequency = np.diff(X.indptr)
            self._learn_idf(document_frequency, X.shape[0], X.dtype)
        return self

    def _learn_idf(self, document_frequency: npt.NDArray[Any], n_documents: int, dtype: Any) -> None:
        self.idf_ = idf(document_frequency, n_documents, dtype, smooth=self.smooth_idf)

    def transform(self, X: Any, copy: bool = True) -> Any:
        """Weigh counts.

        Parameters
        ----------
        X : array or sparse matrix of shape (n_documents, n_terms)
            Counts.
        copy : bool, default=True
            With False a CSR matrix of floats is weighed in place.

        Returns
        -------
        CSR matrix of shape (n_documents, n_terms)
        """
        check_is_fitted(self)
        X = validate_data(self, X, accept_sparse="csr", dtype=[np.float64, np.float32], copy=copy, reset=False)
        given = sp.issparse(X)
        if not given:
            X = sp.csr_array(X, dtype=X.dtype)
        if self.sublinear_tf:
            np.log(X.data, X.data)
            X.data += 1.0
        weights = getattr(self, "idf_", None)
        if weights is not None:
            weights = np.ascontiguousarray(weights, dtype=X.dtype)
        data = np.ascontiguousarray(X.data)
        if not _storydiff.weigh_rows(data, X.indices, X.indptr, weights, self.norm) and self.norm is not None:
            # It says what is not finite.
            check_array(X, accept_sparse="csr")  # pyright: ignore[reportArgumentType]
        if data is not X.data:
            X.data = data
        return as_configured(X, given=given)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        tags.transformer_tags.preserves_dtype = ["float64", "float32"]
        return tags
