"""What must hold before an affiliate user comes through a door of the admin (see `network.doors`).

Each guard takes the request and the view's arguments, and says yes or no; where the user can do something
about it, it raises PermissionDenied with a reason. An object that does not exist is the view's to report:
the guard says yes.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.models import Translation, TranslationSource

from editions.models import Edition

from .models import OwnedMixin
from .references import references_in
from .scoping import affiliates_of, belongs_to, may_change, may_use, owner_of, scope_queryset


def checks_itself(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """The view asks Wagtail's permissions, which know pages, collections and owners; or it is one of ours."""
    return True


def national_only(request, kwargs) -> bool:
    """Only for those for whom the table is not asked."""
    return False


def nobody(request, kwargs) -> bool:
    return False


def no_synchronising(request, kwargs) -> bool:
    """A language may be added or changed, but not set to copy every page of another."""
    wanted = any(name.startswith("component-") and name.endswith("-enabled") for name in request.POST)
    if wanted:
        raise PermissionDenied(
            _("Languages are not synchronised here: it would copy every page on every affiliate's site.")
        )
    return True


def no_publishing_of_shared(request, kwargs) -> bool:
    """Translations of a snippet that national shares are brought up to date, but published one by one, each with its plan."""
    if "publish_translations" not in request.POST:
        return True
    source = first(TranslationSource, kwargs["translation_source_id"])
    shown = source.get_source_instance() if source is not None else None
    if isinstance(shown, OwnedMixin) and shown.owner_id is None:
        raise PermissionDenied(
            _(
                "It is shared with all sites. Update without publishing, then publish each language in its editor."
            )
        )
    return True


def own_pages(request, kwargs) -> bool:
    """Every page that the address names is the user's own."""
    ids = [pk for name, pk in kwargs.items() if name in ("page_id", "page_to_move_id", "destination_id")]
    pages = [page for page in (first(Page, pk) for pk in ids) if page is not None]
    return all(belongs_to(request.user, page) for page in pages)


def page_to_browse(request, kwargs) -> bool:
    """A page that may be chosen from, or stands above one: own, national and published, or an ancestor of the
    user's folder."""
    page = first(Page, kwargs["parent_page_id"])
    if page is None or may_use(request.user, page):
        return True
    return any(affiliate.folder.path.startswith(page.path) for affiliate in affiliates_of(request.user))


def pages_to_name(request, kwargs) -> bool:
    """Every page that is asked for by number may be used: the view would answer with its title.

    Also of the address itself (`own_pages`).
    """
    sent = [pk for data in (request.GET, request.POST) for name in NAMING for pk in data.getlist(name)]
    pages = [page for page in (first(Page, pk) for pk in sent) if page is not None]
    return all(may_use(request.user, page) for page in pages) and own_pages(request, kwargs)


NAMING = ("id", "parent_page", "new_parent_page")
"""What Wagtail's views call a page that was chosen."""


def own_selection(request, kwargs) -> bool:
    """A bulk action: everything selected is the user's own, so that its screen names nothing else."""
    model = get_model(kwargs)
    if model is None:
        return True
    if not issubclass(model, (Page, OwnedMixin, get_image_model(), get_document_model())):
        return False
    ids = request.GET.getlist("id")
    if "all" in ids:
        parent = first(Page, request.GET.get("childOf")) if issubclass(model, Page) else None
        return parent is not None and belongs_to(request.user, parent)
    rows = model._base_manager.filter(pk__in=[pk for pk in ids if pk.isdigit()])
    return rows.count() == scope_queryset(request.user, rows).count()


# wagtail-localize ----------------------------------------------------------------------------------


