"""What the DTMF receiver takes for a digit and what it does not, by the procedures of the test tapes of Mitel
(CM7291) and Bellcore (TR-TSY-000763)."""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher

import numpy as np

from hw.audio import SAMPLE_RATE, Samples, level_dbm0, seconds_of
from hw.dsp.dtmf import DIGITS, DtmfReceiver, dtmf_samples
from hw.dsp.resample import resample
from tests.bench.figure import Figure
from tests.hw.signals import frames, keyed, program, rounded

US_DIAL_TONE = (350.0, 440.0)
ROUNDS = 12
"""How often all sixteen digits are sent for one point of a curve."""

SPEECH_DBM0 = -18.0
SPEECH_MINUTES = 45
MUSIC_MINUTES = 15
ESPEAK_RATE = 22050
VOICES = (
    *("en-us", "en-gb", "en-us+f2", "en-us+m3", "en-gb+f4", "en-us+f5", "en-gb+m7", "en-us+croak", "en-us+whisper"),
    *("en-gb-scotland", "de", "es", "fr-fr", "it"),
)
TEXT = """
please leave your message after the tone thank you for calling we are open from nine until five on weekdays the number
you have dialled is engaged john mary peter susan doctor appointment tomorrow morning afternoon cancel confirm invoice
payment delivery order street avenue north south window garden quickly slowly never always because however although
whether machine computer telephone hospital children yellow purple seventeen forty eight hundred
"""


def heard(samples: Samples) -> str:
    receiver = DtmfReceiver()
    return "".join(receiver.feed(frame) for frame in frames(samples))


def share(**conditions: object) -> float:
    """The share of digits sent in this way that were recognised; one that was recognised twice counts as missed."""
    source = np.random.default_rng(1)
    right = 0
    for _ in range(ROUNDS):
        misses, extras = faults(DIGITS, heard(keyed(source, DIGITS, **conditions)))  # type: ignore[arg-type]
        right += len(DIGITS) - misses - extras
    return right / (ROUNDS * len(DIGITS))


def faults(sent: str, got: str) -> tuple[int, int]:
    """Digits missed, and digits too many."""
    matching = sum(block.size for block in SequenceMatcher(None, sent, got, autojunk=False).get_matching_blocks())
    return len(sent) - matching, len(got) - matching


def last_before(values: Iterable[float], good: Callable[[float], bool]) -> float:
    """The last of these values, in order, up to which all are good; nan if not even the first is."""
    last = float("nan")
    for value in values:
        if not good(value):
            break
        last = value
    return last


def at_least(name: str, value: float, unit: str, limit: float) -> Figure:
    return Figure(name, value, unit, f"at least {limit:g}", value >= limit)


def at_most(name: str, value: float, unit: str, limit: float) -> Figure:
    return Figure(name, value, unit, f"at most {limit:g}", value <= limit)


def figures() -> list[Figure]:
    return [*_limits(), *_long_run(), *_talk_off()]


def _limits() -> list[Figure]:
    def sure(**conditions: object) -> bool:
        return share(**conditions) == 1.0

    def never(**conditions: object) -> bool:
        return share(**conditions) <= 0.0

    levels = np.arange(-20.0, -56.0, -1.0)
    tenths = np.arange(0.0, 6.1, 0.1)
    decibels = np.arange(0.0, 16.0, 0.5)
    rejected = np.arange(6.0, 0.0, -0.1)
    accepted = last_before(
        tenths, lambda off: all(sure(low_off=sign * off / 100, high_off=sign * off / 100) for sign in (-1, 1))
    )
    refused = last_before(
        rejected,
        lambda off: all(
            never(on_ms=100, low_off=sign * off / 100 * low, high_off=sign * off / 100 * (1 - low))
            for sign in (-1, 1)
            for low in (0, 1)
        ),
    )
    return [
        at_most(
            "dtmf: quietest level with every digit",
            last_before(levels, lambda dbm0: sure(low_dbm0=dbm0, high_dbm0=dbm0)),
            "dBm0 per tone",
            -35,
        ),
        at_least("dtmf: twist, low group louder", last_before(decibels, lambda db: sure(high_dbm0=-10 - db)), "dB", 8),
        at_least("dtmf: twist, high group louder", last_before(decibels, lambda db: sure(low_dbm0=-10 - db)), "dB", 4),
        at_most(
            "dtmf: least S/N with every digit",
            last_before(np.arange(24.0, 3.0, -1.0), lambda db: sure(snr_db=db)),
            "dB",
            12,
        ),
        at_least("dtmf: frequency error accepted, both tones", accepted, "± %", 1.5),
        at_most("dtmf: frequency error refused from, one tone", refused, "± %", 3.5),
        at_most(
            "dtmf: shortest digit always recognised",
            last_before(np.arange(60.0, 15.0, -1.0), lambda ms: sure(on_ms=ms)),
            "ms",
            40,
        ),
        at_least(
            "dtmf: longest burst never recognised",
            last_before(np.arange(5.0, 40.0, 1.0), lambda ms: never(on_ms=ms, off_ms=80)),
            "ms",
            20,
        ),
        at_most(
            "dtmf: shortest pause between equal digits",
            last_before(np.arange(60.0, 5.0, -1.0), lambda ms: _twice(ms, "77")),
            "ms",
            40,
        ),
        at_least(
            "dtmf: longest break bridged",
            last_before(np.arange(1.0, 40.0, 1.0), lambda ms: _twice(ms, "7")),
            "ms",
            10,
        ),
        at_least(
            "dtmf: US dial tone borne, digits at -20 dBm0 per tone",
            last_before(
                np.arange(-30.0, 3.5, 1.0),
                lambda dbm0: sure(low_dbm0=-20, high_dbm0=-20, under=US_DIAL_TONE, under_dbm0=dbm0),
            ),
            "dBm0 per tone",
            -10,
        ),
        at_least(
            "dtmf: all at once (-35 dBm0, 12 dB S/N, under -10 dBm0 dial tone)",
            100 * share(low_dbm0=-35, high_dbm0=-35, snr_db=12, under=US_DIAL_TONE),
            "% of digits",
            99,
        ),
    ]


