"""The importer's entries in Wagtail's audit log: one for each change of state."""

from django.utils.translation import gettext_lazy as _

ACTIONS = [
    ("toolkit_pages.import_start", _("Read a text"), _("Text to import read")),
    ("toolkit_pages.import_again", _("Read again"), _("Text to import read from another file")),
    ("toolkit_pages.import_mend", _("Mend"), _("Text to import mended")),
    ("toolkit_pages.import_undo", _("Take a mend back"), _("Mend of a text to import taken back")),
    ("toolkit_pages.import_discard", _("Discard"), _("Text to import discarded")),
    ("toolkit_pages.import", _("Import"), _("Imported from a file")),
]


def register(actions) -> None:
    for action, label, message in ACTIONS:
        actions.register_action(action, label, message)
