// name: how_linked
// ru: Как связаны два предприятия?
// en: How are two firms linked?
// mode: read
// parameters:
//   one: string — name of the first
//   other: string — name of the second
// returns:
//   steps: list<string> — names and links along the way
//   length: integer — how many links
// doc: Only links that say something of the two: being in one country is no link.

MATCH (a:Entity {name: $one}), (b:Entity {name: $other})
MATCH path = shortestPath((a)-[:SUPPLIES|OWNS|OPERATES|COOPERATES_WITH|PARTICIPATES_IN|MEMBER_OF*1..6]-(b))
RETURN [n IN nodes(path) | n.name] AS steps, length(path) AS length
