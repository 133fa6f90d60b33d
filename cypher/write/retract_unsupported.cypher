// name: retract_unsupported
// mode: write
// parameters:
//   version: integer — the version that no longer holds them
//   live: list<integer> — loads that count after an undo
// returns:
//   none
// doc: Retract what no load states any more after an undo.

MATCH ()-[c:CLAIM_SUPPLIES|CLAIM_OPERATES|CLAIM_OWNS|CLAIM_LOCATED_IN|CLAIM_PART_OF|CLAIM_BORDERS|
      CLAIM_PRODUCES|CLAIM_NEEDS|CLAIM_REQUIRES|CLAIM_EXPORTS_TO|CLAIM_SELLS_TO|CLAIM_COOPERATES_WITH|
      CLAIM_MEMBER_OF|CLAIM_PARTICIPATES_IN|CLAIM_HAS_STAGE|CLAIM_HAS_ROLE|CLAIM_USED_IN|CLAIM_CREATED_BY|
      CLAIM_UNNAMED_SUPPLIERS_OF|CLAIM_UNNAMED_CUSTOMERS_OF|CLAIM_UNNAMED_PARTNERS_OF|
      CLAIM_UNNAMED_MARKETS_OF|CLAIM_HAS|CLAIM_DESCRIBED_IN]->()
WHERE c.retracted IS NULL AND none(l IN c.loads WHERE l IN $live)
CALL (c) {
  SET c.retracted = $version
  REMOVE c.live_id
} IN TRANSACTIONS OF 5000 ROWS
