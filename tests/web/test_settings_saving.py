"""Saving a page of the settings: mistakes beside their fields, secrets, rows, and two administrators at once."""

from __future__ import annotations

import re

import pytest

from tests.web.fulloffice import full_office
from tests.web.paperunit import PaperUnit, PaperVisitor
from tests.web.settingsforms import answered, filled_in

MARIA = "/settings/edit/people?key=maria"


@pytest.fixture
def unit():
    return PaperUnit(full_office())


@pytest.fixture
def ada(unit, tmp_path):
    return PaperVisitor(unit, tmp_path)


@pytest.fixture
def other(ada, tmp_path):
    """A second administrator."""
    return PaperVisitor(ada.unit, tmp_path)


def document(unit):
    return unit.document


def maria(unit):
    return next(one for one in document(unit)["people"] if one["id"] == "maria")


def save(visitor, address, **changes):
    return answered(visitor, address, filled_in(visitor.get(address).text, **changes))


def wrong_at(page, path):
    found = re.search(rf'id="w-f-{re.escape(path)}">\s*(.*?)\s*</span>', page, re.DOTALL)
    return found and found[1]


def test_only_what_was_changed_is_written(unit, ada, other):
    before = maria(unit)
    assert save(ada, MARIA, name="Maria Alvarez-Roe", cell="407 555 0199").status_code == 422
    assert maria(unit) == before
    assert save(ada, MARIA, name="Maria  Alvarez-Roe ", ring_seconds="25").status_code == 302
    assert maria(unit) == before | {"name": "Maria Alvarez-Roe", "ring_seconds": 25}


def test_a_field_that_is_emptied_is_left_out_again(unit, ada, other):
    save(ada, MARIA, service_class="", **{"voicemail.heard_messages_days": "", "notify.call.of": "all"})
    now = maria(unit)
    assert "service_class" not in now
    assert "heard_messages_days" not in now["voicemail"]
    assert now["notify"]["call"] == {"of": "all", "after_minutes": 5, "begins": "07:30"}


def test_all_mistakes_are_told_at_once_beside_their_fields(unit, ada, other):
    before = document(unit)
    answer = save(ada, MARIA, extension="1", ring_seconds="900", assistant="maria", **{"notify.mail": "nobody"})
    assert answer.status_code == 422
    assert wrong_at(answer.text, "extension").startswith("Must be 2 to 6 digits.")
    assert wrong_at(answer.text, "ring_seconds") == "Must be from 5 to 120."
    assert "whose assistant" in wrong_at(answer.text, "assistant")
    assert "mail address" in wrong_at(answer.text, "notify.mail")
    assert 'value="900"' in answer.text
    assert document(unit) == before


def test_a_mistake_elsewhere_is_told_with_the_way_there(unit, ada, other):
    answer = save(ada, "/settings/edit/information?key=way", says="")
    assert wrong_at(answer.text, "says")
    answer = save(ada, "/settings/edit/lines?key=fxo-1", name="other", port="fxs-1")
    assert answer.status_code == 422
    assert re.search(r'<a href="/settings/edit/telephones\?key=fxs-1">[^<]+</a>: ', answer.text)


def test_a_secret_is_never_sent_and_is_replaced_by_what_is_typed(unit, ada, other):
    pin = maria(unit)["pin"]
    page = ada.get(MARIA).text
    assert pin not in re.findall(r"\b\d{4,12}\b", page)
    save(ada, MARIA, pin="9731")
    assert maria(unit)["pin"] == "9731"
    save(ada, "/settings/mail", **{"notifying.mail.port": "465"})
    assert document(unit)["notifying"]["mail"] == full_office()["notifying"]["mail"] | {"port": 465}
    save(ada, "/settings/mail", **{"notifying.mail.password.none": "1"})
    assert "password" not in document(unit)["notifying"]["mail"]


def press(visitor, address, page, button, **changes):
    return answered(visitor, address, filled_in(page, do=button, **changes)).text


def test_rows_are_added_moved_and_removed_without_scripts(unit, ada, other):
    address = "/settings/edit/people?key=ruth"
    page = press(ada, address, ada.get(address).text, "add:follow_me")
    page = press(ada, address, page, "up:follow_me[1]", **{"follow_me[2].ring": "cell"})
    page = press(ada, address, page, "remove:follow_me[1]")
    assert "follow_me" not in document(unit)["people"][0]
    answered(ada, address, filled_in(page))
    ruth = next(one for one in document(unit)["people"] if one["id"] == "ruth")
    away = {"ring": "number", "number": "94075550133", "together": True, "when": "away"}
    assert ruth["follow_me"] == [away, {"ring": "cell"}]


def test_two_rows_of_one_name_are_told_and_none_is_lost(unit, ada, other):
    page = press(ada, "/settings/shortcuts", ada.get("/settings/shortcuts").text, "add:shortcuts.speed")
    added = {"shortcuts.speed[1].:key": "10", "shortcuts.speed[1]": "94075550136"}
    answer = answered(ada, "/settings/shortcuts", filled_in(page, **added))
    assert answer.status_code == 422
    assert "94075550135" in answer.text
    assert "94075550136" in answer.text


