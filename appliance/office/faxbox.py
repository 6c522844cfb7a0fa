"""Whose a received fax is, who may see it, and how long it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from appliance.office.callernumber import ANY_END, CallerNumbers
from appliance.office.fax import OFFICE_BOX, FaxRoute
from appliance.office.model import Office
from hw.tones.toneplan import tone_plan

LETTER_COUNTRIES = frozenset({"us", "ca", "mx", "ph", "cl", "co", "ve", "cr", "pr"})
"""Where offices print on letter paper; everywhere else it is A4 (ISO 216)."""

NEARLY_FULL = 0.9
"""The share of a box from which people are told that it is nearly full."""


@dataclass(frozen=True, slots=True)
class FaxArrival:
    """What is known of a fax that came in. Texts are empty where that is not known."""

    line: str = ""
    """The name of the line."""
    called: str = ""
    """The number that was called."""
    number: str = ""
    """The caller's."""
    identity: str = ""
    """What the sending machine tells as its number."""
    subaddress: str = ""
    """For whom it is, as the sending machine tells (SUB)."""


def fax_box(office: Office, fax: FaxArrival, owner: str = "") -> str:
    """The box that a fax goes into. owner: to whom a key, a menu or the like has led it; or empty."""
    routes = office.fax.routes
    if owner:  # What the sender wants counts more than where it was led, and that more than the line.
        routes = tuple(route for route in routes if route.subaddress)
    for route in routes:
        if _fits(office, route, fax):
            return box_of(office, route.owner)
    named = office.at_extension(fax.subaddress.strip()) if fax.subaddress.strip() else None
    return box_of(office, named.id if named is not None else owner)


def box_of(office: Office, owner: str) -> str:
    """The box of a person or a department; the office's, where there is none, or it is who has the office's mailbox."""
    known = office.person(owner) or office.department(owner)
    return owner if known is not None and owner != office.general_mailbox else OFFICE_BOX


def boxes(office: Office) -> list[str]:
    """All fax boxes there can be: the office's, and one for each person and department."""
    ids = [*(person.id for person in office.people), *(one.id for one in office.departments)]
    return [OFFICE_BOX, *(id for id in ids if id != office.general_mailbox)]


def viewers(office: Office, box: str) -> list[str]:
    """The ids of those who may see the faxes of a box: as with messages, and whoever is named besides."""
    if box == OFFICE_BOX:
        hearing = [one.operator for one in office.everybody_called] + [office.general_mailbox]
        return list(dict.fromkeys(office.fax.seen_by or hearing))
    department = office.department(box)
    own = [member.person for member in department.members if member.person] if department is not None else [box]
    return list(dict.fromkeys([*own, *office.fax.box(box).seen_by]))


def boxes_of(office: Office, person: str) -> list[str]:
    """The boxes whose faxes a person may see: the own one first."""
    return sorted((box for box in boxes(office) if person in viewers(office, box)), key=lambda box: box != person)


def box_name(office: Office, box: str) -> str:
    """Whose box it is, as people call it."""
    owner = office.person(box) or office.department(box)
    return owner.name if owner is not None else office.name


def printed_on(office: Office) -> str:
    """The paper of the office, in the words of `appliance.fax.pages`."""
    return "letter" if office.country in LETTER_COUNTRIES else "a4"


def fax_title(received: datetime) -> str:
    """What a PDF file, or a printer's list, calls a fax. Whoever walks by may read it, so it tells no sender."""
    return f"Fax {received:%Y-%m-%d %H.%M}"


def kept_days(office: Office, box: str) -> int | None:
    """After how many days a fax that was seen is deleted; None: never."""
    own = office.fax.box(box).seen_faxes_days if box != OFFICE_BOX else None
    return own or office.fax.seen_faxes_days


def may_be_deleted(office: Office, box: str, seen: datetime, now: datetime) -> bool:
    """Whether a fax that was seen at this moment has been kept for long enough."""
    days = kept_days(office, box)
    return days is not None and seen + timedelta(days=days) <= now


def senders_key(office: Office, fax: FaxArrival) -> Sequence[str]:
    """The sender's numbers, in every form under which the document may have them."""
    numbers = CallerNumbers(tone_plan(office.country).number_forms)
    found: list[str] = []
    for told in (fax.identity.replace(" ", ""), fax.number):
        if told.removeprefix("+").isdecimal():
            found += [told, *numbers.keys(told)]
    return list(dict.fromkeys(found))


def _fits(office: Office, route: FaxRoute, fax: FaxArrival) -> bool:
    if route.line is not None and route.line != fax.line:
        return False
    if route.called is not None and route.called != fax.called:
        return False
    if route.subaddress is not None and route.subaddress.strip() != fax.subaddress.strip():
        return False
    return route.sender is None or _is_sender(office, route.sender, fax)


def _is_sender(office: Office, sender: str, fax: FaxArrival) -> bool:
    wanted = sender.removesuffix(ANY_END)
    wanted_too = CallerNumbers(tone_plan(office.country).number_forms).key(sender)
    told = senders_key(office, fax)
    if sender.endswith(ANY_END):
        return any(one.startswith((wanted, wanted_too)) for one in told)
    return any(one in (wanted, wanted_too) for one in told)
