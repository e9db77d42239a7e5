import "server-only";

import { rewriteReply, RewriteReplyInput } from "#server/agent/rewrite-reply.ts";
import { previewTranslation, PreviewTranslationInput, translateMessage, TranslateMessageInput } from "#server/agent/translate.ts";
import { removeUpload, RemoveUploadInput } from "#server/services/attachments/remove-upload.ts";
import { giveBackAllLeft, giveBackLeft, keepLeft, LeftItemInput } from "#server/services/closings/decide-left.ts";
import { listLeft } from "#server/services/closings/list-left.ts";
import { assignConversation } from "#server/services/conversations/assign-conversation.ts";
import { snoozeConversation } from "#server/services/conversations/snooze-conversation.ts";
import { addNote } from "#server/services/conversations/add-note.ts";
import { countConversations } from "#server/services/conversations/count-conversations.ts";
import { getContactPanel } from "#server/services/conversations/get-contact-panel.ts";
import { getThread } from "#server/services/conversations/get-thread.ts";
import { handBack } from "#server/services/conversations/hand-back.ts";
import { listConversations } from "#server/services/conversations/list-conversations.ts";
import { listTags } from "#server/services/conversations/list-tags.ts";
import { markRead } from "#server/services/conversations/mark-read.ts";
import { reopenConversation } from "#server/services/conversations/reopen-conversation.ts";
import { queueReply, QueueReplyInput } from "#server/services/conversations/reply.ts";
import { resolveConversation } from "#server/services/conversations/resolve-conversation.ts";
import {
  AddNoteInput,
  AssignInput,
  ConversationInput,
  ListConversationsInput,
  SnoozeInput,
  ThreadInput,
} from "#server/services/conversations/schemas.ts";
import { switchChannel, SwitchChannelInput } from "#server/services/conversations/switch-channel.ts";
import { takeBackReply, TakeBackReplyInput } from "#server/services/conversations/take-back-reply.ts";
import { takeOver } from "#server/services/conversations/take-over.ts";
import { listLikelyMembers, ListLikelyMembersInput } from "#server/services/identity-checks/list-likely-members.ts";
import { vouch, VouchInput } from "#server/services/identity-checks/vouch.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const conversationsRouter = router({
  list: clubProcedure.input(ListConversationsInput).query(({ ctx, input }) => listConversations(ctx.service, input)),
  counts: clubProcedure.query(({ ctx }) => countConversations(ctx.service)),
  tags: clubProcedure.query(({ ctx }) => listTags(ctx.service)),
  thread: clubProcedure.input(ThreadInput).query(({ ctx, input }) => getThread(ctx.service, input)),
  panel: clubProcedure.input(ConversationInput).query(({ ctx, input }) => getContactPanel(ctx.service, input)),
  likelyMembers: clubProcedure.input(ListLikelyMembersInput).query(({ ctx, input }) => listLikelyMembers(ctx.service, input)),
  vouch: clubProcedure.input(VouchInput).mutation(({ ctx, input }) => vouch(ctx.service, input)),
  reply: clubProcedure.input(QueueReplyInput).mutation(({ ctx, input }) => queueReply(ctx.service, input)),
  takeBackReply: clubProcedure.input(TakeBackReplyInput).mutation(({ ctx, input }) => takeBackReply(ctx.service, input)),
  removeUpload: clubProcedure.input(RemoveUploadInput).mutation(({ ctx, input }) => removeUpload(ctx.service, input)),
  translateMessage: clubProcedure.input(TranslateMessageInput).mutation(({ ctx, input }) => translateMessage(ctx.service, input)),
  previewTranslation: clubProcedure.input(PreviewTranslationInput).mutation(({ ctx, input }) => previewTranslation(ctx.service, input)),
  rewriteReply: clubProcedure.input(RewriteReplyInput).mutation(({ ctx, input }) => rewriteReply(ctx.service, input)),
  switchChannel: clubProcedure.input(SwitchChannelInput).mutation(({ ctx, input }) => switchChannel(ctx.service, input)),
  addNote: clubProcedure.input(AddNoteInput).mutation(({ ctx, input }) => addNote(ctx.service, input)),
  takeOver: clubProcedure.input(ConversationInput).mutation(({ ctx, input }) => takeOver(ctx.service, input)),
  handBack: clubProcedure.input(ConversationInput).mutation(({ ctx, input }) => handBack(ctx.service, input)),
  resolve: clubProcedure.input(ConversationInput).mutation(({ ctx, input }) => resolveConversation(ctx.service, input)),
  reopen: clubProcedure.input(ConversationInput).mutation(({ ctx, input }) => reopenConversation(ctx.service, input)),
  snooze: clubProcedure.input(SnoozeInput).mutation(({ ctx, input }) => snoozeConversation(ctx.service, input)),
  assign: clubProcedure.input(AssignInput).mutation(({ ctx, input }) => assignConversation(ctx.service, input)),
  leftAtClosing: clubProcedure.query(({ ctx }) => listLeft(ctx.service)),
  keepLeft: clubProcedure.input(LeftItemInput).mutation(({ ctx, input }) => keepLeft(ctx.service, input)),
  giveBackLeft: clubProcedure.input(LeftItemInput).mutation(({ ctx, input }) => giveBackLeft(ctx.service, input)),
  giveBackAllLeft: clubProcedure.mutation(({ ctx }) => giveBackAllLeft(ctx.service)),
  markRead: clubProcedure.input(ConversationInput).mutation(({ ctx, input }) => markRead(ctx.service, input)),
});
