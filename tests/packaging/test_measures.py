"""What `bench` and `proof` print."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench import runner
from tests.bench.measures import REGISTERED, Bar, Measured, measure, rows


@pytest.fixture(autouse=True)
def an_empty_register() -> Iterator[None]:
    before = dict(REGISTERED)
    REGISTERED.clear()
    yield
    REGISTERED.clear()
    REGISTERED.update(before)


@pytest.fixture
def registered() -> Measured:
    @measure("sum.small_ms", bar=10, unit="ms")
    @measure("sum.share", bar=0.5, at_least=True)
    @measure("sum.plain_ms", unit="ms")
    def figures() -> dict[str, float]:
        return {"sum.small_ms": 12, "sum.share": 0.5, "sum.plain_ms": 7}

    return figures


def test_a_row_says_whether_its_bar_holds(registered: Measured) -> None:
    small, share, plain = rows(REGISTERED[registered], registered())
    assert (small.value, small.bar, small.holds) == (12, 10, False)
    assert (share.value, share.bar, share.holds) == (0.5, 0.5, True)
    assert (plain.value, plain.bar, plain.holds) == (7, None, None)


def test_a_measure_that_failed_does_not_hold(registered: Measured) -> None:
    assert [row.holds for row in rows(REGISTERED[registered], None)] == [False, False, None]


def test_a_figure_nobody_registered_is_an_error() -> None:
    with pytest.raises(ValueError, match="without a registered name"):
        rows([Bar("sum.one", 1, "", at_least=False)], {"sum.two": 2})


def test_a_name_cannot_be_taken_twice(registered: Measured) -> None:
    with pytest.raises(ValueError, match="measured twice"):
        measure("sum.share")(lambda: 1)


def test_a_line_is_name_value_bar_holds(registered: Measured) -> None:
    assert [runner.line(row) for row in rows(REGISTERED[registered], registered())] == [
        "sum.small_ms, 12 ms, 10 ms, DOES NOT HOLD",
        "sum.share, 0.5, 0.5, holds",
        "sum.plain_ms, 7 ms, -, -",
    ]


def test_an_area_chooses_all_its_measures_and_a_name_one(registered: Measured) -> None:
    assert len(runner.select(["sum"])[registered]) == 3
    assert [bar.name for bar in runner.select(["sum.share"])[registered]] == ["sum.share"]
    assert not runner.select(["su"])


def test_an_unknown_name_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert runner.main(tmp_path, ["nothing.like_it"]) == 2
    assert "nothing.like_it" in capsys.readouterr().err


def test_json_is_a_list_of_objects(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert runner.main(tmp_path, ["--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
