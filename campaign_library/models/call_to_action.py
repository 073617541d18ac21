"""What a reader is asked to do: one thing, with everything it takes to do it."""

from __future__ import annotations

import datetime
from urllib.parse import quote

from django.contrib.admin import display
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from ..validators import (
    digits_of,
    validate_hashtag,
    validate_keyword,
    validate_phone,
    validate_text_number,
)
from .base import RICH_TEXT_FEATURES, LibrarySnippet
from .facts import CheckedMixin


class CallToAction(LibrarySnippet, CheckedMixin, index.Indexed):
    """One request to the reader, in one language. Both days of its validity count; either may be open.

    Numbers and the keyword may be variables, such as ``{{ hotline }}``: each site then shows its own.
    """

    class Kind(models.TextChoices):
        SIGN = "sign", _("Sign")
        PLEDGE = "pledge", _("Pledge")
        TEXT = "text", _("Text a keyword")
        CALL = "call", _("Call")
        WRITE = "write", _("Write")
        ATTEND = "attend", _("Attend")
        SHARE = "share", _("Share")
        DONATE = "donate", _("Donate")

    class Effort(models.TextChoices):
        """In the order in which the listing shows them."""

        MINUTE = "minute", _("One minute")
        MINUTES = "minutes", _("Ten minutes")
        HOUR = "hour", _("An hour")
        DAY = "day", _("A day or more")

    title = models.CharField(_("title"), max_length=160, help_text=_("The request in one line."))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.SIGN)
    effort = models.CharField(
        _("effort"),
        max_length=10,
        choices=Effort,
        default=Effort.MINUTES,
        help_text=_("How long it takes somebody. The page of all actions begins with the shortest."),
    )
    text = RichTextField(
        _("text"), blank=True, features=RICH_TEXT_FEATURES, help_text=_("Why, and what happens then.")
    )
    risk_note = models.TextField(
        _("risk"),
        blank=True,
        help_text=_("Who should think twice, and about what. It stands above the buttons."),
    )
    button = models.CharField(
        _("button"), max_length=60, blank=True, help_text=_("What the button says. It needs a web address.")
    )
    url = models.URLField(_("web address"), blank=True)
    target = models.CharField(
        _("addressed to"), max_length=160, blank=True, help_text=_("The office or body that it asks.")
    )
    goal = models.PositiveIntegerField(
        _("goal"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100_000_000)],
        help_text=_("How many signatures or pledges are wanted, such as 5000."),
    )
    pledge_text = models.TextField(
        _("words of the pledge"),
        blank=True,
        help_text=_("What somebody promises. They can take it without giving anybody their name."),
    )
    hashtag = models.CharField(_("hashtag"), max_length=60, blank=True, validators=[validate_hashtag])
    post_text = models.TextField(
        _("words to post"),
        blank=True,
        max_length=1000,
        help_text=_("Readers copy it. Nothing of the network's is embedded."),
    )
    script = RichTextField(
        _("script"),
        blank=True,
        features=RICH_TEXT_FEATURES,
        help_text=_("What to say on the telephone or to write, to be read aloud."),
    )
    phone = models.CharField(
        _("phone"),
        max_length=40,
        blank=True,
        validators=[validate_phone],
        help_text=_("Shown as written, dialled with one tap."),
    )
    email = models.EmailField(
        _("e-mail address"), blank=True, help_text=_("Of the office that it is written to.")
    )
    sms_keyword = models.CharField(_("keyword"), max_length=40, blank=True, validators=[validate_keyword])
    sms_number = models.CharField(
        _("number to text"), max_length=40, blank=True, validators=[validate_text_number]
    )
    sms_note = models.CharField(
        _("note on texting"),
        max_length=255,
        blank=True,
        help_text=_("Country, cost, how many messages come, how to stop them."),
    )
    valid_from = models.DateField(
        _("valid from"), null=True, blank=True, help_text=_("Before this day it says when it starts.")
    )
    valid_until = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("The last day. Afterwards it says that it is over."),
    )

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("effort")]),
        FieldPanel("text"),
        FieldPanel("risk_note"),
        MultiFieldPanel([FieldRowPanel([FieldPanel("button"), FieldPanel("url")])], heading=_("Button")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("target"), FieldPanel("goal")]), FieldPanel("pledge_text")],
            heading=_("Petition or pledge"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
                FieldPanel("script"),
            ],
            heading=_("Call or write"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("sms_keyword"), FieldPanel("sms_number")]), FieldPanel("sms_note")],
            heading=_("Text to join"),
        ),
        MultiFieldPanel([FieldPanel("hashtag"), FieldPanel("post_text")], heading=_("To share")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")])], heading=_("Validity")
        ),
        *LibrarySnippet.topic_panels,
        *CheckedMixin.facts_panels,
        *LibrarySnippet.owned_panels,
    ]
    search_fields = [
        index.SearchField("title", boost=4),
        index.AutocompleteField("title"),
        index.SearchField("text"),
        index.FilterField("locale_id"),
        *LibrarySnippet.owned_search_fields,
    ]
    fragment = "campaign_library/call_to_action.html"
    fragment_name = "action"

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
        elif self.kind == self.Kind.TEXT and not self.sms_keyword:
            errors["sms_keyword"] = _("Say which word to text, and to which number.")
        if self.kind == self.Kind.CALL and not (self.phone or self.script):
            errors["phone"] = _("Give the number to call, or a script for readers who look theirs up.")
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

    @display(description=_("now"), ordering="valid_until")
    def standing_words(self) -> str:
        """For lists in the admin: whether it is open."""
        return {"early": gettext("Not yet"), "over": gettext("Over")}.get(self.standing(), gettext("Open"))

    @property
    def is_over(self) -> bool:
        return self.standing() == "over"

    @property
    def is_early(self) -> bool:
        return self.standing() == "early"

    @property
    def phone_link(self) -> str:
        return "tel:" + digits_of(self.phone)

    @property
    def sms_link(self) -> str:
        """An address that opens the phone's messages with number and keyword filled in.

        ``?&body=`` is what both Android and iOS take (RFC 5724 has ``?body=`` only).
        """
        return f"sms:{digits_of(self.sms_number)}?&body={quote(self.sms_keyword)}"

    @property
    def words_to_post(self) -> str:
        """The text to copy, its hashtag at the end where it does not stand in it already."""
        parts = [self.post_text.strip()]
        if self.hashtag and self.hashtag.casefold() not in self.post_text.casefold():
            parts.append(self.hashtag)
        return " ".join(part for part in parts if part)
