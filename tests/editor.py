"""The page editor without a browser: what its form posts for a page that nobody has changed.

Built from the state that the server hands to the browser's blocks, so that it goes through the front door:
real edit view, real widgets, real converters.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.blocks import (
    Block,
    BlockField,
    BooleanBlock,
    ChooserBlock,
    ListBlock,
    StreamBlock,
    StructBlock,
)
from wagtail.blocks.base import get_error_json_data
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.models import Page

from editions.fields import RegisteredStreamBlock


def block_data(block: Block, state: Any, prefix: str) -> dict[str, str]:
    """Form data of one block, from its form state."""
    if isinstance(block, StreamBlock):
        data = {f"{prefix}-count": str(len(state))}
        for number, child in enumerate(state):
            kept = isinstance(block, RegisteredStreamBlock) and child["type"] == block.kept_block.name
            definition = block.kept_block if kept else block.child_blocks[child["type"]]
            data |= _frame(f"{prefix}-{number}", number, child["id"]) | {
                f"{prefix}-{number}-type": child["type"]
            }
            data |= block_data(definition, child["value"], f"{prefix}-{number}-value")
        return data
    if isinstance(block, ListBlock):
        data = {f"{prefix}-count": str(len(state))}
        for number, child in enumerate(state):
            data |= _frame(f"{prefix}-{number}", number, child["id"])
            data |= block_data(block.child_block, child["value"], f"{prefix}-{number}-value")
        return data
    if isinstance(block, StructBlock):
        data = {}
        for name, child in block.child_blocks.items():
            data |= block_data(child, state[name], f"{prefix}-{name}")
        return data
    if isinstance(block, TypedTableBlock):
        return _table_data(block, state, prefix)
    if isinstance(block, BooleanBlock):
        return {prefix: "on"} if state else {}
    if isinstance(block, ChooserBlock):
        return {prefix: str(state["id"]) if state else ""}
    if isinstance(state, list):
        # A select's state is the list of what is chosen; ours choose one.
        state = state[0] if state else ""
    return {prefix: "" if state is None else str(state)}


def _frame(prefix: str, order: int, id: str) -> dict[str, str]:
    return {f"{prefix}-order": str(order), f"{prefix}-deleted": "", f"{prefix}-id": id or ""}


def _table_data(block: TypedTableBlock, state: Any, prefix: str) -> dict[str, str]:
    data = {
        f"{prefix}-caption": state["caption"],
        f"{prefix}-column-count": str(len(state["columns"])),
        f"{prefix}-row-count": str(len(state["rows"])),
    }
    for number, column in enumerate(state["columns"]):
        data |= {
            f"{prefix}-column-{number}-{name}": value
            for name, value in (
                ("type", column["type"]),
                ("heading", column["heading"]),
                ("order", str(number)),
                ("deleted", ""),
            )
        }
    for row_number, row in enumerate(state["rows"]):
        data |= {
            f"{prefix}-row-{row_number}-order": str(row_number),
            f"{prefix}-row-{row_number}-deleted": "",
        }
        for number, column in enumerate(state["columns"]):
            cell = block.child_blocks[column["type"]]
            data |= block_data(cell, row["values"][number], f"{prefix}-cell-{row_number}-{number}")
    return data


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def unchanged(client: Any, page: Page, **changes: str) -> dict[str, str]:
    """What the edit form of ``page`` posts when nothing has been touched. ``client`` is logged in."""
    response = client.get(edit_url(page))
    assert response.status_code == 200, response.status_code
    return form_data(response.context["form"]) | changes


def form_data(form: Any) -> dict[str, str]:
    """What an admin form posts when nothing has been touched: a page's or a snippet's."""
    data: dict[str, str] = {}
    for bound in form:
        value = bound.value()
        if isinstance(bound.field, BlockField):
            block = bound.field.block
            data |= block_data(block, block.get_form_state(value), bound.html_name)
        else:
            shown = bound.field.widget.format_value(value)
            if isinstance(shown, list) and not getattr(bound.field.widget, "allow_multiple_selected", False):
                # A select of which one is chosen.
                shown = shown[0] if shown else ""
            if isinstance(value, bool):
                data |= {bound.html_name: "on"} if value else {}
            elif isinstance(shown, list):
                # What is chosen among boxes.
                data[bound.html_name] = [str(each) for each in shown]
            else:
                data[bound.html_name] = "" if shown is None else _browser(str(shown))
    for formset in getattr(form, "formsets", {}).values():
        for bound in formset.management_form:
            data[bound.html_name] = str(bound.value())
    return data


def _browser(text: str) -> str:
    """Browsers post line breaks as CR LF."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def publish(client: Any, page: Page, data: dict[str, str]) -> Any:
    """Posts the form with "publish"; a form with errors fails the test."""
    return save_draft(client, page, {**data, "action-publish": "1"})


def save_draft(client: Any, page: Page, data: dict[str, str]) -> Any:
    response = client.post(edit_url(page), data)
    if response.status_code == 200 and response.context:
        errors = response.context["form"].errors.as_data()
        raise AssertionError({name: [_told(error) for error in found] for name, found in errors.items()})
    assert response.status_code == 302, response.status_code
    return response


def _told(error: Any) -> Any:
    return get_error_json_data(error)
