"""Each row has one fate; nothing is overwritten, nothing is lost, and one undo takes it all back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.actions.conftest import Stocked
from zhaoshang_desktop.actions.importing import Overtaken, import_file, plan_workbook, run_plan
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.milestone import Milestone
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.project import Project, Stake
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.exchange.reading import read_workbook
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office

CODE, OTHER_CODE = "91320211MA1XQH2P0K", "91320594MA25K8TT3C"


def book(folder: Path, *rows: tuple[object, ...], name: str = "名单.xlsx") -> Path:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)  # type: ignore[union-attr]
    made.save(folder / name)
    return folder / name


def only(office: Office, name: str) -> Investor:
    found = office.find(Query(Investor, where=(Where("name", "=", name),)))
    assert len(found) == 1
    return found[0]  # type: ignore[no-any-return]


def test_a_row_becomes_a_record_with_its_people(stocked: Stocked, tmp_path: Path) -> None:
    path = book(
        tmp_path,
        ("重点客商名单", None, None, None),
        ("序号", "单位名称", "注册资本（万元）", "联系人及电话"),
        (1, "云帆智能装备有限公司", "1.2亿", "张总/李经理 13800000001"),
        ("合计", None, 12000, None),
    )
    result = import_file(stocked.office, Investor, path)
    assert result.plan.counts == {
        "rows_read": 1, "created": 1, "updated": 0, "unchanged": 0, "duplicates": 0, "rejected": 0
    }  # fmt: skip
    made = only(stocked.office, "云帆智能装备有限公司")
    assert made.registered_capital == Money(12_000_000_000)
    people = stocked.office.find(Query(Contact, where=(Where("investor", "=", made.id),)))
    assert {one.name for one in people} == {"张总", "李经理"}


def test_an_exact_match_has_its_empty_fields_filled_and_no_other(stocked: Stocked, tmp_path: Path) -> None:
    path = book(tmp_path, ("企业名称", "关注等级", "主营业务"), ("青禾0新材料有限公司", "C", "电解液"))
    result = import_file(stocked.office, Investor, path)
    assert result.plan.counts["updated"] == 1
    level = result.plan.decisions[0].news[0].cell("level")
    assert (level.had, level.said, level.adds) == ("A", "C", None)
    now = only(stocked.office, "青禾0新材料有限公司")
    assert (now.level, now.business) == ("A", "电解液")


def test_importing_twice_changes_nothing(stocked: Stocked, tmp_path: Path) -> None:
    path = book(tmp_path, ("企业名称", "地区", "手机", "联系人"), ("云帆有限公司", "无锡", "13800000002", "周远航"))
    import_file(stocked.office, Investor, path)
    again = import_file(stocked.office, Investor, path)
    assert (again.plan.counts["unchanged"], again.batch) == (1, 0)


def test_a_credit_code_goes_before_the_name(stocked: Stocked, tmp_path: Path) -> None:
    first = book(tmp_path, ("企业名称", "统一社会信用代码"), ("云帆有限公司", CODE))
    import_file(stocked.office, Investor, first)
    renamed = book(
        tmp_path, ("企业名称", "统一社会信用代码", "简称"), ("云帆科技有限公司", CODE, "云帆"), name="二.xlsx"
    )
    assert import_file(stocked.office, Investor, renamed).plan.counts["updated"] == 1
    assert only(stocked.office, "云帆有限公司").short_name == "云帆"


@pytest.mark.parametrize("name", ["云帆股份有限公司", "江苏云帆有限公司", "云帆（集团）有限公司"])
def test_a_likely_match_is_a_duplicate_and_not_stored(stocked: Stocked, tmp_path: Path, name: str) -> None:
    import_file(stocked.office, Investor, book(tmp_path, ("企业名称",), ("云帆有限公司",)))
    before = stocked.office.count(Query(Investor))
    result = import_file(stocked.office, Investor, book(tmp_path, ("企业名称",), (name,), name="二.xlsx"))
    assert (result.plan.counts["duplicates"], result.batch) == (1, 0)
    assert stocked.office.count(Query(Investor)) == before


def test_one_name_with_two_codes_is_a_duplicate(stocked: Stocked, tmp_path: Path) -> None:
    rows = (("企业名称", "统一社会信用代码"), ("云帆有限公司", CODE), ("云帆有限公司", OTHER_CODE))
    result = import_file(stocked.office, Investor, book(tmp_path, *rows))
    assert (result.plan.counts["created"], result.plan.counts["duplicates"]) == (1, 1)


def test_a_name_repeated_in_the_list_fills_the_first(stocked: Stocked, tmp_path: Path) -> None:
    rows = (
        ("企业名称", "简称", "地区"),
        ("云帆有限公司", "云帆", None),
        ("云帆有限公司", None, "无锡市"),
        ("云帆有限公司", None, None),
    )
    result = import_file(stocked.office, Investor, book(tmp_path, *rows))
    assert [result.plan.counts[fate] for fate in ("created", "updated", "unchanged")] == [1, 1, 1]
    assert only(stocked.office, "云帆有限公司").place == "320200"


def test_a_code_told_by_one_row_is_known_to_the_next(stocked: Stocked, tmp_path: Path) -> None:
    rows = (
        ("企业名称", "统一社会信用代码"),
        ("青禾0新材料有限公司", CODE),
        ("青禾材料科技有限公司", CODE),
        ("青禾0新材料有限公司", OTHER_CODE),
    )
    counts = import_file(stocked.office, Investor, book(tmp_path, *rows)).plan.counts
    assert (counts["updated"], counts["unchanged"], counts["duplicates"]) == (1, 1, 1)


def test_namesakes_of_different_employers_are_not_one_expert(stocked: Stocked, tmp_path: Path) -> None:
    rows = (("姓名", "单位"), ("周远航", "江南大学"), ("周远航", "清岚医院"))
    result = import_file(stocked.office, Expert, book(tmp_path, *rows))
    assert (result.plan.counts["created"], result.plan.counts["duplicates"]) == (1, 1)


def test_what_is_not_understood_stays_as_text_and_is_listed(stocked: Stocked, tmp_path: Path) -> None:
    rows = (("企业名称", "注册资本（万元）", "所在地区"), ("云帆有限公司", "未透露", "火星"))
    result = import_file(stocked.office, Investor, book(tmp_path, *rows))
    made = only(stocked.office, "云帆有限公司")
    assert made.raw == {"registered_capital": "未透露", "place": "火星"}
    assert [(one.row, one.column, one.text) for one in result.plan.problems] == [(2, "B", "未透露"), (2, "C", "火星")]


def test_a_row_without_its_name_is_rejected_alone(stocked: Stocked, tmp_path: Path) -> None:
    rows = (("企业名称", "地区"), ("云帆有限公司", "无锡"), (None, "苏州"))
    result = import_file(stocked.office, Investor, book(tmp_path, *rows))
    assert (result.plan.counts["created"], result.plan.counts["rejected"]) == (1, 1)


def test_a_project_comes_with_its_stage_and_its_investor(stocked: Stocked, tmp_path: Path) -> None:
    rows = (("项目名称", "投资方", "项目阶段", "总投资（亿元）"), ("电解液二期", "青禾0新材料有限公司", "签约", 3))
    import_file(stocked.office, Project, book(tmp_path, *rows))
    made = stocked.office.find(Query(Project))[0]
    assert (made.stage, made.total) == ("签约", Money(30_000_000_000))
    assert [one.investor for one in stocked.office.find(Query(Stake))] == [stocked.investors[0].id]
    again = import_file(stocked.office, Project, tmp_path / "名单.xlsx")
    assert again.plan.counts["unchanged"] == 1
    assert stocked.office.count(Query(Milestone)) == 1


def test_an_investor_nobody_knows_stays_as_text_beside_the_stake(stocked: Stocked, tmp_path: Path) -> None:
    import_file(stocked.office, Project, book(tmp_path, ("项目名称", "投资方"), ("某项目", "无名公司")))
    assert stocked.office.find(Query(Stake))[0].raw == {"investor": "无名公司"}


def test_a_trial_and_a_cancelled_import_store_nothing(stocked: Stocked, tmp_path: Path) -> None:
    path = book(tmp_path, ("企业名称",), ("云帆有限公司",))
    assert import_file(stocked.office, Investor, path, dry_run=True).plan.counts["created"] == 1
    for stop in ("读取文件", "核对重复", "写入", "整理检索"):

        def cancel(words: str, _done: int = 0, _total: int = 0, at: str = stop) -> None:
            if words == at:
                raise InterruptedError

        with pytest.raises(InterruptedError):
            import_file(stocked.office, Investor, path, progress=cancel)
    assert stocked.office.count(Query(Investor)) == len(stocked.investors)


def test_undo_takes_an_import_back_as_one(stocked: Stocked, tmp_path: Path) -> None:
    before = {one.id: one for one in stocked.office.find(Query(Investor))}
    rows = (
        ("企业名称", "主营业务", "联系人"),
        ("青禾0新材料有限公司", "电解液", "李想"),
        ("云帆有限公司", "减速机", "周远航"),
    )
    import_file(stocked.office, Investor, book(tmp_path, *rows))
    undone = stocked.office.undo()
    assert undone is not None
    assert undone.skipped == ()
    after = {one.id: one for one in stocked.office.find(Query(Investor))}
    assert after.keys() == before.keys()
    assert [after[key].business for key in before] == [one.business for one in before.values()]
    assert stocked.office.count(Query(Contact)) == len(before)
    assert check(stocked.office).wrong == []


def test_a_workbook_without_rows_says_so(stocked: Stocked, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="没有"):
        import_file(stocked.office, Investor, book(tmp_path, ("企业名称", "地区")))


NAMES = st.sampled_from(
    ["青禾0新材料有限公司", "青禾0新材料股份有限公司", "云帆有限公司", "星罗半导体有限公司", "", "  "]
)
CODES = st.sampled_from(["", CODE, OTHER_CODE, "32021100017"])
CELLS = st.sampled_from(["", "1.2亿", "未透露", "３０００万", "约5千万美元", "无锡", "="])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NAMES, CODES, CELLS, CELLS), min_size=1, max_size=8))
def test_every_row_is_counted_once_and_every_history_can_be_taken_back(
    stocked: Stocked, tmp_path: Path, rows: list[tuple[str, str, str, str]]
) -> None:
    path = book(tmp_path, ("企业名称", "统一社会信用代码", "注册资本", "所在地区"), *rows)
    before = stocked.office.find(Query(Investor))
    try:
        result = import_file(stocked.office, Investor, path)
    except KnownError:
        assert stocked.office.find(Query(Investor)) == before
        return
    counts = dict(result.plan.counts)
    assert counts.pop("rows_read") == sum(counts.values())
    assert stocked.office.count(Query(Investor)) == len(before) + counts["created"]
    if result.batch:
        stocked.office.undo_batch(result.batch)
    after = stocked.office.find(Query(Investor))
    assert [(one.id, one.name, one.place, one.raw) for one in after] == [(o.id, o.name, o.place, o.raw) for o in before]


def test_what_another_stored_meanwhile_is_not_stored_twice(stocked: Stocked, tmp_path: Path) -> None:
    path = book(tmp_path, ("企业名称", "地区"), ("云帆有限公司", "无锡"), ("海拓有限公司", "苏州"))
    plan = plan_workbook(stocked.office, Investor, read_workbook(path))
    with stocked.office.transaction("别人的") as tx:
        tx.save(Investor(name="海拓有限公司"))
    before = stocked.office.count(Query(Investor))
    with pytest.raises(Overtaken, match="“海拓有限公司”"):
        run_plan(stocked.office, plan)
    assert stocked.office.count(Query(Investor)) == before
    again = import_file(stocked.office, Investor, path)
    assert (again.plan.counts["created"], again.plan.counts["updated"]) == (1, 1)


def test_two_on_a_server_who_import_one_list_at_once_store_it_once(postgres_database: str, tmp_path: Path) -> None:
    path = book(tmp_path, ("企业名称",), *((f"云帆{n}有限公司",) for n in range(300)))
    create_office(postgres_database, name="清岚县投资促进局").close()
    offices = [open_office(postgres_database) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda office: import_file(office, Investor, path), offices))
    assert sorted(result.plan.counts["created"] for result in results) == [0, 0, 0, 300]
    assert offices[0].count(Query(Investor)) == 300
    for office in offices:
        office.close()


def test_what_another_changed_elsewhere_does_not_stop_an_import(stocked: Stocked, tmp_path: Path) -> None:
    path = book(tmp_path, ("企业名称",), ("云帆有限公司",))
    plan = plan_workbook(stocked.office, Investor, read_workbook(path))
    with stocked.office.transaction("别人的") as tx:
        tx.save(Investor(name="海拓有限公司"))
    assert run_plan(stocked.office, plan).batch


def test_amounts_without_a_unit_are_read_as_yuan_and_that_is_said(stocked: Stocked, tmp_path: Path) -> None:
    result = import_file(stocked.office, Investor, book(tmp_path, ("企业名称", "注册资本"), ("云帆有限公司", 3000)))
    assert only(stocked.office, "云帆有限公司").registered_capital == Money(300_000)
    assert result.plan.notes == ("“注册资本”没有写单位，数字按元读入，请核对。",)


def test_a_book_of_many_sheets_without_a_list_is_told_shortly(stocked: Stocked, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for number in range(90):
        made.create_sheet(f"表{number}").append(["甲", "乙"])
    made.save(tmp_path / "多表.xlsx")
    with pytest.raises(KnownError, match="等 91 张") as refused:
        import_file(stocked.office, Investor, tmp_path / "多表.xlsx")
    assert len(str(refused.value)) < 200
