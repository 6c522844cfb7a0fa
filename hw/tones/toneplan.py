"""What each country's telephone network sounds like and does: tones, ringing, caller ID, flash, pulses, numbers.

The numbers are data, in toneplan.toml beside this file, with their sources. A tone is written there as it is in
tables of tones:

    350+440                         two frequencies together, for ever
    480+620: 0.5/0.5                half a second on, half a second off, and again
    400~25: 0.4/0.2/0.4/2           400 Hz, its amplitude modulated by 25 Hz
    425: 0.375/0.375, 425@-10: 0.375/0.375    the second burst 10 dB weaker
    6x350+440: 0.1/0.1 then 350+440           six bursts once, then what follows
    440: 0.3, -                     once, then silence for ever

A list of such texts gives the tone the country sends first and further forms found in other sources: the
detectors take all of them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any, Literal

PROGRESS_TONES = ("dial", "recall", "stutter", "ringback", "busy", "reorder", "sit")
"""The tones a ProgressReceiver reports, in the order of preference where two sound alike."""

DIAL_TONES = frozenset({"dial", "recall", "stutter"})
"""Those of PROGRESS_TONES by which the exchange asks for digits. Whoever hears one in a call has no other party any
more."""

REFUSAL_TONES = frozenset({"busy", "reorder"})
"""Those of PROGRESS_TONES by which the exchange tells that a call is over, or does not come about."""

REGULAR_TONE, STEADY_TONE = "regular", "steady"
"""The names of tones that are in no plan, with a cadence and without one; see `hw.tones.regulartone`."""

LEARNED_TONE = "learned"
"""The name of a regular tone that is surely the one by which this line's exchange tells a hang-up; see
`hw.tones.learnedtone`."""

SHORTEST_SECONDS, HIGHEST_HZ = 0.01, 4000.0
"""The limits of a tone's segments: a shorter one is a click, and a higher one cannot be sampled at 8 kHz."""

_OTHER_TONES = ("call_waiting", "howler", "confirmation")


class UnknownCountry(KeyError):
    """There is no tone plan of this name; the message lists those there are."""

    def __init__(self, country: str) -> None:
        super().__init__(country)
        self.country = country

    def __str__(self) -> str:
        return f"no tone plan for {self.country!r}; there are {', '.join(COUNTRIES)}"


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of a tone.

    frequencies: Hz; none means silence. seconds: None means for ever. dbm0: level of each frequency by itself (of the
    carrier, if modulated). modulation: Hz of the amplitude modulation, if any.
    """

    frequencies: tuple[float, ...]
    seconds: float | None
    dbm0: float
    modulation: float | None = None


@dataclass(frozen=True, slots=True)
class Tone:
    """Segments one after another. repeat_from: the segment to go on with after the last; None: the last never ends."""

    segments: tuple[Segment, ...]
    repeat_from: int | None = None


@dataclass(frozen=True, slots=True)
class CallerIdPlan:
    """How the exchange tells who is calling.

    alert: what announces it before the first ring: nothing, a reversal of the line, a reversal and a dual tone, or a
    reversal and short rings that ask the terminal to take a data call (`hw.port.datacall_protocol`).
    dtmf_variant: for `dtmf`, the digits around the number, such as `AC` for A<number>C, `A#`, `DC` or `#`.
    """

    method: Literal["bell202", "v23", "dtmf", "jclip"]
    place: Literal["after-first-ring", "before-ring"]
    alert: Literal["none", "reversal", "reversal-dtas", "data-call"]
    dtmf_variant: str


@dataclass(frozen=True, slots=True)
class Pulse:
    """Pulse dialling: ms of loop break and make, ms between digits; digits[n - 1] is what n pulses mean."""

    break_ms: int
    make_ms: int
    interdigit_ms: int
    digits: str


@dataclass(frozen=True, slots=True)
class ForwardingCodes:
    """What is dialled to have the exchange send all calls to another number: `before` and `behind` that number. `off`
    ends it."""

    before: str
    behind: str
    off: str


@dataclass(frozen=True, slots=True)
class NumberForms:
    """How one number is written at home and abroad.

    calling_code: the country's own. international_prefix: dialled before another's. national_prefix: dialled before an
    area code; empty where nothing is. without_prefix: numbers that are whole without one.
    """

    calling_code: str
    international_prefix: re.Pattern[str]
    national_prefix: str
    without_prefix: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the national numbers of a country are like: those with the area code, without what is dialled before it."""

    before: re.Pattern[str]
    """Matches what is dialled before one."""
    longest: re.Pattern[str]
    """Matches those to which nothing can be added."""
    dialled: re.Pattern[str]
    """The same with what is dialled before."""
    area_codes: bool
    """Whether they tell the place."""
    mobile: re.Pattern[str]
    """Matches how those of cell phones begin; nothing, where such are not told apart."""
    free: re.Pattern[str]
    """Matches how those begin that cost the caller nothing."""


