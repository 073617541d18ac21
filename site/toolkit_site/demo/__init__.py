"""The demo network: what it says (``content/``, TOML that an editor can read) and how it is loaded.

``content`` reads the files, ``richtext`` turns their Markdown into rich text, ``blocks`` gives raw
StreamField data with ids that are the same on every run and in every language, ``edits`` changes such data
as an editor would. None of these four touches a database. ``loading`` does, for the command ``load_demo``.
"""
