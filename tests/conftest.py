"""Releases made by the real ETL: the two collections that ship, and as small ones as a test asks for."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from made_returns import Return, loaded, quiet, write_returns

from dashboard.release import Release, open_release
from etl.home import ILLUSTRATIVE, PUBLISHED, Place, shipped
from etl.release import refresh_shipped

# A machine that is busy with other work is slow, which is no fault of what is tested.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with both shipped collections; each worker of a parallel run has its own. Tests only read it."""
    home = tmp_path_factory.mktemp("home")
    for name in (PUBLISHED, ILLUSTRATIVE):
        refresh_shipped(Place(home, name), shipped(name), quiet)
    return home


@pytest.fixture(scope="session")
def published(homes: Path) -> Release:
    """The published outcomes."""
    return open_release(homes, PUBLISHED)


@pytest.fixture(scope="session")
def illustrative(homes: Path) -> Release:
    """The illustrative programme."""
    return open_release(homes, ILLUSTRATIVE)


@pytest.fixture(scope="session")
def release_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Release]]:
    """Loads returns (CSV text, bytes, or lines by canonical column) into a home of their own, and opens the release."""

    def made(*returns: Return, collection: str = "programme") -> Release:
        home = tmp_path_factory.mktemp("small")
        loaded(home / "home", write_returns(home / "sent", *returns), collection)
        return open_release(home / "home", collection)

    return made


def pytest_unconfigure() -> None:
    """Takes away Hypothesis's timer of the garbage collector: left in place, DuckDB reports leaks at exit."""
    gc.callbacks.clear()
