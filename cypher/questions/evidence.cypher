// name: evidence
// mode: read
// parameters:
//   claims: list<string> — ids of the claims that an answer rests on
// returns:
//   subject: node — who the claim is about
//   claim: relationship — the claim with all that it states
//   object: node — its other end
// doc: The evidence of an answer as a graph: every claim that it rests on, in its newest state. Questions that Cypher
//   cannot answer well cite this file instead of a twin.

MATCH (s:Entity)-[c]->(o)
WHERE c.claim_id IN $claims
RETURN s AS subject, c AS claim, o AS object
ORDER BY c.claim_id, c.recorded
