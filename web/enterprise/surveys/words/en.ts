import type { zh } from "./zh";

export const en: typeof zh = {
  surveys: {
    title: "Surveys",
    secret: "Answers are anonymous: the office sees sums of many enterprises, never who answered.",
    none: "No survey asks you now.",
    until: "Until {day} · {n} questions",
    answer: "Answer",
    answered: "Answered. Each survey is answered once; thank you.",
    sent: "Sent, thank you! Answers are anonymous, and this survey will not ask you again.",
    sent_before: "Your enterprise has answered this survey already; nothing was sent twice.",
    kept: "Until you send them, your answers are on this phone alone.",
    missing: "Please answer this question",
    missing_some: "{n} questions are not answered yet; they are marked.",
    send: "Send the answers",
    later: "Later",
  },
};
