"""The operator's desk: a call answered, noted and passed on by the keyboard alone; messages, scripts, and who may."""

from __future__ import annotations

import csv
import io
import time

import pytest

from appliance.control.blocking import BlockingClient
from appliance.control.folder import DataFolder
from tests.web.browser import visiting
from tests.web.messages import a_sheet, wait_for, written_to
from tests.web.phones import SitePhone

CALLS = 5


@pytest.fixture
def caller(clinic):
    """Jane calls from outside, and is in the menu. Her call's facts; she hangs up behind the test.

    Where the machine has no time for the sound of her number, as real lines lose one, she calls again: it is needed.
    """
    for _ in range(CALLS):
        with SitePhone(clinic) as jane:
            jane.lifts()
            time.sleep(1.0)
            jane.does("press", "5550100")
            wait_for(lambda: any("pick_up" in call["may"] for call in clinic.ask("status")["calls"]))
            call = clinic.ask("status")["calls"][0]
            if call["caller"]:
                yield call
                break
        wait_for(lambda: not clinic.ask("status")["calls"])
    else:
        raise AssertionError(f"the line has lost her number {CALLS} times")
    wait_for(lambda: not clinic.ask("status")["calls"])


def test_a_call_is_answered_noted_and_transferred_by_the_keyboard_alone(clinic, browser, caller):
    number = caller["caller"]
    with visiting(browser, clinic, "olga") as page, BlockingClient(DataFolder(clinic.data).socket, 30) as desk:
        press = page.keyboard.press
        page.goto("/desk")
        page.evaluate("() => { window.same = true; }")
        page.locator(f"[data-call='{caller['id']}'][aria-current]").wait_for()
        page.locator(f"#caller >> text={number}").wait_for()
        page.locator("#calls >> text=in the menu").wait_for()
        press("Escape")
        press("n")
        page.keyboard.type("Wants a bill")
        press("Control+Enter")
        page.locator("#caller >> text=Wants a bill").wait_for()
        page.locator("[data-call][aria-current]").wait_for()
        press("a")
        page.locator("#told >> text=billing rings now").wait_for()
        phone = desk.call("phone.open", inside="billing")["phone"]
        desk.call("phone.do", phone=phone, act="lift")
        page.locator("#calls >> text=talks with Ruth Olsen").wait_for()
        press("/")
        page.keyboard.type("beck")
        page.locator("#found [data-id=tom][aria-selected=true]").wait_for()
        press("Enter")
        press("Enter")
        page.locator("#told >> text=is transferred").wait_for()
        wait_for(lambda: _state(clinic, "surgery") == "ringing")
        desk.call("phone.do", phone=phone, act="hang up")
        press("Escape")
        press("m")
        assert page.evaluate("() => document.activeElement.id") == "m-words"
        page.keyboard.type("She will call again")
        press("Tab")
        page.keyboard.type("tomorrow")
        press("Control+Enter")
        page.locator("#message .note >> text=It was sent to Doctor Tom Becker").wait_for()
        assert page.input_value("#m-words") == page.input_value("#m-back") == ""
        press("m")
        assert page.evaluate("() => [document.activeElement.id, window.same]") == ["m-words", True]
    message = clinic.ask("messages.list", person="tom", newest_first=True)["messages"][0]
    assert message["words"] == "She will call again\nPlease call back: tomorrow\nTaken by olga."
    assert message["number"] == number
    assert clinic.ask("desk.caller", number=number)["notes"][0]["text"] == "Wants a bill"


def test_a_card_that_comes_late_takes_no_note_from_under_the_keys(clinic, browser, caller):
    with visiting(browser, clinic, "olga") as page:
        page.goto("/desk")
        page.locator(f"#caller >> text={caller['caller']}").wait_for()
        page.keyboard.press("Escape")
        page.keyboard.press("n")
        page.evaluate("() => { document.querySelector('#note').dataset.old = 'yes'; }")
        page.evaluate("() => document.querySelector('#calls [data-call]').click()")
        page.locator("#note:not([data-old])").wait_for()
        assert page.evaluate("() => document.activeElement.id") == "note"


