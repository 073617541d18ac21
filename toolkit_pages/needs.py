"""What waits for people on the admin's home: events that readers registered, and facts past their review."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from editions.national import national_site
from editions.needs import NAMED, Need, Urgency
from editions.standing import Tone

from .models import CampaignPage, CaseStudyPage, ChapterPage, EventSubmission

WITH_FACTS = (ChapterPage, CaseStudyPage, CampaignPage)


def events_to_approve(user: Any, sites: Iterable[Site]) -> list[Need]:
    """For the hook ``register_editor_needs``. One statement."""
    return national_events_to_approve(user)


def national_events_to_approve(user: Any) -> list[Need]:
    """For the hook ``register_staff_needs``: those of the national site. One statement."""
    found = EventSubmission.objects.visible_to(user).to_decide().order_by("last_day", "pk")[: NAMED + 1]
    needs = [
        Need(
            Urgency.TO_APPROVE,
            each.title,
            f"{date_format(each.last_day, 'DATE_FORMAT')} · {each.data.get('town', '')}",
            reverse("toolkit_events:submission", args=[each.pk]),
            _("event changed") if each.change else _("event registered"),
        )
        for each in found[:NAMED]
    ]
    if len(found) > NAMED:
        needs.append(
            Need(
                Urgency.TO_APPROVE,
                _("More events"),
                _("All that waits is in one list."),
                f"{reverse('toolkit_events:index')}?show=decide",
                _("more"),
            )
        )
    return needs


def own_facts_past_review(user: Any, sites: Iterable[Site]) -> list[Need]:
    """For the hook ``register_editor_needs``: pages of the affiliates' own; what follows national is national's
    to review. One statement for each type of page."""
    beneath = Q()
    for site in sites:
        beneath |= Q(path__startswith=site.root_page.path)
    return past_review(lambda pages: pages.filter(beneath, base_version=None))


def national_facts_past_review(user: Any) -> list[Need]:
    """For the hook ``register_staff_needs``. One statement for each type of page, and the national site."""
    root = national_site().root_page
    return past_review(lambda pages: pages.filter(path__startswith=root.path))


def past_review(chosen: Any) -> list[Need]:
    """Published pages whose day of review has come; ``chosen`` narrows a queryset of pages."""
    today = timezone.localdate()
    found: list[Page] = []
    for model in WITH_FACTS:
        pages = model.objects.live().filter(review_by__lt=today).select_related("locale")
        found += chosen(pages).order_by("review_by")[:NAMED]
    return [
        Need(
            Urgency.OVERDUE,
            page.title,
            _("Its facts were to be looked at again by %(day)s. %(language)s")
            % {
                "day": date_format(page.review_by, "DATE_FORMAT"),
                "language": page.locale.get_display_name(),
            },
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            _("review due"),
            Tone.WAITS,
        )
        for page in sorted(found, key=lambda page: page.review_by)[:NAMED]
    ]
