"""The form of a new affiliate, and that of a file of them."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.coreutils import get_content_languages

from .actions.open_affiliate import Wanted, offered_toolkits
from .models import Affiliate
from .opening_file import COLUMNS, MAX_ROWS, Row, UnreadableFile, read_rows
from .people_forms import ActionForm

MODEL = {name: Affiliate._meta.get_field(name) for name in ("time_zone", "colour_1", "colour_2")}


class OpeningForm(ActionForm):
    """All that a new affiliate needs. The rest it says itself, in its profile."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=120, help_text=gettext_lazy("What it calls itself.")
    )
    place = forms.CharField(
        label=gettext_lazy("Place"),
        max_length=120,
        help_text=gettext_lazy("City, county or state, as people there say it."),
    )
    hostname = forms.CharField(
        label=gettext_lazy("Host name"),
        max_length=253,
        help_text=gettext_lazy(
            "Such as cook-county.example.org. The name has to lead to this server: whoever runs it knows how."
        ),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    slug = forms.SlugField(
        label=gettext_lazy("Short name"),
        max_length=63,
        required=False,
        help_text=gettext_lazy("Empty: made from the name."),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), widget=forms.CheckboxSelectMultiple, initial=["en"]
    )
    first_language = forms.ChoiceField(
        label=gettext_lazy("First language"),
        help_text=gettext_lazy("Its pages have no language in their addresses."),
    )
    toolkits = forms.MultipleChoiceField(
        label=gettext_lazy("To adopt"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    email = forms.EmailField(
        label=gettext_lazy("First editor’s e-mail"),
        required=False,
        max_length=150,
        help_text=gettext_lazy("Gets an invitation as administrator, and invites the others."),
    )
    colour_1 = forms.CharField(
        label=gettext_lazy("Main colour"),
        initial=MODEL["colour_1"].default,
        widget=forms.TextInput(attrs={"type": "color"}),
    )
    colour_2 = forms.CharField(
        label=gettext_lazy("Second colour"),
        initial=MODEL["colour_2"].default,
        widget=forms.TextInput(attrs={"type": "color"}),
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), initial=MODEL["time_zone"].default)

    def __init__(self, *args, port: int = 80, **kwargs):
        super().__init__(*args, **kwargs)
        self.port = port
        languages = list(get_content_languages().items())
        self.fields["languages"].choices = languages
        self.fields["first_language"].choices = languages
        self.fields["toolkits"].choices = [(page.slug, page.title) for page in offered_toolkits()]
        self.fields["time_zone"].choices = [(name, name) for name in sorted(available_timezones())]

    def wanted(self) -> Wanted:
        """What the clean form asks for; the first language comes first, chosen among the languages or not."""
        cleaned = {**self.cleaned_data}
        first = cleaned.pop("first_language")
        cleaned["languages"] = [first, *(code for code in cleaned["languages"] if code != first)]
        return Wanted(**cleaned, port=self.port)


class FileForm(forms.Form):
    """A CSV as a file, or once it was read as text that goes along with the confirmation."""

    file = forms.FileField(label=gettext_lazy("CSV file"), required=False)
    text = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def clean(self):
        cleaned = super().clean()
        text = cleaned.get("text") or ""
        if file := cleaned.get("file"):
            try:
                text = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("Save the file as UTF-8: it holds signs in another encoding."))
                return cleaned
        if not text and not self.errors:
            self.add_error("file", _("Choose a file."))
        elif text:
            try:
                cleaned["rows"] = read_rows(text)
            except UnreadableFile as error:
                self.add_error("file", unreadable(error))
        cleaned["text"] = text
        return cleaned


def unreadable(error: UnreadableFile) -> str:
    words = {
        "missing": _("The first line names the columns. Missing: %(detail)s."),
        "unknown": _("There are columns that mean nothing here: %(detail)s."),
        "broken": _("This is not a CSV file: %(detail)s."),
        "empty": _("There is nothing beneath the first line."),
        "too-many": _("At most %(detail)s affiliates at a time."),
        "too-long": _("The file is too large."),
    }
    return words[error.kind] % {"detail": error.detail}


def problem_in_words(kind: str) -> str:
    return {
        "missing": _("This is missing."),
        "no-number": _("This is not a number."),
        "too-many-cells": _("The line has more cells than there are columns."),
    }[kind]


def wanted_of(row: Row) -> Wanted:
    """What a row without problems asks for."""
    fields: dict[str, Any] = {name: value for name, value in row.fields.items() if name in COLUMNS}
    return Wanted(**fields)


__all__ = ["MAX_ROWS", "FileForm", "OpeningForm", "problem_in_words", "unreadable", "wanted_of"]
