"""The command line run in this process, and an office that it filled."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from zhaoshang_desktop.actions.office import new_office
from zhaoshang_desktop.actions.sample.books import write_books
from zhaoshang_desktop.actions.sample.county import sample_county
from zhaoshang_desktop.cli import main as cli
from zhaoshang_desktop.domain.investor import Investor

TODAY = date(2026, 12, 2)
LOG = Path("zhaoshang.log")


@dataclass(frozen=True)
class Told:
    """How a command ended: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Told]


def run_command(*arguments: object, windows: cli.Windows | None = None) -> Told:
    """A command as `__main__` runs it; there is no window here."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.run([str(one) for one in arguments], windows or cli.Windows(no_window, no_pictures), LOG)
    return Told(code, out.getvalue(), err.getvalue())


def no_window(office: Path) -> int:
    raise AssertionError(f"no window was asked for on {office}")


def no_pictures(office: Path, folder: Path) -> Sequence[Path]:
    raise AssertionError(f"no pictures of {office} were asked for in {folder}")


@pytest.fixture(scope="session")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sample county's workbooks, by a word of their names."""
    written = write_books(sample_county(TODAY), tmp_path_factory.mktemp("来料"))
    words = ("责任单位", "花名册", "名录", "推荐", "造册", "台账", "线索", "专家")
    return {word: next(book.path for book in written if word in book.path.name) for word in words}


@pytest.fixture(scope="session")
def filled(books: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with everything in it, which no test may change."""
    office = tmp_path_factory.mktemp("office") / "清岚县.office"
    for library, word in (
        ("units", "责任单位"),
        ("members", "花名册"),
        ("investors", "名录"),
        ("investors", "推荐"),
        ("investors", "造册"),
        ("projects", "台账"),
        ("leads", "线索"),
        ("experts", "专家"),
    ):
        assert run_command("import", library, books[word], "--office", office).code == 0
    return office


@pytest.fixture
def office(filled: Path, tmp_path: Path) -> Path:
    """A copy of it to work in."""
    return Path(shutil.copy(filled, tmp_path / "清岚县.office"))


@pytest.fixture(scope="session")
def people(books: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with units and members only, which no test may change."""
    office = tmp_path_factory.mktemp("people") / "新.office"
    assert run_command("import", "units", books["责任单位"], "--office", office).code == 0
    assert run_command("import", "members", books["花名册"], "--office", office).code == 0
    return office


@pytest.fixture
def staffed(people: Path, tmp_path: Path) -> Path:
    """A copy of it to work in."""
    return Path(shutil.copy(people, tmp_path / "新.office"))


@pytest.fixture
def run() -> Run:
    return run_command


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A closed office in clear, with one firm."""
    path = tmp_path / "清岚县.office"
    office = new_office(path, name="清岚县投资促进局")
    with office.transaction("新建") as tx:
        tx.save(Investor(name="霁岚特种陶瓷有限公司"))
    office.close()
    return path
