// name: common_suppliers
// mode: read
// parameters:
//   asked: list<list<string>> — for each party its ids: one, or two where a company and a plant are one unit
//   relation: string — CLAIM_SUPPLIES or CLAIM_OWNS
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
//   id: string — id of a supplier or owner of all
//   name: string — its name
//   tiers: list<integer> — how many links away it is from each party, in the order in which they are asked about
// doc: Who is upstream of two or more parties, by the sum of the tiers, then the largest.
//   Each party is a row of its own, so that the planner walks breadth first from each.

UNWIND $asked AS own
MATCH p = (c:Entity)<-[rs:CLAIM_SUPPLIES|CLAIM_OWNS*1..4]-(s:Entity)
WHERE c.id IN own
  AND NOT any(party IN $asked WHERE s.id IN party)
  AND all(r IN rs WHERE
    type(r) = $relation
    AND (r.valid_from IS NULL OR r.valid_from <= $valid_at)
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
WITH s, own, min(length(p)) AS tier
WHERE tier <= $tiers
WITH s, collect({own: own, tier: tier}) AS found
WHERE size(found) = size($asked)
WITH s, [own IN $asked | head([x IN found WHERE x.own = own | x.tier])] AS tiers
RETURN s.id AS id, s.name AS name, tiers
ORDER BY reduce(total = 0, tier IN tiers | total + tier), reduce(largest = 0, tier IN tiers | CASE WHEN tier > largest THEN tier ELSE largest END), name, id
