"""The verbs that expect something."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

from appliance.scenario import actions as act
from appliance.scenario.line import LineCursor
from appliance.scenario.names import Names
from appliance.scenario.panelactions import BuzzerTells, LampIs
from appliance.scenario.verb import Subject, Verb
from hw.nearest import nearest
from hw.panel.buzzer import Beeps
from hw.sip.digits import KEYS

OWNER = "a person or department"
"""As whom a mailbox, or whoever was reached, is named."""

BUZZER = {"rings": Beeps.RINGING, "beeps once": Beeps.DONE, "beeps three times": Beeps.FAULT, "is silent": None}
"""What is said of the buzzer, and what it tells then."""


def _within(line: LineCursor, usual: float) -> float:
    line.take_comma()
    return line.duration() if line.take("within") else usual


def _sound(line: LineCursor) -> act.Audible:
    if line.is_quoted():
        return act.SpokenWords(line.quoted("the words"))
    if line.take("digits") or line.take("digit"):
        return act.DigitsHeard(line.digits("the digits", KEYS))
    line.take("a")
    names: tuple[act.ToneName, ...] = get_args(act.ToneName)
    rest = line.unread()
    if len(rest.split()) > 1 and not any(nearest(rest.split()[0], name.split()) for name in names):
        line.fail("words that are heard stand in quotation marks", f'"{rest}"')
    name = line.choice(*names)
    return act.NamedTone(next(one for one in names if one == name))


def _hears(line: LineCursor, who: str, _: Names) -> act.StepAction:
    if line.take("silence") or line.take("nothing"):
        seconds = line.duration() if line.take("for") else act.WATCH
        return act.HearsSilence(who, seconds, _within(line, act.PATIENCE))
    sound = _sound(line)
    return act.Hears(who, sound, _within(line, act.PATIENCE))


def _starts_to_hear(line: LineCursor, who: str, _: Names) -> act.StepAction:
    sound = _sound(line)
    return act.Hears(who, sound, _within(line, act.PATIENCE), whole=False)


def _hears_not(line: LineCursor, who: str, _: Names) -> act.StepAction:
    sound = _sound(line)
    line.take_comma()
    return act.HearsNot(who, sound, line.duration() if line.take("for") else act.WATCH)


def _rings(line: LineCursor, who: str, _: Names) -> act.StepAction:
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


def _rings_not(line: LineCursor, who: str, _: Names) -> act.StepAction:
    return act.RingsNot(who, line.duration() if line.take("for") else act.WATCH)


def _trunk_is(off_hook: bool) -> Callable[[LineCursor, str, Names], act.StepAction]:
    return lambda line, who, names: act.TrunkIs(who, off_hook, _within(line, act.SETTLING))


def _led(line: LineCursor, _who: str, _names: Names) -> act.StepAction:
    lit = line.choice("lit", "dark") == "lit"
    return act.LedIs(lit, _within(line, act.SETTLING))


def _buzzer(line: LineCursor, _who: str, _names: Names) -> act.StepAction:
    told = line.choice(*BUZZER)
    return BuzzerTells(BUZZER[told], _within(line, act.SETTLING))


def _lamp(line: LineCursor, _who: str, names: Names) -> act.StepAction:
    telephone = names.telephone(line)
    line.expect("is")
    lit = line.choice("lit", "dark") == "lit"
    return LampIs(telephone, lit, _within(line, act.SETTLING))


def _mailbox(line: LineCursor, _who: str, names: Names) -> act.StepAction:
    person = line.name(names.mailboxes, OWNER)
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


def _fax_box(line: LineCursor, _who: str, names: Names) -> act.StepAction:
    owner = line.name(names.mailboxes, OWNER)
    line.expect("has")
    count = 0 if line.take("no") else int(line.digits("how many faxes"))
    new = line.choice("new", "seen") == "new"
    line.choice("fax", "faxes")
    pages = None
    if line.take("of"):
        pages = int(line.digits("how many pages"))
        line.choice("page", "pages")
    return act.FaxBoxHas(owner, count, new, pages, _within(line, act.SETTLING))


def _is_not_left_in_silence(line: LineCursor, who: str, _names: Names) -> act.StepAction:
    line.expect("of")
    longest = line.duration()
    line.expect("for")
    return act.IsNotLeftInSilence(who, longest, line.duration())


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


def _log_shows(line: LineCursor, _who: str, names: Names) -> act.StepAction:
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
                facts.append(("reached", "" if line.take("nobody") else line.name(names.mailboxes, OWNER)))
            case "on":
                facts.append(("line", line.name([*names.trunks, *names.telephones], "a line of the office")))
            case word:
                value = line.quoted("a text", empty=True) if line.is_quoted() else line.word("a value")
                facts.append((LOG_FACTS[word], value))
        line.take_comma()
    if not facts:
        line.fail(f"the log shows what? one of {', '.join(LOG_FACTS)} is expected here")
    return act.LogShows(tuple(facts), within)


def _reports(line: LineCursor, _who: str, _names: Names) -> act.StepAction:
    return act.FaultShown(line.quoted("words of the fault"), _within(line, act.SETTLING))


EXPECT_VERBS = (
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
        "is not left in silence",
        Subject.PARTY,
        "Jane is not left in silence of 4s for 20s",
        "Watches for so long that no silence of the first length is heard. One that began before counts from the "
        "party's last act on.",
        _is_not_left_in_silence,
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
    Verb(
        "buzzer",
        Subject.NONE,
        "buzzer beeps once within 2s",
        "What the unit's buzzer (`panel.buzzer`) tells: it `rings`, `beeps once` (a button has done something), `beeps "
        "three times` (something is wrong), or `is silent`.",
        _buzzer,
    ),
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
        "fax box",
        Subject.NONE,
        "fax box maria has 1 new fax of 2 pages",
        "The faxes on disk: how many are `new` or `seen`, and how many whole pages each has. The box of whoever has "
        "the office's mailbox is the office's.",
        _fax_box,
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
