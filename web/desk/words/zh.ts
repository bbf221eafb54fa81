/** What the desk says, by feature. Each has its words beside its pages. */
import { zh as admin } from "../admin/words/zh";
import { zh as alerts } from "../alerts/words/zh";
import { zh as approvals } from "../approvals/words/zh";
import { zh as calendar } from "../calendar/words/zh";
import { zh as campaigns } from "../campaigns/words/zh";
import { zh as complaints } from "../complaints/words/zh";
import { zh as drafting } from "../drafting/words/zh";
import { zh as draws } from "../draws/words/zh";
import { zh as duplicates } from "../duplicates/words/zh";
import { zh as net } from "../net/words/zh";
import { zh as orders } from "../orders/words/zh";
import { zh as planner } from "../planner/words/zh";
import { zh as plans } from "../plans/words/zh";
import { zh as proposals } from "../proposals/words/zh";
import { zh as ratings } from "../ratings/words/zh";
import { zh as refusals } from "../refusals/words/zh";
import { zh as registrar } from "../registrar/words/zh";
import { zh as rectifications } from "../rectifications/words/zh";
import { zh as reviews } from "../reviews/words/zh";
import { zh as sheets } from "../sheets/words/zh";
import { zh as shell } from "../shell/words/zh";
import { zh as surveys } from "../surveys/words/zh";

export const zh = { ...shell, ...net, ...alerts, ...complaints, ...approvals, ...orders, ...drafting, ...sheets, ...plans, ...campaigns, ...draws, ...calendar, ...rectifications, ...duplicates, ...planner, ...proposals, ...registrar, ...ratings, ...refusals, ...reviews, ...surveys, ...admin };
