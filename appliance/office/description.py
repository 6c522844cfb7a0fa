"""An office in words, for `copperdesk office show` and for somebody who wants to know what was understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from appliance.office.companies import Company
from appliance.office.dayrule import WEEKDAYS
from appliance.office.destination import (
    MAIN_MENU,
    Destination,
    EndCall,
    HearAnnouncement,
    MenuBefore,
    Nowhere,
    RepeatMenu,
    ToDepartment,
    ToDirectory,
    ToElsewhere,
    ToFax,
    ToGeneralMailbox,
    ToInformation,
    ToMailbox,
    ToMenu,
    ToMessages,
    ToOperator,
    ToOutside,
    ToPerson,
    ToSamePerson,
)
from appliance.office.forwarding import ForwardWhen
from appliance.office.model import Key, Office, Part, Person
from appliance.office.numbers import OPERATOR_KEY
from appliance.office.span import Span
from hw.said import Said, fixed, said


def describe(office: Office) -> str:
    """A readable summary of some twenty lines. PINs are not in it, only whether there are any."""
    return "\n".join(_lines(office))


def _lines(office: Office) -> Iterator[str]:
    yield f"{office.name} ({office.country}, {office.time_zone.key})"
    yield ""
    yield "Lines"
    yield from (f"  {trunk.name}: {trunk.port}, number {trunk.number or 'not given'}" for trunk in office.trunks)
    yield "Telephones"
    yield from (f"  {station.name}: {station.port}" for station in office.stations)
    yield "People"
    yield from (f"  {_person(office, person)}" for person in office.people)
    yield from _departments(office)
    morning, evening = f"{office.morning_until:%H:%M}", f"{office.evening_from:%H:%M}"
    hours = {
        Part.MORNING: f"until {morning}",
        Part.AFTERNOON: f"{morning} to {evening}",
        Part.EVENING: f"from {evening}",
    }
    for title, menu in [("Menu", office.menu), *((f"Menu {id}", menu) for id, menu in office.menus.items())]:
        yield title
        yield from (f"  {part.value} ({hours[part]}): {text}" for part, text in menu.greetings.items())
        if menu.greeting:
            yield f"  greeting: {menu.greeting}"
        yield from (f"  {digit}: {_key(office, key)}" for digit, key in menu.keys.items())
        if OPERATOR_KEY not in menu.keys:
            yield f"  {OPERATOR_KEY}: {_key(office, Key(ToOperator()))}"
        if menu.waits != ToOperator():
            yield f"  nothing pressed: {leads(office, menu.waits)}"
    for id, told in office.information.items():
        yield f"Information {id}"
        yield f"  {told.says}"
    if office.announcement.says:
        yield "Announcement"
        yield f"  {office.announcement.says}"
    if office.companies:
        yield "Companies"
        for company in office.companies:
            numbers = ", ".join(sorted(company.numbers)) or "no numbers"
            yield f"  {company.name} ({company.id}): {numbers}, menu {company.menu}"
    yield from _hours(office)
    yield "Dialed on a telephone"
    yield f"  {office.mailbox_access}: hear messages"
    yield f"  {office.outside_prefix}: an outside line"


def _departments(office: Office) -> Iterator[str]:
    if office.operators:
        yield "Operators"
        for turn in office.operators:
            within = f" within the hours {turn.hours}" if turn.hours is not None else ""
            yield f"  {_name(office, turn.person)} for {turn.seconds:g} s{within}"
    if office.departments:
        yield "Departments"
        for department in office.departments:
            members = ", ".join(one.number or _name(office, one.person or "") for one in department.members)
            rings = f"rings {department.strategy.value} for {department.longest_seconds:g} s"
            mailbox = "mailbox" if department.mailbox else "no mailbox"
            facts = f"extension {department.extension}, {rings}, {mailbox}"
            yield f"  {department.name} ({department.id}): {facts}: {members}"


def _hours(office: Office) -> Iterator[str]:
    for id, hours in office.hours.items():
        yield f"Hours: {id}"
        for weekday in WEEKDAYS:
            spans = getattr(hours.week, weekday)
            yield f"  {weekday}: {_spans(spans)}"
        if hours.holidays is not None:
            where = " ".join(filter(None, (hours.holidays.country, hours.holidays.region)))
            but = f", but not on {', '.join(hours.holidays.leave_out)}" if hours.holidays.leave_out else ""
            yield f"  closed on the public holidays of {where}{but}"
        for special in hours.dates:
            name = f" ({special.name})" if special.name else ""
            yield f"  {special.on}{name}: {_spans(special.open)}"
        if hours.calendar is not None:
            yield f"  closed by the calendar {hours.calendar}"


def _spans(spans: Sequence[Span]) -> str:
    return ", ".join(map(str, spans)) or "closed"


def _person(office: Office, person: Person) -> str:
    facts = [f"extension {person.extension}"]
    facts += [f"rings {person.station} for {person.ring_seconds:g} s" if person.station else "no telephone"]
    if person.follow_me:
        facts += [f"{len(person.follow_me)} steps of a follow-me list"]
    elif person.forwarding.when is not ForwardWhen.NEVER:
        facts += [f"forwarded {person.forwarding.when.value} to {person.forwarding.to or 'the cell phone'}"]
    facts += [("mailbox with PIN" if person.pin else "mailbox without PIN") if person.mailbox else "no mailbox"]
    facts += ["operator"] if person.id == office.operator else []
    facts += ["general mailbox"] if person.id == office.general_mailbox else []
    return f"{person.name} ({person.id}): {', '.join(facts)}"


def _key(office: Office, key: Key) -> str:
    does = leads(office, key.destination)
    return f'{does} ("{key.says}")' if key.says else does


def leads(office: Office, destination: Destination, company: Company | None = None) -> Said:
    """What a destination does with a call, in words. company: whose caller it is, if not the office's."""
    of = company or office.itself
    match destination:
        case ToPerson(id):
            return said("calls %(name)s", name=_name(office, id))
        case ToDepartment(id):
            return said("calls %(name)s", name=_name(office, id))
        case ToMailbox(id):
            return said("takes a message for %(name)s", name=_name(office, id))
        case ToOperator():
            return said("calls the operator, %(name)s", name=_name(office, of.operator))
        case ToGeneralMailbox():
            return said("takes a message for %(name)s", name=_name(office, of.general_mailbox))
        case ToMessages():
            return said("lets people of the office hear their messages")
        case ToMenu(id):
            return said("goes to the first menu") if id == MAIN_MENU else said("goes to the menu %(id)s", id=id)
        case HearAnnouncement():
            return said("tells the announcement, then %(does)s", does=leads(office, office.announcement.then, company))
        case MenuBefore():
            return said("goes back to the menu before")
        case ToInformation(id):
            return said("tells %(id)s", id=id)
        case ToDirectory():
            return said("finds a person by name")
        case ToSamePerson():
            return said("calls whoever the caller talked to last")
        case ToFax():
            return said("receives a fax")
        case ToOutside(number):
            return said("dials %(number)s on another line", number=number)
        case RepeatMenu():
            return said("reads the menu again")
        case EndCall():
            return said("ends the call")
        case ToElsewhere(number):
            return said("goes to %(number)s in another office", number=number)
        case Nowhere():
            return said("goes nowhere")
        case _:
            return fixed(f"goes {destination}")


def _name(office: Office, id: str) -> str:
    found = office.person(id) or office.department(id)
    return found.name if found is not None else ""
