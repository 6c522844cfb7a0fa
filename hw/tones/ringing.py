"""How a telephone is rung: ring voltage by a cadence, with caller ID where the country puts it.

Sans I/O. `ringing` yields steps `(wait, action)`: wait so many seconds, then do the action on the line. It never
ends; whoever carries it out stops when the telephone is lifted or the caller gives up. The simulated exchange rings
trunks and telephones with it, and an FXS driver its telephones.

The times, in seconds unless their names say ms, are explained in docs/lines.md under "Caller ID".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

from hw.audio import Samples, seconds_of
from hw.callerid.coding import Absence, CallerId, encode_dtmf, encode_jclip, encode_mdmf, encode_sdmf
from hw.callerid.fsk import Fsk, alert_samples, fsk_samples
from hw.dsp.dtmf import dtmf_samples
from hw.linecard import Cadence
from hw.tones.toneplan import TonePlan

AFTER_FIRST_RING_S = 0.6
BEFORE_NEXT_RING_S = 0.3
REVERSAL_TO_DATA_S = 0.3
DTAS_MS = 100
DTAS_TO_DATA_S = 0.15
DATA_TO_FIRST_RING_S = 0.4
OPEN_INTERVAL_S = 0.25
OPEN_INTERVAL_TO_DATA_S = 0.3
DTMF_DIGIT_MS = 70
"""The length of each digit, and of the pause after it."""
MESSAGE_DBM0 = -13.5
OFF_HOOK_MARK_BITS = 80
"""In front of a message to a telephone off hook, which has no channel seizure."""
LONGEST_SENT_NUMBER = 20
"""Characters, as those of the two names below; what is longer is cut off."""
LONGEST_SENT_NAME_BELL202 = 15
LONGEST_SENT_NAME = 20


@dataclass(frozen=True, slots=True)
class RingVoltage:
    """Apply ring voltage, or take it away."""

    on: bool


@dataclass(frozen=True, slots=True)
class Polarity:
    """Reverse the battery, or put it back to normal."""

    reversed: bool


@dataclass(frozen=True, slots=True)
class BatteryStep:
    """Take the battery away, or give it back."""

    on: bool


@dataclass(frozen=True, slots=True, eq=False)
class Send:
    """Send these samples to the telephone on hook. The next wait begins when they end."""

    samples: Samples


@dataclass(frozen=True, slots=True, eq=False)
class SendWhenAnswered:
    """Japan: ring 0.5 s on, 0.5 s off until the terminal closes the loop (6 s at most), send, wait until it opens."""

    samples: Samples


LineAction = RingVoltage | Polarity | BatteryStep | Send | SendWhenAnswered
TimedAction = tuple[float, LineAction]


def caller_id_samples(plan: TonePlan, caller_id: CallerId, *, number_only: bool = False) -> Samples:
    """The caller ID as it goes down the line in this country, as much of it as fits there.

    number_only: the older service without a name, where FSK is sent: a single-data message (SDMF).
    """
    caller_id = _fitting(plan, caller_id)
    encode = encode_sdmf if number_only else encode_mdmf
    match plan.caller_id.method:
        case "dtmf":
            digits = encode_dtmf(caller_id, plan.caller_id.dtmf_variant)
            return dtmf_samples(digits, plan.dtmf_low_dbm0, plan.dtmf_high_dbm0, DTMF_DIGIT_MS, DTMF_DIGIT_MS)
        case "jclip":
            return fsk_samples(encode_jclip(caller_id), Fsk.JCLIP, MESSAGE_DBM0, mark_bits=75)
        case "v23":
            return fsk_samples(encode(caller_id), Fsk.V23, MESSAGE_DBM0)
        case _:
            return fsk_samples(encode(caller_id), Fsk.BELL202, MESSAGE_DBM0)


def ringing(plan: TonePlan, cadence: Cadence, data: Samples | None = None) -> Iterator[TimedAction]:
    """The steps of ringing with this cadence, sending `data` (see `caller_id_samples`) where the plan puts it."""
    after_first = data is not None and plan.caller_id.place == "after-first-ring"
    wait = 0.0
    if data is not None and not after_first:
        yield from _before_ring(plan, data)
        wait = DATA_TO_FIRST_RING_S
        if plan.caller_id.alert != "none":
            yield wait, Polarity(False)
            wait = 0.0
    wait = yield from _cycle(cadence, wait, data if after_first else None)
    while True:
        wait = yield from _cycle(cadence, wait, None)


def waiting_caller_samples(plan: TonePlan, caller_id: CallerId) -> Samples:
    """The caller ID of a call that waits, as it goes to a telephone off hook, whatever is sent on hook here."""
    standard = Fsk.BELL202 if plan.caller_id.method == "bell202" else Fsk.V23
    message = encode_mdmf(_fitting(plan, caller_id))
    return fsk_samples(message, standard, MESSAGE_DBM0, seizure_bits=0, mark_bits=OFF_HOOK_MARK_BITS)


def message_waiting_steps(plan: TonePlan, message: bytes) -> Iterator[TimedAction]:
    """Tell a telephone on hook about message waiting: an open interval, then the message, no ring."""
    standard = Fsk.BELL202 if plan.caller_id.method == "bell202" else Fsk.V23
    yield 0.0, BatteryStep(False)
    yield OPEN_INTERVAL_S, BatteryStep(True)
    yield OPEN_INTERVAL_TO_DATA_S, Send(fsk_samples(message, standard, MESSAGE_DBM0))


def _fitting(plan: TonePlan, caller_id: CallerId) -> CallerId:
    """Shortened to what displays take, without characters that cannot be sent. A number that is none is unavailable."""
    longest_name = LONGEST_SENT_NAME_BELL202 if plan.caller_id.method == "bell202" else LONGEST_SENT_NAME
    name = _in_latin_letters(caller_id.name)[:longest_name].rstrip()
    number = caller_id.number.encode("ascii", "ignore").decode("ascii")[:LONGEST_SENT_NUMBER]
    absence = caller_id.number_absence
    if plan.caller_id.method == "dtmf":
        number = "".join(filter(str.isdigit, number))
    if not number and absence is None and plan.caller_id.method in ("dtmf", "jclip"):
        absence = Absence.UNAVAILABLE
    return replace(caller_id, name=name, number=number, number_absence=absence)


def _before_ring(plan: TonePlan, data: Samples) -> Iterator[TimedAction]:
    match plan.caller_id.alert:
        case "data-call":
            yield 0.0, Polarity(True)
            yield REVERSAL_TO_DATA_S, SendWhenAnswered(data)
        case "reversal":
            yield 0.0, Polarity(True)
            yield REVERSAL_TO_DATA_S, Send(data)
        case "reversal-dtas":
            yield 0.0, Polarity(True)
            yield REVERSAL_TO_DATA_S, Send(alert_samples(DTAS_MS))
            yield DTAS_TO_DATA_S, Send(data)
        case _:
            yield 0.0, Send(data)


def _cycle(cadence: Cadence, wait: float, data: Samples | None) -> Generator[TimedAction, None, float]:
    """One ringing cycle, sending `data` in its longest pause. Returns what is left of its last pause.

    A pause too short for the data and the silences around it is stretched.
    """
    longest = max(range(1, len(cadence), 2), key=cadence.__getitem__)
    for index in range(0, len(cadence), 2):
        yield wait, RingVoltage(True)
        yield cadence[index], RingVoltage(False)
        wait = cadence[index + 1]
        if data is not None and index + 1 == longest:
            yield AFTER_FIRST_RING_S, Send(data)
            wait = max(BEFORE_NEXT_RING_S, wait - AFTER_FIRST_RING_S - seconds_of(data))
    return wait


def _in_latin_letters(name: str) -> str:
    """A name in the letters that caller ID has: others lose their marks, or become a question mark.

    Of a name in another script nothing could be read: there is none then, and the number is shown alone.
    """
    letters = [char if char < "\u0100" else unicodedata.normalize("NFKD", char) for char in name]
    plain = "".join(char for char in "".join(letters) if not unicodedata.combining(char))
    sent = plain.encode("latin-1", "replace").decode("latin-1")
    return sent if any(char.isalnum() for char in sent) else ""
