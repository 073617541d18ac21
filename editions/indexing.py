"""What can follow a release at leisure: each merged page has words of its own to index."""

from collections.abc import Sequence

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django_tasks import task
from modelsearch import index
from wagtail.models import Page, ReferenceIndex

from editions.fields import read_once
from editions.models import EditionMixin
from editions.withdrawn import load_withdrawn


@task()
def reindex_pages(model_label: str, page_ids: list[int]) -> None:
    """Bring the search entries and references of some pages of one type (``app.Model``) up to date."""
    index_each(apps.get_model(model_label), page_ids)


def index_each(model: type[Page], page_ids: Sequence[int]) -> None:
    pages = list(model.objects.filter(pk__in=page_ids))
    update_references(pages)
    load_withdrawn(page for page in pages if isinstance(page, EditionMixin))
    for _name, backend in index.get_search_backends_with_name(with_auto_update=True):
        with read_once():
            backend.add_bulk(model, pages)


def update_references(pages: Sequence[Page]) -> None:
    """``ReferenceIndex.create_or_update_for_object`` for pages of one type, in a fixed number of statements (batching apart).

    A merge changes few references, so most pages need none written.
    """
    if not pages:
        return
    page_type, base_type = (ContentType.objects.get_for_model(model) for model in (type(pages[0]), Page))
    wanted = {
        (str(page.pk), *reference)
        for page in pages
        for reference in ReferenceIndex._extract_references_from_object(page)
    }
    columns = ("object_id", "to_content_type_id", "to_object_id", "model_path", "content_path")
    with transaction.atomic():
        found = ReferenceIndex.objects.filter(
            base_content_type=base_type, object_id__in=[str(page.pk) for page in pages]
        )
        existing = {tuple(row[1:]): row[0] for row in found.values_list("pk", *columns)}
        gone = [pk for reference, pk in existing.items() if reference not in wanted]
        ReferenceIndex.objects.filter(pk__in=gone).delete()
        ReferenceIndex.objects.bulk_create(
            [
                ReferenceIndex(
                    content_type=page_type,
                    base_content_type=base_type,
                    content_path_hash=ReferenceIndex._get_content_path_hash(reference[-1]),
                    **dict(zip(columns, reference, strict=True)),
                )
                for reference in wanted - existing.keys()
            ],
            batch_size=500,
            ignore_conflicts=True,
        )
