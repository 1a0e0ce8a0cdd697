"""What the clerk decides about rows that may mean a record there is already."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from zhaoshang_desktop.actions.import_plan import Fate, ImportPlan, plan_import
from zhaoshang_desktop.actions.importing import run_plan
from zhaoshang_desktop.actions.settling import Choice, Choices, choices_for, settle_rows, usual_choice
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.exchange.records import Draft
from zhaoshang_desktop.runtime.clock import SystemClock
from zhaoshang_desktop.store import create_office
from zhaoshang_desktop.store.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office that knows 青禾新材料股份有限公司 and its 周远航."""
    made = create_office(tmp_path / "清岚.office", name="清岚县投资促进局", actor="张敏", clock=SystemClock())
    with made.transaction("准备") as tx:
        known = tx.save(Investor(name="青禾新材料股份有限公司"))
        tx.save(Contact(investor=known.id, name="周远航"))
    yield made
    made.close()


def plan(office: Office, *rows: Draft) -> ImportPlan:
    """The plan for these rows."""
    return plan_import(office, Investor, "名单.xlsx", (("名单", row) for row in rows))


def likely(row: int = 2, **values: str) -> Draft:
    """A row that may mean the firm the office knows."""
    people = [Contact(name="周远航", mobile="13900001111"), Contact(name="李想")]
    return Draft(Investor(name="青禾新材料有限公司", **values), row, list(people))  # type: ignore[arg-type]


def all_of(office: Office) -> dict[str, Investor]:
    """Every investor by name."""
    return {one.name: one for one in office.find(Query(Investor))}


def test_a_likely_duplicate_is_skipped_unless_something_else_is_chosen(office: Office) -> None:
    made = plan(office, likely())
    assert usual_choice(made.decisions[0]) is Choice.SKIP
    settle_rows(made, Choices(rows={}))
    run_plan(office, made)
    assert list(all_of(office)) == ["青禾新材料股份有限公司"]


def test_merging_fills_the_record_and_brings_its_new_people(office: Office) -> None:
    made = plan(office, likely(business="添加剂"))
    settle_rows(made, Choices(rows={0: Choice.FILL}))
    assert made.decisions[0].fate is Fate.UPDATED
    run_plan(office, made)
    assert all_of(office)["青禾新材料股份有限公司"].business == "添加剂"
    people = {one.name: one.mobile for one in office.find(Query(Contact))}
    assert people == {"周远航": "13900001111", "李想": ""}


def test_a_row_with_nothing_new_is_unchanged_when_merged(office: Office) -> None:
    made = plan(office, Draft(Investor(name="青禾新材料有限公司"), 2))
    settle_rows(made, Choices(rows={0: Choice.FILL}))
    assert made.decisions[0].fate is Fate.UNCHANGED


def test_a_record_of_its_own_is_made_with_its_people(office: Office) -> None:
    made = plan(office, likely())
    settle_rows(made, Choices(rows={0: Choice.SEPARATE}))
    run_plan(office, made)
    own = all_of(office)["青禾新材料有限公司"]
    assert {one.name for one in office.find(Query(Contact)) if one.investor == own.id} == {"周远航", "李想"}


def test_an_exact_match_can_be_skipped_and_then_counts_as_a_duplicate(office: Office) -> None:
    made = plan(office, Draft(Investor(name="青禾新材料股份有限公司", business="添加剂"), 2))
    assert choices_for(made.decisions[0]) == (Choice.FILL, Choice.OVERWRITE, Choice.SKIP)
    settle_rows(made, Choices(rows={0: Choice.SKIP}))
    assert made.counts["duplicates"] == 1
    run_plan(office, made)
    assert all_of(office)["青禾新材料股份有限公司"].business == ""


def test_a_row_that_may_repeat_an_earlier_new_one_can_be_merged_into_it(office: Office) -> None:
    rows = (
        Draft(Investor(name="星罗材料有限公司"), 2),
        Draft(Investor(name="星罗材料股份有限公司", business="光刻胶"), 3),
    )
    made = plan(office, *rows)
    settle_rows(made, Choices(rows={1: Choice.FILL}))
    run_plan(office, made)
    assert all_of(office)["星罗材料有限公司"].business == "光刻胶"
    assert "星罗材料股份有限公司" not in all_of(office)


def test_a_new_row_leaves_nothing_to_choose(office: Office) -> None:
    made = plan(office, Draft(Investor(name="云帆装备有限公司"), 2), Draft(Investor(), 3, rejected="没有企业名称"))
    assert [choices_for(decision) for decision in made.decisions] == [(), ()]
    settle_rows(made, Choices(rows={0: Choice.SKIP, 1: Choice.SEPARATE}))
    assert [decision.fate for decision in made.decisions] == [Fate.CREATED, Fate.REJECTED]
