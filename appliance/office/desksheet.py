"""The sheet of the operator's desk: what callers ask, with the answers; and scripts, by which callers are asked.

It is no part of the office document: no call depends on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from appliance.office.problem import Problem
from hw.said import counted, said

MOST_QUESTIONS, MOST_SCRIPTS, MOST_STEPS, MOST_CHOICES = 200, 30, 40, 12
LONGEST_LINE, LONGEST_TEXT = 300, 3000
EMPTY: Mapping[str, Any] = {"questions": [], "scripts": []}

SHEET = {"questions": list, "scripts": list}
QUESTION = {"question": str, "answer": str}
SCRIPT = {"name": str, "steps": list}
STEP = {"ask": str, "choices": list, "next": int, "mail": dict}
"""next: the number of the step behind it, from 1; 0: the one that follows; -1: none, the script is over."""
CHOICE = {"answer": str, "next": int}
MAIL = {"to": str, "text": str}
"""to: the id of a person or department; empty: nothing is sent. text: with {1} for the answer to step 1, and so on."""


def problems(sheet: object, mailboxes: Sequence[str]) -> list[Problem]:
    """All mistakes of a sheet. mailboxes: the ids of everybody to whom a script can write."""
    found = list(_shape("", sheet, SHEET))
    if found:
        return found
    assert isinstance(sheet, dict)
    found += _size("questions", sheet["questions"], MOST_QUESTIONS)
    for place, question in enumerate(sheet["questions"]):
        found += _shape(f"questions[{place}]", question, QUESTION, needed=("question", "answer"))
    found += _size("scripts", sheet["scripts"], MOST_SCRIPTS)
    for place, script in enumerate(sheet["scripts"]):
        path = f"scripts[{place}]"
        wrong = list(_shape(path, script, SCRIPT, needed=("name",)))
        found += wrong or _script(path, script, mailboxes)
    return found


def _script(path: str, script: Mapping[str, Any], mailboxes: Sequence[str]) -> Iterator[Problem]:
    steps = script["steps"]
    yield from _size(f"{path}.steps", steps, MOST_STEPS)
    if not steps:
        yield Problem(f"{path}.steps", said("a script needs a question"))
    for place, step in enumerate(steps):
        at = f"{path}.steps[{place}]"
        if wrong := list(_shape(at, step, STEP, needed=("ask",))):
            yield from wrong
            continue
        yield from _next(f"{at}.next", step["next"], len(steps))
        yield from _size(f"{at}.choices", step["choices"], MOST_CHOICES)
        for number, choice in enumerate(step["choices"]):
            of = f"{at}.choices[{number}]"
            wrong = list(_shape(of, choice, CHOICE, needed=("answer",)))
            yield from wrong or _next(f"{of}.next", choice["next"], len(steps))
        if wrong := list(_shape(f"{at}.mail", step["mail"], MAIL)):
            yield from wrong
        elif step["mail"]["to"] and step["mail"]["to"] not in mailboxes:
            yield Problem(f"{at}.mail.to", said("nobody with a mailbox has the id %(id)s", id=step["mail"]["to"]))
        elif step["mail"]["to"] and not step["mail"]["text"].strip():
            yield Problem(f"{at}.mail.text", said("says nothing"))


def _shape(path: str, group: object, kinds: Mapping[str, type], needed: Sequence[str] = ()) -> Iterator[Problem]:
    """Every field is there, of its kind, and not too long; those that are needed say something."""
    if not isinstance(group, dict) or group.keys() != kinds.keys():
        yield Problem(path, said("is an object with %(fields)s", fields=tuple(kinds)))
        return
    for name, kind in kinds.items():
        value, at = group[name], f"{path}.{name}".lstrip(".")
        if not isinstance(value, kind) or isinstance(value, bool):
            yield Problem(at, said("is not of the kind %(kind)s", kind=kind.__name__))
        elif isinstance(value, str):
            longest = LONGEST_TEXT if name in ("answer", "text") else LONGEST_LINE
            if len(value) > longest:
                yield Problem(
                    at,
                    counted(
                        "has %(num)s character; there is room for %(most)s",
                        "has %(num)s characters; there is room for %(most)s",
                        len(value),
                        most=longest,
                    ),
                )
            elif name in needed and not value.strip():
                yield Problem(at, said("says nothing"))


def _size(path: str, entries: Sequence[object], most: int) -> Iterator[Problem]:
    if len(entries) > most:
        yield Problem(path, said("are %(there)s; there is room for %(most)s", there=len(entries), most=most))


def _next(path: str, step: int, steps: int) -> Iterator[Problem]:
    if not -1 <= step <= steps:
        yield Problem(path, said("there is no step %(step)s", step=step))
