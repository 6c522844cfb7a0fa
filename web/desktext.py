"""Questions and scripts of the desk as people write them: a question with its answer below it; a script line by line.

    ? What is the matter?
    - A new appointment > 3
    - A bill
    ? What is your name?
    ! ruth: A question about a bill, from {2}.

`?` begins a question, `-` is a choice, `> 3` goes on with question 3 (`> end` with none), `!` sends a message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

END = "end"
OVER = -1
_LEADS = re.compile(r"^(.*?)\s*>\s*([0-9]{1,3}|end)$", re.IGNORECASE)


class NotUnderstood(ValueError):
    """A line that is of no form. line: from 1."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line


def questions_of(text: str) -> list[dict[str, str]]:
    """The first line of each block is the question, all others are its answer. An empty line ends a block."""
    blocks = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").strip())
    split = [block.strip().partition("\n") for block in blocks if block.strip()]
    return [{"question": question.strip(), "answer": answer.strip()} for question, _, answer in split]


def questions_text(questions: Sequence[Mapping[str, str]]) -> str:
    return "\n\n".join(f"{one['question']}\n{one['answer']}" for one in questions)


def steps_of(text: str, recipients: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    """The steps of a script. recipients: to whom it may write, by id, extension or name. Raises NotUnderstood."""
    steps: list[dict[str, Any]] = []
    for number, written in enumerate(text.splitlines(), 1):
        line = written.strip()
        mark, rest = line[:1], line[1:].strip()
        if not line:
            continue
        if mark == "?":
            steps.append({"ask": rest, "choices": [], "next": 0, "mail": {"to": "", "text": ""}})
        elif mark not in "->!" or not steps:
            raise NotUnderstood(number, line)
        elif mark == "-":
            leads = _LEADS.match(rest)
            answer, to = (leads[1], _step(leads[2])) if leads else (rest, 0)
            steps[-1]["choices"].append({"answer": answer, "next": to})
        elif mark == ">":
            if not re.fullmatch(r"[0-9]{1,3}|end", rest.casefold()):
                raise NotUnderstood(number, line)
            steps[-1]["next"] = _step(rest)
        else:
            to_whom, colon, words = rest.partition(":")
            if not colon:
                raise NotUnderstood(number, line)
            steps[-1]["mail"] = {"to": _recipient(to_whom.strip(), recipients), "text": words.strip()}
    return steps


def steps_text(steps: Sequence[Mapping[str, Any]]) -> str:
    lines: list[str] = []
    for step in steps:
        lines.append(f"? {step['ask']}")
        lines += [f"- {choice['answer']}{_leads(choice['next'])}" for choice in step["choices"]]
        if step["next"]:
            lines.append(_leads(step["next"]).strip())
        if step["mail"]["to"]:
            lines.append(f"! {step['mail']['to']}: {' '.join(step['mail']['text'].split())}")
    return "\n".join(lines)


def _step(written: str) -> int:
    return OVER if written.casefold() == END else int(written)


def _leads(step: int) -> str:
    return "" if not step else f" > {END if step == OVER else step}"


def _recipient(written: str, recipients: Sequence[Mapping[str, str]]) -> str:
    """The id of whoever is meant; what is written, where that is nobody."""
    for one in recipients:
        if written in (one["id"], one["extension"]) or written.casefold() == one["name"].casefold():
            return one["id"]
    return written
