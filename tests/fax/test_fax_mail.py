"""Mail to the unit is faxed: who may send it, what of it becomes pages, and what is refused."""

from __future__ import annotations

import asyncio
import errno
import json
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import time
from email.message import EmailMessage
from pathlib import Path

import pytest

from appliance.calls.faults import Faults
from appliance.calls.letters import Letter, LetterKind
from appliance.calls.tasks import Tasks
from appliance.fax.sending.mailreading import DEEPEST, NoMail, taken_apart
from appliance.fax.sending.mailserver import is_near
from appliance.fax.sending.mailspool import MailEnvelope, MailSpool, ServerSettings, envelope_of
from appliance.fax.sending.mailtaking import AGAIN_SECONDS, FaxMail
from appliance.fax.sending.queued import FaxState
from appliance.fax.sending.telling import FaxLetters
from appliance.office.faxsending import FaxSending, QuietHours
from appliance.office.model import Office
from appliance.store.disk import Disk
from tests.fax.queueworld import FaxWorld, fax_world

MARIA, TOM = "Maria@Example.org", "tom@example.org"


def mail(text: str = "", *files: tuple[str, bytes], subject: str = "Offer") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = MARIA, "5550188@fax", subject
    made.set_content(text)
    for name, content in files:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made


def test_what_is_attached_becomes_pages_and_what_is_written_a_note(tmp_path: Path) -> None:
    found = taken_apart(
        bytes(mail("Please call.\n-- \nMaria\n", ("../../offer.pdf", b"%PDF-"), ("b.png", b"x"))), tmp_path
    )
    assert (found["subject"], found["note"]) == ("Offer", "Please call.")
    assert [(one["name"], Path(one["path"]).read_bytes()) for one in found["files"]] == [
        ("offer.pdf", b"%PDF-"),
        ("b.png", b"x"),
    ]
    assert all(Path(one["path"]).parent == tmp_path for one in found["files"])


def test_the_logo_of_a_signature_is_no_page_and_a_text_alone_is_one(tmp_path: Path) -> None:
    letter = mail("Dear Jane, yes.")
    letter.add_alternative("<p>Dear Jane, yes.<img src=cid:logo>", subtype="html")
    html = list(letter.iter_parts())[1]
    assert isinstance(html, EmailMessage)
    html.add_related(b"logo", "image", "png", cid="<logo>")
    found = taken_apart(bytes(letter), tmp_path)
    assert [(one["name"], Path(one["path"]).read_text()) for one in found["files"]] == [
        ("Offer.txt", "Dear Jane, yes.\n")
    ]
    assert found["note"] == ""


def test_hostile_mail_and_what_machines_write_is_refused(tmp_path: Path) -> None:
    away = mail("I am away.")
    away["Auto-Submitted"] = "auto-replied"
    nested = mail("inside")
    for _ in range(DEEPEST + 2):
        outer = EmailMessage()
        outer.make_mixed()
        outer.attach(nested)
        nested = outer
    for made, why in [
        (away, "automatic"),
        (nested, "nested"),
        (mail("", *[("a.pdf", b"x")] * 21), "too-many"),
        (mail("  \n"), "empty"),
    ]:
        with pytest.raises(NoMail, match=why):
            taken_apart(bytes(made), tmp_path)
    for raw in (b"", b"Content-Type: multipart/mixed; boundary=x\n\n--x\n--x\n"):
        with pytest.raises(NoMail):
            taken_apart(raw, tmp_path)


@pytest.mark.parametrize(
    ("address", "near"),
    [("127.0.0.1", True), ("192.168.1.9", True), ("::ffff:10.0.0.2", True), ("fe80::1%eth0", True), ("8.8.8.8", False)],
)
def test_mail_is_taken_from_private_networks_alone(address: str, near: bool) -> None:
    assert is_near((address, 1234)) is near


@contextmanager
def server(spool: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    command = [sys.executable, "-m", "appliance.fax.sending.mailserver"]
    settings = ServerSettings(0, "fax", (MARIA.lower(),), str(spool))
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(asdict(settings)).encode() + b"\n")
        process.stdin.flush()
        word, port = process.stdout.readline().split()
        assert word == b"ready"
        try:
            yield int(port), process
        finally:
            process.stdin.close()
            assert process.wait(10) == 0


