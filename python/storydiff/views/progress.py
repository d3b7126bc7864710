"""A progress bar for long comparisons, by tqdm."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from types import TracebackType
from typing import Any

Told = Callable[[str, int, int], object]


class Bar:
    """One bar a stage, in a notebook or on a terminal; quiet elsewhere, as in a log file."""

    def __init__(self) -> None:
        try:
            from tqdm.auto import tqdm
        except ImportError as error:
            raise ImportError("progress=True needs tqdm: pip install 'storydiff[notebook]'", name="tqdm") from error
        self._tqdm = tqdm
        self._bar: Any = None
        self._stage = ("", 0)
        self._done = 0

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` steps of the stage are behind us."""
        if (stage, total) != self._stage:
            self._close()
            self._bar = self._tqdm(total=total, desc=stage, leave=False, disable=None)
            self._stage, self._done = (stage, total), 0
        self._bar.update(done - self._done)
        self._done = done

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._close()

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()


def shown(progress: bool | Told | None) -> AbstractContextManager[Told | None]:
    """What to tell of the steps: a bar for True, else the caller's callable."""
    if progress and not isinstance(progress, bool) and not callable(progress):
        raise TypeError(f"progress must be True or a callable, got {type(progress).__name__}")
    return Bar() if progress is True else nullcontext(progress or None)
