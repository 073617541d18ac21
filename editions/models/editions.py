from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, Site

from editions.conflicts import Kind

from .versions import Version
from .withdrawals import Withdrawal


class Holdable(models.Model):
    """Lets no updates in until a date, or until lifted; the tie to national stays."""

    on_hold = models.BooleanField(_("on hold"), default=False)
    hold_until = models.DateField(_("hold until"), null=True, blank=True, help_text=_("Empty: until lifted."))

    class Meta:
        abstract = True

    def is_held(self, today=None) -> bool:
        today = today or timezone.localdate()
        return self.on_hold and (self.hold_until is None or self.hold_until > today)


class SiteSettings(models.Model):
    """How updates arrive on one affiliate's site, where an adopted toolkit does not say otherwise."""

    site = models.OneToOneField(Site, on_delete=models.CASCADE, related_name="edition_settings")
    ask_first = models.BooleanField(
        _("ask me first"),
        default=False,
        help_text=_(
            "Updates from national wait until an editor accepts them. Otherwise, clean changes go live at once."
        ),
    )

    class Meta:
        verbose_name = _("update settings")
        verbose_name_plural = _("update settings")

    def __str__(self):
        return str(self.site)


class Adoption(Holdable):
    """A whole toolkit that a site follows, in all the languages that the site offers."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="adoptions")
    source_key = models.UUIDField(help_text="The translation key of the national toolkit page.")
    ask_first = models.BooleanField(
        _("ask me first"), null=True, default=None, help_text=_("Unknown: as the site's settings say.")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("adopted toolkit")
        verbose_name_plural = _("adopted toolkits")
        constraints = [models.UniqueConstraint(fields=["site", "source_key"], name="adopted_once")]

    def __str__(self):
        return f"{self.site}: {self.source_key}"


def open_conflict():
    from .conflicts import Conflict

    return Exists(Conflict.objects.filter(edition=OuterRef("pk"), settled_at=None))


def open_question():
    """A conflict that asks: where protected words have replaced the affiliate's, nothing is left to decide."""
    from .conflicts import Conflict

    asks = Conflict.objects.open().exclude(kind=Kind.PROTECTED)
    return Exists(asks.filter(edition=OuterRef("pk")))


class EditionQuerySet(models.QuerySet):
    """Speaks the words of the laws; ``_q`` twins serve filters of related tables."""

    def of(self, site):
        return self.filter(site=site)

    def shown(self):
        """Editions that have a page: the others were deleted here, which means hidden."""
        return self.filter(page__isnull=False)

    def behind(self):
        return self.filter(~Q(base=F("sent")), page__isnull=False)

    def held(self):
        today = timezone.localdate()
        until = Q(on_hold=True) & (Q(hold_until=None) | Q(hold_until__gt=today))
        whole = Q(adoption__on_hold=True) & (Q(adoption__hold_until=None) | Q(adoption__hold_until__gt=today))
        return self.filter(until | whole)

    def offered(self):
        """Pages that national added where the affiliate asks first: not on the site yet, and never published here."""
        return self.filter(page__live=False, page__first_published_at=None)

    def undecided(self):
        return self.behind() | self.offered()

    def waiting(self):
        """Undecided and not held: an editor has to accept the update, or the new page."""
        held = self.model.objects.held().values("pk")
        return self.undecided().exclude(pk__in=held)

    def in_conflict(self):
        return self.filter(open_conflict(), page__isnull=False)


class Edition(Holdable):
    """The tie of one page of a site to the national page that it follows, in one language.

    ``page`` is empty where the site deleted the page: that is hiding, and it does not come back by itself.
    ``base`` mirrors ``page.base_version`` of the live row; drafts and revisions carry their own.
    ``sent`` is the newest version sent to it. Behind is: ``base`` is not ``sent``.
    """

    page = models.OneToOneField(Page, null=True, on_delete=models.SET_NULL, related_name="edition")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="editions")
    locale = models.ForeignKey(Locale, on_delete=models.PROTECT, related_name="+")
    adoption = models.ForeignKey(Adoption, null=True, on_delete=models.CASCADE, related_name="editions")
    source_id = models.PositiveBigIntegerField()
    source_key = models.UUIDField()
    base = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    sent = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    # An editor has put the page at another place than national's; what national moves later does not reach it.
    moved_here = models.BooleanField(default=False)
    # The page went off line with national's, and comes back with it.
    taken_off = models.BooleanField(default=False)
    # Off every site until national puts it back; nobody can publish the page meanwhile.
    withdrawal = models.ForeignKey(Withdrawal, null=True, on_delete=models.SET_NULL, related_name="editions")

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [models.UniqueConstraint(fields=["site", "source_id"], name="edition_once")]
        indexes = [models.Index(fields=["source_id"]), models.Index(fields=["source_key"])]

    def __str__(self):
        return f"{self.site}: {self.base}"

    @property
    def is_hidden(self) -> bool:
        return self.page_id is None

    @property
    def is_behind(self) -> bool:
        return self.page_id is not None and self.base_id != self.sent_id

    @property
    def is_offered(self) -> bool:
        """A new page of national's that waits for an editor to put it on the site."""
        return self.page_id is not None and not self.page.live and self.page.first_published_at is None

    @property
    def is_taken_off(self) -> bool:
        """Off line since national took its page off; an editor may have published it again."""
        return self.taken_off and self.page_id is not None and not self.page.live

    @property
    def is_undecided(self) -> bool:
        return self.is_behind or self.is_offered

    @property
    def held(self) -> bool:
        return self.is_held() or (self.adoption is not None and self.adoption.is_held())

    @property
    def asks_first(self) -> bool:
        """Whether updates wait for an editor: the adopted toolkit's own setting, else the site's."""
        if self.adoption is not None and self.adoption.ask_first is not None:
            return self.adoption.ask_first
        return SiteSettings.objects.filter(site=self.site_id, ask_first=True).exists()
