"""National's Spanish as wagtail-localize keeps it: each English string translated, tied to its place."""

import json
from collections import defaultdict
from typing import Any

from django.db import transaction
from wagtail.models import Locale
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments


class DoesNotPair(Exception):
    """A text has another number of pieces in the translation than in the source."""


def strings(instance: Any) -> dict[str, list[str]]:
    """Content path to the strings that wagtail-localize finds there, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for segment in extract_segments(instance):
        if isinstance(segment, StringSegmentValue):
            found[segment.path].append(segment.string.data)
    return found


def write_strings(texts: dict[tuple[int, int], str], locale: Locale, user) -> None:
    """(string, context) → its translation, written in as few statements as there can be."""
    known = {
        (one.translation_of_id, one.context_id): one
        for one in StringTranslation.objects.filter(
            locale=locale,
            translation_of__in={string for string, _context in texts},
            context__in={context for _string, context in texts},
        )
    }
    changed = [one for key, one in known.items() if key in texts and one.data != texts[key]]
    for one in changed:
        one.data, one.last_translated_by = texts[one.translation_of_id, one.context_id], user
    StringTranslation.objects.bulk_update(changed, ["data", "last_translated_by"])
    StringTranslation.objects.bulk_create(
        StringTranslation(
            translation_of_id=string,
            context_id=context,
            locale=locale,
            data=text,
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            last_translated_by=user,
        )
        for (string, context), text in texts.items()
        if (string, context) not in known
    )


@transaction.atomic
def translate(source: Any, words: Any, locale: Locale, pictures: dict[int, int], user=None) -> None:
    """Publish ``source`` (a saved page or snippet) in ``locale`` with the words of ``words``.

    ``words`` is an object of the same type, in memory, with the same blocks and ids: its strings are paired
    with the source's by content path. ``pictures`` maps an image of the source to that of the
    translation. Raises DoesNotPair. May be called again after the source has changed.
    """
    kept, _created = TranslationSource.update_or_create_from_instance(source)
    translation, _created = Translation.objects.get_or_create(source=kept, target_locale=locale)
    theirs = strings(words)
    ours: dict[str, list[StringSegment]] = defaultdict(list)
    for segment in StringSegment.objects.filter(source=kept).select_related("context").order_by("order"):
        ours[segment.context.path].append(segment)
    texts: dict[tuple[int, int], str] = {}
    for path, segments in ours.items():
        if len(segments) != len(theirs.get(path, ())):
            raise DoesNotPair(f"{source}: {path}: {len(segments)} and {len(theirs.get(path, ()))} pieces")
        texts |= {
            (segment.string_id, segment.context_id): text
            for segment, text in zip(segments, theirs[path], strict=True)
        }
    write_strings(texts, locale, user)
    for segment in OverridableSegment.objects.filter(source=kept).select_related("context"):
        shown = json.loads(segment.data_json)
        if segment.context.path.endswith(".image") and shown in pictures:
            SegmentOverride.objects.update_or_create(
                locale=locale,
                context=segment.context,
                defaults={"data_json": json.dumps(pictures[shown]), "last_translated_by": user},
            )
    # wagtail-localize itself publishes after the commit only; the sending needs the page live before.
    translation.save_target(user=user, publish=False)
    translation.get_target_instance().get_latest_revision().publish(user=user)
