"""What the vectorizers take from scikit-learn: its base classes, its checks, and its configuration.

So they are its estimators: `clone`, pipelines, grid search, tags and HTML view work.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import scipy.sparse as sp
from sklearn import get_config
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
from sklearn.base import _fit_context as _fit_context
from sklearn.exceptions import NotFittedError
from sklearn.utils._param_validation import HasMethods, Interval, RealNotInt, StrOptions
from sklearn.utils.metadata_routing import UNUSED
from sklearn.utils.validation import check_array, check_is_fitted, validate_data

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
    "validate_data",
    "validated",
]

Method = TypeVar("Method", bound=Callable[..., Any])


def validated(method: Method) -> Method:
    """A method that checks its estimator's parameters first, unless scikit-learn is configured not to."""
    return cast(Method, _fit_context(prefer_skip_nested_validation=True)(method))


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
