"""What a caller would meet at a moment, on a line, and why: in sentences, and as a way through the call flow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from appliance.calls.switches import BY_HAND, Switches
from appliance.office.announcement import ANNOUNCEMENT
from appliance.office.arrival import Circumstances, arrival
from appliance.office.availability import Availability
from appliance.office.callflow import UNANSWERED, CallFlow, Edge
from appliance.office.companies import Company
from appliance.office.contact import Gets
from appliance.office.departments import Department
from appliance.office.description import leads
from appliance.office.destination import (
    Destination,
    MenuBefore,
    RepeatMenu,
    ToDepartment,
    ToInformation,
    ToMenu,
    ToOperator,
    ToPerson,
)
from appliance.office.finding import Finder
from appliance.office.model import Office, Person, Trunk
from appliance.office.nightmode import NIGHT_MODE
from appliance.office.numbers import OPERATOR_KEY
from appliance.office.searchwords import followed
from appliance.office.standing import Closure
from hw.nearest import nearest
from hw.said import Said, in_a_row, said

TURNED_AWAY = {
    Gets.REFUSAL: said("The unit refuses the call politely."),
    Gets.RINGING: said("The unit lets it ring without end."),
    Gets.VOICEMAIL: said("The unit takes a message for the office."),
    Gets.CHALLENGE: said("The unit asks for a key, and ends the call of whoever does not press it."),
}


class NotUnderstood(Exception):
    """There is no such line or moment; the message says what there is."""


@dataclass(frozen=True, slots=True)
class Met:
    """What a caller meets, whose caller it is, and all of it in sentences."""

    destination: Destination
    company: Company
    sentences: tuple[Said, ...]


def met(
    office: Office,
    trunk: Trunk,
    called: str,
    moment: datetime,
    rank: int,
    extension: str,
    switches: Switches | None,
    closures: Callable[[str], Sequence[Closure]],
) -> Met:
    """moment: on the office's own clock. rank: of the contact who calls. extension: what is dialled; or empty.

    switches: None for an office that is not in use. closures: of its calendar files. Raises NotUnderstood.
    """
    found = arrival(office, trunk, called, _circumstances(office, switches, moment, rank, closures))
    destination, because = found.destination, list(found.because)
    if extension:
        destination = _dialled(office, extension, found.company)
        because = [
            said(
                "%(extension)s is dialed by a caller of %(company)s.",
                extension=extension,
                company=found.company.name or said("the office"),
            )
        ]

    def switch(name: str) -> str:
        return switches.at(name) if switches is not None and _still(switches, name, moment) else ""

    exempt = rank >= office.callers.ranked_from
    finder = Finder(office, Availability(office, moment, switch, closures), exempt=exempt)
    does = said("The unit %(does)s.", does=leads(office, destination, found.company))
    return Met(destination, found.company, (*because, does, *followed(finder, destination, found.company)))


def way(office: Office, destination: Destination, keys: str) -> Iterator[Edge]:
    """The edges of the call flow that a caller takes who comes here and presses these keys, one after another.

    In a department nobody answers. Keys that a menu does not have lead nowhere, and end the way.
    """
    flow, pressed, before = CallFlow(office), list(keys), [destination]
    while True:
        here = before[-1]
        edge: Edge | None = None
        if isinstance(here, ToMenu) and pressed:
            key = pressed.pop(0)
            edge = next((one for one in flow.keys(here.menu) if one.by == key), None)
        elif not isinstance(here, ToMenu):
            edge = next((one for one in flow.edges.get(here, ()) if one.by == UNANSWERED), None)
        if edge is None:
            return
        yield edge
        match edge.target:
            case MenuBefore():
                del before[max(len(before) - 1, 1) :]
            case RepeatMenu() | ToInformation():
                pass
            case target if target in before and not isinstance(target, ToMenu):
                return  # Departments that lead round to one another.
            case target:
                before.append(target)


def _dialled(office: Office, extension: str, company: Company) -> Destination:
    """Where an extension leads, or 0, in a menu that takes extensions."""
    if extension == OPERATOR_KEY:
        return ToOperator()
    match office.at_extension(extension):
        case Person(id) as person if person.works_for(company.id) or not company.id:
            return ToPerson(id)
        case Department(id) as department if department.works_for(company.id) or not company.id:
            return ToDepartment(id)
        case None:
            near = nearest(extension, office.extensions_for(company.id))
            reason = said("there is no extension %(extension)s", extension=extension)
            raise NotUnderstood(
                in_a_row(reason, said("did you mean %(near)s?", near=near), by="; ") if near else reason
            )
        case somebody:
            raise NotUnderstood(
                said(
                    "callers of %(company)s do not reach %(person)s, who does not work for them",
                    company=company.name,
                    person=somebody.name,
                )
            )


def _still(switches: Switches, name: str, moment: datetime) -> bool:
    """Whether a switch will still stand at that moment where it stands now."""
    until = switches.until(name)
    return until is None or until > moment


def _circumstances(
    office: Office,
    switches: Switches | None,
    moment: datetime,
    rank: int,
    closures: Callable[[str], Sequence[Closure]],
) -> Circumstances:
    now = Circumstances(moment, rank, closures=closures)
    if switches is None:
        return now
    night, announced = (until and office.local(until) for until in map(switches.until, BY_HAND))
    if _still(switches, NIGHT_MODE, moment):
        now = replace(now, night=switches.night_mode, night_until=night)
    if _still(switches, ANNOUNCEMENT, moment):
        now = replace(now, announced=switches.announced, announced_until=announced)
    return now


def moment_meant(written: str, office: Office, now: datetime) -> datetime:
    """A date and time on the office's own clock; empty: now. Raises NotUnderstood."""
    here = office.local(now)
    if not written:
        return here
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        raise NotUnderstood(
            said("'%(written)s' is no date and time such as 2026-12-24 20:00", written=written)
        ) from None
    return office.local(at if at.tzinfo else at.replace(tzinfo=here.tzinfo))


def trunk_meant(office: Office, line: str) -> Trunk:
    """A line by its name, its port, or its number among the lines; without one, the first. Raises NotUnderstood."""
    if not office.trunks:
        raise NotUnderstood(said("this office has no line to the exchange"))
    if not line:
        return office.trunks[0]
    of_number = {str(number): trunk for number, trunk in enumerate(office.trunks, start=1)}
    known = of_number | {trunk.port: trunk for trunk in office.trunks} | {trunk.name: trunk for trunk in office.trunks}
    if line not in known:
        near = nearest(line, known)
        if near:
            meant = said("did you mean '%(near)s'?", near=near)
        else:
            meant = said("there are %(lines)s", lines=tuple(one.name for one in office.trunks))
        raise NotUnderstood(in_a_row(said("there is no line '%(line)s'", line=line), meant, by="; "))
    return known[line]
