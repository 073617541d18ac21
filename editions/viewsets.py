from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from editions.models import EditionMixin
from editions.views.edit import EditionEditMixin
from editions.views.editor import EditionPanelsMixin, SendFromEditorMixin


class EditionEditView(EditionEditMixin, EditionPanelsMixin, SendFromEditorMixin, EditView):
    pass


class EditionRevertView(EditionEditMixin, EditionPanelsMixin, RevisionsRevertView):
    pass


class EditionPageViewSet(PageViewSet):
    """The page editor of every type that has editions: Wagtail looks the viewset up along the type's bases.

    A project that registers a viewset of its own for such a type puts the same mixins before its edit view.
    """

    model = EditionMixin
    parent_models = ()
    edit_view_class = EditionEditView
    revisions_revert_view_class = EditionRevertView

    def get_common_view_kwargs(self, **kwargs):
        # The views that only fetch a page (history, usage, locks) ask the model for rows: the mixin has none.
        return super().get_common_view_kwargs(**{"model": Page, **kwargs})


edition_page_viewset = EditionPageViewSet("edition_pages")
