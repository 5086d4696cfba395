"""The model: a small network of our own that marks words and weighs links, inside the plain resolvers.

``words`` turns a survey into the numbers the network reads, ``network`` runs it, ``spans`` turns what it gives
into spans and links, ``compose`` makes mentions and claims of them. The weights lie in ``data``; how they came
to be, and how well they do, is told in docs/model.md.
"""
