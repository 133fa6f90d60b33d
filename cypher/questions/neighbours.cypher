// name: neighbours
// mode: read
// parameters:
//   ids: list<string> — the entity, and the other half of its unit if it is one
//   relations: list<string> — relation types to show; null = all
//   direction: string — out or in; null = both
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
//   id: string — id of a neighbour
//   name: string — its name
//   relation: string — the relation type
//   direction: string — out: the neighbour is the object, in: the subject
//   claims: list<string> — ids of the claims, sorted
// doc: Who and what an entity is directly linked to, by relation, direction and name.

MATCH (e:Entity)-[c]-(o:Entity)
WHERE e.id IN $ids
  AND o.id <> $ids[0]
  AND o <> e
  AND NOT type(c) IN ['CLAIM_DESCRIBED_IN', 'CLAIM_HAS']
  AND NOT (type(c) = 'CLAIM_USED_IN' AND c.to_raw IS NULL)
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
WITH o, substring(type(c), 6) AS relation, CASE WHEN startNode(c) = e THEN 'out' ELSE 'in' END AS direction, c
WHERE ($relations IS NULL OR relation IN $relations)
  AND ($direction IS NULL OR direction = $direction)
WITH o, relation, direction, c.claim_id AS claim
ORDER BY claim
WITH o, relation, direction, collect(DISTINCT claim) AS claims
RETURN o.id AS id, o.name AS name, relation, direction, claims
ORDER BY relation, direction = 'in', name, id
