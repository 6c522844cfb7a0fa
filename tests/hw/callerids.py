"""Messages as exchanges send them, checksum included, and what each says."""

from __future__ import annotations

from hw.callerid.coding import Absence, CallerId, MessageWaiting

_WHEN = (5, 11, 18, 52)

VECTORS: list[tuple[bytes, CallerId | MessageWaiting]] = [
    (bytes.fromhex("041230353131313835323430373535353030303059"), CallerId(number="4075550000", when=_WHEN)),
    (bytes.fromhex("04093035313131383532500c"), CallerId(number_absence=Absence.PRIVATE, when=_WHEN)),
    (bytes.fromhex("040930353131313835324f0d"), CallerId(number_absence=Absence.UNAVAILABLE, when=_WHEN)),
    (
        bytes.fromhex("802001083035313131383532020a3430373535353030303007084a4f484e20444f4584"),
        CallerId(number="4075550000", name="JOHN DOE", when=_WHEN),
    ),
    (
        bytes.fromhex("80100108303531313138353204015008015022"),
        CallerId(number_absence=Absence.PRIVATE, name_absence=Absence.PRIVATE, when=_WHEN),
    ),
    (
        bytes.fromhex("80100108303531313138353204014f08014f24"),
        CallerId(number_absence=Absence.UNAVAILABLE, name_absence=Absence.UNAVAILABLE, when=_WHEN),
    ),
    (
        bytes.fromhex(
            "802801083132333131323030020a32313235353531323334071041434d4520504c554d42494e4720434f5e",
        ),
        CallerId(number="2125551234", name="ACME PLUMBING CO", when=(12, 31, 12, 0)),
    ),
    (
        bytes.fromhex("802411010101083132323431353330020b30323037393436303132330708424c4f474753204a38"),
        CallerId(number="02079460123", name="BLOGGS J", when=(12, 24, 15, 30)),
    ),
    (bytes.fromhex("82030b01ff70"), MessageWaiting(True)),
    (bytes.fromhex("82030b01006f"), MessageWaiting(False)),
    (bytes.fromhex("060342424231"), MessageWaiting(True)),
    (bytes.fromhex("06036f6f6faa"), MessageWaiting(False)),
]
