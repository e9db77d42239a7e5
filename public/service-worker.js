/**
 * Of an installed Spotter, and of a browser that lets itself be told. It answers one thing by itself: a page that is asked for while
 * nothing can be reached. Everything else goes to the server untouched; nothing of a club is ever kept here.
 */
const CACHE = "spotter-reached";
const REACHED = "/reached-at";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate") {
    event.respondWith(pageOrWord(event.request));
  }
});

/** What the server says, and nothing that it did not: a title, the club and where it is. */
self.addEventListener("push", (event) => {
  const { title, body, url } = event.data?.json() ?? {};
  // The second news of one page takes the place of the first, and is told as loudly; a browser refuses that without a tag.
  const shown = { body, icon: "/icons/icon-192.png", data: { url }, ...(url === undefined ? {} : { tag: url, renotify: true }) };
  event.waitUntil(self.registration.showNotification(title ?? "Spotter", shown));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openPage(event.notification.data?.url));
});

/** In a window of Spotter that is open already, else in a new one; an address of anything else is not opened. */
const openPage = async (address) => {
  const url = new URL(address ?? "/", self.location.origin);
  if (url.origin !== self.location.origin) {
    return;
  }
  const [open] = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (open === undefined) {
    await self.clients.openWindow(url);
    return;
  }
  await open.focus();
  await open.navigate(url).catch(() => self.clients.openWindow(url));
};

const pageOrWord = async (request) => {
  try {
    const answer = await fetch(request);
    const cache = await caches.open(CACHE);
    // oxlint-disable-next-line spotter/clock-only-from-ctx -- the phone's own clock, for its own screen
    await cache.put(REACHED, new Response(new Date().toISOString()));
    return answer;
  } catch {
    const kept = await (await caches.open(CACHE)).match(REACHED);
    return new Response(offlinePage(kept === undefined ? null : new Date(await kept.text())), {
      status: 503,
      headers: { "content-type": "text/html; charset=utf-8" },
    });
  }
};

const whenText = (reachedAt) =>
  reachedAt === null
    ? "Spotter could not be reached from this phone yet."
    : `Spotter was last reached on ${reachedAt.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" })}.`;

const offlinePage = (reachedAt) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Offline · Spotter</title>
<style>
  :root { color-scheme: light dark; }
  body { margin: 0; min-height: 100dvh; display: grid; place-content: center; justify-items: center; gap: 8px; padding: 24px; text-align: center;
    font: 16px/1.5 "Inter Variable", ui-sans-serif, system-ui, sans-serif; background: light-dark(#f4f1eb, #131210); color: light-dark(#1c1a16, #f2efe9); }
  h1 { font-size: 20px; margin: 8px 0 0; }
  p { margin: 0; max-width: 42ch; color: light-dark(#57524a, #bfb9ad); }
  a { margin-top: 16px; padding: 10px 16px; border-radius: 6px; background: light-dark(#25221d, #ebe7de); color: light-dark(#faf8f4, #1c1a16); font-weight: 600; text-decoration: none; }
  svg { width: 40px; color: light-dark(#3c54d8, #8a9bff); }
</style>
<svg viewBox="0 0 16 16" fill="none" aria-hidden="true"><circle cx="8" cy="4.75" r="2.75" fill="currentColor"/><path d="M2 8.25c.35 3.1 2.85 5.25 6 5.25s5.65-2.15 6-5.25" stroke="currentColor" stroke-width="2" stroke-linecap="round"/></svg>
<h1>No connection</h1>
<p>${whenText(reachedAt)} Nothing is lost: messages keep arriving, and Spotter goes on by its rules.</p>
<a href="">Try again</a>
</html>`;
