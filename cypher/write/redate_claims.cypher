// name: redate_claims
// mode: write
// parameters:
//   documents: list<string> — documents whose date or address changed, or the rank of whose source did
// returns:
//   link: string — key of a link that one of their claims speaks of; may come more than once
// doc: Bring up to date what claims repeat of their documents, so that the rule of chosen values sees it.

MATCH ()-[c:CLAIM_SUPPLIES|CLAIM_OPERATES|CLAIM_OWNS|CLAIM_LOCATED_IN|CLAIM_PART_OF|CLAIM_BORDERS|
      CLAIM_PRODUCES|CLAIM_NEEDS|CLAIM_REQUIRES|CLAIM_EXPORTS_TO|CLAIM_SELLS_TO|CLAIM_COOPERATES_WITH|
      CLAIM_MEMBER_OF|CLAIM_PARTICIPATES_IN|CLAIM_HAS_STAGE|CLAIM_HAS_ROLE|CLAIM_USED_IN|CLAIM_CREATED_BY|
      CLAIM_UNNAMED_SUPPLIERS_OF|CLAIM_UNNAMED_CUSTOMERS_OF|CLAIM_UNNAMED_PARTNERS_OF|
      CLAIM_UNNAMED_MARKETS_OF|CLAIM_HAS|CLAIM_DESCRIBED_IN]->()
WHERE c.document_id IN $documents
MATCH (d:Entity {id: c.document_id})-[:PUBLISHED_BY]->(s:Source)
CALL (c, d, s) {
  WITH c, d, s,
       CASE WHEN c.period_to IS NOT NULL THEN toString(date(c.period_to) - duration({days: 1})) END AS ended
  SET c.source_rank = s.rank, c.published_on = d.published_on,
      c.last_seen = reduce(latest = '', day IN [c.valid_from, ended, d.published_on] |
        CASE WHEN day > latest THEN day ELSE latest END)
  WITH c
  WHERE c.last_seen = ''
  REMOVE c.last_seen
} IN TRANSACTIONS OF 2000 ROWS
RETURN c.link AS link
