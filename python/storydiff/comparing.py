"""The main job."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NoReturn

from storydiff import _storydiff
from storydiff.arguments import only_one, probability, threads
from storydiff.article import as_tuple
from storydiff.comparison import Comparison
from storydiff.languages import checked
from storydiff.models.encoder import Encoder, embedded_name
from storydiff.models.reranker import PairScorer, Reranker, core_of
from storydiff.progress import steps
from storydiff.read import as_articles, doubts, left_out
from storydiff.read.rows import Columns
from storydiff.views.progress import shown
from storydiff.warning import warn


def compare(
    articles: Any,
    *others: NoReturn,
    language: str = "en",
    min_probability: float = 0.5,
    encoder: Literal["mpnet", "minilm", "static"] | Encoder | None = None,
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
        All of them in one argument. Letter case and blanks around a column's name do not count. Without a column
        ``id``, a pandas index that does more than number the rows gives the ids.
    language : str
        ISO 639-1 code, with or without a region.
    min_probability : float
        Links below it join no statements, in [0, 1].
    encoder : {"mpnet", "minilm", "static"} or Encoder, optional
        What compares words in other words: ``"minilm"``, the transformers, which read them in their sentence and
        doubtful pairs of sentences together, and link better, or ``"static"``, a table of vectors, which is many times
        faster. With ``"mpnet"`` the largest of the transformers reads not only the pairs most in doubt but every pair
        that may be a link: it finds a little more and takes two to four times as long. By default ``"minilm"`` for
        English stories of up to 600 sentences and 100,000 bytes, ``"static"`` for others. Only these, which come with
        the package: probabilities are trained with them.
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
        called with a stage, the steps done and the steps of the stage. Stages follow one another, and none comes back;
        the steps done grow from 0 to those of the stage, and are told again only where half a second brought no other.
    errors : {"raise", "skip"}
        What to do about a row, an item or a file that holds no text: raise, or leave it out and warn.
    text, id, title, source, url, published : str, optional
        The name of the column, or the field of items, that holds each, where it is another.

    Returns
    -------
    Comparison
        Its articles, and all that is listed by article, are in the order given. What is found does not depend on it.

    Raises
    ------
    TypeError, ValueError
        When something is no article, two have one id, a parameter is out of its range, `language` is no language's
        code, or a reranker returns anything but its numbers; the message names it.

    Warns
    -----
    UserWarning
        When there is nothing to compare with: no article, one alone, or one text twice; when rows were left out; when
        the articles, or one of them, are clearly in another language than `language`; when a `published` is no date.

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
    only_one("compare", "articles", "[first, second]", others)
    checked(language)
    columns = Columns({"text": text, "id": id, "title": title, "source": source, "url": url, "published": published})
    skipped: list[str] | None = [] if errors == "skip" else None
    given = as_articles(articles, columns=columns, skipped=skipped, skip='errors="skip"')
    if skipped:
        warn(left_out(skipped))
    for message in doubts(given, language):
        warn(message)
    with shown(progress) as told:
        core = _storydiff.compare(
            [as_tuple(article) for article in given],
            language=language,
            min_probability=probability("min_probability", min_probability),
            encoder=embedded_name(encoder),
            reranker=core_of(reranker),
            n_threads=threads(n_threads),
            progress=steps(told),
        )
    return Comparison(core, given)
