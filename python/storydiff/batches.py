"""The steps of a corpus as functions of record batches in and record batches out.

For engines that run Arrow functions over partitions (Spark, Daft, Ray, DataFusion and others), and for corpora that do
not fit memory. No engine is imported. Each function takes an iterable of Arrow record batches with articles and gives
an iterator of record batches of one schema; what is no article is left out, except by `compare`, which tells it.

Examples
--------
>>> import pyarrow as pa
>>> table = pa.table({"id": ["a"], "text": ["The bridge closed. Nobody knows why."]})
>>> pa.Table.from_batches(split(table.to_batches())).to_pylist()[1]
{'article': 'a', 'sentence': 1, 'start': 19, 'end': 36, 'text': 'Nobody knows why.'}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any, Literal

from storydiff.article import Article
from storydiff.corpus.comparing import DEFAULT_TABLES, Job, grouped, results
from storydiff.corpus.reading import read_corpus
from storydiff.corpus.signals import Frequencies, Weights
from storydiff.corpus.stories import Scorer, scored, settings_of
from storydiff.models.encoder import Encoder
from storydiff.read.frames import rows_with
from storydiff.read.rows import METADATA, Columns
from storydiff.text import split_sentences, well_formed
from storydiff.write import tables as tables_of

if TYPE_CHECKING:
    import pyarrow

    Batches = Iterable[pyarrow.RecordBatch]
    Out = Iterator[pyarrow.RecordBatch]

__all__ = ["compare", "document_frequencies", "encode", "neighbours", "split", "terms", "weights"]

# Rows of an output batch, about; engines hold one at a time.
_ROWS = 10_000


def split(batches: Batches, *, language: str = "en") -> Out:
    """The sentences of articles: article, sentence, start, end and text; as `storydiff.split_sentences`."""
    pa = _pyarrow()
    schema = pa.schema(
        {"article": pa.string(), "sentence": pa.int64(), "start": pa.int64(), "end": pa.int64(), "text": pa.string()}
    )
    for articles in map(_articles, batches):
        rows = (
            (article.id, number, start, end, article.text[start:end])
            for article in articles
            for number, (start, end) in enumerate(split_sentences(article.text, language))
        )
        yield from _batches(rows, schema)


def encode(batches: Batches, *, encoder: Literal["minilm", "static"] | Encoder = "static") -> Out:
    """The vector of each article: id and vector, of length 1; as `storydiff.Encoder.encode`."""
    pa = _pyarrow()
    schema = pa.schema({"id": pa.string(), "vector": pa.list_(pa.float32())})
    model = Encoder(encoder) if isinstance(encoder, str) else encoder
    for articles in map(_articles, batches):
        vectors = model.encode([article.text for article in articles])
        yield from _batches(zip((a.id for a in articles), vectors.tolist(), strict=True), schema)


def document_frequencies(batches: Batches) -> Out:
    """In how many articles each word and each number occurs: field, term and n_articles.

    The sums over all partitions make the `weights` of a corpus. The row of field ``"articles"`` holds how many there
    are.
    """
    pa = _pyarrow()
    schema = pa.schema({"field": pa.string(), "term": pa.string(), "n_articles": pa.int64()})
    for articles in map(_articles, batches):
        counted = Frequencies.count(articles)
        words = (("words", well_formed(term), n) for term, n in counted.words.items())
        numbers = (("numbers", term, n) for term, n in counted.numbers.items())
        yield from _batches(chain([("articles", "", counted.n_articles)], words, numbers), schema)


def weights(frequencies: Any) -> Weights:
    """What each word of a corpus tells, of the rows of `document_frequencies`, summed or not.

    Parameters
    ----------
    frequencies : Arrow table, or iterable of record batches
    """
    batches = frequencies.to_batches() if hasattr(frequencies, "to_batches") else frequencies
    counts: dict[str, dict[str, int]] = {"articles": {}, "words": {}, "numbers": {}}
    for batch in batches:
        for field, term, n in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            counts[field][term] = counts[field].get(term, 0) + n
    return Weights(Frequencies(counts["articles"].get("", 0), counts["words"], counts["numbers"]))


def terms(batches: Batches, weights: Weights, *, max_terms: int = 24) -> Out:
    """The heaviest terms of each article: id, terms and their weights, heaviest first."""
    pa = _pyarrow()
    schema = pa.schema({"id": pa.string(), "terms": pa.list_(pa.string()), "weights": pa.list_(pa.float32())})
    words = weights.fields["words"]
    names = [] if words is None else words.names
    for articles in map(_articles, batches):
        heaviest = weights.rows(articles, max_terms).heaviest
        rows = []
        for at, article in enumerate(articles):
            part = slice(heaviest.indptr[at], heaviest.indptr[at + 1])
            pairs = zip(heaviest.data[part].tolist(), heaviest.indices[part].tolist(), strict=True)
            found = sorted(pairs, key=lambda pair: (-pair[0], pair[1]))
            rows.append((article.id, [names[column] for _, column in found], [weight for weight, _ in found]))
        yield from _batches(rows, schema)


def neighbours(
    batches: Batches,
    weights: Weights,
    *,
    window: float | None = None,
    decay: float | None = None,
    n_neighbours: int = 20,
    max_terms: int = 24,
    scorer: Scorer = "news",
) -> Out:
    """The pairs of similar articles among all those given: left, right and similarity; as in `find_stories`."""
    pa = _pyarrow()
    schema = pa.schema({"left": pa.string(), "right": pa.string(), "similarity": pa.float32()})
    settings = settings_of(window, decay, None, n_neighbours, max_terms, scorer)
    articles = [article for batch in batches for article in _articles(batch)]
    edges = scored(articles, weights, settings)
    pairs = zip(edges.left.tolist(), edges.right.tolist(), edges.similarity.tolist(), strict=True)
    yield from _batches(((articles[a].id, articles[b].id, x) for a, b, x in pairs), schema)


def compare(
    batches: Batches,
    *,
    story: str = "story",
    tables: Sequence[str] = DEFAULT_TABLES,
    max_articles: int | None = 200,
    max_seconds: float | None = None,
    min_articles: int = 1,
    **options: Any,
) -> Out:
    """Each story compared: a row with its tables nested, schema ``storydiff.write.tables.results_schema(tables)``.

    Parameters
    ----------
    batches : iterable of record batches
        Sorted by story: the rows of one follow each other.
    story, tables, min_articles, max_articles, max_seconds
        As for `compare_stories`.
    **options
        ``language``, ``min_probability``, ``encoder`` and ``reranker``, as for `storydiff.compare`.
    """
    job = Job({**options}, tables_of.check_tables(tables), max_articles, max_seconds)
    columns = ("id", *METADATA, story)
    rows = (row for batch in batches for row in rows_with(_pyarrow().table(batch), ("text",), columns))
    for _, given in groupby(rows, key=lambda row: row.get(story)):
        members, failures = grouped([*given], story, Columns(), "collect", min_articles)
        for result in results(members, job, 1, failures):
            yield from result.to_arrow().to_batches()
        if failures and not members:
            set_aside = [(failure.id, failure.error) for failure in failures]
            empty = tables_of.nested(failures[0].story, 0, None, set_aside, dict.fromkeys(job.tables or ()))
            yield from empty.to_batches()


def _articles(batch: pyarrow.RecordBatch) -> list[Article]:
    return read_corpus(_pyarrow().table(batch), errors="collect").articles


def _batches(rows: Iterable[tuple[Any, ...]], schema: pyarrow.Schema) -> Out:
    pa = _pyarrow()
    part: list[Mapping[str, Any]] = []
    for row in rows:
        part.append({name: well_formed(value) if isinstance(value, str) else value
                     for name, value in zip(schema.names, row, strict=True)})  # fmt: skip
        if len(part) == _ROWS:
            yield pa.RecordBatch.from_pylist(part, schema=schema)
            part = []
    if part:
        yield pa.RecordBatch.from_pylist(part, schema=schema)


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise ImportError("storydiff.batches needs pyarrow: pip install 'storydiff[arrow]'", name="pyarrow") from error
    return pyarrow
