"""What is remembered of a workbook's shape."""

from __future__ import annotations

from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.exchange.layout import Role, guess_layout
from zhaoshang_desktop.exchange.shapes import Corrections, kept_shapes, recall, remember, shape_of
from zhaoshang_desktop.exchange.sheet import Row, Sheet
from zhaoshang_desktop.runtime.settings import Settings

HEAD: Row = ("企业名称", "备注")


def sheet(*rows: Row) -> Sheet:
    """A sheet with these rows under the heading."""
    return Sheet("名单", [HEAD, *rows])


def shape(one: Sheet) -> str:
    """The shape of a list of investors."""
    return shape_of(Investor, one, guess_layout(one))


def test_the_same_headings_are_the_same_shape_whatever_the_rows() -> None:
    assert shape(sheet(("甲公司", ""))) == shape(sheet(("乙公司", "二期"), ("丙公司", "")))


def test_other_headings_and_other_libraries_are_other_shapes() -> None:
    one = sheet(("甲公司", ""))
    assert shape(one) != shape(Sheet("名单", [("企业名称", "说明"), ("甲公司", "")]))
    assert shape(one) != shape_of(Expert, one, guess_layout(one))


def test_a_row_is_known_again_by_what_it_says_not_by_its_number() -> None:
    settings, before = Settings(), sheet(("甲公司", ""), ("合计一览", ""))
    remember(settings, "s", before, Corrections(roles={2: Role.SUM}))
    after = sheet(("甲公司", ""), ("乙公司", ""), ("合计一览", ""))
    assert recall(kept_shapes(settings)["s"], Investor, after).roles == {3: Role.SUM}


def test_columns_and_units_come_back() -> None:
    settings, one = Settings(), sheet()
    remember(settings, "s", one, Corrections(paths={1: "business"}, units={1: "万元"}))
    found = recall(kept_shapes(settings)["s"], Investor, one)
    assert (found.paths, found.units) == ({1: "business"}, {1: "万元"})


def test_a_field_that_no_longer_exists_is_forgotten() -> None:
    assert recall({"paths": {"1": "gone", "2": ""}}, Investor, sheet()).paths == {2: ""}


def test_damaged_settings_are_nothing_remembered() -> None:
    for damaged in (None, [], {"roles": 3, "paths": {"x": "name"}, "units": {"1": 2}}):
        assert len(recall(damaged, Investor, sheet())) == 0
    assert kept_shapes(Settings(choices={"import.shapes": "?"})) == {}


def test_nothing_said_leaves_nothing_behind() -> None:
    settings = Settings()
    remember(settings, "s", sheet(), Corrections(paths={1: "business"}))
    remember(settings, "s", sheet(), Corrections())
    assert kept_shapes(settings) == {}


def test_the_shapes_longest_unused_are_forgotten() -> None:
    settings = Settings()
    for number in range(120):
        remember(settings, f"s{number}", sheet(), Corrections(paths={1: "business"}))
    kept = list(kept_shapes(settings))
    assert (kept[0], kept[-1], len(kept)) == ("s20", "s119", 100)


def test_labels_remembered_before_their_sides_were_have_their_values_beside_them() -> None:
    assert recall({"labels": ["摘要", 3]}, Investor, sheet()).labels == {"摘要": "右边"}
    settings = Settings()
    remember(settings, "s", sheet(), Corrections(labels={"摘要": "下面"}))
    assert recall(kept_shapes(settings)["s"], Investor, sheet()).labels == {"摘要": "下面"}
