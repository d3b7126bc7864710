"""What `prepare.py` writes and `train.py` reads."""

# By number in the column `source`.
SOURCES = [
    "read",
    "sentence",
    "claim",
    "invented",
    "variant",
    "near_miss",
    "changed",
    "superpal",
    "pyramid",
    "msrp",
    "written",
    "unlabelled",
    "editor",
]
# Pieces of a text, and of each of the sentences that may say it; as in `src/encode/entail`.
MAX_PIECES = 92
MAX_EVIDENCE = 72
N_EVIDENCE = 2
