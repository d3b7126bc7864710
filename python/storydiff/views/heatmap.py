"""Article similarity and containment as tinted cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storydiff.views.matrix import MOST_CELLS, path

if TYPE_CHECKING:
    import numpy as np

STEPS = 10


@dataclass(frozen=True, slots=True)
class Heatmap:
    """A square of values in [0, 1]: cells of (step, percent), or for many articles one SVG path per step."""

    size: int
    cells: list[list[tuple[int, int]]] | None
    paths: list[tuple[int, str]] | None


def heatmap(values: np.ndarray) -> Heatmap:
    """Prepare a matrix. Steps run from 0 to `STEPS` between the least and the largest value off the diagonal."""
    n = len(values)
    others = [float(values[i, j]) for i in range(n) for j in range(n) if i != j]
    low, high = (min(others), max(others)) if others else (0.0, 1.0)
    reach = max(high - low, 0.2)
    low = max(0.0, high - reach)

    def step(value: float) -> int:
        return max(0, min(STEPS, round(STEPS * (value - low) / reach)))

    steps = [[step(float(value)) for value in row] for row in values]
    if n <= MOST_CELLS:
        cells = [[(steps[i][j], round(100 * float(values[i, j]))) for j in range(n)] for i in range(n)]
        return Heatmap(n, cells, None)
    paths = []
    for wanted in range(1, STEPS + 1):
        drawn = "".join(path([steps[i][j] == wanted and i != j for j in range(n)], i) for i in range(n))
        if drawn:
            paths.append((wanted, drawn))
    return Heatmap(n, None, paths)
