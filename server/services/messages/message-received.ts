/** Name of the event that starts the agent's work on a message. */
export const MESSAGE_RECEIVED = "inbox/message.received";
