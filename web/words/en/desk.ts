/** English: what the staff do in the inbox besides writing. */
import { pluralOf } from '../plural.ts';

const plural = pluralOf('en');

export const desk = {
  settings: 'Settings',
  marked: 'Marked as unread',
  newer: (count: number) => plural(count, { other: '# new above' }),
  moreFailed: 'The next conversations could not be loaded.',
  waits: (age: string) => `Waiting ${age}`,
  assignedTo: (name: string) => `Assigned to ${name}`,
  backToRoom: 'Back to the conversation',
  askedBefore: 'Asked about before',
  noNotes: 'What your team should know about this customer will be here.',
  find: {
    label: 'Find in the loaded conversations',
    placeholder: 'Find a name, product or label',
    nothing: {
      title: 'Nothing found',
      text: 'Only the loaded conversations are searched. Try another word, or load more.',
    },
    searched: (count: number) =>
      plural(count, {
        one: '# loaded conversation searched',
        other: '# loaded conversations searched',
      }),
    loadMore: 'Load more',
  },
  choose: {
    several: 'Choose several',
    all: (count: number) => plural(count, { other: 'All # loaded' }),
    end: 'Done',
    count: (count: number) => plural(count, { other: '# chosen' }),
  },
  bulk: {
    close: 'Close',
    reopen: 'Reopen',
    progress: {
      close: (done: number, total: number) => `Closing: ${done} of ${total}`,
      reopen: (done: number, total: number) => `Reopening: ${done} of ${total}`,
    },
    stop: 'Stop',
    done: {
      close: (count: number) =>
        plural(count, { one: '# conversation closed', other: '# conversations closed' }),
      reopen: (count: number) =>
        plural(count, { one: '# conversation open again', other: '# conversations open again' }),
    },
    failed: (names: string) => `Did not work for: ${names}`,
    again: 'Try those again',
    undo: 'Undo',
    dismiss: 'Dismiss',
  },
  help: {
    open: 'Keyboard shortcuts',
    title: 'Keyboard shortcuts',
    close: 'Close the help',
    use: 'Use these shortcuts',
    keys: {
      next: 'Next conversation',
      previous: 'Previous conversation',
      close: 'Close or reopen the conversation',
      compose: 'Write an answer',
      replies: 'Saved replies',
      help: 'This help',
    },
  },
  newerMessages: {
    ask: (count: number) =>
      plural(count, {
        one: '# newer message. Send anyway?',
        other: '# newer messages. Send anyway?',
      }),
    send: 'Send anyway',
    keep: 'Keep writing',
  },
  replies: {
    label: 'Saved replies',
    several: (count: number) => plural(count, { one: '# message', other: '# messages' }),
    loading: 'Loading the saved replies',
    failed: 'The saved replies could not be loaded. Check your connection, then type / again.',
    none: 'No saved replies yet. Add them in the settings.',
    nothing: 'No saved reply fits. Go on writing to send it as it is.',
    following: 'Sent right behind it',
    leaveOut: 'Leave out',
  },
  assign: {
    title: 'Assigned to',
    take: 'Assign to me',
    nobody: 'Nobody',
    me: (name: string) => `${name} (you)`,
  },
  labels: {
    title: 'Labels',
    remove: (label: string) => `Remove the label ${label}`,
    add: 'Add a label',
    name: 'Label, then Enter',
    used: 'Labels in use',
  },
};
