"""What is allowed in an office and probably not meant: warnings, in the words and with the paths of errors."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.office.destination import RepeatMenu, ToPerson
from appliance.office.model import Office, Part, Person
from appliance.office.problem import Problem
from hw.tones.toneplan import COUNTRIES, tone_plan

LONGEST_MENU_SECONDS = 20.0
"""What callers bear (facts/defaults.md)."""

WORDS_A_SECOND = 4.0
PAUSE_SECONDS = 0.4
"""How fast a menu is read out, and the pause at the end of a sentence: measured on the menu of the example office,
47 words in 6 sentences, which the built-in voice speaks in 14.1 s."""

OFFERED_SECONDS = 5.0
"""What the attendant adds to every menu: that extensions may be dialled, and how to reach the operator."""


def lint(office: Office) -> list[Problem]:
    """The warnings for a valid office, in the document's order."""
    return [*_trunks(office), *_emergency(office), *_people(office), *_shared_stations(office), *_menu(office)]


def spoken_seconds(text: str) -> float:
    """About how long it takes to say this, in seconds. A digit is a word, however it is written."""
    words = sum(max(1, sum(char.isdecimal() for char in word)) for word in text.split())
    return words / WORDS_A_SECOND + PAUSE_SECONDS * sum(text.count(mark) for mark in ".!?")


def menu_seconds(office: Office, part: Part) -> float:
    """About how long a caller listens until the menu has been read out, in seconds."""
    lines = (key.says for key in office.menu.keys.values())
    return spoken_seconds(office.menu.greetings[part]) + sum(map(spoken_seconds, lines)) + OFFERED_SECONDS


def _trunks(office: Office) -> Iterator[Problem]:
    if not office.trunks:
        yield Problem("trunks", "there is no line to the exchange: nobody can call this office")
    elif not any(trunk.number for trunk in office.trunks):
        yield Problem("trunks", "no line has its number: the call log cannot say which number was called")


def _emergency(office: Office) -> Iterator[Problem]:
    """An emergency number is one whatever else it might mean."""
    numbers = [("mailbox_access", office.mailbox_access, "nobody hears messages")]
    numbers += [
        (f"people[{place}].extension", person.extension, f"no telephone of the office reaches {person.name}")
        for place, person in enumerate(office.people)
    ]
    known = tone_plan(office.country).emergency if office.country in COUNTRIES else ()
    for emergency in known:
        if office.outside_prefix + emergency in known:
            both = f"{office.outside_prefix + emergency} is an emergency number itself, which is called then"
            yield Problem("outside_prefix", f"{both}: {emergency} is to be dialled without it")
        for path, number, lost in numbers:
            if number == emergency:
                yield Problem(path, f"{number} is an emergency number, which is called then: {lost} by it")
            elif number.startswith(emergency):
                yield Problem(
                    path, f"{number} begins with the emergency number {emergency}: dialled slowly, it calls that"
                )


def _people(office: Office) -> Iterator[Problem]:
    for place, person in enumerate(office.people):
        path = f"people[{place}]"
        if person.station is None and not person.mailbox:
            yield Problem(path, f"{person.name} has neither a station nor a mailbox: calls for them reach nobody")
        if person.mailbox and not person.pin:
            yield Problem(f"{path}.pin", f"without a PIN nobody can hear the messages of {person.name} by telephone")
        if person.pin and not person.mailbox:
            yield Problem(f"{path}.pin", f"{person.name} has no mailbox that this PIN could open")
    operator = office.person(office.operator)
    if operator is not None and operator.station is None:
        yield Problem("operator", f"{operator.name} has no station: callers who need help meet a mailbox")


def _shared_stations(office: Office) -> Iterator[Problem]:
    first: dict[str, Person] = {}
    for place, person in enumerate(office.people):
        if person.station is not None and first.setdefault(person.station, person) is not person:
            reason = f"{person.station} is also the station of {first[person.station].name}, whose mailbox it opens"
            yield Problem(f"people[{place}].station", reason)


def _menu(office: Office) -> Iterator[Problem]:
    for part in Part:
        if not office.menu.greetings[part].strip():
            yield Problem(f"menu.greetings.{part.value}", "callers are not greeted")
    longest = max(Part, key=lambda part: menu_seconds(office, part))
    seconds = menu_seconds(office, longest)
    if seconds > LONGEST_MENU_SECONDS:
        reason = f"takes about {seconds:.0f} s to read out in the {longest.value}"
        yield Problem("menu", f"{reason}; callers bear {LONGEST_MENU_SECONDS:.0f} s")
    if not office.menu.keys:
        yield Problem("menu.keys", "no key does anything but 0: callers need to know an extension")
    for digit, key in office.menu.keys.items():
        if not key.says.strip() and key.destination != RepeatMenu():
            yield Problem(f"menu.keys.{digit}", "the menu does not say what this key does")
        person = office.person(key.destination.person) if isinstance(key.destination, ToPerson) else None
        if person is not None and person.station is None:
            reason = f"{person.name} has no station; for a key that takes a message, use the action mailbox"
            yield Problem(f"menu.keys.{digit}.action", reason)
