"""An affiliate stops following national: the pages stay on its site, as its own."""

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from editions.actions.errors import EditionError
from editions.actions.local_change import check_may_edit
from editions.models import Adoption, Conflict, Edition, Withdrawal
from editions.writing import log_pages


class StopFollowing:
    """Makes pages that follow national the affiliate's own, with the words that they have: one page, or all that was adopted with a
    toolkit. Nothing that national sends reaches them from then on.

    Of a page in a toolkit that is still followed, the edition stays as a hidden one: national's does not come back by itself,
    and can be brought back. What national has withdrawn or protects keeps following; it can be taken off the site instead.
    """

    def __init__(self, target: Edition | Adoption, *, user=None):
        self.target, self.user = target, user

    def editions(self) -> QuerySet[Edition]:
        if isinstance(self.target, Adoption):
            return Edition.objects.filter(adoption=self.target)
        return Edition.objects.filter(pk=self.target.pk)

    def check(self) -> None:
        page = self.target.site.root_page if isinstance(self.target, Adoption) else self.target.page
        if page is None:
            raise EditionError(_("This page is hidden here. It follows nothing."))
        check_may_edit(page, self.user, publish=True)
        withdrawn = Withdrawal.objects.of_blocks().values("source_key")
        bound = self.editions().shown().exclude(base__protected=[]) | self.editions().filter(
            Q(withdrawal__isnull=False) | Q(source_key__in=withdrawn)
        )
        titles = [str(title) for title in bound.values_list("base__content__title", flat=True)[:3]]
        if titles:
            raise EditionError(
                _(
                    "National protects words there, or has withdrawn some of it: %(pages)s. Take it off your site instead."
                )
                % {"pages": ", ".join(f"“{title}”" for title in titles)}
            )

    @transaction.atomic
    def execute(self) -> list[int]:
        """Returns the ids of the pages that are the affiliate's own now. Raises EditionError, NotAllowed."""
        # A release that is at one of the pages comes first; a later one finds them gone.
        list(self.editions().order_by("pk").select_for_update(of=("self",)).values_list("pk"))
        self.check()
        by_type = defaultdict(list)
        for pk, type_id in self.editions().shown().values_list("page_id", "page__content_type_id"):
            by_type[type_id].append(pk)
        for type_id, ids in sorted(by_type.items()):
            model = ContentType.objects.get_for_id(type_id).model_class()
            model._base_manager.filter(pk__in=ids).update(base_version=None, kept=[])
            log_pages("editions.stop", model, ids, user=self.user)
        if isinstance(self.target, Adoption):
            self.target.delete()
        else:
            moot = {"decision": Conflict.Decision.MOOT, "settled_at": timezone.now()}
            Conflict.objects.open().filter(edition=self.target).update(**moot)
            self.editions().update(page=None)
        return [pk for ids in by_type.values() for pk in ids]


def count_shown(target: Edition | Adoption) -> int:
    return Page.objects.filter(edition__in=StopFollowing(target).editions()).count()
