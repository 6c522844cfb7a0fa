"""By which names and from where the pages are answered, encrypted or not; and who is slow keeps nobody out."""

from __future__ import annotations

import json
import socket
import ssl
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
import requests
from cryptography import x509

from tests.web.site import Visitor, ended, free_port, start_server
from web.access import bare, in_office
from web.certificates import make
from web.encrypting import RENEWED_BEFORE, facts, is_right
from web.ownnames import host_of, own_addresses, own_names

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


INLINE = """() => {
    const script = document.createElement("script");
    script.textContent = "window.zq = 1";
    document.body.append(script);
    const text = document.createElement("p");
    text.innerHTML = '<b style="color: red">b</b>';
    document.body.append(text);
    return [window.zq ?? null, text.firstChild.style.color];
}"""
"""Markup as it would come in by a fault of a page, and whether the browser takes it."""


def asked_as(site, host, path="/sign-in", **headers):
    return requests.get(site.url + path, headers={"Host": host, **headers}, timeout=20, allow_redirects=False)


def test_the_unit_answers_in_every_name_and_address_it_has(site):
    names = [*own_names(), *(f"[{one}]" if ":" in one else one for one in own_addresses())]
    names += ["COPPERDESK.local", "copperdesk.local.", "localhost:8080"]
    assert {name: asked_as(site, name).status_code for name in names} == dict.fromkeys(names, 200)


@pytest.mark.parametrize("path", ["/sign-in", "/static/style.css", "/live", "/nowhere"])
@pytest.mark.parametrize(
    "host",
    ["evil.example", "203.0.113.7", "copperdesk.local.evil.example", "localhost@evil.example", "[::2]", "", "%00"],
)
def test_other_names_are_refused(site, host, path):
    answer = asked_as(site, host, path)
    assert answer.status_code in (400, 403, 421)


def test_the_refusal_names_the_mend(site):
    told = asked_as(site, "evil.example").text
    assert "copperdesk.local" in told
    assert own_addresses()[-1].split("%")[0] in told or "127.0.0.1" not in told
    assert "evil.example" not in told


def test_an_administrator_adds_a_name_at_once(site):
    site.ask("accounts.set-access", names=["phone.example.org"], anywhere=False)
    assert asked_as(site, "phone.example.org").status_code == 200
    site.ask("accounts.set-access", names=[], anywhere=False)
    assert asked_as(site, "phone.example.org").status_code == 421


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("copperdesk.local:8080", "copperdesk.local"),
        ("LOCALHOST", "localhost"),
        ("192.168.1.5:80", "192.168.1.5"),
        ("[FE80::1]:443", "fe80::1"),
        ("[fe80::1%eth0]", "fe80::1"),
        ("::1", ""),
        ("a b", ""),
        ("localhost:x", ""),
        ("user@localhost", ""),
    ],
)
def test_a_host_is_read_as_browsers_send_it(written, host):
    assert host_of(written) == host


@pytest.mark.parametrize(
    ("address", "inside"),
    [
        ("192.168.1.5", True),
        ("10.1.2.3", True),
        ("169.254.7.7", True),
        ("127.0.0.1", True),
        ("fe80::1%eth0", True),
        ("fd12::1", True),
        ("8.8.8.8", False),
        ("2a00:1450::1", False),
        ("", False),
        ("somewhere", False),
    ],
)
def test_who_is_in_the_office(address, inside):
    assert in_office(bare(address)) is inside


def test_an_ipv4_address_is_plain_on_a_socket_for_both():
    assert [bare(one) for one in ("::ffff:192.168.1.5", "192.168.1.5", "fe80::1")] == [
        "192.168.1.5",
        "192.168.1.5",
        "fe80::1",
    ]


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://localhost:1", "http://127.0.0.1.evil.example"]
)
def test_events_are_for_pages_of_ours(site, origin):
    ada = site.visitor("ada")
    assert ada.get("/live", headers={"Origin": origin}).status_code == 403
    with ada.get("/live", headers={"Origin": site.url}, stream=True) as answer:
        assert answer.status_code == 200


