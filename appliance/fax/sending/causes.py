"""How a fax's call ended, and how a fax stands, in sentences for people."""

from __future__ import annotations

from appliance.fax.job import FaxCause
from appliance.fax.sending.queued import FaxState, QueuedFax
from hw.said import Said, said

CAUSES = {
    FaxCause.COMPLETE: said("every page was confirmed"),
    FaxCause.BUSY: said("the number was busy"),
    FaxCause.NO_ANSWER: said("nobody answered"),
    FaxCause.NO_LINE: said("no line was free"),
    FaxCause.NOT_A_FAX: said("no fax machine answered at this number"),
    FaxCause.TRAINING: said("the line was too bad for every speed that was tried"),
    FaxCause.INCOMPATIBLE: said("the other machine cannot receive this kind of fax"),
    FaxCause.LINE_CUT: said("the call broke off"),
    FaxCause.SILENT: said("the other machine fell silent"),
    FaxCause.PAGE_REFUSED: said("the other machine could not read a page"),
    FaxCause.FAR_END: said("the other machine ended the call"),
    FaxCause.STORAGE: said("the disk of the unit is full or fails"),
    FaxCause.BAD_PAGES: said("the pages in the queue are damaged"),
    FaxCause.CANCELLED: said("it was cancelled"),
    FaxCause.ENGINE: said("the fax modem, or the program in its place, failed"),
}
TAKEN = said("an emergency call took the line")


def why(fax: QueuedFax) -> Said | None:
    """How its last call ended; None: it has had none, or one that goes on."""
    last = fax.last
    if last is None or last.cause is None:
        return None
    if last.cause is FaxCause.CANCELLED and fax.state is not FaxState.CANCELLED:
        return TAKEN
    return CAUSES[last.cause]


def standing(fax: QueuedFax, *, no_machine_today: bool = False) -> Said:
    """How a fax stands. no_machine_today: somebody else, or nothing, has answered at its number; see `FaxQueue`."""
    match fax.state:
        case FaxState.DELIVERED:
            return said("delivered")
        case FaxState.UNSURE:
            return said("every page was confirmed, but the call broke off before its end: ask whether it has arrived")
        case FaxState.CANCELLED:
            return said("cancelled")
        case FaxState.SENDING:
            if fax.last is None or fax.last.cause is not None or not fax.last.bit_rate:
                return said("Dialing")
            return said(
                "page %(page)s of %(pages)s is being sent", page=min(fax.confirmed + 1, fax.pages), pages=fax.pages
            )
        case FaxState.FAILED:
            return said("given up: %(why)s", why=why(fax) or said("it waited for too long"))
        case FaxState.WAITING:
            reason = CAUSES[FaxCause.NOT_A_FAX] if no_machine_today else why(fax)
            return said("waits: %(why)s", why=reason) if reason is not None else said("waits")
