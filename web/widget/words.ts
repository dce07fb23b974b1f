/** The few words of the launcher, which come with it. */

export const launcherWords = {
  open: 'Open the chat',
  openWith: (unread: number) => `Open the chat, ${unread} unread`,
  close: 'Close the chat',
  dismiss: 'Hide this greeting',
  button: 'Chat with vendor',
};
