from .conflicts import Conflict
from .editions import Adoption, Edition, SiteSettings
from .mixin import EditionMixin
from .protections import Protection
from .releases import Release, ReleaseItem, Update
from .versions import Version
from .withdrawals import Withdrawal, WithdrawnPage

__all__ = [
    "Adoption",
    "Conflict",
    "Edition",
    "EditionMixin",
    "Protection",
    "Release",
    "ReleaseItem",
    "SiteSettings",
    "Update",
    "Version",
    "Withdrawal",
    "WithdrawnPage",
]
