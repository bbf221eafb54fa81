import type { zh } from "./zh";

export const en: typeof zh = {
  approvals: { page: "To approve", title: "Orders waiting for my approval", empty: "No order waits for you." },
};
