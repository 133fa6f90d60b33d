import type { Question } from "../api/ask";

interface About {
  route: Question;
  /** Its words stand under `about.` in the catalogues. */
  name: string;
  /** Asked at once. */
  isOpen?: boolean;
}

const OF_ACTORS: About[] = [
  { route: "/api/v1/entities/{id}/exports", name: "exports" },
  { route: "/api/v1/entities/{id}/single-sourced", name: "singleSourced" },
  { route: "/api/v1/entities/{id}/chokepoints", name: "chokepoints" },
  { route: "/api/v1/entities/{id}/exposure", name: "exposure" },
  { route: "/api/v1/entities/{id}/concentration", name: "concentration" },
  { route: "/api/v1/entities/{id}/partners", name: "partners" },
  { route: "/api/v1/entities/{id}/ownership", name: "ownership" },
  { route: "/api/v1/entities/{id}/export-dependence", name: "exportDependence" },
  { route: "/api/v1/entities/{id}/next-best-fact", name: "nextBestFact" },
];

/** What is asked about an entity of a type beside its facts and links: one template for every profile. */
export const QUESTIONS: Partial<Record<string, About[]>> = {
  Plant: OF_ACTORS,
  Company: OF_ACTORS,
  Organization: OF_ACTORS,
  Region: [
    { route: "/api/v1/regions/{id}/cooperation", name: "flows", isOpen: true },
    { route: "/api/v1/regions/{id}/exports", name: "regionExports", isOpen: true },
    { route: "/api/v1/regions/{id}/unmet-needs", name: "unmetNeeds", isOpen: true },
  ],
  Product: [{ route: "/api/v1/entities/{id}/bill-of-materials", name: "billOfMaterials", isOpen: true }],
  Cluster: [
    { route: "/api/v1/clusters/{id}", name: "cluster", isOpen: true },
    { route: "/api/v1/entities/{id}/self-sufficiency", name: "selfSufficiency", isOpen: true },
    { route: "/api/v1/projects/{id}", name: "project", isOpen: true },
  ],
  Project: [{ route: "/api/v1/projects/{id}", name: "project", isOpen: true }],
};
