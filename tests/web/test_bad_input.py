"""Whatever is sent to the pages: a clear answer, never a fault of the server, and nothing that comes back unescaped.

It finds the pages and their forms by itself. What is sent is drawn at random, always the same, and bounded in number.
"""

from __future__ import annotations

import random
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from tests.proofs import ALL
from tests.web.routes import Route, routes
from tests.web.site import ACCOUNTS, HASH, PASSWORD, Visitor, ended, running_site, start_server

MARKUP = "zq<img src=x onerror=alert(1)>\"'zq"
SECRET = "my-own-password-typed-somewhere-else"

TEXTS = [
    MARKUP,
    "",
    "\0",
    " ",
    "a\r\nSet-Cookie: zq=1",
    "é\u202e\u0300\U0001f4de",
    "-1",
    "0",
    "9" * 40,
    "1e308",
    "NaN",
    "٣",
    "../../../etc/passwd",
    "maria' OR '1'='1",
    "{{7*7}}${7*7}%(zq)s",
    "x" * 20_000,
    "maria",
    "tom",
    "2026-02-30",
    "99:99",
    SECRET,
]
BYTES = [b"\xff\xfe\x00", b"\xed\xa0\x80", b"\xc3("]

QUERIES = [
    "q",
    "page",
    "from",
    "to",
    "next",
    "id",
    "sort",
    "line",
    "person",
    "limit",
    "after",
    "at",
    "kind",
    "language",
]
"""What an address may have behind its question mark."""

EACH_FORM = 6 if ALL else 1
"""How often each is sent by each who may. Many of them have the daemon check a whole office document, at half a second.
All of them together are tried with every text there is, and each account sends something else."""
WHO = ("maria", "olga", "ada")
"""Who tries. The administrator is the last, as she may change the others' accounts."""
AGAIN = re.compile(r"/(sign-out|restart|shutdown|reboot|update|reset|restore)")
"""Ways that end the session, or the unit itself: those are tried elsewhere."""


