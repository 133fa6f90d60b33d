// name: moving
// mode: read
// parameters:
//   none
// returns:
//   id: string — an entity whose claims may hang in the wrong place
//   left: list<string> — the nodes that they may hang on
//   stale: list<string> — keys of links that have to be drawn anew because claims were moved
//   is_product: boolean — whether it is, or leads to, a product
// doc: What has to be looked at after merging changed.

MATCH (e:ZvenoMoving)
OPTIONAL MATCH (target:Entity {id: e.merged_into})
RETURN e.id AS id, e.left AS left, coalesce(e.stale, []) AS stale,
       e:Product OR coalesce(target:Product, false)
       OR EXISTS { (e)-[c:CLAIM_DESCRIBED_IN]->() WHERE c.label = 'Product' }
       OR EXISTS { (target)-[c:CLAIM_DESCRIBED_IN]->() WHERE c.label = 'Product' } AS is_product
ORDER BY id
