"""上级报表: uploaded once, its columns and cells mapped, and filled ever after."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.actions.attachment import content_of
from zhaoshang_desktop.actions.exporting import parts_of
from zhaoshang_desktop.actions.sending import latest_of_period
from zhaoshang_desktop.actions.sheet_columns import PERIODIC, offered, sheet_columns
from zhaoshang_desktop.actions.titles import titles_of
from zhaoshang_desktop.domain.attachment import Attachment
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.day import When
from zhaoshang_desktop.domain.errors import KnownError, not_read, not_written
from zhaoshang_desktop.domain.file_name import free_name, safe_name
from zhaoshang_desktop.domain.form import COUNT, NUMBERING, OFFICE, PERIOD, SPECIALS, TODAY, Form, written
from zhaoshang_desktop.domain.ledger import Act, Deed
from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.exchange.form_filling import Filling, fill_form, prepared_rows
from zhaoshang_desktop.exchange.formats import exact
from zhaoshang_desktop.exchange.heading import header_key
from zhaoshang_desktop.exchange.layout import Role, guess_layout, is_numbering
from zhaoshang_desktop.exchange.mapping import guess_mapping
from zhaoshang_desktop.exchange.reading import read_workbook
from zhaoshang_desktop.exchange.sheet import Cell, Sheet, Workbook, cell_position, cell_text, column_letter
from zhaoshang_desktop.exchange.targets import targets_of
from zhaoshang_desktop.exchange.writing import register_column
from zhaoshang_desktop.runtime.clock import today
from zhaoshang_desktop.runtime.files import passing, replace_file
from zhaoshang_desktop.runtime.held import refuse_unfit

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

_TOLD = re.compile(r"[:：]\s*$")
_LABELS = (
    (re.compile(r"(填报|报送|填表|上报)?单位(名称)?(（盖章）)?\s*[:：]\s*$"), OFFICE),
    (re.compile(r"(填报|报送|填表|制表|上报)(日期|时间)\s*[:：]\s*$"), TODAY),
)
_SIZES = {"亿": 8, "万": 4, "千": 3, "百": 2, "十": 1}


@dataclass
class Proposal:
    """What a form is taken for; the clerk corrects it. `template` is the file as it is, `book` as it reads."""

    title: str
    record: type[Record]
    template: bytes
    book: Workbook
    sheet: str
    first: int = 0
    last: int = 0
    columns: dict[str, tuple[str, str]] = field(default_factory=dict)
    cells: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def page(self) -> Sheet:
        """The sheet of the workbook that is mapped."""
        return next(sheet for sheet in self.book.sheets if sheet.name == self.sheet)


def fillable(record: type[Record]) -> dict[str, str]:
    """Every path that a column or cell of a form can hold, with what it is called."""
    parts = {path: one.label for path, one in targets_of(record).items() if one.part and "拆分" not in one.label}
    usual = {path: label for path, label in parts.items() if path.partition(".")[0] in ("contacts", "stakes")}
    return offered(record) | usual


def propose_form(path: Path, record: type[Record]) -> Proposal:
    """Reads an empty form and guesses its table by the headings; KnownError for what is no .xlsx."""
    try:
        refuse_unfit(path)
        template = path.read_bytes()
    except OSError as reason:
        raise not_read(path, reason) from None
    book = read_workbook(path)
    if book.format != "xlsx":
        raise KnownError("只有 .xlsx 的表能这样填。", "请用 Excel 或 WPS 把它另存为 .xlsx 再上传。")
    sheet = next((one for one in book.sheets if one.visible and one.rows), book.sheets[0])
    proposal = Proposal(path.stem, record, template, book, sheet.name)
    look_at(proposal, sheet.name)
    return proposal


def look_at(proposal: Proposal, name: str) -> None:
    """Takes that sheet of the form, and guesses anew."""
    proposal.sheet = name
    sheet, record = proposal.page, proposal.record
    layout = guess_layout(sheet)
    proposal.first = proposal.last = 0
    proposal.columns, proposal.cells = {}, {}
    if layout.header_rows:
        head = layout.header_rows[-1] + 1
        proposal.first = head + 1
        ends = (row for row in range(head, len(sheet.rows)) if layout.roles[row] not in (Role.DATA, Role.BLANK))
        proposal.last = max(prepared_rows(proposal.template, name, head + 1), next(ends, head + 1))
        for match in guess_mapping(sheet, layout, record).matches:
            path = _usual(record, match.path, match.column.header)
            if is_numbering(match.column):
                path = NUMBERING
            if path and not match.column.is_group:
                proposal.columns[match.column.letter] = path, match.column.unit or layout.unit
    above = range(proposal.first - 1 if proposal.first else len(sheet.rows))
    for row in above:
        for column, cell in enumerate(sheet.rows[row] if row < len(sheet.rows) else ()):
            special = next((what for label, what in _LABELS if label.search(cell_text(cell))), "")
            if special:
                proposal.cells[f"{column_letter(column)}{row + 1}"] = special, ""


def _usual(record: type[Record], path: str, header: str) -> str:
    """A path that can be written: of this month where the heading names a field of 进展, else the one guessed."""
    known = fillable(record)
    if path in known:
        return path
    keys = {header_key(label.removeprefix("本期")): one for one, label in known.items()}
    return keys.get(header_key(header), "")


def keep_form(office: Office, proposal: Proposal, key: int = 0) -> tuple[int, Changes]:
    """Stores the form with its empty workbook, or what was mapped anew of a known one; gives its key."""
    if not proposal.columns and not proposal.cells:
        raise KnownError("还没有一列或一格对应到字段。", "请先单击列或格，选它填什么。")
    with office.transaction(f"保存上级报表：{proposal.title}") as tx:
        form = tx.get(Form, key) if key else Form()
        form.title, form.library, form.sheet = proposal.title.strip(), proposal.record.NOUN, proposal.sheet
        form.first, form.last = proposal.first or None, proposal.last or None
        form.columns, form.cells = written(proposal.columns), written(proposal.cells)
        tx.save(form)
        if not key:
            tx.save(
                Attachment(
                    owner_noun=Form.NOUN,
                    owner=form.id,
                    name=f"{safe_name(form.title)}.xlsx",
                    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    size=len(proposal.template),
                    sha256=tx.put_blob(proposal.template),
                )
            )
    return form.id, tx.changes


def template_of(office: Office, form: Form) -> bytes:
    """The empty workbook of a form."""
    where = (Where("owner", "=", form.id), Where("owner_noun", "=", Form.NOUN))
    found = office.find(Query(Attachment, where=where, order=("id",)))
    if not found:
        raise KnownError(f"“{form.title}”的空表已经不在了。", "请重新上传。")
    return content_of(office, found[0])


def opened_form(office: Office, key: int) -> Proposal:
    """A known form as it is mapped, with its sheet to look at."""
    form = office.get(Form, key)
    template = template_of(office, form)
    proposal = Proposal(form.title, RECORDS[form.library], template, _read(template), form.sheet)
    proposal.first, proposal.last = form.first or 0, form.last or 0
    proposal.columns, proposal.cells = form.column_paths, form.cell_paths
    return proposal


def _read(template: bytes) -> Workbook:
    with passing() as folder:
        path = folder / "form.xlsx"
        path.write_bytes(template)
        return read_workbook(path)


def fill_out(
    office: Office,
    form: Form,
    out: Path,
    question: Query,
    *,
    month: When | None = None,
    masked: bool = False,
) -> list[Path]:
    """Writes the form with the records that answer: one workbook, or into a folder one for each record when the
    form is of a single record."""
    record = RECORDS[form.library]
    records: list[Record] = office.find(question)
    if not records:
        raise KnownError("没有要填的记录。", "请换一个视图或条件。")
    filler = _Filler(office, form, records, month, masked=masked)
    template = template_of(office, form)
    made: list[Path] = []
    if form.first:
        made.append(_write(out, fill_form(template, filler.table())))
    else:
        taken: set[str] = set()
        for one in records:
            name = free_name(f"{safe_name(f'{form.title}-{one.title}')}.xlsx", taken)
            taken.add(name.lower())
            made.append(_write(out / name, fill_form(template, filler.card(one))))
    office.note(Deed(Act.EXPORT, len(records), out.name, f"{form.title}（{record.__name__}）"))
    return made


def _write(path: Path, data: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, lambda file: file.write(data))
    except OSError as reason:
        raise not_written(path, reason) from None
    return path


class _Filler:
    """The values of a form's columns and cells for some records."""

    def __init__(
        self, office: Office, form: Form, records: Sequence[Record], month: When | None, *, masked: bool
    ) -> None:
        self._office, self._form, self._records, self._month = office, form, records, month
        self._record, self._masked = RECORDS[form.library], masked
        self._parts = parts_of(office, self._record, records)
        self._periodic = self._of_period()
        linked = [one for groups in self._parts.values() for group in groups.values() for one in group]
        self._find = titles_of(office, [*records, *linked, *self._periodic.values()])

    def table(self) -> Filling:
        """All records, a row each."""
        form = self._form
        writers = {letter: self._writer(path, unit) for letter, (path, unit) in form.column_paths.items()}
        rows = [
            {letter: place if write is None else write(one) for letter, write in writers.items()}
            for place, one in enumerate(self._records, 1)
        ]
        return Filling(form.sheet, form.first or 0, max(form.last or 0, form.first or 0), rows, self._cells(None))

    def card(self, record: Record) -> Filling:
        """One record in its cells."""
        return Filling(self._form.sheet, cells=self._cells(record))

    def _cells(self, record: Record | None) -> dict[str, Cell]:
        found: dict[str, Cell] = {}
        page = None
        for reference, (path, unit) in self._form.cell_paths.items():
            if path in SPECIALS:
                page = page or self._page()
                found[reference] = self._labelled(page, reference, self._special(path))
            elif record is not None and (write := self._writer(path, unit)):
                found[reference] = write(record)
        return found

    def _page(self) -> Sheet:
        book = _read(template_of(self._office, self._form))
        return next(one for one in book.sheets if one.name == self._form.sheet)

    def _labelled(self, page: Sheet, reference: str, value: Cell) -> Cell:
        """Behind the label that the cell has itself (填报单位：), else alone."""
        row, column = cell_position(reference)
        label = cell_text(page.rows[row][column]) if row < len(page.rows) and column < page.width else ""
        return f"{label}{cell_text(value)}" if _TOLD.search(label) else value

    def _special(self, what: str) -> Cell:
        values: Mapping[str, Cell] = {
            OFFICE: self._office.name,
            TODAY: today(self._office.clock),
            COUNT: len(self._records),
            PERIOD: str(self._month) if self._month else "",
        }
        return values[what]

    def _of_period(self) -> dict[int, Record]:
        paths = [path for path, _ in (*self._form.column_paths.values(), *self._form.cell_paths.values())]
        if self._record not in PERIODIC or not any(path.startswith(f"{PERIODIC[self._record][0]}.") for path in paths):
            return {}
        if self._month is None:
            raise KnownError("这张表有本期进展，要写明是哪个月的。", "请选一个月份。")
        keys = [one.id for one in self._records]
        return latest_of_period(self._office.find, PERIODIC[self._record][1], keys, self._month)

    def _writer(self, path: str, unit: str) -> Callable[[Record], Cell] | None:
        """What gives the cell of a record; None for a running number."""
        if path == NUMBERING:
            return None
        part = path.partition(".")[0] if "." in path else ""
        if part and self._record in PERIODIC and part == PERIODIC[self._record][0]:
            (column,) = sheet_columns(self._record, (path,), (), masked=self._masked)
            plain, name = column.cell_writer(self._find), column.field.name
            return lambda one: _in_unit(self._periodic.get(one.id), name, unit, plain)
        cell = register_column(self._record, path, self._parts, self._find, self._masked).cell
        return cell if part else lambda one: _in_unit(one, path, unit, cell)


def _in_unit(record: Record | None, name: str, unit: str, plain: Callable[[Any], Cell]) -> Cell:
    """Money in the unit of the column; everything else as it is in a register."""
    value = getattr(record, name, None) if record is not None else None
    if isinstance(value, Money) and value.currency == "CNY" and unit:
        return exact(Decimal(value.fen).scaleb(-2 - _power(unit)))
    return plain(record) if record is not None else ""


def _power(unit: str) -> int:
    return sum(_SIZES.get(sign, 0) for sign in unit)
