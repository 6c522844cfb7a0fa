"""Who may call what outside, asked before anything is dialled. Everybody who dials for somebody asks `may_dial`, or
`forbidden_to` where there is no call yet.

An emergency call is never refused, whoever makes it and on whatever telephone.
"""

from __future__ import annotations

from dataclasses import dataclass

from appliance.calls.connecting import Connecting
from appliance.calls.party import Party
from appliance.calls.services import Services
from appliance.calls.station import StationLine
from appliance.office.arrival import Circumstances, standing_of
from appliance.office.hours import MAIN
from appliance.office.limits import Limit
from appliance.office.model import Office, Person
from appliance.office.nightmode import NIGHT_MODE
from appliance.office.numberclass import NumberClass
from appliance.office.numbers import emergency_numbers
from appliance.office.rights import INSIDE, ServiceClass
from appliance.office.routes import dearest_class_of
from appliance.office.standing import Standing, When

LOCKED = "on"


def lock_switch(station: str) -> str:
    """Stands at `LOCKED` while a telephone calls nobody outside but for help."""
    return f"locked/{station}"


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Why a number may not be called: its class, a limit, or that the telephone is locked (None).

    Whoever may call nobody outside is told so, as if the number was a local one.
    from_outside: somebody outside wanted it called, at the office's cost.
    """

    why: NumberClass | Limit | None
    from_outside: bool = False

    def __str__(self) -> str:
        """The step that the record of the call tells of it."""
        match self.why:
            case NumberClass():
                who = "nobody outside may call" if self.from_outside else "the telephone may not call"
                return f"{who} {self.why.value} numbers"
            case Limit():
                return self.why.value
            case None:
                return "the telephone is locked"


def may_dial(
    call: Connecting, number: str, whose: Person | None, *, from_outside: bool, by: Party | None = None
) -> Forbidden | None:
    """Why a number outside, as it is dialled on a line, may not be called now; None: it may.

    whose: who calls it, or has it called; None: nobody of the office, so that the telephone decides. from_outside:
    whoever wants it called is outside, and not on a telephone of the office. by: who wants it called, if that is not
    the caller, such as a colleague who transfers the caller there.
    """
    line = (by or call.caller).line
    telephone = line if isinstance(line, StationLine) else None
    return forbidden_to(call.services, call.office, number, whose, telephone, from_outside=from_outside)


def forbidden_to(
    services: Services,
    office: Office,
    number: str,
    whose: Person | None,
    telephone: StationLine | None,
    *,
    from_outside: bool,
) -> Forbidden | None:
    """The same where nobody has begun a call yet. telephone: on which it is wanted; None: on none of the office."""
    if number in emergency_numbers(office.country):
        return None
    found = dearest_class_of(office, number)
    allowed = class_of(services, office, whose, telephone, from_outside=from_outside).calls
    if found not in allowed:
        locked = not from_outside and telephone is not None and _locked(services, telephone)
        return Forbidden(None if locked else found if allowed else NumberClass.LOCAL, from_outside)
    name = telephone.name if telephone is not None and not from_outside else ""
    limit = services.outside.limit(office.rights, whose.id if whose is not None else "", name)
    return Forbidden(limit, from_outside) if limit is not None else None


def class_of_service(call: Connecting, whose: Person | None, *, from_outside: bool) -> ServiceClass:
    """What a caller may call now."""
    line = call.caller.line
    telephone = line if isinstance(line, StationLine) else None
    return class_of(call.services, call.office, whose, telephone, from_outside=from_outside)


def class_of(
    services: Services, office: Office, whose: Person | None, telephone: StationLine | None, *, from_outside: bool
) -> ServiceClass:
    """What somebody may call now: the person's class counts first, then the telephone's, then the office's."""
    rights = office.rights
    if from_outside:
        return rights.called(rights.from_outside)
    if telephone is not None and _locked(services, telephone):
        return rights.called(INSIDE)
    of_telephone = telephone.facts.service_class if telephone is not None else None
    found = rights.called((whose.service_class if whose is not None else None) or of_telephone or "")
    if found.when_closed and standing_now(services, office).what in (When.CLOSED, When.HOLIDAY):
        return rights.called(found.when_closed)
    return found


def _locked(services: Services, telephone: StationLine) -> bool:
    return services.switches.at(lock_switch(telephone.name)) == LOCKED


def telephone_of(party: Party) -> str:
    """The name of the telephone on which somebody is; empty for no telephone of the office."""
    return party.line.name if isinstance(party.line, StationLine) else ""


def open_for_anybody(services: Services, office: Office) -> bool:
    """Whether the office is open now, or has a break, for any of its lines and companies, which may have hours of their
    own."""
    return any(
        standing_now(services, office, id).what in (When.OPEN, When.BREAK)
        for id in dict.fromkeys((MAIN, *office.hours))
    )


def standing_now(services: Services, office: Office, hours_id: str = MAIN) -> Standing:
    """Whether the office is open now, by its own hours or by hand. hours_id: of a line or company with others."""
    switches = services.switches
    now = Circumstances(
        at=office.local(services.clock.now()),
        night=switches.night_mode,
        night_until=switches.until(NIGHT_MODE),
        closures=services.calendars.closures,
    )
    return standing_of(office, hours_id, now)[0]
