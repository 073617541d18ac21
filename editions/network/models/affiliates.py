"""An affiliate: one local organisation, with its own Wagtail Site, folder, collection and groups."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.images import get_image_model_string
from wagtail.models import Locale, Page

from ..validators import validate_colour, validate_time_zone


class Role(models.TextChoices):
    """What a person may be in an affiliate: one of these, each with all that the one before it may."""

    EDITOR = "editor", pgettext_lazy("role in an affiliate", "Editor")
    MODERATOR = "moderator", pgettext_lazy("role in an affiliate", "Moderator")
    ADMINISTRATOR = "administrator", pgettext_lazy("role in an affiliate", "Administrator")


class AffiliateQuerySet(models.QuerySet):
    def active(self):
        """Those whose site is served."""
        return self.filter(archived_at__isnull=True)

    def archived(self):
        return self.filter(archived_at__isnull=False)

    def of(self, user):
        """Those that `user` belongs to, in any role. National staff: see `network.scoping`."""
        return self.filter(groups__group__user=user).distinct()

    def owning(self, page: Page):
        """The one whose folder holds `page`, as a queryset of one or none."""
        paths = [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
        return self.filter(folder__path__in=paths)


class Affiliate(models.Model):
    """One local organisation.

    `languages` are language codes; the first one is that of its site's root page. Everything it owns hangs on
    four things: pages on `folder`, images and documents on `collection`, snippets on their `owner`, people on
    `groups`.
    """

    name = models.CharField(_("name"), max_length=120, help_text=_("What the organisation calls itself."))
    slug = models.SlugField(
        _("short name"),
        max_length=63,
        unique=True,
        help_text=_("Small letters, digits and hyphens. Used in addresses and for groups."),
        error_messages={"unique": _("Another affiliate already has this short name.")},
    )
    place = models.CharField(
        _("place"), max_length=120, help_text=_("City, county or state, as people there say it.")
    )
    site = models.OneToOneField(
        "wagtailcore.Site", on_delete=models.PROTECT, related_name="affiliate", verbose_name=_("site")
    )
    folder = models.OneToOneField(
        "wagtailcore.Page",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("folder"),
        help_text=_("The page above its home pages. Everything beneath it is the affiliate's."),
    )
    collection = models.OneToOneField(
        "wagtailcore.Collection", on_delete=models.PROTECT, related_name="+", verbose_name=_("collection")
    )
    languages = models.JSONField(
        _("languages"), default=list, help_text=_("Codes of the languages of its site, the first one first.")
    )
    logo = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
    )
    colour_1 = models.CharField(
        _("main colour"),
        max_length=7,
        default="#1d4f7c",
        validators=[validate_colour],
        help_text=_("For the head of the site and for buttons. White text stands on it."),
    )
    colour_2 = models.CharField(
        _("second colour"),
        max_length=7,
        default="#7a2e4d",
        validators=[validate_colour],
        help_text=_("For links and marks. White text stands on it, and it stands on white."),
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="America/New_York", validators=[validate_time_zone]
    )
    shows_first_language = models.BooleanField(
        _("show pages that are not translated"),
        default=False,
        help_text=_(
            "In your other languages, a page that has no translation yet is shown in your first language, with a notice. "
            "Otherwise it is missing there."
        ),
    )
    moderated = models.BooleanField(
        _("a moderator approves what editors write"),
        default=False,
        help_text=_("Editors then hand their pages in, and a moderator or an administrator publishes them."),
    )
    created_at = models.DateTimeField(_("opened"), auto_now_add=True)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)

    archived_note = models.CharField(
        _("what the closed site says"),
        max_length=500,
        blank=True,
        help_text=_("One or two sentences for readers: what happened, and who goes on."),
    )
    archived_to = models.URLField(
        _("where readers go instead"),
        blank=True,
        help_text=_("The full address of another site. Empty: national's."),
    )

    objects = AffiliateQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        verbose_name = _("affiliate")
        verbose_name_plural = _("affiliates")
        permissions = (
            ("act_nationally", _("Can act for the whole network")),
            ("manage_people", _("Can invite and remove the people of every affiliate")),
            ("manage_national_people", _("Can invite and remove national people")),
            ("read_log", _("Can read the log of the whole network")),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        return self.archived_at is None

    @property
    def first_language(self) -> str:
        return self.languages[0]

    @cached_property
    def locales(self) -> list[Locale]:
        """The locales of its languages, in order. A language whose locale was taken away is left out."""
        found = {
            locale.language_code: locale for locale in Locale.objects.filter(language_code__in=self.languages)
        }
        return [found[code] for code in self.languages if code in found]

    def offers(self, language_code: str) -> bool:
        """Whether the site is to be read in this language; what it does not offer is a 404."""
        return language_code in self.languages

    def homes(self):
        """Its home pages, one per language, as a queryset of plain pages."""
        return self.folder.get_children()

    def pages(self):
        """All its pages, homes included, in the tree's order."""
        return Page.objects.descendant_of(self.folder)

    def people(self, *roles: Role):
        """Its people who can log in, all or those with one of `roles`."""
        chosen = roles or tuple(Role)
        return (
            get_user_model()
            .objects.filter(is_active=True, groups__in=self.groups.filter(role__in=chosen).values("group"))
            .distinct()
        )

    def group(self, role: Role) -> Group:
        """The group whose members have `role` here."""
        return Group.objects.get(affiliate_group__affiliate=self, affiliate_group__role=role)

    def owns_page(self, page: Page) -> bool:
        """Whether `page` is its folder or beneath it."""
        return page.path.startswith(self.folder.path)


class AffiliateGroup(models.Model):
    """The group of one role of one affiliate."""

    affiliate = models.ForeignKey(Affiliate, on_delete=models.CASCADE, related_name="groups")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="affiliate_group")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("affiliate", "role"), name="network_one_group_a_role"),
        )
        verbose_name = _("group of an affiliate")
        verbose_name_plural = _("groups of affiliates")

    def __str__(self) -> str:
        return f"{self.affiliate}: {self.get_role_display()}"
