"""Pages that hold a site up: folders and homes."""

from django.db import models
from wagtail.models import PagePermissionTester


class StructurePermissionTester(PagePermissionTester):
    """Leaves the taking away, moving and copying of a folder or home to national staff.

    A site without its root page is off the network, and whatever stands directly in a folder is served as a
    home.
    """

    def _national(self) -> bool:
        from ..scoping import is_national

        return is_national(self.user)

    def can_delete(self, ignore_bulk=False):
        return self._national() and super().can_delete(ignore_bulk=ignore_bulk)

    def can_unpublish(self):
        return self._national() and super().can_unpublish()

    def can_copy(self):
        return self._national() and super().can_copy()

    def can_set_view_restrictions(self):
        return self._national() and super().can_set_view_restrictions()


class FolderPermissionTester(StructurePermissionTester):
    """A folder is arranged by national staff only: what it holds, its name and its order."""

    def __init__(self, user, page):
        super().__init__(user, page)
        if not self._national():
            self.permissions = set()


class HomePermissionMixin(models.Model):
    """For the page type of homes: affiliates edit and publish theirs, and cannot take it away. Put it
    before Page."""

    class Meta:
        abstract = True

    def permissions_for_user(self, user):
        return StructurePermissionTester(user, self)


class FolderPermissionMixin(models.Model):
    """For the page type of folders: affiliates see theirs and touch nothing of it. Put it before Page."""

    class Meta:
        abstract = True

    def permissions_for_user(self, user):
        return FolderPermissionTester(user, self)
