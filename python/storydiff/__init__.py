"""A diff for stories: what several articles share, and what only one of them says.

>>> import storydiff
>>> cmp = storydiff.compare({
...     "wire": "The bridge closed on Monday. Two ships had struck it.",
...     "blog": "On Monday the bridge closed. Nobody knows when it opens again.",
... })
>>> len(cmp.articles)
2
"""

from storydiff._storydiff import ModelError, StorydiffError, __version__
from storydiff.article import Article
from storydiff.comparison import Comparison, compare
from storydiff.encoder import Encoder
from storydiff.ingest import Articles, ReadError, read_articles
from storydiff.pairs import score_pairs
from storydiff.records import Link, Mention, Passage, Reason, Sentence, Statement, Unique
from storydiff.text import Span, Token, split_sentences, tokenize

__all__ = [
    "Article",
    "Articles",
    "Comparison",
    "Encoder",
    "Link",
    "Mention",
    "ModelError",
    "Passage",
    "ReadError",
    "Reason",
    "Sentence",
    "Span",
    "Statement",
    "StorydiffError",
    "Token",
    "Unique",
    "__version__",
    "compare",
    "read_articles",
    "score_pairs",
    "split_sentences",
    "tokenize",
]
