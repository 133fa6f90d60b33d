// name: retract_again
// mode: write
// parameters:
//   version: integer — the version that withdraws them
//   undone: integer — the version of the undo that is undone
//   by_hand: boolean — a person had withdrawn them, so they stay withdrawn when their source is loaded again
//   since: list<integer> — loads that count and began after the undo
// returns:
//   none
// doc: Withdraw again what an undo had brought back, unless another load has stated it since.

MATCH ()-[c:CLAIM_SUPPLIES|CLAIM_OPERATES|CLAIM_OWNS|CLAIM_LOCATED_IN|CLAIM_PART_OF|CLAIM_BORDERS|
      CLAIM_PRODUCES|CLAIM_NEEDS|CLAIM_REQUIRES|CLAIM_EXPORTS_TO|CLAIM_SELLS_TO|CLAIM_COOPERATES_WITH|
      CLAIM_MEMBER_OF|CLAIM_PARTICIPATES_IN|CLAIM_HAS_STAGE|CLAIM_HAS_ROLE|CLAIM_USED_IN|CLAIM_CREATED_BY|
      CLAIM_UNNAMED_SUPPLIERS_OF|CLAIM_UNNAMED_CUSTOMERS_OF|CLAIM_UNNAMED_PARTNERS_OF|
      CLAIM_UNNAMED_MARKETS_OF|CLAIM_HAS|CLAIM_DESCRIBED_IN]->()
WHERE c.recorded = $undone AND c.retracted IS NULL AND ($by_hand OR none(l IN c.loads WHERE l IN $since))
CALL (c) {
  SET c.retracted = $version, c.live_id = CASE WHEN $by_hand THEN c.live_id END
} IN TRANSACTIONS OF 5000 ROWS