def _twice(gap_ms: float, expected: str) -> bool:
    sound = np.concatenate([dtmf_samples("7", on_ms=60, off_ms=gap_ms), dtmf_samples("7", on_ms=60, off_ms=80)])
    return all(heard(np.concatenate([np.zeros(at, np.int16), sound])) == expected for at in range(0, 160, 10))


def _long_run() -> list[Figure]:
    source = np.random.default_rng(2)
    missed = extra = count = 0
    while count < 10_000:
        digits = "".join(source.choice(list(DIGITS), 50))
        level = source.uniform(-32, -8)
        line = keyed(
            source,
            digits,
            low_dbm0=level,
            high_dbm0=level + source.uniform(-6, 3),
            on_ms=source.uniform(40, 120),
            off_ms=source.uniform(40, 120),
            low_off=source.uniform(-0.01, 0.01),
            high_off=source.uniform(-0.01, 0.01),
            snr_db=source.uniform(18, 40),
        )
        misses, extras = faults(digits, heard(line))
        missed, extra, count = missed + misses, extra + extras, count + len(digits)
    return [
        at_most("dtmf: digits missed of 10,000", missed, "digits", 0),
        at_most("dtmf: digits doubled or false among 10,000", extra, "digits", 0),
    ]


def _talk_off() -> list[Figure]:
    receiver = DtmfReceiver()
    false_digits, seconds = 0, 0.0
    costs: list[float] = []
    for clip in (*_speech(SPEECH_MINUTES * 60), *_music(MUSIC_MINUTES * 60)):
        pieces = list(frames(clip))
        begun = time.perf_counter()
        false_digits += sum(len(receiver.feed(piece)) for piece in pieces)
        costs.append((time.perf_counter() - begun) / len(pieces))
        seconds += seconds_of(clip)
    return [
        at_most("dtmf: false digits in an hour of speech and music", false_digits * 3600 / seconds, "digits", 20),
        at_most("dtmf: cost of one frame of speech, median", float(np.median(costs)) * 1e6, "µs", 10),
    ]


def _speech(seconds: float) -> Iterable[Samples]:
    """Synthesised speech of many voices, levels set clip by clip."""
    source, spoken, number, words = random.Random(5), 0.0, 0, TEXT.split()
    while spoken < seconds:
        text = ". ".join(" ".join(source.choices(words, k=source.randint(5, 14))) for _ in range(64))
        manner = [
            "-v",
            VOICES[number % len(VOICES)],
            "-s",
            str(source.randint(130, 190)),
            "-p",
            str(source.randint(20, 80)),
        ]
        run = subprocess.run(
            [program("espeak-ng", "espeak-ng"), *manner, "--stdout"],
            input=text.encode(),
            capture_output=True,
            check=True,
        )
        wave = resample(np.frombuffer(run.stdout[44:], dtype="<i2").astype(np.int16), ESPEAK_RATE, SAMPLE_RATE)
        clip = _levelled(wave.astype(np.float64))
        spoken, number = spoken + seconds_of(clip), number + 1
        yield clip


def _music(seconds: float) -> Iterable[Samples]:
    """Chords with a melody over them, in all keys: notes with harmonics that die away."""
    source = np.random.default_rng(3)
    beat = np.arange(round(0.4 * SAMPLE_RATE)) / SAMPLE_RATE
    decay = np.exp(-beat * 3)
    for _ in range(round(seconds / 60)):
        key, beats = source.integers(0, 12), []
        for _ in range(150):
            root = 110 * 2 ** ((key + source.choice([0, 5, 7, 9])) / 12)
            notes = root * 2 ** (np.array([0, 4, 7, 12 + source.choice([0, 2, 4, 7, 9, 11, 12, 16, 19])]) / 12)
            partials = np.outer(notes, np.arange(1, 7))
            strength = np.where(partials < 3400, 1 / np.arange(1, 7) ** 1.2, 0)
            waves = np.sin(2 * np.pi * partials[..., None] * beat + source.uniform(0, 6, partials.shape)[..., None])
            beats.append((strength[..., None] * waves).sum(axis=(0, 1)) * decay)
        yield _levelled(np.concatenate(beats))


def _levelled(wave: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Samples:
    loud = wave * (8000 / np.abs(wave).max())
    return rounded(loud * 10 ** ((SPEECH_DBM0 - level_dbm0(rounded(loud))) / 20))


if __name__ == "__main__":
    for figure in figures():
        print(f"{figure.name}: {figure.value:.3g} {figure.unit} ({figure.target}: {figure.met})")
