"""What is taken off files before they are stored: where a photo was made, by whom, with what.

``images`` and ``pdfs`` know the formats and import no Django; ``cleaning`` chooses between them; ``forms`` refuses what is not
what it says, at the field; ``signals`` cleans whatever reaches a model in any other way.
"""
