"""The main job and its outcome."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np
import numpy.typing as npt

from storydiff import _storydiff
from storydiff.arguments import probability, threads, whole
from storydiff.article import Article
from storydiff.models.encoder import Encoder, embedded_name
from storydiff.models.reranker import PairScorer, Reranker, core_of
from storydiff.read import added_articles, as_articles, left_out, nothing_to_compare, wrong_language
from storydiff.read.rows import Columns
from storydiff.records import (
    Conflict,
    Copy,
    Dispute,
    DisputedValue,
    Link,
    Mention,
    Passage,
    Quote,
    Reason,
    Sentence,
    Statement,
    Unique,
)
from storydiff.shown import Records
from storydiff.text import well_formed

if TYPE_CHECKING:
    import pandas
    import pyarrow
    from matplotlib.axes import Axes

    from storydiff.records import ConflictKind
    from storydiff.views.notebook import View
    from storydiff.write.tables import Table


def compare(
    articles: Any,
    *,
    language: str = "en",
    min_probability: float = 0.5,
    encoder: Literal["minilm", "static"] | Encoder | None = None,
    reranker: Reranker | PairScorer | None = None,
    n_threads: int | None = None,
    progress: bool | Callable[[str, int, int], object] | None = None,
    errors: Literal["raise", "skip"] = "raise",
    text: str | None = None,
    id: str | None = None,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    published: str | None = None,
) -> Comparison:
    """Compare articles on one story.

    Parameters
    ----------
    articles : list of str, dict of id to text, list of Article, or a frame with a ``text`` column
        Letter case and blanks around a column's name do not count. Without a column ``id``, a pandas index that does
        more than number the rows gives the ids.
    language : str
        ISO 639-1 code.
    min_probability : float
        Links below it join no statements, in [0, 1].
    encoder : {"minilm", "static"} or Encoder, optional
        What compares words in other words: the transformers, which read them in their sentence and doubtful pairs of
        sentences together, and link better, or the static model, which is many times faster. By default the
        transformers for English stories of up to 600 sentences and 100,000 bytes, the static model for others. Only
        these, which come with the package: probabilities are trained with them.
    reranker : Reranker or callable, optional
        What looks again, in place of our own cross-encoder, at every link of probability 0.05 or more: a cross-encoder
        of yours, or a callable, around a language model say. The link's new log-odds are the mean of both models', so
        it should score pairs that say the same near 1 and others near 0.

        A callable takes two lists of str, the left and the right sentences of at most 256 pairs, and returns a sequence
        or an array of as many numbers in [0, 1]. It runs on the calling thread, and what it raises ends the comparison.
        The lesser text of a pair is on the left, pairs come sorted and each once, whatever the ids and the order of the
        articles: what is found depends on neither as long as the callable gives the same answers to the same texts.
    n_threads : int, optional
        Threads to use; by default the environment variable ``STORYDIFF_NUM_THREADS``, else one per core.
    progress : bool or callable, optional
        True shows a progress bar in a notebook or on a terminal (needs tqdm, ``storydiff[notebook]``). A callable is
        called with a stage, the steps done and the steps in all.
    errors : {"raise", "skip"}
        What to do about a row or an item that holds no text: raise, or leave it out and warn.
    text, id, title, source, url, published : str, optional
        The name of the column, or the field of records, that holds each, where it is another.

    Returns
    -------
    Comparison
        Its articles, and all that is listed by article, are in the order given. What is found does not depend on it.

    Raises
    ------
    TypeError, ValueError
        When something is no article, two have one id, a parameter is out of its range, or a reranker returns anything
        but its numbers; the message names it.

    Warns
    -----
    UserWarning
        When there is nothing to compare with: no article, one alone, or one text twice; when rows were left out; when
        the articles are clearly in another language than `language`.

    Examples
    --------
    >>> def share_of_words(left, right):
    ...     words = [(set(a.lower().split()), set(b.lower().split())) for a, b in zip(left, right)]
    ...     return [len(a & b) / len(a | b) for a, b in words]
    >>> texts = ["The bridge closed on Monday after a storm.", "A storm closed the bridge on Monday."]
    >>> plain, reranked = compare(texts), compare(texts, reranker=share_of_words)
    >>> reranked.reader
    'thorough'
    >>> reranked.links(0.0)[0].probability < plain.links(0.0)[0].probability
    True
    """
    if errors not in ("raise", "skip"):
        raise ValueError(f"errors must be 'raise' or 'skip', got {errors!r}")
    columns = Columns({"text": text, "id": id, "title": title, "source": source, "url": url, "published": published})
    skipped: list[str] | None = [] if errors == "skip" else None
    given = as_articles(articles, columns=columns, skipped=skipped)
    for message in (left_out(skipped or []), nothing_to_compare(given), wrong_language(given, language)):
        if message is not None:
            warnings.warn(message, UserWarning, stacklevel=2)
    bar: AbstractContextManager[Any] = nullcontext(progress or None)
    if progress is True:
        from storydiff.views.progress import Bar

        bar = Bar()
    with bar as told:
        core = _storydiff.compare(
            [as_tuple(article) for article in given],
            language=language,
            min_probability=probability("min_probability", min_probability),
            encoder=embedded_name(encoder),
            reranker=core_of(reranker),
            n_threads=threads(n_threads),
            progress=told,
        )
    return Comparison(core, given)


def _fixed(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The array, which callers share, made read-only."""
    array.setflags(write=False)
    return array


