/** What the desk says, by feature. Each has its words beside its pages. */
import { zh as approvals } from "../approvals/words/zh";
import { zh as drafting } from "../drafting/words/zh";
import { zh as net } from "../net/words/zh";
import { zh as orders } from "../orders/words/zh";
import { zh as shell } from "../shell/words/zh";

export const zh = { ...shell, ...net, ...approvals, ...orders, ...drafting };
