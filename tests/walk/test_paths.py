"""Which paths of an office are walked."""

from __future__ import annotations

from appliance.office.callflow import CallFlow
from appliance.office.destination import Nowhere, ToMailbox, ToMenu, ToOperator, ToPerson
from appliance.office.document import parse_office
from appliance.walk.path import PathKind, WalkPath, paths
from tests import offices


def walked(document: object) -> list[WalkPath]:
    return paths(CallFlow(parse_office(document)))


def test_each_key_of_each_menu_and_waiting_and_a_wrong_key_and_an_extension_are_walked_once():
    assert [(path.menu, path.keys, path.kind.value) for path in walked(offices.with_a_menu_behind())] == [
        ("main", "1", "key"),
        ("main", "2", "key"),
        ("main", "3", "key"),
        ("main", "4", "key"),
        ("main", "0", "key"),
        ("main", "…", "waiting"),
        ("main", "9", "wrong key"),
        ("main", "101", "extension"),
        ("billing", "4 1", "key"),
        ("billing", "4 2", "key"),
        ("billing", "4 *", "key"),
        ("billing", "4 0", "key"),
        ("billing", "4 …", "waiting"),
        ("billing", "4 9", "wrong key"),
        ("billing", "4 102", "extension"),
    ]


def test_a_path_knows_where_it_should_lead_and_where_that_stands():
    found = {path.keys: path for path in walked(offices.with_a_menu_behind())}
    assert (found["2"].target, found["2"].path) == (ToPerson("ruth"), "menu.keys.2")
    assert (found["4 …"].target, found["4 …"].path) == (ToMailbox("ruth"), "menus.billing.waits")
    assert (found["4 9"].target, found["4 9"].path) == (Nowhere(), "menus.billing")
    assert (found["0"].target, found["4"].says) == (ToOperator(), "For billing, press 4.")


def test_every_company_is_walked_and_of_lines_that_are_alike_the_first():
    found = walked(offices.of_two_companies())
    assert list(dict.fromkeys((path.entrance.name, path.menu) for path in found)) == [
        ("main", "harbour"),
        ("line 2", "title"),
        ("line 3", "main"),
    ]
    assert [path.target for path in found if path.kind is PathKind.EXTENSION] == [
        ToPerson("tom"),
        ToPerson("maria"),
        ToPerson("maria"),
    ]


def test_a_menu_that_only_waiting_leads_to_is_walked_by_waiting():
    document = offices.with_a_menu_behind()
    del document["menu"]["keys"]["4"]
    document["menu"]["waits"] = {"action": "menu", "menu": "billing"}
    found = [path for path in walked(document) if path.menu == "billing"]
    assert [path.keys for path in found][:2] == ["… 1", "… 2"]
    assert walked(document)[4].target == ToMenu("billing")


def test_where_every_key_means_something_no_wrong_one_is_walked():
    document = offices.example()
    document["menu"]["keys"] = {key: {"action": "operator"} for key in "123456789*#"}
    assert PathKind.WRONG_KEY not in [path.kind for path in walked(document)]


def test_a_department_is_walked_on_to_where_it_leads_when_nobody_answers():
    found = walked(offices.with_a_department())
    assert [(path.keys, path.target) for path in found if path.kind is PathKind.UNANSWERED] == [
        ("4 …", ToMenu("late")),
    ]
    assert [(path.keys, path.target) for path in found if path.menu == "late"][:2] == [
        ("4 … 1", ToMailbox("ruth")),
        ("4 … 0", ToOperator()),
    ]