@pytest.mark.real_time
def test_the_server_takes_mail_of_those_who_may_for_numbers_and_keeps_it(tmp_path: Path) -> None:
    with server(tmp_path) as (port, process), smtplib.SMTP("127.0.0.1", port, timeout=10) as smtp:
        smtp.ehlo()
        assert smtp.mail("stranger@example.org")[0] == 550
        assert smtp.mail(MARIA)[0] == 250
        assert [smtp.rcpt(to)[0] for to in ("5550188@elsewhere", "no;such@fax", "555-0188@FAX", "suppliers@fax")] == [
            *(550, 550),
            *(250, 250),
        ]
        assert smtp.data(bytes(mail("Hello")))[0] == 250
        assert process.stdout is not None
        assert process.stdout.readline() == b"mail\n"
        (kept,) = MailSpool(tmp_path).waiting()
        assert envelope_of(kept) == MailEnvelope(MARIA.lower(), ("555-0188", "suppliers"))
        smtp.mail(MARIA, [f"SIZE={1 << 30}"])
        assert smtp.docmd("MAIL", f"FROM:<{MARIA}> SIZE={1 << 30}")[0] == 552


def with_mail(office: Office) -> Office:
    people = tuple(
        replace(one, notify=replace(one.notify, mail={"maria": MARIA, "tom": TOM}.get(one.id, "")))
        for one in office.people
    )
    return replace(office, people=people)


async def handed_in(faxes: FaxWorld, folder: Path, mails: list[tuple[MailEnvelope, bytes]]) -> list[Letter]:
    """The letters that are written when this is in the spool."""
    written: list[Letter] = []

    async def keep(letter: Letter) -> bool:
        written.append(letter)
        return True

    faults = Faults()
    letters = FaxLetters(faxes.queue, keep, Tasks(faults), lambda: faxes.intake.office)
    spool = MailSpool(folder)
    spool.open()
    for place, (envelope, content) in enumerate(mails):
        spool.put(str(place), envelope, content)
    await FaxMail(folder, faxes.intake, letters, faults).hand_in()
    assert list(spool.waiting()) == []
    assert faults.now == []
    return written


async def test_mail_is_queued_on_its_sender_s_account_and_answered_with_the_proof(tmp_path: Path) -> None:
    both = MailEnvelope(MARIA.lower(), ("5550188", "911"))
    async with fax_world(FaxSending(people=("maria",)), with_mail) as faxes:
        faxes.machine_outside("5550188")
        taken = [(both, bytes(mail("", ("a.pdf", b"x")))), (MailEnvelope(TOM, ("5550188",)), bytes(mail("Hello")))]
        written = await handed_in(faxes, tmp_path, taken)
        (fax,) = faxes.queue.faxes
        assert (fax.person, fax.number, fax.title) == ("maria", "5550188", "a.pdf")
        assert [(one.kind, one.person, one.facts["number"]) for one in written] == [
            (LetterKind.FAX_NOT_SENT, "maria", "911")
        ]
        assert (await faxes.over(fax)).state is FaxState.DELIVERED
        await asyncio.sleep(1)
        proof = written[-1]
        assert (proof.kind, proof.person, proof.facts["proof"]) == (LetterKind.FAX_SENT, "maria", "yes")
        assert proof.attached is not None


async def test_a_mail_that_cannot_be_read_is_answered_and_those_of_machines_are_not(tmp_path: Path) -> None:
    away = mail("I am away.")
    away["Auto-Submitted"] = "auto-replied"
    maria = MailEnvelope(MARIA.lower(), ("5550188",))
    async with fax_world(FaxSending(quiet=QuietHours(time(8), time(20))), with_mail) as faxes:
        written = await handed_in(faxes, tmp_path, [(maria, bytes(mail(" "))), (maria, bytes(away))])
        assert [one.facts["reason"] for one in written] == ["The mail has neither a file nor a text."]
        assert faxes.queue.faxes == []


class FullDisk(Disk):
    full = True

    def make_folder(self, path: Path) -> None:
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device")
        super().make_folder(path)


async def kept(_letter: Letter) -> bool:
    return True


async def test_mail_that_a_full_disk_did_not_take_is_queued_once_there_is_room(tmp_path: Path) -> None:
    disk, faults, settings = FullDisk(), Faults(), FaxSending(quiet=QuietHours(time(8), time(20)))
    spool = MailSpool(tmp_path / "spool")
    spool.open()
    spool.put("1", MailEnvelope(MARIA.lower(), ("5550188",)), bytes(mail("Hello")))
    async with fax_world(settings, with_mail, disk=disk) as faxes:
        letters = FaxLetters(
            faxes.queue, lambda _letter: asyncio.sleep(0, True), Tasks(faults), lambda: faxes.intake.office
        )
        by_mail = FaxMail(tmp_path / "spool", faxes.intake, letters, faults)
        await by_mail.hand_in()
        assert (len(faults.now), len(spool.waiting()), faxes.queue.faxes) == (1, 1, [])
        disk.full = False
        await asyncio.sleep(AGAIN_SECONDS + 1)
        assert (faults.now, spool.waiting(), [fax.number for fax in faxes.queue.faxes]) == ([], [], ["5550188"])
        await by_mail.close()
