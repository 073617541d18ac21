from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page
from wagtail.search import index

from editions.fields import RegisteredStreamField
from editions.models import EditionMixin


class SimplePageTag(TaggedItemBase):
    content_object = ParentalKey("testapp.SimplePage", on_delete=models.CASCADE, related_name="tagged_items")


class SimplePage(EditionMixin, Page):
    """A page with one field of each kind that an edition can inherit."""

    intro = models.TextField(blank=True)
    image = models.ForeignKey(
        "wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    tags = ClusterTaggableManager(through=SimplePageTag, blank=True)
    body = StreamField(
        [
            ("paragraph", blocks.RichTextBlock()),
            ("image", ImageChooserBlock()),
            ("page", blocks.PageChooserBlock()),
        ],
        blank=True,
    )

    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]
    content_panels = [*Page.content_panels, "intro", "image", "tags", "body"]


class StockPage(Page):
    """What Wagtail alone makes of a chapter: the same blocks, and nothing of ours. The benches' peer."""

    summary = models.TextField(blank=True)
    body = RegisteredStreamField(registry="chapter", blank=True)

    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    content_panels = [*Page.content_panels, "summary", "body"]
