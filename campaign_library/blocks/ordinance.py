"""The parts of a model ordinance: sections of provisions, definitions, standing clauses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from editions.blocks import StreamBlockType
from editions.network.viewsets import OwnedSnippetChooserBlock

from .base import ChoiceBlock, DayBlock, line, part_name, prose


class ProvisionChooserBlock(OwnedSnippetChooserBlock):
    """A rule of the shared vocabulary."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Provision"))
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", _("Which rule of the shared vocabulary this is."))
        super().__init__("campaign_library.Provision", **kwargs)

    def deconstruct(self):
        return "campaign_library.blocks.ProvisionChooserBlock", [], dict(self._constructor_args[1])

    class Meta:
        icon = "list-ul"


class LegalNoteBlock(blocks.StructBlock):
    citation = line(
        label=_("Citation"), max_length=160, help_text=_("As lawyers write it, such as 8 U.S.C. 1373.")
    )
    note = line(label=_("In plain words"), required=False, max_length=400)
    status = ChoiceBlock(
        label=_("Status"),
        choices=[
            ("in_force", _("In force")),
            ("disputed", _("Disputed in court")),
            ("superseded", _("No longer in force")),
            ("unchecked", _("Not checked")),
        ],
        default="unchecked",
    )
    checked_on = DayBlock(label=_("Checked on"), required=False)
    checked_by = line(label=_("Checked by"), required=False, max_length=160)
    review_by = DayBlock(label=_("Check again by"), required=False)
    url = blocks.URLBlock(label=_("Web address"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("Legal note")
        label_format = "{citation}"


class AlternativeBlock(blocks.StructBlock):
    label = line(label=_("When to use it"), max_length=160)
    text = prose(label=_("Text"))

    class Meta:
        icon = "duplicate"
        label = _("Alternative")
        label_format = "{label}"


class ItemBlock(blocks.StructBlock):
    name = part_name()
    text = prose(label=_("Text"))

    class Meta:
        icon = "list-ol"
        label = _("Item")


def notes(*names: str) -> BlockGroup:
    """The folded part of a clause's form."""
    return BlockGroup(
        ["drafter_note", "legal_notes", *names],
        heading=_("Notes and more"),
        classname="collapsed",
        icon="doc-full",
        label_format="",
    )


class ClauseFields(blocks.StructBlock):
    """What stands beside the words of any clause."""

    explanation = prose(
        label=_("In plain words"), required=False, help_text=_("For readers, shown beside the text.")
    )
    drafter_note = prose(
        label=_("Note for drafters"), required=False, help_text=_("What to watch when it is adapted.")
    )
    legal_notes = blocks.ListBlock(
        LegalNoteBlock(), label=_("Legal notes"), default=[], required=False, collapsed=True
    )


class ProvisionBlock(ClauseFields):
    text = prose(label=_("Text"), help_text=_("Blanks are written {{ name }}, references [[name]]."))
    items = blocks.ListBlock(
        ItemBlock(), label=_("Items (a), (b), …"), default=[], required=False, collapsed=True
    )
    provision = ProvisionChooserBlock()
    alternatives = blocks.ListBlock(
        AlternativeBlock(), label=_("Other wordings"), default=[], required=False, collapsed=True
    )
    name = part_name()

    class Meta:
        icon = "pilcrow"
        label = _("Provision")
        # Text first: it is what the editor came to write. The rest opens when it is wanted.
        form_layout = ["text", "items", "explanation", "provision", notes("alternatives", "name")]


class SectionBlock(blocks.StructBlock):
    heading = line(
        label=_("Heading"), max_length=200, help_text=_("Without its number: numbers come by themselves.")
    )
    name = part_name()
    explanation = prose(
        label=_("In plain words"), required=False, help_text=_("What the section is for, beside its text.")
    )
    provisions = blocks.ListBlock(ProvisionBlock(), label=_("Provisions"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Section")
        label_format = "{heading}"
        description = _("A numbered section with its provisions.")


class TermBlock(blocks.StructBlock):
    term = line(label=_("Term"), max_length=120)
    meaning = prose(label=_("Meaning"))

    class Meta:
        icon = "openquote"
        label = _("Term")
        label_format = "{term}"


class DefinitionsBlock(blocks.StructBlock):
    heading = line(label=_("Heading"), max_length=200, help_text=_("Such as Definitions."))
    name = part_name()
    explanation = prose(label=_("In plain words"), required=False)
    terms = blocks.ListBlock(TermBlock(), label=_("Terms"), min_num=1)

    class Meta:
        icon = "openquote"
        label = _("Definitions")
        description = _("The words that the ordinance uses in a fixed sense.")


class StandingClauseBlock(ClauseFields):
    kind = ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("savings", _("Savings clause")),
            ("severability", _("Severability")),
            ("general_welfare", _("General welfare")),
            ("effective_date", _("Effective date")),
            ("other", _("Other")),
        ],
        default="severability",
    )
    heading = line(label=_("Heading"), max_length=200)
    name = part_name()
    text = prose(label=_("Text"))
    provision = ProvisionChooserBlock()

    class Meta:
        icon = "lock"
        label = _("Standing clause")
        label_format = "{heading}"
        description = _("A clause that most ordinances end with: savings, severability, general welfare.")
        form_layout = ["kind", "heading", "text", "explanation", "provision", notes("name")]


ORDINANCE_BLOCKS = [
    StreamBlockType("section", SectionBlock, registry="ordinance", order=10),
    StreamBlockType("definitions", DefinitionsBlock, registry="ordinance", order=20),
    StreamBlockType("clause", StandingClauseBlock, registry="ordinance", order=30),
]
