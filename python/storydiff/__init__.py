"""A diff for stories: what several articles share, and what only one of them says.

>>> import storydiff
>>> cmp = storydiff.compare({
...     "wire": "The bridge closed on Monday. Two ships had struck it.",
...     "blog": "On Monday the bridge closed. Nobody knows when it opens again.",
... })
>>> len(cmp.articles)
2
"""

from importlib import import_module
from typing import TYPE_CHECKING

from storydiff._storydiff import ModelError, StorydiffError, __version__
from storydiff.article import Article
from storydiff.comparison import Comparison, compare
from storydiff.encoder import Encoder, Reranker
from storydiff.ingest import Articles, ReadError, read_articles, sample_articles
from storydiff.pairs import score_pairs
from storydiff.records import (
    Conflict,
    Dispute,
    Link,
    Mention,
    Passage,
    Reason,
    Sentence,
    Statement,
    Unique,
)
from storydiff.saved import load
from storydiff.similarity import pairwise_cosine, top_n_similar
from storydiff.text import Span, Token, split_sentences, tokenize
from storydiff.tokenizer import Tokenizer

if TYPE_CHECKING:
    from storydiff.vectorizers import CountVectorizer, TfidfTransformer, TfidfVectorizer

__all__ = [
    "Article",
    "Articles",
    "Comparison",
    "Conflict",
    "CountVectorizer",
    "Dispute",
    "Encoder",
    "Link",
    "Mention",
    "ModelError",
    "Passage",
    "ReadError",
    "Reason",
    "Reranker",
    "Sentence",
    "Span",
    "Statement",
    "StorydiffError",
    "TfidfTransformer",
    "TfidfVectorizer",
    "Token",
    "Tokenizer",
    "Unique",
    "__version__",
    "compare",
    "load",
    "pairwise_cosine",
    "read_articles",
    "sample_articles",
    "score_pairs",
    "split_sentences",
    "tokenize",
    "top_n_similar",
]

# Modules that load SciPy, and scikit-learn where it is installed: only for those who ask.
_LAZY = dict.fromkeys(("CountVectorizer", "TfidfTransformer", "TfidfVectorizer"), "storydiff.vectorizers")


def __getattr__(name: str) -> object:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_LAZY[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
