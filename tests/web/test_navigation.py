"""The pages that whoever is signed in can go to, on a phone and on a desk."""

from __future__ import annotations

from tests.web.browser import DESK, PHONE, visiting


def test_on_a_phone_the_pages_are_one_bar_that_says_where_one_is_and_opens_at_a_touch(site, browser):
    with visiting(browser, site, "ada", size=PHONE) as page:
        page.goto("/backup")
        bar = page.locator(".side summary")
        assert bar.inner_text().split() == ["Pages", "Backup"]
        link = page.locator(".side").get_by_role("link", name="Settings")
        assert not link.is_visible()
        bar.press("Enter")
        link.click()
        page.wait_for_url("**/settings")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_a_desk_the_pages_always_stand_open(site, browser):
    with visiting(browser, site, "ada", size=DESK) as page:
        page.goto("/backup")
        assert not page.locator(".side summary").is_visible()
        assert page.locator(".side [aria-current]").inner_text() == "Backup"
        page.locator(".side").get_by_role("link", name="Settings").click()
        page.wait_for_url("**/settings")


def test_a_page_that_is_not_there_leads_to_the_start(site):
    answer = site.visitor("ada").get("/nowhere")
    assert answer.status_code == 404
    assert '<a href="/">To the start page</a>' in answer.text


def test_a_double_click_sends_a_form_once(site, browser):
    with visiting(browser, site, "ada") as page:
        page.goto("/contacts/new")
        page.fill("[name=name]", "Jane Roe")
        page.fill("[name=number]", "4075550177")
        sent = []
        page.on("request", lambda request: sent.append(request.method))
        page.evaluate("document.querySelector('main button.primary').id = 'save'")
        page.evaluate("() => { save.click(); setTimeout(() => save.click()); }")
        page.wait_for_url("**/contacts")
        assert sent.count("POST") == 1
        assert page.locator("main table").get_by_text("Jane Roe").count() == 1
    site.ask("contacts.remove", number="4075550177")
