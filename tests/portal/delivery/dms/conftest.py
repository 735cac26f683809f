"""Each system, empty, for one test."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.portal.delivery.dms.dvelop_stand_in import DvelopSystem
from tests.portal.delivery.dms.opencmis import CmisSystem, Repository, opencmis
from tests.portal.delivery.dms.systems import FolderSystem, PackageSystem, System
from tests.portal.delivery.dms.webdav_share import Share, WebDavSystem, share


@pytest.fixture(scope="session")
def webdav_share(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Share]:
    """One real server for all tests."""
    yield from share(tmp_path_factory.mktemp("webdav"))


@pytest.fixture(scope="session")
def cmis_repository(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Repository]:
    """One real server for all tests."""
    yield from opencmis(tmp_path_factory.mktemp("opencmis"))


def _folder(request: pytest.FixtureRequest, empty: Path) -> System:
    return FolderSystem(empty)


def _package(request: pytest.FixtureRequest, empty: Path) -> System:
    return PackageSystem(empty)


def _webdav(request: pytest.FixtureRequest, empty: Path) -> System:
    return WebDavSystem(request.getfixturevalue("webdav_share"))


def _cmis(request: pytest.FixtureRequest, empty: Path) -> System:
    return CmisSystem(request.getfixturevalue("cmis_repository"))


def _dvelop(request: pytest.FixtureRequest, empty: Path) -> System:
    return DvelopSystem()


# A line per adapter: all of them have to pass the same tests.
SYSTEMS: Mapping[str, Callable[[pytest.FixtureRequest, Path], System]] = {
    "filed": _folder,
    "xdomea": _package,
    "webdav": _webdav,
    "cmis": _cmis,
    "dvelop": _dvelop,
}


@pytest.fixture(params=sorted(SYSTEMS))
def new_system(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], System]:
    """Makes empty systems of one kind."""
    numbers = iter(range(1_000))

    def make() -> System:
        return SYSTEMS[request.param](request, tmp_path / f"{next(numbers)}")

    return make
