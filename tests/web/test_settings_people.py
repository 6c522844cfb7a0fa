"""People: added, found, removed with all that hangs on them, and taken from a table."""

from __future__ import annotations

import re

import pytest

from tests.web.fulloffice import full_office
from tests.web.paperunit import PaperUnit, PaperVisitor
from tests.web.settingsforms import answered, filled_in

TABLE = "/settings/people/table"


@pytest.fixture
def unit():
    return PaperUnit(full_office())


@pytest.fixture
def ada(unit, tmp_path):
    return PaperVisitor(unit, tmp_path)


def token(page):
    return re.search(r'name="csrf-token" content="([^"]+)"', page.text)[1]


def post(ada, path, **fields):
    """A form of a page that is none of the settings' own."""
    return ada.client.post(path, data={"csrf_token": token(ada.get(path)), **fields})


def remove(ada, name, key, **fields):
    path = f"/settings/remove/{name}?key={key}"
    page = ada.get(path)
    revision = re.search(r'name="revision" value="([^"]+)"', page.text)[1]
    return page, ada.client.post(path, data={"csrf_token": token(page), "revision": revision, **fields})


def test_a_person_is_added_with_an_id_of_the_name_and_the_next_extension(unit, ada):
    before = unit.document["people"]
    answer = answered(ada, "/settings/add/people", filled_in(ada.get("/settings/add/people").text, name="Zoë Łukasz"))
    assert answer.headers["Location"] == "/settings/edit/people?key=zoe-lukasz"
    assert unit.document["people"] == [*before, {"id": "zoe-lukasz", "name": "Zoë Łukasz", "extension": "151"}]


def test_an_account_is_made_with_a_password_that_is_shown_once(unit, ada):
    form = filled_in(ada.get("/settings/add/people").text, name="Jane Roe", account="1")
    page = answered(ada, "/settings/add/people", form).text
    password = re.search(r'class="password">([a-z0-9-]{14})<', page)[1]
    assert [(one["name"], one["role"], one["person"]) for one in unit.accounts] == [("jane-roe", "person", "jane-roe")]
    assert password not in ada.get("/settings/edit/people?key=jane-roe").text


def test_what_hangs_on_a_person_is_told_before_the_person_is_removed(unit, ada):
    unit.messages = {"ruth": 3}
    page, answer = remove(ada, "people", "ruth")
    for place in ("Billing", "Maria Alvarez", "Operator", "First menu", "Emergency calls"):
        assert f">{place}</a>" in page.text
    assert "There are 3 messages" in page.text
    assert answer.status_code == 422
    assert any(one["id"] == "ruth" for one in unit.document["people"])


def test_somebody_else_takes_the_place_of_a_person_who_is_removed(unit, ada):
    unit.accounts = [{"name": "ruth", "role": "person", "person": "ruth"}]
    _page, answer = remove(ada, "people", "ruth", instead="tom")
    assert answer.status_code == 302
    assert '"ruth"' not in str(unit.document).replace("'", '"')
    assert unit.document["departments"][0]["members"][0]["person"] == "tom"
    assert unit.document["emergency"]["told"] == ["tom", "maria"]
    assert unit.accounts == []


def test_what_nothing_hangs_on_is_removed_at_once(unit, ada):
    _page, answer = remove(ada, "accounts", "12")
    assert answer.status_code == 302
    assert unit.document["rights"]["accounts"] == [{"code": "13", "name": "Client thirteen"}]


def test_a_list_of_messages_loses_whoever_is_removed(unit, ada):
    _page, answer = remove(ada, "departments", "billing")
    assert answer.status_code == 302
    assert unit.document["voicemail"]["lists"] == {"61": ["maria"], "62": ["ruth"]}


def test_a_table_is_shown_before_it_is_taken(unit, ada):
    before = unit.document
    pasted = "Jane Roe\t160\t\t407 555-0160\tjane@example.org\nMaria Alvarez\t101\t\t\tmaria.a@example.org"
    page = post(ada, TABLE, text=pasted).text
    assert "Jane Roe" in page
    assert unit.document == before
    assert post(ada, TABLE, text=pasted, do="save").status_code == 302
    added = {"id": "jane-roe", "name": "Jane Roe", "extension": "160", "cell": "4075550160"}
    assert unit.document["people"][-1] == added | {"notify": {"mail": "jane@example.org"}}
    maria = next(one for one in unit.document["people"] if one["id"] == "maria")
    assert maria["notify"] == {**full_office()["people"][1]["notify"], "mail": "maria.a@example.org"}


def test_the_file_that_is_given_out_is_read_in_again_without_a_change(unit, ada):
    before = unit.document
    given = ada.get("/settings/people.csv").get_data(as_text=True)
    assert not [one["pin"] for one in before["people"] if one.get("pin") and one["pin"] in given]
    assert "Nothing: all of this is so already." in post(ada, TABLE, text=given).text
    post(ada, TABLE, text=given.replace("\r\n", "\n").rstrip("\n") + "\n,John Doe,170,,,\n", do="save")
    assert unit.document["people"][:-1] == before["people"]
    assert unit.document["people"][-1]["name"] == "John Doe"


def test_mistakes_of_a_table_are_told_by_their_rows(unit, ada):
    answer = post(ada, TABLE, text="extension;name\n160;Jane\n101x;John\n160;Joan", do="save")
    assert answer.status_code == 422
    assert re.search("Row 3: extension: Must be 2 to 6 digits", answer.text)
    assert len(unit.document["people"]) == len(full_office()["people"])


@pytest.mark.parametrize(
    ("words", "title", "address"),
    [
        ("evening", "Good evening is said from", "/settings/office#at-f-evening_from"),
        ("PIN", "PIN", "/settings/people?field=pin"),
        ("mail password", "Password", "/settings/mail#at-f-notifying.mail.password"),
        ("minutes hour", "Minutes in an hour", "/settings/rights#at-f-rights.person.minutes_an_hour"),
        ("river road", "Address", "/settings/emergency#at-f-emergency.place"),
        ("4075550131", "Cell phone", "/settings/edit/people?key=maria#at-f-cell"),
        ("premium rate", "Forward to premium-rate numbers", "/settings/dialling#at-f-dialling.premium"),
    ],
)
def test_the_search_leads_to_the_field(ada, words, title, address):
    page = ada.get(f"/settings/search?q={words}").text
    hits = re.findall(r'<li><a href="([^"]+)">([^<]+)</a>', page)
    assert (address, title) in [(one.replace("&amp;", "&"), called) for one, called in hits]
    there = ada.get(address.partition("#")[0]).text
    assert not address.partition("#")[2] or f'id="{address.partition("#")[2]}"' in there


def test_a_secret_is_not_found_by_what_it_is(ada):
    assert "Nothing has that name" in ada.get("/settings/search?q=kettle drum").text
