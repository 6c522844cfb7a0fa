"""Signing in and out, and who may see what."""

from __future__ import annotations

from tests.web.browser import visiting
from tests.web.site import PASSWORD


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(site):
    visitor = site.visitor()
    answer = visitor.get("/today", allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in?next=%2Ftoday")


def test_a_wrong_password_is_told_and_lets_nobody_in(site):
    visitor = site.visitor()
    answer = visitor.post("/sign-in", {"name": "ada", "password": "not this"})
    assert answer.status_code == 401
    assert "do not belong together" in answer.text
    assert visitor.get("/today", allow_redirects=False).status_code == 302


def test_a_keyboard_that_puts_a_space_behind_the_name_keeps_nobody_out(site):
    answer = site.visitor().post("/sign-in", {"name": " ada ", "password": PASSWORD}, allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_a_person_may_not_see_the_calls_of_the_office(site):
    assert site.visitor("maria").get("/today").status_code == 403


def test_a_session_ends_on_the_server(site):
    visitor = site.visitor("ada")
    stolen = dict(visitor.http.cookies)
    visitor.post("/sign-out", of="/today")
    thief = site.visitor()
    thief.http.cookies.update(stolen)
    assert thief.get("/today", allow_redirects=False).status_code == 302


def test_the_way_on_behind_signing_in_leads_to_our_own_pages_alone(site):
    answer = site.visitor().post(
        "/sign-in",
        {"name": "ada", "password": "copper kettle on the stove", "next": "//elsewhere.example"},
        allow_redirects=False,
    )
    assert answer.headers["Location"] == "/"


def test_signing_in_with_a_browser(site, browser):
    with visiting(browser, site, "ada") as page:
        assert page.locator("h1").inner_text() == "Today"
