"""Two people at one record: what both changed is shown, what one changed is kept, nothing is overwritten silently."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from zhaoshang_desktop.actions.record import edit_record, remove_records
from zhaoshang_desktop.domain.clash import EditClash
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.office import Office


@pytest.fixture
def office(postgres_database: str) -> Iterator[Office]:
    made = create_office(postgres_database, name="清岚县投资促进局", actor="张敏")
    yield made
    made.close()


@pytest.fixture
def other(office: Office) -> Iterator[Office]:
    opened = open_office(office.where, actor="王磊")
    yield opened
    opened.close()


@pytest.fixture
def shown(office: Office) -> Investor:
    """What both have on screen."""
    with office.transaction("新建") as tx:
        return tx.save(Investor(name="青禾新材料", note="老朋友", tags=("重点",), raw={"staff": "约三百"}))


def test_different_fields_merge_by_themselves(office: Office, other: Office, shown: Investor) -> None:
    edit_record(other, Investor, shown.id, {"website": "a.example"}, shown.version)
    edit_record(office, Investor, shown.id, {"note": "已来访"}, shown.version)
    now = office.get(Investor, shown.id)
    assert (now.website, now.note, now.version) == ("a.example", "已来访", 3)


def test_the_same_field_is_shown_with_both_values_who_and_when(office: Office, other: Office, shown: Investor) -> None:
    edit_record(other, Investor, shown.id, {"note": "已来访", "level": "A"}, shown.version)
    with pytest.raises(EditClash, match="“备注”刚刚被王磊改过") as caught:
        edit_record(office, Investor, shown.id, {"note": "待回访", "website": "a.example"}, shown.version)
    (clash,) = caught.value.clashes
    assert (clash.base.value, clash.mine.value, clash.theirs.value, clash.actor) == (
        "老朋友",
        "待回访",
        "已来访",
        "王磊",
    )
    assert clash.at == office.history(Investor, shown.id)[0].at
    assert office.get(Investor, shown.id).note == "已来访"

    edit_record(office, Investor, shown.id, caught.value.resolved(["note"]), caught.value.version)
    now = office.get(Investor, shown.id)
    assert (now.note, now.level, now.website) == ("待回访", "A", "a.example")


def test_the_others_value_can_be_left_and_the_rest_is_stored(office: Office, other: Office, shown: Investor) -> None:
    edit_record(other, Investor, shown.id, {"note": "已来访"}, shown.version)
    with pytest.raises(EditClash) as caught:
        edit_record(office, Investor, shown.id, {"note": "待回访", "website": "a.example"}, shown.version)
    edit_record(office, Investor, shown.id, caught.value.resolved([]), caught.value.version)
    now = office.get(Investor, shown.id)
    assert (now.note, now.website) == ("已来访", "a.example")


def test_the_same_value_on_both_sides_is_no_clash(office: Office, other: Office, shown: Investor) -> None:
    edit_record(other, Investor, shown.id, {"note": "已来访"}, shown.version)
    edit_record(office, Investor, shown.id, {"note": "已来访"}, shown.version)
    assert office.get(Investor, shown.id).version == 2


def test_lists_keep_what_either_side_put_in(office: Office, other: Office, shown: Investor) -> None:
    edit_record(other, Investor, shown.id, {"tags": ("重点", "上市")}, shown.version)
    edit_record(office, Investor, shown.id, {"tags": ("重点", "老乡")}, shown.version)
    assert set(office.get(Investor, shown.id).tags) == {"重点", "上市", "老乡"}


def test_a_text_nobody_understood_clashes_with_its_settling(office: Office, other: Office, shown: Investor) -> None:
    edit_record(other, Investor, shown.id, {"staff": 300, "raw": {"staff": ""}}, shown.version)
    with pytest.raises(EditClash) as caught:
        edit_record(office, Investor, shown.id, {"staff": 350, "raw": {"staff": ""}}, shown.version)
    (clash,) = caught.value.clashes
    assert (clash.base.raw, clash.mine.value, clash.theirs.value) == ("约三百", 350, 300)
    edit_record(office, Investor, shown.id, caught.value.resolved(["staff"]), caught.value.version)
    now = office.get(Investor, shown.id)
    assert (now.staff, now.raw) == (350, {})


def test_what_went_to_the_bin_meanwhile_is_said(office: Office, other: Office, shown: Investor) -> None:
    remove_records(other, Investor, [shown.id])
    with pytest.raises(KnownError, match="已被王磊移到回收站"):
        edit_record(office, Investor, shown.id, {"note": "待回访"}, shown.version)


def test_one_s_own_earlier_edit_is_no_clash(office: Office, shown: Investor) -> None:
    edit_record(office, Investor, shown.id, {"note": "第一次"}, shown.version)
    edit_record(office, Investor, shown.id, {"note": "第二次"}, shown.version)
    assert office.get(Investor, shown.id).note == "第二次"
