"""A comparison as plain data and back: `json`, `tables` for frames and Arrow, and the `file` that `save` writes.

`json_core` answers for a comparison that was read from JSON, in place of the compiled one.
"""
