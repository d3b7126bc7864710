"""Which articles of a corpus report one event."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NoReturn

import numpy as np
import numpy.typing as npt

from storydiff import _storydiff
from storydiff.arguments import only_one, threads, whole
from storydiff.article import Article
from storydiff.corpus.reading import Errors, Failure, columns_of, read_corpus
from storydiff.dates import days
from storydiff.read import no_dates
from storydiff.read.frames import is_frame, rows_with
from storydiff.shown import Records
from storydiff.views.summary import plural
from storydiff.warning import warn

if TYPE_CHECKING:
    import pandas
    import pyarrow

    from storydiff.corpus.signals import Edges, Weights

Scorer = Literal["news", "cosine"]
Order = tuple[bool, float, str, str]


@dataclass(frozen=True, slots=True)
class Settings:
    """How articles are grouped; `find_stories` explains the fields."""

    window: float
    decay: float
    min_similarity: float
    n_neighbours: int
    max_terms: int
    scorer: Scorer


# Thresholds: the best on one half of the labelled stories, by tests/benchmarks/stories.py.
_WINDOW = {"news": 365.0, "cosine": 30.0}
_DECAY = {"news": np.inf, "cosine": 30.0}
_MIN_SIMILARITY = {"news": 0.3, "cosine": 0.15}
# Pairs of a lower cosine are not looked at. Chosen, not tuned.
_LEAST_COSINE = 0.08


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that report one event, in order of publication; its id is that of the earliest it had at first."""

    id: str
    articles: list[Article]

    @property
    def n_articles(self) -> int:
        """How many articles report it."""
        return len(self.articles)

    def __repr__(self) -> str:
        return f"<Story {self.id}: {plural(self.n_articles, 'article')}>"


class Stories:
    """A corpus grouped by event. Made by `find_stories`.

    Attributes
    ----------
    articles : list of Article
        In the order given.
    story_of : dict of str to str
        The id of each article's story, in the order of the articles.
    similarity_of : dict of str to float or None
        How similar an article is to the nearest of its story; None where it is alone.
    failures : list of Failure
        What ``errors="collect"`` set aside: id, story and error.
    """

    def __init__(
        self,
        articles: Sequence[Article],
        story_of: Mapping[str, str],
        similarity_of: Mapping[str, float | None],
        failures: Sequence[Failure] = (),
    ) -> None:
        self.articles = Records(articles).of(Article)
        self.story_of = dict(story_of)
        self.similarity_of = dict(similarity_of)
        self.failures = list(failures)

    @cached_property
    def stories(self) -> list[Story]:
        """The stories, earliest first; those of one article too."""
        members: dict[str, list[Article]] = {}
        for article in sorted(self.articles, key=_by_time):
            members.setdefault(self.story_of[article.id], []).append(article)
        return [Story(id, Records(articles).of(Article)) for id, articles in members.items()]

    def to_pandas(self) -> pandas.DataFrame:
        """The rows of `to_arrow` as a pandas frame.

        Raises
        ------
        ImportError
            Without pandas (``storydiff[pandas]``).
        """
        from storydiff.write.tables import frame_of

        return frame_of("stories", self._rows())

    def to_arrow(self) -> pyarrow.Table:
        """A row an article: ``id``, ``story``, ``similarity`` (to the nearest of its story) and ``published``.

        Raises
        ------
        ImportError
            Without pyarrow (``storydiff[arrow]``).
        """
        from storydiff.write.tables import table_of

        return table_of("stories", self._rows())

    def _rows(self) -> list[tuple[Any, ...]]:
        return [
            (article.id, self.story_of[article.id], self.similarity_of[article.id], article.published)
            for article in self.articles
        ]

    def __len__(self) -> int:
        return len(self.stories)

    def __getitem__(self, story: int | str) -> Story:
        """The story at a place, or the one of an id.

        Raises
        ------
        IndexError, KeyError
            When there is none.
        """
        if isinstance(story, str):
            return {each.id: each for each in self.stories}[story]
        return self.stories[story]

    def __iter__(self) -> Iterator[Story]:
        return iter(self.stories)

    def __repr__(self) -> str:
        return f"<Stories: {plural(len(self.articles), 'article')}, {plural(len(self), 'story')}>"


