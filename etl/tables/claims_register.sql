-- Each claim as it was published, with its verdict.
select claims.*, claim_verdicts.* exclude (claim_ref)
from claims
join claim_verdicts on claim_verdicts.claim_ref = claims.claim_ref
