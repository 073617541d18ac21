"""The public site as its readers meet it: any width, light or dark, a keyboard, no scripts, no traces."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE
from tests.browser.network import ADAPTED

pytestmark = pytest.mark.usefixtures("demo")

TOOLKIT = "/asking-a-county-about-detainers/"
#: One page of each public kind, on the site that has adapted most.
PAGES = {
    "home": "/",
    "toolkit": TOOLKIT,
    "chapter": f"{TOOLKIT}build-a-small-team/",
    "chapter-with-a-table": f"{TOOLKIT}who-decides-in-your-county/",
    "nested-chapter": f"{TOOLKIT}three-places-that-decided/washington-dc/",
    "whole-toolkit": f"{TOOLKIT}print/",
    "search": "/search/?q=sheriff",
    "search-without-hits": "/search/?q=zzzz",
    "spanish": "/es/",
    "404": "/not-here/",
}


#: What has the focus, what shows it, and whether it is on the screen.
FOCUS = """() => {
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    return {
        what: `${[...document.querySelectorAll("*")].indexOf(one)} ${one.outerHTML.slice(0, 120)}`,
        line: style.outlineStyle,
        width: parseFloat(style.outlineWidth),
        inside: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    };
}"""
#: Links and buttons that a thumb may miss; those inside a sentence, explained words among them, are as high as its line.
SMALL = """() => [...document.querySelectorAll('a, button, summary')].filter(one => {
    const box = one.getBoundingClientRect();
    return box.width && (box.width < 24 || box.height < 24) && !one.closest('p, .text, dd, figcaption, .skip, .word');
}).map(one => one.outerHTML.slice(0, 120))"""


def one_of_each() -> dict[str, str]:
    """A page of each type that readers see and the demo has on that site, and what it has from right to left: new types join."""
    from wagtail.models import Page, Site, get_page_models

    from editions.addresses import SiteRoot
    from toolkit_pages.public.serving import PublicPageMixin

    root = SiteRoot(Site.objects.select_related("root_page__locale").get(hostname=ADAPTED))
    live = Page.objects.live().filter(url_path__startswith=root.folder).select_related("locale")
    found = {}
    for model in get_page_models():
        if issubclass(model, PublicPageMixin):
            for code in (root.language, "ar"):
                page = (
                    live.exact_type(model)
                    .filter(locale__language_code=code)
                    .order_by("-depth", "path")
                    .first()
                )
                if page is not None:
                    found[f"{model.__name__.lower()}-{code}"] = root.path(page.url_path, code)
    return found


def open_all(page, address, pages=PAGES):
    for name, path in pages.items():
        response = page.goto(address(ADAPTED, path))
        assert response.status == (404 if name == "404" else 200), path
        yield name


def overflow(page) -> int:
    """How far the page can be scrolled sideways, in pixels."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_of_page_is_accessible(new_page, address, axe, screenshot, viewport, scheme):
    page = new_page(viewport=viewport, javascript=True)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for name in open_all(page, address):
        axe(page)
        assert overflow(page) == 0, name
        screenshot(page, f"public/{name}-{viewport['width']}-{scheme}")


@pytest.mark.parametrize(("viewport", "scheme"), [(WIDE, "light"), (NARROW, "dark")], ids=["wide", "narrow"])
def test_a_page_of_each_type_is_accessible_in_both_directions(
    new_page, address, axe, screenshot, viewport, scheme
):
    page = new_page(viewport=viewport, javascript=True)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for name in open_all(page, address, one_of_each()):
        axe(page)
        assert overflow(page) == 0, name
        screenshot(page, f"public/{name}-{viewport['width']}-{scheme}")


