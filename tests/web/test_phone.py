"""The test telephone: whoever answers for the office hears what callers hear, speaks, and harms no line by leaving."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from appliance.control.blocking import BlockingClient
from appliance.control.folder import DataFolder
from appliance.wav.clip import read_clip
from hw.dsp.dtmf import dtmf_samples
from tests.web.browser import visiting
from tests.web.site import running_site
from tests.web.wireless import WebPhone, connected, telephone

MAIN = {"line": "fxo-1"}
FRONT_DESK = {"inside": "fxs-1"}
THANKS = "and thank you for calling Riverside Dental."


@pytest.fixture(scope="module")
def unit(tmp_path_factory):
    """A unit of its own: its lines are called."""
    with running_site(tmp_path_factory.mktemp("phone") / "data") as running:
        yield running


def greetings(unit):
    """The clips of what callers hear first, at any time of the day."""
    with BlockingClient(DataFolder(unit.data).socket, 20) as control:
        clips = next(iter(control.watch("phone")))["clips"]
    return [read_clip(Path(file)) for file, text in clips.items() if text.endswith(THANKS)]


def heard_of(sound, clip):
    """How much of this clip is heard, piece by piece: where the machine is busy, a frame may be missing between two."""
    pieces = [clip[at : at + 4000] for at in range(1000, len(clip) - 4000, 4000)]
    return float(np.median([likeness(sound, piece) for piece in pieces]))


def likeness(sound, clip):
    """How much the best place in this sound is like this clip: 1 is the same."""
    sound, clip = sound.astype(float), clip.astype(float)
    size = len(sound) + len(clip)
    match = np.fft.irfft(np.fft.rfft(sound, size) * np.conj(np.fft.rfft(clip, size)), size)[: len(sound) - len(clip)]
    total = np.concatenate([[0.0], np.cumsum(sound**2)])
    energy = total[len(clip) :] - total[: -len(clip)]
    return float((match / np.sqrt(np.maximum(energy[: len(match)], 1.0) * (clip @ clip))).max())


def is_idle(unit, within=15.0):
    """All lines and telephones are on hook, at once or soon."""
    ends = time.monotonic() + within
    while time.monotonic() < ends:
        status = unit.ask("status")
        states = {one["state"] for one in status["trunks"]}, {one["state"] for one in status["stations"]}
        if not status["calls"] and states == ({"idle"}, {"on-hook"}):
            return True
        time.sleep(0.2)
    return False


def test_a_caller_hears_the_greeting_presses_keys_and_reaches_a_person(unit):
    with (
        telephone(unit, "olga", **MAIN, number="4075550177", name="ANN LEE") as caller,
        telephone(unit, **FRONT_DESK) as desk,
    ):
        caller.do("call")
        caller.until(lambda event: event.get("did") == "call")
        sound = caller.hear(9)
        assert max(heard_of(sound, clip) for clip in greetings(unit)) > 0.6
        caller.speak(dtmf_samples("101", on_ms=100, off_ms=100))
        desk.until(lambda event: event.get("sees") == "rings")
        desk.do("lift")
        desk.tells("off_hook")
        desk.hear(1)
        tone = (8000 * np.sin(2 * np.pi * 700 / 8000 * np.arange(8000))).astype(np.int16)
        caller.speak(tone)
        assert likeness(desk.hear(1), tone[:2000]) > 0.6
        assert [call["talks_to"] for call in unit.ask("status")["calls"]] == [["Maria Alvarez"]]
    assert is_idle(unit)


def test_a_page_that_is_closed_or_lost_in_the_middle_leaves_no_line_off_hook(unit):
    with telephone(unit, **MAIN) as caller:
        caller.do("call")
        caller.until(lambda event: event.get("did") == "call")
        caller.socket.socket.close()  # The browser has crashed.
    with telephone(unit, **FRONT_DESK) as desk:
        desk.do("lift")
        desk.tells("off_hook")
    assert is_idle(unit)


def test_a_telephone_of_the_office_is_used_by_one_at_a_time(unit):
    with telephone(unit, **FRONT_DESK), connected(unit, "olga") as socket:
        second = WebPhone(socket)
        second.send(open=FRONT_DESK)
        assert second.until(lambda event: event.get("refused") == "open")["code"] == "in-use"


def test_there_are_four_at_once_and_a_fifth_is_told(unit):
    with ExitStack() as stack:
        numbers = [stack.enter_context(telephone(unit, **MAIN)).events[0]["opened"] for _ in range(4)]
        assert len(set(numbers)) == 4
        fifth = WebPhone(stack.enter_context(connected(unit, "ada")))
        fifth.send(open=MAIN)
        assert fifth.until(lambda event: event.get("refused") == "open")["code"] == "too-many-phones"
    with telephone(unit, **MAIN):
        pass


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ("nonsense", 4400),
        ("[]", 4400),
        ('{"open": []}', 4400),
        ('{"open": {"stream": false}}', 4400),
        ('{"open": {"line": 7}}', 4400),
        ("[" * 1500, 4400),
        (b"\0" * 320, 4400),
        ("x" * 300_000, 1009),
    ],
)
def test_a_socket_that_begins_with_nonsense_is_closed(unit, sent, code):
    with connected(unit, "ada") as socket:
        socket.send(sent)
        with pytest.raises(ConnectionClosed) as closed:
            socket.recv(10)
        assert closed.value.rcvd.code == code


@pytest.mark.parametrize(
    "sent", [b"", b"\0" * 319, b"\0" * 640, '{"do": "play", "words": "/etc/passwd"}', '{"do": "say", "words": 7}', "{}"]
)
def test_nonsense_from_a_page_hangs_up(unit, sent):
    with telephone(unit, **MAIN) as phone:
        phone.do("lift")
        phone.tells("off_hook")
        phone.socket.send(sent)
        with pytest.raises(ConnectionClosed):
            phone.until(lambda _event: False, 10)
    assert is_idle(unit)


def test_what_cannot_be_done_is_told_and_the_telephone_goes_on(unit):
    with telephone(unit, **MAIN) as phone:
        phone.do("press", "1")
        assert phone.until(lambda event: event.get("refused") == "press")["code"] == "cannot-do"
        phone.do("lift")
        phone.tells("off_hook")


@pytest.mark.parametrize("number", ["not a number", "1" * 40])
def test_a_number_that_no_line_can_tell_is_refused(unit, number):
    with connected(unit, "ada") as socket:
        phone = WebPhone(socket)
        phone.send(open={**MAIN, "number": number})
        assert phone.until(lambda event: event.get("refused") == "open")["code"] == "not-understood"


@pytest.mark.parametrize(("who", "headers"), [("", {}), ("maria", {}), ("ada", {"Origin": "http://elsewhere.example"})])
def test_nobody_else_gets_a_telephone(unit, who, headers):
    with pytest.raises(InvalidStatus), connected(unit, who, **headers):
        pass
    if who == "maria":
        assert unit.visitor(who).get("/try").status_code == 403


def test_steps_are_told_in_words(unit):
    told = unit.visitor("olga").get("/try/steps?step=to+the+menu&step=to+maria&step=<b>").json()
    assert told["steps"] == ["Heard the menu", "Asked for Maria Alvarez", "<b>"]


@pytest.mark.proof
def test_somebody_calls_in_the_browser_speaks_and_reaches_a_telephone_in_another_tab(unit, browser):
    with visiting(browser, unit, "ada") as page, visiting(browser, unit, "olga") as other:
        other.goto("/try")
        other.check("input[value=inside]")
        other.select_option("#inside", label="front desk · Maria Alvarez, 101")
        other.click("[data-take]")
        other.locator("[data-act=lift]:enabled").wait_for()
        page.goto("/try")
        page.click("[data-take]")
        heard = page.locator("[data-heard]")
        heard.get_by_text("thank you for calling").first.wait_for(timeout=40_000)
        page.locator("[data-box='ToMenu to the menu'].lit").wait_for()
        page.keyboard.type("101", delay=300)
        other.locator(".display.rings").wait_for(timeout=20_000)
        other.click("[data-act=lift]")
        page.get_by_text("Talks with Maria Alvarez").wait_for(timeout=20_000)
        page.click("[data-mic]")  # It beeps.
        page.locator("[data-mic][aria-pressed=true]").wait_for()
        page.fill("#words", "Good morning, Maria")
        page.keyboard.press("Enter")
        other.locator("[data-heard]").get_by_text("Good morning, Maria").wait_for(timeout=40_000)
        page.click("[data-act='hang up']")
        other.get_by_text("The other side has hung up.").or_(other.get_by_text("Fast busy tone")).first.wait_for()
    assert is_idle(unit)
