"""What the unit says is wrong with a value, as a sentence in the language of the page.

What a schema can say of any field is translated here. A rule about a certain field has a sentence of its own, in
English.
"""

from __future__ import annotations

import re

from flask_babel import gettext
from flask_babel import gettext as _


def translated(reason: str) -> str:
    if reason == "is missing":
        return _("This is needed.")
    if reason == "must not be empty":
        return _("This must not be empty.")
    if reason == "names something twice":
        return _("Something is named twice.")
    if reason == "must be a number":
        return _("This must be a number.")
    if reason == "must be a whole number":
        return _("This must be a whole number.")
    if match := re.fullmatch("must be from (.+) to (.+)", reason):
        return _("This must be from %(least)s to %(most)s.", least=match[1], most=match[2])
    if match := re.fullmatch("must be at most ([0-9]+) characters long", reason):
        return _("This is longer than %(most)s characters.", most=match[1])
    if match := re.fullmatch("must have at most ([0-9]+) entries", reason):
        return _("There are more than %(most)s.", most=match[1])
    if match := re.fullmatch("must be one of (.+)", reason):
        return _("This must be chosen from the list.")
    if match := re.fullmatch("must be (.+)", reason):
        return _("This must be: %(what)s.", what=gettext(match[1]))
    if match := re.fullmatch(r"the (\w+) (.+) is already given at .+", reason):
        return _("%(what)s is in use already: somebody or something else has it.", what=match[2])
    return reason[:1].upper() + reason[1:] + ("" if reason.endswith(".") else ".")
