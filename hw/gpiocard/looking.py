"""What there is of the card on this machine, for `copperdesk hw list`. No pin is touched: the unit may be using it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from hw.found import HEALTHY, Found
from hw.gpio import library_error
from hw.gpiocard.codec import CodecError, codecs_there
from hw.gpiocard.pinmap import BoardLine

KIND = "gpio"
PAGE = 'Look at docs/gpiocard.md, under "What is told, and what helps".'
TRY = "Start the unit, which has every line hear itself, or stop it and run `copperdesk hw test`."

_CARD = re.compile(r"(?:plug)?hw:(?:CARD=)?(\w+)")
"""The card's number or name in a device's name, as in plughw:0 and hw:CARD=codec,DEV=0."""


def found(lines: Sequence[BoardLine], faults: Mapping[str, str] | None) -> list[Found]:
    """Each line of the card. faults: what the running unit tells of its lines, by port (`GpioCard.status`); None where
    it is not running, so that only what can be seen without the pins is told."""
    if not lines:
        return []
    if faults is not None:
        return [_of_running(line.port, faults.get(line.port, "")) for line in lines]
    error = library_error()
    if error is not None:
        return [Found(KIND, "GPIO", "no-pins", f"{error}.", f"{error.mend or PAGE}")]
    try:
        cards = codecs_there()
    except CodecError as missing:
        return [Found(KIND, "codec", "no-alsa", f"{missing}.", PAGE)]
    return [_of_idle(line, cards) for line in lines]


def _of_running(port: str, fault: str) -> Found:
    if fault:
        return Found(KIND, port, "faulty", f"{fault}.", PAGE)
    return Found(KIND, port, HEALTHY, "It hears itself.")


def _of_idle(line: BoardLine, cards: Sequence[str]) -> Found:
    named = _CARD.fullmatch(line.codec.partition(",")[0])
    known = {*cards, *(str(number) for number in range(len(cards)))}
    if named is not None and named[1] not in known:
        there = f"The sound cards there are: {', '.join(cards)}." if cards else "There is no sound card at all."
        return Found(KIND, line.port, "no-codec", f"Its codec {line.codec} is not there. {there}", PAGE)
    return Found(KIND, line.port, "not-tried", "Its codec is there. Nobody has tried its pins.", TRY)
