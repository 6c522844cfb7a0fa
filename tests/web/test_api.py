"""The interface for programs, with the real daemon and the real server."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import queue
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from appliance.control.blocking import BlockingClient
from appliance.control.folder import DataFolder
from tests.web.browser import visiting
from tests.web.fuzzing import fuzzed
from tests.web.site import running_site
from web.api.operation import SCOPES


@pytest.fixture(scope="module")
def programs(site):
    """Makes tokens, and takes them away again."""
    made = []

    def program(scope, until=""):
        token = site.ask("tokens.add", name="a test", scope=scope, until=until)
        made.append(token["id"])
        return Program(site.url, token["secret"])

    yield program
    for id in made:
        with contextlib.suppress(Exception):
            site.ask("tokens.remove", id=id)


class Program:
    """A program with a token."""

    def __init__(self, url, secret):
        self.url = url + "/api/v1"
        self.headers = {"Authorization": f"Bearer {secret}"}

    def __call__(self, method, path, body=None, **headers):
        return requests.request(
            method, self.url + path, json=body, headers={**self.headers, **headers}, timeout=20, allow_redirects=False
        )


def code(answer):
    return answer.status_code, answer.json()["error"]["code"]


def test_nothing_is_told_without_a_token_that_is_in_use(site, programs):
    assert code(Program(site.url, "cd_wrong")("GET", "/status")) == (401, "no-token")
    gone = site.ask("tokens.add", name="gone", scope="status", until="")
    site.ask("tokens.remove", id=gone["id"])
    assert code(Program(site.url, gone["secret"])("GET", "/status")) == (401, "no-token")
    assert code(programs("log")("GET", "/status")) == (403, "not-allowed")


def test_a_session_of_the_page_is_no_token(site):
    assert site.visitor("ada").get("/api/v1/status").status_code == 401


def test_what_goes_on_is_told(programs):
    found = programs("status")("GET", "/status").json()
    assert found["night_mode"] == "automatic"
    assert {one["name"] for one in found["telephones"]}


def test_the_office_is_closed_and_opened_by_a_program(site, programs):
    program = programs("office")
    assert program("PUT", "/night-mode", {"mode": "closed"}).json() == {"mode": "closed", "until": None}
    assert site.ask("status")["night"]["mode"] == "closed"
    assert program("PUT", "/night-mode", {"mode": "automatic"}).json()["mode"] == "automatic"
    assert code(program("PUT", "/night-mode", {"mode": "closed", "until": "long ago"})) == (400, "not-understood")


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ({"mode": "shut"}, "body/mode"),
        ({}, "body/mode"),
        ({"mode": 5}, "body/mode"),
        ({"mode": "closed", "more": 1}, "body/more"),
        ({"mode": "closed", "until": "x" * 41}, "body/until"),
        ({"mode": "closed", "until": "\ud800"}, "body/until"),
        ([], "body"),
    ],
)
def test_what_is_sent_wrong_is_told_with_its_place(site, programs, body, at):
    answer = programs("office")("PUT", "/night-mode", body)
    assert code(answer) == (400, "wrong-parameters")
    assert [one["at"] for one in answer.json()["error"]["mistakes"]] == [at]
    assert site.ask("status")["night"]["mode"] == "automatic"


def test_a_token_of_a_person_changes_that_person_alone(site, programs):
    toms = programs("people person:tom")
    assert [one["person"] for one in toms("GET", "/people").json()["people"]] == ["tom"]
    assert code(toms("PUT", "/people/maria/do-not-disturb", {"on": True})) == (403, "not-allowed")
    assert toms("PUT", "/people/tom/do-not-disturb", {"on": True}).json()["do_not_disturb"]
    assert not toms("PUT", "/people/tom/do-not-disturb", {"on": False}).json()["do_not_disturb"]
    assert code(programs("people")("GET", "/people/nobody")) == (404, "not-found")


def test_messages_are_those_of_the_token_s_person(programs):
    assert code(programs("messages")("GET", "/messages")) == (403, "no-person")
    assert programs("messages person:maria")("GET", "/messages").json()["messages"] == []
    assert code(programs("messages person:maria")("DELETE", "/messages/1")) == (404, "no-such-message")


def test_contacts_are_added_changed_and_removed(programs):
    program = programs("contacts")
    assert program("POST", "/contacts", {"number": "+1 407 555 0190", "name": "Ann"}).json()["number"] == "+14075550190"
    assert code(program("POST", "/contacts", {"number": "+14075550190", "name": "Bo"})) == (409, "contact-exists")
    assert program("PATCH", "/contacts/+14075550190", {"company": "Ann & Co"}).json()["company"] == "Ann & Co"
    assert program("GET", "/contacts?text=ann").json()["total"] == 1
    assert program("DELETE", "/contacts/+14075550190").json()["name"] == "Ann"
    assert code(program("DELETE", "/contacts/+14075550190")) == (404, "no-such-contact")


def test_a_telephone_is_rung_to_dial_a_number(site, programs):
    program = programs("call")
    assert code(program("POST", "/calls", {"telephone": "nowhere", "number": "4075550123"})) == (
        404,
        "no-such-telephone",
    )
    telephone = site.ask("status")["stations"][0]["name"]
    assert code(program("POST", "/calls", {"telephone": telephone, "number": "911"})) == (400, "no-number")
    toms = programs("call person:tom")
    assert code(toms("POST", "/calls", {"telephone": telephone, "number": "4075550123"})) == (403, "not-allowed")


def test_a_web_site_has_its_visitors_called_within_limits(site, programs):
    home = "https://www.riverside.example"
    program = programs(f"call-me-back origin:{home}")
    preflight = requests.options(program.url + "/call-me-back", headers={"Origin": home}, timeout=20)
    assert preflight.headers["Access-Control-Allow-Origin"] == home
    assert code(program("POST", "/call-me-back", {"number": "911"}, Origin=home)) == (403, "not-my-number")
    assert code(program("POST", "/call-me-back", {"number": "011442079460000"}, Origin=home)) == (403, "not-my-number")
    stranger = program("POST", "/call-me-back", {"number": "4075550123"}, Origin="https://elsewhere.example")
    assert code(stranger) == (403, "not-allowed")
    assert "Access-Control-Allow-Origin" not in stranger.headers
    wish = {"number": "4075550123", "visitor": "203.0.113.9"}
    answers = [program("POST", "/call-me-back", wish, Origin=home) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[0].headers["Access-Control-Allow-Origin"] == home
    assert code(program("GET", "/status")) == (403, "not-allowed")


def test_paths_and_methods_that_are_none_are_told_as_json(programs):
    program = programs("status")
    assert code(program("GET", "/nothing/here")) == (404, "not-found")
    answer = program("DELETE", "/status")
    assert (code(answer), answer.headers["Allow"]) == ((405, "method-not-allowed"), "GET")


def test_the_document_has_every_scope_and_the_page_everything_of_it(site):
    document = site.visitor().get("/api/v1/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    assert {one["tags"][0] for methods in document["paths"].values() for one in methods.values()} == set(SCOPES)
    page = site.visitor().get("/api/docs").text
    assert all(path in page for path in document["paths"])


class Listener:
    """A program that is told what happens; it fails so many times first."""

    def __init__(self, failing):
        self.told = queue.Queue()

        class Handler(BaseHTTPRequestHandler):
            left = failing

            def do_POST(handler):
                body = handler.rfile.read(int(handler.headers["Content-Length"]))
                fails = Handler.left > 0
                Handler.left -= 1
                handler.send_response(503 if fails else 200)
                handler.end_headers()
                self.told.put((dict(handler.headers), body))

            def log_message(handler, *_args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/told"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def test_an_address_is_told_signed_and_once_more_where_it_failed(site, programs):
    listener, program = Listener(failing=1), programs("webhooks")
    assert code(program("POST", "/webhooks", {"url": "ftp://x", "events": ["fault"]})) == (400, "not-understood")
    added = program("POST", "/webhooks", {"url": listener.url, "events": ["call-ended"]}).json()
    try:
        with BlockingClient(DataFolder(site.data).socket, 20) as console:
            phone = console.call("phone.open", inside=site.ask("log.choices")["stations"][0])["phone"]
            for act, keys in (("lift", ""), ("press", "1"), ("hang up", "")):
                console.call("phone.do", phone=phone, act=act, words=keys)
            console.call("phone.close", phone=phone)
        first, again = listener.told.get(timeout=60), listener.told.get(timeout=30)
        assert first[0]["Copperdesk-Id"] == again[0]["Copperdesk-Id"]
        headers, body = again
        signed = hmac.new(added["secret"].encode(), f"{headers['Copperdesk-Time']}.".encode() + body, hashlib.sha256)
        assert headers["Copperdesk-Signature"] == f"sha256={signed.hexdigest()}"
        assert json.loads(body)["event"] == "call-ended"
    finally:
        listener.server.shutdown()
        listener.server.server_close()
        assert program("DELETE", f"/webhooks/{added['id']}").json() == {"id": added["id"]}
    assert code(program("DELETE", f"/webhooks/{added['id']}")) == (404, "no-such-webhook")


def test_an_administrator_makes_a_token_and_sees_it_once(site, browser):
    with visiting(browser, site, "ada") as page:
        page.click("nav >> text=Programs")
        page.fill("#name", "Blinds")
        page.check("text=See lines, telephones")
        page.click("text=Make the token")
        secret = page.input_value("#secret")
        assert Program(site.url, secret)("GET", "/status").status_code == 200
        page.goto("/programs")
        assert secret not in page.content()
        page.click("tr:has-text('Blinds') >> text=Remove")
        page.wait_for_selector("text=no longer valid")
    assert Program(site.url, secret)("GET", "/status").status_code == 401


@pytest.mark.parametrize("who", ["olga", "tom"])
def test_tokens_are_the_administrator_s(site, who):
    assert site.visitor(who).get("/programs").status_code == 403


def test_schemathesis_finds_no_fault(tmp_path):
    with running_site(tmp_path / "data") as site:  # Whatever it sends may change the unit.
        found = fuzzed(site, 10, examples=25)
    assert found.fine, found.told