def find_stories(
    articles: Any,
    *others: NoReturn,
    published: str = "published",
    window: float | None = None,
    decay: float | None = None,
    min_similarity: float | None = None,
    n_neighbours: int = 20,
    max_terms: int = 24,
    scorer: Scorer = "news",
    stories: Stories | Mapping[str, str] | Any = None,
    errors: Errors = "raise",
    n_threads: int | None = None,
    text: str | None = None,
    id: str | None = None,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
) -> Stories:
    """Group the articles of a corpus by the event they report.

    Each article is compared with its nearest neighbours within a window of time; groups merge while their members are
    similar enough on average. An article without a known date is compared with all others.

    Parameters
    ----------
    articles : list of str, dict of id to text, list of Article or dict, or a frame with a ``text`` column
    published : str
        The column that holds when an article appeared: dates, or text as `Article` takes it.
    window : float, optional
        Articles more days apart are not compared. By default 365, with ``scorer="cosine"`` 30.
    decay : float, optional
        Neighbours are sought by cosine times ``exp(-days / decay)``. By default the cosine alone, with
        ``scorer="cosine"`` 30.
    min_similarity : float, optional
        Groups merge while the similarity of their members is at least this on average, in (0, 1]. By default 0.3, with
        ``scorer="cosine"`` 0.15. Higher makes more and smaller stories.
    n_neighbours : int
        How many neighbours of an article are looked at.
    max_terms : int
        By how many words of an article, those of most weight, its neighbours are sought.
    scorer : {"news", "cosine"}
        What the similarity of two articles is: the probability that both report one event, by a model that looks at
        their words, names, numbers, leads, titles, lengths and dates; or the discounted cosine alone, which holds for
        any language and kind of text.
    stories : Stories, dict of article id to story id, or a table with ``id`` and ``story``, optional
        What was found earlier. New articles join these stories or start their own; earlier ones stay where they are,
        and no story's id changes. The texts of earlier articles are needed: those that a `Stories` holds are added to
        `articles`, others have to be among `articles`.
    errors : {"raise", "collect"}
        Whether a text that is none, or a repeated id, raises or is set aside, in ``.failures``.
    n_threads : int, optional
        By default the environment variable ``STORYDIFF_NUM_THREADS``, else one per core.
    text, id, title, source, url : str, optional
        The name of the column, or the field of items, that holds each, where it is another.

    Returns
    -------
    Stories
        Which articles form a story does not depend on their order.

    Warns
    -----
    UserWarning
        When what is given for `published` is no date: such an article counts as one without.

    Examples
    --------
    >>> found = find_stories({
    ...     "a": "A ship struck the Lantern Bridge in Port Ansel on Monday and closed it.",
    ...     "b": "The Lantern Bridge in Port Ansel is closed: on Monday a ship struck it.",
    ...     "c": "Lorne United won the cup with a goal in the last minute.",
    ... })
    >>> found.story_of
    {'a': 'a', 'b': 'a', 'c': 'c'}
    """
    settings = settings_of(window, decay, min_similarity, n_neighbours, max_terms, scorer)
    only_one("find_stories", "articles", "[first, second]", others)
    columns = columns_of(published, text=text, id=id, title=title, source=source, url=url)
    corpus = read_corpus(articles, columns=columns, errors=errors)
    given = corpus.articles
    if (message := no_dates(given)) is not None:
        warn(message)
    if isinstance(stories, Stories):
        new = {article.id for article in given}
        given = [article for article in stories.articles if article.id not in new] + given
    earlier = earlier_stories(stories)
    ordered = sorted(given, key=_order)
    edges = similar_pairs(ordered, settings, threads(n_threads))
    clusters = linked(len(ordered), edges, settings, [earlier.get(article.id) for article in ordered])
    story_of = named(ordered, clusters, earlier)
    nearest = nearest_in_story(edges, clusters)
    similarity = dict(zip((article.id for article in ordered), nearest, strict=True))
    ids = [article.id for article in given]
    return Stories(given, {at: story_of[at] for at in ids}, {at: similarity[at] for at in ids}, corpus.failures)


def settings_of(
    window: float | None,
    decay: float | None,
    min_similarity: float | None,
    n_neighbours: int,
    max_terms: int,
    scorer: Scorer,
) -> Settings:
    """The settings, checked, with what is best for the scorer where nothing is said."""
    if scorer not in _WINDOW:
        raise ValueError(f"scorer must be 'news' or 'cosine', got {scorer!r}")
    least = _MIN_SIMILARITY[scorer] if min_similarity is None else min_similarity
    if not 0 < least <= 1:
        raise ValueError(f"min_similarity must be above 0 and at most 1, got {least}")
    window = _WINDOW[scorer] if window is None else window
    if not window >= 0:
        raise ValueError(f"window must be at least 0 days, got {window}")
    decay = _DECAY[scorer] if decay is None else decay
    if not decay > 0:
        raise ValueError(f"decay must be above 0 days, got {decay}")
    n, terms = whole("n_neighbours", n_neighbours, 1, 10_000), whole("max_terms", max_terms, 1)
    return Settings(float(window), float(decay), float(least), n, terms, scorer)


