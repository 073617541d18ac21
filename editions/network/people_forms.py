"""Forms of inviting, accepting, and changing roles. The rules are those of `actions.people`."""

from __future__ import annotations

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .actions.people import roles_for
from .models import Affiliate
from .roles import rights_of


class ActionForm(forms.Form):
    """Shows what an action refused at the fields it names."""

    def refuse(self, error: ValidationError) -> None:
        by_field = getattr(error, "message_dict", {NON_FIELD_ERRORS: error.messages})
        for name, messages in by_field.items():
            self.add_error(name if name in self.fields else None, messages)


def role_choices(affiliate: Affiliate | None) -> list[tuple[str, str]]:
    return [(role.value, role.label) for role in roles_for(affiliate)]


class InviteForm(ActionForm):
    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=150)
    role = forms.ChoiceField(label=gettext_lazy("Role"))

    def __init__(self, *args, affiliate: Affiliate | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices(affiliate)


class RolesForm(ActionForm):
    """One role in an affiliate, any number nationally."""

    def __init__(self, *args, affiliate: Affiliate | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.affiliate, choices = affiliate, role_choices(affiliate)
        if affiliate is None:
            self.fields["role"] = forms.MultipleChoiceField(
                label=_("Roles"), choices=choices, widget=forms.CheckboxSelectMultiple
            )
        else:
            self.fields["role"] = forms.ChoiceField(
                label=_("Role"), choices=choices, widget=forms.RadioSelect
            )

    def explained(self):
        """Each choice as a widget, with what the role may do in words: in an affiliate, beyond the one
        before it."""
        moderated = self.affiliate is not None and self.affiliate.moderated
        said: list[str] = []
        for choice in self["role"]:
            rights = rights_of(choice.data["value"], moderated=moderated)
            words = [right.words for right, has in rights if has and right.words not in said]
            if self.affiliate is not None:
                said += words
            yield choice, words

    @property
    def roles(self) -> list[str]:
        chosen = self.cleaned_data["role"]
        return chosen if isinstance(chosen, list) else [chosen]


class AcceptForm(ActionForm):
    first_name = forms.CharField(
        label=gettext_lazy("First name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=gettext_lazy("Last name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("The password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, **kwargs):
        from django.contrib.auth.password_validation import password_validators_help_text_html

        super().__init__(*args, **kwargs)
        # Django's own list, escaped by it.
        self.fields["password"].help_text = mark_safe(password_validators_help_text_html())

    def clean_again(self):
        if self.cleaned_data["again"] != self.cleaned_data.get("password"):
            raise ValidationError(_("The two passwords are not the same."))
        return self.cleaned_data["again"]
