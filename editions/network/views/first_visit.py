"""A guided first visit, on the admin's home, until an affiliate has published a change of its own.

Nothing is stored: each step is done when what it asks for is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from editions.models import Adoption, Edition
from editions.views.panel import MEDIA

from ..membership import may_set_profile
from ..models import Affiliate
from ..scoping import affiliates_of, is_national


@dataclass(frozen=True)
class Step:
    title: str
    words: str
    url: str
    done: bool


class FirstVisitPanel(Component):
    """For people of one affiliate. Statements: at most four."""

    name = "network_first_visit"
    template_name = "network/first_visit.html"
    order = 40
    media = MEDIA

    def __init__(self, affiliate: Affiliate, user: Any) -> None:
        self.affiliate, self.user = affiliate, user

    def steps(self) -> list[Step]:
        site = self.affiliate.site
        steps = []
        if may_set_profile(self.user, self.affiliate):
            steps.append(
                Step(
                    _("Say who you are"),
                    _("Your hotline, your county: texts from national say them for you."),
                    reverse("network:profile", args=[self.affiliate.pk]),
                    self.affiliate.values.exclude(value="").exists(),
                )
            )
        adopted = Adoption.objects.filter(site=site).exists()
        steps.append(
            Step(
                _("Adopt a toolkit"),
                _("It is on your site at once, and national's corrections arrive by themselves."),
                reverse("editions:toolkits"),
                adopted,
            )
        )
        chapter = (
            Edition.objects.of(site)
            .shown()
            .filter(page__depth__gt=site.root_page.depth + 1)
            .order_by("page__path")
        ).first()
        steps.append(
            Step(
                _("Change one paragraph, and publish"),
                _(
                    "Open a chapter, write what is true where you are, and press Publish. The rest goes on following."
                ),
                reverse("wagtailadmin_pages:edit", args=[chapter.page_id])
                if chapter
                else reverse("editions:toolkits"),
                False,
            )
        )
        return steps

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        steps = self.steps()
        following = next(step for step in steps if not step.done)
        return {"affiliate": self.affiliate, "steps": steps, "following": following}


def has_published_a_change(affiliate: Affiliate) -> bool:
    """Whether a page that follows national was published here by hand. One statement."""
    return Edition.objects.of(affiliate.site).filter(page__live_revision__isnull=False).exists()


def add_panel(request: Any, panels: list[Any]) -> None:
    """For the hook ``construct_homepage_panels``."""
    if is_national(request.user):
        return
    mine = affiliates_of(request.user)
    if len(mine) == 1 and not has_published_a_change(mine[0]):
        panels.append(FirstVisitPanel(mine[0], request.user))
