"""Shared by all Python tests."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import storydiff

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def sample() -> list[storydiff.Article]:
    """The bundled story of five articles."""
    return storydiff.read_articles(Path(storydiff.__file__).parent / "sample")


settings.register_profile("storydiff", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("storydiff")
