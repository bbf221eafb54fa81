import type { zh } from "./zh";
import { en as admin } from "../admin/words/en";
import { en as alerts } from "../alerts/words/en";
import { en as approvals } from "../approvals/words/en";
import { en as calendar } from "../calendar/words/en";
import { en as drafting } from "../drafting/words/en";
import { en as duplicates } from "../duplicates/words/en";
import { en as net } from "../net/words/en";
import { en as orders } from "../orders/words/en";
import { en as planner } from "../planner/words/en";
import { en as proposals } from "../proposals/words/en";
import { en as registrar } from "../registrar/words/en";
import { en as rectifications } from "../rectifications/words/en";
import { en as reviews } from "../reviews/words/en";
import { en as sheets } from "../sheets/words/en";
import { en as shell } from "../shell/words/en";
import { en as surveys } from "../surveys/words/en";

export const en: typeof zh = { ...shell, ...net, ...alerts, ...approvals, ...orders, ...drafting, ...sheets, ...calendar, ...rectifications, ...duplicates, ...planner, ...proposals, ...registrar, ...reviews, ...surveys, ...admin };
