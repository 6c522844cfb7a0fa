from __future__ import annotations

import subprocess
import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hw.audio import Samples, level_dbm0
from hw.callerid.coding import CallerId, MessageWaiting, encode_jclip, encode_mdmf
from hw.callerid.fsk import Fsk, FskReceiver, JclipReceiver, alert_samples, fsk_samples
from tests.hw.callerids import VECTORS
from tests.hw.signals import frames, noise, program, rounded, silence, tone

MESSAGE = encode_mdmf(CallerId(number="4075550000", name="JOHN DOE", when=(5, 11, 18, 52)))
JAPANESE = encode_jclip(CallerId(number="0312345678"))


def received(samples: Samples, receiver: FskReceiver | JclipReceiver | None = None) -> list[bytes]:
    receiver = receiver or FskReceiver()
    line = np.concatenate([silence(0.1), samples, silence(0.2)])
    return [message for frame in frames(line) for message in receiver.feed(frame)]


def noisy(samples: Samples, dbm0: float, seed: int = 1) -> Samples:
    return rounded(samples + noise(np.random.default_rng(seed), len(samples), dbm0))


@pytest.mark.parametrize("standard", [Fsk.BELL202, Fsk.V23])
@pytest.mark.parametrize(("sent", "said"), VECTORS)
def test_every_ready_vector_crosses_the_line(sent: bytes, said: CallerId | MessageWaiting, standard: Fsk) -> None:
    assert received(fsk_samples(sent[:-1], standard)) == [sent[:-1]]


@pytest.mark.parametrize("standard", [Fsk.BELL202, Fsk.V23])
@pytest.mark.parametrize("dbm0", [0, -13.5, -35, -40])
def test_a_message_is_received_from_full_level_down_to_40_dbm0_below(standard: Fsk, dbm0: float) -> None:
    samples = noisy(fsk_samples(MESSAGE, standard, dbm0), dbm0 - 25)
    assert received(samples) == [MESSAGE]


@pytest.mark.parametrize("dbm0", [0, -13.5, -35, -40])
def test_japans_message_is_received_from_full_level_down_to_40_dbm0_below(dbm0: float) -> None:
    samples = noisy(fsk_samples(JAPANESE, Fsk.JCLIP, dbm0, mark_bits=75), dbm0 - 25)
    assert received(samples, JclipReceiver()) == [JAPANESE]


@pytest.mark.parametrize("digits", range(1, 21))
def test_japans_message_may_contain_any_length_even_that_of_a_control_character(digits: int) -> None:
    message = encode_jclip(CallerId(number="12345678901234567890"[:digits]))
    assert received(fsk_samples(message, Fsk.JCLIP, mark_bits=75), JclipReceiver()) == [message]


@pytest.mark.parametrize(("seizure_bits", "mark_bits"), [(300, 180), (300, 80), (96, 55), (0, 80)])
def test_a_short_lead_in_is_enough(seizure_bits: int, mark_bits: int) -> None:
    samples = fsk_samples(MESSAGE, Fsk.V23, seizure_bits=seizure_bits, mark_bits=mark_bits)
    assert received(samples) == [MESSAGE]


def test_one_receiver_takes_one_message_after_another_of_either_standard() -> None:
    pause = silence(0.1)
    line = [fsk_samples(MESSAGE, Fsk.BELL202), pause, fsk_samples(b"\x82\x03\x0b\x01\xff", Fsk.V23), pause]
    assert received(np.concatenate(line)) == [MESSAGE, b"\x82\x03\x0b\x01\xff"]


def test_a_wrong_checksum_yields_nothing() -> None:
    samples = fsk_samples(MESSAGE, Fsk.BELL202)
    # 480 bits of lead-in, then the octets of 10 bits each: one whole octet of silence within the name
    octet = int((480 + 30 * 10) / 1200 * 8000)
    samples[octet : octet + 67] = 0
    assert received(samples) == []


def test_japans_message_with_a_damaged_octet_yields_nothing() -> None:
    samples = fsk_samples(JAPANESE, Fsk.JCLIP, mark_bits=75)
    octet = int((75 + 10 * 13) / 1200 * 8000)
    samples[octet : octet + 87] = samples[octet - 87 : octet]
    assert received(samples, JclipReceiver()) == []


