import { isIP } from "node:net";

const UNKNOWN_SOURCE = "unknown";
/** Half of an IPv6 address names the network of one customer; the other half they choose freely. */
const NETWORK_GROUPS = 4;

/**
 * Where a request comes from, for the limits of sign-in: the last address of `X-Forwarded-For`, which the nearest
 * proxy has written; without a proxy Next fills it from the socket. What stands before it the caller may have made up.
 */
export const sourceOf = (headers: Pick<Headers, "get">): string => {
  const last = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
  const address = last.replace(/^::ffff:/i, "");
  switch (isIP(address)) {
    case 4:
      return address;
    case 6:
      return networkOf(address);
    default:
      return UNKNOWN_SOURCE;
  }
};

const networkOf = (address: string): string => {
  const [head = "", tail] = (address.split("%")[0] ?? "").toLowerCase().split("::");
  const before = groups(head);
  const after = groups(tail ?? "");
  const missing = tail === undefined ? 0 : 8 - before.length - after.length;
  const all = [...before, ...Array.from({ length: Math.max(0, missing) }, () => "0"), ...after];
  return `${all.slice(0, NETWORK_GROUPS).join(":")}::/64`;
};

const groups = (text: string): string[] => (text === "" ? [] : text.split(":").map((group) => group.replace(/^0+(?=.)/, "")));
