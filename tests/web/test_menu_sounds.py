"""Texts heard while they are written, and recordings that take their part."""

from __future__ import annotations

import io
import time
import wave

import numpy as np
import pytest

from appliance.control.blocking import BlockingClient
from appliance.control.folder import DataFolder
from tests.web.browser import visiting

PLACE = "menu.keys.1.says"


def tone(rate: int = 44100, seconds: float = 1.0) -> bytes:
    """A WAV file in stereo."""
    samples = (8000 * np.sin(2 * np.pi * 440 * np.arange(int(rate * seconds)) / rate)).astype("<i2")
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(2)
        written.setsampwidth(2)
        written.setframerate(rate)
        written.writeframes(np.repeat(samples, 2).tobytes())
    return file.getvalue()


@pytest.fixture
def ada(site):
    yield site.visitor("ada")
    if site.ask("sounds.list")["sounds"][3]["in_use"] == "recording":
        site.ask("sounds.remove", place=PLACE)


def send(visitor, content: bytes):
    return visitor.http.post(
        f"{visitor.url}/menus/record",
        data={"csrf_token": visitor.token("/menus"), "place": PLACE},
        files={"file": ("greeting.wav", content)},
        headers={"Accept": "application/json"},
        timeout=20,
    )


def test_a_text_is_spoken_at_once(ada):
    answer = ada.post_json("/menus/speak", {"text": "For appointments, press 1.", "language": "en"}, of="/menus")
    with wave.open(io.BytesIO(answer.content)) as heard:
        assert (heard.getframerate(), heard.getnchannels()) == (8000, 1)
        assert 0.8 < heard.getnframes() / 8000 < 5
    assert ada.post_json("/menus/speak", {"text": " "}, of="/menus").content == b""


@pytest.mark.parametrize("fields", [{}, {"text": 3}, {"text": "x" * 1001}, []])
def test_what_is_no_text_is_refused(ada, fields):
    assert ada.post_json("/menus/speak", fields, of="/menus").status_code == 400


def test_a_language_that_is_not_there_is_not_spoken(ada):
    assert ada.post_json("/menus/speak", {"text": "x", "language": "xx"}, of="/menus").status_code == 404


def test_an_uploaded_sound_is_converted_read_back_heard_and_taken_back(site, ada):
    told = send(ada, tone())
    assert told.status_code == 200
    assert "read back" in told.json()["message"]
    with wave.open(io.BytesIO(ada.get(f"/menus/recording/{PLACE}.wav").content)) as heard:
        assert (heard.getframerate(), heard.getnchannels()) == (8000, 1)
        assert 0.8 < heard.getnframes() / 8000 < 1.2
    ada.post("/menus/sound", {"place": PLACE, "wanted": "text"}, of="/menus")
    assert ada.get(f"/menus/recording/{PLACE}.wav").status_code == 400
    ada.post("/menus/sound", {"place": PLACE, "wanted": "before"}, of="/menus")
    assert len(ada.get(f"/menus/recording/{PLACE}.wav").content) > 10_000


def test_what_is_recorded_while_there_is_a_draft_goes_live_with_it(site, ada):
    document = site.ask("draft.get")["document"]
    menu = {"greeting": "Good night.", "keys": {}}
    site.ask("draft.edit", by="ada", pieces=[[["menus", "night"], None, menu]])
    assert "goes live with the draft" in send(ada, tone()).json()["message"]
    assert site.ask("sounds.list", places=[PLACE])["sounds"][0]["in_use"] == "text"
    assert "in the draft: recorded, 1.0 s" in ada.get("/menus?at=menu").text
    assert "menus.night.greeting" in ada.get("/menus?at=menus.night").text
    assert len(ada.get(f"/menus/recording/{PLACE}.wav?draft=1").content) > 10_000
    ada.post("/menus/sound", {"place": PLACE, "wanted": "draft-none"}, of="/menus")
    assert "recorded, 1.0 s" not in ada.get("/menus?at=menu").text
    send(ada, tone())
    ada.post("/menus/live", {"revision": site.ask("draft.get")["revision"]}, of="/menus/changes")
    assert site.ask("sounds.list", places=[PLACE])["sounds"][0]["in_use"] == "recording"
    before = site.ask("versions.list")["versions"][1]["version"]
    ada.post(f"/menus/versions/{before}", of="/menus/versions")
    assert site.ask("sounds.list", places=[PLACE])["sounds"][0]["in_use"] == "text"
    assert site.ask("office.get")["document"] == document


def test_what_is_no_sound_is_refused_by_its_content(site, ada):
    ada.http.headers["Accept-Language"] = "de"
    for content in (b"ID3\x03" + bytes(3000), tone()[:5000]):
        told = send(ada, content)
        assert told.status_code == 400
        assert told.json()["message"].startswith("Die Datei ")
    assert site.ask("sounds.list")["sounds"][3]["in_use"] == "text"


def test_a_telephone_is_rung_to_record(site, ada):
    with BlockingClient(DataFolder(site.data).socket, 20) as control:
        phone = control.call("phone.open", inside="fxs-1")["phone"]
        ada.post("/menus/sound", {"place": PLACE, "wanted": "ring", "station": "front desk"}, of="/menus")
        assert ada.get(f"/menus/rung/{PLACE}").json() == {"state": "ringing"}
        for act in ("lift", "hang up"):
            time.sleep(1.0)
            control.call("phone.do", phone=phone, act=act)
        time.sleep(1.0)
    assert ada.get(f"/menus/rung/{PLACE}").json() == {"state": "not-saved"}
    answer = ada.post("/menus/sound", {"place": PLACE, "wanted": "ring", "station": "attic"}, of="/menus")
    assert "There is no telephone attic" in answer.text


def test_the_microphone_records_in_the_browser(site, browser, ada):
    with visiting(browser, site, "ada") as page:
        page.goto("/menus?at=menu")
        sound = page.locator(f'[data-place="{PLACE}"]')
        sound.locator("summary").click()
        sound.locator("[data-microphone]").click()
        page.wait_for_timeout(1500)
        sound.locator("[data-microphone]").click()
        sound.locator("[data-told]", has_text="read back").wait_for()
        sound.locator(".badge.good").wait_for()
    assert len(ada.get(f"/menus/recording/{PLACE}.wav").content) > 8000
