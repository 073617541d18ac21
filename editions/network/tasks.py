from django_tasks import task

from .models import Invitation


@task()
def send_invitation(invitation_id: int) -> None:
    """Mail the newest link of an invitation. What goes wrong stands at the invitation, for who sent it."""
    from .mail import send

    send(Invitation.objects.select_related("affiliate__site", "invited_by").get(pk=invitation_id))