def earlier_stories(stories: Any) -> dict[str, str]:
    """The story of each article, as found earlier."""
    if stories is None:
        return {}
    if isinstance(stories, Stories):
        return stories.story_of
    if is_frame(stories):
        rows = rows_with(stories, ("id", "story"))
        return {str(row["id"]): str(row["story"]) for row in rows}
    if isinstance(stories, Mapping):
        return {str(id): str(story) for id, story in stories.items()}
    raise TypeError(
        f"stories must be a Stories, a dict of article id to story id or a table, got {type(stories).__name__}"
    )


def _by_time(article: Article) -> tuple[bool, float, str]:
    time = days(article.published)
    return time is None, time or 0.0, article.id


def _order(article: Article) -> Order:
    return order(days(article.published), text_digest(article.text), article.id)


def order(time: float | None, digest: str, id: str) -> Order:
    """What articles are sorted by: time, then text; what is found must not depend on the ids."""
    return time is None, time or 0.0, digest, id


def text_digest(text: str) -> str:
    """A text in 64 letters."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def similar_pairs(articles: Sequence[Article], settings: Settings, n_threads: int | None = None) -> Edges:
    """The pairs of articles that are neighbours and how similar they are."""
    from storydiff.corpus.signals import Frequencies, Weights

    return scored(articles, Weights(Frequencies.count(articles)), settings, n_threads)


def scored(
    articles: Sequence[Article],
    weights: Weights,
    settings: Settings,
    n_threads: int | None = None,
    of: npt.NDArray[np.intp] | None = None,
) -> Edges:
    """`similar_pairs` with weights that are known; with `of`, the neighbours of the articles at these positions."""
    from storydiff.corpus import signals

    rows = weights.rows(articles, settings.max_terms)
    edges = signals.neighbours(
        rows,
        n=settings.n_neighbours,
        window=settings.window,
        decay=settings.decay,
        min_similarity=min(_LEAST_COSINE, settings.min_similarity),
        n_threads=n_threads,
        of=of,
    )
    return edges if settings.scorer == "cosine" else replace(edges, similarity=signals.probabilities(rows, edges))


def linked(n: int, edges: Edges, settings: Settings, earlier: Sequence[str | None]) -> npt.NDArray[np.uint32]:
    """The number of each article's story."""
    numbers: dict[str, int] = {}
    known = [-1 if story is None else numbers.setdefault(story, len(numbers)) for story in earlier]
    return _storydiff.average_link(
        n,
        edges.left,
        edges.right,
        edges.similarity,
        min_similarity=settings.min_similarity,
        max_partners=settings.n_neighbours,
        known=np.array(known, dtype=np.int64),
    )


def named(ordered: Sequence[Article], clusters: npt.NDArray[np.uint32], earlier: Mapping[str, str]) -> dict[str, str]:
    """The id of each article's story: the one it had, else the id of its earliest article that no story has."""
    members: dict[int, list[str]] = {}
    for article, cluster in sorted(zip(ordered, clusters.tolist(), strict=True), key=lambda pair: _by_time(pair[0])):
        members.setdefault(cluster, []).append(article.id)
    taken = set(earlier.values())
    story_of: dict[str, str] = {}
    for ids in members.values():
        known = next((earlier[id] for id in ids if id in earlier), None)
        story = known if known is not None else next((id for id in ids if id not in taken), None)
        if story is None:  # only where earlier ids are not of this making
            story = next(new for number in range(2, len(taken) + 3) if (new := f"{ids[0]}-{number}") not in taken)
        taken.add(story)
        story_of.update(dict.fromkeys(ids, story))
    return story_of


def nearest_in_story(edges: Edges, clusters: npt.NDArray[np.uint32]) -> list[float | None]:
    """How similar each article is to the nearest of its story."""
    best = np.full(len(clusters), -1.0, dtype=np.float32)
    inside = clusters[edges.left] == clusters[edges.right]
    for ends in (edges.left, edges.right):
        np.maximum.at(best, ends[inside], edges.similarity[inside])
    return [None if value < 0 else value for value in best.tolist()]
