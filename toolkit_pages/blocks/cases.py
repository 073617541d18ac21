"""The rows of a case study: each of its streams takes one or two kinds of block."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.rich_text import RichText

from campaign_library.blocks.days import WhenBlock
from campaign_library.snippet_block import LibrarySnippetBlock
from editions.blocks import StreamBlockType
from editions.forms import is_empty

from ..policies import Answer
from .base import LANGUAGES, SHOWING, ChoiceBlock, line, prose


def words_in(value) -> bool:
    return not is_empty(value.source if isinstance(value, RichText) else value)


class CheckedStructBlock(blocks.StructBlock):
    """A struct block whose fields depend on one another: ``troubles(value)`` gives field name to message.

    Asked when the page is published, as required fields are: a draft may be unfinished.
    """

    def clean(self, value):
        value = super().clean(value)
        troubles = {} if self.is_deferred_validation else self.troubles(value)
        if troubles:
            raise StructBlockValidationError(
                {name: ValidationError(message, code="incomplete") for name, message in troubles.items()}
            )
        return value

    def troubles(self, value) -> dict:
        return {}


class ProvisionBlock(CheckedStructBlock):
    provision = LibrarySnippetBlock("campaign_library.Provision", label=_("Provision"))
    answer = ChoiceBlock(
        label=_("Does the policy say so?"),
        choices=Answer.choices,
        default=Answer.YES.value,
        help_text=_("“Not mentioned” where the source is silent. It is no “no”."),
    )
    note = prose(label=_("Note"), required=False, help_text=_("The condition, in your own words."))
    source = line(
        label=_("Source"), required=False, max_length=255, help_text=_("Only if it differs from the page's.")
    )

    class Meta:
        icon = "tick"
        label = _("Provision")
        group = SHOWING
        description = _("One rule, and whether this place has it.")

    def troubles(self, value):
        if value["answer"] == Answer.CONDITIONAL and not words_in(value["note"]):
            return {"note": _("Say on which condition.")}
        return {}


class NumberBlock(CheckedStructBlock):
    label = line(label=_("What is counted"), max_length=160)
    value = line(
        label=_("Number"), max_length=60, help_text=_("With a digit, as the source prints it: over 12,000.")
    )
    unit = line(label=_("Unit"), required=False, max_length=60, help_text=_("Cards, people, dollars a year."))
    as_of = WhenBlock(label=_("As of"), required=True)
    source = line(label=_("Source"), max_length=255)
    note = line(label=_("Note"), required=False, max_length=255)

    class Meta:
        icon = "order"
        label = _("Number")
        group = SHOWING
        description = _("A number with its day and its source.")

    def troubles(self, value):
        if not any(sign.isdigit() for sign in value["value"]):
            return {"value": _("Write the number with digits.")}
        return {}


class VoiceBlock(CheckedStructBlock):
    form = ChoiceBlock(
        label=_("Form"),
        choices=[("quote", _("In their words")), ("gist", _("In our words"))],
        default="quote",
    )
    text = prose(label=_("What was said"))
    speaker = line(label=_("Speaker"), required=False, max_length=160)
    role = line(
        label=_("Role"), required=False, max_length=255, help_text=_("Who they were when they said it.")
    )
    when = WhenBlock(label=_("Said on"))
    source = line(label=_("Source"), required=False, max_length=255)
    source_url = blocks.URLBlock(label=_("Web address of the source"), required=False, default="")
    language = ChoiceBlock(
        label=_("Language of the original"),
        required=False,
        default="",
        choices=LANGUAGES,
        help_text=_("Only if it was said in another language than the page's."),
    )
    original = prose(label=_("In the original"), required=False)
    permission = ChoiceBlock(
        label=_("Permission"),
        choices=[
            ("public", _("Said in public, or printed")),
            ("given", _("The speaker has agreed")),
            ("unnamed", _("The speaker has agreed, without a name")),
        ],
        default="public",
    )

    class Meta:
        icon = "openquote"
        label = _("Voice")
        group = SHOWING
        description = _("What somebody said, with who, when and where.")

    def troubles(self, value):
        found = {}
        if value["permission"] == "public" and not value["source"]:
            found["source"] = _("Said in public: say where it can be read or heard.")
        if value["permission"] == "unnamed" and value["speaker"]:
            found["speaker"] = _("The speaker agreed without a name: leave it out.")
        if value["permission"] != "unnamed" and not (value["speaker"] or value["role"]):
            found["speaker"] = _("Say who said it: a name or a role.")
        if words_in(value["original"]) and not value["language"]:
            found["language"] = _("Say in which language the original is.")
        return found


class LessonBlock(blocks.StructBlock):
    kind = ChoiceBlock(
        label=_("Kind"), choices=[("lesson", _("Lesson")), ("trouble", _("Trouble"))], default="lesson"
    )
    title = line(label=_("In one line"), max_length=255)
    text = prose(label=_("Text"), required=False)
    source = line(label=_("Source"), required=False, max_length=255)

    class Meta:
        icon = "warning"
        label = _("Lesson")
        group = SHOWING
        description = _("What went well or badly, for those who come after.")


class RelatedOrdinanceBlock(blocks.StructBlock):
    ordinance = LibrarySnippetBlock("campaign_library.ModelOrdinance", label=_("Model ordinance"))
    note = line(label=_("Note"), required=False, max_length=255)

    class Meta:
        icon = "doc-full"
        label = _("Model ordinance")
        group = SHOWING
        description = _("A model text of the library that does the same.")


class RelatedPageBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock(label=_("Page"))
    note = line(label=_("Note"), required=False, max_length=255)

    class Meta:
        icon = "link"
        label = _("Page")
        group = SHOWING
        description = _("A page of this site or of national.")


CASE_STUDY_BLOCKS = [
    StreamBlockType("provision", ProvisionBlock, registry="case_details", order=10),
    StreamBlockType("number", NumberBlock, registry="case_numbers", order=10),
    StreamBlockType("voice", VoiceBlock, registry="case_voices", order=10),
    StreamBlockType("lesson", LessonBlock, registry="case_lessons", order=10),
    StreamBlockType("ordinance", RelatedOrdinanceBlock, registry="case_related", order=10),
    StreamBlockType("page", RelatedPageBlock, registry="case_related", order=20),
]
