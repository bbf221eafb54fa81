import type { zh } from "./zh";
import { en as approvals } from "../approvals/words/en";
import { en as drafting } from "../drafting/words/en";
import { en as net } from "../net/words/en";
import { en as orders } from "../orders/words/en";
import { en as shell } from "../shell/words/en";

export const en: typeof zh = { ...shell, ...net, ...approvals, ...orders, ...drafting };
