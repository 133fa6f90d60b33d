// name: placement
// mode: read
// parameters:
//   ids: list<string> — ids to look up, with what they lead to; null for everything
// returns:
//   id: string — an entity id
//   merged_into: string — the id that it redirects to, or null
//   unit_id: string — the plant that is one unit with this company, or null
// doc: Where merging leads: only ids that lead anywhere.

CALL () {
  MATCH (e:Entity)
  WHERE $ids IS NULL AND e.merged_into IS NOT NULL
  RETURN e
  UNION
  MATCH (e:Entity)
  WHERE $ids IS NULL AND e.unit_id IS NOT NULL
  RETURN e
  UNION
  UNWIND $ids AS id
  MATCH (e:Entity {id: id})
  RETURN e
  UNION
  UNWIND $ids AS id
  MATCH (weaker:Entity {id: id})
  MATCH (e:Entity {id: weaker.merged_into})
  RETURN e
}
WITH e
WHERE e.merged_into IS NOT NULL OR e.unit_id IS NOT NULL
RETURN e.id AS id, e.merged_into AS merged_into, e.unit_id AS unit_id
