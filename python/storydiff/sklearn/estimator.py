"""What the vectorizers share with scikit-learn: its base classes where it is installed, small equals where not.

scikit-learn is no dependency. With it, the vectorizers are its estimators: `clone`, pipelines, grid search, tags,
configuration and HTML view work. Without it, they keep parameters, validation and messages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import scipy.sparse as sp

if TYPE_CHECKING:
    from storydiff.sklearn.standin import (
        UNUSED,
        BaseEstimator,
        HasMethods,
        Interval,
        NotFittedError,
        OneToOneFeatureMixin,
        RealNotInt,
        StrOptions,
        TransformerMixin,
        check_array,
        check_is_fitted,
        fit_context,
        get_config,
        validate_data,
    )
else:
    try:
        from sklearn import get_config
        from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
        from sklearn.exceptions import NotFittedError
        from sklearn.utils.metadata_routing import UNUSED
        from sklearn.utils.validation import check_array, check_is_fitted, validate_data
    except ImportError:
        from storydiff.sklearn.standin import (
            UNUSED,
            BaseEstimator,
            NotFittedError,
            OneToOneFeatureMixin,
            TransformerMixin,
            check_array,
            check_is_fitted,
            get_config,
            validate_data,
        )
    try:  # private there, so it may move
        from sklearn.base import _fit_context as fit_context
        from sklearn.utils._param_validation import HasMethods, Interval, RealNotInt, StrOptions
    except ImportError:
        from storydiff.sklearn.standin import HasMethods, Interval, RealNotInt, StrOptions, fit_context

__all__ = [
    "UNUSED",
    "BaseEstimator",
    "HasMethods",
    "Interval",
    "NotFittedError",
    "OneToOneFeatureMixin",
    "RealNotInt",
    "StrOptions",
    "TransformerMixin",
    "as_configured",
    "check_array",
    "check_is_fitted",
    "fit_context",
    "get_config",
    "validate_data",
]


def as_configured(X: Any, *, given: bool = False) -> Any:
    """A sparse matrix or array, whichever scikit-learn is configured to give; anything else unchanged.

    A scikit-learn without that setting hands what it was `given` back as it came.
    """
    interface = get_config().get("sparse_interface")
    if not sp.issparse(X) or (given and interface is None):
        return X
    as_array = interface == "sparray"
    if as_array != sp.isspmatrix(X):
        return X
    return getattr(sp, f"{X.format}_{'array' if as_array else 'matrix'}")(X)
