from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Literal, get_args, get_type_hints

import numpy as np
import pytest

from hw.audio import FRAME_SAMPLES, Samples, seconds_of
from hw.callerid.coding import Absence, CallerId, encode_message_waiting
from hw.callerid.fsk import FskReceiver
from hw.callerid.receiver import CallerIdReceiver
from hw.tones.ringing import (
    BatteryStep,
    LineAction,
    Polarity,
    RingVoltage,
    Send,
    SendWhenAnswered,
    caller_id_samples,
    message_waiting_steps,
    ringing,
)
from hw.tones.toneplan import COUNTRIES, CallerIdPlan, TonePlan, tone_plan

ON, OFF = RingVoltage(True), RingVoltage(False)
US = tone_plan("us")
Alert = Literal["none", "reversal", "reversal-dtas"]
SECOND = np.zeros(8000, dtype=np.int16)


def before_ring(plan: TonePlan, alert: Alert) -> TonePlan:
    return replace(plan, caller_id=replace(plan.caller_id, place="before-ring", alert=alert))


def steps(
    plan: TonePlan, cadence: tuple[float, ...], count: int, data: Samples | None = None
) -> list[tuple[float, str]]:
    """The first steps: the second each is done at, and what it is."""
    now, timed = 0.0, []
    for wait, action in islice(ringing(plan, cadence, data), count):
        now += wait
        timed.append((round(now, 3), named(action)))
        if isinstance(action, Send):
            now += seconds_of(action.samples)
    return timed


def named(action: LineAction) -> str:
    match action:
        case RingVoltage(on):
            return "ring" if on else "pause"
        case Polarity(reversed):
            return "reversed" if reversed else "normal"
        case BatteryStep(on):
            return "battery" if on else "open"
        case Send(samples):
            return "data" if samples is SECOND else "alert"
        case SendWhenAnswered():
            return "data call"


def test_ringing_without_caller_id_is_the_cadence() -> None:
    assert steps(US, (2, 4), 5) == [(0, "ring"), (2, "pause"), (6, "ring"), (8, "pause"), (12, "ring")]


def test_a_double_ring_repeats() -> None:
    assert steps(US, (0.4, 0.2, 0.4, 2.0), 6) == [
        (0, "ring"),
        (0.4, "pause"),
        (0.6, "ring"),
        (1.0, "pause"),
        (3.0, "ring"),
        (3.4, "pause"),
    ]


def test_data_after_the_first_ring_leaves_the_cadence_as_it_is() -> None:
    assert steps(US, (2, 4), 5, SECOND) == [(0, "ring"), (2, "pause"), (2.6, "data"), (6, "ring"), (8, "pause")]


def test_data_goes_into_the_long_pause_of_a_double_ring() -> None:
    assert steps(US, (0.4, 0.2, 0.4, 2.0), 6, SECOND)[3:] == [(1.0, "pause"), (1.6, "data"), (3.0, "ring")]


def test_a_pause_too_short_for_the_data_is_stretched_once() -> None:
    assert steps(US, (1, 1.5), 7, SECOND) == [
        (0, "ring"),
        (1, "pause"),
        (1.6, "data"),
        (2.9, "ring"),
        (3.9, "pause"),
        (5.4, "ring"),
        (6.4, "pause"),
    ]


@pytest.mark.parametrize(
    ("alert", "expected"),
    [
        ("none", [(0, "data"), (1.4, "ring"), (3.4, "pause")]),
        ("reversal", [(0, "reversed"), (0.3, "data"), (1.7, "normal"), (1.7, "ring"), (3.7, "pause")]),
        (
            "reversal-dtas",
            [(0, "reversed"), (0.3, "alert"), (0.55, "data"), (1.95, "normal"), (1.95, "ring"), (3.95, "pause")],
        ),
    ],
)
def test_data_before_the_first_ring_comes_behind_its_alert(alert: Alert, expected: list[tuple[float, str]]) -> None:
    assert steps(before_ring(US, alert), (2, 4), len(expected), SECOND) == expected


def test_every_alert_is_some_countrys() -> None:
    used = {tone_plan(country).caller_id.alert for country in COUNTRIES}
    assert used == {*get_args(get_type_hints(CallerIdPlan)["alert"])}


def test_japan_reverses_the_line_and_makes_a_data_call() -> None:
    assert [what for _, what in steps(tone_plan("jp"), (1, 2), 4, SECOND)] == [
        "reversed",
        "data call",
        "normal",
        "ring",
    ]


@pytest.mark.parametrize("country", ["us", "uk", "se", "jp"])
def test_what_cannot_be_sent_is_left_out(country: str) -> None:
    plan = tone_plan(country)
    told = caller_id_samples(plan, CallerId("+46 (8) 555 01 99", "Łukasz with a very, very long name"))
    receiver = CallerIdReceiver(plan.caller_id.method)
    frames = np.concatenate([told, np.zeros(1600 + -len(told) % FRAME_SAMPLES, dtype=np.int16)]).reshape(-1, 160)
    received = [caller_id for caller_id in map(receiver.feed, frames) if caller_id is not None]
    expected = {
        "us": CallerId("+4685550199", "?ukasz with a v"),
        "uk": CallerId("+4685550199", "?ukasz with a very,"),
        "se": CallerId("4685550199"),
        "jp": CallerId("+4685550199"),
    }
    assert received == [expected[country]]


@pytest.mark.parametrize(
    ("name", "told"),
    [("Jiří Žák", "Jirí Zák"), ("Zoë", "Zoë"), ("Владимир", ""), ("Пётр O.", "???? O."), ("北京", "")],
)
def test_a_name_is_told_in_latin_letters_or_where_it_has_none_not_at_all(name: str, told: str) -> None:
    samples = caller_id_samples(US, CallerId("4075550142", name))
    receiver = CallerIdReceiver(US.caller_id.method)
    frames = np.concatenate([samples, np.zeros(1600 + -len(samples) % FRAME_SAMPLES, dtype=np.int16)]).reshape(-1, 160)
    assert [one for one in map(receiver.feed, frames) if one is not None] == [CallerId("4075550142", told)]


@pytest.mark.parametrize("country", ["se", "jp"])
def test_a_number_that_is_none_is_unavailable(country: str) -> None:
    plan = tone_plan(country)
    told = caller_id_samples(plan, CallerId())
    receiver = CallerIdReceiver(plan.caller_id.method)
    frames = np.concatenate([told, np.zeros(1600 + -len(told) % FRAME_SAMPLES, dtype=np.int16)]).reshape(-1, 160)
    received = [caller_id for caller_id in map(receiver.feed, frames) if caller_id is not None]
    assert received == [CallerId(number_absence=Absence.UNAVAILABLE)]


def test_message_waiting_is_sent_behind_an_open_interval() -> None:
    message = encode_message_waiting(True)
    (_, opened), (wait, closed), (_, send) = message_waiting_steps(US, message)
    assert (opened, wait, closed) == (BatteryStep(False), 0.25, BatteryStep(True))
    assert isinstance(send, Send)
    receiver = FskReceiver()
    frames = np.concatenate([send.samples, np.zeros(1600 + -len(send.samples) % 160, dtype=np.int16)]).reshape(-1, 160)
    assert [got for frame in frames for got in receiver.feed(frame)] == [message]
