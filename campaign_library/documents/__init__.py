"""The thinking behind the library's documents, on raw stream data: numbers, references, blanks, differences.

Pure: nothing in here imports Django or Wagtail. What it finds is dressed for templates by `campaign_library.showing`.
"""
