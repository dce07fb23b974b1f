/** Which tab tells: once per browser is enough. */

/** Whether this tab is the one; `web/chat/tabs` elects it. */
export interface Election {
  readonly isElected: () => boolean;
  /** Ends the candidature. */
  readonly close: () => void;
}
