// name: entity
// mode: read
// parameters:
//   key: string — an id, INN, OGRN, LEI or ISO code
// returns:
//   id: string — id of the entity
//   type: string — its label
//   name: string — its name
//   properties: map — its chosen attributes
// doc: Who an identifier means; the id of a merged entity leads to the other one.

MATCH (asked:Entity)
WHERE asked.id = $key OR asked.inn = $key OR asked.ogrn = $key OR asked.lei = $key OR asked.iso = $key
OPTIONAL MATCH (other:Entity {id: asked.merged_into})
WITH DISTINCT coalesce(other, asked) AS e
RETURN e.id AS id, head([l IN labels(e) WHERE NOT l IN ['Entity', 'Supplier', 'ExportMarket']]) AS type, e.name AS name,
  properties(e) AS properties
ORDER BY name, id
