"""The menus as a picture, changed in place as a draft that goes live in one step."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import format_datetime
from flask_babel import gettext as _
from flask_login import current_user

from appliance.control.errors import ControlError
from web.changewords import change_parts, change_words
from web.pages.menus import forms
from web.pages.menus.flow import lit, outline
from web.pages.menus.hoursform import NEW_HOURS, STANDINGS, given_hours_fields, hours_of_form
from web.pages.menus.naming import ACTIONS, MAIN, ONLY_KEYS, hours_name, known
from web.pages.menus.sounds import sounds
from web.pages.menus.things import KINDS, Thing, fields_of, settings_of, texts_of, thing, where
from web.pages.settings.references import replaced
from web.picturewords import picture_words
from web.roles import Role, allowed
from web.saying import refusal, sentence
from web.spokenlanguages import spoken_languages
from web.unit import ask, ask_patiently
from web.weeks import DAY_NAMES, copied

pages = Blueprint("menus", __name__)
pages.register_blueprint(sounds)

LONGEST_EDIT = 512 * 1024


@pages.get("/menus")
@allowed(Role.ADMINISTRATOR)
def page() -> Any:
    return _page(request.args.get("at", ""))


def _page(at: str, *, fields: Any = None, wrong: forms.Wrong | None = None, status: int = 200) -> Any:
    """fields, wrong: what somebody filled in, and what is wrong with it."""
    draft = ask("draft.get")
    document = draft["document"]
    picture = ask("office.picture", document=document, words=picture_words())
    asked = {name: request.args.get(name, "").strip() for name in ("line", "when", "number", "keys")}
    answer, refused = _explained(document, asked) if asked["line"] else (None, "")
    shown = thing(at, document)
    lights = (answer["boxes"], answer["arrows"]) if answer else ((), ())
    return (
        render_template(
            "menus/page.html",
            draft=draft,
            document=document,
            svg=lit(picture["svg"], *lights),
            picture=picture,
            outline=outline(picture),
            lights=lights[0],
            asked=asked,
            answer=answer,
            refused=refused,
            shown=shown,
            fields=fields or (fields_of(shown, document) if shown else {}),
            wrong=wrong or {},
            panel=_panel(shown, draft, picture["warnings"]) if shown else {},
            actions=ACTIONS,
            only_keys=ONLY_KEYS,
            languages=spoken_languages(),
            hours_name=hours_name,
            days=DAY_NAMES,
            names={kind: known(document, kind) for kind in ("person", "department", "menu", "information")},
            where=lambda path: where(path, document),
            sentence=sentence,
            change_words=change_words,
        ),
        status,
    )


def _panel(shown: Thing, draft: dict[str, Any], warnings: list[dict[str, Any]]) -> dict[str, Any]:
    """What stands in the panel beside the form."""
    concerned = [one for one in warnings if one["path"] == shown.at or one["path"].startswith(f"{shown.at}.")]
    texts = texts_of(shown)
    sounds_there = ask("sounds.list", places=[place for place, _title, _says in texts])["sounds"] if texts else []
    live = {one["place"]: one for one in sounds_there}
    drafted = {one["place"]: one for one in draft["sounds"]}
    nothing = {"in_use": "text", "before": None, "seconds": None}
    return {
        "warnings": concerned,
        "texts": [(place, title, live.get(place, nothing), drafted.get(place)) for place, title, _says in texts],
        "settings": settings_of(shown),
        "was": json.dumps(shown.value, ensure_ascii=False),
        "stations": [one.get("name") or one["port"] for one in draft["document"]["stations"]],
    }


def _explained(document: dict[str, Any], asked: dict[str, str]) -> tuple[Any, str]:
    try:
        at = asked["when"].replace("T", " ")
        numbers = {"number": asked["number"], "keys": asked["keys"]}
        return ask("office.explain", document=document, line=asked["line"], at=at, **numbers), ""
    except ControlError as error:
        if error.code != "not-understood":
            raise
        return None, refusal(error)


@pages.post("/menus")
@allowed(Role.ADMINISTRATOR)
def edit() -> Any:
    """Put what was filled in about a thing into the draft."""
    at = request.form.get("at", "")
    document = ask("draft.get")["document"]
    shown = thing(at, document)
    if shown is None:
        flash(_("That is not there any more: somebody has taken it out."), "wrong")
        return redirect(url_for("menus.page"))
    was = _was(str if shown.kind == "operator" else dict)
    wrong: forms.Wrong = {}
    if "remove" in request.form and shown.kind in KINDS.values() and at != "menu":
        return _saved(at, [[list(shown.steps), was, None]], url_for("menus.page"))
    fields: Any = request.form
    pieces = []
    match shown.kind:
        case "menu":
            fields = forms.given_menu_fields(request.form)
            menu, wrong = forms.menu_of(fields, was, document)
            pieces = [[list(shown.steps), was, menu]]
        case "information":
            told = {"says": request.form.get("says", "").strip()}
            pieces = [[list(shown.steps), was, forms.chosen(was | told, request.form, ("language",))]]
        case "operator":
            names = known(document, "person")
            pieces = [[list(shown.steps), was, next((id for id in names if id == request.form.get("operator")), "")]]
        case "hours":
            fields = given_hours_fields(copied(request.form, request.form.get("do", "")))
            if "do" in request.form:
                return _page(at, fields=fields)
            pieces = [[list(shown.steps), was, hours_of_form(fields, was, document, wrong)]]
        case "line" | "company":
            fields_there = ("menu", "language", "hours", *(("company",) if shown.kind == "line" else ()))
            pieces = [[list(shown.steps), was, forms.chosen(was, request.form, fields_there)]]
        case _:
            abort(400)
    if wrong:
        return _page(at, fields=fields, wrong=wrong, status=422)
    return _saved(at, pieces, url_for("menus.page", at=at, _anchor="panel"), fields)


def _was(kind: type = dict) -> Any:
    """What stood there when the form was made."""
    try:
        was = json.loads(request.form.get("was", "null")[:LONGEST_EDIT])
    except ValueError:
        abort(400)
    if not isinstance(was, kind):
        abort(400)
    return was


def _saved(at: str, pieces: list[Any], then: str, fields: Any = None) -> Any:
    """Put the pieces into the draft and go on, or show the form again with what is in the way."""
    told = ask("draft.edit", pieces=pieces, by=current_user.name)
    if told["conflicts"]:
        others = "; ".join(change_words(one) for one in told["conflicts"])
        text = _("Somebody else has changed the same meanwhile, so nothing was saved. Yours → theirs: %(changes)s")
        flash(text % {"changes": others}, "wrong")
        return redirect(url_for("menus.page", at=at))
    if told["mistakes"]:
        wrong = _beside(at, told["mistakes"], fields)
        return _page(at, fields=fields, wrong=wrong, status=422)
    if told["meanwhile"]:
        others = "; ".join(change_words(one) for one in told["meanwhile"])
        flash(_("Somebody else has changed the draft, too: %(changes)s", changes=others), "warn")
    flash(_("It is in the draft. Callers hear it once you make it live."))
    return redirect(then)


def _beside(at: str, mistakes: list[dict[str, Any]], fields: Any) -> forms.Wrong:
    """Each mistake at its field, and those of other places for the whole form."""
    rows = {row["digit"]: place for place, row in enumerate(fields["rows"])} if fields and "rows" in fields else {}
    wrong: forms.Wrong = {}
    for one in mistakes:
        inner = one["path"].removeprefix(f"{at}.") if one["path"].startswith(f"{at}.") else ""
        name = inner.split(".")[-1] if inner.startswith("greetings.") else inner.split(".")[0]
        told = sentence(one["reason_wording"]) + (f" ({one['suggestion']}?)" if one["suggestion"] else "")
        if inner.startswith("keys.") and (digit := inner.split(".")[1]) in rows:
            name = f"says{rows[digit]}" if inner.endswith(".says") else f"whom{rows[digit]}"
        elif inner.startswith("week."):
            name = inner.partition("[")[0]
        elif name in STANDINGS:
            name = f"{name}_whom"
        elif not inner:
            name, told = "form", f"{one['path']}: {told}"
        wrong[name] = f"{wrong[name]}; {told}" if name in wrong else told
    return wrong


@pages.post("/menus/new")
@allowed(Role.ADMINISTRATOR)
def new() -> Any:
    """A new menu, new opening hours, or something new that is told."""
    group = next((group for group, kind in KINDS.items() if kind == request.form.get("kind")), "menus")
    document = ask("draft.get")["document"]
    name = request.form.get("name", "")
    try:
        first_hours = group == "hours" and not document.get("hours")
        id = MAIN if first_hours else forms.new_id(name, document.get(group, {}))
    except ValueError as error:
        flash(str(error), "wrong")
        return redirect(url_for("menus.page", _anchor="new"))
    text = _("%(name)s.", name=name.strip())
    begins: dict[str, dict[str, Any]] = {
        "menus": {"greeting": text, "keys": {}},
        "information": {"says": text},
        "hours": NEW_HOURS,
    }
    made = begins[group]
    return _saved("", [[[group, id], None, made]], url_for("menus.page", at=f"{group}.{id}", _anchor="panel"))


@pages.post("/menus/rename")
@allowed(Role.ADMINISTRATOR)
def rename() -> Any:
    """Another name for a menu, for hours or for something that is told. Whatever names it follows."""
    at, document = request.form.get("at", ""), ask("draft.get")["document"]
    shown = thing(at, document)
    if shown is None or shown.steps[0] not in KINDS or shown.steps[-1] == MAIN:
        flash(_("That is not there any more: somebody has taken it out."), "wrong")
        return redirect(url_for("menus.page"))
    group, id = shown.steps
    if request.form.get("name", "").strip() == id:
        return redirect(url_for("menus.page", at=at, _anchor="panel"))
    try:
        name = forms.new_id(request.form.get("name", ""), document[group])
    except ValueError as error:
        return _page(at, wrong={"name": str(error)}, status=422)
    after = replaced(document, group, id, name)
    after[group] = {name if one == id else one: entry for one, entry in after[group].items()}
    pieces = [[[part], document.get(part), after[part]] for part in after if after[part] != document.get(part)]
    then = url_for("menus.page", at=f"{group}.{name}", _anchor="panel")
    answer = _saved(at, pieces, then)
    if getattr(answer, "location", "") == then:
        try:
            ask("draft.carry", **{"from": at, "to": f"{group}.{name}"})
        except ControlError as error:  # It has its name, and its recordings have stayed behind.
            if error.code != "disk-full":
                raise
            flash(refusal(error), "wrong")
    return answer


@pages.get("/menus/changes")
@allowed(Role.ADMINISTRATOR)
def changes() -> Any:
    return render_template("menus/changes.html", draft=ask("draft.get"), change_parts=change_parts)


@pages.post("/menus/live")
@allowed(Role.ADMINISTRATOR)
def live() -> Any:
    try:
        loaded = ask_patiently("draft.live", revision=request.form.get("revision", ""), by=current_user.name)
    except ControlError as error:
        if error.code not in ("draft-changed", "draft-conflicts", "no-draft", "office-changed"):
            raise
        flash(_("Something has changed meanwhile, so nothing went live. Please look at the changes again."), "wrong")
        return redirect(url_for("menus.changes"))
    flash(_("It is live: the next caller hears it."))
    for warning in loaded["warning_wordings"]:
        flash(sentence(warning), "warn")
    return redirect(url_for("menus.page"))


@pages.post("/menus/settle")
@allowed(Role.ADMINISTRATOR)
def settle() -> Any:
    theirs = [name.removeprefix("at:") for name, choice in request.form.items() if choice == "theirs"]
    ask("draft.settle", theirs=theirs, by=current_user.name)
    return redirect(url_for("menus.changes"))


@pages.post("/menus/discard")
@allowed(Role.ADMINISTRATOR)
def discard() -> Any:
    try:
        ask("draft.discard", revision=request.form.get("revision", ""))
    except ControlError as error:
        if error.code != "draft-changed":
            raise
        flash(_("Somebody has changed the draft meanwhile, so it was not dropped. Please look at it again."), "wrong")
        return redirect(url_for("menus.changes"))
    flash(_("The draft is dropped. Nothing has changed for callers."))
    return redirect(url_for("menus.page"))


@pages.get("/menus/versions")
@allowed(Role.ADMINISTRATOR)
def versions() -> Any:
    listed = ask("versions.list", after=request.args.get("after", 0, type=int))
    for one in listed["versions"]:
        one["told"] = format_datetime(datetime.fromisoformat(one["at"]), rebase=False)
    return render_template("menus/versions.html", change_words=change_words, **listed)


@pages.post("/menus/versions/<int:version>")
@allowed(Role.ADMINISTRATOR)
def restore(version: int) -> Any:
    try:
        ask_patiently(
            "versions.restore", version=version, by=current_user.name, revision=request.form.get("revision", "")
        )
    except ControlError as error:
        if error.code not in ("office-changed", "no-such-version"):
            raise
        flash(_("The office has changed meanwhile, so nothing was brought back. Look at the list again."), "wrong")
        return redirect(url_for("menus.versions"))
    flash(_("That version is live again: the next caller hears it."))
    return redirect(url_for("menus.versions"))