def test_a_card_that_was_asked_for_earlier_and_comes_later_is_not_shown(clinic, browser, caller):
    """Until the exchange tells the caller's number the card has none, and no note could be kept with it."""
    with visiting(browser, clinic, "olga") as page:
        page.goto("/desk")
        page.locator(f"#caller >> text={caller['caller']}").wait_for()
        asked = []
        page.route("**/desk/caller?*", lambda route: asked.append(route))
        page.evaluate(
            """() => {
            window.shown = [];
            const caller = document.querySelector("#caller");
            new MutationObserver(() => shown.push(caller.textContent)).observe(caller, { childList: true });
        }"""
        )

        def chooses():
            page.evaluate("() => document.querySelector('#calls [data-call]').click()")

        def is_answered(number):
            while len(asked) <= number:
                page.wait_for_timeout(10)
            asked[number].fulfill(body=f"card {number}")

        chooses()
        chooses()
        is_answered(1)
        is_answered(0)
        chooses()
        is_answered(2)
        page.locator("#caller >> text=card 2").wait_for()
        assert page.evaluate("() => shown") == ["card 1", "card 2"]


def test_a_call_is_ended_from_the_desk(clinic, caller):
    olga = clinic.visitor("olga")
    told = olga.post("/desk/act", {"what": "park", "call": caller["id"]}, of="/desk")
    assert "nothing to park" in told.text
    assert "is ended" in olga.post("/desk/act", {"what": "hang_up", "call": caller["id"]}, of="/desk").text
    wait_for(lambda: not clinic.ask("status")["calls"])
    assert "is over" in olga.post("/desk/act", {"what": "hang_up", "call": caller["id"]}, of="/desk").text


def test_people_departments_and_contacts_are_found_with_their_state(clinic):
    olga = clinic.visitor("olga")
    clinic.ask("contacts.add", contact={"number": "4075550188", "name": "Renée Sallow", "company": "Sallow Glass"})
    found = olga.get("/desk/find", params={"text": "sal"}).text
    assert [word in found for word in ("Sales", "201", "free", "Renée Sallow", "4075550188")] == [True] * 5
    clinic.ask("people.presence", person="tom", here=False)
    assert "away" in olga.get("/desk/find", params={"text": "102"}).text
    clinic.ask("people.presence", person="tom", here=True)
    assert olga.get("/desk/find", params={"text": "<b>zzz"}).text.strip() == ""


def test_the_answers_to_a_script_stay_with_the_call_and_are_sent_on(clinic, browser):
    a_sheet(clinic)
    before = len(clinic.ask("messages.list", person="tom")["messages"])
    with visiting(browser, clinic, "olga") as page:
        page.goto("/desk?number=4075550177")
        page.keyboard.press("q")
        page.keyboard.press("Enter")
        page.locator("[data-step='1'] input").first.wait_for()
        page.keyboard.press("2")
        page.keyboard.press("Enter")
        page.keyboard.type("Ann {1} Lee, 1 May 1980")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.locator("#sheet .note >> text=sent to Doctor Tom Becker").wait_for()
        page.locator("#caller details dd").nth(1).wait_for(state="attached")
        page.keyboard.press("q")
        page.keyboard.press("Enter")
        page.locator("[data-step='1'] input").first.wait_for()
        assert page.locator("[data-step] input:checked").count() == 0
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        page.keyboard.type("(202) 555-0142")
        page.locator("#found-told:not(.unseen) >> text=Nobody").wait_for()
        page.keyboard.press("Enter")
        assert page.evaluate("() => document.activeElement.value") == "(202) 555-0142"
        page.keyboard.press("Escape")
        page.keyboard.press("d")
        page.locator("#told >> text=billing rings now").wait_for()
    with BlockingClient(DataFolder(clinic.data).socket, 30) as desk:
        phone = desk.call("phone.open", inside="billing")["phone"]
        desk.call("phone.do", phone=phone, act="lift")
        wait_for(lambda: _state(clinic, "billing") != "ringing")
        desk.call("phone.do", phone=phone, act="hang up")
    wait_for(lambda: _state(clinic, "billing") == "on-hook")
    told = [(one["question"], one["answer"]) for one in clinic.ask("desk.caller", number="4075550177")["answers"]]
    assert told == [
        ("Are you a patient already?", "No"),
        ("What is your name and your date of birth?", "Ann {1} Lee, 1 May 1980"),
    ]
    messages = clinic.ask("messages.list", person="tom", newest_first=True)["messages"]
    assert (len(messages), messages[0]["words"]) == (before + 1, "New patient: Ann {1} Lee, 1 May 1980")


