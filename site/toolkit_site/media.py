"""Serves what people have uploaded, where nothing in it can run.

A server in front may take ``/media/`` over; it must send the same headers.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.static import serve
from wagtail.documents.views.serve import serve as serve_document

#: Folders with what readers and editors see: the sizes made of images. Originals and documents are not among them:
#: documents go through Wagtail's own view, which knows who may read them.
PUBLIC = ("images/", "avatar_images/")


#: A file opened by its address is a page of this site to the browser: it gets no origin, no scripts and no forms.
SANDBOX = "default-src 'none'; sandbox"
#: Browsers' own viewers for PDFs do not open in a sandbox.
BARE = "default-src 'none'"


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """The file, told to be what its name says and to run nothing."""
    if not path.startswith(PUBLIC) or ".." in path:
        raise Http404("This is not a public file.")
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def document(request: HttpRequest, document_id: str, filename: str) -> HttpResponseBase:
    """Wagtail's view, which knows who may read it; all but PDFs are saved instead of shown, and run nothing."""
    response = serve_document(request, document_id, filename)
    if response.status_code == 200 and getattr(response, "streaming", False):
        shown = response.headers.get("Content-Type") == "application/pdf"
        response.headers["Content-Security-Policy"] = BARE if shown else SANDBOX
    return response
