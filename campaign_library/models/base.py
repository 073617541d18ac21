"""What every snippet of the library has: languages, drafts, a history, and where its facts come from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin, TranslatableMixin

from editions.network.models import OwnedMixin

from ..forms import LibraryForm
from .showable import ShowableQuerySet

RICH_TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


class SourcedMixin(models.Model):
    """How old a statement is and where it comes from."""

    as_of = models.DateField(
        _("as of"), null=True, blank=True, help_text=_("The date on which the facts given here were true.")
    )
    source = models.CharField(
        _("source"),
        max_length=255,
        blank=True,
        help_text=_("Who says so: report, law or organisation, with its year."),
    )

    sourced_panels = [
        MultiFieldPanel([FieldRowPanel([FieldPanel("as_of"), FieldPanel("source")])], heading=_("Facts")),
    ]

    class Meta:
        abstract = True


class LibrarySnippet(
    OwnedMixin,
    PreviewableMixin,
    DraftStateMixin,
    RevisionMixin,
    TranslatableMixin,
    SourcedMixin,
    models.Model,
):
    """A snippet of national or of one affiliate: one object per language, drafted and published like a page.

    An affiliate may adapt one of national's: its copy ``adapts`` it, and stands in for it on the affiliate's own site.
    ``adapted_from`` is national's content (``editions.content``) that the copy was last compared with.
    """

    adapts = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="adaptations",
        verbose_name=_("adapts"),
    )
    adapted_from = models.JSONField(null=True, blank=True, editable=False)
    tags = TaggableManager(
        through="campaign_library.TopicOfSnippet",
        blank=True,
        verbose_name=_("topics"),
        help_text=_("From the list that national keeps. Readers filter by them."),
    )

    objects = ShowableQuerySet.as_manager()

    base_form_class = LibraryForm

    #: The template of what readers see, and the name that the snippet has in it.
    fragment = ""
    fragment_name = "snippet"
    #: Relations that the fragment follows, loaded together with the snippet.
    shown_with: tuple[str, ...] = ("locale",)
    #: What an adapted copy does not take over from national's: whose it is, and when it is to be seen.
    local_fields = ("owner", "go_live_at", "expire_at", "first_published_at")
    exclude_fields_in_copy = ["adapts", "adapted_from"]

    topic_panels = [FieldPanel("tags")]

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def with_content_json(self, content):
        """The tie to national's snippet is the row's: no older revision brings an older one back."""
        found = super().with_content_json(content)
        found.adapts_id, found.adapted_from = self.adapts_id, self.adapted_from
        return found

    def clean(self):
        super().clean()
        if self._state.adding:
            # A copy of a copy, made with the admin's own button, is a snippet like any other.
            self.adapts = self.adapted_from = None

    def get_preview_template(self, request, mode_name):
        return "campaign_library/preview.html"

    def get_preview_context(self, request, mode_name):
        return {"snippet": self, self.fragment_name: self, "snippet_template": self.fragment}