def test_a_script_that_is_opened_takes_no_keys_from_whoever_types_elsewhere_by_then(clinic, browser):
    a_sheet(clinic)
    with visiting(browser, clinic, "olga") as page:
        page.goto("/desk?number=4075550177")
        page.evaluate(
            """() => {
            document.querySelector("#h-sheet").parentElement.querySelector("details").open = true;
            document.querySelector("#find").focus();
        }"""
        )
        page.wait_for_function("() => document.querySelector('[data-step=\"2\"]').hidden")
        assert page.evaluate("() => document.activeElement.id") == "find"


def test_what_was_answered_stands_in_the_call_log(clinic, caller):
    a_sheet(clinic)
    olga = clinic.visitor("olga")
    given = {"call": caller["id"], "number": caller["caller"], "script": "Appointment", "a1": "Yes", "a3": "=Monday"}
    assert "kept with the call" in olga.post("/desk/answers", given, of="/desk").text
    assert "=Monday" in olga.get(f"/log/{caller['id']}").text
    rows = list(csv.DictReader(io.StringIO(olga.get("/log/calls.csv").content.decode("utf-8-sig"))))
    (row,) = [row for row in rows if row["Id"] == caller["id"]]
    assert row["Answers to scripts"] == "Are you a patient already? Yes; Which day suits you? =Monday"


def test_a_contact_outside_is_called_at_the_own_telephone(clinic):
    olga = clinic.visitor("olga")
    told = olga.post("/desk/act", {"what": "dial", "number": "(407) 555-0188"}, of="/desk").text
    assert "billing rings now" in told
    wait_for(lambda: _state(clinic, "billing") == "ringing")
    with BlockingClient(DataFolder(clinic.data).socket, 30) as desk:
        phone = desk.call("phone.open", inside="billing")["phone"]
        desk.call("phone.do", phone=phone, act="lift")
        wait_for(lambda: any("4075550188" in step for call in clinic.ask("status")["calls"] for step in call["steps"]))
        desk.call("phone.do", phone=phone, act="hang up")
    wait_for(lambda: not clinic.ask("status")["calls"])


@pytest.fixture
def small_mailboxes(clinic):
    """Each mailbox holds one message, and Tom's does."""
    written_to(clinic, "tom", "The first")
    document = clinic.ask("office.get")["document"]
    clinic.ask("office.load", document=document | {"messages_per_mailbox": 1})
    yield
    clinic.ask("office.load", document=document)


def test_a_full_mailbox_is_told_before_a_message_is_written_and_no_word_is_lost(clinic, small_mailboxes):
    olga = clinic.visitor("olga")
    assert "Doctor Tom Becker (102) – mailbox full" in olga.get("/desk").text
    assert "tom" in [one["person"] for one in clinic.ask("status")["mailboxes"] if one["full"]]
    form = {"to": "tom", "words": "She will call again", "call_back": "tomorrow", "urgent": "yes"}
    refused = olga.post("/desk/message", form, of="/desk")
    assert (refused.status_code, "is full: it was not sent there" in refused.text) == (400, True)
    assert [word in refused.text for word in ("She will call again</textarea>", 'value="tomorrow"')] == [True, True]


