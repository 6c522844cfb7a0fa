"""The accounts' page, one's own account, the second factor, and a forgotten password."""

from __future__ import annotations

import html
import re

import pyotp
import pytest
from flask import Flask
from flask_babel import Babel

from appliance.control.folder import DataFolder
from appliance.control.passwordrule import SHORTEST
from appliance.store.spokencodes import SpokenCodeStore
from tests.web.browser import visiting
from tests.web.site import HASH, PASSWORD, running_site
from web.passwords import HASHER, NOBODYS, objection
from web.secondfactor import matching_step, new_recovery_codes

NEW = "seven green bottles hanging"


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A unit whose accounts are changed."""
    with running_site(tmp_path_factory.mktemp("accounts") / "data") as running:
        yield running


@pytest.fixture
def eve(own):
    """A new operator, and what she signs in with."""
    own.ask("accounts.lift-delays")
    own.ask("accounts.add", name="eve", role="operator", hash=HASH)
    yield own
    if "eve" in {one["name"] for one in own.ask("accounts.list")}:
        own.ask("accounts.remove", name="eve")


def signed_in(site, name, password=PASSWORD):
    visitor = site.visitor()
    answer = visitor.post("/sign-in", {"name": name, "password": password}, allow_redirects=False)
    return visitor, answer


def test_an_administrator_adds_somebody_who_signs_in_changes_the_password_and_is_removed(own):
    ada = own.visitor("ada")
    ada.post("/accounts", {"name": "Nina O'Hara", "role": "person", "person": "maria", "password": NEW})
    nina, answer = signed_in(own, "nina o'hara", NEW)
    assert answer.status_code == 302
    assert "Your account" in nina.get("/me").text
    other, _answer = signed_in(own, "Nina O'Hara", NEW)
    changed = {"old": NEW, "new": NEW + "!", "again": NEW + "!"}
    assert "You have a new password" in nina.post("/me/password", changed, of="/me").text
    assert other.get("/me", allow_redirects=False).status_code == 302, "signed out everywhere else"
    assert nina.get("/me").status_code == 200
    assert signed_in(own, "Nina O'Hara", NEW)[1].status_code == 401
    ada.post("/accounts/of/Nina O'Hara/remove", of="/accounts")
    assert nina.get("/me", allow_redirects=False).status_code == 302


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"password": "short"}, "at least 10 characters"),
        ({"password": "password1234"}, "guessed too easily"),
        ({"password": "aaaaaaaaaaaaa"}, "guessed too easily"),
        ({"name": "tom"}, "signs in with that name already"),
        ({"name": "TOM"}, "signs in with that name already"),
        ({"name": "'eve'"}, "A name has 1 to 64 letters"),
        ({"name": "<b>"}, "A name has 1 to 64 letters"),
        ({"name": ""}, "A name has 1 to 64 letters"),
    ],
)
def test_what_is_wrong_with_a_new_account_stands_beside_the_field(own, fields, told):
    ada = own.visitor("ada")
    before = own.ask("accounts.list")
    answer = ada.post("/accounts", {"name": "nina", "role": "person", "password": NEW} | fields)
    assert answer.status_code == 400
    assert told in html.unescape(answer.text)
    assert 'aria-invalid="true"' in answer.text
    assert own.ask("accounts.list") == before


def test_the_last_administrator_can_neither_go_nor_become_somebody_else(own):
    ada = own.visitor("ada")
    assert "Nobody removes their own account" in ada.post("/accounts/of/ada/remove", of="/accounts").text
    answer = ada.post("/accounts/of/ada", {"role": "person"}, of="/accounts")
    assert "Make somebody else an administrator first" in answer.text
    assert own.ask("accounts.find", name="ada")["role"] == "administrator"


def test_an_administrator_signs_somebody_out_and_sets_a_new_password(eve):
    ada, (visitor, _answer) = eve.visitor("ada"), signed_in(eve, "eve")
    assert "python-requests" not in ada.get("/accounts/of/eve").text, "told in words of people"
    ada.post("/accounts/of/eve/sign-out", of="/accounts")
    assert visitor.get("/me", allow_redirects=False).status_code == 302
    visitor, _answer = signed_in(eve, "eve")
    ada.post("/accounts/of/eve/password", {"password": NEW}, of="/accounts")
    assert visitor.get("/me", allow_redirects=False).status_code == 302
    assert signed_in(eve, "eve", NEW)[1].status_code == 302


def test_guessing_is_slowed_and_told_and_lifted(eve):
    answers = [signed_in(eve, "eve", "not this")[1] for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert "Please wait for 5 seconds" in answers[-1].text
    assert signed_in(eve, "eve")[1].status_code == 429, "the right one waits, too"
    eve.ask("accounts.lift-delays")
    assert signed_in(eve, "eve")[1].status_code == 302


def test_a_second_factor_is_asked_for_behind_the_password(eve):
    visitor, _answer = signed_in(eve, "eve")
    page = visitor.get("/me/second-factor").text
    secret = "".join(re.search(r'class="number">([A-Z2-7 ]+)<', page)[1].split())
    assert "<svg" in visitor.get("/me/second-factor.svg").text
    code = pyotp.TOTP(secret).now()
    wrong = visitor.post("/me/second-factor", {"code": code, "password": "not this"}, of="/me")
    assert "That is not your password" in wrong.text
    kept = visitor.post("/me/second-factor", {"code": code, "password": PASSWORD}, of="/me").text
    codes = re.findall(r"<code>([a-z0-9]{4}-[a-z0-9]{4})</code>", kept)
    assert len(codes) == 8

    again, answer = signed_in(eve, "eve")
    assert answer.headers["Location"] == "/sign-in/code"
    assert again.get("/today", allow_redirects=False).status_code == 302, "the password alone is not enough"
    assert again.post("/sign-in/code", {"code": "000000"}).status_code == 401
    assert again.post("/sign-in/code", {"code": code}, allow_redirects=False).status_code == 302
    assert again.get("/today").status_code == 200

    third, _answer = signed_in(eve, "eve")
    assert third.post("/sign-in/code", {"code": code}).status_code == 401, "each code is good once"
    assert third.post("/sign-in/code", {"code": codes[0].upper()}, allow_redirects=False).status_code == 302
    assert "7 recovery codes are left" in third.get("/me").text
    fourth, _answer = signed_in(eve, "eve")
    assert fourth.post("/sign-in/code", {"code": codes[0]}).status_code == 401

    third.post("/me/second-factor/off", {"off_password": PASSWORD}, of="/me")
    assert signed_in(eve, "eve")[1].headers["Location"] == "/"


def test_codes_cannot_be_guessed_either(eve):
    eve.ask("accounts.set-second-factor", name="eve", secret=pyotp.random_base32())
    visitor, _answer = signed_in(eve, "eve")
    answers = [visitor.post("/sign-in/code", {"code": f"{i:06}"}).status_code for i in range(6)]
    assert answers == [401] * 5 + [429]


def test_a_code_is_asked_of_nobody_who_has_not_told_the_password(own):
    visitor = own.visitor()
    assert visitor.get("/sign-in/code", allow_redirects=False).headers["Location"] == "/sign-in"
    answer = visitor.post("/sign-in/code", {"code": "123456"}, of="/sign-in", allow_redirects=False)
    assert answer.headers["Location"] == "/sign-in"


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "١٢٣٤٥٦", "-12345", "1" * 5000])
def test_what_is_no_code_matches_no_time(code):
    assert matching_step(pyotp.random_base32(), code) is None


def test_recovery_codes_are_not_alike():
    assert len({code for _ in range(20) for code in new_recovery_codes()}) == 160


def spoken(site):
    """What the telephones say now."""
    site.ask("recovery.begin")
    codes = SpokenCodeStore(DataFolder(site.data).spoken_codes).load()
    return next(code.digits for code in codes if code.purpose == "password")


def test_a_forgotten_password_is_set_by_a_telephone_and_the_label(eve):
    old, _answer = signed_in(eve, "eve")
    visitor = eve.visitor()
    assert visitor.post("/forgotten").url.endswith("/forgotten/codes")
    code, label = spoken(eve), eve.ask("recovery.label")["code"]
    form = {"code": code, "label": label.upper(), "name": "eve", "password": NEW, "again": NEW}
    for wrong in ({"code": "00000000"}, {"label": ""}, {"label": "abcd-abcd-abcd"}):
        answer = visitor.post("/forgotten/codes", form | wrong)
        assert (answer.status_code, "One of the two codes is not right" in answer.text) == (400, True)
    assert visitor.post("/forgotten/codes", form | {"again": "other"}).status_code == 400
    assert visitor.post("/forgotten/codes", form | {"name": "nobody"}).status_code == 400
    assert "You have a new password" in visitor.post("/forgotten/codes", form).text
    assert old.get("/me", allow_redirects=False).status_code == 302, "signed out everywhere"
    assert signed_in(eve, "eve", NEW)[1].status_code == 302
    assert visitor.post("/forgotten/codes", form).status_code == 400, "the code is good once"

    faults = [fault for fault in eve.ask("status")["faults"] if "reset by telephone" in fault]
    assert len(faults) == 1
    assert "eve" not in faults[0]
    ada = eve.visitor("ada")
    assert "A password was reset by telephone" in ada.get("/accounts").text
    ada.post("/accounts/confirm-resets", of="/accounts")
    assert "A password was reset by telephone" not in ada.get("/accounts").text
    assert not [fault for fault in eve.ask("status")["faults"] if "was reset" in fault]


def test_the_button_stands_for_the_label(eve):
    visitor = eve.visitor()
    form = {"code": spoken(eve), "label": "", "name": "eve", "password": NEW, "again": NEW}
    assert visitor.post("/forgotten/codes", form).status_code == 400
    eve.ask("recovery.button")
    assert visitor.post("/forgotten/codes", form).status_code == 200
    eve.ask("recovery.confirm")
    assert visitor.post("/forgotten/codes", form | {"code": spoken(eve)}).status_code == 400, "once"


def test_a_password_is_good_if_it_is_long_and_of_ones_own():
    app = Flask("passwords")
    Babel(app)
    with app.test_request_context():
        good = [NEW, "correct horse battery", "ключ под ковриком", "maria likes 40 tulips"]
        assert [objection(password, "maria") for password in good] == [""] * 4
        bad = ["x" * (SHORTEST - 1), "password12", "qwerty1234", "maria12345", "1111111111", "x" * 1000]
        assert all(objection(password, "maria") for password in bad)


def test_an_account_that_is_not_there_takes_as_long_as_one_that_is():
    assert not HASHER.check_needs_rehash(NOBODYS), "it costs what others cost"


def test_the_second_factor_with_a_browser(own, browser):
    own.ask("accounts.lift-delays")
    with visiting(browser, own, "ada") as page:
        page.click("details.me summary")
        page.click("text=Your account")
        page.click("text=Ask for a code as well")
        assert page.locator("img.qr").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
        secret = "".join(page.locator("code.number").inner_text().split())
        page.fill("#code", pyotp.TOTP(secret).now())
        page.fill("#password", PASSWORD)
        page.click("main button.primary")
        assert page.locator("ul.codes li").count() == 8
    own.ask("accounts.set-second-factor", name="ada", secret="")
