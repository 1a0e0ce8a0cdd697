"""Each map from a kind to its own thing covers every kind in use."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.ui.conftest import County
from zhaoshang_desktop.domain import kinds
from zhaoshang_desktop.domain.day import Period, When
from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.meeting_times import Span
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Field, Spec, field_of, fields_of
from zhaoshang_desktop.ui.library import chips, columns, conditions, delegate, editors, overview, relations
from zhaoshang_desktop.ui.library.editors import editor_for
from zhaoshang_desktop.ui.main_window import MainWindow

USED = {type(field.kind) for record in RECORDS.values() for field in fields_of(record)}
VALUES: list[tuple[kinds.Kind, Any]] = [
    (kinds.Text(), "一行字"),
    (kinds.Note(), "两行\n字"),
    (kinds.Amount(), Money(120_000_000_00)),
    (kinds.Number("亩"), Decimal("12.5")),
    (kinds.Whole("人"), 300),
    (kinds.Day(), date(2026, 11, 20)),
    (kinds.When(), When(2025, 3, None)),
    (kinds.Period(), Period(When(2025, 1, None), When(2025, 12, None))),
    (kinds.Hour(), 9 * 60 + 30),
    (kinds.Times(), (Span(weekday=1, part="上午"),)),
    (kinds.Choice(("甲", "乙")), "乙"),
    (kinds.Choices(("甲", "乙")), ("甲", "乙")),
    (kinds.Tags(), ("丙",)),
    (kinds.Honours(("专精特新",)), (("专精特新", 2025),)),
    (kinds.Flag(), False),
    (kinds.Place(), "320200"),
    (kinds.Point(), (120.301663, 31.574729)),
]


@pytest.mark.parametrize(
    "mapped", [editors.EDITORS, columns.HABITS, conditions.WAYS], ids=["editor", "column", "filter"]
)
def test_every_kind_in_use_has_its_entry(mapped: dict[type[kinds.Kind], Any]) -> None:
    assert mapped.keys() >= USED


def test_every_look_of_a_column_is_drawn() -> None:
    looks = {habit.look for habit in columns.HABITS.values()} | {column.look for column in columns.OWN.values()}
    assert looks <= delegate.FACES.keys()


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_what_the_pages_name_are_fields_of_the_record(record: type[Record]) -> None:
    noun = record.NOUN
    named = [*chips.CHIPS.get(noun, ()), *columns.SECOND_LINES.get(noun, ()), *overview.FACTS.get(noun, ())]
    named += [name for (owner, _), column in columns.OWN.items() if owner == noun for name in column.fields]
    for name in named:
        field_of(record, name)
    for relation in relations.RELATIONS.get(noun, ()):
        kind = field_of(RECORDS[relation.noun], relation.field).kind
        assert isinstance(kind, kinds.Link)
        assert kind.noun == noun


@pytest.mark.parametrize(("kind", "value"), VALUES, ids=[type(kind).__name__ for kind, _ in VALUES])
def test_an_editor_gives_back_the_value_it_was_given(window: MainWindow, kind: kinds.Kind, value: Any) -> None:
    editor = editor_for(Field("it", Spec("它", kind)), window.desk, window)
    editor.put(value)
    assert editor.take() == (value, "")
    editor.put(kind.empty)
    assert editor.take() == (kind.empty, "")


def test_a_link_is_shown_by_name_and_given_back_as_its_key(window: MainWindow, county: County) -> None:
    editor = editor_for(Field("who", Spec("谁", kinds.Link("member"))), window.desk, window)
    editor.put(county.zhang.id)
    assert editor.take() == (county.zhang.id, "")
    several = editor_for(Field("who", Spec("谁", kinds.Links("member"))), window.desk, window)
    several.put((county.zhang.id,))
    assert several.take() == ((county.zhang.id,), "")


def test_a_name_that_nobody_has_stays_as_text(window: MainWindow, county: County) -> None:
    editor: Any = editor_for(Field("who", Spec("谁", kinds.Link("member"))), window.desk, window)
    editor.line.setText("王二")
    assert editor.take() == (0, "王二")


def test_a_choice_that_is_not_on_the_list_is_kept(window: MainWindow) -> None:
    editor = editor_for(Field("it", Spec("它", kinds.Choice(("甲", "乙")))), window.desk, window)
    editor.put("", "丙")
    assert editor.take() == ("", "丙")
