"""A test of a line: begun, watched, stopped, and what of its proposals is taken into the office."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from appliance.control.errors import ControlError
from web.pages.settings.collections import COLLECTIONS
from web.pages.settings.scopes import Document, field_at
from web.pages.settings.telling import entry_address
from web.pages.settings.unit import all_fields, office
from web.pages.settings.words import option_words, words_of
from web.plots import picture
from web.roles import ADMINISTRATOR, allowed
from web.saying import in_words, refusal, sentence
from web.sounds import sound_answer
from web.unit import ask, ask_patiently

pages = Blueprint("linetest", __name__, url_prefix="/line-test")

PERSON = "person"
"""In place of a second line, as the daemon has it: somebody calls from a cell phone."""
REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; media-src data:; frame-ancestors 'none'; sandbox"
"""The report has its style, its plots and its sounds within it, and nothing else: no script runs in it."""
CANNOT_BEGIN = {"no-such-line", "test-running", "not-analog", "dials-by-itself", "line-busy", "no-second-line"}
CANNOT_BEGIN |= {"no-third-line", "no-forwarding-codes"}
"""Refusals that are told at the top of the page."""
CANNOT_ACCEPT = {"test-running", "no-such-line", "office-refused", "voice-failed", "disk-full"}
"""Refusals of the proposals that are told as they are."""

HEARD = {
    "dial tone": _l("Dial tone"),
    "quiet line": _l("The quiet line"),
    "reorder tone": _l("Reorder tone"),
    "busy tone": _l("Busy tone"),
    "ringback": _l("Ringback"),
    "recall dial tone": _l("Recall dial tone"),
    "caller ID": _l("Caller ID"),
    "the other side hangs up (called)": _l("A caller hangs up"),
    "the other side hangs up (calling)": _l("Somebody whom we called hangs up"),
    "the other side hangs up (kept)": _l("A caller whom the exchange has kept hangs up"),
}
"""What the recordings of a test are called, by the daemon's names."""
SURE = {"(sure)": _l("sure"), "(likely)": _l("likely"), "(a guess)": _l("a guess")}
"""How sure a finding is, by the daemon's words."""


@pages.get("")
@allowed(*ADMINISTRATOR)
def page() -> str:
    return _page(request.args.get("line", ""))


@pages.get("/now.json")
@allowed(*ADMINISTRATOR)
def now() -> dict[str, Any]:
    """For the script of the page, once a second: whether the test goes on, and what is being done."""
    test = _last()
    running = test is not None and test["running"]
    return {"running": running, "step": sentence(test["step"]) if test is not None and running else ""}


@pages.post("")
@allowed(*ADMINISTRATOR)
def begin() -> Any:
    line, other = request.form.get("line", ""), request.form.get("with", "")
    try:
        ask("lines.test", line=line, forwarding="forwarding" in request.form, **{"with": other})
    except ControlError as error:
        if error.code not in CANNOT_BEGIN:
            raise
        return _page(line, other, refusal(error)), 409
    return redirect(url_for("linetest.page"))


@pages.post("/stop")
@allowed(*ADMINISTRATOR)
def stop() -> Any:
    ask("lines.stop_test")
    flash(_("The test is being stopped. The line takes calls again in a moment."))
    return redirect(url_for("linetest.page"))


@pages.post("/accept")
@allowed(*ADMINISTRATOR)
def accept() -> Any:
    """Put what was chosen into the office document."""
    chosen = request.form.getlist("field")
    if not chosen:
        flash(_("Nothing was chosen, and nothing was changed. Tick what should be set."), "wrong")
        return redirect(url_for("linetest.page"))
    try:
        accepted = ask_patiently("lines.accept", fields=chosen, by=current_user.name)
    except ControlError as error:
        match error.code:
            case "no-test":
                flash(
                    _("The unit was started again, and has forgotten the test. Please repeat it."),
                    "wrong",
                )
            case "office-changed":
                flash(_("Somebody else has saved something at the same moment. Please try it once more."), "wrong")
            case code if code in CANNOT_ACCEPT:
                flash(refusal(error), "wrong")
            case _:
                raise
    else:
        flash(_("Saved. %(line)s is set up by what was measured.", line=accepted["line"]), "good")
    return redirect(url_for("linetest.page"))


