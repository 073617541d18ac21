"""The blanks of a document: what each affiliate fills in once, in its profile, for all documents."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from editions.blocks import StreamBlockType

from .base import line, variable_name


class FormBlock(blocks.StructBlock):
    """A grammatical form. Its token is the blank's name, an underscore and the form's name."""

    name = variable_name(
        label=_("Form"), help_text=_("Such as possessive: texts say {{ oversight_body_possessive }}.")
    )
    pattern = line(
        label=_("How it is made"),
        max_length=80,
        help_text=_("Write … where the value stands: “…’s”, or “de …”."),
    )

    class Meta:
        icon = "openquote"
        label = _("Form")


class BlankBlock(blocks.StructBlock):
    name = variable_name(
        label=_("Name"),
        help_text=_(
            "Texts say {{ name }}. Use a variable of the profile, such as oversight_body, where there is one."
        ),
    )
    label = line(
        label=_("What it is"), max_length=120, help_text=_("Readers see this until it is filled in.")
    )
    hint = line(
        label=_("Hint"), required=False, max_length=255, help_text=_("How to find the right words for it.")
    )
    example = line(label=_("Example"), required=False, max_length=160)
    required = blocks.BooleanBlock(label=_("The text does not work without it"), required=False, default=True)
    forms = blocks.ListBlock(
        FormBlock(), label=_("Other grammatical forms"), required=False, default=[], collapsed=True
    )


class TextBlankBlock(BlankBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Words")
        description = _("A name, a title or any other words.")


class BodyBlankBlock(BlankBlock):
    class Meta:
        icon = "group"
        label = _("Body or office")
        description = _("Who does something: a commission, a department, an officer.")


class NumberBlankBlock(BlankBlock):
    smallest = blocks.IntegerBlock(label=_("At least"), required=False)
    largest = blocks.IntegerBlock(label=_("At most"), required=False)

    class Meta:
        icon = "order"
        label = _("Number")
        description = _("A whole number, with limits: a time in days, for example.")


class DateBlankBlock(BlankBlock):
    class Meta:
        icon = "calendar-alt"
        label = _("Date")
        description = _("A day, written 2027-01-31 in the profile.")


class ChoiceBlankBlock(BlankBlock):
    options = blocks.ListBlock(line(label=_("Option"), max_length=160), label=_("Options"), min_num=2)

    class Meta:
        icon = "list-ul"
        label = _("Choice")
        description = _("One of a few wordings.")


BLANK_BLOCKS = [
    StreamBlockType("text", TextBlankBlock, registry="blank", order=10),
    StreamBlockType("body", BodyBlankBlock, registry="blank", order=20),
    StreamBlockType("number", NumberBlankBlock, registry="blank", order=30),
    StreamBlockType("date", DateBlankBlock, registry="blank", order=40),
    StreamBlockType("choice", ChoiceBlankBlock, registry="blank", order=50),
]
