import re

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamBlockValidationError
from wagtail.fields import RichTextField

from editions.content import LEAF, RICH, STREAM, content_fields, get_content
from editions.content import raw as raw_json
from editions.registry import variable_values
from editions.variables import Problem, Trouble, problems_in, texts

_EMPTY = re.compile(r"(?:<p(?:\s[^>]*)?>\s*</p>)?")


def is_empty(html: str | None) -> bool:
    """Whether rich text holds nothing: the editor stores an empty paragraph for it, with a random key."""
    return not html or _EMPTY.fullmatch(html.strip()) is not None


def raw_stream(field, value):
    return raw_json(field.get_prep_value(value))


def in_words(problem: Problem) -> str:
    """What is wrong with a variable and what to do, for the editor."""
    words = {
        Trouble.UNKNOWN: _("“{{ %(name)s }}” is not known."),
        Trouble.UNFINISHED: _("“{{ %(name)s” has no end. Write }} behind the name, or take the braces away."),
        Trouble.DROPPED: _("“{{ %(name)s }}” is missing here. The original has it."),
        Trouble.ADDED: _("“{{ %(name)s }}” is not in the original. Take it out."),
        Trouble.SPLIT_BY_TAGS: _("“{{ %(name)s }}” is half bold or half a link. Format it as a whole."),
    }
    text = words.get(problem.message, _("“{{ %(name)s }}” is not the name of a variable.")) % {
        "name": problem.name
    }
    advice = ""
    if problem.suggestion and problem.suggestion != problem.name:
        advice = _("Did you mean {{ %(name)s }}?") % {"name": problem.suggestion}
    elif problem.message == Trouble.UNKNOWN:
        advice = _("Choose one of the names that the profile lists, or take the braces away.")
    return f"{text} {advice}".strip()


def refusal(marks, path) -> str:
    from editions.protecting import reason_at

    return _("National protects this; it stays as it is sent. %(reason)s") % {
        "reason": reason_at(marks, path)
    }


def at_blocks(stream, reasons) -> StreamBlockValidationError:
    """The error of a stream: each reason at the block that it is about, at the stream where that block is gone."""
    places = {block["id"]: place for place, block in enumerate(stream) if block.get("id")}
    blocks, gone = {}, []
    for path, reason in reasons.items():
        place = places.get(path[1]) if len(path) > 1 else None
        if place is None:
            words = _("Put back what you have taken out, or open the page anew.")
            gone.append(forms.ValidationError(f"{reason} {words}"))
        else:
            blocks[place] = forms.ValidationError(reason)
    return StreamBlockValidationError(block_errors=blocks, non_block_errors=gone)


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
        self.check_variables(data)
        return data

    def check_variables(self, data: dict) -> None:
        """Refuses names in ``{{ }}`` that nobody knows, at the field (laws: Variables)."""
        contents = content_fields(type(self.instance))
        raw = {
            name: raw_stream(self.instance._meta.get_field(name), value) if kind == STREAM else value
            for name, value in data.items()
            if (kind := contents.get(name)) in (STREAM, RICH, LEAF) and value
        }
        if not any("{{" in text for value in raw.values() for text in texts(value)):
            return
        place = self.instance if self.instance.pk else self.parent_page
        known = variable_values(
            place.get_site() if place else None, self.instance.locale if self.instance.pk else None
        )
        for name, value in raw.items():
            for problem in problems_in(value, known):
                self.add_error(name, in_words(problem))

    def _post_clean(self):
        super()._post_clean()
        self.check_protected()

    def check_protected(self) -> None:
        """Refuses, at the block, a change of what national protects.

        A form that was opened before the protection came is not refused: saving merges it up, and keeps its words in the record.
        """
        from editions.actions.merge_up import edition_of
        from editions.protecting import against

        edition = edition_of(self.instance)
        if edition is None or self.cleaned_data.get("edition_base") != edition.base_id:
            return
        version = edition.base
        if not version.protected:
            return
        content = {name: value for name, value in get_content(self.instance).items() if name in self.fields}
        found: dict[str, list] = {}
        for conflict in against(version, type(self.instance), content):
            found.setdefault(conflict.path[0], []).append(conflict.path)
        for name, paths in found.items():
            reasons = {path: refusal(version.protected, path) for path in paths}
            if content_fields(type(self.instance))[name] == STREAM:
                self.add_error(name, at_blocks(content[name], reasons))
            else:
                self.add_error(name, next(iter(reasons.values())))

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
