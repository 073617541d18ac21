"""Who a snippet belongs to."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from .affiliates import Affiliate


class OwnedQuerySet(models.QuerySet):
    def national(self):
        """What is shared by the whole network."""
        return self.filter(owner=None)

    def of(self, affiliate: Affiliate | None):
        """What belongs to `affiliate`; None means what is national."""
        return self.filter(owner=affiliate)

    def usable_by(self, affiliate: Affiliate | None):
        """What pages of `affiliate` may show: its own and what is national."""
        return self.filter(models.Q(owner=None) | models.Q(owner=affiliate))


class OwnedMixin(models.Model):
    """For a snippet that is national's or one affiliate's. Put it before Wagtail's mixins.

    Add `owned_panels` to its panels and, where it is searched, `owned_search_fields` to its search fields.
    Register it with `editions.network.viewsets.OwnedSnippetViewSet`: `manage.py check` says
    ``network.E001`` where that was forgotten.
    """

    owner = models.ForeignKey(
        "network.Affiliate",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("belongs to"),
        help_text=_("Empty for what national shares with the whole network."),
    )

    #: The stream in which a document names blanks of its own, where it has one: these are no words of a profile.
    blanks_field = ""

    owned_panels = [FieldPanel("owner")]
    owned_search_fields = [index.FilterField("id"), index.FilterField("owner_id")]

    class Meta:
        abstract = True
