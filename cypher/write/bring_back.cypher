// name: bring_back
// mode: write
// parameters:
//   version: integer — the version that holds them again
//   undone: integer — the version that had retracted them
//   live: list<integer> — loads that count after the undo
// returns:
//   none
// doc: What an undone load had retracted and others still state is said again, unless it has been said, or withdrawn by
//   a person, since. The retracted claim stays as history.

MATCH (a)-[old:CLAIM_SUPPLIES|CLAIM_OPERATES|CLAIM_OWNS|CLAIM_LOCATED_IN|CLAIM_PART_OF|CLAIM_BORDERS|
      CLAIM_PRODUCES|CLAIM_NEEDS|CLAIM_REQUIRES|CLAIM_EXPORTS_TO|CLAIM_SELLS_TO|CLAIM_COOPERATES_WITH|
      CLAIM_MEMBER_OF|CLAIM_PARTICIPATES_IN|CLAIM_HAS_STAGE|CLAIM_HAS_ROLE|CLAIM_USED_IN|CLAIM_CREATED_BY|
      CLAIM_UNNAMED_SUPPLIERS_OF|CLAIM_UNNAMED_CUSTOMERS_OF|CLAIM_UNNAMED_PARTNERS_OF|
      CLAIM_UNNAMED_MARKETS_OF|CLAIM_HAS|CLAIM_DESCRIBED_IN]->(b)
WHERE old.retracted = $undone AND any(l IN old.loads WHERE l IN $live)
  AND NOT EXISTS { (a)-[n]->(b) WHERE n.claim_id = old.claim_id AND n.live_id IS NOT NULL AND n <> old }
CALL (a, old, b) {
  REMOVE old.live_id
  CREATE (a)-[c:$(type(old))]->(b)
  SET c = properties(old), c.recorded = $version, c.retracted = null, c.live_id = old.claim_id
} IN TRANSACTIONS OF 2000 ROWS
