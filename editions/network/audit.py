"""How the network's actions read in histories."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter


class CreatedAffiliate(LogFormatter):
    label = gettext_lazy("Open an affiliate")

    def format_message(self, log_entry):
        return _("Opened at %(hostname)s") % {"hostname": log_entry.data.get("hostname", "")}


class UpdatedProfile(LogFormatter):
    label = gettext_lazy("Change a profile")

    def format_message(self, log_entry):
        return _("Changed %(names)s") % {"names": ", ".join(log_entry.data.get("changed", []))}


def register(actions):
    """For the hook ``register_log_actions``."""
    actions.register_action("network.create_affiliate")(CreatedAffiliate)
    actions.register_action("network.update_profile")(UpdatedProfile)
