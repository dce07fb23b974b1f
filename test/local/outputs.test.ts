import { afterEach, expect, it } from 'vitest';

import { createOutputsPage } from '../../lib/local/outputs.ts';
import { listen, type Listening } from './fixtures/services.ts';

let service: Listening | undefined;
afterEach(() => service?.stop());

it('answers with the outputs by name', async () => {
  service = await listen(createOutputsPage({ ApiUrl: 'https://a.example/v1' }));
  const response = await fetch(`${service.url}/local/outputs`);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.json()).toEqual({ ApiUrl: 'https://a.example/v1' });
});
