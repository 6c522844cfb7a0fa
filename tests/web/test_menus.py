"""The menus on the page: drawn, changed as a draft, live in one step, heard, and taken back."""

from __future__ import annotations

import html
import json
import re
from xml.etree import ElementTree

import pytest

from tests.web.browser import visiting
from tests.web.listening import caller_hears

NEW = "Hello, this is our new greeting for everybody who calls."
NEW_WORDS = "Hello, this"
"""A busy machine may lose a frame, and the rest of a text with it."""
OLD = {
    "Good morning, and thank you for calling Riverside Dental.",
    "Good afternoon, and thank you for calling Riverside Dental.",
    "Good evening, and thank you for calling Riverside Dental.",
}


@pytest.fixture
def unit(site):
    """The unit, without a draft before and after, and left with the office that it had."""
    without_draft(site)
    before = site.ask("office.get")["document"]
    yield site
    without_draft(site)
    if site.ask("office.get")["document"] != before:
        site.ask("office.load", document=before)


def without_draft(site):
    if (there := site.ask("draft.get"))["at"]:
        site.ask("draft.discard", revision=there["revision"])


@pytest.fixture
def ada(unit):
    return unit.visitor("ada")


def draft(unit):
    return unit.ask("draft.get")["document"]


def form_of(page):
    """What the form of the panel would send as it stands."""
    form = re.search(r'<form method="post" action="/menus" id="edit".*?</form>', page.text, re.DOTALL)[0]
    fields = {}
    for tag in re.findall(r"<input [^>]*>", form):
        found = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if found.get("type") != "checkbox" or " checked" in tag:
            fields[found["name"]] = html.unescape(found.get("value", "on"))
    for name, text in re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        fields[name] = html.unescape(text)
    for name, options in re.findall(r'<select [^>]*?name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option(?: value="([^"]*)")? selected>([^<]*)', options)
        first = re.search(r'<option(?: value="([^"]*)")?>([^<]*)', options)
        found = chosen or first
        fields[name] = html.unescape(found[2] if found[1] is None else found[1])
    return fields


@pytest.mark.proof
def test_a_change_in_the_browser_is_heard_by_a_caller_and_taken_back(unit, browser, ada):
    with visiting(browser, unit, "ada") as page:
        page.goto("/menus")
        page.click("a.box.menu")
        page.wait_for_selector("#edit")
        for part in ("morning", "afternoon", "evening"):
            page.fill(f"#{part}", NEW)
        page.click('[data-speak="morning"]')
        page.wait_for_selector('[data-speak="morning"][data-heard]')
        assert int(page.get_attribute('[data-speak="morning"]', "data-heard")) > 8000
        page.click("#edit button.primary")
        page.click("text=See the changes, make them live")
        assert page.locator("tbody tr").count() == 3
        page.click("text=Make it live")
        page.wait_for_selector("text=the next caller hears it")
        assert NEW_WORDS in caller_hears(unit, NEW_WORDS)
        page.goto("/menus/versions")
        page.click("text=Go back to this one")
        page.wait_for_selector("text=live again")
    assert set(draft(unit)["menu"]["greetings"].values()) == OLD
    told = unit.ask("versions.list")["versions"]
    assert [one["by"] for one in told[:2]] == ["ada", "ada"]
    heard = caller_hears(unit, "thank you for")
    assert "thank you for" in heard
    assert "Hello" not in heard


def test_what_was_not_touched_is_sent_back_as_it_was(unit, ada):
    for at in ("menu", "trunks%5B0%5D"):
        fields = form_of(ada.get(f"/menus?at={at}"))
        answer = ada.post("/menus", fields, of="/menus", allow_redirects=False)
        assert answer.status_code == 302
    assert unit.ask("draft.get")["at"] is None


def test_a_key_more_and_its_mistakes_beside_it(unit, ada):
    fields = form_of(ada.get("/menus?at=menu"))
    fields |= {"digit3": "4", "action3": "person", "whom3": "Nobody", "says3": "For nobody, press 4."}
    answer = ada.post("/menus", fields, of="/menus")
    assert answer.status_code == 422
    assert 'id="wrong-whom3"' in answer.text
    assert "For nobody, press 4." in answer.text, "what was filled in is not lost"
    ada.post("/menus", fields | {"whom3": "doctor tom becker"}, of="/menus")
    assert draft(unit)["menu"]["keys"]["4"] == {"action": "person", "person": "tom", "says": "For nobody, press 4."}


def test_keys_can_do_what_concerns_nobody(unit, ada):
    actions = ["operator", "message", "messages", "directory", "same-person", "fax", "back", "repeat", "hang-up"]
    fields = form_of(ada.get("/menus?at=menu"))
    for row, (digit, action) in enumerate(zip("456789*#0", actions, strict=True), start=3):
        fields |= {f"digit{row}": digit, f"action{row}": action, f"whom{row}": "", f"says{row}": f"Press {digit}."}
    ada.post("/menus", fields, of="/menus")
    keys = draft(unit)["menu"]["keys"]
    assert [keys[digit] for digit in "456789*#0"] == [
        {"action": action, "says": f"Press {digit}."} for digit, action in zip("456789*#0", actions, strict=True)
    ]


