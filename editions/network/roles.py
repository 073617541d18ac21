"""Who may do what: one table for the affiliates' roles, one for the national ones.

A `Right` is one line: the words that people read (*What you may do*), the roles that have it, and what
Wagtail and Django are told for it. `ensure_affiliate_groups` and `ensure_national_groups` write the table
into the groups, again at any time: what a role has no more is taken away; what the tables do not know, and
someone gave the group in the admin, stays.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, Page, Site
from wagtail.snippets.models import get_snippet_models

from .granting import set_files, set_pages, set_permissions
from .models import Affiliate, AffiliateGroup, NationalGroup, NationalRole, OwnedMixin, Role
from .workflows import ensure_legal_review, ensure_moderation

NATIONAL_COLLECTION, AFFILIATES_COLLECTION = "National", "Affiliates"

EDITOR, MODERATOR, ADMINISTRATOR = Role.EDITOR, Role.MODERATOR, Role.ADMINISTRATOR
WRITER, LEGAL, MANAGER = NationalRole.WRITER, NationalRole.LEGAL, NationalRole.MANAGER
NATIONAL_ADMINISTRATOR = NationalRole.ADMINISTRATOR


@dataclass(frozen=True)
class Right:
    """One thing that a role may do.

    `pages`, `snippets` and `files` are Wagtail's names of actions: on the affiliate's own, or on national's;
    with `everywhere` on everybody's. `permissions` are ``app_label.codename``. `unless_moderated` are roles
    that lose it where a moderator approves what editors write.
    """

    words: str
    roles: tuple[str, ...]
    pages: tuple[str, ...] = ()
    snippets: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()
    everywhere: bool = False
    unless_moderated: tuple[str, ...] = ()

    def is_of(self, role: str, *, moderated: bool = False) -> bool:
        return role in self.roles and not (moderated and role in self.unless_moderated)


ENTER = ("wagtailadmin.access_admin", "wagtail_localize.submit_translation")

AFFILIATE_RIGHTS = (
    Right(
        _("Write your pages, chapters and events, and change what came from national"),
        (EDITOR, MODERATOR, ADMINISTRATOR),
        pages=("add", "change"),
        snippets=("add", "change", "delete"),
        permissions=ENTER,
    ),
    Right(
        _("Add pictures and documents, and use those that national shares"),
        (EDITOR, MODERATOR, ADMINISTRATOR),
        files=("add", "change", "choose"),
    ),
    Right(
        _("Publish, adopt toolkits, and decide about updates from national"),
        (EDITOR, MODERATOR, ADMINISTRATOR),
        pages=("publish",),
        snippets=("publish",),
        unless_moderated=(EDITOR,),
    ),
    Right(_("Approve what editors hand in, or send it back with a note"), (MODERATOR, ADMINISTRATOR)),
    Right(
        _("Lock pages, and delete a page with all beneath it"),
        (MODERATOR, ADMINISTRATOR),
        pages=("bulk_delete", "lock", "unlock"),
        snippets=("lock", "unlock"),
    ),
    Right(_("Set the profile: words, colours, logo, how updates arrive"), (ADMINISTRATOR,)),
    Right(_("Invite people, change their role, remove them"), (ADMINISTRATOR,)),
    Right(_("Read the log of what was done here"), (ADMINISTRATOR,)),
)
"""What a role may do in its own affiliate, and nowhere else."""

ALL_NATIONAL = (WRITER, LEGAL, MANAGER, NATIONAL_ADMINISTRATOR)

NATIONAL_RIGHTS = (
    Right(
        _("See the whole network, and write national pages, the library, pictures and documents"),
        ALL_NATIONAL,
        pages=("add", "change"),
        snippets=("add", "change"),
        files=("add", "change", "choose"),
        permissions=(*ENTER, "network.act_nationally"),
    ),
    Right(
        _("Approve in the legal review, or send back with a note"),
        (LEGAL,),
    ),
    Right(
        _("Publish national pages and the library, and lock them"),
        (LEGAL, MANAGER, NATIONAL_ADMINISTRATOR),
        pages=("publish", "lock", "unlock"),
        snippets=("publish", "lock", "unlock", "delete"),
    ),
    Right(
        _("Protect legal text: affiliates show it as it is"),
        (LEGAL, MANAGER, NATIONAL_ADMINISTRATOR),
        permissions=("editions.protect_content",),
    ),
    Right(
        _("Send to affiliates, and undo what was sent"),
        (MANAGER, NATIONAL_ADMINISTRATOR),
        permissions=("editions.send_release",),
    ),
    Right(
        _("Withdraw a page from all sites, and put it back"),
        (MANAGER, NATIONAL_ADMINISTRATOR),
        permissions=("editions.withdraw_content",),
    ),
    Right(
        _("Change every affiliate's pages and files, to help or to take something down"),
        (MANAGER, NATIONAL_ADMINISTRATOR),
        pages=("add", "change", "publish", "bulk_delete", "lock", "unlock"),
        files=("add", "change", "choose"),
        permissions=(
            "wagtailredirects.add_redirect",
            "wagtailredirects.change_redirect",
            "wagtailredirects.delete_redirect",
        ),
        everywhere=True,
    ),
    Right(
        _("Open, move, archive and restore affiliates, and set their profiles"),
        (MANAGER, NATIONAL_ADMINISTRATOR),
        permissions=("network.add_affiliate", "network.change_affiliate", "network.view_affiliate"),
    ),
    Right(
        _("Invite and remove the people of every affiliate"),
        (MANAGER, NATIONAL_ADMINISTRATOR),
        permissions=("network.manage_people",),
    ),
    Right(
        _("Read the log of the whole network"),
        (MANAGER, NATIONAL_ADMINISTRATOR),
        permissions=("network.read_log",),
    ),
    Right(
        _("Invite and remove national people"),
        (NATIONAL_ADMINISTRATOR,),
        permissions=("network.manage_national_people",),
    ),
    Right(
        _("Delete an affiliate for good, add languages, change workflows"),
        (NATIONAL_ADMINISTRATOR,),
        permissions=(
            "network.delete_affiliate",
            "wagtailcore.add_locale",
            "wagtailcore.change_locale",
            "wagtailcore.add_workflow",
            "wagtailcore.change_workflow",
            "wagtailcore.add_task",
            "wagtailcore.change_task",
        ),
    ),
)
"""What a national role may do, in what is national or (`everywhere`) on all sites."""

GROUP_NAMES = {
    EDITOR: "editors",
    MODERATOR: "moderators",
    ADMINISTRATOR: "administrators",
    WRITER: "National writers",
    LEGAL: "National legal reviewers",
    MANAGER: "Network managers",
    NATIONAL_ADMINISTRATOR: "National administrators",
}


def rights_of(role: str, *, moderated: bool = False) -> list[tuple[Right, bool]]:
    """Every right that roles of this kind may have, and whether `role` has it, in the table's order."""
    table = AFFILIATE_RIGHTS if role in Role.values else NATIONAL_RIGHTS
    return [(right, right.is_of(role, moderated=moderated)) for right in table]


