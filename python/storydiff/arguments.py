"""Arguments that callers give, checked where their names are known."""

from __future__ import annotations

import operator


def whole(name: str, value: int, least: int, most: int | None = None) -> int:
    """The value, if it is a whole number from `least` to `most`."""
    expected = f"a whole number of at least {least}" if most is None else f"a whole number from {least} to {most}"
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be {expected}, got {value!r}") from None
    if isinstance(value, bool):
        raise TypeError(f"{name} must be {expected}, got {value}")
    if number < least or (most is not None and number > most):
        raise ValueError(f"{name} must be {expected}, got {number}")
    return number


def threads(n_threads: int | None) -> int | None:
    """The number of threads, if it can be one; None leaves it open."""
    return None if n_threads is None else whole("n_threads", n_threads, 1, 1024)


def probability(name: str, value: float) -> float:
    """The value, if it is from 0 to 1."""
    if isinstance(value, str) or not hasattr(value, "__float__"):
        raise TypeError(f"{name} must be a number from 0 to 1, got {value!r}")
    if not 0 <= value <= 1:
        raise ValueError(f"{name} must be a number from 0 to 1, got {value}")
    return value


def only_one(function: str, parameter: str, example: str, others: tuple[object, ...]) -> None:
    """Raise where a function got more than its one argument without a name."""
    if others:
        raise TypeError(
            f"{function}() takes one argument without a name, {parameter}, got {1 + len(others)}; "
            f"give several in one list: {function}({example})"
        )