@dataclass(frozen=True, slots=True)
class TonePlan:
    """What one country's telephone network does. The tones are those its exchanges send."""

    country: str
    """The lower-case code used in the office document, such as `us`."""
    name: str
    """The country's name in English."""
    t35: str
    """Its code by ITU-T T.35, by which modems know it: two hexadecimal digits."""
    dial: Tone
    """The exchange waits for digits."""
    recall: Tone
    """The same after a hook flash."""
    stutter: Tone
    """Dial tone that tells of messages waiting."""
    ringback: Tone
    """The called telephone rings."""
    busy: Tone
    """The called line is in use."""
    reorder: Tone
    """No line to the called exchange is free, or the number cannot be called; also sent when a call is over."""
    call_waiting: Tone
    """Another call waits."""
    sit: Tone
    """The special information tones in front of an announcement that the number is not in service."""
    howler: Tone
    """A telephone was left off hook."""
    confirmation: Tone
    """What was dialled has been done."""
    accepted: Mapping[str, tuple[Tone, ...]] = field(hash=False)
    """For each of PROGRESS_TONES all forms known of it, which the receivers recognise."""
    ring: tuple[float, ...]
    """Seconds on, off, on, off… of one ringing cycle."""
    ring_hz: float
    """The frequency of ring voltage."""
    caller_id: CallerIdPlan
    """How the exchange tells who is calling."""
    flash_ms: int
    """The length of a hook flash sent to the exchange."""
    flash_accept_ms: tuple[int, int]
    """The shortest and the longest break of a telephone's loop that is taken as a hook flash."""
    disconnect_ms: int
    """The shortest break of the loop by which the exchange tells that the far end has gone."""
    dtmf_low_dbm0: float
    """The level at which the lower tone of a DTMF digit is sent."""
    dtmf_high_dbm0: float
    """The level of the higher tone."""
    pulse: Pulse
    """How digits are dialled by pulses."""
    emergency: tuple[str, ...]
    """The numbers that call for help."""
    forwarding: ForwardingCodes | None
    """How all calls to a line are forwarded by the exchange; None where no code is common to the country."""
    whole_number: re.Pattern[str]
    """Matches outside numbers to which no further digit can be added."""
    number_forms: NumberForms
    """How one number is written at home and abroad."""
    numbers: Numbers
    """What national numbers are like."""
    premium: tuple[str, ...]
    """How numbers begin that cost more than others, as they are dialled in the country."""
    abroad: tuple[str, ...]
    """How numbers begin that are dialled like the country's own and lead to another one."""
    prefix_codes: tuple[str, ...]
    """What is dialled in front of a number, to choose a carrier or to withhold one's own number."""


_PART = re.compile(
    r"(?:(?P<times>\d+)x)?(?P<sound>-|[\d.]+(?:[+~][\d.]+)*)(?:@(?P<level>-?[\d.]+))?(?:: *(?P<times_s>[\d./]+))?"
)


def parse_tone(text: str, dbm0: float) -> Tone:
    """A tone from its written form (see the top of this file) at this level per frequency; ValueError if malformed."""
    lead, _, loop = text.rpartition(" then ")
    once = _parts(lead, dbm0) if lead else []
    segments = once + _parts(loop, dbm0)
    if any(segment.seconds is not None and segment.seconds < SHORTEST_SECONDS for segment in segments):
        raise ValueError(f"a part of a tone lasts {SHORTEST_SECONDS} s at least: {text!r}")
    if any(not 0 < hertz < HIGHEST_HZ for segment in segments for hertz in segment.frequencies):
        raise ValueError(f"a telephone carries no such frequency: {text!r}")
    if any(segment.seconds is None for segment in segments[:-1]):
        raise ValueError(f"only the last part of a tone may last for ever: {text!r}")
    return Tone(tuple(segments), None if segments[-1].seconds is None else len(once))


def _parts(text: str, dbm0: float) -> list[Segment]:
    segments: list[Segment] = []
    for part in text.split(","):
        match = _PART.fullmatch(part.strip())
        if match is None:
            raise ValueError(f"not a tone: {part.strip()!r}")
        segments += int(match["times"] or 1) * _bursts(match, dbm0)
    return segments


