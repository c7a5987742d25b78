# SPDX-License-Identifier: Apache-2.0
"""How figures are drawn: points taken from a result, laid out as a Vega-Lite specification of plain values.

Nothing here computes a figure. A point has the numbers of its row and the words that stand by them; a chart places
them.
"""
