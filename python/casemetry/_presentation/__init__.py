# SPDX-License-Identifier: Apache-2.0
"""How a result is shown: as text, HTML, a page and a workbook, in Chinese and English.

Facts (``facts``) are laid out as a grid of cells (``long``, ``wide`` → ``grid``, ``cells``), whose figures and words
(``figures``, ``words``) are printed as text (``plain``), HTML (``html``, ``page``) or sheets (``sheet``, ``workbook``).
Every label passes through ``display``, which makes it harmless wherever it is shown.
"""
