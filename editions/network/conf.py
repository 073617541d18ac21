"""Settings of the network, read when they are used so that tests can change them."""

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from wagtail.models import Page

FOLDER_PAGE_MODEL = "EDITIONS_FOLDER_PAGE_MODEL"
HOME_PAGE_MODEL = "EDITIONS_HOME_PAGE_MODEL"


def page_model(setting: str) -> type[Page]:
    """The page type that `setting` names as ``app_label.ModelName``.

    The network makes folders and homes without importing the app that defines them. Raises
    ImproperlyConfigured when the setting is missing or names no page type.
    """
    name = getattr(settings, setting, None)
    if not name:
        raise ImproperlyConfigured(f"{setting} must name a page type, such as toolkit_pages.HomePage")
    try:
        model = apps.get_model(name)
    except (LookupError, ValueError) as error:
        raise ImproperlyConfigured(f"{setting} names {name!r}, which is not an installed model") from error
    if not issubclass(model, Page):
        raise ImproperlyConfigured(f"{setting} names {name!r}, which is not a page type")
    return model
