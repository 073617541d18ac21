"""Opens an affiliate from one form or one row of a file: site, toolkits, the first person."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import validate_email
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.users.models import UserProfile

from editions.actions.adopt import Adopt
from editions.actions.errors import EditionError, NotAllowed
from editions.models import Adoption, EditionMixin
from editions.national import national_site

from ..models import Invitation, Opening, Role
from ..models.openings import StepDone
from ..scoping import is_national
from .create_affiliate import CannotCreateAffiliate, CreateAffiliate
from .people import Invite

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wanted:
    """What an affiliate is to be. `toolkits` are slugs of national pages; `email` is its first administrator's."""

    name: str
    place: str
    hostname: str
    languages: list[str]
    slug: str = ""
    port: int = 80
    time_zone: str = "America/New_York"
    colour_1: str = ""
    colour_2: str = ""
    toolkits: list[str] = field(default_factory=list)
    email: str = ""
    values: dict[str, str] = field(default_factory=dict)

    @property
    def short_name(self) -> str:
        return self.slug or slugify(self.name)[:63].strip("-")

    def creating(self, user=None) -> CreateAffiliate:
        fields = asdict(self)
        fields.pop("toolkits"), fields.pop("email")
        return CreateAffiliate(**{**fields, "slug": self.short_name}, user=user)


def offered_toolkits() -> list[Page]:
    """What national offers to adopt, in its first language, in the tree's order."""
    pages = national_site().root_page.get_children().live().specific()
    return [page for page in pages if isinstance(page, EditionMixin)]


class RequestOpening:
    """Checks all that is wanted and puts it into the queue; `tasks.open_affiliate` does it.

    Raises NotAllowed, or CannotCreateAffiliate with messages by field; nothing is written then.
    """

    def __init__(self, wanted: Wanted, *, user=None, batch=None):
        self.wanted, self.user, self.batch = wanted, user, batch

    def check(self, toolkits: Mapping[str, Page] | None = None) -> None:
        """`toolkits` by slug saves asking for them again for each row of a file."""
        if self.user is not None and not (
            is_national(self.user) and self.user.has_perm("network.add_affiliate")
        ):
            raise NotAllowed(_("Only network managers open an affiliate."))
        errors: dict[str, list] = {}
        try:
            self.wanted.creating(self.user).check()
        except CannotCreateAffiliate as error:
            errors.update(error.message_dict)
        if self.wanted.email:
            try:
                validate_email(self.wanted.email)
            except ValidationError as error:
                errors["email"] = error.messages
        known = toolkits if toolkits is not None else {page.slug: page for page in offered_toolkits()}
        if unknown := [slug for slug in self.wanted.toolkits if slug not in known]:
            errors["toolkits"] = [
                _("National offers no toolkit called %(slug)s.") % {"slug": slug} for slug in unknown
            ]
        for row in Opening.objects.unfinished():
            for name in ("hostname", "slug"):
                if row.wanted.get(name) == (
                    self.wanted.short_name if name == "slug" else self.wanted.hostname
                ):
                    errors.setdefault(name, []).append(_("An affiliate with this is being opened just now."))
        if errors:
            raise CannotCreateAffiliate(errors)

    @transaction.atomic
    def execute(self) -> Opening:
        self.check()
        return self.write()

    def row(self) -> dict[str, Any]:
        """What an opening keeps of what is wanted."""
        return asdict(self.wanted) | {
            "slug": self.wanted.short_name,
            "hostname": self.wanted.hostname.strip().lower(),
        }

    def write(self) -> Opening:
        from ..tasks import open_affiliate

        opening = Opening(wanted=self.row(), created_by=self.user)
        if self.batch:
            opening.batch = self.batch
        opening.save()
        transaction.on_commit(lambda: open_affiliate.enqueue(opening.pk))
        return opening


