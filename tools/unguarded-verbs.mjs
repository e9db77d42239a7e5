/**
 * Files of server/services that open a transaction and yet do not ask for a permission, or write without an audit row,
 * each with its reason. Everything else in there must do both; an entry that is no longer needed fails a test.
 */

const NOBODY_YET = "nobody is known yet: whoever calls has no actor";
const LINK = "the link in the caller's hand is the permission";
const DESK = "the token in the desk's cookie is the permission; beyond it a PIN is, and it is looked at here";
const MACHINERY_LIST = "only hands ids to the machinery; the verb called for each of them asks";
const BOOKKEEPING = "moves rows of the outbox, which tell of changes that were audited when they happened";
const PART_OF_SYNC = "a part of sync-members.ts, which asks before it calls";
const UNDER_A_CONNECTOR = "called by a connector that a verb has opened";

/** Files that need not call `assertCan`. */
export const ASKS_NOTHING = {
  "server/services/users/sign-in-with-password.ts": NOBODY_YET,
  "server/services/users/sign-in-with-google.ts": NOBODY_YET,
  "server/services/users/sign-up.ts": NOBODY_YET,
  "server/services/clubs/found-franchise.ts": "one's own right while sign-up is open: whoever founds has no role anywhere yet",
  "server/services/users/find-signed-in.ts": "reads a user's own row and accesses, from which the actor is made",
  "server/services/users/end-all-sessions.ts": "one's own right",
  "server/services/users/get-account.ts": "one's own right",
  "server/services/users/change-name.ts": "one's own right",
  "server/services/users/change-password.ts": "one's own right",
  "server/services/users/change-pin.ts": "one's own right",
  "server/services/desks/find-desk.ts": DESK,
  "server/services/desks/list-at-desk.ts": DESK,
  "server/services/desks/open-desk.ts": DESK,
  "server/services/desks/hand-over.ts": DESK,
  "server/services/desks/note-use.ts": DESK,
  "server/services/invitations/get-invitation.ts": LINK,
  "server/services/invitations/accept-invitation.ts": LINK,
  "server/services/people/unsubscribe.ts": LINK,
  "server/services/people/get-unsubscribe.ts": LINK,
  "server/services/effects/list-effects.ts": MACHINERY_LIST,
  "server/services/knowledge/recall-meanings.ts": "numbers of texts that the caller has read under its own permission",
  "server/services/automations/planned-lines.ts": "only names lines to verbs that have asked and that dispatch them",
  "server/services/conversations/list-due-hand-backs.ts": MACHINERY_LIST,
  "server/services/conversations/list-due-snoozes.ts": MACHINERY_LIST,
  "server/services/members/list-sync-due.ts": MACHINERY_LIST,
  "server/services/bookings/list-booking-sources.ts": MACHINERY_LIST,
  "server/services/notices/list-clubs-to-ask.ts": MACHINERY_LIST,
  "server/services/sync/poll-shard.ts": MACHINERY_LIST,
  "server/services/members/store-page.ts": PART_OF_SYNC,
  "server/services/members/sync-health.ts": PART_OF_SYNC,
  "server/services/connections/open-connector.ts": "called by verbs that have asked; what it opens stays in the process",
  "server/services/connections/connector-notes.ts": UNDER_A_CONNECTOR,
  "server/services/relay/call-relay.ts": UNDER_A_CONNECTOR,
  "server/services/relay/internal.ts": "the token in the relay's hand is the permission",
  "server/services/agent-runs/sweep-prompts.ts": "takes away by age, reads nothing and answers a count",
  "server/services/health/check-health.ts": "everybody may ask whether the database answers",
  "server/services/outbox/relay-outbox.ts": BOOKKEEPING,
  "server/services/outbox/sweep-outbox.ts": BOOKKEEPING,
};

/** Files that write and need not call `recordAudit`. */
export const LEAVES_NO_AUDIT_ROW = {
  "server/services/knowledge/recall-meanings.ts": "what it keeps says nothing that the articles do not say",
  "server/services/access/lift-locks.ts": "each unlock is audited by plan-unlock.ts",
  "server/services/people/unsubscribe.ts": "suppress-address.ts audits what is new",
  "server/services/approvals/announce-approval.ts": "plans notices, each of which plan-effect.ts audits",
  "server/services/users/sign-in-with-password.ts": "counts tries and renews a hash; a sign-in belongs to no club",
  "server/services/users/sign-in-with-google.ts":
    "a sign-in belongs to no club; the invitation it accepts is audited by claim-invitation.ts",
  "server/services/clubs/found-franchise.ts": "audited by account-audit.ts, because whoever founds has no club yet",
  "server/services/users/change-name.ts": "audited by account-audit.ts, because a sign-in belongs to no club",
  "server/services/users/change-password.ts": "audited by account-audit.ts, because a sign-in belongs to no club",
  "server/services/users/change-pin.ts": "audited by account-audit.ts, because a sign-in belongs to no club",
  "server/services/users/end-all-sessions.ts": "audited by account-audit.ts, because no club is chosen yet",
  "server/services/desks/hand-over.ts": "audited by account-audit.ts, in the name of whoever leaves",
  "server/services/desks/note-use.ts": "notes that somebody is still there; what they do is audited where they do it",
  "server/services/agent-runs/sweep-prompts.ts": "what is swept was a copy for a page, and goes for everybody at the same age",
  "server/services/confirmations/expire-confirmation.ts": "what it ends is audited by end-confirmation.ts",
  "server/services/agent-runs/load-situation.ts": "locks and reads; what is decided from it is audited by finish-run.ts",
  "server/services/effects/reconcile-effect.ts": "what it finds out is audited by settle-effect.ts; the rest counts read-backs",
  "server/services/imports/preview-import.ts": "takes back whatever it writes",
  "server/services/members/sync-members.ts": "takes a lease only; what it stores is audited by store-page.ts",
  "server/services/members/sync-health.ts": "notes how a read went on the connection; what was read is audited by store-page.ts",
  "server/services/connections/connector-notes.ts": "a connector's memory; the effect it belongs to is audited",
  "server/services/relay/call-relay.ts": "a call on its way; the effect it belongs to is audited",
  "server/services/relay/next-call.ts": "a call on its way; the effect it belongs to is audited",
  "server/services/relay/answer-call.ts": "a call on its way; the effect it belongs to is audited",
  "server/services/past-due/place-hold.ts": "keep-hold.ts writes the row and its audit in the same transaction",
  "server/services/past-due/note-promise.ts": "keep-promise.ts writes the row and its audit in the same transaction",
  "server/services/workflows/list-workflows.ts": "ensure-workflows.ts audits each workflow it makes",
  "server/services/workflows/sequence/read-sequences.ts": "ensure-workflows.ts audits each workflow it makes",
  "server/services/workflows/campaign/preview-segment.ts": "only reads, in the transaction that those who judge messages ask for",
  "server/services/workflows/start-run.ts": "create-run.ts audits each run it begins",
  "server/services/outbox/relay-outbox.ts": BOOKKEEPING,
  "server/services/outbox/sweep-outbox.ts": BOOKKEEPING,
};
