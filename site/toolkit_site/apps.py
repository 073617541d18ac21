from django.apps import AppConfig


class ToolkitSiteConfig(AppConfig):
    name = "toolkit_site"
    verbose_name = "Toolkit site"
