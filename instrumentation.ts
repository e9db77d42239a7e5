/** Starts what lives as long as the process: nothing of it belongs into the Edge runtime. */
export const register = async (): Promise<void> => {
  if (process.env["NEXT_RUNTIME"] === "nodejs") {
    const { start } = await import("./instrumentation-node.ts");
    start();
  }
};
