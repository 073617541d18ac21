"""The pictures of a toolkit as images of national's: made once, found again at the next import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.models import Collection

from toolkit_pages.importing.models import ToolkitImport
from toolkit_pages.importing.results import Picture


class UnusableImage(Exception):
    """A picture that cannot be stored. The message says what to do."""


class Images:
    """`keys` maps the names of pictures to primary keys. Where and by whom a photo was made is taken off as it is stored."""

    def __init__(self, last: ToolkitImport | None, title: str, user: Any) -> None:
        self.title = title
        self.user = user
        self.made: list[Any] = []
        known = last.report.get("pictures", {}) if last else {}
        there = set(get_image_model().objects.filter(pk__in=known.values()).values_list("pk", flat=True))
        self.keys: dict[str, int | None] = {name: pk for name, pk in known.items() if pk in there}

    def make(self, names: Sequence[str], pictures: Mapping[str, Picture], *, dry_run: bool) -> None:
        """Raises UnusableImage. A dry run makes none: files stay when a transaction is taken back."""
        for number, name in enumerate(names, start=1):
            if name not in self.keys:
                self.keys[name] = None if dry_run else self.image(pictures[name], number).pk

    def image(self, picture: Picture, number: int) -> Any:
        image = get_image_model()(
            title=_("%(toolkit)s, picture %(number)d") % {"toolkit": self.title[:200], "number": number},
            file=ContentFile(picture.data, picture.file_name),
            collection=Collection.get_first_root_node(),
            uploaded_by_user=self.user,
        )
        try:
            image.save()
        except (ValidationError, OSError) as error:
            raise UnusableImage(
                _("The picture “%(label)s” cannot be stored. Take it out of the file, and read it again.")
                % {"label": picture.label}
            ) from error
        self.made.append(image)
        return image

    def take_back(self) -> None:
        """The files of an import that failed: the rows are gone with the transaction."""
        for image in self.made:
            image.file.delete(save=False)
