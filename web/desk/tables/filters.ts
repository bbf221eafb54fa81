import { type WritableComputedRef, computed } from "vue";
import { useRoute, useRouter } from "vue-router";

/** One filter of a list, kept in the address: a link to the page is a link to what it shows. */
export function useFilter(name: string, preset = "") {
  const route = useRoute();
  const router = useRouter();
  return computed({
    get: () => String(route.query[name] ?? preset),
    set: (chosen: string | null) => {
      const { [name]: _, ...others } = route.query;
      void router.replace({ query: chosen && chosen !== preset ? { ...others, [name]: chosen } : others });
    },
  });
}

/** Several of them. `given` are those that narrow the list, `clear` takes them all away. */
export function useFilters<Name extends string>(...names: Name[]) {
  const route = useRoute();
  const router = useRouter();
  const filters = Object.fromEntries(names.map((name) => [name, useFilter(name)])) as Record<Name, WritableComputedRef<string, string | null>>;
  const given = computed(() => Object.fromEntries(names.map((name) => [name, filters[name].value]).filter(([, value]) => value)) as Partial<Record<Name, string>>);

  function clear() {
    const others = Object.entries(route.query).filter(([name]) => !(names as string[]).includes(name));
    void router.replace({ query: Object.fromEntries(others) });
  }
  return { filters, given, clear };
}