def granted(table: tuple[Right, ...], role: str, kind: str, **how) -> list[str]:
    """What `role` is given of `kind` (``pages``, ``files``, …), each name once; `how` as for `Right.is_of`."""
    return list(
        dict.fromkeys(name for right in table if right.is_of(role, **how) for name in getattr(right, kind))
    )


def known(table: tuple[Right, ...], kind: str) -> list[str]:
    """All that the table gives to anybody: what may be taken away again."""
    return list(dict.fromkeys(name for right in table for name in getattr(right, kind)))


def owned_models() -> list[type[OwnedMixin]]:
    """All models whose objects belong to an affiliate or to national, add-ons' included."""
    return [model for model in apps.get_models() if issubclass(model, OwnedMixin)]


def national_collection() -> Collection:
    """Where national's images and documents are: every affiliate may choose from it."""
    return _collection(NATIONAL_COLLECTION)


def affiliates_collection() -> Collection:
    """The collection above the affiliates' own."""
    return _collection(AFFILIATES_COLLECTION)


def _collection(name: str) -> Collection:
    root = Collection.get_first_root_node()
    found = root.get_children().filter(name=name).first()
    return found or root.add_child(instance=Collection(name=name))


def national_folder() -> Page:
    """The page above all of national's: the topmost above the home of the default site."""
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    home = site.root_page if site else Page.get_first_root_node()
    depth = min(home.depth, 2)
    return Page.objects.get(path=home.path[: depth * Page.steplen])


