// name: claims_about
// mode: read
// parameters:
//   rows: list<map> — id of an entity, and left: nodes to look at
// returns:
//   element: string — element id of the relationship
//   type: string — relation type
//   claim_id: string — its id
//   document_id: string — its document
//   from_raw: string — subject as stated
//   to_raw: string — object as stated
//   product: string — product as stated
//   start: string — the node where it begins
//   end: string — the node where it ends
//   link: string — key of its link
// doc: Claims that speak of an entity by this id and hang on one of these nodes.

UNWIND $rows AS row
UNWIND row.left AS place
MATCH (n:Entity {id: place})-[c:CLAIM_SUPPLIES|CLAIM_OPERATES|CLAIM_OWNS|CLAIM_LOCATED_IN|CLAIM_PART_OF|CLAIM_BORDERS|
      CLAIM_PRODUCES|CLAIM_NEEDS|CLAIM_REQUIRES|CLAIM_EXPORTS_TO|CLAIM_SELLS_TO|CLAIM_COOPERATES_WITH|
      CLAIM_MEMBER_OF|CLAIM_PARTICIPATES_IN|CLAIM_HAS_STAGE|CLAIM_HAS_ROLE|CLAIM_USED_IN|CLAIM_CREATED_BY|
      CLAIM_UNNAMED_SUPPLIERS_OF|CLAIM_UNNAMED_CUSTOMERS_OF|CLAIM_UNNAMED_PARTNERS_OF|
      CLAIM_UNNAMED_MARKETS_OF|CLAIM_HAS|CLAIM_DESCRIBED_IN]-()
WHERE c.from_raw = row.id OR c.to_raw = row.id
RETURN DISTINCT elementId(c) AS element, substring(type(c), 6) AS type, c.claim_id AS claim_id,
       c.document_id AS document_id, c.from_raw AS from_raw, c.to_raw AS to_raw, c.product AS product,
       startNode(c).id AS start, endNode(c).id AS end, c.link AS link
