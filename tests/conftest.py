"""Shared by all Python tests."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from remembering import remembering

import storydiff

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def sample() -> list[storydiff.Article]:
    """The bundled story of five articles."""
    return storydiff.read_articles(Path(storydiff.__file__).parent / "sample")


@pytest.fixture(scope="session")
def brief() -> list[storydiff.Article]:
    """How the bundled articles begin: a story for tests that compare it several times."""
    articles = storydiff.sample_articles()
    return [storydiff.Article(article.id, article.text[: article.text.index("\n\n", 300)]) for article in articles]


@pytest.fixture(scope="session")
def remembered_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which this run of the tests keeps what it compared."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "remembered"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def remembered(remembered_in: Path) -> Callable[..., storydiff.Comparison]:
    """`storydiff.compare` that compares a long story once in a run of the tests."""
    return remembering(remembered_in)


@pytest.fixture
def remembers(monkeypatch: pytest.MonkeyPatch, remembered: Callable[..., storydiff.Comparison]) -> None:
    """A test for which `storydiff.compare` is `remembered`, also where `compare_stories` calls it in this process."""
    monkeypatch.setattr("storydiff.compare", remembered)
    monkeypatch.setattr("storydiff.comparing.compare", remembered)


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
