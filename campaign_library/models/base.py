"""What every snippet of the library has: languages, drafts, a history, and where its facts come from."""

from __future__ import annotations

from django.contrib.admin import display
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin, TranslatableMixin

from editions.network.models import OwnedMixin

from ..forms import LibraryForm
from ..languages import language_name
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

    @display(description=_("language"), ordering="locale")
    def language_words(self) -> str:
        """For lists in the admin, which hold a text and its translations: the language, in itself."""
        return language_name(self.locale.language_code)

    @display(description=_("whose"), ordering="owner")
    def owner_words(self) -> str:
        """For lists in the admin: the affiliate; national's own say nothing."""
        return str(self.owner or "")

    @display(description=_("review by"), ordering="review_by")
    def review_words(self) -> str:
        """For lists in the admin: the day of its next review, and that it has passed."""
        review_by = getattr(self, "review_by", None)
        if review_by is None:
            return ""
        day = date_format(review_by, "SHORT_DATE_FORMAT")
        return gettext("Overdue: %s") % day if review_by < timezone.localdate() else day

    def publish(self, revision, user=None, **how):
        """Every door that publishes comes through here. What national shares is sent; a copy stands in only where national lets it.

        Raises NotAllowed and EditionError, of ``editions.actions.errors``.
        """
        from ..actions.adapt import check_may_stand_in
        from ..actions.send import SendSnippet

        # A draft may say another owner than what readers see.
        if self.owner_id is None or revision.content.get("owner") is None:
            # wagtail-localize publishes without saying who: the revision does. A schedule was approved when it was made.
            if user is None and revision.approved_go_live_at is None:
                user = revision.user
            return SendSnippet(revision, user=user, **how).execute()
        check_may_stand_in(self)
        return super().publish(revision, user=user, **how)

    @staticmethod
    def undo_url(release) -> str:
        """The screen on which a release of a shared snippet is taken back."""
        return reverse("library:undo", args=[release.pk])

    @classmethod
    def receipt_url(cls, update) -> str:
        """The editor of the copy that an update of a release is about; empty where the affiliate has none."""
        copy = update.receipt.get("copy")
        return reverse(cls.snippet_viewset.get_url_name("edit"), args=[copy]) if copy else ""

    @staticmethod
    def withdrawal_url(withdrawal) -> str:
        """The receipt of a withdrawal of a shared snippet."""
        return reverse("library:withdrawal", args=[withdrawal.pk])

    def with_content_json(self, content):
        """The tie to national's snippet is the row's: no older revision brings an older one back."""
        found = super().with_content_json(content)
        found.adapts_id, found.adapted_from = self.adapts_id, self.adapted_from
        # The revision says which one was on line when it was made.
        found.live_revision_id = self.live_revision_id
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
