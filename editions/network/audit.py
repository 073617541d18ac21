"""How the network's actions read in histories, and how Wagtail's do that name another page."""

from copy import copy

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter
from wagtail.models import Page, PageLogEntry

from .models import NationalRole, Role
from .scoping import owner_of, scope_queryset


class CreatedAffiliate(LogFormatter):
    label = gettext_lazy("Open an affiliate")

    def format_message(self, log_entry):
        return _("Opened at %(hostname)s") % {"hostname": log_entry.data.get("hostname", "")}


class UpdatedProfile(LogFormatter):
    label = gettext_lazy("Change a profile")

    def format_message(self, log_entry):
        return _("Changed %(names)s") % {"names": ", ".join(log_entry.data.get("changed", []))}


class NamesItsOwn(LogFormatter):
    """Before a formatter of Wagtail's: an affiliate's page came from another affiliate's, or went there, without a name.

    By the owner of the page whose history it is, whoever reads it. Two queries or three for an entry that names another page.
    """

    def __init__(self, formatter):
        self.formatter, self.label = formatter, formatter.label

    def format_message(self, log_entry):
        owner = owner_of(log_entry.page) if isinstance(log_entry, PageLogEntry) else None
        said = dict(log_entry.data)
        for key in NAMING if owner else ():
            if isinstance(said.get(key), dict) and not self._may_be_named(said[key].get("id"), owner):
                said[key] = {**said[key], "title": _("a page elsewhere")}
        entry = copy(log_entry)
        entry.data = said
        return self.formatter.format_message(entry)

    def _may_be_named(self, pk, owner):
        page = Page.objects.filter(pk=pk).first()
        return page is not None and owner_of(page) in (owner, None)


def hide_people_elsewhere(user, entries):
    """Of log entries that `user` reads: nobody who is in another affiliate by now is named. One query."""
    people = get_user_model()._default_manager.filter(pk__in={entry.user_id for entry in entries} - {None})
    seen = scope_queryset(user, people, with_national=True)
    elsewhere = set(people.exclude(pk__in=seen.values("pk")).values_list("pk", flat=True))
    for entry in entries:
        if entry.user_id in elsewhere:
            words = _("Someone elsewhere")
            entry.user, entry.user_display_name = get_user_model()(username=words), words


NAMING = ("source", "destination", "page")
MOVING = (
    "wagtail.move",
    "wagtail.copy",
    "wagtail.copy_for_translation",
    "wagtail.create_alias",
    "wagtail.reorder",
)


def role_names(roles):
    names = dict([*Role.choices, *NationalRole.choices])
    return ", ".join(str(names.get(role, role)) for role in roles) or _("no role")


class Invited(LogFormatter):
    label = gettext_lazy("Invite somebody")

    def format_message(self, log_entry):
        return _("Invited %(email)s as %(role)s") % said(log_entry)


class InvitedAgain(LogFormatter):
    label = gettext_lazy("Send an invitation again")

    def format_message(self, log_entry):
        return _("Sent the invitation to %(email)s again") % said(log_entry)


class RevokedInvitation(LogFormatter):
    label = gettext_lazy("Take an invitation back")

    def format_message(self, log_entry):
        return _("Took the invitation to %(email)s back") % said(log_entry)


class AcceptedInvitation(LogFormatter):
    label = gettext_lazy("Accept an invitation")

    def format_message(self, log_entry):
        return _("Accepted the invitation as %(role)s") % said(log_entry)


class ChangedRole(LogFormatter):
    label = gettext_lazy("Change a role")

    def format_message(self, log_entry):
        data = log_entry.data
        return _("%(person)s: from %(before)s to %(after)s") % {
            "person": data.get("person", ""),
            "before": role_names(data.get("before", [])),
            "after": role_names(data.get("roles", [])),
        }


class RemovedPerson(LogFormatter):
    label = gettext_lazy("Remove somebody")

    def format_message(self, log_entry):
        return _("Removed %(person)s") % {"person": log_entry.data.get("person", "")}


class ChangedHostname(LogFormatter):
    label = gettext_lazy("Move to another host name")

    def format_message(self, log_entry):
        data = log_entry.data
        return _("Moved from %(before)s to %(after)s") % {
            "before": data.get("before", ""),
            "after": data.get("hostname", ""),
        }


class DeletedAffiliate(LogFormatter):
    label = gettext_lazy("Delete an affiliate")

    def format_message(self, log_entry):
        return _("Deleted %(name)s for good") % {"name": log_entry.data.get("name", "")}


PLAIN = (
    ("network.archive", gettext_lazy("Archive an affiliate"), gettext_lazy("Closed the site")),
    ("network.restore", gettext_lazy("Restore an affiliate"), gettext_lazy("Opened the site again")),
    ("network.export", gettext_lazy("Export an affiliate"), gettext_lazy("Downloaded the bundle")),
    (
        "network.second_step_on",
        gettext_lazy("Switch the second step on"),
        gettext_lazy("Switched the second step of the login on"),
    ),
    (
        "network.second_step_off",
        gettext_lazy("Switch the second step off"),
        gettext_lazy("Switched the second step of the login off"),
    ),
    (
        "network.set_roles",
        gettext_lazy("Set the roles"),
        gettext_lazy("Set what each role may do, after an upgrade"),
    ),
    ("network.recovery_codes", gettext_lazy("New recovery codes"), gettext_lazy("Made new recovery codes")),
)


def said(log_entry):
    role = log_entry.data.get("role")
    return {"email": log_entry.data.get("email", ""), "role": role_names([role] if role else [])}


def register(actions):
    """For the hook ``register_log_actions``, after Wagtail's own."""
    for action in MOVING:
        actions.formatters[action] = NamesItsOwn(actions.formatters[action])
    actions.register_action("network.create_affiliate")(CreatedAffiliate)
    actions.register_action("network.update_profile")(UpdatedProfile)
    actions.register_action("network.invite")(Invited)
    actions.register_action("network.invite_again")(InvitedAgain)
    actions.register_action("network.revoke_invitation")(RevokedInvitation)
    actions.register_action("network.accept_invitation")(AcceptedInvitation)
    actions.register_action("network.change_role")(ChangedRole)
    actions.register_action("network.remove_person")(RemovedPerson)
    actions.register_action("network.change_hostname")(ChangedHostname)
    actions.register_action("network.delete_affiliate")(DeletedAffiliate)
    for action, label, message in PLAIN:
        actions.register_action(action, label, message)
