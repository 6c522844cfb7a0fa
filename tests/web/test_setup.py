"""A new unit is set up at its page."""

from __future__ import annotations

import contextlib
import stat
import subprocess
import sys
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from requests.adapters import HTTPAdapter

from appliance.control.blocking import BlockingClient
from appliance.control.errors import ControlError
from appliance.control.folder import DataFolder
from tests.web.browser import visiting
from tests.web.newunit import FORMS, PASSWORD, code_of, fills_in, finished, heard_outside, let_in, new_unit
from tests.web.site import ROOT, ready, running_site, start_daemon, stop


class FromAddress(HTTPAdapter):
    """Requests that come from another address of this machine."""

    def init_poolmanager(self, *args, **more):
        super().init_poolmanager(*args, source_address=("127.0.0.9", 0), **more)


@pytest.fixture
def unit(new_site):
    """Not set up, and left so by the tests that use it."""
    return new_site


@pytest.mark.parametrize("path", ["/", "/sign-in", "/today", "/nowhere"])
def test_every_page_leads_to_the_set_up(unit, path):
    answer = unit.visitor().get(path, allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/setup")


def test_a_device_is_told_to_trust_the_unit_before_it_is_set_up(unit):
    visitor = unit.visitor()
    assert visitor.get("/trust", allow_redirects=False).status_code == 200
    assert visitor.get("/trust/copperdesk.crt", allow_redirects=False).status_code == 404  # It is not encrypted here.
    assert visitor.get("/api/v1/status", allow_redirects=False).status_code == 401


def test_the_codes_are_printed_when_the_unit_starts(unit):
    digits, label = code_of(unit), unit.ask("recovery.label")["code"]
    assert f"is {digits[:4]} {digits[4:]}." in unit.said
    assert f"for a forgotten password, is {label}." in unit.said


def test_without_the_code_no_step_is_shown_or_taken(unit):
    visitor = unit.visitor()
    for answer in (
        visitor.get("/setup/people", allow_redirects=False),
        visitor.get("/setup/now.json", allow_redirects=False),
        visitor.post("/setup/you", FORMS["you"], of="/setup", allow_redirects=False),
        visitor.post("/setup/ring/fxs-1", of="/setup", allow_redirects=False),
    ):
        assert (answer.status_code, answer.headers["Location"]) == (302, "/setup")


def test_a_wrong_code_is_told(unit):
    answer = unit.visitor().post("/setup", {"code": "1234"})
    assert answer.status_code == 401
    assert "That is not the code" in answer.text


def test_the_code_may_be_typed_with_spaces(unit):
    digits = code_of(unit)
    answer = unit.visitor().post("/setup", {"code": f" {digits[:4]} {digits[4:]} "})
    assert answer.url.startswith(unit.url + "/setup/")


def test_another_browser_goes_on_where_it_was_left(unit):
    assert fills_in(let_in(unit), "you").headers["Location"] == "/setup/place"
    other = let_in(unit)
    assert other.get("/setup").url == unit.url + "/setup/place"
    page = other.get("/setup/you").text
    assert 'value="Maria Alvarez"' in page
    assert "It is kept" in page
    assert "argon2" not in page


def test_answers_are_for_the_eyes_of_the_unit_alone(unit):
    fills_in(let_in(unit), "company")
    assert stat.S_IMODE((unit.data / "setup.json").stat().st_mode) == 0o600


def test_two_browsers_at_one_step(unit):
    one, other = let_in(unit), let_in(unit)
    stale = other.get("/setup/company").text.partition('name="revision" value="')[2].partition('"')[0]
    fills_in(one, "company", name="Bay Title")
    answer = other.post("/setup/company", {"name": "Harbour Law", "revision": stale})
    assert answer.status_code == 409
    assert 'value="Bay Title"' in answer.text
    assert "Somebody else has answered" in answer.text


def test_an_answer_that_is_sent_again_by_a_reload_is_nobody_elses(unit):
    visitor = let_in(unit)
    seen = visitor.get("/setup/company").text.partition('name="revision" value="')[2].partition('"')[0]
    for _time in range(2):
        answer = visitor.post("/setup/company", {**FORMS["company"], "name": "", "revision": seen})
        assert answer.status_code == 422


def hours_of_monday(begins: list[str], until: list[str]) -> dict:
    """What is filled in where the office is open on Mondays alone."""
    return {
        "always": "",
        "breaks": "1",
        "week.monday.open": "1",
        "week.monday.from": begins,
        "week.monday.until": until,
    }


@pytest.mark.parametrize(
    ("step", "changed", "told"),
    [
        ("you", {"password": "short", "password2": "short"}, "at least 10 characters"),
        ("you", {"password2": "three plain word"}, "not the same password"),
        ("you", {"password": "password1234", "password2": "password1234"}, "guessed too easily"),
        ("you", {"password": "maria alvarez1", "password2": "maria alvarez1"}, "guessed too easily"),
        ("place", {"time_zone": "Europe/Nowhere"}, "choose the time zone"),
        ("company", {"name": ""}, "enter a name"),
        ("lines", {"number-0": "", "number-1": ""}, "one line at least"),
        ("people", {"extension-1": "101"}, "Maria Alvarez has this extension already"),
        ("people", {"telephone-1": "fxs-1"}, "already that of Maria Alvarez"),
        ("hours", hours_of_monday(["17:00", ""], ["09:00", ""]), "before it begins"),
        ("hours", hours_of_monday(["09:00", "11:00"], ["12:00", "17:00"]), "begin before those"),
        ("menu", {"template": "companies", "second": ""}, "name of the second company"),
    ],
)
def test_a_mistake_is_told_beside_the_field_and_what_was_filled_in_stays(unit, step, changed, told):
    answer = fills_in(let_in(unit), step, **changed)
    assert answer.status_code == 422
    assert told in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_tuesday_to_friday_are_made_like_monday_by_one_button_and_a_break_is_kept(unit):
    visitor = let_in(unit)
    monday = hours_of_monday(["08:00", "13:00"], ["12:00", "17:30"])
    copied = fills_in(visitor, "hours", **monday, action="as-monday:week.monday")
    assert copied.status_code == 200
    assert copied.text.count('value="13:00"') == 5
    saturday = fills_in(visitor, "hours", **monday, action="as-monday:week.saturday")
    assert saturday.text.count('value="13:00"') == 2
    assert fills_in(visitor, "hours", **monday).status_code == 302


def test_three_hundred_people_are_pasted(unit):
    visitor = let_in(unit)
    names = [f"Nguyễn Văn {number}\t\t" for number in range(299)]
    table = "\n".join(["Name\tExtension\tCell", *names, "\t7\t", "Юлия Щукина\t555\t"])
    answer = fills_in(visitor, "people", action="paste", pasted=table)
    assert answer.status_code == 200
    assert answer.text.count('class="person"') == 303
    assert "Row 301" in answer.text
    assert 'value="Юлия Щукина"' in answer.text
    assert fills_in(visitor, "people").status_code == 302


def test_all_lacking_steps_are_asked_for_before_it_starts(unit):
    visitor = let_in(unit)
    fills_in(visitor, "you")
    fills_in(visitor, "place", time_zone="")
    answer = fills_in(visitor, "menu")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/setup/place")
    assert "This step is not finished yet" in visitor.get("/setup/place").text
    assert unit.ask("setup.state") == {"open": True}


def test_a_telephone_rings_that_is_looked_for(unit):
    visitor = let_in(unit)
    visitor.post_json("/setup/ring/fxs-2", {}, of="/setup/people")
    now = visitor.get("/setup/now.json").json()
    assert [one["state"] for one in now["telephones"]] == ["on-hook", "ringing", "on-hook", "on-hook"]


class Counting:
    """Somebody at a browser who clicks and types: a click counts as one, and a field that is filled in as one."""

    def __init__(self, page) -> None:
        self.page = page
        self.count = 0

    def click(self, selector: str) -> None:
        self.count += 1
        self.page.click(selector)

    def fill(self, selector: str, text: str) -> None:
        self.count += 1
        self.page.fill(selector, text)

    def goes_on(self) -> None:
        self.click("[data-continue]")


def test_three_people_are_set_up_in_forty_clicks_and_keys_and_the_first_caller_is_greeted(tmp_path, browser):
    """A field counts as one, however long the text in it: so do a click and a choice."""
    with new_unit(tmp_path / "data") as site, visiting(browser, site) as page:
        began = time.monotonic()
        page.goto("/")
        hand = Counting(page)
        hand.fill("#code", code_of(site))
        hand.click("main button.primary")
        page.click("[data-continue]")
        page.wait_for_selector("[aria-invalid=true]")
        hand.fill("#name", "Maria Alvarez")
        hand.fill("#password", PASSWORD)
        hand.fill("#password2", PASSWORD)
        hand.goes_on()
        page.wait_for_selector("#country")
        page.go_back()  # To the page that had the mistakes, without an error of the browser's own.
        assert page.locator("#name").input_value() == "Maria Alvarez"
        page.go_forward()
        page.reload()
        assert page.locator("#country").input_value() == "us"
        hand.goes_on()
        hand.fill("#name", "Riverside Dental")
        hand.fill("#does", "dentistry for the whole family")
        hand.goes_on()
        hand.goes_on()  # The lines of the built-in exchange have their numbers.
        assert page.locator("#name-0").input_value() == "Maria Alvarez"
        hand.fill("#name-1", "Tom Becker")
        hand.fill("#cell-1", "(407) 555-0177")
        hand.fill("#name-2", "Ruth Olsen")
        hand.goes_on()
        page.fill("[name='week.monday.from']", "08:15")
        page.click("[data-day='week.monday'] [data-as-monday]")
        assert page.locator("[name='week.friday.from']").first.input_value() == "08:15"
        hand.click("[name=always]")
        hand.goes_on()
        page.locator(".heard:visible", has_text="For Tom Becker, press 2.").first.wait_for()
        hand.goes_on()
        page.wait_for_url("**/first-call", timeout=60_000)
        assert time.monotonic() - began < 120
        assert hand.count <= 40, hand.count
        assert "calling Riverside" in heard_outside(site, "family.")
        page.wait_for_selector("[data-first-call][data-now=over]")
        assert page.locator("main a[href='/try']").is_visible()
        assert Axe().run(page).response["violations"] == []
        assert page.goto("/setup").url == site.url + "/today"
        assert site.ask("accounts.find", name="Maria Alvarez")["person"] == "maria-alvarez"
        assert site.visitor().get("/setup", allow_redirects=False).headers["Location"] == "/"


def test_a_greeting_is_heard_while_it_is_written(unit):
    visitor = let_in(unit)
    fills_in(visitor, "place")
    heard = visitor.post_json("/setup/speak", {"text": "Welcome to Riverside."}, of="/setup/menu")
    assert (heard.status_code, heard.content[:4]) == (200, b"RIFF")
    stranger = unit.visitor().post_json("/setup/speak", {"text": "Welcome."}, of="/setup")
    assert stranger.url == unit.url + "/setup"


NAMESPACES = (["unshare", "--user", "--map-root-user", "--net"], ["unshare", "--net"])
"""Ways to a network of one's own: the first is open to everybody where the kernel allows it, the second to root."""


def network_of_its_own() -> list[str]:
    """The command in front of a program that is to have loop-back alone. Skips where the kernel has none for us."""
    said = []
    for command in NAMESPACES:
        tried = subprocess.run([*command, "true"], capture_output=True, text=True, check=False, timeout=20)
        if tried.returncode == 0:
            return [*command, "--kill-child"]
        said.append(tried.stderr.strip())
    pytest.skip(f"no network namespace can be made (user namespaces, or CAP_SYS_ADMIN, are missing): {'; '.join(said)}")


@pytest.mark.proof
def test_a_unit_is_set_up_to_its_first_call_with_the_network_cut(tmp_path):
    command = [*network_of_its_own(), sys.executable, "-m", "tests.web.cutoff", str(tmp_path / "data")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_unit_of_another_country_and_with_a_gateway_that_is_restarted_in_the_middle(tmp_path):
    changed = {
        "place": {"country": "se", "language": "sv", "time_zone": "Europe/Stockholm"},
        "lines": {"gateway_model": "grandstream-ht813", "gateway_address": "127.0.0.7"},
    }
    with new_unit(tmp_path / "data") as site:
        visitor = let_in(site)
        for step in ("you", "place", "company", "lines", "people", "hours"):
            assert fills_in(visitor, step, **changed.get(step, {})).status_code == 302, step
        code = code_of(site)
        stop(site.daemon)
        assert visitor.get("/setup/menu").status_code == 503
        site.restarts.append(start_daemon(site.data, None))
        ready(site.restarts[-1])
        assert code_of(site) == code
        assert visitor.get("/setup").url == site.url + "/setup/menu"
        fills_in(visitor, "menu")
        finished(site, visitor)
        page = visitor.get("/first-call").text
        assert "5550100" in page
        assert "Ruth Olsen" in page
        assert country_of(site) == "se"
        document = site.ask("office.get")["document"]
        (gateway,) = document["sip"]["gateways"]
        assert gateway["trunks"] == [{"port": "gateway-line-1"}]
        assert gateway["stations"] == [{"port": "gateway-phone-1"}]
        greetings = document["menu"]["greetings"]
        assert greetings["morning"].startswith("God morgon, och välkommen till Riverside Dental")


def country_of(site) -> str:
    """Of the unit that runs, once it is put together anew: with what comes over SIP that takes a moment."""
    country = ""
    for _ in range(80):
        with contextlib.suppress(ControlError, OSError), BlockingClient(DataFolder(site.data).socket, 30) as control:
            country = next(control.watch("phone"))["country"]
        if country == "se":
            break
        time.sleep(0.25)
    return country


def test_a_unit_with_an_office_only_gets_somebody_who_looks_after_it(tmp_path):
    with running_site(tmp_path / "data", accounts=False) as site:
        before = site.ask("office.get")
        visitor = let_in(site)
        page = visitor.get("/setup")
        assert page.url == site.url + "/setup/you"
        assert "Riverside Dental" in page.text
        fills_in(visitor, "you", person="maria")
        finished(site, visitor)
        assert site.ask("accounts.find", name="Maria Alvarez")["person"] == "maria"
        assert site.ask("office.get") == before


def test_a_line_is_found_by_calling_it_and_answered_at_the_page(unit):
    visitor = let_in(unit)
    token = visitor.token("/setup/lines")
    with BlockingClient(DataFolder(unit.data).socket, 20) as control:
        phone = control.call("phone.open")["phone"]
        control.call("phone.do", phone=phone, act="lift")
        time.sleep(1.0)
        control.call("phone.do", phone=phone, act="press", words="5550100")
        line = until(visitor, lambda line: line["waits"])
        assert (line["port"], line["state"], line["caller"]) == ("fxo-1", "ringing", "4075550123")
        headers = {"X-CSRFToken": token, "Accept": "application/json"}
        visitor.http.post(unit.url + "/setup/answer/fxo-1", json={}, headers=headers, timeout=20)
        assert until(visitor, lambda line: line["state"] == "up")["waits"] is False
        control.call("phone.close", phone=phone)


def until(visitor, there) -> dict:
    """The first line, once it is so."""
    for _ in range(100):
        line = visitor.get("/setup/now.json?lines=1").json()["lines"][0]
        if there(line):
            return line
        time.sleep(0.2)
    raise AssertionError(line)


def test_whoever_guesses_codes_has_to_wait_and_nobody_else(unit):
    guesser = unit.visitor()
    guesser.http.mount("http://", FromAddress())
    answers = [guesser.post("/setup", {"code": f"{number:08}"}) for number in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 4 + [429] * 2
    assert "Please wait" in answers[-1].text
    assert guesser.post("/setup", {"code": code_of(unit)}).status_code == 429
    let_in(unit)


@pytest.mark.parametrize("step", FORMS)
def test_nonsense_is_never_more_than_a_mistake(unit, step):
    visitor = let_in(unit)
    nonsense = dict.fromkeys(FORMS[step], "<script>alert(1)</script>" + "x" * 5000) | {"you": "-1", "operator": "9e9"}
    answer = fills_in(visitor, step, **nonsense)
    assert answer.status_code in (302, 422), answer.text
    assert "<script>alert" not in visitor.get(f"/setup/{step}").text
    assert visitor.get("/setup").status_code == 200


def test_more_than_any_office_needs_is_refused_and_what_is_not_there_is_not_found(unit):
    visitor = let_in(unit)
    rows = {f"name-{place}": "x" * 2000 for place in range(500)}
    assert fills_in(visitor, "people", **rows).status_code == 400
    assert visitor.get("/setup/nothing").status_code == 404
    assert visitor.post("/setup/nothing", {}, of="/setup/company").status_code == 404
    assert visitor.post_json("/setup/ring/nothing", {}, of="/setup/people").status_code == 200
    assert unit.visitor().get("/setup/starting").url == unit.url + "/setup"
