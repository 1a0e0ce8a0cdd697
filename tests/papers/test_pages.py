from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from tests.papers.reading import FREE
from zhaoshang_desktop.papers.blocks import (
    Block,
    Column,
    DataTable,
    FieldTable,
    Heading,
    Items,
    PageBreak,
    Paper,
    Paragraph,
)
from zhaoshang_desktop.papers.flow import Grid, Item, Text
from zhaoshang_desktop.papers.look import READING
from zhaoshang_desktop.papers.pages import Page, paginate
from zhaoshang_desktop.papers.setting import Setter

SENTENCE = "新材料产业链强链补链，推介化工园区和标准厂房。"
TABLE = (Column("企业", 1), Column("情况", 3))


def pages_of(*blocks: Block) -> list[Page]:
    return paginate(Setter(FREE, READING).items(Paper("会见参考", blocks)), READING.room)


def words_of(items: Sequence[Item]) -> str:
    found = []
    for item in items:
        lines = [item.lines] if isinstance(item, Text) else []
        if isinstance(item, Grid):
            lines = [cell.lines for row in item.rows for cell in row.cells]
        found += [piece.text for part in lines for line in part for piece in line.pieces]
    return "".join(found)


BLOCKS = st.one_of(
    st.builds(lambda n, level: Heading(f"第{n}节", level), st.integers(1, 9), st.integers(1, 3)),
    st.builds(lambda n: Paragraph(SENTENCE * n), st.integers(1, 60)),
    st.builds(lambda n: Items((SENTENCE,) * n), st.integers(1, 12)),
    st.builds(lambda n: DataTable(TABLE, (("青禾", SENTENCE * n),) * (n % 7 + 1)), st.integers(1, 40)),
    st.builds(lambda n: FieldTable((("主营业务", SENTENCE * n), ("员工数", "420人"))), st.integers(1, 90)),
)


@given(st.lists(BLOCKS, max_size=14))
def test_every_page_keeps_within_its_room_and_no_heading_is_left_alone(blocks: list[Block]) -> None:
    pages = pages_of(*blocks)
    for number, page in enumerate(pages):
        assert page.used <= READING.room + 0.1
        assert page.items
        if number < len(pages) - 1:
            assert not page.items[-1][1].keep


@given(st.lists(BLOCKS, max_size=10))
def test_nothing_is_lost_between_pages(blocks: list[Block]) -> None:
    items = Setter(FREE, READING).items(Paper("会见参考", tuple(blocks)))
    pages = paginate(items, READING.room)
    together = words_of([item for page in pages for _, item in page.items])
    assert sorted(together) == sorted(words_of(items))


def test_a_title_of_two_lines_is_broken_evenly() -> None:
    lines = Setter(FREE, READING).lines(
        "关于二〇二六年十一月全县招商引资重点工作进展情况的通报", READING.title, READING.measure
    )
    assert [len(line.pieces[0].text) for line in lines] == [14, 13]


def test_the_header_of_a_table_stands_on_every_page() -> None:
    pages = pages_of(DataTable(TABLE, (("青禾", SENTENCE),) * 120))
    grids = [item for page in pages for _, item in page.items if isinstance(item, Grid)]
    assert len(grids) == len(pages) > 2
    assert all(grid.header for grid in grids)


def test_a_row_higher_than_a_page_is_cut_between_lines() -> None:
    assert len(pages_of(DataTable(TABLE, (("青禾", SENTENCE * 200),)))) > 2


def test_a_small_table_is_not_cut() -> None:
    pages = pages_of(Paragraph(SENTENCE * 63), FieldTable((("企业名称", "青禾"), ("员工数", "420人")) * 4))
    assert [sum(isinstance(item, Grid) for _, item in page.items) for page in pages] == [0, 1]


def test_a_page_break_before_a_new_page_gives_no_empty_page() -> None:
    assert len(pages_of(Paragraph("一"), PageBreak(), Heading("二", new_page=True))) == 2


def test_a_heading_on_a_new_page_as_the_first_thing_gives_no_empty_page() -> None:
    assert len(paginate([], READING.room)) == 1
