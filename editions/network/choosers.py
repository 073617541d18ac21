"""What page choosers and the admin's internal API offer to affiliate users."""

from __future__ import annotations

from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.models import Page

from .scoping import affiliates_of, is_national, scope_queryset


def pages_to_choose(pages, request):
    """For ``construct_page_chooser_queryset``: own pages, national published ones, and what stands above
    own."""
    if is_national(request.user):
        return pages
    above = [
        affiliate.folder.path[:end]
        for affiliate in affiliates_of(request.user)
        for end in range(Page.steplen, len(affiliate.folder.path), Page.steplen)
    ]
    return scope_queryset(request.user, pages, with_national=True) | pages.filter(path__in=above)


class ScopedListing:
    """In front of a view of the admin's API: the user's own and what is national."""

    def get_queryset(self):
        return scope_queryset(self.request.user, super().get_queryset(), with_national=True)


class ScopedImages(ScopedListing, ImagesAdminAPIViewSet):
    pass


class ScopedDocuments(ScopedListing, DocumentsAdminAPIViewSet):
    pass


def scope_admin_api(router):
    """For ``construct_admin_api``: after Wagtail's own, which it replaces.

    Pages are scoped by Wagtail: it lists what the user can explore.
    """
    router.register_endpoint("images", ScopedImages)
    router.register_endpoint("documents", ScopedDocuments)
