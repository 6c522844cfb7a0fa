"""Mail and posts on real sockets, and what people are told where a server does not do what it should."""

from __future__ import annotations

import asyncio
import email
import email.policy
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from appliance.notify import smtp
from appliance.notify.delivery import deliver
from appliance.notify.parcel import SOUND_MARK, Job, SendFailed
from appliance.notify.process import ProcessCarrier
from appliance.notify.webpost import SIGNATURE, TIMESTAMP, signature
from tests.notify.servers import MailBehaviour, certificate, mail_server, web_server
from tests.store.conftest import write_wav

WORDS = {"attached": "It is attached.", "too-large": "It is too long.", "not-attached": "Please call."}
SERVER: dict[str, Any] = {
    "host": "localhost",
    "security": "none",
    "user": "",
    "password": "",
    "sender": "office@example.org",
    "largest_mb": 1.0,
}


def job(port: int, sound: Path | None = None, sound_as: str = "wav", **server: Any) -> Job:
    return Job(
        "mail",
        "maria@example.org",
        "abc123",
        SERVER | {"port": port} | server,
        subject="New message\nfrom Jane",
        text=f"Hello.\n{SOUND_MARK}",
        sound=str(sound or ""),
        sound_as=sound_as,
        sound_words=WORDS,
        at=1_772_547_300,
    )


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("certificate"))


@contextmanager
def trusted(pem: Path) -> Iterator[None]:
    """The machine trusts this certificate, as it does those of Debian's ca-certificates."""
    before = os.environ.get("SSL_CERT_FILE")
    os.environ["SSL_CERT_FILE"] = str(pem)
    try:
        yield
    finally:
        del os.environ["SSL_CERT_FILE"]
        if before is not None:
            os.environ["SSL_CERT_FILE"] = before


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
def test_a_mail_arrives_with_its_sound(tmp_path: Path, pem: Path, security: str) -> None:
    write_wav(tmp_path / "sound.wav", 1.0)
    behaviour = MailBehaviour(certificate=pem, security=security, password="moonlight")
    login = {"user": "office", "password": "moonlight"} if security != "none" else {}
    with mail_server(behaviour) as port, trusted(pem):
        assert deliver(job(port, tmp_path / "sound.wav", security=security, **login)) == ("", False)
    ((sender, receiver, text),) = behaviour.taken
    assert (sender.split()[0:2], receiver) == (["mail", "FROM:<office@example.org>"], "rcpt TO:<maria@example.org>")
    mail = email.message_from_string(text, policy=email.policy.default)
    assert (mail["Subject"], mail["Message-ID"]) == ("New message from Jane", "<abc123@example.org>")
    body, attached = mail.iter_parts()
    assert body.get_content().split() == ["Hello.", "It", "is", "attached."]
    assert (attached.get_content_type(), attached.get_filename()) == ("audio/wav", "message.wav")
    assert attached.get_content() == (tmp_path / "sound.wav").read_bytes()


def only_text(behaviour: MailBehaviour) -> str:
    ((_, _, text),) = behaviour.taken
    mail = email.message_from_string(text, policy=email.policy.default)
    assert not mail.is_multipart()
    return str(mail.get_content())


def test_a_message_that_is_too_large_is_told_without_its_sound(tmp_path: Path) -> None:
    write_wav(tmp_path / "sound.wav", 10.0)
    with mail_server(behaviour := MailBehaviour()) as port:
        assert deliver(job(port, tmp_path / "sound.wav", largest_mb=0.1)) == ("", False)
    assert "It is too long." in only_text(behaviour)


def test_whoever_wants_no_sound_gets_none(tmp_path: Path) -> None:
    write_wav(tmp_path / "sound.wav", 1.0)
    with mail_server(behaviour := MailBehaviour()) as port:
        assert deliver(job(port, tmp_path / "sound.wav", "none")) == ("", False)
    assert "Please call." in only_text(behaviour)


