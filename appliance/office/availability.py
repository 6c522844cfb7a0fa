"""Whether somebody is there, and wants to be disturbed: by the codes that people dial, and by the document.

What a code says stands in a switch (`appliance.calls.switches`), named here. It counts more than the document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from appliance.office.forwarding import Forwarding, ForwardWhen, Presence
from appliance.office.model import Office, Person
from appliance.office.standing import Closure, When

ON = "on"
OUT = "out"


def do_not_disturb_switch(person: str) -> str:
    """Stands at `ON` while this person does not want to be disturbed."""
    return f"do-not-disturb/{person}"


def presence_switch(person: str) -> str:
    """Stands at `away` while this person is."""
    return f"presence/{person}"


def membership_switch(department: str, person: str) -> str:
    """Stands at `OUT` while this person has logged out of the department."""
    return f"member/{department}/{person}"


def forwarding_switch(person: str) -> str:
    """Stands at what `written` writes."""
    return f"forwarding/{person}"


def written(when: ForwardWhen, to: str = "") -> str:
    """A forwarding as a switch has it, such as `always 95551234`."""
    return f"{when.value} {to}".strip()


def no_forwarding(person: Person) -> str:
    """What the switch of a person stands at whose calls are to be forwarded no longer.

    With follow-me, that list counts again, in which the document's forwarding has no part.
    """
    forwarded = not person.follow_me and person.forwarding.when is not ForwardWhen.NEVER
    return written(ForwardWhen.NEVER) if forwarded else ""


def read_forwarding(at: str, of_document: Forwarding) -> Forwarding:
    """The forwarding that a switch stands at; the document's, where the switch stands at nothing that is known."""
    when, _, to = at.partition(" ")
    known = next((one for one in ForwardWhen if one.value == when), None)
    return of_document if known is None else Forwarding(known, to or None)


@dataclass(frozen=True, slots=True)
class Availability:
    """Who of an office is there, at one moment."""

    office: Office
    at: datetime
    """The moment, on the office's own clock."""
    switch: Callable[[str], str] = lambda _name: ""
    """Where a switch stands, by its name."""
    closures: Callable[[str], Sequence[Closure]] = lambda _hours: ()
    """Those of the calendar of the hours with this id."""

    def not_disturbed(self, person: Person) -> bool:
        """Whether this person does not want to be disturbed."""
        return self.switch(do_not_disturb_switch(person.id)) == ON

    def here(self, person: Person) -> bool:
        """Whether this person is at the office: everybody who has not said to be away."""
        return self.switch(presence_switch(person.id)) != Presence.AWAY.value

    def logged_in(self, department: str, person: str) -> bool:
        """Whether a person is rung for a department."""
        return self.switch(membership_switch(department, person)) != OUT

    def forwarding(self, person: Person) -> Forwarding:
        """Where this person's calls go now. In the document, follow-me takes the place of it."""
        of_document = Forwarding() if person.follow_me else person.forwarding
        found = read_forwarding(self.switch(forwarding_switch(person.id)), of_document)
        return found if self.within(found.hours) else Forwarding()

    def forwarded_by_code(self, person: Person) -> bool:
        """Whether this person's calls go where a code says, and not where the document does."""
        switch = read_forwarding(self.switch(forwarding_switch(person.id)), Forwarding())
        return switch.when is not ForwardWhen.NEVER

    def taken(self, when: Presence, person: Person) -> bool:
        """Whether a step for people who are so is taken for this person."""
        return when is Presence.ANYWHERE or (when is Presence.AT_OFFICE) is self.here(person)

    def within(self, hours: str | None) -> bool:
        """Whether it is within the hours with this id; always, where there are none."""
        found = self.office.hours.get(hours) if hours else None
        return found is None or found.at(self.at, self.closures(hours or "")).what is When.OPEN
