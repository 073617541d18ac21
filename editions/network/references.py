"""What a page or snippet points to: only its owner's own things and national's.

A rule of the data, not of the user: it holds for whoever saves the form. Choosers offer only what may be
chosen; this refuses an id that was posted by hand, in a field, in a block of any type, in a link of rich
text. What stood there before stays (a page made by a copy, or from before the rule): nobody is kept from
saving by what they did not do.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.blocks.stream_block import StreamBlockValidationError, StreamValue
from wagtail.models import CollectionMember, Page, ReferenceIndex

from .models import Affiliate, OwnedMixin
from .scoping import affiliates_of, is_national, owner_of, usable_by


@dataclass(frozen=True)
class Reference:
    """One place in an object that points to another."""

    model: type[Model]
    pk: str
    field: str
    content_path: str


def references_in(thing: Model) -> list[Reference]:
    """All references in `thing`'s own content to things that have owners. No query once content types are
    cached.

    Wagtail's own page fields (parent, alias, revisions) are not content.
    """
    found = []
    for type_id, pk, model_path, content_path in ReferenceIndex._extract_references_from_object(thing):
        name = model_path.split(".", 1)[0]
        if isinstance(thing, Page) and name in WAGTAILS_OWN:
            continue
        model = ContentType.objects.get_for_id(type_id).model_class()
        if model is not None and issubclass(model, (Page, CollectionMember, OwnedMixin)):
            found.append(Reference(model, str(pk), name, content_path))
    return found


WAGTAILS_OWN = {field.name for field in Page._meta.get_fields() if field.model is Page}


def foreign_references(thing: Model, owner: Affiliate | None) -> list[Reference]:
    """Those references in `thing` that point to another affiliate's things, or to national's drafts.

    Nothing is foreign to national (`owner` None). One query for each model referred to.
    """
    if owner is None:
        return []
    by_model = defaultdict(list)
    for reference in references_in(thing):
        by_model[reference.model].append(reference)
    foreign = []
    for model, references in by_model.items():
        wanted = {reference.pk for reference in references}
        usable = usable_by(owner, model._base_manager.filter(pk__in=wanted))
        good = {str(pk) for pk in usable.values_list("pk", flat=True)}
        exist = {str(pk) for pk in model._base_manager.filter(pk__in=wanted).values_list("pk", flat=True)}
        foreign += [reference for reference in references if reference.pk in exist - good]
    return foreign


def stored_references(thing: Model) -> set[tuple[type[Model], str]]:
    """What the saved object, or its newest draft, points to already."""
    if thing.pk is None:
        return set()
    stored = type(thing)._base_manager.filter(pk=thing.pk).first()
    if stored is None:
        return set()
    versions = [stored]
    if hasattr(stored, "get_latest_revision_as_object"):
        versions.append(stored.get_latest_revision_as_object())
    return {(each.model, each.pk) for version in versions for each in references_in(version)}


def message_for(model: type[Model]) -> str:
    if issubclass(model, Page):
        return _("This page cannot be linked from here. Choose one of your own, or a published national one.")
    return _("This cannot be used here. Choose one of your own, or a national one.")


class ScopedFormMixin:
    """In front of an admin form: refuses foreign references at the field, at the block where there is one."""

    def owner_of_instance(self) -> Affiliate | None:
        """Whom the thing belongs to that this form saves."""
        if isinstance(self.instance, Page):
            place = self.instance if self.instance.path else getattr(self, "parent_page", None)
            return owner_of(place) if place is not None else None
        return owner_of(self.instance)

    def _post_clean(self):
        super()._post_clean()
        foreign = new_references(self.instance, self.owner_of_instance())
        for field, errors in errors_at_fields(self.instance, foreign).items():
            self.add_error(field if field in self.fields else None, errors)

    def is_valid(self):
        valid = super().is_valid()
        owner = self.owner_of_instance()
        for formset in getattr(self, "formsets", {}).values():
            for form in formset.forms:
                if not form.is_bound or not hasattr(form, "instance") or not hasattr(form, "cleaned_data"):
                    continue
                for field, errors in errors_at_fields(
                    form.instance, new_references(form.instance, owner)
                ).items():
                    form.add_error(field if field in form.fields else None, errors)
                    valid = False
        return valid


def new_references(thing: Model, owner: Affiliate | None) -> list[Reference]:
    """The foreign references of `thing` that were not there before."""
    foreign = foreign_references(thing, owner)
    if not foreign:
        return []
    if with_block_ids(thing):
        foreign = foreign_references(thing, owner)
    known = stored_references(thing)
    return [reference for reference in foreign if (reference.model, reference.pk) not in known]


def with_block_ids(thing: Model) -> bool:
    """Gives blocks that were just posted the ids that saving would give them, so that a reference names its
    block. Says whether there were any."""
    new = [
        block
        for field in thing._meta.concrete_fields
        if isinstance(value := getattr(thing, field.attname), StreamValue)
        for block in value
        if not block.id
    ]
    for block in new:
        block.id = str(uuid.uuid4())
    return bool(new)


def errors_at_fields(thing: Model, foreign: Iterable[Reference]) -> dict[str, ValidationError]:
    """One error for each field that has foreign references; of a stream, at its blocks."""
    by_field = defaultdict(list)
    for reference in foreign:
        by_field[reference.field].append(reference)
    errors = {}
    for field, references in by_field.items():
        value = getattr(thing, field, None)
        if isinstance(value, StreamValue):
            errors[field] = _at_blocks(value, references)
        else:
            errors[field] = ValidationError(message_for(references[0].model), code="foreign")
    return errors


def _at_blocks(value: StreamValue, references: list[Reference]) -> StreamBlockValidationError:
    places = {block.id: index for index, block in enumerate(value)}
    at_blocks, elsewhere = {}, []
    for reference in references:
        error = ValidationError(message_for(reference.model), code="foreign")
        place = places.get(reference.content_path.split(".")[1])
        if place is None:
            elsewhere.append(error)
        else:
            at_blocks[place] = error
    return StreamBlockValidationError(block_errors=at_blocks, non_block_errors=elsewhere)


class OwnedFormMixin(ScopedFormMixin):
    """In front of the form of a thing with an owner: affiliate users own what they make."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        user = getattr(self, "for_user", None)
        self.choosable = None if user is None or is_national(user) else affiliates_of(user)
        if self.choosable is None:
            return
        if self.instance._state.adding:
            self.instance.owner = self.choosable[0] if self.choosable else None
        field = self.fields.get("owner")
        if field is not None and len(self.choosable) > 1:
            field.queryset = field.queryset.filter(pk__in=[affiliate.pk for affiliate in self.choosable])
            field.required, field.empty_label = True, None
        elif field is not None:
            del self.fields["owner"]

    def _post_clean(self):
        super()._post_clean()
        if self.choosable is not None and self.instance.owner not in self.choosable:
            self.add_error(None, _("This belongs to national or to another affiliate: you cannot change it."))


def with_check(form_class: type, mixin: type[ScopedFormMixin]) -> type:
    """`form_class` with `mixin` in front; the same class where it has it already."""
    if issubclass(form_class, mixin):
        return form_class
    return type(form_class)(f"Scoped{form_class.__name__}", (mixin, form_class), {})
