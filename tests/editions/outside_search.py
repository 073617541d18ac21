"""A search backend that lives outside the database, for tests: it remembers what it was given."""

from modelsearch.backends.base import BaseIndex, BaseSearchBackend

ADDED: list[list[int]] = []


class OutsideIndex(BaseIndex):
    def add_items(self, model, items):
        ADDED.append([item.pk for item in items])


class SearchBackend(BaseSearchBackend):
    index_class = OutsideIndex
