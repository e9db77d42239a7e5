/** The worker that shows what is pushed; the same one that an installed Spotter has. */
const WORKER = "/service-worker.js";

/** Address at which this browser is told now; null where it is not, or cannot be. */
export const subscriptionHere = async (): Promise<string | null> => {
  if (!("serviceWorker" in navigator)) {
    return null;
  }
  const registration = await navigator.serviceWorker.getRegistration(WORKER);
  const subscription = await registration?.pushManager?.getSubscription();
  return subscription?.endpoint ?? null;
};

type Device = { readonly endpoint: string; readonly p256dh: string; readonly auth: string };

/** Asks the person, then the browser's push service. @throws `DOMException` where either says no */
export const subscribeHere = async (publicKey: string): Promise<Device> => {
  await navigator.serviceWorker.register(WORKER);
  const registration = await navigator.serviceWorker.ready;
  const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  const { endpoint, keys } = subscription.toJSON();
  if (endpoint === undefined || keys?.["p256dh"] === undefined || keys["auth"] === undefined) {
    throw new DOMException("the browser gave no keys", "InvalidStateError");
  }
  return { endpoint, p256dh: keys["p256dh"], auth: keys["auth"] };
};

export const unsubscribeHere = async (): Promise<void> => {
  const registration = await navigator.serviceWorker.getRegistration(WORKER);
  const subscription = await registration?.pushManager.getSubscription();
  await subscription?.unsubscribe();
};
