"""What is wrong, and what should be seen to, each with what to do about it and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app, url_for
from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from web.saying import Told, in_words, sentence, templates_in


@dataclass(frozen=True)
class AdvisedPlace:
    """A page on which something is mended. page: of the settings, where it is one of those."""

    view: str
    page: str = ""

    def link(self) -> str:
        """Its address; empty for whoever may not use it."""
        view: Any = current_app.view_functions[self.view]
        if current_user.role not in view.roles:
            return ""
        return url_for(self.view, name=self.page) if self.page else url_for(self.view)


LINES, PEOPLE = AdvisedPlace("settings.page", "lines"), AdvisedPlace("settings.page", "people")
MAIL, KEPT_MESSAGES = AdvisedPlace("settings.page", "mail"), AdvisedPlace("settings.page", "privacy")
LINE_TEST, MODEM = AdvisedPlace("linetest.page"), AdvisedPlace("settings.page", "modem")
FAXES = AdvisedPlace("settings.page", "faxes")
TEXTS, BACKUP, ACCOUNTS = AdvisedPlace("menus.page"), AdvisedPlace("backup.page"), AdvisedPlace("accounts.page")
OWN_GREETINGS, OWN_MESSAGES = AdvisedPlace("greetings.page"), AdvisedPlace("inbox.page")
NETWORK = AdvisedPlace("network.page")


@dataclass(frozen=True)
class Mend:
    """What to do about a fault, and where that is done; None: not on a page."""

    what: LazyString
    place: AdvisedPlace | None = None


_CABLE = Mend(
    _l("See that the cable sits in both sockets. If it does, ask your telephone company about this line."), LINES
)
_CARD = Mend(_l("See that the line card or device is plugged in and switched on."), LINES)
_COUNTRY = Mend(
    _l("Test the line: that tells which countries its tones are of. If the office is elsewhere, change its country."),
    LINE_TEST,
)
_NOISY = Mend(_l("Unplug what else is on the line, one by one. A test of the line tells how loud it is."), LINE_TEST)
_SILENT = Mend(_l("See that the cable sits in both sockets. Then test the line, which tells more."), LINE_TEST)
_WEAK = Mend(_l("Test the line, and send the report along to your telephone company."), LINE_TEST)
_FORWARDED = Mend(
    _l("The unit tries to end it by itself. When you have dialed the code, test the line: then this is over."),
    LINE_TEST,
)
_MODEM = Mend(_l("Unplug the modem, wait ten seconds, and plug it in again, in the socket where it was."), MODEM)
_MODEM_CORD = Mend(_l("See which wall socket the modem’s cord is plugged into, and choose that line."), MODEM)
_FLASH = Mend(_l("Ask your telephone company whether this line can call transfer, or have it do without."), LINES)
_SENDING = Mend(_l("Look at the mail settings: server, name and password."), MAIL)
_PRINTER = Mend(_l("See that the printer is on, and that its name is right. Faxes wait, and are printed then."), FAXES)
_ROOM = Mend(_l("Make room: have old messages deleted sooner, or delete some. Calls go on meanwhile."), KEPT_MESSAGES)
_POWER = Mend(_l("Use the power supply that was made for this computer. Unplug what takes its power from the unit."))
_HEAT = Mend(_l("Give it air: take it out of the cupboard, off the heater, out of the sun."))
_CARD_FAILS = Mend(_l("Make a backup now. Then put in a new memory card, and restore the backup."), BACKUP)
_DATA_MISSING = Mend(
    _l("Start the unit again. If this stays, put in a new memory card, and restore the last backup."), BACKUP
)
_DAMAGED = Mend(
    _l("What it held is in the last backup: restore that, or go on without. If this happens again, put in a new card."),
    BACKUP,
)
_RECORDING = Mend(_l("Record it anew."), TEXTS)
_GUESSING = Mend(_l("Somebody may be guessing. Give this person another PIN if it was not they themselves."), PEOPLE)
_PASSWORD = Mend(_l("Ask whoever it was. An administrator confirms there that it was meant."), ACCOUNTS)

MENDS: dict[str, Mend] = {
    "%(line)s is dead: %(why)s": _CABLE,
    "%(line)s gave no dial tone": _SILENT,
    "%(line)s has the dial tone of another country: check the country in the settings, or test the line": _COUNTRY,
    "%(line)s is noisy: does it carry DSL without a filter in front of this unit?": _NOISY,
    "%(line)s hums: one of its wires may touch earth, or a power supply on it is bad": _NOISY,
    "%(line)s has a weak battery, less than %(volts)s V: tell the telephone company": _WEAK,
    "%(line)s is on port %(port)s, which this unit does not have": _CARD,
    "%(lines)s: not ready after %(seconds)s s": _CARD,
    "%(lines)s: their sound fails (%(kind)s)": _CARD,
    "%(device)s at %(address)s does not answer; is it on, and on the network?": _CARD,
    "the modem is not plugged in": _MODEM,
    "the modem cannot be opened: %(why)s": _MODEM,
    "the modem cannot be used: %(kind)s": _MODEM,
    "the modem does not answer: unplug it, wait ten seconds, and plug it in again": _MODEM,
    "the modem rings when %(line)s does not: is it beside another line?": _MODEM_CORD,
    "%(line)s rings and the modem beside it does not: is its cord plugged in?": _MODEM_CORD,
    "%(line)s is not used to call others while a caller is on it: %(why)s": _FLASH,
    "a test has left calls to %(line)s forwarded to %(number)s: dial %(code)s on a telephone in its socket": _FORWARDED,
    "letters cannot be sent: %(why)s": _SENDING,
    "letters that could not be sent for 30 days were thrown away; `copperdesk mail test` says what is wrong": _SENDING,
    "a letter to %(person)s (%(kind)s) could not be sent for a week; see `copperdesk mail queue`": _SENDING,
    "a letter to the address at notifying.post (%(kind)s) could not be sent for a week;"
    " see `copperdesk mail queue`": _SENDING,
    "faxes cannot be printed on %(printer)s: %(why)s": _PRINTER,
    "letters cannot be kept: the disk is full or failing": _ROOM,
    "faxes are not sent: the disk is full or failing": _ROOM,
    "calls are not being logged: the disk is full or failing": _ROOM,
    "callers who got nobody are not being kept: the disk is full or failing": _ROOM,
    "how often the web site has somebody called is not kept: the disk is full or failing": _ROOM,
    "what other addresses are to be told is not kept: the disk is full or failing": _ROOM,
    "the disk is full: a message had to be cut short": _ROOM,
    "the disk is full: no room for %(what)s": _ROOM,
    "the power supply of this unit is too weak": _POWER,
    "this unit is too hot, and works more slowly": _HEAT,
    "the memory card of this unit makes errors": _CARD_FAILS,
    "messages and settings on the memory card cannot be read, and what is new is lost with the power": _DATA_MISSING,
    "the list of accounts was damaged (%(why)s); it is kept as %(file)s": _DAMAGED,
    "the call log was damaged (%(why)s); it is kept as %(file)s and a new one begun": _DAMAGED,
    "the contacts were damaged (%(why)s); they are kept as %(file)s": _DAMAGED,
    "the earlier versions of the office were damaged (%(why)s); they are kept as %(file)s": _DAMAGED,
    "the list of lost callers was damaged (%(why)s); it is kept as %(file)s": _DAMAGED,
    "the log of changes was damaged (%(why)s); it is kept as %(file)s": _DAMAGED,
    "the log of opened faxes was damaged (%(why)s); it is kept as %(file)s": _DAMAGED,
    "the notes of the desk were damaged (%(why)s); they are kept as %(file)s": _DAMAGED,
    "the recording of %(place)s cannot be played, its text is spoken: record or add it again": _RECORDING,
    "there were too many wrong PINs %(where)s: somebody may be guessing": _GUESSING,
    "a password of the local page was reset by telephone on %(day)s at %(time)s; an administrator confirms it on the"
    " page": _PASSWORD,
}
"""By the template of the fault, or of a sentence in it: the first that is found, from the outside in, counts."""
ELSE = _l("If it stays, tell whoever looks after the unit. The log of the unit has the details.")


@dataclass(frozen=True)
class Matter:
    """Something to see to. since: on the office's clock; None: now. link: empty for none."""

    what: str
    mend: str
    link: str
    since: datetime | None = None
    urgent: bool = False


