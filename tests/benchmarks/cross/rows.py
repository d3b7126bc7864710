"""What `prepare.py` writes and `train.py` reads."""

# By number in the column `source`.
SOURCES = [
    "story",
    "invented",
    "variant",
    "near_miss",
    "superpal",
    "pyramid",
    "ecbplus",
    "msrp",
    "unlabelled",
    "changed",
]
# By number in the column `kind`.
KINDS = ["number", "date", "time", "place", "name", "role", "negation", "modality", "opposite", "source", "state"]
# Of a sentence; as in `src/encode/cross`.
MAX_PIECES = 92
# Of the sentence before it.
MAX_BEFORE = 32
