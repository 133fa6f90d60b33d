// name: claims_out_of_use
// mode: read
// parameters:
//   ids: list<string> — claim ids that no claim in use has
// returns:
//   type: string — relation type
//   claim: map — all properties of a claim, oldest version first
// doc: Claims that were undone or replaced. No index holds them, so every claim is looked at.

MATCH ()-[c:CLAIM_SUPPLIES|CLAIM_OPERATES|CLAIM_OWNS|CLAIM_LOCATED_IN|CLAIM_PART_OF|CLAIM_BORDERS|
      CLAIM_PRODUCES|CLAIM_NEEDS|CLAIM_REQUIRES|CLAIM_EXPORTS_TO|CLAIM_SELLS_TO|CLAIM_COOPERATES_WITH|
      CLAIM_MEMBER_OF|CLAIM_PARTICIPATES_IN|CLAIM_HAS_STAGE|CLAIM_HAS_ROLE|CLAIM_USED_IN|CLAIM_CREATED_BY|
      CLAIM_UNNAMED_SUPPLIERS_OF|CLAIM_UNNAMED_CUSTOMERS_OF|CLAIM_UNNAMED_PARTNERS_OF|
      CLAIM_UNNAMED_MARKETS_OF|CLAIM_HAS|CLAIM_DESCRIBED_IN]->()
WHERE c.claim_id IN $ids AND c.live_id IS NULL
RETURN substring(type(c), 6) AS type, properties(c) AS claim
ORDER BY c.recorded
