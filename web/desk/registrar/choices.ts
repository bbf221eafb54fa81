import { zh } from "./words/zh";

/** What the services know, in the order of the words. */
export const LEVELS = Object.keys(zh.registry.levels) as (keyof typeof zh.registry.levels)[];
export const DOMAINS = Object.keys(zh.registry.domains) as (keyof typeof zh.registry.domains)[];
