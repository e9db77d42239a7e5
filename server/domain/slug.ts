/** Longest part of an address that people still read. */
const SLUG_MAX_CHARACTERS = 40;

/** First parts of addresses of our own pages and routes: a club by that name would hide or be hidden. */
const RESERVED = new Set([
  "api",
  "desk",
  "icon",
  "icons",
  "invitation",
  "manifest",
  "offline",
  "portfolio",
  "settings",
  "sign-in",
  "sign-up",
  "start",
  "unsubscribe",
]);

/** A name as a part of an address: `Müller's Gym, Bern` becomes `mullers-gym-bern`. Never empty and never one of our own pages. */
export const slugOf = (name: string): string => {
  const plain = name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f'’]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, SLUG_MAX_CHARACTERS)
    .replace(/^-+|-+$/g, "");
  return plain === "" || RESERVED.has(plain) ? `club${plain === "" ? "" : `-${plain}`}` : plain;
};
