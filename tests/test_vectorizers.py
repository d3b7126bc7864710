"""The vectorizers against scikit-learn's, and what they do beyond them."""

import copy
import pickle
import re
import subprocess
import sys
import unicodedata
import warnings

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import FULL

from storydiff import CountVectorizer, TfidfTransformer, TfidfVectorizer
from storydiff.stop_words import ENGLISH_STOP_WORDS
from storydiff.terms import Terms

theirs = pytest.importorskip("sklearn.feature_extraction.text")

STORY = [
    "The Lantern Bridge closed on Monday; two ships had struck it.",
    "Two ships struck the Lantern Bridge. The bridge closed!",
    "İstanbul, ΟΔΟΣ and ὈΔΥΣΣΕΎΣ: Straße, ½ cup, x² + ①, naïve café, ﬁne",
    "हिन्दी में पुल बंद हुआ, 桥关闭了, мост закрыт, สะพานปิด",
    "tabs\tand\n\nnew\r\nlines \u00a0 \u2003 wide\u001cseparators\x85here",
    "",
]


def outcome(vectorizer, fit, *rest):
    """What fitting and transforming gives: a result or an error, and the warnings."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            X = vectorizer.fit_transform(fit)
            results = [X, *(vectorizer.transform(texts) for texts in rest)]
        except Exception as error:
            results = [type(error), str(error)]
    return results, sorted(str(warning.message) for warning in caught)


def assert_same(ours, other):
    (got, our_warnings), (expected, their_warnings) = ours, other
    assert our_warnings == their_warnings
    assert len(got) == len(expected)
    for a, b in zip(got, expected, strict=True):
        if not sp.issparse(b):
            assert a == b
            continue
        assert type(a) is type(b)
        assert (a.shape, a.dtype, a.indices.dtype, a.indptr.dtype) == (
            b.shape,
            b.dtype,
            b.indices.dtype,
            b.indptr.dtype,
        )
        b.sort_indices()
        assert a.has_canonical_format
        np.testing.assert_array_equal(a.indptr, b.indptr)
        np.testing.assert_array_equal(a.indices, b.indices)
        np.testing.assert_allclose(a.data, b.data, rtol=1e-12 if b.dtype.itemsize == 8 else 1e-6, atol=0)


def compare(name, fit, *rest, **parameters):
    ours = {"TfidfVectorizer": TfidfVectorizer, "CountVectorizer": CountVectorizer}[name](**parameters)
    other = getattr(theirs, name)(**parameters)
    assert_same(outcome(ours, fit, *rest), outcome(other, fit, *rest))
    assert list(getattr(ours, "vocabulary_", {}).items()) == list(getattr(other, "vocabulary_", {}).items())


ALPHABETS = [
    "ab ",
    "aB é.-_' \n\tß",
    "Σσς aİıI\u0307 ②½²",
    "क\u093f\u094d \u200d\u0902़\U000110baا\u064bآ ",
    "\ud800\udfff a\U0001f600\u2028\x1c\x1f\x85",
]
ANY = st.one_of(*(st.text(alphabet, max_size=40) for alphabet in ALPHABETS), st.text(max_size=20))
PARAMETERS = st.fixed_dictionaries(
    {},
    optional={
        "analyzer": st.sampled_from(["word", "char", "char_wb"]),
        "ngram_range": st.sampled_from([(1, 1), (1, 2), (2, 2), (2, 3), (1, 4), (3, 5), (2, 1), (0, 2)]),
        "lowercase": st.booleans(),
        "strip_accents": st.sampled_from([None, "ascii", "unicode"]),
        "stop_words": st.sampled_from([None, "english", ["a", "b", "aa", "σ"], ["A", "a-b"]]),
        "token_pattern": st.sampled_from(
            [r"(?u)\b\w\w+\b", r"(?u)\b\w+\b", r"\w+", r"\w{3,}", r"a(\w)", r"[ab]+", r"(?a)\w+"]
        ),
        "max_df": st.sampled_from([1.0, 0.5, 2, 0.0]),
        "min_df": st.sampled_from([1, 0.0, 0.3, 2, 3]),
        "max_features": st.sampled_from([None, 1, 3, 20]),
        "binary": st.booleans(),
        "dtype": st.sampled_from([np.float64, np.float32, np.int64, np.int32, np.uint8]),
        "vocabulary": st.sampled_from([None, ["a", "ab"], {"a": 1, "b": 0}, {"a", "é "}, {"a": 2}, []]),
    },
)
WEIGHTS = st.fixed_dictionaries(
    {},
    optional={
        "norm": st.sampled_from(["l1", "l2", None]),
        "use_idf": st.booleans(),
        "smooth_idf": st.booleans(),
        "sublinear_tf": st.booleans(),
    },
)


@settings(max_examples=200, deadline=None)
@given(fit=st.lists(ANY, max_size=6), rest=st.lists(ANY, max_size=3), parameters=PARAMETERS)
def test_counts_equal_those_of_scikit_learn(fit, rest, parameters):
    compare("CountVectorizer", fit, rest, **parameters)


@settings(max_examples=100, deadline=None)
@given(fit=st.lists(ANY, max_size=6), rest=st.lists(ANY, max_size=3), parameters=PARAMETERS, weights=WEIGHTS)
def test_weights_equal_those_of_scikit_learn(fit, rest, parameters, weights):
    compare("TfidfVectorizer", fit, rest, **parameters, **weights)


@pytest.mark.parametrize("name", ["CountVectorizer", "TfidfVectorizer"])
@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"ngram_range": (1, 3)},
        {"analyzer": "char", "ngram_range": (1, 4)},
        {"analyzer": "char_wb", "ngram_range": (2, 5)},
        {"stop_words": "english", "max_df": 0.9},
        {"strip_accents": "unicode"},
        {"tokenizer": str.split, "token_pattern": None},
        {"preprocessor": str.upper},
        {"analyzer": str.split},
        {"analyzer": lambda text: [len(word) for word in text.split()]},
        {"max_features": 7, "ngram_range": (1, 2)},
    ],
)
def test_a_story_gives_what_scikit_learn_gives(name, parameters):
    compare(name, STORY, STORY[::-1], **parameters)


@pytest.mark.parametrize("documents", [[1], [None], [b"ok", 1.5], [["a", "b"]], ["ok", np.nan], [b"\xff"], "text", 3])
@pytest.mark.parametrize("parameters", [{}, {"lowercase": False}, {"analyzer": "char"}, {"input": "file"}])
def test_bad_documents_raise_what_scikit_learn_raises(documents, parameters):
    compare("CountVectorizer", documents, **parameters)


@pytest.mark.parametrize(
    "parameters",
    [
        {"ngram_range": [1, 2]},
        {"analyzer": "words"},
        {"max_df": 1.5},
        {"min_df": 0},
        {"max_features": 0},
        {"stop_words": "french"},
        {"stop_words": {"a"}},
        {"lowercase": "yes"},
        {"norm": "l3"},
        {"input": "text"},
        {"decode_error": 3},
        {"strip_accents": "all"},
        {"vocabulary": 3},
    ],
)
def test_bad_parameters_raise_what_scikit_learn_raises(parameters):
    (ours, _), (other, _) = (outcome(cls(**parameters), STORY) for cls in (TfidfVectorizer, theirs.TfidfVectorizer))
    assert ours[0] is other[0]
    # Sets are spelled in any order, and ours knows one analyzer more.
    ours_words, their_words = (set(re.findall(r"\w+", message)) for message in (ours[1], other[1]))
    assert ours_words - {"unicode_word"} == their_words


def test_word_and_lower_case_follow_the_running_python():
    left_out = ("Cs",) if FULL else ("Cs", "Cn", "Co")  # no letters, and seven times as many
    everything = [c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(c) not in left_out]
    spaced = " ".join(f"x{c}" for c in everything)
    for lowercase in (True, False):
        compare("CountVectorizer", [spaced, "ΑΣ ΑΣΑ Σ Σ. ΑΣ\u0301 Α.Σ"], lowercase=lowercase)
    compare("CountVectorizer", ["".join(everything)], analyzer="char_wb", ngram_range=(1, 2))


def test_unicode_words_keep_their_marks():
    text = "हिन्दी में पुल, தமிழ், ב\u05b7יִת, cafe\u0301 \u0301x"
    words = CountVectorizer(analyzer="unicode_word").fit([text]).get_feature_names_out().tolist()
    assert sorted(words) == sorted(["हिन्दी", "में", "पुल", "தமிழ்", "ב\u05b7יִת", "cafe\u0301"])
    for word in words:
        assert word in CountVectorizer(analyzer="unicode_word").build_analyzer()(text)
    assert "हिन्दी" not in CountVectorizer().fit([text]).vocabulary_


@settings(max_examples=200, deadline=None)
@given(text=st.one_of(*(st.text(alphabet, max_size=60) for alphabet in ALPHABETS)), lowercase=st.booleans())
def test_unicode_words_of_the_core_are_those_of_the_built_analyzer(text, lowercase):
    vectorizer = CountVectorizer(analyzer="unicode_word", ngram_range=(1, 2), lowercase=lowercase)
    expected = vectorizer.build_analyzer()(text)
    X = vectorizer.fit_transform([text + " anchor"])
    assert set(vectorizer.vocabulary_) >= set(expected)
    assert X.sum() >= len(expected)


def test_vocabulary_is_a_dict_that_may_be_changed():
    vectorizer = CountVectorizer().fit(STORY[:2])
    vocabulary = vectorizer.vocabulary_
    assert type(vocabulary) is dict
    assert all(type(column) is int for column in vocabulary.values())
    assert vectorizer.vocabulary_ is vocabulary
    vocabulary["harbour"] = vocabulary.pop("bridge")
    assert vectorizer.transform(["bridge harbour harbour"]).sum() == 2


@pytest.mark.parametrize("asked", [False, True])
def test_copies_keep_the_vocabulary(asked):
    vectorizer = TfidfVectorizer().fit(STORY)
    if asked:
        assert vectorizer.vocabulary_
    expected = TfidfVectorizer().fit_transform(STORY).toarray()
    for other in (pickle.loads(pickle.dumps(vectorizer)), copy.deepcopy(vectorizer), copy.copy(vectorizer)):
        np.testing.assert_array_equal(other.transform(STORY).toarray(), expected)
        assert other.vocabulary_ == vectorizer.vocabulary_


def test_a_subclass_has_its_say():
    class Stems(CountVectorizer):
        def build_analyzer(self):
            analyze = super().build_analyzer()
            return lambda doc: [word[:3] for word in analyze(doc)]

    assert sorted(Stems().fit(["bridges bridge ship"]).vocabulary_) == ["bri", "shi"]


def test_weights_may_be_changed_in_place():
    X = sp.csr_matrix(np.array([[1.0, 2.0], [0.0, 4.0]]))
    transformer = TfidfTransformer().fit(X)
    assert transformer.transform(X, copy=False) is X
    np.testing.assert_allclose(np.asarray(X.multiply(X).sum(axis=1)).ravel(), 1)


@pytest.mark.parametrize("index", [np.int32, np.int64])
@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int64])
@pytest.mark.parametrize("weights", [{}, {"norm": "l1"}, {"sublinear_tf": True}, {"norm": None, "smooth_idf": False}])
def test_transformer_gives_what_scikit_learn_gives(index, dtype, weights):
    X = sp.csr_matrix(np.array([[1, 2, 0], [0, 4, 3], [0, 0, 0]], dtype=dtype))
    X.indices, X.indptr = X.indices.astype(index), X.indptr.astype(index)
    ours, other = TfidfTransformer(**weights), theirs.TfidfTransformer(**weights)
    a, b = ours.fit_transform(X), other.fit_transform(X)
    assert a.dtype == b.dtype
    np.testing.assert_allclose(a.toarray(), b.toarray(), rtol=1e-6 if dtype == np.float32 else 1e-12)
    np.testing.assert_array_equal(ours.idf_, other.idf_)


def test_stop_words_are_those_of_scikit_learn():
    assert ENGLISH_STOP_WORDS == theirs.ENGLISH_STOP_WORDS


def test_signatures_and_parameters_are_those_of_scikit_learn():
    for cls in (CountVectorizer, TfidfTransformer, TfidfVectorizer):
        assert cls().get_params() == getattr(theirs, cls.__name__)().get_params()
        assert repr(cls()) == repr(getattr(theirs, cls.__name__)())
        public = {name for name in dir(getattr(theirs, cls.__name__)) if not name.startswith("_")}
        assert public <= set(dir(cls))


def run_without_sklearn(code):
    block = "import sys; sys.modules['sklearn'] = None\n"
    done = subprocess.run([sys.executable, "-c", block + code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_import_loads_neither_scikit_learn_nor_the_vectorizers():
    code = "import sys, storydiff; print([m for m in sys.modules if 'sklearn' in m])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


@pytest.mark.parametrize("name", ["CountVectorizer", "TfidfTransformer", "TfidfVectorizer"])
def test_without_scikit_learn_the_error_says_what_to_install(name):
    code = f"""
