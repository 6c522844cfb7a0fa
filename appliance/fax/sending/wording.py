"""What stands on the pages of a fax and on its proof, in the office's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from appliance.card.layout import LETTER_COUNTRIES
from appliance.fax.job import LONGEST_IDENTITY
from appliance.fax.making.orders import Cover, HeaderLine
from appliance.fax.sending.queued import FaxState, QueuedFax
from appliance.notify.writing import letters
from appliance.office.model import Office


def paper(office: Office) -> str:
    """Of the office's country, as `appliance.fax.making` calls it."""
    return "letter" if office.country in LETTER_COUNTRIES else "a4"


def own_number(office: Office) -> str:
    """What the other machine shows of the office."""
    number = office.fax.number or next((trunk.number for trunk in office.trunks if trunk.number), "")
    return number[:LONGEST_IDENTITY]


def header_line(office: Office, now: datetime) -> HeaderLine:
    """Of a call at this moment."""
    sender = f"{_sender(office)}   {own_number(office)}".rstrip()
    page_words = _words(office)["fax-page"]
    return HeaderLine(office.local(now).isoformat(timespec="seconds"), office.language, sender, page_words)


def cover(office: Office, now: datetime, *, to: str, number: str, person: str, note: str) -> Cover:
    """The cover page for one fax. person: the id of whoever sends it."""
    words, sender = _words(office), office.person(person)
    template = office.fax.sending.cover_lines or words["fax-cover"].split("\n")
    facts = {
        "to": to,
        "from": sender.name if sender is not None else _sender(office),
        "number": number,
        "date": office.local(now).isoformat(timespec="seconds"),
        "note": note,
        "office": _sender(office),
    }
    return Cover(tuple(template), facts)


def proof_words(office: Office, fax: QueuedFax) -> tuple[str, list[tuple[str, str]]]:
    """The title of a proof, and its facts, each with what it is."""
    words, last, sender = _words(office), fax.last, office.person(fax.person)
    title = {FaxState.DELIVERED: "fax-delivered", FaxState.UNSURE: "fax-unsure"}.get(fax.state, "fax-not-delivered")
    facts = [
        ("fax-number", fax.number),
        ("fax-to", fax.to),
        ("fax-answered-as", last.far_identity if last is not None else ""),
        ("fax-from", sender.name if sender is not None else _sender(office)),
        ("fax-what", fax.title),
        ("fax-pages", f"{fax.confirmed} / {fax.pages}"),
        ("fax-queued", office.local(fax.queued).isoformat(timespec="seconds")),
        ("fax-began", office.local(last.began).isoformat(timespec="seconds") if last is not None else ""),
        ("fax-ended", office.local(fax.over).isoformat(timespec="seconds") if fax.over is not None else ""),
        ("fax-tries", str(sum(bool(one.call) for one in fax.tries))),
        ("fax-speed", f"{last.bit_rate} bit/s" + (", ECM" if last.ecm else "") if last and last.bit_rate else ""),
        ("fax-id", fax.id),
    ]
    return words[title], [(words[label], fact) for label, fact in facts if fact]


def _sender(office: Office) -> str:
    return office.fax.header or office.name


def _words(office: Office) -> Mapping[str, str]:
    return letters(office.language, office.language)
