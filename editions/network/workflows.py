"""Wagtail workflows of the network: an affiliate's moderation, national's legal review.

Each is one approval task whose groups may approve, assigned to a folder. Who may publish may go on
publishing; who may not hands in.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from .models import Affiliate


def ensure_moderation(affiliate: Affiliate, groups: Sequence[Group]) -> None:
    """What the affiliate's editors hand in is approved by `groups`."""
    name = _("%(affiliate)s: moderation") % {"affiliate": affiliate.name}
    _ensure(affiliate.folder, name, groups)


def ensure_legal_review(folder: Page, reviewers: Group) -> None:
    """National pages, all beneath `folder`, are approved by the legal reviewers."""
    _ensure(folder, _("Legal review"), [reviewers])


def _ensure(folder: Page, name: str, groups: Sequence[Group]) -> None:
    """A workflow that somebody has set for the folder stays as it is."""
    if WorkflowPage.objects.filter(page=folder).exists():
        return
    task = GroupApprovalTask.objects.create(name=name[:255])
    task.groups.set(groups)
    workflow = Workflow.objects.create(name=name[:255])
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=folder)


def remove_workflow(folder: Page) -> None:
    """Takes the folder's own workflow away, with its history; for a folder that goes too."""
    for row in WorkflowPage.objects.filter(page=folder).select_related("workflow"):
        tasks = list(row.workflow.tasks)
        row.workflow.delete()
        for task in tasks:
            task.delete()
