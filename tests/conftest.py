"""All tests read the sources, whether the grammar was compiled or not: what is compiled is held against them in test_compiled.py."""

import os

os.environ["LIAONING_COMPILED"] = "no"
