import { ref } from "vue";

/** Whether a one-time code opened the page; it closes with it. */
export const entered = ref(false);
/** It was open, and its time is over. */
export const expired = ref(false);
