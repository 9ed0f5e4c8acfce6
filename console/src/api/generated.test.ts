import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generate } from '../../scripts/api-types.mjs';

test('the generated types are those of the committed OpenAPI document', async () => {
  const committed = readFileSync(new URL('generated.ts', import.meta.url), 'utf8');

  expect(committed === (await generate()), 'run "npm run api" to bring src/api/generated.ts up to date').toBe(true);
});
