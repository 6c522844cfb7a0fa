"""The picture of the call flow as it stands on a page: every example office, and one of 30 menus."""

from __future__ import annotations

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from appliance.api.picture import written
from appliance.control.wire import LONGEST_REPLY
from appliance.office.callflow import CallFlow
from appliance.office.document import parse_office
from appliance.office.menus import MOST_MENUS
from appliance.picture.chart import chart
from appliance.picture.drawing import GRAPHVIZ
from appliance.picture.inline import SVG, inline
from appliance.picture.sheet import sheet_of
from hw.sip.profile import profiles
from hw.tones.toneplan import COUNTRIES

OFFICES = sorted((Path(__file__).parents[2] / "examples" / "offices").glob("*.json"))
LEAST_TYPE_PX = 13.0
"""Type of 10 points and more: what people read at arm's length."""


def office(document: dict[str, Any]):
    return parse_office(document, COUNTRIES, profiles())


def of_menus(count: int) -> dict[str, Any]:
    """The example office with so many menus more, in a tree of three each."""
    document: dict[str, Any] = json.loads(next(path for path in OFFICES if "riverside" in path.stem).read_text())
    keys = {"1": {"action": "person", "person": "tom", "says": "For Doctor Becker, press 1."}}
    document["menus"] = {
        f"menu-{number}": {"greeting": f"Menu {number}.", "keys": copy.deepcopy(keys)} for number in range(count)
    }
    for number in range(count):
        leads = {"action": "menu", "menu": f"menu-{number}", "says": f"For menu {number}, press {2 + number % 3}."}
        before = document["menu"] if number < 3 else document["menus"][f"menu-{number // 3 - 1}"]
        before["keys"][str(6 + number % 3)] = leads
    return document


@pytest.mark.parametrize("path", OFFICES, ids=lambda path: path.stem)
def test_every_example_office_is_drawn_and_every_box_and_arrow_is_there_once(path):
    drawn = chart(CallFlow(office(json.loads(path.read_text(encoding="utf-8")))))
    picture = ElementTree.fromstring(inline(drawn))
    shown = [part.get("data-box") for part in picture.iter() if part.get("data-box")]
    assert sorted(shown) == sorted(" | ".join(box.names) for box in drawn.boxes)
    arrows = [part.get("data-path") for part in picture.iter() if "arrow" in (part.get("class") or "").split()]
    assert sorted(map(str, arrows)) == sorted(arrow.path for arrow in drawn.arrows)
    assert all(part.get("aria-label") for part in picture.iter(f"{{{SVG}}}a"))
    said = {text.text for text in picture.iter(f"{{{SVG}}}text")}
    assert {line for box in drawn.boxes for line in box.lines if line} <= said


def test_thirty_menus_are_legible():
    picture = ElementTree.fromstring(inline(chart(CallFlow(office(of_menus(30))))))
    width, height = float(picture.get("width", 0)), float(picture.get("height", 0))
    left, top, wide, high = map(float, picture.get("viewBox", "").split())
    assert (left, top) == (0, 0)
    assert width / wide == pytest.approx(height / high, rel=0.01)
    sizes = {float(text.get("font-size", 0)) * width / wide for text in picture.iter(f"{{{SVG}}}text")}
    assert min(sizes) >= LEAST_TYPE_PX


def test_the_largest_office_fits_into_a_reply_and_its_picture_has_lines_and_menus():
    document = of_menus(MOST_MENUS)
    names = [f"person-{number}" for number in range(490)]
    document["people"] += [
        {"id": id, "name": f"Number {id}", "extension": f"2{place:03}", "station": "surgery"}
        for place, id in enumerate(names)
    ]
    for place, menu in enumerate(document["menus"].values()):
        for key in "2345":
            leads = {"action": "person", "person": names[(4 * place + int(key)) % 490], "says": "Word. " * 40}
            menu["keys"][key] = leads
    sheet = sheet_of(document, date(2026, 3, 3))
    kinds = {
        part.get("class", "").split()[1] for part in ElementTree.fromstring(sheet.svg).iter() if part.get("data-box")
    }
    assert kinds == {"line", "menu"}
    assert len(json.dumps(written(sheet))) < LONGEST_REPLY


def test_what_a_finding_is_about_is_marked_and_the_finding_comes_with_it():
    document = of_menus(1)
    document["menus"]["alone"] = {"greeting": "Alone.", "keys": {}}
    sheet = sheet_of(document, date(2026, 3, 3))
    assert "menus.alone" in [problem.path for problem in sheet.warnings]
    picture = ElementTree.fromstring(sheet.svg)
    (alone,) = [part for part in picture.iter() if part.get("data-path") == "menus.alone" and part.get("href")]
    assert "wrong" in alone.get("class", "").split()


def test_the_picture_is_drawn_in_the_words_that_are_given():
    sheet = sheet_of(of_menus(1), date(2026, 3, 3), {"Menu": "Meny", "waits": "väntar", "operator": "växel"})
    said = {text.text for text in ElementTree.fromstring(sheet.svg).iter(f"{{{SVG}}}text")}
    assert {"Meny main", "väntar: växel", "extensions"} <= said


def test_the_hours_stand_between_a_line_and_what_it_leads_to():
    document = of_menus(1)
    spans = ["09:00-12:00", "13:00-17:00"]
    week = {"monday": spans, "tuesday": spans, "wednesday": spans, "sunday": ["10:00-12:00"]}
    document["hours"] = {"main": {"week": week, "lunch": {"action": "operator"}}}
    drawn = chart(CallFlow(office(document)))
    (hours,) = [box for box in drawn.boxes if box.kind == "hours"]
    assert (hours.path, hours.lines) == (
        "hours.main",
        (
            "Hours main",
            "Mon–Wed 09:00-12:00, 13:00-17:00",
            "Sun 10:00-12:00",
            "closed: a message for the office",
        ),
    )
    ways = [
        (arrow.source, arrow.called, arrow.target)
        for arrow in drawn.arrows
        if hours.name in (arrow.source, arrow.target)
    ]
    assert ways == [
        ("line trunks[0]", "", hours.name),
        (hours.name, "open", "ToMenu to the menu"),
        (hours.name, "break", "ToOperator to the operator"),
    ]


def test_markup_in_a_text_stays_a_text():
    document = of_menus(1)
    document["menu"]["greetings"]["morning"] = '<script>alert(1)</script> \\ " &amp; \\n'
    written = inline(chart(CallFlow(office(document))))
    assert "<script" not in written
    assert ElementTree.fromstring(written).tag == f"{{{SVG}}}svg"


def test_without_graphviz_there_is_no_picture_and_a_reason(monkeypatch):
    monkeypatch.setattr("appliance.picture.drawing.GRAPHVIZ", f"no-{GRAPHVIZ}")
    sheet = sheet_of(of_menus(1), date(2026, 3, 3))
    assert sheet.svg == ""
    assert "apt-get install graphviz" in sheet.fault
    assert sheet.chart.boxes
