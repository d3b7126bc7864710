"""How a comparison is shown: one module per view, each from the public API of `Comparison` alone.

``names`` says what each article is called; ``summary`` groups statements by how widely they are asserted; ``cards``
gather each claim's places with their probability and, from ``evidence``, the reasons. ``reader``, ``timeline``,
``matrix``, ``upset``, ``heatmap``, ``pair`` and ``quoted`` each prepare one view, ``grouping`` an order of the
articles; ``page`` puts them into HTML through the templates, ``notebook`` into a cell; ``plain`` writes text for
terminals, ``markdown`` for documents.
"""
