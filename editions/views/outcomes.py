"""The outcomes of a sending in words, for the plan and for the receipt alike."""

from django.utils.translation import gettext_lazy as _

from editions.standing import Tone

#: What will be, in the plan; most urgent first.
WILL = {
    "conflict": _("asked: both changed the same words"),
    "forced": _("losing own words to protected ones; they are kept for them"),
    "waiting": _("waiting until they accept"),
    "held": _("on hold, until the hold ends"),
    "failed": _("failed"),
    "merged": _("merging with their own words, at once"),
    "applied": _("changing at once"),
    "added": _("getting a new page"),
    "off": _("going off line"),
    "hidden": _("hidden there, staying so"),
    "skipped": _("with nothing to do"),
}
#: What was done, in the receipt.
DONE = {
    "conflict": _("in conflict"),
    "forced": _("own words replaced, as protected"),
    "waiting": _("waiting for the affiliate"),
    "held": _("on hold"),
    "failed": _("failed"),
    "merged": _("merged with local words"),
    "applied": _("changed"),
    "added": _("added"),
    "off": _("taken off line"),
    "hidden": _("hidden there"),
    "skipped": _("skipped"),
}
#: What whoever reads the receipt can do.
TODO = {
    "conflict": _("The affiliate decides; until then its own words stand."),
    "forced": _("National's words stand. The affiliate's own are kept here for it, to copy."),
    "waiting": _("The affiliate asked to see updates first. It has been told."),
    "held": _("The affiliate holds updates. It arrives when the hold ends."),
    "failed": _("Try it again; if it fails again, show this message to whoever runs the server."),
    "hidden": _("The affiliate deleted the page. It stays so."),
}
TONES = {
    "conflict": Tone.CONFLICT,
    "forced": Tone.WAITS,
    "waiting": Tone.WAITS,
    "held": Tone.HELD,
    "failed": Tone.CONFLICT,
    "merged": Tone.OURS,
    "applied": Tone.STEP,
    "added": Tone.STEP,
    "off": Tone.HIDDEN,
    "hidden": Tone.HIDDEN,
    "skipped": Tone.HIDDEN,
}
ORDER = list(WILL)


def counted(counts: dict[str, int], words: dict = DONE) -> list[dict]:
    """Outcome counts as chips, most urgent first, none for what did not happen."""
    return [
        {"outcome": outcome, "count": counts[outcome], "words": words[outcome], "tone": TONES[outcome]}
        for outcome in ORDER
        if counts.get(outcome)
    ]
