"""The page that tests a line: begun and stopped, what is found, heard and seen, and what is taken into the settings."""

from __future__ import annotations

import io
import json
from xml.etree import ElementTree

import pytest

from appliance.control.errors import ControlError
from appliance.wav.clip import clip_in
from hw.said import said, wording
from tests.web.browser import visiting
from tests.web.paperunit import PaperUnit, PaperVisitor
from tests.web.scenes.linetest import settled, until_something_was_heard
from tests.web.site import OFFICE

ENDINGS = {"field": "endings", "value": ["silence", "tone"], "why": wording(said("calls end so"))}
FLASH = {"field": "flash_ms", "value": 400, "why": wording(said("so much is lost on the wires"))}
KEYS = {
    "code": "keys",
    "heading": wording(said("Tone dialing")),
    "told": wording(said("Dial tone stops at the first key.")),
    "sure": "(sure)",
    "trouble": False,
    "shows": [0],
}


def test_a_test_is_begun_watched_and_stopped_and_what_it_heard_is_shown(site, browser):
    settled(site)
    ada = site.visitor("ada")
    with visiting(browser, site, "ada") as page:
        page.goto("/settings/lines")
        page.click('a[href="/line-test?line=fxo-2"]')
        assert page.input_value("#line") == "fxo-2"
        page.click("main form[action='/line-test'] button")
        page.wait_for_selector("[data-line-test]")
        busy = ada.post("/line-test", {"line": "fxo-1"})
        assert (busy.status_code, "is being tested: wait until that is over" in busy.text) == (409, True)
        now = ada.get("/line-test/now.json").json()
        assert (now["running"], now["step"] != "") == (True, True)
        assert ada.get("/line-test/report").status_code == 404
        until_something_was_heard(site)
        assert "Look again" in ada.get("/line-test").text
        assert "is being stopped" in ada.post("/line-test/stop", of="/line-test").text
        page.wait_for_selector(".findings")  # The script has noticed it, and fetched the page anew.
        assert "The test ended early: it was stopped." in page.inner_text(".findings")
        assert page.inner_text("#heard-0 figcaption") == "Dial tone"
        page.goto("/line-test/report")
        assert page.locator("audio").count() == 1
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).lineHeight") != "normal"

    report = ada.get("/line-test/report")
    assert report.text.startswith('<!doctype html>\n<html lang="en">')
    assert "<dt>Not finished</dt>" in report.text
    german = site.visitor("ada").get("/line-test/report", headers={"Accept-Language": "de"})
    assert german.text.startswith('<!doctype html>\n<html lang="de">')
    assert "What was heard" not in german.text
    assert "<dt>Not finished</dt>" not in german.text
    policy = report.headers["Content-Security-Policy"]
    assert report.headers["Content-Type"] == "text/html; charset=utf-8"
    assert policy.startswith("default-src 'none'; ")
    assert policy.endswith("sandbox")
    assert "script" not in policy
    assert report.text.endswith("</html>\n")
    sound = ada.get("/line-test/heard/0.wav")
    assert len(clip_in(io.BytesIO(sound.content), "dial tone")) > 8000
    for kind in ("loudness", "frequencies"):
        plot = ada.get(f"/line-test/heard/0/{kind}.svg")
        assert plot.headers["Content-Type"].startswith("image/svg+xml")
        assert ElementTree.fromstring(plot.text).tag == "{http://www.w3.org/2000/svg}svg"
    absent = ("heard/99.wav", "heard/99/loudness.svg", "heard/0/else.svg")
    assert [ada.get(f"/line-test/{one}").status_code for one in absent] == [404] * 3


@pytest.mark.parametrize(
    ("line", "other", "told"),
    [
        ("fxo-77", "", "There is no line &#39;fxo-77&#39;: there are main, line 2, line 3 and line 4"),
        ("fxo-3", "fxo-3", "Line 3 cannot help: it is the line itself"),
    ],
)
def test_what_cannot_be_tested_is_told(site, line, other, told):
    settled(site)
    answer = site.visitor("ada").post("/line-test", {"line": line, "with": other})
    alert = answer.text.partition('role="alert">')[2].partition("</p>")[0]
    assert (answer.status_code, alert) == (409, f"{told}.")


class UnitWithTestedLine(PaperUnit):
    """A unit of paper whose main line was tested."""

    def __init__(self) -> None:
        document = json.loads(OFFICE.read_text(encoding="utf-8"))
        super().__init__(document)
        self.test: dict | None = {
            "line": document["trunks"][0]["name"],
            "other": "",
            "running": False,
            "step": wording(said("hook flashes")),
            "findings": [KEYS],
            "proposals": [ENDINGS, FLASH],
            "recordings": ["dial tone"],
            "report": "a file",
        }
        self.refuses = ""
        self.accepted: list[list[str]] = []

    def call(self, method: str, /, **params):
        if method == "lines.test_state" and self.test is None:
            raise ControlError("no-test", "no line was tested")
        if method == "lines.test_state":
            return self.test
        if method == "lines.accept" and self.refuses:
            raise ControlError(self.refuses, said("the disk is full"))
        if method == "lines.accept":
            self.accepted.append(params["fields"])
            self.test["proposals"] = [one for one in self.test["proposals"] if one["field"] not in params["fields"]]
            return self.test
        return super().call(method, **params)


@pytest.fixture
def tested(tmp_path):
    visitor = PaperVisitor(UnitWithTestedLine(), tmp_path)
    visitor.client.application.config["WTF_CSRF_ENABLED"] = False
    return visitor


def accepted(visitor, *fields):
    visitor.send("/line-test/accept", [("field", one) for one in fields])
    return visitor.get("/line-test").text


def test_proposals_are_told_in_the_words_of_the_settings_and_those_that_are_ticked_are_set(tested):
    page = tested.get("/line-test").text
    assert "How it tells that somebody has hung up: Nothing but silence, A busy tone" in page
    assert "Hook flash, in milliseconds: 400" in page
    assert "The line is well." in page
    assert "Nothing was chosen" in accepted(tested)
    page = accepted(tested, "flash_ms")
    assert (tested.unit.accepted, "is set up by what was measured" in page) == ([["flash_ms"]], True)
    assert 'value="flash_ms"' not in page
    assert 'value="endings"' in page
    assert "Nothing has to be set" in accepted(tested, "endings")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("no-test", "has forgotten the test"),
        ("office-changed", "at the same moment"),
        ("disk-full", "The disk is full"),
    ],
)
def test_why_proposals_are_not_set_is_told(tested, code, told):
    tested.unit.refuses = code
    assert told in accepted(tested, "flash_ms")


def test_a_unit_that_was_started_again_knows_no_test(tested):
    tested.unit.test = None
    page = tested.get("/line-test").text
    assert "What was found" not in page
    assert "Begin the test" in page
