import { handOver, requestDoorUnlock, resetBay } from "#server/agent/tools/asks.ts";
import {
  bookSlot,
  cancelBooking,
  listClassesAndBays,
  moveBooking,
  openTicket,
  searchKnowledge,
  sendPayLink,
} from "#server/agent/tools/deeds.ts";
import type { Tool } from "#server/agent/tools/define-tool.ts";
import { checkMyAccess, getMyBalance, getMyProfile, listMyBookings } from "#server/agent/tools/own-account.ts";

/** What the model may ask for while it answers a conversation. */
export const CONVERSATION_TOOLS: readonly Tool[] = [
  getMyProfile,
  checkMyAccess,
  getMyBalance,
  listMyBookings,
  listClassesAndBays,
  bookSlot,
  cancelBooking,
  moveBooking,
  searchKnowledge,
  sendPayLink,
  openTicket,
  resetBay,
  requestDoorUnlock,
  handOver,
];
