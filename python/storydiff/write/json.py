"""A comparison as plain data: a dict or JSON, by the schema in ``comparison.schema.json`` beside this file."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from storydiff.comparison import Comparison
    from storydiff.records import Link, Sentence

FORMAT = "storydiff.comparison"
VERSION = 2
PASSAGES_FROM = 8
N_TERMS = 25

_SURROGATES = re.compile("[\ud800-\udfff]")


def to_dict(comparison: Comparison, *, min_probability: float | None = None) -> dict[str, Any]:
    """The comparison as dicts, lists, strings and numbers; see `Comparison.to_dict`."""
    sentences = comparison.sentences
    number = {(sentence.article.id, sentence.index): at for at, sentence in enumerate(sentences)}

    def at(sentence: Sentence) -> int:
        return number[sentence.article.id, sentence.index]

    def link(given: Link) -> dict[str, Any]:
        return {
            "left": at(given.left),
            "right": at(given.right),
            "probability": short(given.probability),
            "spans": [[list(left), list(right)] for left, right in given.spans],
            "reasons": [{"relation": reason.relation, "text": reason.text} for reason in given.reasons],
        }

    least = comparison.min_probability if min_probability is None else min_probability
    return {
        "format": FORMAT,
        "version": VERSION,
        "language": comparison._core.language,
        "encoder": comparison._core.encoder,
        "reader": comparison.reader,
        "min_probability": short(comparison.min_probability),
        "links_from": short(least),
        "passages_from": PASSAGES_FROM,
        "articles": [
            {"id": a.id, "title": a.title, "source": a.source, "url": a.url, "published": a.published, "text": a.text}
            for a in comparison.articles
        ],
        "sentences": [
            {"article": s.article.id, "index": s.index, "start": s.start, "end": s.end, "kind": s.kind}
            for s in sentences
        ],
        "links": [link(given) for given in comparison.links(least)],
        "conflicts": [
            {
                "kind": conflict.kind,
                "what": conflict.what,
                "left": at(conflict.left),
                "right": at(conflict.right),
                "left_span": list(conflict.left_span),
                "right_span": list(conflict.right_span),
                "probability": short(conflict.probability),
            }
            for conflict in comparison.conflicts()
        ],
        "disputes": [
            {
                "kind": dispute.kind,
                "what": dispute.what,
                "probability": short(dispute.probability),
                "values": [
                    {
                        "text": value.text,
                        "articles": [article.id for article in value.articles],
                        "mentions": [
                            {
                                "sentence": at(mention.sentence),
                                "start": mention.start,
                                "end": mention.end,
                                "probability": short(mention.probability),
                            }
                            for mention in value.mentions
                        ],
                    }
                    for value in dispute.values
                ],
            }
            for dispute in comparison.disputes()
        ],
        "passages": [
            {
                "left": passage.left.id,
                "left_span": [passage.left_start, passage.left_end],
                "right": passage.right.id,
                "right_span": [passage.right_start, passage.right_end],
                "n_words": passage.n_words,
            }
            for passage in comparison.passages(PASSAGES_FROM)
        ],
        "statements": [
            {
                "id": statement.id,
                "text": statement.text,
                "articles": [article.id for article in statement.articles],
                "n_origins": statement.n_origins,
                "probability": short(statement.probability),
                "perhaps": [article.id for article in statement.perhaps],
                "antecedent_text": statement.antecedent_text,
                "mentions": [
                    {
                        "article": mention.article.id,
                        "sentence": at(mention.sentence),
                        "start": mention.start,
                        "end": mention.end,
                        "text": mention.text,
                        "probability": short(mention.probability),
                        "entails": short(mention.entails),
                    }
                    for mention in statement.mentions
                ],
            }
            for statement in comparison.statements
        ],
        "unique": [
            {
                "article": span.article.id,
                "start": span.start,
                "end": span.end,
                "text": span.text,
                "score": short(span.score),
                "probability": short(span.probability),
                "reasons": list(span.reasons),
                "antecedent": span.antecedent
                and {
                    "start": span.antecedent[0],
                    "end": span.antecedent[1],
                    "text": span.antecedent_text,
                },
            }
            for span in comparison.unique()
        ],
        "partials": [
            {
                "sentences": [
                    {"sentence": at(sentence), "spans": [list(span) for span in spans]}
                    for sentence, spans in zip(partial.sentences, partial.spans, strict=True)
                ],
                "probability": short(partial.probability),
            }
            for partial in comparison.partials()
        ],
        "copies": [
            {
                "left": copy.left.id,
                "right": copy.right.id,
                "share_left": short(copy.share_left),
                "share_right": short(copy.share_right),
                "n_words": copy.n_words,
                "direction": copy.direction,
            }
            for copy in comparison.copies()
        ],
        "quotes": [
            {
                "article": quote.article.id,
                "sentence": at(quote.sentence),
                "start": quote.start,
                "end": quote.end,
                "text": quote.text,
                "speaker": quote.speaker,
                "others": [article.id for article in quote.others],
            }
            for quote in comparison.quotes()
        ],
        "similarity": _matrix(comparison.similarity),
        "containment": _matrix(comparison.containment),
        "terms": {
            a.id: [{"term": term, "weight": short(weight)} for term, weight in comparison.terms(a, N_TERMS)]
            for a in comparison.articles
        },
    }


def to_json(comparison: Comparison, *, min_probability: float | None = None, indent: int | None = None) -> str:
    """The comparison as JSON text; see `Comparison.to_json`."""
    text = json.dumps(to_dict(comparison, min_probability=min_probability), ensure_ascii=False, indent=indent)
    # A lone surrogate cannot be written as UTF-8; its JSON escape can, and reads back as the same character.
    return _SURROGATES.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of what `to_dict` gives."""
    from importlib.resources import files

    schema = files("storydiff").joinpath("write").joinpath("comparison.schema.json")
    return dict(json.loads(schema.read_text("utf-8")))


def short(value: float) -> float:
    """The shortest decimal number that is the same float32."""
    return float(str(np.float32(value)))


def _matrix(values: np.ndarray) -> list[list[float]]:
    return [[short(value) for value in row] for row in values]
