"""What the documents of the library share: a title, an address, and checks of what their texts point to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.admin.widgets import SlugInput
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from editions.forms import in_words
from editions.registry import known_variables, own_values
from editions.variables import problems_in

from ..documents.blanks import Blank, tokens
from .base import LibrarySnippet
from .facts import CheckedMixin
from .showable import ShowableQuerySet
from .slugs import refuse_taken


class LibraryDocument(LibrarySnippet, CheckedMixin):
    """A document of the library. Subclasses say ``kind_path``, the part of the address before the slug."""

    title = models.CharField(gettext_lazy("title"), max_length=160)
    slug = models.SlugField(
        gettext_lazy("address"),
        max_length=80,
        blank=True,
        help_text=gettext_lazy("The last part of its web address. Left empty, it is made from the title."),
    )

    objects = ShowableQuerySet.as_manager()

    override_translatable_fields = [SynchronizedField("slug")]

    title_panels = [TitleFieldPanel("title", targets=["slug"])]
    address_panels = [FieldPanel("slug", widget=SlugInput)]
    document_search_fields = [
        index.SearchField("title", boost=4),
        index.AutocompleteField("title"),
        index.FilterField("locale_id"),
        *LibrarySnippet.owned_search_fields,
    ]

    class Meta(LibrarySnippet.Meta):
        abstract = True
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs):
        self.slug = self.slug or self.free_slug()
        return super().save(*args, **kwargs)

    def free_slug(self) -> str:
        """The title as an address, with a number where another document of this owner and language has it."""
        wanted = slugify(self.title)[:70] or self._meta.model_name
        taken = set(
            type(self)
            ._base_manager.filter(owner_id=self.owner_id, locale_id=self.locale_id, slug__startswith=wanted)
            .exclude(pk=self.pk)
            .values_list("slug", flat=True)
        )
        numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
        return next(each for each in (wanted, *numbered) if each not in taken)

    def clean(self) -> None:
        super().clean()
        refuse_taken(self, "slug")

    def words_known(self, blanks: Iterable[Blank]) -> frozenset[str]:
        """The names that may stand in braces: blanks and their forms, variables, the owner's own values."""
        own = own_values(self.owner.site, None) if self.owner is not None else {}
        return frozenset([*tokens(blanks), *known_variables(), *own])


def errors_in_stream(messages: Mapping[int, Collection[str]]) -> StreamBlockValidationError | None:
    """The error of a stream whose blocks (by their place) have these messages; None where there are none."""
    found = {place: ValidationError(list(each)) for place, each in messages.items() if each}
    return StreamBlockValidationError(block_errors=found) if found else None


def unknown_words(texts: Iterable[str], known: Collection[str]) -> list[str]:
    """A message for every name in braces that nobody knows, each once."""
    return list(dict.fromkeys(in_words(problem) for problem in problems_in(list(texts), known)))


def blank_errors(blanks: Iterable[Blank]) -> dict[int, list[str]]:
    """place of the blank in its stream → what is wrong with its names and limits."""
    errors: dict[int, list[str]] = {}
    seen: set[str] = set()
    for place, blank in enumerate(blanks):
        told = errors.setdefault(place, [])
        for name in tokens([blank]):
            if name in seen:
                told.append(
                    _("“%(name)s” is the name of another blank too. Each needs its own.") % {"name": name}
                )
            seen.add(name)
        if blank.smallest is not None and blank.largest is not None and blank.smallest > blank.largest:
            told.append(_("The smallest number is greater than the largest."))
    return errors
