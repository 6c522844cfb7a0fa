"""The first part of a scenario: which office, which exchange, when, and who is outside."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from appliance.office.contact import Blocked, Contact, Gets
from appliance.office.entry import EntryErrors, read_entry
from appliance.office.model import Office
from appliance.scenario.actions import Presented
from appliance.scenario.line import LineCursor
from appliance.scenario.lineservices import SERVICES, tone
from appliance.scenario.peoplesettings import Flipped, away, do_not_disturb, forwarding, logged_out
from hw.tones.toneplan import Tone

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DEFAULT_OFFICE = "riverside-dental"
DEFAULT_AT = datetime(2026, 3, 3, 9, 15)  # noqa: DTZ001 - the office's own clock, its zone is in the office


@dataclass(frozen=True, slots=True)
class Override:
    """`office people.maria.ring_seconds = 8`: a value put into the office document before it is read."""

    path: tuple[str, ...]
    value: Any
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody outside with a telephone."""

    name: str
    """What the scenario calls them."""
    number: str
    """Their telephone number."""
    caller_name: str = ""
    """Their name in caller ID."""
    presented: Presented = "shown"
    """What caller ID tells of the two."""
    behaviour: str = "manual"
    """What the telephone does by itself, see `hw.sim.behaviour`; `circuits-announced` is `circuits-busy` in words."""
    after_s: float | None = None
    """When it answers, or its voicemail does, in seconds of ringing; None: as usual."""


@dataclass(slots=True)
class Setup:
    """Everything that is set before the first step."""

    title: str = ""
    """What the scenario shows."""
    office_file: str = DEFAULT_OFFICE
    """The name of the office's file, without its ending."""
    overrides: list[Override] = field(default_factory=list)
    """Values put into the office's document before it is read."""
    office_is_broken: bool = False
    """The appliance finds its document damaged."""
    at: datetime = DEFAULT_AT
    """The time at the beginning, on the office's own clock."""
    country: str | None = None
    """The tone plan of the exchange; None: the office's."""
    services: dict[str, Any] = field(default_factory=dict)
    """What the exchange does for all trunks: fields of `hw.sim.circuit.LineServices`."""
    trunk_services: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What it does otherwise for single trunks, by their names."""
    dial_tone: Tone | None = None
    """The exchange's dial tone; None: the country's."""
    attenuation_db: float | None = None
    """The loss of every line each way; None, here and below: the exchange's usual value."""
    noise_dbm0: float | None = None
    """The noise on every line."""
    echo_db: float | None = None
    """The return loss of every hybrid."""
    longest_prompt_s: float | None = None
    """The unit breaks off each prompt after so long; None: it says all."""
    outsiders: dict[str, Outsider] = field(default_factory=dict)
    """The telephones outside, by name."""
    contacts: list[Contact] = field(default_factory=list)
    """Whom the office knows by number."""
    blocked: list[Blocked] = field(default_factory=list)
    """Who is on its block list."""
    switches: dict[str, str] = field(default_factory=dict)
    """How the switches of its people stand, as by the codes on their telephones."""
    office: Office | None = None
    """The office as read; None when its document has mistakes."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A line that sets something up, with what `docs/scenarios.md` tells of it."""

    name: str
    example: str
    meaning: str
    read: Callable[[LineCursor, Setup], None]


def _scenario(line: LineCursor, setup: Setup) -> None:
    setup.title = line.rest()


def _office(line: LineCursor, setup: Setup) -> None:
    if line.take("is broken"):
        setup.office_is_broken = True
        return
    column = line.column
    target = line.word("an office's file, or a path into its document")
    if line.over:
        setup.office_file = target
        return
    line.expect("=")
    value_column = line.column
    written = line.rest()
    try:
        value = json.loads(written)
    except json.JSONDecodeError:
        line.fail(f"{written!r} is no JSON value", json.dumps(written), value_column)
    setup.overrides.append(Override(tuple(target.split(".")), value, line.number, column))


FIRST_YEAR, LAST_YEAR = 1970, 2999


def _at(line: LineCursor, setup: Setup) -> None:
    first = line.peek()
    weekday = first.value.lower() if first is not None and first.value.lower() in WEEKDAYS else None
    if weekday is not None:
        line.word("a weekday")
    column = line.column
    written = f"{line.word('a date')} {line.word('a time of day')}"
    try:
        setup.at = datetime.strptime(written, "%Y-%m-%d %H:%M")  # noqa: DTZ007 - local to the office
    except ValueError:
        line.fail(f"{written!r} is no date and time such as 2026-03-03 09:15", column=column)
    if not FIRST_YEAR <= setup.at.year <= LAST_YEAR:
        line.fail(f"the years {FIRST_YEAR} to {LAST_YEAR} are known, not {setup.at.year}", column=column)
    actual = WEEKDAYS[setup.at.weekday()]
    if weekday not in (None, actual):
        line.fail(f"{written.split()[0]} is not a {weekday.capitalize()}", actual.capitalize(), 1)


