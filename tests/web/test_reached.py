"""How one is reached, and what one's callers hear, as it is set at the page."""

from __future__ import annotations

import io
import wave

import numpy as np
import pytest

from appliance.control.errors import ControlError
from tests.web.browser import visiting


def status(site, person="tom"):
    return next(one for one in site.ask("people.list") if one["person"] == person)


def document_of(site, person="tom"):
    return next(one for one in site.ask("office.get")["document"]["people"] if one["id"] == person)


def tone(seconds, rate=8000):
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setparams((1, 2, rate, 0, "NONE", ""))
        written.writeframes(np.full(int(seconds * rate), 900, "<i2").tobytes())
    return file.getvalue()


def test_the_telephone_is_silenced_and_rings_again(clinic):
    tom = clinic.visitor("tom")
    tom.post("/reached/disturb", {"on": "yes", "until": "2090-01-01T08:00"}, of="/reached")
    assert not status(clinic)["do_not_disturb"], "so far away is refused"
    assert "Be disturbed again" in tom.post("/reached/disturb", {"on": "yes"}, of="/reached").text
    assert status(clinic)["do_not_disturb"]
    tom.post("/reached/disturb", {"on": "no"}, of="/reached")
    assert not status(clinic)["do_not_disturb"]


def test_one_goes_away_logs_out_and_has_calls_forwarded(clinic):
    tom = clinic.visitor("tom")
    tom.post("/reached/presence", {"here": "no"}, of="/reached")
    tom.post("/reached/member", {"department": "sales", "logged_in": "no"}, of="/reached")
    tom.post("/reached/forwarding", {"when": "no-answer", "to": "1 03"}, of="/reached")
    now = status(clinic)
    assert (now["here"], now["logged_out"], now["forwarding"], now["to"]) == (False, ["sales"], "no-answer", "103")
    told = tom.post("/reached/forwarding", {"when": "always", "to": "102"}, of="/reached")
    assert (told.status_code, 'id="wrong-to"' in told.text) == (400, True)
    tom.post("/reached/presence", {"here": "yes"}, of="/reached")
    tom.post("/reached/forwarding", {"when": "never"}, of="/reached")
    tom.post("/reached/member", {"department": "sales", "logged_in": "yes"}, of="/reached")
    assert status(clinic)["forwarding"] == "never"


def test_the_own_fields_of_the_office_document_are_changed_and_no_others(clinic):
    tom, before = clinic.visitor("tom"), clinic.ask("office.get")["document"]
    fields = {"ring_seconds": "35", "language": "sv", "person": "maria", "extension": "999", "manager": "yes"}
    assert "Saved" in tom.post("/reached/calls", fields, of="/reached").text
    after = clinic.ask("office.get")["document"]
    mine = {"screening": False, "ask_name": False, "ring_seconds": 35, "language": "sv"}
    changed = [one | mine if one["id"] == "tom" else one for one in before["people"]]
    assert after == before | {"people": changed}
    tom.post("/reached/calls", {"screening": "yes", "ask_name": "yes", "ring_seconds": "20"}, of="/reached")
    assert "language" not in document_of(clinic)


def test_a_mistake_stands_beside_its_field_and_changes_nothing(clinic):
    tom, before = clinic.visitor("tom"), clinic.ask("office.get")["document"]
    for pin, again, where in (
        ("1234", "1234", "pin"),
        ("4711", "4712", "again"),
        ("", "", "pin"),
        ("x" * 99, "x" * 99, "pin"),
    ):
        told = tom.post("/reached/pin", {"pin": pin, "again": again}, of="/reached")
        assert (told.status_code, f'id="wrong-{where}"' in told.text) == (400, True), pin
        assert "4711" not in told.text
    told = tom.post("/reached/notices", {"mail": "nowhere", "messages": "all", "call.of": "all"}, of="/reached")
    assert told.status_code == 400
    assert 'id="wrong-mail"' in told.text
    assert clinic.ask("office.get")["document"] == before


def test_a_new_pin_is_stored_and_never_shown(clinic):
    tom = clinic.visitor("tom")
    assert "Saved" in tom.post("/reached/pin", {"pin": "60937", "again": "60937"}, of="/reached").text
    assert document_of(clinic)["pin"] == "60937"
    assert "60937" not in tom.get("/reached").text


@pytest.mark.parametrize(
    "fields",
    [
        {"extension": "999"},
        {"manager": True},
        {"cell": "5550123"},
        {"notify": {"call": {"number": "0900"}}},
        {"notify": 5},
    ],
    ids=str,
)
def test_what_is_not_ones_own_is_refused_by_the_daemon_itself(clinic, fields):
    with pytest.raises(ControlError) as answer:
        clinic.ask("people.change-settings", person="tom", fields=fields)
    assert answer.value.code in ("not-ones-own", "not-understood")


def test_a_greeting_is_uploaded_heard_and_removed(clinic):
    tom, sound = clinic.visitor("tom"), tone(3.0)
    upload = "/greetings/tom/regular/upload"
    form = {"csrf_token": tom.token("/greetings/tom")}
    told = tom.http.post(tom.url + upload, data=form, files={"file": ("hello.wav", sound)}, timeout=20)
    assert "Callers hear it from now on" in told.text
    assert tom.get("/greetings/tom/regular.wav").content == sound
    assert "is gone" in tom.post("/greetings/tom/regular/remove", of="/greetings/tom").text
    assert tom.get("/greetings/tom/regular.wav").status_code == 404


@pytest.mark.parametrize(
    ("kind", "content", "told"),
    [
        ("regular", b"", "choose a sound file"),
        ("regular", b"<script>", "cannot be used"),
        ("regular", tone(3.0, 44100), "cannot be used"),
        ("regular", tone(0.4), "too short"),
        ("name", tone(9.0), "too long"),
        ("temporary", tone(3.0), "last day"),
    ],
    ids=["nothing", "no sound", "another rate", "too short", "too long", "no day"],
)
def test_a_file_that_cannot_be_a_greeting_is_told_of_in_plain_words(clinic, kind, content, told):
    tom = clinic.visitor("tom")
    form = {"csrf_token": tom.token("/greetings/tom")}
    address = f"{tom.url}/greetings/tom/{kind}/upload"
    assert told in tom.http.post(address, data=form, files={"file": ("a.wav", content)}, timeout=20).text
    assert clinic.ask("greetings.list", person="tom")[0]["greetings"] == []


def test_a_greeting_is_recorded_with_the_microphone_and_heard_before_it_is_used(clinic, browser):
    with visiting(browser, clinic, "tom") as page:
        page.goto("/greetings/tom")
        page.click("#regular [data-microphone]")
        page.wait_for_timeout(1800)
        page.click("#regular [data-microphone]")
        page.locator("#regular [data-keep]").click()
        page.wait_for_selector("#regular sound-player")
    (greeting,) = clinic.ask("greetings.list", person="tom")[0]["greetings"]
    assert greeting["kind"] == "regular"
    assert 1.0 < greeting["seconds"] < 6.0
    clinic.ask("greetings.remove", person="tom", kind="regular")
