from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from editions.actions.errors import NotAllowed
from editions.models import Adoption


class AskFirst:
    """Whether the updates of one adopted toolkit wait for an editor: yes, no, or as the site's settings say
    (None)."""

    def __init__(self, adoption: Adoption, answer: bool | None, *, user=None):
        self.adoption, self.answer, self.user = adoption, answer, user

    def check(self) -> None:
        if self.user is None:
            return
        if not self.adoption.site.root_page.permissions_for_user(self.user).can_publish():
            raise NotAllowed(_("You may not decide about the updates of this site."))

    @transaction.atomic
    def execute(self) -> Adoption:
        self.check()
        self.adoption.ask_first = self.answer
        self.adoption.save(update_fields=["ask_first"])
        log(
            self.adoption.site.root_page.specific,
            "editions.ask_first",
            user=self.user,
            data={"ask_first": self.answer},
        )
        return self.adoption
