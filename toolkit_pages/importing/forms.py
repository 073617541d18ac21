"""The upload of a text: what is wrong with it is said at its field, and nothing typed is lost."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toolkit_pages.importing.actions import national_homes
from toolkit_pages.importing.package import MAX_BYTES
from toolkit_pages.importing.reading import UnreadableFile
from toolkit_pages.importing.results import Source
from toolkit_pages.importing.sources import read

ACCEPTED = ".docx,.html,.htm,.md,.markdown,.txt"


class FileForm(forms.Form):
    """A file or a pasted text. After validation `source` is what was read, `content` the bytes, `file_name` the name."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        help_text=gettext_lazy("DOCX, HTML, Markdown or plain text, up to 25 MB."),
    )
    text = forms.CharField(
        label=gettext_lazy("Or the text itself"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Pasted text; Markdown's marks are understood."),
    )

    source: Source
    content: bytes
    file_name = ""

    def clean(self):
        cleaned = super().clean()
        upload, text = cleaned.get("file"), cleaned.get("text") or ""
        if "file" in self.errors:
            return cleaned
        if upload and text.strip():
            self.add_error("text", _("Choose a file or paste a text, not both."))
            return cleaned
        field = "file" if upload is not None or not text.strip() else "text"
        if upload is None and not text.strip():
            self.add_error("file", _("Choose a file, or paste the text below."))
            return cleaned
        try:
            if field == "file":
                self.file_name = upload.name
                # One byte more than allowed tells a file that is too big, however big it is.
                self.content = upload.read(MAX_BYTES + 1)
            else:
                self.content = text.encode()
            self.source = read(self.content, self.file_name)
        except UnreadableFile as error:
            self.add_error(field, _(error.message) % error.values)
        return cleaned


class UploadForm(FileForm):
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=255,
        help_text=gettext_lazy(
            "The toolkit's title. The same title again merges the new text into that toolkit."
        ),
    )
    publisher = forms.CharField(
        label=gettext_lazy("Publisher"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Who published it."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the text"))

    field_order = ["file", "text", "title", "publisher", "language"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [
            (home.locale.language_code, home.locale.get_display_name()) for home in national_homes()
        ]
