"""Notes that several figures carry, each in one wording."""

MAPPED = "Skill areas are mapped from the label that each source used."
BESIDE = "The stages stand beside each other and are never added."
NOT_PHASED = "A total over several years is not spread over them: it stands under 'Year not stated'."
