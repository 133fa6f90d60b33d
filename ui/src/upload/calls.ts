/** What the service does with a file: keeps it, reads it without writing, loads it. */
import { api, Problem, type Schemas } from "../api/client";

export type Look = Schemas["LookItem"];
export type Preview = Schemas["PreviewItem"];
export type Job = Schemas["JobItem"];
export type Reading = Schemas["ReadingBody"];

interface Sent<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

function got<T>({ data, error, response }: Sent<T>): T {
  if (!response.ok || data === undefined) throw Problem.from(error, response);
  return data;
}

export async function send(file: File): Promise<Look> {
  const form = new FormData();
  form.append("file", file);
  return got(await api.POST("/api/v1/uploads", { body: form as never, bodySerializer: (body) => body as never })).upload;
}

/** What a file holds, of a workbook what one sheet of it does, and how it was to be loaded if it was. */
export async function look(id: string, sheet?: string): Promise<Schemas["Looked"]> {
  return got(await api.GET("/api/v1/uploads/{id}", { params: { path: { id }, query: sheet === undefined ? {} : { sheet } } }));
}

export async function preview(id: string, reading: Reading, signal: AbortSignal): Promise<Preview> {
  return got(await api.POST("/api/v1/uploads/{id}/preview", { params: { path: { id } }, body: reading, signal })).preview;
}

/** Have a file loaded; reasons in its file of rejected rows are in `lang`. */
export async function load(id: string, reading: Reading, lang: "ru" | "en"): Promise<Job> {
  return got(await api.POST("/api/v1/loads", { body: { upload: id, lang, ...reading } })).job;
}

/** Go on with a load that was cut off. */
export async function goOn(id: string): Promise<Job> {
  return got(await api.POST("/api/v1/jobs/{id}/continue", { params: { path: { id } } })).job;
}

/** All jobs, the newest first. */
export async function jobs(): Promise<Job[]> {
  return got(await api.GET("/api/v1/jobs")).data.items;
}

/** How far the job of a file is; null where nothing was ordered yet. */
export async function job(id: string): Promise<Job | null> {
  const answer = await api.GET("/api/v1/jobs/{id}", { params: { path: { id } } });
  return answer.response.status === 404 ? null : got(answer).job;
}

export async function forget(id: string): Promise<void> {
  const { error, response } = await api.DELETE("/api/v1/uploads/{id}", { params: { path: { id } } });
  if (!response.ok) throw Problem.from(error, response);
}
