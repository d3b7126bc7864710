"""How far the work is, as a caller wants to hear it: each stage once, and forwards only."""

from __future__ import annotations

import time
from collections.abc import Callable

Told = Callable[[str, int, int], object]

# This stage says that it begins before another one of which it waits for the outcome.
_EARLY, _AWAITED = "linking", "encoding"
# Seconds without news after which the last is told again: a caller stops the work by raising when called.
_SILENCE = 0.5


class Steps:
    """Passes on what brings news of the work of the core.

    The core looks whether to go on wherever it may take long, says the same many times, and goes back from a stage to
    one that it came from. Here a stage is told from 0 to its end before the next one begins, and does not come back.
    """

    def __init__(self, told: Told) -> None:
        self._told = told
        self._stage, self._done, self._total = "", 0, 0
        self._begun: set[str] = set()
        self._at = time.monotonic()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Hear of a step."""
        if stage not in self._begun and (done == total or stage != _EARLY or done > 0 or _AWAITED in self._begun):
            self._forward(self._total)
            self._begun.add(stage)
            self._stage, self._done, self._total = stage, 0, total
            self._tell()
        if stage == self._stage and total > 0:
            # Of a stage in several parts each may count its own steps.
            self._forward(done * self._total // total)
        if self._stage and time.monotonic() - self._at > _SILENCE:
            self._tell()

    def _forward(self, done: int) -> None:
        if done > self._done:
            self._done = done
            self._tell()

    def _tell(self) -> None:
        self._told(self._stage, self._done, self._total)
        self._at = time.monotonic()


def steps(told: Told | None) -> Steps | None:
    """The callable of a caller, told what brings news; None where there is none."""
    return None if told is None else Steps(told)
