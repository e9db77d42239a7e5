// Runs the benchmarks under a Node that can, as `npm start` does, with the packages they need.
import { launch } from "../local/start/launch.mjs";

await launch({ main: "../../bench/run.ts", packages: "all" });
