"""A comparison as plain data: a dict, JSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from storydiff.comparison import Comparison
    from storydiff.records import Sentence

FORMAT = "storydiff.comparison"
VERSION = 1

_SURROGATES = re.compile("[\ud800-\udfff]")


def to_dict(comparison: Comparison, *, min_probability: float | None = None) -> dict[str, Any]:
    """The comparison as dicts, lists, strings and numbers; see `Comparison.to_dict`."""
    sentences = comparison.sentences
    number = {(sentence.article.id, sentence.index): at for at, sentence in enumerate(sentences)}

    def at(sentence: Sentence) -> int:
        return number[sentence.article.id, sentence.index]

    return {
        "format": FORMAT,
        "version": VERSION,
        "min_probability": _number(comparison.min_probability),
        "articles": [
            {"id": a.id, "title": a.title, "source": a.source, "url": a.url, "published": a.published, "text": a.text}
            for a in comparison.articles
        ],
        "sentences": [
            {"article": s.article.id, "index": s.index, "start": s.start, "end": s.end, "kind": s.kind}
            for s in sentences
        ],
        "links": [
            {
                "left": at(link.left),
                "right": at(link.right),
                "probability": _number(link.probability),
                "spans": [[list(left), list(right)] for left, right in link.spans],
                "reasons": [{"relation": reason.relation, "text": reason.text} for reason in link.reasons],
            }
            for link in comparison.links(min_probability)
        ],
        "statements": [
            {
                "id": statement.id,
                "text": statement.text,
                "articles": [article.id for article in statement.articles],
                "mentions": [
                    {
                        "article": mention.article.id,
                        "sentence": at(mention.sentence),
                        "start": mention.start,
                        "end": mention.end,
                        "text": mention.text,
                        "probability": _number(mention.probability),
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
                "score": _number(span.score),
                "reasons": list(span.reasons),
            }
            for span in comparison.unique()
        ],
        "similarity": _matrix(comparison.similarity),
        "containment": _matrix(comparison.containment),
        "terms": {
            a.id: [{"term": term, "weight": _number(weight)} for term, weight in comparison.terms(a)]
            for a in comparison.articles
        },
    }


def to_json(comparison: Comparison, *, min_probability: float | None = None, indent: int | None = None) -> str:
    """The comparison as JSON text; see `Comparison.to_json`."""
    text = json.dumps(to_dict(comparison, min_probability=min_probability), ensure_ascii=False, indent=indent)
    # A lone surrogate cannot be written as UTF-8; its JSON escape can, and reads back as the same character.
    return _SURROGATES.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _number(value: float) -> float:
    """The shortest decimal number that is the same float32."""
    return float(str(np.float32(value)))


def _matrix(values: np.ndarray) -> list[list[float]]:
    return [[_number(value) for value in row] for row in values]