def _bursts(match: re.Match[str], dbm0: float) -> list[Segment]:
    level = dbm0 + float(match["level"] or 0)
    carrier, _, modulation = match["sound"].partition("~")
    frequencies = () if carrier == "-" else tuple(float(hertz) for hertz in carrier.split("+"))
    sound = Segment(frequencies, None, level, float(modulation) if modulation else None)
    if match["times_s"] is None:
        return [sound]
    return [
        Segment((), float(seconds), level)
        if index % 2
        else Segment(sound.frequencies, float(seconds), level, sound.modulation)
        for index, seconds in enumerate(match["times_s"].split("/"))
    ]


def _forms(table: Mapping[str, Any], tone: str) -> tuple[Tone, ...]:
    written = table[tone]
    texts = [written] if isinstance(written, str) else written
    dbm0 = float(table["levels"].get(tone, table["levels"]["any"]))
    return tuple(parse_tone(text, dbm0) for text in texts)


def read_plan(country: str, document: Mapping[str, Any]) -> TonePlan:
    """The plan of a country in a document like toneplan.toml; KeyError for an answer that nobody gives."""
    own = document[country]
    table: dict[str, Any] = {}
    for layer in (document["any"], document.get(own.get("like", ""), {}), own):
        for key, value in layer.items():
            table[key] = {**table.get(key, {}), **value} if isinstance(value, dict) else value
    low, high = table["dtmf_dbm0"]
    shortest, longest = table["flash_accept_ms"]
    first_forms = {tone: _forms(table, tone)[0] for tone in PROGRESS_TONES + _OTHER_TONES}
    return TonePlan(
        country=country,
        name=table["name"],
        t35=own["t35"],
        **first_forms,
        accepted={tone: _forms(table, tone) for tone in PROGRESS_TONES},
        ring=tuple(float(seconds) for seconds in table["ring"]),
        ring_hz=float(table["ring_hz"]),
        caller_id=CallerIdPlan(**table["caller_id"]),
        flash_ms=table["flash_ms"],
        flash_accept_ms=(shortest, longest),
        disconnect_ms=table["disconnect_ms"],
        dtmf_low_dbm0=float(low),
        dtmf_high_dbm0=float(high),
        pulse=Pulse(**table["pulse"]),
        emergency=tuple(table["emergency"]),
        forwarding=ForwardingCodes(*table["forwarding"]) if table["forwarding"] else None,
        whole_number=re.compile(table["whole_number"]),
        number_forms=_number_forms(table["number_forms"]),
        numbers=_numbers(table),
        premium=tuple(table["premium"]),
        abroad=tuple(table["abroad"]),
        prefix_codes=tuple(table["prefix_codes"]),
    )


def _number_forms(table: Mapping[str, str]) -> NumberForms:
    return NumberForms(
        calling_code=table["calling_code"],
        international_prefix=re.compile(table["international_prefix"]),
        national_prefix=table["national_prefix"],
        without_prefix=re.compile(table["without_prefix"]),
    )


def _numbers(table: Mapping[str, Any]) -> Numbers:
    ends = (rf"(?={begins})\d{{{length}}}" for length, begins in table["longest"].items())
    longest = f"(?:{'|'.join(ends)})"
    return Numbers(
        before=re.compile(table["before_area"]),
        area_codes=table["area_codes"],
        longest=re.compile(longest),
        dialled=re.compile(f"(?:{table['before_area']}){longest}"),
        mobile=re.compile(table["mobile"] or _NOTHING),
        free=re.compile(table["free"] or _NOTHING),
    )


_NOTHING = "(?!)"
"""A regular expression that nothing matches."""
_DOCUMENT = tomllib.loads(resources.files(__package__).joinpath("toneplan.toml").read_text("utf-8"))
_PLANS = {country: read_plan(country, _DOCUMENT) for country in _DOCUMENT if country != "any"}
_BY_CALLING_CODE = {plan.number_forms.calling_code: plan for plan in reversed(_PLANS.values())}

COUNTRIES: tuple[str, ...] = tuple(_PLANS)
"""The countries there is a plan for, by the lower-case codes used in the office document."""


def tone_plan(country: str) -> TonePlan:
    """The tone plan of a country, such as `us` or `uk`; UnknownCountry if there is none."""
    try:
        return _PLANS[country]
    except KeyError:
        raise UnknownCountry(country) from None


def country_called(number: str) -> tuple[TonePlan, str] | None:
    """Whose number an international one is, and the number in that country; None where there is no plan for it.

    number: with the calling code, and nothing before it. Countries with a common calling code have common numbers.
    """
    for digits in (1, 2, 3):
        if (plan := _BY_CALLING_CODE.get(number[:digits])) is not None:
            return plan, number[digits:]
    return None
