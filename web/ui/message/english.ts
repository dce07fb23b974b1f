/** The words of a message's tools in English, the same in every app. */

export const messageLabels = {
  attach: 'Add pictures or files',
  download: 'Download',
  openPicture: (name: string) => `Open the picture ${name}`,
  close: 'Close',
  tools: 'React, answer and more',
  reactions: 'Reactions',
  reaction: (emoji: string, count: number) =>
    `${emoji}, ${count === 1 ? '1 side' : `${count} sides`}`,
  reactWith: (emoji: string) => `React with ${emoji}`,
  reply: 'Reply',
  edit: 'Edit',
  remove: 'Delete',
  removeForAll: 'Delete for everybody?',
  answersTo: 'Answers to',
  earlierMessage: 'An earlier message',
  replyingTo: (name: string) => `Replying to ${name}`,
  editing: 'Editing your message',
  cancel: 'Cancel',
};
