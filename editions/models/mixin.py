from django.core import checks
from django.db import models, transaction
from modelcluster.fields import ParentalKey
from wagtail.models import Page

from editions.content import content_fields, get_content, set_content
from editions.forms import EditionPageForm
from editions.withdrawn import PRUNED, leave_out, readers_fields


class EditionMixin(models.Model):
    """For any page type of which affiliates keep editions. Put it before ``Page``.

    National pages and editions are of the same type; a national page has no ``base_version``.
    ``base_version`` and ``kept`` are plain fields, so that every revision carries its own. Any path on which an older
    text comes back (form, autosave, schedule, workflow, revert, API) ends in ``save`` or ``save_revision`` here,
    or starts in ``with_content_json``; all three call ``merge_up`` (law 6).
    """

    base_version = models.PositiveBigIntegerField(
        null=True, editable=False, help_text="The id of the version that this page was last merged with."
    )
    kept = models.JSONField(default=list, blank=True, editable=False, help_text="Paths, as lists.")

    #: Content fields of this page type that are never inherited, besides Wagtail's own ones of place, state and schedule.
    local_fields: tuple[str, ...] = ()
    exclude_fields_in_copy = ["base_version", "kept"]
    base_form_class = EditionPageForm

    class Meta:
        abstract = True

    @classmethod
    def check(cls, **kwargs):
        errors = super().check(**kwargs)
        bases = [base for base in cls.__mro__ if base in (EditionMixin, Page)]
        if bases and bases[0] is not EditionMixin:
            errors.append(
                checks.Error(
                    f"{cls.__name__} puts Page before EditionMixin, so older texts would come back.",
                    hint="Put EditionMixin before Page in the list of bases.",
                    obj=cls,
                    id="editions.E001",
                )
            )
        if not issubclass(cls.base_form_class, EditionPageForm):
            errors.append(
                checks.Error(
                    f"{cls.__name__}.base_form_class does not inherit EditionPageForm, so an open form would not know its version.",
                    hint="Derive it from editions.forms.EditionPageForm.",
                    obj=cls,
                    id="editions.E002",
                )
            )
        for relation in cls._meta.related_objects:
            field = relation.field
            if isinstance(field, ParentalKey) and relation.related_model._meta.app_label not in (
                "wagtailcore",
                "taggit",
            ):
                through = any(
                    getattr(tags.remote_field, "through", None) is relation.related_model
                    for tags in cls._meta.many_to_many
                )
                if not through:
                    errors.append(
                        checks.Error(
                            f"{cls.__name__} has inline children ({relation.related_model.__name__}), "
                            "which editions do not inherit.",
                            hint="Use a StreamField: its blocks keep their ids (docs/concepts/inheritance.md).",
                            obj=cls,
                            id="editions.E003",
                        )
                    )
        return errors

    # What is content -----------------------------------------------------------------------------

    def get_content(self) -> dict:
        """The raw content, as ``editions.content`` describes it."""
        return get_content(self)

    def set_content(self, content: dict) -> None:
        set_content(self, content)

    @property
    def kept_paths(self) -> frozenset[tuple[str, ...]]:
        return frozenset(tuple(path) for path in self.kept)

    @kept_paths.setter
    def kept_paths(self, paths) -> None:
        self.kept = [list(path) for path in sorted(paths)]

    def get_lock(self):
        """Where national protects the whole page, or has withdrawn it, nobody changes it here, in the editor or by the API."""
        return super().get_lock() or self.national_lock()

    def national_lock(self):
        from editions.actions.merge_up import edition_of
        from editions.locks import NationalLock
        from editions.protecting import reason_at

        edition = edition_of(self) if self.base_version is not None else None
        if edition is not None and edition.withdrawal_id is not None:
            return NationalLock(self, edition.withdrawal.reason, withdrawn=True)
        if edition is None or () not in edition.base.protected_paths:
            return None
        return NationalLock(self, reason_at(edition.base.protected, ()))

    # What readers get ------------------------------------------------------------------------------

    @classmethod
    def get_search_fields(cls):
        return readers_fields(cls, super().get_search_fields())

    def make_preview_request(self, *args, **kwargs):
        leave_out(self)
        return super().make_preview_request(*args, **kwargs)

    def check_is_whole(self) -> None:
        """Raises ValueError for a page that has been left without what is withdrawn: to save it would lose those words."""
        if PRUNED in self.__dict__:
            raise ValueError(
                "This page was loaded for readers, without what is withdrawn. Load it anew to save it."
            )

    # Law 6: no stale text comes back ---------------------------------------------------------------

    def with_content_json(self, content):
        from editions.actions.merge_up import merge_up

        page = super().with_content_json(content)
        # The revision says which one was live when it was made.
        page.live_revision_id = self.live_revision_id
        merge_up(page)
        return page

    def save_revision(self, *args, **kwargs):
        from editions.actions.merge_up import merge_up, record

        self.check_is_whole()
        with transaction.atomic():
            merge_up(self, lock=True)
            revision = super().save_revision(*args, **kwargs)
            record(self)
        return revision

    def publish(self, revision, *args, **kwargs):
        """An edition goes on line without a revision (law 5). Wagtail takes a page without a live one off line when a
        change of it is scheduled, so what readers see is made one first."""
        from editions.writing import keep_live_revision

        if revision.content.get("go_live_at") and self.live_revision_id is None:
            self.live_revision_id = keep_live_revision(type(self), self.pk)
        return super().publish(revision, *args, **kwargs)

    def save(self, *args, **kwargs):
        from editions.actions.merge_up import merge_up, record

        fields = kwargs.get("update_fields")
        if self._state.adding or (fields is not None and not {*fields} & {*content_fields(type(self))}):
            return super().save(*args, **kwargs)
        self.check_is_whole()
        with transaction.atomic():
            merge_up(self, lock=True)
            if fields is None:
                stay_in_place(self)
            result = super().save(*args, **kwargs)
            record(self, live=True)
        return result


def stay_in_place(page) -> None:
    """Give ``page`` the place in the tree that its row has by now, and lock the row.

    A release puts pages beneath others and renames what is above them; a page that was loaded before, saved whole, would write
    its old path and number of children back.
    """
    places = Page.objects.select_for_update(no_key=True).values("path", "depth", "numchild", "url_path")
    here = places.filter(pk=page.pk).first()
    if here is None:
        return
    page.path, page.depth, page.numchild = here["path"], here["depth"], here["numchild"]
    if page.url_path != here["url_path"]:
        page.set_url_path(page.get_parent(update=True))
