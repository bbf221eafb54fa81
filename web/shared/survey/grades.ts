/** The five grades of 好差评, in the words of the service. */
import { shallowRef } from "vue";
import type { components } from "@api/feedback";
import { feedback, wanted } from "../api";

export const grades = shallowRef<components["schemas"]["Word"][]>([]);

/** Asked for once; raises what the service refuses with. */
export async function fetchGrades(): Promise<void> {
  if (!grades.value.length) grades.value = (await wanted(feedback.GET("/api/feedback/v1/rating-words"))).grades;
}
