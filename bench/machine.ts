import { availableParallelism, cpus, loadavg, totalmem } from "node:os";

const GIB = 1_073_741_824;

export type Machine = {
  readonly coreCount: number;
  readonly cpu: string;
  readonly memoryGib: number;
  readonly platform: string;
  readonly node: string;
};

/** What the figures were measured on. */
export const machine = (): Machine => ({
  coreCount: availableParallelism(),
  cpu: cpus()[0]?.model.trim() ?? "unknown processor",
  memoryGib: Math.round((totalmem() / GIB) * 10) / 10,
  platform: `${process.platform}-${process.arch}`,
  node: process.versions.node,
});

export const machineLine = ({ coreCount, cpu, memoryGib, platform, node }: Machine): string =>
  `Machine: ${coreCount} cores, ${cpu}, ${memoryGib} GiB memory, ${platform}, Node ${node}`;

/** Runnable processes, averaged over the last minute. */
export const loadAverage = (): number => Math.round((loadavg()[0] ?? 0) * 100) / 100;