class Forms(HTMLParser):
    """The forms of a page: where each is sent, and what is in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form" and given.get("method", "").lower() == "post":
            self.found.append((given.get("action", ""), {}))
        elif self.found and given.get("name") and tag in ("input", "select", "textarea", "button"):
            self.found[-1][1].setdefault(given["name"], given.get("value", ""))


@pytest.fixture(scope="module")
def own(tmp_path_factory) -> Iterator[Any]:
    """A unit of its own, and the log of its page."""
    folder = tmp_path_factory.mktemp("bad-input")
    with running_site(folder / "data") as site, (folder / "log").open("w") as log:
        server, site.url = start_server(site.data, log=log)
        with ended(server):
            yield site, folder / "log"


class Sender:
    """Sends what no browser would, and looks at the answer."""

    def __init__(self, site: Any, name: str) -> None:
        self.site, self.name = site, name
        self.visitor: Visitor
        self.token = ""
        self.sign_in()

    def sign_in(self) -> None:
        """Have an account as it was in the beginning, whatever was done to it, and a session."""
        self.site.ask("accounts.lift-delays")
        if self.name:
            role, person = ACCOUNTS[self.name]
            account = {"name": self.name, "role": role, "person": person, "hash": HASH}
            there = {one["name"] for one in self.site.ask("accounts.list")}
            self.site.ask("accounts.change" if self.name in there else "accounts.add", **account)
            self.site.ask("accounts.set-second-factor", name=self.name, secret="")
        self.visitor = self.site.visitor(self.name)
        self.token = self.visitor.token("/me" if self.name else "/sign-in")

    def send(self, method: str, path: str, **what: Any) -> str:
        """What is wrong with the answer; or empty."""
        headers = {"X-CSRFToken": self.token, **what.pop("headers", {})}
        url = self.site.url + path
        answer = self.visitor.http.request(method, url, headers=headers, timeout=60, allow_redirects=False, **what)
        if answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in?") and self.name:
            self.sign_in()
        return complaint(answer)


def complaint(answer: requests.Response) -> str:
    if answer.status_code >= 500:
        return f"status {answer.status_code}"
    if "html" in answer.headers.get("Content-Type", "") and MARKUP in answer.text:
        return "markup comes back as it was sent"
    if "zq=1" in answer.headers.get("Set-Cookie", ""):
        return "a line was added to the headers"
    if urlsplit(answer.headers.get("Location", "")).netloc not in ("", urlsplit(answer.url).netloc):
        return "leads elsewhere"
    return ""


def mine(name: str, kind: str) -> list[Route]:
    roles = {"ada": "administrator", "olga": "operator", "maria": "person"}
    chosen = [route for route in routes() if (route.method == "GET") == (kind == "read")]
    chosen = [route for route in chosen if route.roles is None or roles[name] in {role.value for role in route.roles}]
    return [route for route in chosen if not AGAIN.search(route.path()) and not route.is_api]


def filled(rng: random.Random, fields: dict[str, str]) -> dict[str, Any]:
    """A form with something wrong in it."""
    form: dict[str, Any] = dict(fields)
    form.pop("csrf_token", None)
    for name in rng.sample(sorted(form), rng.randint(0, len(form))):
        form[name] = rng.choice([*TEXTS, *BYTES])
    if rng.random() < 0.2 and form:
        form.pop(rng.choice(sorted(form)))
    if rng.random() < 0.2:
        form[rng.choice(["role", "id", "name", "person", "zq"])] = [rng.choice(TEXTS), rng.choice(TEXTS)]
    return form


@pytest.mark.parametrize("name", WHO)
def test_every_page_answers_whatever_its_address_has(own, name):
    site, _log = own
    sender, rng, wrong = Sender(site, name), random.Random(1), []
    pages = mine(name, "read")
    for route in pages:
        for value in rng.sample(TEXTS, 4) if route.is_open else ["maria"]:
            query = {key: rng.choice(TEXTS) for key in rng.sample(QUERIES, 4)}
            if told := sender.send("GET", route.path(value), params=query):
                wrong.append((route.name, value[:40], query, told))
    assert wrong == []


@pytest.mark.parametrize("name", WHO)
def test_every_form_answers_whatever_is_in_it(own, name):
    site, _log = own
    sender, rng, wrong = Sender(site, name), random.Random(f"forms of {name}"), []
    known: dict[str, dict[str, str]] = {}
    for route in mine(name, "read"):
        text = sender.visitor.get(route.path("tom")).text
        known |= dict(Forms(text).found)
    targets = [(route, fields) for route in mine(name, "change") for fields in fields_of(route, known)]
    for route, fields in targets:
        for _ in range(EACH_FORM):
            path = route.path(rng.choice(["maria", "tom", "nobody", rng.choice(TEXTS)]))
            form = filled(rng, fields)
            match rng.randrange(5):
                case 0:
                    what: dict[str, Any] = {"json": rng.choice([{key: [1, {}] for key in fields}, [], None, "x", 5])}
                case 1:
                    what = {"data": form, "files": {"file": (MARKUP, rng.choice(BYTES) * 100)}}
                case 2:
                    headers = {"Content-Type": rng.choice(["text/plain", "application/json", "multipart/form-data"])}
                    what = {"data": rng.choice(BYTES), "headers": headers}
                case _:
                    what = {"data": form}
            if told := sender.send(route.method, path, **what):
                wrong.append((route.name, path[:60], str(what)[:200], told))
    assert wrong == []


def fields_of(route: Route, known: dict[str, dict[str, str]]) -> Iterator[dict[str, str]]:
    """What its forms have, where a page has one; or else names that forms often have."""
    here = [fields for action, fields in known.items() if action.partition("?")[0] == route.path("tom")]
    yield from here or [dict.fromkeys(["name", "id", "value", "document", "text"], "maria")]


def test_the_unit_is_as_before_but_for_what_they_may_change(own):
    site, _log = own
    assert {"ada", "olga"} <= {account["name"] for account in site.ask("accounts.list")}
    assert site.ask("status")["trunks"]
    assert Sender(site, "ada").visitor.get("/accounts").status_code == 200


def test_nobodys_own_is_given_or_taken_by_a_form(own):
    site, _log = own
    maria = Sender(site, "maria")
    maria.send("POST", "/me/password", data={"name": "ada", "username": "ada", "old": PASSWORD, "new": "x" * 12})
    maria.send("POST", "/me/language", data={"name": "ada", "person": "tom", "role": "administrator", "language": "de"})
    found = site.ask("accounts.find", name="ada")
    assert (found["language"], site.ask("accounts.find", name="maria")["role"]) == ("", "person")
    site.visitor("ada")  # Whatever other tests have done before.
    sessions = site.ask("sessions.list", account="ada")
    maria.send("POST", "/me/sign-out", data={"id": sessions[0]["id"]})
    assert sessions[0]["id"] in {one["id"] for one in site.ask("sessions.list", account="ada")}
    maria.send("POST", "/me/language", data={"language": ""})


@contextmanager
def connected(site: Any) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", int(site.url.rsplit(":", 1)[1])), 20) as connection:
        yield connection


RAW = [
    b"GET /sign-in?next=\xff\xfe\xc3\xa9 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /sign-in?a=%ff%00%zz&&=&[]= HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /%ff%fe/%00/..%2f..%2fetc HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /static/..%2f..%2f..%2fetc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET //evil.example/%0d%0aSet-Cookie:zq=1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\nCookie: copperdesk=\xff\xfe; copperdesk=x\r\n\r\n",
    b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\nAccept-Language: \xe9,;;q=x,*\r\nAccept: \xff/;q=9\r\n\r\n",
    b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
    b"GET /sign-in HTTP/1.1\r\n\r\n",
    b"GET /sign-in HTTP/1.0\r\n\r\n",
    b"GET /live HTTP/1.1\r\nHost: localhost\r\nOrigin: http://[\r\n\r\n",
    b"GET /live HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    b"BREW /sign-in HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
    b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n",
    b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\n" + b"X: " + b"y" * 40_000 + b"\r\n\r\n",
    b"GET /" + b"z" * 60_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 no HTTP at all \r\n\r\n",
]


@pytest.mark.parametrize("raw", RAW, ids=range(len(RAW)))
def test_what_no_browser_sends_is_no_fault_of_the_server(own, raw):
    site, _log = own
    with connected(site) as connection:
        connection.sendall(raw)
        connection.settimeout(1)
        try:
            first = connection.recv(4096).partition(b"\r\n")[0].decode("latin1")
        except (TimeoutError, ConnectionError):
            first = ""
    assert not re.match(r"HTTP/1.1 5", first), first


def test_a_form_that_is_too_large_is_told_so(own):
    site, _log = own
    sender = Sender(site, "")
    answer = sender.visitor.http.post(
        site.url + "/sign-in", data={"name": "x" * 3_000_000, "csrf_token": sender.token}, timeout=20
    )
    assert answer.status_code == 413


def test_nothing_private_is_in_the_log(own):
    site, log = own
    for name in (SECRET, "ada"):
        sender = Sender(site, "")
        sender.send("POST", "/sign-in", data={"name": name, "password": SECRET})
    written = log.read_text()
    assert [word for word in (SECRET, PASSWORD, "zq", "maria", "555") if word in written] == []
    assert "Traceback" not in written