def as_tuple(article: Article) -> tuple[str, str, str | None, str | None, str | None, str | None]:
    """The article as Rust takes it, without unpaired surrogates."""
    known = (article.title, article.source, article.url, article.published)
    title, source, url, published = (None if value is None else well_formed(value) for value in known)
    return well_formed(article.id), well_formed(article.text), title, source, url, published


def _direction(left: Article, right: Article) -> Literal["left to right", "right to left"] | None:
    """From the one that was published first, where both dates can be read and compared."""
    try:
        first, second = (datetime.fromisoformat(article.published or "") for article in (left, right))
        if first == second:
            return None
        return "left to right" if first < second else "right to left"
    except (TypeError, ValueError):
        return None


class Comparison:
    """What articles share and what only one of them says. Made by `compare`.

    It has the length of its articles and gives each by its id: ``cmp["wire"]``. Two comparisons are equal when they
    say the same of the same articles. Its arrays cannot be written to, and what it lists is the caller's own list.
    """

    def __init__(self, core: _storydiff.Comparison, articles: list[Article]) -> None:
        self._core = core
        self._articles = articles

    def __len__(self) -> int:
        return len(self._articles)

    def __iter__(self) -> Iterator[Article]:
        return iter(self._articles)

    def __contains__(self, article: object) -> bool:
        return any(article in (known, known.id) for known in self._articles)

    def __getitem__(self, id: str) -> Article:
        """The article of that id.

        Raises
        ------
        KeyError
            When there is none; the message lists those there are.
        """
        return self._articles[self._position(id)]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Comparison):
            return NotImplemented
        return self is other or (self._articles == other._articles and self.to_dict() == other.to_dict())

    def __hash__(self) -> int:
        return hash((tuple(self._articles), self.min_probability))

    @property
    def articles(self) -> Records[Article]:
        """The articles, in the order given."""
        return Records(self._articles).of(Article)

    @property
    def reader(self) -> Literal["fast", "standard", "thorough"]:
        """Which tier read the story: ``"fast"``, words alone; ``"standard"``, the transformers with the words;
        ``"thorough"``, a reranker of yours after either.

        English stories of up to 600 sentences and 100,000 bytes are read by the standard tier, others by the fast one;
        ``encoder`` of `compare` chooses. The standard tier links better at some ten times the cost.
        """
        return self._core.reader

    @property
    def min_probability(self) -> float:
        """The probability below which a link joins no statements."""
        # The shortest number that is the same float32: 0.05, not 0.05000000074505806.
        return float(str(np.float32(self._core.min_probability)))

    @property
    def sentences(self) -> Records[Sentence]:
        """All sentences, by article, then by offset."""
        return Records(self._sentences).of(Sentence)

    @cached_property
    def _sentences(self) -> tuple[Sentence, ...]:
        return tuple(
            Sentence(self._articles[article], index, start, end, kind)
            for article, index, start, end, kind in self._core.sentences()
        )

    def links(self, min_probability: float | None = None) -> Records[Link]:
        """The links of at least `min_probability` (by default the comparison's own), most probable first.

        ``min_probability=0.0`` gives every scored candidate.
        """
        least = self.min_probability if min_probability is None else min_probability
        return Records(self._link(*link) for link in self._core.links(probability("min_probability", least))).of(Link)

    def conflicts(self) -> Records[Conflict]:
        """Where two articles speak of the same thing and contradict each other, most certain first.

        Two sentences conflict whatever the probability that they share a statement, and they may share another one.
        """
        return Records(
            Conflict(kind, what, self._sentences[left], self._sentences[right], left_span, right_span, probability)
            for kind, what, left, right, left_span, right_span, probability in self._core.conflicts()
        ).of(Conflict)

    def disputes(self) -> Records[Dispute]:
        """What the articles disagree on, one entry a fact, those of most articles first.

        Each gathers the conflicts on one fact: who says 14, who says seventeen.
        """
        return Records(self._dispute(*dispute) for dispute in self._core.disputes()).of(Dispute)

    def _dispute(self, kind: ConflictKind, what: str, values: list[list[tuple[int, int, int, float]]]) -> Dispute:
        def value(tuples: list[tuple[int, int, int, float]]) -> DisputedValue:
            mentions = [
                Mention(self._sentences[sentence].article, self._sentences[sentence], start, end, probability)
                for sentence, start, end, probability in tuples
            ]
            articles = list({mention.article.id: mention.article for mention in mentions}.values())
            # Of several wordings the most frequent, then the shortest: whatever the order of the articles.
            words = [mention.text for mention in mentions]
            return DisputedValue(min(words, key=lambda text: (-words.count(text), len(text), text)), mentions, articles)

        return Dispute(kind, what, [value(tuples) for tuples in values])

    def _link(
        self,
        left: int,
        right: int,
        probability: float,
        spans: list[tuple[tuple[int, int], tuple[int, int]]],
        reasons: list[tuple[Literal["supports", "conflicts"], str]],
    ) -> Link:
        return Link(
            self._sentences[left], self._sentences[right], probability, spans, [Reason(*reason) for reason in reasons]
        )

    def passages(self, min_words: int = 8) -> Records[Passage]:
        """The maximal runs of at least `min_words` words that two articles have in common, longest first.

        Letter case and punctuation do not count; boilerplate is left out.
        """
        least = min(whole("min_words", min_words, 1), sys.maxsize)
        return Records(
            Passage(self._articles[left], *left_span, self._articles[right], *right_span, n_words)
            for left, left_span, right, right_span, n_words in self._core.passages(least)
        ).of(Passage)

    def copies(self) -> Records[Copy]:
        """The pairs of articles that share text word for word, the greatest share first.

        At least twenty words in runs of eight or more, and a tenth of one of the two.
        """
        articles = self._articles
        return Records(
            Copy(
                articles[left],
                articles[right],
                share_left,
                share_right,
                n_words,
                _direction(articles[left], articles[right]),
            )
            for left, right, share_left, share_right, n_words in self._core.copies()
        ).of(Copy)

    def quotes(self) -> Records[Quote]:
        """The quotations of all articles in reading order, with their speakers and who else has them."""
        return Records(
            Quote(
                self._articles[article],
                self._sentences[sentence],
                start,
                end,
                speaker,
                [self._articles[other] for other in others],
            )
            for article, sentence, start, end, speaker, others in self._core.quotes()
        ).of(Quote)

    @property
    def statements(self) -> Records[Statement]:
        """Every statement, widest shared first."""
        return Records(self._statements).of(Statement)

    @cached_property
    def _statements(self) -> tuple[Statement, ...]:
        return tuple(self._statement(id, *statement) for id, statement in enumerate(self._core.statements()))

    def _statement(self, id: int, tuples: list[tuple[int, int, int, float]], text: str, n_origins: int) -> Statement:
        mentions = [
            Mention(self._sentences[sentence].article, self._sentences[sentence], start, end, probability)
            for sentence, start, end, probability in tuples
        ]
        articles = list({mention.article.id: mention.article for mention in mentions}.values())
        return Statement(id, text, Records(mentions).of(Mention), articles, n_origins)

    def shared(self, min_articles: int = 2) -> Records[Statement]:
        """The statements asserted by at least `min_articles` articles."""
        least = whole("min_articles", min_articles, 0)
        return Records(statement for statement in self._statements if statement.n_articles >= least).of(Statement)

    def unique(self, article: Article | str | None = None) -> Records[Unique]:
        """The spans that one article alone asserts, best first; of one article or of all."""
        wanted = None if article is None else self._position(article)
        return Records(
            Unique(self._articles[position], start, end, score, probability, reasons)
            for position, start, end, score, probability, reasons in self._core.unique()
            if wanted is None or position == wanted
        ).of(Unique)

    @cached_property
    def coverage(self) -> npt.NDArray[np.bool_]:
        """Boolean matrix, statements x articles, as `statements` and `articles` list them."""
        return _fixed(self._core.coverage())

    @property
    def similarity(self) -> npt.NDArray[np.float32]:
        """How alike two articles are, in [0, 1]: float32 ``(n_articles, n_articles)``, symmetric, 1 on the diagonal.

        Rows and columns are in the order of `articles`.

        The mean of `containment` both ways, weighed by length, and of the cosine of the articles' TF-IDF words.
        """
        return self._likeness[0]

    @property
    def containment(self) -> npt.NDArray[np.float32]:
        """The share of the row article's content that the column article asserts too, in [0, 1].

        Content is the words of an article, boilerplate aside, each by its idf.
        """
        return self._likeness[1]

    @cached_property
    def _likeness(self) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        similarity, containment = self._core.likeness()
        return _fixed(similarity), _fixed(containment)

    def terms(self, article: Article | str, n: int = 10) -> list[tuple[str, float]]:
        """The `n` most distinctive terms of an article by TF-IDF, with their weights."""
        return self._core.terms(self._position(article), min(whole("n", n, 0), sys.maxsize))

    def rethreshold(self, min_probability: float) -> Comparison:
        """The same comparison with statements formed at another probability; nothing is scored again."""
        return Comparison(self._core.rethreshold(probability("min_probability", min_probability)), self._articles)

    def add(
        self,
        article: Any,
        *,
        reranker: Reranker | PairScorer | None = None,
        n_threads: int | None = None,
        progress: Callable[[str, int, int], object] | None = None,
    ) -> Comparison:
        """A new comparison with one more article, or several: what comparing all of them afresh gives.

        It costs as much, too: a new article changes how telling each word of the story is, and with that every score.
        A comparison does not keep its `reranker`; give it again.

        Parameters
        ----------
        article : Article, str, dict or anything that `compare` takes
            A text gets the next number as its id. A dict is one article if it has a ``text``, else ids and texts.

        Examples
        --------
        >>> comparison = compare({"wire": "The bridge closed on Monday.", "blog": "On Monday the bridge closed."})
        >>> [article.id for article in comparison.add({"radio": "The bridge is closed."}).articles]
        ['wire', 'blog', 'radio']
        """
        more = added_articles(article, self._articles)
        core = self._core.add(
            [as_tuple(each) for each in more],
            reranker=core_of(reranker),
            n_threads=threads(n_threads),
            progress=progress,
        )
        return Comparison(core, [*self._articles, *more])

    def save(self, path: str | PathLike[str]) -> None:
        """Write the comparison to a file that `storydiff.load` reads.

        The file holds the articles too. It is complete or not there: an interrupted `save` leaves what was at `path`.
        """
        from storydiff.write import file

        file.save(self, path)

    def __reduce__(self) -> tuple[Callable[[bytes], Comparison], tuple[bytes]]:
        from storydiff.write import file

        return file.loads, (file.dumps(self),)

    def to_dict(self, *, min_probability: float | None = None) -> dict[str, Any]:
        """The comparison as dicts, lists, strings and numbers.

        Parameters
        ----------
        min_probability : float, optional
            Links from this probability on are included; by default those that join statements.

        Returns
        -------
        dict
            As `json_schema` describes it. A link names its sentences by their position in ``sentences``; offsets count
            code points of the article's ``text``.
        """
        from storydiff.write.json import to_dict

        return to_dict(self, min_probability=min_probability)

    def to_json(self, *, min_probability: float | None = None, indent: int | None = None) -> str:
        """What `to_dict` gives, as JSON text; `from_json` reads it back."""
        from storydiff.write.json import to_json

        return to_json(self, min_probability=min_probability, indent=indent)

    @staticmethod
    def from_json(text: str | bytes) -> Comparison:
        """The comparison that `to_json` wrote down.

        It answers and shows what was written down, and can be saved, copied and added to; `rethreshold`, and links or
        passages below the limits of what was written, need the articles compared again, and raise ValueError.

        Examples
        --------
        >>> comparison = compare(["The bridge closed on Monday.", "Nobody knows when it opens again."])
        >>> again = Comparison.from_json(comparison.to_json())
        >>> again.to_dict() == comparison.to_dict()
        True
        """
        from storydiff.write.json_core import from_json

        core = from_json(text)
        # Every method of the compiled one that is called here, and those that saving and adding need.
        return Comparison(cast("_storydiff.Comparison", core), core.articles())

    @staticmethod
    def json_schema() -> dict[str, Any]:
        """The JSON Schema (draft 2020-12) of `to_dict` and `to_json`."""
        from storydiff.write.json import json_schema

        return json_schema()

    def to_pandas(self, table: Table = "mentions") -> pandas.DataFrame:
        """One table of the comparison as a pandas frame.

        Parameters
        ----------
        table : str
            ``"mentions"``: where each statement is asserted, a row for each mention. ``"statements"``, ``"unique"``,
            ``"links"``, ``"conflicts"``, ``"passages"``, ``"copies"``, ``"quotes"``, ``"sentences"`` and
            ``"articles"``: a row for each. ``"disputes"``: a row for each mention of a disputed fact. ``"pairs"``:
            similarity and containment of two articles. ``"terms"``: distinctive terms of each article.

        Raises
        ------
        ImportError
            Without pandas (``storydiff[pandas]``).
        """
        from storydiff.write import tables

        return tables.to_pandas(self, table)

    def to_arrow(self, table: Table = "mentions") -> pyarrow.Table:
        """One table of the comparison, named as for `to_pandas`, as an Arrow table.

        It gives Arrow's C stream (``__arrow_c_stream__``), so polars, DuckDB and pandas take it without a copy.

        Raises
        ------
        ImportError
            Without pyarrow (``storydiff[arrow]``).
        """
        from storydiff.write import tables

        return tables.to_arrow(self, table)

    def to_html(self, path: str | PathLike[str] | None = None, *, title: str | None = None) -> str:
        """The report as one self-contained HTML page; written to `path` when given.

        The page needs no network and no script, follows the reader's light or dark setting and prints well.

        Parameters
        ----------
        path : str or PathLike, optional
        title : str, optional
            The page's heading.

        Returns
        -------
        str
            The page.
        """
        from storydiff.views.page import page

        html = page(self, title=title)
        if path is not None:
            Path(path).write_text(html, encoding="utf-8", newline="")
        return html

    def to_markdown(self) -> str:
        """A summary in Markdown: what all, most and some articles say, and what only one says."""
        from storydiff.views.markdown import render

        return render(self)

    def view(self, *names: str) -> View:
        """Some of the views that a notebook shows of the comparison, in this order.

        Parameters
        ----------
        *names : str
            Of ``"glance"``, ``"sources"``, ``"reader"``, ``"timeline"``, ``"matrix"``, ``"words"`` (quotes and copies),
            ``"pairs"``, ``"overlap"`` and ``"terms"``; by default all.
        """
        from storydiff.views.notebook import view

        return view(self, names)

    def plot_similarity(
        self, measure: Literal["similarity", "containment"] = "similarity", *, ax: Axes | None = None
    ) -> Axes:
        """A heat map of the articles' similarity, or of how much of one is found in another.

        The ``plot_*`` methods need Matplotlib (``storydiff[plot]``). They draw on `ax`, else on a new figure, and give
        it back, to restyle and to save: ``cmp.plot_matrix().figure.savefig("matrix.svg")``.
        """
        from storydiff.views import plots

        return plots.plot_similarity(self, measure, ax=ax)

    def plot_matrix(self, *, n: int = 25, ax: Axes | None = None) -> Axes:
        """The `n` widest shared statements by articles: who says what."""
        from storydiff.views import plots

        return plots.plot_matrix(self, n=n, ax=ax)

    def plot_upset(self, *, n: int = 15, ax: Axes | None = None) -> Axes:
        """An UpSet plot: how many statements exactly each set of articles asserts, the `n` largest first."""
        from storydiff.views import plots

        return plots.plot_upset(self, n=n, ax=ax)

    def plot_terms(self, *, n: int = 10, ax: Axes | None = None) -> Axes:
        """The `n` most distinctive terms of each article, but for days, numbers and its own name."""
        from storydiff.views import plots

        return plots.plot_terms(self, n=n, ax=ax)

    def plot_pair(self, left: Article | str, right: Article | str, *, ax: Axes | None = None) -> Axes:
        """Two articles from top to bottom, with lines between the places that assert the same."""
        from storydiff.views import plots

        return plots.plot_pair(self, left, right, ax=ax)

    def explore(self) -> Any:
        """A live view: move the threshold, choose articles, search, filter by how widely a statement is asserted.

        Hiding an article compares the others without it. A saved notebook keeps the static view.

        Needs anywidget (``storydiff[notebook]``) and a notebook; without anywidget gives the static view.
        """
        try:
            from storydiff.views.explorer import Explorer
        except ImportError:
            return self.view()
        return Explorer(self)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        from storydiff.views.plain import render

        return {"text/plain": render(self, most=5, each=1), "text/html": self.view().html}

    def _position(self, article: Article | str) -> int:
        wanted = article.id if isinstance(article, Article) else article
        for position, known in enumerate(self._articles):
            if known.id == wanted:
                return position
        raise KeyError(f"no article {wanted!r}; expected one of {[known.id for known in self._articles]}")

    def __repr__(self) -> str:
        return f"<Comparison: {len(self._articles)} articles, {len(self.shared())} shared statements>"
