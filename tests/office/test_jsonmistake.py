"""Mistakes of JSON in an office manager's words."""

from __future__ import annotations

import json

import pytest

from appliance.office.document import load_document
from appliance.office.jsonmistake import json_mistake
from appliance.office.problem import OfficeErrors


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": 1,\n "b": 2\n "c": 3}', "a comma is missing behind line 2, before line 3, column 2"),
        ('{"a": "b" "c": 1}', "a comma is missing behind line 1, before line 1, column 11"),
        ('{"a": [1, 2,]}', "a comma too many in line 1"),
        ('{"a": 1,}', "a comma too many in line 1"),
        ("{\u201ca\u201d: 1}", "a curly or angled quotation mark at line 1, column 2"),
        ('{"a": \u201cb\u201d}', "a curly or angled quotation mark at line 1, column 7"),
        ("{'a': 1}", "a single quotation mark at line 1, column 2"),
        ('{"a" 1}', "a colon is missing behind the name before line 1, column 6"),
        ("{a: 1}", "a name without quotation marks at line 1, column 2"),
        ('{"a": hello}', "a value is missing or has no quotation marks at line 1, column 7"),
        ('{"a": True}', "True at line 1, column 7; in JSON it is true"),
        ('{"a": "b\n}', "a text is not closed in line 1: a quotation mark is missing"),
        ('{"a": "b', "the text that begins at line 1, column 7 is never closed: a quotation mark is missing"),
        ('{"a": [1, 2', "the end is missing: a bracket is not closed behind line 1"),
        ('{"a": 1} x', "something behind the end of the document, at line 1, column 10"),
        ("// my office\n{}", "a comment at line 1, column 1; JSON has none"),
        ("", "the file is empty"),
        ("\n \n", "the file is empty"),
    ],
)
def test_a_mistake_is_told_in_words(text: str, said: str) -> None:
    with pytest.raises(OfficeErrors) as caught:
        load_document(text)
    assert str(caught.value).startswith(f"this is not JSON: {said}")


@pytest.mark.parametrize(("text", "closed"), [('{"a": 1,}', "object"), ('{"a": [1, 2,]}', "array")])
def test_python_3_13_has_a_word_of_its_own_for_a_comma_too_many(text, closed):
    error = json.JSONDecodeError(f"Illegal trailing comma before end of {closed}", text, text.rindex(","))
    assert json_mistake(text, error) == "a comma too many in line 1"