@pages.get("/report")
@allowed(*ADMINISTRATOR)
def report() -> Response:
    """In the page's language: the daemon makes it, with the texts as they are told here."""
    language = str(get_locale())
    try:
        english = ask("lines.report_texts")["texts"]
        words = _report_words()
        texts = [words[one["text"]] if one["text"] in words else in_words(one) for one in english]
        ask_patiently("lines.write_report", texts=texts, language=language.replace("_", "-"))
    except ControlError as error:
        raise _absent(error) from None
    answer = _evidence("lines.report", language=language.replace("_", "-"))
    answer.headers["Content-Type"] = "text/html; charset=utf-8"
    answer.headers["Content-Security-Policy"] = REPORT_POLICY
    return answer


@pages.get("/heard/<int:number>.wav")
@allowed(*ADMINISTRATOR)
def heard(number: int) -> Response:
    return _evidence("lines.heard", number=number)


@pages.get("/heard/<int:number>/<kind>.svg")
@allowed(*ADMINISTRATOR)
def plot(number: int, kind: str) -> Response:
    try:
        return picture(ask("lines.plot", number=number, kind=kind)["svg"].encode())
    except ControlError as error:
        raise _absent(error) from None


def _report_words() -> dict[str, str]:
    """What the page says for words of the daemon that are no sentences."""
    document, _revision = office()
    test = _last()
    entry = _entry(document, test["line"]) if test is not None else None
    words = {name: str(told) for name, told in HEARD.items()} | {name: f"({told})" for name, told in SURE.items()}
    if test is not None and entry is not None:
        for one, told in zip(test["proposals"], _proposals(test, entry), strict=True):
            words[one["field"]] = told["label"]
            value = ", ".join(one["value"]) if isinstance(one["value"], list) else str(one["value"])
            words[value] = told["value"]
    return words


def _evidence(method: str, **which: Any) -> Response:
    try:
        return sound_answer(method, **which)
    except ControlError as error:
        raise _absent(error) from None


def _absent(error: ControlError) -> Exception:
    """That there is no such page, where the test is not known any more; any other refusal as it is."""
    if error.code in ("no-test", "no-evidence"):
        abort(404)
    return error


def _last() -> dict[str, Any] | None:
    """The test that goes on, or was the last; None: there was none since the unit was started."""
    try:
        test: dict[str, Any] = ask("lines.test_state")
    except ControlError as error:
        if error.code != "no-test":
            raise
        return None
    return test


def _page(line: str = "", other: str = "", wrong: str = "") -> str:
    document, _revision = office()
    test = _last()
    entry = _entry(document, test["line"]) if test is not None else None
    return render_template(
        "linetest/page.html",
        test=test,
        number=(entry or {}).get("number", ""),
        settings=entry_address(COLLECTIONS["lines"], entry["port"]) if entry else "",
        finished=test is not None and _finished(test),
        proposals=_proposals(test, entry) if test is not None and entry is not None else [],
        lines=_lines(document),
        chosen=line or (test or {}).get("line", ""),
        other=other,
        wrong=wrong,
        heard=HEARD,
        sure=SURE,
        person=PERSON,
        sentence=sentence,
        in_words=in_words,
    )


def _finished(test: dict[str, Any]) -> bool:
    """Whether enough was measured to say that nothing has to be set."""
    troubles = {one["code"] for one in test["findings"] if one["trouble"]}
    return bool(test["findings"]) and not troubles & {"battery", "unfinished"}


def _lines(document: Document) -> list[tuple[str, str]]:
    """Port and name of each line that may have an analog one behind it: those at a provider never have."""
    servers = document.get("sip", {}).get("servers", [])
    digital = {account["port"] for server in servers for account in server.get("lines", [])}
    trunks = [one for one in document["trunks"] if one["port"] not in digital]
    return [(one["port"], one.get("name") or one["port"]) for one in trunks]


def _entry(document: Document, name: str) -> dict[str, Any] | None:
    """What the document says of the line of this name."""
    found: dict[str, Any] | None = next(
        (one for one in document["trunks"] if name in (one.get("name"), one["port"])), None
    )
    return found


def _proposals(test: dict[str, Any], entry: dict[str, Any]) -> list[dict[str, str]]:
    """What should be set, in the words of the settings, and what is set now."""
    group = field_at(all_fields(), "trunks").entry

    def words(name: str, value: Any) -> str:
        field = group.called(name)
        if isinstance(value, list):
            called = dict(option_words(field.entry if field.inside else field))
            return ", ".join(str(called.get(one, one)) for one in value)
        return str(value)

    return [
        {
            "field": one["field"],
            "label": words_of(group.called(one["field"])).label,
            "value": words(one["field"], one["value"]),
            "now": words(one["field"], entry[one["field"]]) if entry.get(one["field"]) else _("as usual"),
            "why": in_words(one["why"]),
        }
        for one in test["proposals"]
    ]
