"""From a visit to the libraries in one step: a project, a lead, a new contact; each stays linked to the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.day import When
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.milestone import Milestone
from zhaoshang_desktop.domain.project import Project, Stake
from zhaoshang_desktop.domain.visit import Visit

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

CREDIBILITY = {"A": "A", "B": "B", "C": "C", "D": "D"}
STEPS = {"A": "意向/框架协议", "B": "对接", "C": "线索", "D": "线索", "": "对接"}
"""The first step of a project by the intention that was heard."""


def project_draft(visit: Visit, investor: Investor) -> Project:
    """What a project of that visit would be, to be looked over before it is stored."""
    name = investor.short_name or investor.name
    return Project(
        name=f"{name}{investor.chain_node or investor.chain}项目",
        chain=investor.chain,
        chain_node=investor.chain_node,
        industry=investor.industry,
        content="\n".join(filter(None, [visit.result, visit.said])),
        unit=visit.unit,
        first_talk=visit.unit,
        owner=_owner(visit),
    )


def lead_draft(visit: Visit, investor: Investor) -> Lead:
    """What a lead of that visit would be."""
    told = visit.result or visit.said
    return Lead(
        subject=f"{investor.short_name or investor.name}：{told.splitlines()[0][:30]}" if told else investor.name,
        content="\n".join(filter(None, [visit.said, visit.result])),
        channel="以商招商",
        day=visit.day,
        kind="投资意向",
        chain=investor.chain,
        place=investor.place,
        investor=investor.id,
        project=visit.project,
        credibility=CREDIBILITY.get(visit.intention, ""),
        state="待核实",
        owner=_owner(visit),
    )


def project_from_visit(office: Office, visit: int, project: Project) -> Changes:
    """Stores the project with its investor, its first step on the day of the visit, and the visit as its source."""
    with office.transaction(f"由拜访立项目：{project.name}") as tx:
        own = tx.get(Visit, visit)
        tx.save(project)
        tx.save(Stake(project=project.id, investor=own.investor))
        day = When(own.day.year, own.day.month, own.day.day) if own.day else None
        tx.save(Milestone(project=project.id, step=STEPS[own.intention], reached=True, actual=day))
        own.project = project.id
        tx.save(own)
    return tx.changes


def lead_from_visit(office: Office, visit: int, lead: Lead) -> Changes:
    """Stores the lead, linked to the visit it was heard at."""
    with office.transaction(f"由拜访记信息：{lead.subject}") as tx:
        own = tx.get(Visit, visit)
        tx.save(lead)
        own.lead = lead.id
        tx.save(own)
    return tx.changes


def contact_from_visit(office: Office, visit: int, contact: Contact) -> Changes:
    """Stores a contact who was met for the first time."""
    with office.transaction(f"新联系人：{contact.name}") as tx:
        own = tx.get(Visit, visit)
        contact.investor = own.investor
        tx.save(contact)
        own.contacts = (*own.contacts, contact.id)
        tx.save(own)
    return tx.changes


def _owner(visit: Visit) -> int:
    return visit.next_owner or (visit.members[0] if visit.members else 0)
