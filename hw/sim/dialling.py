"""What somebody who dials at the exchange is given: dial tone, patience for the digits, and announcements."""

from __future__ import annotations

import asyncio

from hw.port.playing import SamplePlayer
from hw.sim.circuit import LineCircuit
from hw.sim.digits import DigitCollector
from hw.sim.numbering import DialledSoFar, NotPutThrough, Numbering
from hw.tones.toneplan import Tone

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
"""Dialled before a number: caller ID is withheld, or shown, in this call."""


async def collect(line: LineCircuit, tone: Tone | None, recall: Tone, numbering: Numbering) -> tuple[str, bool | None]:
    """The number dialled ("" when nothing was), and whether caller ID is to be private: as usual if None.

    tone: the dial tone, if there is one. recall: the one behind a code in front of the number.
    """
    digits, private, patience = "", None, FIRST_DIGIT_S
    line.digits = collector = DigitCollector()
    line.play(tone)
    try:
        while True:
            digit = await collector.next(patience)
            if digit is None or digit == "#":
                return digits, private
            line.play(None)
            digits += digit
            match numbering.look(digits):
                case _ if digits in (WITHHOLD, SHOW):
                    digits, private, patience = "", digits == WITHHOLD, FIRST_DIGIT_S
                    line.play(recall)
                case DialledSoFar.COMPLETE:
                    return digits, private
                case DialledSoFar.AMBIGUOUS:
                    patience = AMBIGUOUS_S
                case DialledSoFar.INCOMPLETE:
                    patience = INTERDIGIT_S
                case DialledSoFar.UNKNOWN:
                    if len(digits) >= numbering.shortest and not digits.startswith("*"):
                        return digits, private
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
