from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from editions.actions.errors import EditionError
from editions.canonical import canonical_content
from editions.content import get_content, identified
from editions.models import EditionMixin, Version
from editions.protecting import marks_of
from editions.spots import out_of_place
from editions.streams import same
from editions.writing import index_now


def live_content(page: EditionMixin) -> dict:
    """The content of the live row of a national page, in the editor's canonical form, every block with an id."""
    return identified(type(page), canonical_content(type(page), get_content(page)))


def is_new(
    page: EditionMixin,
    newest: Version | None,
    content: dict | None = None,
    marks: list[dict] | None = None,
    moved: bool | None = None,
) -> bool:
    """Whether the live page says, or protects, something that its newest version does not, or stands elsewhere. ``marks``
    (``editions.protecting``) and ``moved`` are looked up where they are not given."""
    if newest is None or newest.gone:
        return True
    if has_moved(page) if moved is None else moved:
        return True
    if newest.protected != (marks_of(page.translation_key) if marks is None else marks):
        return True
    content = live_content(page) if content is None else content
    return page.slug != newest.slug or not same(content, newest.content)


def has_moved(page: Page) -> bool:
    """Whether a national page stands elsewhere than its newest version says. Three statements."""
    siblings = page.get_siblings().filter(live=True)
    return page.pk in out_of_place(siblings.values_list("pk", "path"))


@transaction.atomic
def make_version(page: Page, user=None, *, in_force: bool = True) -> Version:
    """The newest version of a live national page: a new one, or the last one where nothing has changed since. ``in_force``:
    it is sent now, not at a later time.

    Raises EditionError for a page that is not published or that has no editions.
    """
    page = page.specific
    if not isinstance(page, EditionMixin) or page.base_version is not None:
        raise EditionError(
            _("“%(page)s” cannot be sent: it is not a national toolkit page.") % {"page": page.title}
        )
    if not page.live:
        raise EditionError(_("“%(page)s” is not published. Publish it, then send it.") % {"page": page.title})
    # Two who make its next version at once: the second waits here, and then finds the first one's.
    list(Page.objects.select_for_update(no_key=True).filter(pk=page.pk).values_list("pk"))
    newest = Version.objects.of(page).first()
    content = live_content(page)
    if not is_new(page, newest, content):
        if in_force and not newest.in_force:
            newest.in_force = True
            newest.save(update_fields=["in_force"])
        return newest
    version = unsaved_version(page, newest, content)
    version.created_by, version.in_force = user, in_force
    version.save()
    # Now, not in the background: editions made from this version copy what the index says of its page.
    index_now(page)
    return version


def unsaved_version(page: EditionMixin, newest: Version | None, content: dict) -> Version:
    """The version that sending ``page`` now would make."""
    siblings = page.get_siblings().filter(path__lt=page.path).order_by("-path")
    return Version(
        content_type=ContentType.objects.get_for_model(type(page)),
        source_id=page.pk,
        source_key=page.translation_key,
        locale_id=page.locale_id,
        number=newest.number + 1 if newest else 1,
        content=content,
        protected=marks_of(page.translation_key),
        slug=page.slug,
        parent_source_id=page.get_parent().pk,
        after_source_ids=list(siblings.values_list("pk", flat=True)),
    )


def gone_from(newest: Version) -> Version:
    """The version, not saved, which says that the page of ``newest`` is gone; its words are those that it said last."""
    copied = ("content_type_id", "source_id", "source_key", "locale_id", "content", "protected", "slug")
    copied += ("parent_source_id", "after_source_ids")
    return Version(**{name: getattr(newest, name) for name in copied}, number=newest.number + 1, gone=True)


@transaction.atomic
def make_gone_version(source_id: int, user=None, *, in_force: bool = True) -> Version:
    """The newest version of a page that national has unpublished or deleted: one that says so. Raises EditionError for a page that
    is published, or was never sent."""
    sent = Version.objects.select_related("content_type").filter(source_id=source_id).order_by("-number")
    # Two who send it at once: the second waits here, and then finds the first one's.
    list(Version.objects.select_for_update().filter(source_id=source_id).values_list("pk"))
    newest = sent.first()
    check_gone(source_id, newest)
    if newest.gone:
        if in_force and not newest.in_force:
            newest.in_force = True
            newest.save(update_fields=["in_force"])
        return newest
    version = gone_from(newest)
    version.created_by, version.in_force = user, in_force
    version.save()
    return version


def check_gone(source_id: int, newest: Version | None) -> None:
    if newest is None:
        raise EditionError(_("One of these pages was never sent, so there is nothing to take off."))
    if Page.objects.filter(pk=source_id, live=True).exists():
        raise EditionError(_("“%(page)s” is published again. Send it as it is.") % {"page": newest.title})
