"""The menus callers hear: how each greets them, which keys they may press, and how long it waits."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Annotated

from appliance.office.daypart import PARTS, Part
from appliance.office.destination import MAIN_MENU, Destination, MenuBefore, RepeatMenu, ToOperator
from appliance.office.draft import Draft
from appliance.office.field import Limits, Spoken, TextPattern, WrittenAs
from appliance.office.languages import LanguageCode
from appliance.office.leading import DestinationForm, Known
from appliance.office.numbers import OPERATOR_KEY
from appliance.office.problem import Problem
from hw.said import said

MOST_MENUS = 200

LONGEST_MENU_SECONDS = 20.0
"""What callers bear."""

MOST_CHOICES = 5
GOING_ROUND = (RepeatMenu(), MenuBefore())
"""What is offered besides the choices of a menu."""

QUICKEST_NEXT_DIGIT_SECONDS = 1.0
"""What people take at most from one digit of a number they know to the next; below it a key hides extensions."""

WORDS_A_SECOND = 4.0
PAUSE_SECONDS = 0.4
"""How fast a menu is read out, and the pause at the end of a sentence: measured on the menu of the example office,
47 words in 6 sentences, which the built-in voice speaks in 14.1 s."""

OFFERED_SECONDS = 5.0
"""What the attendant adds to every menu: that extensions may be dialled, and how to reach the operator."""

Digit = Annotated[str, TextPattern("^[0-9*#]$", "a key of a telephone: 0 to 9, * or #")]
Patience = Annotated[float, Limits(0.5, 30)]
Tries = Annotated[int, Limits(1, 10)]


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a menu: where it leads, and its line in the menu."""

    destination: Destination
    says: str = ""


@dataclass(frozen=True, slots=True)
class KeyForm(DestinationForm):
    """One key of a menu."""

    says: Annotated[Spoken, "What the menu says about this key. A key without it works but is not announced."] = ""

    def key(self) -> Key:
        return Key(self.destination(), self.says)


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
    """A menu: how callers are greeted, and which keys they may press."""

    keys: Annotated[
        dict[Digit, Annotated[Key, WrittenAs(KeyForm, KeyForm.key)]],
        "What each key does. Names are 0 to 9, * and #. 0 calls the operator unless it is given something else.",
    ]
    greetings: Annotated[
        dict[Part, str],
        WrittenAs(Greetings, Greetings.by_part),
        "The first sentence callers hear, for each part of the day. Without it, the greeting is heard all day.",
    ] = field(default_factory=dict)
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
    greeting: Annotated[Spoken, "The first sentence callers hear, where it is the same all day."] = ""
    language: Annotated[
        LanguageCode | None,
        "The language its texts are written in, which callers hear from here on. Without it, the texts are in the "
        "office's language, and callers go on in theirs.",
    ] = None
    extensions: Annotated[bool, "Whether callers may dial an extension here."] = True
    waits: Annotated[
        Destination,
        WrittenAs(DestinationForm, DestinationForm.destination),
        "Where a caller goes who presses nothing, as somebody without a keypad does. Without it, to the operator.",
    ] = field(default_factory=ToOperator)

    def greets(self, part: Part | None) -> str:
        """The first sentence callers hear at this part of the day, or at any; empty where there is none."""
        return (self.greetings.get(part) if part is not None else "") or self.greeting


def drafts(office: Draft) -> list[tuple[str, Draft]]:
    """Every menu of a document, with its id."""
    further = office.group("menus")
    return [(MAIN_MENU, office.group("menu")), *((id, further.group(id)) for id in further.fields)]


def rules(office: Draft) -> Iterator[Problem]:
    """Keys lead to people, menus and information that there are; no menu has the id of the first one."""
    known = Known.of(office)
    if MAIN_MENU in office.group("menus").fields:
        yield Problem(
            f"menus.{MAIN_MENU}",
            said("%(id)s is the menu that stands at menu; give this one another id", id=MAIN_MENU),
        )
    for _, menu in drafts(office):
        for key in menu.group("keys").groups():
            yield from known.rules(key, within_a_menu=True)
        yield from known.rules(menu.group("waits"))


def warnings(path: str, menu: Menu, extensions: Collection[str]) -> Iterator[Problem]:
    """path: where the menu stands. extensions: of everybody."""
    silent = [part for part in Part if not menu.greets(part).strip()]
    mend = said("Give it a first sentence.")
    if silent and not menu.greetings:
        yield Problem(f"{path}.greeting", said("callers are not greeted"), mend=mend)
    else:
        for part in silent:
            reason = said("callers are not greeted in the %(part)s", part=PARTS[part])
            yield Problem(f"{path}.greetings.{part.value}", reason, mend=mend)
    longest = max(Part, key=lambda part: menu_seconds(menu, part))
    seconds = menu_seconds(menu, longest)
    if seconds > LONGEST_MENU_SECONDS:
        reason = said(
            "takes about %(seconds)s s to read out in the %(part)s; callers bear %(most)s s",
            seconds=f"{seconds:.0f}",
            part=PARTS[longest],
            most=f"{LONGEST_MENU_SECONDS:.0f}",
        )
        mend = said("Shorten its texts, or move some keys to a menu of their own.")
        yield Problem(path, reason, mend=mend)
    if not menu.keys:
        reason = said("no key does anything but %(key)s: callers need to know an extension", key=OPERATOR_KEY)
        yield Problem(f"{path}.keys", reason, mend=said("Give callers a key for what they call about."))
    choices = [key for key in menu.keys.values() if key.says.strip() and key.destination not in GOING_ROUND]
    if len(choices) > MOST_CHOICES:
        reason = said(
            "callers are offered %(offered)s choices and forget the first: they keep %(most)s in mind",
            offered=len(choices),
            most=MOST_CHOICES,
        )
        yield Problem(f"{path}.keys", reason, mend=said("Move some to a menu of their own."))
    if menu.extensions and menu.shared_prefix_seconds < QUICKEST_NEXT_DIGIT_SECONDS:
        yield from _hiding(path, menu, extensions)


def _hiding(path: str, menu: Menu, extensions: Collection[str]) -> Iterator[Problem]:
    """Keys that a caller gets who dials an extension no faster than people do."""
    for digit in menu.keys:
        hidden = next((extension for extension in extensions if extension.startswith(digit)), "")
        if hidden:
            reason = said(
                "callers who dial extension %(extension)s get this key instead, unless the next digit comes within"
                " %(seconds)s s",
                extension=hidden,
                seconds=f"{menu.shared_prefix_seconds:g}",
            )
            mend = said(
                "Set shared_prefix_seconds to %(seconds)s or more, or use another key.",
                seconds=f"{QUICKEST_NEXT_DIGIT_SECONDS:g}",
            )
            yield Problem(f"{path}.keys.{digit}", reason, mend=mend)


def spoken_seconds(text: str) -> float:
    """About how long it takes to say this, in seconds. A digit is a word, however it is written."""
    words = sum(max(1, sum(char.isdecimal() for char in word)) for word in text.split())
    return words / WORDS_A_SECOND + PAUSE_SECONDS * sum(text.count(mark) for mark in ".!?")


def menu_seconds(menu: Menu, part: Part) -> float:
    """About how long a caller listens until the menu has been read out, in seconds."""
    lines = (key.says for key in menu.keys.values())
    return spoken_seconds(menu.greets(part)) + sum(map(spoken_seconds, lines)) + OFFERED_SECONDS