def ensure_national_groups() -> dict[NationalRole, Group]:
    """Makes the national groups with their permissions, and the legal review.

    Permissions whose app is not installed are left out: they come with the next call.
    """
    everything, folder = Page.get_first_root_node(), national_folder()
    files, own_files = Collection.get_first_root_node(), national_collection()
    found = {row.role: row.group for row in NationalGroup.objects.select_related("group")}
    groups = {}
    for role in NationalRole:
        group = found.get(role)
        if group is None:
            group, _made = Group.objects.get_or_create(name=GROUP_NAMES[role])
            NationalGroup.objects.create(role=role, group=group)
        table = NATIONAL_RIGHTS
        wide = tuple(right for right in table if right.everywhere)
        set_permissions(group, granted(table, role, "permissions"), known(table, "permissions"))
        set_permissions(
            group,
            granted(table, role, "snippets"),
            known(table, "snippets"),
            models=get_snippet_models(),
        )
        set_pages(group, folder, granted(table, role, "pages"), known(table, "pages"))
        set_files(group, own_files, granted(table, role, "files"), known(table, "files"))
        if everything != folder:
            set_pages(group, everything, granted(wide, role, "pages"), known(table, "pages"))
        set_files(group, files, granted(wide, role, "files"), known(table, "files"))
        groups[role] = group
    if everything != folder:
        ensure_legal_review(folder, groups[LEGAL])
    return groups


def ensure_affiliate_groups(affiliate: Affiliate) -> dict[Role, Group]:
    """Makes the affiliate's groups, one for each role, with their permissions, and its moderation."""
    found = {row.role: row.group for row in affiliate.groups.select_related("group")}
    table, models, groups = AFFILIATE_RIGHTS, owned_models(), {}
    for role in Role:
        group = found.get(role)
        if group is None:
            group = Group.objects.create(name=_free_name(affiliate, role))
            AffiliateGroup.objects.create(affiliate=affiliate, role=role, group=group)
        how = {"moderated": affiliate.moderated}
        set_permissions(group, granted(table, role, "permissions", **how), known(table, "permissions"))
        set_permissions(
            group, granted(table, role, "snippets", **how), known(table, "snippets"), models=models
        )
        set_pages(group, affiliate.folder, granted(table, role, "pages", **how), known(table, "pages"))
        files = granted(table, role, "files", **how)
        set_files(group, affiliate.collection, files, known(table, "files"))
        set_files(group, national_collection(), ["choose"], ["choose"])
        groups[role] = group
    ensure_moderation(affiliate, [groups[role] for role in (MODERATOR, ADMINISTRATOR)])
    return groups


def group_of(role: str, affiliate: Affiliate | None = None) -> Group:
    """The group of a role, in `affiliate` or nationally; made where an older network has none yet."""
    if affiliate is None:
        found = Group.objects.filter(national_group__role=role).first()
        return found or ensure_national_groups()[NationalRole(role)]
    found = Group.objects.filter(affiliate_group__affiliate=affiliate, affiliate_group__role=role).first()
    return found or ensure_affiliate_groups(affiliate)[Role(role)]


def _free_name(affiliate: Affiliate, role: Role) -> str:
    name = f"{affiliate.name}: {GROUP_NAMES[role]}"
    taken = Group.objects.filter(name=name).exists()
    return f"{affiliate.name} ({affiliate.slug}): {GROUP_NAMES[role]}"[:150] if taken else name
