"""The menu callers hear: how it greets them, which keys they may press, and how long it waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Annotated

from appliance.office.daypart import Part
from appliance.office.destination import Destination, EndCall, RepeatMenu, ToMailbox, ToOperator, ToPerson
from appliance.office.draft import Draft
from appliance.office.field import Id, Limits, Pattern, Spoken, WrittenAs
from appliance.office.numbers import OPERATOR_KEY
from appliance.office.people import Person, by_id, named
from appliance.office.problem import Problem

LONGEST_MENU_SECONDS = 20.0
"""What callers bear."""

WORDS_A_SECOND = 4.0
PAUSE_SECONDS = 0.4
"""How fast a menu is read out, and the pause at the end of a sentence: measured on the menu of the example office,
47 words in 6 sentences, which the built-in voice speaks in 14.1 s."""

OFFERED_SECONDS = 5.0
"""What the attendant adds to every menu: that extensions may be dialled, and how to reach the operator."""

Digit = Annotated[str, Pattern("^[0-9*#]$", "a key of a telephone: 0 to 9, * or #")]
Patience = Annotated[float, Limits(0.5, 30)]
Tries = Annotated[int, Limits(1, 10)]


class Action(Enum):
    """What a key of a menu does, in the document's words."""

    PERSON = "person"
    MAILBOX = "mailbox"
    OPERATOR = "operator"
    REPEAT = "repeat"
    HANG_UP = "hang-up"


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a menu: where it leads, and its line in the menu."""

    destination: Destination
    says: str = ""


@dataclass(frozen=True, slots=True)
class KeyForm:
    """One key of the menu."""

    action: Annotated[
        Action,
        "What the key does: call a person, take a message for one, call the operator, read the menu again, "
        "end the call.",
    ]
    person: Annotated[Id | None, "The id of the person, for the actions person and mailbox."] = None
    says: Annotated[Spoken, "What the menu says about this key. A key without it works but is not announced."] = ""

    def key(self) -> Key:
        return Key(_leads_to(self.action, self.person or ""), self.says)


def _leads_to(action: Action, person: str) -> Destination:
    match action:
        case Action.PERSON:
            return ToPerson(person)
        case Action.MAILBOX:
            return ToMailbox(person)
        case Action.OPERATOR:
            return ToOperator()
        case Action.REPEAT:
            return RepeatMenu()
        case Action.HANG_UP:
            return EndCall()


@dataclass(frozen=True, slots=True)
class Greetings:
    """The first sentence callers hear."""

    morning: Annotated[Spoken, "The greeting until morning_until."]
    afternoon: Annotated[Spoken, "The greeting between morning_until and evening_from."]
    evening: Annotated[Spoken, "The greeting from evening_from on."]

    def by_part(self) -> dict[Part, str]:
        return {part: getattr(self, part.value) for part in Part}


@dataclass(frozen=True, slots=True)
class Menu:
    """The menu callers hear."""

    keys: Annotated[
        dict[Digit, Annotated[Key, WrittenAs(KeyForm, KeyForm.key)]],
        "What each key does. Names are 0 to 9, * and #, the one under 0 being the operator.",
    ]
    greetings: Annotated[
        dict[Part, str],
        WrittenAs(Greetings, Greetings.by_part),
        "The first sentence callers hear, for each part of the day.",
    ]
    first_digit_seconds: Annotated[
        Patience, "How long a caller has to press the first key once the menu has been read out, in seconds."
    ] = 5.0
    between_digits_seconds: Annotated[
        Patience, "How long the unit waits for the next digit of an extension, in seconds."
    ] = 3.0
    shared_prefix_seconds: Annotated[
        Patience,
        "The same where what was pressed is a key of the menu and the beginning of an extension, in seconds.",
    ] = 1.5
    silent_tries: Annotated[
        Tries, "How often the menu is read to a caller who presses nothing, before the operator is called."
    ] = 3
    wrong_tries: Annotated[Tries, "How many wrong keys a caller may press, before the operator is called."] = 3


def rules(office: Draft) -> Iterator[Problem]:
    """Keys name people where their action needs one, and the operator's key calls the operator."""
    people = by_id(office)
    for key in office.group("menu").group("keys").groups():
        action, person = key.text("action"), key.fields.get("person")
        if key.path.endswith(f".{OPERATOR_KEY}") and action not in ("", Action.OPERATOR.value):
            yield Problem(key.at("action"), f"{OPERATOR_KEY} always calls the operator; give this to another key")
        if action in (Action.PERSON.value, Action.MAILBOX.value):
            yield from named(key.at("person"), key.text("person"), people, mailbox=action == Action.MAILBOX.value)
            if person is None:
                yield Problem(key.at("person"), f"is missing: the action {action} needs to know whose")
        elif "person" in key.fields and action in [one.value for one in Action]:
            yield Problem(key.at("person"), f"the action {action} concerns no person; leave this out")


def warnings(menu: Menu, people: Sequence[Person]) -> Iterator[Problem]:
    for part in Part:
        if not menu.greetings[part].strip():
            yield Problem(f"menu.greetings.{part.value}", "callers are not greeted")
    longest = max(Part, key=lambda part: menu_seconds(menu, part))
    seconds = menu_seconds(menu, longest)
    if seconds > LONGEST_MENU_SECONDS:
        reason = f"takes about {seconds:.0f} s to read out in the {longest.value}"
        yield Problem("menu", f"{reason}; callers bear {LONGEST_MENU_SECONDS:.0f} s")
    if not menu.keys:
        yield Problem("menu.keys", f"no key does anything but {OPERATOR_KEY}: callers need to know an extension")
    unreachable = {person.id: person for person in people if person.station is None}
    for digit, key in menu.keys.items():
        if not key.says.strip() and key.destination != RepeatMenu():
            yield Problem(f"menu.keys.{digit}", "the menu does not say what this key does")
        if isinstance(key.destination, ToPerson) and key.destination.person in unreachable:
            reason = "has no station; for a key that takes a message, use the action mailbox"
            yield Problem(f"menu.keys.{digit}.action", f"{unreachable[key.destination.person].name} {reason}")


def spoken_seconds(text: str) -> float:
    """About how long it takes to say this, in seconds. A digit is a word, however it is written."""
    words = sum(max(1, sum(char.isdecimal() for char in word)) for word in text.split())
    return words / WORDS_A_SECOND + PAUSE_SECONDS * sum(text.count(mark) for mark in ".!?")


def menu_seconds(menu: Menu, part: Part) -> float:
    """About how long a caller listens until the menu has been read out, in seconds."""
    lines = (key.says for key in menu.keys.values())
    return spoken_seconds(menu.greetings[part]) + sum(map(spoken_seconds, lines)) + OFFERED_SECONDS
