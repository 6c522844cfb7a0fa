"""What was measured of a line, told in sentences, each with how sure it is and what shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from appliance.linedoctor.measured import LineMeasured
from appliance.linedoctor.measuring.callerids import CallerIdMeasured
from appliance.linedoctor.measuring.endings import EndingMeasured, Sign
from appliance.linedoctor.measuring.levels import best_gain
from appliance.linedoctor.measuring.tone import MeasuredTone
from hw.noise import LOUD_HUM_DBM0, LOUD_NOISE_DBM0
from hw.said import Said, in_a_row, listed, said
from hw.tones.toneplan import tone_plan

SURE = 0.9
LIKELY = 0.6
LOW_BATTERY_V = 40.0
LOW_CURRENT_MA = 18.0
"""Below this some exchanges do not notice that a line is off hook (TIA-968, ETSI TBR 21: 18 mA)."""
WEAK_DIAL_TONE_DBM0 = -30.0
POOR_RETURN_LOSS_DB = 8.0
POOR_CANCELLING_DB = 25.0

NOTHING_TELLS = said("Nothing tells that the other side has hung up. Only silence ends such a call.")

METHODS = {"bell202": "Bell 202", "v23": "V.23", "dtmf": "DTMF", "jclip": "NTT"}
"""The names of the signals, which are no words of any language."""


@dataclass(frozen=True, slots=True)
class LineFinding:
    """One thing that was found."""

    code: str
    """What it is about, in kebab case."""
    heading: Said
    """The same for people."""
    told: Said
    """What was found."""
    confidence: float
    """How sure that is, 0 to 1."""
    shows: tuple[str, ...] = ()
    """The recordings that show it, by their names in `LineMeasured.recordings`."""
    trouble: bool = False
    """Something is wrong with the line, or the unit cannot do something on it."""


def findings(found: LineMeasured, country: str) -> list[LineFinding]:
    """All findings of a line of an office in this country, in the order in which they were made."""
    return [
        *_electricity(found),
        *_dial_tone(found),
        *_country(found, country),
        *_keys(found),
        *_noise(found),
        *_echo(found),
        *_levels(found),
        *_tones(found),
        *_hunting(found),
        *_bell(found),
        *_caller_id(found),
        *_endings(found),
        *_kept(found),
        *_flash(found),
        *_forwarding(found),
        *_code_forwarding(found),
        *_unfinished(found),
    ]


def _electricity(found: LineMeasured) -> Iterator[LineFinding]:
    if not found.alive:
        told = said("There is no voltage on the line: it is unplugged, cut, or not in service.")
        if found.dead_because:
            told = said("The line is dead (%(why)s), so nothing can be measured.", why=found.dead_because)
        yield LineFinding("battery", said("Battery"), told, SURE, trouble=True)
        return
    if found.volts is not None:
        low = abs(found.volts) < LOW_BATTERY_V
        told = said("%(volts)s V on hook.", volts=round(abs(found.volts)))
        if low:
            told = in_a_row(told, said("That is low: another device may be off hook."))
        yield LineFinding("battery", said("Battery"), told, SURE, trouble=low)
    if found.milliamps is not None:
        low = found.milliamps < LOW_CURRENT_MA
        told = said("%(milliamps)s mA off hook.", milliamps=round(found.milliamps))
        if low:
            told = in_a_row(told, said("That is little: the wires are long or bad."))
        yield LineFinding("current", said("Current"), told, SURE, trouble=low)


def _dial_tone(found: LineMeasured) -> Iterator[LineFinding]:
    if not found.alive:
        return
    heading, tone = said("Dial tone"), found.tones.get("dial")
    if tone is None:
        yield LineFinding("dial-tone", heading, said("None came within 8 s of lifting."), SURE, trouble=True)
        return
    weak = tone.dbm0 < WEAK_DIAL_TONE_DBM0
    after = round(found.dial_tone_after_s or 0.0, 1)
    told = said(
        "%(tone)s, at %(level)s dBm0, %(after)s s after lifting.",
        tone=tone_words(tone),
        level=round(tone.dbm0),
        after=after,
    )
    if weak:
        told = in_a_row(told, said("That is weak."))
    yield LineFinding("dial-tone", heading, told, SURE, ("dial tone",), trouble=weak)


def _country(found: LineMeasured, office: str) -> Iterator[LineFinding]:
    country = found.country
    if country is None:
        return
    names = listed([tone_plan(candidate.country).name for candidate in country.best])
    wrong = office not in [candidate.country for candidate in country.best]
    told = said("The tones are those of: %(countries)s.", countries=names)
    if wrong:
        mend = said(
            "The office is set up for %(country)s: change its country, or busy tone is not known.",
            country=tone_plan(office).name,
        )
        told = in_a_row(told, mend)
    yield LineFinding("country", said("Country"), told, country.confidence, tuple(found.recordings), trouble=wrong)


def _keys(found: LineMeasured) -> Iterator[LineFinding]:
    if found.digits_taken is None:
        return
    stops, goes_on = said("Dial tone stops at the first key."), said("Dial tone goes on behind a key.")
    told = stops if found.digits_taken else goes_on
    yield LineFinding("keys", said("Tone dialing"), told, SURE, ("dial tone",), trouble=not found.digits_taken)


def _noise(found: LineMeasured) -> Iterator[LineFinding]:
    noise = found.noise
    if noise is None:
        return
    loud = noise.noise_dbm0 > LOUD_NOISE_DBM0
    told = said("%(level)s dBm0.", level=round(noise.noise_dbm0))
    if loud:
        told = in_a_row(
            told, said("Callers hear that. Does the line carry DSL without a filter, or lie beside power cables?")
        )
    yield LineFinding("noise", said("Noise"), told, SURE, ("quiet line",), trouble=loud)
    if noise.hum_hz:
        loud = noise.hum_dbm0 > LOUD_HUM_DBM0
        told = said("%(level)s dBm0 of the mains, %(hertz)s Hz.", level=round(noise.hum_dbm0), hertz=noise.hum_hz)
        if loud:
            mend = said(
                "One wire may touch earth, or a power supply hums: unplug what else is on the line, one by one."
            )
            told = in_a_row(told, mend)
        yield LineFinding("hum", said("Hum"), told, SURE, ("quiet line",), trouble=loud)


def _echo(found: LineMeasured) -> Iterator[LineFinding]:
    echo = found.echo
    if echo is None:
        return
    poor = echo.return_loss_db < POOR_RETURN_LOSS_DB
    told = said(
        "What we send comes back %(loss)s dB weaker after %(delay)s ms, and %(after)s dB weaker behind the echo "
        "canceller.",
        loss=round(echo.return_loss_db),
        delay=round(echo.delay_ms),
        after=round(echo.after_db),
    )
    if poor:
        told = in_a_row(told, said("That is strong: has the line card the country's impedance?"))
    yield LineFinding("echo", said("Echo"), told, LIKELY, trouble=poor or echo.after_db < POOR_CANCELLING_DB)


def _levels(found: LineMeasured) -> Iterator[LineFinding]:
    if found.loss_db is None or found.echo is None:
        return
    told = said(
        "A call between two lines loses %(loss)s dB. %(gain)s dB more in each direction would make up for this line.",
        loss=round(found.loss_db),
        gain=best_gain(found.loss_db / 2, found.echo.return_loss_db),
    )
    yield LineFinding("levels", said("Levels"), told, LIKELY)


def _tones(found: LineMeasured) -> Iterator[LineFinding]:
    for name, heading, recording in (
        ("ringback", said("Ringback"), "ringback"),
        ("busy", said("Busy tone"), "busy tone"),
        ("reorder", said("Reorder tone"), "reorder tone"),
        ("recall", said("Recall dial tone"), "recall dial tone"),
    ):
        if (tone := found.tones.get(name)) is not None:
            confidence = SURE if tone.steady or tone.cycles >= 2 else LIKELY
            told = said("%(tone)s, at %(level)s dBm0.", tone=tone_words(tone), level=round(tone.dbm0))
            yield LineFinding(name, heading, told, confidence, (recording,))


def _hunting(found: LineMeasured) -> Iterator[LineFinding]:
    if found.hunts:
        told = said("Not heard: while the second line is in use, a call to its number rings the next line.")
        yield LineFinding("busy", said("Busy tone"), told, SURE)


def _bell(found: LineMeasured) -> Iterator[LineFinding]:
    if found.ring:
        lengths = "/".join(f"{seconds:.1f}" for seconds in found.ring)
        yield LineFinding("bell", said("Bell"), said("%(lengths)s seconds on and off.", lengths=lengths), SURE)


def _caller_id(found: LineMeasured) -> Iterator[LineFinding]:
    heading, measured = said("Caller ID"), found.caller_id
    if measured is None and found.gateway_told:
        told = said("The gateway tells it: %(caller)s.", caller=found.gateway_told)
        yield LineFinding("caller-id", heading, told, SURE)
    elif measured is None and found.ring:
        told = said("No number was told. Is the service ordered?")
        yield LineFinding("caller-id", heading, told, LIKELY, trouble=True)
    elif measured is not None:
        told = said(
            "%(method)s, %(place)s, at %(level)s dBm0: %(caller)s.",
            method=METHODS[measured.method],
            place=_place(measured),
            level=round(measured.dbm0),
            caller=measured.told.shown or said("no number"),
        )
        yield LineFinding("caller-id", heading, told, SURE, ("caller ID",))


def _place(measured: CallerIdMeasured) -> Said:
    if measured.place != "before-ring":
        return said("after the first ring")
    match measured.alert:
        case "reversal":
            return said("before the first ring, behind a reversal of the battery")
        case "reversal-dtas":
            return said("before the first ring, behind a reversal of the battery and an alerting tone")
        case "data-call":
            return said("before the first ring, in a data call")
    return said("before the first ring")


def _endings(found: LineMeasured) -> Iterator[LineFinding]:
    for whose, heading in (
        ("calling", said("How a call that we made ends")),
        ("called", said("How a call to us ends")),
    ):
        if (ending := found.endings.get(whose)) is not None:
            nothing = ending.sign is Sign.NOTHING
            shows = (f"the other side hangs up ({whose})",)
            confidence = LIKELY if nothing else SURE
            yield LineFinding(f"ending-{whose}", heading, ending_told(ending), confidence, shows, trouble=nothing)


def ending_told(ending: EndingMeasured) -> Said:
    """How a call ends, in a sentence."""
    if ending.after_s is None:
        return _ending_told_at_some_moment(ending)
    after = round(ending.after_s, 1)
    match ending.sign:
        case Sign.LOOP_BREAK:
            return said(
                "The loop is opened for %(length)s ms, %(after)s s after the other side has hung up.",
                length=ending.break_ms,
                after=after,
            )
        case Sign.POLARITY:
            return said("The battery is reversed, %(after)s s after the other side has hung up.", after=after)
        case Sign.TOLD:
            return said("The gateway tells it, %(after)s s after the other side has hung up.", after=after)
        case Sign.TONE if ending.tone is not None:
            return said(
                "%(name)s comes, %(after)s s after the other side has hung up: %(tone)s.",
                name=_tone_name(ending.tone_name),
                after=after,
                tone=tone_words(ending.tone),
            )
    return NOTHING_TELLS


def _ending_told_at_some_moment(ending: EndingMeasured) -> Said:
    """The same where nobody knows when the other side hung up: a person did."""
    match ending.sign:
        case Sign.LOOP_BREAK:
            return said("The loop is opened for %(length)s ms when the other side hangs up.", length=ending.break_ms)
        case Sign.POLARITY:
            return said("The battery is reversed when the other side hangs up.")
        case Sign.TOLD:
            return said("The gateway tells that the other side hangs up.")
        case Sign.TONE if ending.tone is not None:
            name, tone = _tone_name(ending.tone_name), tone_words(ending.tone)
            return said("%(name)s comes when the other side hangs up: %(tone)s.", name=name, tone=tone)
    return NOTHING_TELLS


def _tone_name(name: str) -> Said:
    match name:
        case "busy":
            return said("Busy tone")
        case "reorder":
            return said("Reorder tone")
        case "dial" | "recall":
            return said("Dial tone")
    return said("A tone of its own")


def tone_words(tone: MeasuredTone) -> Said:
    """Its frequencies, and how long it is on and off, as people read it."""
    sounds = list(dict.fromkeys(" + ".join(f"{hertz:.0f}" for hertz in step.frequencies) for step in tone.steps))
    hertz = ", ".join(sound for sound in sounds if sound)
    if tone.steady:
        return said("%(hertz)s Hz", hertz=hertz)
    lengths = "/".join(f"{step.seconds:.2g}" for step in tone.steps)
    return said("%(hertz)s Hz, %(lengths)s seconds on and off", hertz=hertz, lengths=lengths)


def _kept(found: LineMeasured) -> Iterator[LineFinding]:
    if found.kept_s:
        told = said(
            "When we hang up on a caller, the exchange keeps the call for %(seconds)s s. Lifted again in that time, "
            "the line would meet the same caller, so no call goes out on it before.",
            seconds=round(found.kept_s),
        )
        yield LineFinding("kept", said("Calls that are kept"), told, SURE, ("the other side hangs up (kept)",))


def _flash(found: LineMeasured) -> Iterator[LineFinding]:
    window = found.window
    if window is None:
        return
    parts = [said("A flash does nothing: the line has no such service.")]
    if window.least_ms:
        parts = [
            said(
                "The exchange takes flashes of %(least)s to %(most)s ms; %(best)s ms is best.",
                least=window.least_ms,
                most=window.most_ms,
                best=window.best_ms,
            )
        ]
    if window.hangs_up_ms:
        parts.append(said("One of %(length)s ms was a hang-up.", length=window.hangs_up_ms))
    if found.recall_after_s is not None:
        parts.append(said("Recall dial tone comes %(after)s s behind it.", after=round(found.recall_after_s, 1)))
    yield LineFinding("flash", said("Hook flash"), in_a_row(*parts), SURE, ("recall dial tone",))


def _forwarding(found: LineMeasured) -> Iterator[LineFinding]:
    if found.three_way is None:
        return
    three_way = said("Three-way calls work.") if found.three_way else said("There are no three-way calls.")
    transfer = said("A caller is transferred by hanging up.") if found.transfer else said("No caller is transferred.")
    yield LineFinding("forwarding", said("Forwarding by the exchange"), in_a_row(three_way, transfer), SURE)


def _code_forwarding(found: LineMeasured) -> Iterator[LineFinding]:
    heading, tried = said("Forwarding by a code"), found.code_forwarding
    if found.other_country:
        told = said("Not tried: the office's country is another one, and so are its codes. Change the country first.")
        yield LineFinding("code-forwarding", heading, told, SURE, trouble=True)
    if tried is None:
        return
    if tried.works and tried.ended:
        told = said(
            "Calls are forwarded behind %(code)s, and come here again behind %(off)s.",
            code=tried.dialled,
            off=tried.off,
        )
    elif tried.ended:
        told = said(
            "%(code)s forwards no call: the service is not ordered, or the company has other codes.", code=tried.dialled
        )
    else:
        told = said(
            "Behind %(code)s no call has come here again. Dial %(off)s on a telephone in the line's socket, and call "
            "the line.",
            code=tried.dialled,
            off=tried.off,
        )
    if tried.ended and tried.confirmed:
        told = in_a_row(told, said("The exchange confirms it."))
    yield LineFinding("code-forwarding", heading, told, SURE, trouble=not tried.ended)


def _unfinished(found: LineMeasured) -> Iterator[LineFinding]:
    if found.unfinished:
        told = said("The test ended early: %(why)s. Run it again.", why=found.unfinished)
        yield LineFinding("unfinished", said("Not finished"), told, SURE, trouble=True)
