"""How near two articles are: cheap signals, and the odds that both report one event.

An article becomes a few rows of TF-IDF: all its words, the 24 heaviest of them (by which neighbours are found), its
names, its numbers, its lead, its title. The signals of a pair are the cosines of these rows, how many days lie between
the two, and their lengths; a logistic model, fitted on stories of three kinds, makes a probability of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from storydiff import _storydiff
from storydiff.article import Article
from storydiff.dates import days
from storydiff.similarity import csr_arrays
from storydiff.stop_words import ENGLISH_STOP_WORDS
from storydiff.terms import Terms
from storydiff.text import well_formed

if TYPE_CHECKING:
    from typing import TypeAlias

    import scipy.sparse as sp

    Csr: TypeAlias = sp.csr_array[Any, Any]

Floats = npt.NDArray[np.float32]
Positions = npt.NDArray[np.uint32]

# A capital that no sentence or line begins with.
_NAME = re.compile(r"(?<![.!?] )(?<![\n\"“])\b[A-Z][\w'’]+")
_NUMBER = re.compile(r"\d[\d,.:]*\d|\d")
_SEPARATOR = re.compile(r"\D+")
_LEAD = 500
_TITLE = 80
# Words in more than a tenth of the articles tell few stories apart; in a small corpus even those of one story are.
_MOST_SHARE, _MOST_AT_LEAST = 0.1, 1000


def _whole(article: Article) -> str:
    return well_formed(f"{article.title or ''}\n{article.text}")


def _names(article: Article) -> str:
    return " ".join(_NAME.findall(_whole(article)))


def _numbers(article: Article) -> str:
    """Each number as one word: 1,200 is n1_200."""
    return " ".join("n" + _SEPARATOR.sub("_", number) for number in _NUMBER.findall(_whole(article)))


def _lead(article: Article) -> str:
    return well_formed(article.text[:_LEAD])


def _title(article: Article) -> str:
    return well_formed(article.title or article.text[:_TITLE])


_FIELDS: dict[str, Callable[[Article], str]] = {
    "words": _whole, "names": _names, "numbers": _numbers, "lead": _lead, "title": _title,
}  # fmt: skip


@dataclass(frozen=True)
class Rows:
    """Articles as rows, in their order."""

    heaviest: Csr
    fields: dict[str, Csr]
    times: npt.NDArray[np.float64]
    """Days; NaN where not known."""
    n_words: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Frequencies:
    """In how many articles of a corpus each word and each number occurs; those of its parts add up."""

    n_articles: int
    words: dict[str, int]
    numbers: dict[str, int]

    @classmethod
    def count(cls, articles: Sequence[Article]) -> Frequencies:
        """Of some articles."""
        words = Terms.count(map(_whole, articles), stop_words=ENGLISH_STOP_WORDS)
        return cls(len(articles), words, Terms.count(map(_numbers, articles)))


class Weights:
    """Which words and numbers a corpus has and how much each tells."""

    def __init__(self, frequencies: Frequencies) -> None:
        n = frequencies.n_articles
        most = max(_MOST_SHARE, min(1.0, _MOST_AT_LEAST / max(n, 1)))
        words = _weighing(frequencies.words, n, stop_words=ENGLISH_STOP_WORDS, max_df=most)
        self.fields = {**dict.fromkeys(_FIELDS, words), "numbers": _weighing(frequencies.numbers, n)}

    def rows(self, articles: Sequence[Article], max_terms: int) -> Rows:
        """The rows of articles, of this corpus or another."""
        fields = {name: _rows(self.fields[name], list(map(text, articles))) for name, text in _FIELDS.items()}
        times = [days(article.published) for article in articles]
        return Rows(
            _cut(fields["words"], max_terms),
            fields,
            np.array([np.nan if time is None else time for time in times], dtype=np.float64),
            np.array([len(article.text.split()) + 1 for article in articles], dtype=np.float64),
        )


def _weighing(
    frequencies: dict[str, int], n: int, *, stop_words: Iterable[str] = (), max_df: float = 1.0
) -> Terms | None:
    """What weighs terms; None where no two articles have one in common."""
    shared = {term: frequency for term, frequency in frequencies.items() if 2 <= frequency <= max_df * n}
    return Terms(shared, n, stop_words=stop_words) if shared else None


def _rows(terms: Terms | None, texts: list[str]) -> Csr:
    import scipy.sparse as sp

    if terms is None or not texts:
        return sp.csr_array((len(texts), 1 if terms is None else len(terms.names)), dtype=np.float32)
    return terms.rows(texts)


def _cut(rows: Csr, n: int) -> Csr:
    import scipy.sparse as sp

    return sp.csr_array(_storydiff.heaviest(csr_arrays(rows), n), shape=rows.shape)


@dataclass(frozen=True)
class Edges:
    """Pairs of articles by position, and how near they are."""

    left: Positions
    right: Positions
    similarity: Floats


def neighbours(
    rows: Rows,
    *,
    n: int,
    window: float,
    decay: float,
    min_similarity: float,
    n_threads: int | None = None,
    of: npt.NDArray[np.intp] | None = None,
) -> Edges:
    """The pairs in which one is among the `n` nearest of the other, by cosine times exp(-days / decay).

    With `of`, among the nearest of a row at one of these positions.
    """
    positions = np.arange(len(rows.times)) if of is None else of
    similarity, columns, starts = _storydiff.top_n_recent_sparse(
        csr_arrays(rows.heaviest if of is None else rows.heaviest[of]), csr_arrays(rows.heaviest),
        n + 1, min_similarity,
        times_a=rows.times[positions], times_b=rows.times, window=window, decay=decay, n_threads=n_threads,
    )  # fmt: skip
    row = np.repeat(positions.astype(np.uint32), np.diff(starts))
    column = columns.astype(np.uint32)
    # One more than asked for, since a row is its own nearest; where copies pushed it out, the last of them goes.
    rank = np.arange(len(row)) - np.repeat(starts[:-1], np.diff(starts))
    itself = np.zeros(len(positions), dtype=bool)
    number = np.repeat(np.arange(len(positions)), np.diff(starts))
    itself[number[row == column]] = True
    kept = (row != column) & (itself[number] | (rank < n))
    return distinct(Edges(np.minimum(row, column)[kept], np.maximum(row, column)[kept], similarity[kept]))


def distinct(edges: Edges) -> Edges:
    """Each pair once, in order."""
    key = edges.left.astype(np.uint64) << np.uint64(32) | edges.right
    _, first = np.unique(key, return_index=True)
    return Edges(edges.left[first], edges.right[first], edges.similarity[first])


def probabilities(rows: Rows, edges: Edges) -> Floats:
    """The probability of each pair that both report one event."""
    model = pair_model()
    signals, dated = pair_signals(rows, edges)
    undated = [signals[name] for name in model["undated"]["signals"]]
    odds = np.column_stack(undated) @ np.array(model["undated"]["weights"]) + model["undated"]["bias"]
    if dated.any():
        known = np.column_stack([signals[name][dated] for name in model["dated"]["signals"]])
        odds[dated] = known @ np.array(model["dated"]["weights"]) + model["dated"]["bias"]
    found: Floats = (1 / (1 + np.exp(-odds))).astype(np.float32)
    return found


def pair_signals(rows: Rows, edges: Edges) -> tuple[dict[str, npt.NDArray[np.float64]], npt.NDArray[np.bool_]]:
    """The signals of each pair by name, and whether both articles have a date."""
    left, right = edges.left, edges.right
    cosines = {
        name: _storydiff.dot_products(csr_arrays(field), left, right).astype(np.float64)
        for name, field in {"heaviest": rows.heaviest, **rows.fields}.items()
    }
    apart = np.abs(rows.times[left] - rows.times[right])
    dated = ~np.isnan(apart)
    days_apart = np.log1p(np.where(dated, apart, 0.0))
    shorter, longer = (pick(rows.n_words[left], rows.n_words[right]) for pick in (np.minimum, np.maximum))
    return {
        **cosines,
        "root_heaviest": np.sqrt(cosines["heaviest"]),
        "root_names": np.sqrt(cosines["names"]),
        "length_ratio": np.log(longer / shorter),
        "shorter": np.log(shorter),
        "days_apart": days_apart,
        "same_day": (dated & (apart < 1)).astype(np.float64),
        "heaviest_x_days_apart": cosines["heaviest"] * days_apart,
        "names_x_days_apart": cosines["names"] * days_apart,
    }, dated


@cache
def pair_model() -> dict[str, Any]:
    """The weights of the signals; fitted by tests/benchmarks/stories.py."""
    return dict(json.loads(files("storydiff").joinpath("corpus").joinpath("pair_model.json").read_text("utf-8")))
