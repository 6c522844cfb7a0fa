"""The office's call flow as a graph: entrances, keys, waiting, ways back, and whose callers are where."""

from __future__ import annotations

from appliance.office.callflow import ENTERING, WAITING, CallFlow
from appliance.office.destination import (
    MAIN_MENU,
    MenuBefore,
    ToGeneralMailbox,
    ToInformation,
    ToMailbox,
    ToMenu,
    ToOperator,
    ToPerson,
)
from appliance.office.document import parse_office


def test_every_line_is_an_entrance_to_its_menu(two_companies):
    flow = CallFlow(parse_office(two_companies))
    assert [(one.name, one.company, one.menu) for one in flow.entrances] == [
        ("main", "harbour", "harbour"),
        ("line 2", "title", "title"),
        ("line 3", "", MAIN_MENU),
        ("line 4", "", MAIN_MENU),
    ]
    assert [edge.by for edge in flow.edges[flow.entrances[0]]] == [ENTERING]


def test_a_company_with_numbers_and_no_line_is_an_entrance_of_its_own(two_companies):
    two_companies["companies"].append({"id": "bay", "name": "Bay Boats", "numbers": ["5550190"], "menu": "title"})
    last = CallFlow(parse_office(two_companies)).entrances[-1]
    assert (last.name, last.path, last.company, last.menu, last.number) == (
        "Bay Boats",
        "companies[2]",
        "bay",
        "title",
        "5550190",
    )


def test_what_each_key_and_waiting_do_is_told_with_its_place(deep):
    flow = CallFlow(parse_office(deep))
    assert [(edge.by, edge.target, edge.path) for edge in flow.edges[ToMenu("billing")]] == [
        ("1", ToPerson("ruth"), "menus.billing.keys.1"),
        ("2", ToInformation("pay"), "menus.billing.keys.2"),
        ("*", MenuBefore(), "menus.billing.keys.*"),
        ("0", ToOperator(), "menus.billing.keys"),
        (WAITING, ToMailbox("ruth"), "menus.billing.waits"),
    ]


def test_back_leads_to_every_menu_one_may_have_come_from(deep):
    deep["menus"]["law"] = {"keys": {"1": {"action": "menu", "menu": "billing"}}}
    flow = CallFlow(parse_office(deep))
    (back,) = [edge for edge in flow.keys("billing") if edge.target == MenuBefore()]
    assert flow.next_menus(back) == (MAIN_MENU, "law")


def test_the_shortest_way_is_found(deep):
    deep["menus"]["law"] = {"keys": {"7": {"action": "message"}}}
    deep["menus"]["billing"]["keys"]["3"] = {"action": "menu", "menu": "law"}
    flow = CallFlow(parse_office(deep))
    ways = flow.reached(flow.entrances)
    assert [edge.by for edge in ways[ToGeneralMailbox()]] == [ENTERING, "4", "3", "7"]
    assert ToMenu("nowhere") not in ways


def test_a_menu_knows_whose_callers_it_has(two_companies):
    two_companies["menus"]["title"]["keys"]["5"] = {"action": "menu", "menu": "shared"}
    two_companies["menus"]["harbour"]["keys"]["5"] = {"action": "menu", "menu": "shared"}
    two_companies["menus"]["shared"] = {"keys": {}}
    companies = CallFlow(parse_office(two_companies)).companies_at
    assert {node.menu: ids for node, ids in companies.items() if isinstance(node, ToMenu)} == {
        MAIN_MENU: {""},
        "harbour": {"harbour"},
        "title": {"title"},
        "shared": {"harbour", "title"},
    }
