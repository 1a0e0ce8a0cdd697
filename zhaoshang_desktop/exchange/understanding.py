"""How a table is understood: its rows, its columns, and which rows go on with the one above."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf

from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.exchange.continuing import with_continued
from zhaoshang_desktop.exchange.layout import Layout, Role, guess_layout
from zhaoshang_desktop.exchange.mapping import Mapping, guess_mapping
from zhaoshang_desktop.exchange.sheet import Sheet


def understand(
    sheet: Sheet,
    record: type[Record],
    *,
    roles: MappingOf[int, Role] | None = None,
    paths: MappingOf[int, str] | None = None,
    units: MappingOf[int, str] | None = None,
    with_hidden: bool = False,
) -> tuple[Layout, Mapping]:
    """What the rows and columns are, with what the clerk said of rows (`roles`) and columns (`paths`, `units`)."""
    layout = guess_layout(sheet, roles, with_hidden)
    mapping = guess_mapping(sheet, layout, record, with_hidden)
    for column, path in (paths or {}).items():
        mapping = mapping.assign(column, path)
    for column, unit in (units or {}).items():
        mapping = mapping.set_unit(column, unit)
    return with_continued(sheet, layout, mapping, roles or {}), mapping
