"""What a test can hold of the prose in the code.

One name is one thing in the whole tree. A class with many attributes has a sentence for each. A comment cites only what
its readers can find: a standard, a data sheet, or a page of docs/.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MANY = 5
"""A class with more attributes than this documents each at its own line."""

ALIKE = {
    "Voice": "a detector of somebody speaking in appliance.media, and the voice of the prompts in appliance.prompts",
}
"""Names that are defined twice, and what they mean in each place."""

OWED = {"Leg", "Services", "StationLine", "TrunkLine"}
"""Classes of appliance/calls that tell of their many attributes in the class's own docstring still."""

CITING = {"appliance/calls/station.py"}
"""Files that cite a page elsewhere still."""

ELSEWHERE = re.compile(r"\bfacts,? §|\bshared/|\b(?:design|style|facts|defaults)\.md\b|\bsee the (?:issue|ticket)\b")
"""How a comment would cite a page that is not in the repository."""

PAGE = re.compile(r"\bdocs/[\w/-]+(?:\.\w+)?")


def sources(*tops: str) -> Iterator[tuple[str, str]]:
    """The Python files below these folders: path and text."""
    for top in tops:
        for path in sorted((ROOT / top).rglob("*.py")):
            yield str(path.relative_to(ROOT)), path.read_text()


def defined(source: str) -> Iterator[str]:
    """The classes of a module, and its aliases of types: names in capitals and small letters."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield node.name
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            if isinstance(target, ast.Name) and re.match("[A-Z]", target.id) and not target.id.isupper():
                yield target.id


def defined_twice(files: dict[str, str]) -> dict[str, list[str]]:
    """The names of more than one class or type, with the files. A name with an underscore is its module's own."""
    places = defaultdict(list)
    for path, source in files.items():
        for name in defined(source):
            if not name.startswith("_") and len(name) > 2:  # T, E and Ts are type variables.
                places[name].append(path)
    return {name: paths for name, paths in places.items() if len(paths) > 1}


def attributes(of: ast.ClassDef) -> Iterator[tuple[str, bool]]:
    """The public attributes that a class sets, and whether each has a sentence: behind it, or in its Annotated type."""
    makers = [node for node in of.body if isinstance(node, ast.FunctionDef) and node.name == "__init__"]
    for body in (of.body, *(maker.body for maker in makers)):
        for node, behind in zip(body, [*body[1:], None], strict=True):
            said = isinstance(behind, ast.Expr) and isinstance(behind.value, ast.Constant)
            if isinstance(node, ast.AnnAssign) and "Annotated[" in ast.unparse(node.annotation):
                said = said or ast.unparse(node.annotation).endswith(("']", '"]'))
            targets = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
            for target in targets:
                own = isinstance(target, ast.Attribute) and ast.unparse(target.value) == "self"
                name = target.attr if own else target.id if body is of.body and isinstance(target, ast.Name) else "_"
                if not name.startswith("_"):
                    yield name, said


INHERITED = "appliance/prompts/languages/"
"""What a language of this folder fills in is told where `Language` and `ComposedLanguage` declare it."""


def untold(source: str) -> dict[str, list[str]]:
    """The classes with many attributes, and those of the attributes that have no sentence."""
    found = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef) and not any(ast.unparse(base).endswith("Enum") for base in node.bases):
            known = dict(attributes(node))
            if len(known) > MANY and not all(known.values()):
                found[node.name] = [name for name, said in known.items() if not said]
    return found


def test_every_name_of_a_class_or_type_means_one_thing():
    twice = defined_twice(dict(sources("hw", "appliance")))
    assert {name: paths for name, paths in twice.items() if name not in ALIKE} == {}
    assert set(ALIKE) <= set(twice), "a name in ALIKE is defined once only"


def test_every_attribute_of_a_class_with_many_has_a_sentence():
    files = dict(sources("hw", "appliance", "tests/hil"))
    found = {(path, name): missing for path, source in files.items() for name, missing in untold(source).items()}
    asked = {place: missing for place, missing in found.items() if not place[0].startswith(INHERITED)}
    assert {place: missing for place, missing in asked.items() if place[1] not in OWED} == {}
    assert {name for _, name in found} >= OWED, "a class in OWED has a sentence for each by now"


def test_no_comment_cites_a_page_that_is_not_in_the_repository():
    own = str(Path(__file__).relative_to(ROOT))
    texts = [(path, source) for path, source in sources("hw", "appliance", "tests", "image") if path != own]
    texts += [
        (str(page.relative_to(ROOT)), page.read_text()) for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    ]
    assert {path for path, text in texts if ELSEWHERE.search(text)} == CITING
    pages = {(path, page) for path, text in texts for page in PAGE.findall(text)}
    assert [found for found in sorted(pages) if not (ROOT / found[1]).exists()] == []


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("class Line: ...", ["Line"]),
        ("class Line:\n    class Inner: ...", ["Line", "Inner"]),
        ("Wave = list[float]\nWave2: object = Wave", ["Wave", "Wave2"]),
        ("LINES = 3\nlines = 4\n_Line = 5\nclass _Own: ...", ["_Own"]),
        ("def make():\n    Line = 3", []),
    ],
)
def test_a_name_counts_where_it_is_defined(source, names):
    assert list(defined(source)) == names


def test_a_name_is_found_twice_in_two_modules_only():
    files = {
        "a.py": "class Line: ...\nclass _Own: ...\nT = object()",
        "b.py": "Line = str\nclass _Own: ...\nT = object()",
    }
    assert defined_twice(files) == {"Line": ["a.py", "b.py"]}


FIVE = "class Line:\n" + "".join(f"    {name}: int\n" for name in "abcde")
SIX = FIVE + "    f: int\n"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (FIVE, {}),
        (FIVE + "    _f: int\n", {}),
        (SIX, {"Line": list("abcdef")}),
        (SIX + '    """What it is."""\n', {"Line": list("abcde")}),
        (SIX.replace(": int\n", ": int\n    'What it is.'\n"), {}),
        (SIX.replace("int", "Annotated[int, Limits(0, 9), 'What it is.']"), {}),
        (SIX.replace("int", "Annotated[int, Limits(0, 9)]"), {"Line": list("abcdef")}),
        (SIX.replace("Line", "Line(Enum)").replace(": int", " = 1"), {}),
        (FIVE + "    def __init__(self):\n        self.f = self._g = 1\n", {"Line": list("abcdef")}),
        (FIVE + "    def __init__(self):\n        f = 1\n        other.f = 2\n", {}),
    ],
)
def test_an_attribute_is_told_behind_it_or_in_its_type(source, found):
    assert untold(source) == found


@pytest.mark.parametrize("text", ["(facts §5.6: 6 s)", "see ../shared/style.md", "as design.md says"])
def test_a_page_elsewhere_is_found(text):
    assert ELSEWHERE.search(text)


@pytest.mark.parametrize("text", ["RFC 3261 §7.3.3", "see docs/lines.md", "shared by all", "the facts are data"])
def test_a_standard_and_a_page_of_ours_are_no_pages_elsewhere(text):
    assert not ELSEWHERE.search(text)
