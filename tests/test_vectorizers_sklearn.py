"""scikit-learn's own tests of its vectorizers, run on ours: the module is loaded with the three names rebound."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

pytest.importorskip("sklearn")

import sklearn.feature_extraction
import sklearn.feature_extraction.text as theirs

import storydiff

# Their tests raise a few warnings of their own, and of pytest.
pytestmark = pytest.mark.filterwarnings("default")

NAMES = ("CountVectorizer", "TfidfTransformer", "TfidfVectorizer")
_path = Path(sklearn.feature_extraction.__file__).parent / "tests" / "test_text.py"
if not _path.exists():
    pytest.skip("this scikit-learn comes without its tests", allow_module_level=True)

# The copy that pickles name must be the one that holds our classes, hence this module's own name for it.
_spec = spec_from_file_location("storydiff_sklearn_test_text", _path)
assert _spec is not None
assert _spec.loader is not None
_module = module_from_spec(_spec)
sys.modules[_spec.name] = _module
_before = {name: getattr(theirs, name) for name in NAMES}
try:
    for _name in NAMES:
        setattr(theirs, _name, getattr(storydiff, _name))
    _spec.loader.exec_module(_module)
finally:
    for _name, _class in _before.items():
        setattr(theirs, _name, _class)


def _with_lists(test):
    """The test with lists of parameters: iterators among them are on their way out of pytest."""
    marks = [
        pytest.mark.parametrize(mark.args[0], list(mark.args[1]), **mark.kwargs).mark
        if mark.name == "parametrize" and len(mark.args) == 2
        else mark
        for mark in getattr(test, "pytestmark", [])
    ]
    if marks:
        test.pytestmark = marks
    return test


globals().update({name: _with_lists(value) for name, value in vars(_module).items() if name.startswith("test_")})


def test_the_names_are_rebound():
    for name in NAMES:
        assert getattr(_module, name) is getattr(storydiff, name)
