from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignLibraryConfig(AppConfig):
    name = "campaign_library"
    label = "campaign_library"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Campaign library")
