"""A comparison as it is shown: an article without any text says nothing, and is not counted among those that could."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from storydiff.article import Article
    from storydiff.comparison import Comparison


def speaking(comparison: Comparison) -> Comparison:
    """The comparison without its articles that hold no text; itself where all of them do, or none."""
    kept = [at for at, article in enumerate(comparison.articles) if article.text.strip()]
    if len(kept) in (0, len(comparison)):
        return comparison
    return cast("Comparison", _Speaking(comparison, kept))


class _Speaking:
    """What the views ask of a comparison, of some of its articles alone; the others have no part in what was found."""

    def __init__(self, comparison: Comparison, kept: list[int]) -> None:
        self._comparison = comparison
        self._kept = kept

    def __len__(self) -> int:
        return len(self._kept)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._comparison, name)

    @property
    def articles(self) -> list[Article]:
        articles = self._comparison.articles
        return [articles[at] for at in self._kept]

    @property
    def similarity(self) -> npt.NDArray[np.float32]:
        return self._comparison.similarity[np.ix_(self._kept, self._kept)]

    @property
    def containment(self) -> npt.NDArray[np.float32]:
        return self._comparison.containment[np.ix_(self._kept, self._kept)]
