"""Every field of the office document has its place on the settings' pages, and pages change what is changed on them."""

from __future__ import annotations

import re
import time

import pytest

from appliance.control.blocking import BlockingClient
from appliance.control.folder import DataFolder
from appliance.office.schema import office_schema
from tests.web.browser import visiting
from tests.web.fulloffice import full_office
from tests.web.paperunit import PaperUnit, PaperVisitor
from tests.web.settingsforms import answered, filled_in
from tests.web.site import running_site
from tests.web.texts import extracted
from web.pages.settings.collections import COLLECTIONS
from web.pages.settings.fields import FieldKind, every_field, office_fields
from web.pages.settings.layout import PAGES
from web.pages.settings.words import OPTIONS, WORDS

SLOWEST_PAGE_S = 0.1


@pytest.fixture
def ada(tmp_path):
    return PaperVisitor(PaperUnit(full_office()), tmp_path)


@pytest.fixture(scope="module")
def fields():
    return dict(every_field(office_fields(office_schema())))


def test_every_field_of_the_document_has_a_place_on_a_page(ada, fields):
    addresses = [f"/settings/{name}" for name in PAGES] + [f"/settings/add/{name}" for name in COLLECTIONS]
    placed: list[str] = []
    for address in addresses:
        page = ada.get(address)
        assert page.status_code == 200, address
        placed += set(re.findall(r'data-at="([^"]+)"', page.text))
    listed = {".".join(one.steps) for one in COLLECTIONS.values()}
    groups = {path for path in fields if any(one.startswith(f"{path}.") for one in listed | set(placed))}
    assert set(fields) - set(placed) - listed - groups == set()
    assert set(placed) - set(fields) == set()
    assert sorted(placed) == sorted(set(placed))


def test_every_field_is_called_something_and_explained(fields):
    assert {field.place for field in fields.values()} == set(WORDS)
    enumerations = {field.place for field in fields.values() if field.options} | {"reaching.ways"}
    assert enumerations == set(OPTIONS)
    for field in fields.values():
        options = field.options or (field.entry.options if field.kind is FieldKind.ROWS else ())
        assert set(options) == set(OPTIONS.get(field.place, {})), field.place
        label, help = map(str, WORDS[field.place])
        assert not re.search(r"\b(id|[a-z]+_[a-z_]+)\b", f"{label} {help or field.sentence}"), field.place


@pytest.mark.parametrize("name", [name for name, one in COLLECTIONS.items() if one.dictionary])
def test_a_new_thing_without_a_name_is_asked_for_one_beside_the_field(ada, name):
    answer = answered(ada, f"/settings/add/{name}", filled_in(ada.get(f"/settings/add/{name}").text, key=" "))
    assert answer.status_code == 422
    assert 'id="w-f-key">Give it a name' in answer.text


def test_what_the_pages_show_of_the_schema_is_among_the_texts(fields):
    shown = {field.sentence for field in fields.values() if WORDS[field.place][1] == ""}
    assert shown <= {message.id for message in extracted()}


def test_no_page_is_slow_with_500_people(ada):
    people = [
        {"id": f"person-{number}", "name": f"Person {number}", "extension": f"2{number:03}", "cell": f"4075{number:06}"}
        for number in range(490)
    ]
    ada.unit.document["people"] += people
    slow = {}
    for address in [
        *(f"/settings/{name}" for name in PAGES),
        *(f"/settings/add/{name}" for name in COLLECTIONS),
        "/settings/edit/people?key=person-7",
        "/settings/remove/people?key=ruth",
        "/settings/search?q=person",
        "/settings/search?q=e",
    ]:
        ada.get(address)
        spent = min(_spent(ada, address) for _ in range(3))
        if spent > SLOWEST_PAGE_S:
            slow[address] = round(spent, 3)
    assert slow == {}


def _spent(ada, address):
    began = time.process_time()
    assert ada.get(address).status_code == 200
    return time.process_time() - began


def test_others_than_administrators_see_no_settings(site):
    for name in ("olga", "maria"):
        visitor = site.visitor(name)
        for address in ("/settings", "/settings/people", "/settings/edit/people?key=maria", "/settings/people.csv"):
            assert visitor.get(address).status_code == 403
        assert visitor.post("/settings/office", {"name": "Mine"}, of="/").status_code == 403


def test_somebody_who_is_added_is_reached_by_the_extension(tmp_path, browser):
    with running_site(tmp_path / "data") as site, visiting(browser, site, "ada") as page:
        page.goto("/settings")
        page.click("main >> text=Everybody who can be called. >> xpath=.. >> a")
        page.click("text=Add a person")
        page.fill("[id='f-name']", "Jane Roe")
        page.fill("[id='f-extension']", "1")
        page.select_option("[id='f-station']", label="billing")
        page.click("main .actions button.primary")
        assert "2 to 6 digits" in page.inner_text("[id='w-f-extension']")
        page.fill("[id='f-extension']", "140")
        page.click("[id='at-f-follow_me'] [data-add]")
        page.select_option("[name='follow_me[n1000].ring']", "desk")
        page.click("main .actions button.primary")
        page.wait_for_url("**/settings/edit/people?key=jane-roe")
        assert page.input_value("[name='follow_me[0].ring']") == "desk"
        rung = called(site, "fxs-1", "140")
        assert rung == "billing"


def called(site, inside, number):
    """Lift a telephone of the office, dial, and say which other one rings."""
    with BlockingClient(DataFolder(site.data).socket, 20) as control:
        phone = control.call("phone.open", inside=inside)["phone"]
        control.call("phone.do", phone=phone, act="lift")
        control.call("phone.do", phone=phone, act="press", words=number)
        for _ in range(200):
            ringing = [one["name"] for one in control.call("status")["stations"] if one["state"] == "ringing"]
            if ringing:
                control.call("phone.close", phone=phone)
                return ringing[0]
            time.sleep(0.05)
    return None
