import re

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.fields import RichTextField

_EMPTY = re.compile(r"(?:<p(?:\s[^>]*)?>\s*</p>)?")


def is_empty(html: str | None) -> bool:
    """Whether rich text holds nothing: the editor stores an empty paragraph for it, with a random key."""
    return not html or _EMPTY.fullmatch(html.strip()) is not None


class EditionPageForm(WagtailAdminPageForm):
    """The page editor's form, which knows the version that it was made on.

    An open form outlives releases: what it posts was written on the version it was opened on, whatever the page has
    become since. ``edition_base`` carries that version's id; saving merges the posted text up from there.
    """

    edition_base = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["edition_base"].initial = self.instance.base_version

    def clean(self):
        """What browsers and editors add of their own to an unchanged text is no change."""
        data = super().clean()
        rich = {field.name for field in self.instance._meta.get_fields() if isinstance(field, RichTextField)}
        for name, value in data.items():
            if name in rich:
                data[name] = "" if is_empty(value) else value
            elif isinstance(value, str):
                data[name] = value.replace("\r\n", "\n")
        return data

    def clean_edition_base(self):
        """The version that the text was written on. Raises ValidationError for one that this page never had."""
        from editions.models import Edition, Version

        current = self.instance.base_version
        posted = self.cleaned_data["edition_base"]
        if posted is None or posted == current or current is None:
            return current
        edition = Edition.objects.filter(page_id=self.instance.pk).first()
        if edition is None or not Version.objects.filter(pk=posted, source_id=edition.source_id).exists():
            raise forms.ValidationError(
                _("This form does not belong to this page. Copy your words, reload the page and save again.")
            )
        return posted

    def save_cluster_m2m(self):
        """The last step before the page may be saved: only now are the posted tags on it too, to be merged up."""
        from editions.actions.merge_up import merge_up

        super().save_cluster_m2m()
        posted = self.cleaned_data["edition_base"]
        if posted != self.instance.base_version:
            # What the page that was loaded had to ask is not about the text that was posted.
            self.instance.__dict__.pop("_merged_up", None)
            self.instance.base_version = posted
        merge_up(self.instance, only=frozenset(self.fields))
