import { type Ref, ref } from "vue";
import { isNavigationFailure, NavigationFailureType, START_LOCATION, useRouter } from "vue-router";

/** True while the page that was asked for is on its way: the one that is left takes no more taps then. A page that does
 * not come, for want of signal or because a newer release has taken its place, is asked of the server again. */
export function useLeaving(): Readonly<Ref<boolean>> {
  const router = useRouter();
  const leaving = ref(false);

  router.beforeEach((to, from) => {
    leaving.value = to.path !== from.path;
  });
  router.afterEach((_to, _from, failure) => {
    leaving.value = isNavigationFailure(failure, NavigationFailureType.cancelled);
  });
  router.onError((_why, to, from) => {
    leaving.value = false;
    if (from === START_LOCATION) return;
    location.hash = to.fullPath;
    location.reload();
  });
  return leaving;
}
