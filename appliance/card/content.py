"""What stands on the card of an office: the numbers and codes, each with a sentence in the language of the card."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Final

from appliance.office.languages import LANGUAGES
from appliance.office.model import Office
from appliance.office.numbers import OPERATOR_KEY
from hw.tones.toneplan import tone_plan

GROUPS: Final = {
    "calling": (
        *("last_number", "call_return", "who_called", "redial", "redial_no_more", "speed", "set_speed"),
        *("without_waiting", "account", "conference", "page", "lock", "unlock"),
    ),
    "taking": ("pick_up", "pick_up_from", "park", "take_parked", "fax"),
    "being-called": (
        *("do_not_disturb", "disturb", "forward", "forward_no_more", "come", "leave", "departments"),
        *("log_in", "log_out", "block_last", "wake_up"),
    ),
    "messages": ("lost_callers",),
    "managers": (
        "night_mode",
        "announcement",
        "record_prompts",
        "emergency_test",
        "listen_in",
        "spoken_code",
        "address",
        "version",
    ),
}
"""The fields of `Codes`, in the order in which they stand on the card, by its headings."""


@dataclass(frozen=True, slots=True)
class CardEntry:
    """One thing to dial. without_star: how a telephone with a dial does it, where that is another way."""

    dialled: str
    sentence: str
    without_star: str = ""


@dataclass(frozen=True, slots=True)
class CardSection:
    """Lines that belong together, under their heading."""

    heading: str
    lines: tuple[CardEntry, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """note: how codes are dialled without a star; empty where they cannot be."""

    title: str
    note: str
    sections: tuple[CardSection, ...]


def card_of(office: Office, language: str = "") -> Card:
    """The card of an office. language: the code of another than the office's. KeyError names an unknown one."""
    code = language or office.language
    if code not in LANGUAGES:
        raise KeyError(code)
    spoken = import_module(f"appliance.prompts.languages.{code}.card")
    texts: dict[str, str] = spoken.CARD
    sentences: dict[str, str] = spoken.CODES
    instead = office.codes.without_star

    def code_line(field: str) -> CardEntry:
        dialled = getattr(office.codes, field)
        return CardEntry(dialled, sentences[field], office.codes.dialled_without_star(dialled))

    sections = [CardSection(texts["first"], _to_begin_with(office, texts))]
    for group, names in GROUPS.items():
        first = [CardEntry(office.mailbox_access, texts["hear-messages"])] if group == "messages" else []
        sections.append(CardSection(texts[group], (*first, *map(code_line, names))))
    departments = sorted(office.departments, key=lambda one: one.name.casefold())
    people = sorted((one for one in office.people if not one.is_gone), key=lambda one: one.spelled.order)
    for heading, everybody in (("departments", departments), ("people", people)):
        if everybody:
            lines = tuple(CardEntry(one.extension, one.name) for one in everybody)
            sections.append(CardSection(texts[heading], lines))
    example = code_line("pick_up")
    note = texts["without-star"].format(instead=instead, dialled=example.without_star, code=example.dialled)
    return Card(texts["title"].format(office=office.name), note if instead else "", tuple(sections))


def _to_begin_with(office: Office, texts: dict[str, str]) -> tuple[CardEntry, ...]:
    prefix, emergency = office.outside_prefix, texts["emergency"]
    if prefix:
        emergency += " " + texts["outside-before"].format(outside=prefix)
    entries = [CardEntry(number, emergency) for number in tone_plan(office.country).emergency]
    entries += [CardEntry(prefix, texts["outside-line"])] if prefix else []
    return (*entries, CardEntry(OPERATOR_KEY, texts["operator"]))
