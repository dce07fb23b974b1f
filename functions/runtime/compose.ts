/** The domain's ports joined with the tables and the gateway: built once per environment, when it starts. */
import { setTimeout } from 'node:timers/promises';

import { rememberSuspensions } from '#core/accounts/suspension.ts';
import { keepAlive } from '#core/connections.ts';
import type { Rules } from '#core/product.ts';
import { rememberShops } from '#core/vendor/shop.ts';
import { limitsWith } from '#protocol/limits.ts';
import { connectionStore } from '#store/connections.ts';
import { messageStore } from '#store/messages.ts';
import { noteStore } from '#store/notes.ts';
import { profileStore } from '#store/profiles.ts';
import { roomStore } from '#store/rooms.ts';
import { openDatabase } from '#store/table.ts';

import { readEnv, readTexts } from './env.ts';
import { logger } from './logger.ts';
import { createPusher } from './push.ts';
import { Sessions } from './caller/sessions.ts';

const database = openDatabase({
  tables: {
    rooms: readEnv('ROOMS_TABLE'),
    messages: readEnv('MESSAGES_TABLE'),
    connections: readEnv('CONNECTIONS_TABLE'),
    profiles: readEnv('PROFILES_TABLE'),
  },
});

const rules: Rules = {
  limits: limitsWith(readEnv('LIMITS')),
  productHosts: readTexts('PRODUCT_HOSTS'),
};

const profiles = profileStore(database);

/** Everything that any verb of the domain asks for. */
export const ports = {
  rooms: roomStore(database),
  messages: messageStore(database),
  notes: noteStore(database),
  connections: connectionStore(database),
  profiles,
  recallShop: rememberShops(profiles.getShop, Date.now),
  refuseSuspended: rememberSuspensions(profiles.getSuspension, Date.now),
  ...createPusher(readEnv('CALLBACK_URL')),
  rules,
  now: Date.now,
  random: Math.random,
  wait: async (ms: number) => {
    await setTimeout(ms);
  },
  report: (error: unknown) => {
    logger.warn('went on without', { error: error instanceof Error ? error : String(error) });
  },
};

/** What the frames' stack asks for besides. */
export const socketPorts = {
  ...ports,
  keepAlive: keepAlive.bind(undefined, ports),
  sessions: new Sessions(rules.limits.framesPer10Seconds),
};