def test_no_type_of_page_scrolls_sideways_at_any_width(new_page, address):
    page = new_page()
    for name in open_all(page, address, one_of_each()):
        for width in (320, 390, 768, 1024, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            assert overflow(page) == 0, (name, width)


def test_nothing_scrolls_sideways_on_the_narrowest_screen(new_page, address, screenshot):
    """320 px is also what a wide screen becomes at 400 % zoom."""
    page = new_page(viewport={"width": 320, "height": 640})
    for name in open_all(page, address):
        assert overflow(page) == 0, name
        screenshot(page, f"public/{name}-320")


def test_a_keyboard_is_enough(page, address):
    page.goto(address(ADAPTED, PAGES["chapter"]))
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    assert skip.bounding_box()["y"] >= 0, "the skip link shows itself"
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    # Anew and without the fragment, from which the browser would begin.
    page.goto("about:blank")
    page.goto(address(ADAPTED, PAGES["chapter"]))
    reached = []
    while len(reached) < 100:
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if "<body" in focus["what"][:12]:
            break
        assert focus["line"] != "none" and focus["width"] >= 2, f"nothing shows the focus on {focus['what']}"
        assert focus["inside"], f"out of sight: {focus['what']}"
        reached.append(focus["what"])
    focusable = "a[href], summary, button, input, select, textarea, [tabindex='0']"
    shown = [one for one in page.locator(focusable).all() if one.is_visible()]
    assert len(reached) == len(set(reached)) == len(shown), (
        "everything is reached once, and nothing holds the focus"
    )


def test_targets_are_large_enough_for_a_thumb(new_page, address):
    """24 px each way, but for links inside a text (WCAG 2.2, 2.5.8)."""
    page = new_page(viewport=NARROW)
    for name in open_all(page, address):
        small = page.evaluate(SMALL)
        assert not small, (name, small)


def test_it_is_readable_without_scripts(new_page, address, screenshot):
    page = new_page(viewport=NARROW, javascript=False)
    for _name in open_all(page, address):
        expect(page.locator("h1")).to_be_visible()
        assert page.locator("main").inner_text().strip()
    page.goto(address(ADAPTED, PAGES["chapter"]))
    contents = page.locator(".toc details")
    contents.locator("summary").click()
    expect(contents.get_by_role("link", name="Who decides in your county")).to_be_visible()
    screenshot(page, "public/contents-open-without-scripts")
    contents.get_by_role("link", name="Who decides in your county").click()
    expect(page.locator("h1")).to_have_text("Who decides in your county")


def test_readers_leave_no_trace_and_are_followed_by_nobody(new_page, address):
    page = new_page()
    requests, cookies = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on(
        "response",
        lambda response: cookies.append(response.url) if "set-cookie" in response.headers else None,
    )
    for _name in open_all(page, address):
        pass
    own = address(ADAPTED, "")
    foreign = [url for url in requests if not url.startswith((own, "data:"))]
    assert not foreign, "only the site's own host is asked"
    assert page.context.cookies() == [] and not cookies
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_a_page_on_paper(page, address, screenshot):
    page.goto(address(ADAPTED, PAGES["chapter"]))
    page.emulate_media(media="print")
    for gone in (".menu", ".tools", ".toc", ".pager", ".skip", ".leave", ".share"):
        expect(page.locator(gone)).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".facts")).to_be_visible()
    expect(page.locator(".disclaimer")).to_be_visible()
    colours = page.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    )
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    screenshot(page, "public/print")


def test_the_languages_lead_to_one_another(page, address):
    page.goto(address(ADAPTED, PAGES["nested-chapter"]))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    alternates = page.locator('link[rel="alternate"]').evaluate_all(
        "all => all.map(one => [one.hreflang, one.href])"
    )
    assert [code for code, _href in alternates][:2] == ["en", "es"]
    page.get_by_role("link", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    assert page.url == dict(alternates)["es"]
    page.get_by_role("link", name="English").click()
    assert page.url == dict(alternates)["en"]
    for language in ("fr", "ar"):
        assert page.goto(address(ADAPTED, f"/{language}/")).status == 404


def test_leaving_at_once_takes_this_page_out_of_the_history(page, address):
    """With a script: the link and two presses of Esc; the page is blank before the other site answers."""
    elsewhere = address("localhost", "/")
    for how in ("click", "keys"):
        page.goto("about:blank")
        page.goto(address(ADAPTED, "/"))
        page.goto(address(ADAPTED, TOOLKIT))
        page.evaluate("url => { document.querySelector('[data-exit]').href = url }", elsewhere)
        if how == "click":
            page.locator("[data-exit]").click()
        else:
            page.keyboard.press("Escape")
            assert page.url != elsewhere, "one press does nothing"
            page.keyboard.press("Escape")
        page.wait_for_url(elsewhere)
        page.go_back()
        assert page.url == address(ADAPTED, "/"), "the page that was left is not in the history"


def test_leaving_is_in_reach_wherever_a_phone_has_scrolled(new_page, address):
    page = new_page(viewport=NARROW, javascript=False)
    page.goto(address(ADAPTED, PAGES["chapter"]))
    page.keyboard.press("End")
    box = page.locator(".leave-now").bounding_box()
    assert box["y"] + box["height"] <= NARROW["height"] and box["height"] >= 44
    page.locator(".leave-limits").click()
    expect(page.locator("#exit-limits")).to_be_visible()
    assert page.url.endswith("#exit-limits")


def test_the_menu_of_a_phone_needs_no_script(new_page, address, screenshot):
    page = new_page(viewport=NARROW, javascript=False)
    page.goto(address(ADAPTED, "/"))
    expect(page.locator(".menu ul")).to_be_hidden()
    page.locator(".menu summary").click()
    expect(page.locator(".menu ul a").first).to_be_visible()
    screenshot(page, "public/menu-open", full_page=False)


def test_search_from_any_page_with_a_keyboard(page, address):
    page.goto(address(ADAPTED, PAGES["chapter"]))
    page.locator(".find").press("Enter")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("sheriff")
    page.keyboard.press("Enter")
    expect(page.locator(".hits mark").first).to_be_visible()
    assert page.context.cookies() == []