def test_the_administrator_writes_questions_and_scripts(clinic):
    ada = clinic.visitor("ada")
    before = clinic.ask("desk.sheet")
    form = {
        "questions": "When do you open?\nAt eight.\n\nWhere?\nMill Street 5",
        "name": ["Glasses", ""],
        "steps": ["? Whose?\n- Mine > end\n- My child's\n? How old?\n! 102: Glasses for a child of {2}", ""],
        "revision": before["revision"],
    }
    assert "Saved" in ada.post("/desk-sheet", form).text
    sheet = clinic.ask("desk.sheet")["sheet"]
    assert sheet["questions"][1] == {"question": "Where?", "answer": "Mill Street 5"}
    assert sheet["scripts"][0]["steps"][1]["mail"] == {"to": "tom", "text": "Glasses for a child of {2}"}
    assert "! tom: Glasses" in ada.get("/desk-sheet").text
    stale = ada.post("/desk-sheet", form)
    assert (stale.status_code, "Somebody else has changed this" in stale.text) == (400, True)
    again = form | {"revision": clinic.ask("desk.sheet")["revision"]}
    for steps, told in (
        ("nonsense", "Line 1 is not understood"),
        ("? A\n- b > 9", "Glasses, question 1: there is no step 9"),
        ("? A\n! nobody: x", "nobody with a mailbox"),
        ("? ", "says nothing"),
    ):
        answer = ada.post("/desk-sheet", again | {"steps": [steps, ""]})
        assert (answer.status_code, told in answer.text) == (400, True), steps
    assert clinic.ask("desk.sheet")["sheet"] == sheet
    assert clinic.ask("desk.change-sheet", sheet=before["sheet"], revision=clinic.ask("desk.sheet")["revision"])


@pytest.mark.parametrize("who", ["maria", "olga"])
def test_who_has_no_desk_does_nothing_there(clinic, who):
    visitor = clinic.visitor(who)
    paths = ["/desk", "/desk/find?text=a", "/desk/caller?number=1", "/desk/where"] if who == "maria" else []
    assert {visitor.get(path).status_code for path in [*paths, "/desk-sheet"]} == {403}
    works = (
        ["/desk/act", "/desk/message", "/desk/note", "/desk/note/1/remove", "/desk/answers"] if who == "maria" else []
    )
    assert {visitor.post(path, of="/reached").status_code for path in [*works, "/desk-sheet"]} == {403}


@pytest.mark.parametrize(
    ("path", "fields", "told"),
    [
        ("message", {"to": "nobody", "words": "x"}, "somebody with a mailbox"),
        ("message", {"words": "x"}, "for whom it is"),
        ("message", {"to": "tom"}, "what the message is about"),
        ("message", {"to": "tom", "words": "x", "number": "<b>"}, "no telephone number"),
        ("note", {"number": "", "text": "x"}, "no telephone number"),
        ("note", {"number": "4075550123", "text": " "}, "at least one character"),
        ("note/99999/remove", {}, "gone already"),
        ("answers", {"script": "nothing"}, "This script is gone"),
        ("act", {"what": "transfer", "call": "x", "to": "tom"}, "This call is over"),
        ("act", {"what": "transfer_outside", "call": "x", "number": "4075550123"}, "This call is over"),
        ("act", {"what": "dial", "number": "911"}, "cannot be called"),
        ("act", {"what": "dial", "number": "<b>"}, "cannot be called"),
        ("act", {"what": "explode"}, "not possible"),
    ],
    ids=str,
)
def test_what_cannot_be_done_is_told_in_plain_words(clinic, path, fields, told):
    assert told in clinic.visitor("olga").post(f"/desk/{path}", fields, of="/desk").text


def _state(site, telephone):
    return next(one["state"] for one in site.ask("status")["stations"] if one["name"] == telephone)
