// name: suppliers_of_suppliers
// ru: Кто поставляет поставщикам, до третьего уровня?
// en: Who supplies the suppliers, to tier 3?
// mode: read
// parameters:
//   name: string — part of the plant's name
// returns:
//   supplier: string — who
//   tier: integer — how many links away
// doc: The tier is the shortest way; a plant is never its own supplier.

MATCH path = (supplier)-[:SUPPLIES*1..3]->(plant:Entity)
WHERE plant.name CONTAINS $name
  AND supplier <> plant
RETURN supplier.name AS supplier, min(length(path)) AS tier
ORDER BY tier, supplier
