"""Second Story: from a recorded outage to a blameless, evidence-linked post-mortem."""

import os

# Matrices here are small: threads of the linear algebra wait for one another longer than they compute. On a busy
# machine reading a sentence took 100 ms with them and 4 ms without. Must stand before numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
