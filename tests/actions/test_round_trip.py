"""What one office exports another imports as the same records, whatever is in their fields."""

from __future__ import annotations

import contextlib
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhaoshang_desktop.actions.exporting import export_records
from zhaoshang_desktop.actions.importing import import_file
from zhaoshang_desktop.domain import kinds
from zhaoshang_desktop.domain.day import Period, When
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.libraries import LIBRARIES
from zhaoshang_desktop.domain.money import CURRENCIES, Money
from zhaoshang_desktop.domain.project import Project, Stake
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Field, field_of, fields_of
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.exchange.people import DASHES
from zhaoshang_desktop.store import create_office
from zhaoshang_desktop.store.office import Office

CHARACTERS = st.sampled_from("青禾新材料云帆𠅤㐱䶮一二三AbCd019 .,-=+@'\"()（）；/·—、，")
TEXTS = (
    st.text(CHARACTERS, min_size=1, max_size=12).map(kinds.Text().read).filter(lambda text: text and text not in DASHES)
)
NOTES = st.lists(TEXTS, min_size=1, max_size=3).map("\n".join)
TAGS = TEXTS.filter(lambda text: kinds.split_list(text) == (text,))
DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
WHENS = st.builds(lambda day, parts: When(*(day.year, day.month, day.day)[:parts]), DAYS, st.integers(1, 3))
PERIODS = st.tuples(st.none() | WHENS, st.none() | WHENS).filter(any).filter(lambda p: None in p or p[0] <= p[1])
PLACES = st.sampled_from(["320200", "110000", "370406", "469001", "659001", "710000", "810000", "X:日本", "X:韩国"])


