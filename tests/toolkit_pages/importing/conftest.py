"""A national site with homes in English and Spanish, as an import needs it."""

import pytest
from django.core.management import call_command
from wagtail.models import Locale, Page, Site

from toolkit_pages.models import FolderPage, HomePage


@pytest.fixture
def national(db):
    """The national English home page."""
    english = Locale.objects.get_or_create(language_code="en")[0]
    spanish = Locale.objects.get_or_create(language_code="es")[0]
    Site.objects.all().delete()
    root = Page.get_first_root_node()
    for page in root.get_children():
        page.delete()
    root = Page.objects.get(pk=root.pk)
    folder = root.add_child(instance=FolderPage(title="National", locale=english))
    home = folder.add_child(instance=HomePage(title="National home", locale=english))
    folder.add_child(
        instance=HomePage(title="Inicio nacional", locale=spanish, translation_key=home.translation_key)
    )
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True, site_name="National")
    return HomePage.objects.get(pk=home.pk)


@pytest.fixture
def run(tmp_path, capsys):
    """Imports a text or bytes through the command; gives what it printed."""

    def imported(content, *args, title="Kit", name="kit.md", **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        capsys.readouterr()
        call_command("import_toolkit", str(path), "--title", title, *args, **options)
        return capsys.readouterr().out

    return imported
