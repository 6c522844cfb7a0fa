"""The page of the day: complete without a script, right by itself with one, and what can be done from it."""

from __future__ import annotations

import time

import pytest

from tests.web.browser import visiting
from tests.web.phones import SitePhone, in_the_menu, talking, until

OFFICE = "5550100"


def acts(visitor, do, **fields):
    return visitor.post_json("/today/act", {"do": do, **fields})


def the_call(site):
    return site.ask("status")["calls"][0]


@pytest.fixture
def caller(site):
    """Somebody outside who hears the menu."""
    with SitePhone(site) as phone:
        phone.calls(OFFICE)
        until(site, in_the_menu(1))
        yield phone
    until(site, lambda state: not state["calls"])


def test_a_caller_is_led_talks_is_parked_taken_up_and_hung_up(site, caller):
    olga = site.visitor("olga")
    assert (
        acts(olga, f"transfer {the_call(site)['id']}", to="maria").json()["message"] == "The call is being transferred."
    )
    until(site, lambda state: state["stations"][0]["state"] == "ringing")
    with SitePhone(site, "front desk") as maria:
        maria.does("lift")
        until(site, talking)
        call = the_call(site)
        assert call["talks_to"] == ["Maria Alvarez"]
        assert acts(olga, f"park {call['id']}").json()["message"] == "The call is parked in place 1."
    until(site, lambda state: "parked in 1" in state["calls"][0]["steps"][-1])
    assert "parked in place 1 by front desk" in olga.get("/today").text
    told = acts(olga, f"pick_up {call['id']}", telephone="surgery").json()["message"]
    assert told == "surgery rings: lift it to talk to the caller."
    with SitePhone(site, "surgery") as tom:
        until(site, lambda state: state["stations"][1]["state"] == "ringing")
        tom.does("lift")
        until(site, talking)
        assert acts(olga, f"hang_up {call['id']}").status_code == 200
        until(site, lambda state: not state["calls"])


def test_what_is_nonsense_is_told_in_words(site):
    olga = site.visitor("olga")
    assert acts(olga, "hang_up nothing").json()["message"] == "This call is over."
    assert acts(olga, "rm -rf").json()["message"] == "Nothing was chosen."
    assert olga.get("/today/call/nothing").status_code == 404


def test_a_lost_caller_is_ticked_off_and_taken_back_without_a_script(site, caller):
    before = {one["id"] for one in site.ask("lost.list")}
    caller.does("hang up")
    until(site, lambda state: not state["calls"])
    time.sleep(0.3)
    (lost,) = [one for one in site.ask("lost.list") if one["id"] not in before]
    ada = site.visitor("ada")
    done = ada.post("/today/act", {"do": f"done {lost['id']}"}, of="/today")
    assert "Undo the last one" in done.text
    assert lost not in site.ask("lost.list")
    back = ada.post("/today/act", {"do": f"undone {lost['id']}"}, of="/today")
    assert "It is back on the list." in back.text
    assert lost in site.ask("lost.list")
    acts(ada, f"done {lost['id']}")


def test_the_office_is_closed_until_a_time_and_goes_by_its_hours_again(site):
    ada = site.visitor("ada")
    ada.post("/today/act", {"do": "night closed", "night_until": "08:00"}, of="/today")
    night = site.ask("status")["night"]
    assert (night["mode"], night["until"][11:16]) == ("closed", "08:00")
    ada.post("/today/act", {"do": "night automatic"}, of="/today")
    assert site.ask("status")["night"] == {"mode": "automatic", "until": None}


@pytest.mark.parametrize("path", ["/today", "/today/parts?part=calls", "/today/call/1"])
def test_a_person_sees_nothing_of_it(site, path):
    assert site.visitor("maria").get(path).status_code == 403
    assert acts(site.visitor("maria"), "hang_up 1").status_code in (400, 403)


def test_what_is_typed_and_focused_stays_while_the_page_changes(site, browser):
    with visiting(browser, site, "ada") as page, SitePhone(site) as caller:
        page.goto("/today")
        page.fill("[name=night_until]", "07:30")
        page.focus("button[value='night closed']")
        caller.calls(OFFICE)
        row = page.locator("[data-part=calls] tbody tr")
        row.wait_for()
        page.get_by_text("in the menu").first.wait_for()
        assert page.input_value("[name=night_until]") == "07:30"
        assert page.evaluate("document.activeElement.value") == "night closed"
        row.get_by_text("Transfer …").click()
        page.fill("#transfer-to", "maria al")
        page.click("#transfer button.primary")
        page.get_by_text("The call is being transferred.").wait_for()
        page.locator("td", has_text="Maria Alvarez: the telephone rings").wait_for()
        row.get_by_text("Hang up").click()
        row.get_by_text("Really hang up?").click()
        page.get_by_text("Nobody is on the phone.").wait_for()
        lost = page.locator("[data-part=lost] tbody tr", has_text=caller.number)
        lost.get_by_text("Done").click()
        lost.wait_for(state="detached")
        page.get_by_text("Undo", exact=True).click()
        lost.wait_for()
        lost.get_by_text("Done").click()
