"""What `manage.py check` says when the network is wired wrongly."""

from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from wagtail.snippets.models import get_snippet_models

from .conf import FOLDER_PAGE_MODEL, HOME_PAGE_MODEL, page_model
from .models import FolderPermissionMixin, HomePermissionMixin, OwnedMixin
from .viewsets import OwnedSnippetViewSet


def check_network(app_configs, **kwargs):
    return [*_owned_snippets(), *_page_models()]


def _owned_snippets():
    for model in get_snippet_models():
        viewset = getattr(model, "snippet_viewset", None)
        if issubclass(model, OwnedMixin) and not isinstance(viewset, OwnedSnippetViewSet):
            yield checks.Error(
                f"{model._meta.label} has an owner, but its screens would show every affiliate's.",
                hint="Register it with a subclass of editions.network.viewsets.OwnedSnippetViewSet.",
                obj=model,
                id="network.E001",
            )


def _page_models():
    for setting, mixin in (
        (FOLDER_PAGE_MODEL, FolderPermissionMixin),
        (HOME_PAGE_MODEL, HomePermissionMixin),
    ):
        try:
            model = page_model(setting)
        except ImproperlyConfigured as error:
            yield checks.Error(str(error), id="network.E002")
            continue
        if not issubclass(model, mixin):
            yield checks.Error(
                f"{model._meta.label} ({setting}): affiliates could delete or move theirs.",
                hint=f"Put editions.network.models.{mixin.__name__} before Page in its bases.",
                obj=model,
                id="network.E003",
            )
