"""Where calls may be forwarded to: what a number dialled on a line leads to, judged by the office's dialling rules.

A forwarding is set by whoever knows a PIN, and everybody who calls uses it at the office's cost. So a number is refused
unless it is a plain one: a number that is not whole could be completed by the caller's keys, and a code in front of a
number hides what is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from appliance.office.callernumber import CallerNumbers
from appliance.office.callflow import CallFlow
from appliance.office.destination import Destination, ToDepartment, ToElsewhere, ToOperator, ToOutside, ToPerson
from appliance.office.model import Office, Person
from appliance.office.numberclass import costs_more, is_abroad, is_meant
from appliance.office.numbering import LONGEST_DIALLED, may_go_on, station_destination
from appliance.office.numbers import LONGEST_EXTENSION
from appliance.office.problem import Problem
from hw.said import Said, in_a_row, said
from hw.tones.toneplan import COUNTRIES, TonePlan, tone_plan

SHORTEST_FORWARDED = 3
"""Digits of an outside number, at least: a caller could go on dialling behind fewer."""

FEWEST_MISSING = 2
"""Digits that a number lacks which is not whole. In some countries a few numbers are one digit shorter than others."""

LONGEST_LOCAL = 9
"""Digits of a number without its area code, at most."""

FORWARDED_INSIDE = (ToPerson, ToDepartment, ToOperator, ToElsewhere)
"""The destinations inside our offices that a call may be forwarded to."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why no call is forwarded to a number. reason: for people, as a `Problem` has it."""

    id: Literal["not-a-number", "emergency", "own-number", "never", "premium", "abroad", "oneself", "nobody"]
    reason: Said


def forwardable(office: Office, number: str) -> Refusal | None:
    """Why calls may not be forwarded to a number, as it is dialled on a line of the office; None: they may."""
    if not re.fullmatch(f"[0-9]{{1,{LONGEST_DIALLED}}}", number):
        return Refusal("not-a-number", said("a number of 1 to %(most)s digits is needed", most=LONGEST_DIALLED))
    plan = tone_plan(office.country)
    numbers = CallerNumbers(plan.number_forms)
    if (refusal := _emergency(office, plan, numbers, number) or _not_plain(plan, numbers, number)) is not None:
        return refusal
    for reading in _readings(office, numbers, number):
        if (refusal := _ruled_out(office, plan, numbers, reading)) is not None:
            return refusal
    return None


def forward_target(office: Office, dialled: str, owner: Person) -> Destination | Refusal:
    """What the owner of a telephone may have calls forwarded to, by what is dialled for it on a telephone."""
    found = station_destination(office, dialled)
    if found == ToPerson(owner.id) or (found == ToOperator() and office.operator == owner.id):
        return Refusal("oneself", said("calls cannot be forwarded to the telephone that they are forwarded from"))
    if isinstance(found, ToOutside):
        if found.emergency:
            return _refused_emergency(found.number)
        return forwardable(office, found.number) or found
    person = office.person(found.person) if isinstance(found, ToPerson) else None
    if not isinstance(found, FORWARDED_INSIDE) or (person is not None and person.is_gone):
        reason = said("%(number)s leads to nobody whom calls could be forwarded to", number=dialled or said("nothing"))
        if len(dialled) > LONGEST_EXTENSION:
            behind = said("numbers outside are dialed after %(prefix)s", prefix=office.outside_prefix)
            reason = in_a_row(reason, behind, by=": ")
        return Refusal("nobody", reason)
    return found


def warnings(flow: CallFlow) -> Iterator[Problem]:
    """Keys, and whatever else leads callers, to outside numbers that the office would not forward calls to."""
    office = flow.office
    if office.country not in COUNTRIES:  # Told elsewhere.
        return
    led = {edge.path: edge.target for edges in flow.edges.values() for edge in edges}
    led["announcement.then"] = office.announcement.then
    for path, target in led.items():
        if isinstance(target, ToOutside) and (refusal := forwardable(office, target.number)) is not None:
            reason = said("callers are sent there at the office's cost: %(why)s", why=refusal.reason)
            yield Problem(f"{path}.number", reason, mend=_MENDS.get(refusal.id, said("Name another number.")))