def faults(told: Sequence[Told]) -> list[Matter]:
    """What is wrong now, the newest first."""
    found = []
    for fault in reversed(told):
        mend = next((MENDS[template] for template in templates_in(fault) if template in MENDS), None)
        link = mend.place.link() if mend and mend.place else ""
        found.append(Matter(sentence(fault), str(mend.what if mend else ELSE), link, urgent=True))
    return found


def advice(told: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> list[Matter]:
    """What should be seen to, the oldest first. A dead line is told as a fault already, and mail that fails."""
    told_otherwise = ("line-dead", "mail-failing")
    return [_matter(one, names) for one in told if one["kind"] not in told_otherwise]


def ages(told: Sequence[Mapping[str, Any]]) -> dict[str, datetime]:
    """Since when lines are dead, by their names."""
    return {one["about"][0]: datetime.fromisoformat(one["since"]) for one in told if one["kind"] == "line-dead"}


def _matter(one: Mapping[str, Any], names: Mapping[str, str]) -> Matter:
    about, since = one["about"], datetime.fromisoformat(one["since"])
    match one["kind"]:
        case "greeting-missing":
            whose = ", ".join(names.get(id, id) for id in about)
            what = _("No greeting of their own: %(names)s.", names=whose)
            mend = _("Each of them can record one at the telephone or at their page. Callers hear a standard one now.")
            place = OWN_GREETINGS if current_user.person in about else PEOPLE
            return Matter(what, mend, place.link(), since)
        case "message-unheard":
            name = names.get(about[0], about[0])
            mend = _("Remind whoever it is for, or have messages sent by mail as well.")
            place = OWN_MESSAGES if current_user.person == about[0] else PEOPLE
            return Matter(_("A message for %(name)s has not been heard.", name=name), mend, place.link(), since)
        case "fax-box-nearly-full":
            left = int(about[1]) if len(about) > 1 and about[1].isdecimal() else 0
            name = about[0] if about else ""
            text = ngettext(
                "The fax box of %(name)s has room for %(num)s fax.",
                "The fax box of %(name)s has room for %(num)s faxes.",
                left,
                name=name,
            )
            mend = _("Delete some, or have those that were seen deleted sooner. Further ones come to the office.")
            return Matter(text, mend, FAXES.link(), since)
        case "fax-not-sent":
            number, title = (*about, "", "")[:2]
            what = _("Nobody has confirmed that a fax to %(number)s arrived: %(title)s.", number=number, title=title)
            return Matter(what, _("See why among the faxes that were sent, and send it again, or call."), "", since)
        case "no-backup":
            days = int(about[0]) if about and about[0].isdecimal() else None
            never = _("There is no backup yet.")
            text = (
                never
                if days is None
                else ngettext("%(num)s day without a backup.", "%(num)s days without a backup.", days)
            )
            return Matter(text, _("Make one now, and keep it away from the unit."), BACKUP.link(), since)
        case "backup-missed":
            why = in_words(one["about_wordings"][0]) if about and about[0] else ""
            text = _("No backup has been made at night for days: %(why)s", why=why or _("the unit was off."))
            return Matter(text, _("Look at where backups go, and make one now."), BACKUP.link(), since)
        case "backup-unrestorable":
            why = in_words(one["about_wordings"][0]) if about else "?"
            text = _("The newest backup could not be restored when it was tried: %(why)s", why=why)
            return Matter(text, _("Make another one now, and have it tried."), BACKUP.link(), since)
        case "power-was-weak":
            return Matter(_("The power supply was too weak for a moment."), str(_POWER.what), "", since)
        case "clock-unset":
            what = _(
                "The clock has not been set since the unit was started. Times are marked “about”, and put right once "
                "it is; until then nothing old is deleted."
            )
            return Matter(
                what, _("See that the unit reaches the Internet, or a time server here."), NETWORK.link(), since
            )
        case "card-worn":
            what = _("%(percent)s %% of the life of the memory card is over.", percent=about[0] if about else "?")
            return Matter(what, str(_CARD_FAILS.what), BACKUP.link(), since)
        case "disk-nearly-full":
            what = _("The disk is nearly full: %(mb)s MB are left.", mb=about[0] if about else "?")
            mend = _("Have old messages deleted sooner, or delete some. Without room no message can be taken.")
            return Matter(what, mend, KEPT_MESSAGES.link(), since)
    return Matter(": ".join((one["kind"], *about)), str(ELSE), "", since)
