"""The verbs of the language: how each line that does or expects something is read.

A verb is written after its subject (`Jane calls …`), except those which are their own subject (`wait 5s`, `led is
lit`). Each has an example and a meaning for `docs/scenarios.md`; a test checks that the page tells of all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import get_args

from appliance.scenario import actions as act
from appliance.scenario.line import Line
from appliance.scenario.names import Names
from appliance.scenario.settings import Outsider

KEYS = "0123456789*#ABCD"
QUICK_MS, SLOW_MS = 50.0, 300.0


class Subject(Enum):
    """Who can be the subject of a verb."""

    PARTY = "a caller or a telephone"
    OUTSIDE = "somebody outside"
    TELEPHONE = "a telephone of the office"
    TRUNK = "a trunk"
    NONE = "nobody: the line begins with the verb"


@dataclass(frozen=True, slots=True)
class Verb:
    words: str
    subject: Subject
    example: str
    meaning: str
    read: Callable[[Line, str, Names], act.Action]


def _calls(line: Line, who: str, names: Names) -> act.Action:
    column = line.column
    number = line.digits("a telephone number")
    if line.take("from"):
        own = line.digits("the caller's number")
        caller_name = line.quoted("the caller's name") if line.is_quoted() else ""
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
        names.outsiders.setdefault(who, Outsider(who, own, caller_name, presented))
    elif who not in names.outsiders:
        line.fail(f"{who} has no number yet: say where {who} calls from", f'from 4075550123 "{who}"')
    return act.Calls(who, number)


def _presses(line: Line, who: str, _: Names) -> act.Action:
    digits = line.digits("the keys", KEYS)
    if line.take("quickly"):
        return act.Presses(who, digits, QUICK_MS, QUICK_MS)
    if line.take("slowly"):
        return act.Presses(who, digits, SLOW_MS, 2 * SLOW_MS)
    if line.take("for"):
        return act.Presses(who, digits, line.duration() * 1000)
    if line.take("with an echo after"):
        return act.Presses(who, digits, echo_ms=line.duration() * 1000)
    return act.Presses(who, digits)


def _dials(line: Line, who: str, _: Names) -> act.Action:
    digits = line.digits("the digits", KEYS)
    return act.Dials(who, digits, line.take("by pulse"))


def _flashes(line: Line, who: str, _: Names) -> act.Action:
    return act.Flashes(who, round(line.duration() * 1000) if line.take("for") else None)


def _sends_fax(line: Line, who: str, _: Names) -> act.Action:
    return act.SendsFaxTone(who, line.duration() if line.take("for") else 10.0)


def _wait(line: Line, _who: str, _names: Names) -> act.Action:
    if line.take("until"):
        column = line.column
        written = line.word("a time of day")
        try:
            return act.WaitsUntil(datetime.strptime(written, "%H:%M").time())  # noqa: DTZ007 - the office's clock
        except ValueError:
            line.fail(f"{written!r} is no time of day such as 17:30", column=column)
    return act.Waits(line.duration())


def _fault(kind: act.FaultKind) -> Callable[[Line, str, Names], act.Action]:
    return lambda line, who, names: act.Fault(who, kind)


def _within(line: Line, usual: float) -> float:
    line.take_comma()
    return line.duration() if line.take("within") else usual


def _sound(line: Line) -> act.Sound:
    if line.is_quoted():
        return act.Words(line.quoted("the words"))
    if line.take("digits") or line.take("digit"):
        return act.DigitsHeard(line.digits("the digits", KEYS))
    line.take("a")
    names: tuple[act.ToneName, ...] = get_args(act.ToneName)
    name = line.choice(*names)
    return act.Tone(next(one for one in names if one == name))


def _hears(line: Line, who: str, _: Names) -> act.Action:
    if line.take("silence") or line.take("nothing"):
        seconds = line.duration() if line.take("for") else act.WATCH
        return act.HearsSilence(who, seconds, _within(line, act.PATIENCE))
    sound = _sound(line)
    return act.Hears(who, sound, _within(line, act.PATIENCE))


def _starts_to_hear(line: Line, who: str, _: Names) -> act.Action:
    sound = _sound(line)
    return act.Hears(who, sound, _within(line, act.PATIENCE), whole=False)


def _hears_not(line: Line, who: str, _: Names) -> act.Action:
    sound = _sound(line)
    line.take_comma()
    return act.HearsNot(who, sound, line.duration() if line.take("for") else act.WATCH)


def _rings(line: Line, who: str, _: Names) -> act.Action:
    within, showing = act.PATIENCE, None
    while not line.over:
        line.take_comma()
        if line.choice("within", "showing") == "within":
            within = line.duration()
            continue
        if line.take("private"):
            showing = act.CallerShown(presented="private")
        elif line.take("unavailable"):
            showing = act.CallerShown(presented="unavailable")
        elif line.take("no caller ID"):
            showing = act.CallerShown(presented="none")
        else:
            number = "" if line.is_quoted() else line.digits("a number")
            showing = act.CallerShown(number, line.quoted("a name") if line.is_quoted() else "")
    return act.Rings(who, within, showing)


def _rings_not(line: Line, who: str, _: Names) -> act.Action:
    return act.RingsNot(who, line.duration() if line.take("for") else act.WATCH)


def _trunk_is(off_hook: bool) -> Callable[[Line, str, Names], act.Action]:
    return lambda line, who, names: act.TrunkIs(who, off_hook, _within(line, act.SETTLING))


def _led(line: Line, _who: str, _names: Names) -> act.Action:
    lit = line.choice("lit", "dark") == "lit"
    return act.LedIs(lit, _within(line, act.SETTLING))


def _lamp(line: Line, _who: str, names: Names) -> act.Action:
    telephone = names.telephone(line)
    line.expect("is")
    lit = line.choice("lit", "dark") == "lit"
    return act.LampIs(telephone, lit, _within(line, act.SETTLING))


def _mailbox(line: Line, _who: str, names: Names) -> act.Action:
    person = line.name(names.people, "a person of the office")
    line.expect("has")
    count = 0 if line.take("no") else int(line.digits("how many messages"))
    new = line.choice("new", "saved") == "new"
    line.choice("message", "messages")
    length, caller = None, None
    if line.take("of about"):
        about = line.duration()
        length = (about - max(0.5, about / 5), about + max(0.5, about / 5))
    elif line.take("of"):
        shortest = line.duration()
        line.expect("to")
        length = (shortest, line.duration())
    if line.take("from"):
        caller = "private" if line.take("private") else "unknown" if line.take("unknown") else line.digits("a number")
    return act.MailboxHas(person, count, new, length, caller, _within(line, act.SETTLING))


LOG_FACTS = {
    "from": "caller_number",
    "named": "caller_name",
    "dialled": "called",
    "reached": "reached",
    "outcome": "outcome",
    "cause": "cause",
    "direction": "direction",
    "on": "line",
}


def _log_shows(line: Line, _who: str, names: Names) -> act.Action:
    token = line.peek()
    if token is not None and token.value.isdigit():
        calls = int(line.digits("how many calls"))
        line.choice("call", "calls")
        return act.LogCounts(calls, _within(line, act.SETTLING))
    facts = []
    within = act.SETTLING
    while not line.over:
        match line.choice("within", *LOG_FACTS):
            case "within":
                within = line.duration()
            case "reached":
                facts.append(("reached", "" if line.take("nobody") else line.name(names.people, "a person")))
            case "on":
                facts.append(("line", line.name([*names.trunks, *names.telephones], "a line of the office")))
            case word:
                value = line.quoted("a text", empty=True) if line.is_quoted() else line.word("a value")
                facts.append((LOG_FACTS[word], value))
        line.take_comma()
    if not facts:
        line.fail(f"the log shows what? one of {', '.join(LOG_FACTS)} is expected here")
    return act.LogShows(tuple(facts), within)


def _reports(line: Line, _who: str, _names: Names) -> act.Action:
    return act.FaultShown(line.quoted("words of the fault"), _within(line, act.SETTLING))


def _outside(make: Callable[[str], act.Action]) -> Callable[[Line, str, Names], act.Action]:
    return lambda line, who, names: make(who)


VERBS = (
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
        "`for 45ms`: each tone so long; `with an echo after 40ms`: each comes twice, as cellular networks do.",
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
        "Plays a WAV file, found beside the scenario, into the telephone.",
        lambda line, who, names: act.Plays(who, line.quoted("a file") if line.is_quoted() else line.word("a file")),
    ),
    Verb(
        "sends fax calling tone",
        Subject.PARTY,
        "Jane sends fax calling tone for 10s",
        "Sends CNG, as a fax machine that calls.",
        _sends_fax,
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
    Verb(
        "hears",
        Subject.PARTY,
        'Jane hears "Thank you for calling" within 8s',
        "Waits until all of these words have been heard, or this tone: dial tone, stutter dial tone, recall dial "
        "tone, ringback, busy tone, reorder tone, special information tone, howler, beep, fax calling tone, fax "
        "answer tone, `digits 12`, `speech` (words nobody knows) or `an echo` (of its own words). `hears silence for "
        "5s` waits for so much silence.",
        _hears,
    ),
    Verb(
        "starts to hear",
        Subject.PARTY,
        'Jane starts to hear "Thank you for calling"',
        "The same, but met as soon as the words have begun; the next line can interrupt them.",
        _starts_to_hear,
    ),
    Verb(
        "does not hear",
        Subject.PARTY,
        'front desk does not hear "press 1" for 5s',
        "Waits so long, in which it must not be heard.",
        _hears_not,
    ),
    Verb(
        "rings",
        Subject.PARTY,
        'front desk rings within 6s, showing 4075550123 "Jane Roe"',
        "Waits until the telephone rings, and, if asked, until it has shown this caller ID, decoded by the telephone "
        "itself: a number, a name, `private`, `unavailable` or `no caller ID`.",
        _rings,
    ),
    Verb(
        "does not ring", Subject.PARTY, "surgery does not ring for 10s", "Waits so long, without any ring.", _rings_not
    ),
    Verb(
        "stops ringing",
        Subject.PARTY,
        "front desk stops ringing within 8s",
        "Waits until the telephone rings no more.",
        lambda line, who, names: act.StopsRinging(who, _within(line, act.PATIENCE)),
    ),
    Verb(
        "sees a loop break",
        Subject.PARTY,
        "front desk sees a loop break",
        "Waits until battery was taken off the telephone for a moment: the far end has gone.",
        lambda line, who, names: act.SeesLoopBreak(who, _within(line, act.PATIENCE)),
    ),
    Verb("is idle", Subject.TRUNK, "line 2 is idle within 2s", "Waits until the trunk is on hook.", _trunk_is(False)),
    Verb("is in use", Subject.TRUNK, "line 2 is in use", "Waits until the trunk is off hook.", _trunk_is(True)),
    Verb("led is", Subject.NONE, "led is lit", "The unit's message lamp is `lit` or `dark`.", _led),
    Verb("lamp of", Subject.NONE, "lamp of front desk is lit", "The lamp of this telephone is.", _lamp),
    Verb(
        "mailbox",
        Subject.NONE,
        "mailbox maria has 1 new message of 4s to 6s from 4075550123",
        "The messages on disk: how many are `new` or `saved`, how long each is (`of 4s to 6s`, `of about 5s`), and "
        "from whom (a number, `private` or `unknown`).",
        _mailbox,
    ),
    Verb(
        "log shows",
        Subject.NONE,
        "log shows: from 4075550123, reached maria, outcome connected",
        "The call log holds a finished call that says all of this: from, named, dialled, reached (or `reached "
        "nobody`), outcome, cause, direction, on. `log shows 4 calls` counts them.",
        _log_shows,
    ),
    Verb(
        "the office reports",
        Subject.NONE,
        'the office reports "document"',
        "A fault that is shown to the owner holds these words.",
        _reports,
    ),
    Verb(
        "everything is idle",
        Subject.NONE,
        "everything is idle",
        "All trunks are on hook and nothing rings; no call is going on.",
        lambda line, who, names: act.EverythingIdle(_within(line, act.SETTLING)),
    ),
)
