"""Opens all affiliates of a CSV, or says by row what is wrong and opens none."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from editions.actions.errors import EditionError

from ..models import Opening
from ..opening_file import Row
from .create_affiliate import CannotCreateAffiliate
from .open_affiliate import RequestOpening, Wanted, clashes, offered_toolkits


@dataclass
class Checked:
    """A row, what it asks for (None where its form is wrong), and what is wrong: column → messages."""

    row: Row
    wanted: Wanted | None
    errors: dict[str, list[str]] = field(default_factory=dict)


class OpenMany:
    """The dry run (`check`) and the doing (`execute`) read the rows with the same eyes."""

    def __init__(self, rows: list[Row], *, user=None):
        self.rows, self.user = rows, user

    def check(self) -> list[Checked]:
        """All rows. Raises NotAllowed; what is wrong with rows is in them."""
        from ..opening_forms import problem_in_words, wanted_of

        toolkits = {page.slug: page for page in offered_toolkits()}
        checked = []
        for row in self.rows:
            errors = {name: [problem_in_words(kind)] for name, kind in row.problems.items()}
            wanted = None if errors else wanted_of(row)
            if wanted is not None:
                try:
                    RequestOpening(wanted, user=self.user).check(toolkits)
                except CannotCreateAffiliate as error:
                    errors = {**error.message_dict}
            checked.append(Checked(row, wanted, errors))
        sound = [each for each in checked if each.wanted is not None]
        for number, errors in clashes([each.wanted for each in sound]).items():
            sound[number].errors = {**errors, **sound[number].errors}
        return checked

    @transaction.atomic
    def execute(self) -> list[Opening]:
        """One opening for each row, in the queue. Raises EditionError where any row is wrong."""
        checked = self.check()
        if wrong := [each.row.line for each in checked if each.errors]:
            raise EditionError(
                _("Nothing was opened. Put these lines right: %(lines)s.")
                % {"lines": ", ".join(str(line) for line in wrong)}
            )
        batch = uuid.uuid4()
        return [RequestOpening(each.wanted, user=self.user, batch=batch).write() for each in checked]
