"""Who acts for which site, told by Wagtail's own page permissions."""

from django.contrib.auth import get_user_model
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from wagtail.models import GroupPagePermission, Page, Site
from wagtail.permission_policies.pages import PagePermissionPolicy

from editions.national import affiliate_sites

SEND = "editions.send_release"
PROTECT = "editions.protect_content"
WITHDRAW = "editions.withdraw_content"


def may_send(user) -> bool:
    """Whether the user is of the national staff that sends updates."""
    return user.is_active and user.has_perm(SEND)


def may_protect(user) -> bool:
    """Whether the user is of the national staff that protects content."""
    return user.is_active and user.has_perm(PROTECT)


def may_withdraw(user) -> bool:
    """Whether the user is of the national staff that takes content off all sites."""
    return user.is_active and user.has_perm(WITHDRAW)


def sites_of(user) -> QuerySet[Site]:
    """The affiliates' sites that the user acts for: those whose home the user may edit. One statement when
    evaluated."""
    homes = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    return affiliate_sites().filter(root_page__in=homes.values("pk")).order_by("site_name", "hostname")


def recipients_of(site: Site) -> QuerySet:
    """Active users with an e-mail address whose right to publish is about this site and no other.

    National staff may publish everywhere, and would get a message for each of a thousand sites: a right that
    was given on a page above several sites' homes does not count, nor does being a superuser.
    """
    steps = range(Page.steplen, len(site.root_page.path) + 1, Page.steplen)
    here = [site.root_page.path[:end] for end in steps]
    others = (
        Site.objects.exclude(pk=site.pk)
        .annotate(home=F("root_page__path"))
        .filter(home__startswith=Concat(OuterRef("page__path"), Value("")))
    )
    groups = (
        GroupPagePermission.objects.filter(page__path__in=here, permission__codename="publish_page")
        .filter(~Exists(others))
        .values("group")
    )
    users = get_user_model()._default_manager.filter(Q(groups__in=groups), is_active=True, is_superuser=False)
    return users.exclude(email="").select_related("wagtail_userprofile").distinct().order_by("pk")
