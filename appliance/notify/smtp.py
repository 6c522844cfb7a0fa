"""Mail to the office's server, and what is wrong where that fails, in plain words. Blocks."""

from __future__ import annotations

import smtplib
import socket
import ssl
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any

from appliance.notify.parcel import SOUND_MARK, Job, SendFailed
from appliance.notify.sound import Attachment, attachment

ANSWER_SECONDS = 30.0
"""How long the server may take for each of its answers."""
TRY_AGAIN_LATER = range(400, 500)


def send_mail(job: Job) -> None:
    """Send it. Returns once the server has taken it; raises SendFailed."""
    server = job.server
    host, port = str(server["host"]), int(server["port"])
    try:
        mail = _mail(job)
    except OSError as error:
        raise SendFailed(f"what goes with the mail cannot be read: {error.strerror}", server=False) from error
    except ValueError as error:
        raise SendFailed(f"no mail can be written to {job.to!r}: is the address right?", server=False) from error
    try:
        with _connected(server) as smtp:
            _send(smtp, mail, host)
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        raise SendFailed(_refused(host, f"mail for {job.to}", code, answer), server=False) from error
    except smtplib.SMTPSenderRefused as error:
        what = f"mail from {server['sender'] or server['user']}"
        raise SendFailed(_refused(host, what, error.smtp_code, error.smtp_error), server=True) from error
    except smtplib.SMTPDataError as error:
        raise SendFailed(_refused(host, "this mail", error.smtp_code, error.smtp_error), server=False) from error
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise SendFailed(in_words(error, host, port, str(server["security"])), server=True) from error


def _connected(server: Any) -> smtplib.SMTP:
    """Connected and logged in. The certificate is always checked."""
    host, port, security = str(server["host"]), int(server["port"]), server["security"]
    if security == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=ANSWER_SECONDS, context=ssl.create_default_context())
    else:
        smtp = smtplib.SMTP(host, port, timeout=ANSWER_SECONDS)
    try:
        if security == "starttls":
            smtp.starttls(context=ssl.create_default_context())
        if server["user"]:
            smtp.login(server["user"], server["password"])
    except BaseException:
        smtp.close()
        raise
    return smtp


def _send(smtp: smtplib.SMTP, mail: EmailMessage, host: str) -> None:
    try:
        smtp.send_message(mail)
    except smtplib.SMTPNotSupportedError as error:  # It takes all other mail.
        why = f"{host} takes no mail for addresses with letters that English does not have"
        raise SendFailed(why, server=False) from error


def in_words(error: Exception, host: str, port: int, security: str) -> str:
    """What is wrong with the server, and what may help, for people."""
    other = "starttls" if security == "tls" else "tls"
    match error:
        case socket.gaierror():
            return f"the name {host} is not found: is it spelled right, and does the unit reach the internet?"
        case ConnectionRefusedError():
            return f"{host} takes no connection at port {port}: is the port right? It is 587 for starttls, 465 for tls"
        case _ if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
            return f"{host} does not answer at port {port} within {ANSWER_SECONDS:.0f} seconds"
        case ssl.SSLCertVerificationError():
            return f"the certificate of {host} is not valid, so nothing is sent there: {error.verify_message}"
        case ssl.SSLError():
            return f"{host} does not speak {security} at port {port}: try {other}, or another port"
        case smtplib.SMTPAuthenticationError():
            return f"{host} does not accept user and password{_answer(error.smtp_error)}"
        case smtplib.SMTPNotSupportedError():
            what = "logging in" if "AUTH" in str(error) else "starttls"
            return f"{host} does not offer {what} at port {port}: try {other}, or another port"
        case smtplib.SMTPServerDisconnected():
            return f"{host} broke the connection off at port {port}: try {other}, or another port"
        case smtplib.SMTPResponseException() if error.smtp_code in TRY_AGAIN_LATER:
            return f"{host} asks to try again later{_answer(error.smtp_error)}"
        case smtplib.SMTPResponseException():
            return f"{host} refuses: {error.smtp_code}{_answer(error.smtp_error)}"
        case OSError():
            return f"{host} cannot be reached: {error.strerror or error}"
    return f"{host} answers something that is no mail server's answer: {type(error).__name__}"


def _refused(host: str, what: str, code: int, answer: bytes | str) -> str:
    if code in TRY_AGAIN_LATER:
        return f"{host} takes {what} only later (greylisting, or too much mail){_answer(answer)}"
    return f"{host} refuses {what}: {code}{_answer(answer)}"


def _answer(text: bytes | str) -> str:
    """The server's own words, one line of them."""
    words = text.decode(errors="replace") if isinstance(text, bytes) else text
    return f" ({' '.join(words.split())[:200]})" if words.strip() else ""


def _mail(job: Job) -> EmailMessage:
    sender = str(job.server["sender"] or job.server["user"])
    sound: Attachment | None = None
    word = "not-attached"
    if job.sound and job.sound_as != "none":
        sound = attachment(Path(job.sound), job.sound_as, int(float(job.server["largest_mb"]) * 1_000_000))
        word = "attached" if sound is not None else "too-large"
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = job.to
    mail["Subject"] = " ".join(job.subject.split())
    if job.at:
        mail["Date"] = format_datetime(datetime.fromtimestamp(job.at, UTC))
    # The same mail has the same name when it is sent again, as after a power cut, so that readers show it once.
    mail["Message-ID"] = f"<{job.id}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(job.text.replace(SOUND_MARK, job.sound_words.get(word, "")))
    if sound is not None:
        mail.add_attachment(sound.content, maintype=sound.maintype, subtype=sound.subtype, filename=sound.name)
    return mail
