"""What an event is made of, whichever way it came: the fields of the page, which the forms fill in."""

from __future__ import annotations

from django.db import models
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from editions.fields import RegisteredStreamField
from editions.network.validators import validate_time_zone

from ..indexing import BodySearchField
from . import zones
from .kinds import LANGUAGE_NAMES, RISK_WORDS, Kind, Risk, Status, language_codes, usual_risk
from .when import When


class EventMixin(models.Model):
    """What, when, where, how to join, and what to know before.

    Day and hours are those of the clock on the wall in ``time_zone``; see `events.when`. ``day_of_action`` is the translation
    key of a national event: it holds in every language and on every site, whatever becomes of the page.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.GATHERING)
    summary = models.TextField(
        _("in short"), blank=True, help_text=_("One or two sentences: what happens, and what for.")
    )
    date = models.DateField(_("day"), db_index=True)
    start_time = models.TimeField(
        _("starts at"), null=True, blank=True, help_text=_("Empty if it takes the whole day.")
    )
    end_date = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Only if it ends on another day.")
    )
    end_time = models.TimeField(_("ends at"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone])

    venue = models.CharField(
        _("place"), max_length=160, blank=True, help_text=_("As people know it, such as County Hall, steps.")
    )
    address = models.CharField(_("street address"), max_length=255, blank=True)
    town = models.CharField(
        _("town or county"),
        max_length=120,
        blank=True,
        help_text=_(
            "Readers find the event by it. Write it for online events too, if they are for one place."
        ),
    )
    region = models.CharField(_("state"), max_length=60, blank=True)
    is_online = models.BooleanField(_("online"), default=False, help_text=_("One can take part from afar."))
    online_url = models.URLField(_("web address of the meeting"), blank=True)
    shows_online_url = models.BooleanField(
        _("show it to everybody"),
        default=False,
        help_text=_("Otherwise readers are told that the organiser sends the link to those who sign up."),
    )

    how_to_join = models.TextField(
        _("how to join"),
        blank=True,
        help_text=_("What one has to do: just come, sign up, bring something."),
    )
    join_url = models.URLField(_("where to sign up"), blank=True)
    risk = models.CharField(
        _("risk"),
        max_length=10,
        choices=Risk,
        blank=True,
        help_text=_("Empty: as is usual for its kind."),
    )
    risk_note = models.TextField(
        _("what to know before coming"),
        blank=True,
        help_text=_("Who may see you, who may be there, what to leave at home. Shown before the button."),
    )

    languages = models.CharField(_("languages"), max_length=80, blank=True)
    access = models.TextField(
        _("access"),
        blank=True,
        help_text=_("Steps and lifts, seats, interpreters, children, quiet room, transport."),
    )
    organiser = models.CharField(
        _("organiser"), max_length=160, blank=True, help_text=_("An organisation, not a person.")
    )
    contact_role = models.CharField(
        _("whom to ask"), max_length=120, blank=True, help_text=_("By role, such as Events team. No names.")
    )
    contact_email = models.EmailField(_("e-mail"), blank=True)
    contact_phone = models.CharField(_("phone"), max_length=40, blank=True)

    body = RegisteredStreamField(registry="chapter", blank=True, verbose_name=_("agenda, roles, supplies"))

    day_of_action = models.UUIDField(
        _("part of"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("The national day of action that it belongs to. It is then listed nationally, by place."),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.SCHEDULED)
    status_note = models.CharField(_("why"), max_length=255, blank=True)
    moved_from = models.DateTimeField(_("moved from"), null=True, blank=True)
    expected = models.PositiveIntegerField(
        _("expected"),
        null=True,
        blank=True,
        help_text=_("How many people you expect. Readers do not see it."),
    )
    attended = models.PositiveIntegerField(
        _("attended"), null=True, blank=True, help_text=_("How many came. Readers see it afterwards.")
    )

    event_panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("day_of_action")]),
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("date"), FieldPanel("start_time"), FieldPanel("end_time")]),
                FieldRowPanel([FieldPanel("time_zone"), FieldPanel("end_date")]),
            ],
            heading=_("When"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("venue"), FieldPanel("address")]),
                FieldRowPanel([FieldPanel("town"), FieldPanel("region")]),
                FieldRowPanel([FieldPanel("is_online"), FieldPanel("shows_online_url")]),
                FieldPanel("online_url"),
            ],
            heading=_("Where"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("how_to_join"),
                FieldPanel("join_url"),
                FieldPanel("risk"),
                FieldPanel("risk_note"),
            ],
            heading=_("How to join"),
        ),
        MultiFieldPanel([FieldPanel("languages"), FieldPanel("access")], heading=_("For whom")),
        MultiFieldPanel(
            [
                FieldPanel("organiser"),
                FieldRowPanel(
                    [FieldPanel("contact_role"), FieldPanel("contact_email"), FieldPanel("contact_phone")]
                ),
            ],
            heading=_("Who invites"),
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("expected"), FieldPanel("attended")])], heading=_("Head count")
        ),
    ]
    event_search_fields = [
        index.SearchField("summary"),
        index.SearchField("venue"),
        index.SearchField("town"),
        BodySearchField("body"),
    ]
    #: Names and codes are the same in all languages.
    override_translatable_fields = [
        SynchronizedField(name) for name in ("time_zone", "town", "region", "languages", "contact_phone")
    ]

    class Meta:
        abstract = True

    @property
    def when(self) -> When:
        return When(self.date, self.start_time, self.end_date, self.end_time, self.time_zone)

    @property
    def is_over(self) -> bool:
        return self.when.is_over(timezone.now())

    @property
    def is_cancelled(self) -> bool:
        return self.status == Status.CANCELLED

    @property
    def is_postponed(self) -> bool:
        return self.status == Status.POSTPONED

    @property
    def takes_place(self) -> bool:
        return self.status == Status.SCHEDULED

    @property
    def is_day_of_action(self) -> bool:
        return self.kind == Kind.DAY_OF_ACTION

    # Words for templates -------------------------------------------------------------------------

    @property
    def day_words(self) -> str:
        return zones.day(self.date)

    @property
    def month_words(self) -> str:
        return formats.date_format(self.date, "YEAR_MONTH_FORMAT")

    @property
    def last_day_words(self) -> str:
        return zones.day(self.end_date) if self.end_date and self.end_date != self.date else ""

    @property
    def hour_words(self) -> str:
        return zones.hours(self.when)

    @property
    def zone_words(self) -> str:
        """Nothing for what takes the whole day: it takes it everywhere."""
        return "" if self.when.all_day else zones.zone_name(self.time_zone)

    @property
    def starts_iso(self) -> str:
        """For ``datetime`` attributes: a day, or an instant with its offset."""
        return self.date.isoformat() if self.when.all_day else self.when.starts.isoformat()

    @property
    def ends_iso(self) -> str:
        if self.when.all_day:
            return self.when.last_day.isoformat() if self.end_date else ""
        return self.when.ends.isoformat() if self.when.ends else ""

    @property
    def moved_from_words(self) -> str:
        return zones.day(self.moved_from.astimezone(self.when.tz).date()) if self.moved_from else ""

    @property
    def place_words(self) -> str:
        """Town and state, in one line."""
        return ", ".join(filter(None, [self.town, self.region]))

    @property
    def address_words(self) -> str:
        return ", ".join(filter(None, [self.venue, self.address, self.town, self.region]))

    @property
    def language_codes(self) -> list[str]:
        return language_codes(self.languages)

    @property
    def language_list(self) -> list[tuple[str, str]]:
        return [(code, LANGUAGE_NAMES[code]) for code in self.language_codes]

    @property
    def risk_level(self) -> str:
        return self.risk or usual_risk(self.kind)

    @property
    def risk_label(self) -> str:
        return str(Risk(self.risk_level).label)

    @property
    def risk_words(self) -> str:
        return self.risk_note or str(RISK_WORDS[Risk(self.risk_level)])

    @property
    def shown_online_url(self) -> str:
        """The address of the meeting, where everybody may have it."""
        return self.online_url if self.is_online and self.shows_online_url else ""


#: The fields that a form of ours fills in, in the order in which they are asked.
FORM_FIELDS = (
    "title", "kind", "day_of_action", "summary", "date", "start_time", "end_time", "end_date", "time_zone",
    "venue", "address", "town", "region", "is_online", "online_url", "shows_online_url", "how_to_join",
    "join_url", "risk", "risk_note", "languages", "access", "organiser", "contact_role", "contact_email", "contact_phone",
)  # fmt: skip
