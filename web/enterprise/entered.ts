import { ref } from "vue";

/** Whether a one-time code opened the page; it closes with it. */
export const entered = ref(false);