class OpenAffiliate:
    """Carries an opening out, step by step, each in a transaction of its own.

    What is done already is found and left: killed and started again, or tried again after something was put
    right, it goes on. A step that fails says what to do, and those after it that do not need it are still done.
    """

    def __init__(self, opening: Opening):
        self.opening = opening
        self.wanted = Wanted(**opening.wanted)

    def execute(self) -> Opening:
        opening = self.opening
        if opening.state == Opening.State.DONE:
            return opening
        with override(self.language()):
            return self.carry_out()

    def language(self) -> str | None:
        """Of who reads the receipt: who asked for it."""
        by = self.opening.created_by
        return UserProfile.get_for_user(by).get_preferred_language() if by else get_language()

    def carry_out(self) -> Opening:
        opening = self.opening
        opening.state, opening.steps, opening.finished_at = Opening.State.RUNNING, [], None
        opening.save(update_fields=["state", "steps", "finished_at"])
        if self.step("site", _("Site, home pages, collection, groups and profile"), self.make_site):
            for slug in self.wanted.toolkits:
                self.step(f"toolkit:{slug}", self.title_of(slug), lambda slug=slug: self.adopt(slug))
            if self.wanted.email:
                self.step("invitation", _("Invitation of the first administrator"), self.invite)
        failed = any(not row["ok"] for row in opening.steps)
        opening.state = Opening.State.FAILED if failed else Opening.State.DONE
        opening.finished_at = timezone.now()
        opening.save(update_fields=["state", "finished_at"])
        return opening

    def step(self, key: str, title: str, work) -> bool:
        try:
            with transaction.atomic():
                message, ok = work(), True
        except EditionError as error:
            message, ok = in_words(error), False
        except (DatabaseError, OSError) as error:
            logger.exception("Step %s of opening %s failed", key, self.opening.pk)
            message = _("It did not work: %(error)s. Try again; nothing is done twice.") % {"error": error}
            ok = False
        self.opening.steps.append(asdict(StepDone(key, title, ok, str(message))))
        self.opening.save(update_fields=["steps"])
        return ok

    def title_of(self, slug: str) -> str:
        page = self.page(slug)
        return _("Toolkit “%(title)s”") % {"title": page.title if page else slug}

    def page(self, slug: str) -> Page | None:
        return national_site().root_page.get_children().filter(slug=slug).first()

    def make_site(self) -> str:
        opening = self.opening
        if opening.affiliate is None:
            affiliate = self.wanted.creating().execute()
            opening.affiliate = affiliate
            opening.save(update_fields=["affiliate"])
        return opening.affiliate.site.root_url

    def adopt(self, slug: str) -> str:
        page, site = self.page(slug), self.opening.affiliate.site
        if page is None:
            raise EditionError(_("National offers it no more. Adopt another one under Toolkits."))
        adoption = Adoption.objects.filter(site=site, source_key=page.translation_key).first()
        adoption = adoption or Adopt(page, site).execute()
        count = adoption.editions.count()
        return ngettext("%(count)d page", "%(count)d pages", count) % {"count": count}

    def invite(self) -> str:
        affiliate, email = self.opening.affiliate, self.wanted.email.strip().lower()
        there = Invitation.objects.into(affiliate).filter(email=email).exists()
        if not there:
            Invite(affiliate, email=email, role=Role.ADMINISTRATOR).execute()
        return email


class RetryOpening:
    """Does again what failed."""

    def __init__(self, opening: Opening, *, user=None):
        self.opening, self.user = opening, user

    @transaction.atomic
    def execute(self) -> Opening:
        from ..tasks import open_affiliate

        if self.user is not None and not self.user.has_perm("network.add_affiliate"):
            raise NotAllowed(_("Only network managers open an affiliate."))
        opening = Opening.objects.select_for_update(of=("self",)).get(pk=self.opening.pk)
        if opening.state != Opening.State.FAILED:
            raise EditionError(_("There is nothing to try again."))
        opening.state = Opening.State.QUEUED
        opening.save(update_fields=["state"])
        transaction.on_commit(lambda: open_affiliate.enqueue(opening.pk))
        return opening


def in_words(error: ValidationError) -> str:
    by_field = getattr(error, "message_dict", {NON_FIELD_ERRORS: error.messages})
    return " ".join(
        message if name == NON_FIELD_ERRORS else f"{name}: {message}"
        for name, messages in by_field.items()
        for message in messages
    )


def clashes(rows: Iterable[Wanted]) -> dict[int, dict[str, list[str]]]:
    """Rows of one file that want the same host name or short name: place in the list → messages by field."""
    first: dict[tuple[str, Any], int] = {}
    found: dict[int, dict[str, list[str]]] = {}
    for number, row in enumerate(rows):
        for name, value in (("hostname", (row.hostname.lower(), row.port)), ("slug", row.short_name)):
            if (name, value) in first:
                found.setdefault(number, {})[name] = [_("Another row of this file has this too.")]
            first.setdefault((name, value), number)
    return found
