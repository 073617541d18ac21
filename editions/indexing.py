"""What can follow a release at leisure: each merged page has words of its own to index."""

from django.apps import apps
from django.db import transaction
from django_tasks import task
from modelsearch import index
from wagtail.models import ReferenceIndex


@task()
def reindex_pages(model_label: str, page_ids: list[int]) -> None:
    """Bring the search entries and references of some pages of one type (``app.Model``) up to date."""
    model = apps.get_model(model_label)
    pages = list(model.objects.filter(pk__in=page_ids))
    with transaction.atomic():
        for page in pages:
            ReferenceIndex.create_or_update_for_object(page)
    for _name, backend in index.get_search_backends_with_name(with_auto_update=True):
        backend.add_bulk(model, pages)