_MENDS = {
    "premium": said("Name another number, or set dialling.premium to true."),
    "abroad": said("Name another number, or set dialling.abroad to true."),
    "never": said("Name another number, or take it out of dialling.never."),
}


def calls_for_help(office: Office, number: str) -> bool:
    """Whether the exchange hears an emergency number in what is dialled on a line of the office."""
    plan = tone_plan(office.country)
    return _emergency(office, plan, CallerNumbers(plan.number_forms), number) is not None


def _refused_emergency(number: str) -> Refusal:
    return Refusal("emergency", said("%(number)s calls for help: no other call may go there", number=number))


def _emergency(office: Office, plan: TonePlan, numbers: CallerNumbers, number: str) -> Refusal | None:
    """Where the exchange hears an emergency number: at once, or behind what is dialled before other numbers.

    An exchange hears it at the beginning of longer ones, too. Behind a prefix there may be another number that begins
    so: 015 in France is Paris.
    """
    prefix = plan.number_forms.national_prefix
    long_distance = number.removeprefix(prefix) if not numbers.key(number).startswith("+") else number
    before = f"(?:{office.outside_prefix}){{0,2}}(?:{prefix})?"
    exact = re.fullmatch(f"{before}(?:{'|'.join(plan.emergency)})", number)
    if exact or number.startswith(plan.emergency) or long_distance.startswith(plan.emergency):
        return _refused_emergency(number)
    return None


def _not_plain(plan: TonePlan, numbers: CallerNumbers, number: str) -> Refusal | None:
    """A code that stands before a number, or what is only the beginning of one."""
    if (code := next((code for code in plan.prefix_codes if number.startswith(code)), None)) is not None:
        return Refusal(
            "not-a-number",
            said("%(number)s begins with the code %(code)s: name the number behind it", number=number, code=code),
        )
    begun = (*plan.emergency, *plan.premium, *plan.abroad, *plan.prefix_codes)
    abroad, prefix = plan.number_forms.international_prefix, plan.number_forms.national_prefix
    far = abroad.match(number) or (prefix and number.startswith(prefix))
    if (
        len(number) < SHORTEST_FORWARDED
        or any(whole != number and whole.startswith(number) for whole in begun)
        or (far and not numbers.key(number).startswith("+"))
        or (number.startswith(prefix) and may_go_on(plan, number, at_least=FEWEST_MISSING))
    ):
        return Refusal(
            "not-a-number", said("%(number)s is not a whole number: whoever calls could go on dialing", number=number)
        )
    return None


def _readings(office: Office, numbers: CallerNumbers, number: str) -> Iterator[str]:
    """The number as it is; and what is behind the outside prefix, in case that is dialled on the line, too.

    The latter counts only where the whole is neither a number with its area code nor one that may do without.
    """
    yield number
    if len(number) > LONGEST_LOCAL and not numbers.key(number).startswith("+"):
        behind = number.removeprefix(office.outside_prefix)
        if behind != number:
            yield behind


def _ruled_out(office: Office, plan: TonePlan, numbers: CallerNumbers, number: str) -> Refusal | None:
    rules, key = office.dialling, numbers.dialled(number)
    if any(numbers.dialled(own) == key for own in _own_numbers(office)):
        return Refusal(
            "own-number", said("%(number)s is a number of the office itself: the call would come back", number=number)
        )
    if (pattern := next((one for one in sorted(rules.never) if is_meant(numbers, number, one)), None)) is not None:
        return Refusal(
            "never",
            said(
                "%(number)s is one that calls are never forwarded to, by %(pattern)s in dialling.never",
                number=number,
                pattern=pattern,
            ),
        )
    if not rules.premium and costs_more(plan, number):
        return Refusal(
            "premium",
            said("%(number)s costs more than other numbers, and calls are not forwarded to such", number=number),
        )
    if not rules.abroad and is_abroad(plan, number):
        return Refusal(
            "abroad", said("%(number)s is a number abroad, and calls are not forwarded to such", number=number)
        )
    return None


def _own_numbers(office: Office) -> Iterator[str]:
    """The numbers that the public dials for this office."""
    yield from (trunk.number for trunk in office.trunks if trunk.number)
    yield from (number for company in office.companies for number in company.numbers)