def test_what_two_administrators_change_on_one_page_is_put_together(unit, ada, other):
    mine = ada.get(MARIA).text
    save(other, MARIA, name="Maria Roe", **{"notify.mail": "roe@example.org"})
    assert answered(ada, MARIA, filled_in(mine, ring_seconds="30", **{"notify.sound": "none"})).status_code == 302
    now = maria(unit)
    assert (now["name"], now["ring_seconds"]) == ("Maria Roe", 30)
    assert (now["notify"]["mail"], now["notify"]["sound"]) == ("roe@example.org", "none")


def test_what_both_have_changed_is_shown_and_not_overwritten_unseen(unit, ada, other):
    mine = ada.get(MARIA).text
    save(other, MARIA, name="Maria Roe", pin="5566")
    answer = answered(ada, MARIA, filled_in(mine, name="Maria Doe", ring_seconds="30", pin="7788"))
    assert answer.status_code == 409
    assert "Maria Roe" in wrong_at(answer.text, "name")
    assert "another secret" in wrong_at(answer.text, "pin")
    assert "5566" not in answer.text
    assert (maria(unit)["name"], maria(unit)["pin"]) == ("Maria Roe", "5566")
    taken = press(ada, MARIA, answer.text, "theirs:pin")
    assert answered(ada, MARIA, filled_in(taken)).status_code == 302
    now = maria(unit)
    assert (now["name"], now["ring_seconds"], now["pin"]) == ("Maria Doe", 30, "5566")


def test_what_somebody_else_has_removed_is_told(unit, ada, other):
    address = "/settings/edit/information?key=way"
    mine = ada.get(address).text
    del unit.document["information"], unit.document["hours"]["main"]["lunch"]
    assert answered(ada, address, filled_in(mine, says="Elsewhere.")).status_code == 404


def test_a_form_that_is_none_of_ours_changes_nothing(unit, ada, other):
    before = document(unit)
    for form in ("", "[]", "5", '{"name": {"a": []}, "follow_me": 7, "notify": "x"}'):
        fields = [(name, value) for name, value in filled_in(ada.get(MARIA).text) if name not in ("was", "is")]
        assert answered(ada, MARIA, [*fields, ("was", form)]).status_code == 400
        assert answered(ada, MARIA, [("csrf_token", dict(fields)["csrf_token"]), ("was", form)]).status_code == 400
    assert document(unit) == before


def test_a_telephone_that_is_renamed_stays_everybodys(unit, ada, other):
    name = full_office()["stations"][0]["name"]
    save(ada, "/settings/edit/telephones?key=fxs-1", name="reception")
    now = document(unit)
    assert now["shortcuts"]["page_groups"] == {"1": ["reception"]}
    assert name not in [one.get("station") for one in now["people"]]


def test_lines_are_taken_for_calls_in_the_order_that_is_chosen(unit, ada):
    before = [one["port"] for one in unit.document["trunks"]]
    token = dict(filled_in(ada.get(MARIA).text))["csrf_token"]
    answer = ada.send(f"/settings/move/lines?key={before[1]}", [("csrf_token", token)])
    assert answer.status_code == 302
    assert [one["port"] for one in unit.document["trunks"]] == [before[1], before[0], *before[2:]]


def test_the_hours_of_monday_are_copied_by_a_button(unit, ada):
    address = "/settings/edit/hours?key=main"
    shown = filled_in(ada.get(address).text)
    page = ada.send(address, [*shown, ("do", "as-monday:week.monday")])
    assert page.status_code == 200
    copied = dict(shown) | dict(filled_in(page.text))
    assert [value for name, value in filled_in(page.text) if name == "week.friday.from"] == ["08:00", "13:00", ""]
    assert copied["week.sunday.from"] == ""
    assert answered(ada, address, filled_in(page.text)).status_code == 302
    week = unit.document["hours"]["main"]["week"]
    assert week["friday"] == ["08:00-12:00", "13:00-17:00"]


def test_hours_go_over_midnight_and_all_day(unit, ada):
    address = "/settings/edit/hours?key=main"
    kept = [one for one in filled_in(ada.get(address).text) if not one[0].startswith(("week.tuesday", "week.friday"))]
    hours = [("week.tuesday.from", "22:00"), ("week.tuesday.until", "00:00")]
    closed = [("week.friday.from", ""), ("week.friday.until", "")]
    answer = answered(ada, address, [*kept, *hours, *closed])
    assert answer.status_code == 302, answer.text
    week = unit.document["hours"]["main"]["week"]
    assert (week["tuesday"], week.get("friday", [])) == (["22:00-24:00"], [])
    assert week["monday"] == ["08:00-12:00", "13:00 - 17:00"]
