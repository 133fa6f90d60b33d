// name: who_supplies
// ru: Кто поставляет заводу?
// en: Who supplies a plant?
// mode: read
// parameters:
//   name: string — part of the plant's name
// returns:
//   supplier: string — who
//   product: string — what
//   last_seen: string — when it was last seen
//   source: string — who says so
// doc: One row per supplier and product. Planned supplies are PLANNED_SUPPLIES.

MATCH (supplier)-[r:SUPPLIES]->(plant:Entity)
WHERE plant.name CONTAINS $name
RETURN supplier.name AS supplier, r.product AS product, r.last_seen AS last_seen, r.source AS source
ORDER BY supplier, product
