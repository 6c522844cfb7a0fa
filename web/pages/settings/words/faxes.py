"""Faxes that come in: whose they are, and who is told."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

_ATTACHED = (
    _l("Send the pages with the mail"),
    _l("As a PDF file. Otherwise the mail only tells that a fax has come."),
)
_PRINTER = (_l("Printer"), _l("Each new fax is printed there. Use the name the printer has on the unit."))

WORDS = {
    "office.fax": (_l("Faxes"), _l("Whose they are, and who is told of them.")),
    "office-fax.receives": (
        _l("Receive faxes"),
        _l("On every line: a fax machine that calls is recognized by its tone."),
    ),
    "office-fax.number": (
        _l("Own fax number"),
        _l("What other fax machines show as yours. Leave it empty to show the number of the line."),
    ),
    "office-fax.header": (
        _l("Name above each page you send"),
        _l("Leave it empty to show the name of the office."),
    ),
    "office-fax.lines": (_l("Lines for faxes only"), _l("Nobody is greeted there: every call is a fax.")),
    "office-fax.numbers": (
        _l("Numbers for faxes only"),
        _l("Every call to them is a fax. It works on lines that tell which number was called."),
    ),
    "office-fax.rings": (
        _l("Ringing for faxes only"),
        _l("Where the telephone company has given your fax a number of its own on the same line (distinctive ring)."),
    ),
    "office-fax.routes": (
        _l("Whose fax it is"),
        _l("The first row that fits counts. All other faxes are the office's."),
    ),
    "office-fax.boxes": (
        _l("Faxes of a person or a department"),
        _l("Without a row here they get mail about each new fax."),
    ),
    "office-fax.mail": (_l("Mail addresses"), _l("Told of each new fax that is the office's.")),
    "office-fax.attach": _ATTACHED,
    "office-fax.printer": _PRINTER,
    "office-fax.seen_by": (
        _l("Who may see them"),
        _l("Without anybody here it is whoever gets the messages of the office."),
    ),
    "office-fax.seen_faxes_days": (
        _l("Faxes that were seen are deleted after, in days"),
        _l("Leave it empty to keep them until somebody deletes them."),
    ),
    "office-fax.faxes_per_box": (
        _l("Most faxes that are kept for one person"),
        _l("You are told before it is reached. Then they come to the office."),
    ),
    "fax-route.owner": (_l("Whose"), _l("The person or department whose fax it is.")),
    "fax-route.line": (_l("Line"), _l("The fax comes on this line.")),
    "fax-route.called": (_l("Called number"), _l("This number was called.")),
    "fax-route.sender": (
        _l("Sender"),
        _l("The number of the fax machine that sends; with a star behind it, all that begin so."),
    ),
    "fax-route.subaddress": (
        _l("Sub-address"),
        _l("Some fax machines can send one with the number. An extension works without a row here."),
    ),
    "fax-box.mail": (_l("Send mail about new faxes"), _l("To the mail address of the person, or of each member.")),
    "fax-box.attach": _ATTACHED,
    "fax-box.printer": _PRINTER,
    "fax-box.seen_by": (_l("Others who may see them"), _l("Besides the person, or the members of the department.")),
    "fax-box.seen_faxes_days": (
        _l("Faxes that were seen are deleted after, in days"),
        _l("Leave it empty to keep them as long as all others."),
    ),
}
