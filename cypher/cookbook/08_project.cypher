// name: project
// ru: Какие этапы у проекта и кто участвует?
// en: Which stages has a project, and who takes part?
// mode: read
// parameters:
//   name: string — part of the project's name
// returns:
//   step: integer — number of the stage
//   stage: string — the stage
//   participants: list<string> — who takes part in the project
// doc: Stages are numbered by their source.

MATCH (project:Project)-[h:HAS_STAGE]->(stage)
WHERE project.name CONTAINS $name
OPTIONAL MATCH (who)-[:PARTICIPATES_IN]->(project)
RETURN h.seq AS step, stage.name AS stage, collect(DISTINCT who.name) AS participants
ORDER BY step
