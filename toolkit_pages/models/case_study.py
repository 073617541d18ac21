"""What one place has done: its policy line by line, who said what, and what was learnt."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from campaign_library.states import STATE_CHOICES
from editions.fields import RegisteredStreamField
from editions.models import EditionMixin

from ..forms import CaseStudyForm
from ..indexing import BodySearchField
from ..policies import Jurisdiction, Policy, Status
from ..public.cases import PublicCaseStudyMixin
from ..validators import DAY_HELP, validate_past_day
from .facts import FactsMixin


class CaseStudyMixin(FactsMixin):
    summary = models.TextField(
        _("in short"), blank=True, help_text=_("One or two sentences. They stand in lists too.")
    )
    place = models.CharField(
        _("place"), max_length=120, help_text=_("As people say it, such as Santa Clara County.")
    )
    jurisdiction = models.CharField(
        _("kind of place"), max_length=20, choices=Jurisdiction, default=Jurisdiction.COUNTY
    )
    state = models.CharField(_("state"), max_length=2, choices=STATE_CHOICES, blank=True)
    policy = models.CharField(_("policy"), max_length=20, choices=Policy, default=Policy.DETAINERS)
    instrument = models.CharField(
        _("instrument"),
        max_length=160,
        blank=True,
        help_text=_("In the source's own word: ordinance, bill, resolution, order."),
    )
    sponsor_name = models.CharField(
        _("sponsor"), max_length=120, blank=True, help_text=_("Who brought it in, as an office-holder.")
    )
    sponsor_office = models.CharField(_("sponsor's office"), max_length=120, blank=True)
    status = models.CharField(
        _("status"), max_length=20, choices=Status, blank=True, help_text=_("Empty where no source says it.")
    )
    status_date = models.CharField(
        _("day of the status"),
        max_length=10,
        blank=True,
        validators=[validate_past_day],
        help_text=DAY_HELP,
    )
    status_source = models.CharField(
        _("status as recorded in"),
        max_length=255,
        blank=True,
        help_text=_("The source that says so, with its year. Needed with a status."),
    )
    details = RegisteredStreamField(
        registry="case_details",
        blank=True,
        verbose_name=_("the details"),
        help_text=_("What the policy says, provision by provision, in the words that all places share."),
    )
    numbers = RegisteredStreamField(
        registry="case_numbers",
        blank=True,
        verbose_name=_("numbers"),
        help_text=_("None without its day and its source."),
    )
    voices = RegisteredStreamField(
        registry="case_voices", blank=True, verbose_name=_("what people are saying")
    )
    lessons = RegisteredStreamField(registry="case_lessons", blank=True, verbose_name=_("lessons"))
    body = RegisteredStreamField(registry="chapter", blank=True, verbose_name=_("more"))
    related = RegisteredStreamField(
        registry="case_related", blank=True, verbose_name=_("goes with it"), help_text=_("Shown at the end.")
    )

    case_study_panels = [
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("place"),
                FieldRowPanel([FieldPanel("jurisdiction"), FieldPanel("state")]),
            ],
            heading=_("Place"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("policy"), FieldPanel("instrument")]),
                FieldRowPanel([FieldPanel("sponsor_name"), FieldPanel("sponsor_office")]),
                FieldRowPanel([FieldPanel("status"), FieldPanel("status_date")]),
                FieldPanel("status_source"),
            ],
            heading=_("Policy"),
        ),
        FieldPanel("details"),
        FieldPanel("numbers"),
        FieldPanel("voices"),
        FieldPanel("lessons"),
        FieldPanel("body"),
        FieldPanel("related"),
        *FactsMixin.facts_panels,
    ]
    case_study_search_fields = [
        index.SearchField("summary"),
        index.SearchField("place", boost=2),
        index.SearchField("instrument"),
        index.SearchField("sponsor_name"),
        index.SearchField("details"),
        index.SearchField("numbers"),
        index.SearchField("voices"),
        index.SearchField("lessons"),
        BodySearchField("body"),
        index.FilterField("policy"),
        index.FilterField("state"),
    ]
    override_translatable_fields = [SynchronizedField("status_date", overridable=False)]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.status and not self.status_source:
            errors["status_source"] = _("Say which source records the status.")
        if self.status_date and not self.status:
            errors["status"] = _("Say what happened on that day.")
        if errors:
            raise ValidationError(errors)


class CaseStudyPage(PublicCaseStudyMixin, CaseStudyMixin, EditionMixin, Page):
    parent_page_types = ["toolkit_pages.CaseStudiesPage"]
    subpage_types = []
    base_form_class = CaseStudyForm
    template = "toolkit_pages/case_study_page.html"

    content_panels = [*Page.content_panels, *CaseStudyMixin.case_study_panels]
    search_fields = [*Page.search_fields, *CaseStudyMixin.case_study_search_fields]

    class Meta:
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")
