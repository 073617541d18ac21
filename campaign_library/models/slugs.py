"""Short names in addresses: unique among what one owner has in one language."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _


def unique_with_owner(model_name: str, field: str) -> list[models.UniqueConstraint]:
    """The two constraints that keep ``field`` unique for each owner and language; national has no owner."""
    return [
        models.UniqueConstraint(fields=("owner", "locale", field), name=f"{model_name}_{field}_of_owner"),
        models.UniqueConstraint(
            fields=("locale", field), condition=models.Q(owner=None), name=f"{model_name}_{field}_national"
        ),
    ]


def refuse_taken(snippet: models.Model, field: str) -> None:
    """Raises ValidationError at ``field`` where another of the same owner and language has its value.

    The form has no field for the language, so Django leaves the constraints to the database, which only crashes.
    """
    value = getattr(snippet, field)
    if not value or snippet.locale_id is None:
        return
    others = (
        type(snippet)
        ._base_manager.filter(owner_id=snippet.owner_id, locale_id=snippet.locale_id, **{field: value})
        .exclude(pk=snippet.pk)
    )
    if other := others.first():
        message = _("“%(other)s” has this already. Choose another.") % {"other": other}
        raise ValidationError({field: ValidationError(message, code="unique")})
