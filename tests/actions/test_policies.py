"""What an import does with records the library has: the preview says it cell by cell, and that is what is stored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.actions.conftest import Stocked
from zhaoshang_desktop.actions.changed_cells import changed_cells
from zhaoshang_desktop.actions.import_plan import Fate, ImportPlan, plan_import
from zhaoshang_desktop.actions.import_report import write_import_report
from zhaoshang_desktop.actions.importing import Overtaken, import_file, plan_workbook, run_plan
from zhaoshang_desktop.actions.settling import Choice, Choices, Policy, settle_rows
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.exchange.reading import read_workbook
from zhaoshang_desktop.exchange.records import Draft
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office

KNOWN = "青禾0新材料有限公司"


def book(folder: Path, *rows: tuple[object, ...], name: str = "名单.xlsx") -> Path:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)  # type: ignore[union-attr]
    made.save(folder / name)
    return folder / name


def only(office: Office, name: str = KNOWN) -> Investor:
    return next(one for one in office.find(Query(Investor)) if one.name == name)


def person(office: Office) -> Contact:
    owner = only(office).id
    return next(one for one in office.find(Query(Contact)) if one.investor == owner)


@pytest.mark.parametrize(
    ("policy", "level", "business", "counts"),
    [
        (Policy.FILL, "A", "电解液", {"updated": 1}),
        (Policy.OVERWRITE, "C", "电解液", {"updated": 1}),
        (Policy.SKIP, "A", "", {"duplicates": 1}),
    ],
)
def test_a_known_record_is_filled_overwritten_or_left(
    stocked: Stocked, tmp_path: Path, policy: Policy, level: str, business: str, counts: dict[str, int]
) -> None:
    place = only(stocked.office).place
    path = book(tmp_path, ("企业名称", "关注等级", "主营业务", "地区"), (KNOWN, "C", "电解液", None))
    result = import_file(stocked.office, Investor, path, policy=policy)
    now = only(stocked.office)
    assert (now.level, now.business, now.place) == (level, business, place)
    assert {name: count for name, count in result.plan.counts.items() if count} == {"rows_read": 1, **counts}


def test_a_text_nobody_understands_overwrites_nothing(stocked: Stocked, tmp_path: Path) -> None:
    place = only(stocked.office).place
    path = book(tmp_path, ("企业名称", "地区"), (KNOWN, "火星"))
    result = import_file(stocked.office, Investor, path, policy=Policy.OVERWRITE)
    assert result.plan.counts["unchanged"] == 1
    assert (only(stocked.office).place, only(stocked.office).raw) == (place, {})


def test_another_number_of_a_known_person_is_kept_as_a_second_one(stocked: Stocked, tmp_path: Path) -> None:
    rows = (("企业名称", "联系人", "手机", "职务"), (KNOWN, "周远航", "13900001111", "总经理"))
    import_file(stocked.office, Investor, book(tmp_path, *rows))
    assert (person(stocked.office).mobile, person(stocked.office).post) == ("13800000000、13900001111", "董事长")
    again = import_file(stocked.office, Investor, tmp_path / "名单.xlsx")
    assert again.plan.counts["unchanged"] == 1
    third = book(tmp_path, rows[0], (KNOWN, "周远航", "13700002222", "总经理"))
    import_file(stocked.office, Investor, third, policy=Policy.OVERWRITE)
    assert (person(stocked.office).mobile, person(stocked.office).post) == ("13700002222", "总经理")


def test_a_number_that_stands_in_the_other_field_is_no_second_one(stocked: Stocked, tmp_path: Path) -> None:
    rows = (("企业名称", "联系人", "联系电话"), (KNOWN, "周远航", "13800000000"))
    assert import_file(stocked.office, Investor, book(tmp_path, *rows)).plan.counts["unchanged"] == 1


def test_rows_that_mean_one_record_change_it_once_and_the_first_counts(stocked: Stocked, tmp_path: Path) -> None:
    rows = (("企业名称", "关注等级", "主营业务"), (KNOWN, "B", None), (KNOWN, "C", "电解液"), (KNOWN, None, None))
    result = import_file(stocked.office, Investor, book(tmp_path, *rows), policy=Policy.OVERWRITE)
    assert (only(stocked.office).level, only(stocked.office).business) == ("B", "电解液")
    assert [result.plan.counts[fate] for fate in ("updated", "unchanged")] == [2, 1]
    assert result.plan.stored == 1


def test_undo_takes_an_overwriting_back_as_one(stocked: Stocked, tmp_path: Path) -> None:
    before = [replace(one, version=0, updated=None) for one in stocked.office.find(Query(Investor))]
    rows = [("企业名称", "关注等级"), *[(one.name, "C") for one in stocked.investors]]
    result = import_file(stocked.office, Investor, book(tmp_path, *rows), policy=Policy.OVERWRITE)
    assert {one.level for one in stocked.office.find(Query(Investor))} == {"C"}
    stocked.office.undo_batch(result.batch)
    after = [replace(one, version=0, updated=None) for one in stocked.office.find(Query(Investor))]
    assert after == before
    assert check(stocked.office).wrong == []


def test_what_was_changed_since_the_preview_is_not_overwritten(stocked: Stocked, tmp_path: Path) -> None:
    path = book(tmp_path, ("企业名称", "关注等级"), (KNOWN, "C"))
    plan = plan_workbook(stocked.office, Investor, read_workbook(path))
    settle_rows(plan, Choices(Policy.OVERWRITE))
    with stocked.office.transaction("别人的") as tx:
        tx.save(replace(only(stocked.office), level="B"))
    with pytest.raises(Overtaken):
        run_plan(stocked.office, plan)
    assert only(stocked.office).level == "B"


def test_the_report_marks_the_rows_that_were_left_out(stocked: Stocked, tmp_path: Path) -> None:
    path = book(tmp_path, ("序号", "企业名称", "员工数"), ("1", "东澜有限公司", "5"), ("2", None, "6"))
    result = import_file(stocked.office, Investor, path)
    write_import_report(stocked.office, tmp_path / "报告.xlsx", result.plan, read_workbook(path))
    original = openpyxl.load_workbook(tmp_path / "报告.xlsx")["原表 Sheet"]
    assert original["B3"].fill.fgColor.rgb == "00FFC7CE"
    assert original["E3"].value == "B 列：整行没有导入，没有企业名称"
    assert original["B2"].fill.fgColor.rgb != "00FFC7CE"


def test_the_report_marks_each_changed_cell_where_the_list_says_it(stocked: Stocked, tmp_path: Path) -> None:
    rows = (("企业名称", "关注等级", "主营业务", "联系人", "手机"), (KNOWN, "C", "电解液", "周远航", "13900001111"))
    path = book(tmp_path, *rows)
    result = import_file(stocked.office, Investor, path, policy=Policy.OVERWRITE)
    places = {one.label: one.place[1:] for one in changed_cells(result.plan)}
    assert places == {"关注等级": (2, "B"), "主营业务": (2, "C"), "周远航 · 手机": (2, "E")}
    write_import_report(stocked.office, tmp_path / "报告.xlsx", result.plan, read_workbook(path))
    report = openpyxl.load_workbook(tmp_path / "报告.xlsx")
    original = report["原表 Sheet"]
    green = {cell.coordinate for cell in original[2] if cell.fill.fgColor.rgb == "00C6EFCE"}
    assert green == {"B2", "C2", "E2"}
    assert ["关注等级", "A", "C"] in [[cell.value for cell in row][4:] for row in report["改动的单元格"]]


def test_a_telephone_number_that_only_one_has_may_tell_who_it_is(stocked: Stocked) -> None:
    with stocked.office.transaction("准备") as tx:
        tx.save(Contact(investor=stocked.investors[3].id, name="李想", mobile="13912340000"))

    def fates(*rows: tuple[str, str]) -> list[tuple[Fate, int]]:
        drafts = [Draft(Investor(name=n), r, [Contact(name="谁", mobile=m)]) for r, (n, m) in enumerate(rows, 2)]
        plan = plan_import(stocked.office, Investor, "名单.xlsx", (("名单", draft) for draft in drafts))
        return [(one.fate, one.match) for one in plan.decisions]

    known = stocked.investors[3].id
    assert fates(("改了名的有限公司", "13912340000")) == [(Fate.DUPLICATE, known)]
    assert fates(("甲公司", "13912340000"), ("乙公司", "13912340000")) == [(Fate.CREATED, 0)] * 2
    assert fates(("丙公司", "13800000000")) == [(Fate.CREATED, 0)]


def test_an_expert_who_moved_is_known_by_his_number(stocked: Stocked, tmp_path: Path) -> None:
    with stocked.office.transaction("准备") as tx:
        tx.save(Expert(name="周远航", employer="江南大学", phone="13912340000"))
    path = book(tmp_path, ("姓名", "单位", "电话"), ("周远航", "清岚医院", "13912340000"))
    assert import_file(stocked.office, Expert, path).plan.decisions[0].exact


VALUES = st.sampled_from(["", "A", "B", "甲", "未透露", "1.2亿", "无锡", "13912345678", "周远航 13900001111"])
NAMES = st.sampled_from([KNOWN, "青禾1新材料有限公司", "青禾2新材料股份有限公司", "云帆有限公司"])


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    rows=st.lists(st.tuples(NAMES, VALUES, VALUES, VALUES, VALUES, VALUES), min_size=1, max_size=6),
    policy=st.sampled_from([Policy.FILL, Policy.OVERWRITE, Policy.SKIP]),
    data=st.data(),
)
def test_what_the_preview_says_is_what_is_stored(
    stocked: Stocked, tmp_path: Path, rows: list[tuple[str, ...]], policy: Policy, data: st.DataObject
) -> None:
    heads = ("企业名称", "关注等级", "主营业务", "注册资本", "地区", "联系人及电话")
    office, path = stocked.office, book(tmp_path, heads, *rows)
    plan = plan_workbook(office, Investor, read_workbook(path))
    choices = drawn(plan, policy, data)
    matches = {one.match for one in plan.decisions if one.match}
    if len([one for one in plan.decisions if one.match]) > len(matches):
        return  # a likely row and an exact one that mean one record are shown, and stored, one after the other
    settle_rows(plan, choices)
    promised = promise(office, plan)
    result = run_plan(office, plan)
    now = snapshot(office)
    for key, said in promised.items():
        if said is None:
            assert any(one.name == key[1] for one in office.find(Query(Contact)) if one.investor == key[0])
        else:
            assert now[key] == said
    if result.batch:
        office.undo_batch(result.batch)


def drawn(plan: ImportPlan, policy: Policy, data: st.DataObject) -> Choices:
    """A policy, other choices for some rows, and ticks for some cells."""
    choices = Choices(policy)
    for place, decision in enumerate(plan.decisions):
        if decision.match and data.draw(st.booleans()):
            choices.choose([place], data.draw(st.sampled_from([Choice.FILL, Choice.OVERWRITE, Choice.SKIP])))
        cells = [(number, cell) for number, news in enumerate(decision.news) for cell in news.cells]
        for number, cell in cells if decision.match else ():
            if data.draw(st.integers(0, 3)) == 0:
                choices.tick(place, decision, number, cell, data.draw(st.booleans()))
    return choices


def promise(office: Office, plan: ImportPlan) -> dict[Any, Any]:
    """What the preview says that there will be; None for a child that will be new."""
    found = snapshot(office)
    for one in changed_cells(plan):
        if not one.cell.name:
            found[one.decision.match, one.cell.said] = None
            continue
        fields, raw = found[one.news.known]
        if one.cell.unread:
            raw[one.cell.name] = one.value
        else:
            fields[one.cell.name] = one.value
            raw.pop(one.cell.name, None)
    return found


def snapshot(office: Office) -> dict[Any, Any]:
    """Every investor's and contact's fields and texts beside them, by key."""
    found: dict[Any, Any] = {}
    for one in [*office.find(Query(Investor)), *office.find(Query(Contact))]:
        names = ("level", "business", "registered_capital", "place", "address", "name", "mobile", "phone", "post")
        fields = {name: getattr(one, name) for name in names if hasattr(one, name)}
        found[one.id] = (fields, dict(one.raw))
    return found
