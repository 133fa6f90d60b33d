// name: scan_descriptions
// mode: read
// parameters:
//   since: integer — claims recorded or retracted after this version
//   version: integer — the last completed version
// returns:
//   claims: list<map> — properties of the descriptions of one entity
// doc: All descriptions, entity by entity.

MATCH (a:Entity)
CALL (a) {
  MATCH (a)-[c:CLAIM_DESCRIBED_IN]->()
  WHERE c.recorded <= $version AND (c.recorded > $since OR c.retracted > $since)
  RETURN collect(properties(c)) AS claims
}
WITH claims
WHERE size(claims) > 0
RETURN claims
