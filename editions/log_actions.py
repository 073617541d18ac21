"""The engine's entries in Wagtail's audit log: one for each change of state."""

from django.utils.translation import gettext_lazy as _

ACTIONS = [
    ("editions.send", _("Send to affiliates"), _("Sent to affiliates")),
    ("editions.schedule", _("Schedule a sending"), _("Scheduled to be sent to affiliates")),
    ("editions.cancel", _("Cancel a sending"), _("Scheduled sending cancelled")),
    ("editions.undo", _("Take a sending back"), _("Sending to affiliates taken back")),
    ("editions.withdraw", _("Withdraw"), _("Withdrawn from all sites by national")),
    ("editions.put_back", _("Put back"), _("Put back on line by national")),
    (
        "editions.withdraw_block",
        _("Withdraw a block"),
        _("A block of it withdrawn from all sites by national"),
    ),
    ("editions.put_back_block", _("Put a block back"), _("A block of it put back by national")),
    ("editions.protect", _("Protect"), _("Protected from changes by affiliates")),
    ("editions.unprotect", _("Take protection off"), _("Protection taken off")),
    ("editions.adopt", _("Adopt"), _("Adopted from national")),
    ("editions.add", _("Add from national"), _("Added by national")),
    ("editions.update", _("Update from national"), _("Updated from national")),
    ("editions.off", _("Take off with national"), _("Taken off line with national's page")),
    ("editions.on", _("Put on line with national"), _("Put on line again with national's page")),
    ("editions.accept", _("Accept update"), _("Update from national accepted")),
    ("editions.settle", _("Settle conflicts"), _("Conflicts with national settled")),
    ("editions.reopen", _("Take a decision back"), _("Decision on a conflict taken back")),
    ("editions.follow", _("Follow again"), _("Follows national again")),
    ("editions.follow_place", _("Back to national's place"), _("Put back at national's place")),
    ("editions.show", _("Show again"), _("Hidden block shown again")),
    ("editions.bring_back", _("Bring back"), _("Hidden page brought back")),
    ("editions.stop", _("Stop following"), _("Stopped following national")),
    ("editions.hold", _("Hold"), _("Updates from national held")),
    ("editions.lift", _("Lift hold"), _("Hold on updates lifted")),
    ("editions.ask_first", _("Ask first"), _("Changed whether updates ask first")),
]


def register(actions) -> None:
    for action, label, message in ACTIONS:
        actions.register_action(action, label, message)
