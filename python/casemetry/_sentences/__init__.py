# SPDX-License-Identifier: Apache-2.0
"""How figures are said: periods, changes and cautions in the words of a report."""
