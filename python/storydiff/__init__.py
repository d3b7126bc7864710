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
from importlib.util import find_spec
from typing import TYPE_CHECKING

from storydiff._storydiff import ModelError, StorydiffError, __version__
from storydiff.article import Article
from storydiff.comparing import compare
from storydiff.comparison import Comparison, load
from storydiff.models.encoder import Encoder
from storydiff.models.pairs import score_pairs
from storydiff.models.reranker import Reranker
from storydiff.models.tokenizer import Tokenizer
from storydiff.read import Articles, ReadError, read_articles, sample_articles
from storydiff.records import (
    Conflict,
    Copy,
    Dispute,
    Link,
    Mention,
    Partial,
    Passage,
    Quote,
    Reason,
    Sentence,
    Statement,
    Unique,
)
from storydiff.shown import Records
from storydiff.similarity import pairwise_cosine, top_n_similar
from storydiff.text import Span, Token, split_sentences, tokenize
from storydiff.write.tables import schema

if TYPE_CHECKING:
    from storydiff.corpus.comparing import StoryResult, StoryResults, compare_stories
    from storydiff.corpus.reading import Failure
    from storydiff.corpus.stories import Stories, Story, find_stories
    from storydiff.sklearn import CountVectorizer, TfidfTransformer, TfidfVectorizer

__all__ = [
    "Article",
    "Articles",
    "Comparison",
    "Conflict",
    "Copy",
    "CountVectorizer",
    "Dispute",
    "Encoder",
    "Failure",
    "Link",
    "Mention",
    "ModelError",
    "Partial",
    "Passage",
    "Quote",
    "ReadError",
    "Reason",
    "Records",
    "Reranker",
    "Sentence",
    "Span",
    "Statement",
    "Stories",
    "Story",
    "StoryResult",
    "StoryResults",
    "StorydiffError",
    "TfidfTransformer",
    "TfidfVectorizer",
    "Token",
    "Tokenizer",
    "Unique",
    "__version__",
    "compare",
    "compare_stories",
    "find_stories",
    "load",
    "pairwise_cosine",
    "read_articles",
    "sample_articles",
    "schema",
    "score_pairs",
    "split_sentences",
    "tokenize",
    "top_n_similar",
]

# For those who ask: processes and threads; SciPy and scikit-learn.
_LAZY = {
    **dict.fromkeys(("StoryResult", "StoryResults", "compare_stories"), "storydiff.corpus.comparing"),
    **dict.fromkeys(("Stories", "Story", "find_stories"), "storydiff.corpus.stories"),
    "Failure": "storydiff.corpus.reading",
    **dict.fromkeys(("CountVectorizer", "TfidfTransformer", "TfidfVectorizer"), "storydiff.sklearn"),
}
if find_spec("sklearn") is None:  # so that `from storydiff import *` works; to name one says what it needs
    __all__.remove("CountVectorizer")
    __all__.remove("TfidfTransformer")
    __all__.remove("TfidfVectorizer")
# Modules that need an extra.
_MODULES = ("batches", "spark")


def __getattr__(name: str) -> object:
    if name in _MODULES:
        return import_module(f"storydiff.{name}")
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_LAZY[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
