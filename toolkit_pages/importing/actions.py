"""From an upload to pages: one class for each change of state. All are national staff's."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Locale, Page, Site

from editions.national import homes, national_site
from editions.network.scoping import is_national
from toolkit_pages.importing.mends import OPERATIONS, Mend, from_json
from toolkit_pages.importing.models import ToolkitImport, ToolkitUpload
from toolkit_pages.importing.receipt import ImportResult
from toolkit_pages.importing.refusing import ImportRefused
from toolkit_pages.importing.results import STANDING, Source
from toolkit_pages.importing.writing import ImportToolkit

MAX_TITLE = 255
MAX_NOTE = 500


def may_import(user: Any) -> bool:
    """National staff who may add pages beneath one of the national homes. Affiliates import nothing: a toolkit is
    national's, and an affiliate makes its own pages by hand or adopts national's.
    """
    if not (user.is_active and is_national(user)):
        return False
    return any(home.permissions_for_user(user).can_add_subpage() for home in national_homes())


def national_homes() -> list[Page]:
    """The national home pages, one for each language; none before there is a default site."""
    try:
        return list(homes(national_site()).values())
    except Site.DoesNotExist:
        return []


class Importing:
    def __init__(self, user: Any) -> None:
        self.user = user

    def check(self) -> None:
        if not may_import(self.user):
            raise PermissionDenied(_("Only national staff may import toolkits."))


class StartImport(Importing):
    """Keeps what was read from a file until somebody accepts it. The mends of the toolkit's last import come along."""

    def __init__(
        self,
        source: Source,
        data: bytes,
        *,
        title: str,
        publisher: str,
        language: str,
        file_name: str,
        user: Any,
    ) -> None:
        super().__init__(user)
        self.source = source
        self.upload = ToolkitUpload(
            title=title.strip(),
            publisher=publisher.strip(),
            language=language,
            file_name=file_name[:255],
            digest=hashlib.sha256(data).hexdigest(),
            uploaded_by=user,
        )

    @transaction.atomic
    def execute(self) -> ToolkitUpload:
        self.check()
        ToolkitUpload.objects.abandoned().delete()
        last = last_import(self.upload.title, self.upload.language)
        self.upload.mends = last.mends if last else []
        self.upload.take(self.source)
        self.upload.save()
        self.upload.keep(self.source)
        log(
            instance=self.upload,
            action="toolkit_pages.import_start",
            user=self.user,
            data={"file": self.upload.file_name},
        )
        return self.upload


def last_import(title: str, language: str) -> ToolkitImport | None:
    """The import that an upload will be merged with, if its toolkit was imported before."""
    locale = Locale.objects.filter(language_code=language).first()
    home = next((home for home in national_homes() if locale and home.locale_id == locale.pk), None)
    if home is None:
        return None
    return ToolkitImport.objects.filter(title__iexact=title, toolkit__path__startswith=home.path).first()


class OfUpload(Importing):
    """What is done to one upload, which is locked: two editors at once lose nothing."""

    def __init__(self, upload: ToolkitUpload, *, user: Any) -> None:
        super().__init__(user)
        self.upload = upload

    def lock(self) -> ToolkitUpload:
        self.check()
        locked = ToolkitUpload.objects.select_for_update().waiting().filter(pk=self.upload.pk).first()
        if locked is None:
            raise ImportRefused(_("This text is no longer here: somebody imported or discarded it."))
        return locked


class ReadAgain(OfUpload):
    """Takes another file in place of the one uploaded; the mends stay."""

    def __init__(
        self, upload: ToolkitUpload, source: Source, data: bytes, *, file_name: str, user: Any
    ) -> None:
        super().__init__(upload, user=user)
        self.source, self.data, self.file_name = source, data, file_name

    @transaction.atomic
    def execute(self) -> ToolkitUpload:
        upload = self.lock()
        upload.take(self.source)
        upload.file_name = self.file_name[:255]
        upload.digest = hashlib.sha256(self.data).hexdigest()
        upload.save()
        upload.keep(self.source)
        log(
            instance=upload,
            action="toolkit_pages.import_again",
            user=self.user,
            data={"file": upload.file_name},
        )
        return upload


class MendImport(OfUpload):
    """Adds a mend, if it changes anything. Of two new titles for one chapter, or two notes on one doubt, the
    last stays.
    """

    def __init__(self, upload: ToolkitUpload, mend: Mend, *, user: Any) -> None:
        super().__init__(upload, user=user)
        self.mend = mend

    @transaction.atomic
    def execute(self) -> ToolkitUpload:
        upload = self.lock()
        mend = self.mend
        if mend.op not in OPERATIONS or not mend.key:
            raise ImportRefused(_("This change is not known. Load the page again."))
        if mend.op == "rename" and not 0 < len(mend.value.strip()) <= MAX_TITLE:
            raise ImportRefused(
                _("A chapter needs a title of at most %(count)d characters.") % {"count": MAX_TITLE}
            )
        if mend.op == "dismiss" and not 0 < len(mend.value.strip()) <= MAX_NOTE:
            raise ImportRefused(_("Say in a few words why this is fine; the receipt shows it."))
        if mend.op == "dismiss" and mend.key.partition(":")[0] in STANDING:
            raise ImportRefused(
                _("This cannot be dismissed: the page editor would not save it. Correct it in the file.")
            )
        mend = Mend(mend.op, mend.key, mend.value.strip())
        mends = from_json(upload.mends)
        if mend.op in ("rename", "dismiss"):
            mends = [each for each in mends if (each.op, each.key) != (mend.op, mend.key)]
        upload.mends = [each.as_json() for each in (*mends, mend)]
        if mend in upload.parsed().unused:
            raise ImportRefused(_("This cannot be done here: the text has no such place for it."))
        upload.save()
        log(
            instance=upload,
            action="toolkit_pages.import_mend",
            user=self.user,
            data=mend.as_json(),
        )
        return upload


class UndoMend(OfUpload):
    """Takes back one mend, by its place in the list."""

    def __init__(self, upload: ToolkitUpload, at: int, *, user: Any) -> None:
        super().__init__(upload, user=user)
        self.at = at

    @transaction.atomic
    def execute(self) -> ToolkitUpload:
        upload = self.lock()
        if not 0 <= self.at < len(upload.mends):
            raise ImportRefused(_("This change is not known. Load the page again."))
        gone = upload.mends[self.at]
        upload.mends = [each for at, each in enumerate(upload.mends) if at != self.at]
        upload.save()
        log(instance=upload, action="toolkit_pages.import_undo", user=self.user, data=gone)
        return upload


class AcceptImport(OfUpload):
    """Makes the pages, as drafts or published, by the action that the command uses. All of it or nothing."""

    def __init__(self, upload: ToolkitUpload, *, publish: bool, user: Any) -> None:
        super().__init__(upload, user=user)
        self.publish = publish

    @transaction.atomic
    def execute(self) -> ImportResult:
        upload = self.lock()
        result = ImportToolkit(
            upload.parsed(),
            title=upload.title,
            publisher=upload.publisher,
            language=upload.language,
            user=self.user,
            publish=self.publish,
            file_name=upload.file_name,
            digest=upload.digest,
            mends=from_json(upload.mends),
            pictures=upload.whole_pictures(),
        ).execute()
        upload.delete()
        return result


class DiscardImport(OfUpload):
    @transaction.atomic
    def execute(self) -> None:
        upload = self.lock()
        log(
            instance=upload,
            action="toolkit_pages.import_discard",
            user=self.user,
            data={"file": upload.file_name},
        )
        upload.delete()
