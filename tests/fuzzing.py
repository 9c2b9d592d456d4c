"""How long is looked for what no test thought of: the same few examples in each run, or many of chance.

`make fuzz` sets FUZZ_EXAMPLES; what it finds becomes a test of its own.
"""

import os

IS_SEARCHING = "FUZZ_EXAMPLES" in os.environ
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "40"))
