"""A new unit is set up at its page."""

from __future__ import annotations

import stat

import pytest

from tests.web.newunit import FORMS, code_of, fills_in, let_in, new_unit


@pytest.fixture(scope="module")
def unit(tmp_path_factory):
    """Not set up, and left so by the tests that use it."""
    with new_unit(tmp_path_factory.mktemp("new") / "data") as site:
        yield site


@pytest.mark.parametrize("path", ["/", "/sign-in", "/today", "/nowhere"])
def test_every_page_leads_to_the_set_up(unit, path):
    answer = unit.visitor().get(path, allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/setup")


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


@pytest.mark.parametrize(
    ("step", "changed", "told"),
    [
        ("you", {"password": "short", "password2": "short"}, "a longer password"),
        ("you", {"password2": "three plain word"}, "not the same"),
        ("you", {"password": "password1234", "password2": "password1234"}, "guessed at once"),
        ("place", {"time_zone": "Europe/Nowhere"}, "choose the time zone"),
        ("company", {"name": ""}, "enter a name"),
        ("lines", {"number-0": "", "number-1": ""}, "one line at least"),
        ("people", {"extension-1": "101"}, "Maria Alvarez has this extension already"),
        ("people", {"telephone-1": "fxs-1"}, "already that of Maria Alvarez"),
        ("hours", {"always": "", "open-monday": "1", "from-monday": "17:00", "to-monday": "09:00"}, "before it begins"),
        ("menu", {"template": "companies", "second": ""}, "name of the second company"),
    ],
)
def test_a_mistake_is_told_beside_the_field_and_what_was_filled_in_stays(unit, step, changed, told):
    answer = fills_in(let_in(unit), step, **changed)
    assert answer.status_code == 422
    assert told in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_three_hundred_people_are_pasted(unit):
    visitor = let_in(unit)
    names = [f"Nguyễn Văn {number}\t\t" for number in range(299)]
    table = "\n".join(["Name\tExtension\tCell", *names, "\t7\t", "Юлия Щукина\t555\t"])
    answer = fills_in(visitor, "people", action="paste", pasted=table)
    assert answer.status_code == 200
    assert answer.text.count('class="person"') == 303
    assert "Line 301" in answer.text
    assert 'value="Юлия Щукина"' in answer.text
    assert fills_in(visitor, "people").status_code == 302


def test_all_lacking_steps_are_asked_for_before_it_starts(unit):
    visitor = let_in(unit)
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
