"""From a file to a toolkit of pages.

Pure modules (no Django): `reading` (bytes to text), `markup` and `lines` (nearly-Markdown to Markdown),
`tree` (Markdown to nodes), `cleaning`, `headings`, `outline`, `terms`, `blocks`, `parsing` (all of them in
order) and `aligning` (block ids carried over from the last import). `models`, `writing` and `reporting` know
the database.
"""
