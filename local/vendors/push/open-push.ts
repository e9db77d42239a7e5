import { createDecipheriv, createECDH, createPublicKey, hkdfSync, verify } from "node:crypto";

const SALT_BYTES = 16;
const KEY_BYTES = 65;
const HEAD_BYTES = SALT_BYTES + 5;
const TAG_BYTES = 16;

/** What a browser does with a message: opens it with its own key (RFC 8291, section 3). @throws where it is not meant for it */
export const openPush = (body: Buffer, { auth, privateKey }: { readonly privateKey: string; readonly auth: string }): string => {
  const mine = createECDH("prime256v1");
  mine.setPrivateKey(Buffer.from(privateKey, "base64url"));
  const salt = body.subarray(0, SALT_BYTES);
  const theirs = body.subarray(HEAD_BYTES, HEAD_BYTES + KEY_BYTES);
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), mine.getPublicKey(), theirs]);
  const secret = hkdf(mine.computeSecret(theirs), Buffer.from(auth, "base64url"), info, 32);
  const key = hkdf(secret, salt, Buffer.from("Content-Encoding: aes128gcm\0"), 16);
  const nonce = hkdf(secret, salt, Buffer.from("Content-Encoding: nonce\0"), 12);
  const sealed = body.subarray(HEAD_BYTES + KEY_BYTES);
  const opening = createDecipheriv("aes-128-gcm", key, nonce);
  opening.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  const padded = Buffer.concat([opening.update(sealed.subarray(0, sealed.length - TAG_BYTES)), opening.final()]);
  return padded.subarray(0, padded.lastIndexOf(2)).toString();
};

// oxlint-disable-next-line max-params -- as the standard writes it
const hkdf = (input: Buffer, salt: Buffer, info: Buffer, length: number): Buffer =>
  Buffer.from(hkdfSync("sha256", input, salt, info, length));

/** Who asks, as the header says and the signature proves (RFC 8292, section 2). @throws where it proves nothing */
export const readAuthorization = (header: string): { readonly key: string; readonly claims: unknown } => {
  const [, head, body, signature, key] = /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(header) ?? [];
  if (head === undefined || body === undefined || signature === undefined || key === undefined) {
    throw new Error("no authorization");
  }
  const point = Buffer.from(key, "base64url");
  const jwk = { kty: "EC", crv: "P-256", x: point.subarray(1, 33).toString("base64url"), y: point.subarray(33).toString("base64url") };
  const publicKey = createPublicKey({ format: "jwk", key: jwk });
  const isProven = verify(
    "sha256",
    Buffer.from(`${head}.${body}`),
    { key: publicKey, dsaEncoding: "ieee-p1363" },
    Buffer.from(signature, "base64url"),
  );
  if (!isProven) {
    throw new Error("the signature is not of this key");
  }
  const claims: unknown = JSON.parse(Buffer.from(body, "base64url").toString());
  return { key, claims };
};
