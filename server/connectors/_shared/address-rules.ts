import ipaddr from "ipaddr.js";

/** Ports a self-hosted service may be asked on: https, the door controller's, and mail. */
const ALLOWED_PORTS = new Set([443, 465, 587, 993, 8_443, 12_445]);

/** Ranges in CIDR form that this installation may call although they are private, such as `192.168.10.0/24`. */
export type AllowedRanges = readonly string[];

/** Whether an IP address is one of the open internet, or in a range the installation allows. Anything odd is not. */
export const isAllowedIp = (text: string, allowed: AllowedRanges): boolean => {
  if (!ipaddr.isValid(text)) {
    return false;
  }
  // `process` turns an IPv4 address in IPv6 clothes back into what it is.
  const address = ipaddr.process(text);
  return isOfTheInternet(address) || allowed.some((range) => isWithin(address, range));
};

/** Only 2000::/3 is given out in IPv6 (RFC 4291); the library calls more than that unicast. */
const isOfTheInternet = (address: ipaddr.IPv4 | ipaddr.IPv6): boolean =>
  address.range() === "unicast" && (address.kind() === "ipv4" || isWithin(address, "2000::/3"));

const isWithin = (address: ipaddr.IPv4 | ipaddr.IPv6, range: string): boolean => {
  const [network, bits] = ipaddr.parseCIDR(range);
  return network.kind() === address.kind() && address.match(network, bits);
};

/**
 * Why a user's address may not be called, in words for that user; `null` = it may, as far as its text tells. Where
 * the name leads is checked again when the socket opens.
 */
export const refusalOfUrl = (url: URL, allowed: AllowedRanges): string | null => {
  if (url.protocol !== "https:") {
    return "the address must begin with https://";
  }
  if (url.username !== "" || url.password !== "") {
    return "the address must not hold a user name or a password";
  }
  return refusalOfHost(url.hostname, allowed) ?? refusalOfPort(url.port === "" ? 443 : Number(url.port));
};

const refusalOfPort = (port: number): string | null => (ALLOWED_PORTS.has(port) ? null : `port ${port} is not one that Spotter calls`);

/** The same for a bare host, such as that of a mail server. Names that are no addresses are judged where they lead. */
export const refusalOfHost = (host: string, allowed: AllowedRanges): string | null => {
  const bare = host.replace(/^\[|\]$/g, "");
  const isLiteral = ipaddr.isValid(bare);
  return isLiteral && !isAllowedIp(bare, allowed) ? "the address lies in a network that Spotter does not call" : null;
};
