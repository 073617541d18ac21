"""The page editor's answer to a release that comes while a form is open (law 6)."""

from django.utils.functional import cached_property
from wagtail.models import Revision

from editions.models import Update


class EditionEditMixin:
    """For Wagtail's page ``EditView``.

    A release may make a newer revision while somebody edits. Stock Wagtail then refuses the autosave and the
    overwriting of that person's own last save. Nothing is in danger here, as the posted text is merged up;
    so revisions that a release made do not count as somebody else's, and what would overwrite an older
    revision makes a new one instead.
    """

    def dispatch(self, request, *args, **kwargs):
        self.posted_overwrite_id = request.POST.get("overwrite_revision_id")
        if request.method == "POST" and self.posted_overwrite_id:
            page_id = kwargs.get("page_id") or args[0]
            latest = self.newest_revision_id(page_id)
            if (
                str(latest) != self.posted_overwrite_id
                and str(self.newest_by_people(page_id)) == self.posted_overwrite_id
            ):
                request.POST = request.POST.copy()
                request.POST["overwrite_revision_id"] = ""
        return super().dispatch(request, *args, **kwargs)

    @staticmethod
    def revisions(page_id):
        return Revision.page_revisions.filter(object_id=str(page_id)).order_by("-created_at", "-id")

    def newest_revision_id(self, page_id):
        return self.revisions(page_id).values_list("pk", flat=True).first()

    def newest_by_people(self, page_id):
        newest = self.newest_revision_by_people(page_id)
        return newest and newest.pk

    def newest_revision_by_people(self, page_id):
        made = Update.objects.filter(edition__page_id=page_id, revision_id__isnull=False).values(
            "revision_id"
        )
        return self.revisions(page_id).exclude(pk__in=made).first()

    @cached_property
    def is_out_of_date(self):
        if self.latest_revision is None:
            return False
        by_people = self.newest_revision_by_people(self.page.pk)
        if by_people == self.latest_revision:
            return super().is_out_of_date
        if self.posted_overwrite_id:
            return by_people is None or self.posted_overwrite_id != str(by_people.pk)
        loaded = self.request.POST.get("loaded_revision_id")
        if not loaded or by_people is None or loaded == str(self.latest_revision.pk):
            return False
        # Loaded before the release. The person's own autosaves overwrite one revision, so its time counts
        # too.
        seen = self.request.POST.get("loaded_revision_created_at", "")
        return loaded != str(by_people.pk) or seen != by_people.created_at.isoformat()
