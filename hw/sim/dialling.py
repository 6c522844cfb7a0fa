"""What somebody who dials at the exchange is given: dial tone, patience for the digits, and announcements."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from hw.port.playing import SamplePlayer
from hw.sim.circuit import LineCircuit
from hw.sim.digits import DigitCollector
from hw.sim.numbering import DialledSoFar, NotPutThrough, Numbering
from hw.tones.toneplan import Tone, TonePlan

# The first four and the star codes are those of common office systems; exchanges of different makers differ widely.
FIRST_DIGIT_S = 16.0
"""Dial tone is given for so long."""
INTERDIGIT_S = 8.0
"""The interdigit timeout while the number is not complete."""
AMBIGUOUS_S = 3.0
"""The interdigit timeout when the digits are a number, but also the beginning of a longer one."""
VACANT_S = 4.0
"""The interdigit timeout when the digits are the beginning of no number."""
SIT_S = 4.0
"""How long the special information tones are sent, in place of an announcement."""
SIT_ONCE_S = 1.2
"""How long they last once, in front of one."""
BETWEEN_ANNOUNCEMENTS_S = 1.5
"""The pause before an announcement is made again."""
ANNOUNCED_TIMES = 2
"""How often it is made."""

WITHHOLD, SHOW = "*67", "*82"
"""LineDialled before a number: caller ID is withheld, or shown, in this call."""


@dataclass(frozen=True, slots=True)
class LineDialled:
    """What somebody has dialled."""

    number: str = ""
    """Empty when nothing was."""
    private: bool | None = None
    """Whether caller ID is to be withheld; None: as usual."""
    forwards: bool = False
    """It is no call: all calls to the line are to go to this number, or to the line again where it is empty."""


async def collect(line: LineCircuit, tone: Tone | None, plan: TonePlan, numbering: Numbering) -> LineDialled:
    """What is dialled.

    tone: the dial tone, if there is one. plan: has that behind a code in front of the number, and the codes by which
    calls are forwarded.
    """
    digits, private, forwards, patience = "", None, False, FIRST_DIGIT_S
    codes = plan.forwarding
    hash_begins = codes is not None and codes.off.startswith("#")
    line.digits = collector = DigitCollector()
    line.play(tone)
    try:
        while True:
            digit = await collector.next(patience)
            if codes is not None and digits + (digit or "") == codes.off:
                return LineDialled(forwards=True)
            if digit is None or (digit == "#" and (digits or not hash_begins)):
                return LineDialled(digits, private, forwards and bool(digits))
            line.play(None)
            digits += digit
            match numbering.look(digits):
                case _ if digits in (WITHHOLD, SHOW):
                    digits, private, patience = "", digits == WITHHOLD, FIRST_DIGIT_S
                    line.play(plan.recall)
                case _ if codes is not None and digits == codes.before:
                    digits, forwards, patience = "", True, FIRST_DIGIT_S
                    line.play(None if codes.behind else plan.recall)
                case DialledSoFar.COMPLETE if forwards and codes is not None and codes.behind:
                    patience = INTERDIGIT_S
                case DialledSoFar.COMPLETE:
                    return LineDialled(digits, private, forwards)
                case DialledSoFar.AMBIGUOUS:
                    patience = AMBIGUOUS_S
                case DialledSoFar.INCOMPLETE:
                    patience = INTERDIGIT_S
                case DialledSoFar.UNKNOWN:
                    if len(digits) >= numbering.shortest and not digits.startswith(("*", "#")):
                        return LineDialled(digits, private, forwards)
                    patience = VACANT_S
    finally:
        line.digits = None


async def announce(line: LineCircuit, refusal: NotPutThrough, sit: Tone) -> None:
    """Tell the line why it is not connected, if anything but a tone tells that."""
    if refusal.words is None:
        if refusal.vacant:
            line.play(sit)
            await asyncio.sleep(SIT_S)
        return
    for _ in range(ANNOUNCED_TIMES):
        line.play(sit)
        await asyncio.sleep(SIT_ONCE_S)
        line.sound = clip = SamplePlayer(refusal.words)
        await clip.done
        line.sound = None
        await asyncio.sleep(BETWEEN_ANNOUNCEMENTS_S)
