/** What went wrong, in the words of the service that said so (RFC 9457). */
import type { components } from "@api/inspection";
import { language } from "./language";

type Document = components["schemas"]["Problem"];
type Words = Pick<Document, "title" | "detail" | "remedy">;
export type Finding = components["schemas"]["Finding"];

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly document: Document & {
      zh?: Words;
      en?: Words;
      errors?: { pointer: string; message: string }[];
      findings?: Finding[];
    },
  ) {
    super(document.detail);
  }

  get code(): string {
    return this.document.code;
  }

  /** Title, what happened and the way out, in the language of the screen. */
  get words(): Words {
    return this.document[language.value] ?? this.document;
  }

  /** Wrong fields by JSON pointer, each in the language of the screen where its message speaks both. */
  get fields(): Record<string, string> {
    return Object.fromEntries((this.document.errors ?? []).map(({ pointer, message }) => [pointer, spoken(message)]));
  }

  get findings(): Finding[] {
    return this.document.findings ?? [];
  }

  get correlation(): string {
    return this.document.correlation_id;
  }
}

/** `中文 · English` or `中文 / English`; a message that names something Chinese in its English half stays whole. */
const BOTH = /^(.*?[\u4e00-\u9fff].*?) [·/] ([^\u4e00-\u9fff]+)$/;

function spoken(message: string): string {
  const [, zh = ownWords(message), en = message] = BOTH.exec(message) ?? [];
  return language.value === "zh" ? zh : en;
}

/** The services say both; what they have no words for yet is English alone. */
function ownWords(message: string): string {
  return /[\u4e00-\u9fff]/.test(message) ? message : `填写的内容不合要求（${message}）`;
}

export class NoSignal extends Error {}

export async function problemOf(response: Response): Promise<Problem> {
  const document = await response.json().catch(() => ({
    code: "unreadable",
    title: response.statusText || String(response.status),
    detail: "",
    remedy: "",
    correlation_id: response.headers.get("X-Correlation-ID") ?? "",
  }));
  return new Problem(response.status, document);
}
