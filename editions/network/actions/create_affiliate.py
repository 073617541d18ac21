"""Opens an affiliate: folder, homes, site, collection, groups and profile, all or nothing."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.coreutils import get_content_languages
from wagtail.log_actions import log
from wagtail.models import Collection, Locale, Page, Site

from editions.actions.errors import EditionError, NotAllowed

from ..conf import FOLDER_PAGE_MODEL, HOME_PAGE_MODEL, page_model
from ..models import Affiliate, ProfileValue
from ..roles import affiliates_collection, ensure_affiliate_groups, ensure_national_groups
from ..scoping import is_national

HOSTNAME = re.compile(
    r"^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"
)
AFFILIATES_FOLDER = "affiliates"


class CannotCreateAffiliate(EditionError):
    """`message_dict` says what is wrong, by the name of the argument."""


class CreateAffiliate:
    """Opens one affiliate. Its homes are published at once; it has adopted no toolkit yet.

    `languages` are codes of installed languages, the site's first language first. `values` are profile
    values for all languages, by variable; name and place stand in for `affiliate` and `jurisdiction`.
    `user` None is the system (a command, a load); anyone else must act nationally and have the permission
    to add affiliates.
    """

    def __init__(
        self,
        *,
        name: str,
        slug: str,
        hostname: str,
        place: str,
        languages: Sequence[str],
        port: int = 80,
        time_zone: str = "America/New_York",
        colour_1: str = "",
        colour_2: str = "",
        values: Mapping[str, str] | None = None,
        user=None,
    ):
        self.name, self.slug, self.place = name.strip(), slug.strip(), place.strip()
        self.hostname, self.port = hostname.strip().lower(), port
        self.languages = list(languages)
        self.values = {"affiliate": self.name, "jurisdiction": self.place, **(values or {})}
        self.user = user
        fields = {"time_zone": time_zone, "colour_1": colour_1, "colour_2": colour_2}
        self.affiliate = Affiliate(
            name=self.name,
            slug=self.slug,
            place=self.place,
            languages=self.languages,
            **{field: value for field, value in fields.items() if value},
        )

    def check(self) -> None:
        """Raises NotAllowed, or CannotCreateAffiliate with a message for each argument that is wrong."""
        if self.user is not None and not (
            is_national(self.user) and self.user.has_perm("network.add_affiliate")
        ):
            raise NotAllowed(_("Only national staff can open an affiliate."))
        errors: dict[str, list] = {}
        try:
            self.affiliate.full_clean(exclude=["site", "folder", "collection", "languages"])
        except ValidationError as error:
            errors.update(error.error_dict)
        if message := self._wrong_hostname():
            errors["hostname"] = [message]
        if not 0 < self.port < 65536:
            errors["port"] = [_("A port is a number from 1 to 65535.")]
        if message := self._wrong_languages():
            errors["languages"] = [message]
        for name, value in self.values.items():
            try:
                ProfileValue(name=name, value=value).clean_fields(exclude=["affiliate", "locale"])
            except ValidationError as error:
                errors["values"] = [f"{name}: {message}" for message in error.messages]
        if errors:
            raise CannotCreateAffiliate(errors)

    def _wrong_hostname(self) -> str:
        if not HOSTNAME.match(self.hostname):
            return _(
                "Write a host name such as cook-county.example.org, without https:// and without a path."
            )
        # Whatever the port: browsers share cookies between ports, and a network is moved to another port as one.
        if Site.objects.filter(hostname=self.hostname).exists():
            return _("Another site of the network is already at this address.")
        return ""

    def _wrong_languages(self) -> str:
        if not self.languages:
            return _("Choose at least one language.")
        if len(set(self.languages)) != len(self.languages):
            return _("A language is named twice.")
        for code in self.languages:
            if code not in get_content_languages():
                return _("The network does not have the language “%(code)s”.") % {"code": code}
        return ""

    def execute(self) -> Affiliate:
        """The affiliate, written. Raises as `check` does; nothing is written then."""
        self.check()
        try:
            with transaction.atomic():
                return self._write()
        except IntegrityError as error:
            # Somebody opened one of the same name between the check and the writing.
            self.check()
            raise CannotCreateAffiliate(
                _("It could not be opened: something else was written at the same time. Try again.")
            ) from error

    def _write(self) -> Affiliate:
        ensure_national_groups()
        locales = [Locale.objects.get_or_create(language_code=code)[0] for code in self.languages]
        affiliate = self.affiliate
        affiliate.folder = self._folder(locales[0])
        homes = self._homes(affiliate.folder, locales)
        affiliate.site = Site(
            hostname=self.hostname,
            port=self.port,
            site_name=self.name,
            root_page=homes[0],
            is_default_site=False,
        )
        affiliate.site.full_clean()
        affiliate.site.save()
        affiliate.site_id = affiliate.site.pk
        affiliate.collection = affiliates_collection().add_child(instance=Collection(name=self.name))
        affiliate.save()
        ensure_affiliate_groups(affiliate)
        ProfileValue.objects.bulk_create(
            ProfileValue(affiliate=affiliate, name=name, value=value) for name, value in self.values.items()
        )
        log(
            instance=affiliate,
            action="network.create_affiliate",
            user=self.user,
            data={"hostname": self.hostname, "languages": self.languages},
        )
        return affiliate

    def _folder(self, locale: Locale) -> Page:
        model = page_model(FOLDER_PAGE_MODEL)
        return affiliates_folder().add_child(instance=model(title=self.name, slug=self.slug, locale=locale))

    def _homes(self, folder: Page, locales: list[Locale]) -> list[Page]:
        """One home for each language, with a translation key of the affiliate's own."""
        model, key = page_model(HOME_PAGE_MODEL), uuid.uuid4()
        homes = []
        for locale in locales:
            home = model(title=self.name, slug=locale.language_code, locale=locale, translation_key=key)
            homes.append(folder.add_child(instance=home))
            home.save_revision(user=self.user, log_action=False)
        return homes


def affiliates_folder() -> Page:
    """The folder that holds the affiliates' folders; made where it is missing."""
    existing = Affiliate.objects.select_related("folder").order_by("pk").first()
    if existing is not None:
        return existing.folder.get_parent()
    root = Page.get_first_root_node()
    found = root.get_children().filter(slug=AFFILIATES_FOLDER).first()
    if found is not None:
        return found
    folder = page_model(FOLDER_PAGE_MODEL)(
        title="Affiliates", slug=AFFILIATES_FOLDER, locale=Locale.get_default()
    )
    return root.add_child(instance=folder)
