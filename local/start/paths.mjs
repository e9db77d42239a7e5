import path from "node:path";
import { fileURLToPath } from "node:url";

export const PROJECT_DIR = fileURLToPath(new URL("../../", import.meta.url));

/** Everything Spotter keeps on this machine: database, secrets, logs, a downloaded Node. */
export const DATA_DIR = path.resolve(PROJECT_DIR, process.env.SPOTTER_DATA_DIR || ".spotter");

/** A downloaded Node is kept beside the data, also when the data lies elsewhere. */
export const NODE_DIR = path.join(PROJECT_DIR, ".spotter", "node");

export const NPM_LOG = path.join(PROJECT_DIR, ".spotter", "logs", "npm.log");