@pytest.mark.parametrize(("works", "subtype"), [(True, "ogg"), (False, "wav")])
def test_opus_is_made_by_opus_tools_and_where_that_fails_it_is_a_wav_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, works: bool, subtype: str
) -> None:
    """A stand-in for opusenc: it is not on every machine that runs the tests."""
    encoder = tmp_path / "opusenc"
    encoder.write_text(f"#!/bin/sh\nprintf OggS\nexit {0 if works else 1}\n")
    encoder.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    write_wav(tmp_path / "sound.wav", 1.0)
    with mail_server(behaviour := MailBehaviour()) as port:
        assert deliver(job(port, tmp_path / "sound.wav", "opus")) == ("", False)
    ((_, _, text),) = behaviour.taken
    mail = email.message_from_string(text, policy=email.policy.default)
    assert [part.get_content_subtype() for part in mail.iter_attachments()] == [subtype]


TEMPORARY = "451 4.7.1 greylisted, come again"


@pytest.mark.parametrize(
    ("behaviour", "server", "why", "of_server"),
    [
        (
            MailBehaviour(answers={"RCPT": TEMPORARY}),
            {},
            "takes mail for maria@example.org only later",
            False,
        ),
        (MailBehaviour(answers={"RCPT": "550 5.1.1 no such"}), {}, "refuses mail for maria@example.org: 550", False),
        (MailBehaviour(answers={"MAIL": "553 not yours"}), {}, "refuses mail from office@example.org: 553", True),
        (MailBehaviour(answers={"DATA": "552 5.3.4 too big"}), {}, "refuses this mail: 552", False),
        (MailBehaviour(answers={"hello": "421 too busy"}), {}, "asks to try again later", True),
        (MailBehaviour(answers={"hello": "HTTP/1.1 400 Bad Request"}), {}, "localhost", True),
        (MailBehaviour(), {"security": "tls"}, "does not speak tls", True),
        (MailBehaviour(security="none"), {"security": "starttls"}, "does not offer starttls", True),
        (MailBehaviour(silent=True), {}, "does not answer at port", True),
    ],
    ids=[
        "greylisting",
        "no-such-mailbox",
        "wrong-sender",
        "too-big",
        "busy",
        "no-mail",
        "no-tls",
        "no-starttls",
        "silent",
    ],
)
def test_what_is_wrong_is_told_in_plain_words(
    behaviour: MailBehaviour,
    server: dict[str, Any],
    why: str,
    of_server: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(smtp, "ANSWER_SECONDS", 0.5)
    with mail_server(behaviour) as port:
        told, is_the_servers = deliver(job(port, **server))
    assert why in told
    assert is_the_servers is of_server
    assert behaviour.taken == []


def test_a_wrong_password_is_told_and_is_in_no_word_of_it(pem: Path) -> None:
    behaviour = MailBehaviour(certificate=pem, password="moonlight")
    with mail_server(behaviour) as port, trusted(pem):
        told, _ = deliver(job(port, security="starttls", user="office", password="sunlight"))
    assert told == "localhost does not accept user and password (5.7.8 not you)"


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_whose_certificate_nobody_vouches_for_gets_neither_password_nor_mail(pem: Path, security: str) -> None:
    behaviour = MailBehaviour(certificate=pem, security=security, password="moonlight")
    with mail_server(behaviour) as port:
        told, is_the_servers = deliver(job(port, security=security, user="office", password="moonlight"))
    assert told.startswith("the certificate of localhost is not valid, so nothing is sent there: ")
    assert (is_the_servers, behaviour.taken) == (True, [])


def test_the_certificate_of_another_server_is_refused(tmp_path: Path) -> None:
    other = certificate(tmp_path, "elsewhere.example")
    with mail_server(MailBehaviour(certificate=other)) as port, trusted(other):
        told, _ = deliver(job(port, security="starttls"))
    assert "Hostname mismatch" in told


def test_an_address_that_the_server_cannot_write_holds_up_no_other_mail(pem: Path) -> None:
    with mail_server(MailBehaviour(pem)) as port, trusted(pem):
        told, of_server = deliver(replace(job(port), to="jörg@example.org"))
    assert told == "localhost takes no mail for addresses with letters that English does not have"
    assert not of_server


def test_an_address_that_is_none_is_told_and_puts_nothing_into_the_mail() -> None:
    told, of_server = deliver(replace(job(25), to="maria@example.org\nBcc: jane@example.org"))
    assert (told.endswith("is the address right?"), of_server) == (True, False)


def test_nobody_at_the_port_and_a_name_that_is_nobody_s_are_told() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        told, _ = deliver(job(nobody.getsockname()[1]))
    assert told.startswith("localhost takes no connection at port")
    told, _ = deliver(job(25, host="mail.invalid"))
    assert told.startswith("the name mail.invalid is not found")


# Posts


def event(url: str, *, anywhere: bool = False) -> Job:
    return Job("post", url, "abc123", {"secret": "starlight", "anywhere": anywhere}, text='{"event": "message"}', at=77)


def test_an_event_arrives_signed() -> None:
    with web_server() as (port, posted):
        assert deliver(event(f"http://localhost:{port}/events?of=office")) == ("", False)
    ((headers, body),) = posted
    assert json.loads(body) == {"event": "message"}
    assert (headers["Host"], headers[TIMESTAMP]) == (f"localhost:{port}", "77")
    assert headers[SIGNATURE] == signature("starlight", "77", b'{"event": "message"}')
    assert headers[SIGNATURE] != signature("moonlight", "77", b'{"event": "message"}')


@pytest.mark.parametrize(("status", "of_server"), [(404, False), (503, True)])
def test_an_event_that_is_not_taken_is_told(status: int, of_server: bool) -> None:
    with web_server(status) as (port, _):
        assert deliver(event(f"http://localhost:{port}/")) == (f"localhost answers {status} to an event", of_server)


def test_a_redirection_is_told_and_not_followed() -> None:
    with web_server(302) as (port, posted):
        told, of_server = deliver(event(f"http://localhost:{port}/"))
    assert (told, of_server) == ("localhost answers 302: redirections are not followed, name where it leads", False)
    assert len(posted) == 1


@pytest.mark.parametrize("address", ["http://[::1/", "http://localhost:99999/"])
def test_an_address_that_is_none_is_told(address: str) -> None:
    told, _ = deliver(event(address))
    assert told.startswith("the address at notifying.post.url cannot be used: ")


@pytest.mark.parametrize("address", ["http://8.8.8.8/", "https://1.1.1.1:8443/", "http://[2001:4860:4860::8888]/"])
def test_nothing_leaves_the_office_s_network_unless_that_is_wanted(address: str) -> None:
    told, _ = deliver(event(address))
    assert told.endswith("is outside the office's network, and notifying.post.anywhere is false")


# The process


@pytest.mark.real_time
async def test_a_process_of_its_own_sends_and_tells_what_is_wrong() -> None:
    carrier = ProcessCarrier()
    with mail_server(behaviour := MailBehaviour()) as port:
        await carrier.carry(job(port))
        behaviour.answers["RCPT"] = "550 no such"
        with pytest.raises(SendFailed, match="refuses mail for maria") as failed:
            await carrier.carry(job(port))
    assert (failed.value.server, len(behaviour.taken)) == (False, 1)


@pytest.mark.real_time
async def test_a_server_that_is_slow_beyond_all_measure_is_left_and_the_loop_goes_on_meanwhile() -> None:
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.02)
            ticks += 1

    ticking = asyncio.create_task(tick())
    with (
        mail_server(MailBehaviour(pause_seconds=1.0)) as port,
        pytest.raises(SendFailed, match="was not sent within 1 seconds") as failed,
    ):
        await ProcessCarrier(longest_seconds=1.0).carry(job(port))
    ticking.cancel()
    assert failed.value.server
    assert ticks > 30


def test_a_job_is_json_and_back() -> None:
    one = replace(job(25), by="post")
    assert Job(**json.loads(json.dumps(asdict(one)))) == one
