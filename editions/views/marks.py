"""Differences between two texts as HTML, said to the eye and to a screen reader."""

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from editions.differences import Op, plain_text, word_diff
from editions.streams import Json

#: Characters of unchanged text that are left on each side of a change where a difference is shown in short.
CONTEXT = 60


def lines(text: str) -> SafeString:
    return mark_safe("<br>".join(conditional_escape(line) for line in text.split("\n")))


def read(value: Json) -> SafeString:
    """The words of a raw value, escaped, one line per paragraph."""
    return lines(plain_text(value))


def mark(op: Op, text: str, ours: bool) -> SafeString:
    """A deletion or an addition. Line breaks around it stay outside of the mark."""
    words = text.strip("\n")
    before, after = (
        (text[: len(text) - len(text.lstrip("\n"))], text[len(text.rstrip("\n")) :]) if words else (text, "")
    )
    if not words:
        return lines(before)
    if op is Op.INSERT:
        tag, said = ("ins", _("ours:")) if ours else ("ins", _("new:"))
    else:
        tag, said = "del", _("removed:")
    attrs = mark_safe(' class="editions-ours"' if ours and tag == "ins" else "")
    marked_up = format_html(
        '<{0}{1}><span class="w-sr-only">{2} </span>{3}<span class="w-sr-only"> {4} </span></{0}>',
        tag,
        attrs,
        said,
        lines(words),
        _("(end)"),
    )
    return mark_safe(lines(before) + marked_up + lines(after))


def shortened(text: str, *, first: bool, last: bool, context: int) -> str:
    """``text`` without its middle, or without its far end where nothing changes before or after it."""
    if first and last:
        return text if len(text) <= 2 * context else text[: 2 * context].rstrip() + "…"
    if first:
        return text if len(text) <= context else "…" + text[-context:].lstrip()
    if last:
        return text if len(text) <= context else text[:context].rstrip() + "…"
    return text if len(text) <= 2 * context else f"{text[:context].rstrip()} … {text[-context:].lstrip()}"


def marked(
    old: Json, new: Json, *, ours: bool = False, context: int | None = None, beside: bool = False
) -> SafeString:
    """What changes from ``old`` to ``new``, word by word. ``ours`` marks additions as the affiliate's own.

    With ``context`` unchanged text is cut to so many characters around each change. With ``beside`` the old
    text stands beside it anyway: where nothing of it is left, it is not struck out once more.
    """
    told = word_diff(old, new)
    if beside and [op for op, _text in told] == [Op.DELETE, Op.INSERT]:
        told = told[1:]
    parts = []
    for number, (op, text) in enumerate(told):
        if op is Op.EQUAL:
            if context is not None:
                text = shortened(text, first=number == 0, last=number == len(told) - 1, context=context)
            parts.append(lines(text))
        else:
            parts.append(mark(op, text, ours))
    return mark_safe("".join(parts))
