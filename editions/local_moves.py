"""What an editor's move of a page means for its edition, and what a release at the same moment may have left of its address."""

from django.db import transaction
from wagtail.models import Page

from editions import tree
from editions.models import Edition
from editions.moving import Here, above, locked, under, write_places
from editions.spots import wanted_place


@transaction.atomic
def note_move(*, instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs) -> None:
    """For the signal ``post_page_move``, which the engine's own moves do not send. An edition stays where it was put; put back at
    national's place, it follows again."""
    mend(instance, [parent_page_before.pk, parent_page_after.pk])
    edition = Edition.objects.select_related("base").filter(page_id=instance.pk).first()
    if edition is not None:
        moved = wanted_place(edition) != (None, None)
        Edition.objects.filter(pk=edition.pk).update(moved_here=moved)


def mend(page: Page, parents: list[int]) -> None:
    """Wagtail works out a moved page's address before the move, and writes it afterwards: without the slug that a release gave the
    page in between. Addresses beneath it are then cut at the wrong place, too. And where a release moved the page meanwhile,
    its parents are miscounted."""
    here = Page.objects.filter(pk=page.pk).values_list("path", "slug", "url_path").first()
    if here is None:
        return
    path, slug, url_path = here
    parent = Page.objects.filter(path=above(path)).values_list("pk", "url_path").first()
    if parent is None or url_path == f"{parent[1]}{slug}/":
        return
    addresses = {above(path): parent[1]}
    rows: list[Here] = []
    for each in sorted(under([path]), key=lambda each: each.path):
        address = f"{addresses[above(each.path)]}{each.slug}/"
        addresses[each.path] = address
        rows.append(Here(each.pk, each.path, each.depth, each.slug, address, each.live, each.locale_id))
    write_places(rows, paths_too=False)
    for each in locked(pk__in={parent[0], *parents}).values():
        children = Page.objects.filter(path__startswith=each.path, depth=len(each.path) // tree.STEP + 1)
        Page.objects.filter(pk=each.pk).update(numchild=children.count())
