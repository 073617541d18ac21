from django.apps import AppConfig


class ToolkitSiteConfig(AppConfig):
    name = "toolkit_site"
    verbose_name = "Toolkit site"

    def ready(self):
        from .uploads.signals import connect

        connect()
