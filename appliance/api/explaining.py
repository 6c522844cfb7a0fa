"""What would happen to a call: `office.explain`."""

from __future__ import annotations

from itertools import islice
from typing import Any, TypedDict

from appliance.calls.switches import Switches
from appliance.clock import off_loop
from appliance.closures.calendars import Calendars
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.explaining import TURNED_AWAY, NotUnderstood, met, moment_meant, trunk_meant, way
from appliance.office.callernumber import NotANumber, bare
from appliance.office.callflow import UNANSWERED, CallFlow, box, hours_box, to_hours
from appliance.office.contact import Contact
from appliance.office.description import leads
from appliance.office.destination import HearAnnouncement
from appliance.office.model import Office
from appliance.office.problem import OfficeErrors
from appliance.officeparsing import office_of
from appliance.unit import Unit
from hw.callerid.coding import CallerId
from hw.said import Said, Wording, said, told_by, wording

LONGEST_WAY = 20
"""Keys."""


class Explained(TypedDict):
    """sentences: why, and what happens, for people. wordings: the same for whoever says it in another language. boxes:
    those of the picture that the call passes, the line first. arrows: the places in the document of what leads from one
    to the next.
    """

    sentences: list[str]
    wordings: list[Wording]
    boxes: list[str]
    arrows: list[str]


def offer_explaining(control: Offers, unit: Unit) -> None:
    """Put the method on the socket."""

    async def explain(params: dict[str, Any]) -> Explained:
        try:
            office, in_use = await _office(params["document"])
            return await explained(office, in_use, params)
        except OfficeErrors as errors:
            raise ControlError("office-refused", told_by(errors)) from errors
        except (NotUnderstood, NotANumber) as error:
            raise ControlError("not-understood", told_by(error)) from error

    async def _office(document: dict[str, Any]) -> tuple[Office, bool]:
        return (await off_loop(office_of, document), False) if document else (unit.office, True)

    async def explained(office: Office, in_use: bool, params: dict[str, Any]) -> Explained:
        moment = moment_meant(params["at"], office, unit.now())
        trunk = trunk_meant(office, params["line"])
        number = bare(params["number"]) if params["number"] else ""
        contact = (unit.contacts.known(number) or unit.contacts.who(number)) if number else None
        because = _known(number, contact)
        flow = CallFlow(office)
        path = f"trunks[{office.trunks.index(trunk)}]"
        entrance = next(group[0] for group in flow.groups if any(line.path == path for line in group))
        blocked = unit.contacts.blocked(CallerId(number)) if number and trunk.outside else None
        if blocked is not None:
            because.append(
                said("%(number)s is on the block list, as %(caller)s.", number=number, caller=blocked.caller)
            )
            return _explained([*because, TURNED_AWAY[blocked.gets]], [box(entrance)], [])
        switches: Switches | None = unit.switches if in_use else None
        calendars: Calendars = unit.calendars
        rank = contact.rank if contact is not None else 0
        found = met(office, trunk, params["called"], moment, rank, params["extension"], switches, calendars.closures)
        first = (edge for edge in flow.edges[entrance] if edge.target == found.destination)
        by_hours = entrance.hours in office.hours and found.destination != HearAnnouncement()
        steps = list(way(office, found.destination, params["keys"][:LONGEST_WAY]))
        pressed = [
            said(
                "The caller presses %(key)s: the unit %(does)s.",
                key=edge.by,
                does=leads(office, edge.target, found.company),
            )
            for edge in steps
            if edge.by != UNANSWERED
        ]
        return _explained(
            [*because, *found.sentences, *pressed],
            [
                box(entrance),
                *([hours_box(entrance)] if by_hours else []),
                box(found.destination),
                *(box(edge.target) for edge in steps),
            ],
            [
                *([to_hours(entrance)] if by_hours else []),
                *(edge.path for edge in (*islice(first, 1), *steps)),
            ],
        )

    texts = ("line", "number", "at", "called", "extension", "keys")
    control.method("office.explain", explain, {name: Param(str, "") for name in texts} | {"document": Param(dict, {})})


def _known(number: str, contact: Contact | None) -> list[Said]:
    if contact is None:
        return []
    return [
        said("%(number)s is %(name)s, a contact of rank %(rank)s.", number=number, name=contact.name, rank=contact.rank)
    ]


def _explained(sentences: list[Said], boxes: list[str], arrows: list[str]) -> Explained:
    return Explained(
        sentences=list(sentences), wordings=[wording(one) for one in sentences], boxes=boxes, arrows=arrows
    )
