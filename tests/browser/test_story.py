"""A toolkit's way through the network, from the file to the reader, as the people in it live it.

One test: what happens in each act stands on what happened before it.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.models import Page

from editions.models import Conflict, Edition
from tests.browser import steps
from tests.browser.conftest import NARROW, WIDE
from tests.browser.reading import main_of, same_but_for_variables, words
from tests.browser.steps import Person
from tests.browser.story_network import kinds, nested, open_affiliate, open_network, toolkit_file
from tests.browser.translating import MARK, correct_in_spanish, translate_into_spanish
from toolkit_pages.models import ToolkitPage

TITLE = "A toolkit to try"
COUNTY, COOK, DISTRICT = "santa-clara", "cook-county", "washington-dc"

OURS = "Here in our own valley we do this a little differently, and it works."
OUR_ADDITION = "We meet behind the fruit market on Thursdays; ring {{ hotline }} if it rains."
THEIRS = "National found better words for this in the spring."
ELSEWHERE = "Another place in better words, number"
TOGETHER = "In our valley we do it differently, and we took the better words too."
TOGETHER_AGAIN = "Settled a second time: both of us were right."
CORRECTION = "This line was corrected while somebody had the page open."
WHILE_OPEN = "Written in a tab that was open all the time."
OURS_IN_SPANISH = "Aquí, en nuestro valle, lo hacemos de otra manera."
THEIRS_IN_SPANISH = "La red encontró mejores palabras para esto."
TOGETHER_IN_SPANISH = "En nuestro valle usamos las mejores palabras de ambas."
NEW_CHAPTER = "What came after"
NEW_TEXT = "In {{ jurisdiction }} call {{ hotline }} and ask who is on duty."


@pytest.fixture
def database_tasks(settings):
    """Tasks wait in the database for a worker, as they do in production."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def test_the_story(database_tasks, live_server, new_page, login, screenshot, axe, address, tmp_path):
    story = Story(urlsplit(live_server.url).port, new_page, login, screenshot, axe, address, tmp_path)
    story.national_imports_a_toolkit()
    story.national_publishes_and_sends_it()
    story.three_affiliates_adopt_it()
    story.santa_clara_makes_a_chapter_its_own()
    story.national_changes_five_blocks_adds_a_chapter_and_sends()
    story.cook_county_reads_what_national_reads()
    story.santa_clara_has_one_conflict_and_settles_it()
    story.it_is_taken_back_and_settled_again()
    story.a_tab_left_open_brings_no_old_word_back()
    story.national_translates_into_spanish_and_sends()
    story.a_conflict_in_spanish_only()
    story.the_public_reads()