def test_a_new_menu_is_led_to_and_taken_out_again(unit, ada):
    page = ada.post("/menus/new", {"kind": "menu", "name": "Áfter hours"}, of="/menus")
    assert page.url.endswith("/menus?at=menus.after-hours#panel"), "a letter with a mark is that letter"
    assert "No caller ever hears this menu" in page.text, "the finding stands where it belongs"
    was = draft(unit)["menus"]["after-hours"]
    menu = form_of(ada.get("/menus?at=menu")) | {"digit3": "9", "action3": "menu", "whom3": "Menu after-hours"}
    ada.post("/menus", menu, of="/menus")
    assert draft(unit)["menu"]["keys"]["9"] == {"action": "menu", "menu": "after-hours"}
    removal = {"at": "menus.after-hours", "was": json.dumps(was), "remove": "1"}
    refused = ada.post("/menus", removal, of="/menus")
    assert refused.status_code == 422
    assert "menu.keys.9.menu" in refused.text, "a key still leads there"
    ada.post("/menus", form_of(ada.get("/menus?at=menu")) | {"remove3": "on"}, of="/menus")
    ada.post("/menus", removal, of="/menus")
    assert "after-hours" not in draft(unit).get("menus", {})


def test_a_menu_is_renamed_and_whatever_leads_there_follows(unit, ada):
    ada.post("/menus/new", {"kind": "menu", "name": "billing"}, of="/menus")
    line = form_of(ada.get("/menus?at=trunks%5B1%5D")) | {"menu": "billing"}
    ada.post("/menus", line, of="/menus")
    menu = form_of(ada.get("/menus?at=menu")) | {"digit3": "9", "action3": "menu", "whom3": "Menu billing"}
    ada.post("/menus", menu, of="/menus")
    taken = ada.post("/menus/rename", {"at": "menus.billing", "name": "!"}, of="/menus")
    assert (taken.status_code, 'id="wrong-name"' in taken.text) == (422, True)
    page = ada.post("/menus/rename", {"at": "menus.billing", "name": "Accounts"}, of="/menus")
    assert page.url.endswith("/menus?at=menus.accounts#panel")
    now = draft(unit)
    assert list(now["menus"]) == ["accounts"]
    assert now["menu"]["keys"]["9"] == {"action": "menu", "menu": "accounts"}
    assert now["trunks"][1]["menu"] == "accounts"


def test_several_keys_are_added_at_once(unit, ada):
    page = ada.get("/menus?at=menu")
    fields = form_of(page)
    for row, digit in enumerate("456", start=3):
        assert f'name="digit{row}"' in page.text
        fields |= {f"digit{row}": digit, f"action{row}": "directory", f"says{row}": f"Press {digit}."}
    ada.post("/menus", fields, of="/menus")
    assert {"4", "5", "6"} <= draft(unit)["menu"]["keys"].keys()


def test_hours_stand_in_the_picture_and_are_changed_there(unit, ada):
    page = ada.post("/menus/new", {"kind": "hours", "name": "anything"}, of="/menus")
    assert page.url.endswith("/menus?at=hours.main#panel")
    assert 'data-path="hours.main"' in page.text
    shown = form_of(page) | {"week.monday.from": ["08:00", "13:00"], "week.monday.until": ["12:00", "16:00"]}
    copied = ada.post("/menus", shown | {"do": "as-monday:week.monday"}, of="/menus")
    assert copied.text.count('value="13:00"') == 5
    wrong = ada.post("/menus", shown | {"week.tuesday.from": "9 o'clock"}, of="/menus")
    assert 'id="wrong-week.tuesday"' in wrong.text
    closed = {"closed_action": "person", "closed_whom": "nobody"}
    assert 'id="wrong-closed_whom"' in ada.post("/menus", shown | closed, of="/menus").text
    ada.post("/menus", shown | {"closed_action": "operator"}, of="/menus")
    hours = draft(unit)["hours"]["main"]
    assert hours["week"]["monday"] == ["08:00-12:00", "13:00-16:00"]
    assert hours["closed"] == {"action": "operator"}
    way = ada.get("/menus?line=fxo-1&when=2026-12-06T18:05").text
    assert re.search(r'class="box lit hours[^"]*" data-box="hours trunks', way)


