"""The questions and scripts of the operator's desk, as the administrator writes them."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from appliance.control.errors import ControlError
from web.desktext import NotUnderstood, questions_of, questions_text, steps_of, steps_text
from web.roles import ADMINISTRATOR, allowed
from web.saying import in_words
from web.unit import ask

pages = Blueprint("desk_sheet", __name__, url_prefix="/desk-sheet")


@pages.get("")
@allowed(*ADMINISTRATOR)
def page() -> Any:
    stored = ask("desk.sheet")
    sheet = stored["sheet"]
    scripts = [(script["name"], steps_text(script["steps"])) for script in sheet["scripts"]]
    return _shown(questions_text(sheet["questions"]), scripts, stored["revision"], [])


@pages.post("")
@allowed(*ADMINISTRATOR)
def save() -> Any:
    """Check all of it, and keep it: or show it again with every mistake, and nothing lost of what was typed."""
    form = request.form
    written = list(zip(form.getlist("name"), form.getlist("steps"), strict=False))
    scripts = [(name.strip(), text) for name, text in written if name.strip() or text.strip()]
    recipients, wrong, sheet = ask("messages.recipients"), [], []
    for name, text in scripts:
        try:
            sheet.append({"name": name, "steps": steps_of(text, recipients)})
        except NotUnderstood as error:
            line = _("Line %(line)d is not understood: %(text)s", line=error.line, text=str(error))
            wrong.append(f"{name}: {line}")
    questions, revision = form.get("questions", ""), form.get("revision", "")
    if not wrong:
        try:
            found = ask(
                "desk.change-sheet", sheet={"questions": questions_of(questions), "scripts": sheet}, revision=revision
            )
        except ControlError as error:
            if error.code != "sheet-changed":
                raise
            wrong.append(_("Somebody else has changed this meanwhile. Open the page in another tab, and compare."))
        else:
            wrong = [_mistake(one, sheet) for one in found["mistakes"]]
    if wrong:
        return _shown(questions, scripts, revision, wrong), 400
    flash(_("Saved. It stands on the desk from now on."), "good")
    return redirect(url_for("desk_sheet.page"))


def _shown(questions: str, scripts: list[tuple[str, str]], revision: str, wrong: list[str]) -> str:
    return render_template(
        "desk/sheet.html",
        questions=questions,
        scripts=[*scripts, ("", "")],
        revision=revision,
        wrong=wrong,
        recipients=ask("messages.recipients"),
    )


def _mistake(mistake: dict[str, Any], scripts: list[dict[str, Any]]) -> str:
    """Where it is, as people count, and what is wrong."""
    numbers = [int(number) for number in re.findall(r"\[(\d+)\]", mistake["path"])]
    if mistake["path"].startswith("questions") and numbers:
        where = _("Question %(number)d", number=numbers[0] + 1)
    elif len(numbers) > 1:
        where = _("%(script)s, question %(number)d", script=scripts[numbers[0]]["name"], number=numbers[1] + 1)
    elif numbers:
        where = scripts[numbers[0]]["name"] or _("A script without a name")
    else:
        where = mistake["path"]
    return f"{where}: {in_words(mistake['reason_wording'])}"
