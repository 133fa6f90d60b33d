// name: partners
// mode: read
// parameters:
//   ids: list<string> — the unit, and its operator where the two are one
//   valid_at: string — the day it was true, ISO 8601
//   known_at: integer — the version of the graph that was known
//   statuses: list<string> — which statuses count: actual, planned, cancelled
//   min_confidence: float — claims with less do not count
//   reviews: list<string> — which review states count; null = all
//   oldest_seen: string — the earliest day a claim may have been seen last, ISO 8601; null = any
//   documents: list<string> — ids of the documents whose claims count; null = all
//   excluded_documents: list<string> — ids of documents whose claims do not count
//   products: list<string> — ids of the products that count; null = all
//   excluded_products: list<string> — ids of products that do not count
// returns:
//   id: string — id of a partner
//   name: string — its name
//   kind: string — supplier, customer, cooperation, owner, owned, operator, plant, regional market, same cluster or same project
//   via: string — id of the shared cluster or project
//   claims: list<string> — ids of the claims, sorted
// doc: With whom a unit works, by name of the partner, then kind. Sharing a cluster or project takes a claim of each side.

CALL () {
  MATCH (e:Entity)-[c:CLAIM_SUPPLIES|CLAIM_COOPERATES_WITH|CLAIM_OWNS|CLAIM_OPERATES|CLAIM_SELLS_TO]-(o:Entity)
  WHERE e.id IN $ids
    AND NOT o.id IN $ids
    AND (c.valid_from IS NULL OR c.valid_from <= $valid_at)
    AND (c.valid_to IS NULL OR $valid_at < c.valid_to)
    AND c.recorded <= $known_at
    AND (c.retracted IS NULL OR $known_at < c.retracted)
    AND c.status IN $statuses
    AND c.confidence >= $min_confidence
    AND ($reviews IS NULL OR c.review IN $reviews)
    AND ($oldest_seen IS NULL OR c.last_seen IS NULL OR c.last_seen >= $oldest_seen)
    AND ($documents IS NULL OR c.document_id IN $documents)
    AND NOT c.document_id IN $excluded_documents
    AND ($products IS NULL OR c.product IN $products)
    AND NOT coalesce(c.product, '') IN $excluded_products
  RETURN o, null AS via, [c.claim_id] AS found, CASE
    WHEN type(c) = 'CLAIM_COOPERATES_WITH' THEN 'cooperation'
    WHEN type(c) = 'CLAIM_SELLS_TO' THEN 'regional market'
    WHEN type(c) = 'CLAIM_SUPPLIES' AND startNode(c) = e THEN 'customer'
    WHEN type(c) = 'CLAIM_SUPPLIES' THEN 'supplier'
    WHEN type(c) = 'CLAIM_OWNS' AND startNode(c) = e THEN 'owned'
    WHEN type(c) = 'CLAIM_OWNS' THEN 'owner'
    WHEN startNode(c) = e THEN 'plant'
    ELSE 'operator' END AS kind
  UNION ALL
  MATCH (e:Entity)-[c:CLAIM_MEMBER_OF|CLAIM_PARTICIPATES_IN]->(venue:Entity)
  WHERE e.id IN $ids
    AND (c.valid_from IS NULL OR c.valid_from <= $valid_at)
    AND (c.valid_to IS NULL OR $valid_at < c.valid_to)
    AND c.recorded <= $known_at
    AND (c.retracted IS NULL OR $known_at < c.retracted)
    AND c.status IN $statuses
    AND c.confidence >= $min_confidence
    AND ($reviews IS NULL OR c.review IN $reviews)
    AND ($oldest_seen IS NULL OR c.last_seen IS NULL OR c.last_seen >= $oldest_seen)
    AND ($documents IS NULL OR c.document_id IN $documents)
    AND NOT c.document_id IN $excluded_documents
    AND ($products IS NULL OR c.product IN $products)
    AND NOT coalesce(c.product, '') IN $excluded_products
  MATCH (venue)<-[d:CLAIM_MEMBER_OF|CLAIM_PARTICIPATES_IN]-(member:Entity)
  WHERE (d.valid_from IS NULL OR d.valid_from <= $valid_at)
    AND (d.valid_to IS NULL OR $valid_at < d.valid_to)
    AND d.recorded <= $known_at
    AND (d.retracted IS NULL OR $known_at < d.retracted)
    AND d.status IN $statuses
    AND d.confidence >= $min_confidence
    AND ($reviews IS NULL OR d.review IN $reviews)
    AND ($oldest_seen IS NULL OR d.last_seen IS NULL OR d.last_seen >= $oldest_seen)
    AND ($documents IS NULL OR d.document_id IN $documents)
    AND NOT d.document_id IN $excluded_documents
    AND ($products IS NULL OR d.product IN $products)
    AND NOT coalesce(d.product, '') IN $excluded_products
  OPTIONAL MATCH (plant:Entity {id: member.unit_id})
  WITH coalesce(plant, member) AS o, venue, c, d
  WHERE NOT o.id IN $ids
  RETURN o, venue.id AS via, [c.claim_id, d.claim_id] AS found,
    CASE type(c) WHEN 'CLAIM_MEMBER_OF' THEN 'same cluster' ELSE 'same project' END AS kind
}
UNWIND found AS claim
WITH o, kind, via, claim
ORDER BY claim
WITH o, kind, via, collect(DISTINCT claim) AS claims
RETURN o.id AS id, o.name AS name, kind, via, claims
ORDER BY name, id, kind, via
