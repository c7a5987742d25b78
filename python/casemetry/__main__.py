# SPDX-License-Identifier: Apache-2.0
"""``python -m casemetry``: the command ``casemetry``."""

import sys

from casemetry.cli import main

sys.exit(main())
