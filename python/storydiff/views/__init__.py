"""How a comparison is shown: one module per view, each from the public API of `Comparison` alone.

``summary`` groups statements by how widely they are asserted; ``reader``, ``matrix``, ``upset``, ``heatmap``,
``pair`` and ``glance`` each prepare one view; ``page`` puts them into HTML through the templates;
``plain`` writes text for terminals, ``markdown`` for documents.
"""
