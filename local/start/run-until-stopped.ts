import { say } from "./say.mjs";
import type { Stack, StackInfo } from "./stack.ts";
import { onStopRequest } from "./stop-request.ts";

/** Runs a stack until it is asked to stop, then stops it and ends the process. */
export const runUntilStopped = async (stack: Stack, { onReady }: { onReady: (info: StackInfo) => void }): Promise<void> => {
  let isStopping = false;
  const stop = async (exitCode: number): Promise<void> => {
    isStopping = true;
    await stack.stop();
    say("Everything has stopped; the data is kept.");
    process.exit(exitCode);
  };
  onStopRequest({
    stop: () => {
      say("Stopping (Ctrl-C again stops by force).");
      return stop(0);
    },
    stopByForce: stack.stopByForce,
  });
  try {
    onReady(await stack.start());
  } catch (error) {
    if (!isStopping) {
      say(error instanceof Error ? error.message : String(error));
      await stack.stop();
      process.exit(1);
    }
  }
};