def _exchange(line: LineCursor, setup: Setup) -> None:
    while True:
        match line.choice("country", "dial tone", "attenuation", "noise", "echo", *SERVICES):
            case "country":
                setup.country = line.word("a country such as us")
            case "dial tone":
                setup.dial_tone = tone(line)
            case "attenuation":
                setup.attenuation_db = _decibels(line, "dB")
            case "noise":
                setup.noise_dbm0 = _decibels(line, "dBm0")
            case "echo":
                setup.echo_db = _decibels(line, "dB")
            case service:
                setup.services |= SERVICES[service](line)
        if not line.take_comma():
            return


def _trunk(line: LineCursor, setup: Setup) -> None:
    known = [trunk.name for trunk in setup.office.trunks] if setup.office else []
    services = setup.trunk_services.setdefault(line.name(known, "a trunk of the office"), {})
    while True:
        services |= SERVICES[line.choice(*SERVICES)](line)
        if not line.take_comma():
            return


BEHAVIOURS = {
    "is busy": "busy",
    "rings out": "rings-out",
    "is a cell phone": "cell",
    "cannot be reached": "unreachable",
    "is lifted in a pocket": "pocket",
    "is a fax machine": "fax",
    "is not in service": "not-in-service",
    "is behind busy circuits": "circuits-busy",
    "is behind circuits announced busy": "circuits-announced",
    "answers": "answers",
}


def not_twice(
    line: LineCursor, number: str, outsiders: Mapping[str, Outsider], trunk_numbers: Collection[str], column: int
) -> None:
    """Fail if this number has a telephone already."""
    if number in trunk_numbers:
        line.fail(f"{number} is a line of the office", column=column)
    for name, outsider in outsiders.items():
        if outsider.number == number:
            line.fail(f"{number} is the number of {name} already", column=column)


def _outside(line: LineCursor, setup: Setup) -> None:
    column = line.column
    name = line.word("a name")
    if not name[:1].isupper():
        line.fail("the name of somebody outside begins with a capital", name.capitalize(), column)
    if name in setup.outsiders:
        line.fail(f"{name} is outside already", column=column)
    column = line.column
    number = line.telephone_number("a telephone number")
    trunks = setup.office.trunks if setup.office is not None else ()
    not_twice(line, number, setup.outsiders, [trunk.number for trunk in trunks], column)
    caller_name = line.caller_name("a name")
    presented: Presented = "private" if line.take("private") else "shown"
    behaviour, after = "manual", None
    if not line.over:
        behaviour = BEHAVIOURS[line.choice(*BEHAVIOURS)]
        if line.take("after") or line.take("with voicemail after"):
            after = line.duration()
    setup.outsiders[name] = Outsider(name, number, caller_name, presented, behaviour, after)


def _prompts(line: LineCursor, setup: Setup) -> None:
    line.expect("cut off after")
    setup.longest_prompt_s = line.duration()


def _contact(line: LineCursor, setup: Setup) -> None:
    """Read by the same rules as `copperdesk contact`, which tell what is wrong."""
    column = line.column
    fields: dict[str, object] = {"number": line.word("a number, or how numbers begin, as 407*")}
    fields["name"] = line.quoted("a name")
    while not line.over:
        match line.choice("rank", "language"):
            case "rank":
                fields["rank"] = int(line.number_of("a rank"))
            case _:
                fields["language"] = line.word("the code of a language")
    _add(line, column, lambda: setup.contacts.append(read_entry(Contact, fields)))


def _blocked(line: LineCursor, setup: Setup) -> None:
    column = line.column
    fields: dict[str, object] = {"caller": line.word("a number, private or unavailable")}
    if not line.over:
        fields["gets"] = line.choice(*(gets.value for gets in Gets))
    _add(line, column, lambda: setup.blocked.append(read_entry(Blocked, fields)))


def _flips(read: Callable[[LineCursor, Office], Flipped]) -> Callable[[LineCursor, Setup], None]:
    """A setting that lets a switch stand somewhere. An office that cannot be read is told of elsewhere."""

    def setting(line: LineCursor, setup: Setup) -> None:
        if setup.office is None:
            line.rest()
            return
        switch, at = read(line, setup.office)
        setup.switches[switch] = at

    return setting


