import "server-only";

import { createCipheriv, createECDH, createPrivateKey, hkdfSync, randomBytes, sign, type ECDH } from "node:crypto";

/** Where a browser is told, as it described itself: its address at its push service, and what only it can open (base64url). */
export type PushDevice = { readonly endpoint: string; readonly p256dh: string; readonly auth: string };

const CURVE = "prime256v1";
const SALT_BYTES = 16;
/** One record holds the whole message (RFC 8188, section 2). */
const RECORD_BYTES = 4_096;
/** The byte that ends the last record (RFC 8188, section 2). */
const LAST_RECORD = Buffer.from([2]);
/** Services refuse a token that lives longer than a day (RFC 8292, section 2). */
const TOKEN_LIFE_SECONDS = 12 * 3_600;

type Fresh = { readonly salt: Buffer; readonly sender: ECDH };

const fresh = (): Fresh => {
  const sender = createECDH(CURVE);
  sender.generateKeys();
  return { salt: randomBytes(SALT_BYTES), sender };
};

/**
 * A message that only this browser can read: `aes128gcm` after RFC 8291, in one record. No kept package writes it, and all of it
 * is Node's own.
 * @param apart only tests have salt and key of their own
 */
export const encryptPush = (device: PushDevice, text: string, { salt, sender }: Fresh = fresh()): Buffer => {
  const theirs = Buffer.from(device.p256dh, "base64url");
  const ours = sender.getPublicKey();
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), theirs, ours]);
  const secret = derive(sender.computeSecret(theirs), { salt: Buffer.from(device.auth, "base64url"), info, length: 32 });
  const key = derive(secret, { salt, info: Buffer.from("Content-Encoding: aes128gcm\0"), length: 16 });
  const nonce = derive(secret, { salt, info: Buffer.from("Content-Encoding: nonce\0"), length: 12 });
  const cipher = createCipheriv("aes-128-gcm", key, nonce);
  const sealed = Buffer.concat([cipher.update(Buffer.concat([Buffer.from(text), LAST_RECORD])), cipher.final(), cipher.getAuthTag()]);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(RECORD_BYTES, 0);
  head.writeUInt8(ours.length, 4);
  return Buffer.concat([salt, head, ours, sealed]);
};

type Derivation = { readonly salt: Buffer; readonly info: Buffer; readonly length: number };

const derive = (input: Buffer, { info, length, salt }: Derivation): Buffer => Buffer.from(hkdfSync("sha256", input, salt, info, length));

/** The key that a browser binds its subscription to, from the installation's own. Both base64url. */
export const pushPublicKey = (privateKey: string): string => pairOf(privateKey).getPublicKey("base64url");

const pairOf = (privateKey: string): ECDH => {
  const pair = createECDH(CURVE);
  pair.setPrivateKey(Buffer.from(privateKey, "base64url"));
  return pair;
};

type Signing = {
  readonly endpoint: string;
  readonly privateKey: string;
  /** A mailto: or https: address. */ readonly contact: string;
  readonly now: Date;
};

/** Shows a push service that the installation itself asks, whose key the subscription names (RFC 8292). */
export const pushAuthorization = ({ contact, endpoint, now, privateKey }: Signing): string => {
  const exp = Math.floor(now.getTime() / 1_000) + TOKEN_LIFE_SECONDS;
  const claims = { aud: new URL(endpoint).origin, exp, sub: contact };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ typ: "JWT", alg: "ES256" })}.${part(claims)}`;
  const point = pairOf(privateKey).getPublicKey();
  const key = createPrivateKey({
    format: "jwk",
    key: {
      kty: "EC",
      crv: "P-256",
      d: privateKey,
      x: point.subarray(1, 33).toString("base64url"),
      y: point.subarray(33).toString("base64url"),
    },
  });
  const signature = sign("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" }).toString("base64url");
  return `vapid t=${signed}.${signature}, k=${point.toString("base64url")}`;
};
