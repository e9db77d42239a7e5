import "server-only";

import { ConnectorError } from "#server/connectors/errors.ts";
import type { SentFile } from "#server/connectors/files.ts";
import { sha256 } from "#server/platform/keys.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { SendArguments } from "#server/services/effects/effect-arguments.ts";

/** The very files that a send was planned with. @throws `ConnectorError` `rejected` where one of them is gone or is another */
export const loadSentFiles = async (ctx: ServiceContext, raw: unknown): Promise<readonly SentFile[]> => {
  assertCan(ctx, "effect.dispatch");
  const { files = [] } = SendArguments.parse(raw);
  if (files.length === 0) {
    return [];
  }
  const rows = await withClub(ctx, (tx) =>
    tx.db.attachment.findMany({
      where: { clubId: ctx.clubId, id: { in: files.map(({ attachmentId }) => attachmentId) } },
      select: { id: true, content: true },
    }),
  );
  const contents = new Map(rows.map(({ content, id }) => [id, content]));
  return files.map(({ attachmentId, mediaType, name, sha256: expected }) => {
    const content = contents.get(attachmentId) ?? null;
    if (content === null || sha256(content) !== expected) {
      throw new ConnectorError("rejected", "a file of this message is not the one it was written with");
    }
    return { name, mediaType, content };
  });
};
