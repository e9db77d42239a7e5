/**
 * `same`: a page of ours asks. `foreign`: another site asks. `unknown`: the caller says nothing about where it stands,
 * which every browser does on a change.
 */
export type OriginVerdict = "same" | "foreign" | "unknown";

type Asked = Pick<Headers, "get">;

/**
 * Judges by what the browser itself reports and no page can forge: `Sec-Fetch-Site`, and `Origin` against the address
 * of the installation. One wrong report outweighs a right one.
 * @param appUrl the configured address, never the `Host` header, which the caller chooses
 */
export const originVerdict = (headers: Asked, appUrl: string): OriginVerdict => {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  if (site === null && origin === null) {
    return "unknown";
  }
  const isSiteRight = site === null || site === "same-origin";
  const isOriginRight = origin === null || isSameOrigin(origin, appUrl);
  return isSiteRight && isOriginRight ? "same" : "foreign";
};

/** Whether a change may be carried out at all: only for a page of ours. */
export const isOwnPage = (headers: Asked, appUrl: string): boolean => originVerdict(headers, appUrl) === "same";

const isSameOrigin = (origin: string, appUrl: string): boolean => {
  if (!URL.canParse(origin)) {
    return false;
  }
  const asked = new URL(origin);
  const own = new URL(appUrl);
  return (
    asked.protocol === own.protocol &&
    asked.port === own.port &&
    (asked.hostname === own.hostname || (isLoopback(asked) && isLoopback(own)))
  );
};

/** On one's own machine `localhost` and `127.0.0.1` are the same door. */
const isLoopback = (url: URL): boolean => ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
