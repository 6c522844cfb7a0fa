"""Warnings about where callers are led: nowhere, round in circles, past every human, or to people who have left."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from appliance.office import leadlint
from appliance.office.callflow import CallFlow, Edge, Node, leads_on, menu_path
from appliance.office.destination import (
    MAIN_MENU,
    Destination,
    EndCall,
    ToDepartment,
    ToFax,
    ToGeneralMailbox,
    ToInformation,
    ToMailbox,
    ToMenu,
    ToOperator,
    ToPerson,
)
from appliance.office.findlint import member_rings, members_of
from appliance.office.model import Person
from appliance.office.problem import Problem
from hw.said import listed, said


def warnings(flow: CallFlow) -> Iterator[Problem]:
    people = {person.id: person for person in flow.office.people}
    reached = flow.reached([*flow.entrances, ToMenu(MAIN_MENU)])
    reached |= flow.reached(flow.dialled("", reached))
    yield from _unreached(flow, reached)
    used = [id for id in flow.menus if ToMenu(id) in reached]
    exits = {id for id in flow.menus if any(leads_on(edge.target) for edge in flow.keys(id))}
    humans = {id for id in flow.menus if any(_is_human(flow, id, edge.target, people) for edge in flow.keys(id))}
    with_exit, helped = _leading_to(flow, exits), _leading_to(flow, humans)
    yield from _circles(flow, [id for id in used if id not in with_exit])
    for id in used:
        if not any(_is_choice(flow, edge) for edge in flow.keys(id)):
            reason = said("callers come to a dead end: every key only reads the menu again, goes back or ends the call")
            mend = said("Give one key somebody to talk to or a mailbox, or leave 0 to the operator.")
            yield Problem(f"{menu_path(id)}.keys", reason, mend=mend)
        elif id in with_exit and id not in helped:
            reason = said(
                "callers who need a human find none: no key leads to anybody's telephone, and 0 does not either"
            )
            yield Problem(
                f"{menu_path(id)}.keys", reason, mend=said("Leave 0 to the operator, or give one key a person.")
            )
    yield from leadlint.warnings(flow, used)
    yield from _waiting(flow, used)
    yield from _companies(flow, people)


def _unreached(flow: CallFlow, reached: Collection[Node]) -> Iterator[Problem]:
    mend = said("Let a key, a line or a company lead there, or take it out.")
    for id in flow.menus:
        if ToMenu(id) not in reached:
            yield Problem(menu_path(id), said("no caller ever hears this menu: nothing leads to it"), mend=mend)
    for id in flow.office.information:
        if ToInformation(id) not in reached:
            yield Problem(f"information.{id}", said("no caller ever hears this: nothing leads to it"), mend=mend)


def _leading_to(flow: CallFlow, menus: set[str]) -> set[str]:
    """These menus, and all from which keys, however many, lead to them."""
    before: dict[str, list[str]] = {}
    for id in flow.menus:
        for edge in flow.keys(id):
            for further in flow.next_menus(edge):
                before.setdefault(further, []).append(id)
    leading, found = set(menus), list(menus)
    while found:
        further_back = set(before.get(found.pop(), ())) - leading
        leading |= further_back
        found += further_back
    return leading


def _circles(flow: CallFlow, lost: list[str]) -> Iterator[Problem]:
    """Menus that lead to one another and nowhere else, told once for each group of them."""
    told: set[str] = set()
    for id in lost:
        if id in told:
            continue
        group = _group(flow, id)
        told.update(group)
        if len(group) > 1:
            reason = said(
                "callers go round in circles: the keys of %(menus)s lead from one to another and nowhere else",
                menus=_some(group),
            )
            mend = said(
                "Give one of these menus a key that calls somebody or takes a message, or leave 0 to the operator."
            )
            yield Problem(f"{menu_path(id)}.keys", reason, mend=mend)


def _group(flow: CallFlow, id: str) -> list[str]:
    """This menu, and all that its callers may come to by keys."""
    group, found = [id], [id]
    while found:
        for edge in flow.keys(found.pop()):
            further = [menu for menu in flow.next_menus(edge) if menu not in group]
            group += further
            found += further
    return group


def _is_choice(flow: CallFlow, edge: Edge) -> bool:
    """Whether a key does more than to read its own menu again, to go back, or to end the call."""
    if isinstance(edge.target, ToMenu):
        return edge.target != edge.source
    return leads_on(edge.target) or isinstance(edge.target, ToInformation)


def _is_human(flow: CallFlow, menu: str, target: Destination, people: dict[str, Person]) -> bool:
    match target:
        case ToPerson(id):
            return id in people and people[id].rings
        case ToDepartment(id):
            return any(member_rings(flow.office, member) for member in members_of(flow.office, id))
        case ToOperator() | ToInformation():  # Whoever is told something can press 0.
            companies = [flow.office.company(id) for id in flow.companies_at.get(ToMenu(menu), {""})]
            return any(people[company.operator].rings for company in companies)
        case ToMailbox() | ToGeneralMailbox() | ToFax():
            return False
        case _:
            return leads_on(target)


def _waiting(flow: CallFlow, menus: list[str]) -> Iterator[Problem]:
    """What becomes of somebody without a keypad."""
    mend = said("Leave waits out, and such callers reach the operator.")
    told: set[str] = set()
    for id in menus:
        path, target = f"{menu_path(id)}.waits", flow.waiting(id).target
        if isinstance(target, EndCall):
            reason = said("callers who press nothing, as those without a keypad do, are hung up on")
            yield Problem(path, reason, mend=mend)
        trail = [id]
        while isinstance(target, ToMenu) and target.menu not in trail:
            trail.append(target.menu)
            target = flow.waiting(target.menu).target
        if target == ToMenu(id) and id not in told:
            told.update(trail)
            reason = said(
                "callers who press nothing wait in %(menus)s in turn before the operator is called", menus=_some(trail)
            )
            yield Problem(path, reason, mend=mend)


def _some(menus: list[str]) -> str:
    """Their ids, of many the first ones."""
    return listed([*menus[:3], said("%(number)s more", number=len(menus) - 3)] if len(menus) > 4 else menus)


def _companies(flow: CallFlow, people: dict[str, Person]) -> Iterator[Problem]:
    """A company nobody can call; one whose callers find no operator who may answer them."""
    called = {entrance.company for entrance in flow.entrances}
    for place, company in enumerate(flow.office.companies):
        path = f"companies[{place}]"
        if company.id not in called:
            reason = said("nobody can call %(company)s: no line and no number leads to it", company=company.name)
            yield Problem(path, reason, mend=said("Give it the numbers that the public dials, or name it at a line."))
        operator = people[flow.office.company(company.id).operator]
        if company.operator and not operator.rings:
            reason = said("%(operator)s has no station: callers who need help meet a mailbox", operator=operator.name)
            yield Problem(f"{path}.operator", reason, mend=said("Name somebody with a station."))
        if not operator.works_for(company.id):
            reason = said(
                "callers of %(company)s who need help reach %(operator)s, who does not work for them",
                company=company.name,
                operator=operator.name,
            )
            mend = said(
                "Name an operator who works for %(company)s, or the company at %(operator)s.",
                company=company.name,
                operator=operator.name,
            )
            yield Problem(f"{path}.operator", reason, mend=mend)