def theirs_to_translate(request, kwargs) -> bool:
    """For national staff: everything that would be written into is theirs to change."""
    if "translation_id" in kwargs:
        found = [first(Translation, kwargs["translation_id"])]
    elif "translation_source_id" in kwargs:
        source = first(TranslationSource, kwargs["translation_source_id"])
        found = [source, *(source.translations.filter(enabled=True) if source else ())]
    elif "page_id" in kwargs:
        found = [first(Page, kwargs["page_id"])]
    else:
        model = get_model(kwargs)
        found = [first(model, unquote(kwargs["pk"]))] if model else []
    things = [
        each.get_target_instance()
        if isinstance(each, Translation)
        else each.get_source_instance()
        if isinstance(each, TranslationSource)
        else each
        for each in found
        if each is not None
    ]
    return all(may_change(request.user, thing) for thing in things)


def own_page_to_translate(request, kwargs) -> bool:
    """The user's own page, into a language of its site; nothing that follows national comes along."""
    page = first(Page, kwargs["page_id"])
    if page is None:
        return True
    if not may_change(request.user, page):
        return False
    return _may_translate(request, page, beneath="include_subtree" in request.POST)


def own_snippet_to_translate(request, kwargs) -> bool:
    model = get_model(kwargs)
    if model is None:
        return True
    if not issubclass(model, OwnedMixin):
        return False
    snippet = first(model, unquote(kwargs["pk"]))
    return snippet is None or (may_change(request.user, snippet) and _may_translate(request, snippet))


def own_source(request, kwargs) -> bool:
    """What is translated, and every translation that would be written, are the user's own."""
    source = first(TranslationSource, kwargs["translation_source_id"])
    if source is None:
        return True
    targets = [translation.get_target_instance() for translation in source.translations.filter(enabled=True)]
    instance = source.get_source_instance()
    return all(may_change(request.user, thing) for thing in (instance, *targets)) and _may_translate(
        request, instance
    )


def own_translation(request, kwargs) -> bool:
    """What the translation is written into is the user's own. wagtail-localize asks a page's permissions, and
    of a snippet only its kind's."""
    translation = first(Translation, kwargs["translation_id"])
    if translation is None:
        return True
    target = translation.get_target_instance()
    return may_change(request.user, target) and _may_translate(request, target)


def _may_translate(request, thing: Model, *, beneath: bool = False) -> bool:
    """Raises PermissionDenied with a reason unless `thing` and what comes along are translated by the
    affiliate.

    wagtail-localize translates along with a page the snippets that it shows.
    """
    owner = owner_of(thing)
    wanted = Locale.objects.filter(pk__in=[pk for pk in request.POST.getlist("locales") if pk.isdigit()])
    if any(not owner.offers(locale.language_code) for locale in wanted):
        raise PermissionDenied(_("Your site does not offer this language."))
    if isinstance(thing, Page):
        pages = (
            Page.objects.descendant_of(thing, inclusive=True) if beneath else Page.objects.filter(pk=thing.pk)
        )
        if Edition.objects.filter(page__in=pages).exists():
            raise PermissionDenied(
                _("Pages that follow national are translated nationally: translations come with the updates.")
            )
        things = list(pages.specific())
    else:
        things = [thing]
    for reference in {reference for each in things for reference in references_in(each)}:
        shown = first(reference.model, reference.pk)
        if isinstance(shown, TranslatableMixin) and not isinstance(shown, Page) and owner_of(shown) != owner:
            raise PermissionDenied(
                _(
                    "This shows “%(name)s”, which is national and would be translated along. Take it out first."
                )
                % {"name": shown}
            )
    return True


def first(model: type[Model], pk) -> Any:
    """The object with this pk (a page: as its own type), None where there is none."""
    if pk is None or not str(pk).isdigit():
        return None
    found = model._base_manager.filter(pk=pk).first()
    return found.specific if isinstance(found, Page) else found


def get_model(kwargs) -> type[Model] | None:
    """The model that a URL names; None where there is none of that name."""
    try:
        return apps.get_model(kwargs["app_label"], kwargs["model_name"])
    except LookupError:
        return None
