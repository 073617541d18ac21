from django_tasks import task

from editions.models import Release


@task()
def apply_release(release_id: int) -> None:
    """Carry out a release. Safe to run again: it goes on where it was."""
    from editions.actions.apply import ApplyRelease

    ApplyRelease(Release.objects.get(pk=release_id)).execute()
    send_digests.enqueue()


def enqueue(release: Release) -> None:
    """Hand a release to the worker, for its time where it has one.

    A backend that knows no times leaves a scheduled one to ``resume_releases``.
    """
    if release.state != Release.State.SCHEDULED:
        apply_release.enqueue(release.pk)
    elif apply_release.get_backend().supports_defer:
        apply_release.using(run_after=release.send_at).enqueue(release.pk)


@task()
def send_digests() -> None:
    """Tell affiliates by e-mail what waits for them, each thing once."""
    from editions.digest import send_digests as send

    send()
