"""The admin of snippets that have an owner, scoped to it.

Wagtail's generic snippet views fetch objects without asking a policy about the one they fetched. Every view
of these viewsets is built with mixins in front that do: `construct_view` is the one place through which all
of them come, so a view that a later Wagtail or an add-on adds is scoped too.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.functional import cached_property, lazy
from django.utils.translation import gettext
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

from .models import OwnedMixin
from .scoping import acts_everywhere, is_national, scope_queryset


def scoped(user, queryset, *, with_national=False):
    """`queryset` scoped where it is of things with an owner: history and usage views list other things."""
    if issubclass(getattr(queryset, "model", object), OwnedMixin):
        return scope_queryset(user, queryset, with_national=with_national)
    return queryset


def refuse_others(user, found, *, with_national=False):
    """Raises PermissionDenied for what is not the user's. Asks the row: a draft may say another owner.

    What is only being made (`found` None or without a row) is the form's to check.
    """
    if found is None or found.pk is None:
        return
    rows = type(found)._base_manager.filter(pk=found.pk)
    if is_national(user) and not with_national and not acts_everywhere(user):
        rows = rows.filter(owner=None)
    if not scope_queryset(user, rows, with_national=with_national).exists():
        raise PermissionDenied


class OwnObject:
    def get_object(self, *args, **kwargs):
        found = super().get_object(*args, **kwargs)
        refuse_others(self.request.user, found)
        return found


class OwnBaseQueryset:
    def get_base_queryset(self):
        return scoped(self.request.user, super().get_base_queryset())


class OwnQueryset:
    def get_queryset(self):
        queryset = super().get_queryset()
        return queryset if queryset is None else scoped(self.request.user, queryset)


class UsableObjectList:
    def get_object_list(self, **kwargs):
        return scoped(self.request.user, super().get_object_list(**kwargs), with_national=True)


class UsableObject:
    def get_object(self, *args, **kwargs):
        found = super().get_object(*args, **kwargs)
        refuse_others(self.request.user, found, with_national=True)
        return found


class UsableObjects:
    def get_objects(self, *args, **kwargs):
        return scoped(self.request.user, super().get_objects(*args, **kwargs), with_national=True)


ADMIN = {"get_object": OwnObject, "get_base_queryset": OwnBaseQueryset, "get_queryset": OwnQueryset}
CHOOSER = {"get_object": UsableObject, "get_object_list": UsableObjectList, "get_objects": UsableObjects}


def with_guards(view_class: type, guards: dict[str, type]) -> type:
    """`view_class` with a guard in front of each method that it has and `guards` names."""
    fronts = tuple(guard for method, guard in guards.items() if hasattr(view_class, method))
    return type(view_class.__name__, (*fronts, view_class), {"__module__": view_class.__module__})


def _in_readers_language(text: str, name: Any) -> str:
    return gettext(text) % {"object": name}


class OwnedSnippetChooser(AdminSnippetChooser):
    """Wagtail fills the name of the kind into the words of the buttons when the widget is made. A form's widgets are made once,
    so that everybody read them in the language of who came first: here they are filled in when they are shown."""

    # Wagtail's own words, translated by Wagtail.
    WORDS = {
        "choose_one_text": "Choose %(object)s",
        "choose_another_text": "Choose another %(object)s",
        "link_to_chosen_text": "Edit this %(object)s",
    }

    def __init__(self, model: Any = None, **kwargs: Any) -> None:
        super().__init__(model, **kwargs)
        later = lazy(_in_readers_language, str)
        for attribute in self.WORDS.keys() - kwargs.keys():
            setattr(self, attribute, later(self.WORDS[attribute], self.model._meta.verbose_name))


class OwnedSnippetChooserBlock(SnippetChooserBlock):
    """Chooses a snippet that has an owner, in words of the language of who reads the form."""

    @cached_property
    def widget(self) -> OwnedSnippetChooser:
        _made = super().widget  # gives the block the icon of the kind
        return OwnedSnippetChooser(self.target_model, icon=self.meta.icon)


class OwnedChooserViewSet(SnippetChooserViewSet):
    """Offers the user's own and national's, nobody else's."""

    base_widget_class = OwnedSnippetChooser

    def construct_view(self, view_class, **kwargs):
        return super().construct_view(with_guards(view_class, CHOOSER), **kwargs)


class OwnedSnippetViewSet(SnippetViewSet):
    """Use it for every snippet with `network.models.OwnedMixin`: lists hold what the user may change."""

    chooser_viewset_class = OwnedChooserViewSet

    def construct_view(self, view_class, **kwargs):
        return super().construct_view(with_guards(view_class, ADMIN), **kwargs)
