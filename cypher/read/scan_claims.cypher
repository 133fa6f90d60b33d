// name: scan_claims
// mode: read
// parameters:
//   names: list<string> — the properties to return
//   since: integer — claims recorded or retracted after this version
//   version: integer — the last completed version
// returns:
//   types: list<string> — relation type of each claim that begins at one node
//   columns: list<list> — for each property its values, in the same order, nulls included
// doc: All claims but descriptions, node by node and in columns: a row for each claim would take four times as long.
//   All properties of a relationship are read in one pass, in half the time of a map projection, and only the
//   wanted ones are sent.

MATCH (a:Entity)
CALL (a) {
  MATCH (a)-[c:CLAIM_SUPPLIES|CLAIM_OPERATES|CLAIM_OWNS|CLAIM_LOCATED_IN|CLAIM_PART_OF|CLAIM_BORDERS|
      CLAIM_PRODUCES|CLAIM_NEEDS|CLAIM_REQUIRES|CLAIM_EXPORTS_TO|CLAIM_SELLS_TO|CLAIM_COOPERATES_WITH|
      CLAIM_MEMBER_OF|CLAIM_PARTICIPATES_IN|CLAIM_HAS_STAGE|CLAIM_HAS_ROLE|CLAIM_USED_IN|CLAIM_CREATED_BY|
      CLAIM_UNNAMED_SUPPLIERS_OF|CLAIM_UNNAMED_CUSTOMERS_OF|CLAIM_UNNAMED_PARTNERS_OF|
      CLAIM_UNNAMED_MARKETS_OF|CLAIM_HAS]->()
  WHERE c.recorded <= $version AND (c.recorded > $since OR c.retracted > $since)
  RETURN collect(substring(type(c), 6)) AS types, collect(properties(c)) AS claims
}
WITH types, claims
WHERE size(types) > 0
RETURN types, [name IN $names | [c IN claims | c[name]]] AS columns
