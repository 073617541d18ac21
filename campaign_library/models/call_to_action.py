"""What a reader is asked to do: one thing, with everything it takes to do it."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from .base import RICH_TEXT_FEATURES, LibrarySnippet


class CallToAction(LibrarySnippet, index.Indexed):
    """One request to the reader, in one language. Both days of its validity count; either may be open."""

    class Kind(models.TextChoices):
        SIGN = "sign", _("Sign")
        PLEDGE = "pledge", _("Pledge")
        TEXT = "text", _("Text a keyword")
        CALL = "call", _("Call")
        WRITE = "write", _("Write")
        ATTEND = "attend", _("Attend")
        SHARE = "share", _("Share")
        DONATE = "donate", _("Donate")

    title = models.CharField(_("title"), max_length=160, help_text=_("The request in one line."))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.SIGN)
    text = RichTextField(
        _("text"), blank=True, features=RICH_TEXT_FEATURES, help_text=_("Why, and what happens then.")
    )
    button = models.CharField(
        _("button"), max_length=60, blank=True, help_text=_("What the button says. It needs a web address.")
    )
    url = models.URLField(_("web address"), blank=True)
    phone = models.CharField(
        _("phone"), max_length=40, blank=True, help_text=_("Shown as written, dialled with one tap.")
    )
    sms_keyword = models.CharField(_("keyword"), max_length=40, blank=True)
    sms_number = models.CharField(_("number to text"), max_length=40, blank=True)
    valid_from = models.DateField(
        _("valid from"), null=True, blank=True, help_text=_("Not shown before this day.")
    )
    valid_until = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("The last day. Afterwards it says that it is over."),
    )

    panels = [
        FieldRowPanel([FieldPanel("title"), FieldPanel("kind")]),
        FieldPanel("text"),
        MultiFieldPanel([FieldRowPanel([FieldPanel("button"), FieldPanel("url")])], heading=_("Button")),
        MultiFieldPanel(
            [
                FieldPanel("phone"),
                FieldRowPanel([FieldPanel("sms_keyword"), FieldPanel("sms_number")]),
            ],
            heading=_("By phone"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")])], heading=_("Validity")
        ),
        *LibrarySnippet.sourced_panels,
        *LibrarySnippet.owned_panels,
    ]
    search_fields = [
        index.SearchField("title", boost=4),
        index.AutocompleteField("title"),
        index.SearchField("text"),
        index.FilterField("locale_id"),
        *LibrarySnippet.owned_search_fields,
    ]

    class Meta(LibrarySnippet.Meta):
        verbose_name = _("call to action")
        verbose_name_plural = _("calls to action")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.button and not self.url:
            errors["url"] = _("A button needs the address it leads to.")
        if self.url and not self.button:
            errors["button"] = _("Say what the button does.")
        if bool(self.sms_keyword) != bool(self.sms_number):
            field = "sms_keyword" if self.sms_number else "sms_number"
            errors[field] = _("A keyword and the number to text it to belong together.")
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            errors["valid_until"] = _("The last day is before the first.")
        if errors:
            raise ValidationError(errors)

    def standing(self, today: datetime.date | None = None) -> str:
        """ "early", "open" or "over" on a day (today in the server's time zone, when none is given)."""
        today = today or timezone.localdate()
        if self.valid_from and today < self.valid_from:
            return "early"
        if self.valid_until and today > self.valid_until:
            return "over"
        return "open"

    @property
    def is_over(self) -> bool:
        return self.standing() == "over"

    @property
    def is_early(self) -> bool:
        return self.standing() == "early"

    @property
    def phone_link(self) -> str:
        return "tel:" + "".join(c for c in self.phone if c.isdigit() or c == "+")

    @property
    def sms_link(self) -> str:
        """An address that opens the phone's messages with number and keyword filled in."""
        number = "".join(c for c in self.sms_number if c.isdigit() or c == "+")
        return f"sms:{number}?&body={self.sms_keyword}"

    def get_preview_template(self, request, mode_name):
        return "campaign_library/preview.html"

    def get_preview_context(self, request, mode_name):
        return {"action": self, "snippet_template": "campaign_library/call_to_action.html"}
