// name: counted_suppliers
// ru: Сколько поставщиков насчитывают источники, не называя их?
// en: How many suppliers do sources count without naming them?
// mode: read
// parameters:
//   name: string — part of the plant's name
// returns:
//   who: string — the group in words
//   at_least: float — how many
//   source: string — who says so
// doc: Counted partners are data: a group with a number, never a supplier.

MATCH (many:PartnerGroup)-[r:UNNAMED_SUPPLIERS_OF]->(plant:Entity)
WHERE plant.name CONTAINS $name
RETURN many.name AS who, r.count_min AS at_least, r.source AS source
ORDER BY at_least DESC, who
