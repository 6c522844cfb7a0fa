"""Letters that wait to be sent, and a test of the mail server: the methods `mail.queue`, `mail.retry`, `mail.test`."""

from __future__ import annotations

from typing import Any, TypedDict

from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.notify.parcel import Parcel
from appliance.unit import Unit
from hw.said import said


class ParcelShown(TypedDict):
    """One letter or event that waits. Times are in ISO 8601, on the office's clock."""

    id: str
    """Its name in the queue."""
    by: str
    """`mail` or `post`."""
    to: str
    """The address."""
    kind: str
    """What it is about."""
    queued: str
    """When it was written."""
    due: str | None
    """When it is tried next; None: not any more."""
    why: str
    """Why it was not sent the last time; empty: it was not tried yet."""


class MailTested(TypedDict):
    """to: where the test went. wrong: what is wrong, in plain words; empty: the server has taken it."""

    to: str
    wrong: str


def offer_mail(control: Offers, unit: Unit) -> None:
    """Put the methods on the socket."""

    def shown(parcel: Parcel) -> ParcelShown:
        local = unit.office.local
        next_try = unit.telling.post_office.next_try(parcel)
        due = local(next_try).isoformat() if next_try is not None else None
        queued = local(parcel.queued).isoformat()
        return ParcelShown(
            id=parcel.id, by=parcel.by, to=parcel.to, kind=parcel.kind, queued=queued, due=due, why=parcel.why
        )

    async def queue(_params: dict[str, Any]) -> list[ParcelShown]:
        return [shown(parcel) for parcel in unit.telling.post_office.queue]

    async def retry(_params: dict[str, Any]) -> int:
        return await unit.telling.post_office.retry()

    async def test(params: dict[str, Any]) -> MailTested:
        if not unit.office.notifying.mail.host:
            raise ControlError(
                "not-set-up", said("the office document has no mail server: put its name at notifying.mail.host")
            )
        person = unit.office.person(params["to"])
        to = params["to"] if person is None else person.notify.mail
        if "@" not in to:
            raise ControlError(
                "not-understood",
                said("'%(to)s' is neither a mail address nor somebody who has one", to=params["to"]),
            )
        return MailTested(to=to, wrong=await unit.telling.post_office.test(to))

    control.method("mail.queue", queue)
    control.method("mail.retry", retry)
    control.method("mail.test", test, {"to": Param(str)})
