"""Warnings about whom callers are led to: people who have left, nobody at all, and those of another company."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from appliance.office.callflow import ENTERING, CallFlow, Edge, Entrance
from appliance.office.destination import ToDepartment, ToDirectory, ToMailbox, ToMenu, ToPerson
from appliance.office.directory import Directory
from appliance.office.problem import Problem
from hw.said import listed, said


def warnings(flow: CallFlow, menus: Collection[str]) -> Iterator[Problem]:
    """Of keys and waiting in these menus, and of everything else that leads callers."""
    led: dict[str, tuple[Edge, set[str]]] = {}
    for node, edges in flow.edges.items():
        if isinstance(node, ToMenu) and node.menu not in menus:
            continue
        companies = {node.company} if isinstance(node, Entrance) else flow.companies_at.get(node, frozenset())
        for edge in edges:
            if edge.by != ENTERING:
                led.setdefault(edge.path, (edge, set()))[1].update(companies)
    for edge, companies in led.values():
        yield from _in_vain(flow, edge)
        if isinstance(edge.target, ToDirectory):
            yield from _nobody_to_find(flow, edge, companies)
        yield from _elsewhere(flow, edge, sorted(companies - {""}))


def _in_vain(flow: CallFlow, edge: Edge) -> Iterator[Problem]:
    match edge.target:
        case ToPerson(id) | ToMailbox(id) if (person := flow.office.person(id)) is not None:
            if person.is_gone:
                reason = said("callers who want %(person)s reach neither a telephone nor a mailbox", person=person.name)
                mend = said(
                    "Let it lead to somebody else, or give %(person)s a station or a mailbox.", person=person.name
                )
                yield Problem(f"{edge.path}.person", reason, mend=mend)
            elif isinstance(edge.target, ToPerson) and not person.rings:
                reason = said(
                    "%(person)s has no station; for a key that takes a message, use the action mailbox",
                    person=person.name,
                )
                mend = said("Use the action mailbox, or give %(person)s a station.", person=person.name)
                yield Problem(f"{edge.path}.action", reason, mend=mend)


def _nobody_to_find(flow: CallFlow, edge: Edge, companies: Collection[str]) -> Iterator[Problem]:
    for id in sorted(companies):
        if not Directory(flow.office, id):
            if id:
                reason = said(
                    "callers of %(company)s find nobody in the directory: nobody of %(company)s is in it",
                    company=flow.office.company(id).name,
                )
            else:
                reason = said("callers find nobody in the directory: nobody is in it")
            mend = said("Set directory to true for somebody who has a station or a mailbox, or take this out.")
            yield Problem(f"{edge.path}.action", reason, mend=mend)


def _elsewhere(flow: CallFlow, edge: Edge, companies: list[str]) -> Iterator[Problem]:
    """What is not theirs. companies: whose callers are led so."""
    office = flow.office
    match edge.target:
        case ToPerson(id) | ToMailbox(id) if (person := office.person(id)) is not None:
            others, field = [one for one in companies if not person.works_for(one)], "person"
            name = person.name
        case ToDepartment(id) if (department := office.department(id)) is not None:
            others, field = [one for one in companies if not department.works_for(one)], "department"
            name = department.name
        case ToMenu(id) if not isinstance(edge.source, ToMenu):
            greeted = {company.id for company in office.companies if company.menu == id}
            others, field = [one for one in companies if greeted and one not in greeted], "menu"
            name = listed([company.name for company in office.companies if company.id in greeted])
        case _:
            return
    if not others:
        return
    callers = listed(sorted(office.company(id).name for id in others))
    if field == "menu":
        reason = said("callers of %(callers)s are led to the menu of %(name)s", callers=callers, name=name)
        mend = said("Let it lead to somebody else, or give that company a menu of its own.")
    else:
        reason = said(
            "callers of %(callers)s are led to %(name)s, who does not work for them", callers=callers, name=name
        )
        mend = said("Let it lead to somebody else, or name the company at %(name)s.", name=name)
    yield Problem(f"{edge.path}.{field}", reason, mend=mend)
