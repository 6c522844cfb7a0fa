"""What must hold of the numbers to which calls are forwarded: each leads to somebody, none to an emergency number."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from appliance.office.draft import Draft
from appliance.office.numbers import LONGEST_EXTENSION, emergency_numbers
from appliance.office.problem import Problem
from appliance.office.sip import begins
from hw.nearest import nearest
from hw.said import said


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What can be dialled on a telephone of the office, as far as calls can be forwarded there."""

    prefix: str
    emergency: tuple[str, ...]
    extensions: Mapping[str, str]
    """By each extension the id of the person or department that has it."""
    elsewhere: Collection[str]
    """The patterns of the extensions of other offices."""

    @classmethod
    def of(cls, office: Draft) -> _Numbers:
        everybody = [*office.entries("people"), *office.entries("departments")]
        extensions = {one.text("extension"): one.text("id") for one in everybody}
        servers = office.group("sip").entries("servers")
        reached = [pattern for one in servers for _, pattern in one.items("reaches") if isinstance(pattern, str)]
        return cls(office.text("outside_prefix"), emergency_numbers(office.text("country")), extensions, reached)

    def rules(self, path: str, number: str, owner: Draft) -> Iterator[Problem]:
        """A number in the document leads to somebody who is not its owner. What is not a number is told elsewhere."""
        if not number.isdecimal():
            return
        outside = number.removeprefix(self.prefix) if number.startswith(self.prefix) else None
        if number in self.emergency or outside in self.emergency:
            yield Problem(
                path, said("%(number)s calls an emergency number: no call may be forwarded there", number=number)
            )
        elif outside == "":
            yield Problem(
                path, said("leads nowhere: no number follows the %(prefix)s for an outside line", prefix=self.prefix)
            )
        elif outside is None and any(len(one) == len(number) and begins(number, one) for one in self.elsewhere):
            return
        elif outside is None and number not in self.extensions:
            if len(number) > LONGEST_EXTENSION:
                reason = said("leads nowhere: numbers outside are dialed after %(prefix)s", prefix=self.prefix)
                yield Problem(path, reason, self.prefix + number)
            else:
                reason = said("leads nowhere: there is no extension %(number)s in this office", number=number)
                yield Problem(path, reason, nearest(number, self.extensions))
        elif outside is None and self.extensions[number] == owner.text("id"):
            yield Problem(
                path,
                said(
                    "%(number)s is the extension of %(owner)s, whose calls these are",
                    number=number,
                    owner=owner.text("id"),
                ),
            )

    def cell_rules(self, person: Draft) -> Iterator[Problem]:
        cell = person.text("cell")
        if cell in self.emergency or (cell and self.prefix + cell in self.emergency):
            reason = said("behind the %(prefix)s for an outside line it is an emergency number", prefix=self.prefix)
            yield Problem(
                person.at("cell"),
                said("%(cell)s is an emergency number", cell=cell) if cell in self.emergency else reason,
            )


def rules(office: Draft) -> Iterator[Problem]:
    """Of the people's forwarding, cell phones, follow-me lists and assistants, and of the members of departments."""
    numbers = _Numbers.of(office)
    for person in office.entries("people"):
        yield from numbers.cell_rules(person)
        forwarding = person.group("forwarding")
        given = [(forwarding.at("to"), forwarding.text("to"))]
        given += person.texts("follow_me", "number")
        for path, number in given:
            yield from numbers.rules(path, number, person)
        if person.text("id") and person.text("assistant") == person.text("id"):
            yield Problem(person.at("assistant"), said("names the person whose assistant it is to be"))
    for department in office.entries("departments"):
        forwarding = department.group("forwarding")
        given = [(forwarding.at("to"), forwarding.text("to")), *department.texts("members", "number")]
        for path, number in given:
            yield from numbers.rules(path, number, department)