def _add(line: LineCursor, column: int, add: Callable[[], None]) -> None:
    try:
        add()
    except EntryErrors as error:
        line.fail(str(error), column=column)


def _decibels(line: LineCursor, unit: str) -> float:
    value = line.number_of("a level")
    if not line.take(unit.lower()):
        line.fail(f"{unit} is expected after the number")
    return value


SETTINGS = (
    Setting("scenario", "scenario: A patient leaves a message for Maria", "What the scenario shows.", _scenario),
    Setting(
        "office",
        "office people.maria.ring_seconds = 8",
        "The office's document, as `office: FILE` (beside the scenario, or a name in examples/offices), or one value "
        "in it: people, stations and trunks are found by their id or name. `office is broken` spoils the document.",
        _office,
    ),
    Setting("at", "at: Tuesday 2026-03-03 09:15", "When it begins, by the office's clock.", _at),
    Setting(
        "exchange",
        "exchange: country us, ending loop-break, attenuation 6 dB, noise -60 dBm0, echo 18 dB",
        "The telephone network around: its country (the office's, if not given), how it tells that the far end has "
        "gone, and what the lines do to the sound. `caller ID without names` is the older service. The far end's going "
        'may be told by any tone, in Hz and seconds on/off: `ending tone "480+620: 0.35/0.35"`, and so may its '
        'dial tone be: `dial tone "2x350+440: 0.1/0.1 then 350+440"`. `ring 0.8/0.4/0.8/4` is a distinctive ring. '
        "What it does for its lines, see `trunk`, is said here for all of them.",
        _exchange,
    ),
    Setting(
        "trunk",
        "trunk line 2 ending silence, without transfer, flash 300ms to 1s, recall dial tone after 2s",
        "What the exchange does for this one line: how it tells that the far end has gone (`ending`), and what a hook "
        "flash does there, which docs/lines.md tells. `without three-way` it means nothing; `without transfer` nobody "
        "is joined by hanging up; `flash 300ms to 1s` is as long as one may be, a shorter one being ignored and a "
        "longer one a hang-up; `recall dial tone after 2s` is late; `without recall dial tone` digits are taken in "
        "silence, and with `nothing behind a flash` not even they are; `calls kept for 10s` is calling-party control.",
        _trunk,
    ),
    Setting(
        "prompts",
        "prompts cut off after 400ms",
        "Each of the unit's prompts breaks off after so long, so that long stretches of time are played more quickly.",
        _prompts,
    ),
    Setting(
        "contact",
        'contact 4075550123 "Jane Roe" rank 5 language sv',
        "Somebody outside whom the office knows, by number or by how numbers begin (`407*`).",
        _contact,
    ),
    Setting(
        "blocked",
        "blocked 4075550123 challenge",
        "Who is on the block list, by number, by how numbers begin, `private` or `unavailable`, and what such a caller "
        "gets: `refusal` (if not said), `ringing`, `voicemail` or `challenge`.",
        _blocked,
    ),
    Setting(
        "do-not-disturb",
        "do-not-disturb maria",
        "A person of the office does not want to be disturbed, as by the code on the telephone.",
        _flips(do_not_disturb),
    ),
    Setting(
        "forwarding",
        "forwarding maria always 95551234",
        "Where a person's calls go, as by the code: `never`, `always`, `busy`, `no-answer`, `unreached` or "
        "`with-desk`, and the number as a telephone of the office dials it. Without a number, to the cell phone.",
        _flips(forwarding),
    ),
    Setting("away", "away maria", "A person of the office is away, as by the code on the telephone.", _flips(away)),
    Setting(
        "logged-out",
        "logged-out maria sales",
        "The calls of a department do not ring this member, as by the code on the telephone.",
        _flips(logged_out),
    ),
    Setting(
        "outside",
        'outside Bob 4075550199 "Bob Roe" answers after 6s',
        "Somebody outside with a telephone, perhaps with a name, and perhaps `private`. Called, he `answers after 6s`, "
        "`is busy`, `rings out`, `is a cell phone with voicemail after 15s`, `cannot be reached` (which the network "
        "says in his place), `is lifted in a pocket after 6s` (and rustles), `is a fax machine`, `is not in service`, "
        "`is behind busy circuits` (reorder) or `is behind circuits announced busy`; with none of these he acts by the "
        "steps.",
        _outside,
    ),
)
