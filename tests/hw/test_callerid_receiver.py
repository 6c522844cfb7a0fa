from __future__ import annotations

import numpy as np
import pytest

from hw.audio import Samples
from hw.callerid.coding import (
    DTMF_VARIANTS,
    Absence,
    CallerId,
    MessageWaiting,
    encode_dtmf,
    encode_jclip,
    encode_mdmf,
    encode_message_waiting,
)
from hw.callerid.fsk import Fsk, alert_samples, fsk_samples
from hw.callerid.receiver import CallerIdReceiver
from hw.dsp.dtmf import dtmf_samples
from tests.hw.callerids import VECTORS
from tests.hw.signals import frames, noise, rounded, silence, tone

CALLER = CallerId(number="2125551234", name="ACME PLUMBING CO", when=(12, 31, 12, 0))


def heard(method: str, *line: Samples) -> list[CallerId]:
    receiver = CallerIdReceiver(method)
    samples = np.concatenate([silence(0.3), *line, silence(0.3)])
    return [caller for frame in frames(samples) if (caller := receiver.feed(frame)) is not None]


@pytest.mark.parametrize(("method", "standard"), [("bell202", Fsk.BELL202), ("v23", Fsk.V23)])
@pytest.mark.parametrize(("sent", "said"), VECTORS)
def test_every_ready_vector_is_a_caller_or_a_lamp(
    sent: bytes, said: CallerId | MessageWaiting, method: str, standard: Fsk
) -> None:
    expected = [] if isinstance(said, MessageWaiting) else [said]
    assert heard(method, fsk_samples(sent[:-1], standard)) == expected


@pytest.mark.parametrize("variant", DTMF_VARIANTS)
@pytest.mark.parametrize("ms", [50, 70])
@pytest.mark.parametrize("caller", [CallerId(number="0301234567"), CallerId(number_absence=Absence.PRIVATE)])
def test_dtmf_caller_id_is_heard(caller: CallerId, variant: str, ms: float) -> None:
    assert heard("dtmf", dtmf_samples(encode_dtmf(caller, variant), -13, -11, ms, ms)) == [caller]


def test_japans_number_is_heard() -> None:
    caller = CallerId(number="0312345678")
    assert heard("jclip", fsk_samples(encode_jclip(caller), Fsk.JCLIP, mark_bits=75)) == [caller]


@pytest.mark.parametrize("method", ["bell202", "v23"])
def test_a_caller_is_heard_behind_the_alert_and_the_end_of_a_ring_burst(method: str) -> None:
    message = fsk_samples(encode_mdmf(CALLER), Fsk(method), -30)
    hum = tone((25,), 0.2, -5)
    assert heard(method, hum, silence(0.5), alert_samples(), silence(0.06), message) == [CALLER]


def test_a_message_for_the_lamp_is_no_caller_and_does_not_hide_the_next() -> None:
    lamp = fsk_samples(encode_message_waiting(True), Fsk.BELL202)
    assert heard("bell202", lamp, silence(0.2), fsk_samples(encode_mdmf(CALLER), Fsk.BELL202)) == [CALLER]


def test_digits_before_a_pause_do_not_belong_to_the_caller_id() -> None:
    assert heard("dtmf", dtmf_samples("55"), silence(1.5), dtmf_samples("A123C")) == [CallerId(number="123")]


def test_a_message_without_sense_is_nothing() -> None:
    assert heard("bell202", fsk_samples(b"\x80\x04\x02\x0a12", Fsk.BELL202)) == []


@pytest.mark.parametrize("method", ["bell202", "v23", "dtmf", "jclip"])
def test_noise_is_no_caller(method: str) -> None:
    assert heard(method, rounded(noise(np.random.default_rng(2), 40_000, -20))) == []


def test_a_method_that_does_not_exist_is_a_clear_error() -> None:
    with pytest.raises(ValueError, match="no caller ID method 'aon'"):
        CallerIdReceiver("aon")
