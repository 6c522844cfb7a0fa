"""Every page says whose it is, and is nobody else's."""

from __future__ import annotations

import pytest

from tests.web.routes import METHODS, Route, routes
from tests.web.scenes import scenes
from tests.web.site import ACCOUNTS
from web.app import make_app
from web.roles import Role

ROLES = {Role.ADMINISTRATOR: "ada", Role.OPERATOR: "olga", Role.PERSON: "maria"}
ALL = routes()
CHANGING = [route for route in ALL if route.method != "GET"]
PAGES = [route for route in ALL if route.method == "GET"]


def test_every_page_says_who_may_use_it(tmp_path):
    app = make_app(tmp_path / "control.sock", tmp_path)
    unmarked = [name for name, view in app.view_functions.items() if name != "static" and not hasattr(view, "roles")]
    assert unmarked == []
    assert {role for role, _person in ACCOUNTS.values()} == {role.value for role in Role}


def test_every_picture_of_a_page_is_of_somebody_who_can_sign_in():
    assert {scene.name: scene.who for scene in scenes() if scene.who and scene.who not in ACCOUNTS} == {}


def asked(visitor, route: Route, token: str = ""):
    headers = {"X-CSRFToken": token} if token else {}
    return visitor.http.request(
        route.method, visitor.url + route.path(), headers=headers, timeout=20, allow_redirects=False
    )


def test_who_is_not_signed_in_gets_no_page_but_those_for_everybody(site):
    stranger = site.visitor()
    token = stranger.token("/sign-in")
    answers = {route.name: asked(stranger, route, token) for route in ALL if route.roles is not None}
    let_in = {
        name: answer.status_code
        for name, answer in answers.items()
        if answer.status_code != 401
        and not (answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in"))
    }
    assert let_in == {}


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_each_role_gets_its_own_pages_alone(site, role):
    visitor = site.visitor(ROLES[role])
    token = visitor.token("/me")
    others = [route for route in ALL if route.roles is not None and role not in route.roles]
    assert {route.name: asked(visitor, route, token).status_code for route in others} == {
        route.name: 403 for route in others
    }
    own = [route for route in PAGES if route.roles is not None and role in route.roles]
    answers = {route.name: asked(visitor, route).status_code for route in own}
    has_mailbox = bool(ACCOUNTS[ROLES[role]][1])  # Pages of one's own messages are nobody's who has none.
    wrong = {name: status for name, status in answers.items() if status >= 500 or (status == 403 and has_mailbox)}
    assert wrong == {}
    assert 200 in answers.values()


def test_nothing_is_changed_without_the_token_against_forged_requests(site):
    for role, name in ROLES.items():
        visitor = site.visitor(name)
        mine = [route for route in CHANGING if route.roles is None or role in route.roles]
        answers = {route.name: asked(visitor, route).status_code for route in mine if not route.is_api}
        assert answers == dict.fromkeys(answers, 400)
        answers = {route.name: asked(visitor, route).status_code for route in mine if route.is_api}
        assert {name: status for name, status in answers.items() if not 401 <= status <= 405} == {}
    assert {route.method for route in CHANGING} <= set(METHODS)


def test_a_token_of_another_session_or_of_another_time_is_none(site):
    ada, olga = site.visitor("ada"), site.visitor("olga")
    stranger = site.visitor()
    for token in (olga.token("/me"), stranger.token("/sign-in"), "", "x" * 1000, "e30.e30.e30"):
        answer = ada.http.post(ada.url + "/accounts/of/tom/sign-out", data={"csrf_token": token}, timeout=20)
        assert answer.status_code == 400
    old = ada.token("/me")
    ada.post("/sign-out", of="/me")
    ada.post("/sign-in", {"name": "ada", "password": "copper kettle on the stove"})
    answer = ada.http.post(ada.url + "/accounts/of/tom/sign-out", data={"csrf_token": old}, timeout=20)
    assert answer.status_code == 400


def test_a_change_of_the_role_holds_at_once(site):
    eve = {"name": "eve", "role": "operator", "person": "", "hash": site.ask("accounts.find", name="ada")["hash"]}
    site.ask("accounts.add", **eve)
    visitor = site.visitor()
    visitor.post("/sign-in", {"name": "eve", "password": "copper kettle on the stove"})
    assert visitor.get("/today").status_code == 200
    site.ask("accounts.change", name="eve", role="person")
    assert visitor.get("/today").status_code == 403
    site.ask("accounts.remove", name="eve")
    assert visitor.get("/today", allow_redirects=False).status_code == 302