@pytest.mark.parametrize("part", [0.3, 0.6, 0.7, 0.8, 0.9, 0.95])
def test_a_message_cut_off_yields_nothing_and_the_next_is_received(part: float) -> None:
    samples = fsk_samples(MESSAGE, Fsk.BELL202)
    line = np.concatenate([samples[: int(part * len(samples))], silence(0.5), samples])
    assert received(line) == [MESSAGE]
    japanese = fsk_samples(JAPANESE, Fsk.JCLIP, mark_bits=75)
    line = np.concatenate([japanese[: int(part * len(japanese))], silence(0.5), japanese])
    assert received(line, JclipReceiver()) == [JAPANESE]


@settings(max_examples=25)
@given(st.binary(min_size=1, max_size=60), st.sampled_from([Fsk.BELL202, Fsk.V23]))
def test_random_bytes_sent_as_a_message_are_received_or_dropped(message: bytes, standard: Fsk) -> None:
    for heard in received(fsk_samples(message, standard)):
        assert heard[1] == len(heard) - 2


@settings(max_examples=25)
@given(st.lists(st.integers(-32768, 32767), max_size=2000))
def test_random_samples_yield_nothing(samples: list[int]) -> None:
    line = np.array(samples, dtype=np.int16)
    assert received(line) == []
    assert received(line, JclipReceiver()) == []


def test_noise_yields_nothing() -> None:
    line = rounded(noise(np.random.default_rng(4), 80_000, -10))
    assert received(line) == []
    assert received(line, JclipReceiver()) == []


def test_receiving_does_not_change_the_frame() -> None:
    samples = fsk_samples(MESSAGE, Fsk.BELL202)
    samples.setflags(write=False)
    assert received(samples) == [MESSAGE]


@pytest.mark.parametrize("dbm0", [-10, -13.5, -30])
def test_messages_have_the_level_asked_for(dbm0: float) -> None:
    assert level_dbm0(fsk_samples(MESSAGE, Fsk.BELL202, dbm0)) == pytest.approx(dbm0, abs=0.1)


def test_a_message_with_bellcores_lead_in_lasts_as_long_as_its_bits() -> None:
    bits = 300 + 180 + 10 * (len(MESSAGE) + 1) + 10
    assert len(fsk_samples(MESSAGE, Fsk.BELL202)) == int(bits / 1200 * 8000)


def test_the_alert_is_two_tones_of_equal_level() -> None:
    alert = alert_samples(100, -17)
    spectrum = np.abs(np.fft.rfft(alert * np.hanning(len(alert)), 8000))
    assert sorted(int(hz) for hz in np.argsort(spectrum)[-40:] if hz in (2130, 2750)) == [2130, 2750]
    assert spectrum[2130] == pytest.approx(spectrum[2750], rel=0.02)
    assert level_dbm0(alert) == pytest.approx(-14, abs=0.1)
    assert len(alert) == 800


def test_japans_number_display_has_seven_bit_characters_only() -> None:
    with pytest.raises(ValueError, match="7-bit"):
        fsk_samples(MESSAGE, Fsk.JCLIP)


@pytest.mark.parametrize(("standard", "mark", "space"), [(Fsk.BELL202, "1200", "2200"), (Fsk.V23, "1300", "2100")])
def test_minimodem_reads_our_message(standard: Fsk, mark: str, space: str, tmp_path: Path) -> None:
    path = tmp_path / "message.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(np.concatenate([silence(0.1), fsk_samples(MESSAGE, standard), silence(0.1)]).tobytes())
    run = subprocess.run(
        [program("minimodem", "minimodem"), "--rx", "1200", "-M", mark, "-S", space, "-q", "-f", str(path)],
        capture_output=True,
        check=True,
        timeout=20,
    )
    # the alternating bits read as U; the one that meets the mark bits is none
    assert run.stdout.lstrip(b"U")[1:] == MESSAGE + bytes([-sum(MESSAGE) & 0xFF])


@pytest.mark.parametrize("stop_bits", ["1", "2", "10"])
@pytest.mark.parametrize(("mark", "space"), [(1200, 2200), (1300, 2100)])
def test_minimodems_message_is_received(mark: int, space: int, stop_bits: str, tmp_path: Path) -> None:
    path = tmp_path / "message.wav"
    tones = ["--tx", "1200", "-M", str(mark), "-S", str(space)]
    subprocess.run(
        [program("minimodem", "minimodem"), *tones, "-R", "8000", "--stopbits", stop_bits, "-f", str(path)],
        input=MESSAGE + bytes([-sum(MESSAGE) & 0xFF]),
        check=True,
        timeout=20,
    )
    with wave.open(str(path), "rb") as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype(np.int16)
    # it sends no lead-in of mark bits
    assert received(np.concatenate([tone((mark,), 0.1, 0), samples])) == [MESSAGE]
