"""The form of the review screen: one decision for each open conflict of one page, and a third text where
words can be written."""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.blocks import FieldBlock
from wagtail.fields import RichTextField

from editions import leaves
from editions.actions.settle import Decision
from editions.conflicts import Kind
from editions.differences import plain_text
from editions.fields import UnavailableBlock
from editions.models import Conflict
from editions.places import Place, Reader, block_at, field_of, place_of
from editions.streams import MISSING, ORDER, Json, is_block
from editions.views.marks import marked, read


@dataclass(frozen=True)
class Text:
    """A form field for words that stand at one path. ``back`` makes the cleaned value raw again."""

    field: forms.Field
    initial: Any
    back: Callable[[Any], Json]


def text_at(model: type[models.Model], path, local: Json, *contents) -> Text | None:
    """The editor's own widget for the words at ``path``; None where there are no words, or more than one
    text."""
    if len(path) == 1:
        field = field_of(model, path[0])
        if not isinstance(field, (models.CharField, models.TextField, RichTextField)) or field.choices:
            return None
        form_field = copy.deepcopy(model.get_edit_handler().get_form_class().base_fields.get(path[0]))
        if form_field is None:
            return None
        return Text(form_field, "" if local is MISSING else local, lambda value: value)
    block = block_at(model, path, *contents)
    if (
        not isinstance(block, FieldBlock)
        or isinstance(block, UnavailableBlock)
        or not isinstance(block.field, forms.CharField)
    ):
        return None
    value = local["value"] if is_block(local) else local
    initial = block.value_for_form(block.to_python("" if value is MISSING else value))
    return Text(
        copy.deepcopy(block.field),
        initial,
        lambda cleaned: block.get_prep_value(block.clean(block.value_from_form(cleaned))),
    )


@dataclass(frozen=True)
class Question:
    """One conflict as it is shown. The three sides are HTML."""

    conflict: Conflict
    place: Place
    said: SafeString | str
    says: SafeString | str
    ours: SafeString | str
    text: Text | None
    copy: str = ""

    @property
    def removed(self) -> bool:
        return self.conflict.kind == Kind.REMOVED_NATIONALLY

    @property
    def protected(self) -> bool:
        return self.conflict.kind == Kind.PROTECTED

    @cached_property
    def choices(self) -> list[tuple[str, str]]:
        keep, take, edit = Conflict.Decision.KEEP, Conflict.Decision.TAKE, Conflict.Decision.EDIT
        if self.conflict.about_page:
            return [(keep, _("Keep it on line, as ours")), (take, _("Take it off line too"))]
        if self.protected:
            return [(take, _("I have seen it"))]
        if self.removed:
            return [(keep, _("Keep ours, as our own")), (take, _("Remove it too"))]
        found = [(keep, _("Keep ours")), (take, _("Take national's"))]
        return [*found, (edit, _("Write it together"))] if self.text else found


def questions_of(page, conflicts: list[Conflict], content: dict) -> list[Question]:
    """``content`` is the raw content that readers see. Statements do not grow with the conflicts, but with
    the kinds of things chosen."""
    model = type(page)
    whole_page = [
        Question(
            each,
            place_of(model, ()),
            said=_("It was on the national site."),
            says=_("(taken off)"),
            ours=_("It is on line here, with your own words."),
            text=None,
        )
        for each in conflicts
        if each.about_page
    ]
    conflicts = [each for each in conflicts if not each.about_page]
    blocks = {
        conflict.pk: block_at(
            model, conflict.place, content, conflict.version.content, *whole(conflict.place, conflict.base)
        )
        for conflict in conflicts
    }
    reader = Reader(model).see_at(
        (blocks[each.pk], side)
        for each in conflicts
        for side in (each.base, each.national, each.local, leaves.get(content, each.place))
    )
    found = whole_page
    for conflict in conflicts:
        path = conflict.place
        # Where national's words stand by force, ours are those that are kept.
        protected = conflict.kind == Kind.PROTECTED
        local = conflict.local if protected else leaves.get(content, path)
        base, national, ours = (
            side if side is MISSING else readable(reader, model, path, blocks[conflict.pk], side)
            for side in (conflict.base, conflict.national, MISSING if path[-1] == ORDER else local)
        )
        text = (
            None
            if conflict.kind != Kind.BOTH_CHANGED
            else text_at(model, path, local, content, conflict.version.content)
        )
        found.append(
            Question(
                conflict,
                place_of(model, path, content, conflict.version.content),
                said=read(base) if base is not MISSING else _("(nothing stood here)"),
                says=marked(base, national, beside=True) if national is not MISSING else _("(removed)"),
                ours=marked(base, ours, ours=True, beside=True) if ours is not MISSING else _("(removed)"),
                text=text,
                copy=plain_text(ours) if protected and ours is not MISSING else "",
            )
        )
    return found


def whole(path, block: Json) -> list[dict]:
    """A content in which a block of a page's stream stands alone, where ``path`` is that block's own."""
    return [{path[0]: [block]}] if len(path) == 2 and is_block(block) else []


def readable(reader: Reader, model, path, block, value: Json) -> Json:
    return reader.content({path[0]: value})[path[0]] if len(path) == 1 else reader.value(block, value)


class ReviewForm(forms.Form):
    """``choice_<pk>`` and, where words can be written, ``text_<pk>`` for each question."""

    def __init__(self, *args, questions: list[Question], **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            pk = question.conflict.pk
            self.fields[f"choice_{pk}"] = forms.ChoiceField(choices=question.choices, required=False)
            if question.text:
                field = question.text.field
                field.required, field.initial = False, question.text.initial
                field.label = _("Our text")
                self.fields[f"text_{pk}"] = field

    def clean(self):
        data = super().clean()
        self.decisions: dict[int, Decision] = {}
        for question in self.questions:
            pk = question.conflict.pk
            choice = data.get(f"choice_{pk}")
            if not choice:
                continue
            value = MISSING
            if choice == Conflict.Decision.EDIT:
                try:
                    value = question.text.back(data.get(f"text_{pk}"))
                except ValidationError as error:
                    self.add_error(f"text_{pk}", error)
                    continue
            self.decisions[pk] = Decision(Conflict.Decision(choice), value)
        if not self.decisions and not self.errors:
            raise ValidationError(_("Choose what to do for at least one of the places."))
        return data

    @property
    def asked(self) -> int:
        """How many of the questions leave a choice: where national's words stand by force, there is none."""
        return sum(not question.protected for question in self.questions)

    @property
    def rows(self):
        """Question, its choice field and its text field (or None), for the template."""
        for question in self.questions:
            pk = question.conflict.pk
            yield question, self[f"choice_{pk}"], self[f"text_{pk}"] if question.text else None
