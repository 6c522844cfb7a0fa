"""Telephone numbers as people write them, made into what is dialled on a line of their country."""

from __future__ import annotations

import re

from hw.tones.toneplan import tone_plan

_MARKS = re.compile(r"[\s()./\-\u00a0\u2010-\u2015]+")


def as_dialled(country: str, written: str) -> str:
    """The digits that are dialled in this country; what cannot be understood stays as it is."""
    number = _MARKS.sub("", written)
    forms = tone_plan(country).number_forms
    if number.startswith("+" + forms.calling_code):
        number = number.removeprefix("+" + forms.calling_code)
        return forms.national_prefix + number.removeprefix(forms.national_prefix)
    return number


def is_number(text: str, longest: int) -> bool:
    """Whether it is 3 digits at least, and nothing else."""
    return re.fullmatch(rf"[0-9]{{3,{longest}}}", text) is not None
