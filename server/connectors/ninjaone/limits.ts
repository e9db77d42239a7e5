/** Chosen by us, 2026-11: the vendor names no maximum; one page holds the devices of any club. */
export const DEVICE_PAGE_SIZE = 200;
/** Chosen by us: 10,000 devices in one organisation are no club. Beyond it the list is not read to its end, and that is said. */
export const DEVICE_PAGES_MAX = 50;

/** Chosen by us: half an hour of a busy device stays on one page. */
export const ACTIVITY_PAGE_SIZE = 200;
/** Chosen by us: beyond it nobody can tell what became of the reset, and that is said. */
export const ACTIVITY_PAGES_MAX = 20;
/**
 * Chosen by us: how far before the reset activities are read. A run that began earlier and ends after it is told from
 * ours only by its beginning, so this must be longer than any run of the script.
 */
export const ACTIVITY_LOOK_BACK_MS = 60 * 60_000;
/** Guess: kinds of activities under which a script's run is told. The vendor's examples show `SCRIPTING` only. */
export const RUN_ACTIVITY_TYPES: readonly string[] = ["SCRIPTING", "ACTION", "ACTIONSET"];

/** Chosen by us: the `Date` header counts whole seconds, and a run is noted a moment before the answer. */
export const CLOCK_GRAIN_MS = 5_000;
/** Chosen by us: how far the vendor's clock may differ when its answers do not name its time. */
export const UNKNOWN_SKEW_MS = 2 * 60_000;

/** Vendor, 2026-11: a token lives 3,600 s and is not renewed but asked for anew. Chosen by us: at nine tenths of its life. */
export const TOKEN_USE_RATIO = 0.9;
/** Chosen by us: more tokens than this within the window mean that something is wrong; the next call waits. */
export const LOGIN_MAX_COUNT = 5;
export const LOGIN_WINDOW_MS = 5 * 60_000;
/** Chosen by us: a refused client is not tried again for so long, unless its credentials change. */
export const REFUSED_CLIENT_PAUSE_MS = 30 * 60_000;
/** Vendor, 2026-11: reading, and every write. `control` (remote sessions) is not asked for. */
export const SCOPES = "monitoring management";

export const READ_TIMEOUT_MS = 15_000;
/** Chosen by us: the vendor only files the order; the agent on the device fetches it. */
export const ACT_TIMEOUT_MS = 20_000;
/** Chosen by us: a page of 200 devices or activities is about 200 KB. */
export const ANSWER_MAX_BYTES = 4 * 1024 * 1024;
