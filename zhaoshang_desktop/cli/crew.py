"""zhaoshang crew: who should go on a trip."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zhaoshang_desktop.actions.crew import propose_crew, take_crew
from zhaoshang_desktop.actions.trip_book import find_trip
from zhaoshang_desktop.cli.as_json import print_json
from zhaoshang_desktop.cli.main import Windows
from zhaoshang_desktop.cli.office import opened
from zhaoshang_desktop.cli.parser import Parser
from zhaoshang_desktop.papers.amounts import said_money
from zhaoshang_desktop.planning.crew import Gap, Proposal, ProposedTeam

NAMED = 4


def parser() -> Parser:
    parser = Parser(
        "crew",
        "给一次外出建议人选：用最少的人把每一家要用的（谈判、行业、语言、审批、熟人）都带上，\n"
        "不选在别处的人，不超经费限额；并说明还缺什么、谁本来可以。已在队里的人不动。",
        "  zhaoshang crew 新材料链长三角小分队 --office 清岚县.office",
    )
    parser.add_trip()
    parser.add_office()
    parser.add_argument("--anew", action="store_true", help="重新挑选，不管已选的人")
    parser.add_argument("--take", action="store_true", help="把建议的人加进队里")
    parser.add_json()
    return parser


def run(arguments: Sequence[str], _windows: Windows) -> int:
    args = parser().parse_args(arguments)
    with opened(args.office) as office:
        trip = find_trip(office, args.trip)
        proposal = propose_crew(office, trip.id, anew=args.anew)
        if args.take:
            wanted = [(number, pick.person.who) for number, pick in proposal.fresh]
            take_crew(office, trip.id, proposal, wanted, anew=args.anew)
    if args.json:
        print_json({"trip": str(trip.id), "name": trip.name, "taken": args.take, **_plain(proposal)})
    else:
        print(trip.name)
        tell_crew(proposal)
    return 0


def tell_crew(proposal: Proposal) -> None:
    """The teams, each person with the reasons, then what is lacking."""
    for team in proposal.teams:
        print(f"{team.name}　{'、'.join(host.called for host in team.hosts)}")
        for pick in team.picks:
            mark = "建议" if pick.fresh else "已在"
            print(f"  {mark}　{pick.person.name}　{pick.person.post}　{pick.words}")
        for gap in team.gaps:
            print(f"  还缺　{_gap(gap)}")
    print(f"补助和住宿约 {said_money(proposal.cost)}（不含路费）")
    if not proposal.proven:
        print("要求太多，没有算到底，可能还有更好的组合。")


def _gap(gap: Gap) -> str:
    able = "、".join(f"{person.name}（{why}）" for person, why in gap.could[:NAMED])
    able += f"等 {len(gap.could)} 人" if len(gap.could) > NAMED else ""
    words = f"没有人{gap.need.words}（{gap.need.meetings} 家要用：{gap.need.reason}）"
    return f"{words}，本来可以：{able}" if able else words


def _plain(proposal: Proposal) -> dict[str, Any]:
    return {
        "cost": f"{proposal.cost.yuan:.2f}",
        "proven": proposal.proven,
        "teams": [_plain_team(team) for team in proposal.teams],
    }


def _plain_team(team: ProposedTeam) -> dict[str, Any]:
    return {
        "name": team.name,
        "visits": [str(host.visit) for host in team.hosts],
        "people": [
            {
                "id": str(pick.person.key),
                "kind": "expert" if pick.person.expert else "member",
                "name": pick.person.name,
                "new": pick.fresh,
                "brings": list(pick.brings),
            }
            for pick in team.picks
        ],
        "lacking": [
            {
                "skill": gap.need.skill,
                "reason": gap.need.reason,
                "visits": [str(visit) for visit in gap.need.visits],
                "could": [{"name": person.name, "why_not": why} for person, why in gap.could],
            }
            for gap in team.gaps
        ],
    }
