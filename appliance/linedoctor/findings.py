"""What was measured of a line, told in sentences, each with how sure it is and what shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from appliance.linedoctor.measured import LineMeasured
from appliance.linedoctor.measuring.endings import EndingMeasured, Sign
from appliance.linedoctor.measuring.levels import best_gains
from appliance.linedoctor.measuring.tone import MeasuredTone
from hw.noise import LOUD_HUM_DBM0, LOUD_NOISE_DBM0
from hw.tones.toneplan import tone_plan

SURE = 0.9
LIKELY = 0.6
LOW_BATTERY_V = 40.0
LOW_CURRENT_MA = 18.0
"""Below this some exchanges do not notice that a line is off hook (TIA-968, ETSI TBR 21: 18 mA)."""
WEAK_DIAL_TONE_DBM0 = -30.0
POOR_RETURN_LOSS_DB = 8.0
POOR_CANCELLING_DB = 25.0

METHODS = {"bell202": "Bell 202", "v23": "V.23", "dtmf": "DTMF digits", "jclip": "NTT number display"}
TONES = {
    "unknown": "A tone of its own",
    "busy": "Busy tone",
    "reorder": "Reorder tone",
    "dial": "Dial tone",
    "recall": "Recall dial tone",
}
ALERTS = {
    "none": "",
    "reversal": ", behind a reversal",
    "reversal-dtas": ", behind a reversal and an alerting tone",
    "data-call": ", in a data call",
}


@dataclass(frozen=True, slots=True)
class LineFinding:
    """One thing that was found."""

    code: str
    """What it is about, in kebab case."""
    heading: str
    """The same for people."""
    told: str
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
        *_bell(found),
        *_caller_id(found),
        *_endings(found),
        *_kept(found),
        *_flash(found),
        *_forwarding(found),
        *_unfinished(found),
    ]


def _electricity(found: LineMeasured) -> Iterator[LineFinding]:
    if not found.alive:
        told = "There is no voltage on the line: it is unplugged, cut, or not in service."
        yield LineFinding("battery", "Battery", told, SURE, trouble=True)
        return
    if found.volts is not None:
        low = abs(found.volts) < LOW_BATTERY_V
        told = f"{abs(found.volts):.0f} V on hook" + (", which is low: another device may be off hook." if low else ".")
        yield LineFinding("battery", "Battery", told, SURE, trouble=low)
    if found.milliamps is not None:
        low = found.milliamps < LOW_CURRENT_MA
        told = f"{found.milliamps:.0f} mA off hook" + (", which is little: the wires are long or bad." if low else ".")
        yield LineFinding("current", "Current", told, SURE, trouble=low)


def _dial_tone(found: LineMeasured) -> Iterator[LineFinding]:
    if not found.alive:
        return
    tone = found.tones.get("dial")
    if tone is None:
        told = "No dial tone came within 8 s of lifting."
        yield LineFinding("dial-tone", "Dial tone", told, SURE, trouble=True)
        return
    weak = tone.dbm0 < WEAK_DIAL_TONE_DBM0
    told = f"{tone_words(tone)}, at {tone.dbm0:.0f} dBm0, {found.dial_tone_after_s:.1f} s after lifting."
    yield LineFinding("dial-tone", "Dial tone", told + " That is weak." * weak, SURE, ("dial tone",), trouble=weak)


def _country(found: LineMeasured, office: str) -> Iterator[LineFinding]:
    country = found.country
    if country is None:
        return
    names = " or ".join(tone_plan(candidate.country).name for candidate in country.best)
    wrong = office not in [candidate.country for candidate in country.best]
    told = f"The tones are those of {names}."
    if wrong:
        told += (
            f" The office is set up for {tone_plan(office).name}: change its country, or busy tone is not recognized."
        )
    yield LineFinding("country", "Country", told, country.confidence, tuple(found.recordings), trouble=wrong)


def _keys(found: LineMeasured) -> Iterator[LineFinding]:
    if found.digits_taken is None:
        return
    told = "Dial tone stops at the first key." if found.digits_taken else "Dial tone goes on behind a key."
    yield LineFinding("keys", "Tone dialing", told, SURE, ("dial tone",), trouble=not found.digits_taken)


def _noise(found: LineMeasured) -> Iterator[LineFinding]:
    if found.noise is None:
        return
    loud = found.noise.noise_dbm0 > LOUD_NOISE_DBM0
    told = f"{found.noise.noise_dbm0:.0f} dBm0."
    if loud:
        told += " Callers hear that. Does the line carry DSL without a filter, or lie beside power cables?"
    yield LineFinding("noise", "Noise", told, SURE, ("quiet line",), trouble=loud)
    if found.noise.hum_hz:
        loud = found.noise.hum_dbm0 > LOUD_HUM_DBM0
        told = f"{found.noise.hum_dbm0:.0f} dBm0 of the mains, {found.noise.hum_hz} Hz."
        if loud:
            told += " One wire may touch earth, or a power supply hums: unplug what else is on the line, one by one."
        yield LineFinding("hum", "Hum", told, SURE, ("quiet line",), trouble=loud)


def _echo(found: LineMeasured) -> Iterator[LineFinding]:
    if found.echo is None:
        return
    poor = found.echo.return_loss_db < POOR_RETURN_LOSS_DB
    told = (
        f"What we send comes back {found.echo.return_loss_db:.0f} dB weaker after {found.echo.delay_ms:.0f} ms, and "
        f"{found.echo.after_db:.0f} dB weaker behind the echo canceller."
    )
    if poor:
        told += " That is strong: has the line card the country's impedance?"
    bad = poor or found.echo.after_db < POOR_CANCELLING_DB
    yield LineFinding("echo", "Echo", told, LIKELY, (), trouble=bad)


def _levels(found: LineMeasured) -> Iterator[LineFinding]:
    if found.loss_db is None or found.echo is None:
        return
    gains = best_gains(found.loss_db / 2, found.echo.return_loss_db)
    told = (
        f"A call between two lines loses {found.loss_db:.0f} dB. {gains.incoming_db:+.1f} dB for what comes in and "
        f"{gains.outgoing_db:+.1f} dB for what goes out would make up for this line."
    )
    yield LineFinding("levels", "Levels", told, LIKELY)


def _tones(found: LineMeasured) -> Iterator[LineFinding]:
    for name, heading in (
        ("ringback", "Ringback"),
        ("busy", "Busy tone"),
        ("reorder", "Reorder tone"),
        ("recall", "Recall dial tone"),
    ):
        if (tone := found.tones.get(name)) is not None:
            recording = {"busy": "busy tone", "reorder": "reorder tone", "recall": "recall dial tone"}.get(name, name)
            confidence = SURE if tone.steady or tone.cycles >= 2 else LIKELY
            yield LineFinding(name, heading, f"{tone_words(tone)}, at {tone.dbm0:.0f} dBm0.", confidence, (recording,))


def _bell(found: LineMeasured) -> Iterator[LineFinding]:
    if found.ring:
        told = "/".join(f"{seconds:.1f}" for seconds in found.ring) + " seconds on and off."
        yield LineFinding("bell", "Bell", told, SURE)


def _caller_id(found: LineMeasured) -> Iterator[LineFinding]:
    if not found.ring and found.caller_id is None:
        return
    told = found.caller_id
    if told is None and found.gateway_told:
        yield LineFinding("caller-id", "Caller ID", f"The gateway tells it: {found.gateway_told}.", SURE)
        return
    if told is None:
        yield LineFinding("caller-id", "Caller ID", "No number was told. Is the service ordered?", LIKELY, trouble=True)
        return
    place = "before the first ring" if told.place == "before-ring" else "after the first ring"
    said = (
        f"{METHODS[told.method]}, {place}{ALERTS[told.alert]}, {told.dbm0:.0f} dBm0: {told.told.shown or 'no number'}."
    )
    yield LineFinding("caller-id", "Caller ID", said, SURE, ("caller ID",))


def _endings(found: LineMeasured) -> Iterator[LineFinding]:
    for whose, heading in (("calling", "How a call that we made ends"), ("called", "How a call to us ends")):
        if (ending := found.endings.get(whose)) is not None:
            nothing = ending.sign is Sign.NOTHING
            shows = (f"the other side hangs up ({whose})",)
            confidence = LIKELY if nothing else SURE
            yield LineFinding(f"ending-{whose}", heading, ending_told(ending), confidence, shows, trouble=nothing)


def ending_told(ending: EndingMeasured) -> str:
    """How a call ends, in a sentence."""
    after = f"{ending.after_s:.1f} s after the other side has hung up"
    match ending.sign:
        case Sign.LOOP_BREAK:
            return f"The loop is opened for {ending.break_ms} ms, {after}."
        case Sign.POLARITY:
            return f"The battery is reversed {after}."
        case Sign.TOLD:
            return f"The gateway tells it {after}."
        case Sign.TONE if ending.tone is not None:
            return f"{TONES[ending.tone_name]} comes ({tone_words(ending.tone)}), {after}."
    return "Nothing tells that the other side has hung up. Only silence ends such a call."


def tone_words(tone: MeasuredTone) -> str:
    """Its frequencies, and how long it is on and off, as people read it."""
    sounds = list(dict.fromkeys(" + ".join(f"{hertz:.0f}" for hertz in step.frequencies) for step in tone.steps))
    frequencies = " and ".join(sound for sound in sounds if sound)
    if tone.steady:
        return f"{frequencies} Hz"
    lengths = ", ".join(f"{step.seconds:.2g} s {'on' if step.partials else 'off'}" for step in tone.steps)
    return f"{frequencies} Hz, {lengths}"


def _kept(found: LineMeasured) -> Iterator[LineFinding]:
    if found.kept_s:
        told = (
            f"When we hang up on a caller, the exchange keeps the call for {found.kept_s:.0f} s. Lifted again in that "
            "time, the line would meet the same caller, so no call goes out on it before."
        )
        yield LineFinding("kept", "Calls that are kept", told, SURE, ("the other side hangs up (kept)",))


def _flash(found: LineMeasured) -> Iterator[LineFinding]:
    window = found.window
    if window is None:
        return
    if window.least_ms:
        told = f"The exchange takes flashes of {window.least_ms} to {window.most_ms} ms; {window.best_ms} ms is best."
    else:
        told = "A flash does nothing: the line has no such service."
    if window.hangs_up_ms:
        told += f" One of {window.hangs_up_ms} ms was a hang-up."
    if found.recall_after_s is not None:
        told += f" Recall dial tone comes {found.recall_after_s:.1f} s behind it."
    yield LineFinding("flash", "Hook flash", told, SURE, ("recall dial tone",))


def _forwarding(found: LineMeasured) -> Iterator[LineFinding]:
    if found.three_way is None:
        return
    told = "Three-way calls work" if found.three_way else "There are no three-way calls"
    told += ", and a caller is transferred by hanging up." if found.transfer else "; callers are not transferred."
    yield LineFinding("forwarding", "Forwarding by the exchange", told, SURE)


def _unfinished(found: LineMeasured) -> Iterator[LineFinding]:
    if found.unfinished:
        told = f"The test ended early: {found.unfinished}. Run it again."
        yield LineFinding("unfinished", "Not finished", told, SURE, trouble=True)
