"""The short forms of events: post one, postpone, cancel, register as a reader, decide on what readers registered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import DayOfActionField, LanguagesField, check_times, check_where, zone_field
from .kinds import Kind

DATE = {"type": "date"}
TIME = {"type": "time"}


def text(label: Any, length: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, **kwargs)


def several_lines(label: Any, length: int, rows: int = 3, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, widget=forms.Textarea(attrs={"rows": rows}), **kwargs
    )


def web_address(label: Any, **kwargs: Any) -> forms.URLField:
    return forms.URLField(label=label, required=False, assume_scheme="https", **kwargs)


class EventForm(forms.Form):
    """What every event needs, as plain text. Fields are called as those of the page."""

    title = text(_("What is it called?"), 160)
    kind = forms.ChoiceField(label=_("What kind of event is it?"), choices=Kind, initial=Kind.GATHERING)
    day_of_action = DayOfActionField(label=_("Is it part of a national day of action?"), required=False)
    summary = several_lines(_("What happens, and what for?"), 600, help_text=_("One or two sentences."))

    date = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))
    start_time = forms.TimeField(
        label=_("Starts at"),
        required=False,
        widget=forms.TimeInput(attrs=TIME, format="%H:%M"),
        help_text=_("Empty if it takes the whole day."),
    )
    end_time = forms.TimeField(
        label=_("Ends at"), required=False, widget=forms.TimeInput(attrs=TIME, format="%H:%M")
    )
    end_date = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
        help_text=_("Only if it ends on another day."),
    )
    time_zone = zone_field(label=_("Time zone"))

    is_online = forms.BooleanField(label=_("One can take part online"), required=False)
    venue = text(
        _("Place"), 160, required=False, help_text=_("As people know it, such as County Hall, steps.")
    )
    address = text(
        _("Street address"),
        255,
        required=False,
        help_text=_("Only of a public place. Never the address of a home."),
    )
    town = text(_("Town or county"), 120, help_text=_("Readers find the event by it."))
    region = text(_("State"), 60, required=False)
    online_url = web_address(_("Web address of the meeting"))
    shows_online_url = forms.BooleanField(label=_("Show this address to everybody"), required=False)

    how_to_join = several_lines(
        _("How does one join?"), 600, required=False, help_text=_("Just come, sign up, bring something.")
    )
    join_url = web_address(_("Where does one sign up?"), help_text=_("A web address, if there is one."))
    risk_note = several_lines(
        _("What should people know before they come?"),
        600,
        required=False,
        help_text=_("Who may see them, whether police may be there, what to leave at home."),
    )
    languages = LanguagesField(label=_("Languages"), required=False)
    access = several_lines(
        _("Access"), 600, 2, required=False, help_text=_("Steps and lifts, seats, interpreters, children.")
    )
    organiser = text(_("Which organisation invites?"), 160, required=False)
    contact_role = text(
        _("Whom may people ask?"), 120, required=False, help_text=_("By role, such as Events team. No names.")
    )
    contact_email = forms.EmailField(
        label=_("Their e-mail"), required=False, help_text=_("Everybody will see it.")
    )
    contact_phone = text(_("Their phone"), 40, required=False, help_text=_("Everybody will see it."))

    groups = (
        (_("What"), ("title", "kind", "day_of_action", "summary")),
        (_("When"), ("date", "start_time", "end_time", "end_date", "time_zone")),
        (
            _("Where"),
            ("venue", "address", "town", "region", "is_online", "online_url", "shows_online_url"),
        ),
        (_("How to join"), ("how_to_join", "join_url", "risk_note")),
        (_("For whom"), ("languages", "access")),
        (_("Who invites"), ("organiser", "contact_role", "contact_email", "contact_phone")),
    )

    def __init__(self, *args: Any, language: str, zone: str, asks_future: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks_future = asks_future
        self.fields["time_zone"].initial = zone
        field = self.fields["day_of_action"]
        field.offer(language, self.current_day)
        if len(field.choices) == 1:
            del self.fields["day_of_action"]

    #: A day of action that stays offered when it is no longer announced.
    current_day: Any = None

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        check_times(self, data, asks_future=self.asks_future)
        check_where(self, data)
        if not data.get("is_online") and not data.get("venue") and "venue" not in self.errors:
            self.add_error("venue", _("Say where it is, or that one can take part online."))
        for name, value in list(data.items()):
            if isinstance(value, str) and ("{{" in value or "}}" in value):
                self.add_error(name, _("Take the double braces out: they mean something else here."))
        return data

    def grouped(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields in the groups in which they are asked."""
        return [
            (heading, [self[name] for name in names if name in self.fields]) for heading, names in self.groups
        ]


class RegistrationForm(EventForm):
    """The public form. ``website`` is a field that no person sees: what fills it in is a program."""

    email = forms.EmailField(label=_("Your e-mail"), max_length=254)
    website = forms.CharField(required=False, max_length=2000)
    stamp = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)

    def clean_website(self) -> str:
        if self.cleaned_data.get("website"):
            raise forms.ValidationError(_("Leave this field empty. It is there to stop programs."))
        return ""


class RevisionForm(EventForm):
    """The submitter's form behind the edit link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.current_day = (kwargs.get("initial") or {}).get("day_of_action")
        super().__init__(*args, **kwargs)


class PostponeForm(forms.Form):
    """The new day and hours; all empty while nobody knows them."""

    date = forms.DateField(
        label=_("New day"),
        required=False,
        widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
        help_text=_(
            "Empty if it is not yet known. Readers and calendars are then told that it is postponed."
        ),
    )
    start_time = forms.TimeField(
        label=_("Starts at"), required=False, widget=forms.TimeInput(attrs=TIME, format="%H:%M")
    )
    end_time = forms.TimeField(
        label=_("Ends at"), required=False, widget=forms.TimeInput(attrs=TIME, format="%H:%M")
    )
    end_date = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d")
    )
    note = text(_("Why"), 255, required=False, help_text=_("One line, if readers should know."))

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("date"):
            check_times(self, {**data, "time_zone": self.zone}, asks_future=True)
        elif "date" not in self.errors and (
            data.get("start_time") or data.get("end_time") or data.get("end_date")
        ):
            self.add_error("date", _("Say on which day, or leave the hours empty too."))
        return data


class CancelForm(forms.Form):
    note = text(_("Why"), 255, required=False, help_text=_("One line, if readers should know."))


class RefuseForm(forms.Form):
    reason = several_lines(
        _("Reason"), 1000, 4, help_text=_("It is sent to whoever registered the event. Say what would help.")
    )
