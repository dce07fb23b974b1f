/** The environment of every function: read here and nowhere else, passed by the CDK app as exactly this record. */

/** What the stack sets for each function. Values are text, as Lambda has it. */
export interface ChatEnv {
  /** The deployment's stage: `local`, `dev`, `prod` … */
  PARLEY_STAGE: string;
  ROOMS_TABLE: string;
  MESSAGES_TABLE: string;
  CONNECTIONS_TABLE: string;
  PROFILES_TABLE: string;
  /** The bucket of what people send: uploads under `pending/`, files of messages under `rooms/`. */
  ATTACHMENTS_BUCKET: string;
  /** The socket API's management address, `https://…/{stage}`: never taken from an event. */
  CALLBACK_URL: string;
  /** JSON: the issuers whose tokens are accepted, see `identity.ts`. */
  ISSUERS: string;
  /** JSON: the origins that may open a socket; an empty list allows all. */
  ALLOWED_ORIGINS: string;
  /** JSON: the hosts that product links and pictures may name; an empty list allows every https host. */
  PRODUCT_HOSTS: string;
  /** JSON: overrides of the contract's limits by name. */
  LIMITS: string;
  /** The queue of reminders, and the bus of events. */
  REMINDERS_QUEUE_URL: string;
  EVENT_BUS: string;
  /** JSON: after how many minutes somebody is reminded, see `stream/ports.ts`. */
  REMINDERS: string;
  /** JSON: the types of events that are published. */
  EVENTS: string;
  POWERTOOLS_SERVICE_NAME: string;
  POWERTOOLS_METRICS_NAMESPACE: string;
  POWERTOOLS_LOG_LEVEL: string;
}

/**
 * One variable of the environment.
 * @throws Error naming the variable where the stack forgot it
 */
export function readEnv(name: keyof ChatEnv): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`Environment variable ${name} is missing: lib/infra/chat-function.ts sets it.`);
  }
  return value;
}

/**
 * A variable that holds a JSON list of texts.
 * @throws Error naming the variable that does not
 */
export function readTexts(name: 'ALLOWED_ORIGINS' | 'PRODUCT_HOSTS' | 'EVENTS'): string[] {
  const list: unknown = JSON.parse(readEnv(name));
  if (Array.isArray(list) && list.every((item) => typeof item === 'string')) return list;
  throw new Error(`Environment variable ${name} must be a JSON list of texts.`);
}
