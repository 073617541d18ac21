"""An affiliate's own copy of a national snippet: making it, catching up with national, going back to national's.

Each language is adapted by itself: the copy stands in for national's snippet in its language.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from editions.actions.errors import EditionError, NotAllowed
from editions.content import merge_options, set_content
from editions.merge import merge_page
from editions.models import Update
from editions.network.models import Affiliate
from editions.network.scoping import belongs_to, is_national

from ..adapted import content_of
from ..models.base import LibrarySnippet
from ..sharing import protection_of, withdrawal_of
from .receipt import ASKING


class CannotAdapt(EditionError):
    """The snippet is not one that can be adapted, or the copy follows nothing any more."""


class AdaptSnippet:
    """Makes ``affiliate``'s copy of a national snippet, as a draft: it stands in once it is published.

    Where there is a copy already, that one is returned and nothing is written. ``user`` None is the system.
    """

    def __init__(self, snippet: LibrarySnippet, affiliate: Affiliate, *, user: Any = None):
        self.snippet, self.affiliate, self.user = snippet, affiliate, user

    def check(self) -> None:
        """Raises NotAllowed for who may not make snippets of this affiliate, CannotAdapt for what is not national's."""
        if self.user is not None:
            own = is_national(self.user) or belongs_to(self.user, self.affiliate)
            policy = policy_registry.get_by_type(type(self.snippet))
            if not own or not policy.user_has_permission(self.user, "add"):
                raise NotAllowed(_("You may not adapt this for this affiliate."))
        if self.snippet.owner_id is not None:
            raise CannotAdapt(_("Only what national shares can be adapted; this belongs to an affiliate."))
        check_may_stand_in(self.snippet)
        if not self.snippet.live:
            raise CannotAdapt(_("National has not published this. Adapt it once it is on line."))

    @transaction.atomic
    def execute(self) -> LibrarySnippet:
        self.check()
        model = type(self.snippet)
        # Two people of one affiliate who press at once get one copy.
        national = model._base_manager.select_for_update().get(pk=self.snippet.pk)
        existing = model._base_manager.filter(adapts=national, owner=self.affiliate).order_by("pk").first()
        if existing is not None:
            return existing
        content = content_of(national)
        copy = model(
            owner=self.affiliate,
            locale_id=national.locale_id,
            translation_key=uuid.uuid4(),
            adapts=national,
            adapted_from=content,
            live=False,
            has_unpublished_changes=True,
        )
        set_content(copy, {name: value for name, value in content.items() if name != "tags"})
        copy.save()
        copy.tags.set(national.tags.all())
        copy.save_revision(user=self.user)
        log(copy, "campaign_library.adapt", user=self.user, data={"national": national.pk})
        return copy


def check_may_stand_in(snippet: LibrarySnippet) -> None:
    """Raises CannotAdapt where national protects or has withdrawn what ``snippet`` is, or is a copy of."""
    withdrawal = withdrawal_of(snippet)
    if withdrawal is not None:
        raise CannotAdapt(
            _("National has withdrawn this from all sites: %(reason)s") % {"reason": withdrawal.reason}
        )
    mark = protection_of(snippet)
    if mark is not None:
        raise CannotAdapt(_("National protects this: %(reason)s") % {"reason": mark.reason})


class OfCopy:
    """What is done with an affiliate's copy."""

    def __init__(self, copy: LibrarySnippet, *, user: Any = None):
        self.copy, self.user = copy, user

    def check(self) -> None:
        if self.user is not None:
            policy = policy_registry.get_by_type(type(self.copy))
            if not policy.user_has_permission_for_instance(self.user, "change", self.copy):
                raise NotAllowed(_("This belongs to national or to another affiliate: you cannot change it."))
        if self.copy.adapts_id is None:
            raise CannotAdapt(_("This stands in for nothing of national's any more."))

    def may_publish(self) -> bool:
        policy = policy_registry.get_by_type(type(self.copy))
        return self.user is None or policy.user_has_permission_for_instance(self.user, "publish", self.copy)


class MergeNational(OfCopy):
    """Brings national's changes into a copy, field by field (and within streams block by block).

    Where both have changed the same, the affiliate's words stay, unless the field is among ``take``. What was
    published without a draft is published again; a draft stays one.
    """

    def __init__(self, copy: LibrarySnippet, *, take: Collection[str] = (), user: Any = None):
        super().__init__(copy, user=user)
        self.take = frozenset(take)

    @transaction.atomic
    def execute(self) -> LibrarySnippet:
        self.check()
        model = type(self.copy)
        row = model._base_manager.select_for_update().get(pk=self.copy.pk)
        if row.adapts_id is None:
            raise CannotAdapt(_("This stands in for nothing of national's any more."))
        national = content_of(row.adapts)
        draft = row.get_latest_revision_as_object()
        result = merge_page(row.adapted_from or {}, national, content_of(draft), **merge_options(model))
        content = {**result.fields, **{name: national[name] for name in self.take if name in national}}
        publish = row.live and not row.has_unpublished_changes and self.may_publish()
        model._base_manager.filter(pk=row.pk).update(adapted_from=national)
        draft.adapted_from = national
        set_content(draft, content)
        revision = draft.save_revision(user=self.user)
        log(draft, "campaign_library.merge_national", user=self.user, data={"taken": sorted(self.take)})
        settled(row)
        if publish:
            revision.publish(user=self.user)
        return model._base_manager.get(pk=row.pk)


class FollowNationalAgain(OfCopy):
    """Takes a copy off line: national's stands there again. The copy and its history stay, to come back to."""

    @transaction.atomic
    def execute(self) -> LibrarySnippet:
        self.check()
        if not self.may_publish():
            raise NotAllowed(_("You may not take this off line. Ask a moderator."))
        if self.copy.live:
            self.copy.unpublish(user=self.user, log_action=False)
        log(self.copy, "campaign_library.follow_national", user=self.user)
        settled(self.copy)
        return self.copy


def settled(copy: LibrarySnippet) -> None:
    """The affiliate has decided about what national sent: nothing waits for it here any more."""
    asked = Update.objects.filter(
        site=copy.owner.site_id,
        version__source_id=None,
        version__source_key=copy.adapts.translation_key,
        version__locale=copy.adapts.locale_id,
        outcome__in=ASKING,
    )
    asked.update(outcome=Update.Outcome.MERGED, message=_("The affiliate has decided."))


def register_log_actions(actions: Any) -> None:
    """For the hook of the same name."""
    for name, label, message in (
        ("adapt", _l("Adapt"), _l("Adapted from national")),
        ("merge_national", _l("Catch up with national"), _l("National's changes looked at")),
        ("follow_national", _l("Follow national again"), _l("National's stands here again")),
    ):
        actions.register_action(f"campaign_library.{name}", label, message)
