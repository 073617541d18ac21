"""Form fields of events, shared by the page editor and the short forms, and what all of them check."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .kinds import LANGUAGES
from .when import When
from .zones import words_of, zone_choices


class LanguagesField(forms.MultipleChoiceField):
    """Several languages, kept as codes with commas between them."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", LANGUAGES)
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return [code for code in value.split(",") if code] if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        return ",".join(super().clean(self.prepare_value(value)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class DayOfActionField(forms.TypedChoiceField):
    """A national day of action, kept as its translation key. ``offer`` says which ones there are."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=key_of, empty_value=None, **kwargs)

    def offer(self, language: str, current: Any = None) -> None:
        from .listing import days_of_action

        offered = [
            (str(day.translation_key), f"{day.title} ({day.day_words})") for day in days_of_action(language)
        ]
        if current and str(current) not in dict(offered):
            offered.append((str(current), _("As it is")))
        self.choices = [("", _("None")), *offered]


def key_of(value: Any) -> uuid.UUID:
    """A key from a form, or one that the page has already. Raises ValueError for what is none."""
    return uuid.UUID(str(value))


def zone_field(**kwargs: Any) -> forms.ChoiceField:
    # A callable: the names of zones are in the language of whoever asks.
    return forms.ChoiceField(choices=zone_choices, **kwargs)


def check_times(form: forms.Form, data: Mapping[str, Any], *, asks_future: bool) -> None:
    """Puts what is wrong with day and hours at the field where it is to be mended."""
    if not data.get("date") or any(
        name in form.errors for name in ("date", "start_time", "end_date", "end_time", "time_zone")
    ):
        return
    when = When(
        data["date"],
        data.get("start_time"),
        data.get("end_date"),
        data.get("end_time"),
        data.get("time_zone") or "",
    )
    for problem in when.problems(timezone.now() if asks_future else None):
        field = problem.field if problem.field in form.fields else "date"
        form.add_error(field, forms.ValidationError(words_of(problem), code=problem.trouble))


def check_where(form: forms.Form, data: Mapping[str, Any]) -> None:
    """An event is somewhere: at a place, online, or both; a day of action may be everywhere."""
    if data.get("online_url") and not data.get("is_online"):
        form.add_error(
            "is_online", _("It has a web address: say that it is online, or take the address away.")
        )
    if data.get("shows_online_url") and not data.get("online_url"):
        form.add_error("online_url", _("There is no address to show."))
