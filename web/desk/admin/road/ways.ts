/** The same pages in four services, each behind its own typed client. */
import { feedback, inspection, oversight, registry, wanted } from "@shared/api";
import type { components } from "@api/registry";

export type Road = components["schemas"]["Road"];
export type Letter = components["schemas"]["DeadLetter"];
export type Whole = components["schemas"]["WholeLetter"];
export type LetterPage = components["schemas"]["DeadLetterPage"];
type State = Letter["state"];

export interface Asked {
  state: State;
  after: string | null;
  limit: number;
}

interface Ways {
  road: () => Promise<Road>;
  letters: (query: Asked) => Promise<LetterPage>;
  letter: (id: string) => Promise<Whole>;
  redrive: (id: string) => Promise<Letter>;
  redriveAll: (consumer: string) => Promise<{ letters: number }>;
}

const at = (letter_id: string) => ({ params: { path: { letter_id } } });

export const WAYS: Record<"registry" | "inspection" | "feedback" | "oversight", Ways> = {
  registry: {
    road: () => wanted(registry.GET("/api/registry/v1/road")),
    letters: (query) => wanted(registry.GET("/api/registry/v1/dead-letters", { params: { query } })),
    letter: (id) => wanted(registry.GET("/api/registry/v1/dead-letters/{letter_id}", at(id))),
    redrive: (id) => wanted(registry.POST("/api/registry/v1/dead-letters/{letter_id}/redrive", at(id))),
    redriveAll: (consumer) => wanted(registry.POST("/api/registry/v1/dead-letters/redrive", { body: { consumer } })),
  },
  inspection: {
    road: () => wanted(inspection.GET("/api/inspection/v1/road")),
    letters: (query) => wanted(inspection.GET("/api/inspection/v1/dead-letters", { params: { query } })),
    letter: (id) => wanted(inspection.GET("/api/inspection/v1/dead-letters/{letter_id}", at(id))),
    redrive: (id) => wanted(inspection.POST("/api/inspection/v1/dead-letters/{letter_id}/redrive", at(id))),
    redriveAll: (consumer) => wanted(inspection.POST("/api/inspection/v1/dead-letters/redrive", { body: { consumer } })),
  },
  feedback: {
    road: () => wanted(feedback.GET("/api/feedback/v1/road")),
    letters: (query) => wanted(feedback.GET("/api/feedback/v1/dead-letters", { params: { query } })),
    letter: (id) => wanted(feedback.GET("/api/feedback/v1/dead-letters/{letter_id}", at(id))),
    redrive: (id) => wanted(feedback.POST("/api/feedback/v1/dead-letters/{letter_id}/redrive", at(id))),
    redriveAll: (consumer) => wanted(feedback.POST("/api/feedback/v1/dead-letters/redrive", { body: { consumer } })),
  },
  oversight: {
    road: () => wanted(oversight.GET("/api/oversight/v1/road")),
    letters: (query) => wanted(oversight.GET("/api/oversight/v1/dead-letters", { params: { query } })),
    letter: (id) => wanted(oversight.GET("/api/oversight/v1/dead-letters/{letter_id}", at(id))),
    redrive: (id) => wanted(oversight.POST("/api/oversight/v1/dead-letters/{letter_id}/redrive", at(id))),
    redriveAll: (consumer) => wanted(oversight.POST("/api/oversight/v1/dead-letters/redrive", { body: { consumer } })),
  },
};
export type ServiceName = keyof typeof WAYS;
export const SERVICES = Object.keys(WAYS) as ServiceName[];
export const serviceOf = (name: string): ServiceName => SERVICES.find((service) => service === name) ?? "registry";
