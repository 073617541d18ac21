"""Search in one site and one language: what was asked, where it is looked for, and how it is shown.

Nothing of a question is kept: no cookie, no log, no count.
"""
