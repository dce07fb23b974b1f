/** English: what is said only after one asked for something; fetched then. */

/** Tools, the viewer, and files that stay behind. */
export const seldom = {
  reactWith: (emoji: string) => `React with ${emoji}`,
  reply: 'Reply',
  edit: 'Edit',
  remove: 'Delete',
  removeForAll: 'Delete for everybody?',
  nextPicture: 'Next picture',
  previousPicture: 'Previous picture',
  fileTooLarge: (name: string) => `${name} is larger than 25 MB.`,
  fileUnsupported: (name: string) => `${name}: files of this kind cannot be sent.`,
  fileEmpty: (name: string) => `${name} is empty.`,
  filesTooMany: (name: string) => `${name}: that is too many files at once.`,
};

/** Why a change was refused, and what to do, beside what `conversation.ts` has. */
export const refusals = {
  rate_limited: 'Too many changes at once. Wait a moment, then try again.',
  forbidden: 'That message can no longer be changed.',
  not_found: 'That message is not there any more.',
  unsupported: 'Files of this kind cannot be sent. Pictures, PDFs and documents can.',
  too_large: 'That is too much at once: up to 10 files, of 25 MB each.',
  invalid: 'That cannot be sent. An empty file, for example, has nothing to show.',
};
