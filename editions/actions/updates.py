"""What affiliates decide about updates: accept, hold, ask first."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Case, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from editions.actions.adding import add_held
from editions.actions.apply import reason_in_words, write_steps
from editions.actions.errors import EditionError, NotAllowed
from editions.actions.local_change import check_may_edit
from editions.loading import locked_editions, rows_of, target_of
from editions.models import Adoption, Edition, Update, Version
from editions.plan import ARRIVED, Step, decide
from editions.writing import log_pages


class AcceptUpdates:
    """Applies the newest version sent to each of some editions that are behind, whether held or waiting. A new page that waits
    goes on line."""

    def __init__(self, editions: Sequence[Edition], *, user=None):
        self.editions, self.user = list(editions), user

    def check(self) -> None:
        for edition in self.editions:
            if edition.page is None:
                raise EditionError(_("This page is hidden here. Bring it back, then accept its update."))
            check_may_edit(edition.page, self.user, publish=True)

    @transaction.atomic
    def execute(self) -> list[Step]:
        self.check()
        wanted = Edition.objects.filter(pk__in=[edition.pk for edition in self.editions]).order_by("pk")
        by_version = defaultdict(list)
        for edition in locked_editions(wanted):
            if edition.is_behind:
                by_version[edition.sent_id].append(edition)
        done = []
        for version_id, editions in by_version.items():
            version = Version.objects.select_related("content_type").get(pk=version_id)
            rows, pages = rows_of(version, editions)
            steps = [decide(row, target_of(version), accepted=True) for row in rows]
            revisions = write_steps(version, steps, pages, action="editions.accept", user=self.user)
            for step in steps:
                updates = Update.objects.filter(edition_id=step.row.edition_id, version=version)
                # A version that was here before, and comes back, has an update that arrived long ago.
                updates.exclude(outcome__in=ARRIVED).update(
                    outcome=step.outcome,
                    receipt=step.receipt,
                    message=reason_in_words(step.reason),
                    revision_id=revisions.get(step.row.page_id),
                )
            done += steps
        self.put_on_line(
            Edition.objects.offered().filter(
                withdrawal=None, pk__in=[edition.pk for edition in self.editions]
            )
        )
        return done

    def put_on_line(self, offered: QuerySet[Edition]) -> None:
        """What an editor has written there meanwhile stays a draft."""
        pages = dict(offered.values_list("page_id", "page__content_type_id"))
        editions = list(offered.values_list("pk", flat=True))
        now = timezone.now()
        Page.objects.filter(pk__in=pages).update(
            live=True,
            has_unpublished_changes=Case(When(latest_revision=None, then=False), default=True),
            first_published_at=now,
            last_published_at=now,
        )
        Update.objects.filter(edition__in=editions, outcome=Update.Outcome.WAITING).update(
            outcome=Update.Outcome.ADDED
        )
        for type_id in sorted(set(pages.values())):
            ids = [pk for pk, each in pages.items() if each == type_id]
            model = ContentType.objects.get_for_id(type_id).model_class()
            log_pages("editions.accept", model, ids, user=self.user)


def check_may_hold(target: Edition | Adoption, user) -> None:
    """Those who may publish the page (or the site's home) may hold it; so may national's senders."""
    if user is None or user.has_perm("editions.send_release"):
        return
    page = target.page if isinstance(target, Edition) else target.site.root_page
    if page is None:
        raise EditionError(_("This page is hidden here; there is nothing to hold."))
    if not page.permissions_for_user(user).can_publish():
        raise NotAllowed(_("You may not decide about the updates of this page."))


class Hold:
    """Lets no updates into an edition, or into a whole adopted toolkit, until a date or until lifted."""

    def __init__(self, target: Edition | Adoption, *, until: date | None = None, user=None):
        self.target, self.until, self.user = target, until, user

    def check(self) -> None:
        check_may_hold(self.target, self.user)
        if self.until is not None and self.until <= timezone.localdate():
            raise EditionError(_("Choose a date in the future, or none to hold until you lift it."))

    @transaction.atomic
    def execute(self) -> None:
        self.check()
        self.target.on_hold, self.target.hold_until = True, self.until
        self.target.save(update_fields=["on_hold", "hold_until"])
        log_hold(self.target, "editions.hold", self.user, {"until": self.until and self.until.isoformat()})


class LiftHold:
    """Ends a hold. What was sent meanwhile arrives at once, unless the affiliate wants to be asked first."""

    def __init__(self, target: Edition | Adoption, *, user=None):
        self.target, self.user = target, user

    def check(self) -> None:
        check_may_hold(self.target, self.user)

    @transaction.atomic
    def execute(self) -> list[Step]:
        self.check()
        if isinstance(self.target, Edition):
            editions = Edition.objects.filter(pk=self.target.pk)
        else:
            editions = self.target.editions.all()
        # A batch that still sees the hold comes first, and is seen below; one that comes later sees no hold any more.
        list(editions.order_by("pk").select_for_update().values_list("pk"))
        self.target.on_hold, self.target.hold_until = False, None
        self.target.save(update_fields=["on_hold", "hold_until"])
        log_hold(self.target, "editions.lift", self.user, {})
        if isinstance(self.target, Adoption):
            add_held(self.target)
        free = [
            edition
            for edition in editions.behind().select_related("adoption", "page")
            if not edition.held and not edition.asks_first
        ]
        # The engine lets the updates in, as it does with any release.
        return AcceptUpdates(free).execute() if free else []


def log_hold(target: Edition | Adoption, action: str, user, data: dict) -> None:
    page = target.page if isinstance(target, Edition) else target.site.root_page
    if page is not None:
        log(page.specific, action, user=user, data=data)
