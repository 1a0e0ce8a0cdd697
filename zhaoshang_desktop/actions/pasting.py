"""A pasted text into leads: drafted first, stored once the clerk has confirmed them, as one batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.project import Project
from zhaoshang_desktop.domain.snippet import Snippet, messages_in, read_snippet
from zhaoshang_desktop.domain.text import folded
from zhaoshang_desktop.runtime.clock import today

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

_LEAST_SHORT = 2


@dataclass
class LeadDraft:
    """A lead as it was understood, and what was found; `firms` are names by key of those the library has.

    `is_known` says that the library has a lead of that subject. A `new_firm` is made an investor and linked.
    """

    lead: Lead
    found: Snippet
    firms: dict[int, str]
    is_known: bool = False
    new_firm: str = ""


def draft_leads(office: Office, text: str) -> list[LeadDraft]:
    """A lead for each message of the text; KnownError when it says nothing."""
    day = today(office.clock)
    messages = messages_in(text, day)
    if not messages:
        raise KnownError("没有可以认的文字。", "请先复制一段新闻或聊天记录。")
    names = _names(office)
    titles = dict(office.columns(Investor, "name"))
    experts = _experts(office)
    chains = {chain for kind in (Lead, Investor, Project) for _, chain in office.columns(kind, "chain") if chain}
    subjects = {folded(subject) for _, subject in office.columns(Lead, "subject")}
    drafts = []
    for message in messages:
        found = read_snippet(message, day, names, chains)
        firms = {key: titles[key] for key in found.known}
        lead = Lead(
            subject=found.subject,
            content=found.content,
            provider=found.provider,
            expert=experts.get(found.provider, 0),
            day=found.day,
            channel=found.channel,
            kind=found.kind,
            chain=found.chain,
            place=found.place,
            investor=next(iter(firms), 0),
        )
        drafts.append(LeadDraft(lead, found, firms, folded(found.subject) in subjects))
        subjects.add(folded(found.subject))
    return drafts


def _names(office: Office) -> dict[str, int]:
    """Every name of a firm that only one has."""
    found: dict[str, int] = {}
    for key, name, short, former in office.columns(Investor, "name", "short_name", "former_names"):
        for one in {name, short, *former}:
            if len(one) > _LEAST_SHORT or (one == name and one):
                found[one] = 0 if found.get(one, key) != key else key
    return {name: key for name, key in found.items() if key}


def _experts(office: Office) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, name in office.columns(Expert, "name"):
        found[name] = 0 if name in found else key
    return found


def save_leads(office: Office, drafts: Sequence[LeadDraft]) -> Changes:
    """Stores the leads, and the firms that are to be made for them, as one batch."""
    with office.transaction(f"粘贴的信息 {len(drafts)} 条") as tx:
        made: dict[str, int] = {}
        for draft in drafts:
            lead = draft.lead
            if draft.new_firm and not lead.investor:
                if draft.new_firm not in made:
                    firm = Investor(name=draft.new_firm, place=lead.place, chain=lead.chain, source=lead.channel)
                    made[draft.new_firm] = tx.save(firm).id
                lead.investor = made[draft.new_firm]
            tx.save(lead)
    return tx.changes
