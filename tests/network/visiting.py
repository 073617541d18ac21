"""Asks addresses as somebody, and says what came of it: words that were not for them, and rows that changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import Client
from wagtail.fields import StreamField
from wagtail.models import Page

from .addresses import FIRST, A, Address, B
from .world import OF_A, OF_B, OF_NATIONAL_DRAFTS, SEARCHED, World, all_models

FORBIDDEN = (OF_B, OF_NATIONAL_DRAFTS)
ASKS_THE_QUERY = {"wagtail_bulk_action", "wagtailadmin_choose_page_chosen_multiple"}
"""Views whose guards look at what is asked for."""
WRITE = re.compile(r'^\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)
BOOKKEEPING = {"django_session", "wagtailcore_referenceindex", "wagtailsearch_indexentry"}


@dataclass(frozen=True)
class Finding:
    """Something that crossed."""

    name: str
    method: str
    path: str
    what: str

    def __str__(self):
        return f"{self.name}  {self.method.upper()} {self.path}  {self.what}"


class Rows:
    """What is not A's in the database, as it was at the beginning."""

    def __init__(self, world: World):
        self.tables = {model._meta.db_table: model for model in all_models()}
        self.mine = {(model._meta.db_table, pk) for model, keys in world.numbers[A].items() for pk in keys}
        self.of_b = {(model, pk) for model, keys in world.numbers[B].items() for pk in keys}
        self.before: dict[str, dict] = {}

    def read(self, table: str) -> dict:
        key = self.tables[table]._meta.pk.attname
        return {row[key]: row for row in self.tables[table]._base_manager.order_by().values()}

    def remember(self) -> None:
        self.before = {table: self.read(table) for table in self.tables}

    def changed(self, tables: Iterable[str]) -> list[str]:
        """What became of rows that are not A's, and new rows that point to B's, in these tables."""
        found = []
        for table in sorted(set(tables) & set(self.tables)):
            now, before = self.read(table), self.before[table]
            found += [
                f"{table} {pk} changed"
                for pk, row in before.items()
                if (table, pk) not in self.mine and now.get(pk) != row
            ]
            found += [
                f"{table} {pk} is new"
                for pk, row in now.items()
                if pk not in before and self.points_to_b(table, row)
            ]
        return found

    def points_to_b(self, table: str, row: dict[str, Any]) -> bool:
        for field in self.tables[table]._meta.concrete_fields:
            target = field.remote_field.model if field.remote_field else None
            if target and (target, row[field.attname]) in self.of_b:
                return True
        if {"content_type_id", "object_id"} <= row.keys() and row["content_type_id"]:
            model = ContentType.objects.get_for_id(row["content_type_id"]).model_class()
            key = int(row["object_id"]) if str(row["object_id"]).isdigit() else row["object_id"]
            return (model, key) in self.of_b or (issubclass(model, Page) and (Page, key) in self.of_b)
        return False


class Plain(Client):
    """Keeps no copy of what templates were given: the answer is all that is looked at."""

    def request(self, **request):
        return self.handler(self._base_environ(**request))


class Visitor:
    """Goes to addresses as `user`, on A's site. What a visit changes is undone after it."""

    def __init__(self, world: World, user, rows: Rows):
        self.world, self.rows = world, rows
        self.client = Plain(raise_request_exception=False, SERVER_NAME=f"{OF_A}.example.org")
        self.client.force_login(user)
        self.public = Plain(raise_request_exception=False, SERVER_NAME=f"{OF_A}.example.org")
        self.crashes: list[str] = []
        self.asked = 0

    def visit(self, addresses: Iterable[Address]) -> list[Finding]:
        return [finding for address in addresses for finding in self.try_all(address)]

    def try_all(self, address: Address) -> Iterable[Finding]:
        self.refused = False
        for method in address.methods:
            if self.refused and method not in ("get", "post"):
                # What is refused to both is refused before the view is asked.
                break
            for query in address.queries if method == "get" else address.queries[:1]:
                path = f"{address.path}?{query}" if query else address.path
                yield from (
                    Finding(address.name, method, path, what) for what in self.ask(address, method, path)
                )
                if method == "get" and self.refused and address.name not in ASKS_THE_QUERY:
                    # The door is shut, whatever one searches for.
                    break

    def ask(self, address: Address, method: str, path: str) -> list[str]:
        data = {} if method == "get" else post_data()
        options = (
            {"content_type": "application/x-www-form-urlencoded"}
            if method in ("put", "patch", "delete")
            else {}
        )
        with undone(), writes() as tables:
            self.asked += 1
            response = getattr(self.client, method)(path, "value=x" if options else data, **options)
            text = said_by(response)
            self.refused = response.status_code in (403, 404) or response.get("Location") == "/admin/"
            if response.status_code >= 500:
                self.crashes.append(f"{method} {path}")
            found = [f"says {around(word, text)}" for word in FORBIDDEN if word in text]
            if (
                response.status_code == 200
                and address.whose == B
                and response["Content-Type"].startswith("image/")
            ):
                found.append("shows a picture")
            if found and not address.is_admin and self.is_public(method, path, data):
                found = []
            found += self.rows.changed(tables - BOOKKEEPING)
        return found

    def is_public(self, method, path, data) -> bool:
        response = getattr(self.public, method)(path, data)
        return any(word in said_by(response) for word in FORBIDDEN)


def said_by(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{list(response.items())} {body.decode(errors='replace')}".lower()


def around(word: str, text: str) -> str:
    place = text.index(word)
    return " ".join(text[max(0, place - 60) : place + 30].split())


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def writes():
    """The tables that are written to meanwhile."""
    tables: set[str] = set()

    def watch(execute, sql, params, many, context):
        if match := WRITE.match(sql):
            tables.add(match[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield tables


@cache
def post_data() -> dict[str, Any]:
    """What forms may ask for, with B's numbers wherever a number is asked for."""
    one = FIRST[B][0]
    streams = {
        field.name
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, StreamField)
    }
    return {f"{name}-count": 0 for name in streams} | {
        "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0,
        "title": SEARCHED, "name": SEARCHED, "slug": SEARCHED, "new_title": SEARCHED, "new_slug": SEARCHED, "q": SEARCHED,
        "new_parent_page": one, "parent_page": one, "chooser": one, "collection": 7700, "owner": 7700, "user": one,
        "position": 0, "locales": [2], "action-publish": "1", "comment": "x", "value": "x", "confirm": "on", "id": one,
        "tags": SEARCHED, "language_code": "fr", "username": SEARCHED, "groups": [7700], "role": 7700, "pages": one,
        "site": 7700, "sites": [7700], "toolkit": one, "include_subtree": "on", "publish_translations": "on", "hostname": "x.org",
        "old_path": "/x", "redirect_page": one, "page": one, "state": "waiting", "reason": "x", "date": "2030-01-01",
    }  # fmt: skip
