"""What Wagtail does by itself: aliases of a page, and copies of a tree."""

from wagtail.models import Page

from bench.measure import Taken, take
from tests.testapp.models import StockPage
from toolkit_site.generated.words import Words


class Aliases:
    """A stock page of 40 blocks with ``count`` aliases, one under each of ``count`` parents."""

    def __init__(self, parent: Page, count: int, blocks: int = 40):
        self.count = count
        parent = Page.objects.get(pk=parent.pk)
        body = Words(1).chapter(blocks, link_to=parent.pk)
        self.page = parent.add_child(instance=StockPage(title="A stock chapter", slug="stock", body=body))
        self.page.save_revision().publish()
        for number in range(count):
            place = Page.objects.get(pk=parent.pk).add_child(
                instance=StockPage(title=f"Stock place {number}", slug=f"stock-{number}")
            )
            self.page.create_alias(parent=place)

    def publish(self, round_number: int) -> Taken:
        """The part of publishing that brings the words to the aliases."""
        page = StockPage.objects.get(pk=self.page.pk)
        body = page.body.get_prep_value()
        body[2] = {**body[2], "value": Words(round_number).prose(7)}
        page.body = page._meta.get_field("body").to_python(body)
        page.save()
        revision = page.save_revision()
        return take(lambda: page.update_aliases(revision=revision))


class Tree:
    """A stock toolkit of ``count`` chapters, to be copied."""

    def __init__(self, parent: Page, count: int, blocks: int = 40):
        self.parent = Page.objects.get(pk=parent.pk)
        self.top = self.parent.add_child(instance=StockPage(title="A stock toolkit", slug="stock-toolkit"))
        for number in range(count):
            self.top.add_child(
                instance=StockPage(
                    title=f"{Words(number).phrase(2, 6)} {number}",
                    slug=f"chapter-{number}",
                    body=Words(number).chapter(blocks, link_to=parent.pk),
                )
            )
            self.top.refresh_from_db()
        self.copies = 0

    def copy(self, _round_number: int) -> Taken:
        self.copies += 1
        place = Page.objects.get(pk=self.parent.pk).add_child(
            instance=StockPage(title="Place", slug=f"copy-{self.copies}")
        )
        top = StockPage.objects.get(pk=self.top.pk)
        return take(lambda: top.copy(recursive=True, to=place, copy_revisions=False, keep_live=True))
