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
    """A square of values in [0, 1]: cells of (step, percent), or for many articles one SVG path per step.

    Rows and columns stand in the given order of positions; `percents` are those of the SVG, row by row.
    """

    size: int
    cells: list[list[tuple[int, int]]] | None
    paths: list[tuple[int, str]] | None
    percents: str = ""


def most_alike(similarity: np.ndarray, most: int = 5) -> list[tuple[int, int, int]]:
    """The pairs of positions that are most alike, with their similarity in percent."""
    n = len(similarity)
    pairs = [(float(similarity[i, j]), i, j) for i in range(n) for j in range(i + 1, n)]
    pairs.sort(key=lambda pair: (-pair[0], pair[1:]))
    return [(i, j, round(100 * value)) for value, i, j in pairs[:most]]


def heatmap(values: np.ndarray, order: list[int] | None = None) -> Heatmap:
    """Prepare a matrix. Steps run from 0 to `STEPS` between the least and the largest value off the diagonal."""
    n = len(values)
    if order is not None:
        values = values[order][:, order] if n else values
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
    percents = " ".join(str(round(100 * float(value))) for row in values for value in row)
    return Heatmap(n, None, paths, percents)
