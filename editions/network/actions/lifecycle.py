"""What may become of an affiliate: another address, archived, restored, deleted."""

from __future__ import annotations

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Site

from editions.actions.errors import EditionError, NotAllowed

from ..former import cache_key
from ..models import Affiliate, FormerAddress
from ..roles import owned_models
from ..scoping import is_national
from ..workflows import remove_workflow
from .create_affiliate import HOSTNAME


class CannotChangeAffiliate(EditionError):
    """`message_dict` says what is wrong, by field."""


class LifecycleAction:
    """`user` None is the system. Each locks the affiliate's row, so that two at once take turns."""

    permission = "network.change_affiliate"

    def __init__(self, affiliate: Affiliate, *, user=None):
        self.affiliate, self.user = affiliate, user

    def check_user(self) -> None:
        if self.user is not None and not (is_national(self.user) and self.user.has_perm(self.permission)):
            raise NotAllowed(_("Only network managers do this."))

    def locked(self) -> Affiliate:
        found = (
            Affiliate.objects.select_for_update(of=("self",))
            .select_related("site", "folder", "collection")
            .filter(pk=self.affiliate.pk)
            .first()
        )
        if found is None:
            raise CannotChangeAffiliate(_("This affiliate is not here any more."))
        return found

    def log(self, affiliate: Affiliate, action: str, **data) -> None:
        log(instance=affiliate, action=f"network.{action}", user=self.user, data=data)


class ChangeHostname(LifecycleAction):
    """The site answers at another host name; the old one sends readers on, page by page."""

    def __init__(self, affiliate: Affiliate, hostname: str, *, user=None):
        super().__init__(affiliate, user=user)
        self.hostname = hostname.strip().lower()

    def check(self, affiliate: Affiliate) -> None:
        message = ""
        if not HOSTNAME.match(self.hostname):
            message = _(
                "Write a host name such as cook-county.example.org, without https:// and without a path."
            )
        elif affiliate.site.hostname == self.hostname:
            message = _("This is its address already.")
        elif Site.objects.filter(hostname=self.hostname).exists():
            message = _("Another site of the network is already at this address.")
        elif FormerAddress.objects.filter(hostname=self.hostname).exclude(affiliate=affiliate).exists():
            message = _("This was another affiliate’s address, and sends its readers on.")
        if message:
            raise CannotChangeAffiliate({"hostname": [message]})

    @transaction.atomic
    def execute(self) -> Affiliate:
        self.check_user()
        affiliate = self.locked()
        self.check(affiliate)
        site, before = affiliate.site, affiliate.site.hostname
        FormerAddress.objects.filter(hostname=self.hostname).delete()
        FormerAddress.objects.update_or_create(
            hostname=before, port=site.port, defaults={"affiliate": affiliate, "left_at": timezone.now()}
        )
        site.hostname = self.hostname
        site.save()
        self.log(affiliate, "change_hostname", before=before, hostname=self.hostname)
        # All that ever led here: each was remembered with the address that is now the one before.
        names = [*affiliate.former_addresses.values_list("hostname", flat=True), self.hostname]
        transaction.on_commit(lambda: cache.delete_many([cache_key(name) for name in names]))
        return affiliate


class ArchiveAffiliate(LifecycleAction):
    """The site says that it is closed and where to go; everything is kept, and editors still see it."""

    def __init__(self, affiliate: Affiliate, *, note: str = "", to: str = "", user=None):
        super().__init__(affiliate, user=user)
        self.note, self.to = note.strip(), to.strip()

    def check(self, affiliate: Affiliate) -> None:
        if affiliate.archived_at:
            raise CannotChangeAffiliate(_("It is archived already."))
        errors = {}
        if len(self.note) > 500:
            errors["archived_note"] = [_("At most 500 signs.")]
        if self.to:
            try:
                URLValidator(schemes=["http", "https"])(self.to)
            except ValidationError as error:
                errors["archived_to"] = error.messages
        if errors:
            raise CannotChangeAffiliate(errors)

    @transaction.atomic
    def execute(self) -> Affiliate:
        self.check_user()
        affiliate = self.locked()
        self.check(affiliate)
        affiliate.archived_at, affiliate.archived_note = timezone.now(), self.note
        affiliate.archived_to = self.to
        affiliate.save(update_fields=["archived_at", "archived_note", "archived_to"])
        self.log(affiliate, "archive")
        return affiliate


class RestoreAffiliate(LifecycleAction):
    """The site is served again, as it was."""

    @transaction.atomic
    def execute(self) -> Affiliate:
        self.check_user()
        affiliate = self.locked()
        if not affiliate.archived_at:
            raise CannotChangeAffiliate(_("It is not archived."))
        affiliate.archived_at = None
        affiliate.save(update_fields=["archived_at"])
        self.log(affiliate, "restore")
        return affiliate


class DeleteAffiliate(LifecycleAction):
    """Takes away pages, files, snippets, groups, profile and site, for good. People keep their accounts.

    It has to be archived, and its short name typed: nobody deletes the wrong one by a click. The log keeps one
    line with its name.
    """

    permission = "network.delete_affiliate"

    def __init__(self, affiliate: Affiliate, *, typed: str, user=None):
        super().__init__(affiliate, user=user)
        self.typed = typed.strip()

    def check(self, affiliate: Affiliate) -> None:
        if not affiliate.archived_at:
            raise CannotChangeAffiliate(_("Archive it first. Deleting cannot be undone."))
        if self.typed != affiliate.slug:
            raise CannotChangeAffiliate(
                {"typed": [_("Type the short name exactly: %(slug)s") % {"slug": affiliate.slug}]}
            )

    @transaction.atomic
    def execute(self) -> None:
        self.check_user()
        affiliate = self.locked()
        self.check(affiliate)
        site, folder, collection = affiliate.site, affiliate.folder, affiliate.collection
        groups = [row.group for row in affiliate.groups.select_related("group")]
        self.log(affiliate, "delete_affiliate", name=affiliate.name, hostname=site.hostname)
        remove_workflow(folder)
        affiliate.logo = None
        affiliate.save(update_fields=["logo"])
        hosts = [cache_key(each.hostname) for each in affiliate.former_addresses.all()]
        # Editions and adoptions go with the site; its root page may not stand in the way of its going.
        pages = folder.get_descendants(inclusive=True)
        path = folder.path
        self._delete_snippets(affiliate)
        affiliate.delete()
        site.delete()
        pages.model.objects.get(path=path).delete(user=self.user)
        for model in (get_image_model(), get_document_model()):
            for item in model.objects.filter(collection__path__startswith=collection.path):
                item.delete()
        collection.refresh_from_db()
        collection.delete()
        for group in groups:
            group.delete()
        transaction.on_commit(lambda: cache.delete_many(hosts))

    def _delete_snippets(self, affiliate: Affiliate) -> None:
        """Those that others of its own point to come later. Raises CannotChangeAffiliate for what never can."""
        left = [model for model in owned_models() if model._base_manager.filter(owner=affiliate).exists()]
        while left:
            stuck = []
            for model in left:
                try:
                    with transaction.atomic():
                        model._base_manager.filter(owner=affiliate).delete()
                except ProtectedError:
                    stuck.append(model)
            if len(stuck) == len(left):
                names = ", ".join(str(model._meta.verbose_name_plural) for model in stuck)
                raise CannotChangeAffiliate(_("Others still use its %(names)s.") % {"names": names})
            left = stuck
