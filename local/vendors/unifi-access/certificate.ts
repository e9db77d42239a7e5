import { X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import { generate } from "selfsigned";

export type Certificate = {
  /** PEM. */
  readonly key: string;
  readonly cert: string;
  /** SHA-256, as Node spells it: upper-case hex with colons. */
  readonly fingerprint: string;
};

/** Made by the controller itself and kept, like a real one's: it stays the same over restarts. */
export const ensureCertificate = async (path: string): Promise<Certificate> => {
  if (existsSync(path)) {
    const [key = "", cert = ""] = readFileSync(path, "utf8").split("\n\n");
    return { key, cert, fingerprint: new X509Certificate(cert).fingerprint256 };
  }
  return renewCertificate(path);
};

export const renewCertificate = async (path: string): Promise<Certificate> => {
  const made = await generate([{ name: "commonName", value: "unifi.local" }], { keyType: "ec" });
  const key = made.private.trim();
  const cert = made.cert.trim();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${key}\n\n${cert}\n`, { mode: 0o600 });
  return { key, cert, fingerprint: new X509Certificate(cert).fingerprint256 };
};
