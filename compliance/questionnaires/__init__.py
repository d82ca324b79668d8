"""Step 2, what is asked: questionnaires as data, read once into frozen, typed definitions.

definitions/*.yaml -> yaml_source -> shape -> checks -> model, all called by loader; catalogue knows versions.
`conditions` decide who is asked what, `question_types` know how answers are read, shown and worth,
`vocabulary` holds what definitions may name.
"""
