"""Changes what an affiliate says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from editions.actions.errors import EditionError, NotAllowed
from editions.models import SiteSettings

from ..membership import may_set_profile
from ..models import Affiliate, ProfileValue
from ..roles import ensure_affiliate_groups
from ..scoping import usable_by

FIELDS = ("logo", "colour_1", "colour_2", "time_zone", "shows_first_language", "moderated")


class CannotUpdateProfile(EditionError):
    """`message_dict` says what is wrong: by field, and for a value by `key_of` its place."""


def key_of(name: str, language: str | None) -> str:
    """The name of the form field of one value: ``value-hotline``, or ``value-hotline-es`` for one
    language."""
    return f"value-{name}" + (f"-{language}" if language else "")


class UpdateProfile:
    """Sets fields of the affiliate, values of its variables, and how updates arrive.

    `values` maps (name, language code or None for all languages) to a text, an empty one taking the value
    away; what is not in it stays. What the first language says holds for all that say nothing else: there is
    one row for it. `fields` are some of `FIELDS`. `ask_first` None leaves it as it is.
    `user` None is the system.
    """

    def __init__(
        self,
        affiliate: Affiliate,
        *,
        values: Mapping[tuple[str, str | None], str] | None = None,
        fields: Mapping[str, Any] | None = None,
        ask_first: bool | None = None,
        user=None,
    ):
        self.affiliate, self.user, self.ask_first = affiliate, user, ask_first
        self.values = {
            (name, None if language == affiliate.first_language else language): text.strip()
            for (name, language), text in (values or {}).items()
        }
        self.fields = dict(fields or {})
        if unknown := set(self.fields) - set(FIELDS):
            raise TypeError(f"UpdateProfile changes {', '.join(FIELDS)}, not {', '.join(sorted(unknown))}")

    def check(self) -> None:
        """Raises NotAllowed, or CannotUpdateProfile with a message for each place that is wrong."""
        if self.user is not None and not may_set_profile(self.user, self.affiliate):
            raise NotAllowed(_("Only an administrator of this affiliate changes its profile."))
        errors: dict[str, list] = {}
        for name, value in self.fields.items():
            setattr(self.affiliate, name, value)
        try:
            self.affiliate.clean_fields(
                exclude=[f.name for f in Affiliate._meta.fields if f.name not in FIELDS]
            )
        except ValidationError as error:
            errors.update(error.error_dict)
        logo = self.fields.get("logo")
        if logo is not None and not usable_by(self.affiliate, type(logo).objects.filter(pk=logo.pk)).exists():
            errors["logo"] = [
                _("This picture cannot be used here. Choose one of your own, or a national one.")
            ]
        for (name, language), text in self.values.items():
            if language is not None and not self.affiliate.offers(language):
                errors[key_of(name, language)] = [_("Your site does not offer this language.")]
            try:
                ProfileValue(name=name, value=text).clean_fields(exclude=["affiliate", "locale"])
            except ValidationError as error:
                errors[key_of(name, language)] = error.messages
        if errors:
            raise CannotUpdateProfile(errors)

    def execute(self) -> list[str]:
        """The names of what changed, written. Raises as `check` does; nothing is written then."""
        self.check()
        with transaction.atomic():
            changed = [*self._write_fields(), *self._write_values(), *self._write_setting()]
            if changed:
                log(
                    instance=self.affiliate,
                    action="network.update_profile",
                    user=self.user,
                    data={"changed": changed},
                )
        return changed

    def _write_fields(self) -> list[str]:
        stored = Affiliate.objects.select_for_update().get(pk=self.affiliate.pk)
        changed = [name for name in self.fields if getattr(stored, name) != getattr(self.affiliate, name)]
        if changed:
            self.affiliate.save(update_fields=changed)
        if "moderated" in changed:
            ensure_affiliate_groups(self.affiliate)
        return changed

    def _write_values(self) -> list[str]:
        locales = {locale.language_code: locale for locale in self.affiliate.locales}
        stored = {
            (row.name, row.locale.language_code if row.locale else None): row
            for row in self.affiliate.values.select_related("locale")
        }
        changed = []
        for place, text in self.values.items():
            row = stored.get(place)
            if text == (row.value if row else ""):
                continue
            name, language = place
            changed.append(f"{name} ({language})" if language else name)
            if not text:
                row.delete()
            else:
                row = row or ProfileValue(
                    affiliate=self.affiliate, name=name, locale=locales[language] if language else None
                )
                row.value = text
                row.save()
        return changed

    def _write_setting(self) -> list[str]:
        if self.ask_first is None:
            return []
        setting, _created = SiteSettings.objects.get_or_create(site=self.affiliate.site)
        if setting.ask_first == self.ask_first:
            return []
        setting.ask_first = self.ask_first
        setting.save(update_fields=["ask_first"])
        return ["ask_first"]
