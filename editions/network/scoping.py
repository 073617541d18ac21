"""Who may change what: the one place that decides it.

Everything in the network belongs to one affiliate or to national. Ownership is read from where a thing hangs:

==================  ========================================================================
page                the affiliate whose folder it is, or is beneath
image, document     the affiliate whose collection it is in, or in one beneath
snippet with owner  its owner (`network.models.OwnedMixin`)
profile, site       the affiliate they were made for, groups too
translation         that of the thing translated (wagtail-localize)
anything else       national
==================  ========================================================================

Wagtail's permissions still apply: this layer only narrows them. It answers for one object (`owner_of`,
`may_change`) and for querysets (`scope_queryset`), by the same rule. Doors that Wagtail leaves open are
listed in `network.doors`; forms are checked by `network.references`.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser, Group
from django.db.models import CharField, Exists, ExpressionWrapper, F, Model, OuterRef, Q, QuerySet
from wagtail.models import Collection, CollectionMember, Page, Site
from wagtail_localize.models import Translation, TranslationSource

from .models import Affiliate, AffiliateGroup, OwnedMixin, ProfileValue

NATIONAL_PERMISSION = "network.act_nationally"
"""Whoever has it (superusers do) acts for the whole network, as far as Wagtail's own permissions go."""

CACHE = "_network_affiliates"


def is_national(user) -> bool:
    """Whether `user` acts for the whole network."""
    return bool(user.is_active and user.has_perm(NATIONAL_PERMISSION))


def acts_everywhere(user) -> bool:
    """Whether `user` may change what is an affiliate's: network managers may, national writers may not."""
    return is_national(user) and user.has_perm("network.change_affiliate")


def affiliates_of(user) -> list[Affiliate]:
    """The affiliates whose groups `user` is in, by name. One query for each user object, then none.

    National staff belong to none by being national; a person may be both.
    """
    if isinstance(user, AnonymousUser) or not user.is_active:
        return []
    if not hasattr(user, CACHE):
        found = (
            Affiliate.objects.of(user).select_related("site", "folder", "collection").order_by("name", "pk")
        )
        setattr(user, CACHE, list(found))
    return getattr(user, CACHE)


def owner_of(thing: Any) -> Affiliate | None:
    """The affiliate that `thing` belongs to; None for what is national. One query, or two for a
    translation."""
    match thing:
        case Affiliate():
            return thing
        case Page():
            return Affiliate.objects.owning(thing).first()
        case Collection():
            return _owner_of_collection(thing)
        case CollectionMember():
            return _owner_of_collection(thing.collection)
        case OwnedMixin():
            return thing.owner
        case ProfileValue() | AffiliateGroup():
            return thing.affiliate
        case Site():
            return Affiliate.objects.filter(site=thing).first()
        case Group():
            return Affiliate.objects.filter(groups__group=thing).first()
        case TranslationSource():
            return owner_of(thing.get_source_instance())
        case Translation():
            return owner_of(thing.source)
    return None


def _owner_of_collection(collection: Collection) -> Affiliate | None:
    step = Collection.steplen
    paths = [collection.path[:end] for end in range(step, len(collection.path) + 1, step)]
    return Affiliate.objects.filter(collection__path__in=paths).first()


def belongs_to(user, thing: Any) -> bool:
    """Whether `thing` is one of the user's affiliates' own."""
    owner = owner_of(thing)
    return owner is not None and owner in affiliates_of(user)


def may_change(user, thing: Any) -> bool:
    """Whether ownership lets `user` change `thing`; for a page, its permissions are asked too.

    Network managers may change everything that Wagtail's permissions let them, other national staff what is
    national, affiliate users what is their own.
    """
    if isinstance(thing, Page) and not thing.permissions_for_user(user).can_edit():
        return False
    if acts_everywhere(user) or (is_national(user) and owner_of(thing) is None):
        return True
    return belongs_to(user, thing)


def may_use(user, thing: Any) -> bool:
    """Whether a page of the user's may show `thing`: their own, or national's (pages: published)."""
    if is_national(user):
        return True
    owner = owner_of(thing)
    if owner is None:
        return not isinstance(thing, Page) or thing.live
    return owner in affiliates_of(user)


def scope_queryset(user, queryset: QuerySet, *, with_national: bool = False) -> QuerySet:
    """`queryset` without what belongs to others.

    For affiliate users what is their own, and, `with_national`, what is national (pages: published). National
    staff: unchanged. Models that have no owner are national. No query of its own beyond `affiliates_of`.
    """
    if is_national(user):
        return queryset
    mine = affiliates_of(user)
    if issubclass(queryset.model, Affiliate):
        return queryset.filter(pk__in=[affiliate.pk for affiliate in mine])
    return _of(mine, queryset, with_national=with_national)


def usable_by(affiliate: Affiliate, queryset: QuerySet) -> QuerySet:
    """What of `queryset` the pages of `affiliate` may show: its own, and national's (pages: published)."""
    return _of([affiliate], queryset, with_national=True)


def _of(affiliates: list[Affiliate], queryset: QuerySet, *, with_national: bool) -> QuerySet:
    model: type[Model] = queryset.model
    if issubclass(model, OwnedMixin):
        own, national = Q(owner__in=[affiliate.pk for affiliate in affiliates]), Q(owner=None)
        return queryset.filter(own | national) if with_national else queryset.filter(own)
    if issubclass(model, Page):
        rows = Page._base_manager
        own = _beneath("path", [affiliate.folder.path for affiliate in affiliates])
        national = Q(live=True) & ~_owned_by_any("folder", "path")
    elif issubclass(model, CollectionMember):
        rows = model._base_manager
        own = _beneath("collection__path", [affiliate.collection.path for affiliate in affiliates])
        national = ~_owned_by_any("collection", "collection__path")
    else:
        return queryset if with_national else queryset.none()
    # A subquery, because search takes only plain filters, and on fields that it knows.
    return queryset.filter(pk__in=rows.filter(own | national if with_national else own).values("pk"))


def _beneath(field: str, paths: list[str]) -> Q:
    """Rows whose tree path in `field` is one of `paths` or beneath it; none for no paths."""
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(**{f"{field}__startswith": path})
    return found


def _owned_by_any(root: str, field: str) -> Exists:
    """Rows whose tree path in `field` is at or beneath any affiliate's `root` (folder or collection)."""
    return Exists(
        Affiliate.objects.annotate(_candidate=ExpressionWrapper(OuterRef(field), output_field=CharField()))
        .filter(_candidate__startswith=F(f"{root}__path"))
        .values("pk")
    )
