"""The verbs that do something."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from appliance.scenario import actions as act
from appliance.scenario.line import LineCursor
from appliance.scenario.names import Names
from appliance.scenario.panelactions import NightButton
from appliance.scenario.settings import Outsider, not_twice
from appliance.scenario.verb import Subject, Verb
from hw.sip.digits import KEYS

QUICK_MS, SLOW_MS = 50.0, 300.0
MOST_FAX_PAGES = 20
LONGEST_SOUND_SECONDS = 600.0
"""The longest that a key or a tone may sound, as long as a sound file."""

BRIEFLY_S = 0.2
"""How long somebody presses a button who has no reason to hold it."""


def _calls(line: LineCursor, who: str, names: Names) -> act.StepAction:
    column = line.column
    number = line.digits("a telephone number")
    if line.take("from"):
        own_column = line.column
        own = line.telephone_number("the caller's number")
        caller_name = line.caller_name("the caller's name")
        presented: act.Presented = "shown"
        if line.take("private"):
            presented = "private"
        elif line.take("unavailable"):
            presented = "unavailable"
        elif line.take("without caller ID"):
            presented = "none"
        known = names.outsiders.get(who)
        if known is not None and known.number != own:
            line.fail(f"{who} has the number {known.number} already", known.number, column)
        if known is None:
            not_twice(line, own, names.outsiders, names.trunk_numbers, own_column)
        names.outsiders.setdefault(who, Outsider(who, own, caller_name, presented))
    elif who not in names.outsiders:
        line.fail(f"{who} has no number yet: say where {who} calls from", f'from 4075550123 "{who}"')
    return act.Calls(who, number)


def _presses(line: LineCursor, who: str, _: Names) -> act.StepAction:
    digits = line.digits("the keys", KEYS)
    if line.take("quickly"):
        return act.Presses(who, digits, QUICK_MS, QUICK_MS)
    if line.take("slowly"):
        return act.Presses(who, digits, SLOW_MS, 2 * SLOW_MS)
    if line.take("for"):
        return act.Presses(who, digits, line.duration(LONGEST_SOUND_SECONDS) * 1000)
    if line.take("with an echo after"):
        return act.Presses(who, digits, echo_ms=line.duration(LONGEST_SOUND_SECONDS) * 1000)
    if line.take("over a cellular network"):
        return act.Presses(who, digits, cellular=True)
    return act.Presses(who, digits)


def _dials(line: LineCursor, who: str, _: Names) -> act.StepAction:
    digits = line.digits("the digits", KEYS)
    return act.Dials(who, digits, line.take("by pulse"))


def _flashes(line: LineCursor, who: str, _: Names) -> act.StepAction:
    return act.Flashes(who, round(line.duration() * 1000) if line.take("for") else None)


def _sends_fax(line: LineCursor, who: str, _: Names) -> act.StepAction:
    return act.SendsFaxTone(who, line.duration(LONGEST_SOUND_SECONDS) if line.take("for") else 10.0)


def _sends_a_fax(line: LineCursor, who: str, _: Names) -> act.StepAction:
    pages = 1
    if line.take("of"):
        pages = int(line.digits("how many pages"))
        if not 1 <= pages <= MOST_FAX_PAGES:
            line.fail(f"a fax has 1 to {MOST_FAX_PAGES} pages here")
        line.choice("page", "pages")
    return act.SendsFax(who, pages, line.digits("the sub-address") if line.take("for") else "")


def _wait(line: LineCursor, _who: str, _names: Names) -> act.StepAction:
    if line.take("until"):
        column = line.column
        written = line.word("a time of day")
        try:
            return act.WaitsUntil(datetime.strptime(written, "%H:%M").time())  # noqa: DTZ007 - the office's clock
        except ValueError:
            line.fail(f"{written!r} is no time of day such as 17:30", column=column)
    return act.Waits(line.duration())


def _for(line: LineCursor) -> float:
    line.expect("for")
    return line.duration()


def _circuits(line: LineCursor, _who: str, _names: Names) -> act.StepAction:
    prefix = line.digits("how the numbers begin")
    return act.Circuits(prefix, line.choice("are busy", "are free") == "are busy")


def _fault(kind: act.FaultKind) -> Callable[[LineCursor, str, Names], act.StepAction]:
    return lambda line, who, names: act.Fault(who, kind)


def _outside(make: Callable[[str], act.StepAction]) -> Callable[[LineCursor, str, Names], act.StepAction]:
    return lambda line, who, names: make(who)


ACT_VERBS = (
    Verb(
        "calls",
        Subject.OUTSIDE,
        'Jane calls 5550100 from 4075550123 "Jane Roe"',
        "Lifts, waits for dial tone and dials. The first time it says `from` which number, perhaps with a name, and "
        "perhaps `private`, `unavailable` or `without caller ID`.",
        _calls,
    ),
    Verb("lifts", Subject.PARTY, "front desk lifts", "Takes the telephone off hook.", _outside(act.Lifts)),
    Verb("answers", Subject.PARTY, "Bob answers", "The same, said of a telephone that rings.", _outside(act.Lifts)),
    Verb(
        "is left off hook",
        Subject.PARTY,
        "front desk is left off hook",
        "The same, said of a telephone nobody uses.",
        _outside(act.Lifts),
    ),
    Verb("hangs up", Subject.PARTY, "Jane hangs up", "Puts the telephone on hook.", _outside(act.HangsUp)),
    Verb(
        "flashes",
        Subject.PARTY,
        "front desk flashes for 500ms",
        "Presses the hook for a moment; without `for`, as long as the country's telephones do.",
        _flashes,
    ),
    Verb(
        "presses",
        Subject.PARTY,
        "Jane presses 101",
        "Sends keys as tones of 100 ms with pauses of 100 ms. `quickly`: 50 and 50; `slowly`: 300 and 600; "
        "`for 45ms`: each tone so long; `with an echo after 40ms`: each comes twice, as cellular networks do; `over a "
        "cellular network`: tones of 35 ms, the higher 6 dB weaker, coded as speech (GSM), each with an echo.",
        _presses,
    ),
    Verb(
        "dials",
        Subject.PARTY,
        "front desk dials 102 by pulse",
        "The same as `presses`, or by pulses of the hook.",
        _dials,
    ),
    Verb(
        "says",
        Subject.PARTY,
        'Jane says "Please call me back"',
        "Speaks, in a synthetic voice, and takes as long as that takes.",
        lambda line, who, names: act.Says(who, line.quoted("the words")),
    ),
    Verb(
        "plays",
        Subject.PARTY,
        "Jane plays hello.wav",
        "Plays a WAV file, found beside the scenario, into the telephone. Others hear it by the file's name: `hears "
        '"hello.wav"`.',
        lambda line, who, names: act.Plays(who, names.sound(line)),
    ),
    Verb(
        "sends fax calling tone",
        Subject.PARTY,
        "Jane sends fax calling tone for 10s",
        "Sends CNG, as a fax machine that calls.",
        _sends_fax,
    ),
    Verb(
        "sends a fax",
        Subject.PARTY,
        "Jane sends a fax of 2 pages for 102",
        "Is a fax machine: sends its tone, then short pages (1, if nothing is said), and hangs up. `for 102` is the "
        "sub-address that the machine tells.",
        _sends_a_fax,
    ),
    Verb(
        "waits",
        Subject.PARTY,
        "Jane waits 5s",
        "Nothing is done for so long.",
        lambda line, who, names: act.Waits(line.duration()),
    ),
    Verb(
        "stays silent for",
        Subject.PARTY,
        "Jane stays silent for 30s",
        "The same.",
        lambda line, who, names: act.Waits(line.duration()),
    ),
    Verb("wait", Subject.NONE, "wait until 17:30", "Lets time pass: `wait 5s`, or to a time of day.", _wait),
    Verb(
        "the power fails",
        Subject.NONE,
        "the power fails for 10s",
        "The unit loses its power at this moment, and is started again after so long with what is on its disk.",
        lambda line, who, names: act.PowerFails(_for(line)),
    ),
    Verb(
        "press the night button",
        Subject.NONE,
        "press the night button for 3s",
        "Presses the unit's button for night mode (`panel.night_button`), briefly unless a time is said.",
        lambda line, who, names: NightButton(line.duration() if line.take("for") else BRIEFLY_S),
    ),
    Verb(
        "circuits to",
        Subject.NONE,
        "circuits to 4075550 are busy",
        "All circuits to the numbers that begin like this are busy from now on, or `are free` again.",
        _circuits,
    ),
    Verb("is cut", Subject.TRUNK, "line 2 is cut", "The line is unplugged.", _fault("cut")),
    Verb("is restored", Subject.TRUNK, "line 2 is restored", "The line is plugged in again.", _fault("restore")),
    Verb(
        "breaks briefly",
        Subject.TRUNK,
        "line 2 breaks briefly",
        "Battery is gone for 100 ms, without meaning anything.",
        _fault("break"),
    ),
    Verb(
        "has a noise burst",
        Subject.TRUNK,
        "line 2 has a noise burst",
        "For a second the line is 40 dB noisier than usual.",
        _fault("noise"),
    ),
    Verb(
        "is taken by another telephone",
        Subject.TRUNK,
        "line 2 is taken by another telephone",
        "A telephone on the same pair, in front of the unit, is lifted.",
        _fault("in-use"),
    ),
    Verb("is free again", Subject.TRUNK, "line 2 is free again", "It is hung up again.", _fault("free")),
)
