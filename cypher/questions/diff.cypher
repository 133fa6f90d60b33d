// name: diff
// mode: read
// parameters:
//   states: list<map> — the two states: side (before, after), valid_at, known_at, and oldest_seen or null
//   ids: list<string> — only claims that name this entity, or the other half of its unit; null = all
//   statuses: list<string> — which statuses count: actual, planned, cancelled
//   min_confidence: float — claims with less do not count
//   reviews: list<string> — which review states count; null = all
//   documents: list<string> — ids of the documents whose claims count; null = all
//   excluded_documents: list<string> — ids of documents whose claims do not count
//   products: list<string> — ids of the products that count; null = all
//   excluded_products: list<string> — ids of products that do not count
// returns:
//   id: string — id of an entity
//   name: string — its name
//   gained: list<string> — ids of its claims that count in the later state only, sorted
//   lost: list<string> — ids of its claims that count in the earlier state only, sorted
// doc: What changed between two days or two versions: the claims that count in one state and not in the other, by
//   their subject, most changes first, then by name. A claim that was withdrawn and said again counts in both. Of a symmetric relation the subject is the smaller id.

UNWIND $states AS state
MATCH (s:Entity)-[c]->(o)
WHERE c.recorded <= state.known_at
  AND (c.retracted IS NULL OR state.known_at < c.retracted)
  AND (c.valid_from IS NULL OR c.valid_from <= state.valid_at)
  AND (c.valid_to IS NULL OR state.valid_at < c.valid_to)
  AND (state.oldest_seen IS NULL OR c.last_seen IS NULL OR c.last_seen >= state.oldest_seen)
  AND ($ids IS NULL OR s.id IN $ids OR o.id IN $ids)
  AND c.status IN $statuses
  AND c.confidence >= $min_confidence
  AND ($reviews IS NULL OR c.review IN $reviews)
  AND ($documents IS NULL OR c.document_id IN $documents)
  AND NOT c.document_id IN $excluded_documents
  AND ($products IS NULL OR c.product IN $products)
  AND NOT coalesce(c.product, '') IN $excluded_products
WITH c.claim_id AS claim, CASE WHEN type(c) IN ['CLAIM_COOPERATES_WITH', 'CLAIM_BORDERS'] AND o.id < s.id THEN o ELSE s END AS subject,
  collect(DISTINCT state.side) AS sides
WHERE size(sides) = 1
WITH subject, sides[0] AS side, claim
ORDER BY claim
WITH subject, collect(CASE side WHEN 'after' THEN claim END) AS gained, collect(CASE side WHEN 'before' THEN claim END) AS lost
RETURN subject.id AS id, coalesce(subject.name, subject.id) AS name, gained, lost
ORDER BY size(gained) + size(lost) DESC, name, id