def test_what_the_browser_is_forbidden(site):
    answer = site.visitor().get("/sign-in")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "Strict-Transport-Security" not in answer.headers
    assert {name: answer.headers[name] for name in ("X-Frame-Options", "X-Content-Type-Options", "Cache-Control")} == {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    assert answer.headers["Set-Cookie"].startswith("copperdesk=")
    assert "Secure" not in answer.headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Strict"} <= {part.strip() for part in answer.headers["Set-Cookie"].split(";")}


def test_whoever_is_slow_keeps_nobody_out(site):
    port = int(site.url.rsplit(":", 1)[1])
    token = site.visitor().token("/sign-in")
    slow = ExitStack()
    for number in range(30):
        connection = slow.enter_context(socket.create_connection(("127.0.0.1", port)))
        connection.sendall(b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\n")
        if number % 2:  # Its form never comes.
            connection.sendall(b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\nname=")
    with slow:
        answers = [site.visitor().get("/static/style.css").status_code for _ in range(3)]
    assert (bool(token), answers) == (True, [200, 200, 200])


@pytest.fixture(scope="module")
def encrypted(site):
    """The same unit's page, at a second server, which encrypts too."""
    port = free_port()
    server, url = start_server(site.data, https_port=port)
    with ended(server):
        yield url, f"https://localhost:{port}", site.data / "web" / "authority.crt"


def test_the_page_is_served_both_ways_and_its_authority_vouches_for_every_name(encrypted):
    plain, safe, authority = encrypted
    assert requests.get(plain + "/sign-in", timeout=20).status_code == 200
    assert requests.get(safe + "/sign-in", verify=authority, timeout=20).status_code == 200
    for name in [*own_names(), *own_addresses()]:
        context = ssl.create_default_context(cafile=str(authority))
        port = int(safe.rsplit(":", 1)[1])
        with socket.create_connection(("127.0.0.1", port)) as bare_socket:
            context.wrap_socket(bare_socket, server_hostname=name).close()


def test_a_session_is_secure_where_it_can_be_and_does_not_shut_out_the_plain_page(encrypted):
    plain, safe, authority = encrypted
    visitor = Visitor(safe)
    visitor.http.verify, visitor.http.trust_env = str(authority), False
    visitor.http.headers["Referer"] = safe  # As browsers send it.
    fields = {"name": "ada", "password": "copper kettle on the stove"}
    answer = visitor.post("/sign-in", fields, allow_redirects=False)
    assert answer.status_code == 302
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-copperdesk=")
    assert "Secure" in cookie
    visitor.url = plain.replace("127.0.0.1", "localhost")
    assert visitor.get("/today", allow_redirects=False).status_code == 302
    assert visitor.post("/sign-in", fields, allow_redirects=False).status_code == 302
    assert visitor.get("/today").status_code == 200


def test_a_browser_that_trusts_the_authority_shows_the_encrypted_page(encrypted, site, browser):
    _plain, safe, _authority = encrypted
    context = browser.new_context(base_url=safe, ignore_https_errors=True)
    page = context.new_page()
    page.goto("/sign-in")
    page.fill("#name", "ada")
    page.fill("#password", "copper kettle on the stove")
    page.click("main button.primary")
    page.wait_for_url("**/today")
    assert page.evaluate("isSecureContext")
    assert page.evaluate(INLINE) == [None, ""], "neither script nor style of somebody else's making is taken"
    context.close()


def test_keys_can_be_read_by_nobody_else(encrypted):
    _plain, _safe, authority = encrypted
    modes = {file.name: file.stat().st_mode & 0o077 for file in authority.parent.iterdir()}
    assert set(modes.values()) == {0}
    assert {"authority.key", "unit.key", "key"} <= set(modes)


def test_a_certificate_is_renewed_for_a_new_name_and_in_time(tmp_path):
    names = ["copperdesk", "copperdesk.local", "192.168.1.5", "fe80::1"]
    make(tmp_path, names, NOW)
    authority = (tmp_path / "authority.crt").read_bytes()
    known = facts(tmp_path)
    until = datetime.fromisoformat(known["until"])
    assert is_right(known, names, NOW)
    assert not is_right(known, [*names, "192.168.1.6"], NOW)
    assert not is_right(known, names, until - RENEWED_BEFORE)
    assert not is_right(known, names, NOW - timedelta(days=400)), "the clock was ahead"
    make(tmp_path, [*names, "192.168.1.6"], until)
    certificate = x509.load_pem_x509_certificate((tmp_path / "unit.crt").read_bytes())
    held = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert [str(one.value) for one in held] == [*names, "192.168.1.6"]
    assert (tmp_path / "authority.crt").read_bytes() == authority, "people have told their devices to trust it"
    assert json.loads((tmp_path / "certificates.json").read_text())["fingerprint"] == known["fingerprint"]
