"""The form of an affiliate's profile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.images import get_image_model
from wagtail.images.widgets import AdminImageChooser
from wagtail.models import Locale

from editions.models import SiteSettings
from editions.registry import Variable, known_variables

from .actions import UpdateProfile
from .actions.update_profile import FIELDS, CannotUpdateProfile, key_of
from .membership import may_set_profile
from .models import Affiliate
from .models.profiles import MAX_VALUE_LENGTH
from .usage import Use, uses_of_variables
from .validators import validate_variable_name


@dataclass
class Row:
    """One variable as the form shows it: the field for all languages, those of the other languages, its
    uses."""

    name: str
    label: str
    main: forms.BoundField
    others: list[forms.BoundField] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    custom: bool = False

    @property
    def says_other_words(self) -> bool:
        """Whether a language says something else, or was refused: then its fields are shown at once."""
        return any(other.value() or other.errors for other in self.others)


class ProfileForm(forms.Form):
    """Fields for every registered variable, for the affiliate's own words, its looks and how updates arrive.

    The value for all languages is what the first language says; the other languages have fields for where
    the words differ. Checking and writing are `UpdateProfile`'s; `save` builds it.
    """

    logo = forms.ModelChoiceField(
        queryset=get_image_model().objects.none(),
        required=False,
        widget=AdminImageChooser,
        label=gettext_lazy("Logo"),
    )
    colour_1 = forms.CharField(
        label=gettext_lazy("Main colour"),
        help_text=gettext_lazy("For the head of your site and for buttons. White text stands on it."),
        widget=forms.TextInput(attrs={"type": "color"}),
    )
    colour_2 = forms.CharField(
        label=gettext_lazy("Second colour"),
        help_text=gettext_lazy("For links and marks. White text stands on it, and it stands on white."),
        widget=forms.TextInput(attrs={"type": "color"}),
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"))
    shows_first_language = forms.BooleanField(
        label=gettext_lazy("Show pages that are not translated"),
        required=False,
        help_text=gettext_lazy(
            "In your other languages, a page that has no translation yet is shown in your first language, with a notice. "
            "Otherwise it is missing there."
        ),
    )
    moderated = forms.BooleanField(
        label=gettext_lazy("A moderator approves what editors write"),
        required=False,
        help_text=gettext_lazy(
            "Editors then hand their pages in, and a moderator or an administrator publishes them."
        ),
    )
    ask_first = forms.BooleanField(
        label=gettext_lazy("Ask me first"),
        required=False,
        help_text=gettext_lazy(
            "Updates from national wait until one of you accepts them. Otherwise, what changes nothing "
            "of yours goes live at once."
        ),
    )

    def __init__(self, *args, affiliate: Affiliate, user, initial=None, **kwargs):
        self.affiliate, self.user = affiliate, user
        self.is_for_reading = not may_set_profile(user, affiliate)
        self.variables = known_variables()
        self.first, *self.others = affiliate.locales
        stored = {
            (value.name, value.locale.language_code if value.locale else None): value.value
            for value in affiliate.values.select_related("locale")
        }
        self.own_names = sorted({name for name, _language in stored} - set(self.variables))
        setting = SiteSettings.objects.filter(site=affiliate.site).first()
        initial = {
            **{key_of(*place): text for place, text in stored.items()},
            **{name: getattr(affiliate, name) for name in FIELDS},
            "ask_first": setting.ask_first if setting else False,
            **(initial or {}),
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["logo"].queryset = get_image_model().objects.all()
        self.fields["time_zone"].choices = [(name, name) for name in sorted(available_timezones())]
        for variable in self.variables.values():
            self._add(variable)
        for name in self.own_names:
            self._add(Variable(name, name, ""))
        self.fields["new_name"] = forms.CharField(
            label=_("Name"),
            required=False,
            max_length=63,
            validators=[validate_variable_name],
            help_text=_("Such as office_hours. Texts then say {{ office_hours }}."),
        )
        self.fields["new_value"] = forms.CharField(
            label=_("What it says"), required=False, max_length=MAX_VALUE_LENGTH
        )
        for each in self.fields.values():
            each.disabled = self.is_for_reading

    def _add(self, variable: Variable) -> None:
        self.fields[key_of(variable.name, None)] = self._field(variable, self.first)
        if variable.varies_by_language:
            for locale in self.others:
                self.fields[key_of(variable.name, locale.language_code)] = self._field(
                    variable,
                    locale,
                    label=_("In %(language)s, where the words differ") % {"language": name_of(locale)},
                )

    def _field(self, variable: Variable, locale: Locale, label: str = "") -> forms.CharField:
        with translation.override(locale.language_code):
            default = str(variable.default)
        shown = _("While it is empty, readers see “%(default)s”.") % {"default": default} if default else ""
        if label:
            shown = _("While it is empty, readers see what stands above.")
        help_text = " ".join(part for part in (str(variable.help_text) if not label else "", shown) if part)
        return forms.CharField(
            label=label or variable.label,
            help_text=help_text,
            required=False,
            max_length=MAX_VALUE_LENGTH,
            error_messages={
                "max_length": _(
                    "This is too long: values stand in the middle of sentences, %(limit_value)d signs "
                    "at most. It has %(show_value)d."
                )
            },
        )

    def rows(self) -> Iterator[Row]:
        """The registered variables, then the affiliate's own words, each with where it is used."""
        uses = uses_of_variables(self.affiliate)
        for name in (*self.variables, *self.own_names):
            others = [key_of(name, locale.language_code) for locale in self.others]
            variable = self.variables.get(name)
            yield Row(
                name=name,
                label=str(variable.label) if variable else name,
                main=self[key_of(name, None)],
                others=[self[key] for key in others if key in self.fields],
                uses=uses.get(name, []),
                custom=variable is None,
            )

    def clean(self):
        cleaned = super().clean()
        name, text = cleaned.get("new_name"), cleaned.get("new_value")
        if name in self.variables or name in self.own_names:
            self.add_error("new_name", _("There is a word of this name already."))
        if text and not name and "new_name" not in self.errors:
            self.add_error("new_name", _("Give it a name."))
        if name and not text and "new_value" not in self.errors:
            self.add_error("new_value", _("Say what it says."))
        if not self.errors and not self.is_for_reading:
            try:
                self.action().check()
            except CannotUpdateProfile as error:
                for key, messages in error.message_dict.items():
                    self.add_error(key if key in self.fields else None, messages)
        return cleaned

    def action(self) -> UpdateProfile:
        """What the posted form asks for. Call it once the fields are clean."""
        cleaned = self.cleaned_data
        languages = (None, *(locale.language_code for locale in self.others))
        values = {
            (name, language): cleaned[key_of(name, language)]
            for name in (*self.variables, *self.own_names)
            for language in languages
            if key_of(name, language) in cleaned
        }
        if cleaned.get("new_name"):
            values[cleaned["new_name"], None] = cleaned["new_value"]
        return UpdateProfile(
            self.affiliate,
            values=values,
            fields={name: cleaned[name] for name in FIELDS},
            ask_first=cleaned["ask_first"],
            user=self.user,
        )

    def save(self) -> list[str]:
        """Writes what was changed; the names of it. Raises ValidationError when it was refused meanwhile."""
        if not self.is_valid():
            raise ValidationError(self.errors)
        return self.action().execute()


def name_of(locale: Locale) -> str:
    """The language in its own words, as far as Django knows them."""
    info = translation.get_language_info(locale.language_code)
    return info["name_local"]
