"""Addresses follow national's, unless they were changed here."""


def follows(slug: str, base_slug: str) -> bool:
    """Whether a slug is still that of the version: another page's may have made it slug-2 here when it was added."""
    return base_slug in (slug, slug.rstrip("0123456789").rstrip("-"))
