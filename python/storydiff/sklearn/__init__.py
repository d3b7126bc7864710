"""scikit-learn's three vectorizers on storydiff's core, a class a file; what they give is scikit-learn's, to the bit.

They are estimators of scikit-learn's, and need it (``storydiff[sklearn]``). `text_analyzer` takes a text to
its features, by the steps in `analyzers`, `term_counter` those to columns and counts; `estimator` is what comes of
scikit-learn itself.
"""

try:
    import sklearn as sklearn
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "CountVectorizer, TfidfTransformer and TfidfVectorizer need scikit-learn: pip install 'storydiff[sklearn]'",
        name="sklearn",
    ) from error

from storydiff.sklearn.count_vectorizer import CountVectorizer
from storydiff.sklearn.tfidf_transformer import TfidfTransformer
from storydiff.sklearn.tfidf_vectorizer import TfidfVectorizer

__all__ = ["CountVectorizer", "TfidfTransformer", "TfidfVectorizer"]
