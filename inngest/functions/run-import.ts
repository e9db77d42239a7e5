import { asId } from "#server/domain/ids.ts";
import { inngest } from "#server/platform/events.ts";
import { systemContext } from "#server/services/context.ts";
import { runImport as run } from "#server/services/imports/run-import.ts";
import { finishEvent } from "#server/services/outbox/sweep-outbox.ts";
import { importStarted } from "../events.ts";

/** Stores an uploaded table, a few thousand rows a step, one step at a time per import. */
export const runImport = inngest.createFunction(
  { id: "run-import", triggers: [importStarted], retries: 4, concurrency: { key: "event.data.importId", limit: 1 } },
  async ({ event, step }) => {
    const ctx = systemContext(event.data, { job: "run-import" });
    for (let part = 1; ; part += 1) {
      const { isDone } = await step.run(`store-${part}`, () => run(ctx, { importId: asId("csvImport", event.data.importId) }));
      if (isDone) {
        break;
      }
    }
    await step.run("finish", () => finishEvent(event.data));
  },
);
