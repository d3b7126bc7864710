"""What the vectorizers use of scikit-learn, for where it is not installed: parameters, checks and their messages."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from numbers import Integral, Real
from typing import Any, TypeVar

import numpy as np
import scipy.sparse as sp

Method = TypeVar("Method", bound=Callable[..., Any])

# Marks data, as opposed to metadata that pipelines route.
UNUSED = None


class NotFittedError(ValueError, AttributeError):
    """An estimator was used before it was fitted."""


class BaseEstimator:
    """Parameters are the arguments of `__init__`, kept under their names."""

    @classmethod
    def _get_param_names(cls) -> list[str]:
        return sorted(name for name in inspect.signature(cls.__init__).parameters if name != "self")

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Every parameter by name."""
        return {name: getattr(self, name) for name in self._get_param_names()}

    def set_params(self, **params: Any) -> BaseEstimator:
        """Set parameters by name."""
        valid = self._get_param_names()
        for name, value in params.items():
            if name not in valid:
                raise ValueError(f"Invalid parameter {name!r} for estimator {self}. Valid parameters are: {valid!r}.")
            setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        defaults = inspect.signature(type(self).__init__).parameters
        given = (
            f"{name}={value!r}"
            for name, value in self.get_params().items()
            if value is not defaults[name].default and repr(value) != repr(defaults[name].default)
        )
        return f"{type(self).__name__}({', '.join(given)})"

    def __sklearn_tags__(self) -> Any:
        """Tags are scikit-learn's, and only it asks for them."""
        raise AttributeError("tags need scikit-learn")

    def __getstate__(self) -> dict[str, Any]:
        return dict(self.__dict__)


class TransformerMixin:
    """Fits and transforms in one call."""

    def __init_subclass__(cls, auto_wrap_output_keys: object = None, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)

    def fit_transform(self, X: Any, y: Any = None) -> Any:
        """Fit to the data, then transform it."""
        return self.fit(X, y).transform(X)  # type: ignore[attr-defined]


class OneToOneFeatureMixin:
    """Features come out as they went in."""

    def get_feature_names_out(self, input_features: Any = None) -> Any:
        """Names of the features."""
        check_is_fitted(self)
        if input_features is None:
            n_features = self.n_features_in_  # type: ignore[attr-defined]
            return np.asarray([f"x{i}" for i in range(n_features)], dtype=object)
        return np.asarray(input_features, dtype=object)


def get_config() -> dict[str, Any]:
    """The configuration that scikit-learn would have."""
    return {}


def check_is_fitted(estimator: Any, *, msg: str | None = None) -> None:
    """Raise unless some attribute ends with an underscore."""
    if not any(name.endswith("_") and not name.startswith("__") for name in vars(estimator)):
        raise NotFittedError(
            msg
            or f"This {type(estimator).__name__} instance is not fitted yet. Call 'fit' with appropriate"
            " arguments before using this estimator."
        )


def check_array(X: Any, *, accept_sparse: Any = False, dtype: Any = "numeric", copy: bool = False) -> Any:
    """Two-dimensional, finite, and of the first dtype given unless it has one of them."""
    if sp.issparse(X):
        formats = [accept_sparse] if isinstance(accept_sparse, str) else list(accept_sparse)
        X = X if X.format in formats else X.asformat(formats[0])
        values = X.data
    else:
        X = np.asarray(X)
        if X.ndim != 2:
            raise ValueError(f"Expected 2D array, got {X.ndim}D array instead.")
        values = X
    if isinstance(dtype, list) and X.dtype not in dtype:
        X, copy = X.astype(dtype[0]), False
    if values.dtype.kind == "f" and not np.isfinite(values).all():
        raise ValueError("Input contains NaN or infinity.")
    return X.copy() if copy else X


def validate_data(
    estimator: Any, X: Any, *, reset: bool = True, accept_large_sparse: bool = True, **kwargs: Any
) -> Any:
    """Check an array, and that it has as many columns as the one that was fitted."""
    X = check_array(X, **kwargs)
    if reset:
        estimator.n_features_in_ = X.shape[1]
    elif X.shape[1] != getattr(estimator, "n_features_in_", X.shape[1]):
        raise ValueError(
            f"X has {X.shape[1]} features, but {type(estimator).__name__} is expecting"
            f" {estimator.n_features_in_} features as input."
        )
    return X


class RealNotInt(Real):
    """A real number that is no integer."""


RealNotInt.register(float)


class StrOptions:
    """One of some strings."""

    def __init__(self, options: set[str]) -> None:
        self.options = options

    def is_satisfied_by(self, value: object) -> bool:
        return isinstance(value, str) and value in self.options

    def __str__(self) -> str:
        return "a str among {" + ", ".join(repr(option) for option in sorted(self.options)) + "}"


class Interval:
    """A number of a kind between two ends."""

    def __init__(self, kind: Any, left: Any, right: Any, *, closed: str) -> None:
        self.kind, self.left, self.right, self.closed = kind, left, right, closed

    def is_satisfied_by(self, value: Any) -> bool:
        below = self.left is not None and not value >= self.left if isinstance(value, self.kind) else True
        above = self.right is not None and not value <= self.right if isinstance(value, self.kind) else True
        return not below and not above

    def __str__(self) -> str:
        kind = "an int" if self.kind is Integral else "a float"
        left = "-inf" if self.left is None else self.left if self.kind is Integral else float(self.left)
        right = "inf" if self.right is None else self.right if self.kind is Integral else float(self.right)
        return f"{kind} in the range [{left}, {right}{')' if self.right is None else ']'}"


class HasMethods:
    """An object with a method."""

    def __init__(self, method: str) -> None:
        self.method = method

    def is_satisfied_by(self, value: object) -> bool:
        return callable(getattr(value, self.method, None))

    def __str__(self) -> str:
        return f"an object implementing {self.method!r}"


def _describe(constraint: Any, value: object) -> tuple[bool, str]:
    """Whether a value satisfies a constraint, and the constraint in words."""
    if constraint is None:
        return value is None, "None"
    if constraint is callable:
        return callable(value), "a callable"
    if isinstance(constraint, str):
        return isinstance(value, (bool, np.bool_)), "an instance of 'bool' or an instance of 'numpy.bool'"
    if isinstance(constraint, type):
        module = "" if constraint.__module__ == "builtins" else f"{constraint.__module__}."
        return isinstance(value, constraint), f"an instance of '{module}{constraint.__qualname__}'"
    return constraint.is_satisfied_by(value), str(constraint)


def _validate(estimator: Any) -> None:
    for name, constraints in estimator._parameter_constraints.items():
        value = getattr(estimator, name)
        if constraints == "no_validation":
            continue
        found = [_describe(constraint, value) for constraint in constraints]
        if any(satisfied for satisfied, _ in found):
            continue
        words = [text for _, text in found]
        expected = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
        raise ValueError(
            f"The {name!r} parameter of {type(estimator).__name__} must be {expected}. Got {value!r} instead."
        )


def fit_context(*, prefer_skip_nested_validation: bool) -> Callable[..., Any]:
    def decorate(method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def fit(estimator: Any, *args: Any, **kwargs: Any) -> Any:
            if not get_config().get("skip_parameter_validation", False):
                _validate(estimator)
            return method(estimator, *args, **kwargs)

        return fit

    return decorate
