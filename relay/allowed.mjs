/**
 * The only calls this relay makes to the controller, whatever Spotter asks for. Somebody who has taken over Spotter can
 * open a door and shut a person out, as Spotter can; they cannot make a user, read or set a PIN or a card, change a
 * schedule, or put the building into evacuation.
 */

const API = "/api/v1/developer";
const ID = "[A-Za-z0-9_-]{1,80}";
const QUERY_NAMES = new Set(["page_num", "page_size", "only_user_policies"]);
const MAX_BODY_CHARACTERS = 8_192;

const path = (pattern) => new RegExp(`^${API}${pattern}$`);
const isText = (value) => typeof value === "string" && value.length <= 300;
const hasOnly = (body, names) => Object.keys(body).every((name) => names.includes(name));

const CALLS = [
  { method: "GET", path: path("/doors") },
  { method: "GET", path: path("/users") },
  { method: "GET", path: path(`/users/${ID}`) },
  { method: "GET", path: path(`/users/${ID}/access_policies`) },
  { method: "GET", path: path("/access_policies") },
  {
    method: "PUT",
    path: path(`/doors/${ID}/unlock`),
    // Nothing opens without a name in the log.
    body: (body) => hasOnly(body, ["actor_id", "actor_name", "extra"]) && isText(body.actor_id) && isText(body.actor_name),
  },
  {
    method: "PUT",
    path: path(`/users/${ID}`),
    body: (body) => hasOnly(body, ["status"]) && ["ACTIVE", "DEACTIVATED"].includes(body.status),
  },
  {
    method: "PUT",
    path: path(`/users/${ID}/access_policies`),
    body: (body) => hasOnly(body, ["access_policy_ids"]) && Array.isArray(body.access_policy_ids) && body.access_policy_ids.every(isText),
  },
  {
    method: "POST",
    path: path("/system/logs"),
    body: (body) => hasOnly(body, ["topic", "since", "until"]) && body.topic === "door_openings",
  },
];

/**
 * @param {{ method: string, path: string, body?: string | null }} call path with its query
 * @returns {boolean}
 */
export const isAllowed = ({ method, path: asked, body }) => {
  const [pathname = "", query = ""] = asked.split("?", 2);
  const call = CALLS.find((one) => one.method === method && one.path.test(pathname));
  if (call === undefined || [...new URLSearchParams(query).keys()].some((name) => !QUERY_NAMES.has(name))) {
    return false;
  }
  if (call.body === undefined) {
    return body == null;
  }
  const parsed = objectOf(body);
  return parsed !== null && call.body(parsed);
};

const objectOf = (text) => {
  if (typeof text !== "string" || text.length > MAX_BODY_CHARACTERS) {
    return null;
  }
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
};
