/** What must never stand in a log, and what always does. */
import { afterEach, describe, expect, it, vi } from 'vitest';

import { logger } from '#runtime/logger.ts';

import { aContext } from '../support/events.ts';

const written: string[] = [];
const record = (line: string | Uint8Array) => written.push(String(line)) > 0;

describe('the log', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    written.length = 0;
  });
  const lineOf = (log: () => void): string => {
    vi.spyOn(process.stdout, 'write').mockImplementation(record);
    vi.spyOn(process.stderr, 'write').mockImplementation(record);
    log();
    return written.join('');
  };

  it('hides what is private, however deep it stands', () => {
    const line = lineOf(() =>
      logger.warn('x', {
        token: 'SECRET1',
        deep: [{ text: 'SECRET2', message: { name: 'SECRET3', email: 'SECRET4' } }],
        headers: { authorization: 'SECRET5' },
      }),
    );
    expect(line).toContain('[private]');
    expect(line).not.toContain('SECRET');
  });

  it('keeps of an error its kind, message, place and causes, and nothing that hangs on it', () => {
    const cause = Object.assign(new TypeError('inner'), { Item: { text: 'SECRET' } });
    const error = Object.assign(new Error('outer', { cause }), { Item: { a: 'SECRET' } });
    const line = lineOf(() => logger.error('failed', { error }));
    expect(JSON.parse(line)).toMatchObject({
      level: 'ERROR',
      error: { type: 'Error', message: 'outer', cause: { type: 'TypeError', message: 'inner' } },
    });
    expect(line).not.toContain('SECRET');
  });

  it('carries the id of its invocation', () => {
    const context = aContext();
    logger.addContext(context);
    expect(JSON.parse(lineOf(() => logger.warn('x'))).requestId).toBe(context.awsRequestId);
  });
});
