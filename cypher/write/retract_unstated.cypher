// name: retract_unstated
// mode: write
// parameters:
//   version: integer — the version that no longer holds them
//   replaced: list<integer> — completed loads of the data set that a full load replaces
//   others: list<integer> — the full load itself and all completed loads of other data sets
// returns:
//   none
// doc: Retract what a data set stated and, after a full load of it, nobody states any more.

MATCH ()-[c:CLAIM_SUPPLIES|CLAIM_OPERATES|CLAIM_OWNS|CLAIM_LOCATED_IN|CLAIM_PART_OF|CLAIM_BORDERS|
      CLAIM_PRODUCES|CLAIM_NEEDS|CLAIM_REQUIRES|CLAIM_EXPORTS_TO|CLAIM_SELLS_TO|CLAIM_COOPERATES_WITH|
      CLAIM_MEMBER_OF|CLAIM_PARTICIPATES_IN|CLAIM_HAS_STAGE|CLAIM_HAS_ROLE|CLAIM_USED_IN|CLAIM_CREATED_BY|
      CLAIM_UNNAMED_SUPPLIERS_OF|CLAIM_UNNAMED_CUSTOMERS_OF|CLAIM_UNNAMED_PARTNERS_OF|
      CLAIM_UNNAMED_MARKETS_OF|CLAIM_HAS|CLAIM_DESCRIBED_IN]->()
WHERE c.retracted IS NULL AND c.recorded < $version
  AND any(l IN c.loads WHERE l IN $replaced) AND none(l IN c.loads WHERE l IN $others)
CALL (c) {
  SET c.retracted = $version
  REMOVE c.live_id
} IN TRANSACTIONS OF 5000 ROWS
