// What a page says about saving: one line with the state of the answers, and above the
// question a notice where something needs to be known. Both are names of words in
// templates/quizzes/_quiz_words.html; an empty name says nothing.

/** Return the word of the line about saving. */
export function statusWord(state) {
  const { writing, waiting, isBehind, isSending, isHandingIn, isOffline, isLasting } = state;
  if (writing > 0) return "saving"; // what was said before is not true of this one yet
  if (isHandingIn && !isOffline) return "sending";
  if (waiting === 0) return isBehind ? "sent" : state.savedAt ? "saved" : "";
  if (isSending) return isBehind ? "sending" : "saving";
  if (!isLasting) return "memory";
  return isOffline ? "waiting" : "queued";
}

/** Return the word of the notice; what was told in reply to a press comes first. */
export function noticeWord(state) {
  const { told, isFinished, isOffline, isLasting, isOver, isHandingIn, isLeaving } = state;
  if (told) return told;
  if (isFinished) return "finished";
  if (isOffline && !isLasting) return "unkept";
  if (isOver) return "over";
  if (isOffline && isHandingIn) return "wait-submit";
  if (isOffline && isLeaving) return "wait";
  return isOffline ? "offline" : "";
}