def test_two_administrators_at_once(unit, ada):
    other = unit.visitor("ada")
    mine, theirs = form_of(ada.get("/menus?at=menu")), form_of(other.get("/menus?at=menu"))
    ada.post("/menus", mine | {"says0": "Appointments: 1."}, of="/menus")
    page = other.post("/menus", theirs | {"says1": "Bills: 2."}, of="/menus")
    assert "Somebody else has changed the draft, too" in page.text
    page = other.post("/menus", theirs | {"says0": "One."}, of="/menus")
    assert "nothing was saved" in page.text
    keys = draft(unit)["menu"]["keys"]
    assert (keys["1"]["says"], keys["2"]["says"]) == ("Appointments: 1.", "Bills: 2.")


def test_what_both_sides_have_changed_is_settled_on_the_page(unit, ada):
    ada.post("/menus", form_of(ada.get("/menus?at=menu")) | {"says0": "Mine."}, of="/menus")
    live = unit.ask("office.get")["document"]
    live["menu"]["keys"]["1"]["says"] = "Theirs: press 1."
    unit.ask("office.load", document=live, by="tom")
    page = ada.get("/menus/changes")
    assert "Changed on both sides" in page.text
    assert "Make it live" not in page.text
    ada.post("/menus/settle", {"at:menu.keys.1.says": "theirs"}, of="/menus/changes")
    assert unit.ask("draft.get")["changes"] == []


def test_what_went_live_is_what_was_shown(unit, ada):
    ada.post("/menus", form_of(ada.get("/menus?at=menu")) | {"says0": "Mine."}, of="/menus")
    page = ada.post("/menus/live", {"revision": "0" * 16}, of="/menus/changes")
    assert "nothing went live" in page.text
    assert "Mine." not in json.dumps(unit.ask("office.get")["document"])


def test_the_picture_is_one_element_whose_boxes_lead_to_their_panels(unit, ada):
    page = ada.get("/menus").text
    picture = ElementTree.fromstring(re.search(r"<svg xmlns.*?</svg>", page, re.DOTALL)[0])
    links = [link.get("href") for link in picture.iter("{http://www.w3.org/2000/svg}a")]
    assert "?at=menu" in links
    assert "?at=trunks%5B0%5D" in links
    for link in links:
        assert 'class="soft">Choose a box' not in ada.get(f"/menus{link}").text.split('id="panel"')[1], link
    assert {"fill", "stroke"}.isdisjoint({name for part in picture.iter() for name in part.attrib})


def test_markup_in_a_text_stays_a_text(unit, ada):
    text = '<script>alert("x")</script> & <b>'
    ada.post("/menus", form_of(ada.get("/menus?at=menu")) | {"morning": text, "says0": text}, of="/menus")
    assert draft(unit)["menu"]["greetings"]["morning"] == text
    for path in ("/menus?at=menu", "/menus/changes"):
        assert "<script>alert" not in ada.get(path).text


def test_what_would_happen_lights_up_the_way_and_tells_it(unit, ada):
    page = ada.get("/menus?line=fxo-2&when=2026-12-04T18:05&keys=2").text
    assert "The caller presses 2: the unit calls Ruth Olsen." in page
    lit = re.findall(r'class="(?:box|arrow) lit[^"]*" data-(?:box|path)="([^"]*)"', page)
    assert "ToPerson to ruth" in lit
    assert "menu.keys.2" in lit
    assert any("trunks[1]" in one for one in lit)
    assert "is no date and time" in ada.get("/menus?line=fxo-1&when=yesterday").text


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/menus", {"at": "menus.nothing", "was": "{}"}),
        ("/menus", {"at": "menu", "was": "not json"}),
        ("/menus", {"at": "people[1]", "was": "{}"}),
        ("/menus", {"at": "menu", "was": "[]", "remove": "1"}),
        ("/menus", {"at": "menu", "was": '{"keys": 3}', "action0": "person"}),
        ("/menus", {"at": "menu", "was": "{}", "first_digit_seconds": "nan", "digit0": "1", "action0": "no such"}),
        ("/menus", {"at": "hours.main", "was": "[", "week.monday.from": "x"}),
        ("/menus/rename", {"at": "menu", "name": "other"}),
        ("/menus/rename", {"at": "menus.nothing", "name": "other"}),
        ("/menus", {"at": "operator", "was": "3", "operator": "nobody"}),
        ("/menus/new", {"kind": "menu", "name": "!!!"}),
        ("/menus/sound", {"place": "nowhere", "wanted": "text"}),
        ("/menus/sound", {"place": "menu.keys.1.says", "wanted": "dance"}),
        ("/menus/record", {"place": "menu.keys.1.says"}),
    ],
)
def test_what_makes_no_sense_changes_nothing(unit, ada, path, fields):
    answer = ada.post(path, fields, of="/menus")
    assert answer.status_code < 500
    assert unit.ask("draft.get")["at"] is None


@pytest.mark.parametrize("who", ["olga", "maria"])
def test_the_menus_are_the_administrators(unit, who):
    visitor = unit.visitor(who)
    assert {visitor.get(path).status_code for path in ("/menus", "/menus/changes", "/menus/versions")} == {403}
