import { createECDH } from "node:crypto";

import { expect, test } from "vitest";

import { openPush, readAuthorization } from "#local/vendors/push/open-push.ts";

import { encryptPush, pushAuthorization, pushPublicKey } from "./push-message.ts";

/** RFC 8291, appendix A. */
const RFC = {
  text: "When I grow up, I want to be a watermelon",
  senderPrivate: "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
  receiverPrivate: "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94",
  receiverPublic: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
  salt: "DGv6ra1nlYgDCS1FRnbzlw",
  auth: "BTBZMqHH6r4Tts7J_aSIgg",
  body: "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
};
const device = { endpoint: "https://push.example/1", p256dh: RFC.receiverPublic, auth: RFC.auth };

test("a message is byte for byte the one that the standard shows", () => {
  const sender = createECDH("prime256v1");
  sender.setPrivateKey(Buffer.from(RFC.senderPrivate, "base64url"));
  const body = encryptPush(device, RFC.text, { sender, salt: Buffer.from(RFC.salt, "base64url") });
  expect(body.toString("base64url")).toBe(RFC.body);
});

test("each message has another salt and key, and the browser reads all of them", () => {
  const bodies = [encryptPush(device, "Ein Wort für dich"), encryptPush(device, "Ein Wort für dich")];
  expect(bodies[0]).not.toEqual(bodies[1]);
  for (const body of bodies) {
    expect(openPush(body, { privateKey: RFC.receiverPrivate, auth: RFC.auth })).toBe("Ein Wort für dich");
  }
});

test("a push service sees whose key asks, of whom and until when, and refuses another's signature", () => {
  const now = new Date("2026-11-21T12:00:00Z");
  const header = pushAuthorization({ endpoint: device.endpoint, privateKey: RFC.senderPrivate, contact: "mailto:desk@club.example", now });
  expect(readAuthorization(header)).toEqual({
    key: pushPublicKey(RFC.senderPrivate),
    claims: { aud: "https://push.example", exp: now.getTime() / 1_000 + 12 * 3_600, sub: "mailto:desk@club.example" },
  });
  expect(() => readAuthorization(header.replace(/k=\S+$/, `k=${pushPublicKey(RFC.receiverPrivate)}`))).toThrow("signature");
});
