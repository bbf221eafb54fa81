import { computed } from "vue";
import { useRoute, useRouter } from "vue-router";

/** One filter of a list, kept in the address: a link to the page is a link to what it shows. */
export function useFilter(name: string, preset = "") {
  const route = useRoute();
  const router = useRouter();
  return computed({
    get: () => String(route.query[name] ?? preset),
    set: (chosen: string) => {
      const { [name]: _, ...others } = route.query;
      void router.replace({ query: chosen && chosen !== preset ? { ...others, [name]: chosen } : others });
    },
  });
}
