"""Each story of a corpus compared, on all cores of a machine."""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NoReturn, overload

from storydiff.arguments import only_one, whole
from storydiff.article import Article
from storydiff.corpus import workers
from storydiff.corpus.reading import COLLECT, Corpus, Errors, Failure, columns_of, read_corpus
from storydiff.corpus.stories import earlier_stories
from storydiff.languages import checked
from storydiff.read import no_dates, wrong_language
from storydiff.read.rows import Columns
from storydiff.views.progress import shown
from storydiff.views.summary import plural
from storydiff.warning import warn

if TYPE_CHECKING:
    import pandas
    import pyarrow

    from storydiff.comparison import Comparison
    from storydiff.models.encoder import Encoder
    from storydiff.models.reranker import PairScorer, Reranker
    from storydiff.write.tables import Table

DEFAULT_TABLES = ("mentions", "unique", "conflicts")
"""What `StoryResult.to_arrow` nests where no tables were asked for."""


@dataclass(frozen=True)
class Job:
    """How stories are compared; the same for all of them, and sent to the workers."""

    options: Mapping[str, Any] = field(default_factory=dict)
    tables: tuple[str, ...] | None = None
    max_articles: int | None = 200
    max_seconds: float | None = None
    reports: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of a story: packed, since it comes from another process, or an error."""

    comparison: bytes | None = None
    rows: Mapping[str, list[tuple[Any, ...]]] | None = None
    report: str | None = None
    error: str | None = None


class TooSlowError(RuntimeError):
    """A story took longer than it may."""


def compare_one(job: Job, articles: list[Article]) -> Outcome:
    """Compare one story; whatever goes wrong with it is its outcome."""
    from storydiff.comparing import compare
    from storydiff.comparison import dumps
    from storydiff.write import tables

    if job.max_articles is not None and len(articles) > job.max_articles:
        return Outcome(error=f"{len(articles)} articles are more than max_articles={job.max_articles}")
    end = None if job.max_seconds is None else time.monotonic() + job.max_seconds

    def watch(*_: object) -> None:
        if end is not None and time.monotonic() > end:
            raise TooSlowError(f"it took longer than max_seconds={job.max_seconds}")

    try:
        with warnings.catch_warnings():
            # What there is to warn of is told once for all stories.
            warnings.filterwarnings("ignore", "articles: ", UserWarning)
            comparison = compare(articles, n_threads=1, progress=None if end is None else watch, **job.options)
        if job.tables is None:
            return Outcome(comparison=dumps(comparison))
        rows = {table: tables.rows_of(comparison, table) for table in job.tables}
        return Outcome(rows=rows, report=comparison.to_html() if job.reports else None)
    except Exception as error:  # a reranker of the caller's may raise anything
        return Outcome(error=f"{type(error).__name__}: {error}")


@dataclass(frozen=True, slots=True)
class StoryResult:
    """One story, compared or not.

    Attributes
    ----------
    story : str
        Its id.
    n_articles : int
    error : str or None
        Why there is no comparison.
    failures : tuple of Failure
        Its articles that were set aside.
    """

    story: str
    n_articles: int
    error: str | None
    failures: tuple[Failure, ...]
    _outcome: Outcome = field(repr=False)
    _tables: tuple[str, ...] | None = field(repr=False)

    @property
    def comparison(self) -> Comparison | None:
        """The comparison; None where it failed, or where `tables` were asked for, which are kept in its stead."""
        from storydiff.comparison import loads

        return None if self._outcome.comparison is None else loads(self._outcome.comparison)

    @property
    def report(self) -> str | None:
        """The report as HTML, where the command line asked for it."""
        return self._outcome.report

    def to_arrow(self, table: str | None = None) -> pyarrow.Table:
        """One table of the story, with a column ``story`` in front; empty where the comparison failed.

        Without a name: one row, with ``story``, ``n_articles``, ``error``, ``set_aside`` and the tables nested in it.
        """
        from storydiff.write import tables

        if table is not None:
            return tables.table_of(table, self._rows((table,)).get(table, []), story=self.story)
        names = DEFAULT_TABLES if self._tables is None else self._tables
        rows = self._rows(names)
        set_aside = [(failure.id, failure.error) for failure in self.failures]
        inside = {name: rows.get(name) for name in names}
        return tables.nested(self.story, self.n_articles, self.error, set_aside, inside)

    def to_pandas(self, table: Table = "mentions") -> pandas.DataFrame:
        """One table of the story as a pandas frame, with a column ``story`` in front."""
        from storydiff.write.tables import frame_of

        return frame_of(table, [(self.story, *row) for row in self._rows((table,)).get(table, [])], story=True)

    def _rows(self, names: Sequence[str]) -> Mapping[str, list[tuple[Any, ...]]]:
        from storydiff.write import tables

        if self._outcome.rows is not None:
            if missing := set(tables.check_tables(names)) - {*self._outcome.rows}:
                raise ValueError(f"table {min(missing)!r} was not among tables={self._tables}")
            return self._outcome.rows
        comparison = self.comparison
        return {} if comparison is None else {name: tables.rows_of(comparison, name) for name in names}


class StoryResults(Sequence[StoryResult]):
    """The stories of a corpus, compared, in order of story id.

    Attributes
    ----------
    failures : list of Failure
        The articles that ``errors="collect"`` set aside: id, story and error.
    """

    def __init__(self, results: Iterable[StoryResult], failures: Sequence[Failure]) -> None:
        self._results = list(results)
        self.failures = list(failures)

    @overload
    def __getitem__(self, at: int | str) -> StoryResult: ...
    @overload
    def __getitem__(self, at: slice) -> list[StoryResult]: ...
    def __getitem__(self, at: int | str | slice) -> StoryResult | list[StoryResult]:
        """The result at a place, or of the story of that id."""
        if isinstance(at, str):
            return {result.story: result for result in self._results}[at]
        return self._results[at]

    def __len__(self) -> int:
        return len(self._results)

    def to_arrow(self, table: str | None = None) -> pyarrow.Table:
        """One table of all stories, with a column ``story`` in front; without a name one row a story.

        ``"errors"`` holds the stories that failed and the articles that were set aside.
        """
        from storydiff.write import tables

        if table == "errors":
            return tables.table_of("errors", self._errors())
        return tables.joined([result.to_arrow(table) for result in self], table, DEFAULT_TABLES)

    def to_pandas(self, table: Table | Literal["errors"] = "mentions") -> pandas.DataFrame:
        """One table of all stories as a pandas frame, with a column ``story`` in front; ``"errors"`` as in `to_arrow`.

        Raises
        ------
        ImportError
            Without pandas (``storydiff[pandas]``).
        """
        from storydiff.write.tables import frame_of

        if table == "errors":
            return frame_of("errors", self._errors())
        rows = [(result.story, *row) for result in self for row in result._rows((table,)).get(table, [])]
        return frame_of(table, rows, story=True)

    def _errors(self) -> list[tuple[Any, ...]]:
        rows = [(result.story, None, result.error) for result in self if result.error is not None]
        return [*rows, *((failure.story, failure.id, failure.error) for failure in self.failures)]

    def __repr__(self) -> str:
        n_failed = sum(result.error is not None for result in self)
        return f"<StoryResults: {plural(len(self), 'story')}, {n_failed} failed>"


def compare_stories(
    articles: Any,
    *others: NoReturn,
    story: str | Any = "story",
    tables: Sequence[str] | None = None,
    errors: Errors = "raise",
    min_articles: int = 1,
    max_articles: int | None = 200,
    max_seconds: float | None = None,
    n_jobs: int | None = None,
    published: str = "published",
    language: str = "en",
    min_probability: float = 0.5,
    encoder: Literal["mpnet", "minilm", "static"] | Encoder | None = None,
    reranker: Reranker | PairScorer | None = None,
    progress: bool | Callable[[str, int, int], object] | None = None,
    text: str | None = None,
    id: str | None = None,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
) -> StoryResults:
    """Compare each story of a corpus.

    Stories are compared side by side, each on one thread of a process of its own.

    Parameters
    ----------
    articles : list of str, dict of id to text, list of Article or dict, or a frame with a ``text`` column
    story : str, Stories, dict of article id to story id, or a table with ``id`` and ``story``
        The column that holds the id of each article's story, or what `find_stories` gave.
    tables : sequence of str, optional
        Keep these tables of each comparison and not the comparison itself, which takes more room.
    errors : {"raise", "collect"}
        Whether the first failure raises. Else an article that is none (null or bytes for a text, no story, an id that
        came before) and a story that failed are set aside, with the reason, and the rest goes on.
    min_articles, max_articles : int
        Stories of fewer articles are left out; those of more fail.
    max_seconds : float, optional
        A story that takes longer fails.
    n_jobs : int, optional
        Processes; by default one per core. With 1 everything runs in this one.
    published : str
        The column that holds when an article appeared.
    language, min_probability, encoder, reranker
        As for `compare`. Where `n_jobs` is not 1, a callable must pickle, and the processes read it from its module:
        a function or an object of a class at the top level of a module that they can import, no lambda, and nothing
        that is defined in a script or a notebook. Each process has its own, so let it load its model at its first call.
    progress : bool or callable, optional
        As for `compare`: called with a stage, the stories done and the stories in all.
    text, id, title, source, url : str, optional
        The name of the column, or the field of items, that holds each, where it is another.

    Returns
    -------
    StoryResults
        A sequence in order of story id; each has ``.story``, ``.comparison`` or ``.error``, and ``.to_arrow()``.

    Warns
    -----
    UserWarning
        When some articles are clearly in another language than `language`, or a `published` is no date.

    Examples
    --------
    >>> found = compare_stories(
    ...     [
    ...         {"id": "a", "story": "bridge", "text": "The bridge closed on Monday."},
    ...         {"id": "b", "story": "bridge", "text": "The bridge closed on Monday. Nobody was hurt."},
    ...         {"id": "c", "story": "cup", "text": None},
    ...     ],
    ...     errors="collect",
    ...     n_jobs=1,
    ... )
    >>> [(result.story, len(result.comparison.shared())) for result in found]
    [('bridge', 1)]
    >>> found.failures
    [Failure(id='c', story='cup', error='text must be a str, got nothing')]
    """
    from storydiff.models.reranker import check_pickles, core_of
    from storydiff.write.tables import check_tables

    only_one("compare_stories", "articles", "[first, second]", others)
    core_of(reranker)  # what is none is an error of the call, not of each story
    job = Job(
        {"language": checked(language), "min_probability": min_probability, "encoder": encoder, "reranker": reranker},
        None if tables is None else check_tables(tables),
        None if max_articles is None else whole("max_articles", max_articles, 1),
        max_seconds,
    )
    columns = columns_of(published, text=text, id=id, title=title, source=source, url=url)
    stories, failures = grouped(articles, story, columns, errors, whole("min_articles", min_articles, 1))
    for message in doubts_of(stories, language):
        warn(message)
    n_jobs = cores() if n_jobs is None else whole("n_jobs", n_jobs, 1, 1024)
    n_jobs = min(n_jobs, max(len(stories), 1))
    if n_jobs > 1:
        check_pickles(reranker)
    found = []
    with shown(progress) as told:
        for number, result in enumerate(results(stories, job, n_jobs, failures)):
            if result.error is not None and errors == "raise":
                raise RuntimeError(f"story {result.story!r}: {result.error}; {COLLECT}")
            found.append(result)
            if told is not None:
                told("comparing", number + 1, len(stories))
    return StoryResults(found, failures)


def doubts_of(stories: Iterable[tuple[str, list[Article]]], language: str) -> list[str]:
    """What to warn of before stories are compared, once for all of them."""
    articles = [article for _, members in stories for article in members]
    found = [*wrong_language(articles, language), no_dates(articles)]
    return [message for message in found if message is not None]


def grouped(
    articles: Any, story: Any, columns: Columns, errors: Errors, min_articles: int = 1
) -> tuple[list[tuple[str, list[Article]]], list[Failure]]:
    """The articles of each story, in order of story id, and what was set aside."""
    column = story if isinstance(story, str) else None
    corpus = read_corpus(articles, columns=columns, story=column, errors=errors)
    known = {} if column is not None else earlier_stories(story)
    members: dict[str, list[Article]] = {}
    failures = list(corpus.failures)
    for article, of in zip(corpus.articles, _stories(corpus, known, column), strict=True):
        if of is None:
            where = f"no {column!r}" if column is not None else "no story"
            if errors == "raise":
                raise ValueError(f"article {article.id!r} has {where}; {COLLECT}")
            failures.append(Failure(article.id, None, f"it has {where}"))
            continue
        members.setdefault(of, []).append(article)
    return [(id, members[id]) for id in sorted(members) if len(members[id]) >= min_articles], failures


def _stories(corpus: Corpus, known: Mapping[str, str], column: str | None) -> list[str | None]:
    return corpus.stories if column is not None else [known.get(article.id) for article in corpus.articles]


def results(
    stories: Iterable[tuple[str, list[Article]]], job: Job, n_jobs: int, failures: Sequence[Failure] = ()
) -> Iterator[StoryResult]:
    """The stories compared, in the order given, each with those of the failures that are its own."""
    of_story: dict[str | None, list[Failure]] = {}
    for failure in failures:
        of_story.setdefault(failure.story, []).append(failure)
    known: list[tuple[str, int]] = []

    def tasks() -> Iterator[list[Article]]:
        for id, members in stories:
            known.append((id, len(members)))
            yield members

    for outcome in workers.run(partial(compare_one, job), tasks(), n_jobs):
        id, n_articles = known.pop(0)
        if isinstance(outcome, workers.WorkerDiedError):
            outcome = Outcome(error=f"{type(outcome).__name__}: {outcome}")
        yield StoryResult(id, n_articles, outcome.error, tuple(of_story.get(id, ())), outcome, job.tables)


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
