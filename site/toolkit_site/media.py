"""Serves uploaded pictures. A server in front may take ``/media/`` over; it must send the same headers."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.static import serve

#: Folders with what readers and editors see: the sizes made of images. Originals and documents are not among them:
#: documents go through Wagtail's own view, which knows who may read them.
PUBLIC = ("images/", "avatar_images/")


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """The file, told to be what its name says and to run nothing."""
    if not path.startswith(PUBLIC) or ".." in path:
        raise Http404("This is not a public file.")
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