def several(one: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(one, min_size=1, max_size=3, unique=True).map(tuple)


VALUES: dict[type[kinds.Kind], Any] = {
    kinds.Text: lambda _kind: TEXTS,
    kinds.Note: lambda _kind: NOTES,
    kinds.CreditCode: lambda _kind: st.from_regex(r"91320211MA1[0-9A-H]{6}K", fullmatch=True),
    kinds.Phone: lambda _kind: st.sampled_from(["13800000001", "0532-88888888转801", "13800000001、0510-66666666"]),
    kinds.Amount: lambda _kind: st.builds(Money, st.integers(-(10**16), 10**17), st.sampled_from([*CURRENCIES])),
    kinds.Number: lambda _kind: st.decimals(-(10**6), 10**9, places=6).map(lambda n: Decimal(f"{n.normalize():f}")),
    kinds.Whole: lambda _kind: st.integers(0, 10**9),
    kinds.Day: lambda _kind: DAYS,
    kinds.When: lambda _kind: WHENS,
    kinds.Period: lambda _kind: PERIODS.map(lambda pair: Period(*pair)),
    kinds.Choice: lambda kind: st.sampled_from(kind.options),
    kinds.Choices: lambda kind: several(st.sampled_from(kind.options)),
    kinds.Tags: lambda _kind: several(TAGS),
    kinds.Honours: lambda kind: several(
        st.tuples(st.sampled_from(kind.options or ("劳动模范", "领军人才")), st.none() | st.integers(1990, 2030))
    ),
    kinds.Flag: lambda _kind: st.booleans(),
    kinds.Place: lambda _kind: PLACES,
    kinds.Point: lambda _kind: st.tuples(st.floats(73, 135), st.floats(18, 53)),
    kinds.Link: lambda kind: st.just(kind.noun),
}
"""Values of each kind as an office holds them; of a link its noun, for the one record of that noun there is."""


@st.composite
def stories(draw: st.DrawFn, record: type[Record]) -> dict[str, Any]:
    """The fields of one record; about half of them are filled."""
    title = field_of(record, record.TITLE).kind
    found = {record.TITLE: title.read(draw(st.sampled_from(["青禾", "云帆", "砚霖"])) + draw(TEXTS))}
    for field in fields_of(record):
        if not field.spec.derived and field.name != record.TITLE and draw(st.booleans()):
            found[field.name] = draw(VALUES[type(field.kind)](field.kind))
    return found


def linked(office: Office) -> dict[str, int]:
    """One record of every noun that fields point to, by noun."""
    with office.transaction("准备") as tx:
        unit = tx.save(Unit(name="新材料招商组"))
        member = tx.save(Member(unit=unit.id, name="张敏"))
        others = (
            Investor(name="来料企业"),
            Project(name="来料项目"),
            Lead(subject="来料线索"),
            Expert(name="来料专家"),
        )
        return {one.NOUN: tx.save(one).id for one in (unit, member, *others)}


def told(record: Record, by_key: dict[int, str]) -> dict[str, Any]:
    """What a record says, with the nouns of what it points to."""
    links = {field.name for field in fields_of(type(record)) if isinstance(field.kind, kinds.Link)}
    values = {field.name: getattr(record, field.name) for field in _typed(type(record))}
    return {name: by_key.get(value, "") if name in links else value for name, value in values.items()} | record.raw


def _typed(record: type[Record]) -> list[Field]:
    return [field for field in fields_of(record) if not field.spec.derived]


def distinct(stories: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without a second of the same code: that would be the same investor."""
    codes = [one.get("credit_code") for one in stories]
    return [one for place, one in enumerate(stories) if not codes[place] or codes[place] not in codes[:place]]


@pytest.mark.parametrize("library", LIBRARIES)
@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_field_of_a_library_comes_back(library: str, data: st.DataObject) -> None:
    record = LIBRARIES[library]
    drawn = st.lists(stories(record), min_size=1, max_size=4, unique_by=lambda story: story[record.TITLE])
    made = distinct(data.draw(drawn))
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        here, there = (
            stack.enter_context(contextlib.closing(create_office(Path(folder) / f"{name}.office", name=name)))
            for name in "甲乙"
        )
        known, known_there = linked(here), linked(there)
        links = {field.name for field in fields_of(record) if isinstance(field.kind, kinds.Link)}
        with here.transaction("记录") as tx:
            tx.save_all([record(**{name: known[v] if name in links else v for name, v in one.items()}) for one in made])
        export_records(here, record, Path(folder) / "登记册.xlsx", today=date(2026, 12, 2))
        result = import_file(there, record, Path(folder) / "登记册.xlsx")
        assert [one for one in result.plan.problems if not one.warning] == []
        sent = {one.title: told(one, {key: noun for noun, key in known.items()}) for one in here.find(Query(record))}
        came = {
            one.title: told(one, {key: noun for noun, key in known_there.items()}) for one in there.find(Query(record))
        }
        likely = {one.draft.record.title for one in result.plan.decisions if one.fate == "duplicates"}
        assert came == {title: one for title, one in sent.items() if title not in likely}
        assert import_file(there, record, Path(folder) / "登记册.xlsx").batch == 0


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_an_amount_in_yuan_stays_one_beside_a_foreign_currency(tmp_path: Path, ending: str) -> None:
    here, there = (create_office(tmp_path / f"{name}.office", name=name) for name in "甲乙")
    filed, agreed = Money(5_000_000, "CNY"), Money(7_000_000, "USD")
    with here.transaction("记录") as tx:
        tx.save(Project(name="电解液二期", currency="美元", filed=filed, agreed=agreed))
    export_records(here, Project, tmp_path / f"登记册.{ending}")
    import_file(there, Project, tmp_path / f"登记册.{ending}")
    (found,) = there.find(Query(Project))
    assert (found.filed, found.agreed, found.currency) == (filed, agreed, "美元")
    here.close()
    there.close()


def test_people_and_partners_come_back_to_whom_they_belong(tmp_path: Path) -> None:
    here, there = (create_office(tmp_path / f"{name}.office", name=name) for name in "甲乙")
    with here.transaction("记录") as tx:
        firm, other = tx.save(Investor(name="青禾有限公司")), tx.save(Investor(name="云帆有限公司"))
        for name, mobile, phone in (("周远航", "13800000001", ""), ("许清", "", "0510-66666666"), ("欧阳若兰", "", "")):
            tx.save(Contact(investor=firm.id, name=name, mobile=mobile, phone=phone))
        project = tx.save(Project(name="电解液二期"))
        tx.save(Stake(project=project.id, investor=firm.id, role="牵头方", share=Decimal("60")))
        tx.save(Stake(project=project.id, investor=other.id, share=Decimal("40")))
    for record in (Investor, Project):
        export_records(here, record, tmp_path / f"{record.NOUN}.xlsx")
        import_file(there, record, tmp_path / f"{record.NOUN}.xlsx")
    people = [{(one.name, one.mobile, one.phone) for one in office.find(Query(Contact))} for office in (here, there)]
    assert people[0] == people[1]
    firms = [{one.id: one.name for one in office.find(Query(Investor))} for office in (here, there)]
    parts = [
        {(names[one.investor], one.role, one.share) for one in office.find(Query(Stake))}
        for office, names in zip((here, there), firms, strict=True)
    ]
    assert parts[0] == parts[1]
    for office in (here, there):
        office.close()
