"""Saving, reading back, the recycle bin, stale records."""

from __future__ import annotations

from datetime import date

import pytest

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.milestone import Milestone
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.project import Project, Stake
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.saving import StaleRecord


def saved(office: Office, *records: object, label: str = "测试") -> None:
    with office.transaction(label) as tx:
        for record in records:
            tx.save(record)  # type: ignore[type-var]


def test_a_saved_record_comes_back_with_every_kind_of_value(office: Office) -> None:
    made = Investor(
        name="青禾新材料股份有限公司",
        honours=(("专精特新", 2025), ("上市公司", None)),
        former_names=("青禾化工", "青禾厂"),
        registered_capital=Money(12_000_000_000, "USD"),
        place="320200",
        point=(120.3, 31.5),
        head_target=False,
        checked_on=date(2026, 9, 30),
        raw={"staff": "约三百"},
    )
    saved(office, made)
    assert office.get(Investor, made.id) == made


def test_text_that_no_database_takes_is_stored_without_what_it_cannot(office: Office) -> None:
    made = Investor(name="青\0禾", note="\ud800甲\0\n乙", tags=("新\0材料",), raw={"staff": "\0多"})
    saved(office, made, label="一\0批")
    kept = office.get(Investor, made.id)
    assert (kept.name, kept.note, kept.tags, kept.raw) == ("青禾", "\ufffd甲\n乙", ("新材料",), {"staff": "多"})
    assert office.find(Query(Investor, words="青\0禾")) == [kept]
    assert office.find(Query(Investor, where=(Where("name", "=", "青\0禾"),))) == [kept]
    assert office.batches()[0].label == "一批"
    assert check(office).wrong == []


def test_a_transaction_that_fails_leaves_nothing(office: Office) -> None:
    with pytest.raises(RuntimeError), office.transaction("半途") as tx:
        tx.save(Investor(name="半途公司"))
        raise RuntimeError
    assert office.count(Query(Investor)) == 0
    assert office.batches() == []


def test_a_record_without_its_required_name_is_refused(office: Office) -> None:
    with pytest.raises(KnownError, match="企业名称"):
        saved(office, Investor(short_name="无名"))


def test_the_second_of_two_clerks_is_told_that_the_first_was_faster(office: Office) -> None:
    made = Investor(name="云帆智能")
    saved(office, made)
    mine, theirs = office.get(Investor, made.id), office.get(Investor, made.id)
    mine.note, theirs.note = "我改的", "他改的"
    saved(office, theirs)
    with pytest.raises(StaleRecord):
        saved(office, mine)
    assert office.get(Investor, made.id).note == "他改的"


def test_saving_without_a_change_writes_no_line(office: Office) -> None:
    made = Investor(name="云帆智能")
    saved(office, made)
    saved(office, office.get(Investor, made.id))
    assert len(office.history(Investor, made.id)) == 1


def test_a_removed_record_waits_in_the_bin_and_comes_back(office: Office) -> None:
    made = Investor(name="云帆智能")
    saved(office, made)
    with office.transaction("删除") as tx:
        tx.remove(made)
    assert office.ids(Query(Investor)) == []
    assert office.ids(Query(Investor, bin=True)) == [made.id]
    with office.transaction("恢复") as tx:
        tx.restore(made)
    assert office.ids(Query(Investor)) == [made.id]


def test_history_tells_who_changed_what_from_what_to_what(office: Office) -> None:
    made = Investor(name="云帆智能", level="B")
    saved(office, made)
    made.level = "A"
    saved(office, made)
    latest, first = office.history(Investor, made.id)
    assert (latest.actor, latest.op, latest.changes) == ("张敏", "update", {"level": ("B", "A")})
    assert first.op == "create"
    assert first.changes["name"] == ("", "云帆智能")


def test_a_visit_gives_its_investor_the_last_contact_and_the_next_step(office: Office) -> None:
    investor = Investor(name="云帆智能")
    saved(office, investor)
    held = Visit(
        investor=investor.id, state="已完成", day=date(2026, 11, 19), next_step="寄图纸", next_due=date(2026, 11, 26)
    )
    planned = Visit(investor=investor.id, state="已排", day=date(2026, 12, 7))
    saved(office, held, planned)
    now = office.get(Investor, investor.id)
    assert (now.last_contact, now.contact_count, now.next_step) == (date(2026, 11, 19), 1, "寄图纸")
    with office.transaction("删除") as tx:
        tx.remove(office.get(Visit, held.id))
    now = office.get(Investor, investor.id)
    assert (now.last_contact, now.contact_count, now.next_step) == (None, None, "")


def test_milestones_give_a_project_its_stage_and_its_investor_a_project_in_talk(office: Office) -> None:
    investor, project = Investor(name="云帆智能"), Project(name="减速机二期")
    saved(office, investor, project)
    saved(office, Stake(project=project.id, investor=investor.id))
    saved(office, Milestone(project=project.id, step="对接", reached=True))
    assert office.get(Project, project.id).stage == "在谈"
    assert office.get(Investor, investor.id).open_projects == 1


def test_conditions_and_order_answer_as_a_spreadsheet_would(office: Office) -> None:
    for name, place, level, capital in [
        ("青禾新材料", "320200", "A", Money(100)),
        ("云帆智能", "320500", "B", None),
        ("东阳影视", "330783", "A", Money(300)),
    ]:
        saved(office, Investor(name=name, place=place, level=level, registered_capital=capital, tags=("重点", name)))

    def names(*where: Where, order: tuple[str, ...] = ()) -> list[str]:
        return [one.name for one in office.find(Query(Investor, where=where, order=order))]

    assert names() == ["东阳影视", "青禾新材料", "云帆智能"]
    assert names(order=("-name",)) == ["云帆智能", "青禾新材料", "东阳影视"]
    assert names(Where("place", "under", "320000")) == ["青禾新材料", "云帆智能"]
    assert names(Where("level", "=", "A"), order=("-registered_capital",)) == ["东阳影视", "青禾新材料"]
    assert names(order=("registered_capital",)) == ["青禾新材料", "东阳影视", "云帆智能"]
    assert names(Where("registered_capital", ">=", Money(300))) == ["东阳影视"]
    assert names(Where("registered_capital", "empty")) == ["云帆智能"]
    assert names(Where("tags", "has", "云帆智能")) == ["云帆智能"]
    assert names(Where("level", "in", ("B", "C"))) == ["云帆智能"]


def test_an_office_that_was_used_checks_clean(office: Office) -> None:
    investor = Investor(name="云帆智能")
    saved(office, investor)
    saved(office, Contact(investor=investor.id, name="周远航", mobile="13800000000"))
    investor.note = "改"
    saved(office, investor)
    office.undo()
    findings = check(office)
    assert findings.wrong == []
    assert (findings.counts["investor"], findings.counts["contact"]) == (1, 1)
