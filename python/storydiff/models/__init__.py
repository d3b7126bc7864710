"""What reads sentences as numbers: `encoder` and `reranker`, their `tokenizer`, and the scores of `pairs`."""
