"""Add-ons declare themselves by an entry point in the group ``toolkit_network.addons``: name = Django app.

An installed add-on is on unless its name stands in ``TOOLKIT_ADDONS_OFF`` (comma-separated names).
Nothing is imported here: settings are read before Django's apps are.
"""

from importlib.metadata import entry_points

GROUP = "toolkit_network.addons"


def installed_addons(off: list[str]) -> list[str]:
    """The Django apps of all add-ons that are installed and not switched off, by name."""
    found = {point.name: point.value for point in entry_points(group=GROUP)}
    return [app for name, app in sorted(found.items()) if name not in off]
