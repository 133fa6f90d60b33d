// name: markets
// mode: read
// parameters:
//   id: string — the unit that is asked about
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
//   id: string — id of a country
//   iso: string — its ISO 3166-1 code
//   name: string — its name
//   claims: list<string> — ids of the claims, sorted
// doc: Where a unit exports to, by name of the country.

MATCH (e:Entity {id: $id})-[c:CLAIM_EXPORTS_TO]->(o:Entity)
WHERE (c.valid_from IS NULL OR c.valid_from <= $valid_at)
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
WITH o, c.claim_id AS claim
ORDER BY claim
WITH o, collect(DISTINCT claim) AS claims
RETURN o.id AS id, o.iso AS iso, o.name AS name, claims
ORDER BY name, id
