// name: ties
// mode: read
// parameters:
//   none
// returns:
//   review: string — a person's word on the description
//   rank: integer — rank of the source
//   published_on: string — when its document was published, or null
//   confidence: float — 0 to 1
//   claim_id: string — id of the description
//   entity: string — id of the entity that it describes
//   same_as: list<string> — ids that weaker keys of the record give to it, or that a person says are it
//   other_than: list<string> — ids that a person says are another entity
// doc: The live descriptions that say which ids are one entity and which are not, with all that the rule of chosen values looks at.

MATCH ()-[c:CLAIM_DESCRIBED_IN]->(d)
WHERE c.retracted IS NULL AND (c.same_as IS NOT NULL OR c.other_than IS NOT NULL)
MATCH (d)-[:PUBLISHED_BY]->(s:Source)
RETURN c.review AS review, s.rank AS rank, d.published_on AS published_on, c.confidence AS confidence,
       c.claim_id AS claim_id, c.from_raw AS entity, coalesce(c.same_as, []) AS same_as,
       coalesce(c.other_than, []) AS other_than
