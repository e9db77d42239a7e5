// `npm start`. Runs before node_modules exists and under Node 20, hence a plain script without dependencies.
import { launch } from "./launch.mjs";

await launch({ main: "start-spotter.ts", packages: "production" });
