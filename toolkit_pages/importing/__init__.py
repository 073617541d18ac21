"""From a file to a toolkit of pages.

Pure modules (no Django): `sources` (bytes to nearly-Markdown: `reading`, `wrapping`, `endnotes` and
`preamble` for text, `hypertext`, `elements`, `notes`
and `runs` for HTML, `package`, `wordlists` and `word` for DOCX), `markup` and `lines` (nearly-Markdown to Markdown),
`tree` (Markdown to nodes), `cleaning`, `contents`, `listing`, `headings`, `outline`, `frontmatter`, `terms`, `footnotes`,
`blocks`, `passages`, `doubts`, `places`, `references`, `mends`, `parsing` (all of them in order) and `aligning` (block
ids carried over from the last import). `models`, `actions`, `writing`, `reporting`, `proposals`, `review` and `views` know the
database and the admin.
"""