class Story:
    """The acts, in order. ``chapter`` is the national chapter that everybody works on."""

    def __init__(self, port, new_page, login, screenshot, axe, address, tmp_path):
        self.port, self.new_page, self.login = port, new_page, login
        self.screenshot, self.axe, self.address, self.tmp_path = screenshot, axe, address, tmp_path
        nora, self.places = open_network(port)
        self.nora = self.at_work(nora)
        self.pictures = 0

    # -- what the acts share

    def at_work(self, user) -> Person:
        page = self.new_page()
        page.context.set_default_timeout(steps.PATIENCE)
        self.login(page, user.username)
        return Person(page, user)

    def picture(self, who, name: str, full_page: bool = True) -> None:
        self.pictures += 1
        page = getattr(who, "page", who)
        self.screenshot(page, f"story/{self.pictures:02}-{name}", full_page=full_page)

    def checked(self, who, name: str) -> None:
        """A picture, and axe."""
        self.picture(who, name)
        self.axe(getattr(who, "page", who))

    def reader(self, host: str, path: str = "/"):
        """Somebody without an account, on a phone that runs no scripts."""
        page = self.new_page(viewport=NARROW, javascript=False)
        page.context.set_default_timeout(steps.PATIENCE)
        assert page.goto(self.address(host, path)).status == 200
        return page

    def edition(self, national: Page, slug: str, locale: str = "en") -> Edition:
        return Edition.objects.select_related("page").get(
            site=self.places[slug].site, source_key=national.translation_key, locale__language_code=locale
        )

    def local(self, national: Page, slug: str, locale: str = "en") -> Page:
        return self.edition(national, slug, locale).page.specific

    def public(self, page: Page, host: str = "localhost") -> str:
        """The words of a page's <main>, as a reader gets them."""
        reader = self.reader(host, urlsplit(page.full_url).path)
        try:
            return words(main_of(reader))
        finally:
            reader.context.close()

    def choose_places(self) -> None:
        """Which blocks the two sides will change: by their kind and order, so that any toolkit will do."""
        chapters = [page.specific for page in self.toolkit.get_children().live()]
        with_text = [page for page in chapters if 4 <= len(page.body) <= 12 and self.texts(page)]
        self.chapter = max(with_text, key=lambda page: (len(self.texts(page)), -len(page.body)))
        ids = [block.id for block in self.chapter.body]
        self.contested = self.texts(self.chapter)[0]
        rest = [each for each in ids if each != self.contested]
        self.moved, self.hidden = rest[0], rest[-1]
        here = [(self.chapter, block) for block in self.texts(self.chapter)]
        others = [(page, block) for page in (self.toolkit, *chapters) for block in self.texts(page)]
        others = [(page, block) for page, block in others if page != self.chapter]
        here = [each for each in here if each[1] not in (self.contested, self.hidden)][:2]
        self.corrected = here + others[: 4 - len(here)]

    @staticmethod
    def texts(page) -> list[str]:
        return [block.id for block in page.body if block.block_type == "paragraph"]

    # -- the acts

    def national_imports_a_toolkit(self) -> None:
        call_command(
            "import_toolkit",
            str(toolkit_file()),
            title=TITLE,
            publisher="A partner of national",
            publish=True,
            report=self.tmp_path / "report.txt",
        )
        self.toolkit = ToolkitPage.objects.get(title=TITLE)
        assert self.toolkit.live and self.toolkit.get_descendants().live().count() >= 4
        self.choose_places()
        reader = self.new_page()
        reader.goto(self.toolkit.full_url)
        self.checked(reader, "imported")

    def national_publishes_and_sends_it(self) -> None:
        nora = self.nora
        steps.open_editor(nora, self.toolkit)
        steps.publish_and_send(nora)
        assert "1 page, 3 affiliates" in words(nora.page.locator("main").inner_text())
        self.checked(nora, "plan-of-the-first-sending")
        steps.confirm(nora)
        self.checked(nora, "sending")
        receipt = steps.watch_it_finish(nora)
        assert "3 of 3" in receipt
        self.checked(nora, "first-receipt")

    def three_affiliates_adopt_it(self) -> None:
        self.editors = {slug: self.at_work(place.editor) for slug, place in self.places.items()}
        for slug, editor in self.editors.items():
            if slug == COUNTY:
                editor.visit(reverse("editions:toolkits"))
                self.checked(editor, "toolkits-to-adopt")
            steps.adopt(editor, TITLE)
        self.checked(self.editors[COUNTY], "adopted")
        assert Edition.objects.filter(page__live=True).values("site").distinct().count() == 3
        for slug, place in self.places.items():
            assert self.public(self.local(self.chapter, slug), place.host)

    def santa_clara_makes_a_chapter_its_own(self) -> None:
        editor, local = self.editors[COUNTY], self.local(self.chapter, COUNTY)
        steps.open_editor(editor, local)
        expect(steps.badge(editor)).to_contain_text("in step")
        steps.rewrite(editor, self.contested, OURS)
        steps.add_a_text_after(editor, self.contested, OUR_ADDITION)
        steps.move_down(editor, self.moved)
        steps.hide(editor, self.hidden)
        self.picture(editor, "making-it-local")
        steps.publish(editor)
        steps.open_editor(editor, local)
        panel = steps.open_the_side_panel(editor)
        self.picture(editor, "yours", full_page=False)
        assert "2 blocks are yours" in steps.badge(editor).inner_text()
        for group in ("Yours 1", "Only here 1", "Hidden here 1", "At another place 1"):
            assert group in words(panel.inner_text())
        self.axe(editor.page, include='[data-side-panel="edition"]')
        read = self.public(local, f"{COUNTY}.localhost")
        assert OURS in read
        assert OUR_ADDITION.replace("{{ hotline }}", self.places[COUNTY].values["hotline"]) in read

    def national_changes_five_blocks_adds_a_chapter_and_sends(self) -> None:
        nora = self.nora
        self.old = {block: self.text_of(page, block) for page, block in self.corrected}
        self.old[self.contested] = self.text_of(self.chapter, self.contested)
        changed = [(self.chapter, self.contested, THEIRS)]
        changed += [(page, block, f"{ELSEWHERE} {n}.") for n, (page, block) in enumerate(self.corrected)]
        for page in dict.fromkeys(page for page, _block, _text in changed):
            steps.open_editor(nora, page)
            for each, block, text in changed:
                if each == page:
                    steps.rewrite(nora, block, text)
            steps.publish(nora)
        self.new_chapter = steps.write_a_new_chapter(nora, self.toolkit, NEW_CHAPTER, NEW_TEXT)
        nora.visit(reverse("wagtailadmin_home"))
        self.checked(nora, "not-sent-yet")
        steps.choose_what_to_send(nora, "Spring review", "Five places in better words, and a new chapter.")
        self.checked(nora, "choose-what-to-send")
        plan = steps.see_the_plan(nora)
        assert "1 asked" in plan and "3 getting a new page" in plan, plan
        self.checked(nora, "plan")
        steps.confirm(nora)
        receipt = steps.watch_it_finish(nora)
        self.checked(nora, "receipt")
        assert "1 in conflict" in receipt and "3 added" in receipt, receipt

    def text_of(self, page, block_id: str) -> str:
        raw = {block["id"]: block["value"] for block in page.specific.get_content()["body"]}
        return words(raw[block_id])

    def cook_county_reads_what_national_reads(self) -> None:
        values = self.places[COOK].values
        for page in (
            self.toolkit,
            self.chapter,
            self.new_chapter,
            *(page for page, _block in self.corrected),
        ):
            national, cook = self.reader("localhost", urlsplit(page.full_url).path), None
            local = self.local(page, COOK)
            cook = self.reader(f"{COOK}.localhost", urlsplit(local.full_url).path)
            same_but_for_variables(main_of(national), main_of(cook), values)
            national.context.close(), cook.context.close()
        read = self.public(self.local(self.new_chapter, COOK), f"{COOK}.localhost")
        assert f"In {values['jurisdiction']} call {values['hotline']} and ask" in read
        assert not self.edition(self.chapter, COOK).is_behind

    def santa_clara_has_one_conflict_and_settles_it(self) -> None:
        editor, local = self.editors[COUNTY], self.local(self.chapter, COUNTY)
        assert Conflict.objects.open().count() == 1
        assert steps.what_needs_me(editor) == [self.chapter.title]
        self.checked(editor, "what-needs-me")
        steps.open_editor(editor, local)
        expect(steps.badge(editor)).to_contain_text("1 conflict")
        self.picture(editor, "badge", full_page=False)
        assert OURS in self.public(local, f"{COUNTY}.localhost"), "ours stands"
        for number, (page, block) in enumerate(self.corrected):
            read = self.public(self.local(page, COUNTY), f"{COUNTY}.localhost")
            assert f"{ELSEWHERE} {number}." in read and self.old[block] not in read, "the rest has arrived"
        steps.what_needs_me(editor)
        steps.review_the_first(editor)
        said = words(editor.page.locator(".editions-sides").inner_text())
        assert "National said " + self.old[self.contested][:40] in said
        self.checked(editor, "review")
        steps.settle_with(editor, TOGETHER)
        self.checked(editor, "settled")
        assert not Conflict.objects.open().exists()
        assert TOGETHER in self.public(local, f"{COUNTY}.localhost")
        assert steps.what_needs_me(editor) == []
        self.checked(editor, "nothing-needs-me")

    def it_is_taken_back_and_settled_again(self) -> None:
        editor, local = self.editors[COUNTY], self.local(self.chapter, COUNTY)
        steps.take_it_back(editor, self.edition(self.chapter, COUNTY))
        self.checked(editor, "taken-back")
        read = self.public(local, f"{COUNTY}.localhost")
        assert OURS in read and TOGETHER not in read
        steps.settle_with(editor, TOGETHER_AGAIN)
        assert TOGETHER_AGAIN in self.public(local, f"{COUNTY}.localhost")

    def a_tab_left_open_brings_no_old_word_back(self) -> None:
        """The editor has the page open; national corrects another place of it; the editor publishes."""
        editor, nora = self.editors[COUNTY], self.nora
        page, block = self.corrected[0]
        local = self.local(page, COUNTY)
        before = self.text_of(page, block)
        steps.open_editor(editor, local)
        steps.open_editor(nora, page)
        steps.rewrite(nora, block, CORRECTION)
        steps.publish_and_send(nora)
        steps.confirm(nora)
        steps.watch_it_finish(nora)
        steps.add_a_text_after(editor, block, WHILE_OPEN)
        self.picture(editor, "open-all-the-time")
        steps.publish(editor)
        self.picture(editor, "published-from-the-open-tab")
        read = self.public(local, f"{COUNTY}.localhost")
        assert CORRECTION in read and WHILE_OPEN in read and before not in read
        steps.open_editor(editor, local)
        assert before not in editor.page.locator("main").inner_text(), "nor is it in the editor"
        assert not Conflict.objects.open().exists()

    def national_translates_into_spanish_and_sends(self) -> None:
        nora = self.nora
        for page in (self.toolkit, self.chapter):
            translate_into_spanish(nora, page, self.tmp_path)
        self.picture(nora, "translated", full_page=False)
        steps.choose_what_to_send(nora, "In Spanish", "The toolkit's cover and a chapter.")
        for page in (self.toolkit, self.chapter):
            expect(nora.page.get_by_label(page.get_translation(steps.spanish()).title).first).to_be_checked()
        self.picture(nora, "choose-spanish")
        steps.see_the_plan(nora)
        self.checked(nora, "plan-in-spanish")
        steps.confirm(nora)
        steps.watch_it_finish(nora)
        self.picture(nora, "receipt-in-spanish")
        read = self.public(self.local(self.chapter, DISTRICT, "es"), f"{DISTRICT}.localhost")
        assert MARK in read

    def a_conflict_in_spanish_only(self) -> None:
        editor, nora = self.editors[COUNTY], self.nora
        english, spanish = self.local(self.chapter, COUNTY), self.local(self.chapter, COUNTY, "es")
        steps.open_editor(editor, spanish)
        steps.rewrite(editor, self.contested, OURS_IN_SPANISH)
        steps.publish(editor)
        correct_in_spanish(nora, self.chapter, MARK + THEIRS, THEIRS_IN_SPANISH)
        steps.choose_what_to_send(nora, "Better Spanish", "")
        steps.see_the_plan(nora)
        steps.confirm(nora)
        steps.watch_it_finish(nora)
        (conflict,) = Conflict.objects.open()
        assert conflict.edition.page_id == spanish.pk
        steps.open_editor(editor, english)
        assert "conflict" not in steps.badge(editor).inner_text()
        assert steps.what_needs_me(editor) == [spanish.title]
        steps.review_the_first(editor)
        self.checked(editor, "review-in-spanish")
        steps.settle_with(editor, TOGETHER_IN_SPANISH)
        assert TOGETHER_IN_SPANISH in self.public(spanish, f"{COUNTY}.localhost")
        assert TOGETHER_AGAIN in self.public(english, f"{COUNTY}.localhost")
        steps.open_editor(editor, spanish)
        steps.open_the_side_panel(editor)
        self.picture(editor, "to-do-in-the-other-language", full_page=False)

    def the_public_reads(self) -> None:
        """On a phone, without scripts and without an account; then checked with both, and on paper."""
        place = self.places[COUNTY]
        reader = self.reader(place.host)
        asked: list[str] = []
        reader.on("request", lambda request: asked.append(request.url))
        self.picture(reader, "public-home")
        reader.get_by_role("link", name=TITLE).click()
        self.picture(reader, "public-toolkit")
        reader.locator("main").get_by_role("link", name=self.chapter.title).first.click()
        self.picture(reader, "public-chapter")
        assert self.text_of(self.chapter, self.contested) not in words(main_of(reader)), "ours stands here"
        reader.get_by_role("link", name="Español").click()
        expect(reader.locator("html")).to_have_attribute("lang", "es")
        expect(reader.locator("main")).to_contain_text(TOGETHER_IN_SPANISH)
        self.picture(reader, "public-chapter-in-spanish")
        terms = next(
            page for page in self.toolkit.get_children().specific() if "glossary_term" in kinds(page.body)
        )
        reader.goto(self.local(terms, COUNTY).full_url)
        expect(reader.locator("aside.term dfn").first).to_be_visible()
        self.picture(reader, "public-terms")
        assert reader.context.cookies() == []
        assert {urlsplit(url).hostname for url in asked} == {place.host}

        small = open_affiliate(
            "small-town",
            self.port,
            ("en",),
            name="Small Town",
            place="Small Town",
            jurisdiction="our town",
            hotline="555-0100",
        )
        stranger = self.new_page(viewport=NARROW, javascript=False)
        for path in ("/es/", "/fr/", "/es/anything/"):
            assert stranger.goto(self.address(small.host, path)).status == 404
            assert "afiliada" not in stranger.content(), "one language on one page"
        self.picture(stranger, "public-404")
        assert stranger.goto(self.address(small.host)).status == 200
        self.picture(stranger, "public-home-of-a-new-affiliate")

        pages = [self.toolkit, self.chapter, terms, *nested(self.toolkit)]
        for viewport in (WIDE, NARROW):
            reader = self.new_page(viewport=viewport)
            for url in (self.address(place.host), *(self.local(page, COUNTY).full_url for page in pages)):
                reader.goto(url)
                self.axe(reader)
        reader.goto(self.local(self.chapter, COUNTY).full_url)
        reader.emulate_media(media="print")
        self.picture(reader, "public-on-paper")
