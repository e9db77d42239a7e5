import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { TIMESTAMP_TOLERANCE_SECONDS } from "./limits.ts";

export type AppCredentials = { readonly appId: string; readonly key: string; readonly secret: string };

export type SignedRequest = {
  readonly method: string;
  /** Path as it stood on the wire, without the query. */
  readonly path: string;
  /** Query as it stood on the wire, without the question mark. */
  readonly query: string;
  readonly body: string;
  readonly nowMs: number;
};

/** Returns why a REST request is refused, or `null` when key, version, time, body hash and signature all hold. */
export const findSignatureFault = (app: AppCredentials, request: SignedRequest): string | null => {
  const pairs = readQuery(request.query);
  if (!isEqual(pairs.get("auth_key") ?? "", app.key)) {
    return "unknown auth_key";
  }
  if (pairs.get("auth_version") !== "1.0") {
    return "auth_version must be 1.0";
  }
  const timestamp = Number(pairs.get("auth_timestamp") ?? Number.NaN);
  if (!(Math.abs(request.nowMs / 1000 - timestamp) <= TIMESTAMP_TOLERANCE_SECONDS)) {
    return `auth_timestamp must lie within ${TIMESTAMP_TOLERANCE_SECONDS} s of the server's clock`;
  }
  if (request.body !== "" && !isEqual(pairs.get("body_md5") ?? "", md5Hex(request.body))) {
    return "body_md5 does not match the body";
  }
  const given = pairs.get("auth_signature") ?? "";
  // The library signs the path before it is percent-encoded for the wire, other clients sign it afterwards.
  const paths = [request.path, decode(request.path)];
  const query = canonicalQuery(pairs);
  const matches = paths.map((path) => isEqual(given, sign(app.secret, `${request.method}\n${path}\n${query}`)));
  return matches.includes(true) ? null : "auth_signature does not match";
};

export type ChannelClaim = { readonly socketId: string; readonly channel: string; readonly channelData: string | null };

/** Whether `auth` was issued by the application's auth endpoint for this socket, channel and member data. */
export const isChannelAuthValid = (app: AppCredentials, auth: string, claim: ChannelClaim): boolean => {
  const data = claim.channelData === null ? "" : `:${claim.channelData}`;
  return isEqual(auth, `${app.key}:${sign(app.secret, `${claim.socketId}:${claim.channel}${data}`)}`);
};

/** Whether `auth` was issued for this socket and user, see `pusher.authenticateUser`. */
export const isUserAuthValid = (app: AppCredentials, auth: string, claim: { socketId: string; userData: string }): boolean =>
  isEqual(auth, `${app.key}:${sign(app.secret, `${claim.socketId}::user::${claim.userData}`)}`);

/** Compares without telling by its duration where two strings part; hashing first hides the length as well. */
export const isEqual = (left: string, right: string): boolean => timingSafeEqual(sha256(left), sha256(right));

const sign = (secret: string, text: string): string => createHmac("sha256", secret).update(text).digest("hex");

const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();

const md5Hex = (text: string): string => createHash("md5").update(text, "utf8").digest("hex");

/** Not `URLSearchParams`: the library leaves `+` as it is, and a form decoder would turn it into a blank. */
const readQuery = (query: string): Map<string, string> => {
  const pairs = new Map<string, string>();
  for (const part of query.split("&")) {
    const cut = part.indexOf("=");
    if (cut > 0) {
      pairs.set(decode(part.slice(0, cut)), decode(part.slice(cut + 1)));
    }
  }
  return pairs;
};

const canonicalQuery = (pairs: ReadonlyMap<string, string>): string =>
  [...pairs]
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => name !== "auth_signature")
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
