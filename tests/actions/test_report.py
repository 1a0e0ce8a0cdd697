"""The report of a trip: its figures are the visits', what is written by hand outlives a new draft."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.actions.conftest import MONDAY, Stocked
from zhaoshang_desktop.actions.from_visit import (
    contact_from_visit,
    lead_draft,
    lead_from_visit,
    project_draft,
    project_from_visit,
)
from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.actions.report import drafted, promises_in, report_of, write_on, write_report
from zhaoshang_desktop.actions.trip import TargetWish, cancel_visit, log_visit, plan_trip
from zhaoshang_desktop.actions.trip_book import load_trip
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.milestone import Milestone
from zhaoshang_desktop.domain.project import Project
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.domain.visit import INTENTIONS, VISIT_STATES, Visit
from zhaoshang_desktop.domain.visit_figures import figures_of
from zhaoshang_desktop.store.check import check


@pytest.fixture
def trip(stocked: Stocked) -> int:
    """Four firms; two visits typed up, one called off, one not typed up yet."""
    key = stocked.trip(*[TargetWish(one.id) for one in stocked.investors[:4]], teams=1)
    plan_trip(stocked.office, key, iterations=100)
    first, second, third, _ = sorted(load_trip(stocked.office, key).visits, key=lambda visit: visit.investor)
    owner = stocked.members[0].id
    log_visit(
        stocked.office,
        first.id,
        said="二期要看蒸汽价格。",
        result="同意来县里看地",
        intention="A",
        next_step="寄送园区图",
        next_due=date(2026, 12, 20),
        next_owner=owner,
    )
    log_visit(stocked.office, second.id, said="暂不扩产。", intention="C")
    edit_record(stocked.office, Visit, third.id, {"reason": "董事长出国"}, stocked.office.get(Visit, third.id).version)
    cancel_visit(stocked.office, third.id)
    return key


GOLDEN = {
    "name": "关于新材料小分队外出招商情况的报告",
    "overview": "2026年12月7日至11日，为对接新材料链，清岚县投资促进局派出小分队（一队张敏、王磊）"
    "赴无锡、苏州等地外出招商，共走访洽谈客商2家。",
    "outcome": "共走访洽谈客商2家，其中意向明确（A类）1家、意向一般（C类）1家。\n"
    "原定走访中取消1家：青禾2新材料有限公司（董事长出国）。",
    "following": "1．青禾0新材料有限公司：寄送园区图，责任人张敏，12月20日前完成。",
    "lessons": "",
}


def test_the_draft_says_what_the_log_says(stocked: Stocked, trip: int) -> None:
    report, figures = drafted(stocked.office, trip)
    found = {name: getattr(report, name) for name in GOLDEN}
    found["overview"] = found["overview"].replace("苏州、无锡", "无锡、苏州")
    assert found == GOLDEN
    assert "（一）青禾" in report.visits
    assert "二期要看蒸汽价格。同意来县里看地。意向明确（A类）。" in report.visits
    assert report.cost.endswith("待结算。")
    assert (figures.visits, figures.dropped, figures.missed) == (2, 1, 1)
    assert report_of(stocked.office, trip) is None  # looking at a draft stores nothing


def test_what_was_written_by_hand_outlives_a_new_draft(stocked: Stocked, trip: int) -> None:
    write_on(stocked.office, trip, {"lessons": "要先备好蒸汽价格。", "outcome": "谈得很好。"})
    last = next(visit for visit in load_trip(stocked.office, trip).visits if visit.state == "已排")
    log_visit(stocked.office, last.id, said="想租厂房", intention="B")
    report, figures = drafted(stocked.office, trip)
    assert (report.lessons, report.outcome) == ("要先备好蒸汽价格。", "谈得很好。")
    assert set(report.by_hand) == {"主要成果", "体会和建议"}
    assert "客商3家" in report.overview
    assert figures.visits == 3
    write_on(stocked.office, trip, {"outcome": ""})
    report, _ = drafted(stocked.office, trip)
    assert "意向较强（B类）1家" in report.outcome
    assert report.by_hand == ("体会和建议",)
    assert check(stocked.office).wrong == []


def test_it_is_written_as_pdf_and_as_docx(stocked: Stocked, trip: int, tmp_path: Path) -> None:
    printed = write_report(stocked.office, trip, tmp_path / "报告.pdf")
    assert printed is not None
    assert printed.missing == ()
    assert (tmp_path / "报告.pdf").read_bytes().startswith(b"%PDF")
    assert write_report(stocked.office, trip, tmp_path / "报告.docx") is None
    with zipfile.ZipFile(io.BytesIO((tmp_path / "报告.docx").read_bytes())) as package:
        text = package.read("word/document.xml").decode()
    assert all(words in text for words in ("附件：1．走访洽谈情况一览表", "附件2", "下一步工作清单"))
    assert "寄送园区图" in text


def docx_text(file: Path) -> str:
    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as package:
        return package.read("word/document.xml").decode()


def test_a_report_goes_to_whom_the_last_one_went_and_may_go_to_nobody(
    stocked: Stocked, trip: int, tmp_path: Path
) -> None:
    write_on(stocked.office, trip, {"addressee": " 县委、县政府： "})
    next_trip = stocked.trip(TargetWish(stocked.investors[4].id), teams=1)
    assert drafted(stocked.office, next_trip)[0].addressee.startswith("县委、县政府")
    write_report(stocked.office, trip, tmp_path / "一.docx")
    assert ">县委、县政府：<" in docx_text(tmp_path / "一.docx")
    assert write_report(stocked.office, trip, tmp_path / "一.pdf") is not None
    write_on(stocked.office, next_trip, {"addressee": ""})
    assert drafted(stocked.office, next_trip)[0].addressee == ""
    write_report(stocked.office, next_trip, tmp_path / "二.docx")
    assert "县委" not in docx_text(tmp_path / "二.docx")
    assert drafted(stocked.office, next_trip)[0].by_hand == ()


def test_a_promise_that_the_law_forbids_is_found(stocked: Stocked, trip: int) -> None:
    write_on(stocked.office, trip, {"lessons": "我方承诺按其缴纳税收的地方留成部分全额返还。"})
    assert promises_in(stocked.office, drafted(stocked.office, trip)[0])


def test_a_project_a_lead_and_a_contact_come_out_of_a_visit_in_one_step_each(stocked: Stocked, trip: int) -> None:
    office = stocked.office
    visit = next(one for one in load_trip(office, trip).visits if one.intention == "A")
    investor = office.get(Investor, visit.investor)
    project = project_draft(visit, investor)
    project_from_visit(office, visit.id, project)
    assert office.get(Project, project.id).stage == "在谈"
    assert office.get(Project, project.id).content == "同意来县里看地\n二期要看蒸汽价格。"
    assert office.get(Investor, investor.id).open_projects == 1
    step = office.find(Query(Milestone))[0]
    assert step.actual is not None
    assert step.actual.earliest == visit.day
    lead = lead_draft(visit, investor)
    lead_from_visit(office, visit.id, lead)
    contact_from_visit(office, visit.id, Contact(name="新来的副总"))
    now = office.get(Visit, visit.id)
    assert (now.project, now.lead) == (project.id, lead.id)
    assert office.get(Contact, now.contacts[-1]).investor == investor.id
    figures = drafted(office, trip)[1]
    assert (len(figures.projects), len(figures.leads)) == (1, 1)
    office.undo()
    office.undo()
    office.undo()
    assert (office.get(Visit, visit.id).project, office.get(Visit, visit.id).lead) == (0, 0)


def test_a_visit_carries_what_will_be_counted(stocked: Stocked, trip: int) -> None:
    visit = next(one for one in load_trip(stocked.office, trip).visits if one.intention == "A")
    assert visit.unit == stocked.members[0].unit
    assert visit.leader == "一般人员"
    assert visit.direction == "走出去"
    assert len(visit.members) == 2


_VISITS = st.lists(
    st.builds(
        Visit,
        investor=st.integers(1, 5),
        state=st.sampled_from(VISIT_STATES),
        intention=st.sampled_from(["", *INTENTIONS]),
        project=st.sampled_from([0, 0, 7, 8]),
        lead=st.sampled_from([0, 0, 9]),
        unplanned=st.sampled_from([None, True]),
        next_step=st.sampled_from(["", "寄图"]),
    ),
    max_size=20,
)


@given(_VISITS)
def test_the_figures_are_the_visits_counted(visits: list[Visit]) -> None:
    figures = figures_of(visits)
    held = [one for one in visits if one.state == "已完成"]
    assert figures.visits == len(held) == sum(figures.intentions.values()) + figures.undecided
    assert figures.visits + figures.dropped + figures.missed == len(visits)
    assert figures.firms == len({one.investor for one in held})
    assert set(figures.projects) == {one.project for one in held} - {0}
    assert set(figures.leads) == {one.lead for one in held} - {0}


def test_the_trip_of_the_report_is_there(stocked: Stocked, trip: int) -> None:
    assert stocked.office.get(Trip, trip).start == MONDAY
