import type { Tx } from "#server/platform/tenant.ts";
import { hashPassword } from "#server/services/users/password-hash.ts";

import { DEMO_STAFF } from "../demo-staff.ts";
import { DEMO_PASSWORD } from "../demo.ts";
import { fixedId, serialOf } from "./fixed-id.ts";

/** All demo people share one password, so one hash serves them; made only when somebody is missing. */
export const hashOnce = (): (() => Promise<string>) => {
  let hash: Promise<string> | null = null;
  return () => (hash ??= hashPassword(DEMO_PASSWORD));
};

type StaffInput = { readonly franchiseId: string; readonly passwordHash: () => Promise<string> };

/** Users of one franchise with what they may do. Whoever was taken out by hand stays out. */
export const seedStaff = async (tx: Tx, { franchiseId, passwordHash }: StaffInput): Promise<void> => {
  const staff = DEMO_STAFF.filter((person) => person.franchiseId === franchiseId);
  const ids = staff.map(({ id }) => id);
  const known = await tx.db.user.findMany({
    where: { OR: [{ id: { in: ids } }, { email: { in: staff.map(({ email }) => email) } }] },
    select: { id: true, email: true },
  });
  const missing = staff.filter(({ id, email }) => !known.some((user) => user.id === id || user.email === email));
  if (missing.length === 0) {
    return;
  }
  const hash = await passwordHash();
  await tx.db.user.createMany({
    data: missing.map(({ id, email, name }) => ({ id, email, name, passwordHash: hash, createdAt: tx.now })),
  });
  await tx.db.staffAccess.createMany({
    data: missing.map(({ id, role, clubId }) => ({
      id: fixedId("staffAccess", serialOf(id)),
      userId: id,
      franchiseId,
      clubId,
      role,
      createdAt: tx.now,
    })),
  });
};
