"""A person's messages at the page: heard, deleted and brought back, forwarded; and nobody else's."""

from __future__ import annotations

import io
import time
import wave

import numpy as np
import pytest

from appliance.control.blocking import BlockingClient
from appliance.control.folder import DataFolder
from tests.web.browser import visiting
from tests.web.messages import stored_sound, wait_for, written_to

WORDS = "This is Jane Roe. My tooth aches, please call me back today."


@pytest.fixture(scope="module")
def left(clinic):
    """The id of a message that was left for the office by telephone: the menu's key 3 leads there."""
    with BlockingClient(DataFolder(clinic.data).socket, 30) as jane:  # Her telephone is hers as long as she is there.
        phone = jane.call("phone.open")["phone"]
        jane.call("phone.do", phone=phone, act="lift")
        time.sleep(1.0)
        jane.call("phone.do", phone=phone, act="press", words="5550100")
        wait_for(lambda: any(line["state"] == "up" for line in clinic.ask("status")["trunks"]))
        time.sleep(0.5)
        jane.call("phone.do", phone=phone, act="press", words="3")
        wait_for(lambda: list((clinic.data / "messages" / "office" / "tmp").glob("*/audio.wav")))
        time.sleep(0.5)
        jane.call("phone.do", phone=phone, act="say", words=WORDS)
        jane.call("phone.do", phone=phone, act="hang up")
        wait_for(lambda: clinic.ask("messages.list", person="office")["messages"])
    return clinic.ask("messages.list", person="office")["messages"][0]["id"]


def test_a_message_left_by_telephone_is_heard_in_the_browser_sample_by_sample(clinic, left, browser):
    with visiting(browser, clinic, "maria") as page:
        page.goto("/inbox/office")
        assert page.locator("article [data-new]").is_visible()
        page.locator("sound-player button.play").focus()
        page.keyboard.press("Enter")
        page.locator("article [data-new]").wait_for(state="hidden")
        page.wait_for_function("() => document.querySelector('audio').currentTime > 0.2")
        page.keyboard.press("l")
        page.wait_for_function("() => document.querySelector('audio').ended")
        page.keyboard.press("j")
        page.wait_for_function("() => document.querySelector('audio').currentTime < 1")
        page.locator("sound-player button.speed").click()
        assert page.evaluate("document.querySelector('audio').playbackRate") == 1.25
        played = page.evaluate(
            """async () => {
                const file = await (await fetch(document.querySelector("audio").src)).arrayBuffer();
                const sound = await new OfflineAudioContext(1, 1, 8000).decodeAudioData(file);
                return Array.from(sound.getChannelData(0), (sample) => Math.round(sample * 32768));
            }"""
        )
        page.goto("/inbox/maria")
        page.wait_for_function("() => document.querySelector('[data-away]').hidden")
        come = written_to(clinic, "maria", "The plumber is here.")
        page.locator("#came >> text=There is a new message").wait_for()
        clinic.ask("messages.delete", person="maria", id=come)
    assert np.array_equal(np.array(played, np.int16), stored_sound(clinic, "office", left))
    assert np.abs(played).max() > 1000
    assert clinic.ask("messages.list", person="office")["messages"][0]["state"] == "saved"
    assert [box["new"] for box in clinic.ask("status")["mailboxes"] if box["person"] == "office"] == [0]


def test_the_sound_comes_in_the_ranges_that_a_browser_asks_for(clinic, left):
    maria, path = clinic.visitor("maria"), f"/inbox/office/{left}/sound.wav"
    whole = maria.get(path)
    assert (whole.status_code, whole.headers["Content-Type"]) == (200, "audio/wav")
    assert int(whole.headers["Content-Length"]) == len(whole.content) > 64 * 1024
    with wave.open(io.BytesIO(whole.content)) as file:
        assert file.getframerate() == 8000
    for asked, told in (("100-199", slice(100, 200)), ("70000-", slice(70000, None)), ("-50", slice(-50, None))):
        part = maria.get(path, headers={"Range": f"bytes={asked}"})
        assert (part.status_code, part.content) == (206, whole.content[told]), asked
    beyond = maria.get(path, headers={"Range": f"bytes={len(whole.content)}-"})
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{len(whole.content)}")
    assert "attachment" in maria.get(f"{path}?download=1").headers["Content-Disposition"]


def test_what_was_deleted_is_undone_at_once_or_brought_back_later(clinic):
    maria, id = clinic.visitor("maria"), written_to(clinic, "maria", "Your glasses are ready.")
    gone = maria.post(f"/inbox/maria/{id}/delete", of="/inbox/maria")
    assert "is deleted" in gone.text
    assert "Undo" in gone.text
    assert "Your glasses" not in maria.get("/inbox/maria").text
    assert "Your glasses" in maria.get("/inbox/maria?show=deleted").text
    assert "Your glasses" in maria.post(f"/inbox/maria/{id}/restore", of="/inbox/maria").text