import storydiff
for use in ("storydiff.{name}", "from storydiff import {name}"):
    try:
        exec(use)
    except ImportError as error:
        print(error)
"""
    message = (
        "CountVectorizer, TfidfTransformer and TfidfVectorizer need scikit-learn: pip install 'storydiff[sklearn]'"
    )
    assert run_without_sklearn(code) == f"{message}\n{message}"


def test_the_rest_works_without_scikit_learn():
    code = """
from storydiff import *
import storydiff
texts = ["The ferry ran aground.", "A ferry ran aground near the quay.", "The choir sang."]
print(sorted(find_stories(texts).story_of), top_n_similar([[1.0, 0.0]], [[1.0, 0.0]], 1).toarray().tolist())
print("Article" in globals(), "CountVectorizer" in globals(), hasattr(storydiff, "compare"))
"""
    assert run_without_sklearn(code) == "['1', '2', '3'] [[1.0]]\nTrue False True"


def test_results_do_not_depend_on_threads_or_chunks(monkeypatch):
    texts = [" ".join(f"w{(i * j) % 97}" for j in range(i % 50)) for i in range(1000)]
    found = []
    for threads, chunk in [("1", 1 << 22), ("3", 1 << 22), ("2", 1000)]:
        monkeypatch.setenv("STORYDIFF_NUM_THREADS", threads)
        monkeypatch.setattr("storydiff.terms._CHUNK", chunk)
        vectorizer = TfidfVectorizer(ngram_range=(1, 2))
        X = vectorizer.fit_transform(texts)
        found.append([X.data.tobytes(), X.indices.tobytes(), X.indptr.tobytes(), [*vectorizer.vocabulary_.items()]])
    assert found[0] == found[1] == found[2]


def test_mark_ranges_are_marks():
    from storydiff.terms import mark_ranges

    marks = {chr(c) for start, end in mark_ranges() for c in range(start, end)}
    assert all(unicodedata.category(c)[0] == "M" or c in "\u200c\u200d" for c in marks)
    assert re.fullmatch(r"\W+", "".join(marks - set("\u200c\u200d"))) is not None


CORPUS = [*STORY, *(f"ship {i % 7} meets bridge {i % 5} and {'harbour ' * (i % 4)}" for i in range(40))]


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"ngram_range": (1, 3), "min_df": 2},
        {"analyzer": "char_wb", "ngram_range": (2, 4)},
        {"max_features": 9, "binary": True},
    ],
)
@pytest.mark.parametrize("cls", [CountVectorizer, TfidfVectorizer])
def test_parts_give_the_model_of_the_whole(cls, parameters):
    whole = cls(**parameters).fit(CORPUS)
    in_turn = cls(**parameters)
    for start in range(0, len(CORPUS), 11):
        in_turn.partial_fit(CORPUS[start : start + 11])
    parts = [cls(**parameters).partial_fit(CORPUS[start : start + 9]) for start in range(0, len(CORPUS), 9)]
    first, *rest = (pickle.loads(pickle.dumps(part)) for part in parts)
    for model in (in_turn, first.merge(*rest)):
        assert list(model.vocabulary_.items()) == list(whole.vocabulary_.items())
        np.testing.assert_array_equal(model.transform(CORPUS).toarray(), whole.transform(CORPUS).toarray())
        if cls is TfidfVectorizer:
            np.testing.assert_array_equal(model.idf_, whole.idf_)
            assert model.idf_.dtype == whole.idf_.dtype


def test_what_is_rare_can_be_forgotten_between_parts():
    whole = TfidfVectorizer(min_df=3).fit(CORPUS)
    parts = TfidfVectorizer(min_df=3).partial_fit(CORPUS)
    before = parts.document_frequencies()
    assert parts.prune(3) is parts
    assert parts.document_frequencies() == {term: n for term, n in before.items() if n >= 3}
    assert parts.vocabulary_.keys() == whole.vocabulary_.keys()
    np.testing.assert_array_equal(parts.transform(CORPUS).toarray(), whole.transform(CORPUS).toarray())
    # What was forgotten and comes again is counted from then on.
    again = parts.partial_fit(CORPUS).document_frequencies()
    assert again == {term: 2 * n if n >= 3 else n for term, n in before.items()}
    with pytest.raises(ValueError, match="partial_fit has fitted"):
        TfidfVectorizer().fit(CORPUS).prune(2)
    with pytest.raises(ValueError, match="min_df"):
        parts.prune(0)


def test_corpora_count_and_weigh_as_the_vectorizer_does():
    texts = [*CORPUS, "ΟΔΟΣ and Odos", "of the and", ""]
    counted = CountVectorizer(stop_words="english").partial_fit(texts).document_frequencies()
    assert list(Terms.count(texts, stop_words=ENGLISH_STOP_WORDS).items()) == list(counted.items())
    terms = Terms(counted, len(texts), stop_words=ENGLISH_STOP_WORDS)
    vectorizer = TfidfVectorizer.from_document_frequencies(
        counted, len(texts), stop_words="english", sublinear_tf=True, dtype=np.float32
    )
    ours, other = terms.rows(texts), vectorizer.transform(texts)
    assert terms.names == vectorizer.get_feature_names_out().tolist()
    assert ours.shape == other.shape and ours.dtype == np.float32
    for name in ("data", "indices", "indptr"):
        np.testing.assert_array_equal(getattr(ours, name), getattr(other, name))


def test_parts_that_do_not_fit_are_refused():
    part = CountVectorizer().partial_fit(STORY)
    with pytest.raises(ValueError, match="ngram_range"):
        part.merge(CountVectorizer(ngram_range=(1, 2)).partial_fit(STORY))
    with pytest.raises(ValueError, match="partial_fit has fitted"):
        part.merge(CountVectorizer().fit(STORY))
    with pytest.raises(ValueError, match="none may be given"):
        CountVectorizer(vocabulary=["a"]).partial_fit(STORY)
    with pytest.raises(ValueError, match="Python code"):
        CountVectorizer(analyzer=str.split).partial_fit(STORY)
    with pytest.raises(ValueError, match="no counts"):
        type(part._counts).restore([b"a"], [(7, 7)], [1], [1], 1)
