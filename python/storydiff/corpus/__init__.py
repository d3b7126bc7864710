"""From a corpus to its stories, and from each story to a comparison.

`stories` groups articles, by `signals` of how near two of them are; `comparing` compares each group. `reading` takes
whatever callers have and sets aside what is no article.
"""
