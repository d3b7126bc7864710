"""The outcome of the main job."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from storydiff import _storydiff
from storydiff.arguments import probability, threads
from storydiff.article import Article, as_tuple
from storydiff.findings import Findings
from storydiff.models.reranker import PairScorer, Reranker, core_of
from storydiff.progress import steps
from storydiff.read import ReadError, added_articles, no_dates, wrong_language
from storydiff.views.progress import shown
from storydiff.warning import warn

if TYPE_CHECKING:
    import pandas
    import pyarrow
    from matplotlib.axes import Axes

    from storydiff.views.notebook import View
    from storydiff.write.tables import Table


class Comparison(Findings):
    """What articles share and what only one of them says. Made by `compare`.

    It has the length of its articles and gives each by its id: ``cmp["wire"]``. Two comparisons are equal when they
    say the same of the same articles. Its arrays cannot be written to, and what it lists is the caller's own list.
    """

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

    def rethreshold(self, min_probability: float) -> Comparison:
        """The same comparison with statements formed at another probability; nothing is scored again."""
        return Comparison(self._core.rethreshold(probability("min_probability", min_probability)), self._articles)

    def add(
        self,
        article: Any,
        *,
        reranker: Reranker | PairScorer | None = None,
        n_threads: int | None = None,
        progress: bool | Callable[[str, int, int], object] | None = None,
    ) -> Comparison:
        """A new comparison with one more article, or several: what comparing all of them afresh gives.

        The transformers read only what is new: a sentence or a pair of sentences that they have read before costs
        nothing, and that is most of the work. Words are weighed and compared anew, since a new article changes how
        telling each of them is; so with ``encoder="static"`` it costs what comparing afresh costs. A comparison does
        not keep its `reranker`; give it again.

        Parameters
        ----------
        article : Article, str, dict or anything that `compare` takes
            A text gets the next number as its id. A dict is one article if it has a ``text``, else ids and texts.
        reranker, n_threads, progress
            As for `compare`.

        Warns
        -----
        UserWarning
            When what is added is clearly in another language than the comparison's, or its `published` is no date.

        Examples
        --------
        >>> from storydiff import compare
        >>> comparison = compare({"wire": "The bridge closed on Monday.", "blog": "On Monday the bridge closed."})
        >>> [article.id for article in comparison.add({"radio": "The bridge is closed."}).articles]
        ['wire', 'blog', 'radio']
        """
        more = added_articles(article, self._articles)
        for message in (*wrong_language(more, self._core.language), no_dates(more)):
            if message is not None:
                warn(message)
        with shown(progress) as told:
            core = self._core.add(
                [as_tuple(each) for each in more],
                reranker=core_of(reranker),
                n_threads=threads(n_threads),
                progress=steps(told),
            )
        return Comparison(core, [*self._articles, *more])

    def _without(self, positions: Collection[int]) -> Comparison:
        """The others compared as all were; a reranker is not known any more, and not used."""
        rest = [article for at, article in enumerate(self._articles) if at not in positions]
        core = _storydiff.compare(
            [as_tuple(article) for article in rest],
            language=self._core.language,
            min_probability=self.min_probability,
            encoder=self._core.encoder,
        )
        return Comparison(core, rest)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the comparison to a file that `storydiff.load` reads.

        The file holds the articles too. It is complete or not there: an interrupted `save` leaves what was at `path`.
        """
        from storydiff.write import whole

        whole.write(dumps(self), path)

    def __reduce__(self) -> tuple[Callable[[bytes], Comparison], tuple[bytes]]:
        return loads, (dumps(self),)

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

    def to_json(
        self,
        path: str | PathLike[str] | None = None,
        *,
        min_probability: float | None = None,
        indent: int | None = None,
    ) -> str:
        """What `to_dict` gives, as JSON text; written to `path` when given. `from_json` reads the text back."""
        from storydiff.write.json import to_json

        return _written(to_json(self, min_probability=min_probability, indent=indent), path)

    @staticmethod
    def from_json(text: str | bytes) -> Comparison:
        """The comparison that `to_json` wrote down.

        It answers and shows what was written down, and can be saved, copied and added to; `rethreshold`, and links or
        passages below the limits of what was written, need the articles compared again, and raise ValueError.

        Raises
        ------
        ReadError
            When the text breaks off or is no comparison, or one in which something is missing or leads nowhere, such as
            a mention outside its article; the message names the place.

        Examples
        --------
        >>> from storydiff import compare
        >>> comparison = compare(["The bridge closed on Monday.", "Nobody knows when it opens again."])
        >>> again = Comparison.from_json(comparison.to_json())
        >>> again.to_dict() == comparison.to_dict()
        True
        """
        from storydiff.write.json_core import from_json

        try:
            core = from_json(text)
        except ValueError as error:
            raise ReadError(None, str(error)) from error
        return Comparison(core, core.articles())

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
            similarity and containment of two articles. ``"partials"``: a row
            for each sentence of what is shared in part. ``"terms"``: distinctive terms of each article.

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

        return _written(page(self, title=title), path)

    def to_markdown(self, path: str | PathLike[str] | None = None) -> str:
        """A summary in Markdown: what all, most and some articles say and what only one says, each with how sure it is.

        Written to `path` when given. Of what articles have in common word for word it has the longest, and of many
        articles the pairs that are most alike; `passages` and `similarity` have all.
        """
        from storydiff.views.markdown import render

        return _written(render(self), path)

    def view(self, *names: str) -> View:
        """Some of the views that a notebook shows of the comparison, in this order.

        Parameters
        ----------
        *names : str
            Of ``"glance"``, ``"sources"``, ``"reader"``, ``"timeline"`` (who said it first, and what is new; of
            articles that say when they were ``published``), ``"matrix"``, ``"words"`` (quotes and copies),
            ``"pairs"``, ``"overlap"`` and ``"terms"``; by default all of which there is something to see. Of one that
            is asked for in vain it says why.
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
        """The first `n` shared statements by articles: who says what."""
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

        return {"text/plain": render(self, most=5, each=1), "text/html": self._repr_html_()}

    def _repr_html_(self) -> str:
        """For what knows no bundles; a notebook that has one does not ask for this."""
        return self.view().html

    def __repr__(self) -> str:
        from storydiff.views.summary import plural

        n_articles, n_shared = plural(len(self), "article"), plural(len(self.shared(in_full=True)), "shared statement")
        return f"<Comparison: {n_articles}, {n_shared}>"


def _written(text: str, path: str | PathLike[str] | None) -> str:
    """The text, which now stands in the file as well."""
    if path is not None:
        from storydiff.write import whole

        whole.write(text.encode(), path)
    return text


def dumps(comparison: Comparison) -> bytes:
    """The comparison as bytes: what `Comparison.save` writes."""
    from storydiff.write import file

    return file.dumps(comparison._core, comparison._articles)


def loads(data: bytes) -> Comparison:
    """The comparison that `dumps` was given; a changed byte is a ValueError."""
    from storydiff.write import file

    return Comparison(*file.loads(data))


def load(path: str | PathLike[str]) -> Comparison:
    """Read a comparison that `Comparison.save` wrote.

    Parameters
    ----------
    path : str or PathLike

    Raises
    ------
    FileNotFoundError
        When there is no such file.
    ReadError
        When the file is no saved comparison, was damaged, or needs a newer storydiff.

    Examples
    --------
    >>> import storydiff, tempfile
    >>> cmp = storydiff.compare(["The bridge closed.", "The bridge was closed."])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     cmp.save(folder + "/bridge.storydiff")
    ...     again = storydiff.load(folder + "/bridge.storydiff")
    >>> again.to_dict() == cmp.to_dict()
    True
    """
    try:
        return loads(Path(path).read_bytes())
    except ValueError as error:
        raise ReadError(Path(path), str(error)) from error
