"""scikit-learn's three vectorizers on storydiff's core, a class a file; what they give is scikit-learn's, to the bit.

`analyzers` are the steps from a text to its features, `estimator` is what comes of scikit-learn itself.
"""

from storydiff.sklearn.count_vectorizer import CountVectorizer
from storydiff.sklearn.tfidf_transformer import TfidfTransformer
from storydiff.sklearn.tfidf_vectorizer import TfidfVectorizer

__all__ = ["CountVectorizer", "TfidfTransformer", "TfidfVectorizer"]
