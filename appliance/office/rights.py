"""Who may call what outside: classes of service, accounts, and limits.

A class of service says which classes of numbers may be called. Six have names of their own, each with all that those
before it may: inside, local, national, mobile, abroad, premium. An office may name others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Annotated

from appliance.office.daypart import ClockTime
from appliance.office.draft import Draft, given_twice
from appliance.office.field import Id, Limits, Name, TextPattern
from appliance.office.limits import CallLimits
from appliance.office.numberclass import LADDER, NumberClass
from appliance.office.numbers import emergency_numbers
from appliance.office.problem import Problem
from hw.nearest import nearest
from hw.said import listed, said

INSIDE = "inside"
DEAR = (NumberClass.ABROAD, NumberClass.PREMIUM)
"""What nobody outside may call at the office's cost."""

MOST_CLASSES = 50
MOST_ACCOUNTS = 500

OneNumberClass = Annotated[
    NumberClass,
    "One class of numbers: local ones, those with another area code, cell phones, abroad, or premium rate.",
]


@dataclass(frozen=True, slots=True)
class ServiceClass:
    """What somebody may call outside."""

    calls: Annotated[frozenset[OneNumberClass], Limits(0, len(NumberClass)), "Which classes of numbers may be called."]
    when_closed: Annotated[
        Id | None, "The class of service that takes its place while the office is closed. Without it, none does."
    ] = None
    account: Annotated[bool, "Whether an account code is asked for before each call outside."] = False


@dataclass(frozen=True, slots=True)
class CallAccount:
    """Somebody, or something, that calls are made for."""

    code: Annotated[str, TextPattern("^[0-9]{2,8}$", "2 to 8 digits"), "What is dialled for it."]
    name: Annotated[Name, "What it is called in the call log."]


@dataclass(frozen=True, slots=True)
class Rights:
    """Who may call what outside. Help can be called by everybody, at any time."""

    classes: Annotated[
        dict[Id, ServiceClass],
        Limits(0, MOST_CLASSES),
        "Further classes of service, by short words; or others in place of inside, local, national, mobile, abroad and "
        "premium, each of which may call its own numbers and those of all before it.",
    ] = field(default_factory=dict)
    service_class: Annotated[
        Id, "The class of service of everybody who has none, and whose telephone has none, either."
    ] = NumberClass.ABROAD.value
    from_outside: Annotated[
        Id,
        "The class of service for what somebody outside has called at the office's cost: out of a mailbox, by a "
        "transfer, by a forwarding that is set from outside. It never includes numbers abroad or premium-rate ones.",
    ] = NumberClass.MOBILE.value
    person: Annotated[CallLimits, "How much one person calls outside, calls that are forwarded included."] = field(
        default_factory=CallLimits
    )
    telephone: Annotated[CallLimits, "How much is called outside on one telephone."] = field(default_factory=CallLimits)
    abroad_told: Annotated[
        bool, "Whether the operator is rung and written to when somebody first calls abroad while the office is closed."
    ] = True
    accounts: Annotated[
        tuple[CallAccount, ...], Limits(0, MOST_ACCOUNTS), "What calls can be made for, by codes that are dialled."
    ] = ()
    logged_in_until: Annotated[
        ClockTime, "The time of day at which whoever has logged in to another telephone is logged out."
    ] = time(0, 0)

    def called(self, id: str) -> ServiceClass:
        """The class of service with this id; the office's own where there is none."""
        known = {**BUILT_IN, **self.classes}
        return known.get(id) or known.get(self.service_class) or BUILT_IN[NumberClass.ABROAD.value]

    def account(self, code: str) -> CallAccount | None:
        return next((account for account in self.accounts if account.code == code), None)


BUILT_IN: Mapping[str, ServiceClass] = {INSIDE: ServiceClass(frozenset())} | {
    one.value: ServiceClass(frozenset(LADDER[: place + 1])) for place, one in enumerate(LADDER)
}
"""The classes of service that every office has."""


def rules(office: Draft) -> Iterator[Problem]:
    """Classes that are named exist, none follows itself, and nobody outside is given what costs most."""
    rights = office.group("rights")
    classes = rights.group("classes")
    own = {name: classes.group(name) for name in classes.fields}
    known = {*BUILT_IN, *own}
    named = [(rights.at(name), rights.text(name)) for name in ("service_class", "from_outside")]
    named += [(one.at("when_closed"), one.text("when_closed")) for one in own.values()]
    named += office.texts("people", "service_class") + office.texts("stations", "service_class")
    for path, id in named:
        if id and id not in known:
            yield Problem(path, said("there is no class of service called %(id)s", id=id), nearest(id, known))
    for id, one in own.items():
        then = own.get(one.text("when_closed"))
        if one.text("when_closed") == id or (then is not None and then.text("when_closed")):
            yield Problem(one.at("when_closed"), said("must be a class of service that is the same at all hours"))
    outside = rights.text("from_outside")
    calls = own[outside].fields.get("calls") if outside in own else [one.value for one in _built_in(outside)]
    dear = sorted({one.value for one in DEAR} & set(calls if isinstance(calls, list) else []))
    if dear:
        yield Problem(
            rights.at("from_outside"),
            said("would let anybody outside call numbers that are %(what)s", what=listed(dear)),
        )
    yield from given_twice(rights.texts("accounts", "code"), "account")
    codes = rights.texts("accounts", "code")
    for path, code in codes:
        longer = next((other for _, other in codes if other != code and other.startswith(code)), "")
        if longer:
            yield Problem(
                path, said("%(code)s is the beginning of %(longer)s, another account", code=code, longer=longer)
            )
        for_help = next((one for one in _for_help(office) if code.startswith(one)), "")
        if for_help:
            yield Problem(
                path, said("%(code)s begins with %(for_help)s, by which help is called", code=code, for_help=for_help)
            )


def _for_help(office: Draft) -> Iterator[str]:
    """What is dialled for help, with the outside digit and without."""
    for number in emergency_numbers(office.text("country")):
        yield from (number, office.text("outside_prefix") + number)


def _built_in(id: str) -> frozenset[NumberClass]:
    return BUILT_IN[id].calls if id in BUILT_IN else frozenset()
