import { describe, expect, test } from 'vitest';
import { Client, withQuery } from './client';
import { Problem } from './problem';

function recording(answer: () => Response) {
  const sent: { url: string; init: RequestInit; headers: Headers }[] = [];
  const client = new Client((input, init = {}) => {
    sent.push({ url: input as string, init, headers: new Headers(init.headers) });
    return Promise.resolve(answer());
  });
  return { client, sent };
}

const json =
  (body: unknown, status = 200) =>
  () =>
    new Response(JSON.stringify(body), { status });

describe('the client', () => {
  test('sends the CSRF token and an idempotency key with mutations alone', async () => {
    const { client, sent } = recording(json({}));
    client.useCsrfToken('csrf');

    await client.get('/api/v1/session');
    await client.post('/api/v1/teams', { name: 'Acme' });

    expect(sent[0]?.headers.get('X-CSRF-Token')).toBeNull();
    expect(sent[0]?.headers.get('Idempotency-Key')).toBeNull();
    expect(sent[1]?.headers.get('X-CSRF-Token')).toBe('csrf');
    expect(sent[1]?.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f]{32}$/);
    expect(sent[1]?.init.body).toBe('{"name":"Acme"}');
  });

  test('uses another idempotency key for each mutation, and a given one as it is', async () => {
    const { client, sent } = recording(json({}));

    await client.post('/a');
    await client.post('/a');
    await client.post('/a', undefined, { idempotencyKey: 'mine' });

    const keys = sent.map(({ headers }) => headers.get('Idempotency-Key'));
    expect(keys[0]).not.toBe(keys[1]);
    expect(keys[2]).toBe('mine');
  });

  test('names the version that an update was made for', async () => {
    const { client, sent } = recording(json({}));

    await client.patch('/api/v1/projects/1', { name: 'x' }, { ifMatch: 7 });

    expect(sent[0]?.headers.get('If-Match')).toBe('"7"');
    expect(sent[0]?.headers.get('Content-Type')).toBe('application/merge-patch+json');
  });

  test('sends a mutation again under the same key when its answer is lost, and says so when it stays lost', async () => {
    const keys: (string | null)[] = [];
    const waits: number[] = [];
    let losses = 2;
    const client = new Client(
      (_input, init = {}) => {
        keys.push(new Headers(init.headers).get('Idempotency-Key'));
        return losses-- > 0 ? Promise.reject(new TypeError('network changed')) : Promise.resolve(json({ id: '1' })());
      },
      (millis) => {
        waits.push(millis);
        return Promise.resolve();
      },
    );
    client.useCsrfToken('csrf');

    await expect(client.post('/a')).resolves.toEqual({ id: '1' });
    expect(new Set(keys).size).toBe(1);
    expect(waits).toEqual([400, 1200]);

    losses = 3;
    await expect(client.post('/a')).rejects.toMatchObject({ code: 'unreachable' });
    losses = 1;
    await expect(client.get('/a')).rejects.toMatchObject({ code: 'unreachable' });
  });

  test('answers nothing for 204', async () => {
    const { client } = recording(() => new Response(null, { status: 204 }));

    await expect(client.delete('/api/v1/projects/1')).resolves.toBeUndefined();
  });

  test('throws the problem that the API explains', async () => {
    const { client } = recording(
      json(
        {
          title: 'Some values are not accepted',
          detail: 'name: is taken',
          code: 'invalid-input',
          status: 422,
          requestId: 'r1',
          fields: [{ path: 'name', message: 'is taken' }],
        },
        422,
      ),
    );

    const problem = await client.post('/a').catch((error: unknown) => error);

    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({ title: 'Some values are not accepted', code: 'invalid-input', requestId: 'r1' });
    expect((problem as Problem).field('name')).toBe('is taken');
  });

  test('explains an answer of a proxy that is no problem document', async () => {
    const { client } = recording(
      () => new Response('<html>Bad Gateway</html>', { status: 502, headers: { 'X-Request-ID': 'r2' } }),
    );

    await expect(client.get('/a')).rejects.toMatchObject({ code: 'unreachable', status: 502, requestId: 'r2' });
  });

  test('explains that nothing answers', async () => {
    const client = new Client(() => Promise.reject(new TypeError('fetch failed')));

    await expect(client.get('/a')).rejects.toMatchObject({ code: 'unreachable', status: 0 });
  });
});

test('a query leaves out what is undefined or empty', () => {
  expect(withQuery('/a', { limit: 5, cursor: undefined, actor: '', dryRun: true, q: 'a b&c' })).toBe(
    '/a?limit=5&dryRun=true&q=a+b%26c',
  );
  expect(withQuery('/a')).toBe('/a');
});