def test_a_message_is_marked_as_new_again_and_as_done(clinic):
    maria, id = clinic.visitor("maria"), written_to(clinic, "maria", "The taxi is here.")
    assert maria.post(f"/inbox/maria/{id}/heard", of="/inbox/maria").status_code == 200
    assert clinic.ask("messages.one", person="maria", id=id)["state"] == "saved"
    assert maria.post_json(f"/inbox/maria/{id}/unheard", {}).json() == {"state": "new"}
    assert clinic.ask("messages.one", person="maria", id=id)["state"] == "new"


def test_a_message_is_forwarded_with_a_note(clinic, left):
    maria = clinic.visitor("maria")
    before = {one["id"] for one in clinic.ask("messages.list", person="tom")["messages"]}
    told = maria.post(
        f"/inbox/office/{left}/forward", {"to": ["tom", "sales"], "words": "Yours, I think."}, of="/inbox/office"
    )
    assert "It was sent to Doctor Tom Becker, Sales." in told.text
    tom = clinic.visitor("tom")
    assert "Yours, I think." in tom.get("/inbox/tom").text
    assert "forwarded by Maria Alvarez" in tom.get("/inbox/sales").text
    (got,) = [one for one in clinic.ask("messages.list", person="tom")["messages"] if one["id"] not in before]
    assert np.array_equal(stored_sound(clinic, "tom", got["id"]), stored_sound(clinic, "office", left))
    assert "at least one" in maria.post(f"/inbox/office/{left}/forward", of="/inbox/office").text


def test_a_caller_is_called_back_at_one_touch(clinic):
    tom, nobody = clinic.visitor("tom"), written_to(clinic, "tom", "Somebody called.", number="")
    assert "gave no number" in tom.post(f"/inbox/tom/{nobody}/call-back", of="/inbox/tom").text
    jane = written_to(clinic, "tom", "Please call me.")
    assert "Your telephone rings now" in tom.post(f"/inbox/tom/{jane}/call-back", of="/inbox/tom").text
    with BlockingClient(DataFolder(clinic.data).socket, 30) as surgery:
        phone = surgery.call("phone.open", inside="surgery")["phone"]
        wait_for(lambda: any(one["state"] == "ringing" for one in clinic.ask("status")["stations"]))
        surgery.call("phone.do", phone=phone, act="lift")
        wait_for(lambda: any(call["called"].endswith("4075550123") for call in clinic.ask("status")["calls"]))
    wait_for(lambda: not clinic.ask("status")["calls"])
    for id in (nobody, jane):
        clinic.ask("messages.delete", person="tom", id=id)


@pytest.mark.parametrize("who", ["ada", "olga", "tom"])
def test_nobody_reaches_the_messages_and_greetings_of_others(clinic, who):
    id = written_to(clinic, "maria", "For Maria alone.")
    visitor, token_of = clinic.visitor(who), "/" if who != "ada" else "/today"
    for path in ("/inbox/maria", f"/inbox/maria/{id}", f"/inbox/maria/{id}/sound.wav", "/greetings/maria"):
        assert visitor.get(path).status_code in (403, 404), path
    assert visitor.get("/greetings/maria/regular.wav").status_code in (403, 404)
    for work in ("heard", "unheard", "delete", "restore", "forward"):
        answer = visitor.post(f"/inbox/maria/{id}/{work}", {"to": "tom", "person": "maria"}, of=token_of)
        assert answer.status_code in (403, 404), work
    for work in ("upload", "ring", "remove"):
        assert visitor.post(f"/greetings/maria/regular/{work}", of=token_of).status_code in (403, 404), work
    assert clinic.ask("messages.one", person="maria", id=id)["state"] == "new"
    clinic.ask("messages.delete", person="maria", id=id)


def test_an_administrator_without_a_mailbox_has_no_inbox_and_a_person_begins_there(clinic):
    ada = clinic.visitor("ada")
    assert (ada.get("/inbox").status_code, ada.get("/reached").status_code) == (403, 403)
    assert "Inbox" not in ada.get("/today").text
    assert clinic.visitor("maria").get("/", allow_redirects=False).headers["Location"] == "/inbox"


@pytest.mark.parametrize("id", ["000999", "x" * 300, "%00", "%2e%2e%2f"])
def test_a_message_that_is_not_there_is_a_page_that_is_not_there(clinic, id):
    maria = clinic.visitor("maria")
    assert maria.get(f"/inbox/maria/{id}").status_code == 404
    assert maria.get(f"/inbox/maria/{id}/sound.wav").status_code == 404
    assert maria.post(f"/inbox/maria/{id}/delete", of="/inbox/maria").status_code == 404
