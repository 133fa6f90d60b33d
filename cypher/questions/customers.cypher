// name: customers
// mode: read
// parameters:
//   id: string — the unit that is asked about
//   tiers: integer — how many tiers to walk, at most 4
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
//   id: string — id of a customer
//   name: string — its name
//   tier: integer — how many links away it is
// doc: Who is supplied by a unit, to tier 4 at most: the tier is the number of links on the shortest path.
//   The planner walks breadth first, visiting each node once, as long as only min(length(p)) looks at the path.

MATCH p = (c:Entity {id: $id})-[rs:CLAIM_SUPPLIES*1..4]->(s:Entity)
WHERE s <> c
  AND all(r IN rs WHERE
    (r.valid_from IS NULL OR r.valid_from <= $valid_at)
    AND (r.valid_to IS NULL OR $valid_at < r.valid_to)
    AND r.recorded <= $known_at
    AND (r.retracted IS NULL OR $known_at < r.retracted)
    AND r.status IN $statuses
    AND r.confidence >= $min_confidence
    AND ($reviews IS NULL OR r.review IN $reviews)
    AND ($oldest_seen IS NULL OR r.last_seen IS NULL OR r.last_seen >= $oldest_seen)
    AND ($documents IS NULL OR r.document_id IN $documents)
    AND NOT r.document_id IN $excluded_documents
    AND ($products IS NULL OR r.product IN $products)
    AND NOT coalesce(r.product, '') IN $excluded_products)
WITH s, min(length(p)) AS tier
WHERE tier <= $tiers
RETURN s.id AS id, s.name AS name, tier
ORDER BY tier, name, id
