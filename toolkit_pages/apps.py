from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ToolkitPagesConfig(AppConfig):
    name = "toolkit_pages"
    label = "toolkit_pages"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Toolkit pages")
