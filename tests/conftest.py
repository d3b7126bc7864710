"""Shared by all Python tests."""

import inspect
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import storydiff

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def sample() -> list[storydiff.Article]:
    """The bundled story of five articles."""
    return storydiff.read_articles(Path(storydiff.__file__).parent / "sample")


@pytest.fixture(scope="session")
def remembered() -> Callable[..., storydiff.Comparison]:
    """`storydiff.compare` for tests of what is made of a comparison: the same long story is compared once a process.

    Tests may share a comparison, which cannot be changed. Short stories, which may be warned of, are compared anew.
    """
    compare, found = storydiff.compare, {}
    signature = inspect.signature(compare)

    def remembering(*given: Any, **options: Any) -> storydiff.Comparison:
        call = signature.bind(*given, **options)
        call.apply_defaults()
        articles = call.arguments.pop("articles")
        call.arguments.pop("progress")
        known = isinstance(articles, list) and all(isinstance(article, storydiff.Article) for article in articles)
        if not known or sum(len(article.text) for article in articles) < 5000:
            return compare(*given, **options)
        key = (*articles, *call.arguments.values())
        if key not in found:
            found[key] = compare(*given, **options)
        return found[key]

    return remembering


@pytest.fixture(scope="session")
def compared(remembered: Callable[..., storydiff.Comparison]) -> storydiff.Comparison:
    """The bundled story, compared."""
    return remembered(storydiff.sample_articles())


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Chromium."""
    yield from _opened(tmp_path_factory, scripts=True)


@pytest.fixture(scope="module")
def scriptless(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Chromium that runs no script of a page."""
    yield from _opened(tmp_path_factory, scripts=False)


def _opened(tmp_path_factory: pytest.TempPathFactory, *, scripts: bool) -> Iterator[Any]:
    from browser import Browser

    browser = Browser(tmp_path_factory.mktemp("profile"), scripts=scripts)
    yield browser
    browser.driver.quit()


@pytest.fixture(scope="session")
def doubted(compared: storydiff.Comparison) -> storydiff.Comparison:
    """The bundled story with a third of what one article alone says in doubt: perhaps another says it too."""
    data = compared.to_dict()
    for at, span in enumerate(data["unique"]):
        span["probability"] = 0.2 if at % 3 == 2 else 0.9
    return storydiff.Comparison.from_json(json.dumps(data))


settings.register_profile("storydiff", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("storydiff")
