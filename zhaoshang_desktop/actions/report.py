"""外出招商报告: drafted from the log, written on by hand, drafted again without losing that, printed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.brief import briefing_of
from zhaoshang_desktop.actions.fairness import Promise, find
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.ledger import Act, Deed
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.report import SECTIONS, Report
from zhaoshang_desktop.domain.visit_figures import Figures
from zhaoshang_desktop.papers.pdf import Printed, write_pdf
from zhaoshang_desktop.papers.report_draft import draft_report
from zhaoshang_desktop.papers.trip_report import trip_report
from zhaoshang_desktop.papers.word import write_docx

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

TITLE = "标题"
ADDRESSEE = "addressee"
DOCX = ".docx"


def report_of(office: Office, trip: int) -> Report | None:
    """The report of a trip as it is stored, None before the first draft."""
    found: list[Report] = office.find(Query(Report, where=(Where("trip", "=", trip),), order=("id",)))
    return found[0] if found else None


def drafted(office: Office, trip: int) -> tuple[Report, Figures]:
    """The report as it would be drafted now: what was written by hand stands, the rest is the log's; a new one goes
    to whom the last one went. Nothing is stored."""
    report = report_of(office, trip) or Report(trip=trip, addressee=_last_addressee(office))
    draft = draft_report(briefing_of(office, trip))
    if TITLE not in report.by_hand:
        report.name = draft.title
    for name, heading in SECTIONS.items():
        if heading not in report.by_hand:
            setattr(report, name, draft.sections[name])
    return report, draft.figures


def _last_addressee(office: Office) -> str:
    before: list[Report] = office.find(Query(Report, where=(Where(ADDRESSEE, "filled"),), order=("-id",)))
    return before[0].addressee if before else ""


def draft(office: Office, trip: int) -> Changes:
    """Drafts the report, or what nobody has written on of it anew."""
    report, _ = drafted(office, trip)
    with office.transaction("起草外出招商报告") as tx:
        tx.save(report)
    return tx.changes


def write_on(office: Office, trip: int, texts: Mapping[str, str]) -> Changes:
    """Takes what was typed into addressee, title and sections, by field; a section left empty is the log's again."""
    report, _ = drafted(office, trip)
    report.addressee = texts.get(ADDRESSEE, report.addressee).strip()
    hands = set(report.by_hand)
    sections = {name: text for name, text in texts.items() if name != ADDRESSEE}
    for name, text in sections.items():
        heading = SECTIONS.get(name, TITLE)
        if not text.strip():
            hands.discard(heading)
        elif text != getattr(report, name):
            setattr(report, name, text)
            hands.add(heading)
    report.by_hand = tuple(one for one in (TITLE, *SECTIONS.values()) if one in hands)
    with office.transaction("修改外出招商报告") as tx:
        tx.save(report)
    if any(not text.strip() for text in sections.values()):
        return tx.changes.merge(draft(office, trip))
    return tx.changes


def write_report(office: Office, trip: int, path: Path) -> Printed | None:
    """Writes it as .docx or as PDF, as the name of the file says, and notes it; says how a PDF came out."""
    pack = briefing_of(office, trip)
    paper = trip_report(pack, drafted(office, trip)[0])
    if path.suffix.lower() == DOCX:
        printed = None
        write_docx(paper, path)
    else:
        printed = write_pdf(paper, path)
    office.note(Deed(Act.PRINT, len(pack.investors), path.name, f"外出招商报告：{pack.trip.name}"))
    return printed


def promises_in(office: Office, report: Report) -> list[Promise]:
    """What the law on fair competition forbids to promise, in the report as it stands."""
    texts = [(heading, getattr(report, name)) for name, heading in SECTIONS.items()]
    return find(office, [(TITLE, report.name), *texts])
