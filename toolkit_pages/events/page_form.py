"""The page editor's form of an event: zone and language from lists, times checked before anything is saved."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from editions.network.models import Affiliate

from ..forms import FactsPageForm
from .fields import DayOfActionField, LanguagesField, check_times, check_where, zone_field

DEFAULT_ZONE = Affiliate._meta.get_field("time_zone").default


class EventPageForm(FactsPageForm):
    languages = LanguagesField(
        label=_("languages"), required=False, help_text=_("In which it is held or interpreted.")
    )
    time_zone = zone_field(label=_("time zone"))
    day_of_action = DayOfActionField(
        label=_("part of"),
        required=False,
        help_text=_("The national day of action that it belongs to. It is then listed nationally, by place."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.parent_page or self.instance
        if "time_zone" in self.fields and not self.instance.time_zone:
            self.initial["time_zone"] = zone_of_page(parent)
        if "day_of_action" in self.fields:
            self.fields["day_of_action"].offer(
                parent.locale.language_code if parent.locale_id else "", self.instance.day_of_action
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        is_new = self.instance.first_published_at is None
        check_times(self, data, asks_future=is_new and "date" in self.changed_data)
        check_where(self, data)
        return data


def zone_of_page(page: Any) -> str:
    """The time zone of the affiliate whose page it is; national has none of its own, and takes the usual one."""
    affiliate = Affiliate.objects.owning(page).first() if page.path else None
    return affiliate.time_zone if affiliate else DEFAULT_ZONE
