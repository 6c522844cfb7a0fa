"""What a scenario says of the exchange's services for a line, as fields of `hw.sim.circuit.LineServices`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, cast

from appliance.scenario.line import LineCursor
from hw.tones.toneplan import Tone, parse_tone

ENDINGS = ("loop-break", "polarity", "busy", "reorder", "silence")
EndingName = Literal["loop-break", "polarity", "busy", "reorder", "silence"] | Tone
TONE_DBM0 = -20.0
"""The level of each frequency of a tone that is written in a scenario."""
LONGEST_FLASH_S = 2.0
"""The longest break of the loop that an exchange may take as a hook flash."""
LONGEST_KEPT_S = 120.0
"""The longest time for which one keeps a call whose called side has hung up."""


def cadence(line: LineCursor) -> tuple[float, ...]:
    column = line.column
    written = line.word("a ring such as 0.8/0.4/0.8/4")
    try:
        seconds = tuple(float(part) for part in written.split("/"))
    except ValueError:
        seconds = ()
    if not seconds or len(seconds) % 2 or not all(0.1 <= part <= 10 for part in seconds):
        line.fail(f"{written!r} is no ring: seconds on, off and so on, such as 0.8/0.4/0.8/4", column=column)
    return seconds


def _ending(line: LineCursor) -> EndingName:
    return tone(line) if line.take("tone") else cast(EndingName, line.choice(*ENDINGS, "tone"))


def tone(line: LineCursor) -> Tone:
    column = line.column
    written = line.quoted("a tone, as tone plans write it")
    try:
        return parse_tone(written, TONE_DBM0)
    except ValueError:
        line.fail(f"{written!r} is no tone", '"480+620: 0.35/0.35"', column)


def _flash(line: LineCursor) -> dict[str, Any]:
    shortest = line.duration(LONGEST_FLASH_S)
    line.expect("to")
    column = line.column
    longest = line.duration(LONGEST_FLASH_S)
    if longest < shortest:
        line.fail("the longest hook flash is not shorter than the shortest", column=column)
    return {"flash_accept_ms": (round(shortest * 1000), round(longest * 1000))}


SERVICES: Mapping[str, Callable[[LineCursor], dict[str, Any]]] = {
    "ending": lambda line: {"ending": _ending(line)},
    "ring": lambda line: {"ring": cadence(line)},
    "caller ID without names": lambda line: {"number_only": True},
    "without three-way": lambda line: {"three_way": False},
    "without transfer": lambda line: {"transfer": False},
    "flash": _flash,
    "recall dial tone after": lambda line: {"recall_after_s": line.duration()},
    "without recall dial tone": lambda line: {"recall": "silent"},
    "nothing behind a flash": lambda line: {"recall": "dead"},
    "calls kept for": lambda line: {"holds_s": line.duration(LONGEST_KEPT_S)},
}
"""By the words that begin each."""
