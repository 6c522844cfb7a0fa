"""What is dialled on telephones of the office: rights, routes, codes, short numbers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp

WORDS = {
    "office.mailbox_access": (_l("To hear messages"), _l("What is dialed on a telephone of the office.")),
    "office.outside_prefix": (
        _l("To get an outside line"),
        _l(
            "What is dialed first, such as 9. Empty: nothing is, and every number that nobody has in the office is "
            "one outside."
        ),
    ),
    "codes.night_mode": (_l("Night mode"), ""),
    "codes.record_prompts": (_l("Record what callers hear"), ""),
    "codes.announcement": (_l("Announcement"), ""),
    "codes.do_not_disturb": (_l("Do not disturb"), ""),
    "codes.disturb": (_l("Can be disturbed again"), ""),
    "codes.forward": (_l("Forward my calls"), ""),
    "codes.forward_no_more": (_l("Forward no more"), ""),
    "codes.come": (_l("I am here"), ""),
    "codes.leave": (_l("I am away"), ""),
    "codes.departments": (_l("Log in to a department, or out"), ""),
    "codes.block_last": (_l("Block the last caller"), ""),
    "codes.park": (_l("Park the call"), ""),
    "codes.fax": (_l("Receive a fax by hand"), ""),
    "codes.take_parked": (_l("Take up a parked call"), ""),
    "codes.pick_up": (_l("Answer a telephone nearby"), ""),
    "codes.pick_up_from": (_l("Answer somebody's telephone"), ""),
    "codes.without_waiting": (_l("One call without waiting calls"), ""),
    "codes.last_number": (_l("Dial the last number again"), ""),
    "codes.call_return": (_l("Call back the last caller"), ""),
    "codes.who_called": (_l("Who called last"), ""),
    "codes.speed": (_l("Dial a speed number"), ""),
    "codes.set_speed": (_l("Store a speed number"), ""),
    "codes.redial": (_l("Try again until it is free"), ""),
    "codes.redial_no_more": (_l("Try no more"), ""),
    "codes.page": (_l("Speak to telephones"), ""),
    "codes.wake_up": (_l("Wake-up call"), ""),
    "codes.conference": (_l("Conference"), ""),
    "codes.emergency_test": (_l("Try the emergency notice"), ""),
    "codes.listen_in": (_l("Listen to an emergency call"), ""),
    "codes.account": (_l("Call for an account"), ""),
    "codes.log_in": (_l("Make this telephone mine"), ""),
    "codes.log_out": (_l("Give the telephone back"), ""),
    "codes.lock": (_l("Lock the telephone"), ""),
    "codes.unlock": (_l("Unlock the telephone"), ""),
    "codes.lost_callers": (_l("Callers who got nobody"), ""),
    "codes.spoken_code": (_l("Hear the code of the web page"), ""),
    "codes.address": (_l("Hear the address of the unit"), ""),
    "codes.version": (_l("Hear which version runs"), ""),
    "codes.without_star": (_l("In place of the star"), ""),
    "rights.classes": (
        _l("Rights of your own"),
        _l(
            "Each by a short word, such as sales. Ready-made are inside, local, national, mobile, abroad and premium: "
            "each may call its own numbers and those of all before it."
        ),
    ),
    "service-class.calls": (_l("May call"), _l("Numbers of the office and for help can always be called.")),
    "service-class.when_closed": (
        _l("While the office is closed"),
        _l("Which right takes its place. Leave it empty for none."),
    ),
    "service-class.account": (_l("Asks for an account"), _l("Before each call outside, by its code.")),
    "rights.service_class": (_l("Everybody may call"), _l("Where nothing else is chosen for the person or telephone.")),
    "rights.from_outside": (
        _l("From outside, at the office's cost"),
        _l("Out of a mailbox, by a transfer, by forwarding. Never numbers abroad or premium-rate ones."),
    ),
    "rights.person": (_l("Limits for one person"), _l("So that a thief with a PIN gets little.")),
    "rights.telephone": (_l("Limits for one telephone"), _l("How much is called outside on one telephone.")),
    "call-limits.at_once": (_l("Calls at once"), _l("How many go on at the same time, at most.")),
    "call-limits.calls_an_hour": (_l("Calls in an hour"), _l("How many begin, at most.")),
    "call-limits.calls_a_day": (_l("Calls in 24 hours"), _l("How many begin, at most.")),
    "call-limits.minutes_an_hour": (_l("Minutes in an hour"), _l("How long all of them last, at most.")),
    "call-limits.minutes_a_day": (_l("Minutes in 24 hours"), _l("How long all of them last, at most.")),
    "rights.abroad_told": (
        _l("Tell the operator of calls abroad"),
        _l("By telephone and mail, when somebody first calls abroad while the office is closed."),
    ),
    "rights.accounts": (_lp("for calls", "Accounts"), _l("What calls can be made for, such as clients or projects.")),
    "call-account.code": (_l("Code"), _l("What is dialed for it: 2 to 8 digits.")),
    "call-account.name": (_lp("a thing", "Name"), _l("What it is called in the call log.")),
    "rights.logged_in_until": (
        _l("Borrowed telephones are given back at"),
        _l("The time of day at which whoever has logged in to another telephone is logged out."),
    ),
    "dialling.never": (
        _l("Never forward to"),
        _l("Numbers, one on each line. With a * at the end: all that begin so, such as 0900*."),
    ),
    "dialling.premium": (_l("Forward to premium-rate numbers"), _l("And to others that cost more in this country.")),
    "dialling.abroad": (_l("Forward to numbers abroad"), ""),
    "dialling.local": (
        _l("More local numbers"),
        _l("In addition to those without an area code: how they begin, one on each line, such as 407*."),
    ),
    "dialling.routes": (
        _l("Which line for which number"),
        _l("The first entry that has the number counts. Without any, every line is used for everything."),
    ),
    "trunk-route.classes": (_l("Kinds of numbers"), _l("Which go this way.")),
    "trunk-route.numbers": (
        _l("Numbers"),
        _l("Numbers that go this way, too, one on each line. With a * at the end: all that begin so, such as 0800*."),
    ),
    "trunk-route.trunks": (_l("Lines"), _l("Which are tried, in this order. None: all of them.")),
    "trunk-route.prefix": (_l("Dialed first"), _l("Such as the code of a cheaper company. It may be left empty.")),
    "trunk-route.only": (_l("No other line"), _l("Not even where none of these is free.")),
    "shortcuts.speed": (_l("Speed numbers"), _l("10 to 99, each with the number that is dialed for it.")),
    "shortcuts.page_groups": (
        _l("Groups of telephones"),
        _l("1 to 9: somebody who dials the code for speaking to telephones, and this digit, is heard on all of them."),
    ),
}
