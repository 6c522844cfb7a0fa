"""How surely caller ID is received: over level, noise, frequency and lead-in, per format."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from hw.audio import Samples, decibels
from hw.callerid.coding import CallerId, encode_dtmf, encode_jclip, encode_mdmf, encode_sdmf
from hw.callerid.fsk import Fsk, fsk_signal, message_bits
from hw.callerid.receiver import CallerIdReceiver
from hw.dsp.dtmf import dtmf_samples
from tests.bench.figure import Figure
from tests.hw.signals import frames, noise, rounded, silence

LOUD_DBM0, WEAK_DBM0 = -13.5, -35.0
SNR_DB = 25.0
MANY, FEW = 200, 50
SURE = 0.99

Conditions = dict[str, float]


def _mdmf_with_call_type(caller: CallerId) -> bytes:
    """A message as exchanges send it by ETSI EN 300 659-3, with the call type in front."""
    body = b"\x11\x01\x01" + encode_mdmf(caller)[2:]
    return bytes([0x80, len(body)]) + body


@dataclass(frozen=True)
class Format:
    name: str
    method: str
    send: Callable[[CallerId, Conditions], Samples]
    modem: bool = True


def _modem(
    standard: Fsk, encode: Callable[[CallerId], bytes], mark_hz: float, space_hz: float
) -> Callable[..., Samples]:
    def send(caller: CallerId, conditions: Conditions) -> Samples:
        lead_in = int(conditions.get("mark_bits", 75 if standard is Fsk.JCLIP else 180))
        bits = message_bits(encode(caller), standard, int(conditions.get("seizure_bits", 300)), lead_in)
        off = 1 + conditions.get("hz_off", 0.0)
        baud = 1200 * (1 + conditions.get("baud_off", 0.0))
        return fsk_signal(bits, mark_hz * off, space_hz * off, dbm0=LOUD_DBM0, baud=baud)

    return send


def _dtmf(variant: str) -> Callable[..., Samples]:
    def send(caller: CallerId, conditions: Conditions) -> Samples:
        ms = conditions.get("digit_ms", 70)
        return dtmf_samples(encode_dtmf(caller, variant), LOUD_DBM0 - 3, LOUD_DBM0 - 3, ms, ms)

    return send


FORMATS = (
    Format("SDMF, Bell 202", "bell202", _modem(Fsk.BELL202, encode_sdmf, 1200, 2200)),
    Format("MDMF, Bell 202", "bell202", _modem(Fsk.BELL202, encode_mdmf, 1200, 2200)),
    Format("MDMF, V.23", "v23", _modem(Fsk.V23, encode_mdmf, 1300, 2100)),
    Format("ETSI call type, V.23", "v23", _modem(Fsk.V23, _mdmf_with_call_type, 1300, 2100)),
    Format("Japan", "jclip", _modem(Fsk.JCLIP, encode_jclip, 1300, 2100)),
    Format("DTMF A…C", "dtmf", _dtmf("AC"), modem=False),
    Format("DTMF A…#", "dtmf", _dtmf("A#"), modem=False),
    Format("DTMF D…C", "dtmf", _dtmf("DC"), modem=False),
    Format("DTMF …#", "dtmf", _dtmf("#"), modem=False),
)


def success(form: Format, dbm0: float, snr_db: float, times: int, **conditions: float) -> float:
    """The share of calls whose caller ID was received whole, and once. The noise is white, over 4 kHz."""
    source = np.random.default_rng(8)
    came = 0
    for _ in range(times):
        number = "".join(source.choice(list("0123456789"), int(source.integers(3, 16))))
        name = "".join(source.choice(list("ABCDEFGHIJKLMNOPRSTUVWXYZ"), int(source.integers(1, 17))))
        caller = CallerId(number=number, name=name)
        signal = form.send(caller, conditions) * decibels(dbm0 - LOUD_DBM0)
        lead = silence(float(source.uniform(0.02, 0.1)))
        line = np.concatenate([lead, signal, silence(0.15)])
        line = rounded(line + noise(source, len(line), dbm0 - snr_db))
        receiver = CallerIdReceiver(form.method)
        heard = [got.number for frame in frames(line) if (got := receiver.feed(frame)) is not None]
        came += heard == [number]
    return came / times


def last_sure(values: Iterable[float], share: Callable[[float], float]) -> float:
    """The last of these values, in order, up to which all are sure; nan if not even the first is."""
    last = float("nan")
    for value in values:
        if share(value) < SURE:
            break
        last = value
    return last


def figures() -> list[Figure]:
    return [figure for form in FORMATS for figure in _of(form)]


def _of(form: Format) -> list[Figure]:
    target = f"at least {100 * SURE:g}"
    name = f"caller ID, {form.name}"
    weak = success(form, WEAK_DBM0, SNR_DB, MANY)
    loud = success(form, LOUD_DBM0, SNR_DB, MANY)
    found = [
        Figure(f"{name}: success at -13.5 dBm0, 25 dB S/N", 100 * loud, "%", target, loud >= SURE),
        Figure(f"{name}: success at -35 dBm0, 25 dB S/N", 100 * weak, "%", target, weak >= SURE),
        Figure(
            f"{name}: quietest sure level, 25 dB S/N",
            last_sure(np.arange(-34.0, -50.0, -1.0), lambda dbm0: success(form, dbm0, SNR_DB, FEW)),
            "dBm0",
        ),
        Figure(
            f"{name}: least sure S/N at -20 dBm0",
            last_sure(np.arange(20.0, 3.0, -1.0), lambda snr_db: success(form, -20, snr_db, FEW)),
            "dB",
        ),
    ]
    if not form.modem:
        shortest = last_sure(np.arange(70.0, 30.0, -5.0), lambda ms: success(form, -20, SNR_DB, FEW, digit_ms=ms))
        return [*found, Figure(f"{name}: shortest sure digits and pauses", shortest, "ms")]
    off = [
        success(form, -20, SNR_DB, FEW, hz_off=hz_off, baud_off=baud_off)
        for hz_off in (-0.01, 0.01)
        for baud_off in (-0.01, 0.01)
    ]
    lead_in = last_sure(
        np.arange(75.0, 10.0, -5.0), lambda bits: success(form, -20, SNR_DB, FEW, seizure_bits=0, mark_bits=bits)
    )
    return [
        *found,
        Figure(f"{name}: success, tones and rate 1 % off", 100 * min(off), "%", target, min(off) >= SURE),
        Figure(f"{name}: shortest sure lead-in, no seizure", lead_in, "mark bits"),
    ]


if __name__ == "__main__":
    for figure in figures():
        print(f"{figure.name}: {figure.value:.4g} {figure.unit} {figure.target} {figure.met}")
