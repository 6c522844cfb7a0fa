"""A sentence of the daemon is a text like any other, and can be said in another language."""

from __future__ import annotations

import ast
import copy
import json
import pickle
import re
from pathlib import Path

import pytest

from appliance.store.disk import StoreFull
from hw.said import Said, counted, in_a_row, revived, said, told_by, wording

ROOT = Path(__file__).resolve().parent.parent
DEAD = said("%(line)s is dead: %(why)s", line="main", why=said("is it plugged in?"))
FEW = counted("%(num)s line of %(names)s", "%(num)s lines of %(names)s", 2, names=("main", said("the other")))

FOR_PEOPLE = {"report": 0, "report_anew": 0, "Problem": 1, "Refused": 1, "Refusal": 1}
FOR_PEOPLE |= {"WrongSetting": 1, "TrialRefused": 1, "WrongNightly": 1}
FOR_PEOPLE |= dict.fromkeys(("NotUnderstood", "NotANumber", "Unreadable", "MachineRefused", "NoGraphviz"), 0)
FOR_PEOPLE |= dict.fromkeys(("NotABackup", "WrongPassphrase", "TargetFailed", "NightlyFailed", "UpdateRefused"), 0)
"""What takes a sentence for people, and the place of that sentence among its arguments."""
UNSHOWN = ("no-such-", "wait", "wrong-parameters")
"""How the codes of refusals begin whose message no page shows: of what is not there, and with a number of seconds."""


def test_it_is_its_english_text():
    assert DEAD == "main is dead: is it plugged in?"
    assert f"Attention: {DEAD}" == "Attention: main is dead: is it plugged in?"
    assert str(FEW) == "2 lines of main, the other"
    assert counted("%(num)s line", "%(num)s lines", 1) == "1 line"
    assert said("100 % full") == "100 % full"
    assert in_a_row(said("It is dead."), "Sorry.") == "It is dead. Sorry."


@pytest.mark.parametrize("sentence", [DEAD, FEW, said("it is empty"), in_a_row(DEAD, FEW, by="; ")])
def test_it_passes_between_processes_with_its_facts(sentence):
    for other in (
        pickle.loads(pickle.dumps(sentence)),
        copy.deepcopy(sentence),
        revived(json.loads(json.dumps(wording(sentence)))),
    ):
        assert isinstance(other, Said)
        assert (other, other.template, other.plural, other.facts) == (
            sentence,
            sentence.template,
            sentence.plural,
            sentence.facts,
        )


def test_a_plain_text_goes_over_the_socket_as_it_is():
    assert wording("anything") == {"text": "anything"}
    assert revived(wording("anything")) == "anything"


def test_a_fact_is_never_a_command_to_a_terminal():
    assert said("there is no line '%(line)s'", line="\x1b[2Jmain\n") == "there is no line '\\x1b[2Jmain\\n'"


def test_what_an_error_says_stays_a_sentence():
    full = StoreFull(28, said("the disk is full: no room for %(what)s", what="a note"), "notes")
    assert isinstance(told_by(ValueError(DEAD)), Said)
    assert isinstance(told_by(full), Said)
    assert told_by(OSError(28, "No space left on device", "notes")) == "No space left on device"
    assert told_by(ValueError("too long")) == "too long"


def bare(source: str) -> list[int]:
    """The lines in which people are told a text that cannot be translated."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        place = FOR_PEOPLE.get(name)
        if name == "ControlError" and isinstance(node.args[0], ast.Constant):
            place = None if str(node.args[0].value).startswith(UNSHOWN) else 1
        if place is not None and len(node.args) > place:
            text = node.args[place]
            written = isinstance(text, ast.JoinedStr) or (isinstance(text, ast.Constant) and bool(text.value))
            if written or ast.unparse(text).startswith("str("):
                found.append(node.lineno)
    return found


def test_people_are_told_nothing_that_cannot_be_translated():
    rooms = ("api", "backup", "calls", "contacts", "flows", "machine", "notify", "office", "picture", "store")
    rooms += ("updating",)
    files = [file for room in rooms for file in (ROOT / "appliance" / room).rglob("*.py")]
    files += [*(ROOT / "appliance").glob("*.py"), *(ROOT / "hw").glob("*.py")]
    assert {str(file.relative_to(ROOT)): lines for file in files if (lines := bare(file.read_text()))} == {}


NOT_WRITTEN_OUT = {
    "appliance/cli/provision.py",
    "appliance/office/changewords.py",
    "appliance/office/description.py",
    "appliance/office/entry.py",
    "appliance/office/objections.py",
    "appliance/provisioning/effect.py",
    "appliance/provisioning/fleet.py",
    "appliance/walk/judging.py",
    "appliance/walk/report.py",
}
"""Where a text that is not written out there is `fixed`, and so is a template by itself. None of these is a fault or a
finding of the doctor: the archive for whoever helps tells templates, which therefore must not have names in them."""
NAMED_ALIKE = {
    "appliance/api/network.py",
    "appliance/flows/onhold.py",
    "appliance/machine/addressing.py",
    "appliance/prompts/composed.py",
    "appliance/provisioning/sheet.py",
}
"""Where a function of another kind has one of these names."""


def test_no_fault_has_a_template_that_is_not_written_out():
    made = re.compile(r"(?<![\w.])(?:fixed|said|counted)\((?!\s*[\"'])(?!text: |template: |one: )")
    files = [file for room in ("appliance", "hw") for file in (ROOT / room).rglob("*.py")]
    found = {str(file.relative_to(ROOT)) for file in files if made.search(file.read_text())}
    assert found - NAMED_ALIKE == NOT_WRITTEN_OUT


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("faults.report('it is dead')", [1]),
        ("faults.report(f'{line} is dead')", [1]),
        ("faults.report(str(error))", [1]),
        ("faults.report(said('%(line)s is dead', line=line))", []),
        ("faults.report(NOT_KEPT)", []),
        ("raise ControlError('no-office', 'there is none')", [1]),
        ("raise ControlError('no-such-line', 'there is none')", []),
    ],
)
def test_a_text_that_cannot_be_translated_is_found(source, lines):
    assert bare(source) == lines
