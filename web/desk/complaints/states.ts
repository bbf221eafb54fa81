import type { components } from "@api/feedback";
import { today } from "../days";

export type State = components["schemas"]["Complaint"]["state"];

/** What the desk still owes: the deadline runs until the complaint is answered. */
export const OPEN: State[] = ["filed", "assigned", "handling", "reopened"];
export const VIEWS: Record<string, State[]> = { open: OPEN, answered: ["answered"], followed: ["followed_up"], all: [] };

export const isLate = (one: { state: string; due_on: string }): boolean => (OPEN as string[]).includes(one.state) && one.due_on < today();
